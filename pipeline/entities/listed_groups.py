"""Groups that the text lists: « trois entreprises : A, B et C », « … Il s'agit de A, de B et de C »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.entities.found import Found
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches
from pipeline.tree import Tree

_NUMBERS = {
    word: n for n, word in enumerate("deux trois quatre cinq six sept huit neuf dix onze douze".split(), start=2)
}
_NOUNS = {
    Label.ORGANISATION: r"entreprises|sociétés|entités|compagnies|firmes|groupes|organisations|banques|structures",
    Label.PERSON: r"personnes|individus|responsables|hommes|dirigeants|ressortissants|officiels|officiers|généraux",
    Label.COUNTRY: r"pays|États|nations",
}
_GROUP = re.compile(
    rf"\b(?P<n>{'|'.join(_NUMBERS)}|1[0-2]|[2-9]) (?P<noun>{'|'.join(_NOUNS.values())})\b", re.IGNORECASE
)
_OPENS = re.compile(r"(?:Il s'agit |Ce sont |Ce sera )")
_AGAIN = re.compile(
    r"(?:Les|Ces) (?P<n>\w+) (?P<noun>\w+)(?: (?:concernée?s|visée?s|sanctionnée?s|en question))? sont "
)
WINDOW = 3  # sentences after the one that counts the group


def find_listed_groups(tree: Tree, text: str, mentions: Stretches[Found]) -> Iterator[Found]:
    """A counted group whose members a list names, one mention a member; the list must hold just as many.

    Args:
        tree: the parsed document.
        text: its clean text.
        mentions: mentions of the document, without overlap.
    """
    for match in _GROUP.finditer(text):
        number = _count(match["n"])
        label = next(label for label, nouns in _NOUNS.items() if re.fullmatch(nouns, match["noun"], re.IGNORECASE))
        for start, end in _lists(tree, text, match, number):
            members = {m.entity_id for m in mentions.touching(start, end) if m.label is label}
            if len(members) == number:
                for member in sorted(members):
                    yield Found(*match.span("noun"), label, member, Kind.GROUP, "reference.listed-group")
                break


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower(), 0)


def _lists(tree: Tree, text: str, group: re.Match[str], number: int) -> Iterator[tuple[int, int]]:
    """Stretches that may list the group: after a colon, or a sentence soon after that says so."""
    sentence = tree.sent[tree.token_at(group.start())]
    bounds = [
        (tree.start[first], tree.end[stop - 1]) for first, stop in tree.sentences[sentence : sentence + 1 + WINDOW]
    ]
    colon = text.find(" : ", group.end(), bounds[0][1])
    if colon >= 0:
        yield colon, bounds[0][1]
    for start, end in bounds[1:]:
        again = _AGAIN.match(text, start)
        same = again and _count(again["n"]) == number and again["noun"].lower() == group["noun"].lower()
        if same or _OPENS.match(text, start):
            yield start, end
