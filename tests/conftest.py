"""What many tests need: the extractor, loaded once, and the command line without a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.extractor import Extractor, packaged_extractor
from pipeline.records import Extraction
from tests import grounding

ROOT = Path(__file__).parent.parent
Defpress = Callable[..., "subprocess.CompletedProcess[str]"]
Ungrounded = Callable[[Extraction], list[str]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The packaged extractor."""
    return packaged_extractor()


@pytest.fixture(scope="session")
def ungrounded() -> Ungrounded:
    """What in an extraction does not go back to its text."""
    return grounding.ungrounded


@pytest.fixture
def defpress(tmp_path: Path) -> Defpress:
    """Run the command line in a process of its own, in an empty folder."""

    def run(*arguments: str, stdin: str | bytes = "", cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        raw = stdin if isinstance(stdin, bytes) else stdin.encode()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *arguments], input=raw, capture_output=True, cwd=cwd, env=environment
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run
