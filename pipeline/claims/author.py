"""Claims of the newspaper itself: the main clause of each sentence that names somebody or something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.claims.draft import Draft
from pipeline.claims.spans import is_clause_head, main_predicate, trimmed
from pipeline.cleaning import Clean, Role
from pipeline.entities.index import MentionIndex
from pipeline.frames.main_colour import main_colour
from pipeline.records import Attribution, Label
from pipeline.stretches import Stretches
from pipeline.tree import Tree

_NAMED = (Label.COUNTRY, Label.WEAPON, Label.ORGANISATION, Label.PERSON)
_POINTING = frozenset("ce cet cette ces il elle ils elles celui-ci celle-ci ceux-ci celles-ci".split())
_CONCEDING = (("bien", "que"), ("bien", "qu'"), ("même", "si"), ("même", "s'"), ("quoique",), ("quoiqu'",))
_COVERED = 0.5  # share of a sentence that attributed content may take before nothing is left to the author


def author_claims(tree: Tree, clean: Clean, index: MentionIndex, attributed: Sequence[Draft]) -> Iterator[Draft]:
    """One claim a sentence with a country, weapon, organisation or person; subheads and questions are skipped.

    A sentence whose main verb only introduces attributed content is left to that content. What a clause concedes
    (« Bien que la vente ne soit pas conclue, ») is a claim of its own; there a subject that points back counts as
    named.
    """
    roles = {p.start: p.role for p in clean.paragraphs}
    starts = sorted(roles)
    placed = Stretches(attributed)
    cues = [d.cue for d in attributed if d.cue is not None]
    introducing = {k for start, end in cues for k in range(tree.token_at(start), tree.token_at(end - 1) + 1)}
    for number, (first, stop) in enumerate(tree.sentences):
        start, end = tree.start[first], tree.end[stop - 1]
        role = roles[starts[bisect_right(starts, start) - 1]]
        if role is Role.SUBHEAD or tree.text[stop - 1] == "?":
            continue
        covered = sum(min(end, d.end) - max(start, d.start) for d in placed.touching(start, end))
        if covered >= _COVERED * (end - start):
            continue
        root = _root(tree, first, stop)
        named = any(index.labelled(i, _NAMED) for i in range(first, stop))
        conceded = _conceded(tree, first, stop) if named or _points_back(tree, root) else None
        if conceded is not None:
            yield _draft(tree, *conceded, number, "author.concession")
        # « C'est ce qu'a dit X »
        pointing = tree.lower[root] == "ce" and any(k in introducing for k in tree.kids[root])
        if (named or conceded is not None) and root not in introducing and not pointing:
            yield _draft(tree, first, stop, root, number, "author.main-clause")


def _root(tree: Tree, first: int, stop: int) -> int:
    root = next((i for i in range(first, stop) if tree.head[i] == i), first)
    if is_clause_head(tree, root):
        return root
    top = main_predicate(tree, first, stop)
    return root if top is None or tree.dep[top].startswith("acl") else top


def _draft(tree: Tree, first: int, stop: int, head: int, number: int, rule: str) -> Draft:
    colour = main_colour(tree, head)
    return Draft(
        tree.start[first], tree.end[stop - 1], number, Attribution.AUTHOR, None, None, head,
        colour.polarity, colour.modality, colour.tense, tuple(colour.cues), rule,
    )  # fmt: skip


def _points_back(tree: Tree, root: int) -> bool:
    """Whether the main subject is a pronoun or a noun with a demonstrative: « elles », « ces ventes »."""
    subjects = [k for k in tree.kids[root] if tree.dep[k].startswith("nsubj")]
    return any(tree.lower[t] in _POINTING for k in subjects for t in (k, *tree.kids[k]))


def _conceded(tree: Tree, first: int, stop: int) -> tuple[int, int, int] | None:
    """(first token, end token, predicate) of a concessive clause with a finite verb."""
    for k in range(first, stop):
        words = next((w for w in _CONCEDING if tuple(tree.lower[k : k + len(w)]) == w), None)
        if words is None:
            continue
        head = tree.head[k + len(words) - 1]
        if not is_clause_head(tree, head):
            head = next((t for t in range(k, stop) if is_clause_head(tree, t)), head)
        comma = next((t for t in range(head, stop) if tree.text[t] == ","), stop)
        if is_clause_head(tree, head) and k < head < comma:
            begin, end = trimmed(tree, k, comma)
            return begin, end, head
    return None
