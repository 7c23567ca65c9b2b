"""Records to JSON objects and back: numbers stay numbers, lists stay lists, nothing is escaped or joined."""

from __future__ import annotations

import json
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pipeline.errors import InputError
from pipeline.records import (
    SCHEMA_VERSION,
    Claim,
    Coverage,
    DocumentRow,
    Entity,
    Extraction,
    Mention,
    Relation,
)
from pipeline.tables import without_surrogates

R = TypeVar("R")

_LINE_ENDS = {"\u0085": r"\u0085", "\u2028": r"\u2028", "\u2029": r"\u2029"}

LISTS: dict[str, type] = {
    "mentions": Mention,
    "entities": Entity,
    "claims": Claim,
    "relations": Relation,
    "coverage": Coverage,
}
_HINTS: dict[type, dict[str, Any]] = {record: get_type_hints(record) for record in (DocumentRow, *LISTS.values())}


def record_to_dict(record: Any) -> dict[str, Any]:
    """Give a record as an object with the table's columns as keys."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def extraction_to_dict(extraction: Extraction, *, with_text: bool = False) -> dict[str, Any]:
    """Give an extraction as the object of `extraction.json`.

    Args:
        extraction: what was read from one document.
        with_text: add the source text under `text`, for files that stay inside the program.
    """
    made: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "document": record_to_dict(extraction.document)}
    for name in LISTS:
        made[name] = [record_to_dict(row) for row in getattr(extraction, name)]
    if with_text:
        made["text"] = extraction.text
    return made


def extraction_from_dict(made: Any, *, where: str = "extraction") -> Extraction:
    """Read back what `extraction_to_dict` wrote.

    Raises:
        InputError: if a key is missing, a value has another type, or the schema version has another major number.
    """
    if not isinstance(made, dict):
        raise InputError(where, "this is not a JSON object", "Expected an extraction", "Write the file again")
    version = str(made.get("schema_version", ""))
    if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise InputError(where, f"schema_version is '{version}'", f"Accepted is {SCHEMA_VERSION}", "Extract again")
    document = _record(DocumentRow, made.get("document"), where=f"{where}, document")
    lists: dict[str, Any] = {
        name: _records(record, made.get(name), where=f"{where}, {name}") for name, record in LISTS.items()
    }
    return Extraction(document=document, text=str(made.get("text", "")), **lists)


def dump_json(value: Any, *, indent: int | None = None) -> str:
    """Write JSON that any UTF-8 file can hold: lone surrogates become U+FFFD, other characters stay as they are.

    Only the three line ends beyond ASCII are written as `\u2028` and the like: `str.splitlines` would cut there.
    """
    separators = None if indent else (",", ":")
    text = without_surrogates(json.dumps(value, ensure_ascii=False, indent=indent, separators=separators))
    for char, written in _LINE_ENDS.items():
        text = text.replace(char, written)
    return text


def load_json(text: str, *, where: str) -> Any:
    """Read JSON.

    Raises:
        InputError: if it is not JSON, or nested too deeply to be read.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"this is not JSON ({error})", "", "Write the file again") from error


def _records(record: type[R], rows: Any, *, where: str) -> tuple[R, ...]:
    if not isinstance(rows, list):
        raise InputError(where, f"found {type(rows).__name__}", "Expected a list", "Write the file again")
    return tuple(_record(record, row, where=f"{where}[{number}]") for number, row in enumerate(rows))


def _record(record: type[R], row: Any, *, where: str) -> R:
    if not isinstance(row, dict):
        raise InputError(where, f"found {type(row).__name__}", "Expected an object", "Write the file again")
    values = {}
    for name, hint in _HINTS[record].items():
        if name not in row:
            raise InputError(where, f"the key '{name}' is missing", "", "Write the file again")
        values[name] = _value(hint, row[name], where=f"{where}, {name}")
    return record(**values)


def _value(hint: Any, value: Any, *, where: str) -> Any:
    if get_origin(hint) is tuple and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum) and value in hint.__members__.values():
        return hint(value)
    # `type(...) is` because True is an int to Python and not to JSON.
    if type(value) is hint:
        return value
    expected = get_args(hint)[0].__name__ + " list" if get_origin(hint) is tuple else hint.__name__
    raise InputError(where, f"found {value!r}"[:80], f"Expected {expected}", "Write the file again")
