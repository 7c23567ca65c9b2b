"""Arrays computed from the files of an installed package, kept in the user's cache folder.

The cache only saves time. It lies in `$XDG_CACHE_HOME/defpress` (`~/.cache/defpress`), one file for each state of the
source files, and may be deleted at any moment; where it cannot be written, everything works without it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

Arrays = dict[str, "NDArray[Any]"]
LAYOUT = 1  # to be raised with every change of what is kept


def derived(name: str, sources: Sequence[Path], build: Callable[[], Arrays]) -> Arrays:
    """Arrays that `build` computes from the source files, from the cache where it holds them.

    A file that is damaged or of other sources is built anew without a word. It appears under its name when it is
    complete, so that processes that start at the same time do no harm to each other.
    """
    try:
        path = _folder() / f"{name}-{_state(sources)}.npz"
    except (OSError, RuntimeError):  # no home, no source file: `build` has its own way of saying so
        return build()
    try:
        return _read(path)
    except Exception:  # whatever is wrong with the file, it is made again
        arrays = build()
        with suppress(OSError):
            _write(path, arrays)
        return arrays


def sorted_by_key(keys: str, values: str, table: Mapping[int, int]) -> Arrays:
    """A table from 64-bit hashes to small numbers as two arrays of these names, sorted by key."""
    import numpy

    unsorted = numpy.fromiter(table.keys(), dtype="u8", count=len(table))
    order = unsorted.argsort()
    return {keys: unsorted[order], values: numpy.fromiter(table.values(), dtype="i4", count=len(table))[order]}


def position(keys: NDArray[Any], key: int) -> int:
    """Where a sorted array of unsigned 64-bit numbers holds a key, -1 where it does not."""
    at = int(keys.searchsorted(keys.dtype.type(key)))
    return at if at < len(keys) and keys[at] == key else -1


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "defpress"


def _state(sources: Sequence[Path]) -> str:
    """What tells one state of the sources from another: layout, names, sizes, times of change."""
    stats = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in sources]
    return sha256(repr((LAYOUT, stats)).encode()).hexdigest()[:16]


def _read(path: Path) -> Arrays:
    import numpy

    # every member of the archive carries a check sum, which reading compares
    with numpy.load(path, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _write(path: Path, arrays: Arrays) -> None:
    import numpy

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            numpy.savez(stream, **arrays)  # type: ignore[arg-type]
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
