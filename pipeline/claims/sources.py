"""What kind of speaker a source is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.claims.draft import Draft
from pipeline.lexicon.rows import DATA, split_list
from pipeline.records import Label, SourceType

if TYPE_CHECKING:
    from pipeline.assemble import Reading


@cache
def _nouns() -> dict[str, SourceType]:
    """Head noun of a source to its kind (`data/source_nouns.csv`)."""
    import csv

    with (DATA / "source_nouns.csv").open(encoding="utf-8", newline="") as lines:
        return {noun: SourceType(row["type"]) for row in csv.DictReader(lines) for noun in split_list(row["nouns"])}


def source_type(reading: Reading, draft: Draft) -> SourceType:
    """Kind of a claim's source: `author` without one; by its entity, else by its head noun; else anonymous."""
    if draft.source is None:
        return SourceType.AUTHOR
    start, end = draft.source
    inside = [m for m in reading.mentions if m.start < end and start < m.end]
    head = inside[0] if inside and inside[0].start <= start + 1 else None
    if head is not None:
        if head.label is Label.PERSON:
            return SourceType.OFFICIAL if _holds_office(reading, start) else SourceType.PERSON
        if head.label is Label.COUNTRY:
            return SourceType.GOVERNMENT
        if head.label is Label.ORGANISATION:
            category = reading.known[head.entity_id].category if head.entity_id in reading.known else ""
            return {"media": SourceType.MEDIA, "ministry": SourceType.GOVERNMENT, "government-body": SourceType.GOVERNMENT}.get(
                category, SourceType.ORGANISATION
            )
    first, last = reading.tree.token_at(start), reading.tree.token_at(end - 1)
    for token in range(first, last + 1):
        kind = _nouns().get(reading.tree.lemma[token]) or _nouns().get(reading.tree.lower[token])
        if kind is not None:
            return kind
    return SourceType.ANONYMOUS


def _holds_office(reading: Reading, start: int) -> bool:
    """Whether a function stands right before or after the name: « le ministre X », « X, porte-parole de … »."""
    tree = reading.tree
    token = tree.token_at(start)
    near = [*range(max(token - 8, tree.sentences[tree.sent[token]][0]), token), *range(token + 1, min(token + 6, len(tree)))]
    return any(_nouns().get(tree.lemma[k]) is SourceType.OFFICIAL for k in near)
