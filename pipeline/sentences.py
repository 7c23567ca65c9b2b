"""Sentence boundaries of French press text, decided before the parser so that it cannot run across them."""

from __future__ import annotations

import re

# A closing mark that a comma follows (« Qui paiera ? », demande Oslo) leaves the sentence open
_END = re.compile(r"(?:[.!?]+|…)(?:\s?[»”\"')\]])*(?=\s)(?!\s[»”)\]])")
_OPENING = re.compile(r"\s+(?:[«“\"'(\[–—-]\s?)*(\S)")
# An abbreviation before the full stop: « M. Poutine », « le gén. Dupont », « J. Biden », « U.S. Navy », « p. 4 »
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«'\"-])(?:MM?|Mmes?|Mlles?|Mgr|Drs?|Pr|St|Ste|gén|cne|lt|col|cdt|adj|sgt|art|cf|vol|chap|env|p|pp|av|ap|J\.-C"
    r"|n|no|max|min|tél|ex|op|cit|id|ibid|éd|coll|Inc|Ltd|Co|Corp|Jr|Sr|[A-ZÀ-Ý]|[A-Z](?:\.[A-Z])+)\.$"
)
_CLOSERS = "»”\"')] "


def sentence_starts(text: str) -> list[int]:
    """Offsets at which a sentence starts in one paragraph; the first is 0.

    A full stop ends a sentence when a capital, a digit or an opening quotation mark follows and no abbreviation
    or initial stands before it. A reporting clause after a quotation (« … » a-t-il dit) stays with it.

    Examples:
        >>> sentence_starts("M. Poutine est parti. « Bien ! » dit-il. Fin.")
        [0, 22, 41]
    """
    starts = [0]
    for match in _END.finditer(text):
        following = _OPENING.match(text, match.end())
        if following is None or following[1].islower():
            continue
        head = text[max(0, match.start() - 12) : match.start() + 1]
        if text[match.start()] == "." and match.group().rstrip(_CLOSERS) == "." and _ABBREVIATION.search(head):
            continue
        if match.group().startswith("..") and text[match.start() - 1] == "[":
            continue
        starts.append(match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip()))
    return starts
