"""`defpress.xlsx`: one sheet a table, header frozen, filters set, and never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.exports.files import atomic_path
from pipeline.exports.run import RunData
from pipeline.exports.xml_text import xml_text
from pipeline.tables import TABLES, Cell, ColumnType, Table, cells, escape_cell

# Limits of the format: longer texts are cut with an ellipsis, longer tables go on in `<table>_2`.
MAX_ROWS = 1_048_575
MAX_CHARS = 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = {ColumnType.TEXT: 18, ColumnType.INTEGER: 12, ColumnType.BOOLEAN: 12, ColumnType.LIST: 30}
_WIDE = {"text": 80, "evidence": 80, "title": 50, "path": 30, "doc_id": 26, "sha256": 14}


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write the workbook; cells read as in the CSV files, the escape at their start included.

    Characters that XML cannot hold become U+FFFD. `excel_fr` changes nothing here: Excel shows numbers its own way.

    Raises:
        OutputError: if the file cannot be written.
    """
    path = folder / "defpress.xlsx"
    with atomic_path(path) as temporary, xlsxwriter.Workbook(str(temporary), _OPTIONS) as book:
        # The only date in the file; without it two identical runs differ.
        book.set_properties({"title": xml_text(run.name)[:200], "created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, table in TABLES.items():
            rows = iter(run.rows(name))
            written = _write_sheet(book.add_worksheet(name), table, islice(rows, MAX_ROWS), bold)
            number = 2
            while written == MAX_ROWS:
                sheet = book.add_worksheet(f"{name}_{number}")
                written = _write_sheet(sheet, table, islice(rows, MAX_ROWS), bold)
                number += 1
    return [path]


def _write_sheet(sheet: Any, table: Table, rows: Iterable[object], bold: Any) -> int:
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.name, bold)
        sheet.set_column(at, at, _WIDE.get(column.name, _WIDTHS[column.type]))
    count = 0
    for count, row in enumerate(rows, start=1):
        for at, value in enumerate(cells(table, row)):
            _write_cell(sheet, count, at, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, len(table.columns) - 1)
    return count


def _write_cell(sheet: Any, row: int, column: int, value: Cell) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        text = escape_cell(xml_text(value))
        sheet.write_string(row, column, text if len(text) <= MAX_CHARS else text[: MAX_CHARS - 1] + "…")
