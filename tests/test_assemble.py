"""Rows: cells that are the text at their offsets, coverage without gaps, ids that stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.assemble import count_words
from pipeline.cleaning import shown
from pipeline.extractor import Extractor
from pipeline.records import CoverageStatus, Document, Extraction

pytestmark = pytest.mark.model

ARTICLE = """Oslo commande vingt chars\u00a0Leopard

Selon Kiev, l\u2019Iran a livré des drones Shahed\u2011136 à la Russie  en mai 2023.
Le porte-parole du ministère a déclaré\u00a0: «\u00a0Nous ne livrerons pas de mis\u00adsiles à Minsk\u00a0».

![]() |
Lire aussi : Oslo hésite

La Grèce veut acheter dix-huit Rafale à la France pour 2,5 milliards d'euros, et la Gre\u0301ce
soutient l'Ukraine. Il fait beau.
"""
DOCUMENT = Document("article", ARTICLE, path="article.txt")
TABLES = ("mentions", "claims", "relations", "coverage")


@pytest.fixture(scope="module")
def result(extractor: Extractor) -> Extraction:
    return extractor.extract(DOCUMENT)


@pytest.mark.parametrize("table", TABLES)
def test_the_article_fills_every_table(result: Extraction, table: str) -> None:
    assert len(getattr(result, table)) >= 3


def test_cells_are_the_text_at_their_offsets(result: Extraction, ungrounded: Callable[[Extraction], list[str]]) -> None:
    assert ungrounded(result) == []


def test_cues_are_the_text_at_their_offsets(result: Extraction) -> None:
    cues = [cue for claim in result.claims for cue in claim.cues]
    assert cues
    for cue in cues:
        surface, _, offsets = cue.partition(":")[2].rpartition("@")
        start, end = map(int, offsets.split("-"))
        assert shown(ARTICLE[start:end]) == surface


@pytest.mark.parametrize(("table", "key"), [(name, f"{name[:-1]}_id") for name in ("mentions", "claims", "relations")])
def test_ids_are_unique(result: Extraction, table: str, key: str) -> None:
    ids = [getattr(row, key) for row in getattr(result, table)]
    assert len(set(ids)) == len(ids)


def test_a_second_reading_gives_the_same_rows(extractor: Extractor, result: Extraction) -> None:
    assert extractor.extract(DOCUMENT) == result


def test_a_document_in_between_changes_nothing(extractor: Extractor, result: Extraction) -> None:
    extractor.extract("La Serbie n'achète pas de Rafale.")
    assert extractor.extract(DOCUMENT) == result


def test_text_added_behind_keeps_the_ids(extractor: Extractor, result: Extraction) -> None:
    longer = extractor.extract(replace(DOCUMENT, text=ARTICLE + "\nLa Suède a rejoint l'OTAN.\n"))
    before = {m.mention_id for m in result.mentions}
    assert before < {m.mention_id for m in longer.mentions}


def test_ids_differ_between_documents(extractor: Extractor, result: Extraction) -> None:
    other = extractor.extract(replace(DOCUMENT, doc_id="other"))
    assert not {m.mention_id for m in result.mentions} & {m.mention_id for m in other.mentions}


def test_same_words_twice_have_two_ids(extractor: Extractor) -> None:
    mentions = extractor.extract("La Grèce paie.\n\nLa Grèce paie.").mentions
    assert len({m.mention_id for m in mentions}) == len(mentions) == 2


def test_counts_of_the_document(result: Extraction) -> None:
    row = result.document
    assert (row.n_mentions, row.n_claims, row.n_relations) == tuple(len(getattr(result, t)) for t in TABLES[:3])
    assert row.n_chars == len(ARTICLE)
    assert row.n_sentences == max(r.sentence for r in result.coverage) + 1


def test_title_is_the_first_paragraph(result: Extraction) -> None:
    assert result.document.title == "Oslo commande vingt chars Leopard"


def test_title_given_wins(extractor: Extractor) -> None:
    assert extractor.extract(replace(DOCUMENT, title="Les chars d'Oslo")).document.title == "Les chars d'Oslo"


def test_sentence_numbers_agree_with_coverage(result: Extraction) -> None:
    spans = {row.sentence: (row.start, row.end) for row in result.coverage if row.sentence >= 0}
    for row in (*result.mentions, *result.claims):
        start, end = spans[row.sentence]
        assert start <= row.start < end


def test_every_claim_of_a_relation_exists(result: Extraction) -> None:
    claims = {claim.claim_id for claim in result.claims}
    assert {r.claim_id for r in result.relations if r.claim_id} <= claims


def test_every_entity_of_a_relation_exists(result: Extraction) -> None:
    entities = {entity.entity_id for entity in result.entities}
    ends = {end for r in result.relations for end in (r.subject_id, r.object_id, r.counterpart_id) if end}
    assert ends <= entities


STATUSES = [
    pytest.param("L'Iran a livré des Shahed-136 à la Russie.", [CoverageStatus.RELATION], id="relation"),
    pytest.param("Kiev a reconstruit une école.", [CoverageStatus.CLAIM], id="claim"),
    pytest.param("Il a plu sur la ville.", [CoverageStatus.NOTHING], id="nothing"),
    pytest.param("![]() |", [CoverageStatus.NOISE], id="noise"),
    pytest.param(
        "Kiev a reconstruit une école.\n\nLire aussi : Oslo hésite",
        [CoverageStatus.CLAIM, CoverageStatus.NOISE],
        id="both",
    ),
    pytest.param("", [], id="empty"),
]


@pytest.mark.parametrize(("text", "statuses"), STATUSES)
def test_coverage_status(extractor: Extractor, text: str, statuses: list[CoverageStatus]) -> None:
    assert [row.status for row in extractor.extract(text).coverage] == statuses


def test_noise_inside_a_sentence_cuts_it(extractor: Extractor, ungrounded: Callable[[Extraction], list[str]]) -> None:
    result = extractor.extract(f"Oslo a livré {'x' * 500} des chars à Kiev.")
    assert [row.sentence for row in result.coverage] == [0, -1, 0]
    assert ungrounded(result) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("L'Iran livre 12 S-400.", 6), ("", 0), ("… !", 0)],
    ids=["apostrophe-and-hyphen", "empty", "punctuation"],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words
