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
    stack: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char in _OPENING:
            stack.append((_OPENING[char], at))
        elif char in _CLOSING:
            _close(stack, char, at, out)
        elif char == '"':
            if stack and stack[-1][0] == '"':
                _close(stack, char, at, out)
            else:
                stack.append(('"', at))
        elif char == "\n":
            stack = [(mark, begin) for mark, begin in stack if mark != '"' and at - begin < MAX_QUOTE]
    return sorted(out, key=lambda q: q.start)


def _close(stack: list[tuple[str, int]], char: str, at: int, out: list[Quotation]) -> None:
    """Close the innermost opening mark of this kind; quotations inside the new one are part of it."""
    marks = [mark for mark, _ in stack]
    if char not in marks:
        return
    depth = len(marks) - 1 - marks[::-1].index(char)
    begin = stack[depth][1]
    del stack[depth:]
    if at - begin <= MAX_QUOTE:
        out[:] = [q for q in out if not (begin < q.start and q.end < at)]
        out.append(Quotation(begin + 1, at))
