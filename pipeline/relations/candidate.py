"""A relation before it becomes a row: mentions and token indices instead of texts."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.entities.found import Found
from pipeline.frames.colour import Cue
from pipeline.records import Modality, Polarity, RelationType, Tense


@dataclass(frozen=True, slots=True)
class Candidate:
    """One typed link. `trigger` is the token that opened it, `anchor` the head of its object.

    `governor` is the word right above a noun trigger (« l'*approbation* de la vente »), -1 without one.
    """

    type: RelationType
    subject: Found
    object: Found
    counterpart: Found | None
    trigger: int
    trigger_text: str
    anchor: int
    polarity: Polarity
    modality: Modality
    tense: Tense
    cues: tuple[Cue, ...]
    rule: str
    governor: int = -1
