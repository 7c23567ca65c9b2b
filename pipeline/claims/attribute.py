"""The claim stage: every way of attributing in its order, one claim a predicate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.claims.according import according_claims
from pipeline.claims.author import author_claims
from pipeline.claims.clauses import clause_claims
from pipeline.claims.draft import Draft
from pipeline.claims.incises import incise_claims, quotation_claims
from pipeline.claims.quotes import Quotation, find_quotations
from pipeline.cleaning import Clean
from pipeline.entities.index import MentionIndex
from pipeline.records import Attribution
from pipeline.tree import Tree


def find_claims(tree: Tree, clean: Clean, index: MentionIndex) -> list[Draft]:
    """All claims of a document, in text order: attributed ones first found, then the author's own.

    Two claims about one predicate are one: the first kind in the order below stays.
    """
    quotations = find_quotations(clean.text)
    found = [
        *clause_claims(tree, index),
        *incise_claims(tree, index, quotations),
        *according_claims(tree, index),
        *quotation_claims(tree, index, clean.text, quotations),
    ]
    attributed = _one_each(_quoted(draft, tree, quotations) for draft in found)
    return sorted([*attributed, *author_claims(tree, clean, index, attributed)], key=lambda d: (d.start, d.end))


def _quoted(draft: Draft, tree: Tree, quotations: list[Quotation]) -> Draft:
    """A claim whose predicate stands inside quotation marks is quoted."""
    at = tree.start[draft.head]
    if any(q.start <= at < q.end for q in quotations):
        return replace(draft, attribution=Attribution.QUOTED)
    return draft


def _one_each(drafts: Iterable[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in drafts:
        twin = any(draft.head == other.head or _same(draft, other) for other in kept)
        if not twin:
            kept.append(draft)
    return kept


def _same(a: Draft, b: Draft) -> bool:
    """Two drafts that cover mostly the same words."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return common > 0.8 * max(a.end - a.start, b.end - b.start)
