"""Designations outside the lexicon, typed by the class noun that introduces them (« le missile Kh-101 »)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.entities.classes import class_name
from pipeline.entities.found import Found
from pipeline.lexicon.fold import slug
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches

# « Kh-101 », « F-16V », « MK 70 », « Type 055 », « 3M22 »; not a bare number, not a year
_CODE = (
    r"(?:[A-ZÉ][A-Za-zÀ-ÿ]{0,11}[- ]?\d{1,4}[A-Za-z]{0,3}(?:-\d{1,3}[A-Z]?)?|\d{1,2}[A-Z]{1,2}\d{1,3}[A-Z]?)(?![\w-])"
)
_NAME = r"[A-ZÉ][\wÀ-ÿ'-]+(?: (?:[A-ZÉ][\wÀ-ÿ'-]+|\d{1,3}\b)){0,9}"
_ADJECTIVES = r"(?: (?!(?:et|ou|de|du|des|la|le|les|en|au|aux|par|pour|sur|que|qui)\b)[a-zà-ÿ-]+){0,2}"
_INTRODUCED = (
    r"(?:,? (?:de type|du type|de classe|de la classe|modèle|baptisée?s?|dénommée?s?|appelée?s?|nommée?s?|désignée?s?)"
    r" (?:[«\"'] ?)?)"
)
_AFTER_CLASS = re.compile(rf"{_ADJECTIVES}(?: (?P<code>{_CODE})|{_INTRODUCED}(?P<name>{_CODE}|{_NAME}))")
_HULL = r"(?:USS|USNS|HMS|NCSM|HMCS|INS|ROKS|HMAS|JS|BRP|TCG)"  # what navies write before a ship's name
# « le missile Bolide », « la frégate Ottawa »: a name right after the noun, not all in capitals (« drones FPV »)
_BARE = re.compile(rf" (?P<name>(?:{_HULL} )?(?=[A-ZÉ]+[a-zà-ÿ])[A-ZÉ][\wÀ-ÿ'-]+(?: [A-ZÉ][\wÀ-ÿ'-]+)?)")
_SHIP = re.compile(rf"(?<![\w-]){_HULL} (?=[A-ZÉ]+[a-zà-ÿ])[A-ZÉ][\wÀ-ÿ'-]+(?: (?:[A-Z]\.|[A-ZÉ][\wÀ-ÿ'-]+)){{0,9}}")
_NAMED_KINDS = (
    "missile/", "uav/", "ship/", "submarine/", "vehicle/", "helicopter/", "bomb/", "air-defence/", "artillery/",
)  # fmt: skip
_NO_DESIGNATIONS = frozenset("ICBM IRBM MRBM SRBM SLBM UAV UCAV MLRS".split())
_NEAR = 40  # characters between a class noun and the name that it introduces
_BETWEEN = re.compile(r"^(?: [a-zà-ÿ-]+){0,2} $")
_SEPARATED = re.compile(r"\b(?:type|classe|modèle|baptis|dénomm|appel|nomm|désign)")


def find_designations(text: str, classes: Sequence[Found]) -> list[Found]:
    """Designations right after a class noun, with up to two adjectives or « de type » between, and ships by prefix.

    Args:
        text: clean text.
        classes: class mentions, in text order.

    Returns:
        Mentions of kind `pattern` in text order.
    """
    out = []
    for found in classes:
        match = _AFTER_CLASS.match(text, found.end)
        if match is not None:
            start, end = match.span("code" if match["code"] else "name")
        else:
            match = _BARE.match(text, found.end)
            if match is None or not class_name(text[found.start : found.end])[1].startswith(_NAMED_KINDS):
                continue
            start, end = match.span("name")
        if text[start:end] in _NO_DESIGNATIONS:
            continue
        out.append(
            Found(start, end, Label.WEAPON, f"WEAPON:{slug(text[start:end])}", Kind.PATTERN, "weapon.designation")
        )
    ships = (match.span() for match in _SHIP.finditer(text))
    out.extend(
        Found(start, end, Label.WEAPON, f"WEAPON:{slug(text[start:end])}", Kind.PATTERN, "weapon.ship")
        for start, end in ships
    )
    return sorted(out)


def introduces_name(text: str, found: Found, named: Stretches[Found]) -> bool:
    """Whether a class noun only introduces the weapon named right after it (« drones kamikazes Shahed-136 »)."""
    near = named.touching(found.end, found.end + _NEAR + 1)
    for name in near:
        if name.label is Label.WEAPON and 0 < name.start - found.end <= _NEAR:
            between = text[found.end : name.start]
            for other in near:  # « deux avions de transport brésiliens Embraer C-390 »
                if found.end <= other.start and other.end <= name.start and other.label is Label.ORGANISATION:
                    between = between.replace(text[other.start : other.end] + " ", "", 1)
            return bool(_BETWEEN.match(between) or between == " ") and not _SEPARATED.search(between)
    return False
