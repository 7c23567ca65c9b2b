"""French defence press to tables: mentions, claims, relations and arms transfers, each with its sentence.

    from pipeline import Extractor, extract

    result = extract("La Russie livre des S-400 à l'Iran.")
    result.relations[0].type        # RelationType.SUPPLIES
    result.tables()["relations"]    # a pandas DataFrame

Importing the package is cheap: spaCy is imported with the first `Extractor`, pandas with the first DataFrame.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.errors import DefpressError
    from pipeline.extractor import Extractor, extract
    from pipeline.records import Document, Extraction
    from pipeline.review.apply import apply_review
    from pipeline.review.table import read_review

__version__ = "0.1.0"
__all__ = ["DefpressError", "Document", "Extraction", "Extractor", "apply_review", "extract", "read_review"]

_HOMES = {
    "DefpressError": "pipeline.errors",
    "Document": "pipeline.records",
    "Extraction": "pipeline.records",
    "Extractor": "pipeline.extractor",
    "apply_review": "pipeline.review.apply",
    "extract": "pipeline.extractor",
    "read_review": "pipeline.review.table",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
