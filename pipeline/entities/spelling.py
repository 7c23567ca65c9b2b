"""How names are written: patterns over clean text shared by the finders of persons, organisations and places."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon.rows import DATA

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
WORD = rf"[{UPPER}]\w*(?:['-]\w+)*"
# Particles between or before the parts of a person's name: « Ursula von der Leyen », « Mohammed ben Salmane »
_PARTICLE = (
    r"(?:(?:de la|de|du|des|von|van|der|den|bin|ben|ibn|al|el|abou|abu|da|dos|di) |d'"
    r"|(?:al|el|as|ad|ar|an|ash|at|az|bin)-)"
)
PERSON_NAME = rf"{WORD}(?:(?: [{UPPER}]\.)? {_PARTICLE}{{0,2}}{WORD})*(?: [IVX]+\b)?"
# « Huntington Ingalls », « Bank of China », « Rheinmetall AG »
NAME = rf"{WORD}(?: (?:(?:of|and|for|the|und|e|y|&) )?{WORD}|[ -]\d+\b)*"

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
