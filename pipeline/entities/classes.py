"""Weapon classes: a head noun and the modifiers that make a type of it (« missiles sol-air à longue portée »).

Heads stand in `data/weapon_classes.csv`, modifiers in `data/weapon_class_modifiers.csv`. Demonyms and praise
(« russes », « avancés ») end the span.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from pipeline.entities.found import Found
from pipeline.lexicon import rows
from pipeline.lexicon.fold import fold, slug
from pipeline.records import Kind, Label

# Alone, these heads are too vague (avion), something else (chasseur de primes) or an adjective (câble sous-marin)
_HUNTER = re.compile(r"\s(?:de |d'|a l'arc|alpin|cueilleur)")
_NOT_CLASS = re.compile(r"\s(?:a eau|a neige|sonique|a bruit|de la paix|de seduction)")
_DETERMINER = re.compile(
    r"(?:\b(?:une?|des|les?|la|du|au|aux|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|plusieurs|quelques|"
    r"premiers?|nouveaux?|ces?|son|ses|leurs?|aucun|chaque|de|dizaine de|centaine de|et)|\d|\b[dl]')\s?$"
)


@dataclass(frozen=True, slots=True)
class Head:
    singular: str
    needs: str
    category: str


@dataclass(frozen=True, slots=True)
class Modifier:
    singular: str
    heads: tuple[str, ...]
    category: str


def find_classes(text: str) -> list[Found]:
    """Generic classes of armament in clean text.

    Returns:
        Mentions in text order, without overlap, of kind `nominal`; the entity is the singular form.
    """
    folded = fold(text)
    out: list[Found] = []
    for match in _head_pattern().finditer(folded):
        if out and match.start() < out[-1].end:
            continue
        head = _heads()[match.group()]
        if _has_other_accents(text[match.start() : match.end()], head.singular):
            continue
        end, names, _ = _modifiers_after(folded, match.end(), head)
        if not _counts(folded, match.start(), end, head, bool(names)):
            continue
        name = " ".join([head.singular, *names])
        out.append(
            Found(match.start(), end, Label.WEAPON_CLASS, f"WEAPON_CLASS:{slug(name)}", Kind.NOMINAL, "class.head")
        )
    return out


def _has_other_accents(surface: str, singular: str) -> bool:
    """« groupes armés » is no « armes »: an accent that the class noun does not have."""
    return any(c != fold(c) for c in surface.lower()) and not any(c != fold(c) for c in singular)


def class_name(text: str) -> tuple[str, str]:
    """Singular name and category of the class that begins a stretch of text, ("", "") if none does.

    Examples:
        >>> class_name("missiles de croisière")
        ('missile de croisière', 'missile/cruise')
    """
    folded = fold(text)
    match = _head_pattern().match(folded)
    if match is None:
        return "", ""
    head = _heads()[match.group()]
    _, names, category = _modifiers_after(folded, match.end(), head)
    return " ".join([head.singular, *names]), category or head.category


def _counts(folded: str, start: int, end: int, head: Head, modified: bool) -> bool:
    if _NOT_CLASS.match(folded, end):
        return False
    if head.needs == "modifier":
        return modified
    if head.needs == "determiner":
        return bool(_DETERMINER.search(folded[max(0, start - 14) : start]))
    if head.needs == "hunter":
        return modified or (not _HUNTER.match(folded, end) and bool(re.search(r"\W$|^$", folded[end : end + 1])))
    return True


def _modifiers_after(folded: str, end: int, head: Head) -> tuple[int, list[str], str]:
    """End of the modifiers, their singular names, and the category that the first telling one gives."""
    names: list[str] = []
    category = ""
    while True:
        match = _modifier_pattern().match(folded, end)
        if match is None:
            return end, names, category
        modifier = _modifiers()[match["modifier"]]
        link = match["link"].strip()
        if link and _head_pattern().search(match["modifier"]):
            return end, names, category  # « des drones et de munitions »: another class begins
        names.extend([link, modifier.singular] if link else [modifier.singular])
        if not category and modifier.category and (not modifier.heads or fold(head.singular) in modifier.heads):
            category = modifier.category
        end = match.end()


@cache
def _heads() -> dict[str, Head]:
    heads = {}
    with (rows.DATA / "weapon_classes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            head = Head(row["singular"], row["needs"], row["category"])
            heads[fold(row["singular"])] = heads[fold(row["plural"])] = head
    return heads


@cache
def _head_pattern() -> re.Pattern[str]:
    longest_first = sorted(_heads(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")


@cache
def _modifiers() -> dict[str, Modifier]:
    modifiers: dict[str, Modifier] = {}
    with (rows.DATA / "weapon_class_modifiers.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            heads = tuple(fold(head) for head in rows.split_list(row["heads"]))
            modifier = Modifier(row["modifier"], heads, row["category"])
            base = fold(row["modifier"])
            for form in _inflected(base) if row["kind"] == "adjective" else [base]:
                modifiers.setdefault(form, modifier)
    return modifiers


def _inflected(base: str) -> list[str]:
    """Gender and number forms of a folded adjective; a form too many does no harm."""
    if base.endswith("al"):
        return [base, base + "e", base + "es", base[:-1] + "ux"]
    if base.endswith("if"):
        return [base, base + "s", base[:-1] + "ve", base[:-1] + "ves"]
    if base.endswith("el"):
        return [base, base + "s", base + "le", base + "les"]
    if base.endswith("eur"):
        return [base, base + "s", base[:-1] + "se", base[:-1] + "ses"]
    if base.endswith(("er",)):
        return [base, base + "s", base[:-2] + "ere", base[:-2] + "eres"]
    return [base, base + "s", base + "e", base + "es"]


@cache
def _modifier_pattern() -> re.Pattern[str]:
    longest_first = sorted(_modifiers(), key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?P<link>(?: et| ou)?) (?P<modifier>{words})(?![\w-])")
