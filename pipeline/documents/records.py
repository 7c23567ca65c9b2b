"""Files of many articles: JSON Lines and CSV, read one record at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.documents.dates import iso_date
from pipeline.errors import InputError
from pipeline.records import Document

ARTICLE_COLUMNS = {
    "id": ("id", "doc_id", "identifier"),
    "text": ("text", "texte", "body", "content"),
    "title": ("title", "titre"),
    "outlet": ("outlet", "source", "publisher", "media"),
    "published": ("published", "date", "publication_date"),
}
"""The names that each column of articles may have; of several, the first with a value wins."""
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
        yield read_article(cells, where=where, path=path, number=number)


def read_csv(text: str, *, path: str) -> Iterator[Document | InputError]:
    """Read one article a row; the header names the columns as in `read_jsonl`, commas or semicolons part them."""
    csv.field_size_limit(_MAX_CELL)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    names = {(name or "").strip().lower() for name in rows.fieldnames or ()}
    if not names.intersection(ARTICLE_COLUMNS["text"]):
        found = ", ".join(sorted(names)[:6]) or "nothing"
        yield InputError(path, f"no column 'text' (found {found})", "Expected id, text, title, outlet, published")
        return
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield read_article(cells, where=f"{path}, row {number}", path=path, number=number)
    except csv.Error as error:
        yield InputError(f"{path}, row {number + 1}", f"this is not CSV ({error})")


def read_article(cells: Any, *, where: str, path: str, number: int) -> Document | InputError:
    """Make a document of one record.

    Args:
        cells: an object with the names of `ARTICLE_COLUMNS`, in any case.
        where: the record as the user knows it, for messages.
        path: the file that it stands in.
        number: its place there, from 1: the document is called after both when it has no id.

    Returns:
        The document, or the error that stands for it.

    Examples:
        >>> found = read_article({"Texte": "Paris livre.", "date": "31/5/2024"}, where="row 2", path="a.csv", number=2)
        >>> found.doc_id, found.text, found.published
        ('a-2', 'Paris livre.', '2024-05-31')
    """
    if not isinstance(cells, dict):
        return InputError(where, f"found {type(cells).__name__}", "Expected an object with a key 'text'")
    lower = {str(key).strip().lower(): value for key, value in cells.items()}
    values = {name: _first(lower, keys) for name, keys in ARTICLE_COLUMNS.items()}
    if not values["text"].strip():
        return InputError(where, "the article has no text", "Expected a key or column 'text'")
    published = iso_date(values["published"])
    lost = values["published"].strip() and not published
    return Document(
        doc_id=article_id(lower, path=path, number=number),
        text=values["text"],
        title=values["title"].strip(),
        outlet=values["outlet"].strip(),
        path=path,
        published=published,
        warnings=(f"published: '{values['published'].strip()[:40]}' is not a date",) if lost else (),
    )


def article_id(cells: dict[str, Any], *, path: str, number: int) -> str:
    """Give the id of a record with lower-case names: its own, or the name of its file and its place there."""
    return _first(cells, ARTICLE_COLUMNS["id"]).strip() or f"{Path(path).stem}-{number}"


def _first(cells: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = cells.get(key)
        if isinstance(value, str | int | float | date) and str(value).strip():
            return str(value)
    return ""
