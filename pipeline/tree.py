"""Parsed text as plain lists: what frames, claims and relations read instead of spaCy objects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

NO_MORPH: dict[str, str] = {}


@dataclass
class Tree:
    """Dependency trees of one document, token by token.

    Index `i` runs over the tokens of the whole document. `start` and `end` are code points into the clean text,
    half-open. `head[i] == i` marks a root. `sentences` holds half-open token ranges in order. `entities` are the
    model's names as (first token, end token, label).
    """

    text: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    morph: list[dict[str, str]] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    entities: list[tuple[int, int, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def kids(self) -> list[list[int]]:
        """Children of each token, in text order."""
        kids: list[list[int]] = [[] for _ in self.text]
        for i, head in enumerate(self.head):
            if head != i:
                kids[head].append(i)
        return kids

    @cached_property
    def auxiliaries(self) -> list[list[int]]:
        """Auxiliaries and copulas of each token, in text order."""
        return [[k for k in kids if self.dep[k].startswith(("aux", "cop"))] for kids in self.kids]

    @cached_property
    def lower(self) -> list[str]:
        return [word.lower() for word in self.text]

    def lower_from(self, first: int) -> list[str]:
        """Words in lower case from token `first` on, while the tree still grows."""
        return [word.lower() for word in self.text[first:]]

    def subtree(self, i: int) -> list[int]:
        """Token `i` and all below it, in text order."""
        out, stack = [], [i]
        while stack:
            node = stack.pop()
            out.append(node)
            stack.extend(self.kids[node])
        return sorted(out)

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads of token `i` from the nearest to the root."""
        while self.head[i] != i:
            i = self.head[i]
            yield i

    def kids_by(self, i: int, *deps: str) -> list[int]:
        """Children of `i` whose dependency is one of `deps`, subtypes included (« obl » takes « obl:arg »)."""
        return [k for k in self.kids[i] if self.dep[k] in deps or self.dep[k].partition(":")[0] in deps]

    def case(self, i: int) -> str:
        """Lemma of the preposition that marks token `i` (« à », « par », « auprès de »), "" without one."""
        marks = [k for k in self.kids[i] if self.dep[k] == "case" and k < i]
        return CONTRACTED.get(self.lemma[marks[0]], self.lemma[marks[0]]) if marks else ""

    def token_at(self, offset: int) -> int:
        """Index of the token that holds a clean offset, or of the next one."""
        return bisect_right(self.end, offset)


CONTRACTED = {
    "un": "de", "au": "à", "aux": "à", "du": "de", "des": "de", "d'": "de", "lors": "lors de", "auprès": "auprès de",
    "d’": "de",
}  # fmt: skip
