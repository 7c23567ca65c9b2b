"""The claim stage: every way of attributing in its order, one claim a predicate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.claims.according import according_claims, relays
from pipeline.claims.author import author_claims
from pipeline.claims.clauses import clause_claims
from pipeline.claims.draft import Draft
from pipeline.claims.incises import find_incises, incise_claims, looking_back, looking_back_claims
from pipeline.claims.nominal import nominal_claims
from pipeline.claims.quotations import introduces_inner, quotation_claims
from pipeline.claims.quotes import Quotation, find_quotations
from pipeline.claims.reporting import reporting_verbs
from pipeline.claims.resolve import resolved
from pipeline.claims.sources import source_nouns
from pipeline.claims.spans import Limits
from pipeline.cleaning import Clean
from pipeline.entities.index import MentionIndex
from pipeline.frames.colour import Cue
from pipeline.records import Attribution, Label, SourceType
from pipeline.stretches import Stretches
from pipeline.tree import Tree

_FIRST_PERSON = frozenset("je j' j’ nous on il cela ça ce c' tu vous".split())
_SAME_SPEAKER = frozenset("il elle ils elles je j' nous".split())
_THINGS = (SourceType.DOCUMENT, None)


def find_claims(tree: Tree, clean: Clean, index: MentionIndex) -> list[Draft]:
    """All claims of a document, in text order: attributed ones first found, then the author's own.

    Two claims about one predicate are one: the first kind in the order below stays. Where a chain of sources reports
    one content (« selon ce rapport », « a rapporté l'agence »), the speaker stays and the other becomes a `relay` cue.
    """
    quotations = find_quotations(clean.text)
    incises = find_incises(tree, index)
    beside = sorted([*incises, *looking_back(tree, index)], key=lambda i: i.first)
    limits = Limits(tree, quotations, incises)
    inner = [*clause_claims(tree, index, limits), *nominal_claims(tree, index, limits)]
    quoted = list(quotation_claims(tree, index, limits, quotations, beside, clean.text))
    inner, quoted = _nested(tree, index, inner, quoted)
    found = [
        *inner,
        *quoted,
        *incise_claims(tree, limits, incises),
        *_without_report(looking_back_claims(tree, index, limits), inner),
        *according_claims(tree, index, limits),
    ]
    chained = _chained(tree, _told_on(tree, index, found))
    placed = Stretches(quotations)
    attributed = _one_each([_marked_quoted(draft, tree, placed) for draft in chained])
    attributed = [_citing(tree, draft) for draft in attributed]
    attributed = resolved(tree, index, sorted(attributed, key=lambda d: (d.start, d.end)))
    return sorted([*attributed, *author_claims(tree, clean, index, attributed)], key=lambda d: (d.start, d.end))


def _without_report(drafts: Iterable[Draft], inner: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts of whole sentences, but for those that hold a report already."""
    placed = Stretches(inner)
    for draft in drafts:
        if not any(_holds(draft, other) for other in placed.touching(draft.start, draft.end + 2)):
            yield draft


def _nested(
    tree: Tree, index: MentionIndex, inner: Sequence[Draft], quoted: Sequence[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """Settle who speaks where a quotation reports in its turn: an inner human speaker wins, else who is quoted."""
    out = []
    dropped: set[int] = set()
    placed = Stretches(quoted)
    for draft in inner:
        cue = draft.cue[0] if draft.cue else draft.start
        holding = placed.touching(min(cue, draft.end - 2), cue + 1)
        outer = next((q for q in holding if introduces_inner(tree, q, draft)), None)
        if outer is not None:
            dropped.add(id(outer))
            if not _is_human(tree, index, draft):
                draft = replace(draft, source=outer.source, cue=outer.cue)
        else:
            near = placed.touching(draft.start, draft.start + 1)
            around = next((q for q in near if q.start <= draft.start and draft.end <= q.end), None)
            if around is not None and _starts_first_person(tree, draft):
                draft = replace(draft, source=around.source)
        out.append(draft)
    return out, [q for q in quoted if id(q) not in dropped]


def _told_on(tree: Tree, index: MentionIndex, drafts: Sequence[Draft]) -> list[Draft]:
    """Keep only the content where one report is all that another holds: « X a dit que le rapport indique que P ».

    The inner speaker stays when somebody, with the outer one as relay; a document or a pronoun gives way.
    """
    out: list[Draft | None] = list(drafts)
    stated: dict[int, list[int]] = defaultdict(list)  # token of the reporting word to the contents it states
    for number, draft in enumerate(drafts):
        if draft.cue is not None and _states(draft):
            stated[tree.token_at(draft.cue[1] - 1)].append(number)
    for number, outer in enumerate(drafts):
        contents = [(at, out[at]) for at in stated.get(outer.head, ())]
        at, told = next(((at, d) for at, d in contents if d is not None and _introduces(outer, d)), (-1, None))
        if told is None or out[number] is not outer:
            continue
        pronoun = told.source is not None and tree.lower[tree.token_at(told.source[0])] in _SAME_SPEAKER
        if pronoun or not _is_human(tree, index, told):
            new = replace(told, source=outer.source, cues=(*told.cues, *_relays(tree, told, pronoun=pronoun)))
        else:
            new = replace(told, cues=(*told.cues, _relay(tree, outer)))
        out[at], out[number] = new, None
    return [draft for draft in out if draft is not None]


def _introduces(outer: Draft, inner: Draft) -> bool:
    """Whether `outer` holds `inner`, which another word reports."""
    return outer is not inner and outer.cue != inner.cue and outer.start <= inner.start and inner.end <= outer.end + 1


def _relays(tree: Tree, draft: Draft, *, pronoun: bool) -> Iterator[Cue]:
    if not pronoun:
        yield _relay(tree, draft)


def _starts_first_person(tree: Tree, draft: Draft) -> bool:
    return draft.source is not None and tree.lower[tree.token_at(draft.source[0])] in _FIRST_PERSON


def _is_human(tree: Tree, index: MentionIndex, draft: Draft) -> bool:
    """Whether the source is somebody, not a document nor the speaker himself (« je rappelle que »)."""
    if draft.source is None:
        return False
    token = tree.token_at(draft.source[0])
    if tree.lower[token] in _FIRST_PERSON:
        return False
    if index.labelled(token, (Label.PERSON, Label.COUNTRY, Label.ORGANISATION)):
        return True
    words = range(token, tree.token_at(draft.source[1] - 1) + 1)
    return any(source_nouns().get(tree.lemma[k]) not in _THINGS for k in words) or tree.lower[token] in (
        "monde", "certains", "beaucoup", "ils", "elle", "elles", "gens", "lui", "eux",
    )  # fmt: skip


def _chained(tree: Tree, drafts: Sequence[Draft]) -> list[Draft]:
    """Turn a source that only hands on another's content into a relay cue of that content."""
    out: list[Draft | None] = list(drafts)
    placed = Stretches(drafts)
    for number, draft in enumerate(drafts):
        token = relays(tree, placed, draft)
        if token is None and draft.rule == "claim.incise":
            inside = placed.touching(draft.start, draft.end + 2)
            held = [d for d in inside if _states(d) and _holds(draft, d) and d.cue != draft.cue]
            token = tree.token_at(draft.cue[0]) if held and draft.cue else None
        if token is None or out[number] is not draft:
            continue
        out[number] = None
        for at in placed.numbers(draft.start, draft.end):
            content = out[at]
            if content is not None and _touches(content, draft):
                out[at] = _relayed(tree, content, draft)
    return [draft for draft in out if draft is not None]


def _states(draft: Draft) -> bool:
    """Whether a *que* clause is stated, not only thought or hoped (« les autorités espèrent que »)."""
    rule, _, lemma = draft.rule.partition(":")
    entry = reporting_verbs().get(lemma)
    return rule == "claim.que" and entry is not None and entry.kind not in ("think", "hope", "fear", "doubt")


def _holds(incise: Draft, inner: Draft) -> bool:
    """Whether the sentence before an incise is itself a report: « X a dit que P, a rapporté Y »."""
    return incise.start <= inner.start and inner.end <= incise.end + 2 and inner.end - inner.start > 0.4 * (
        incise.end - incise.start
    )  # fmt: skip


def _citing(tree: Tree, draft: Draft) -> Draft:
    """« …, citant une source au Majlis »: who the source has it from, as a relay cue."""
    cue = tree.token_at(draft.cue[0]) if draft.cue else draft.head
    first, stop = tree.sentences[tree.sent[cue]]
    for k in range(first, stop):
        if tree.lower[k] != "citant":
            continue
        cited = [c for c in tree.kids[k] if c > k and tree.dep[c].startswith(("obj", "obl"))]
        if cited:
            tokens = [t for t in tree.subtree(cited[0]) if t >= cited[0] and tree.text[t] != ","]
            return replace(draft, cues=(*draft.cues, Cue("relay", tuple(tokens))))
    return draft


def _touches(a: Draft, b: Draft) -> bool:
    return min(a.end, b.end) - max(a.start, b.start) > 0


def _relayed(tree: Tree, draft: Draft, relay: Draft) -> Draft:
    """The draft with its relay as a cue; « que, selon ce rapport, P » begins after the report."""
    inside = relay.cue is not None and draft.start <= relay.cue[0] <= draft.start + 1 and relay.start < draft.end
    start = relay.start if inside and relay.start > draft.start else draft.start
    return replace(draft, start=start, cues=(*draft.cues, _relay(tree, relay)))


def _relay(tree: Tree, draft: Draft) -> Cue:
    start, end = draft.source or (draft.start, draft.start + 1)
    return Cue("relay", tuple(range(tree.token_at(start), tree.token_at(end - 1) + 1)))


def _marked_quoted(draft: Draft, tree: Tree, quotations: Stretches[Quotation]) -> Draft:
    """A claim whose predicate stands inside quotation marks is quoted."""
    at = tree.start[draft.head]
    if quotations.touching(at, at + 1):
        return replace(draft, attribution=Attribution.QUOTED)
    return draft


def _one_each(drafts: Sequence[Draft]) -> list[Draft]:
    placed = Stretches(drafts)
    kept: dict[int, Draft] = {}
    heads: set[int] = set()
    for number, draft in enumerate(drafts):
        others = [kept[at] for at in placed.numbers(draft.start, draft.end) if at in kept]
        if draft.head not in heads and not any(_same(draft, other) for other in others):
            kept[number] = draft
            heads.add(draft.head)
    return list(kept.values())


def _same(a: Draft, b: Draft) -> bool:
    """Two drafts that cover mostly the same words."""
    common = min(a.end, b.end) - max(a.start, b.start)
    if common <= 0.8 * max(a.end - a.start, b.end - b.start):
        return False
    # Neither reports inside the other
    return not any(x.cue is not None and y.start <= x.cue[0] < y.end for x, y in ((a, b), (b, a)))
