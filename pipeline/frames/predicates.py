"""Predicates that govern others and words that colour one: `data/predicates.csv`, `data/modifiers.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon.rows import DATA


@dataclass(frozen=True, slots=True)
class Predicate:
    """How a verb, noun or adjective colours what it governs.

    `complement` lists what the entry needs to count: `inf`, `que`, `noun`. `control` says who does the governed
    act: the `subject`, the `object`, the `indirect` object or the `possessor`. A `light` one passes its subject
    on to a noun complement (« a procédé à la livraison de »).
    """

    lemma: str
    pos: str
    kind: str
    complement: frozenset[str]
    modality: str
    polarity: str
    control: str
    light: bool


@dataclass(frozen=True, slots=True)
class Modifier:
    """An adverb or adjective that colours the predicate beside it."""

    form: str
    pos: str
    modality: str
    polarity: str
    tense: str


@cache
def predicates() -> dict[tuple[str, str], Predicate]:
    """(lemma, part of speech) to entry."""
    with (DATA / "predicates.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["lemma"], row["pos"]): Predicate(
                row["lemma"], row["pos"], row["class"], frozenset(row["complement"].split()),
                row["modality"], row["polarity"], row["control"], row["light"] == "yes",
            )
            for row in csv.DictReader(lines)
        }  # fmt: skip


@cache
def modifiers(pos: str) -> dict[str, Modifier]:
    """Form (adverbs) or lemma (adjectives) to entry."""
    with (DATA / "modifiers.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["form"]: Modifier(row["form"], row["pos"], row["modality"], row["polarity"], row["tense"])
            for row in csv.DictReader(lines)
            if row["pos"] == pos
        }
