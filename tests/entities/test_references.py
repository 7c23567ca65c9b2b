"""References back: resolved where one reading is left, otherwise left alone."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from pipeline.records import Document

Reference = tuple[str, str, str]


def references(extractor: Extractor, text: str) -> list[Reference]:
    reading = extractor.read(Document("test", text))
    return [
        (m.kind.value, reading.text(m.start, m.end), m.entity_id.partition(":")[2])
        for m in reading.mentions
        if m.rule.startswith("reference.")
    ]


RESOLVED: dict[str, tuple[str, list[Reference]]] = {
    "two states": (
        "La Russie négocie avec l'Iran. Les deux pays signeront lundi.",
        [("group", "Les deux pays", "IRN"), ("group", "Les deux pays", "RUS")],
    ),
    "two Koreas": (
        "La frontière sépare les deux Corées.",
        [("group", "Corées", "KOR"), ("group", "Corées", "PRK")],
    ),
    "the last pair": (
        "L'Italie observe. L'Inde et la France ont signé. Les deux pays produiront des sous-marins.",
        [("group", "Les deux pays", "FRA"), ("group", "Les deux pays", "IND")],
    ),
    "feminine state": ("La Russie se réarme. Elle a livré des S-400.", [("pronoun", "Elle", "RUS")]),
    "plural state": ("Les États-Unis hésitent. Ils ont livré des F-16.", [("pronoun", "Ils", "USA")]),
    "subject of the clause above": ("La Turquie affirme qu'elle produira des drones.", [("pronoun", "elle", "TUR")]),
    "man by his title": (
        "Le ministre Karel Dubsky est arrivé. Il a rencontré ses alliés.",
        [("pronoun", "Il", "karel-dubsky")],
    ),
    "woman by her title": (
        "La ministre Jana Dubska est arrivée. Elle a rencontré ses alliés.",
        [("pronoun", "Elle", "jana-dubska")],
    ),
    "short name": (
        "L'OTAN se réunit à Vilnius. Le flanc est de l'Alliance sera renforcé.",
        [("alias", "Alliance", "otan")],
    ),
    "half of Korea": (
        "La Corée du Nord défie la Corée du Sud. Le Nord a tiré un missile.",
        [("alias", "Nord", "PRK")],
    ),
    "the country": (
        "Le Japon se réarme. Le pays a commandé des missiles.",
        [("nominal", "pays", "JPN")],
    ),
    "office": (
        "Le président russe Vladimir Poutine est arrivé. Les alliés attendent le président russe demain.",
        [("nominal", "président", "vladimir-poutine")],
    ),
}

ALONE = {
    "three states in reach": "La Russie, l'Iran et la Chine négocient. Les deux pays cités refusent.",
    "common noun agrees": "La livraison a été annoncée par la France. Elle aura lieu en mai.",
    "gender differs": "La Russie se réarme. Il pourrait en aller autrement.",
    "impersonal": "Le Japon se réarme. Il faut attendre. Il est nécessaire de patienter.",
    "country among others": "Le Japon se réarme. Le pays le plus peuplé hésite.",
    "country with two in reach": "Le Japon imite la Corée du Sud. Le pays a commandé des missiles.",
    "province of the south": "La Corée du Nord défie la Corée du Sud. Le Gyeongsang du Sud a voté.",
    "capital": "Moscou se réarme. Elle a livré des missiles.",
    "office without a name": "Le président russe est arrivé.",
    "alliance without NATO": "L'Alliance des agriculteurs défile.",
    "north of something": "La Corée du Nord défie la Corée du Sud. Le Nord de la France est loin.",
}


@pytest.mark.parametrize(("text", "wanted"), RESOLVED.values(), ids=RESOLVED)
def test_resolved(extractor: Extractor, text: str, wanted: list[Reference]) -> None:
    assert references(extractor, text) == wanted


@pytest.mark.parametrize("text", ALONE.values(), ids=ALONE)
def test_left_alone(extractor: Extractor, text: str) -> None:
    assert references(extractor, text) == []
