"""Clean running text for the model, with an exact map back to the input as read.

Hard-wrapped lines are joined, soft hyphens and zero-width characters dropped, runs of white space folded,
decomposed accents composed, typographic variants folded. Boilerplate is set aside as noise, never lost.
All offsets are code points, half-open. `Clean.source(start, end)` turns clean offsets into input offsets.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

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
_FOLDS = str.maketrans(_FOLDED)
# Characters of French press that fold to one, whatever stands beside them: the other runs are read one by one
_PLAIN_RUN = re.compile("[!-~\xa1-\xac\xae-\u024f\u2013-\u2022\u2026\u20ac]+")
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
    bodies: list[str] = []
    starts, ends = array("l"), array("l")
    paragraphs: list[Paragraph] = []
    noise: list[tuple[int, int]] = []
    blocks = _blocks(text)
    for start, end in blocks:
        if is_noise(shown(text[start:end])):
            noise.append((start, end))
            continue
        folded = _fold(text, start, end, noise)
        for first, stop in _pieces(folded.letters):
            if bodies:
                starts.append(folded.starts[first])  # a newline between paragraphs
                ends.append(folded.starts[first])
            body = "".join(folded.letters[first:stop])
            paragraphs.append(
                Paragraph(len(starts), len(starts) + len(body), _role(body, len(paragraphs), len(blocks)))
            )
            bodies.append(body)
            starts.extend(folded.starts[first:stop])
            ends.extend(folded.ends[first:stop])
    return Clean("\n".join(bodies), tuple(paragraphs), tuple(noise), starts, ends)


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


class _Chars(NamedTuple):
    """Clean characters with their input offsets."""

    letters: list[str]
    starts: array[int]
    ends: array[int]

    def add(self, letter: str, start: int, end: int) -> None:
        self.letters.append(letter)
        self.starts.append(start)
        self.ends.append(end)

    def extend(self, letters: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> None:
        self.letters.extend(letters)
        self.starts.extend(starts)
        self.ends.extend(ends)


def _fold(text: str, start: int, end: int, noise: list[tuple[int, int]]) -> _Chars:
    """Clean characters of a block."""
    out = _Chars([], array("l"), array("l"))
    for run in re.finditer(r"\S+", text[start:end]):
        begin, stop = start + run.start(), start + run.end()
        if stop - begin > MAX_RUN:
            noise.append((begin, stop))
            continue
        plain = _PLAIN_RUN.fullmatch(text, begin, stop) is not None
        folded = None if plain else _fold_run(text, begin, stop)
        if folded is not None and not folded.letters:
            noise.append((begin, stop))
            continue
        letters = out.letters
        # « Kim Chang-⏎hyuk »: a hyphen at the end of a wrapped line joins, other gaps become one space
        gap = text[out.ends[-1] : begin] if letters else ""
        if letters and not (letters[-1] == "-" and "\n" in gap and len(letters) > 1 and letters[-2].isalpha()):
            out.add(" ", out.ends[-1], begin)
        if folded is None:
            out.extend(text[begin:stop].translate(_FOLDS), range(begin, stop), range(begin + 1, stop + 1))
        else:
            out.extend(*folded)
    return out


def _pieces(letters: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches of at most `MAX_PARAGRAPH` characters, cut at a space where there is one."""
    start = 0
    while len(letters) - start > MAX_PARAGRAPH:
        low, high = start + MAX_PARAGRAPH // 2, start + MAX_PARAGRAPH
        cut = next((i for i in range(high, low, -1) if letters[i] == " "), high)
        yield start, cut
        start = cut + (letters[cut] == " ")
    if start < len(letters):
        yield start, len(letters)


def _fold_run(text: str, begin: int, stop: int) -> _Chars:
    """Fold one run without white space; combining marks join the letter before them."""
    out = _Chars([], array("l"), array("l"))
    for i in range(begin, stop):
        char = text[i]
        if char in _DROPPED:
            if out.letters:
                out.ends[-1] = i + 1
            continue
        if out.letters and unicodedata.combining(char):
            composed = unicodedata.normalize("NFC", out.letters[-1] + char)
            out.letters[-1] = composed if len(composed) == 1 else out.letters[-1]
            out.ends[-1] = i + 1
            continue
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn"):
            char = " "
        for folded in _FOLDED.get(char, char):
            out.add(folded, i, i + 1)
    return out
