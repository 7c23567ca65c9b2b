"""Mentions and entities of one document under a plan, and what the other rows ask of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pipeline.records import Claim, Entity, Kind, Label, Mention, Relation
from pipeline.review.decisions import ENTITY_LABELS, Action, Decision
from pipeline.review.plan import Plan

MARK = "+review"  # at the end of the rule of a row that a review has changed

Pairs = Sequence[tuple[Mention, Mention | None]]
Row = TypeVar("Row", Mention, Claim, Relation)

_ASIDE = frozenset((Kind.PRONOUN, Kind.GROUP))  # their words are no name


@dataclass(slots=True)
class Notes:
    """What is learnt while one document is corrected: rows with a decision that are there, decisions that fail."""

    found: set[str] = field(default_factory=set)
    problems: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Moved:
    """The mentions of a document before and after; None for one that went.

    `changed` holds those of every entity of which at least one mention has gone or moved. `entities` are entities
    that the document gets from elsewhere.
    """

    pairs: Pairs
    changed: Mapping[str, Pairs]
    entities: Mapping[str, Entity]

    @property
    def after(self) -> tuple[Mention, ...]:
        """The mentions that are left."""
        return tuple(new for _, new in self.pairs if new is not None)

    def held(self, claim: Claim) -> tuple[str, ...] | None:
        """Give the entities that a claim now holds, in text order; None where nothing in it has gone or moved."""
        first, last = _between(self.pairs, claim.start, claim.end)
        inside = [pair for pair in self.pairs[first:last] if pair[0].end <= claim.end]
        if all(old is new for old, new in inside):
            return None
        left = [new for _, new in inside if new is not None and new.label in ENTITY_LABELS]
        return tuple(dict.fromkeys(mention.entity_id for mention in left))

    def role(self, entity_id: str, start: int, end: int) -> str:
        """Give the entity that now stands where one stood, "" where nothing is left of it.

        The mentions between the offsets decide; where there are none, those of the whole document.
        """
        pairs = self.changed.get(entity_id, ())
        first, last = _between(pairs, start, end)
        return _now(entity_id, pairs[first:last] or pairs)

    def source(self, claim: Claim) -> str:
        """Give the entity that a claim's source now stands for: by the mentions in its words, else by all."""
        pairs = self.changed.get(claim.source_id, ())
        first = bisect_left(pairs, claim.sentence, key=lambda pair: pair[0].sentence)
        last = bisect_right(pairs, claim.sentence, key=lambda pair: pair[0].sentence)
        return _now(claim.source_id, [pair for pair in pairs[first:last] if pair[0].text in claim.source] or pairs)


def _between(pairs: Pairs, start: int, end: int) -> tuple[int, int]:
    """Which of the mentions, all in text order, begin between two offsets."""
    first = bisect_left(pairs, start, key=lambda pair: pair[0].start)
    return first, bisect_left(pairs, end, lo=first, key=lambda pair: pair[0].start)


def _now(entity_id: str, pairs: Pairs) -> str:
    ids = [new.entity_id for _, new in pairs if new is not None]
    return entity_id if not pairs or entity_id in ids else next(iter(ids), "")


def marked(old: Row, new: Row) -> Row:
    """Give the new row, its rule marked if it says something else than the old one."""
    return old if new == old else replace(new, rule=new.rule + MARK)


def move_mentions(mentions: Iterable[Mention], entities: Iterable[Entity], plan: Plan, notes: Notes) -> Moved:
    """Apply what a plan says of mentions and of their entities; a mention's own decision goes before its entity's."""
    own = {entity.entity_id: entity for entity in entities}
    gained: dict[str, Entity] = {}
    pairs: list[tuple[Mention, Mention | None]] = []
    by_entity: defaultdict[str, list[tuple[Mention, Mention | None]]] = defaultdict(list)
    for mention in mentions:
        end = _end(mention, _entity_of(mention, own), plan, notes)
        new = None
        if end is not None:
            new = marked(mention, replace(mention, entity_id=end.entity_id, label=end.label))
            gained.setdefault(end.entity_id, end)
        pairs.append((mention, new))
        by_entity[mention.entity_id].append((mention, new))
    changed = {key: found for key, found in by_entity.items() if any(old is not new for old, new in found)}
    return Moved(tuple(pairs), changed, gained | own)


def _entity_of(mention: Mention, own: Mapping[str, Entity]) -> Entity:
    return own.get(mention.entity_id) or Entity(
        mention.entity_id, mention.label, mention.text, "", "", (), (), 0, 0
    )  # fmt: skip


def _end(mention: Mention, entity: Entity, plan: Plan, notes: Notes) -> Entity | None:
    """Give the entity that a mention belongs to in the end, None if it goes."""
    decisions = plan.rows.get(mention.mention_id, ())
    if decisions:
        notes.found.add(mention.mention_id)
    for decision in decisions:
        if decision.action is Action.REJECT:
            return None
        if decision.action is not Action.ACCEPT:
            target = _target(mention, entity, decision, plan, notes)
            if target is not None:
                notes.reached.add(target.entity_id)
                return plan.end_of(target)
    return plan.end_of(entity)


def _target(mention: Mention, entity: Entity, decision: Decision, plan: Plan, notes: Notes) -> Entity | None:
    """Give the entity that a decision about one mention names; None, with a note, where it cannot be followed."""
    problem, target = "", None
    if decision.action is Action.MERGE:
        label = decision.value.partition(":")[0]
        if label != mention.label:
            problem = f"it is a {mention.label}, '{decision.value}' a {label}: relabel it instead"
        else:
            target = plan.names.entity(decision.value, like=entity)
    elif decision.value == mention.label:
        problem = f"its label is {mention.label} already"
    else:
        target = plan.names.relabelled(entity, decision.value, surface=_surface(mention))
        problem = "" if target else "no country of that name is known. Give its entity_id, for example COUNTRY:FRA"
    if target is not None and target.entity_id == mention.entity_id:
        problem, target = f"it is a mention of '{mention.entity_id}' already", None
    if problem:
        notes.problems[decision.says] = problem
    return target


def _surface(mention: Mention) -> str:
    """The words that name a mention's entity, "" where they only point to it (« il », « le pays »)."""
    points = mention.kind in _ASIDE or (mention.kind is Kind.NOMINAL and mention.label is not Label.WEAPON_CLASS)
    return "" if points else mention.text


def corrected_entities(entities: Iterable[Entity], moved: Moved) -> tuple[Entity, ...]:
    """Give the entities that the mentions now point to, in order of id; those that nothing touched stay as they are."""
    touched = {m.entity_id for pair in moved.pairs if pair[0] is not pair[1] for m in pair if m is not None}
    groups: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in moved.after:
        if mention.entity_id in touched and mention.label in ENTITY_LABELS:
            groups[mention.entity_id].append(mention)
    kept = [entity for entity in entities if entity.entity_id not in touched]
    made = [_counted(moved.entities[key], group) for key, group in groups.items()]
    return tuple(sorted([*kept, *made], key=lambda entity: entity.entity_id))


def _counted(entity: Entity, group: Sequence[Mention]) -> Entity:
    surfaces = {mention.text for mention in group if mention.kind not in _ASIDE}
    aliases = tuple(sorted(surfaces - {entity.name}))
    return replace(entity, aliases=aliases, n_mentions=len(group), n_documents=1)
