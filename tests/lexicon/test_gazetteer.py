"""Matching of lexicon forms: spellings, capitals, boundaries, ambiguous names. No model."""

from __future__ import annotations

import pytest

from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.lexicon.phrases import Phrases
from pipeline.records import Label


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.packaged()


def matches(gazetteer: Gazetteer, text: str, label: Label) -> list[str]:
    return [text[f.start : f.end] for f in gazetteer.find(text) if f.label is label]


@pytest.mark.parametrize("spelling", ["S-400", "S 400", "S400", "S\u2011400"])
def test_spellings_of_a_designation(gazetteer: Gazetteer, spelling: str) -> None:
    assert matches(gazetteer, f"Des {spelling} sont arrivés.", Label.WEAPON) == [spelling]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dix-huit Rafale ont décollé.", ["Rafale"]),
        ("Une rafale de vent a balayé la côte.", []),
        ("Les chars Leclerc avancent.", ["Leclerc"]),
        ("Le général Leclerc est entré dans la ville.", []),
        ("Le char Leclerc roule. Plus tard, Leclerc a été modernisé.", ["Leclerc", "Leclerc"]),
    ],
)
def test_ambiguous_weapons(gazetteer: Gazetteer, text: str, wanted: list[str]) -> None:
    assert matches(gazetteer, text, Label.WEAPON) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Les forces nord-coréennes", ["nord-coréennes"]),
        ("Les forces latino-américaines", []),
        ("La région indo-pacifique", []),
        ("Le sommet franco-britannique", ["franco", "britannique"]),
        ("Le fleuve à Châlons-sur-Mali", []),
        ("Un vote pro-russe", ["russe"]),
    ],
)
def test_boundaries_of_states(gazetteer: Gazetteer, text: str, wanted: list[str]) -> None:
    assert matches(gazetteer, text, Label.COUNTRY) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Des talibans ont été arrêtés.", ["talibans"]),
        ("Le Parlement a voté.", ["Parlement"]),
        ("Le parlement a voté.", []),
        ("Selon l'agence AP, rien n'a bougé.", ["AP"]),
        ("Il a suivi un cours AP de physique.", []),
    ],
)
def test_organisations(gazetteer: Gazetteer, text: str, wanted: list[str]) -> None:
    assert matches(gazetteer, text, Label.ORGANISATION) == wanted


def test_phrases_take_the_longest_at_word_boundaries() -> None:
    phrases = Phrases(["ministre", "vice-ministre", "M."])
    assert phrases.find("Le vice-ministre et l'administrement du Topol-M. Fin") == [(3, 16, "vice-ministre")]
