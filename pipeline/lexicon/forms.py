"""Surface forms of the lexicon entries: what is looked for, and under which condition it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from pipeline.lexicon.fold import fold, slug
from pipeline.lexicon.rows import Country, Organisation, Person, Place, Weapon
from pipeline.records import Kind, Label

_JUNCTION = re.compile(r"(?<=[a-z]) ?(?=\d)|(?<=\d) (?=[a-z])")
TERRITORY = "territory"  # status of what belongs to a state and is no state itself
# Seats of government that are towns: state or place is decided as for capitals
_SEAT_TOWNS = frozenset(("Abidjan", "Cotonou", "Dar es Salaam", "La Haye", "Putrajaya", "Tel-Aviv"))
SURNAME = "surname"  # a last name alone, which no other first name may stand before
GENERIC = "generic"  # organisations that many states have
MAX_JUNCTIONS = 3  # 3 ** 3 variants of « HQ-9/P 2B » are enough


class Form(NamedTuple):
    """One surface of one entity.

    `case` says what the surface in the text must look like: `any`, `capital` (begins with a capital) or `exact`.
    `context` names the cue list that must be met nearby (`data/context_cues.csv`), "" for none.
    """

    surface: str
    entity_id: str
    label: Label
    kind: Kind
    rule: str
    case: str = "capital"
    context: str = ""


class Entry(NamedTuple):
    """What the lexicon knows of an entity."""

    entity_id: str
    label: Label
    name: str
    iso3: str = ""
    category: str = ""
    origin: tuple[str, ...] = ()


def match_fold(text: str) -> str:
    """The fold used for matching: as `fold`, and a hyphen is a blank (« S-400 », « S 400 »)."""
    return fold(text).replace("-", " ")


def spellings(name: str) -> Iterator[str]:
    """Folded spellings of a name: with and without a blank between letters and digits, plain plural.

    Examples:
        >>> sorted(spellings("S-400"))
        ['s 400', 's400']
        >>> sorted(spellings("Rafale"))
        ['rafale', 'rafales']
    """
    folded = match_fold(name)
    parts = _JUNCTION.split(folded)
    if 1 < len(parts) <= MAX_JUNCTIONS + 1:
        for joints in product(("", " "), repeat=len(parts) - 1):
            yield "".join(a + b for a, b in zip(parts, [*joints, ""], strict=True))
        return
    yield folded
    if len(folded) >= 4 and folded[-1].isalpha() and folded[-1] not in "sxz" and not name.isupper():
        yield folded + "s"


def country_forms(rows: Iterable[Country]) -> Iterator[Form]:
    """Names, acronyms, adjectives, compound prefixes, capitals and seats of power."""
    for row in rows:
        ambiguous = {match_fold(form) for form in row.ambiguous}
        if row.status == TERRITORY:
            yield from _territory_forms(row, ambiguous)
            continue
        entity = f"COUNTRY:{row.iso3}"
        for name in (row.name, *row.variants):
            acronym = name.isupper() and len(name) <= 5
            yield Form(
                name, entity, Label.COUNTRY, Kind.ACRONYM if acronym else Kind.NAME, "country.name",
                "exact" if acronym else "capital", "country" if match_fold(name) in ambiguous else "",
            )  # fmt: skip
        groups = [(row.adj_ms, row.adj_fs, row.adj_mp, row.adj_fp), *(g.split("/") for g in row.adj_more)]
        for form in sorted({form for group in groups for form in group if form}):
            context = "demonym" if match_fold(form) in ambiguous else ""
            yield Form(form, entity, Label.COUNTRY, Kind.DEMONYM, "country.demonym", "any", context)
        for prefix in row.compound:
            yield Form(prefix, entity, Label.COUNTRY, Kind.DEMONYM, "country.compound", "any", "prefix")
        for seat in row.metonyms:
            rule = "country.capital" if seat in _SEAT_TOWNS else "country.seat"
            yield Form(seat, entity, Label.COUNTRY, Kind.METONYM, rule)
        for capital in row.capital:
            context = "country" if match_fold(capital) in ambiguous else ""
            yield Form(capital, entity, Label.COUNTRY, Kind.METONYM, "country.capital", "capital", context)


def _territory_forms(row: Country, ambiguous: set[str]) -> Iterator[Form]:
    """A territory of a state is a place (Guam, Guyane); its adjectives name no state."""
    for name in (row.name, *row.variants, *row.capital):
        context = "country" if match_fold(name) in ambiguous else ""
        entity = slug(name if name in row.capital else row.name)
        yield Form(name, f"PLACE:{entity}", Label.PLACE, Kind.NAME, "place.territory", "capital", context)


def weapon_forms(rows: Iterable[Weapon]) -> Iterator[Form]:
    for row in rows:
        entity = f"WEAPON:{slug(row.name)}"
        for name in (row.name, *row.aliases):
            kind = Kind.NAME if name == row.name else Kind.ALIAS
            context = "weapon" if row.ambiguous == "context" else ""
            yield Form(name, entity, Label.WEAPON, kind, "weapon.lexicon", "capital", context)


def organisation_forms(rows: Iterable[Organisation]) -> Iterator[Form]:
    for row in rows:
        entity = f"ORGANISATION:{slug(row.name)}"
        context = row.kind if row.ambiguous == "context" else ""
        case = "any" if row.lower else "capital"
        for name in (row.name, *row.aliases):
            kind = Kind.NAME if name == row.name else Kind.ALIAS
            yield Form(name, entity, Label.ORGANISATION, kind, "organisation.lexicon", case, context)
            if row.ambiguous == GENERIC and name.startswith("ministère "):
                plural = name.replace("ministère", "ministères", 1)
                yield Form(plural, entity, Label.ORGANISATION, kind, "organisation.lexicon", case, context)
        context = row.kind if row.ambiguous in ("context", "acronym") else ""
        for acronym in row.acronyms:
            yield Form(acronym, entity, Label.ORGANISATION, Kind.ACRONYM, "organisation.acronym", "exact", context)


def place_forms(rows: Iterable[Place]) -> Iterator[Form]:
    for row in rows:
        entity = f"PLACE:{slug(row.name)}"
        context = "place" if row.ambiguous else ""
        for name in (row.name, *row.aliases):
            kind = Kind.NAME if name == row.name else Kind.ALIAS
            yield Form(name, entity, Label.PLACE, kind, "place.lexicon", "capital", context)


def person_forms(rows: Iterable[Person]) -> Iterator[Form]:
    for row in rows:
        entity = f"PERSON:{slug(row.name)}"
        for name in (row.name, row.alone, *row.aliases):
            if name:
                context = "" if " " in name else SURNAME
                yield Form(name, entity, Label.PERSON, Kind.NAME, "person.lexicon", "capital", context)


def entries(
    countries: Sequence[Country],
    weapons: Iterable[Weapon],
    organisations: Iterable[Organisation],
    places: Iterable[Place],
    persons: Iterable[Person] = (),
) -> dict[str, Entry]:
    """Entity id to what the lexicon knows."""
    out: dict[str, Entry] = {}
    for c in countries:
        if c.status == TERRITORY:
            out[f"PLACE:{slug(c.name)}"] = Entry(f"PLACE:{slug(c.name)}", Label.PLACE, c.name, "", TERRITORY)
        else:
            out[f"COUNTRY:{c.iso3}"] = Entry(f"COUNTRY:{c.iso3}", Label.COUNTRY, c.name, c.iso3)
    for w in weapons:
        key = f"WEAPON:{slug(w.name)}"
        out[key] = Entry(key, Label.WEAPON, w.name, "", w.category, w.origin)
    for o in organisations:
        key = f"ORGANISATION:{slug(o.name)}"
        out[key] = Entry(key, Label.ORGANISATION, o.name, "", o.kind, (o.country,) if o.country else ())
        if o.ambiguous == GENERIC:
            for c in countries:
                if c.status != TERRITORY:
                    national = f"{key}-{c.iso3.lower()}"
                    name = f"{o.name} ({c.name})"
                    out[national] = Entry(national, Label.ORGANISATION, name, "", o.kind, (c.iso3,))
    for person in persons:
        key = f"PERSON:{slug(person.name)}"
        out[key] = Entry(key, Label.PERSON, person.name)
    for p in places:
        key = f"PLACE:{slug(p.name)}"
        out[key] = Entry(key, Label.PLACE, p.name, "", p.kind, (p.country,) if p.country else ())
    return out
