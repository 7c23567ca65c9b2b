"""Every other format, read back by the library its users use."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import networkx as nx
import openpyxl
import pandas as pd
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from spacy.tokens import DocBin

from pipeline import Extractor
from pipeline.exports import EXPORTERS, export
from pipeline.exports.dictionary import dictionary, meanings
from pipeline.exports.graph import whole_date
from pipeline.exports.jsonable import dump_json, extraction_to_dict
from pipeline.exports.run import RunData
from pipeline.exports.schema import extraction_schema
from pipeline.records import Extraction
from pipeline.tables import TABLES, to_frame, unescape_cell
from pipeline.transfers import transfers
from tests.exports.conftest import hostile, make_run

FORMATS = tuple(EXPORTERS)


@pytest.fixture
def full(run: RunData) -> RunData:
    return replace(run, transfers=transfers(run.extractions, run.entities))


def cleaned(extraction: Extraction) -> str:
    return extraction.document.title.replace("\ud800", "\ufffd")


def xml_cleaned(extraction: Extraction) -> str:
    return "".join("\ufffd" if char < " " and char not in "\t\n\r" else char for char in cleaned(extraction))


# xlsx


def test_workbook_has_a_sheet_a_table_with_frozen_header_and_filter(full: RunData, tmp_path: Path) -> None:
    (path,) = export(full, tmp_path, formats=("xlsx",))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == list(TABLES)
    for name, table in TABLES.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == table.header
        assert (sheet.freeze_panes, sheet.max_row) == ("A2", len(list(full.rows(name))) + 1)
        assert sheet.auto_filter.ref.startswith("A1:")
    assert book["mentions"]["H2"].value == 3
    assert book["transfers"]["M2"].value is False


def test_workbook_holds_no_formula(hostile_run: RunData, tmp_path: Path) -> None:
    (path,) = export(hostile_run, tmp_path, formats=("xlsx",))
    book = openpyxl.load_workbook(path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n", "b", "inlineStr"}
    titles = [unescape_cell(row[1].value) for row in book["documents"].iter_rows(min_row=2)]
    assert titles == [xml_cleaned(extraction) for extraction in hostile_run.extractions]


def test_text_longer_than_a_cell_is_cut_with_an_ellipsis(article: Extraction, tmp_path: Path) -> None:
    long = replace(article, document=replace(article.document, title="a" * 40_000))
    (path,) = export(RunData(extractions=(long,)), tmp_path, formats=("xlsx",))
    title = openpyxl.load_workbook(path)["documents"]["B2"].value
    assert (len(title), title[-1]) == (32_767, "…")


# parquet


@pytest.mark.parametrize("name", TABLES)
def test_parquet_gives_the_data_frame_back(full: RunData, tmp_path: Path, name: str) -> None:
    export(full, tmp_path, formats=("parquet",))
    frame = pd.read_parquet(tmp_path / f"{name}.parquet")
    pd.testing.assert_frame_equal(frame, to_frame(TABLES[name], full.rows(name)), check_dtype=False)
    assert [str(kind) for kind in frame.dtypes if str(kind) in {"int64", "bool"}] == [
        {"integer": "int64", "boolean": "bool"}[column.type]
        for column in TABLES[name].columns
        if column.type in {"integer", "boolean"}
    ]


# sqlite


def test_database_holds_every_row_and_its_keys(full: RunData, tmp_path: Path) -> None:
    (path,) = export(full, tmp_path, formats=("sqlite",))
    with sqlite3.connect(path) as base:
        for name in TABLES:
            assert base.execute(f"SELECT count(*) FROM {name}").fetchone() == (len(list(full.rows(name))),)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        who = (
            "SELECT DISTINCT t.supplier, r.type FROM transfers t JOIN transfer_relations USING (transfer_id) "
            "JOIN relations r USING (relation_id) WHERE t.recipient = 'Iran'"
        )
        assert base.execute(who).fetchall() == [("Russie", "SUPPLIES")]


@pytest.mark.parametrize("query", ["grece AND rafale", "GRÈCE", "livr*"])
def test_search_ignores_accents_and_case(full: RunData, tmp_path: Path, query: str) -> None:
    (path,) = export(full, tmp_path, formats=("sqlite",))
    with sqlite3.connect(path) as base:
        found = base.execute("SELECT text FROM sentences WHERE sentences MATCH ?", (query,)).fetchall()
    assert any("livré six Rafale" in text for (text,) in found)


# graphs


def test_graphml_reads_back_with_labels_types_weights_and_dates(full: RunData, tmp_path: Path) -> None:
    (path,) = export(full, tmp_path, formats=("graphml",))
    graph = nx.read_graphml(path, force_multigraph=True)
    assert graph.nodes["COUNTRY:FRA"] == {
        "label": "France",
        "type": "COUNTRY",
        "iso3": "FRA",
        "category": "",
        "n_mentions": 1,
        "n_documents": 1,
    }
    (edge,) = graph["COUNTRY:FRA"]["WEAPON:rafale"].values()
    assert (edge["type"], edge["weight"], edge["first_date"]) == ("SUPPLIES", 1.0, "2021-07-21")
    assert graph.has_edge("WEAPON:rafale", "COUNTRY:GRC") and graph.has_edge("COUNTRY:GRC", "WEAPON:rafale")


def test_gexf_reads_back_with_times(full: RunData, tmp_path: Path) -> None:
    (path,) = export(full, tmp_path, formats=("gexf",))
    # networkx knows 1.2draft; 1.3 differs in nothing used here but its name.
    older = path.read_text(encoding="utf-8").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    (tmp_path / "older.gexf").write_text(older.replace('version="1.3"', 'version="1.2"'), encoding="utf-8")
    graph = nx.read_gexf(tmp_path / "older.gexf")
    assert graph.nodes["WEAPON:rafale"]["label"] == "Rafale"
    edges = [data for *_, data in graph.edges(data=True)]
    assert {edge["type"] for edge in edges} == {"SUPPLIES", "ACQUIRES"}
    assert {edge["start"] for edge in edges} == {"2021-07-21", "2021-07-22"}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_graphs_hold_hostile_names(hostile_run: RunData, tmp_path: Path, name: str) -> None:
    (path,) = export(hostile_run, tmp_path, formats=(name,))
    text = path.read_text(encoding="utf-8").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    path.write_text(text.replace('version="1.3"', 'version="1.2"'), encoding="utf-8")
    graph = nx.read_graphml(path) if name == "graphml" else nx.read_gexf(path)
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert "</script><script>window.pwned=1</script>" in labels
    assert len(labels) == len(list(hostile_run.extractions)) + 1


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2021-07-21", "2021-07-21"), ("2021-07", "2021-07-01"), ("2021", "2021-01-01"), ("", ""), ("début 2021", "")],
)
def test_dates_cut_short_start_on_their_first_day(date: str, expected: str) -> None:
    assert whole_date(date) == expected


# spacy


def test_docbin_loads_with_its_spans(full: RunData, article: Extraction, tmp_path: Path) -> None:
    (path,) = export(full, tmp_path, formats=("spacy",))
    (doc,) = DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("xx").vocab)
    assert doc.text == article.text
    found = [(span.text, span.label_, span.kb_id_) for span in doc.spans["defpress"]]
    assert found == [(row.text, row.label.value, row.entity_id) for row in article.mentions]
    assert [span.text for span in doc.spans["claims"]] == [row.text for row in article.claims]
    assert doc.user_data["relations"][0]["type"] == "SUPPLIES"


def test_docbin_keeps_hostile_text(hostile_run: RunData, tmp_path: Path) -> None:
    (path,) = export(hostile_run, tmp_path, formats=("spacy",))
    docs = DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("xx").vocab)
    written = [extraction.text.replace("\ud800", "\ufffd") for extraction in hostile_run.extractions]
    assert [doc.text for doc in docs] == written


# dictionary


def test_packaged_dictionary_is_the_one_of_the_records() -> None:
    packaged = files("pipeline").joinpath("data", "DICTIONARY.md").read_text(encoding="utf-8")
    assert packaged == dictionary(), "python -m pipeline.exports.dictionary writes it anew"


def test_dictionary_means_columns_that_exist() -> None:
    known = {(table.name, column.name) for table in TABLES.values() for column in table.columns}
    shared = {("*", column) for _, column in known}
    assert set(meanings()) <= known | shared


# schema


def test_packaged_schema_is_the_one_of_the_records() -> None:
    packaged = files("pipeline").joinpath("data", "extraction.schema.json").read_text(encoding="utf-8")
    assert json.loads(packaged) == extraction_schema(), "python -m pipeline.exports.schema writes it anew"
    Draft202012Validator.check_schema(extraction_schema())


def test_outputs_validate(hostile_run: RunData, run: RunData) -> None:
    validator = Draft202012Validator(extraction_schema())
    for extraction in (*run.extractions, *hostile_run.extractions):
        validator.validate(json.loads(dump_json(extraction_to_dict(extraction))))


def test_noise_outside_sentences_validates(extractor: Extractor) -> None:
    noisy = extractor.extract("Moscou a livré des S-400 à la Turquie.\n\n![]() |\n\n![]() |\n")
    assert any(row.sentence == -1 for row in noisy.coverage)
    Draft202012Validator(extraction_schema()).validate(json.loads(dump_json(extraction_to_dict(noisy))))


def test_schema_refuses_what_is_not_an_extraction(article: Extraction) -> None:
    validator = Draft202012Validator(extraction_schema())
    made = json.loads(dump_json(extraction_to_dict(article)))
    assert not validator.is_valid({**made, "mentions": [{**made["mentions"][0], "label": "TANK"}]})
    assert not validator.is_valid({**made, "more": 1})


# all


@pytest.mark.parametrize("name", FORMATS)
def test_empty_run_is_written(tmp_path: Path, name: str) -> None:
    assert all(
        path.stat().st_size
        for path in export(RunData(extractions=()), tmp_path, formats=(name,))
        if path.suffix != ".jsonl"
    )


def test_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "from pathlib import Path; from dataclasses import replace\n"
        "from conftest import HOSTILE, greece, hostile, make_run\n"
        "from pipeline.exports import EXPORTERS, export; from pipeline.transfers import transfers\n"
        "run = make_run(greece(), *(hostile(payload) for payload in HOSTILE))\n"
        "run = replace(run, transfers=transfers(run.extractions, run.entities))\n"
        "export(run, Path(sys.argv[2]), formats=tuple(EXPORTERS))\n"
    )
    here = Path(__file__).parent
    folders = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        folders.append(tmp_path / seed)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(here.parents[1])}
        subprocess.run([sys.executable, "-c", script, str(here), str(folders[-1])], env=environment, check=True)
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert len(first) == 21
    assert [name for name in first if first[name] != second[name]] == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=st.text(alphabet=st.characters(), min_size=1, max_size=30).filter(str.strip))
def test_any_text_goes_through_every_format(tmp_path: Path, payload: str) -> None:
    run = make_run(hostile(payload))
    run = replace(run, transfers=transfers(run.extractions, run.entities))
    assert len(export(run, tmp_path, formats=FORMATS)) == 22
