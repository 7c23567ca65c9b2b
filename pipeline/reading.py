"""One document as the stages know it, and the way from clean offsets back to the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

    def touching(self, start: int, end: int) -> list[Found]:
        """Mentions that overlap a clean stretch, in text order."""
        return self.index.placed.touching(start, end)

    def source(self, start: int, end: int) -> tuple[int, int]:
        return self.clean.source(start, end)

    def text(self, start: int, end: int) -> str:
        """What a cell shows of a clean stretch."""
        begin, stop = self.clean.source(start, end)
        return shown(self.document.text[begin:stop])

    def sentence(self, offset: int) -> int:
        token = self.tree.token_at(offset)
        return self.tree.sent[token] if token < len(self.tree) else max(len(self.tree.sentences) - 1, 0)
