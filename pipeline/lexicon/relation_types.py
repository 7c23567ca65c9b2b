"""The relation lexicon: `data/relations.toml` as typed entries."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.lexicon.rows import DATA
from pipeline.records import Label, Modality, Polarity, RelationType


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that open a relation and the slots in which its roles stand, in the order they are tried.

    What the other fields mean stands at the head of `data/relations.toml`.
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
    not_patients: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    complements: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    not_under: tuple[str, ...] = ()
    marked_by: tuple[str, ...] = ()
    voice: str = ""
    polarity: Polarity = Polarity.POSITIVE


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
        not_patients=tuple(row.get("not_patients", ())),
        agents=tuple(row.get("agents", ())),
        complements=tuple(row.get("complements", ())),
        under=tuple(row.get("under", ())),
        not_under=tuple(row.get("not_under", ())),
        marked_by=tuple(row.get("marked_by", ())),
        voice=row.get("voice", ""),
        polarity=Polarity(row.get("polarity", "positive")),
    )
