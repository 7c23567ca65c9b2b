"""Documents through the extractor in order, in this process or in several.

Workers are forked after the model is loaded, so that they share its memory. A worker that dies costs one document:
it is tried once more alone, then given up. What is read ahead is bounded, so that memory does not grow with the run.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.records import Document, Extraction
from pipeline.runs.failures import failed_extraction

if TYPE_CHECKING:
    from pipeline.extractor import Extractor

READ_AHEAD = 16  # documents a worker may be ahead of the oldest one that is still being read
MAX_TRIES = 2
SMALL = 16_000  # characters that fit into a pipe's buffer whatever they are


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document's extraction; `failure` says why it holds nothing, "" when all went well."""

    extraction: Extraction
    failure: str = ""


@dataclass(slots=True)
class _Task:
    number: int
    document: Document
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    tasks: deque[_Task] = field(default_factory=deque)


def extract_all(extractor: Extractor, documents: Iterable[Document], *, jobs: int = 1) -> Iterator[Outcome]:
    """Extract documents lazily and in order; none stops the others.

    Raises:
        UsageError: if `jobs` is less than 1, or more than 1 on a system that cannot fork.
    """
    if jobs < 1:
        raise UsageError("--jobs", f"{jobs} is not a number of processes", "Expected 1 or more")
    if jobs == 1:
        return (_extract_one(extractor, document) for document in documents)
    if "fork" not in multiprocessing.get_all_start_methods():
        raise UsageError("--jobs", "this system cannot fork processes", "Expected 1", "Use: --jobs 1")
    return _Pool(extractor, jobs).run(documents)


def _extract_one(extractor: Extractor, document: Document) -> Outcome:
    try:
        return Outcome(extractor.extract(document))
    except Exception as error:  # one odd document must not end a run of thousands
        reason = f"{type(error).__name__}: {error}"
        return Outcome(failed_extraction(document, reason), reason)


class _Pool:
    def __init__(self, extractor: Extractor, jobs: int) -> None:
        self._extractor = extractor
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()
        self._next: _Task | None = None

    def run(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        tasks = (_Task(number, document) for number, document in enumerate(documents))
        done: dict[int, Outcome] = {}
        following = 0
        try:
            self._workers = [self._start() for _ in range(self._jobs)]
            while True:
                exhausted = self._hand_out(tasks, held=len(done))
                if exhausted and not any(worker.tasks for worker in self._workers) and not self._again:
                    break
                self._collect(done)
                while following in done:
                    yield done.pop(following)
                    following += 1
        finally:
            self._stop()

    def _hand_out(self, tasks: Iterator[_Task], *, held: int) -> bool:
        """Keep every worker busy with one document and one more waiting; True when no document is left."""
        for worker in self._workers:
            # A document that has killed a worker is read alone: nothing new is handed out until it is under way.
            if self._again and not worker.tasks:
                self._send(worker, self._again.popleft())
            while not self._again and len(worker.tasks) < 2 and not any(task.tries for task in worker.tasks):
                if sum(len(other.tasks) for other in self._workers) + held >= READ_AHEAD * self._jobs:
                    return False
                self._next = self._next or next(tasks, None)
                if self._next is None:
                    return True
                # Written to the pipe of a worker that is writing itself, a long document could block both.
                if worker.tasks and len(self._next.document.text) > SMALL:
                    break
                self._send(worker, self._next)
                self._next = None
        return False

    def _send(self, worker: _Worker, task: _Task) -> None:
        worker.tasks.append(task)
        with suppress(OSError):  # dead already: `_collect` sees the end of its pipe
            worker.pipe.send(task.document)

    def _collect(self, done: dict[int, Outcome]) -> None:
        ready = wait([worker.pipe for worker in self._workers])
        for worker in [worker for worker in self._workers if worker.pipe in ready]:
            try:
                outcome = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker, done)
            else:
                done[worker.tasks.popleft().number] = outcome

    def _bury(self, worker: _Worker, done: dict[int, Outcome]) -> None:
        """Put a new worker in the place of a dead one; the document it was reading gets one more try."""
        worker.process.join()
        worker.pipe.close()
        code = worker.process.exitcode or 0
        if worker.tasks:
            task = worker.tasks.popleft()
            task.tries += 1
            self._again.append(task)
            if task.tries >= MAX_TRIES:
                self._again.pop()
                reason = f"the process that read it ended {_how(code)}"
                done[task.number] = Outcome(failed_extraction(task.document, reason), reason)
        self._again.extend(worker.tasks)
        self._workers[self._workers.index(worker)] = self._start()

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        others = [worker.pipe for worker in self._workers]
        process = context.Process(target=_work, args=(self._extractor, theirs, [ours, *others]), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _stop(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


def _work(extractor: Extractor, pipe: Connection, inherited: list[Connection]) -> None:
    """Read documents from the pipe until it ends; it ends with the parent, however that ends."""
    # Ends of other pipes that the fork left open here would keep siblings waiting for a parent that is gone.
    for connection in inherited:
        connection.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        while True:
            pipe.send(_extract_one(extractor, pipe.recv()))
    except (EOFError, OSError):
        os._exit(0)


def _how(code: int) -> str:
    if code < 0:
        return f"by signal {signal.Signals(-code).name}" if -code in {*signal.Signals} else f"by signal {-code}"
    return f"with status {code}"
