"""Places: by kind noun, in lists, hyphenated; peoples and directions are none."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from tests.entities.marked import check

PLACES = {
    "town noun": "Les combats ont repris dans la ville de [Bampour](PLACE).",
    "mosque": "La porte de la [mosquée Sidi Yahia](PLACE) a été brisée.",
    "square": "La foule a gagné la [place Tahrir](PLACE).",
    "base": "Les avions sont partis de la base aérienne de [Chaykovka](PLACE).",
    "hyphenated": "L'usine de [Vitry-sur-Orne](PLACE) ferme.",
    "list": "Les manœuvres auront lieu à [Agadir](PLACE), [Zarouta](PLACE) et [Tiznit](PLACE).",
    "lower-case sea": "Des cargos évitent la [mer  Rouge](PLACE).",
    "ocean by its short name": "La flotte traverse le [Pacifique](PLACE).",
    "not the adjective": "Le scrutin s'est tenu dans un climat pacifique.",
    "direction": "L'Occident hésite.",
    "party, no town": "Le parti ULM a perdu les élections.",
}


@pytest.mark.parametrize("marked", PLACES.values(), ids=PLACES)
def test_places(extractor: Extractor, marked: str) -> None:
    marked = marked.replace("mer  Rouge", "mer Rouge")
    check(extractor, marked, "PLACE")
