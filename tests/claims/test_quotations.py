"""Somebody's own words: paired marks, speakers, and one claim a clause with a subject of its own."""

from __future__ import annotations

import pytest

from pipeline.claims.quotes import find_quotations
from pipeline.extractor import Extractor
from pipeline.records import Attribution, Claim

MARKS = [
    pytest.param("« Non », dit-il, « jamais ».", [" Non ", " jamais "], id="broken"),
    pytest.param('Il dit “oui” et "non".', ["oui", "non"], id="other-marks"),
    pytest.param("« Il a dit “oui” hier »", [" Il a dit “oui” hier "], id="nested"),
    pytest.param("« Une phrase. Une autre. »", [" Une phrase. Une autre. "], id="two-sentences"),
    pytest.param("« Un paragraphe.\nUn autre. »", [" Un paragraphe.\nUn autre. "], id="two-paragraphs"),
    pytest.param("Une marque « seule ouvre.", [], id="unpaired-opening"),
    pytest.param("Une marque seule » ferme.", [], id="unpaired-closing"),
    pytest.param('Un guillemet droit " seul.\nUn autre " ici.', [], id="straight-marks-stay-in-their-paragraph"),
]


@pytest.mark.parametrize(("text", "inner"), MARKS)
def test_quotation_marks(text: str, inner: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == inner


def test_unpaired_mark_does_not_swallow_the_article() -> None:
    text = "« Il manque une marque. " + "Le texte continue. " * 300 + "« Bien. »"
    assert [text[q.start : q.end] for q in find_quotations(text)] == [" Bien. "]


def quoted(extractor: Extractor, text: str) -> list[Claim]:
    return [claim for claim in extractor.extract(text).claims if claim.attribution is Attribution.QUOTED]


SPOKEN = [
    pytest.param("« Les chars sont arrivés », a dit le ministre.", "ministre", ["Les chars sont arrivés"], id="after"),
    pytest.param("« Les chars sont arrivés » a déclaré lundi à Kiev le ministre.", "ministre",
                 ["Les chars sont arrivés"], id="after-without-comma"),
    pytest.param("Le ministre a dit : « Les chars sont arrivés. »", "ministre", ["Les chars sont arrivés"], id="colon"),
    pytest.param("Le ministre : « Les chars sont arrivés. »", "ministre", ["Les chars sont arrivés"],
                 id="bare-colon"),
    pytest.param("Le ministre confirme. « Les chars sont arrivés hier matin. »", "ministre",
                 ["Les chars sont arrivés hier matin"], id="sentence-before"),
    pytest.param("« Les chars sont arrivés. Les équipages attendent. » a dit le ministre.", "ministre",
                 ["Les chars sont arrivés", "Les équipages attendent"], id="two-sentences"),
    pytest.param("« Les chars sont arrivés », a dit le ministre, « et les équipages attendent ».", "ministre",
                 ["Les chars sont arrivés", "les équipages attendent"], id="broken-by-an-incise"),
    pytest.param("« Les chars sont arrivés et les équipages attendent » a dit le ministre.", "ministre",
                 ["Les chars sont arrivés", "les équipages attendent"], id="two-subjects"),
    pytest.param("« Les chars sont arrivés et repartent demain » a dit le ministre.", "ministre",
                 ["Les chars sont arrivés et repartent demain"], id="one-subject"),
    pytest.param("« Je rappelle que les chars sont arrivés » a dit le ministre.", "ministre",
                 ["les chars sont arrivés"], id="first-person-introduces"),
    pytest.param("« Le navire a coulé ». C'est ce qu'a déclaré le ministre.", "ministre", ["Le navire a coulé"],
                 id="looking-back"),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "source", "contents"), SPOKEN)
def test_claims_of_a_quotation(extractor: Extractor, text: str, source: str, contents: list[str]) -> None:
    claims = quoted(extractor, text)
    assert [claim.text for claim in claims] == contents
    assert {claim.source for claim in claims} == {source}


@pytest.mark.model
def test_speaker_stays_over_sentences_of_a_paragraph(extractor: Extractor) -> None:
    text = "« Les chars sont arrivés » a dit le colonel. « Les équipages attendent à la frontière. »"
    assert [claim.source for claim in quoted(extractor, text)] == ["colonel", "colonel"]


NO_CLAIM = [
    pytest.param("« Cessez le feu ! » a lancé le colonel.", id="imperative"),
    pytest.param("Moscou a parlé d'un « axe du mal » à propos de ses voisins.", id="label"),
]


@pytest.mark.model
@pytest.mark.parametrize("text", NO_CLAIM)
def test_words_without_a_statement(extractor: Extractor, text: str) -> None:
    assert quoted(extractor, text) == []


@pytest.mark.model
def test_inner_human_speaker_wins(extractor: Extractor) -> None:
    text = "« Les médecins disent que le blessé est mort » a raconté le colonel."
    (claim,) = quoted(extractor, text)
    assert (claim.source, claim.text) == ("médecins", "le blessé est mort")


@pytest.mark.model
def test_partial_quotation_leaves_the_claim_reported(extractor: Extractor) -> None:
    text = "Le ministre a dit que ces voisins formaient un « axe du mal » dans la région."
    claims = extractor.extract(text).claims
    assert [(c.attribution, c.text) for c in claims] == [
        (Attribution.REPORTED, "ces voisins formaient un « axe du mal » dans la région")
    ]
