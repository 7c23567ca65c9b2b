"""What kind of speaker a source is."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from pipeline.claims.draft import Draft
from pipeline.lexicon.rows import DATA, split_list
from pipeline.records import Label, SourceType
from pipeline.tree import Tree

if TYPE_CHECKING:
    from pipeline.reading import Reading

_BY_CATEGORY = {
    "media": SourceType.MEDIA,
    **dict.fromkeys(
        ("ministry", "government-body", "agency", "armed-force", "intelligence", "regulator", "court", "parliament"),
        SourceType.GOVERNMENT,
    ),
}  # fmt: skip
_AROUND = 8  # tokens before a name in which its function stands


@cache
def source_nouns() -> dict[str, SourceType]:
    """Head noun of a source to its kind (`data/source_nouns.csv`)."""
    with (DATA / "source_nouns.csv").open(encoding="utf-8", newline="") as lines:
        return {noun: SourceType(row["type"]) for row in csv.DictReader(lines) for noun in split_list(row["nouns"])}


def is_speaker_noun(tree: Tree, i: int) -> bool:
    """Whether token `i` is a noun of somebody or something that speaks (« ministre », « communiqué »)."""
    return tree.lemma[i] in source_nouns() or tree.lower[i] in source_nouns()


def source_type(reading: Reading, draft: Draft) -> SourceType:
    """Kind of a claim's source: `author` without one; by its entity, else by its head noun; else anonymous.

    A pronoun, and a function that stands for a person named before, take the kind of that person.
    """
    if draft.source is None:
        return SourceType.AUTHOR
    kind = _kind(reading, *draft.source)
    if kind is SourceType.ANONYMOUS and draft.speaker is not None:
        return _kind(reading, *draft.speaker)
    return kind


def _kind(reading: Reading, start: int, end: int) -> SourceType:
    inside = reading.touching(start, end)
    head = inside[0] if inside and inside[0].start <= start + 1 else None
    by_noun = _by_noun(reading, start, end)
    if head is not None and head.label is Label.PERSON:
        return SourceType.OFFICIAL if _holds_office(reading, start, end) else SourceType.PERSON
    if head is not None and head.label is Label.COUNTRY:
        return by_noun or SourceType.GOVERNMENT
    if head is not None and head.label is Label.ORGANISATION:
        category = reading.known[head.entity_id].category if head.entity_id in reading.known else ""
        if by_noun in (SourceType.AGENCY, SourceType.MEDIA):
            return by_noun
        return _BY_CATEGORY.get(category, by_noun or SourceType.ORGANISATION)
    return by_noun or SourceType.ANONYMOUS


def _by_noun(reading: Reading, start: int, end: int) -> SourceType | None:
    tree = reading.tree
    first = tree.token_at(start)
    if tree.lower[first : first + 3] == ["agence", "de", "presse"]:
        return SourceType.AGENCY
    for token in range(first, tree.token_at(end - 1) + 1):
        kind = source_nouns().get(tree.lemma[token]) or source_nouns().get(tree.lower[token])
        if kind is not None:
            return kind
    return None


def _holds_office(reading: Reading, start: int, end: int) -> bool:
    """Whether a function stands right before or after the name: « le ministre X », « X, porte-parole de … »."""
    tree = reading.tree
    token, last = tree.token_at(start), tree.token_at(end - 1)
    first = tree.sentences[tree.sent[token]][0]
    near = [*range(max(token - _AROUND, first), token), *range(last + 1, min(last + 6, len(tree)))]
    return any(source_nouns().get(tree.lemma[k]) is SourceType.OFFICIAL for k in near)
