"""What stands in the tables for a document that could not be processed, and what is said about an odd one."""

from __future__ import annotations

import hashlib

from pipeline.cleaning import shown
from pipeline.errors import on_one_line
from pipeline.records import Coverage, CoverageStatus, Document, DocumentRow, Extraction


def sha256_of(text: str) -> str:
    """Digest of a text, as it stands in the `documents` table."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def not_french(language: str) -> tuple[str, ...]:
    """The warning about a text that does not look French, none for one that does."""
    if language == "fr":
        return ()
    seems = "in no known language" if language == "und" else f"in another language ({language})"
    return (f"language: the text seems to be {seems}, only French is read well",)


def failed_extraction(document: Document, reason: str) -> Extraction:
    """Give the rows of a document that broke the extraction: itself, with the reason, and one `error` stretch."""
    text = document.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    row = DocumentRow(
        document.doc_id, document.title, document.outlet, document.path, document.published, "und", sha256_of(text),
        len(text), len(text.split()), 0, 0, 0, 0, (*document.warnings, f"error: {on_one_line(reason)}"),
    )  # fmt: skip
    stretch = Coverage(document.doc_id, -1, start, end, CoverageStatus.ERROR, 0, 0, 0, shown(text[start:end]))
    return Extraction(row, coverage=(stretch,) if start < end else (), text=text)
