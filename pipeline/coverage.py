"""The coverage table: what became of every stretch of the input, so that nothing is dropped in silence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.cleaning import shown
from pipeline.reading import Reading
from pipeline.records import Claim, Coverage, CoverageStatus, Mention, Relation
from pipeline.stretches import Stretches


def coverage_rows(
    reading: Reading, mentions: Sequence[Mention], claims: Sequence[Claim], relations: Sequence[Relation]
) -> tuple[Coverage, ...]:
    """Sentences and stretches of noise that together hold every non-space character of the input once."""
    stretches = [
        (*reading.source(reading.tree.start[a], reading.tree.end[b - 1]), n)
        for n, (a, b) in enumerate(reading.tree.sentences)
    ]
    pieces = _without_noise(stretches, reading.clean.noise)
    rows = []
    text = reading.document.text
    filled = _fill_gaps(text, pieces)
    counts = iter(_held(filled, (mentions, claims, relations)))
    for start, end, sentence in filled:
        held = next(counts)
        status = _status(sentence, held)
        rows.append(
            Coverage(
                reading.document.doc_id, sentence, start, end, status, held[0], held[1], held[2], shown(text[start:end])
            )
        )
    return tuple(rows)


def counted_again(
    coverage: Sequence[Coverage], mentions: Sequence[Mention], claims: Sequence[Claim], relations: Sequence[Relation]
) -> tuple[Coverage, ...]:
    """Coverage rows with counts and status of other mentions, claims and relations; a failed stretch stays failed."""
    held = _held([(row.start, row.end, row.sentence) for row in coverage], (mentions, claims, relations))
    return tuple(
        replace(
            row, n_mentions=counts[0], n_claims=counts[1], n_relations=counts[2],
            status=row.status if row.status is CoverageStatus.ERROR else _status(row.sentence, counts),
        )
        for row, counts in zip(coverage, held, strict=True)
    )  # fmt: skip


def _held(
    pieces: Sequence[tuple[int, int, int]], tables: Sequence[Sequence[Mention | Claim | Relation]]
) -> list[list[int]]:
    """How many rows of each table touch each piece; every row looks at its own pieces only."""
    starts = [start for start, _, _ in pieces]
    held = [[0] * len(tables) for _ in pieces]
    for number, table in enumerate(tables):
        for row in table:
            at = max(bisect_right(starts, row.start) - 1, 0)
            while at < len(pieces) and starts[at] < row.end:
                held[at][number] += row.start < pieces[at][1]
                at += 1
    return held


def _status(sentence: int, held: Sequence[int]) -> CoverageStatus:
    if sentence < 0:
        return CoverageStatus.NOISE
    if held[2]:
        return CoverageStatus.RELATION
    if held[1]:
        return CoverageStatus.CLAIM
    return CoverageStatus.MENTION if held[0] else CoverageStatus.NOTHING


def _without_noise(
    stretches: list[tuple[int, int, int]], noise: Sequence[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Sentences cut where a stretch of noise (a run that is no French) stands inside them."""
    out: list[tuple[int, int, int]] = []
    placed = Stretches(noise, bounds=tuple)
    for start, end, sentence in stretches:
        for low, high in sorted(placed.touching(start, end)):
            if start < low:
                out.append((start, low, sentence))
            start = max(start, high)
        if start < end:
            out.append((start, end, sentence))
    return sorted([*out, *((low, high, -1) for low, high in noise)])


def _fill_gaps(text: str, pieces: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Add what lies between the pieces and is not white space, as noise."""
    out: list[tuple[int, int, int]] = []
    at = 0
    for start, end, sentence in [*pieces, (len(text), len(text), -1)]:
        gap = text[at:start]
        if gap.strip():
            left = at + len(gap) - len(gap.lstrip())
            out.append((left, at + len(gap.rstrip()), -1))
        if start < end:
            out.append((start, end, sentence))
        at = max(at, end)
    return out
