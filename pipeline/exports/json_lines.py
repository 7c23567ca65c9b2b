"""`extractions.jsonl`, one object a document; a run of one document also gives `extraction.json`, indented."""

from __future__ import annotations

from pathlib import Path

from pipeline.exports.files import atomic_text, write_text
from pipeline.exports.jsonable import dump_json, extraction_to_dict
from pipeline.exports.run import RunData
from pipeline.records import Extraction


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write the extractions as JSON Lines; `excel_fr` changes nothing here.

    Raises:
        OutputError: if a file cannot be written.
    """
    paths = [folder / "extractions.jsonl"]
    first: Extraction | None = None
    several = False
    with atomic_text(paths[0]) as handle:
        for extraction in run.extractions:
            handle.write(dump_json(extraction_to_dict(extraction)) + "\n")
            first, several = first or extraction, first is not None
    if first and not several:
        paths.append(write_text(folder / "extraction.json", dump_json(extraction_to_dict(first), indent=2) + "\n"))
    return paths
