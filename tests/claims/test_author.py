"""Claims of the newspaper itself."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from pipeline.records import Attribution, Claim, Modality, Polarity

pytestmark = pytest.mark.model


def of_author(extractor: Extractor, text: str) -> list[Claim]:
    return [claim for claim in extractor.extract(text).claims if claim.attribution is Attribution.AUTHOR]


def test_a_sentence_that_names_somebody(extractor: Extractor) -> None:
    assert [claim.text for claim in of_author(extractor, "La Grèce a reçu ses Rafale. La pluie tombe.")] == [
        "La Grèce a reçu ses Rafale."
    ]


NONE = [
    pytest.param("La Grèce achètera-t-elle des Rafale ?", id="question"),
    pytest.param("Des drones ont survolé la capitale.", id="only-a-class"),
    pytest.param("Athènes a déclaré mardi devant la presse réunie au palais que la vente est close.", id="introduces"),
    pytest.param("Le navire a coulé. C'est ce qu'a déclaré Athènes.", id="looking-back"),
]


@pytest.mark.parametrize("text", NONE)
def test_no_claim_of_the_author(extractor: Extractor, text: str) -> None:
    assert of_author(extractor, text) == []


def test_a_title_is_a_claim(extractor: Extractor) -> None:
    text = "La Grèce reçoit six Rafale\n\nLes avions ont atterri mercredi sur la base de Tanagra, a constaté la presse."
    assert of_author(extractor, text)[0].text == "La Grèce reçoit six Rafale"


def test_concession_is_a_claim_of_its_own(extractor: Extractor) -> None:
    text = "Bien que ces ventes ne soient pas encore signées, elles pourraient changer la donne."
    conceded, main = of_author(extractor, text)
    assert conceded.text == "Bien que ces ventes ne soient pas encore signées"
    assert conceded.polarity is Polarity.NEGATIVE
    assert main.modality is Modality.POSSIBLE


def test_entities_inside(extractor: Extractor) -> None:
    (claim,) = of_author(extractor, "La Grèce a reçu ses Rafale.")
    assert claim.entity_ids == ("COUNTRY:GRC", "WEAPON:rafale")
