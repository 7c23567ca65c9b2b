"""Persons: the name without its title, whole names, last names, and what is no person."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from tests.entities.marked import check

PERSONS = {
    "title": "Le ministre de la Défense [Todor Marinov](PERSON) a parlé.",
    "title and demonym": "Le président russe [Vladimir Poutine](PERSON:vladimir-poutine) est attendu.",
    "korean name": "Le dirigeant [Kim Jong-un](PERSON:kim-jong-un) a salué les troupes.",
    "taiwanese name": "La présidente [Tsai Ing-wen](PERSON) a visité une base.",
    "regnal number": "Le roi [Abdallah II](PERSON) de Jordanie a reçu la délégation.",
    "civility and short name": "Selon M. [Wu](PERSON), rien n'a changé.",
    "institution before the name": "Le fondateur de WikiLeaks [Julian Assange](PERSON) reste en prison.",
    "particles": "La présidente de la Commission européenne [Ursula von der Leyen](PERSON) est à Kiev.",
    "last name later": "[Petra Novak](PERSON:petra-novak) a signé. Hier, [Novak](PERSON:petra-novak) a démissionné.",
    "first word of a korean name": "[Yoon Suk-yeol](PERSON:yoon-suk-yeol) part. [Yoon](PERSON) reviendra.",
    "name with a town in it": "Le général [Salvador Cienfuegos](PERSON) a été arrêté.",
    "government": "L'administration [Biden](PERSON) hésite.",
    "no person: exercise": "L'exercice annuel Han Kuang a débuté lundi.",
    "no person: software": "Le logiciel espion Pegasus a été découvert.",
    "no person: acronym": "Les VIP sont arrivés en hélicoptère.",
    "no person: weapon that ends in M": "Le missile Topol-M. Les auteurs le disent ancien.",
}


@pytest.mark.parametrize("marked", PERSONS.values(), ids=PERSONS)
def test_persons(extractor: Extractor, marked: str) -> None:
    check(extractor, marked, "PERSON")


def test_public_figure_by_the_last_name_alone(extractor: Extractor) -> None:
    marked = "Selon [Poutine](PERSON:vladimir-poutine), M. [Zelenski](PERSON:volodymyr-zelensky) hésite."
    check(extractor, marked, "PERSON")


def test_namesake_of_a_public_figure(extractor: Extractor) -> None:
    check(extractor, "Hier, [Melania Trump](PERSON:melania-trump) a parlé. [Trump](PERSON) l'a remerciée.", "PERSON")
