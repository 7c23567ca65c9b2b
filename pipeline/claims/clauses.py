"""Content clauses of reporting verbs and nouns: *que* clauses and infinitives."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.claims.draft import Draft
from pipeline.claims.reporting import Reporting, reporting_verbs
from pipeline.claims.speakers import Span, speaker_of
from pipeline.entities.index import MentionIndex
from pipeline.frames import verbs
from pipeline.frames.frame import colour_of
from pipeline.records import Attribution
from pipeline.tree import Tree

QUE = frozenset(("que", "qu'", "qu’"))
_REACH = 14  # tokens between a reporting verb and its « que »


def clause_claims(tree: Tree, index: MentionIndex) -> Iterator[Draft]:
    """Claims in *que* clauses and infinitives under reporting verbs."""
    for i in range(len(tree)):
        if not verbs.is_verb(tree, i):
            continue
        entry = reporting_verbs().get(tree.lemma[i])
        if entry is not None:
            yield from _contents(tree, index, i, entry)


def _contents(tree: Tree, index: MentionIndex, verb: int, entry: Reporting) -> Iterator[Draft]:
    source = None
    heads = que_clauses(tree, verb) if "que" in entry.content else []
    rule = "claim.que"
    if not heads and "inf" in entry.content:
        heads, rule = infinitives(tree, verb), "claim.infinitive"
    if not heads:
        return
    source = speaker_of(tree, index, verb)
    if source is None:
        return
    for mark, head in heads:
        start, end = clause_span(tree, head, mark + 1, [m for m, _ in heads if m > mark])
        if end > start:
            yield draft(tree, start, end, head, source, verb, Attribution.REPORTED, f"{rule}:{entry.lemma}")


def que_clauses(tree: Tree, verb: int) -> list[tuple[int, int]]:
    """(index of « que », head of the clause) for each *que* clause that the verb at `verb` introduces."""
    stop = tree.sentences[tree.sent[verb]][1]
    first: tuple[int, int] | None = None
    for k in range(verb + 1, min(stop, verb + _REACH)):
        if tree.lower[k] in QUE and tree.head[k] > k and tree.dep[k] in ("mark", "obj", "fixed", "advmod", "case", "cc"):
            head = tree.head[k]
            if verb in tree.ancestors(head) or tree.head[head] == verb:
                first = (k, _clause_head(tree, head))
                break
        if k > verb + 1 and tree.text[k] in (";", "»", "«"):
            break
    if first is None:
        return []
    out = [first]
    for k in range(first[0] + 1, stop):
        if tree.lower[k] in QUE and tree.lower[k - 1] in ("et", "mais", "ou", ",") and tree.head[k] > k:
            head = _clause_head(tree, tree.head[k])
            if first[1] in tree.ancestors(head) or verb in tree.ancestors(head):
                out.append((k, head))
    return out


def _clause_head(tree: Tree, i: int) -> int:
    """The predicate of the clause that « que » marks, when the mark hangs on a copula or an auxiliary."""
    while tree.dep[i].startswith(("aux", "cop")) and tree.head[i] != i:
        i = tree.head[i]
    return i


def infinitives(tree: Tree, verb: int) -> list[tuple[int, int]]:
    """(token before the infinitive, infinitive) for each infinitive complement of `verb`, coordinated ones too."""
    out = []
    for k in tree.kids[verb]:
        if k > verb and tree.dep[k].partition(":")[0] in ("xcomp", "ccomp", "obj", "obl", "advcl") and verbs.is_infinitive(tree, k):
            marks = [m for m in tree.kids[k] if tree.dep[m] in ("mark", "case") and m < k]
            if marks and tree.lower[marks[0]] not in ("de", "d'", "d’", "à"):
                continue
            first = min([k, *verbs.auxiliaries(tree, k), *[m + 1 for m in marks]])
            out.append((max(first - 1, verb), k))
    return out


def clause_span(tree: Tree, head: int, first: int, cuts: list[int]) -> Span:
    """Clean offsets of a content clause from token `first` to the end of what hangs on `head`.

    Coordinated *que* clauses (`cuts`) and trailing punctuation are left out.
    """
    tokens = [k for k in tree.subtree(head) if k >= first]
    last = max(tokens, default=first)
    if cuts:
        last = min(last, min(cuts) - 1)
        while last > first and (tree.lower[last] in ("et", "mais", "ou") or tree.pos[last] == "PUNCT"):
            last -= 1
    stop = tree.sentences[tree.sent[head]][1]
    # what the parser has hung elsewhere up to the end of the sentence still belongs to the clause
    while last + 1 < stop and not cuts and not _leaves(tree, last + 1):
        last += 1
    while last > first and tree.text[last] in (".", ",", ";", ":", "…", "...", "»", "«", '"', "!", "?", "-", "–", ")"):
        if tree.text[last] == ")" and any(tree.text[k] == "(" for k in range(first, last)):
            break
        last -= 1
    while first < last and tree.text[first] in (",", "«", '"', "“", ":"):
        first += 1
    return tree.start[first], tree.end[last]


def _leaves(tree: Tree, k: int) -> bool:
    """Whether token `k` ends a content clause on the surface: punctuation that opens something else."""
    return tree.text[k] in (".", ";", "»", ",", ":", "?", "!", "…", "...", '"', "”") or tree.lower[k] in ("et", "mais")


def draft(
    tree: Tree, start: int, end: int, head: int, source: Span | None, cue: int, attribution: Attribution, rule: str
) -> Draft:
    """A draft whose colour is that of its main predicate."""
    colour = colour_of(tree, head)
    words = sorted([cue, *[k for k in verbs.auxiliaries(tree, cue) if k < cue]])
    return Draft(
        start, end, tree.sent[head], attribution, source, (tree.start[words[0]], tree.end[words[-1]]), head,
        colour.polarity, colour.modality, colour.tense, tuple(colour.cues), rule,
    )  # fmt: skip
