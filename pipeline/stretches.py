"""Stretches of a text found again by place, so that long texts take no longer a word than short ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Stretches(Generic[Item]):
    """Items that begin and end somewhere, ready to be searched by bisection.

    Args:
        items: in any order.
        bounds: (start, end) of an item, half-open; its attributes of that name unless told otherwise.

    Examples:
        >>> cuts = Stretches([(0, 4), (9, 12), (3, 7)], bounds=tuple)
        >>> cuts.touching(3, 5)
        [(0, 4), (3, 7)]
    """

    def __init__(
        self, items: Iterable[Item], *, bounds: Callable[[Item], Sequence[int]] = attrgetter("start", "end")
    ) -> None:
        self._items = list(items)
        self._bounds = [bounds(item) for item in self._items]
        self._order = sorted(range(len(self._items)), key=lambda number: self._bounds[number][0])
        self._starts = [self._bounds[number][0] for number in self._order]
        self._longest = max((end - start for start, end in self._bounds), default=0)

    def touching(self, start: int, end: int) -> list[Item]:
        """Items that share a place with [start, end), in the order they were given."""
        return [self._items[number] for number in self.numbers(start, end)]

    def numbers(self, start: int, end: int) -> list[int]:
        """Their places in the order they were given, the first is 0."""
        near = self._order[bisect_left(self._starts, start - self._longest) : bisect_left(self._starts, end)]
        return sorted(number for number in near if self._bounds[number][1] > start)
