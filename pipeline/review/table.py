"""`review.csv` as a file: read as any spreadsheet saves it, written once with its header alone."""

from __future__ import annotations

import csv
import errno
import io
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.documents.decode import decode
from pipeline.errors import DefpressError, OutputError, UsageError
from pipeline.model import without_garbage_collection
from pipeline.review.decisions import Conflict, Decision, Review, digest_of, parse_line, shown, without_contradictions
from pipeline.tables import csv_line, unescape_cell

NAME = "review.csv"
HEADER = ("row_id", "decision", "value", "note")
MAX_BYTES = 200_000_000
_MAX_CELL = 100_000_000
_ACCEPTED = f"Expected a CSV file with the columns {', '.join(HEADER)}"


def read_review(path: str | Path) -> Review:
    """Read a review; a file that is not there is a review without decisions.

    Commas, semicolons or tabs, UTF-8, UTF-16 or cp1252, blank lines, further columns and capitals in the header are
    all read; the apostrophe before a cell that a spreadsheet would run is left out. `note` is the analyst's own.
    A line that makes no sense is a conflict and does not stop the others.

    Raises:
        UsageError: if the file cannot be read at all, lacks `row_id` or `decision`, or has an unclosed quotation mark.
    """
    path = Path(path)
    decisions: list[Decision] = []
    conflicts: list[Conflict] = []
    undecided = 0
    with without_garbage_collection():
        for line, row_id, action, value in _lines(_text(path), path):
            if not action:
                undecided += 1
                continue
            found = parse_line(line, row_id, action, value)
            if isinstance(found, Decision):
                decisions.append(found)
            else:
                conflicts.append(found)
        kept, denied = without_contradictions(decisions)
        conflicts = sorted([*conflicts, *denied], key=lambda conflict: conflict.line)
        return Review(tuple(kept), tuple(conflicts), undecided, digest_of(kept))


def write_header(folder: Path, *, excel_fr: bool = False) -> None:
    """Put an empty review into a run folder, unless there is one: nothing that stands there is ever touched.

    Raises:
        OutputError: if it cannot be written.
    """
    path = folder / NAME
    try:
        with path.open("x", encoding="utf-8-sig" if excel_fr else "utf-8", newline="") as handle:
            handle.write(csv_line(HEADER, excel_fr=excel_fr))
    except FileExistsError:
        return
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error.strerror})", "", "Make room") from error


def _text(path: Path) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UsageError(str(path), "this is no plain file", _ACCEPTED, "Move it away")
        if status.st_size > MAX_BYTES:
            raise UsageError(str(path), f"holds {status.st_size} bytes", f"Accepted are {MAX_BYTES}", "Shorten it")
        return decode(path.read_bytes(), where=str(path)).text
    except (FileNotFoundError, NotADirectoryError) as error:
        if path.is_symlink():
            raise UsageError(str(path), "this link leads nowhere", _ACCEPTED, "Remove it") from error
        return ""
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return ""  # no such folder can be made: the run itself says so
        found = f"cannot be read ({error.strerror})"
        raise UsageError(str(path), found, _ACCEPTED, "Check its rights, or move it away") from error
    except DefpressError as error:
        raise UsageError(str(path), error.found, _ACCEPTED, error.advice) from error


def _lines(text: str, path: Path) -> Iterator[tuple[int, str, str, str]]:
    """(line number, row id, decision, value) of every line that says something."""
    columns: tuple[int, ...] = ()
    for line, cells in _records(text, path):
        if not columns:
            columns = _columns(cells, path)
            continue
        cells.append("")  # where a missing column is read
        row_id, action, value = [cells[min(at, len(cells) - 1)].strip() for at in columns]
        if row_id or action or value:
            yield line, unescape_cell(row_id), unescape_cell(action), unescape_cell(value)


def _records(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, cells) of every record that is not blank."""
    csv.field_size_limit(_MAX_CELL)
    head = text.lstrip("\r\n\t ;,")[:1000].splitlines()
    delimiter = max(",;\t", key=head[0].count) if head else ","
    # Strict: without it a quotation mark that is never closed swallows all lines that follow, in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells) and not "".join(cells).isspace():
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        advice = "Look for a quotation mark that is not closed, and save the file as CSV again"
        raise UsageError(f"{path}, line {line}", f"this is not CSV ({error})", "", advice) from error


def _columns(cells: list[str], path: Path) -> tuple[int, ...]:
    """Where row id, decision and value stand; a missing `value`, which few decisions need, beyond the last cell."""
    names = [cell.strip().strip("\ufeff").lower() for cell in cells]
    for name in HEADER[:3]:
        if names.count(name) > 1:
            raise UsageError(str(path), f"the column '{name}' stands there twice", _ACCEPTED, "Remove one")
    for name in HEADER[:2]:
        if name not in names:
            found = f"its first line has no column '{name}' (found {', '.join(map(shown, names[:6]))})"
            raise UsageError(str(path), found, _ACCEPTED, "Put the header back, or move the file away")
    return tuple(names.index(name) if name in names else len(names) for name in HEADER[:3])
