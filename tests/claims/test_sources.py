"""The source as written, its kind, and who a pronoun or a bare function stands for."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from pipeline.records import Attribution, Claim, SourceType

pytestmark = pytest.mark.model


def last_attributed(extractor: Extractor, text: str) -> Claim:
    return [claim for claim in extractor.extract(text).claims if claim.attribution is not Attribution.AUTHOR][-1]


SPANS = [
    pytest.param("Le ministre de la Défense Boris Pistorius a dit que les chars partaient.", "Boris Pistorius",
                 id="name-after-function"),
    pytest.param("Le porte-parole du Kremlin, Dmitri Peskov, a dit que les chars partaient.", "Dmitri Peskov",
                 id="name-in-apposition"),
    pytest.param("Emmanuel Macron, président de la République, a dit que les chars partaient.", "Emmanuel Macron",
                 id="function-in-apposition"),
    pytest.param("Les services de renseignement sud-coréens ont dit que le tir avait échoué.",
                 "services de renseignement sud-coréens", id="common-noun-with-complements"),
    pytest.param("Selon les autorités russes, il s'agirait d'un navire de guerre.", "autorités russes", id="selon"),
    pytest.param("La société tchèque Novak Motors a dit que la vente était légale.", "Novak Motors", id="unknown-name"),
    pytest.param("Plusieurs experts estiment que les stocks sont vides.", "experts", id="several"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source"), SPANS)
def test_shortest_naming_part(extractor: Extractor, text: str, source: str) -> None:
    assert last_attributed(extractor, text).source == source


KINDS = [
    pytest.param("Moscou affirme que les chars partent.", SourceType.GOVERNMENT, id="state"),
    pytest.param("Le ministre affirme que les chars partent.", SourceType.OFFICIAL, id="official"),
    pytest.param("Le ministre Boris Pistorius affirme que les chars partent.", SourceType.OFFICIAL, id="named"),
    pytest.param("Une source diplomatique affirme que les chars partent.", SourceType.ANONYMOUS, id="source"),
    pytest.param("Des experts affirment que les chars partent.", SourceType.ANONYMOUS, id="experts"),
    pytest.param("Le quotidien affirme que les chars partent.", SourceType.MEDIA, id="media"),
    pytest.param("L'agence Reuters affirme que les chars partent.", SourceType.AGENCY, id="agency"),
    pytest.param("Le rapport affirme que les chars partent.", SourceType.DOCUMENT, id="document"),
    pytest.param("L'OTAN affirme que les chars partent.", SourceType.ORGANISATION, id="alliance"),
    pytest.param("Un chercheur affirme que les chars partent.", SourceType.PERSON, id="person"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind_of_speaker(extractor: Extractor, text: str, kind: SourceType) -> None:
    assert last_attributed(extractor, text).source_type is kind


RESOLVED = [
    pytest.param(
        "M. Dmitri Peskov a dit que les chars partaient. Il a ajouté que les avions restaient.", "Il",
        "PERSON:dmitri-peskov", id="pronoun",
    ),
    pytest.param(
        "M. Dmitri Peskov a dit que les chars partaient. « Les avions restent ici », a-t-il ajouté.", "il",
        "PERSON:dmitri-peskov", id="clitic",
    ),
    pytest.param(
        "Le ministre Boris Pistorius a dit que les chars partaient. Le ministre a ajouté que les avions restaient.",
        "ministre", "PERSON:boris-pistorius", id="function",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "entity"), RESOLVED)
def test_reference_keeps_its_surface_and_gets_the_entity(
    extractor: Extractor, text: str, source: str, entity: str
) -> None:
    claim = last_attributed(extractor, text)
    assert (claim.source, claim.source_id) == (source, entity)


def test_pronoun_of_the_other_gender_is_left_alone(extractor: Extractor) -> None:
    text = "M. Dmitri Peskov a dit que les chars partaient. Elle a ajouté que les avions restaient."
    assert last_attributed(extractor, text).source_id == ""


def test_the_nearest_person_goes_before_a_state(extractor: Extractor) -> None:
    text = (
        "La Chine vend des chars. La porte-parole du Pentagone, Sabrina Singh, a reçu la presse. "
        "Elle a déclaré que les chars partaient."
    )
    assert last_attributed(extractor, text).source_id == "PERSON:sabrina-singh"
