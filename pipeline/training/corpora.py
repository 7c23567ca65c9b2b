"""Annotated texts to train and to score the name finder on: POPCORN, the bulletins, our own sentences.

Every text goes through `pipeline.cleaning.clean`, paragraph by paragraph, as at run time. Labels are those of
the model: PER, LOC, ORG, MISC. Offsets are code points, half-open, into the clean paragraph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cleaning import clean

HELD_BACK = 5  # every fifth text of a corpus is scored and never trained on
_TYPES = {
    "CIVILIAN": "PER", "TERRORIST_OR_CRIMINAL": "PER", "MILITARY": "PER", "PLACE": "LOC",
    "NON_GOVERNMENTAL_ORGANISATION": "ORG", "NON_MILITARY_GOVERNMENT_ORGANISATION": "ORG",
    "MILITARY_ORGANISATION": "ORG", "INTERGOVERNMENTAL_ORGANISATION": "ORG",
}  # fmt: skip
# Capitalised, yet no name: pronouns, and nouns that name an institution only together with what follows
_NO_NAME = frozenset(
    "Il Ils Elle Elles Je Un Une Ce Cette Celui-ci Membre Préfet Président Agence Association Bourse Compagnie CHU "
    "Etat État Gouvernement ONG Ordre Police République Syndicat Université".split()
) | {"Sur place", "État tunisien", "À l'Innovation", "Bureau d'études BTP", "Forces armées"}
_PRONOUN = re.compile(r"(?:Ce|Cet|Cette|Ces) derni|(?:Il|Elle)s?$|Lui\b|Tou[st]\b le")
_MARKUP = re.compile(r"\[([^\]]+)\]\((PER|LOC|ORG|MISC)\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A labelled stretch of a text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A clean paragraph, its names, and stretches whose label is not known (neither trained on nor scored)."""

    text: str
    names: tuple[Name, ...]
    unknown: tuple[tuple[int, int], ...] = ()


def split(texts: Iterable[Annotated]) -> tuple[list[Annotated], list[Annotated]]:
    """Texts to train on, and the held-back fifth."""
    train: list[Annotated] = []
    held: list[Annotated] = []
    for number, text in enumerate(texts):
        (held if number % HELD_BACK == HELD_BACK - 1 else train).append(text)
    return train, held


def read_popcorn(path: Path) -> list[Annotated]:
    """Name mentions of POPCORN, one record a text; pronouns and common nouns are left out.

    Mentions that are neither clearly names nor clearly none (« l'État », « association des chercheurs en
    Sciences », « famille Carter ») become unknown.
    """
    return [_popcorn_text(record) for record in json.loads(path.read_text(encoding="utf-8")).values()]


def _popcorn_text(record: dict[str, Any]) -> Annotated:
    text = _typography(record["text"])
    names: list[Name] = []
    unknown: list[tuple[int, int]] = []
    for entity in record["entities"]:
        label = _TYPES.get(entity["type"])
        for mention in entity["mentions"]:
            start, end = mention["start"], mention["end"]
            if label is None and entity["type"] not in ("GROUP_OF_INDIVIDUALS", "LASTNAME_0", "FIRSTNAME_0"):
                continue
            found = _name_start(text[start:end])
            if label and found is not None and text[start + found : end] not in _NO_NAME:
                names.append(Name(start + found, end, label))
            elif re.search(r"\b[A-ZÀ-Ý]", text[start:end]) and not _PRONOUN.match(text[start:end]):
                unknown.append((start, end))
    kept = longest(names)
    return Annotated(text, kept, tuple(u for u in sorted(set(unknown)) if not _touches(u, kept)))


def _name_start(surface: str) -> int | None:
    """Where the name starts in a mention; None when it holds none, or a common noun with complements.

    Examples:
        >>> _name_start("chaîne RST"), _name_start("l'Ordre des Soigneurs"), _name_start("elle")
        (7, 2, None)
    """
    if _PRONOUN.match(surface):
        return None
    match = re.match(r"(?:[a-zà-ÿ]+ (?:de |d'|du |des )?|[ld]')?(?=[A-ZÀ-Ý])", surface)
    return match.end() if match else None


def longest(names: Iterable[Name]) -> tuple[Name, ...]:
    """Names without overlap, in text order; the longer one wins, then the first."""
    kept: list[Name] = []
    for name in sorted(set(names), key=lambda n: (n.start - n.end, n.start, n.label)):
        if not _touches((name.start, name.end), kept):
            kept.append(name)
    return tuple(sorted(kept, key=lambda n: n.start))


def _touches(stretch: tuple[int, int], names: Iterable[Name]) -> bool:
    return any(stretch[0] < name.end and name.start < stretch[1] for name in names)


def read_paragraphs(path: Path, *, exclude: Path | None = None) -> list[str]:
    """Clean paragraphs of a JSONL file with a `text` key.

    Texts that share a fifth of their five-word runs with a text of the folder `exclude` are left out, so that
    articles kept for measurement are not trained on.
    """
    articles = sorted(exclude.glob("*.json")) if exclude else []
    kept_out = [_runs(json.loads(article.read_text(encoding="utf-8"))["text"]) for article in articles]
    paragraphs: dict[str, None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        runs = _runs(text)
        if not any(len(runs & other) > 0.2 * min(len(runs), len(other)) for other in kept_out):
            paragraphs.update(dict.fromkeys(_paragraphs(text)))
    return list(paragraphs)


def _paragraphs(text: str) -> Iterator[str]:
    cleaned = clean(text)
    for paragraph in cleaned.paragraphs:
        yield cleaned.text[paragraph.start : paragraph.end]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return set(zip(*(words[i:] for i in range(5)), strict=False))


def read_sentences(path: Path) -> list[Annotated]:
    """Our own sentences: JSONL, key `text`, names marked `[Tsahal](ORG)`."""
    return [parse_markup(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines()]


def parse_markup(marked: str) -> Annotated:
    """Read names out of marked text.

    Examples:
        >>> parse_markup("À [Gao](LOC).")
        Annotated(text='À Gao.', names=(Name(start=2, end=5, label='LOC'),), unknown=())
    """
    parts, names, at, length = [], [], 0, 0
    for match in _MARKUP.finditer(_typography(marked)):
        before = _typography(marked)[at : match.start()]
        start = length + len(before)
        names.append(Name(start, start + len(match[1]), match[2]))
        parts += [before, match[1]]
        length, at = start + len(match[1]), match.end()
    return Annotated("".join([*parts, _typography(marked)[at:]]), tuple(names))


def _typography(text: str) -> str:
    """Quotes and spaces as `clean` folds them, length kept."""
    return text.translate({0x2019: "'", 0x2018: "'", 0xA0: " ", 0x202F: " ", 0x2011: "-"})
