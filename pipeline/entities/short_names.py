"""Short names that the text itself explains: « l'Alliance » for NATO, « le Bureau », « le Nord » for North Korea."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.entities.found import Found
from pipeline.entities.organisations import is_kind_noun
from pipeline.entities.spelling import UPPER, WORD
from pipeline.entities.titles import office_phrases
from pipeline.lexicon.forms import match_fold
from pipeline.records import Kind, Label

_ARTICLE = r"(?:\b(?:[Ll]e|[Ll]a|[Dd]u|[Aa]u) |\b[Ll]')"
# A capitalised noun alone after a definite article, without the complement or adjective that would make another name
_SHORT = re.compile(
    rf"{_ARTICLE}(?P<name>[{UPPER}][a-zà-ÿ]{{3,}})"
    rf"(?!\w|-| (?:de|du|des|pour)\b| d'| [{UPPER}\d]| \w+(?:ale|aux|al|enne|ique|aine)\b)"
)
_KOREAN_HALF = re.compile(rf"\b(?:[Ll]e|[Dd]u|[Aa]u) (?P<name>Nord|Sud)(?!\w|-| (?:de|du|des)\b| d'| [{UPPER}])")
_HALVES = {"Nord": "COUNTRY:PRK", "Sud": "COUNTRY:KOR"}
_WELL_KNOWN = {"ORGANISATION:otan": "alliance", "ORGANISATION:union-europeenne": "union"}


def find_short_names(text: str, mentions: Sequence[Found]) -> list[Found]:
    """Short names of entities that the text has named before.

    Args:
        text: clean text.
        mentions: mentions in text order, without overlap.
    """
    return [*_organisations(text, mentions), *_koreas(text, mentions), *_office_holders(text, mentions)]


def _organisations(text: str, mentions: Sequence[Found]) -> Iterator[Found]:
    named = iter([m for m in mentions if m.label is Label.ORGANISATION])
    following = next(named, None)
    by_noun: dict[str, set[str]] = defaultdict(set)  # what each noun may stand for, of the names read so far
    for match in _SHORT.finditer(text):
        while following is not None and following.end <= match.start():
            words = match_fold(text[following.start : following.end]).split()
            if len(words) > 1:
                by_noun[words[0]].add(following.entity_id)
            if following.entity_id in _WELL_KNOWN:
                by_noun[_WELL_KNOWN[following.entity_id]].add(following.entity_id)
            following = next(named, None)
        noun = match_fold(match["name"])
        if is_kind_noun(noun) and len(by_noun[noun]) == 1:
            (known,) = by_noun[noun]
            yield Found(*match.span("name"), Label.ORGANISATION, known, Kind.ALIAS, "reference.short-name")


def _koreas(text: str, mentions: Sequence[Found]) -> Iterator[Found]:
    """« le Nord » and « le Sud » in a text about both Koreas."""
    if not {"COUNTRY:PRK", "COUNTRY:KOR"} <= {m.entity_id for m in mentions}:
        return
    for match in _KOREAN_HALF.finditer(text):
        if re.search(rf"{WORD} $", text[max(0, match.start() - 30) : match.start()]):  # « le Gyeongsang du Sud »
            continue
        yield Found(*match.span("name"), Label.COUNTRY, _HALVES[match["name"]], Kind.ALIAS, "reference.korea")


def _office_holders(text: str, mentions: Sequence[Found]) -> Iterator[Found]:
    """« le président russe » where the text has named him: « le président russe Vladimir Poutine »."""
    demonyms = {m.start: m for m in mentions if m.kind is Kind.DEMONYM}
    persons = {m.start: m for m in mentions if m.label is Label.PERSON}
    holders: dict[tuple[str, str], set[str]] = {}
    alone: list[tuple[int, int, tuple[str, str]]] = []
    for start, end, title in office_phrases().find(text):
        demonym = demonyms.get(end + 1)
        if demonym is None:
            continue
        office = (title, demonym.entity_id)
        following = re.compile(r",? ").match(text, demonym.end)
        person = persons.get(following.end()) if following else None
        if person is not None:
            holders.setdefault(office, set()).add(person.entity_id)
        elif re.search(r"\b(?:[Ll]e|[Ll]a|[Dd]u|[Aa]u) $", text[max(0, start - 4) : start]):
            alone.append((start, end, office))
    for start, end, office in alone:
        if len(holders.get(office, ())) == 1:
            (holder,) = holders[office]
            yield Found(start, end, Label.PERSON, holder, Kind.NOMINAL, "reference.office")
