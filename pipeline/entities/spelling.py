"""How names are written: patterns over clean text shared by the finders of persons, organisations and places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.lexicon.rows import DATA

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
WORD = rf"[{UPPER}]\w*(?:['-]\w+)*"
MORE = "{0,15}"  # further words of a name: without a bound, a page of capitals is read again from each of them
# Particles between or before the parts of a person's name: « Ursula von der Leyen », « Mohammed ben Salmane »
_PARTICLE = (
    r"(?:(?:de la|de|du|des|von|van|der|den|bin|ben|ibn|al|el|abou|abu|da|dos|di) |d'"
    r"|(?:al|el|as|ad|ar|an|ash|at|az|bin)-)"
)
PERSON_NAME = rf"{WORD}(?:(?: [{UPPER}]\.)? {_PARTICLE}{{0,2}}{WORD}){MORE}(?: [IVX]+\b)?"
# « Huntington Ingalls », « Bank of China », « Rheinmetall AG »
NAME = rf"{WORD}(?: (?:(?:of|and|for|the|und|e|y|&) )?{WORD}|[ -]\d+\b){MORE}"

_RUN = re.compile(r"\w+")
# Korean and Taiwanese given names: a capital, a hyphen, a small letter (« Jong-un »)
_GIVEN_HYPHEN = re.compile(rf"^[{UPPER}][a-z]+-[a-z]+$")


@cache
def no_names() -> frozenset[str]:
    """Capitalised words and acronyms that are no name (`data/no_names.txt`)."""
    with (DATA / "no_names.txt").open(encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to whole words, hyphens included (« Tsai Ing- » to « Tsai Ing-wen »).

    Examples:
        >>> whole_words("La présidente Tsai Ing-wen parle.", 14, 23)
        (14, 26)
    """
    while text[end : end + 1].isalnum() or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum()):
        end += 1
    while start and (text[start - 1].isalnum() or (text[start - 1] == "-" and text[max(0, start - 2)].isalnum())):
        start -= 1
    return start, end


def opens_sentence(text: str, start: int) -> bool:
    """Whether nothing but marks and spaces stands between `start` and the end of a sentence before it.

    Examples:
        >>> opens_sentence("Fin. « Paris", 7), opens_sentence("à « Paris", 4)
        (True, False)
    """
    while start and text[start - 1] in " «\"'(":
        start -= 1
    return start == 0 or text[start - 1] in ".!?…\n"


def find_each(text: str, names: Iterable[str], *, joined: str = "") -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of every whole word or group of words in a list, in text order; the text is read once.

    Args:
        text: clean text.
        names: one that begins with neither letter nor digit is found nowhere.
        joined: characters that make one word of two, beside letters and digits.

    Examples:
        >>> list(find_each("Kim a vu Kim-Li.", ["Kim"], joined="-"))
        [(0, 3, 'Kim')]
    """
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if first := _RUN.match(name):
            by_first[first[0]].append(name)
    for run in _RUN.finditer(text) if by_first else ():
        start = run.start()
        for name in by_first.get(run[0], ()):
            end = start + len(name)
            beside = text[max(start - 1, 0) : start] + text[end : end + 1]
            if text.startswith(name, start) and not any(c.isalnum() or c in f"_{joined}" for c in beside):
                yield start, end, name


def surname(full_name: str) -> str:
    """The part of a full name that stands for it later: the last word, the first of a Korean or Taiwanese name.

    Examples:
        >>> surname("Todor Tagarev"), surname("Yoon Suk-yeol"), surname("Ursula von der Leyen")
        ('Tagarev', 'Yoon', 'von der Leyen')
    """
    words = full_name.split()
    if len(words) < 2:
        return full_name
    if _GIVEN_HYPHEN.match(words[-1]):
        return words[0]
    first = len(words) - 1
    while first > 1 and words[first - 1][0].islower():
        first -= 1
    return " ".join(words[first:])
