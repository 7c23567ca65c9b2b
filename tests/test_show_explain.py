"""An article on the terminal, and why its rows are there."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.errors import InputError, UsageError
from pipeline.explain import explain_row, meaning
from pipeline.explain_missing import explain_missing
from pipeline.extractor import Extractor
from pipeline.records import Document, Extraction
from pipeline.runs.run import Options, run
from pipeline.show import WIDTH, format_extraction, show_file

pytestmark = pytest.mark.model
TEXT = """Paris et Kiev

Selon Kiev, l'Iran aurait livré des drones Shahed-136 à la Russie.

Rien de neuf dans la rue du marché ce matin, sauf que le Caesar du quartier a fermé ses portes.

Moscou a détruit le pont. Les ministres \x1b[31m se sont parlé \u202e hier.

![]() |
"""


@pytest.fixture(scope="module")
def found(extractor: Extractor) -> Extraction:
    return extractor.extract(Document("a", TEXT))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    base = tmp_path_factory.mktemp("run")
    (base / "a.txt").write_text(TEXT, encoding="utf-8")
    return run(Options(paths=(str(base / "a.txt"),), out=base / "out")).folder


@pytest.mark.parametrize("colour", [False, True])
def test_lines_fit_the_terminal(found: Extraction, colour: bool) -> None:
    lines = format_extraction(found, colour=colour).splitlines()
    assert max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in lines) <= WIDTH


def test_without_colour_there_is_no_escape_sequence(found: Extraction) -> None:
    shown = format_extraction(found)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[Shahed-136 WEAPON]" in shown


def test_colour_comes_from_us_and_not_from_the_text(found: Extraction) -> None:
    assert r"\x1b[" in format_extraction(found, colour=True)


def test_claims_and_relations_follow_the_text(found: Extraction) -> None:
    shown = format_extraction(found)
    assert shown.index("Claims (") < shown.index("Relations (")
    assert "Iran SUPPLIES Shahed-136 (Russie) · alleged, past, says Kiev" in shown


def test_every_word_of_the_text_is_shown_but_noise(found: Extraction) -> None:
    shown = re.sub(r"\[([^\[\]]*) (?:[A-Z_]+|group)\]", r"\1", format_extraction(found))
    assert "Selon Kiev, l'Iran aurait livré" in " ".join(shown.split())
    assert "![]()" not in shown


def test_machines_get_json(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert json.loads(show_file(str(path), as_json=True))["document"]["doc_id"] == "a"


@pytest.mark.parametrize("table", ["mentions", "claims", "relations"])
def test_every_row_is_explained(folder: Path, table: str) -> None:
    rows = json.loads((folder / "extraction.json").read_text())[table]
    assert rows
    for row in rows:
        row_id = next(iter(row.values()))
        explained = explain_row(folder, row_id)
        assert row_id in explained
        assert row["rule"] in explained
        assert "  sentence" in explained
        assert "  path" in explained


def test_a_relation_shows_the_way_through_the_tree(folder: Path) -> None:
    rows = json.loads((folder / "extraction.json").read_text())["relations"]
    supplies = next(row for row in rows if row["type"] == "SUPPLIES")
    assert "Iran <nsubj livré" in explain_row(folder, supplies["relation_id"])


def test_what_was_added_later_in_the_text_is_explained() -> None:
    assert meaning("verb.active:livrer+award").endswith("soon after")
    assert meaning("verb.active:livrer+award").startswith(meaning("verb.active:livrer"))


def test_a_transfer_shows_its_relations(folder: Path) -> None:
    transfer = (folder / "transfers.csv").read_text().splitlines()[1].split(",")[0]
    assert "Iran to Russie: Shahed-136" in explain_row(folder, transfer)


def test_an_entity_shows_its_names(folder: Path) -> None:
    assert "country.capital: a capital that acts as its state" in explain_row(folder, "COUNTRY:RUS")


def test_a_row_that_a_review_rejects_is_explained_by_its_line(folder: Path, tmp_path: Path) -> None:
    reviewed = shutil.copytree(folder, tmp_path / "reviewed")
    (reviewed / "review.csv").write_text("row_id;decision\n\nr_0000000000;reject\n")
    with pytest.raises(UsageError, match=r"Line 3 of review\.csv says: reject"):
        explain_row(reviewed, "r_0000000000")


@pytest.mark.parametrize("row_id", ["m_0", "t_0", "COUNTRY:RUZ"])
def test_an_unknown_id_is_a_usage_error(folder: Path, row_id: str) -> None:
    with pytest.raises(UsageError):
        explain_row(folder, row_id)


def test_a_folder_without_a_run_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"extractions\.jsonl"):
        explain_row(tmp_path, "m_0")


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("Caesar", "conditions of the form are not met"),
        ("quartier", "no lexicon has this name"),
        ("![]()", "noise"),
        ("a détruit le pont", "no object of type"),
        ("Shahed-136", "WEAPON:shahed-136"),
    ],
)
def test_what_is_missing_is_explained(folder: Path, phrase: str, why: str) -> None:
    assert why in " ".join(explain_missing(folder, phrase).split())


def test_a_phrase_that_stands_nowhere_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(UsageError, match="no sentence"):
        explain_missing(folder, "xyz")
