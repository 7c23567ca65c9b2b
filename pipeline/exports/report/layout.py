"""Places the entities of the relation graph: a spring layout in plain Python, the same on every machine.

Scheme: Fruchterman & Reingold 1991, "Graph drawing by force-directed placement", from a circle instead of a random
start, with a pull to the centre so that separate groups stay in the picture.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

WIDTH, HEIGHT = 1000, 640
# A name is centred under its node: the longest shown must stay in the picture.
_MARGINS = {WIDTH: 100, HEIGHT: 45}
NAME_WIDTH, NAME_HEIGHT = 95, 62
_STEPS = 120
_PUSHES = 40
_GRAVITY = 0.6

Point = tuple[float, float]


def spring_layout(nodes: Sequence[str], edges: Mapping[tuple[str, str], int]) -> dict[str, tuple[int, int]]:
    """Give each node whole coordinates within `WIDTH` by `HEIGHT`.

    Args:
        nodes: ids; their order sets the start, so give them in a stable order.
        edges: weight for each pair of nodes, both of them in `nodes`.

    Examples:
        >>> spring_layout(["a"], {})
        {'a': (500, 320)}
    """
    count = max(len(nodes), 1)
    points = [(math.cos(math.tau * at / count), math.sin(math.tau * at / count)) for at in range(len(nodes))]
    place = {node: at for at, node in enumerate(nodes)}
    links = _links(place, edges)
    spacing = 1.6 / math.sqrt(count)
    for step in range(_STEPS):
        reach = 0.15 * (1 - step / _STEPS)
        points = _moved(points, _forces(points, links, spacing), reach)
    return dict(zip(nodes, _apart(_fitted(points)), strict=True))


def _links(place: Mapping[str, int], edges: Mapping[tuple[str, str], int]) -> list[tuple[int, int, float]]:
    # A hub's many links must not pull all its neighbours into one heap, so each counts less.
    degree = Counter(node for pair in edges for node in pair)
    heaviest = math.log1p(max(edges.values(), default=1))
    return [
        (place[a], place[b], (0.5 + math.log1p(weight) / heaviest) / math.sqrt(max(degree[a], degree[b])))
        for (a, b), weight in edges.items()
    ]


def _forces(points: list[Point], links: list[tuple[int, int, float]], spacing: float) -> list[list[float]]:
    forces = [[-_GRAVITY * x, -_GRAVITY * y] for x, y in points]
    for first, (x, y) in enumerate(points):
        for second in range(first):
            dx, dy = x - points[second][0], y - points[second][1]
            push = spacing * spacing / (dx * dx + dy * dy + 1e-6)
            _apply(forces, first, second, dx * push, dy * push)
    for first, second, weight in links:
        dx, dy = points[first][0] - points[second][0], points[first][1] - points[second][1]
        pull = -weight * math.hypot(dx, dy) / spacing / 2
        _apply(forces, first, second, dx * pull, dy * pull)
    return forces


def _apply(forces: list[list[float]], first: int, second: int, fx: float, fy: float) -> None:
    forces[first][0] += fx
    forces[first][1] += fy
    forces[second][0] -= fx
    forces[second][1] -= fy


def _moved(points: list[Point], forces: list[list[float]], reach: float) -> list[Point]:
    moved = []
    for (x, y), (fx, fy) in zip(points, forces, strict=True):
        size = math.hypot(fx, fy)
        share = min(size, reach) / size if size else 0.0
        moved.append((x + fx * share, y + fy * share))
    return moved


def _fitted(points: list[Point]) -> list[Point]:
    xs, ys = _spread([x for x, _ in points], WIDTH), _spread([y for _, y in points], HEIGHT)
    return list(zip(xs, ys, strict=True))


def _spread(values: list[float], size: int) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    if high - low < 1e-9:
        return [size / 2] * len(values)
    margin = _MARGINS[size]
    return [margin + (value - low) / (high - low) * (size - 2 * margin) for value in values]


def _apart(points: list[Point]) -> list[tuple[int, int]]:
    """Push names that would cover each other apart, within the picture; names are wider than high."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for _ in range(_PUSHES):
        for first in range(len(points)):
            for second in range(first):
                dx, dy = (xs[first] - xs[second]) / NAME_WIDTH, (ys[first] - ys[second]) / NAME_HEIGHT
                away = math.hypot(dx, dy) or 1e-3
                if away < 1:
                    step = (1 - away) / away / 3
                    xs[first], xs[second] = _shift(xs[first], xs[second], dx * step * NAME_WIDTH, WIDTH)
                    ys[first], ys[second] = _shift(ys[first], ys[second], (dy or 1e-3) * step * NAME_HEIGHT, HEIGHT)
    return [(round(x), round(y)) for x, y in zip(xs, ys, strict=True)]


def _shift(first: float, second: float, by: float, size: int) -> tuple[float, float]:
    low, high = _MARGINS[size], size - _MARGINS[size]
    return min(max(first + by, low), high), min(max(second - by, low), high)
