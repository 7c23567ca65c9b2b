"""What many tests need: the extractor, loaded once, and the command line without a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cleaning import shown
from pipeline.extractor import Extractor, packaged_extractor
from pipeline.records import Extraction

ROOT = Path(__file__).parent.parent
Defpress = Callable[..., "subprocess.CompletedProcess[str]"]
Ungrounded = Callable[[Extraction], list[str]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The packaged extractor."""
    return packaged_extractor()


@pytest.fixture(scope="session")
def ungrounded() -> Ungrounded:
    """What in an extraction does not go back to its text: cells unlike `text[start:end]`, characters not covered once."""

    def problems(result: Extraction) -> list[str]:
        text = result.text
        cells = [(m.mention_id, m.start, m.end, m.text) for m in result.mentions]
        cells += [(c.claim_id, c.start, c.end, c.text) for c in result.claims]
        cells += [(r.relation_id, r.start, r.end, r.evidence) for r in result.relations]
        out = [f"{name}: nothing" for name, _, _, cell in cells if not cell]
        cells += [(f"coverage of {c.sentence}", c.start, c.end, c.text) for c in result.coverage]
        out += [f"{name}: {cell!r}" for name, start, end, cell in cells if shown(text[start:end]) != cell]
        seen = [0] * len(text)
        for row in result.coverage:
            for at in range(row.start, row.end):
                seen[at] += 1
        once = zip(text, seen, strict=True)
        return out + [
            f"{at}: {char!r} in {n} rows" for at, (char, n) in enumerate(once) if n > 1 or not (n or char.isspace())
        ]

    return problems


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
