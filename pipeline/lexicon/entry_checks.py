"""What must hold for lexicon rows, packaged or the user's own; every problem is one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from pipeline.lexicon import rows
from pipeline.lexicon.forms import match_fold
from pipeline.lexicon.rows import Country, Organisation, Place, Weapon

_AMBIGUOUS = ("", "context")


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Give « Did you mean …? » with the nearest known value, "" when none is near.

    Examples:
        >>> did_you_mean("aircraft/figther", ["aircraft/fighter", "ship/frigate"])
        " Did you mean 'aircraft/fighter'?"
    """
    close = get_close_matches(found, sorted(set(known)), n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""


def check_weapons(found: Sequence[Weapon], *, where: str) -> Iterator[str]:
    """Problems of weapon rows: category, origin, `ambiguous`, family, names given twice."""
    families = {row.name for row in (*rows.weapons(), *found)}
    for row in found:
        entry = f"{where}, entry '{row.name}'"
        yield from _category(row.category, entry)
        for code in row.origin:
            yield from _country(code, entry, "origin")
        yield from _one_of(row.ambiguous, _AMBIGUOUS, entry, "ambiguous")
        if row.family and row.family not in families:
            yield f"{entry}: family '{row.family}' is no entry.{did_you_mean(row.family, families)}"
    yield from _unique_names(found, where)


def check_organisations(found: Sequence[Organisation], *, where: str) -> Iterator[str]:
    """Problems of organisation rows: kind, country, names given twice."""
    kinds = {row.kind for row in rows.organisations()}
    for row in found:
        entry = f"{where}, entry '{row.name}'"
        yield from _one_of(row.kind, sorted(kinds), entry, "kind")
        if row.country:
            yield from _country(row.country, entry, "country")
        yield from _one_of(row.lower, ("", "yes"), entry, "lower")
    yield from _unique_names(found, where)


def check_places(found: Sequence[Place], *, where: str) -> Iterator[str]:
    """Problems of place rows: kind, country, names given twice."""
    kinds = {row.kind for row in rows.places()}
    for row in found:
        entry = f"{where}, entry '{row.name}'"
        yield from _one_of(row.kind, sorted(kinds), entry, "kind")
        if row.country:
            yield from _country(row.country, entry, "country")
    yield from _unique_names(found, where)


def check_countries(found: Sequence[Country], *, where: str) -> Iterator[str]:
    """Problems of country rows: codes, names given twice, ambiguous forms that are no form of the country."""
    for row in found:
        entry = f"{where}, entry '{row.name}'"
        if len(row.iso2) != 2 or len(row.iso3) != 3 or not (row.iso2 + row.iso3).isupper():
            yield f"{entry}: codes '{row.iso2}', '{row.iso3}'. Expected ISO 3166-1 alpha-2 and alpha-3"
        own = {match_fold(form) for form in (row.name, *row.variants, *row.adj_more, *row.compound, *row.capital)}
        own |= {match_fold(form) for form in (row.adj_ms, row.adj_fs, row.adj_mp, row.adj_fp, *row.metonyms)}
        own |= {match_fold(part) for form in row.adj_more for part in form.split("/")}
        for form in row.ambiguous:
            if match_fold(form) not in own:
                yield f"{entry}: ambiguous form '{form}' is no form of the country.{did_you_mean(form, own)}"
    yield from _unique_names(found, where)


def check_claimed_twice(found: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Spellings that two entries of one table claim, so that one of them is never found.

    Args:
        found: (file, row) of all rows of one table.
    """
    owners: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for file, row in found:
        for surface in (row.name, *row.aliases, *getattr(row, "acronyms", ())):
            owners[surface if surface.isupper() else match_fold(surface)].setdefault(row.name, (file, surface))
    for claims in owners.values():
        if len(claims) > 1:
            names = list(claims)
            file, surface = claims[names[1]]
            yield f"{file}, entry '{names[1]}': '{surface}' already stands for '{names[0]}'. Leave it to one of them"


def _category(category: str, entry: str) -> Iterator[str]:
    known = rows.categories()
    if category not in known:
        close = did_you_mean(category, known)
        yield f"{entry}: category '{category}' is not in categories.csv.{close}"


def _country(code: str, entry: str, column: str) -> Iterator[str]:
    known = {row.iso3: row for row in rows.countries()}
    if code in known:
        return
    by_other = {row.iso2: row.iso3 for row in known.values()} | {match_fold(r.name): r.iso3 for r in known.values()}
    better = by_other.get(code) or by_other.get(match_fold(code))
    close = f" Did you mean '{better}'?" if better else did_you_mean(code, known)
    yield f"{entry}: {column} '{code}' is not an ISO 3166-1 alpha-3 code.{close}"


def _one_of(value: str, known: Sequence[str], entry: str, column: str) -> Iterator[str]:
    if value not in known:
        accepted = ", ".join(f"'{item}'" for item in known[:20])
        yield f"{entry}: {column} '{value}' is not accepted. Accepted are {accepted}.{did_you_mean(value, known)}"


def _unique_names(found: Iterable[Any], where: str) -> Iterator[str]:
    seen: set[str] = set()
    for row in found:
        if row.name in seen:
            yield f"{where}, entry '{row.name}': the name stands twice. Merge the two entries"
        seen.add(row.name)
