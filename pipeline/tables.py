"""The declared tables: columns and dtypes come from the records, once; files and DataFrames follow.

Importing this module is cheap: pandas is imported by `to_frame` alone, and CSV files need no pandas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from pipeline.records import (
    Claim,
    Coverage,
    DocumentRow,
    Entity,
    Extraction,
    Mention,
    Relation,
    Transfer,
)

if TYPE_CHECKING:
    import pandas as pd

LIST_SEPARATOR = "; "

# What a spreadsheet may run or swallow at the start of a cell: the four signs, their full-width forms (East Asian
# Excel) and control characters, after white space too. Leading apostrophes count, so that the escape can be undone.
_RISKY_START = re.compile(r"'*\s*[=+\-@＝＋－＠\x00-\x1f\x7f-\x9f]")
_QUOTED, _QUOTED_IN_FRENCH = re.compile(r'[,"\r\n]'), re.compile(r'[;"\r\n]')
_SURROGATE = re.compile("[\ud800-\udfff]")

Cell = str | int | bool


class ColumnType(StrEnum):
    """What a column holds; `list` is text joined by "; " in files and DataFrames."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    LIST = "list"


PANDAS_DTYPES = {
    ColumnType.TEXT: "str",
    ColumnType.INTEGER: "int64",
    ColumnType.BOOLEAN: "bool",
    ColumnType.LIST: "str",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, and the values allowed if they are few."""

    name: str
    type: ColumnType
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the run folder."""

    name: str
    record: type
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        """Column names, in order."""
        return [column.name for column in self.columns]


@cache
def columns_of(record: type) -> tuple[Column, ...]:
    """Derive the columns of a record class from its fields.

    Raises:
        TypeError: if a field is neither text, number, boolean, StrEnum nor a tuple of text.

    Examples:
        >>> [column.name for column in columns_of(Entity)][:4]
        ['entity_id', 'label', 'name', 'iso3']
    """
    hints = get_type_hints(record)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def _column(name: str, hint: Any) -> Column:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Column(name, ColumnType.TEXT, tuple(str(member) for member in hint))
    if get_origin(hint) is tuple and get_args(hint) == (str, ...):
        return Column(name, ColumnType.LIST)
    simple = {str: ColumnType.TEXT, int: ColumnType.INTEGER, bool: ColumnType.BOOLEAN}
    if hint not in simple:
        raise TypeError(f"column {name!r}: {hint!r} is not str, int, bool, a StrEnum or tuple[str, ...]")
    return Column(name, simple[hint])


_RECORDS: dict[str, type] = {
    "documents": DocumentRow,
    "mentions": Mention,
    "entities": Entity,
    "claims": Claim,
    "relations": Relation,
    "transfers": Transfer,
    "coverage": Coverage,
}
TABLES = {name: Table(name, record, columns_of(record)) for name, record in _RECORDS.items()}

# The tables that are simply the rows of every document, one document after the other.
ROWS_OF: dict[str, Callable[[Extraction], tuple[Any, ...]]] = {
    "documents": lambda extraction: (extraction.document,),
    "mentions": lambda extraction: extraction.mentions,
    "claims": lambda extraction: extraction.claims,
    "relations": lambda extraction: extraction.relations,
    "coverage": lambda extraction: extraction.coverage,
}


def cells(table: Table, row: object) -> list[Cell]:
    """Give the cells of one record, lists joined, nothing escaped."""
    return [_plain(value) for value in attrgetter(*table.header)(row)]


def _plain(value: object) -> Cell:
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool | int | str):
        return value
    raise TypeError(f"{value!r} is not text, a number, a boolean or a tuple of text")


def escape_cell(text: str) -> str:
    """Make a text cell harmless in a spreadsheet: a risky start gets an apostrophe before it.

    A cell is risky if, after apostrophes and white space, it starts with `= + - @` or a control character.
    `unescape_cell` gives the text back exactly.

    Examples:
        >>> escape_cell("=1+1"), escape_cell("'=1+1"), escape_cell("'tis"), escape_cell("S-400")
        ("'=1+1", "''=1+1", "'tis", 'S-400')
    """
    return f"'{text}" if _RISKY_START.match(text) else text


def unescape_cell(cell: str) -> str:
    """Undo `escape_cell`.

    Examples:
        >>> unescape_cell("'=1+1"), unescape_cell("'tis")
        ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _RISKY_START.match(cell) else cell


def without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no text file can hold, by U+FFFD; the length stays the same."""
    return _SURROGATE.sub("\ufffd", text)


def csv_lines(table: Table, rows: Iterable[object], *, excel_fr: bool = False) -> Iterator[str]:
    """Give the lines of a table: cells joined, escaped, free of lone surrogates, quoted where need be."""
    for row in rows:
        safe = [escape_cell(cell) if isinstance(cell, str) else cell for cell in cells(table, row)]
        yield without_surrogates(csv_line(safe, excel_fr=excel_fr))


def csv_line(values: Iterable[Cell], *, excel_fr: bool = False) -> str:
    r"""Write one line in the CSV dialect of the run folder, as `csv.QUOTE_MINIMAL` would.

    The csv module leaves a lone `\r` unquoted when lines end by `\n`, and then reads it as a line end.
    """
    delimiter, to_quote = (";", _QUOTED_IN_FRENCH) if excel_fr else (",", _QUOTED)
    texts = (value if isinstance(value, str) else str(value) for value in values)
    return (
        delimiter.join('"' + text.replace('"', '""') + '"' if to_quote.search(text) else text for text in texts) + "\n"
    )


def to_csv(table: Table, rows: Iterable[object], *, excel_fr: bool = False) -> str:
    r"""Give a table as CSV text, as the run folder has it: header first, lines ended by `\n`.

    Text cells are escaped by `escape_cell`; lone surrogates become U+FFFD. The byte order mark of `excel_fr`
    belongs to the file's encoding and is not given here.

    Args:
        table: one of `TABLES`.
        rows: records of that table, any iterable.
        excel_fr: separate by `;` as a French spreadsheet expects.

    Examples:
        >>> to_csv(TABLES["coverage"], [])
        'doc_id,sentence,start,end,status,n_mentions,n_claims,n_relations,text\n'
    """
    return csv_line(table.header, excel_fr=excel_fr) + "".join(csv_lines(table, rows, excel_fr=excel_fr))


def to_frame(table: Table, rows: Iterable[object]) -> pd.DataFrame:
    """Give a table as a DataFrame: the columns of the CSV file, dtypes set even when empty, nothing escaped.

    Examples:
        >>> str(to_frame(TABLES["coverage"], []).dtypes["start"])
        'int64'
    """
    import pandas as pd

    columns = list(zip(*(cells(table, row) for row in rows), strict=True)) or [()] * len(table.columns)
    return pd.DataFrame(
        {
            column.name: pd.Series(list(values), dtype=PANDAS_DTYPES[column.type])
            for column, values in zip(table.columns, columns, strict=True)
        }
    )


class EntityTally:
    """Adds up the entities of a run, one extraction at a time; no document is kept.

    The result does not depend on the order of the documents: the name that most mentions stand behind wins, then
    the first in the alphabet; aliases and origins are united and sorted.
    """

    def __init__(self) -> None:
        self._merged: dict[str, Entity] = {}
        self._names: dict[str, dict[str, int]] = {}

    def add(self, extraction: Extraction) -> None:
        """Count the entities of one document."""
        for entity in extraction.entities:
            known = self._merged.get(entity.entity_id)
            self._merged[entity.entity_id] = _merge(known, entity) if known else _merge(entity)
            names = self._names.setdefault(entity.entity_id, {})
            names[entity.name] = names.get(entity.name, 0) + entity.n_mentions

    def merge(self, other: EntityTally) -> None:
        """Add what another tally counted, of other documents."""
        for entity_id, entity in other._merged.items():
            known = self._merged.get(entity_id)
            self._merged[entity_id] = _merge(known, entity) if known else entity
            names = self._names.setdefault(entity_id, {})
            for name, count in other._names[entity_id].items():
                names[name] = names.get(name, 0) + count

    def rows(self) -> tuple[Entity, ...]:
        """Give the merged entities, ordered by label and id."""
        return tuple(self._named(entity_id) for entity_id in sorted(self._merged))

    def _named(self, entity_id: str) -> Entity:
        names = self._names[entity_id]
        best = min(names, key=lambda name: (-names[name], name))
        return _merge(self._merged[entity_id], name=best)


def _merge(first: Entity, *others: Entity, name: str = "") -> Entity:
    group = (first, *others)
    return Entity(
        entity_id=first.entity_id,
        label=first.label,
        name=name or first.name,
        iso3=min((entity.iso3 for entity in group if entity.iso3), default=""),
        category=min((entity.category for entity in group if entity.category), default=""),
        origin=_united({entity.origin for entity in group}),
        aliases=tuple(sorted({alias for entity in group for alias in entity.aliases})),
        n_mentions=sum(entity.n_mentions for entity in group),
        n_documents=sum(entity.n_documents for entity in group),
    )


def _united(lists: set[tuple[str, ...]]) -> tuple[str, ...]:
    # One list keeps its order, the main origin first; only lists that differ are sorted together.
    return min(lists) if len(lists) == 1 else tuple(sorted({item for items in lists for item in items}))


def merge_entities(extractions: Iterable[Extraction]) -> tuple[Entity, ...]:
    """Give the entities of a whole run; `EntityTally` does the same for a stream that serves other ends too."""
    tally = EntityTally()
    for extraction in extractions:
        tally.add(extraction)
    return tally.rows()
