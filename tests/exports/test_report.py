"""The report as a file: self-contained, small, the same every time, hostile text kept as data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.exports.report import write
from pipeline.exports.report.layout import HEIGHT, WIDTH, spring_layout
from pipeline.exports.report.payload import embedded
from pipeline.exports.run import RunData


def written(run: RunData, folder: Path) -> str:
    (path,) = write(run, folder)
    return path.read_text(encoding="utf-8")


def data_of(page: str, element: str) -> str:
    match = re.search(rf'<script type="application/json" id="{element}">(.*?)</script>', page, re.DOTALL)
    assert match
    return match.group(1)


def test_page_is_small_and_names_no_address_to_load(run: RunData, tmp_path: Path) -> None:
    page = written(run, tmp_path)
    assert len(page.encode()) < 200_000
    loads = re.findall(r'(?:src|href)="([^"]*)"|url\(([^)]*)\)|@import', page)
    assert {first for first, _ in loads} <= {"#contenu", "data:,"}
    assert re.findall(r"https?://[^\s\"'`;)]+", page) == ["http://www.w3.org/2000/svg"]


def test_embedded_data_holds_the_tables_and_the_text(run: RunData, tmp_path: Path) -> None:
    page = written(run, tmp_path)
    data = json.loads(data_of(page, "data"))
    assert list(data["tables"]) == ["documents", "entities", "transfers", "claims", "relations"]
    assert [len(table["rows"]) for table in data["tables"].values()] == [1, 7, 0, 3, 3]
    article = json.loads(data_of(page, "articles"))
    assert article["text"] == next(iter(run.extractions)).text


def test_same_run_gives_the_same_bytes(run: RunData, tmp_path: Path) -> None:
    assert written(run, tmp_path / "a") == written(run, tmp_path / "b")


def test_hostile_text_cannot_leave_the_data(hostile_run: RunData, tmp_path: Path) -> None:
    page = written(hostile_run, tmp_path)
    assert page.count("<script") == page.count("</script>") == 3
    assert "<img" not in page
    assert len(data_of(page, "articles").splitlines()) == len(list(hostile_run.extractions))
    json.loads(data_of(page, "data"))


def test_hostile_run_name_is_escaped(tmp_path: Path) -> None:
    page = written(RunData(extractions=(), name="</title><script>window.pwned=1</script>\ud800"), tmp_path)
    assert "<script>window.pwned" not in page


def test_embedded_json_has_no_markup() -> None:
    assert not re.search("[<>&\u2028\u2029]", embedded(["</script>", "<!--", "&lt;", "\u2028\u2029"]))
    assert json.loads(embedded("</a>\u2028&")) == "</a>\u2028&"


@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_layout_stays_in_the_picture_and_keeps_names_apart(count: int) -> None:
    nodes = [f"n{number}" for number in range(count)]
    edges = {(f"n{number}", f"n{number + 1}"): number + 1 for number in range(count - 1)}
    places = spring_layout(nodes, edges)
    assert places == spring_layout(nodes, edges)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places.values())
    assert len(set(places.values())) == count
