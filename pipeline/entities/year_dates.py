"""Rules for decades, centuries, ranges of years and bare years; these need a context to be dates at all."""

from __future__ import annotations

import re

from pipeline.entities.date_context import BEGIN, END, YEAR, Context, Rule, join_dates
from pipeline.lexicon.fold import fold

_YEAR_STRONG = re.compile(
    r"(?<!\w)(?:en|depuis|des|jusqu'en|jusqu'a|d'ici|d'ici a|d'ici en|annees?|l'an|horizon|exercice|courant|millesime"
    r"|en \d{4}(?:,| et| ou| puis)) $"
)
_YEAR_WEAK = re.compile(
    r"(?:(?<!\w)(?:avant|apres|vers|de|pour|entre|debut|fin|et|a) |(?<!\w)d'|\(|(?:1[5-9]|20)\d\d(?:,| et| ou| puis) )$"
)
_NOUN_BEFORE = re.compile(r"(?P<noun>(?<![\w-])[a-zà-ÿœ]{3,}) $")
_NUMBER_BEFORE = re.compile(r"(?:plus|moins|pres|autour) de $")
_NO_YEAR_NOUN = frozenset({
    "article", "avec", "block", "bloc", "code", "compte", "comprend", "dont", "environ", "format", "loi",
    "modele", "numero", "quelque", "resolution", "route", "sont", "type", "version",
})  # fmt: skip


def _read_decade(match: re.Match[str], context: Context) -> str | None:
    values = [_decade(digits) for digits in (match["d"], match["d2"]) if digits]
    return (
        values[0] if len(values) == 1 else join_dates(values, match["join"].strip(" "), between=context.between(match))
    )


def _decade(digits: str) -> str:
    return (digits if len(digits) == 4 else "19" + digits)[:3] + "X"


def _read_century(match: re.Match[str], context: Context) -> str | None:
    numerals = {"xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21, "xxii": 22}
    number = int(match["c"]) if match["c"].isdigit() else numerals.get(match["c"], 0)
    return f"{number - 1:02d}XX" if number > 1 else None


def _read_years(match: re.Match[str], context: Context) -> str | None:
    """« de 2014 à 2019 », « 2014-2019 », « entre 2025 et 2030 »; « 2014 et 2019 » are two mentions."""
    word = match["join"].strip(" ")
    if word in ("et", "ou") and not context.between(match):
        return None
    if match["y1"] >= match["y2"] or context.counts(match.end()):
        return None
    return f"{match['y1']}/{match['y2']}"


def _read_year(match: re.Match[str], context: Context) -> str | None:
    """A bare year needs a context: « 2000 » in « Mirage 2000 » or « 2000 hommes » is none."""
    start, end, year = match.start("date"), match.end(), match["date"]
    before = context.before(start)
    if _YEAR_STRONG.search(before):
        return None if year == "2000" and context.counts(end) else year
    if not "1900" <= year <= "2099" or context.counts(end) or _NUMBER_BEFORE.search(before):
        return None
    if _YEAR_WEAK.search(before):
        return year
    noun = _NOUN_BEFORE.search(context.text[max(0, start - 32) : start])
    return year if noun and fold(noun["noun"]) not in _NO_YEAR_NOUN and year != "2000" else None


YEAR_RULES = (
    Rule(
        "date.decade",
        re.compile(
            rf"{BEGIN}(?P<date>annees (?P<d>(?:1[5-9]|20)\d0|[2-9]0)(?:(?P<join> et |-| a )(?P<d2>(?:1[5-9]|20)\d0|[2-9]0))?){END}"
        ),
        _read_decade,
    ),
    Rule(
        "date.century",
        re.compile(rf"{BEGIN}(?P<date>(?P<c>\d{{1,2}}|x[ivx]{{1,4}})(?:eme|e)? siecle){END}"),
        _read_century,
    ),
    Rule(
        "date.years",
        re.compile(
            rf"{BEGIN}(?P<date>(?P<y1>(?:19|20)\d\d)(?P<join>-| - |/| et | ou | a | jusqu'en | au )(?P<y2>(?:19|20)\d\d)){END}"
        ),
        _read_years,
    ),
    Rule("date.year", re.compile(rf"{BEGIN}(?P<date>{YEAR}){END}"), _read_year),
)
