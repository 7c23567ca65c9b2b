"""The tree over hand-built Docs."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.tree import Tree


def _tree_of(doc: Doc) -> Tree:
    """A tree of one spaCy `Doc` as it stands, token for token."""
    tree = Tree()
    for token in doc:
        tree.text.append(token.text)
        tree.start.append(token.idx)
        tree.end.append(token.idx + len(token.text))
        tree.lemma.append(token.lemma_ or token.text.lower())
        tree.pos.append(token.pos_)
        tree.dep.append(token.dep_)
        tree.head.append(token.head.i)
        tree.morph.append(token.morph.to_dict())
    for number, sent in enumerate(doc.sents):
        tree.sentences.append((sent.start, sent.end))
        tree.sent.extend([number] * len(sent))
    tree.entities.extend((e.start, e.end, e.label_) for e in doc.ents)
    return tree


@pytest.fixture(scope="module")
def tree() -> Tree:
    """« Paris livre des chars auprès de Kiev. Berlin paie. »."""
    words = ["Paris", "livre", "des", "chars", "auprès", "de", "Kiev", ".", "Berlin", "paie", "."]
    doc = Doc(
        Vocab(),
        words=words,
        spaces=[True, True, True, True, True, True, False, True, True, False, False],
        pos=["PROPN", "VERB", "DET", "NOUN", "ADP", "ADP", "PROPN", "PUNCT", "PROPN", "VERB", "PUNCT"],
        lemmas=["Paris", "livrer", "un", "char", "auprès", "de", "Kiev", ".", "Berlin", "payer", "."],
        heads=[1, 1, 3, 1, 6, 4, 1, 1, 9, 9, 9],
        deps=["nsubj", "ROOT", "det", "obj", "case", "fixed", "obl:arg", "punct", "nsubj", "ROOT", "punct"],
        morphs=["", "Mood=Ind|VerbForm=Fin", *[""] * 9],
        sent_starts=[True, *[False] * 7, True, False, False],
    )
    doc.ents = [Span(doc, 0, 1, "LOC")]
    return _tree_of(doc)


def test_offsets(tree: Tree) -> None:
    text = "Paris livre des chars auprès de Kiev. Berlin paie."
    assert [text[a:b] for a, b in zip(tree.start, tree.end, strict=True)] == tree.text


def test_sentences(tree: Tree) -> None:
    assert tree.sentences == [(0, 8), (8, 11)]
    assert tree.sent == [0] * 8 + [1] * 3


def test_features_and_entities(tree: Tree) -> None:
    assert tree.morph[1] == {"Mood": "Ind", "VerbForm": "Fin"}
    assert tree.entities == [(0, 1, "LOC")]


def test_root_is_its_own_head(tree: Tree) -> None:
    assert [i for i in range(len(tree)) if tree.head[i] == i] == [1, 9]


def test_children_in_text_order(tree: Tree) -> None:
    assert tree.kids[1] == [0, 3, 6, 7]


def test_subtree(tree: Tree) -> None:
    assert tree.subtree(6) == [4, 5, 6]


def test_ancestors_from_the_nearest(tree: Tree) -> None:
    assert list(tree.ancestors(5)) == [4, 6, 1]
    assert list(tree.ancestors(1)) == []


@pytest.mark.parametrize(
    ("deps", "kids"),
    [
        pytest.param(("obj",), [3], id="exact"),
        pytest.param(("obl",), [6], id="subtypes"),
        pytest.param(("obl:arg",), [6], id="one-subtype"),
        pytest.param(("nsubj", "obj"), [0, 3], id="several"),
        pytest.param(("iobj",), [], id="none"),
    ],
)
def test_children_by_dependency(tree: Tree, deps: tuple[str, ...], kids: list[int]) -> None:
    assert tree.kids_by(1, *deps) == kids


def test_case(tree: Tree) -> None:
    assert tree.case(6) == "auprès de"
    assert tree.case(3) == ""


@pytest.mark.parametrize(
    ("offset", "token"),
    [
        pytest.param(0, 0, id="first"),
        pytest.param(4, 0, id="inside"),
        pytest.param(5, 1, id="between"),
        pytest.param(37, 8, id="next-sentence"),
        pytest.param(50, 11, id="past-the-end"),
    ],
)
def test_token_at(tree: Tree, offset: int, token: int) -> None:
    assert tree.token_at(offset) == token


def test_empty_tree() -> None:
    tree = _tree_of(Doc(Vocab()))
    assert (len(tree), tree.sentences, tree.kids, tree.token_at(0)) == (0, [], [], 0)
