"""The mention stage: every finder in its order, overlaps settled, identities given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pipeline.cleaning import Clean
from pipeline.entities.amounts import find_amounts
from pipeline.entities.capitals import is_state
from pipeline.entities.classes import find_classes
from pipeline.entities.dates import find_dates
from pipeline.entities.designations import find_designations, introduces_name
from pipeline.entities.found import Found
from pipeline.entities.identity import agree, learned_acronyms, listed_places, unify
from pipeline.entities.names import find_names
from pipeline.entities.national import nationalise
from pipeline.entities.overlaps import settle
from pipeline.entities.patterns import find_patterns
from pipeline.entities.persons import find_surnames
from pipeline.entities.spelling import WORD
from pipeline.lexicon.fold import slug
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches
from pipeline.tree import Tree

_UNION = "ORGANISATION:union-europeenne"
_EUROPEAN = frozenset((_UNION, "ORGANISATION:commission-europeenne", "ORGANISATION:parlement-europeen"))
_LIST = re.compile(r", | et | ou |-")


class Surface(NamedTuple):
    """What is found in the text alone, before the parse, each in text order."""

    names: list[Found]
    classes: list[Found]
    designations: list[Found]
    dates: list[Found]

    def settled(self) -> list[Found]:
        """All of it, without overlap."""
        return settle(self.names, self.designations, self.classes, self.dates)


def find_surface(text: str, gazetteer: Gazetteer, *, published: date | None = None) -> Surface:
    """Lexicon names, weapon classes, designations and dates of clean text.

    Args:
        text: clean text; offsets are into it.
        gazetteer: the lexicon.
        published: anchor of relative dates.
    """
    classes = find_classes(text)
    return Surface(
        gazetteer.find(text), classes, find_designations(text, classes), find_dates(text, published=published)
    )


def find_mentions(tree: Tree, clean: Clean, surface: Surface, gazetteer: Gazetteer) -> list[Found]:
    """All mentions of a document except references back (`pipeline.entities.references`).

    Args:
        tree: the parsed document.
        clean: its clean text; offsets are into `clean.text`.
        surface: what was found before the parse.
        gazetteer: the lexicon.

    Returns:
        Mentions in text order, without overlap.
    """
    names, classes, designations, dates = surface
    starts = frozenset(found.start for found in names)
    names = [found for found in names if not _begins_full_name(found, clean.text, starts)]
    lexical = [_place_or_state(tree, found, clean.text) for found in names]
    lexical = _brussels(_with_towns(lexical, clean.text), clean.text)
    known = settle(lexical, designations)
    patterns = find_patterns(tree, clean.text, known)
    known = settle(patterns, known)
    model = [m for m in find_names(tree, clean.text, known)
             if not gazetteer.needs_context(clean.text[m.start : m.end], m.label)]  # fmt: skip
    named = settle(_over_homonyms(model, known), known, model)
    named = settle(named, learned_acronyms(named, clean.text, gazetteer), find_surnames(clean.text, named))
    named = nationalise(unify(agree(listed_places(named, clean.text), clean.text), clean.text, gazetteer), clean.text)
    values = [*dates, *find_amounts(clean.text, dates=dates)]
    # « drones CH-4 »: where the class only introduces a name, the name alone is the mention
    placed = Stretches(named)
    classes = [c for c in classes if not introduces_name(clean.text, c, placed)]
    return settle(named, classes, values)


def _begins_full_name(found: Found, text: str, starts: frozenset[int]) -> bool:
    """« Victoria Nuland », « Sofia Coppola »: a capital before a capitalised word unknown to the lexicon."""
    if found.rule != "country.capital":
        return False
    following = re.match(rf" {WORD}", text[found.end : found.end + 40])
    return following is not None and found.end + 1 not in starts


def _with_towns(lexical: Sequence[Found], text: str) -> list[Found]:
    """A capital in one list with a town is a town (« entre Damas et Lattaquié »)."""
    out = list(lexical)
    for i, found in enumerate(out):
        if found.rule != "country.capital":
            continue
        near = [other for other in out[max(0, i - 1) : i + 2] if other is not found and other.rule == "place.lexicon"]
        if any(_LIST.fullmatch(text, min(found.end, o.end), max(found.start, o.start)) for o in near):
            out[i] = _as_place(found, text)
    return out


def _brussels(lexical: Sequence[Found], text: str) -> list[Found]:
    """« Bruxelles » acts for the European Union in a text that names the Union and not Belgium."""
    belgian = any(f.entity_id == "COUNTRY:BEL" and f.rule != "country.capital" for f in lexical)
    if belgian or not any(f.entity_id in _EUROPEAN for f in lexical):
        return list(lexical)
    return [
        replace(found, label=Label.ORGANISATION, entity_id=_UNION, rule="organisation.seat")
        if found.rule == "country.capital" and text[found.start : found.end].capitalize() == "Bruxelles"
        else found
        for found in lexical
    ]


def _over_homonyms(model: Sequence[Found], known: Sequence[Found]) -> list[Found]:
    """Full names of persons that hold a word the lexicon knows otherwise (« Victoria Nuland »)."""
    placed = Stretches(known)
    return [name for name in model if name.label is Label.PERSON and placed.touching(name.start, name.end)]


def _place_or_state(tree: Tree, found: Found, text: str) -> Found:
    """A capital that is no actor becomes a place."""
    if found.rule != "country.capital" or is_state(tree, tree.token_at(found.start)):
        return found
    return _as_place(found, text)


def _as_place(found: Found, text: str) -> Found:
    surface = text[found.start : found.end]
    return replace(
        found, label=Label.PLACE, entity_id=f"PLACE:{slug(surface)}", kind=Kind.NAME, rule="country.capital-as-place"
    )
