"""Names found by pattern, weighed against what the lexicon has matched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.entities.found import Found
from pipeline.entities.organisations import find_organisations, is_kind_noun
from pipeline.entities.overlaps import settle
from pipeline.entities.persons import find_persons
from pipeline.entities.places import find_places
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches
from pipeline.tree import Tree

# The rule with more behind it first
_RANK = (
    "organisation.quoted", "person.title", "person.institution", "person.hyphen", "person.government", "place.hyphen",
    "place.noun", "organisation.introduced", "organisation.coordinated", "organisation.suffix", "organisation.headed",
)  # fmt: skip
_HEADED = "organisation.headed"
_MIN_HEADED = 6  # characters
_LOOSE_END = re.compile(r"(?:\s+(?:de la|de|du|des|la|le|les|à|au|aux|pour|et)|\s+(?:de )?[ld]')*\s*$")


def find_patterns(tree: Tree, text: str, known: Sequence[Found]) -> list[Found]:
    """Persons, organisations and places by pattern that may stand beside or over the lexicon's matches.

    Args:
        tree: the parsed document.
        text: its clean text.
        known: matches of the lexicon and designations, in text order, without overlap.

    Returns:
        Mentions in text order, without overlap; the caller gives them precedence over `known`.
    """
    placed = Stretches(known)
    found = [*find_persons(text, known), *find_organisations(tree, text), *find_places(text)]
    found = [_cut(f, text, placed) if f.rule == _HEADED else f for f in found]
    standing = [f for f in found if _stands(f, text, placed)]
    return settle(*([f for f in standing if f.rule == rule] for rule in _RANK))


def _cut(found: Found, text: str, known: Stretches[Found]) -> Found:
    """A headed name ends before a state, place, weapon or other organisation, and before a demonym at its end."""
    end = found.end
    for hit in known.touching(found.start, found.end):
        inner = hit.kind is Kind.DEMONYM and hit.end < end
        if found.start < hit.start < end and hit.label is not Label.PERSON and not inner:
            end = hit.start
    return replace(found, end=found.start + len(_LOOSE_END.sub("", text[found.start : end])))


def _stands(found: Found, text: str, known: Stretches[Found]) -> bool:
    """Whether a pattern's name may stand: it lies beside every match, or strictly holds the ones it touches."""
    touched = known.touching(found.start, found.end)
    if not all(found.start <= hit.start and hit.end <= found.end for hit in touched):
        return False
    if any((hit.start, hit.end) == (found.start, found.end) for hit in touched):
        return False
    if found.rule == _HEADED:
        enough = found.end - found.start >= _MIN_HEADED and not is_kind_noun(text[found.start : found.end])
        return enough and all(hit.kind is Kind.DEMONYM and hit.start > found.start for hit in touched)
    if found.rule == "place.noun":
        return all(hit.label is not Label.COUNTRY for hit in touched)
    if found.rule in ("organisation.introduced", "organisation.suffix"):
        return all(hit.label in (Label.COUNTRY, Label.PLACE) and hit.kind is not Kind.DEMONYM for hit in touched)
    return True
