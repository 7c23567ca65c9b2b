"""Weapons named only later: « Le Mali déploie des avions de combat. Il s'agit d'avions de chasse Super Tucano. »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.classes import class_name
from pipeline.entities.found import Found
from pipeline.records import Label
from pipeline.relations.candidate import Candidate
from pipeline.relations.match import OTHER_SIDE

if TYPE_CHECKING:
    from pipeline.reading import Reading

WINDOW = 3  # sentences from the class to the name
_REACH = 60  # characters from « il s'agit de » to the name
_IT_IS = re.compile(r"\b(?:[Ii]l|qu'il) s'agi(?:t|ssait|rait) (?:de |des |du |d')(?P<noun>\w+)")


def with_names(found: Iterable[Candidate], reading: Reading) -> Iterator[Candidate]:
    """Each relation, and again with the weapon that « il s'agit de » names for its class, where both have one noun.

    A transfer is told of the named weapon alone: the ledger counts it once.
    """
    names = _names(reading)
    for candidate in found:
        counterpart = candidate.counterpart
        named = replace(
            candidate,
            object=_named(candidate.object, names, reading),
            counterpart=_named(counterpart, names, reading) if counterpart else None,
        )
        if named == candidate or candidate.type not in OTHER_SIDE:
            yield candidate
        if named != candidate:
            yield replace(named, rule=f"{named.rule}+named")


def _names(reading: Reading) -> dict[tuple[int, str], Found]:
    """Weapons by (sentence in reach, noun of the class in the singular)."""
    out: dict[tuple[int, str], Found] = {}
    for match in _IT_IS.finditer(reading.clean.text):
        at = reading.sentence(match.start())
        near = reading.touching(match.end(), match.start() + _REACH)
        weapon = next((m for m in near if m.label is Label.WEAPON and reading.sentence(m.start) == at), None)
        noun = class_name(match["noun"])[0]
        if weapon is not None and noun:
            out.update(((sentence, noun.split()[0]), weapon) for sentence in range(max(at - WINDOW, 0), at + 1))
    return out


def _named(mention: Found, names: dict[tuple[int, str], Found], reading: Reading) -> Found:
    if mention.label is not Label.WEAPON_CLASS or not names:
        return mention
    noun = class_name(reading.clean.text[mention.start : mention.end])[0].split()[:1]
    return names.get((reading.sentence(mention.start), noun[0]), mention) if noun else mention
