"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from pipeline.errors import OutputError


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; it takes its place at the end, or vanishes on any error.

    Raises:
        OutputError: if the folder or the file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        advice = "Choose another folder with --out, or make room"
        raise OutputError(str(path), f"cannot be written ({error.strerror or error})", "", advice) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def atomic_text(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    r"""Open a text file that appears whole or not at all; line ends are `\n` everywhere.

    Raises:
        OutputError: if the folder or the file cannot be written.
    """
    with atomic_path(path) as temporary, temporary.open("w", encoding=encoding, newline="") as handle:
        yield handle


def write_text(path: Path, text: str) -> Path:
    """Write a whole UTF-8 file."""
    with atomic_text(path) as handle:
        handle.write(text)
    return path
