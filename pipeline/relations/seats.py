"""Where places and organisations lie: « Jask, dans le sud de l'Iran », « le ministère de la Défense à Paris »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.entities.found import Found
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.records import Kind, Label, Modality, Polarity, RelationType, Tense
from pipeline.relations.candidate import Candidate
from pipeline.tree import Tree

if TYPE_CHECKING:
    from pipeline.reading import Reading

_OF = r"(?:de |du |des |d')(?:la |l')?"
_POINT = r"(?:nord|sud|est|ouest|centre|nord-est|nord-ouest|sud-est|sud-ouest)"
_SIDE = rf"(?:(?:le |l')(?:extrême[- ])?{_POINT} {_OF})"
_AREA = r"(?:région|province|ville|capitale|commune|département|gouvernorat|district|île|archipel|base)"
_REGION = rf"(?:la |le |l')?{_AREA}?(?: {_OF})?"
_INSIDE = re.compile(rf"^,? (?:en|au|aux|dans|sur|à) (?:{_SIDE}|{_REGION})?(?:le |la |les |l')?$")
_KIND = (
    r"(?:ville|capitale|territoire|province|région|île|port|base|village|localité|district|département|archipel|"
    r"enclave)"
)
_APPOSED = re.compile(
    rf"^, (?:la |le |l'|une? )?(?:[\w-]+ )?{_KIND}(?: [\w-]+){{0,2}} (?:de la |de l'|du |des |de |d')$"
)
_TWO_WORDS = 1000  # characters that hold two words, however long (`pipeline.cleaning.MAX_RUN`)
_CLOSE = re.compile(r"^,? (?:à|au|en) (?:la |l')?$")


def match_seats(reading: Reading) -> Iterator[Candidate]:
    """LOCATED_IN stated by one noun phrase right behind the other, in text order."""
    tree, text = reading.tree, reading.clean.text
    places = [
        m
        for m in reading.mentions
        if m.label in (Label.PLACE, Label.COUNTRY, Label.ORGANISATION) and m.kind is not Kind.GROUP
    ]
    for left, right in pairwise(places):
        between = text[left.end : right.start]
        if left.label is Label.PLACE and right.kind is Kind.DEMONYM and between == " " and text[right.start].islower():
            yield _located(reading, left, right, text[right.start : right.end])  # « l'Extrême-Orient russe »
            continue
        if (
            left.label is Label.COUNTRY
            or right.label is Label.ORGANISATION
            or right.kind in (Kind.DEMONYM, Kind.METONYM)
        ):
            continue
        if left.entity_id == right.entity_id or len(between) > 45:
            continue
        if left.label is Label.ORGANISATION:
            above = tree.head[tree.token_at(right.start)]
            inside = {*range(tree.token_at(left.start), tree.token_at(left.end - 1) + 1)}
            if tree.text[tree.token_at(left.start)].islower():
                inside.add(tree.head[tree.token_at(left.start)])  # « les rebelles houthis au Yémen »
            if (
                _acts(tree, tree.token_at(left.start))
                or not _CLOSE.match(between)
                or "," in between
                or above not in inside
                or left.kind is Kind.ACRONYM
            ):
                continue
        elif _APPOSED.match(between):
            pass  # « l'Essequibo, vaste région du Guyana »
        elif not _INSIDE.match(between) or between.strip() in ("à", "au", "en", "sur"):
            continue
        if _contradicted(reading, left, right) or _in_list(text, left, between):
            continue
        yield _located(reading, left, right, between.strip(" ,") or "à")


def _contradicted(reading: Reading, left: Found, right: Found) -> bool:
    """« la Cisjordanie, au Liban et … »: the lexicon knows that the place lies elsewhere."""
    entry = reading.known.get(left.entity_id)
    if entry is None or right.label is not Label.COUNTRY:
        return False
    return entry.category == "continent" or (bool(entry.origin) and right.entity_id.split(":")[1] not in entry.origin)


def _acts(tree: Tree, organisation: int) -> bool:
    """« l'intervention de la SADC en RDC », « s'entraînent avec l'armée béninoise à Kandi »: the place of the act."""
    above = tree.head[organisation]
    event = tree.case(organisation) == "de" and (tree.lemma[above], "noun") in relation_lexicon().triggers
    return event or tree.dep[organisation].startswith("obl")


def _in_list(text: str, left: Found, between: str) -> bool:
    """« en Europe, en Asie »: the same preposition before both lists them."""
    before = text[max(0, left.start - _TWO_WORDS) : left.start].rsplit(None, 2)[-2:]
    return between.startswith(",") and between.split()[1] in before


def _located(reading: Reading, left: Found, right: Found, trigger: str) -> Candidate:
    token = reading.tree.token_at(right.start)
    return Candidate(
        RelationType.LOCATED_IN, left, right, None, token, trigger, token,
        Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, (), "phrase.seat",
    )  # fmt: skip
