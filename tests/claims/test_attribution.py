"""Who says what: each way of attributing a clause, on sentences read by the whole extractor."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from pipeline.records import Attribution, Claim

pytestmark = pytest.mark.model


def attributed(extractor: Extractor, text: str) -> list[Claim]:
    return [claim for claim in extractor.extract(text).claims if claim.attribution is not Attribution.AUTHOR]


SINGLE = [
    # id, text, source, content
    ("que", "Kiev affirme que Moscou a livré des drones à Téhéran.", "Kiev", "Moscou a livré des drones à Téhéran"),
    ("que-after-dit", "Le ministre dit que les chars sont partis.", "ministre", "les chars sont partis"),
    ("dit-after", "Les chars sont partis, dit le ministre.", "ministre", "Les chars sont partis"),
    ("que-after-complement", "Le ministre a déclaré mardi à la presse que Paris livrera des Caesar.", "ministre",
     "Paris livrera des Caesar"),
    ("que-after-aside", "Le général affirme, sur la foi de ces images, que le navire a coulé.", "général",
     "le navire a coulé"),
    ("infinitive", "Ankara reconnaît avoir vendu des drones à Bakou.", "Ankara", "avoir vendu des drones à Bakou"),
    ("denied-infinitive", "Téhéran dément avoir livré des missiles à Moscou.", "Téhéran",
     "avoir livré des missiles à Moscou"),
    ("causative", "Le ministère a fait savoir que la frégate quittera Toulon lundi.", "ministère",
     "la frégate quittera Toulon lundi"),
    ("incise", "La frégate a quitté Toulon, a annoncé le ministère de la Défense.", "ministère de la Défense",
     "La frégate a quitté Toulon"),
    ("incise-without-comma", "La Pologne recevra vingt chars a déclaré mardi le ministre polonais.",
     "ministre polonais", "La Pologne recevra vingt chars"),
    ("incise-of-a-clitic", "Les chars arriveront en mai, a-t-il ajouté.", "il", "Les chars arriveront en mai"),
    ("incise-in-the-middle", "Le navire, a précisé le ministère, a traversé le détroit de nuit.", "ministère",
     "a traversé le détroit de nuit"),
    ("selon-first", "Selon Kiev, la Russie a perdu trois hélicoptères.", "Kiev",
     "la Russie a perdu trois hélicoptères"),
    ("selon-last", "La Russie a perdu trois hélicoptères, selon l'état-major ukrainien.", "état-major ukrainien",
     "La Russie a perdu trois hélicoptères"),
    ("selon-without-comma", "Selon la chaîne NHK le Japon prévoit un tir en mai.", "NHK",
     "le Japon prévoit un tir en mai"),
    ("d-apres", "D'après un rapport, les livraisons ont cessé en juin.", "rapport",
     "les livraisons ont cessé en juin"),
    ("a-en-croire", "À en croire le général, les stocks sont vides.", "général", "les stocks sont vides"),
    ("aux-yeux-de", "Aux yeux de Moscou, cette vente est un danger.", "Moscou", "cette vente est un danger"),
    ("de-source", "De source diplomatique, les deux pays ont signé hier.", "source diplomatique",
     "les deux pays ont signé hier"),
    ("pour-actor", "Pour Ankara, cette vente est un danger.", "Ankara", "cette vente est un danger"),
    ("noun-selon", "Un officier a évoqué des informations selon lesquelles Minsk aurait vendu des obus.",
     "officier", "Minsk aurait vendu des obus"),
    ("stance", "Le président a réaffirmé son intention d'acheter des sous-marins.", "président",
     "acheter des sous-marins"),
    ("self-description", "Varsovie se dit prête à livrer ses MiG-29.", "Varsovie", "prête à livrer ses MiG-29"),
    ("accusation", "Kiev accuse Minsk d'avoir fourni des obus à Moscou.", "Kiev",
     "Minsk d'avoir fourni des obus à Moscou"),
    ("agent", "Il a été annoncé par Oslo que le système NASAMS était prêt.", "Oslo",
     "le système NASAMS était prêt"),
    ("looking-back", "La frégate a quitté Toulon. C'est ce qu'a déclaré le ministre.", "ministre",
     "La frégate a quitté Toulon"),
    ("perception", "Des habitants ont vu que les soldats quittaient la ville.", "habitants",
     "les soldats quittaient la ville"),
    ("relative", "Les chars qui, selon Kiev, devaient partir hier sont toujours à Odessa.", "Kiev",
     "Les chars qui, selon Kiev, devaient partir hier sont toujours à Odessa"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "content"), [pytest.param(*case[1:], id=case[0]) for case in SINGLE])
def test_one_claim_with_its_source(extractor: Extractor, text: str, source: str, content: str) -> None:
    assert [(claim.source, claim.text) for claim in attributed(extractor, text)] == [(source, content)]


NOT_ATTRIBUTED = [
    pytest.param("Le plan prévoit l'achat de vingt chars, pour que Varsovie soit prête.", id="pour-que"),
    pytest.param("Selon les cas, la livraison prend un mois ou deux.", id="selon-nobody"),
    pytest.param("Le texte ne prévoit que l'achat de vingt chars par la Pologne.", id="restrictive-que"),
    pytest.param("La Pologne a reçu les chars que Berlin avait promis.", id="relative-que"),
    pytest.param("Le Mali, dirigé par des militaires, a publié une déclaration de soutien.", id="own-subject"),
    pytest.param("Ankara soutiendra Bakou aussi longtemps qu'il le faudra.", id="comparison"),
    pytest.param("Notons que la Pologne a reçu vingt chars.", id="imperative"),
    pytest.param("Le pirate a été condamné mardi par un juge de Lyon.", id="passive"),
]


@pytest.mark.parametrize("text", NOT_ATTRIBUTED)
def test_what_only_looks_like_reporting(extractor: Extractor, text: str) -> None:
    assert attributed(extractor, text) == []


SEVERAL = [
    pytest.param(
        "Séoul a indiqué que le tir avait échoué et que l'engin était tombé en mer.",
        ["le tir avait échoué", "l'engin était tombé en mer"], id="two-que",
    ),
    pytest.param(
        "Riga affirme avoir reçu les drones et a déclaré que Moscou avait protesté.",
        ["avoir reçu les drones", "Moscou avait protesté"], id="two-verbs",
    ),
    pytest.param(
        "Le ministre a déclaré que la vente était conclue, ajoutant que les avions arriveraient en mai.",
        ["la vente était conclue", "les avions arriveraient en mai"], id="participle",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "contents"), SEVERAL)
def test_one_claim_a_content_clause(extractor: Extractor, text: str, contents: list[str]) -> None:
    assert [claim.text for claim in attributed(extractor, text)] == contents


def test_participle_belongs_to_who_spoke_before(extractor: Extractor) -> None:
    text = "Les chars sont arrivés, a dit le colonel, précisant que les équipages étaient formés."
    assert [claim.source for claim in attributed(extractor, text)] == ["colonel", "colonel"]


CHAINS = [
    pytest.param("Le ministre a dit que, selon ce rapport, les tirs avaient cessé.", "ministre", "rapport", id="que"),
    pytest.param("Le ministre dit que les tirs cessent, a rapporté l'agence Tass.", "ministre", "Tass", id="incise"),
    pytest.param("Selon un officier cité par Reuters, les tirs ont cessé.", "officier", "Reuters", id="cite-par"),
    pytest.param("L'agence Tass affirme que les tirs ont cessé, citant un officier.", "Tass", "officier", id="citant"),
    pytest.param("Selon le général, le rapport indique que les tirs ont cessé.", "général", "rapport", id="document"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "relay"), CHAINS)
def test_chain_keeps_speaker_and_relay(extractor: Extractor, text: str, speaker: str, relay: str) -> None:
    (claim,) = attributed(extractor, text)
    assert claim.source == speaker
    assert any(cue.startswith("relay:") and relay in cue for cue in claim.cues)


def test_gerund_after_an_incise(extractor: Extractor) -> None:
    text = "Les chars sont partis, ajoute encore le ministère, tout en indiquant que les obus suivront."
    assert [(claim.source, claim.cue) for claim in attributed(extractor, text)] == [
        ("ministère", "ajoute"), ("ministère", "indiquant"),
    ]  # fmt: skip


def test_cue_is_the_whole_reporting_group(extractor: Extractor) -> None:
    (claim,) = attributed(extractor, "Oslo a fait savoir que les chars étaient partis.")
    assert claim.cue == "a fait savoir"


@pytest.mark.xfail(reason="the parser takes « suppose » for a noun", strict=True)
def test_verb_that_looks_like_a_noun(extractor: Extractor) -> None:
    assert len(attributed(extractor, "Le général suppose, sur la foi de ces images, que le navire a coulé.")) == 1
