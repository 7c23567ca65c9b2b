"""Quality floors: F1 on `corpus/gold`, pinned beside the hash of the corpus, only ever raised.

    python -m tests.floors

measures, raises the floors in `tests/floors.json` and writes the table of the README. A floor goes down by hand alone,
and so does a floor of a corpus that has changed: the file is then deleted first.
"""

from __future__ import annotations

import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.evaluation import evaluate_paths

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpus" / "gold"
FLOORS = Path(__file__).with_name("floors.json")
STEP = 100  # floors are hundredths, rounded down


def corpus_hash() -> str:
    """Digest of all gold files."""
    digest = sha256()
    for path in sorted(GOLD.glob("*.json")):
        digest.update(path.name.encode() + b"\x00" + path.read_bytes())
    return digest.hexdigest()


def measured() -> dict[str, Any]:
    """The report of `defpress evaluate corpus/gold --json`."""
    report: dict[str, Any] = json.loads(evaluate_paths([GOLD], as_json=True))
    return report


def raised(report: dict[str, Any], floors: dict[str, float]) -> dict[str, float]:
    """The higher of each floor and what is measured now."""
    found = {name: int(score["f1"] * STEP) / STEP for name, score in report["scores"].items()}
    found |= {name: int(score["accuracy"] * STEP) / STEP for name, score in report["accuracies"].items()}
    return {name: max(value, floors.get(name, 0.0)) for name, value in sorted(found.items())}


def table(report: dict[str, Any]) -> str:
    """The table of the README."""
    lines = [f"Measured on {date.today():%Y-%m-%d} on the {report['articles']} articles of `corpus/gold`:", ""]
    lines += ["| | precision | recall | F1 | gold |", "|---|---|---|---|---|"]
    for name, score in report["scores"].items():
        if "(exact)" not in name:
            figures = " | ".join(f"{score[figure]:.3f}" for figure in ("precision", "recall", "f1"))
            lines.append(f"| {name} | {figures} | {score['n']} |")
    rest = ", ".join(f"{name} {score['accuracy']:.3f}" for name, score in report["accuracies"].items())
    return "\n".join([*lines, "", f"Of what matched, right: {rest}."])


def main() -> None:
    """Measure, raise, write."""
    report = measured()
    known = json.loads(FLOORS.read_text()) if FLOORS.exists() else {"corpus": corpus_hash(), "floors": {}}
    if known["corpus"] != corpus_hash():
        raise SystemExit("corpus/gold has changed: delete tests/floors.json to measure anew")
    known["floors"] = raised(report, known["floors"])
    FLOORS.write_text(json.dumps(known, indent=2) + "\n")
    readme = ROOT / "README.md"
    marked = re.compile(r"(?<=<!-- scores -->\n).*?(?=<!-- end of scores -->)", re.DOTALL)
    readme.write_text(marked.sub(lambda _: f"\n{table(report)}\n\n", readme.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
