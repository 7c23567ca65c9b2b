"""« selon X », « d'après X », « pour X, »: the clause around belongs to X."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.claims.clauses import draft
from pipeline.claims.draft import Draft
from pipeline.claims.speakers import source_span
from pipeline.entities.index import ACTORS, MentionIndex
from pipeline.frames import verbs
from pipeline.records import Attribution
from pipeline.tree import Tree

_OPENERS = frozenset(("selon", "d'après", "d’après", "suivant"))
_RELATIVE = frozenset("lequel laquelle lesquels lesquelles".split())


def according_claims(tree: Tree, index: MentionIndex) -> Iterator[Draft]:
    """Claims of sentences or clauses framed by « selon » and its like."""
    for number, (first, stop) in enumerate(tree.sentences):
        for k in range(first, stop):
            opener = _opener(tree, k, first)
            if opener is None or opener >= stop:
                continue
            head = _source_head(tree, opener, stop)
            if head is None or (tree.lower[k] == "pour" and not index.labelled(head, ACTORS)):
                continue
            yield from _around(tree, index, number, k, head)


def _opener(tree: Tree, k: int, first: int) -> int | None:
    """Index of the first word of the source when « selon » or its like stands at `k`."""
    low = tree.lower[k]
    if low in _OPENERS:
        return k + 1
    if low in ("d'", "d’") and k + 1 < len(tree) and tree.lower[k + 1] == "après":
        return k + 2
    return k + 1 if low == "pour" and k == first else None


def _source_head(tree: Tree, k: int, stop: int) -> int | None:
    for i in range(k, min(k + 8, stop)):
        if tree.pos[i] in ("NOUN", "PROPN") or (tree.pos[i] == "PRON" and tree.lower[i] in ("lui", "elle", "eux", "elles")):
            return None if tree.lower[i] in _RELATIVE else i
        if tree.pos[i] in ("PUNCT", "VERB"):
            return None
    return None


def _around(tree: Tree, index: MentionIndex, number: int, k: int, source: int) -> Iterator[Draft]:
    """The content: what follows the source phrase when it opens the sentence, what precedes it otherwise."""
    first, stop = tree.sentences[number]
    span = source_span(tree, index, source)
    inside = [t for t in tree.subtree(source) if t >= k] or [source]
    after = max(t for t in inside if t < stop) + 1
    comma = next((t for t in range(source, min(source + 30, stop)) if tree.text[t] == ","), None)
    if k - first <= 2:
        begin = (comma if comma is not None else after - 1) + 1
        begin, end = begin, stop
    else:
        begin, end = first, k
    while begin < end and (tree.pos[begin] in ("PUNCT",) or tree.lower[begin] in ("toutefois", "mais", "et")):
        begin += 1
    while end > begin and (tree.text[end - 1] in (".", ",", ";", "»", "«", "…", "...", '"') or tree.lower[end - 1] == "et"):
        end -= 1
    predicate = _main_predicate(tree, begin, end)
    if predicate is None or end - begin < 3:
        return
    yield draft(tree, tree.start[begin], tree.end[end - 1], predicate, span, k, Attribution.REPORTED, "claim.selon")


def _main_predicate(tree: Tree, begin: int, end: int) -> int | None:
    """The highest predicate with a finite word in a token range."""
    best: tuple[int, int] | None = None
    for i in range(begin, end):
        word = verbs.finite(tree, i) if (verbs.is_verb(tree, i) or verbs.auxiliaries(tree, i)) else None
        if word is None:
            continue
        depth = sum(1 for _ in tree.ancestors(i))
        if best is None or depth < best[0]:
            best = (depth, i)
    return best[1] if best else None
