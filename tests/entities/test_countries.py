"""States by name, adjective, capital and seat; capitals as places; territories; what only looks like a state."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from tests.entities.marked import check

STATES_AND_PLACES = {
    "capital as agent": "[Moscou](COUNTRY:RUS) a livré des drones à [Téhéran](COUNTRY:IRN).",
    "capital as place": "Une réunion s'est tenue à [Moscou](PLACE).",
    "capital between parties": "Les relations entre [Paris](COUNTRY:FRA) et [Berlin](COUNTRY:DEU) se tendent.",
    "capital in a list of towns": "La route entre [Damas](PLACE) et [Lattaquié](PLACE) est coupée.",
    "town noun": "L'aéroport de [Kiev](PLACE) reste fermé.",
    "hotel in a capital": "Des hommes armés ont attaqué un hôtel à [Kaboul](PLACE).",
    "seat of power": "Le [Kremlin](COUNTRY:RUS) dément.",
    "territory": "Un bombardier s'est posé à [Guam](PLACE).",
    "contested state": "[Taïwan](COUNTRY:TWN) achète des missiles.",
    "compound": "Les manœuvres [sino](COUNTRY:CHN)-[russes](COUNTRY:RUS) ont repris.",
    "compound over two words": "Les exercices [américano](COUNTRY:USA)-[sud-coréens](COUNTRY:KOR) ont repris.",
    "nothing in anglo-saxon": "Ce courant anglo-saxon a séduit les états-majors.",
    "nothing in south american": "Plusieurs armées sud-américaines ont renoncé.",
    "part of a place name": "Les troupes ont quitté [Saint-Jean-du-Maroni](PLACE).",
    "all capitals": "[MOSCOU](COUNTRY:RUS) menace l'[IRAN](COUNTRY:IRN).",
    "seat that is a town": "Le tribunal de [La Haye](PLACE) siège.",
    "state of the union": "L'[État de Géorgie](PLACE) a voté.",
    "part of a woman's name": "La diplomate [Victoria Nuland](PERSON) a pris la parole.",
}


@pytest.mark.parametrize("marked", STATES_AND_PLACES.values(), ids=STATES_AND_PLACES)
def test_states_and_places(extractor: Extractor, marked: str) -> None:
    check(extractor, marked, "COUNTRY", "PLACE", "PERSON")
