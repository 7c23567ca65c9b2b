"""`defpress.sqlite`: every table with keys and indexes, and a full-text search over the sentences without accents.

SELECT doc_id, sentence, text FROM sentences WHERE sentences MATCH 'grece AND rafale';
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.exports.files import atomic_path
from pipeline.exports.run import RunData
from pipeline.records import Claim, Transfer
from pipeline.tables import TABLES, Cell, ColumnType, Table, cells, without_surrogates

_TYPES = {
    ColumnType.TEXT: "TEXT",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.BOOLEAN: "INTEGER",
    ColumnType.LIST: "TEXT",
}
# Row ids are short hashes: unique within a document, so the document is part of the key.
_KEYS = {
    "documents": "doc_id",
    "entities": "entity_id",
    "transfers": "transfer_id",
    "mentions": "doc_id, mention_id",
    "claims": "doc_id, claim_id",
    "relations": "doc_id, relation_id",
    "coverage": "doc_id, start",
}
_REFERENCES = {"doc_id": "documents(doc_id)", "entity_id": "entities(entity_id)"}
_INDEXES = {
    "mentions": ("mention_id", "entity_id", "label"),
    "entities": ("label", "name"),
    "claims": ("claim_id", "source", "modality"),
    "relations": ("relation_id", "type", "subject_id", "object_id", "counterpart_id", "claim_id"),
    "transfers": ("supplier", "recipient", "weapon", "status"),
    "coverage": ("status",),
}
_LISTS = """
CREATE TABLE claim_entities (doc_id TEXT NOT NULL, claim_id TEXT NOT NULL, entity_id TEXT NOT NULL);
CREATE INDEX claim_entities_entity_id ON claim_entities (entity_id);
CREATE TABLE transfer_relations (transfer_id TEXT NOT NULL, relation_id TEXT NOT NULL);
CREATE INDEX transfer_relations_relation_id ON transfer_relations (relation_id);
"""
_SEARCH = """
CREATE VIRTUAL TABLE sentences USING fts5 (
  text, doc_id UNINDEXED, sentence UNINDEXED, content='coverage', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO sentences (sentences) VALUES ('rebuild');
"""


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write the database: lists joined by "; " and as link tables too, nothing escaped.

    Lone surrogates become U+FFFD. `excel_fr` changes nothing here.

    Raises:
        OutputError: if the file cannot be written, or two rows have the same key.
    """
    path = folder / "defpress.sqlite"
    with atomic_path(path) as temporary:
        temporary.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(temporary)) as base:
                _fill(base, run)
        except sqlite3.Error as error:
            raise OutputError(str(path), f"cannot be written ({error})", "", "Choose another format") from error
    return [path]


def _fill(base: sqlite3.Connection, run: RunData) -> None:
    # The file is new and thrown away on failure: no journal is needed.
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    for name, table in TABLES.items():
        base.execute(_definition(table))
        places = ", ".join("?" * len(table.columns))
        base.executemany(f"INSERT INTO {name} VALUES ({places})", _values(table, run.rows(name)))
        for column in _INDEXES.get(name, ()):
            base.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")
    base.executescript(_LISTS)
    base.executemany("INSERT INTO claim_entities VALUES (?, ?, ?)", _claim_entities(run))
    base.executemany("INSERT INTO transfer_relations VALUES (?, ?)", _transfer_relations(run))
    base.commit()
    base.executescript(_SEARCH)


def _definition(table: Table) -> str:
    columns = [f"{column.name} {_TYPES[column.type]} NOT NULL" for column in table.columns]
    links = [
        f"FOREIGN KEY ({column.name}) REFERENCES {_REFERENCES[column.name]}"
        for column in table.columns
        if column.name in _REFERENCES and column.name != _KEYS[table.name]
    ]
    return f"CREATE TABLE {table.name} ({', '.join([*columns, f'PRIMARY KEY ({_KEYS[table.name]})', *links])})"


def _values(table: Table, rows: Iterable[object]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [without_surrogates(cell) if isinstance(cell, str) else cell for cell in cells(table, row)]


def _claim_entities(run: RunData) -> Iterator[tuple[str, ...]]:
    for row in run.rows("claims"):
        assert isinstance(row, Claim)
        for entity_id in row.entity_ids:
            yield tuple(map(without_surrogates, (row.doc_id, row.claim_id, entity_id)))


def _transfer_relations(run: RunData) -> Iterator[tuple[str, str]]:
    for row in run.rows("transfers"):
        assert isinstance(row, Transfer)
        for relation_id in row.relation_ids:
            yield row.transfer_id, relation_id
