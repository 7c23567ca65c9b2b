"""Places introduced by a kind noun: « la ville de Bampur », « la mosquée Sidi Yahia », « la base de Baluran »."""

from __future__ import annotations

import csv
import re
from functools import cache

from pipeline.entities.found import Found
from pipeline.entities.organisations import is_kind_noun
from pipeline.entities.spelling import MORE, UPPER, WORD
from pipeline.lexicon import rows
from pipeline.lexicon.fold import slug
from pipeline.lexicon.phrases import Phrases
from pipeline.records import Kind, Label

_LINK = re.compile(
    r"(?: (?:portuaire|côtière|frontalière|stratégique|voisine|rebelle|assiégée|occupée|orientale|occidentale|autonome"
    r"|septentrionale|méridionale|séparatiste|internationale?|militaire|aérienne|navale))?"
    r" (?:(?:de la|de|du|des) |de l'|d')?"
)
_STREETS = ("avenue", "boulevard", "rue", "quai")  # « avenue du Général de Gaulle »
_NAME = re.compile(rf"(?:(?:Al|El|al|el|La|Le|Les)[ -])?{WORD}(?: (?:de )?{WORD}){MORE}")
# « Vitry-sur-Seine », « Saint-Jean-du-Maroni »
_HYPHENATED = re.compile(
    rf"(?<![\w-])[{UPPER}]\w+(?:-(?:sur|sous|lès|en|du|de|des|la|le|les|l'|d'|aux))(?:-(?:la|le|les))?-?"
    rf"{WORD}(?![\w-])"
)


@cache
def _nouns() -> dict[str, bool]:
    """Kind noun to whether it belongs to the name (« place Tahrir »)."""
    with (rows.DATA / "place_nouns.csv").open(encoding="utf-8", newline="") as lines:
        return {row["noun"]: row["whole"] == "yes" for row in csv.DictReader(lines)}


@cache
def _phrases() -> Phrases:
    return Phrases(_nouns())


def find_places(text: str) -> list[Found]:
    """Capitalised names after a kind noun, and hyphenated place names, in clean text."""
    out = [_place(*match.span(), text, "place.hyphen") for match in _HYPHENATED.finditer(text)]
    for start, end, noun in _phrases().find(text):
        link = _LINK.match(text, end)
        match = _NAME.match(text, link.end()) if link else None
        if link is None or match is None or is_kind_noun(match[0].split()[0]):
            continue
        whole = _nouns()[noun]
        if whole is _has_preposition(link[0]) and noun not in _STREETS:
            continue
        out.append(_place(start if whole else match.start(), match.end(), text, "place.noun"))
    return out


def _has_preposition(link: str) -> bool:
    return bool(re.search(r"(?: (?:de la|de|du|des) |'|d')$", link))


def _place(start: int, end: int, text: str, rule: str) -> Found:
    return Found(start, end, Label.PLACE, f"PLACE:{slug(text[start:end])}", Kind.NAME, rule)
