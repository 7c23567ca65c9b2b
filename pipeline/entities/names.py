"""Persons, organisations and places from the model, its known errors corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.entities.found import Found
from pipeline.lexicon import rows
from pipeline.lexicon.fold import fold, slug
from pipeline.records import Kind, Label
from pipeline.tree import Tree

_LABELS = {"PER": Label.PERSON, "LOC": Label.PLACE, "ORG": Label.ORGANISATION}
_LEADING = frozenset("le la les l' l’ un une des du de d' d’ au aux à en et ce cette ces son sa ses".split())
_EDGE = re.compile(r"^[\W_]+$")


@cache
def _title_words() -> frozenset[str]:
    """Single words of titles, which a model's person may have swallowed."""
    return frozenset(fold(word) for title in rows.titles() for word in title.title.split())


def find_names(tree: Tree, text: str, taken: Iterable[Found]) -> list[Found]:
    """Names the model has found where the lexicon has none.

    Determiners, titles and punctuation at the edges are left out of the span; a span without a capital, a span of
    digits and a miscellaneous name give nothing.

    Args:
        tree: the parsed document.
        text: its clean text.
        taken: mentions already settled; a name that touches one is dropped.
    """
    spans = [(found.start, found.end) for found in taken]
    out = []
    for begin, end, kind in tree.entities:
        label = _LABELS.get(kind)
        if label is None:
            continue
        begin, end = _trim(tree, begin, end, label)
        if begin >= end or not _is_name(tree, begin, end):
            continue
        start, stop = tree.start[begin], tree.end[end - 1]
        if any(a < stop and start < b for a, b in spans):
            continue
        surface = text[start:stop]
        out.append(Found(start, stop, label, f"{label}:{slug(surface)}", Kind.NAME, f"model.{label.lower()}"))
    return out


def _trim(tree: Tree, begin: int, end: int, label: Label) -> tuple[int, int]:
    """Token range without determiners, punctuation and titles at the edges."""
    while begin < end and (tree.lower[begin] in _LEADING or _EDGE.match(tree.text[begin])):
        begin += 1
    while begin < end and _EDGE.match(tree.text[end - 1]):
        end -= 1
    if label is Label.PERSON:
        while begin < end - 1 and (fold(tree.text[begin]) in _title_words() or tree.text[begin][0].islower()):
            begin += 1
        while begin < end and tree.text[end - 1].islower():
            end -= 1
    return begin, end


def _is_name(tree: Tree, begin: int, end: int) -> bool:
    words = tree.text[begin:end]
    if not any(word[0].isupper() for word in words):
        return False
    if end - begin == 1 and fold(words[0]) in _title_words():
        return False
    # A capital at the start of a sentence proves nothing for a word the tagger knows as a common one
    opens = begin == 0 or tree.sent[begin] != tree.sent[begin - 1] or tree.text[begin - 1] in "«\"“"
    return not (opens and end - begin == 1 and tree.pos[begin] not in ("PROPN", "NOUN", "X"))
