"""The package as a library: one text, many, notebooks, spaCy."""

from __future__ import annotations

import json
import sys

import pytest
import spacy

import pipeline
from pipeline import Document, Extractor, extract
from pipeline.errors import LexiconError
from pipeline.tables import TABLES, to_csv

pytestmark = pytest.mark.model
TEXT = "La Russie livre des S-400 à l'Iran."


def test_one_text_gives_frozen_records() -> None:
    result = extract(TEXT)
    assert ("Russie", "SUPPLIES", "S-400", "Iran") in [
        (row.subject, row.type, row.object, row.counterpart) for row in result.relations
    ]
    assert isinstance(result.mentions, tuple)
    with pytest.raises(AttributeError):
        result.mentions[0].text = "x"  # type: ignore[misc]


def test_the_function_is_not_hidden_by_a_module() -> None:
    assert callable(pipeline.extract)
    assert "pipeline.extract" not in sys.modules


def test_tables_are_those_of_the_files() -> None:
    result = extract(TEXT)
    tables = result.tables()
    assert [*tables] == [*TABLES]
    assert [*tables["mentions"].columns] == TABLES["mentions"].header
    assert tables["mentions"].to_csv(index=False) == to_csv(TABLES["mentions"], result.mentions)
    assert tables["transfers"].status.tolist() == ["delivered"] or len(tables["transfers"]) == 1


def test_json_is_the_object_of_the_run_folder() -> None:
    assert [*json.loads(extract(TEXT).to_json())] == [
        "schema_version", "document", "mentions", "entities", "claims", "relations", "coverage",
    ]  # fmt: skip


def test_notebooks_show_text_as_text(extractor: Extractor) -> None:
    shown = extractor.extract(f"<script>alert(1)</script> {TEXT}")._repr_html_()
    assert "<script>" not in shown
    assert "<mark" in shown


def test_displacy_takes_the_spans(extractor: Extractor) -> None:
    html = spacy.displacy.render(extractor.extract(TEXT).displacy(), style="ent", manual=True, jupyter=False)
    assert "COUNTRY" in html


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_documents_come_back_in_order(extractor: Extractor, jobs: int) -> None:
    documents = [Document("a", TEXT), "Paris livre des Caesar à Kiev.", Document("c", "")]
    results = list(extractor.pipe(documents, jobs=jobs))
    assert [result.document.doc_id for result in results] == ["a", "text-2", "c"]
    assert results[0] == extractor.extract(Document("a", TEXT))


def test_a_bad_document_does_not_stop_the_others(extractor: Extractor) -> None:
    bad = Document("bad", TEXT, published="not a date")
    results = list(extractor.pipe([bad, TEXT]))
    assert results[0].document.warnings[0].startswith("error: ")
    assert results[1].relations


def test_another_language_is_a_warning(extractor: Extractor) -> None:
    row = extractor.extract("The army has moved to the border with the new tanks.").document
    assert row.language == "en"
    assert "only French is read well" in row.warnings[0]


def test_a_bad_lexicon_is_one_clear_error() -> None:
    with pytest.raises(LexiconError, match="cannot be read"):
        Extractor(lexicons=["nope.toml"])


def test_spacy_users_get_the_same() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("defpress")
    doc = nlp(TEXT)
    assert [(span.text, span.label_, span.kb_id_) for span in doc.spans["defpress"]][:2] == [
        ("Russie", "COUNTRY", "COUNTRY:RUS"),
        ("S-400", "WEAPON", "WEAPON:s-400"),
    ]
    assert doc._.relations == extract(TEXT).relations or [r.type for r in doc._.relations]
    assert doc._.claims[0].text == TEXT
