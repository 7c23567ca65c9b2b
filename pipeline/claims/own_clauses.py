"""Clauses with a subject of their own in somebody's words: one claim each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from pipeline.claims.reporting import NO_CONTENT
from pipeline.claims.spans import is_clause_head, trimmed
from pipeline.frames import verbs
from pipeline.tree import Tree

_MIN_SENTENCE = 8  # words
_MIN_CLAUSE = 2  # words
_BOUNDARIES = frozenset((",", ";", ":", ".", "...", "…", "]", "«", "»", '"', "(", ")", "-", "–", "!", "?"))
_OWN_SUBJECTS = frozenset("il elle ils elles on je j' j’ tu nous vous c' c’ ce ça cela".split())
_SUBORDINATORS = frozenset(
    "que qu' qu’ qui dont où lequel laquelle lesquels lesquelles quand lorsque lorsqu' puisque puisqu' si s' "
    "comme quel quelle quels quelles combien pourquoi comment".split()
)
_CONDITIONS = frozenset(("si", "s'", "comme", "quand", "lorsque"))
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
    main = [i for i in main if _has_subject(tree, i) or _is_infinitive_subject(tree, i)]
    if not main:
        main = _whole(tree, begin, end, heads)
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


def _whole(tree: Tree, begin: int, end: int, heads: list[int]) -> list[int]:
    """The highest predicate where none has a subject that the parser found; imperatives open their clause."""
    first, _ = trimmed(tree, begin, end)
    stating = [i for i in heads if not (_is_imperative(tree, i, first) or _is_relative(tree, i, begin))]
    top = min(stating, key=lambda i: sum(1 for _ in tree.ancestors(i)), default=None)
    if top is None and end - first >= _MIN_SENTENCE:  # no clause that the parser saw, yet a sentence with a verb
        loose = [i for i in range(first + 1, end) if verbs.is_verb(tree, i) and not verbs.is_infinitive(tree, i)]
        top = next((i for i in loose if i not in heads), None)
    return [] if top is None or tree.lower[first] in _SUBORDINATORS - _CONDITIONS else [top]


def _is_imperative(tree: Tree, i: int, first: int) -> bool:
    word = verbs.finite(tree, i)
    return word == first or tree.morph[i].get("Mood") == "Imp" or tree.lower[i].endswith("ez")


def _is_relative(tree: Tree, i: int, begin: int) -> bool:
    pronouns = [k for k in tree.kids[i] if tree.lower[k] in ("qui", "que", "qu'", "dont", "où") and begin <= k < i]
    return any(tree.lower[k - 1] not in NO_CONTENT for k in pronouns)


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
    marks = [k for k in tree.kids[i] if tree.dep[k] == "mark" and begin <= k < i and not verbs.is_infinitive(tree, i)]
    if any(tree.lower[k] not in ("si", "s'") and tree.pos[k] != "CCONJ" for k in marks):
        return True
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
    """First token of the clause around `head`: after the link or punctuation before its subject."""
    group = [head, *verbs.auxiliaries(tree, head)]
    subjects = [k for word in group for k in tree.kids[word] if after < k < head and _is_subject(tree, k)]
    at = min([k for k in [*group, *subjects] if k > after])
    if not subjects and (before := _subject_before(tree, min(group))) is not None:
        at = max(before, after + 1)
    while at - 1 > after and tree.lower[at - 1] not in _CLAUSE_LINKS and tree.text[at - 1] not in _BOUNDARIES:
        at -= 1
    while at - 1 > after and tree.lower[at - 1] in _CLAUSE_LINKS:
        at -= 1
    return at


def _has_subject(tree: Tree, i: int) -> bool:
    group = [i, *verbs.auxiliaries(tree, i)]
    if any(_is_subject(tree, k) and (k < word or tree.dep[k] != "obj") for word in group for k in tree.kids[word]):
        return True
    return _subject_before(tree, min(group)) is not None


def _subject_before(tree: Tree, word: int) -> int | None:
    """First token of the noun phrase between a link or comma and a verb, where the parser saw no subject.

    « Les chars sont là et les équipages attendent »: both may hang on « sont ».
    """
    at = word - 1
    first = tree.sentences[tree.sent[word]][0]
    while at > first and (tree.pos[at] in ("ADV", "PRON") or tree.lower[at] in verbs.NE) and tree.text[at][0].islower():
        at -= 1
    if tree.pos[at] not in ("NOUN", "PROPN", "ADJ") and not tree.text[at][0].isupper():
        return None
    while at > first and tree.pos[at - 1] in ("NOUN", "PROPN", "ADJ", "ADP", "DET", "NUM", "PRON"):
        at -= 1
    nominal = tree.pos[at] in ("DET", "PROPN", "NUM") or tree.text[at][0].isupper()
    opens = nominal and at > first and tree.lower[at - 1] in ("et", "mais", ",")
    return at if opens else None


def _is_subject(tree: Tree, k: int) -> bool:
    if tree.dep[k].startswith(("nsubj", "expl:subj", "csubj")):
        return True
    return tree.lower[k] in _OWN_SUBJECTS and k < tree.head[k]


def _is_infinitive_subject(tree: Tree, i: int) -> bool:
    """« Prendre le projet permet de … »."""
    return any(verbs.is_infinitive(tree, k) and tree.dep[k].startswith("csubj") for k in tree.kids[i])
