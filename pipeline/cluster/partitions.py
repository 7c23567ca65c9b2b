"""Parquet files of articles, cut into partitions that are read one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.documents.records import ARTICLE_COLUMNS, article_id
from pipeline.errors import InputError

_KNOWN = {name for names in ARTICLE_COLUMNS.values() for name in names}


@dataclass(frozen=True, slots=True)
class Partition:
    """A run of rows of one file; `number` is its place among all, `start` the 0-based number of its first row."""

    number: int
    path: str
    start: int
    rows: int

    def __str__(self) -> str:
        return f"{self.path}, rows {self.start + 1} to {self.start + self.rows}"


def find_files(arguments: Sequence[str]) -> list[str]:
    """Give the Parquet files that the arguments name, sorted; in folders those that end in `.parquet`.

    Raises:
        InputError: if a file or folder is not there, or a folder holds none.
    """
    return sorted({path for argument in arguments for path in _expand(argument)})


def _expand(argument: str) -> list[str]:
    path = Path(argument)
    if path.is_file():
        return [argument]
    if not path.is_dir():
        raise InputError(argument, "there is no such file or folder", "", "Check the name")
    inside = (found.relative_to(path) for found in path.rglob("*.parquet"))
    files = [str(path / name) for name in inside if not any(part.startswith((".", "_")) for part in name.parts)]
    if not files:
        raise InputError(argument, "the folder holds no article", "Files read are .parquet")
    return files


def find_partitions(files: Sequence[str], *, rows: int) -> list[Partition]:
    """Cut files into partitions of at most `rows` articles; only the footers are read.

    Raises:
        InputError: if a file is no Parquet file or has no column for the text, or if no file holds an article.
    """
    starts = [(path, start, total) for path in files for total in [_count(path)] for start in range(0, total, rows)]
    if not starts:
        raise InputError(", ".join(files[:3]), "no article in the files", "", "Give one with rows")
    return [
        Partition(number, path, start, min(rows, total - start)) for number, (path, start, total) in enumerate(starts)
    ]


def read_partition(partition: Partition) -> list[dict[str, Any]]:
    """Give the articles of a partition as cells with lower-case names; each has its `path` and an `id`.

    An article without an id is called after its file and row, as in a local run.

    Raises:
        InputError: if the file cannot be read.
    """
    try:
        with pq.ParquetFile(partition.path) as file:
            cells = list(_rows(file, partition))
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _unreadable(partition.path, error) from error
    for number, row in enumerate(cells, start=partition.start + 1):
        row |= {"id": article_id(row, path=partition.path, number=number), "path": partition.path}
    return cells


def _rows(file: pq.ParquetFile, partition: Partition) -> Iterator[dict[str, Any]]:
    columns = _columns(file)
    groups, at = _groups(file, partition)
    for batch in file.iter_batches(batch_size=partition.rows, row_groups=groups, columns=list(columns.values())):
        first, last = max(partition.start - at, 0), min(partition.start + partition.rows - at, batch.num_rows)
        at += batch.num_rows
        if first < last:
            for row in batch.slice(first, last - first).to_pylist():
                yield {name: row[column] for name, column in columns.items()}


def _groups(file: pq.ParquetFile, partition: Partition) -> tuple[list[int], int]:
    """The row groups that hold a partition, and the number of the first row of the first one."""
    found: list[int] = []
    begin = at = 0
    for number in range(file.num_row_groups):
        end = at + file.metadata.row_group(number).num_rows
        if at < partition.start + partition.rows and end > partition.start:
            begin = begin if found else at
            found.append(number)
        at = end
    return found, begin


def _columns(file: pq.ParquetFile) -> dict[str, str]:
    """The columns that are known, by lower-case name."""
    names = {str(name).strip().lower(): str(name) for name in file.schema_arrow.names}
    return {name: column for name, column in names.items() if name in _KNOWN}


def _count(path: str) -> int:
    try:
        with pq.ParquetFile(path) as file:
            if not _columns(file).keys() & ARTICLE_COLUMNS["text"]:
                found = f"no column 'text' (found {', '.join(file.schema_arrow.names[:6]) or 'nothing'})"
                raise InputError(path, found, "Expected id, text, title, outlet, published")
            return int(file.metadata.num_rows)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str, error: Exception) -> InputError:
    reason = " ".join(str(error).split())[:120]
    return InputError(path, f"cannot be read as Parquet ({reason})", "", "Write the file again")
