"""Every seed through its target, without a fuzzer."""

from __future__ import annotations

import pytest

from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS

CASES = [
    pytest.param(target, seed, id=f"{target}-{number}")
    for target, seeds in SEEDS.items()
    for number, seed in enumerate(seeds)
]


@pytest.mark.model
@pytest.mark.parametrize(("target", "seed"), CASES)
def test_seed(target: str, seed: bytes) -> None:
    TARGETS[target](seed)


def test_every_target_has_seeds() -> None:
    assert {*SEEDS} == {*TARGETS}
