"""The JSON Schema of `extraction.json`, made from the records.

`python -m pipeline.exports.schema` prints it; `data/extraction.schema.json` is that text, and a test compares them.
"""

from __future__ import annotations

import json
from typing import Any

from pipeline.exports.dictionary import meaning
from pipeline.exports.jsonable import LISTS
from pipeline.records import SCHEMA_VERSION, Coverage, DocumentRow
from pipeline.tables import TABLES, Column, ColumnType, columns_of

_TYPES: dict[ColumnType, dict[str, Any]] = {
    ColumnType.TEXT: {"type": "string"},
    ColumnType.INTEGER: {"type": "integer", "minimum": 0},
    ColumnType.BOOLEAN: {"type": "boolean"},
    ColumnType.LIST: {"type": "array", "items": {"type": "string"}},
}


def extraction_schema() -> dict[str, Any]:
    """Give the schema of one extraction: a line of `extractions.jsonl`, or `extraction.json`."""
    names = {name: record.__name__ for name, record in LISTS.items()}
    properties: dict[str, Any] = {"schema_version": {"const": SCHEMA_VERSION}}
    properties["document"] = {"$ref": "#/$defs/DocumentRow"}
    properties |= {name: {"type": "array", "items": {"$ref": f"#/$defs/{names[name]}"}} for name in LISTS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "defpress extraction",
        "description": "Everything read from one document. Offsets are Unicode code points, half-open.",
        **_object(properties),
        "$defs": {record.__name__: _record_schema(record) for record in (DocumentRow, *LISTS.values())}
        | {Coverage.__name__: _coverage_schema()},
    }


def _record_schema(record: type) -> dict[str, Any]:
    table = next(table.name for table in TABLES.values() if table.record is record)
    columns = columns_of(record)
    schema = _object({c.name: {"description": meaning(table, c.name), **_column_schema(c)} for c in columns})
    return {"description": (record.__doc__ or "").split("\n")[0], **schema}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _column_schema(column: Column) -> dict[str, Any]:
    return {"enum": list(column.choices)} if column.choices else _TYPES[column.type]


def _coverage_schema() -> dict[str, Any]:
    """Noise belongs to no sentence: its number is -1."""
    schema = _record_schema(Coverage)
    schema["properties"]["sentence"]["minimum"] = -1
    return schema


if __name__ == "__main__":
    print(json.dumps(extraction_schema(), indent=2))
