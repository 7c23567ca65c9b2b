"""Precision, recall and F1 of names, by overlap with the same label and by exact span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.training.corpora import Annotated, Name

LABELS = ("ORG", "PER", "LOC")


@dataclass(frozen=True, slots=True)
class Score:
    """One label's score; `n` is the number of gold names."""

    precision: float
    recall: float
    f1: float
    n: int

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F {self.f1:.3f} n {self.n}"


def score(gold: Sequence[Annotated], predicted: Iterable[Sequence[Name]], *, exact: bool = False) -> dict[str, Score]:
    """Scores by label; predictions that touch an unknown stretch and no gold name are left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, names in zip(gold, predicted, strict=True):
        for label in LABELS:
            wanted = [(n.start, n.end) for n in text.names if n.label == label]
            given = [(n.start, n.end) for n in names if n.label == label]
            for span in given:
                hit = any(_match(span, other, exact) for other in wanted)
                if hit or not any(_match(span, other, False) for other in text.unknown):
                    counts[label, "right" if hit else "wrong"] += 1
            for span in wanted:
                found = any(_match(span, other, exact) for other in given)
                counts[label, "found" if found else "missed"] += 1
    return {label: _ratios(counts, label) for label in LABELS}


def _match(one: tuple[int, int], other: tuple[int, int], exact: bool) -> bool:
    return one == other if exact else one[0] < other[1] and other[0] < one[1]


def _ratios(counts: Counter[tuple[str, str]], label: str) -> Score:
    given = counts[label, "right"] + counts[label, "wrong"]
    n = counts[label, "found"] + counts[label, "missed"]
    precision = counts[label, "right"] / given if given else 0.0
    recall = counts[label, "found"] / n if n else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, n)
