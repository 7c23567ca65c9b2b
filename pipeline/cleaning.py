"""Clean running text for the model, with an exact map back to the input as read.

Hard-wrapped lines are joined, soft hyphens and zero-width characters dropped, runs of white space folded,
decomposed accents composed, typographic variants folded. Boilerplate is set aside as noise, never lost.
All offsets are code points, half-open. `Clean.source(start, end)` turns clean offsets into input offsets.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from enum import StrEnum

from pipeline.noise import is_noise

MAX_RUN = 400  # a run without white space longer than this is no French: set aside as noise
MAX_PARAGRAPH = 12_000  # longer paragraphs are cut at a space so that parsing memory stays bounded
MAX_TITLE = 250

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c") | frozenset(
    chr(c) for c in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_FOLDED = {
    **dict.fromkeys("\u2019\u2018\u02bc\u02b9\u00b4\uff07", "'"),
    **dict.fromkeys("\u2010\u2011\u2043\ufe63\uff0d", "-"),
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
_TERMINAL = re.compile(r"[.!?…:][\"'»”)\]]*$")
_BULLET = re.compile(r"(?:[-*•●–—]\s|\d{1,2}[.)]\s|#{1,6}\s|\||!\[)")


class Role(StrEnum):
    """What a paragraph is for the article."""

    TITLE = "title"
    BODY = "body"
    SUBHEAD = "subhead"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the clean text, without surrounding white space."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean text: paragraphs separated by one newline, and the map of every character to the input.

    `noise` holds stretches of the input (input offsets) that are no running text.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    noise: tuple[tuple[int, int], ...]
    starts: array[int]
    ends: array[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Input offsets of the clean stretch [start, end); an empty stretch gives an empty one."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


def shown(text: str) -> str:
    r"""Fold white space and leave soft hyphens out, as every cell of the tables does.

    Examples:
        >>> shown("missiles  sol-\nair")
        'missiles sol- air'
    """
    return " ".join(text.replace("\u00ad", "").split())


def clean(text: str) -> Clean:
    r"""Turn the input as read into clean paragraphs and noise.

    Examples:
        >>> clean("Moscou a livré des S-400.\n![]() |").text
        'Moscou a livré des S-400.'
    """
    chars: list[str] = []
    starts, ends = array("l"), array("l")
    paragraphs: list[Paragraph] = []
    noise: list[tuple[int, int]] = []
    blocks = _blocks(text)
    for start, end in blocks:
        if is_noise(shown(text[start:end])):
            noise.append((start, end))
            continue
        for piece in _fold(text, start, end, noise):
            if chars:
                chars.append("\n")
                starts.append(piece[0][1])
                ends.append(piece[0][1])
            first = len(chars)
            letters, begins, stops = zip(*piece, strict=True)
            chars.extend(letters)
            starts.extend(begins)
            ends.extend(stops)
            body = "".join(chars[first:])
            paragraphs.append(Paragraph(first, len(chars), _role(body, len(paragraphs), len(blocks))))
    return Clean("".join(chars), tuple(paragraphs), tuple(noise), starts, ends)


def _role(body: str, number: int, n_blocks: int) -> Role:
    """Title: a first block without a full stop; subhead: a short later one without any end mark."""
    if number == 0 and n_blocks > 1 and len(body) <= MAX_TITLE and not re.search(r"[^.…][.!?][\"'»”)\]]*$", body):
        return Role.TITLE
    if len(body) <= 90 and not _TERMINAL.search(body):
        return Role.SUBHEAD if number else Role.TITLE
    return Role.BODY


def _blocks(text: str) -> list[tuple[int, int]]:
    """Paragraphs of the input: lines, joined where a newline only wraps (input offsets, trimmed)."""
    lines = _lines(text)
    width = _wrap_width([end - start for start, end in lines if end > start])
    blocks: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for start, end in lines:
        if start == end:
            previous = None
            continue
        if previous is not None and _wraps(text[previous[0] : previous[1]], text[start:end], width):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
        previous = (start, end)
    return blocks


def _lines(text: str) -> list[tuple[int, int]]:
    """Lines of the input without surrounding white space; a blank line is an empty stretch."""
    lines = []
    at = 0
    for match in [*_LINE_END.finditer(text), None]:
        stop = match.start() if match else len(text)
        raw = text[at:stop]
        left = at + len(raw) - len(raw.lstrip())
        lines.append((left, max(left, at + len(raw.rstrip()))))
        at = match.end() if match else stop
    return lines


def _wrap_width(lengths: list[int]) -> int:
    """The width at which the text was wrapped by hand, 0 when newlines end paragraphs."""
    if len(lengths) < 3:
        return 0
    widest = sorted(lengths)[int(0.9 * (len(lengths) - 1))]
    full = sum(length >= 0.75 * widest for length in lengths)
    return widest if 40 <= widest <= 160 and full >= 0.5 * len(lengths) else 0


def _wraps(line: str, following: str, width: int) -> bool:
    """Whether the newline between two non-blank lines only wraps a running sentence."""
    if _BULLET.match(following) or line.endswith(("...", "…")):
        return False
    ended = _TERMINAL.search(line)
    if not ended and (following[0].islower() or line.endswith("-")) and len(line) > 20:
        return True
    room = len(line) + 1 + len(following.split(maxsplit=1)[0])
    return bool(width) and (room >= 0.8 * width or (not ended and len(line) >= 0.45 * width))


def _fold(text: str, start: int, end: int, noise: list[tuple[int, int]]) -> list[list[tuple[str, int, int]]]:
    """Clean characters of a block with their input offsets, in pieces of at most `MAX_PARAGRAPH`."""
    out: list[tuple[str, int, int]] = []
    for run in re.finditer(r"\S+", text[start:end]):
        begin, stop = start + run.start(), start + run.end()
        if stop - begin > MAX_RUN:
            noise.append((begin, stop))
            continue
        letters = _fold_run(text, begin, stop)
        if not letters:
            noise.append((begin, stop))
            continue
        # « Kim Chang-⏎hyuk »: a hyphen at the end of a wrapped line joins, other gaps become one space
        gap = text[out[-1][2] : begin] if out else ""
        if out and not (out[-1][0] == "-" and "\n" in gap and len(out) > 1 and out[-2][0].isalpha()):
            out.append((" ", out[-1][2], begin))
        out.extend(letters)
    return _pieces(out)


def _pieces(chars: list[tuple[str, int, int]]) -> list[list[tuple[str, int, int]]]:
    pieces = []
    while len(chars) > MAX_PARAGRAPH:
        cut = next((i for i in range(MAX_PARAGRAPH, MAX_PARAGRAPH // 2, -1) if chars[i][0] == " "), MAX_PARAGRAPH)
        pieces.append(chars[:cut])
        chars = chars[cut + (chars[cut][0] == " ") :]
    return [*pieces, chars] if chars else pieces


def _fold_run(text: str, begin: int, stop: int) -> list[tuple[str, int, int]]:
    """Fold one run without white space; combining marks join the letter before them."""
    if text[begin:stop].isascii():
        return [(c if c.isprintable() else " ", i, i + 1) for i, c in enumerate(text[begin:stop], begin)]
    out: list[tuple[str, int, int]] = []
    for i in range(begin, stop):
        char = text[i]
        if char in _DROPPED:
            if out:
                out[-1] = (out[-1][0], out[-1][1], i + 1)
            continue
        if out and unicodedata.combining(char):
            composed = unicodedata.normalize("NFC", out[-1][0] + char)
            out[-1] = (composed if len(composed) == 1 else out[-1][0], out[-1][1], i + 1)
            continue
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn"):
            char = " "
        out.extend((folded, i, i + 1) for folded in _FOLDED.get(char, char))
    return out
