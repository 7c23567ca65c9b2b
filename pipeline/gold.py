"""Annotated articles: one JSON object a file, in the format of `corpus/gold/README.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.documents.decode import decode
from pipeline.errors import InputError
from pipeline.exports.jsonable import load_json
from pipeline.records import Attribution, Modality, Polarity, RelationType

LABELS = ("COUNTRY", "WEAPON", "WEAPON_CLASS", "ORGANISATION", "PERSON", "PLACE")
_SHORT = {"ORG": "ORGANISATION"}


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as annotated; `entity` is an ISO code for countries, a name for the others."""

    start: int
    end: int
    label: str
    entity: str
    surface: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim as annotated; `source` is "" for the author."""

    start: int
    end: int
    source: str
    attribution: Attribution
    modality: Modality
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation as annotated, between entity values."""

    type: RelationType
    subject: str
    object: str
    counterpart: str
    modality: Modality
    polarity: Polarity
    evidence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One annotated article; `constructions` name what it was written to show, none for a found text."""

    id: str
    text: str
    published: str
    constructions: tuple[str, ...]
    mentions: tuple[GoldMention, ...]
    claims: tuple[GoldClaim, ...]
    relations: tuple[GoldRelation, ...]


def read_gold(paths: Iterable[Path]) -> Iterator[GoldArticle]:
    """Read annotated articles from files and folders, in order of their names.

    Raises:
        InputError: if a file is missing or breaks the format.
    """
    for path in paths:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not files:
            raise InputError(str(path), "the folder holds no annotated article", "Expected *.json files")
        for file in files:
            yield _article(file)


def _article(path: Path) -> GoldArticle:
    try:
        text = decode(path.read_bytes(), where=str(path)).text
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "", "Check the name") from error
    raw = load_json(text, where=str(path))
    try:
        if not isinstance(raw["text"], str):
            raise TypeError("text is no string")
        article = GoldArticle(
            id=str(raw.get("id", path.stem)),
            text=raw["text"],
            published=str(raw.get("published") or ""),
            constructions=tuple(map(str, raw.get("constructions") or ())),
            mentions=tuple(_mention(row) for row in raw["mentions"]),
            claims=tuple(_claim(row) for row in raw["claims"]),
            relations=tuple(_relation(row) for row in raw["relations"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        accepted = "Expected id, text, mentions, claims, relations as in corpus/gold/README.md"
        found = f"this is no annotated article ({type(error).__name__}: {error})"
        raise InputError(str(path), found, accepted) from error
    for mention in article.mentions:
        found = article.text[mention.start : mention.end]
        if found != mention.surface:
            where = f"{path}, mention {mention.start}-{mention.end}"
            raise InputError(where, f"the text there is '{found}', not '{mention.surface}'", "", "Correct the offsets")
    return article


def _mention(row: dict[str, Any]) -> GoldMention:
    label = _SHORT.get(row["label"], row["label"])
    return GoldMention(row["start"], row["end"], label, row["entity"], row["surface"])


def _claim(row: dict[str, Any]) -> GoldClaim:
    return GoldClaim(
        row["start"], row["end"], row["source"] or "", Attribution(row["attribution"]),
        Modality(row["modality"]), Polarity(row["polarity"]),
    )  # fmt: skip


def _relation(row: dict[str, Any]) -> GoldRelation:
    start, end = row["evidence"]
    return GoldRelation(
        RelationType(row["type"]), row["subject"], row["object"], row.get("counterpart") or "",
        Modality(row["modality"]), Polarity(row["polarity"]), (start, end),
    )  # fmt: skip
