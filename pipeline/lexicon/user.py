"""The user's own lexicons, .csv or .toml, read as data only and merged over the packaged one.

TOML has the tables `[[weapon]]`, `[[organisation]]`, `[[place]]` with the columns of the packaged CSV files as keys,
and `[[alias]]` with `name` (a surface, or a list of them) and `entity` (an id like `COUNTRY:RUS`, or a known name).
CSV has the columns of one packaged file, or `name,entity` for aliases; lists in a cell are parted by semicolons.
Names are matched as they stand, in all their spellings; nothing in a user's file is ever a pattern.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pipeline.documents.decode import decode
from pipeline.errors import InputError, LexiconError, on_one_line
from pipeline.lexicon import rows
from pipeline.lexicon.entry_checks import check_organisations, check_places, check_weapons, did_you_mean
from pipeline.lexicon.fold import fold, slug
from pipeline.lexicon.forms import Entry, Form, country_forms, entries, organisation_forms, place_forms, weapon_forms
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.lexicon.rows import Organisation, Place, Weapon, make_row, split_list
from pipeline.records import Kind

MAX_BYTES = 50_000_000
MAX_NAME = 120
MAX_ADVISED = 3  # unknown entities for which a known name is looked up, which takes long
TABLES: dict[str, type] = {"weapon": Weapon, "organisation": Organisation, "place": Place}
_ALIAS = ("name", "entity")
_STOP_WORDS = frozenset(
    "le la les l un une des de du d au aux et ou en dans par pour sur avec sans que qui ne pas se ce cette son sa ses "
    "leur il elle on nous vous ils elles est sont a ont plus si y mais où donc or ni car".split()
)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a known entity."""

    names: tuple[str, ...]
    entity: str


@dataclass(slots=True)
class UserLexicon:
    """What one file holds, and everything that is wrong with it."""

    weapons: list[Weapon] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def with_user_lexicons(paths: Sequence[str | Path]) -> Gazetteer:
    """Give the packaged lexicon with the user's files over it; a later file goes before an earlier one.

    A user's entry takes the place of the packaged entry of the same name, and its names go before packaged ones.

    Raises:
        LexiconError: if a file cannot be read or has an entry that cannot be used; the message counts the others.
    """
    merged = UserLexicon()
    for path in paths:
        found = read_user_lexicon(Path(path))
        if found.problems:
            more = f"{len(found.problems) - 1} more: " if len(found.problems) > 1 else ""
            where, _, what = found.problems[0].partition(": ")
            raise LexiconError(where, what, "", f"{more}run defpress check-data {path}")
        for name in ("weapons", "organisations", "places", "aliases"):
            setattr(merged, name, getattr(found, name) + getattr(merged, name))
    return _merge(merged)


def read_user_lexicon(path: Path) -> UserLexicon:
    """Read one file; all that is wrong with its entries is listed under `problems`.

    Raises:
        LexiconError: if the file cannot be read at all.
    """
    text = _text(path)
    if path.suffix.lower() == ".toml":
        found = _from_toml(text, path)
    elif path.suffix.lower() == ".csv":
        found = _from_csv(text, path)
    else:
        raise LexiconError(str(path), f"'{path.suffix}' is not a lexicon format", "Accepted are .csv and .toml")
    where = path.name
    found.problems += check_weapons(found.weapons, where=where)
    found.problems += check_organisations(found.organisations, where=where)
    found.problems += check_places(found.places, where=where)
    found.problems += _check_names(found, where=where)
    found.problems += _check_aliases(found, where=where)
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise LexiconError(str(path), "the file is larger than 50 MB", "", "Part it into several")
        return decode(path.read_bytes(), where=str(path)).text
    except OSError as error:
        raise LexiconError(str(path), f"cannot be read ({error.strerror})", "", "Check the name") from error
    except InputError as error:
        raise LexiconError(error.where, error.found, error.accepted, error.advice) from error


def _from_toml(text: str, path: Path) -> UserLexicon:
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LexiconError(str(path), f"this is not TOML ({error})", "", "Correct the line") from error
    found = UserLexicon()
    for table, items in raw.items():
        if table not in (*TABLES, "alias") or not isinstance(items, list):
            close = did_you_mean(table, [*TABLES, "alias"])
            found.problems.append(f"{path.name}: '{table}' is no table. Expected [[weapon]], [[alias]]…{close}")
            continue
        for number, item in enumerate(items, start=1):
            where = f"{path.name}, {table} {number}"
            if isinstance(item, dict):
                _take(found, table, {key: _cell(value) for key, value in item.items()}, where=where)
            else:
                found.problems.append(f"{where}: found {type(item).__name__}. Expected a table of keys")
    return found


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(item).replace(";", ",") for item in value)
    return "yes" if value is True else "" if value is False else str(value)


def _from_csv(text: str, path: Path) -> UserLexicon:
    csv.field_size_limit(MAX_BYTES)
    header = text.split("\n", 1)[0]
    # Semicolons part lists inside cells, so only a header without any comma is one of a French spreadsheet.
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter="," if "," in header else ";")
    names = [(name or "").strip() for name in lines.fieldnames or ()]
    table = _table_of(names)
    found = UserLexicon()
    if not table:
        accepted = " or ".join(",".join(_columns(table)) for table in (*TABLES, "alias"))
        raise LexiconError(str(path), f"the columns are {','.join(names)[:80]}", f"Expected {accepted}")
    try:
        for number, cells in enumerate(lines, start=2):
            plain = {str(key).strip(): value for key, value in cells.items() if key and isinstance(value, str)}
            _take(found, table, plain, where=f"{path.name}, line {number}")
    except csv.Error as error:
        raise LexiconError(str(path), f"this is not CSV ({error})") from error
    return found


def _columns(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in fields(TABLES[table])) if table in TABLES else _ALIAS


def _table_of(names: Sequence[str]) -> str:
    if "name" not in names:
        return ""
    if "entity" in names:
        return "alias"
    if "category" in names:
        return "weapon"
    if "acronyms" in names:
        return "organisation"
    return "place" if "kind" in names else ""


def _take(found: UserLexicon, table: str, cells: Mapping[str, str], *, where: str) -> None:
    for key in cells:
        if key not in _columns(table):
            found.problems.append(
                f"{where}: '{key}' is no key of a {table}. Expected {', '.join(_columns(table))}."
                f"{did_you_mean(key, _columns(table))}"
            )
    if not (cells.get("name") or "").strip():
        found.problems.append(f"{where}: the name is empty. Give one")
    elif table == "alias":
        found.aliases.append(Alias(split_list(cells["name"]), (cells.get("entity") or "").strip()))
    else:
        rows_of: list[Any] = getattr(found, f"{table}s")
        rows_of.append(make_row(TABLES[table], dict(cells)))


def _check_names(found: UserLexicon, *, where: str) -> Iterator[str]:
    entries_of: list[Any] = [*found.weapons, *found.organisations, *found.places]
    surfaces = [(row.name, surface) for row in entries_of for surface in (row.name, *row.aliases)]
    surfaces += [(alias.entity, surface) for alias in found.aliases for surface in alias.names]
    for name, surface in surfaces:
        entry = f"{where}, entry '{on_one_line(name)[:60]}'"
        if len(surface) > MAX_NAME:
            yield f"{entry}: a name of {len(surface)} characters. Accepted are {MAX_NAME}"
        elif not any(char.isalnum() for char in surface) or fold(surface) in _STOP_WORDS or len(surface) < 2:
            yield f"{entry}: '{on_one_line(surface)}' would be found everywhere. Give a longer name"


def _check_aliases(found: UserLexicon, *, where: str) -> Iterator[str]:
    known, by_name = _known(found)
    names = [*(entry.name for entry in known.values()), *known]
    unknown = [a for a in found.aliases if a.entity not in known and fold(a.entity) not in by_name]
    for number, alias in enumerate(unknown):
        close = did_you_mean(alias.entity, names) if number < MAX_ADVISED else ""
        yield f"{where}, alias '{alias.names[0]}': the entity '{on_one_line(alias.entity)}' is not known.{close}"


def _known(found: UserLexicon) -> tuple[dict[str, Entry], dict[str, str]]:
    known = {**Gazetteer.packaged().entries, **entries((), found.weapons, found.organisations, found.places)}
    return known, {fold(entry.name): entity_id for entity_id, entry in reversed(known.items())}


def _merge(user: UserLexicon) -> Gazetteer:
    known, by_name = _known(user)
    own = {slug(row.name) for table in (user.weapons, user.organisations, user.places) for row in table}
    forms = [
        *_alias_forms(user.aliases, known, by_name),
        *weapon_forms(user.weapons),
        *organisation_forms(user.organisations),
        *place_forms(user.places),
        *country_forms(rows.countries()),
        *weapon_forms(row for row in rows.weapons() if slug(row.name) not in own),
        *organisation_forms(row for row in rows.organisations() if slug(row.name) not in own),
        *place_forms(row for row in rows.places() if slug(row.name) not in own),
    ]
    return Gazetteer(forms, known)


def _alias_forms(aliases: Sequence[Alias], known: Mapping[str, Entry], by_name: Mapping[str, str]) -> Iterator[Form]:
    for alias in aliases:
        entity = alias.entity if alias.entity in known else by_name[fold(alias.entity)]
        case = "any" if alias.names[0][0].islower() else "capital"
        for name in alias.names:
            yield Form(name, entity, known[entity].label, Kind.ALIAS, "user.alias", case)
