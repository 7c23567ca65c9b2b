"""Quality only goes up: see `tests/floors.py`."""

from __future__ import annotations

import json

import pytest

from tests.floors import FLOORS, corpus_hash, measured

pytestmark = pytest.mark.model


def test_no_score_is_below_its_floor() -> None:
    report = measured()
    found = {name: score["f1"] for name, score in report["scores"].items()}
    found |= {name: score["accuracy"] for name, score in report["accuracies"].items()}
    floors = json.loads(FLOORS.read_text())["floors"]
    assert {name: (found[name], floor) for name, floor in floors.items() if found[name] < floor} == {}


def test_floors_belong_to_the_corpus_as_it_is() -> None:
    assert json.loads(FLOORS.read_text())["corpus"] == corpus_hash()
