"""Reporting clauses set beside what they report: « …, a déclaré le ministre », « … » a-t-il dit, X dit : « … »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.claims.clauses import QUE, draft
from pipeline.claims.draft import Draft
from pipeline.claims.quotes import Quotation
from pipeline.claims.reporting import reporting_verbs
from pipeline.claims.speakers import Span, inverted_speaker, speaker_of
from pipeline.entities.index import MentionIndex
from pipeline.frames import verbs
from pipeline.records import Attribution
from pipeline.tree import Tree

_CLOSERS = frozenset(("»", "”", '"', ","))
_MIN_QUOTE = 3  # words; shorter quotations are names and labels


def incises(tree: Tree) -> Iterator[tuple[int, int]]:
    """(reporting verb, first token of its clause) of each clause that stands after or inside what it reports."""
    for i in range(len(tree)):
        entry = reporting_verbs().get(tree.lemma[i])
        if entry is None or not verbs.is_verb(tree, i) or "quote" not in entry.content:
            continue
        first = _first_of_group(tree, i)
        sentence_first, stop = tree.sentences[tree.sent[i]]
        if first <= sentence_first or verbs.finite(tree, i) is None:
            continue
        if tree.text[first - 1] in _CLOSERS and not _introduces(tree, i, stop):
            yield i, first


def _first_of_group(tree: Tree, verb: int) -> int:
    """First token of the verb group: auxiliary, clitics and adverbs right before the verb."""
    first = verb
    while first > 0 and tree.sent[first - 1] == tree.sent[verb]:
        k = first - 1
        near = tree.head[k] == verb or tree.head[k] == first or tree.pos[k] in ("AUX", "ADV")
        if near and tree.pos[k] in ("AUX", "ADV", "PRON") and not tree.dep[k].startswith("nsubj") or tree.lower[k].startswith("-"):
            first = k
        else:
            break
    return first


def _introduces(tree: Tree, verb: int, stop: int) -> bool:
    """Whether the verb opens a *que* clause of its own: then it is no incise."""
    return any(tree.lower[k] in QUE and tree.pos[k] == "SCONJ" for k in range(verb + 1, min(verb + 10, stop)))


def incise_claims(tree: Tree, index: MentionIndex, quotations: Sequence[Quotation]) -> Iterator[Draft]:
    """Unquoted content before an incise: « Les frappes ont eu lieu, a déclaré M. Biden »."""
    for verb, first in incises(tree):
        if tree.text[first - 1] != ",":
            continue
        source = inverted_speaker(tree, index, verb)
        begin = tree.sentences[tree.sent[verb]][0]
        if source is None or _quoted(tree, begin, quotations):
            continue
        last = first - 1
        while last > begin and tree.pos[last - 1] == "PUNCT":
            last -= 1
        head = next((k for k in range(begin, last) if tree.head[k] == k or not begin <= tree.head[k] < last), None)
        head = _predicate(tree, begin, last) if head is None or not verbs.is_verb(tree, head) else head
        if head is None or last - begin < 3:
            continue
        yield draft(
            tree, tree.start[begin], tree.end[last - 1], head, source, verb, Attribution.REPORTED, "claim.incise"
        )


def _quoted(tree: Tree, token: int, quotations: Sequence[Quotation]) -> bool:
    return any(q.start - 2 <= tree.start[token] < q.end for q in quotations)


def _predicate(tree: Tree, begin: int, end: int) -> int | None:
    found = [i for i in range(begin, end) if (verbs.is_verb(tree, i) or verbs.auxiliaries(tree, i)) and verbs.finite(tree, i) is not None]
    return min(found, key=lambda i: sum(1 for _ in tree.ancestors(i)), default=None)


def quotation_claims(tree: Tree, index: MentionIndex, text: str, quotations: Sequence[Quotation]) -> Iterator[Draft]:
    """Claims inside quotations, one a clause with its own subject, given to whoever the words around name.

    The speaker is looked for in an incise after or inside the quotation, in the clause before it, and else is the one
    of the quotation before in the same paragraph.
    """
    after = {first: verb for verb, first in incises(tree)}
    previous: tuple[Span, int] | None = None
    last_end = -1
    for quotation in quotations:
        if "\n" in text[max(last_end, 0) : quotation.start]:
            previous = None
        begin, end = tree.token_at(quotation.start), tree.token_at(max(quotation.end - 1, quotation.start))
        while end > begin and tree.start[end] >= quotation.end:
            end -= 1
        found = _speaker(tree, index, begin, end, after, text) or previous
        last_end = quotation.end
        if found is None or end - begin + 1 < _MIN_QUOTE:
            continue
        previous = found
        source, cue = found
        for first, last, head in clauses(tree, begin, end + 1):
            yield draft(tree, tree.start[first], tree.end[last], head, source, cue, Attribution.QUOTED, "claim.quotation")


def _speaker(
    tree: Tree, index: MentionIndex, begin: int, end: int, after: dict[int, int], text: str
) -> tuple[Span, int] | None:
    for k in range(end + 1, min(end + 5, len(tree))):
        if k in after:
            source = inverted_speaker(tree, index, after[k])
            return (source, after[k]) if source else None
        if tree.pos[k] != "PUNCT" and tree.text[k] not in _CLOSERS:
            break
    for k in range(begin, end + 1):
        if k in after and (source := inverted_speaker(tree, index, after[k])):
            return source, after[k]
    return _introduced(tree, index, begin, text)


def _introduced(tree: Tree, index: MentionIndex, begin: int, text: str) -> tuple[Span, int] | None:
    """« X a déclaré : « … » », « X précise que « … » »: the nearest reporting verb before, in the same sentence."""
    opening = max(begin - 1, 0)
    before = text[max(0, tree.start[opening] - 3) : tree.start[begin]]
    first = tree.sentences[tree.sent[opening]][0]
    colon = ":" in before
    for k in range(opening - 1, max(first - 1, opening - 40), -1):
        if not verbs.is_verb(tree, k):
            continue
        known = tree.lemma[k] in reporting_verbs()
        if known and (colon or opening - k <= 8) or colon and verbs.finite(tree, k) is not None:
            source = speaker_of(tree, index, k)
            if source is not None:
                return source, k
        if re.search(r"[.!?]", tree.text[k]):
            break
    return None


def clauses(tree: Tree, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(first token, last token, predicate) of the clauses with a subject of their own in a token range."""
    at = begin
    while at < end:
        stop = min(tree.sentences[tree.sent[at]][1], end)
        yield from _sentence_clauses(tree, at, stop)
        at = stop


def _sentence_clauses(tree: Tree, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    heads = [i for i in range(begin, end) if (verbs.is_verb(tree, i) or verbs.auxiliaries(tree, i)) and verbs.finite(tree, i) is not None]
    main = [i for i in heads if _is_main(tree, i, begin, end) and _has_subject(tree, i)]
    if not main:
        return
    cuts = [begin]
    for k in main[1:]:
        own = [t for t in tree.subtree(k) if begin <= t < end]
        first = min((t for t in own if t > cuts[-1]), default=k)
        first = max(first, max((m for m in main if m < k), default=begin) + 1)
        cuts.append(first)
    for n, head in enumerate(main):
        first, last = cuts[n], (cuts[n + 1] if n + 1 < len(cuts) else end) - 1
        while first < last and (tree.pos[first] in ("PUNCT", "CCONJ") or tree.text[first] in "«»\"“”[]…" or tree.lower[first] in ("mais", "donc", "car", "et")):
            first += 1
        while last > first and (tree.pos[last] in ("PUNCT", "CCONJ") or tree.text[last] in '«»"“”'):
            last -= 1
        if last - first >= 1:
            yield first, last, head


def _is_main(tree: Tree, i: int, begin: int, end: int) -> bool:
    """A root of the range, or coordinated with or set beside one."""
    while begin <= tree.head[i] < end and tree.head[i] != i:
        if tree.dep[i] not in ("conj", "parataxis"):
            return False
        i = tree.head[i]
    return True


def _has_subject(tree: Tree, i: int) -> bool:
    return any(tree.dep[k].startswith(("nsubj", "expl:subj", "csubj")) or tree.lower[k] in ("il", "c'", "c’", "ce", "on", "ça") for k in tree.kids[i])
