"""An extractor without a model, for tests of how a run is done; run as a script, it is `defpress` with it.

Texts steer it: « BREAK » raises, « DIE » ends the process, « SLOW » waits.
"""

from __future__ import annotations

import os
import time
from typing import Any

from pipeline.records import Document, Entity, Extraction, Kind, Label, Mention, stable_id
from pipeline.runs import run as runs
from pipeline.runs.failures import failed_extraction


class FakeExtractor:
    """Finds the word « Paris » and nothing else."""

    def extract(self, document: Document) -> Extraction:
        if "BREAK" in document.text:
            raise ValueError("broken\nby the text")
        if "DIE" in document.text:
            os._exit(9)
        time.sleep(float(os.environ.get("FAKE_SECONDS", "0")) + 0.2 * ("SLOW" in document.text))
        base = failed_extraction(document, "")
        mentions = _paris(document)
        entity = Entity("COUNTRY:FRA", Label.COUNTRY, "France", "FRA", "", (), ("Paris",), len(mentions), 1)
        row = type(base.document)(**{name: getattr(base.document, name) for name in base.document.__slots__})
        object.__setattr__(row, "warnings", document.warnings)
        object.__setattr__(row, "n_mentions", len(mentions))
        return Extraction(row, mentions, (entity,) if mentions else (), text=document.text)


def _paris(document: Document) -> tuple[Mention, ...]:
    start = document.text.find("Paris")
    if start < 0:
        return ()
    return (
        Mention(
            stable_id("m", document.doc_id, start), document.doc_id, 0, "COUNTRY:FRA", Label.COUNTRY, Kind.METONYM,
            "Paris", start, start + 5, "country.capital",
        ),
    )  # fmt: skip


def use_fake(self: Any) -> FakeExtractor:
    """Stand in for the method that loads the model."""
    return FakeExtractor()


if __name__ == "__main__":
    from pipeline.cli import main

    runs._Run._extractor = use_fake  # type: ignore[assignment,method-assign]
    main()
