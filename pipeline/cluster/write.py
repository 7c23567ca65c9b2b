"""One partition to Parquet files, and what they add to the tables of the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.cluster.articles import RESULT_COLUMNS, process
from pipeline.cluster.names import Names
from pipeline.cluster.partitions import Partition, read_partition
from pipeline.exports.files import atomic_path
from pipeline.exports.jsonable import extraction_from_dict, load_json
from pipeline.exports.parquet import write_table
from pipeline.records import Extraction
from pipeline.runs.run import Failure
from pipeline.tables import ROWS_OF, TABLES, EntityTally
from pipeline.transfers import TransferLedger

EXTRACTIONS = "extractions"
COUNTED = ("mentions", "claims", "relations")


@dataclass(slots=True)
class Part:
    """What one partition adds to the run; `kept` when it was complete before."""

    kept: bool
    entities: EntityTally = field(default_factory=EntityTally)
    ledger: TransferLedger = field(default_factory=TransferLedger)
    documents: int = 0
    warned: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    failures: list[Failure] = field(default_factory=list)

    def add(self, extraction: Extraction) -> None:
        """Count one document."""
        self.entities.add(extraction)
        self.ledger.add(extraction)
        self.documents += 1
        self.warned += bool(extraction.document.warnings)
        for table in COUNTED:
            self.counts[table] += len(getattr(extraction, table))


def part_path(out: Path, table: str, number: int = 0) -> Path:
    """Where a partition's piece of a table lies."""
    return out / table / f"part-{number:06}.parquet"


def do_partition(partition: Partition, names: Names, out: Path, lexicons: tuple[str, ...]) -> Part:
    """Read a partition, write its files, count it; one that is complete already is only counted.

    The extractions go last: where they stand, the partition is complete.

    Raises:
        InputError: if the articles cannot be read.
        OutputError: if a file cannot be written.
    """
    path = part_path(out, EXTRACTIONS, partition.number)
    kept = path.exists()
    if not kept:
        _write(_with_names(partition, names), partition.number, out, lexicons)
    part = Part(kept)
    found = pd.read_parquet(path)
    for extraction in _extractions(found, where=str(path)):
        part.add(extraction)
    failed = found[found.error != ""]
    part.failures = [Failure(doc_id, error) for doc_id, error in zip(failed.doc_id, failed.error, strict=True)]
    return part


def _with_names(partition: Partition, names: Names) -> pd.DataFrame:
    articles = read_partition(partition)
    for place, name in names.items():
        articles[place]["id"] = name
    return pd.DataFrame(articles, dtype=object)


def _write(articles: pd.DataFrame, number: int, out: Path, lexicons: tuple[str, ...]) -> None:
    found = process(articles, lexicons=lexicons)
    path = part_path(out, EXTRACTIONS, number)
    extractions = list(_extractions(found, where=str(path)))
    for table, rows_of in ROWS_OF.items():
        rows = (row for extraction in extractions for row in rows_of(extraction))
        write_table(TABLES[table], rows, part_path(out, table, number))
    schema = pa.schema([pa.field(name, pa.string(), nullable=False) for name in RESULT_COLUMNS])
    with atomic_path(path) as temporary:
        pq.write_table(pa.Table.from_pandas(found, schema=schema), temporary, compression="zstd")


def _extractions(found: pd.DataFrame, *, where: str) -> Iterator[Extraction]:
    for row, text in enumerate(found.extraction, start=1):
        if text:
            place = f"{where}, row {row}"
            yield extraction_from_dict(load_json(text, where=place), where=place)
