"""Clauses with a subject of their own in somebody's words: one claim each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from pipeline.claims.spans import is_clause_head, trimmed
from pipeline.frames import verbs
from pipeline.tree import Tree

_MIN_CLAUSE = 2  # words
_OWN_SUBJECTS = frozenset("il elle ils elles on je j' j’ tu nous vous c' c’ ce ça cela".split())
_SUBORDINATORS = frozenset(
    "que qu' qu’ qui dont où lequel laquelle lesquels lesquelles quand lorsque lorsqu' puisque puisqu' si s' comme".split()
)
_CLAUSE_LINKS = frozenset("et mais donc or car ni".split())


class Stretch(Protocol):
    """A token range [first, stop)."""

    @property
    def first(self) -> int: ...

    @property
    def stop(self) -> int: ...


def clauses(tree: Tree, begin: int, end: int, incises: Sequence[Stretch] = ()) -> Iterator[tuple[int, int, int]]:
    """(first token, end token, predicate) of the clauses with a subject of their own in a token range.

    Subordinate clauses stay with their main clause; incises inside are left out of what they interrupt at its edge.
    """
    at = begin
    while at < end:
        stop = min(tree.sentences[tree.sent[at]][1], end)
        yield from _sentence_clauses(tree, at, stop, incises)
        at = stop


def _sentence_clauses(tree: Tree, begin: int, end: int, incises: Sequence[Stretch]) -> Iterator[tuple[int, int, int]]:
    spoken = {k for i in incises for k in range(i.first, i.stop)}
    heads = [i for i in range(begin, end) if i not in spoken and is_clause_head(tree, i)]
    main = [i for i in heads if (_has_subject(tree, i) or i == heads[0]) and _is_main(tree, i, begin)]
    main = [i for i in main if _has_subject(tree, i) or _is_infinitive_subject(tree, i)] or main[:0]
    starts = [begin if n == 0 else _start(tree, i, main[n - 1]) for n, i in enumerate(main)]
    for n, head in enumerate(main):
        stop = starts[n + 1] if n + 1 < len(starts) else end
        for incise in incises:
            if head < incise.first < stop and not any(incise.stop < k < stop for k in heads):
                stop = incise.first
            elif incise.stop <= head and starts[n] <= incise.first:
                starts[n] = incise.stop
        first, last = trimmed(tree, starts[n], stop)
        if last - first >= _MIN_CLAUSE:
            yield first, last, head


def _is_main(tree: Tree, i: int, begin: int) -> bool:
    """Whether no subordinator opens the clause of predicate `i`, nor the one it is coordinated with."""
    at = i
    while True:
        if _subordinated(tree, at, begin):
            return False
        if tree.dep[at] != "conj" or not begin <= tree.head[at] < at or not is_clause_head(tree, tree.head[at]):
            return True
        if _own_clause(tree, i, tree.head[at]):
            return True
        at = tree.head[at]


def _own_clause(tree: Tree, i: int, above: int) -> bool:
    """A clause coordinated by « donc », « mais » after a comma stands on its own even beside a subordinate one."""
    links = [tree.lower[k] for k in tree.kids[i] if above < k < i]
    return "donc" in links or "or" in links


def _subordinated(tree: Tree, i: int, begin: int) -> bool:
    first = min([i, *(k for k in tree.kids[i] if k >= begin and tree.pos[k] != "PUNCT")])
    for k in [*tree.kids[i], first]:
        low = tree.lower[k]
        if k > i or k < begin or low not in _SUBORDINATORS:
            continue
        if low in ("s'", "si") and (tree.dep[k] != "mark" or tree.dep[i] == "ROOT"):
            continue
        return True
    relative = tree.dep[i].startswith(("acl", "csubj"))
    return relative and any(tree.lower[k] in _SUBORDINATORS for k in tree.subtree(i) if begin <= k < i)


def _start(tree: Tree, head: int, after: int) -> int:
    """First token of the clause around `head`: the link or the first of its own words after the clause before."""
    own = [k for k in tree.kids[head] if after < k < head]
    subject = [t for k in own if tree.dep[k].startswith("nsubj") for t in tree.subtree(k) if after < t < head]
    at = min([head, *own, *subject])
    while at - 1 > after and (tree.lower[at - 1] in _CLAUSE_LINKS or tree.text[at - 1] in "([" or tree.pos[at - 1] == "DET"):
        at -= 1
    return at


def _has_subject(tree: Tree, i: int) -> bool:
    group = [i, *verbs.auxiliaries(tree, i)]
    return any(
        tree.dep[k].startswith(("nsubj", "expl:subj", "csubj")) or tree.lower[k] in _OWN_SUBJECTS
        for word in group for k in tree.kids[word]
    )  # fmt: skip


def _is_infinitive_subject(tree: Tree, i: int) -> bool:
    """« Prendre le projet permet de … »."""
    return any(verbs.is_infinitive(tree, k) and tree.dep[k].startswith("csubj") for k in tree.kids[i])
