"""Mixtures of press French and rubbish: nothing breaks, nothing is lost, every offset holds."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cleaning import shown
from pipeline.exports.jsonable import dump_json, extraction_from_dict, extraction_to_dict, load_json
from pipeline.extractor import Extractor
from pipeline.records import Document, Extraction
from pipeline.tables import ROWS_OF, TABLES, to_csv

pytestmark = pytest.mark.model

SENTENCE = "Selon Kiev, l’Iran aurait livré des drones Shahed-136 à la Russie. "
PIECES = [
    "Moscou", "Téhéran", "l'Iran", "la Russie", "les S-400", "18 Rafale", "a livré", "aurait vendu", "n'a pas",
    "selon", "d’après", "«", "»", '"', "“", "(", ")", "[", "]", ",", ".", "…", "!", "?", ";", ":", "\n", "\n\n",
    "\t", "\u00a0", "-", "–", "que", "qui", "pour", "à", "de", "par", "le ministre", "M.", "il", "elle",
    "les deux pays", "en 2023", "mardi", "2 milliards d'euros", "\u200b", "\u202e", "\x00", "\ud800", "e\u0301",
    "🚀", "=1+1", "</script>", "![]() |",
]  # fmt: skip


def check(extraction: Extraction) -> None:
    """What holds for every extraction whatever the text."""
    text = extraction.text
    for row in (*extraction.mentions, *extraction.claims, *extraction.coverage):
        assert row.text == shown(text[row.start : row.end])
    for relation in extraction.relations:
        assert relation.evidence == shown(text[relation.start : relation.end])
    covered = [0] * len(text)
    for stretch in extraction.coverage:
        for at in range(stretch.start, stretch.end):
            covered[at] += 1
    assert all(count == 1 for count, char in zip(covered, text, strict=True) if not char.isspace())
    assert max(covered, default=0) <= 1
    ids = [row.mention_id for row in extraction.mentions] + [row.claim_id for row in extraction.claims]
    ids += [row.relation_id for row in extraction.relations]
    assert len(ids) == len({*ids})
    claims = {row.claim_id for row in extraction.claims}
    assert all(row.claim_id in claims or not row.claim_id for row in extraction.relations)
    entities = {entity.entity_id for entity in extraction.entities}
    assert all({row.subject_id, row.object_id} <= entities for row in extraction.relations)
    for name, rows_of in ROWS_OF.items():
        to_csv(TABLES[name], rows_of(extraction)).encode("utf-8")
    line = dump_json(extraction_to_dict(extraction))
    line.encode("utf-8")
    extraction_from_dict(load_json(line, where="test"))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.integers(0, 3))
def test_any_mixture_of_pieces_holds(extractor: Extractor, pieces: list[str], gap: int) -> None:
    check(extractor.extract(Document("a", ("", " ", "  ", "\n")[gap].join(pieces))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_holds(extractor: Extractor, text: str) -> None:
    check(extractor.extract(Document("a", text)))


def test_damaged_copies_of_an_article_hold(extractor: Extractor) -> None:
    chance = random.Random(0)
    for _ in range(25):
        chars = list(SENTENCE * 4)
        for _ in range(chance.randrange(1, 40)):
            at = chance.randrange(len(chars))
            chars[at] = chance.choice(["", chars[at] * 2, "\n", " ", "«", "\u0301", chars[at].swapcase()])
        check(extractor.extract(Document("a", "".join(chars))))


@pytest.mark.parametrize(
    "text",
    [
        "L'un de ses alliés a livré des chars.",
        "La plupart de leurs armées ont refusé.",
        "selon Moscou",
        "Selon le ministre, le rapport indique que Moscou a livré des S-400, a-t-il dit.",
    ],
)
def test_sentences_that_once_broke_a_rule(extractor: Extractor, text: str) -> None:
    check(extractor.extract(Document("a", text)))
