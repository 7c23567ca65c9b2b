"""The data dictionary: every column of every table, what it holds and what it means.

`python -m pipeline.exports.dictionary` prints it; `data/DICTIONARY.md` is that text, and a test compares them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon.rows import DATA
from pipeline.tables import TABLES, Column


@cache
def meanings() -> dict[tuple[str, str], str]:
    """Meaning by (table, column), `*` for columns of several tables (`data/columns.csv`)."""
    with (DATA / "columns.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["table"], row["column"]): row["meaning"] for row in csv.DictReader(lines)}


def meaning(table: str, column: str) -> str:
    """What a column means.

    Raises:
        KeyError: if `data/columns.csv` does not say it.

    Examples:
        >>> meaning("claims", "source")
        'who says it, as written'
    """
    found = meanings()
    return found[table, column] if (table, column) in found else found["*", column]


def dictionary() -> str:
    """Give the data dictionary as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made by `python -m pipeline.exports.dictionary` from the records and `columns.csv`."
    yield "Lists are joined by `; `."
    for table in TABLES.values():
        yield from ("", f"## {table.name}", "", "| column | holds | meaning |", "|---|---|---|")
        yield from (f"| {c.name} | {_holds(c)} | {meaning(table.name, c.name)} |" for c in table.columns)


def _holds(column: Column) -> str:
    return ", ".join(f"`{choice}`" for choice in column.choices) if column.choices else str(column.type)


if __name__ == "__main__":
    print(dictionary(), end="")
