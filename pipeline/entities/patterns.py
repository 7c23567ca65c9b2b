"""Names found by pattern, weighed against what the lexicon has matched."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.entities.found import Found
from pipeline.entities.organisations import find_organisations, is_kind_noun
from pipeline.entities.persons import find_persons
from pipeline.entities.places import find_places
from pipeline.entities.overlaps import settle
from pipeline.records import Kind, Label
from pipeline.tree import Tree

_RANK = ("organisation.quoted", "person.title", "person.institution", "person.hyphen", "person.government", "place.hyphen", "place.noun",
         "organisation.introduced", "organisation.coordinated", "organisation.suffix", "organisation.headed")  # fmt: skip


def find_patterns(tree: Tree, text: str, known: Sequence[Found]) -> list[Found]:
    """Persons, organisations and places by pattern that may stand beside or over the lexicon's matches.

    Args:
        tree: the parsed document.
        text: its clean text.
        known: matches of the lexicon and designations, in text order, without overlap.

    Returns:
        Mentions in text order, without overlap; the caller gives them precedence over `known`.
    """
    found = [*find_persons(text, known), *find_organisations(tree, text), *find_places(text)]
    layers = [[cut for f in found if f.rule == rule for cut in [_cut(f, text, known)] if _stands(cut, text, known)]
              for rule in _RANK]  # fmt: skip
    return settle(*layers)


def _cut(found: Found, text: str, known: Sequence[Found]) -> Found:
    """A headed name ends before a state, place or weapon, and before a demonym at its end."""
    if found.rule != "organisation.headed":
        return found
    end = found.end
    for hit in known:
        if found.start < hit.start < end and hit.label in (Label.COUNTRY, Label.PLACE, Label.WEAPON, Label.ORGANISATION):
            if hit.kind is not Kind.DEMONYM or hit.end >= end:
                end = hit.start
    words = text[found.start : end].rstrip().split(" ")
    while words and words[-1].rstrip("'").lower() in ("de", "du", "des", "d", "la", "le", "les", "l", "de", "à", "au", "aux", "pour", "et"):
        words.pop()
    while words and words[-1].endswith("'") or (len(words) > 1 and words[-1] in ("la", "de")):
        words.pop()
    surface = " ".join(words)
    return Found(found.start, found.start + len(surface), found.label, found.entity_id, found.kind, found.rule)


def _stands(found: Found, text: str, known: Sequence[Found]) -> bool:
    """Whether a pattern's name may stand: it lies beside every match, or strictly holds the ones it touches."""
    touched = [hit for hit in known if hit.start < found.end and found.start < hit.end]
    if found.rule == "organisation.headed" and is_kind_noun(text[found.start : found.end]):
        return False
    if found.rule == "organisation.headed" and (touched or found.end - found.start < 6):
        return all(hit.kind is Kind.DEMONYM and found.start < hit.start and hit.end < found.end for hit in touched) and (
            found.end - found.start >= 6
        )
    if any(hit.start < found.start or hit.end > found.end or (hit.start, hit.end) == (found.start, found.end)
           for hit in touched):  # fmt: skip
        return False
    if found.rule == "place.noun" and any(hit.label is Label.COUNTRY for hit in touched):
        return False
    if found.rule in ("organisation.introduced", "organisation.suffix"):
        return all(hit.label in (Label.COUNTRY, Label.PLACE) and hit.kind is not Kind.DEMONYM for hit in touched)
    return True
