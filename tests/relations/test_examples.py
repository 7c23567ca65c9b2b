"""Every sentence of `data/relations.examples.jsonl` against the extractor."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from pipeline.extractor import Extractor
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.lexicon.rows import DATA
from pipeline.records import RelationType

_LINES = (DATA / "relations.examples.jsonl").read_text(encoding="utf-8").splitlines()
EXAMPLES: list[dict[str, Any]] = [json.loads(line) for line in _LINES]
MINIMUM = 9  # sentences that show a type

Row = tuple[str, str, str, str | None, str, str]


@cache
def _extractor() -> Extractor:
    return Extractor()


def _row(kind: str, subject: str, object_: str, counterpart: str | None, polarity: str, modality: str) -> Row:
    """A row with the parties of a symmetric type in alphabetical order, as examples may name them in any."""
    if relation_lexicon().types[RelationType(kind)].symmetric:
        subject, object_ = sorted((subject, object_))
    return kind, subject, object_, counterpart or None, polarity, modality


def _found(text: str) -> set[Row]:
    return {
        _row(r.type.value, r.subject, r.object, r.counterpart, r.polarity.value, r.modality.value)
        for r in _extractor().extract(text).relations
    }


@pytest.mark.model
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"][:60])
def test_example(example: dict[str, Any]) -> None:
    found = _found(example["text"])
    missing = {_row(*row) for row in example["relations"]} - found
    assert not missing, f"missing {missing} among {found}"
    wrong = [row for row in found if row[0] in example["none"]]
    assert not wrong


def test_examples_are_well_formed() -> None:
    texts = [example["text"] for example in EXAMPLES]
    assert len(texts) == len(set(texts))
    for example in EXAMPLES:
        assert example["relations"] or example["none"]
        assert {RelationType(kind) for kind in example["none"]} <= set(RelationType)


def test_every_type_is_shown() -> None:
    shown = Counter(row[0] for example in EXAMPLES for row in example["relations"])
    assert all(shown[kind.value] >= MINIMUM for kind in RelationType)
