"""Organisations: by kind noun, quoted, headed, by acronym; national institutions; what is no organisation."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from tests.entities.marked import check, found

ORGANISATIONS = {
    "introduced": "L'entreprise [Taranis Dynamics](ORGANISATION) livrera les tourelles.",
    "introduced, several": "Les sociétés [Aldona](ORGANISATION) et [Veltrix](ORGANISATION) sont visées.",
    "adjective between": "Le quotidien danois [Morgenbladet](ORGANISATION) l'a révélé.",
    "quoted": "L'association « [Un toit pour chacun](ORGANISATION) » a porté plainte.",
    "quoted with a state in it": "L'organisation « [Pékin solidaire](ORGANISATION) » a fermé.",
    "headed": "Le [Service de supervision financière](ORGANISATION) a gelé les comptes.",
    "company suffix": "Le contrat revient à [Wexford Marine Ltd](ORGANISATION).",
    "operation": "Les soldats de l'opération [Bouclier de l'Euphrate](ORGANISATION) avancent.",
    "second ministry": "Les [ministères des Finances](ORGANISATION) et de la [Défense](ORGANISATION) se taisent.",
    "acronym only in context": "Le lycéen suit un cours AP de physique.",
    "exercise": "L'exercice Ulchi Freedom Shield (UFS) commence lundi.",
    "treaty": "Moscou a quitté le traité FNI. Le FNI interdisait ces missiles.",
    "office domain": "Le ministre canadien des Transports a démissionné.",
    "one of many": "Un Tupolev a décollé avant l'aube.",
    "Brussels as the Union": "L'[Union européenne](ORGANISATION) rit. [Bruxelles](ORGANISATION:union-europeenne) dort.",
    "Brussels as Belgium": "La Belgique hésite, l'[Union européenne](ORGANISATION) aussi. Bruxelles attend.",
    "plain noun": "Les députés ont quitté le parlement à l'aube.",
}


@pytest.mark.parametrize("marked", ORGANISATIONS.values(), ids=ORGANISATIONS)
def test_organisations(extractor: Extractor, marked: str) -> None:
    check(extractor, marked, "ORGANISATION")


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Le ministère de la Défense arménien dément.", "ministere-armenien-de-la-defense"),
        ("Le ministère russe de la Défense dément.", "ministere-russe-de-la-defense"),
        ("Le Parlement danois a voté.", "parlement-dnk"),
        ("En Turquie, le ministère de la Défense a réagi.", "ministere-turc-de-la-defense"),
        ("Le Parlement a voté.", "parlement"),
    ],
)
def test_institution_of_one_state(extractor: Extractor, text: str, entity: str) -> None:
    assert [identity for _, _, identity in found(extractor, text, "ORGANISATION")] == [entity]


def test_acronym_learned_from_the_text(extractor: Extractor) -> None:
    text = "L'Agence de contrôle des mers (ACM) a saisi un cargo. L'ACM dit agir seule."
    entities = {identity for _, _, identity in found(extractor, text, "ORGANISATION")}
    assert len(entities) == 1


def test_lexicon_knows_the_acronym_of_a_new_wording(extractor: Extractor) -> None:
    text = "L'Agence nationale de la sécurité (NSA) écoute."
    assert {identity for _, _, identity in found(extractor, text, "ORGANISATION")} == {"nsa"}
