"""A coverage-guided fuzzer over the targets.

    pip install "defpress[fuzz,test]"
    python -m tests.fuzz [TARGET...] [--inputs N] [--out DIR]

One process a target, one after the other. It stops at the first input that breaks something and keeps it under `DIR`:
mend the fault, then put the input among `seeds`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

INPUTS = {"extraction": 5_000, "frames": 5_000, "exporters": 2_000, "lexicon": 5_000, "pages": 10_000}
MANY = 30_000  # inputs of every other target
LONGEST = {"extraction": 100, "frames": 150}  # bytes
LONG = 300  # bytes of every other target
HANG = 10  # seconds


def names() -> list[str]:
    from tests.fuzz.seeds import SEEDS

    return list(SEEDS)


def fuzz(target: str, corpus: Path, inputs: int, out: Path) -> None:
    """Fuzz one target in this process; libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["pipeline"]):
        from tests.fuzz.seeds import SEEDS
        from tests.fuzz.targets import TARGETS

    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]):
        (corpus / f"seed-{number}").write_bytes(seed)
        TARGETS[target](seed)  # what is loaded once is loaded before the clock runs
    options = [
        f"-runs={inputs}",
        "-len_control=10",
        f"-max_len={LONGEST.get(target, LONG)}",
        f"-timeout={HANG}",
        "-rss_limit_mb=8192",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={out}/{target}-", str(corpus)], TARGETS[target])
    atheris.Fuzz()


def main() -> int:
    """Fuzz the targets named, or all; the number of those that broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz the readers and writers.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"one of {', '.join(names())}")
    parser.add_argument("--inputs", type=int, metavar="N", help="inputs a target (default: more for the fast ones)")
    parser.add_argument("--out", type=Path, default=Path("fuzz"), metavar="DIR", help="where inputs are kept")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if unknown := sorted({*chosen.targets} - {*names()}):
        parser.error(f"no target {unknown[0]!r}; expected {', '.join(names())}")
    if chosen.here:
        (target,) = chosen.targets
        fuzz(target, chosen.out / "corpus" / target, chosen.inputs, chosen.out)
    broken = 0
    for target in chosen.targets or names():
        inputs = str(chosen.inputs or INPUTS.get(target, MANY))
        options = [target, "--here", "--inputs", inputs, "--out", str(chosen.out)]
        broken += subprocess.run([sys.executable, "-m", "tests.fuzz", *options]).returncode != 0
    return broken


if __name__ == "__main__":
    sys.exit(main())
