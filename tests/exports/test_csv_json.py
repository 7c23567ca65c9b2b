"""CSV, JSON and JSON Lines, and the files themselves."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import InputError, OutputError, UsageError
from pipeline.exports import EXPORTERS, export, exporter
from pipeline.exports.csv_tables import write as write_csv_tables
from pipeline.exports.files import atomic_text
from pipeline.exports.json_lines import write as write_json
from pipeline.exports.jsonable import extraction_from_dict, extraction_to_dict
from pipeline.exports.run import ExtractionFile, RunData, source_text
from pipeline.records import Extraction
from pipeline.tables import TABLES, unescape_cell


def test_every_table_is_written_and_reads_back(run: RunData, tmp_path: Path) -> None:
    paths = write_csv_tables(run, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.csv" for name in TABLES)
    assert [path.stem for path in paths] == list(TABLES)
    for name, table in TABLES.items():
        frame = pd.read_csv(tmp_path / f"{name}.csv", keep_default_na=False)
        assert list(frame.columns) == table.header
        assert len(frame) == len(list(run.rows(name)))


def test_two_runs_give_the_same_bytes(run: RunData, tmp_path: Path) -> None:
    formats = ("csv", "json")
    first = export(run, tmp_path / "a", formats=formats)
    second = export(run, tmp_path / "b", formats=formats)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_hostile_text_comes_back_and_starts_no_formula(hostile_run: RunData, tmp_path: Path) -> None:
    write_csv_tables(hostile_run, tmp_path)
    with (tmp_path / "documents.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    written = [extraction.document.title.replace("\ud800", "\ufffd") for extraction in hostile_run.extractions]
    assert [unescape_cell(row["title"]) for row in rows] == written
    for row in rows:
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\x00")) for cell in row.values())


def test_french_excel_gets_a_byte_order_mark(run: RunData, tmp_path: Path) -> None:
    write_csv_tables(run, tmp_path, excel_fr=True)
    assert (tmp_path / "claims.csv").read_bytes().startswith(b"\xef\xbb\xbfclaim_id;doc_id;")


def test_one_document_gives_extraction_json_too(run: RunData, tmp_path: Path) -> None:
    names = [path.name for path in write_json(run, tmp_path)]
    assert names == ["extractions.jsonl", "extraction.json"]
    made = json.loads((tmp_path / "extraction.json").read_text(encoding="utf-8"))
    assert list(made) == ["schema_version", "document", "mentions", "entities", "claims", "relations", "coverage"]
    assert made == json.loads((tmp_path / "extractions.jsonl").read_text(encoding="utf-8"))
    assert made["claims"][1]["cues"] == ["source:Selon@91-96", "modality:pourrait@113-121"]
    assert made["mentions"][0]["start"] == 3


def test_several_documents_give_json_lines_alone(hostile_run: RunData, tmp_path: Path) -> None:
    paths = write_json(hostile_run, tmp_path)
    assert [path.name for path in paths] == ["extractions.jsonl"]
    # `splitlines` cuts at U+2028 and U+0085 too: none may stand in a line.
    lines = paths[0].read_text(encoding="utf-8").splitlines()
    written = [extraction.document.title.replace("\ud800", "\ufffd") for extraction in hostile_run.extractions]
    assert [json.loads(line)["document"]["title"] for line in lines] == written


def test_extractions_read_back_from_disk_again_and_again(article: Extraction, run: RunData, tmp_path: Path) -> None:
    write_json(run, tmp_path)
    stored = ExtractionFile(tmp_path / "extractions.jsonl")
    assert list(stored) == list(stored) == [replace(article, text="")]


def test_text_travels_only_when_asked(article: Extraction) -> None:
    assert "text" not in extraction_to_dict(article)
    spooled = json.loads(json.dumps(extraction_to_dict(article, with_text=True)))
    assert extraction_from_dict(spooled) == article


def test_source_text_is_laid_out_from_coverage(article: Extraction) -> None:
    laid_out = source_text(replace(article, text=""))
    assert laid_out.split() == article.text.split()
    assert all(laid_out[row.start : row.end] == row.text for row in article.mentions)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: made.pop("mentions"),
        lambda made: made.update(schema_version="9.0"),
        lambda made: made["mentions"][0].update(start="3"),
        lambda made: made["mentions"][0].update(label="TANK"),
        lambda made: made["claims"][0].update(cues="x"),
        lambda made: made["document"].pop("sha256"),
    ],
)
def test_spoilt_json_is_a_clear_error(article: Extraction, spoil: object) -> None:
    made = json.loads(json.dumps(extraction_to_dict(article)))
    spoil(made)  # type: ignore[operator]
    with pytest.raises(InputError, match=r"^extraction"):
        extraction_from_dict(made)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), atomic_text(path) as handle:
        handle.write("new")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_is_an_output_error(run: RunData, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_json(run, tmp_path / "file" / "run")


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_exporter_can_be_imported(name: str) -> None:
    assert callable(exporter(name))


def test_unknown_format_names_the_close_one() -> None:
    with pytest.raises(UsageError, match="Did you mean 'xlsx'"):
        exporter("xlxs")
