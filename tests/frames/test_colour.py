"""Polarity, modality and tense of a predicate, on sentences read by the whole extractor."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from pipeline.frames.colour import Colour, colour_of
from pipeline.records import Document, Modality, Polarity, Tense
from pipeline.tree import Tree

pytestmark = pytest.mark.model
KNOWN_MISS = pytest.mark.xfail(reason="known miss", strict=True)
LEMMAS = ("livrer", "acheter", "livraison", "achat", "attaque")


def coloured(extractor: Extractor, text: str) -> tuple[Tree, Colour]:
    """The colour of the first delivery, purchase or attack of a sentence."""
    tree = extractor.read(Document("test", text)).tree
    heads = [i for i in range(len(tree)) if tree.lemma[i] in LEMMAS and tree.pos[i] in ("VERB", "NOUN")]
    assert heads, list(zip(tree.text, tree.pos, tree.lemma, strict=True))
    return tree, colour_of(tree, heads[0])


NEGATIVE = [
    pytest.param("La France ne livre pas de chars.", id="ne-pas"),
    pytest.param("La France n'a pas livré de chars.", id="ne-pas-perfect"),
    pytest.param("La France ne livre plus de chars.", id="ne-plus"),
    pytest.param("La France n'a jamais livré de chars.", id="ne-jamais"),
    pytest.param("La France n'a livré aucun char.", id="ne-aucun"),
    pytest.param("Aucun char n'a été livré.", id="aucun-ne"),
    pytest.param("Ni la France ni l'Italie n'ont livré de chars.", id="ni-ni"),
    pytest.param("La France ne livre nullement des chars.", id="nullement"),
    pytest.param("La France est partie sans livrer de chars.", id="sans"),
    pytest.param("La France refuse de livrer des chars.", id="refuser"),
    pytest.param("La France renonce à livrer des chars.", id="renoncer"),
    pytest.param("La France dément avoir livré des chars.", id="dementir"),
    pytest.param("La France nie que l'Italie livre des chars.", id="nier-que"),
    pytest.param("La France a suspendu la livraison de chars.", id="suspendre"),
    pytest.param("La livraison de chars a été annulée.", id="annuler-passive"),
    pytest.param("La France empêche l'Italie de livrer des chars.", id="empecher"),
    pytest.param("Il n'y aura aucune livraison de chars.", id="aucun-noun"),
    pytest.param("La France ne peut livrer de chars.", id="bare-ne-governor"),
]


@pytest.mark.parametrize("sentence", NEGATIVE)
def test_negative(extractor: Extractor, sentence: str) -> None:
    assert coloured(extractor, sentence)[1].polarity is Polarity.NEGATIVE


POSITIVE = [
    pytest.param("La France livre des chars.", id="plain"),
    pytest.param("La France ne livre que des chars.", id="ne-que"),
    pytest.param("La France n'a livré que douze chars.", id="ne-que-number"),
    pytest.param("La Grèce paiera avant que la France ne livre des chars.", id="expletive-avant-que"),
    pytest.param("La Grèce craint que la France ne livre des chars.", id="expletive-craindre"),
    pytest.param("La France ne cesse de livrer des chars.", id="ne-cesse-de"),
    pytest.param("La France ne cesse pas de livrer des chars.", id="ne-cesse-pas"),
    pytest.param("La France n'exclut pas de livrer des chars.", id="two-negations"),
    pytest.param("La France ne renonce pas à livrer des chars.", id="negated-refusal"),
    pytest.param("La France livre plus de chars.", id="plus-without-ne"),
    pytest.param("La France a livré des chars sans délai.", id="sans-noun"),
    pytest.param("La Grèce ne paie pas mais la Serbie achète des chars.", id="negation-elsewhere"),
    pytest.param("La Grèce, qui ne paie pas, achète des chars.", id="negation-in-a-relative"),
]


@pytest.mark.parametrize("sentence", POSITIVE)
def test_positive(extractor: Extractor, sentence: str) -> None:
    assert coloured(extractor, sentence)[1].polarity is Polarity.POSITIVE


MODALITIES = [
    ("plain", "La France livre des chars.", Modality.ASSERTED),
    ("perfect", "La France a livré des chars.", Modality.ASSERTED),
    ("selon-is-no-doubt", "Selon Kiev, la France a livré des chars.", Modality.ASSERTED),
    ("devrait", "La France devrait livrer des chars.", Modality.PROBABLE),
    ("a-du", "La France a dû livrer des chars.", Modality.PROBABLE),
    ("probablement", "La France a probablement livré des chars.", Modality.PROBABLE),
    ("sans-doute", "La France a sans doute livré des chars.", Modality.PROBABLE),
    ("sembler", "La France semble livrer des chars.", Modality.PROBABLE),
    ("probable-adjective", "Paris prépare une attaque probable.", Modality.PROBABLE),
    ("peut", "La France peut livrer des chars.", Modality.POSSIBLE),
    ("pourrait", "La France pourrait livrer des chars.", Modality.POSSIBLE),
    ("peut-etre", "La France a peut-être livré des chars.", Modality.POSSIBLE),
    ("eventuel", "Kiev attend une éventuelle livraison de chars.", Modality.POSSIBLE),
    ("potentiel", "Kiev attend une livraison potentielle de chars.", Modality.POSSIBLE),
    ("risquer", "La France risque de livrer des chars.", Modality.POSSIBLE),
    ("vouloir", "La France veut livrer des chars.", Modality.INTENDED),
    ("chercher", "La Grèce cherche à acheter des chars.", Modality.INTENDED),
    ("prevoir", "La France prévoit de livrer des chars.", Modality.INTENDED),
    ("envisager-noun", "La Grèce envisage l'achat de chars.", Modality.INTENDED),
    ("prete-a", "La France est prête à livrer des chars.", Modality.INTENDED),
    ("intention", "La France a l'intention de livrer des chars.", Modality.INTENDED),
    ("journalistic-past", "La France aurait livré des chars.", Modality.ALLEGED),
    ("journalistic-present", "La France livrerait des chars depuis mai.", Modality.ALLEGED),
    ("presume", "Kiev dénonce une livraison présumée de chars.", Modality.ALLEGED),
    ("accused", "Kiev accuse Minsk de livrer des chars.", Modality.ALLEGED),
    ("si", "Si la Grèce achète des chars, Moscou répondra.", Modality.HYPOTHETICAL),
    ("conditional-beside-si", "Si Kiev payait, la France livrerait des chars.", Modality.HYPOTHETICAL),
    ("doit", "La France doit livrer des chars.", Modality.REQUIRED),
    ("exiger", "Le ministre exige que la Grèce achète des chars.", Modality.REQUIRED),
    ("falloir", "Il faut livrer des chars.", Modality.REQUIRED),
    ("exhorter", "Kiev exhorte Paris à livrer des chars.", Modality.REQUIRED),
    ("future-seen-from-the-past", "Paris a annoncé que l'Italie livrerait des chars.", Modality.ASSERTED),
    ("relative-keeps-out", "La Grèce, qui achète des chars, veut négocier.", Modality.ASSERTED),
    ("negated-possibility", "La France n'exclut pas de livrer des chars.", Modality.POSSIBLE),
]  # fmt: skip


MISSED_MODALITIES = [
    # « livre » is taken for a noun
    ("si-homograph", "Si la France livre des chars, Moscou répondra.", Modality.HYPOTHETICAL),
    ("exiger-homograph", "Kiev exige que la France livre des chars.", Modality.REQUIRED),
]


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        *(pytest.param(*case[1:], id=case[0]) for case in MODALITIES),
        *(pytest.param(*case[1:], id=case[0], marks=KNOWN_MISS) for case in MISSED_MODALITIES),
    ],
)
def test_modality(extractor: Extractor, sentence: str, modality: Modality) -> None:
    assert coloured(extractor, sentence)[1].modality is modality


TENSES = [
    pytest.param("La France livre des chars.", Tense.PRESENT, id="present"),
    pytest.param("La France a livré des chars.", Tense.PAST, id="perfect"),
    pytest.param("La France livrait des chars.", Tense.PAST, id="imperfect"),
    pytest.param("La France livrera des chars.", Tense.FUTURE, id="future"),
    pytest.param("La France va livrer des chars.", Tense.FUTURE, id="near-future"),
    pytest.param("La France vient de livrer des chars.", Tense.PAST, id="near-past"),
    pytest.param("Paris a annoncé que l'Italie livrerait des chars.", Tense.FUTURE, id="future-in-the-past"),
    pytest.param("Les chars seront livrés par la France.", Tense.FUTURE, id="future-passive"),
    pytest.param("La France a commencé à livrer des chars.", Tense.PAST, id="governor-in-the-past"),
    pytest.param("La France cherche à livrer des chars.", Tense.FUTURE, id="what-is-sought-lies-ahead"),
    pytest.param("La prochaine livraison de chars inquiète Kiev.", Tense.FUTURE, id="prochain"),
    pytest.param("Depuis l'attaque de la base, Kiev se tait.", Tense.PAST, id="depuis-noun"),
]


@pytest.mark.parametrize(("sentence", "tense"), TENSES)
def test_tense(extractor: Extractor, sentence: str, tense: Tense) -> None:
    assert coloured(extractor, sentence)[1].tense is tense


CUES = [
    pytest.param("La France ne livre pas de chars.", [("negation", "ne pas")], id="negation"),
    pytest.param("La France pourrait livrer des chars.", [("possible", "pourrait")], id="modal"),
    pytest.param("La France aurait livré des chars.", [("alleged", "aurait")], id="journalistic-conditional"),
    pytest.param("La France livre des chars.", [], id="none"),
]


@pytest.mark.parametrize(("sentence", "cues"), CUES)
def test_cues_stand_beside_the_decision(extractor: Extractor, sentence: str, cues: list[tuple[str, str]]) -> None:
    tree, colour = coloured(extractor, sentence)
    assert [(cue.kind, " ".join(tree.text[i] for i in cue.tokens)) for cue in colour.cues] == cues


def test_the_cue_nearest_to_the_predicate_decides(extractor: Extractor) -> None:
    _, colour = coloured(extractor, "La France pourrait vouloir livrer des chars.")
    assert colour.modality is Modality.INTENDED
