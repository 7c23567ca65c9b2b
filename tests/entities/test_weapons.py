"""Weapons outside the lexicon, by their form and the class noun beside them; classes by head and modifiers."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from tests.entities.marked import check

WEAPONS = {
    "designation after a class": "Le missile [Zk-117](WEAPON) a été tiré.",
    "name after a class": "La frégate [Valdemar](WEAPON) escorte deux cargos.",
    "name after a prefix": "L'[USS Harlan Briggs](WEAPON) a fait escale à Busan.",
    "name of several words after a prefix": "L'[USS Arlo B. Quint](WEAPON) a fait escale à Busan.",
    "named by a verb": "Les [missiles](WEAPON_CLASS) de type [Orvane](WEAPON) équiperont la flotte.",
    "class with modifiers": "Des [missiles antichars](WEAPON_CLASS:missile-antichar) ont été saisis.",
    "maker between": "Deux avions de transport brésiliens Embraer [C-390](WEAPON:c-390-millennium) sont attendus.",
    "no class: acronym": "Les [drones](WEAPON_CLASS) FPV arrivent.",
    "no weapon: road": "Le convoi a pris l'autoroute A-10.",
    "no class: adjective": "Les groupes armés ont reculé.",
    "no class: figure of speech": "Cette course contre la montre inquiète.",
}


@pytest.mark.parametrize("marked", WEAPONS.values(), ids=WEAPONS)
def test_weapons(extractor: Extractor, marked: str) -> None:
    check(extractor, marked, "WEAPON", "WEAPON_CLASS")
