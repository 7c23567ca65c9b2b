"""Paths, folders, globs and `-` to a sorted list of inputs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path

from pipeline.errors import InputError

SUFFIXES = (".txt", ".text", ".md", ".html", ".htm", ".jsonl", ".ndjson", ".csv")
STDIN = "-"


@dataclass(slots=True)
class Inputs:
    """What the user asked to read: paths in order, what cannot be found, and how many files were passed over."""

    paths: list[str] = field(default_factory=list)
    failed: list[InputError] = field(default_factory=list)
    passed_over: int = 0


def find_inputs(arguments: Iterable[str]) -> Inputs:
    """Expand the arguments of the command line.

    Folders are read with their subfolders; in them only files with one of `SUFFIXES` count; hidden ones, links to
    folders and pipes, which might never end, are passed over. The result is sorted and holds each file once, so that
    neither the order of the arguments nor that of the file system shows in the tables.
    """
    inputs = Inputs()
    for argument in arguments:
        _expand(argument, inputs)
    unique = {os.path.realpath(path) if path != STDIN else STDIN: path for path in sorted(inputs.paths, reverse=True)}
    inputs.paths = sorted(unique.values())
    return inputs


def _expand(argument: str, inputs: Inputs) -> None:
    if argument == STDIN:
        inputs.paths.append(STDIN)
        return
    path = Path(argument)
    try:
        if path.is_dir():
            _expand_folder(argument, inputs)
        elif path.exists() or path.is_symlink():
            inputs.paths.append(argument)
        elif has_magic(argument) and (found := glob(argument, recursive=True)):  # noqa: PTH207 (absolute patterns)
            for name in found:
                _expand(name, inputs)
        else:
            what = "no file matches" if has_magic(argument) else "there is no such file or folder"
            inputs.failed.append(InputError(argument, what, "", "Check the name"))
    except (OSError, ValueError) as error:
        inputs.failed.append(InputError(argument, f"cannot be read ({getattr(error, 'strerror', None) or error})"))


def _expand_folder(folder: str, inputs: Inputs) -> None:
    found = len(inputs.paths)
    failed = len(inputs.failed)
    for path in _files(folder, inputs):
        if path.lower().endswith(SUFFIXES) and not _is_pipe(path):
            inputs.paths.append(path)
        else:
            inputs.passed_over += 1
    if len(inputs.paths) == found and len(inputs.failed) == failed:
        accepted = f"Files read are {', '.join(SUFFIXES)}"
        inputs.failed.append(InputError(folder, "the folder holds no text", accepted))


def _is_pipe(path: str) -> bool:
    """Neither a file nor missing; a folder that may be listed but not entered tells nothing (`Path` would raise)."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113


def _files(folder: str, inputs: Inputs) -> Iterator[str]:
    def note(error: OSError) -> None:
        inputs.failed.append(InputError(str(error.filename), f"cannot be read ({error.strerror})"))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield str(Path(root, name))
