"""Columns, escaping, CSV text and the merging of entities."""

from __future__ import annotations

import csv
import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import (
    Coverage,
    CoverageStatus,
    DocumentRow,
    Entity,
    Extraction,
    Label,
    Transfer,
)
from pipeline.tables import (
    TABLES,
    EntityTally,
    escape_cell,
    merge_entities,
    to_csv,
    to_frame,
    unescape_cell,
    without_surrogates,
)

CONTRACT = {
    "documents": "doc_id, title, outlet, path, published, language, sha256, n_chars, n_words, n_sentences, n_mentions, "
    "n_claims, n_relations, warnings",
    "mentions": "mention_id, doc_id, sentence, entity_id, label, kind, text, start, end, rule",
    "entities": "entity_id, label, name, iso3, category, origin, aliases, n_mentions, n_documents",
    "claims": "claim_id, doc_id, sentence, start, end, text, attribution, source, source_id, source_type, cue, "
    "polarity, modality, tense, factuality_source, factuality_author, cues, entity_ids, rule",
    "relations": "relation_id, doc_id, sentence, type, subject_id, subject, object_id, object, counterpart_id, "
    "counterpart, place, date, quantity, amount, trigger, start, end, evidence, polarity, modality, tense, claim_id, "
    "source, plover, rule",
    "transfers": "transfer_id, supplier, recipient, weapon, category, quantity, amount, status, date, n_claims, "
    "n_documents, n_origins, contradicted, relation_ids",
    "coverage": "doc_id, sentence, start, end, status, n_mentions, n_claims, n_relations, text",
}


def coverage_row(text: str) -> Coverage:
    return Coverage("a", 0, 0, len(text), CoverageStatus.NOTHING, 0, 0, 0, text)


def entity(name: str = "Russie", **fields: object) -> Entity:
    values: dict[str, object] = {
        "entity_id": "COUNTRY:RUS",
        "label": Label.COUNTRY,
        "name": name,
        "iso3": "RUS",
        "category": "",
        "origin": (),
        "aliases": (name,),
        "n_mentions": 1,
        "n_documents": 1,
    }
    return Entity(**{**values, **fields})  # type: ignore[arg-type]


def extraction(*entities: Entity) -> Extraction:
    document = DocumentRow("a", "", "", "", "", "fr", "", 0, 0, 0, 0, 0, 0, ())
    return Extraction(document=document, entities=entities)


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_those_of_the_contract(name: str) -> None:
    assert ", ".join(TABLES[name].header) == CONTRACT[name]


@pytest.mark.parametrize("name", CONTRACT)
def test_empty_table_has_its_header_and_dtypes(name: str) -> None:
    assert to_csv(TABLES[name], []) == ",".join(TABLES[name].header) + "\n"
    frame = to_frame(TABLES[name], [])
    assert list(frame.columns) == TABLES[name].header
    assert frame.dtypes.equals(to_frame(TABLES[name], []).dtypes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\x00x", "'\x00x"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("S-400", "S-400"),
        ("'tis", "'tis"),
        ("", ""),
        ("« = »", "« = »"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    assert escape_cell(text) == expected
    assert unescape_cell(expected) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\x00\x85 aé＝\n"), max_size=6) | st.text())
def test_escape_is_undone_exactly(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_csv_gives_every_cell_back(texts: list[str]) -> None:
    written = to_csv(TABLES["coverage"], [coverage_row(text) for text in texts])
    read = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [unescape_cell(row["text"]) for row in read] == texts


def test_csv_is_what_pandas_writes() -> None:
    rows = [entity("Russie", aliases=("Moscou", "Russie")), entity('Le "Kremlin", à Moscou\nsuite')]
    frame = to_frame(TABLES["entities"], rows)
    assert to_csv(TABLES["entities"], rows) == frame.to_csv(index=False, lineterminator="\n")


def test_csv_of_french_excel_is_separated_by_semicolons() -> None:
    written = to_csv(TABLES["entities"], [entity(aliases=("Moscou", "Russie"))], excel_fr=True)
    assert written.splitlines()[1] == 'COUNTRY:RUS;COUNTRY;Russie;RUS;;;"Moscou; Russie";1;1'


def test_lone_surrogate_becomes_a_replacement_character() -> None:
    assert without_surrogates("a\ud800b") == "a\ufffdb"
    to_csv(TABLES["coverage"], [coverage_row("a\ud800b")]).encode("utf-8")


def test_frame_keeps_numbers_booleans_and_na_like_text() -> None:
    row = Transfer("t_1", "Namibie", "NA", "Rafale", "", "", "", "sought", "", 1, 1, 1, True, ("r_1", "r_2"))
    frame = to_frame(TABLES["transfers"], [row])
    assert frame.loc[0, "recipient"] == "NA"
    assert frame["contradicted"].dtype == bool
    assert frame["n_origins"].dtype == "int64"
    assert frame.loc[0, "relation_ids"] == "r_1; r_2"


def test_entities_merge_over_documents_in_any_order() -> None:
    first = extraction(entity("Russie", n_mentions=3, aliases=("Russie", "russe")))
    second = extraction(entity("Fédération de Russie", aliases=("Moscou",), origin=("RUS",)))
    merged = merge_entities([first, second])
    assert merged == merge_entities([second, first])
    assert merged[0].name == "Russie"
    assert merged[0].aliases == ("Moscou", "Russie", "russe")
    assert (merged[0].n_mentions, merged[0].n_documents, merged[0].origin) == (4, 2, ("RUS",))


def test_tallies_of_parts_merge_to_the_tally_of_the_whole() -> None:
    parts = [
        [extraction(entity("Russie", n_mentions=3, aliases=("russe",)), entity("Iran", entity_id="COUNTRY:IRN"))],
        [],
        [extraction(entity("Russie", n_mentions=2, origin=("RUS",))), extraction(entity("Moscou", n_mentions=4))],
    ]
    for order in itertools.permutations(parts):
        whole = EntityTally()
        for part in order:
            tally = EntityTally()
            for found in part:
                tally.add(found)
            whole.merge(tally)
        assert whole.rows() == merge_entities(found for part in parts for found in part)


def test_origins_that_agree_keep_their_order() -> None:
    rocket = {"entity_id": "WEAPON:x", "label": Label.WEAPON, "origin": ("RUS", "IND")}
    merged = merge_entities([extraction(entity("BrahMos", **rocket)), extraction(entity("BrahMos", **rocket))])
    assert merged[0].origin == ("RUS", "IND")
