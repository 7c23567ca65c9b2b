"""What the finders of names, dates and amounts hand over, before overlaps are settled."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import Kind, Label


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A mention candidate over the clean text of a document: code points, half-open.

    `entity_id` is the id of the entity; for DATE, QUANTITY and MONEY it is the normalised value.

    Examples:
        >>> found = Found(22, 26, Label.DATE, "2023", Kind.NAME, "date.year")
        >>> "La livraison est pour 2023."[found.start : found.end]
        '2023'
    """

    start: int
    end: int
    label: Label
    entity_id: str
    kind: Kind
    rule: str
