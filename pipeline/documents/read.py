"""Inputs to documents with unique ids, lazily and in order."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.documents.decode import Decoded, decode
from pipeline.documents.html import read_page
from pipeline.documents.inputs import STDIN
from pipeline.documents.names import ClashingNames, digest_of
from pipeline.documents.records import read_csv, read_jsonl
from pipeline.errors import InputError
from pipeline.records import Document

Item = Document | InputError

_RECORD_READERS = {".jsonl": read_jsonl, ".ndjson": read_jsonl, ".csv": read_csv}
_PAGES = (".html", ".htm")


class DocumentSource:
    """The documents of a run, iterated over lazily and always in the same order.

    A document is called after its file or its record; where two clash, both get a short hash of their content.
    Iterating gives an `InputError` in the place of what cannot be read.

    Args:
        paths: files, and `-` for stdin, which is read once and kept.
        published: date of the documents that carry none, ISO 8601.
    """

    def __init__(self, paths: Sequence[str], *, published: str = "") -> None:
        self._paths = paths
        self._published = published
        self._stdin: bytes | None = None
        self._count = self._count_ids()

    def __len__(self) -> int:
        """How many documents and unreadable inputs there are."""
        return self._count[1]

    def __iter__(self) -> Iterator[Item]:
        clashing = self._count[0]
        names = ClashingNames()
        for item in self._read():
            if isinstance(item, Document):
                item = replace(item, published=item.published or self._published)
                if item.doc_id in clashing:
                    item = replace(item, doc_id=names.give(item.doc_id, digest_of(item.text)))
            yield item

    def _count_ids(self) -> tuple[frozenset[str], int]:
        """Which ids stand more than once; plain files are told by their names, files of records are read."""
        seen: Counter[str] = Counter()
        total = 0
        for path in self._paths:
            if Path(path).suffix.lower() in _RECORD_READERS:
                for item in self._read_one(path):
                    total += 1
                    seen.update([item.doc_id] if isinstance(item, Document) else [])
            else:
                total += 1
                seen[_name(path)] += 1
        return frozenset(name for name, count in seen.items() if count > 1), total

    def _read(self) -> Iterator[Item]:
        for path in self._paths:
            yield from self._read_one(path)

    def _read_one(self, path: str) -> Iterator[Item]:
        try:
            decoded = decode(self._bytes(path), where=path)
            yield from _documents(path, decoded)
        except InputError as error:
            yield error

    def _bytes(self, path: str) -> bytes:
        if path != STDIN:
            try:
                return Path(path).read_bytes()
            except (OSError, ValueError) as error:
                found = f"cannot be read ({getattr(error, 'strerror', None) or error})"
                raise InputError(path, found, "", "Check the name and the rights") from error
        if self._stdin is None:
            self._stdin = sys.stdin.buffer.read()
        return self._stdin


def read_document(path: str) -> Document:
    """Read one article from a file or `-`.

    Raises:
        InputError: if it cannot be read, or holds more than one article.
    """
    items = list(DocumentSource([path]))
    if len(items) != 1:
        raise InputError(path, f"holds {len(items)} articles", "Expected one", "Use: defpress extract")
    if isinstance(items[0], InputError):
        raise items[0]
    return items[0]


def _documents(path: str, decoded: Decoded) -> Iterator[Item]:
    suffix = Path(path).suffix.lower()
    if not decoded.text.strip():
        raise InputError(path, "the file is empty", "", "Give a file that holds text")
    reader: Callable[..., Iterable[Item]] | None = _RECORD_READERS.get(suffix)
    if reader is not None:
        found = False
        for item in reader(decoded.text, path=path):
            found = True
            if isinstance(item, Document):
                item = replace(item, warnings=decoded.warnings + item.warnings)
            yield item
        if not found:
            raise InputError(path, "the file holds no article", "", "Give one with records")
    elif suffix in _PAGES:
        page = read_page(decoded.text)
        if not page.text.strip():
            raise InputError(path, "no article was found in the page", "", "Save its text as .txt")
        yield Document(_name(path), page.text, path=path, warnings=decoded.warnings, **page.fields)
    else:
        yield Document(_name(path), decoded.text, path=path, warnings=decoded.warnings)


def _name(path: str) -> str:
    return "stdin" if path == STDIN else Path(path).stem
