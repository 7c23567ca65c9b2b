"""Quotation marks paired over clean text: where somebody's own words begin and end."""

from __future__ import annotations

from dataclasses import dataclass

_OPENING = {"«": "»", "“": "”"}
_CLOSING = frozenset("»”")
MAX_QUOTE = 3000  # characters; an opening mark whose partner is further away is taken as unpaired


@dataclass(frozen=True, slots=True)
class Quotation:
    """Inner stretch of a quotation: clean offsets, half-open, without the marks."""

    start: int
    end: int


def find_quotations(text: str) -> list[Quotation]:
    """Outermost quotations in text order.

    Nested marks stay inside; straight quotes pair in turn within a paragraph; an unpaired mark gives nothing and
    swallows nothing.

    Examples:
        >>> text = "« Non », dit-il, « jamais »."
        >>> [text[q.start : q.end] for q in find_quotations(text)]
        [' Non ', ' jamais ']
    """
    out: list[Quotation] = []
    opened: dict[str, list[int]] = {mark: [] for mark in (*_CLOSING, '"')}  # closing mark to open partners
    for at, char in enumerate(text):
        if char in _OPENING:
            opened[_OPENING[char]].append(at)
        elif char in _CLOSING:
            _close(opened, char, at, out)
        elif char == '"':
            innermost = max((marks[-1] for marks in opened.values() if marks), default=-1)
            if not (opened[char] and opened[char][-1] == innermost and _close(opened, char, at, out)):
                opened[char].append(at)
        elif char == "\n":
            opened['"'].clear()
    return out


def _close(opened: dict[str, list[int]], char: str, at: int, out: list[Quotation]) -> bool:
    """Close the innermost opening mark of this kind, if any; quotations inside the new one are part of it."""
    if not opened[char] or at - opened[char][-1] > MAX_QUOTE:
        opened[char].clear()
        return False
    begin = opened[char].pop()
    for marks in opened.values():
        while marks and marks[-1] > begin:
            marks.pop()
    while out and out[-1].start > begin:
        out.pop()
    out.append(Quotation(begin + 1, at))
    return True
