"""The wording shown to the parser: what is replaced, what is left out, and what that hangs on."""

from __future__ import annotations

import re

import pytest

from pipeline.entities.dates import find_dates
from pipeline.entities.found import Found
from pipeline.entities.overlaps import settle
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.sentences import sentence_starts
from pipeline.tree import Tree
from pipeline.wording import Wording, plain_wording

_TOKEN = re.compile(r"[^\W\d_]+['’]|[\w-]+|\S")


def tokenised(text: str) -> Tree:
    """Tokens and sentences of one paragraph, elisions apart."""
    tree = Tree()
    starts = sentence_starts(text)
    for match in _TOKEN.finditer(text):
        number = sum(start <= match.start() for start in starts) - 1
        if number == len(tree.sentences):
            tree.sentences.append((len(tree), len(tree)))
        tree.text.append(match[0])
        tree.start.append(match.start())
        tree.end.append(match.end())
        tree.sent.append(number)
        tree.sentences[-1] = (tree.sentences[-1][0], len(tree))
    return tree


def names(text: str) -> list[Found]:
    return settle(Gazetteer.packaged().find(text), find_dates(text, published=None))


def worded(text: str) -> tuple[Tree, Wording]:
    tree = tokenised(text)
    return tree, plain_wording(tree, 0, names(text))


def shown(text: str) -> str:
    return " ".join(piece.word for piece in worded(text)[1].pieces)


WORDINGS = [
    ("pronoun-for-a-subject", "La France soutient Kiev.", "Elle soutient Kiev ."),
    ("plural-pronoun", "Les États-Unis soutiennent Kiev.", "Elles soutiennent Kiev ."),
    ("no-pronoun-before-a-noun", "La France et ses alliés hésitent.", "La France et ses alliés hésitent ."),
    ("coordinated-subjects", "La Lettonie et l'Estonie achètent des chars.", "Elles achètent des chars ."),
    ("country-of-several-words", "Un pilote de la Corée du Sud est mort.", "Un pilote de la Russie est mort ."),
    ("weapon-alone", "Oslo paie des F-16.", "Elle paie des avions ."),
    ("weapon-after-its-class", "Oslo paie des chasseurs F-16.", "Elle paie des chasseurs ."),
    ("date-left-out", "Oslo a payé le 3 mai 2021.", "Elle a payé ."),
    ("compound-preposition", "Il agit au profit de Kiev.", "Il agit pour Kiev ."),
    ("compound-with-article", "Il agit au profit du peuple.", "Il agit pour le peuple ."),
    ("short-parenthesis", "Le char (un modèle ancien) a brûlé.", "Le char a brûlé ."),
    ("long-parenthesis", "Le char (un modèle ancien que personne ne veut acheter) a brûlé.",
     "Le char ( un modèle ancien que personne ne veut acheter ) a brûlé ."),
    ("linking-phrase", "Le char, en effet, a brûlé.", "Le char a brûlé ."),
    ("linking-phrase-first", "En revanche, le char a brûlé.", "le char a brûlé ."),
    ("synonym", "Le ministre dément.", "Le ministre nie ."),
    ("restrictive-que", "Il n'a qu'un char.", "Il n' a un char ."),
    ("comparative-que-stays", "Il n'a pas dit qu'un char brûle.", "Il n' a pas dit qu' un char brûle ."),
    ("plain", "Le char a brûlé.", "Le char a brûlé ."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in WORDINGS])
def test_words_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("text", [pytest.param(case[1], id=case[0]) for case in WORDINGS])
def test_every_token_is_shown_or_hangs_on_one_that_is(text: str) -> None:
    tree, wording = worded(text)
    tokens = [piece.token for piece in wording.pieces]
    assert sorted([*tokens, *wording.anchors]) == list(range(len(tree)))
    assert set(wording.anchors.values()) <= set(tokens)


def test_a_synonym_brings_its_lemma() -> None:
    _, wording = worded("Le ministre dément.")
    assert [piece.lemma for piece in wording.pieces] == ["", "", "démentir", ""]


def test_a_sentence_is_never_left_out_whole() -> None:
    tree, wording = worded("Le char a brûlé. Le 3 mai 2021. Il fume.")
    assert {tree.sent[piece.token] for piece in wording.pieces} == {0, 1, 2}


def test_later_paragraphs_leave_earlier_tokens_alone() -> None:
    tree = tokenised("Le char a brûlé.")
    first = len(tree)
    following = tokenised("Il fume.")
    for column in ("text", "start", "end"):
        getattr(tree, column).extend(getattr(following, column))
    tree.sent.extend([1] * len(following))
    tree.sentences.append((first, len(tree)))
    assert [piece.token for piece in plain_wording(tree, first, []).pieces] == [first, first + 1, first + 2]
