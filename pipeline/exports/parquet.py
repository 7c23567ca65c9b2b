"""Parquet files, one a table, for pandas, DuckDB and the like."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.exports.files import atomic_path
from pipeline.exports.run import RunData
from pipeline.tables import TABLES, ColumnType, Table, cells, without_surrogates

_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.LIST: pa.string(),
}
_BATCH_ROWS = 50_000


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write every table as `<table>.parquet`: typed columns, lists joined by "; ", nothing escaped.

    Lone surrogates become U+FFFD. `excel_fr` changes nothing here.

    Raises:
        OutputError: if a file cannot be written.
    """
    return [write_table(table, run.rows(name), folder / f"{name}.parquet") for name, table in TABLES.items()]


def write_table(table: Table, rows: Iterable[object], path: Path) -> Path:
    """Write the rows of one table, a batch in memory at a time; the file appears when it is complete.

    Raises:
        OutputError: if the file cannot be written.
    """
    schema = pa.schema([pa.field(column.name, _TYPES[column.type], nullable=False) for column in table.columns])
    left = iter(rows)
    with atomic_path(path) as temporary, pq.ParquetWriter(temporary, schema) as writer:
        while batch := [cells(table, row) for row in islice(left, _BATCH_ROWS)]:
            columns = zip(*batch, strict=True)
            arrays = [
                pa.array(
                    [without_surrogates(value) if isinstance(value, str) else value for value in column],
                    type=field.type,
                )
                for column, field in zip(columns, schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return path
