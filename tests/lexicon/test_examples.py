"""Every example sentence beside the lexicons goes through the real extractor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pipeline
from pipeline.extractor import Extractor
from pipeline.records import Document, Label

DATA = Path(pipeline.__file__).parent / "data"
FILES = sorted([*DATA.glob("*.examples.jsonl"), *(DATA / "weapons").glob("*.examples.jsonl")])
NAMES = {label.value for label in Label} - {"DATE", "QUANTITY", "MONEY"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.partition(".")[0])
def test_examples(extractor: Extractor, path: Path) -> None:
    wrong = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        example = json.loads(line)
        if not {"expect", "reject"} <= example.keys():
            pytest.skip("another kind of example")
        reading = extractor.read(Document("example", example["text"]))
        found = [(m.label.value, example["text"][slice(*reading.source(m.start, m.end))], m.entity_id)
                 for m in reading.mentions]  # fmt: skip
        for label, surface, entity in example["expect"]:
            hits = {m[2] for m in found if m[:2] == (label, surface)}
            if label in NAMES and (not hits or (entity is not None and entity not in hits)):
                wrong.append((number, "missed", label, surface, sorted(hits)))
        for label, surface in example["reject"]:
            if any(m[:2] == (label, surface) for m in found):
                wrong.append((number, "found", label, surface, []))
    assert wrong == []
