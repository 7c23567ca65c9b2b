"""FactBank values of a claim (Saurí and Pustejovsky 2009): what the source and what the newspaper commit to.

One row a combination stands in `data/factuality.csv`, each with its example.
"""

from __future__ import annotations

import csv
from functools import cache

from pipeline.claims.reporting import reporting_verbs
from pipeline.lexicon.rows import DATA
from pipeline.records import Attribution, Modality, Polarity


@cache
def _table() -> dict[tuple[str, str, str], tuple[str, str]]:
    with (DATA / "factuality.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["stance"], row["polarity"], row["modality"]): (row["source"], row["author"])
            for row in csv.DictReader(lines)
        }


def factuality(attribution: Attribution, polarity: Polarity, modality: Modality, cue: str = "") -> tuple[str, str]:
    """(source value, author value) of a claim.

    Args:
        attribution: who carries the claim.
        polarity: of its main predicate.
        modality: of its main predicate.
        cue: lemma of the reporting verb; one that presupposes its content (« apprendre ») commits the author too.

    Examples:
        >>> factuality(Attribution.REPORTED, Polarity.POSITIVE, Modality.POSSIBLE, "estimer")
        ('PS+', 'Uu')
    """
    stance = "author" if attribution is Attribution.AUTHOR else "reported"
    entry = reporting_verbs().get(cue)
    if stance == "reported" and entry is not None and entry.author == "CT+":
        stance = "known"
    table = _table()
    return table.get((stance, polarity, modality)) or table["reported", polarity, modality]
