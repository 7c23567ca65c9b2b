"""`defpress extract`: from arguments to a run folder, streaming and resumable."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.documents import DocumentSource, Inputs, find_inputs
from pipeline.errors import InputError, UsageError
from pipeline.exports import export
from pipeline.exports.run import ExtractionFile, RunData
from pipeline.model import without_garbage_collection
from pipeline.records import Document, Extraction
from pipeline.review.outcome import Outcome, OutcomeTally, ReviewedRun
from pipeline.review.plan import make_plan
from pipeline.review.table import NAME as REVIEW
from pipeline.review.table import read_review, write_header
from pipeline.runs.failures import sha256_of
from pipeline.runs.folder import JOURNAL, Journal, RunFolder, run_name
from pipeline.runs.info import identity_of, run_info
from pipeline.runs.tally import RunTally

if TYPE_CHECKING:
    from pipeline.extractor import Extractor
    from pipeline.lexicon.gazetteer import Gazetteer
    from pipeline.review.decisions import Review


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `defpress extract`, checked."""

    paths: tuple[str, ...]
    out: Path | None = None
    formats: tuple[str, ...] = ("csv", "json", "html")
    jobs: int = 1
    resume: bool = False
    overwrite: bool = False
    lexicons: tuple[str, ...] = ()
    published: str = ""
    excel_fr: bool = False


@dataclass(slots=True)
class Failure:
    """An input that gave nothing, and why."""

    where: str
    reason: str


@dataclass(slots=True)
class Summary:
    """What a run did, for the last lines on the terminal."""

    folder: Path
    documents: int = 0
    kept: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    transfers: int = 0
    failures: list[Failure] = field(default_factory=list)
    warnings: int = 0
    passed_over: int = 0
    review: Outcome = field(default_factory=Outcome)
    seconds: float = 0.0
    complete_before: bool = False


Progress = Callable[[Summary, int], None]


def run(options: Options, *, progress: Progress | None = None) -> Summary:
    """Read the inputs, write the run folder.

    Args:
        options: what to read, where to write and how.
        progress: called after each document with what was done so far and how many inputs there are.

    Raises:
        DefpressError: if the run cannot be done at all; an input that cannot be read only counts as failed.
    """
    started = time.monotonic()
    inputs = find_inputs(options.paths)
    name = run_name(list(options.paths))
    folder = RunFolder(options.out or Path("outputs", name))
    source = DocumentSource(inputs.paths, published=options.published)
    identity = identity_of(options, inputs.paths)
    summary = Summary(folder.path, passed_over=inputs.passed_over)
    review = read_review(folder.path / REVIEW)
    if folder.prepare(identity, resume=options.resume, overwrite=options.overwrite, review=review.digest):
        return as_before(folder, summary)
    folder.write_info({"status": "running", "identity": identity})
    _Run(options, folder, inputs, source, review, summary, progress).do(name, identity, started)
    return summary


class _Run:
    def __init__(
        self,
        options: Options,
        folder: RunFolder,
        inputs: Inputs,
        source: DocumentSource,
        review: Review,
        summary: Summary,
        progress: Progress | None,
    ) -> None:
        self.options, self.folder, self.inputs, self.source = options, folder, inputs, source
        self.review, self.summary, self.progress = review, summary, progress
        self.tally = RunTally()
        self.read: list[str] = []

    def do(self, name: str, identity: str, started: float) -> None:
        summary = self.summary
        summary.failures = [Failure(error.where, _reason(error)) for error in self.inputs.failed]
        journal = Journal(self.folder.path / JOURNAL)
        try:
            self._extract(journal)
        finally:
            journal.close()
        # The journal keeps what was extracted: corrections are made on the way to the tables, anew in every run.
        extractions = self._reviewed(ExtractionFile(journal.path))
        entities = self.tally.entities.rows()
        transfers = self.tally.ledger.rows(entities)
        summary.counts, summary.transfers = self.tally.counts, len(transfers)
        applied = summary.review.applied
        corrections = {"corrections appliquées": str(applied)} if applied else {}
        data = RunData(extractions, entities, transfers, name=name, info=corrections)
        paths = export(data, self.folder.path, formats=self.options.formats, excel_fr=self.options.excel_fr)
        summary.seconds = time.monotonic() - started
        outputs = sorted(path.name for path in paths)
        write_header(self.folder.path, excel_fr=self.options.excel_fr)
        info = run_info(
            self.options, summary, identity=identity, review=self.review.digest, read=self.read, outputs=outputs
        )
        self.folder.write_info(info)
        journal.remove()

    def _extract(self, journal: Journal) -> None:
        documents = self._documents()
        for extraction in journal.kept():
            self._check_same(extraction, next(documents, None))
            self._count(extraction)
            self.summary.kept += 1
        first = list(islice(documents, 1))
        if not first:
            return
        from pipeline.runs.pool import extract_all

        remaining = _chain(first, documents)
        for outcome in extract_all(self._extractor(), remaining, jobs=self.options.jobs):
            journal.append(outcome.extraction)
            self._count(outcome.extraction)

    def _reviewed(self, raw: ExtractionFile) -> Iterable[Extraction]:
        review = self.review
        self.summary.review = Outcome(undecided=review.undecided, conflicts=review.conflicts)
        if not review.decisions:
            return raw
        with without_garbage_collection():
            plan = make_plan(review, self.tally.entities.rows(), self._gazetteer())
        reviewed, outcome, self.tally = ReviewedRun(raw, plan), OutcomeTally(review, plan), RunTally()
        for document in reviewed.corrected():
            outcome.add(document)
            self.tally.add(document.extraction)
        self.summary.review = outcome.outcome({entity.entity_id: entity for entity in self.tally.entities.rows()})
        return reviewed

    def _gazetteer(self) -> Gazetteer:
        from pipeline.lexicon.gazetteer import Gazetteer
        from pipeline.lexicon.user import with_user_lexicons

        return with_user_lexicons(self.options.lexicons) if self.options.lexicons else Gazetteer.packaged()

    def _extractor(self) -> Extractor:
        from pipeline.extractor import Extractor

        return Extractor(lexicons=self.options.lexicons)

    def _documents(self) -> Iterator[Document]:
        for item in self.source:
            if isinstance(item, InputError):
                self.summary.failures.append(Failure(item.where, _reason(item)))
                self._tell()
            else:
                yield item

    def _check_same(self, extraction: Extraction, document: Document | None) -> None:
        known = extraction.document
        if document is None or (known.doc_id, known.sha256) != (document.doc_id, sha256_of(document.text)):
            found = f"'{known.doc_id}' has changed since the run was begun"
            raise UsageError(str(self.folder.path), found, "", "Use --overwrite to begin anew")

    def _count(self, extraction: Extraction) -> None:
        self.tally.add(extraction)
        summary, row = self.summary, extraction.document
        summary.documents += 1
        summary.warnings += bool(row.warnings)
        errors = [warning for warning in row.warnings if warning.startswith("error: ")]
        if errors:
            summary.failures.append(Failure(row.doc_id, errors[0].removeprefix("error: ")))
        elif row.path not in self.read[-1:]:
            self.read.append(row.path)
        self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.summary, len(self.source))


def _chain(first: list[Document], rest: Iterator[Document]) -> Iterator[Document]:
    yield from first
    yield from rest


def _reason(error: InputError) -> str:
    return str(error)[len(error.where) + 2 :] if str(error).startswith(f"{error.where}: ") else str(error)


def as_before(folder: RunFolder, summary: Summary) -> Summary:
    """Say of a run that is complete already what `run.json` says of it."""
    info: dict[str, Any] = folder.info()
    summary.complete_before = True
    summary.documents = int(info.get("n_documents", 0))
    summary.failures = [Failure(item["input"], item["reason"]) for item in info.get("inputs", {}).get("failed", ())]
    return summary
