"""Polarity, modality, tense and FactBank values of claims, by syntax."""

from __future__ import annotations

import csv

import pytest

from pipeline.extractor import Extractor
from pipeline.lexicon.rows import DATA
from pipeline.records import Attribution, Claim, Modality, Polarity, Tense

pytestmark = pytest.mark.model

YES, NO = Polarity.POSITIVE, Polarity.NEGATIVE


def first_claim(extractor: Extractor, text: str) -> Claim:
    return extractor.extract(text).claims[0]


POLARITY = [
    pytest.param("La Grèce n'a pas acheté de chars.", NO, id="ne-pas"),
    pytest.param("La Grèce n'a jamais acheté de chars.", NO, id="ne-jamais"),
    pytest.param("La Grèce n'achète plus de chars.", NO, id="ne-plus"),
    pytest.param("La Grèce n'a acheté aucun char.", NO, id="ne-aucun"),
    pytest.param("Aucun char grec n'a été livré à l'Ukraine.", NO, id="aucun-ne"),
    pytest.param("La Grèce n'a pas encore acheté de chars.", NO, id="pas-encore"),
    pytest.param("La Grèce refuse d'acheter des chars.", NO, id="refuser"),
    pytest.param("La Grèce a renoncé à acheter des chars.", NO, id="renoncer"),
    pytest.param("La Grèce a échoué à acheter des chars.", NO, id="echouer"),
    pytest.param("La Grèce n'a acheté que des chars.", YES, id="ne-que"),
    pytest.param("La Grèce ne cesse d'acheter des chars.", YES, id="ne-cesse-de"),
    pytest.param("La Grèce achète plus de chars que la Turquie.", YES, id="plus-de"),
    pytest.param("La Grèce a acheté des chars avant que la Turquie ne réagisse.", YES, id="ne-expletif"),
    pytest.param("La Grèce n'exclut pas d'acheter des chars.", YES, id="n-exclut-pas"),
    pytest.param("La Grèce, qui n'a pas de sous-marins, a acheté des chars.", YES, id="negation-in-a-relative"),
]


@pytest.mark.parametrize(("text", "polarity"), POLARITY)
def test_polarity_of_the_main_predicate(extractor: Extractor, text: str, polarity: Polarity) -> None:
    assert first_claim(extractor, text).polarity is polarity


MODALITY = [
    pytest.param("La Grèce achète des chars.", Modality.ASSERTED, id="plain"),
    pytest.param("La Grèce achètera des chars.", Modality.ASSERTED, id="future"),
    pytest.param("La Grèce va acheter des chars.", Modality.ASSERTED, id="near-future"),
    pytest.param("La Grèce pourrait acheter des chars.", Modality.POSSIBLE, id="pourrait"),
    pytest.param("La Grèce peut acheter des chars.", Modality.POSSIBLE, id="peut"),
    pytest.param("La Grèce achètera peut-être des chars.", Modality.POSSIBLE, id="peut-etre"),
    pytest.param("La Grèce n'exclut pas d'acheter des chars.", Modality.POSSIBLE, id="n-exclut-pas"),
    pytest.param("La Grèce risque de perdre ses chars.", Modality.POSSIBLE, id="risque"),
    pytest.param("La Grèce devrait acheter des chars.", Modality.PROBABLE, id="devrait"),
    pytest.param("La Grèce achètera probablement des chars.", Modality.PROBABLE, id="probablement"),
    pytest.param("La Grèce semble acheter des chars.", Modality.PROBABLE, id="semble"),
    pytest.param("La Grèce cherche à acheter des chars.", Modality.INTENDED, id="cherche"),
    pytest.param("La Grèce veut acheter des chars.", Modality.INTENDED, id="veut"),
    pytest.param("La Grèce s'apprête à acheter des chars.", Modality.INTENDED, id="s-apprete"),
    pytest.param("La Grèce est prête à acheter des chars.", Modality.INTENDED, id="prete"),
    pytest.param("La Grèce a l'intention d'acheter des chars.", Modality.INTENDED, id="intention"),
    pytest.param("L'objectif de la Grèce est d'acheter des chars.", Modality.INTENDED, id="objectif"),
    pytest.param("La Grèce négocie l'achat de chars.", Modality.ASSERTED, id="talks-go-on"),
    pytest.param("La Grèce aurait acheté des chars.", Modality.ALLEGED, id="journalistic-conditional"),
    pytest.param("Si la Turquie cède, la Grèce achètera des chars.", Modality.HYPOTHETICAL, id="si"),
    pytest.param("La Grèce doit acheter des chars.", Modality.REQUIRED, id="doit"),
    pytest.param("La Grèce permet aux alliés d'utiliser ses ports.", Modality.ASSERTED, id="permet"),
]


@pytest.mark.parametrize(("text", "modality"), MODALITY)
def test_modality_of_the_main_predicate(extractor: Extractor, text: str, modality: Modality) -> None:
    assert first_claim(extractor, text).modality is modality


REPORTED = [
    pytest.param("Athènes a annoncé que la Grèce achèterait des chars.", Modality.ASSERTED, Tense.FUTURE,
                 id="future-in-the-past"),
    pytest.param("Athènes affirme que la Grèce aurait acheté des chars.", Modality.ALLEGED, Tense.PAST,
                 id="conditional-past-stays-hearsay"),
    pytest.param("Athènes a déclaré que si Ankara cédait, il y aurait un accord.", Modality.HYPOTHETICAL, Tense.PRESENT,
                 id="condition-inside"),
    pytest.param("Athènes accuse Ankara de vouloir acheter des chars.", Modality.ALLEGED, Tense.PRESENT,
                 id="accusation"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "modality", "tense"), REPORTED)
def test_conditional_under_a_reporting_verb(extractor: Extractor, text: str, modality: Modality, tense: Tense) -> None:
    claim = first_claim(extractor, text)
    assert (claim.modality, claim.tense) == (modality, tense)


def test_denied_content_is_negative(extractor: Extractor) -> None:
    assert first_claim(extractor, "Athènes dément avoir acheté des chars.").polarity is NO


def factuality_rows() -> list[dict[str, str]]:
    with (DATA / "factuality.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['stance']}-{row['polarity']}-{row['modality']}") for row in factuality_rows()]
)
def test_every_row_of_the_factuality_table_holds_for_its_example(extractor: Extractor, row: dict[str, str]) -> None:
    claims = extractor.extract(row["example"]).claims
    wanted = [c for c in claims if (c.attribution is Attribution.AUTHOR) == (row["stance"] == "author")]
    assert [(c.polarity, c.modality, c.factuality_source, c.factuality_author) for c in wanted] == [
        (row["polarity"], row["modality"], row["source"], row["author"])
    ]


def test_to_let_know_does_not_presuppose(extractor: Extractor) -> None:
    claim = first_claim(extractor, "Athènes a fait savoir que les chars étaient livrés.")
    assert (claim.factuality_source, claim.factuality_author) == ("CT+", "Uu")
