"""CSV files, one a table, written in one pass over the run."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from pipeline.exports.files import atomic_text
from pipeline.exports.run import RunData
from pipeline.tables import ROWS_OF, TABLES, csv_line, csv_lines


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write every table as `<table>.csv`.

    Args:
        run: what to write.
        folder: where; made if need be.
        excel_fr: byte order mark and `;`, so that a French Excel opens the files by a double click.

    Raises:
        OutputError: if a file cannot be written; files already there are then left as they were.
    """
    paths = {name: folder / f"{name}.csv" for name in TABLES}
    with ExitStack() as files:
        encoding = "utf-8-sig" if excel_fr else "utf-8"
        handles = {name: files.enter_context(atomic_text(path, encoding=encoding)) for name, path in paths.items()}
        for name, table in TABLES.items():
            handles[name].write(csv_line(table.header, excel_fr=excel_fr))
        for extraction in run.extractions:
            for name, rows_of in ROWS_OF.items():
                handles[name].writelines(csv_lines(TABLES[name], rows_of(extraction), excel_fr=excel_fr))
        for name in ("entities", "transfers"):
            handles[name].writelines(csv_lines(TABLES[name], run.rows(name), excel_fr=excel_fr))
    return list(paths.values())
