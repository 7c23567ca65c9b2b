"""What changed from one run to another: documents and rows that appeared, vanished or read otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pipeline.errors import on_one_line
from pipeline.explain import open_run
from pipeline.records import Claim, Extraction, Mention, Relation

_SIGNS = {"+": "appeared", "-": "vanished", "~": "changed"}
_TABLES = ("documents", "mentions", "claims", "relations")
# What says where a row stands rather than what it says.
_PLACE = frozenset({"mention_id", "doc_id", "sentence", "start", "end"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `sign` is + (only in the second run), - (only in the first) or ~ (in both, not the same)."""

    sign: str
    table: str
    doc_id: str
    row_id: str
    text: str


def compare_runs(first: Path, second: Path) -> str:
    """Describe the differences between two run folders: a line for each, then counts for each table.

    Claims and relations are the same row when their ids are; mentions when they mark the same characters, so that a
    new label is a change. Documents are paired by `doc_id`, one in memory at a time where both runs share the order.

    Raises:
        InputError: if a folder holds no readable run.
    """
    counts: Counter[tuple[str, str]] = Counter()
    lines = []
    for change in changes(first, second):
        counts[change.table, change.sign] += 1
        lines.append(
            f"{change.sign} {change.table:<9} {on_one_line(f'{change.doc_id} {change.row_id}  {change.text}')}"
        )
    if not lines:
        return "No differences.\n"
    for table in _TABLES:
        parts = [f"{counts[table, sign]} {word}" for sign, word in _SIGNS.items()]
        lines.append(f"{table}: {', '.join(parts)}")
    return "\n".join(lines) + "\n"


def changes(first: Path, second: Path) -> Iterator[Change]:
    """Give the differences document by document, in the order in which both runs have been read."""
    waiting: tuple[dict[str, Extraction], dict[str, Extraction]] = ({}, {})
    for pair in zip_longest(open_run(first), open_run(second)):
        for side, extraction in enumerate(pair):
            if extraction is None:
                continue
            key = extraction.document.doc_id
            other = waiting[1 - side].pop(key, None)
            if other is None:
                waiting[side][key] = extraction
            else:
                yield from _document(extraction, other) if side == 0 else _document(other, extraction)
    for sign, left in zip("-+", waiting, strict=True):
        for key, extraction in left.items():
            found = f"{len(extraction.claims)} claims, {len(extraction.relations)} relations"
            yield Change(sign, "documents", key, "", found)


def _document(old: Extraction, new: Extraction) -> Iterator[Change]:
    key = old.document.doc_id
    if old.document.sha256 != new.document.sha256:
        yield Change("~", "documents", key, "", "the text is another: offsets and ids moved with it")
    for table in _TABLES[1:]:
        before, after = _rows(old, table), _rows(new, table)
        for name in sorted(before.keys() | after.keys(), key=str):
            yield from _row(table, key, before.get(name), after.get(name))


def _rows(extraction: Extraction, table: str) -> Mapping[Any, Mention | Claim | Relation]:
    if table == "mentions":
        return {(m.start, m.end): m for m in extraction.mentions}
    if table == "claims":
        return {c.claim_id: c for c in extraction.claims}
    return {r.relation_id: r for r in extraction.relations}


def _row(
    table: str, doc_id: str, old: Mention | Claim | Relation | None, new: Mention | Claim | Relation | None
) -> Iterator[Change]:
    row = new or old
    if row is None or old == new:
        return
    if old is None or new is None:
        yield Change("-" if new is None else "+", table, doc_id, _id(row), _says(row))
        return
    columns = [f.name for f in fields(row) if f.name not in _PLACE]
    values = [(name, getattr(old, name), getattr(new, name)) for name in columns]
    told = "; ".join(f"{name} {_cell(a)} → {_cell(b)}" for name, a, b in values if a != b)
    if told:
        yield Change("~", table, doc_id, _id(row), f"{_says(row)}: {told}")


def _id(row: Mention | Claim | Relation) -> str:
    if isinstance(row, Mention):
        return row.mention_id
    return row.claim_id if isinstance(row, Claim) else row.relation_id


def _says(row: Mention | Claim | Relation) -> str:
    if isinstance(row, Mention):
        return f"« {row.text} » {row.entity_id}"
    if isinstance(row, Claim):
        return f"{row.source or row.attribution}: « {row.text} » ({row.modality}, {row.polarity})"
    third = f" {row.counterpart}" if row.counterpart else ""
    return f"{row.subject} {row.type} {row.object}{third} ({row.modality}, {row.polarity})"


def _cell(value: object) -> str:
    return (", ".join(map(str, value)) if isinstance(value, tuple) else str(value)) or "(empty)"
