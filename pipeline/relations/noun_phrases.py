"""Relations that a noun phrase states by itself: makers, users, offices, memberships, seats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.relations.candidate import Candidate
from pipeline.relations.members import match_members
from pipeline.relations.offices import match_offices
from pipeline.relations.seats import match_seats
from pipeline.relations.weapons import match_weapon_phrases

if TYPE_CHECKING:
    from pipeline.reading import Reading


def match_noun_phrases(reading: Reading) -> Iterator[Candidate]:
    """Relations inside noun phrases, rule by rule."""
    yield from match_weapon_phrases(reading)
    yield from match_offices(reading)
    yield from match_seats(reading)
    yield from match_members(reading)
