"""FactBank values of a claim (Saurí and Pustejovsky 2009): what the source and what the newspaper commit to.

One row a combination stands in `data/factuality.csv`, each with its example.
"""

from __future__ import annotations

import csv
from functools import cache

from pipeline.claims.reporting import reporting_verbs
from pipeline.lexicon.rows import DATA
from pipeline.records import Attribution, Claim, Modality, Polarity


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
    return _values(stance, polarity, modality)


def factuality_again(old: Claim, new: Claim) -> tuple[str, str]:
    """(source value, author value) of a claim whose attribution, polarity or modality was put right.

    A row does not keep the lemma of its reporting verb: whether that presupposes its content is seen from the values.
    """
    if (old.attribution, old.polarity, old.modality) == (new.attribution, new.polarity, new.modality):
        return old.factuality_source, old.factuality_author
    stance = "author" if new.attribution is Attribution.AUTHOR else "reported"
    values = (old.factuality_source, old.factuality_author)
    if stance == "reported" and old.attribution is not Attribution.AUTHOR:
        known = _values("known", old.polarity, old.modality)
        stance = "known" if values == known != _values("reported", old.polarity, old.modality) else stance
    return _values(stance, new.polarity, new.modality)


def _values(stance: str, polarity: Polarity, modality: Modality) -> tuple[str, str]:
    table = _table()
    return table.get((stance, polarity, modality)) or table["reported", polarity, modality]
