"""Verb groups on hand-built trees: « form/POS/dependency/head », heads counted from 0."""

from __future__ import annotations

import pytest

from pipeline.frames import verbs
from pipeline.frames.morphology import correct
from pipeline.records import Tense
from pipeline.tree import Tree


def make_tree(words: str) -> Tree:
    tree = Tree()
    for word in words.split():
        text, pos, dep, head = word.split("/")
        tree.text.append(text)
        tree.pos.append(pos)
        tree.lemma.append(text.lower())
        tree.dep.append(dep)
        tree.head.append(int(head))
        tree.morph.append({})
        tree.sent.append(0)
    tree.sentences.append((0, len(tree)))
    correct(tree, 0, len(tree))
    return tree


PRESENT = "Paris/PROPN/nsubj/1 livre/VERB/ROOT/1"
IMPERFECT = "Paris/PROPN/nsubj/1 livrait/VERB/ROOT/1"
SIMPLE_PAST = "Alliés/NOUN/nsubj/1 livrèrent/VERB/ROOT/1"
FUTURE = "Paris/PROPN/nsubj/1 livrera/VERB/ROOT/1"
CONDITIONAL = "Paris/PROPN/nsubj/1 livrerait/VERB/ROOT/1"
PERFECT = "Paris/PROPN/nsubj/2 a/AUX/aux:tense/2 livré/VERB/ROOT/2"
FUTURE_PERFECT = "Paris/PROPN/nsubj/2 aura/AUX/aux:tense/2 livré/VERB/ROOT/2"
PAST_CONDITIONAL = "Paris/PROPN/nsubj/2 aurait/AUX/aux:tense/2 livré/VERB/ROOT/2"
FUTURE_PASSIVE = "Chars/NOUN/nsubj:pass/2 seront/AUX/aux:pass/2 livrés/VERB/ROOT/2"
INFINITIVE = "Paris/PROPN/nsubj/1 veut/VERB/ROOT/1 livrer/VERB/xcomp/1"
PAST_INFINITIVE = "Paris/PROPN/nsubj/1 dément/VERB/ROOT/1 avoir/AUX/aux:tense/3 livré/VERB/xcomp/1"
PRESENT_PARTICIPLE = "Chars/NOUN/ROOT/0 équipant/VERB/acl/0 Kiev/PROPN/obj/1"
PAST_PARTICIPLE = "Chars/NOUN/ROOT/0 livrés/VERB/acl/0 par/ADP/case/3 Paris/PROPN/obl:agent/1"


@pytest.mark.parametrize(
    ("words", "head", "tense"),
    [
        pytest.param(PRESENT, 1, Tense.PRESENT, id="present"),
        pytest.param(IMPERFECT, 1, Tense.PAST, id="imperfect"),
        pytest.param(SIMPLE_PAST, 1, Tense.PAST, id="simple-past"),
        pytest.param(FUTURE, 1, Tense.FUTURE, id="future"),
        pytest.param(CONDITIONAL, 1, Tense.PRESENT, id="conditional"),
        pytest.param(PERFECT, 2, Tense.PAST, id="perfect"),
        pytest.param(FUTURE_PERFECT, 2, Tense.PAST, id="future-perfect"),
        pytest.param(PAST_CONDITIONAL, 2, Tense.PAST, id="past-conditional"),
        pytest.param(FUTURE_PASSIVE, 2, Tense.FUTURE, id="future-passive"),
        pytest.param(INFINITIVE, 2, Tense.PRESENT, id="infinitive"),
        pytest.param(PAST_INFINITIVE, 3, Tense.PAST, id="past-infinitive"),
        pytest.param(PRESENT_PARTICIPLE, 1, Tense.PRESENT, id="present-participle"),
        pytest.param(PAST_PARTICIPLE, 1, Tense.PAST, id="past-participle"),
        pytest.param("Paris/PROPN/nsubj/1 va/VERB/ROOT/1", 1, Tense.PRESENT, id="va-is-no-future"),
        pytest.param("Ils/PRON/nsubj/1 ont/VERB/ROOT/1", 1, Tense.PRESENT, id="ont-is-no-future"),
        pytest.param("Paris/PROPN/nsubj/1 opéra/VERB/ROOT/1", 1, Tense.PAST, id="opera-is-no-future"),
    ],
)
def test_tense(words: str, head: int, tense: Tense) -> None:
    assert verbs.tense_of(make_tree(words), head) is tense


@pytest.mark.parametrize(
    ("words", "head", "expected"),
    [
        pytest.param(CONDITIONAL, 1, True, id="simple"),
        pytest.param(PAST_CONDITIONAL, 2, True, id="compound"),
        pytest.param(FUTURE, 1, False, id="future"),
        pytest.param("Kiev/PROPN/nsubj/1 retirait/VERB/ROOT/1", 1, False, id="imperfect-in-rait"),
        pytest.param("Forces/NOUN/nsubj/1 entraient/VERB/ROOT/1", 1, False, id="imperfect-in-raient"),
        pytest.param(INFINITIVE, 2, False, id="infinitive"),
    ],
)
def test_conditional(words: str, head: int, expected: bool) -> None:
    assert verbs.is_conditional(make_tree(words), head) is expected


@pytest.mark.parametrize(
    ("words", "head", "expected"),
    [
        pytest.param(INFINITIVE, 2, True, id="simple"),
        pytest.param(PAST_INFINITIVE, 3, True, id="past"),
        pytest.param("prête/ADJ/ROOT/0 être/AUX/cop/2 capable/ADJ/xcomp/0", 2, True, id="copula"),
        pytest.param(PRESENT, 1, False, id="finite"),
        pytest.param(PERFECT, 2, False, id="perfect"),
        pytest.param("le/DET/det/1 pouvoir/NOUN/ROOT/1", 1, False, id="noun"),
    ],
)
def test_infinitive(words: str, head: int, expected: bool) -> None:
    assert verbs.is_infinitive(make_tree(words), head) is expected


@pytest.mark.parametrize(
    ("words", "head", "expected"),
    [
        pytest.param(PRESENT_PARTICIPLE, 1, True, id="simple"),
        pytest.param("ayant/AUX/aux:tense/1 livré/VERB/advcl/1", 1, True, id="compound"),
        pytest.param(PAST_PARTICIPLE, 1, False, id="past"),
        pytest.param(PRESENT, 1, False, id="finite"),
    ],
)
def test_present_participle(words: str, head: int, expected: bool) -> None:
    assert verbs.is_present_participle(make_tree(words), head) is expected


@pytest.mark.parametrize(
    ("words", "head", "expected"),
    [
        pytest.param(PAST_PARTICIPLE, 1, True, id="bare-participle"),
        pytest.param(FUTURE_PASSIVE, 2, True, id="auxiliary"),
        pytest.param(PERFECT, 2, False, id="perfect"),
        pytest.param(PRESENT_PARTICIPLE, 1, False, id="present-participle"),
        pytest.param("Chars/NOUN/nsubj:pass/2 se/PRON/expl:pass/2 vendent/VERB/ROOT/2", 2, False, id="reflexive"),
    ],
)
def test_passive(words: str, head: int, expected: bool) -> None:
    assert verbs.is_passive(make_tree(words), head) is expected


@pytest.mark.parametrize(
    ("words", "head", "finite"),
    [
        pytest.param(PRESENT, 1, 1, id="verb"),
        pytest.param(PERFECT, 2, 1, id="auxiliary"),
        pytest.param(INFINITIVE, 2, None, id="infinitive"),
        pytest.param(PAST_PARTICIPLE, 1, None, id="participle"),
    ],
)
def test_finite_word(words: str, head: int, finite: int | None) -> None:
    assert verbs.finite(make_tree(words), head) == finite


@pytest.mark.parametrize(
    ("words", "head", "cues"),
    [
        pytest.param("Kiev/PROPN/nsubj/2 ne/ADV/advmod/2 livre/VERB/ROOT/2 pas/ADV/advmod/2", 2, [1, 3], id="ne-pas"),
        pytest.param("Kiev/PROPN/nsubj/2 ne/ADV/advmod/2 peut/VERB/ROOT/2", 2, [1], id="bare-ne-pouvoir"),
        pytest.param("avant/ADV/mark/2 il/PRON/nsubj/3 ne/ADV/advmod/3 parte/VERB/ROOT/3", 3, [], id="expletive"),
        pytest.param("Kiev/PROPN/nsubj/2 ne/ADV/advmod/2 cesse/VERB/ROOT/2 pas/ADV/advmod/2", 2, [], id="cesser"),
        pytest.param("sans/ADP/mark/1 livrer/VERB/advcl/1", 1, [0], id="sans"),
        pytest.param("Aucun/DET/det/1 char/NOUN/nsubj/3 ne/ADV/advmod/3 partira/VERB/ROOT/3", 3, [0, 2], id="aucun"),
        pytest.param(PRESENT, 1, [], id="none"),
    ],
)
def test_negation(words: str, head: int, cues: list[int]) -> None:
    assert verbs.negation(make_tree(words), head) == cues


def test_verb_without_features_is_read_by_its_form() -> None:
    tree = make_tree(CONDITIONAL)
    tree.morph[1] = {}
    assert verbs.is_conditional(tree, 1)
