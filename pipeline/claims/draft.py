"""A claim before it becomes a row."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.frames.frame import Cue
from pipeline.records import Attribution, Modality, Polarity, Tense


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim over clean text. Offsets are code points into the clean text, half-open.

    `source` is a clean stretch or None for the author; `cue` is the reporting word's stretch, None without one;
    `head` the main predicate of the content (token index).
    """

    start: int
    end: int
    sentence: int
    attribution: Attribution
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    head: int
    polarity: Polarity
    modality: Modality
    tense: Tense
    cues: tuple[Cue, ...]
    rule: str
