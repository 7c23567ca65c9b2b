"""Writers of a run: one module a format, each with `write(run, folder, *, excel_fr=False) -> list[Path]`.

A new format is one module and one line of `EXPORTERS`. A module is imported when its format is asked for, so that
optional packages are needed by nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from pipeline.errors import DependencyError, UsageError
from pipeline.exports.run import RunData

Writer = Callable[..., list[Path]]

EXPORTERS = {
    "csv": "pipeline.exports.csv_tables",
    "json": "pipeline.exports.json_lines",
    "html": "pipeline.exports.report",
    "xlsx": "pipeline.exports.xlsx",
    "parquet": "pipeline.exports.parquet",
    "sqlite": "pipeline.exports.sqlite",
    "graphml": "pipeline.exports.graphml",
    "gexf": "pipeline.exports.gexf",
    "spacy": "pipeline.exports.docbin",
}
DEFAULT_FORMATS = ("csv", "json", "html")


def exporter(name: str) -> Writer:
    """Import the writer of a format.

    Raises:
        UsageError: if there is no such format.
        DependencyError: if the format needs a package that is not installed.
    """
    if name not in EXPORTERS:
        close = get_close_matches(name, EXPORTERS, n=1)
        advice = f"Did you mean '{close[0]}'?" if close else ""
        raise UsageError("--format", f"'{name}' is not a format", f"Formats are {', '.join(EXPORTERS)}", advice)
    try:
        write: Writer = import_module(EXPORTERS[name]).write
    except ModuleNotFoundError as error:
        advice = f"Install it with: pip install {error.name}"
        raise DependencyError(f"--format {name}", f"the package '{error.name}' is not installed", "", advice) from error
    return write


def export(run: RunData, folder: Path, *, formats: tuple[str, ...], excel_fr: bool = False) -> list[Path]:
    """Write a run in several formats; every format is looked up before the first file is written.

    Returns:
        The files written, in the order of the formats.
    """
    writers = [exporter(name) for name in formats]
    return [path for write in writers for path in write(run, folder, excel_fr=excel_fr)]
