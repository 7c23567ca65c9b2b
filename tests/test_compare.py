"""What `defpress diff` says of two runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.compare import changes, compare_runs
from pipeline.exports.jsonable import dump_json, extraction_to_dict
from pipeline.extractor import Extractor
from pipeline.records import Document, Extraction, Modality

TEXT = "La Pologne achète des chars Leopard 2 à l'Allemagne."


def _run(folder: Path, *extractions: Extraction) -> Path:
    folder.mkdir()
    lines = [dump_json(extraction_to_dict(e)) + "\n" for e in extractions]
    (folder / "extractions.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def _read(extractor: Extractor, doc_id: str = "a", text: str = TEXT) -> Extraction:
    return extractor.extract(Document(doc_id, text))


def test_a_run_does_not_differ_from_itself(extractor: Extractor, tmp_path: Path) -> None:
    read = _read(extractor)
    assert compare_runs(_run(tmp_path / "1", read), _run(tmp_path / "2", read)) == "No differences.\n"


def test_rows_that_only_one_run_has_appear_and_vanish(extractor: Extractor, tmp_path: Path) -> None:
    full = _read(extractor)
    assert full.relations
    bare = replace(full, relations=())
    first, second = _run(tmp_path / "1", bare), _run(tmp_path / "2", full)
    assert {(c.sign, c.row_id) for c in changes(first, second)} == {("+", r.relation_id) for r in full.relations}
    assert {(c.sign, c.row_id) for c in changes(second, first)} == {("-", r.relation_id) for r in full.relations}


def test_a_changed_column_is_shown_before_and_after(extractor: Extractor, tmp_path: Path) -> None:
    full = _read(extractor)
    row = full.relations[0]
    other = replace(full, relations=(replace(row, modality=Modality.INTENDED), *full.relations[1:]))
    (change,) = changes(_run(tmp_path / "1", full), _run(tmp_path / "2", other))
    assert (change.sign, change.row_id) == ("~", row.relation_id)
    assert change.text.endswith(f"modality {row.modality} → intended")


def test_a_new_label_on_the_same_characters_is_a_change(extractor: Extractor, tmp_path: Path) -> None:
    full = _read(extractor)
    first = replace(full.mentions[0], entity_id="PLACE:pologne", mention_id="m_0")
    other = replace(full, mentions=(first, *full.mentions[1:]))
    found = list(changes(_run(tmp_path / "1", full), _run(tmp_path / "2", other)))
    assert [(c.sign, c.table) for c in found] == [("~", "mentions")]
    assert "entity_id COUNTRY:POL → PLACE:pologne" in found[0].text


def test_documents_are_paired_whatever_their_order(extractor: Extractor, tmp_path: Path) -> None:
    one, two, three = (_read(extractor, name) for name in "abc")
    first, second = _run(tmp_path / "1", one, two), _run(tmp_path / "2", two, three, one)
    assert [(c.sign, c.table, c.doc_id) for c in changes(first, second)] == [("+", "documents", "c")]
