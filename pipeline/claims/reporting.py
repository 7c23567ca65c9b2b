"""Reporting predicates: what they introduce and what they commit the source and the author to (`reporting.csv`)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon.rows import DATA

# Words that make a conjunction or a comparison with « que »: no content clause begins there
NO_CONTENT = frozenset(
    "pour afin avant bien sans ainsi alors tandis tel telle tels telles plus moins aussi autant lors dès parce "
    "puis tant même mieux après depuis pendant ce autre autres longtemps fois mesure condition sorte façon "
    "manière cas temps crainte peur loin fur tellement si".split()
)


@dataclass(frozen=True, slots=True)
class Reporting:
    """A reporting verb or noun. `content` lists what it introduces: `que` clause, `inf`initive, `quote`.

    `source` and `author` are FactBank values (Saurí and Pustejovsky 2009) of a plain positive content.
    """

    lemma: str
    kind: str
    content: frozenset[str]
    source: str
    author: str


@cache
def reporting_verbs() -> dict[str, Reporting]:
    """Lemma to entry of the verbs."""
    return _entries("verb")


@cache
def reporting_nouns() -> dict[str, Reporting]:
    """Lemma to entry of the nouns (« annonce », « rumeur »)."""
    return _entries("noun")


def _entries(pos: str) -> dict[str, Reporting]:
    with (DATA / "reporting.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["lemma"]: Reporting(
                row["lemma"], row["class"], frozenset(row["content"].split()), row["source"], row["author"]
            )
            for row in csv.DictReader(lines)
            if row["pos"] == pos
        }
