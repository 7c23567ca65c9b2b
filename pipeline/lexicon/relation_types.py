"""The relation lexicon: `data/relations.toml` as typed entries."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.lexicon.rows import DATA
from pipeline.records import Label, Modality, RelationType


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that open a relation and the slots in which its roles stand, in the order they are tried.

    `particle` must follow the word (« mettre en garde »), one of the `adjectives` qualify it (« efforts conjoints »);
    `modality` is what the word itself implies (« réclamer » is to want); with `needs_counterpart` the third role must
    be filled (for a symmetric type the other party); `one_sided` never speaks for the other party. `reflexive` asks
    for « se » or rules it out; `patients` are lemmas one of which must be acted on (« rompre ses relations »). A
    complement with one of the prepositions of `without` rules the trigger out; one of `needs_one_of` must be there.
    """

    type: RelationType
    subject: tuple[str, ...]
    object: tuple[str, ...]
    counterpart: tuple[str, ...] = ()
    particle: str = ""
    adjectives: tuple[str, ...] = ()
    modality: Modality = Modality.ASSERTED
    needs_counterpart: bool = False
    one_sided: bool = False
    without: tuple[str, ...] = ()
    needs_one_of: tuple[str, ...] = ()
    reflexive: bool | None = None
    patients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """Which labels may fill each role of a relation type."""

    type: RelationType
    plover: str
    symmetric: bool
    subject: frozenset[Label]
    object: frozenset[Label]
    counterpart: frozenset[Label]


@dataclass(frozen=True, slots=True)
class RelationLexicon:
    """All relation types, and triggers by (lemma, `verb` or `noun`)."""

    types: dict[RelationType, TypeEntry]
    triggers: dict[tuple[str, str], tuple[Trigger, ...]]


@cache
def relation_lexicon() -> RelationLexicon:
    """The packaged relation lexicon, read once a process."""
    with (DATA / "relations.toml").open("rb") as stream:
        raw = tomllib.load(stream)
    types: dict[RelationType, TypeEntry] = {}
    triggers: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for name, entry in raw.items():
        kind = RelationType(name)
        types[kind] = TypeEntry(
            kind, entry["plover"], entry.get("symmetric", False),
            _labels(entry, "subject"), _labels(entry, "object"), _labels(entry, "counterpart"),
        )  # fmt: skip
        for row in entry.get("trigger", ()):
            trigger = _trigger(kind, row)
            for pos in ("verb", "noun"):
                for lemma in row.get(pos + "s", ()):
                    triggers[lemma, pos].append(trigger)
    return RelationLexicon(types, {key: tuple(found) for key, found in triggers.items()})


def _labels(entry: dict[str, Any], role: str) -> frozenset[Label]:
    return frozenset(Label(label) for label in entry.get(role, ()))


def _trigger(kind: RelationType, row: dict[str, Any]) -> Trigger:
    return Trigger(
        type=kind,
        subject=tuple(row.get("subject", ())),
        object=tuple(row.get("object", ())),
        counterpart=tuple(row.get("counterpart", ())),
        particle=row.get("particle", ""),
        adjectives=tuple(row.get("adjectives", ())),
        modality=Modality(row.get("modality", "asserted")),
        needs_counterpart=row.get("needs_counterpart", False),
        one_sided=row.get("one_sided", False),
        without=tuple(row.get("without", ())),
        needs_one_of=tuple(row.get("needs_one_of", ())),
        reflexive=row.get("reflexive"),
        patients=tuple(row.get("patients", ())),
    )
