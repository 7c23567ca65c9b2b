"""Each relation type on sentences read by the whole extractor: found, denied or intended, and what must give nothing."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from pipeline.records import Modality, Polarity, Relation, RelationType

pytestmark = pytest.mark.model
KNOWN_MISS = pytest.mark.xfail(reason="known miss", strict=True)


def relations(extractor: Extractor, text: str) -> tuple[Relation, ...]:
    return extractor.extract(text).relations


def links(extractor: Extractor, text: str) -> set[str]:
    """Relations as « subject TYPE object », with « (counterpart) » where there is one."""
    found = relations(extractor, text)
    return {f"{r.subject} {r.type} {r.object}" + (f" ({r.counterpart})" if r.counterpart else "") for r in found}


FOUND = [
    ("cooperates-verb", "La France coopère avec l'Inde.", "France COOPERATES_WITH Inde"),
    ("cooperates-noun", "Un partenariat lie l'Inde et la France, la coopération entre Paris et Delhi progresse.",
     "France COOPERATES_WITH Inde"),
    ("cooperates-exercise", "La Serbie mène un exercice conjoint avec la Grèce.", "Grèce COOPERATES_WITH Serbie"),
    ("agrees", "La Grèce a signé un accord avec la France.", "France AGREES_WITH Grèce"),
    ("agrees-entre", "L'accord entre la Grèce et la France prévoit dix ans d'entretien.", "France AGREES_WITH Grèce"),
    ("meets", "Vladimir Poutine a rencontré Emmanuel Macron à Moscou.", "Emmanuel Macron MEETS_WITH Vladimir Poutine"),
    ("meets-name-like-a-verb", "Emmanuel Macron a rencontré Narendra Modi.", "Emmanuel Macron MEETS_WITH Narendra Modi"),
    ("meets-noun", "Des négociations entre la Serbie et la Grèce ont commencé.", "Grèce MEETS_WITH Serbie"),
    ("supports", "La Norvège soutient l'Ukraine.", "Norvège SUPPORTS Ukraine"),
    ("supports-noun", "L'aide de la Norvège à l'Ukraine augmente.", "Norvège SUPPORTS Ukraine"),
    ("opposes", "La Grèce accuse la Turquie.", "Grèce OPPOSES Turquie"),
    ("opposes-noun", "Les tensions entre la Grèce et la Turquie montent.", "Grèce OPPOSES Turquie"),
    ("threatens", "La Corée du Nord menace le Japon.", "Corée du Nord THREATENS Japon"),
    ("sanctions", "Le Canada a sanctionné l'Iran.", "Canada SANCTIONS Iran"),
    ("sanctions-noun", "Le Canada a imposé des sanctions contre l'Iran.", "Canada SANCTIONS Iran"),
    ("attacks", "La Russie a envahi l'Ukraine.", "Russie ATTACKS Ukraine"),
    ("attacks-noun", "L'invasion de l'Ukraine par la Russie a surpris.", "Russie ATTACKS Ukraine"),
    ("supplies", "La France livre des Rafale à la Grèce.", "France SUPPLIES Rafale (Grèce)"),
    ("supplies-noun", "La livraison de S-400 à l'Inde par la Russie a commencé.", "Russie SUPPLIES S-400 (Inde)"),
    ("acquires", "La Grèce achète des Rafale à la France.", "Grèce ACQUIRES Rafale (France)"),
    ("acquires-noun", "L'achat de Rafale par la Grèce est confirmé.", "Grèce ACQUIRES Rafale"),
    ("produces", "La Turquie fabrique le Bayraktar TB2.", "Turquie PRODUCES Bayraktar TB2"),
    ("produces-noun", "La production de Shahed-136 par la Russie augmente.", "Russie PRODUCES Shahed-136"),
    ("operates", "La Serbie utilise des MiG-29.", "Serbie OPERATES MiG-29"),
    ("operates-equip", "La Serbie dispose de MiG-29.", "Serbie OPERATES MiG-29"),
    ("tests", "L'Inde a testé un missile BrahMos.", "Inde TESTS BrahMos"),
    ("tests-noun", "Le tir d'essai d'un missile BrahMos par l'Inde a réussi.", "Inde TESTS BrahMos"),
    ("destroys", "L'Ukraine a abattu un Su-34.", "Ukraine DESTROYS Su-34"),
    ("deploys", "La France a déployé des Rafale en Pologne.", "France DEPLOYS_TO Pologne (Rafale)"),
    ("deploys-noun", "Le déploiement de F-16 en Pologne par les États-Unis se poursuit.",
     "États-Unis DEPLOYS_TO Pologne (F-16)"),
    ("member", "La Suède a rejoint l'OTAN.", "Suède MEMBER_OF OTAN"),
    ("member-noun", "L'adhésion de la Suède à l'OTAN est acquise.", "Suède MEMBER_OF OTAN"),
    ("heads", "Le président français Emmanuel Macron est arrivé.", "Emmanuel Macron HEADS France"),
    ("located", "Le port de Sébastopol, en Crimée, a brûlé.", "Sébastopol LOCATED_IN Crimée"),
    ("second-recipient", "La France livre des Caesar à l'Estonie et à l'Ukraine.", "France SUPPLIES Caesar (Ukraine)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "link"), [pytest.param(*case[1:], id=case[0]) for case in FOUND])
def test_found(extractor: Extractor, text: str, link: str) -> None:
    assert link in links(extractor, text)


def test_every_type_has_a_sentence() -> None:
    assert {kind for kind in RelationType for *_, link in FOUND if f" {kind} " in link} == set(RelationType)


NEGATED = [
    pytest.param("La France ne coopère pas avec l'Inde.", RelationType.COOPERATES_WITH, id="cooperates"),
    pytest.param("La Grèce n'a signé aucun accord avec la France.", RelationType.AGREES_WITH, id="agrees"),
    pytest.param("Vladimir Poutine n'a pas rencontré Emmanuel Macron.", RelationType.MEETS_WITH, id="meets"),
    pytest.param("La Serbie ne soutient pas l'Ukraine.", RelationType.SUPPORTS, id="supports"),
    pytest.param("La Grèce n'accuse pas la Turquie.", RelationType.OPPOSES, id="opposes"),
    pytest.param("La Corée du Nord ne menace pas le Japon.", RelationType.THREATENS, id="threatens"),
    pytest.param("La Serbie refuse de sanctionner l'Iran.", RelationType.SANCTIONS, id="sanctions"),
    pytest.param("La Russie n'a pas bombardé la Pologne.", RelationType.ATTACKS, id="attacks"),
    pytest.param("La France dément avoir livré des Rafale à la Serbie.", RelationType.SUPPLIES, id="supplies"),
    pytest.param("La Serbie renonce à acheter des Rafale.", RelationType.ACQUIRES, id="acquires"),
    pytest.param("La Turquie ne fabrique plus le Bayraktar TB2.", RelationType.PRODUCES, id="produces"),
    pytest.param("La Serbie n'utilise pas de F-16.", RelationType.OPERATES, id="operates"),
    pytest.param("L'Inde n'a pas testé de missile BrahMos.", RelationType.TESTS, id="tests"),
    pytest.param("L'Ukraine n'a pas abattu de Su-34.", RelationType.DESTROYS, id="destroys"),
    pytest.param("La France n'a pas déployé de Rafale en Pologne.", RelationType.DEPLOYS_TO, id="deploys"),
    pytest.param("La Serbie n'a pas rejoint l'OTAN.", RelationType.MEMBER_OF, id="member"),
]


@pytest.mark.parametrize(("text", "kind"), NEGATED)
def test_negated(extractor: Extractor, text: str, kind: RelationType) -> None:
    found = [r for r in relations(extractor, text) if r.type is kind]
    assert [r.polarity for r in found] == [Polarity.NEGATIVE]


COLOURED = [
    ("intended", "La Serbie cherche à acquérir des Rafale.", "acquérir", Modality.INTENDED),
    ("intended-by-the-word", "La Serbie réclame des Rafale à la France.", "réclame", Modality.INTENDED),
    ("possible", "La Serbie pourrait acheter des Rafale.", "acheter", Modality.POSSIBLE),
    ("probable", "La Serbie devrait acheter des Rafale.", "acheter", Modality.PROBABLE),
    ("alleged", "La Serbie aurait acheté des Rafale.", "acheté", Modality.ALLEGED),
    ("required", "La Serbie doit acheter des Rafale.", "acheter", Modality.REQUIRED),
    ("hypothetical", "Si la Serbie achète des Rafale, Moscou protestera.", "achète", Modality.HYPOTHETICAL),
    ("talks", "La Serbie négocie l'achat de Rafale.", "achat", Modality.INTENDED),
]


@pytest.mark.parametrize(("text", "trigger", "modality"), [pytest.param(*case[1:], id=case[0]) for case in COLOURED])
def test_modality(extractor: Extractor, text: str, trigger: str, modality: Modality) -> None:
    (found,) = (r for r in relations(extractor, text) if r.type is RelationType.ACQUIRES)
    assert (found.trigger, found.modality) == (trigger, modality)


NOTHING = [
    pytest.param("La France et l'Inde sont deux démocraties.", id="co-occurrence"),
    pytest.param("La France livre-t-elle des Rafale à la Serbie ?", id="question"),
    pytest.param("Une rafale de vent a surpris la Grèce.", id="ordinary-word"),
    pytest.param("La Grèce a livré bataille contre le déficit.", id="idiom"),
    pytest.param("La Serbie a reçu une délégation.", id="no-weapon"),
    pytest.param("Le Rafale est un avion français que la Grèce connaît.", id="no-trigger-for-greece"),
    pytest.param("La Grèce achète du blé à l'Ukraine.", id="object-of-the-wrong-type"),
    pytest.param("Le typhon menace le Japon.", id="actor-of-the-wrong-type"),
    pytest.param("La Corée du Nord menace d'attaquer.", id="threat-against-nobody"),
    pytest.param("L'ancien président Nicolas Sarkozy est arrivé.", id="former-office"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_gives_nothing(extractor: Extractor, text: str) -> None:
    found = links(extractor, text)
    assert {link for link in found if "France PRODUCES Rafale" not in link} == set()


TRANSFERS = [
    pytest.param("La France livre des Rafale à la Grèce.", id="supplier-first"),
    pytest.param("La Grèce achète des Rafale à la France.", id="buyer-first"),
    pytest.param("Des Rafale ont été livrés à la Grèce par la France.", id="passive"),
    pytest.param("La vente de Rafale à la Grèce par la France est conclue.", id="noun"),
    pytest.param("La France, qui livre des Rafale à la Grèce, a signé.", id="relative"),
    pytest.param("La France cherche à vendre des Rafale à la Grèce.", id="control"),
]


@pytest.mark.parametrize("text", TRANSFERS)
def test_transfer_is_told_from_both_sides(extractor: Extractor, text: str) -> None:
    assert {"France SUPPLIES Rafale (Grèce)", "Grèce ACQUIRES Rafale (France)"} <= links(extractor, text)


def test_denied_transfer_is_told_from_both_sides(extractor: Extractor) -> None:
    found = links(extractor, "La France ne livre pas de Rafale à la Serbie.")
    assert "France SUPPLIES Rafale (Serbie)" in found
    assert "Serbie ACQUIRES Rafale (France)" in found


def test_transfer_without_supplier_is_told_from_the_recipient(extractor: Extractor) -> None:
    assert links(extractor, "Des Rafale ont été livrés à la Grèce.") == {"Grèce ACQUIRES Rafale"}


def test_third_party_comes_from_the_rest_of_the_document(extractor: Extractor) -> None:
    text = "La France livre des Rafale à la Grèce.\n\nLa Grèce a reçu hier six Rafale."
    assert "Grèce ACQUIRES Rafale (France)" in links(extractor, text)


ENUMERATIONS = [
    ("subjects", "La Lettonie et l'Estonie ont acheté des Caesar.",
     {"Lettonie ACQUIRES Caesar", "Estonie ACQUIRES Caesar"}),
    ("objects", "La Pologne a acheté des F-35, des Patriot et des Himars.",
     {"Pologne ACQUIRES F-35", "Pologne ACQUIRES Patriot", "Pologne ACQUIRES HIMARS"}),
    ("recipients", "La France livre des Caesar à l'Estonie, à la Lettonie et à l'Ukraine.",
     {"Estonie ACQUIRES Caesar (France)", "Lettonie ACQUIRES Caesar (France)", "Ukraine ACQUIRES Caesar (France)"}),
    ("apposed-examples", "La Grèce a reçu des avions, notamment des Rafale et des F-16.",
     {"Grèce ACQUIRES Rafale", "Grèce ACQUIRES F-16"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in ENUMERATIONS])
def test_each_member_of_an_enumeration(extractor: Extractor, text: str, expected: set[str]) -> None:
    assert expected <= links(extractor, text)


def test_members_of_one_party_cooperate_with_each_other(extractor: Extractor) -> None:
    assert links(extractor, "La coopération entre la Grèce et la Serbie progresse.") == {"Grèce COOPERATES_WITH Serbie"}


PHRASES = [
    ("maker", "Des S-400 russes ont été vendus.", "Russie PRODUCES S-400"),
    ("maker-of-a-class", "Des missiles iraniens sont exposés à Minsk.", "Iran PRODUCES missile"),
    ("made-in", "Un drone de fabrication turque est exposé à Minsk.", "Turquie PRODUCES drone"),
    ("user", "Un Su-34 russe a été abattu.", "Russie OPERATES Su-34"),
    ("user-not-maker", "Des F-16 grecs ont décollé de Crète.", "Grèce OPERATES F-16"),
    ("possessive", "La Grèce modernise ses F-16.", "Grèce OPERATES F-16"),
    ("holder", "Un F-16 de l'armée de l'air grecque s'est écrasé.", "Grèce OPERATES F-16"),
    ("office", "La ministre grecque de la Défense, Nikos Dendias, est arrivée.", "Nikos Dendias HEADS Grèce"),
    ("office-after-the-name", "Jens Stoltenberg, secrétaire général de l'OTAN, est arrivé.",
     "Jens Stoltenberg HEADS OTAN"),
    ("spokesman", "Dmitri Peskov, porte-parole du Kremlin, a parlé.", "Dmitri Peskov HEADS Russie"),
    ("seat", "Bandar Abbas, dans le sud de l'Iran, a été touchée.", "Bandar Abbas LOCATED_IN Iran"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "link"), [pytest.param(*case[1:], id=case[0]) for case in PHRASES])
def test_stated_by_a_noun_phrase(extractor: Extractor, text: str, link: str) -> None:
    assert link in links(extractor, text)


def test_a_president_is_not_given_the_country_of_whom_he_meets(extractor: Extractor) -> None:
    text = (
        "Le président Emmanuel Macron a rencontré le Premier ministre indien Narendra Modi. "
        "L'Inde veut acheter des Rafale. L'Inde a confirmé."
    )
    assert {link for link in links(extractor, text) if "HEADS" in link} == {"Narendra Modi HEADS Inde"}


def test_maker_is_no_user(extractor: Extractor) -> None:
    assert "Russie OPERATES S-400" not in links(extractor, "L'Inde a reçu des S-400 russes.")


def test_user_is_no_maker(extractor: Extractor) -> None:
    assert "Grèce PRODUCES F-16" not in links(extractor, "Des F-16 grecs ont décollé de Crète.")


def test_weapons_yet_to_come_are_not_operated(extractor: Extractor) -> None:
    assert "Grèce OPERATES F-35" not in links(extractor, "La Grèce n'a pas encore reçu ses F-35.")


DETAILS = [
    ("quantity", "La Grèce a acheté dix-huit Rafale.", "quantity", "dix-huit"),
    ("date", "La Grèce a acheté des Rafale en janvier 2021.", "date", "janvier 2021"),
    ("amount", "La Grèce a acheté des Rafale pour 2,5 milliards d'euros.", "amount", "2,5 milliards d'euros"),
    ("place", "La Serbie a testé un missile Mistral à Nis.", "place", "Nis"),
    ("place-of-deployment", "La France a déployé des Rafale en Pologne.", "place", ""),
]


@pytest.mark.parametrize(("text", "column", "cell"), [pytest.param(*case[1:], id=case[0]) for case in DETAILS])
def test_details(extractor: Extractor, text: str, column: str, cell: str) -> None:
    assert getattr(relations(extractor, text)[0], column) == cell


def test_symmetric_relation_is_stored_once_in_order_of_ids(extractor: Extractor) -> None:
    forth = links(extractor, "La Serbie coopère avec la Grèce.")
    back = links(extractor, "La Grèce coopère avec la Serbie.")
    assert forth == back == {"Grèce COOPERATES_WITH Serbie"}


def test_relation_carries_the_source_of_its_claim(extractor: Extractor) -> None:
    result = extractor.extract("Selon Kiev, l'Iran a livré des Shahed-136 à la Russie.")
    supplies = next(r for r in result.relations if r.type is RelationType.SUPPLIES)
    assert supplies.source == "Kiev"
    assert supplies.claim_id in {claim.claim_id for claim in result.claims}
