"""Place, date, quantity and amount of a relation, from its own clause."""

from __future__ import annotations

from pipeline.entities.found import Found
from pipeline.entities.index import MentionIndex
from pipeline.records import Label
from pipeline.relations.candidate import Candidate
from pipeline.tree import Tree

Span = tuple[int, int]
_LOCATIVE = frozenset("à en dans sur vers près depuis".split())


def details(
    tree: Tree, index: MentionIndex, found: Candidate
) -> tuple[Span | None, Span | None, Span | None, Span | None]:
    """Clean stretches of (place, date, quantity, amount), None where the clause names none or the wrong one.

    The quantity is the number right before the object; place, date and amount hang on the trigger.
    """
    clause = _clause(tree, found.trigger)
    used = {found.subject, found.object, found.counterpart}
    place = date = amount = None
    for token in clause:
        for mention in index.at.get(token, ()):
            span = (mention.start, mention.end)
            if mention.label is Label.PLACE and mention not in used and tree.case(token) in _LOCATIVE:
                place = place or span
            elif mention.label is Label.DATE:
                date = date or span
            elif mention.label is Label.MONEY:
                amount = amount or span
    return place, date, _quantity(tree, index, found), amount


def _clause(tree: Tree, trigger: int) -> list[int]:
    """Tokens below the trigger without those of embedded finite clauses, in text order."""
    out, stack = [], [trigger]
    while stack:
        node = stack.pop()
        out.append(node)
        stack.extend(
            k for k in tree.kids[node] if tree.dep[k] not in ("acl:relcl", "ccomp", "conj", "advcl", "parataxis")
        )
    return sorted(out)


def _quantity(tree: Tree, index: MentionIndex, found: Candidate) -> Span | None:
    counts: list[Found] = []
    for token in {found.anchor, tree.token_at(found.object.start)}:
        for k in [*tree.kids[token], token]:
            counts.extend(m for m in index.at.get(k, ()) if m.label is Label.QUANTITY)
    return next(((m.start, m.end) for m in sorted(counts) if m.end <= found.object.end), None)
