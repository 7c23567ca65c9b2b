"""The run folder: whose it is, whether it may be written, and the journal that survives a crash."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, OutputError, UsageError, on_one_line
from pipeline.exports.files import write_text
from pipeline.exports.jsonable import dump_json, extraction_from_dict, extraction_to_dict, load_json
from pipeline.records import Extraction
from pipeline.review.table import NAME as REVIEW
from pipeline.tables import TABLES

JOURNAL = "extractions.jsonl.part"
INFO = "run.json"

# Every name an exporter may leave behind: what `--overwrite` clears away, and nothing else.
_OUTPUTS = {
    *(f"{table}.{ending}" for table in TABLES for ending in ("csv", "parquet")),
    "extractions.jsonl", "extraction.json", "report.html", "defpress.xlsx", "defpress.sqlite", "defpress.spacy",
    "relations.graphml", "relations.gexf", JOURNAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A folder that holds one run, finished or not."""

    path: Path

    def info(self) -> dict[str, Any]:
        """Give what `run.json` says, {} without one."""
        try:
            found = json.loads((self.path / INFO).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write_info(self, info: Mapping[str, Any]) -> None:
        """Write `run.json` at once."""
        write_text(self.path / INFO, dump_json(info, indent=2) + "\n")

    def prepare(self, identity: str, *, resume: bool, overwrite: bool, review: str = "") -> bool:
        """Make the folder ready for the run named by `identity`.

        Args:
            identity: digest of what the run reads and of how it reads it.
            resume: go on with the unfinished run that is there.
            overwrite: clear away another run that is there.
            review: digest of the decisions in `review.csv`.

        Returns:
            Whether that very run is already complete.

        Raises:
            UsageError: if another run is there and neither option says what to do with it, if it is not the same, or if
                it is finished and its review has changed since.
            OutputError: if the folder cannot be written.
        """
        info = self.info()
        if resume and info:
            self._check_same(info, identity)
            complete = info.get("status") == "complete"
            if complete and _review_of(info) != review:
                found = f"{REVIEW} has changed since this run was finished"
                raise UsageError(str(self.path), found, "", "Use --overwrite to read the inputs again and apply it")
            self._sweep(also=[JOURNAL] if complete else [])
            return complete
        if self.is_taken(info) and not overwrite:
            advice = "Use --overwrite to replace it, --resume to go on with it, or --out DIR for another folder"
            raise UsageError(str(self.path), "the folder already holds a run or other files", "", advice)
        self._clear(info)
        return False

    def _check_same(self, info: Mapping[str, Any], identity: str) -> None:
        if info.get("identity") != identity:
            found = "the run in this folder was made from other inputs, with other options or another version"
            raise UsageError(str(self.path), found, "", "Use --overwrite, or --out DIR for another folder")

    def is_taken(self, info: Mapping[str, Any]) -> bool:
        """Say whether the folder holds anything; `info` is what `run.json` says."""
        # A run that read nothing (a mistyped name) may be replaced without asking.
        if info.get("status") == "complete" and info.get("n_documents") == 0:
            return False
        try:
            if not self.path.is_dir():
                return self.path.exists()
            return any(path.name != REVIEW for path in self.path.iterdir())
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _clear(self, info: Mapping[str, Any]) -> None:
        outputs = info.get("outputs")
        listed = {Path(str(name)).name for name in outputs} - {REVIEW} if isinstance(outputs, list) else set()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # `run.json` goes last: until then the folder is known as a run that may be overwritten.
            self._sweep(also=[*sorted(_OUTPUTS | listed), INFO])
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _sweep(self, *, also: list[str]) -> None:
        """Take away files of this run, and what a crash left half written."""
        half_written = [path.name for path in self.path.glob(".*.tmp")]
        for name in [*half_written, *also]:
            (self.path / name).unlink(missing_ok=True)


def _review_of(info: Mapping[str, Any]) -> str:
    review = info.get("review")
    return str(review.get("digest", "")) if isinstance(review, dict) else ""


class Journal:
    """The extractions of a run as they come, one JSON line each with its text, made safe at every line.

    A line cut short by a crash is dropped when the journal is opened again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._handle = path.open("r+b" if path.exists() else "w+b")
        except OSError as error:
            raise _unwritable(path, error) from error

    def kept(self) -> Iterator[Extraction]:
        """Give the extractions that are already there, and cut off what follows the last whole one."""
        good = 0
        for number, line in enumerate(self._handle, start=1):
            if not line.endswith(b"\n"):
                break
            where = f"{self.path}, line {number}"
            try:
                extraction = extraction_from_dict(load_json(line.decode("utf-8"), where=where), where=where)
            except (InputError, UnicodeDecodeError):
                break
            good += len(line)
            yield extraction
        self._handle.seek(good)
        self._handle.truncate()

    def append(self, extraction: Extraction) -> None:
        """Write one extraction; it is in the hands of the operating system when this returns.

        Raises:
            OutputError: if it cannot be written, for instance because the disk is full.
        """
        line = dump_json(extraction_to_dict(extraction, with_text=True)) + "\n"
        try:
            self._handle.write(line.encode("utf-8"))
            self._handle.flush()
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        with suppress(OSError):
            self._handle.close()

    def remove(self) -> None:
        """Take the journal away once the tables stand."""
        self.close()
        self.path.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> OutputError:
    advice = "Make room or choose another folder, then go on with --resume"
    return OutputError(str(path), f"cannot be written ({error.strerror})", "", advice)


def run_name(paths: list[str]) -> str:
    """Name a run after its one input, or after the folder that several share.

    Examples:
        >>> run_name(["corpus/la-russie.txt"]), run_name(["a/x.txt", "a/y.txt"]), run_name([".."]), run_name(["-"])
        ('la-russie', 'a', 'run', 'stdin')
    """
    if paths == ["-"]:
        return "stdin"
    if len(paths) == 1:
        path = Path(paths[0])
        # Not `Path.is_dir`, which raises on a name that is too long.
        name = path.name if os.path.isdir(path) else path.stem  # noqa: PTH112
    else:
        name = Path(os.path.commonpath([Path(path).parent for path in paths])).name if _alike(paths) else ""
    safe = re.sub(r"[^\w.+ -]+", "-", on_one_line(name)).strip(" .-")[:120].rstrip(" .-")
    return safe or "run"


def _alike(paths: list[str]) -> bool:
    return len({Path(path).is_absolute() for path in paths}) == 1
