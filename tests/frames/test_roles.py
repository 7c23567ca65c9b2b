"""Who does what to what, over voice, relatives, control and coordination, on sentences read by the whole extractor."""

from __future__ import annotations

import pytest

from pipeline.extractor import Extractor
from pipeline.frames.frame import Frame, noun_frame, verb_frame
from pipeline.records import Document
from pipeline.tree import Tree

pytestmark = pytest.mark.model
KNOWN_MISS = pytest.mark.xfail(reason="known miss", strict=True)


def framed(extractor: Extractor, text: str, lemma: str) -> tuple[Tree, Frame]:
    """The frame of the first verb, else noun, with this lemma."""
    tree = extractor.read(Document("test", text)).tree
    for pos, frame in (("VERB", verb_frame), ("NOUN", noun_frame)):
        for i in range(len(tree)):
            if tree.pos[i] == pos and tree.lemma[i] == lemma:
                return tree, frame(tree, i)
    raise AssertionError(f"no {lemma!r} in {list(zip(tree.text, tree.pos, tree.lemma, strict=True))}")


def words(tree: Tree, heads: tuple[int, ...]) -> str:
    return " ".join(tree.text[i] for i in heads)


ROLES = [
    # id, sentence, lemma, agents, patients
    ("active", "La France livre des chars à la Grèce.", "livrer", "France", "chars"),
    ("perfect", "La France a livré des chars à la Grèce.", "livrer", "France", "chars"),
    ("passive", "Les chars ont été livrés par la France.", "livrer", "France", "chars"),
    ("passive-without-agent", "Les chars ont été livrés mardi.", "livrer", "", "chars"),
    ("bare-participle", "Les chars livrés par la France sont neufs.", "livrer", "France", "chars"),
    ("coordinated-participles", "Les chars choisis et payés par la Grèce sont neufs.", "choisir", "Grèce", "chars"),
    ("relative-qui", "La France, qui livre des chars à la Grèce, a signé.", "livrer", "France", "chars"),
    ("relative-que", "Les chars que la France livre à la Grèce sont neufs.", "livrer", "France", "chars"),
    ("coordinated-relatives", "Le pays qui produit des drones et qui vend des chars signe.", "vendre", "pays", "chars"),
    ("subject-control", "La Grèce veut acheter des chars.", "acheter", "Grèce", "chars"),
    ("subject-control-de", "La Grèce refuse d'acheter des chars.", "acheter", "Grèce", "chars"),
    ("subject-control-a", "La Grèce cherche à acheter des chars.", "acheter", "Grèce", "chars"),
    ("two-controls", "La Grèce continue de vouloir acheter des chars.", "acheter", "Grèce", "chars"),
    ("object-control", "Athènes accuse la Turquie d'acheter des chars.", "acheter", "Turquie", "chars"),
    ("name-like-a-verb", "Athènes accuse Ankara d'acheter des chars.", "acheter", "Ankara", "chars"),
    ("indirect-control", "Athènes interdit à Ankara d'acheter des chars.", "acheter", "Ankara", "chars"),
    ("adjective-control", "La Grèce est prête à acheter des chars.", "acheter", "Grèce", "chars"),
    ("noun-control", "L'intention de Moscou d'acheter des chars est claire.", "acheter", "Moscou", "chars"),
    ("noun-control-far", "Le ministre étudie un projet des Grecs d'acheter des chars.", "acheter", "Grecs", "chars"),
    ("noun-control-denied", "Berlin rejette la demande de Kiev d'obtenir des chars.", "obtenir", "Kiev", "chars"),
    ("noun-no-control", "Paris presse le président du Ghana d'acheter des chars.", "acheter", "président", "chars"),
    ("light-noun-control", "La Grèce a exprimé sa volonté d'acheter des chars.", "acheter", "Grèce", "chars"),
    ("coordinated-verbs", "La Grèce achète des chars et vend des drones.", "vendre", "Grèce", "drones"),
    ("coordinated-perfects", "La Grèce a reçu des chars et vendu des drones.", "vendre", "Grèce", "drones"),
    ("coordinated-subjects", "Le ministre et le général achètent des chars.", "acheter", "ministre général", "chars"),
    ("coordinated-objects", "La Grèce achète des chars et des drones.", "acheter", "Grèce", "chars drones"),
    ("rather-than", "La Grèce achète des chars plutôt que des drones.", "acheter", "Grèce", "chars"),
    ("and-not", "La Grèce, et non la Turquie, achète des chars.", "acheter", "Grèce", "chars"),
    ("coordinated-agents", "Les chars ont été livrés par la France et l'Italie.", "livrer", "France Italie", "chars"),
    ("gerund", "La Grèce a surpris Ankara en achetant des chars.", "acheter", "Grèce", "chars"),
    ("present-participle", "La Grèce, achetant des chars, inquiète Ankara.", "acheter", "Grèce", "chars"),
    ("participle-of-a-noun", "Les pays achetant des chars sont rares.", "acheter", "pays", "chars"),
    ("partitive", "La Grèce n'achète pas de chars.", "acheter", "Grèce", "chars"),
    ("recipient-before-object", "La France a livré à la Grèce des chars.", "livrer", "France", "chars"),
    ("object-pronoun", "La Grèce les achète.", "acheter", "Grèce", "les"),
]  # fmt: skip

MISSED_ROLES = [
    ("relative-object-of-intention", "Les chars que la Grèce veut acheter sont neufs.", "acheter", "Grèce", "chars"),
    ("inverted-incise", "La Grèce, a dit Paris, achète des chars.", "acheter", "Grèce", "chars"),
    ("causative", "La Grèce fait livrer des chars par la France.", "livrer", "France", "chars"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "lemma", "agents", "patients"),
    [
        *(pytest.param(*case[1:], id=case[0]) for case in ROLES),
        *(pytest.param(*case[1:], id=case[0], marks=KNOWN_MISS) for case in MISSED_ROLES),
    ],
)
def test_agent_and_patient(extractor: Extractor, sentence: str, lemma: str, agents: str, patients: str) -> None:
    tree, frame = framed(extractor, sentence, lemma)
    assert (words(tree, frame.agents), words(tree, frame.patients)) == (agents, patients)


VOICES = [
    pytest.param("La Grèce achète des chars.", "acheter", "active", id="active"),
    pytest.param("Les chars sont achetés par la Grèce.", "acheter", "passive", id="passive"),
    pytest.param("Les chars se vendent bien.", "vendre", "reflexive", id="reflexive"),
]


@pytest.mark.parametrize(("sentence", "lemma", "voice"), VOICES)
def test_voice(extractor: Extractor, sentence: str, lemma: str, voice: str) -> None:
    assert framed(extractor, sentence, lemma)[1].voice == voice


COMPLEMENTS = [
    ("recipient", "La France livre des chars à la Grèce.", "livrer", ("à", "Grèce")),
    ("contracted", "La France livre des chars au Japon.", "livrer", ("à", "Japon")),
    ("two-recipients", "La France livre des chars à la Grèce et à la Serbie.", "livrer", ("à", "Serbie")),
    ("source", "La Grèce a acheté des chars auprès de la France.", "acheter", ("chez", "France")),
    ("on-behalf", "La France livre des chars au profit de la Grèce.", "livrer", ("pour", "Grèce")),
    ("against", "La Russie a lancé des drones contre l'Ukraine.", "lancer", ("contre", "Ukraine")),
    ("noun", "La livraison de chars à la Grèce par la France inquiète Ankara.", "livraison", ("par", "France")),
    ("noun-object", "La livraison de chars à la Grèce par la France inquiète Ankara.", "livraison", ("de", "chars")),
    ("noun-recipient", "La livraison de chars à la Grèce par la France inquiète Ankara.", "livraison", ("à", "Grèce")),
    ("noun-agent-first", "La fourniture par la France de chars inquiète Ankara.", "fourniture", ("de", "chars")),
    ("clitic", "Athènes presse ses alliés de lui livrer des chars.", "livrer", ("à", "Athènes")),
]


@pytest.mark.parametrize(
    ("sentence", "lemma", "complement"), [pytest.param(*case[1:], id=case[0]) for case in COMPLEMENTS]
)
def test_complement(extractor: Extractor, sentence: str, lemma: str, complement: tuple[str, str]) -> None:
    tree, frame = framed(extractor, sentence, lemma)
    assert complement in [(c.prep, tree.text[c.head]) for c in frame.complements]


NOUN_AGENTS = [
    pytest.param("La France a procédé à la livraison de chars.", "livraison", "France", id="light-verb"),
    pytest.param("La France a mené une campagne de livraison de chars.", "livraison", "France", id="passing-noun"),
    pytest.param("La Grèce négocie l'achat de chars.", "achat", "Grèce", id="talks"),
    pytest.param("La livraison de chars inquiète Ankara.", "livraison", "", id="subject-of-another"),
    pytest.param("La France critique la livraison de chars.", "livraison", "", id="judged-by-another"),
]


@pytest.mark.parametrize(("sentence", "lemma", "agents"), NOUN_AGENTS)
def test_agent_of_an_event_noun(extractor: Extractor, sentence: str, lemma: str, agents: str) -> None:
    tree, frame = framed(extractor, sentence, lemma)
    assert words(tree, frame.agents) == agents


GOVERNORS = [
    pytest.param("La Grèce cherche à acheter des chars.", "acheter", "cherche", id="verb"),
    pytest.param("La Grèce n'a pas l'intention d'acheter des chars.", "acheter", "intention a", id="noun-and-verb"),
    pytest.param("La Grèce, qui achète des chars, veut négocier.", "acheter", "", id="relative-stands-alone"),
]


@pytest.mark.parametrize(("sentence", "lemma", "governors"), GOVERNORS)
def test_governors_nearest_first(extractor: Extractor, sentence: str, lemma: str, governors: str) -> None:
    tree, frame = framed(extractor, sentence, lemma)
    assert words(tree, frame.governors) == governors
