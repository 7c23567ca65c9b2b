"""Claims inside quotations: one a clause with a subject of its own, given to whoever the words around name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.claims.draft import Draft, content_draft
from pipeline.claims.incises import Incise
from pipeline.claims.own_clauses import clauses
from pipeline.claims.quotes import Quotation
from pipeline.claims.reporting import reporting_verbs
from pipeline.claims.source_spans import Span, source_span
from pipeline.claims.spans import QUE, Limits, is_clause_head
from pipeline.claims.speakers import speaker_of
from pipeline.entities.index import MentionIndex
from pipeline.frames import verbs
from pipeline.records import Attribution
from pipeline.stretches import Stretches
from pipeline.tree import Tree

_MIN_QUOTE = 3  # words; shorter quotations are names and labels
_NEAR = 8  # tokens between a reporting verb and a quotation that no colon introduces
_BESIDE = 4  # tokens between a quotation and the incise it belongs to
_BACK = 60  # tokens before a quotation in which its speaker is looked for
Speaker = tuple[Span, int]  # source stretch, token of the reporting word


def quotation_claims(
    tree: Tree,
    index: MentionIndex,
    limits: Limits,
    quotations: Sequence[Quotation],
    incises: Sequence[Incise],
    text: str,
) -> Iterator[Draft]:
    """Claims inside quotations.

    The speaker stands in an incise after or inside the quotation, in the words before it, or in the sentence before;
    else it is that of the quotation before, in the same paragraph. Imperatives and words without a clause give none.
    """
    placed = Stretches(incises, bounds=lambda incise: (incise.first, max(incise.stop, incise.verb + 1)))
    previous: Speaker | None = None
    end = 0
    for quotation, (begin, stop) in zip(quotations, limits.ranges, strict=True):
        if "\n" in text[end : quotation.start]:
            previous = None
        end = quotation.end
        near = placed.touching(begin - _BESIDE, stop + _BESIDE + 1)
        found = _speaker(tree, index, begin, stop, near, text, previous)
        if found is None or stop - begin < _MIN_QUOTE:
            continue
        previous = found
        source, cue = found
        inside = [i for i in near if begin <= i.verb < stop]
        for first, last, head in clauses(tree, begin, stop, inside):
            yield content_draft(tree, first, last, head, source, cue, Attribution.QUOTED, "claim.quotation")


def _speaker(
    tree: Tree,
    index: MentionIndex,
    begin: int,
    stop: int,
    incises: Sequence[Incise],
    text: str,
    previous: Speaker | None,
) -> Speaker | None:
    after = [i for i in incises if stop <= i.first <= stop + _BESIDE and _only_marks(tree, stop, i.first)]
    inside = [i for i in incises if begin <= i.verb < stop]
    before = [i for i in incises if i.stop <= begin <= i.stop + 3 and _only_marks(tree, i.stop, begin)]
    for incise in [*after[:1], *inside[:1], *before[-1:]]:
        return incise.speaker, incise.verb
    return _introduced(tree, index, begin, text) or previous or _sentence_before(tree, index, begin)


def _only_marks(tree: Tree, first: int, stop: int) -> bool:
    return all(tree.pos[k] == "PUNCT" or not tree.text[k].isalnum() for k in range(first, stop))


def _introduced(tree: Tree, index: MentionIndex, begin: int, text: str) -> Speaker | None:
    """« X a déclaré : « … » », « X précise que « … » »: a verb before in the same sentence, one of saying first."""
    opening = max(begin - 1, 0)
    colon = ":" in text[max(0, tree.start[opening] - 3) : tree.start[begin]]
    first = tree.sentences[tree.sent[opening]][0]
    before = [k for k in range(opening - 1, max(first - 1, opening - _BACK), -1) if verbs.is_verb(tree, k)]
    saying = [k for k in before if tree.lemma[k] in reporting_verbs()]
    near = [k for k in saying if colon or opening - k <= _NEAR]
    others = [k for k in before if verbs.finite(tree, k) is not None] if colon else []
    for k in [*near, *sorted(others, key=lambda v: sum(1 for _ in tree.ancestors(v)))]:
        source = speaker_of(tree, index, k)
        if source is not None and source[1] <= tree.start[begin]:
            return source, k
    return _verbless(tree, index, first, opening) if colon else None


def _verbless(tree: Tree, index: MentionIndex, first: int, opening: int) -> Speaker | None:
    """« Le ministre : « … » », « Selon le communiqué : « … » »."""
    for k in range(first, opening):
        if tree.pos[k] in ("NOUN", "PROPN"):
            return source_span(tree, index, k), k
        if verbs.is_finite(tree, k):
            break
    return None


def _sentence_before(tree: Tree, index: MentionIndex, begin: int) -> Speaker | None:
    """« Le patron confirme. « … » », « Selon un communiqué. « … » »: a sentence that reports and holds nothing."""
    number = tree.sent[begin]
    if number == 0 or tree.sentences[number][0] < begin - 1:
        return None
    first, stop = tree.sentences[number - 1]
    finite = [k for k in range(first, stop) if is_clause_head(tree, k)]
    if not finite and tree.lower[first] in ("selon", "d'après"):
        noun = next((k for k in range(first, stop) if tree.pos[k] in ("NOUN", "PROPN")), None)
        return (source_span(tree, index, noun), first) if noun is not None else None
    root = next((k for k in finite if tree.head[k] == k), None)
    if root is None or root < stop - 2 or tree.lemma[root] not in reporting_verbs():
        return None
    source = speaker_of(tree, index, root)
    return (source, root) if source is not None else None


def introduces_inner(tree: Tree, draft: Draft, inner: Draft) -> bool:
    """Whether a clause of a quotation only introduces the content of `inner`: « Je rappelle que … »."""
    if inner.cue is None or not (draft.start <= inner.cue[0] and inner.end <= draft.end + 1):
        return False
    verb = tree.token_at(inner.cue[1] - 1)
    at = verb
    while at != draft.head:
        if tree.head[at] == at or tree.dep[at] not in ("xcomp", "ccomp", "obj", "obl:arg", "csubj"):
            return False
        at = tree.head[at]
    return inner.end - inner.start >= 0.5 * (draft.end - draft.start) or any(
        tree.lower[k] in QUE for k in range(verb + 1, min(verb + 3, len(tree)))
    )
