"""The relation lexicon: `data/relations.toml` as typed entries."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon.rows import DATA
from pipeline.records import Label, Modality, RelationType


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that open a relation and the slots in which its roles stand, in the order they are tried.

    `particle` must follow the word (« mettre en garde »), one of the `adjectives` qualify it (« efforts conjoints »);
    `modality` is what the word itself implies (« réclamer » is to want); with `needs_counterpart` the third role must
    be filled; `one_sided` never speaks for the other party. A complement with one of the prepositions of `without`
    rules the trigger out; one of `needs_one_of` must be there.
    """

    type: RelationType
    number: int
    subject: tuple[str, ...]
    object: tuple[str, ...]
    counterpart: tuple[str, ...]
    particle: str
    adjectives: tuple[str, ...]
    modality: Modality
    needs_counterpart: bool
    one_sided: bool
    without: tuple[str, ...]
    needs_one_of: tuple[str, ...]


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
        roles = [frozenset(Label(label) for label in entry.get(role, ())) for role in ("subject", "object", "counterpart")]
        types[kind] = TypeEntry(kind, entry["plover"], entry.get("symmetric", False), *roles)
        for number, row in enumerate(entry.get("trigger", ())):
            slots = [tuple(row.get(role, ())) for role in ("subject", "object", "counterpart")]
            trigger = Trigger(
                kind, number, *slots, row.get("particle", ""), tuple(row.get("adjectives", ())), Modality(row.get("modality", "asserted")),
                row.get("needs_counterpart", False), row.get("one_sided", False), tuple(row.get("without", ())),
                tuple(row.get("needs_one_of", ())),
            )  # fmt: skip
            for pos in ("verb", "noun"):
                for lemma in row.get(pos + "s", ()):
                    triggers[lemma, pos].append(trigger)
    return RelationLexicon(types, {key: tuple(found) for key, found in triggers.items()})
