"""Where every entity goes: merges and new labels followed to their end, over the whole run at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.entities.classes import class_name
from pipeline.lexicon.fold import slug
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.records import Entity, Label
from pipeline.review.decisions import Action, Conflict, Decision, Review

_WEAPONS = frozenset((Label.WEAPON, Label.WEAPON_CLASS))


@dataclass(frozen=True, slots=True)
class Plan:
    """A review made ready for one run.

    `rows` holds the decisions about a mention, claim or relation by its id; `moves` where an entity with a decision
    ends, None where it is rejected; `steps` its next station on the way there. `known` are the run's entities.
    """

    rows: Mapping[str, tuple[Decision, ...]]
    moves: Mapping[str, Entity | None]
    steps: Mapping[str, str]
    known: Mapping[str, Entity]
    conflicts: tuple[Conflict, ...]
    names: Names

    def end_of(self, entity: Entity) -> Entity | None:
        """Give what becomes of an entity, None if it is rejected."""
        return self.moves.get(entity.entity_id, entity)


class Names:
    """Entities by id or by name: those of the run, then those of the lexicon.

    Args:
        known: the run's entities.
        gazetteer: the lexicon they were found with.
    """

    def __init__(self, known: Mapping[str, Entity], gazetteer: Gazetteer) -> None:
        self._known, self._gazetteer = known, gazetteer

    def entity(self, entity_id: str, *, like: Entity) -> Entity:
        """Give the entity with an id; one that nobody knows takes its name, and what still holds, from another."""
        if entity_id in self._known:
            return self._known[entity_id]
        label, _, local = entity_id.partition(":")
        entry = self._gazetteer.entries.get(entity_id)
        if entry is not None:
            return Entity(entity_id, entry.label, entry.name, entry.iso3, entry.category, entry.origin, (), 0, 0)
        both_weapons = {like.label, label} <= _WEAPONS
        return replace(
            like, entity_id=entity_id, label=Label(label), iso3=local if label == Label.COUNTRY else "",
            category=like.category if both_weapons or label == like.label else _category(label),
            origin=like.origin if both_weapons else (), aliases=(),
        )  # fmt: skip

    def relabelled(self, entity: Entity, value: str, *, surface: str = "") -> Entity | None:
        """Give the entity under another label, as the extractor would call it; None for a country that nobody knows.

        Args:
            entity: what it was taken for.
            value: a label, or a whole entity id.
            surface: the words of the one mention that is relabelled, "" for the whole entity.
        """
        if ":" in value:
            return self.entity(value, like=entity)
        label, name = Label(value), surface or entity.name
        entity_id = self._gazetteer.lookup(name, label)
        if not entity_id and label is Label.COUNTRY:
            return None
        keeps = not surface and entity.label is not Label.COUNTRY
        if label is Label.WEAPON_CLASS and not keeps:
            name = class_name(name)[0] or name
        local = entity.entity_id.partition(":")[2] if keeps else slug(name)
        return self.entity(entity_id or f"{label}:{local or 'x'}", like=replace(entity, name=name))


def _category(label: str) -> str:
    return "weapon/other" if label == Label.WEAPON else ""


def make_plan(review: Review, known: Iterable[Entity], gazetteer: Gazetteer) -> Plan:
    """Settle where every entity of a review goes; what cannot be is a conflict and left out.

    Args:
        review: as `read_review` gives it.
        known: the entities as extracted: of the run, or of one extraction.
        gazetteer: the lexicon they were found with.
    """
    rows: dict[str, tuple[Decision, ...]] = {}
    entities: dict[str, Decision] = {}
    for decision in review.decisions:
        row_id, action = decision.row_id, decision.action
        if ":" in row_id:
            if action is not Action.ACCEPT:
                entities.setdefault(row_id, decision)
        elif row_id not in rows:
            rows[row_id] = (decision,)
        elif all(decision.says != other.says for other in rows[row_id]):
            rows[row_id] += (decision,)
    by_id = {entity.entity_id: entity for entity in known}
    names = Names(by_id, gazetteer)
    walk = _Walk(entities, by_id, names)
    for entity_id in sorted(entities):  # where nobody knows a target, it is named after the first that comes to it
        walk.settle(entity_id)
    for decision in [said[0] for said in rows.values() if said[0].action is Action.MERGE]:
        if walk.ends.get(decision.value, decision) is None:
            walk.conflicts.append(_into_nothing(decision))
            del rows[decision.row_id]
    return Plan(rows, walk.ends, walk.steps, by_id, tuple(walk.conflicts), names)


class _Walk:
    """Follows decisions about entities from one to the next; every entity is settled once."""

    def __init__(self, decisions: dict[str, Decision], known: Mapping[str, Entity], names: Names) -> None:
        self._decisions, self._known, self._names = decisions, known, names
        self.ends: dict[str, Entity | None] = {}
        self.steps: dict[str, str] = {}
        self.conflicts: list[Conflict] = []

    def settle(self, entity_id: str) -> None:
        """Find where an entity and all on its way end; decisions that lead round or into nothing are left out."""
        path = self._path(entity_id)
        while conflicts := list(self._faults(path)):
            self.conflicts += conflicts
            for conflict in conflicts:
                self._decisions.pop(conflict.row_id)
            path = self._path(entity_id)
        last = path[-1][1]
        end = self.ends.get(last.entity_id, last) if last else None
        for (key, _), (_, following) in pairwise(path):
            self.ends[key] = end
            self.steps[key] = following.entity_id if following else ""

    def _path(self, entity_id: str) -> list[tuple[str, Entity | None]]:
        """(id, entity) of every station; the last is one without a decision, settled before, met before, or None."""
        entity: Entity | None = self._known.get(entity_id) or self._unknown(entity_id)
        path: list[tuple[str, Entity | None]] = [(entity_id, entity)]
        met = {entity_id}
        while entity is not None and entity.entity_id in self._decisions and entity.entity_id not in self.ends:
            entity = self._next(entity, self._decisions[entity.entity_id])
            key = entity.entity_id if entity else ""
            path.append((key, entity))
            if key in met:
                break
            met.add(key)
        return path

    def _next(self, entity: Entity, decision: Decision) -> Entity | None:
        if decision.action is Action.REJECT:
            return None
        if decision.action is Action.MERGE:
            return self._names.entity(decision.value, like=entity)
        found = self._names.relabelled(entity, decision.value)
        return entity if found is None else found

    def _faults(self, path: list[tuple[str, Entity | None]]) -> Iterator[Conflict]:
        """Decisions on a path that cannot be followed: all of a circle, or a merge into what is rejected."""
        keys = [key for key, _ in path]
        if keys[-1] in keys[:-1]:
            for key in keys[keys.index(keys[-1]) : -1]:
                yield self._round(self._decisions[key], alone=keys[-2] == keys[-1])
        elif len(path) > 1 and (path[-1][1] is None or self.ends.get(keys[-1], path[-1][1]) is None):
            ways = [self._decisions[key] for key in keys[:-1]]
            yield from [_into_nothing(decision) for decision in ways if decision.action is Action.MERGE][-1:]

    def _round(self, decision: Decision, *, alone: bool) -> Conflict:
        if decision.action is Action.MERGE:
            reason = "this merge leads round in a circle"
        elif not alone:
            reason = "this label leads round in a circle"
        elif decision.value.partition(":")[0] == decision.row_id.partition(":")[0]:
            reason = f"its label is {decision.value} already"
        else:
            reason = "no country of that name is known. Give its entity_id, for example COUNTRY:FRA"
        return Conflict(decision.line, decision.row_id, reason)

    def _unknown(self, entity_id: str) -> Entity:
        label, _, local = entity_id.partition(":")
        return Entity(entity_id, Label(label), local, "", "", (), (), 0, 0)


def _into_nothing(decision: Decision) -> Conflict:
    return Conflict(decision.line, decision.row_id, f"'{decision.value}' is rejected: nothing can be merged into it")
