"""Titles and functions beside a person's name: found, kept apart from the name, and handed to relations."""

from __future__ import annotations

from functools import cache

from pipeline.entities.found import Found
from pipeline.lexicon import rows
from pipeline.lexicon.fold import fold
from pipeline.lexicon.phrases import Phrases
from pipeline.tree import Tree

MAX_COMPLEMENT = 14  # tokens between a function and the name it belongs to
_ENDS = frozenset(".;:!?()«»\"")


@cache
def title_phrases() -> Phrases:
    """All titles of `data/titles.csv`."""
    return Phrases(row.title for row in rows.titles())


@cache
def office_phrases() -> Phrases:
    """Titles that name an office held (`heads` = yes)."""
    return Phrases(row.title for row in rows.titles() if row.heads == "yes")


@cache
def title_words() -> frozenset[str]:
    """Folded single words of titles, which a model's person may have swallowed."""
    return frozenset(fold(word) for title in rows.titles() for word in title.title.split() if len(word) > 3)


@cache
def civilities() -> frozenset[str]:
    """Titles after which a single short name counts (« M. Wu », « le général Li »)."""
    return frozenset(row.title for row in rows.titles() if row.kind in ("civility", "military", "religious"))


def office_of(tree: Tree, person: Found) -> tuple[int, int] | None:
    """Token range of the office that stands beside a person's name, with its complement.

    Before the name (« le ministre russe de la Défense Sergueï Choïgou », « le chef d'état-major, Huang Shu-kuang »)
    or in apposition after it (« Wu Qian, porte-parole du ministère de la Défense »). A former office gives nothing.

    Args:
        tree: the parsed document.
        person: a mention of a person.

    Returns:
        Half-open token range without determiner, None where no office stands beside the name.
    """
    first, last = tree.token_at(person.start), tree.token_at(person.end - 1)
    begin, stop = tree.sentences[tree.sent[first]]
    return _before(tree, begin, first) or _after(tree, last + 1, stop)


def _before(tree: Tree, begin: int, first: int) -> tuple[int, int] | None:
    left = first
    commas = 0
    while left > begin and first - left < MAX_COMPLEMENT and tree.text[left - 1] not in _ENDS:
        if tree.text[left - 1] == ",":
            commas += 1
            if commas > 1 or left != first:  # one comma, right before the name
                break
        left -= 1
    offices = _offices(tree, left, first)
    if not offices or _breaks(tree, offices[-1][1], first) or _is_former(tree, offices[-1][0], begin):
        return None
    end = first
    while end > offices[-1][1] and tree.text[end - 1] == ",":
        end -= 1
    return offices[-1][0], end


def _after(tree: Tree, first: int, stop: int) -> tuple[int, int] | None:
    if first >= stop or tree.text[first] not in (",", "("):
        return None
    right = first + 1
    while right < stop and right - first <= MAX_COMPLEMENT and tree.text[right] not in _ENDS and tree.text[right] != ",":
        if tree.pos[right] in ("VERB", "AUX") or tree.lower[right] in ("qui", "que", "dont", "et"):
            break
        right += 1
    offices = _offices(tree, first + 1, right)
    if not offices or offices[0][0] > first + 3 or _is_former(tree, offices[0][0], first):
        return None
    return offices[0][0], right


def _offices(tree: Tree, begin: int, end: int) -> list[tuple[int, int]]:
    """Token ranges of the offices between two tokens."""
    if begin >= end:
        return []
    offset = tree.start[begin]
    chars = [" "] * (tree.end[end - 1] - offset)
    for i in range(begin, end):
        chars[tree.start[i] - offset : tree.end[i] - offset] = tree.text[i]
    found = office_phrases().find("".join(chars))
    return [(tree.token_at(offset + a), tree.token_at(offset + b - 1) + 1) for a, b, _ in found]


def _breaks(tree: Tree, begin: int, end: int) -> bool:
    """Whether a verb or a relative parts the office from the name."""
    return any(tree.pos[i] in ("VERB", "AUX") or tree.lower[i] in ("qui", "que", "dont") for i in range(begin, end))


def _is_former(tree: Tree, office: int, begin: int) -> bool:
    before = [tree.lower[i] for i in range(max(begin, office - 3), office)]
    return any(word in ("ancien", "ancienne", "ex", "ex-", "futur", "future", "feu") for word in before)
