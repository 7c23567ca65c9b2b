"""Scores: what counts as right, wrong, found and missed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.evaluation import Evaluation, evaluate_paths, format_report
from pipeline.extractor import Extractor
from pipeline.gold import GoldArticle, read_gold
from pipeline.records import Extraction

TEXT = "Selon Kiev, l'Iran a livré des Shahed-136 à la Russie."


def gold(**changes: Any) -> dict[str, Any]:
    def mention(surface: str, label: str, entity: str) -> dict[str, Any]:
        start = TEXT.index(surface)
        return {
            "start": start, "end": start + len(surface), "surface": surface, "label": label, "kind": "name",
            "entity": entity,
        }  # fmt: skip

    article = {
        "id": "a",
        "text": TEXT,
        "mentions": [
            mention("Kiev", "COUNTRY", "UKR"),
            mention("Iran", "COUNTRY", "IRN"),
            mention("Shahed-136", "WEAPON", "Shahed-136"),
            mention("Russie", "COUNTRY", "RUS"),
        ],
        "claims": [
            {
                "start": 12, "end": 53, "surface": TEXT[12:53], "source": "Kiev", "attribution": "reported",
                "modality": "asserted", "polarity": "positive", "tense": "past",
            }
        ],
        "relations": [
            {
                "type": "SUPPLIES", "subject": "IRN", "object": "Shahed-136", "counterpart": "RUS",
                "modality": "asserted", "polarity": "positive", "evidence": [12, 53],
            },
            {
                "type": "ACQUIRES", "subject": "RUS", "object": "Shahed-136", "counterpart": "IRN",
                "modality": "asserted", "polarity": "positive", "evidence": [12, 53],
            },
        ],
    }  # fmt: skip
    return {**article, **changes}


def article(tmp_path: Path, **changes: Any) -> GoldArticle:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(gold(**changes)), encoding="utf-8")
    return next(iter(read_gold([path])))


@pytest.fixture(scope="module")
def found(extractor: Extractor) -> Extraction:
    return extractor.extract(TEXT)


def evaluation(wanted: GoldArticle, given: Extraction) -> Evaluation:
    made = Evaluation()
    made.add(wanted, given)
    return made


@pytest.mark.model
def test_what_agrees_scores_one(tmp_path: Path, found: Extraction) -> None:
    made = evaluation(article(tmp_path), found)
    for name in ("COUNTRY", "COUNTRY (exact)", "WEAPON", "attributed claims", "relations", "related pairs"):
        assert made.scores[name].f1 == 1.0, name
    assert all(all(hits) for hits in made.agreements.values())
    assert made.faults == []


@pytest.mark.model
def test_nothing_found_scores_zero(tmp_path: Path, found: Extraction) -> None:
    empty = replace(found, mentions=(), claims=(), relations=())
    made = evaluation(article(tmp_path), empty)
    assert {score.f1 for score in made.scores.values()} == {0.0}
    assert sum(fault.kind.startswith("missed") for fault in made.faults) == 7


@pytest.mark.model
def test_what_is_not_in_the_gold_is_a_false_alarm(tmp_path: Path, found: Extraction) -> None:
    made = evaluation(article(tmp_path, mentions=[], claims=[], relations=[]), found)
    assert made.scores["COUNTRY"].wrong == 3
    assert {fault.kind for fault in made.faults} >= {"false COUNTRY (name)", "false SUPPLIES", "false WEAPON (name)"}


@pytest.mark.model
def test_a_wrong_label_names_the_right_one(tmp_path: Path, found: Extraction) -> None:
    mentions = [{**mention, "label": "ORG"} for mention in gold()["mentions"] if mention["surface"] == "Iran"]
    made = evaluation(article(tmp_path, mentions=mentions), found)
    assert "false COUNTRY, gold has ORGANISATION" in {fault.kind for fault in made.faults}


@pytest.mark.model
def test_relations_are_scored_by_construction(tmp_path: Path, found: Extraction) -> None:
    made = evaluation(article(tmp_path, constructions=["active"]), found)
    assert made.constructions["active"].f1 == 1.0
    assert "active" in format_report(made)


@pytest.mark.model
def test_the_report_is_for_people_or_for_machines(tmp_path: Path) -> None:
    article(tmp_path)
    assert all(len(line) <= 80 for line in evaluate_paths([tmp_path]).splitlines())
    assert json.loads(evaluate_paths([tmp_path], as_json=True))["scores"]["WEAPON"]["f1"] == 1.0


@pytest.mark.parametrize(
    "changes",
    [{"mentions": None}, {"relations": [{"type": "LOVES"}]}, {"claims": [{"start": 1}]}, {"text": 3}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_file_that_breaks_the_format_is_one_clear_error(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"a\.json"):
        article(tmp_path, **changes)


def test_offsets_that_do_not_hold_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Correct the offsets"):
        article(tmp_path, text="x" + TEXT)
