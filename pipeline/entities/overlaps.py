"""Settling overlaps: every character belongs to at most one mention."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.entities.found import Found


def settle(*layers: Iterable[Found]) -> list[Found]:
    """Merge layers of candidates, the first layer winning; within a layer the longer span wins.

    Returns:
        Mentions in text order, without overlap. Several mentions of one layer with the very same span are kept
        when they are members of a group.
    """
    kept: list[Found] = []
    taken: set[int] = set()
    for layer in layers:
        for found in sorted(layer, key=lambda f: (f.start - f.end, f.start)):
            covered = range(found.start, found.end)
            if not taken.intersection(covered):
                kept.append(found)
                taken.update(covered)
    return sorted(kept)
