"""Files of many articles: JSON Lines and CSV, read one record at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.documents.dates import iso_date
from pipeline.errors import InputError
from pipeline.records import Document

_NAMES = {
    "id": ("id", "doc_id", "identifier"),
    "text": ("text", "texte", "body", "content"),
    "title": ("title", "titre"),
    "outlet": ("outlet", "source", "publisher", "media"),
    "published": ("published", "date", "publication_date"),
}
_MAX_CELL = 100_000_000


def read_jsonl(text: str, *, path: str) -> Iterator[Document | InputError]:
    """Read one article a line: an object with `text`, and `id`, `title`, `outlet` or `source`, `published` if known.

    A line that cannot be read is an error for itself.
    """
    for number, line in enumerate(io.StringIO(text, newline="\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            cells = json.loads(line)
        except (ValueError, RecursionError):
            yield InputError(where, "this is not JSON", "Expected one object a line with a key 'text'")
            continue
        yield _document(cells, where=where, path=path, number=number)


def read_csv(text: str, *, path: str) -> Iterator[Document | InputError]:
    """Read one article a row; the header names the columns as in `read_jsonl`, commas or semicolons part them."""
    csv.field_size_limit(_MAX_CELL)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    names = {(name or "").strip().lower() for name in rows.fieldnames or ()}
    if not names.intersection(_NAMES["text"]):
        found = ", ".join(sorted(names)[:6]) or "nothing"
        yield InputError(path, f"no column 'text' (found {found})", "Expected id, text, title, outlet, published")
        return
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield _document(cells, where=f"{path}, row {number}", path=path, number=number)
    except csv.Error as error:
        yield InputError(f"{path}, row {number + 1}", f"this is not CSV ({error})")


def _document(cells: Any, *, where: str, path: str, number: int) -> Document | InputError:
    if not isinstance(cells, dict):
        return InputError(where, f"found {type(cells).__name__}", "Expected an object with a key 'text'")
    lower = {str(key).strip().lower(): value for key, value in cells.items()}
    values = {name: _first(lower, keys) for name, keys in _NAMES.items()}
    if not values["text"].strip():
        return InputError(where, "the article has no text", "Expected a key or column 'text'")
    published = iso_date(values["published"])
    lost = values["published"].strip() and not published
    return Document(
        doc_id=values["id"].strip() or f"{Path(path).stem}-{number}",
        text=values["text"],
        title=values["title"].strip(),
        outlet=values["outlet"].strip(),
        path=path,
        published=published,
        warnings=(f"published: '{values['published'].strip()[:40]}' is not a date",) if lost else (),
    )


def _first(cells: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = cells.get(key)
        if isinstance(value, str | int | float) and str(value).strip():
            return str(value)
    return ""
