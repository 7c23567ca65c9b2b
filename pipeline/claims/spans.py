"""Where the content of a claim begins and ends among the tokens of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.claims.quotes import Quotation
from pipeline.claims.reporting import reporting_verbs
from pipeline.frames import verbs
from pipeline.stretches import Stretches
from pipeline.tree import Tree

QUE = frozenset(("que", "qu'", "qu’"))
QUOTE_MARKS = frozenset(("«", "»", '"', "“", "”"))
_EDGE = frozenset((".", ",", ";", ":", "…", "...", "!", "?", "-", "–", "—", *QUOTE_MARKS))
_LINKS = frozenset("et mais ou car donc or toutefois cependant".split())
_OPENING_LINKS = frozenset("mais et car donc or toutefois cependant néanmoins".split())


_BEFORE_VERB = frozenset("n' ne y en l' il elle ils elles on".split())


class Beside(Protocol):
    """A reporting clause set beside what it reports: token range [first, stop), verb and speaker."""

    @property
    def first(self) -> int: ...

    @property
    def stop(self) -> int: ...

    @property
    def verb(self) -> int: ...

    @property
    def speaker(self) -> tuple[int, int]: ...


class Limits:
    """What ends a content before its sentence does: quotations and reporting clauses set beside it.

    `incises` holds the first token of each reporting clause that stands after or inside what it reports, in order,
    `said_by` the speaker of each by its verb.
    """

    def __init__(self, tree: Tree, quotations: Sequence[Quotation], incises: Sequence[Beside] = ()) -> None:
        self.tree = tree
        self.ranges = [_tokens(tree, q) for q in quotations]
        self.incises = sorted({i.first for i in incises})
        self.said_by = {i.verb: i.speaker for i in incises}
        self._placed = Stretches(self.ranges, bounds=tuple)
        self._begins = frozenset(begin for begin, _ in self.ranges)
        self._aside = frozenset(self.incises)

    def quotation_of(self, i: int) -> tuple[int, int] | None:
        """Token range of the quotation around token `i`."""
        return next(iter(self._placed.touching(i, i + 1)), None)

    def content_stop(self, verb: int, head: int, first: int) -> int:
        """First token after the content clause of `verb` that begins at `first` and whose predicate is `head`.

        The content runs to the end of the sentence, but for what closes it: the quotation it began in, an incise, a
        colon before a quotation, a participle that reports again (« , ajoutant que »), a clause coordinated with the
        reporting verb, or the clause around when the reporting verb is no main one.
        """
        tree = self.tree
        stop = tree.sentences[tree.sent[first]][1]
        around = self.quotation_of(first)
        if around is not None:
            stop = min(stop, around[1])
        above = set(tree.subtree(verb))
        content = set(tree.subtree(head))
        for k in range(first + 1, stop):
            if k in self._aside or self._opens_quote(k):
                return k
            if self._reports_again(k, first):
                return k - (tree.lower[k - 1] == "en")
            if tree.text[k] == ";":
                return k
            if tree.lower[k] == "et" and self._says_on(k, stop):
                return k
            coordinated = k not in content or verbs.is_infinitive(tree, head)
            if coordinated and self._is_sister(k, verb, head):
                return self._clause_start(k, first)
            if k not in above and tree.text[k - 1] == "," and self._returns(k, stop, above):
                return k
        return stop

    def _reports_again(self, k: int, first: int) -> bool:
        """« , ajoutant que », « , en évoquant », « avant de préciser que »."""
        tree = self.tree
        entry = reporting_verbs().get(tree.lemma[k])
        if entry is None or k - 2 < first:
            return False
        if tree.lower[k].endswith("ant"):
            return tree.text[k - 1] == "," or (tree.lower[k - 1] == "en" and tree.text[k - 2] == ",")
        return tree.lower[k - 2] == "avant" and tree.lower[k - 1] in ("de", "d'")

    def _says_on(self, k: int, stop: int) -> bool:
        """« et a déclaré que »: a reporting verb right after « et », without a subject."""
        tree = self.tree
        at = k + 1
        while at < stop and (tree.pos[at] in ("AUX", "ADV") or tree.lower[at] in _BEFORE_VERB):
            at += 1
        if at >= stop or tree.lemma[at] not in reporting_verbs() or tree.pos[at] != "VERB":
            return False
        content = reporting_verbs()[tree.lemma[at]].content
        return "que" in content and tree.lower[at + 1 : at + 2] in (["que"], ["qu'"], ["qu’"])

    def _opens_quote(self, k: int) -> bool:
        tree = self.tree
        return tree.text[k] == ":" and not self._begins.isdisjoint((k + 1, k + 2, k + 3))

    def _is_sister(self, k: int, verb: int, head: int) -> bool:
        """A finite clause coordinated with the reporting verb, not with its content."""
        tree = self.tree
        if not (verbs.is_verb(tree, k) or verbs.auxiliaries(tree, k)) or verbs.finite(tree, k) is None or k <= head:
            return False
        at = k
        while tree.dep[at].startswith(("conj", "parataxis")) and tree.head[at] != at:
            at = tree.head[at]
            if at == head:  # a finite verb cannot be coordinated with an infinitive: it belongs above
                return verbs.is_infinitive(tree, head)
            if at == verb:
                return True
        return False

    def _clause_start(self, k: int, first: int) -> int:
        """First token of the clause around `k`: after the last « et » or comma before its own words."""
        tree = self.tree
        own = [t for t in tree.kids[k] if first < t < k]
        at = min([k, *own])
        while at - 1 > first and (tree.lower[at - 1] in _LINKS or tree.text[at - 1] == ","):
            at -= 1
        return at

    def _returns(self, k: int, stop: int, above: set[int]) -> bool:
        """Whether the clause around the reporting one goes on from token `k`."""
        tree = self.tree
        return any(t not in above and verbs.is_finite(tree, t) for t in range(k, stop))


def _tokens(tree: Tree, quotation: Quotation) -> tuple[int, int]:
    begin = tree.token_at(quotation.start)
    end = tree.token_at(max(quotation.end - 1, quotation.start))
    while end > begin and (end >= len(tree) or tree.start[end] >= quotation.end):
        end -= 1
    return begin, end + 1


def trimmed(tree: Tree, first: int, stop: int) -> tuple[int, int]:
    """The token range without punctuation, links and lone marks at its edges; a bracket that pairs inside stays."""
    while first < stop and (tree.text[first] in _EDGE or tree.text[first] in "[]"):
        first += 1
    while first < stop - 1 and tree.lower[first] in _OPENING_LINKS:
        first += 1
        while first < stop and tree.text[first] == ",":
            first += 1
    while stop > first:
        last = stop - 1
        unpaired = tree.text[last] in ")]" and not any(tree.text[k] in "([" for k in range(first, last))
        if tree.text[last] in _EDGE or tree.lower[last] in _LINKS or unpaired:
            stop -= 1
        else:
            break
    return first, stop


def main_predicate(tree: Tree, first: int, stop: int) -> int | None:
    """The highest predicate with a finite word in a token range."""
    found = [i for i in range(first, stop) if is_clause_head(tree, i) and first <= _finite(tree, i) < stop]
    return min(found, key=lambda i: sum(1 for _ in tree.ancestors(i)), default=None)


def is_clause_head(tree: Tree, i: int) -> bool:
    """Whether token `i` heads a clause with a finite word."""
    if not (verbs.is_verb(tree, i) or verbs.auxiliaries(tree, i)):
        return False
    if verbs.finite(tree, i) is not None:
        return True
    # « cette action fait suite »: a form that may be a participle too, with a subject and no auxiliary
    return verbs.is_past_participle(tree, i) and any(tree.dep[k] == "nsubj" and k < i for k in tree.kids[i])


def _finite(tree: Tree, i: int) -> int:
    word = verbs.finite(tree, i)
    return i if word is None else word
