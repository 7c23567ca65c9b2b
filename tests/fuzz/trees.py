"""Bytes to dependency trees: any tags, any heads without a cycle, over the words of a clean text."""

from __future__ import annotations

import re
from itertools import cycle, islice, pairwise

from pipeline.cleaning import Clean
from pipeline.frames.morphology import correct
from pipeline.sentences import sentence_starts
from pipeline.tree import NO_MORPH, Tree

_TOKEN = re.compile(r"\w+['’]?|[^\w\s]")
_POS = "NOUN VERB AUX ADJ ADV ADP DET PRON PROPN PUNCT CCONJ SCONJ NUM X SYM INTJ".split()
_DEP = (
    "nsubj obj obl obl:arg obl:agent obl:mod nmod amod acl acl:relcl advcl ccomp xcomp conj cc mark case det aux:tense aux:pass "
    "cop appos flat:name flat parataxis punct expl:subj expl:comp iobj nsubj:pass csubj advmod nummod fixed dep vocative"
).split()
_LABELS = ("PER", "LOC", "ORG", "MISC")


def tree_of(data: bytes, clean: Clean) -> Tree:
    """A tree over all words of a text, its analysis drawn from the bytes, again and again if there are too few."""
    tree = Tree()
    drawn = cycle(data or b"\0")
    for paragraph in clean.paragraphs:
        first = len(tree)
        _add_words(tree, clean.text[paragraph.start : paragraph.end], paragraph.start)
        _analyse(tree, first, drawn)
        correct(tree, first, len(tree))
    return tree


def _add_words(tree: Tree, text: str, offset: int) -> None:
    starts = [*sentence_starts(text), len(text) + 1]
    for match in _TOKEN.finditer(text):
        while starts and match.start() >= starts[0]:
            starts.pop(0)
            tree.sentences.append((len(tree), len(tree)))
        tree.text.append(match[0])
        tree.start.append(offset + match.start())
        tree.end.append(offset + match.end())
        tree.sent.append(len(tree.sentences) - 1)
        tree.sentences[-1] = (tree.sentences[-1][0], len(tree))
    _drop_empty(tree)


def _drop_empty(tree: Tree) -> None:
    """Sentences without a word are none."""
    tree.sentences = [(a, b) for a, b in tree.sentences if a < b]
    tree.sent = [number for number, (a, b) in enumerate(tree.sentences) for _ in range(a, b)]


def _analyse(tree: Tree, first: int, drawn: cycle[int]) -> None:
    for i in range(first, len(tree)):
        pos, dep, far = islice(drawn, 3)
        begin = tree.sentences[tree.sent[i]][0]
        tree.lemma.append(tree.text[i].lower())
        tree.pos.append(_POS[pos % len(_POS)])
        tree.morph.append(NO_MORPH)
        # The root is one word of the sentence, every other word hangs on one nearer to it: no cycle
        tree.head.append(i if i == begin else begin + far % (i - begin))
        tree.dep.append("ROOT" if i == begin else _DEP[dep % len(_DEP)])
        if dep >= 240 and i + 1 < len(tree):
            tree.entities.append((i, i + 1, _LABELS[far % len(_LABELS)]))
    _turn(tree, first, drawn)


def _turn(tree: Tree, first: int, drawn: cycle[int]) -> None:
    """Move the root of a sentence to one of its words, so that heads stand on both sides."""
    for begin, _ in [s for s in tree.sentences if s[0] >= first]:
        path = [begin + next(drawn) % 16]
        if path[0] >= len(tree) or tree.sent[path[0]] != tree.sent[begin]:
            continue
        while tree.head[path[-1]] != path[-1]:
            path.append(tree.head[path[-1]])
        for below, above in pairwise(path):
            tree.head[above], tree.dep[above] = below, tree.dep[below]
        tree.head[path[0]], tree.dep[path[0]] = path[0], "ROOT"
