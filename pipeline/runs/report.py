"""What the terminal shows of a run: a progress bar where somebody looks, then a short summary. All of it on stderr."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from pipeline.errors import on_one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from pipeline.runs.run import Summary

MAX_LISTED = 20  # failures written out; `run.json` holds them all


class Reporter:
    """Progress and summary of a run.

    Args:
        quiet: say nothing but failures.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Reporter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def progress(self, summary: Summary, total: int) -> None:
        """Move the bar; it only shows on a terminal and for more than a few documents."""
        if self._quiet or total < 3 or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = _make_bar()
            self._task = self._bar.add_task("", total=total)
            self._bar.start()
        assert self._task is not None
        failed = f"{len(summary.failures)} failed" if summary.failures else ""
        self._bar.update(self._task, completed=summary.documents + len(summary.failures), description=failed)

    def summary(self, summary: Summary) -> None:
        """Say what was done, what failed and what to look at."""
        for failure in summary.failures[:MAX_LISTED]:
            _say(f"defpress: {failure.where}: {failure.reason}")
        if len(summary.failures) > MAX_LISTED:
            _say(f"defpress: {len(summary.failures) - MAX_LISTED} more failed, see {summary.folder / 'run.json'}")
        for conflict in summary.review.conflicts[:MAX_LISTED]:
            _say(f"defpress: review.csv, line {conflict.line}: not applied: {conflict.reason}")
        if len(summary.review.conflicts) > MAX_LISTED:
            more = len(summary.review.conflicts) - MAX_LISTED
            _say(f"defpress: {_many(more, 'more line')} of review.csv not applied, see {summary.folder / 'run.json'}")
        if self._quiet:
            return
        if summary.complete_before:
            _say(f"Nothing to do: {summary.folder} holds this run already, complete.")
            return
        counted = ", ".join(f"{count} {name}" for name, count in summary.counts.items())
        counted += f", {summary.transfers} transfers; {summary.seconds:.1f} s"
        _say(f"{_many(summary.documents, 'document')}: {counted}")
        if summary.kept:
            _say(f"{_many(summary.kept, 'document')} kept from the interrupted run")
        if summary.review.applied:
            _say(f"{_many(summary.review.applied, 'decision')} of review.csv applied")
        if summary.warnings:
            _say(f"{_many(summary.warnings, 'document')} with warnings, see the column 'warnings' of documents")
        if summary.passed_over:
            _say(f"{_many(summary.passed_over, 'other file')} in the folders passed over")
        _say(f"Written to {summary.folder}")


def _make_bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        BarColumn(), MofNCompleteColumn(), TaskProgressColumn(show_speed=True), TimeRemainingColumn(),
        TextColumn("{task.description}"), console=Console(stderr=True), transient=True,
    )  # fmt: skip


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _say(line: str) -> None:
    encoding = sys.stderr.encoding or "utf-8"
    print(on_one_line(line).encode(encoding, errors="backslashreplace").decode(encoding), file=sys.stderr)
