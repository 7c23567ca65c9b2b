"""Typed rows of the packaged data files, read once a process."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

Row = TypeVar("Row")

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: names, adjective forms and seats of power (`data/countries.csv`)."""

    iso2: str
    iso3: str
    name: str
    variants: tuple[str, ...]
    adj_ms: str
    adj_fs: str
    adj_mp: str
    adj_fp: str
    adj_more: tuple[str, ...]
    compound: tuple[str, ...]
    capital: tuple[str, ...]
    metonyms: tuple[str, ...]
    status: str
    ambiguous: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weapon:
    """A named system (`data/weapons/*.csv`); `family` names the entry that this one is a variant of."""

    name: str
    category: str
    origin: tuple[str, ...]
    maker: tuple[str, ...]
    family: str
    aliases: tuple[str, ...]
    ambiguous: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation (`data/organisations.csv`).

    `ambiguous`: `context` (name and acronym need a cue nearby) or `acronym` (the acronym alone does), `generic`
    (many states have one: « ministère de la Défense », « Parlement »); `lower` marks names also written without a
    capital (talibans).
    """

    name: str
    kind: str
    country: str
    acronyms: tuple[str, ...]
    aliases: tuple[str, ...]
    ambiguous: str
    lower: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is no state (`data/places.csv`)."""

    name: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    ambiguous: str


@dataclass(frozen=True, slots=True)
class Person:
    """A public figure (`data/persons.csv`); `alone` is the last name where it points to nobody else in the news."""

    name: str
    alone: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A function or civility that stands beside a person's name (`data/titles.csv`)."""

    title: str
    kind: str
    heads: str


@dataclass(frozen=True, slots=True)
class OrganisationHead:
    """A noun that introduces or heads an organisation's name (`data/organisation_heads.csv`)."""

    noun: str
    kind: str
    pattern: str


def read_rows(cls: type[Row], path: Path) -> Iterator[Row]:
    """Rows of a CSV file as `cls`; cells of tuple fields are split at semicolons."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader)
        for cells in reader:
            if cells:
                yield make_row(cls, dict(zip(header, cells, strict=False)))


def make_row(cls: type[Row], cells: dict[str, str]) -> Row:
    """One row from its cells; a missing cell is empty."""
    values = []
    for name, is_list in _columns(cls):  # type: ignore[arg-type]  # a class is hashable
        cell = (cells.get(name) or "").strip()
        values.append(split_list(cell) if is_list else cell)
    return cls(*values)


@cache
def _columns(cls: type[Any]) -> tuple[tuple[str, bool], ...]:
    """Columns of a row class, and whether their cells are lists."""
    return tuple((field.name, "tuple" in str(field.type)) for field in fields(cls))


def split_list(cell: str) -> tuple[str, ...]:
    """Split a list cell.

    Examples:
        >>> split_list("Kiev; Kyiv")
        ('Kiev', 'Kyiv')
    """
    return tuple([part.strip() for part in cell.split(";") if part.strip()]) if cell else ()


@cache
def countries() -> tuple[Country, ...]:
    return tuple(read_rows(Country, DATA / "countries.csv"))


@cache
def weapons() -> tuple[Weapon, ...]:
    paths = sorted((p for p in (DATA / "weapons").iterdir() if p.name.endswith(".csv")), key=lambda p: p.name)
    return tuple(row for path in paths for row in read_rows(Weapon, path))


@cache
def organisations() -> tuple[Organisation, ...]:
    return tuple(read_rows(Organisation, DATA / "organisations.csv"))


@cache
def places() -> tuple[Place, ...]:
    return tuple(read_rows(Place, DATA / "places.csv"))


@cache
def persons() -> tuple[Person, ...]:
    return tuple(read_rows(Person, DATA / "persons.csv"))


@cache
def titles() -> tuple[Title, ...]:
    return tuple(read_rows(Title, DATA / "titles.csv"))


@cache
def organisation_heads() -> tuple[OrganisationHead, ...]:
    return tuple(read_rows(OrganisationHead, DATA / "organisation_heads.csv"))


@cache
def categories() -> dict[str, str]:
    """Category id to its French name (`data/categories.csv`)."""
    with (DATA / "categories.csv").open(encoding="utf-8", newline="") as lines:
        return {row["category"]: row["name"] for row in csv.DictReader(lines)}
