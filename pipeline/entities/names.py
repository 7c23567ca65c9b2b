"""Persons, organisations and places from the model, its known errors corrected."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache

from pipeline.entities.found import Found
from pipeline.entities.organisations import is_kind_noun
from pipeline.entities.spelling import WORD, no_names, whole_words
from pipeline.entities.titles import title_words
from pipeline.lexicon.fold import fold, slug
from pipeline.lexicon.phrases import Phrases
from pipeline.lexicon.rows import DATA
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches
from pipeline.tree import Tree

_LABELS = {"PER": Label.PERSON, "LOC": Label.PLACE, "ORG": Label.ORGANISATION}
_LEADING = frozenset("le la les l' l’ un une des du de d' d’ au aux à en et ce cette ces son sa ses".split())
_EDGE = re.compile(r"^[\W_]+$")
_DIRECTIONS = frozenset("Nord Sud Est Ouest Nord-Est Nord-Ouest Sud-Est Sud-Ouest".split())
_COUNTED = re.compile(r"(?:^|\s)(?:une?|deux|trois|quatre) $", re.IGNORECASE)
_PLURAL = re.compile(r"(?:^|\s)(?:une?|deux|trois|quatre|les|des|aux) $", re.IGNORECASE)
_INTRODUCING = re.compile(r"(?: [a-zà-ÿ-]+){0,2}(?: ?[«\"“]+ ?| )(?:(?<=intitulé )l')?")
_FUNCTION_WORD = re.compile(r" (?:de|du|des|d|à|au|aux|en|par|avec|et|entre|contre|le|la|les|que|qui) ")
# « le ministre canadien des Transports »: what the office is about
_DOMAIN = re.compile(
    r"\b(?:vice-)?(?:ministres?|secrétaires?|conseill(?:er|ère)s?|chargée?s?|portefeuille|celui|celle)"
    r"(?: [a-zà-ÿ-]+){0,2} (?:(?:de la|du|des|à la|au|aux) |(?:de|à) l')$"
)
_FULL_NAME = re.compile(rf"^{WORD}(?: {WORD})+$")
# A family name may also be a town, a company or a weapon: « Victoria Nuland », « Salvador Cienfuegos »
_HOMONYMS = ("country.capital", "country.name", "place.lexicon", "organisation.lexicon", "weapon.lexicon",
             "person.lexicon")  # fmt: skip


@cache
def _keeps_person() -> dict[str, bool]:
    """Noun to whether a person named after it stays one (« la loi Leahy », but « l'exercice Han Kuang »)."""
    with (DATA / "other_name_nouns.csv").open(encoding="utf-8", newline="") as lines:
        return {row["noun"]: row["keeps_person"] == "yes" for row in csv.DictReader(lines)}


@cache
def _folded_other_nouns() -> frozenset[str]:
    return frozenset(map(fold, _keeps_person()))


@cache
def _other_nouns() -> Phrases:
    return Phrases(_keeps_person())


def find_names(tree: Tree, text: str, taken: Sequence[Found]) -> list[Found]:
    """Names the model has found where the lexicon and the patterns have none.

    Determiners, titles and punctuation at the edges are left out of the span; a span without a capital, a span of
    digits, a miscellaneous name, and a name that a noun such as « exercice » introduces give nothing.

    Args:
        tree: the parsed document.
        text: its clean text.
        taken: mentions already settled; a name is cut back to what they leave free, save for a full name of a person
            that holds a homonym (« Victoria Nuland »), which is returned for the caller to prefer.
    """
    out: list[Found] = []
    others: set[str] = set()
    placed = Stretches(taken)
    for begin, end, kind in tree.entities:
        label = _LABELS.get(kind)
        if label is None:
            continue
        begin, end = _trim(tree, begin, end, label)
        if begin >= end or not _is_name(tree, begin, end, label):
            continue
        start, stop = whole_words(text, tree.start[begin], tree.end[end - 1])
        start, stop, label = _free_part(text, start, stop, label, placed)
        if start >= stop:
            continue
        surface = text[start:stop]
        if _introduced_otherwise(text, start, stop, label):
            others.add(surface)
            continue
        if label is Label.ORGANISATION and _DOMAIN.search(text[max(0, start - 50) : start]):
            continue
        if _is_no_name(surface) or (" " not in surface and _is_common(text, start, label)):
            continue
        out.append(Found(start, stop, label, f"{label}:{slug(surface)}", Kind.NAME, f"model.{label.lower()}"))
    return [name for name in out if text[name.start : name.end] not in others]


def _is_no_name(surface: str) -> bool:
    common = surface in _DIRECTIONS or surface in no_names() or is_kind_noun(surface)
    return common or len(surface) < 2 or fold(surface) in _folded_other_nouns()


def _is_common(text: str, start: int, label: Label) -> bool:
    """« les Touareg », « un Tupolev »: a people or a thing, no single place or organisation."""
    if label is Label.PERSON:
        return False
    return bool((_COUNTED if label is Label.ORGANISATION else _PLURAL).search(text[max(0, start - 7) : start]))


def _trim(tree: Tree, begin: int, end: int, label: Label) -> tuple[int, int]:
    """Token range without determiners, punctuation and titles at the edges."""
    person = label is Label.PERSON
    while begin < end and (
        _EDGE.match(tree.text[begin])
        or (tree.lower[begin] in _LEADING and not (person and tree.text[begin] in ("De", "Du", "La", "Le")))
    ):
        begin += 1
    while begin < end and _EDGE.match(tree.text[end - 1]):
        end -= 1
    if person:
        while begin < end - 1 and (fold(tree.text[begin]) in title_words() or tree.text[begin][0].islower()):
            begin += 1
        while begin < end and tree.text[end - 1].islower() and not tree.text[end - 2].endswith("-"):
            end -= 1
    while begin < end and tree.lower[end - 1] in _LEADING:
        end -= 1
    return begin, end


def _is_name(tree: Tree, begin: int, end: int, label: Label) -> bool:
    words = tree.text[begin:end]
    if not any(word[0].isupper() for word in words):
        return False
    if end - begin == 1 and fold(words[0]) in title_words():
        return False
    kept = ("PROPN", "X") if label is Label.PERSON else ("PROPN", "NOUN", "X")
    # A capital at the start of a sentence proves nothing for a word the tagger knows as a common one
    opens = begin == 0 or tree.sent[begin] != tree.sent[begin - 1] or tree.text[begin - 1] in '«"“'
    return not (opens and end - begin == 1 and tree.pos[begin] not in kept)


def _free_part(text: str, start: int, stop: int, label: Label, taken: Stretches[Found]) -> tuple[int, int, Label]:
    """The stretch without mentions already settled; empty where nothing worth keeping is left."""
    touched = taken.touching(start, stop)
    if not touched:
        return start, stop, label
    surface = text[start:stop]
    inside = all(start <= found.start and found.end <= stop for found in touched)
    if label is Label.PERSON and inside and _FULL_NAME.match(surface) and len(touched) == 1:
        hit = touched[0]
        if hit.rule in _HOMONYMS and " " not in text[hit.start : hit.end] and (hit.start, hit.end) != (start, stop):
            return start, stop, label
    first, last = touched[0], touched[-1]
    if first.start <= start and len(touched) == 1:  # « Autorité palestinienne Yasser Arafat »
        rest = text[first.end : stop]
        if rest.startswith(" ") and _FULL_NAME.match(rest.strip()):
            return first.end + 1, stop, Label.PERSON
    if last.end >= stop and len(touched) == 1:
        rest = text[start : last.start].rstrip(" (")
        if _FULL_NAME.match(rest) and label is not Label.PLACE:
            return start, start + len(rest), label
    return start, start, label


def _introduced_otherwise(text: str, start: int, stop: int, label: Label) -> bool:
    """Whether a noun such as « exercice » or « traité » introduces or begins the name."""
    line = text.rfind("\n", 0, start) + 1
    head = text[max(line, start - 50) : start]
    surface = text[start:stop]
    if any(a == 0 for a, _, _ in _other_nouns().find(surface)) and " " in surface:
        return True
    for _, end, noun in reversed(_other_nouns().find(head)):
        if label is Label.PERSON and _keeps_person()[noun]:
            return False
        between = head[end:]
        return bool(_INTRODUCING.fullmatch(between)) and not _FUNCTION_WORD.search(f"{between} ")
    return False
