"""Boilerplate of web pages and wires: patterns from `data/noise.csv`, one row a kind with an example."""

from __future__ import annotations

import csv
import re
from functools import cache

from pipeline.lexicon.rows import DATA


@cache
def _patterns() -> re.Pattern[str]:
    with (DATA / "noise.csv").open(encoding="utf-8", newline="") as lines:
        return re.compile("|".join(f"(?:{row['pattern']})" for row in csv.DictReader(lines)), re.IGNORECASE)


def is_noise(paragraph: str) -> bool:
    """Whether a paragraph is a page remain rather than text of the article.

    Examples:
        >>> is_noise("![]() |"), is_noise("Lire aussi : Paris hésite"), is_noise("Paris hésite.")
        (True, True, False)
    """
    if not any(char.isalpha() for char in paragraph):
        return True
    return bool(_patterns().match(paragraph))
