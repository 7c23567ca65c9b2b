"""A whole run on a Dask cluster: partitions to workers, then the tables of the whole run."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from distributed import Client, KilledWorker, LocalCluster, as_completed

from pipeline.cluster.names import Names, find_names
from pipeline.cluster.partitions import Partition, find_files, find_partitions
from pipeline.cluster.write import Part, do_partition, part_path
from pipeline.errors import DefpressError, InputError, OutputError, UsageError
from pipeline.exports.parquet import write_table
from pipeline.lexicon.user import with_user_lexicons
from pipeline.runs import run as local
from pipeline.runs.folder import RunFolder
from pipeline.runs.info import identity_of, run_info
from pipeline.runs.run import Failure, Progress, Summary, as_before
from pipeline.tables import TABLES, EntityTally
from pipeline.transfers import TransferLedger

WAIT = 30  # seconds that a scheduler and its first worker are given to answer
_START = "dask worker ADDRESS --nthreads 1 --nworkers N"


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `python -m pipeline.cluster`, checked; without a `scheduler` a local cluster is started."""

    paths: tuple[str, ...]
    out: Path
    workers: int = 2
    scheduler: str = ""
    lexicons: tuple[str, ...] = ()
    rows: int = 1000


def run(options: Options, *, progress: Progress | None = None) -> Summary:
    """Read Parquet files of articles on a cluster, write a folder of Parquet files for each table.

    Run again, it goes on where it was interrupted: partitions whose files are complete are not read again.

    Args:
        options: what to read, where to write and on what cluster.
        progress: called after each partition with what was done so far and how many partitions there are.

    Raises:
        DefpressError: if the run cannot be done at all; a partition that cannot be read only counts as failed.
    """
    started = time.monotonic()
    files = find_files(options.paths)
    partitions = find_partitions(files, rows=options.rows)
    if options.lexicons:
        with_user_lexicons(options.lexicons)  # a bad one is said here, not by every worker
    summary = Summary(options.out)
    folder, identity = RunFolder(options.out), _identity(options, files)
    if _is_complete(folder, identity):
        return as_before(folder, summary)
    with _connect(options) as client:
        names = find_names(partitions, partial(_each_well, client))
        # Only now: a file that cannot be read, and is put right, leaves no other run in the folder.
        _begin(folder, identity)
        entities, ledger, incomplete = _do(client, options, partitions, names, summary, progress)
    _write_run(options.out, entities, ledger, summary)
    summary.failures.sort(key=lambda failure: failure.where)  # partitions come back in any order
    summary.seconds = time.monotonic() - started
    info = run_info(_as_local(options), summary, identity=identity, read=files, outputs=[*TABLES, "extractions"])
    info["command"] = ["python", "-m", "pipeline.cluster", *sys.argv[1:]]
    info["status"] = "incomplete" if incomplete else "complete"
    folder.write_info(info)
    return summary


def _identity(options: Options, files: list[str]) -> str:
    states = [(path, Path(path).stat()) for path in files]
    inputs = [f"{path}\x1f{state.st_size}\x1f{state.st_mtime_ns}" for path, state in states]
    return identity_of(_as_local(options), [str(options.rows), *inputs])


def _is_complete(folder: RunFolder, identity: str) -> bool:
    """Whether the folder holds this run, complete; one that holds anything else is refused."""
    info = folder.info()
    if info.get("identity") == identity:
        return info.get("status") == "complete"
    if info or folder.is_taken(info):
        found = "the folder holds other files, or a run of other inputs, with other options or of another version"
        raise UsageError(str(folder.path), found, "", "Choose another folder with --out")
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        found = f"cannot be written ({error.strerror})"
        raise OutputError(str(folder.path), found, "", "Choose another folder with --out") from error
    return False


def _begin(folder: RunFolder, identity: str) -> None:
    folder.write_info({"status": "running", "identity": identity})
    for half_written in folder.path.glob("*/.*.tmp"):
        half_written.unlink(missing_ok=True)


def _do(
    client: Client,
    options: Options,
    partitions: list[Partition],
    names: dict[int, Names],
    summary: Summary,
    progress: Progress | None,
) -> tuple[EntityTally, TransferLedger, bool]:
    entities, ledger, incomplete = EntityTally(), TransferLedger(), False
    out = options.out.absolute()
    arguments = [(partition, names.get(partition.number, {}), out, options.lexicons) for partition in partitions]
    total = sum(partition.rows for partition in partitions)
    for number, found in _each(client, do_partition, arguments):
        if isinstance(found, Part):
            entities.merge(found.entities)
            ledger.merge(found.ledger)
            _count(found, summary)
        else:
            error = _as_ours(partitions[number], found)
            summary.failures.append(Failure(error.where, str(error).removeprefix(f"{error.where}: ")))
            incomplete = True
        if progress is not None:
            progress(summary, total)
    return entities, ledger, incomplete


def _count(part: Part, summary: Summary) -> None:
    summary.documents += part.documents
    summary.kept += part.documents if part.kept else 0
    summary.warnings += part.warned
    summary.failures += part.failures
    known = summary.counts
    summary.counts = {table: known.get(table, 0) + count for table, count in part.counts.items()}


def _each(client: Client, function: Callable[..., Any], arguments: list[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
    """Call a function on the workers; what was raised comes in place of a result.

    Each worker has one call at a time: those that wait on it would be blamed with the one that kills it, and results
    that come faster than they are taken would fill its memory. Workers that join later get their share.
    """
    left = iter(enumerate(arguments))
    numbers: dict[Any, int] = {}
    running = as_completed()

    def hand_out(count: int) -> None:
        for number, values in islice(left, count):
            future = client.submit(function, *values, pure=False)
            numbers[future] = number
            running.add(future)

    hand_out(len(client.nthreads()))
    for future in running:
        if future.cancelled():
            found = "the connection to the cluster is lost"
            raise UsageError("--scheduler", found, "", "Start it again, then go on with the same command")
        error = future.exception()
        yield numbers.pop(future), future.result() if error is None else error
        hand_out(max(len(client.nthreads()) - len(numbers), 1))


def _each_well(
    client: Client, function: Callable[..., Any], arguments: list[tuple[Any, ...]]
) -> Iterator[tuple[int, Any]]:
    """The same, but the first error ends the run: names depend on every article."""
    for number, found in _each(client, function, arguments):
        if isinstance(found, Exception):
            raise _as_ours(arguments[number][0], found)
        yield number, found


def _as_ours(partition: Partition, error: Exception) -> DefpressError:
    """An error of a worker, as the user may know it; one that no other partition would escape ends the run."""
    if isinstance(error, KilledWorker):
        found = f"every worker that read it died, {error.allowed_failures + 1} in a row"
        return InputError(str(partition), found, "", "Give the workers more memory, or fewer articles with --rows")
    if isinstance(error, DefpressError):
        if isinstance(error, InputError):
            return error
        raise error
    return InputError(str(partition), f"{type(error).__name__}: {error}")


def _write_run(out: Path, entities: EntityTally, ledger: TransferLedger, summary: Summary) -> None:
    rows = entities.rows()
    transfers = ledger.rows(rows)
    summary.transfers = len(transfers)
    write_table(TABLES["entities"], rows, part_path(out, "entities"))
    write_table(TABLES["transfers"], transfers, part_path(out, "transfers"))


@contextmanager
def _connect(options: Options) -> Iterator[Client]:
    if not options.scheduler:
        local_cluster = LocalCluster(
            n_workers=options.workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",  # any free port: two runs at once do not meet
            silence_logs=logging.CRITICAL,
        )
        with local_cluster as cluster, Client(cluster) as client:
            yield client
        return
    with _reach(options.scheduler) as client:
        yield client


@contextmanager
def _reach(address: str) -> Iterator[Client]:
    where = f"--scheduler {address}"
    try:
        client = Client(address, timeout=WAIT)
    except (OSError, ValueError) as error:
        found = f"no scheduler answers ({' '.join(str(error).split())[:120]})"
        raise UsageError(where, found, "Expected an address like tcp://10.0.0.1:8786") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError as error:
            raise UsageError(where, "the scheduler has no worker", "", f"Start some: {_START}") from error
        if any(threads > 1 for threads in client.nthreads().values()):
            found = "a worker has several threads, but the language model bears one"
            raise UsageError(where, found, "", f"Start workers with: {_START}")
        yield client


def _as_local(options: Options) -> local.Options:
    return local.Options(
        paths=options.paths, out=options.out, formats=("parquet",), jobs=options.workers, lexicons=options.lexicons
    )
