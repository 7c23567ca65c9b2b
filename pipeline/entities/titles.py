"""Titles and functions that stand beside a person's name (`data/titles.csv`), kept apart from the name."""

from __future__ import annotations

from functools import cache

from pipeline.lexicon import rows
from pipeline.lexicon.fold import fold
from pipeline.lexicon.phrases import Phrases

_WEAK = frozenset(("chef", "pilote", "juge", "soldat", "rebelle", "mère", "père", "frère", "sœur", "Maître"))


@cache
def title_phrases() -> Phrases:
    """All titles."""
    return Phrases(row.title for row in rows.titles())


@cache
def office_phrases() -> Phrases:
    """Titles that name an office held (`heads` = yes)."""
    return Phrases(row.title for row in rows.titles() if row.heads == "yes")


@cache
def title_words() -> frozenset[str]:
    """Folded single words of titles, which a model's person may have swallowed."""
    return frozenset(fold(word) for title in rows.titles() for word in title.title.split() if len(word) > 3)


@cache
def civilities() -> frozenset[str]:
    """Titles after which a single short name counts (« M. Wu », « le général Li »)."""
    return frozenset(row.title for row in rows.titles() if row.kind in ("civility", "military", "religious"))


@cache
def weak_titles() -> frozenset[str]:
    """Titles that also stand before other names (« le logiciel espion Pegasus », « le chef Daech »)."""
    return _WEAK | frozenset(row.title for row in rows.titles() if row.kind == "profession")
