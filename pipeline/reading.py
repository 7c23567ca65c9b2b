"""One document as the stages know it, and the way from clean offsets back to the input."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.cleaning import Clean, shown
from pipeline.entities.found import Found
from pipeline.entities.index import MentionIndex
from pipeline.lexicon.forms import Entry
from pipeline.records import Document
from pipeline.tree import Tree


@dataclass(frozen=True)
class Reading:
    """All that the stages know of one document."""

    document: Document
    clean: Clean
    tree: Tree
    mentions: Sequence[Found]
    index: MentionIndex
    known: dict[str, Entry]

    @cached_property
    def _bounds(self) -> tuple[list[int], int]:
        """Where the mentions start, and how long the longest is."""
        return [m.start for m in self.mentions], max((m.end - m.start for m in self.mentions), default=0)

    def touching(self, start: int, end: int) -> list[Found]:
        """Mentions that overlap a clean stretch, in text order; found by bisection, so that long texts stay linear."""
        starts, longest = self._bounds
        near = self.mentions[bisect_left(starts, start - longest) : bisect_left(starts, end)]
        return [m for m in near if start < m.end]

    def source(self, start: int, end: int) -> tuple[int, int]:
        return self.clean.source(start, end)

    def text(self, start: int, end: int) -> str:
        """What a cell shows of a clean stretch."""
        begin, stop = self.clean.source(start, end)
        return shown(self.document.text[begin:stop])

    def sentence(self, offset: int) -> int:
        token = self.tree.token_at(offset)
        return self.tree.sent[token] if token < len(self.tree) else max(len(self.tree.sentences) - 1, 0)
