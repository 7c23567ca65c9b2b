"""Common nouns that stand for the organisation named before: « l'avionneur », « cette organisation »."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.entities.found import Found
from pipeline.lexicon import rows
from pipeline.lexicon.forms import Entry
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches
from pipeline.tree import Tree

WINDOW = 3  # sentences before the noun's own
_DEFINITE = frozenset("le la l' l’ ce cet cette".split())
# Nouns for organisations of several kinds, never for a newspaper or a ministry
_GENERAL = frozenset(("groupe", "organisation", "mouvement", "entité"))
_NEVER = frozenset(("media", "ministry", "government-body", "parliament"))


def organisation_meant(tree: Tree, mentions: Stretches[Found], known: Mapping[str, Entry], noun: int) -> list[Found]:
    """The organisation that a bare definite noun takes up: the only one of its kind in the sentences in reach.

    Args:
        tree: the parsed document.
        mentions: mentions of the document.
        known: lexicon entries by entity id; an organisation outside the lexicon may be of any kind.
        noun: token index of the noun.

    Returns:
        Its last mention, or nothing where the noun has a complement, or none or several organisations fit.
    """
    kinds = _kinds(tree.lemma[noun])
    kids = tree.kids[noun]
    definite = any(tree.dep[k] == "det" and tree.lower[k] in _DEFINITE for k in kids)
    if not kinds or not definite or any(tree.dep[k] not in ("det", "case", "punct", "cc") for k in kids):
        return []
    first = tree.start[tree.sentences[max(tree.sent[noun] - WINDOW, 0)][0]]
    near = [m for m in mentions.touching(first, tree.start[noun]) if m.label is Label.ORGANISATION]
    fitting = [m for m in near if m.kind is not Kind.GROUP and _category(known, m) in kinds]
    return fitting[-1:] if len({m.entity_id for m in fitting}) == 1 else []


def _category(known: Mapping[str, Entry], mention: Found) -> str:
    entry = known.get(mention.entity_id)
    return entry.category if entry is not None else ""


@cache
def _kinds(noun: str) -> frozenset[str]:
    """Kinds of organisation that a noun may take up, "" for those outside the lexicon among them."""
    by_noun = {row.noun: row.kind for row in rows.organisation_heads()}
    if noun in _GENERAL:
        return frozenset(["", *by_noun.values()]) - _NEVER
    kind = by_noun.get(noun, "")
    return frozenset() if not kind or kind in _NEVER else frozenset(("", kind))
