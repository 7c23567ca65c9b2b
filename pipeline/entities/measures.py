"""Units of measure, currencies, and the pattern of an amount built from them (`data/units.csv`, `data/currencies.csv`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.entities.numbers import APPROXIMATOR, CARDINAL, COLLECTIVE, longest_first
from pipeline.lexicon.fold import fold
from pipeline.lexicon.rows import DATA, read_rows

_WORD_END = re.compile(r"\b([^\W\d_]{3,}[^\W\d_sxz])\b")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure; `kind` tells durations from the rest (`data/units.csv`)."""

    unit: str
    kind: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: ISO 4217 code, symbols, noun forms without plural (`data/currencies.csv`)."""

    code: str
    symbols: tuple[str, ...]
    forms: tuple[str, ...]


@cache
def units() -> dict[str, Unit]:
    """Units by folded form, plurals included."""
    rows = read_rows(Unit, DATA / "units.csv")
    return {form: row for row in rows for raw in row.forms for form in _plurals(fold(raw))}


@cache
def currencies() -> dict[str, str]:
    """ISO 4217 code by folded symbol, code or noun form, plurals included."""
    rows = list(read_rows(Currency, DATA / "currencies.csv"))
    codes = {row.code.lower(): row.code for row in rows if row.code.isalpha() and row.code != "XXX"}
    symbols = {fold(symbol): row.code for row in rows for symbol in row.symbols}
    return codes | symbols | {form: row.code for row in rows for raw in row.forms for form in _plurals(fold(raw))}


def _plurals(form: str) -> set[str]:
    """The form and its plurals: -s on the first or on all words of four letters or more before a preposition."""
    head, preposition, rest = re.split(r"( des? | par | a l'|/|$)", form, maxsplit=1)
    return {form, *(_WORD_END.sub(r"\1s", head, count=count) + preposition + rest for count in (0, 1))}


@cache
def single_letters() -> frozenset[str]:
    return frozenset(form for row in read_rows(Unit, DATA / "units.csv") for form in row.forms if len(form) == 1)


@cache
def amount_pattern(*, ranges: bool) -> re.Pattern[str]:
    """One amount: approximator, number or range, then currency or unit if there is one."""
    nouns = [form for form in currencies() if len(form) > 3 and form[0].isalpha()]
    marks = [form for form in currencies() if form not in nouns]
    unit = longest_first([re.escape(form) for form in units()])
    money = longest_first([re.escape(form) for form in nouns])
    symbol = longest_first([re.escape(form) for form in marks])
    second = rf"(?: ?(?P<u1>{unit})(?=[ -]))?(?(entre) et |(?: a | ou | - |(?<=\d)-(?=\d)))(?P<n2>{CARDINAL})"
    return re.compile(
        rf"(?<![\w/$€£])(?<!\d[.,])(?<!\w[-])(?:(?P<approx>{APPROXIMATOR})(?:(?<=')| ))?(?P<entre>entre )?"
        rf"(?P<lead>(?:us|a|c)?\$|[€£]|(?:usd|eur|us\$) )?(?P<n1>{COLLECTIVE}|{CARDINAL})"
        + (rf"(?:{second})?" if ranges else "(?P<u1>(?!))?(?P<n2>(?!))?")
        + rf"(?:(?: ?(?P<mult>mr?ds?|m|k))?(?: ?(?P<symbol>{symbol})|(?: de | d'| )(?P<money>{money}))(?![\w'])"
        rf"|(?: de | d'| ?)(?P<unit>{unit})(?![\w'/]))?"
        r"(?P<half>(?<=\w) et demie?(?!\w))?(?P<after> environ| au moins| au minimum| au plus| au maximum)?"
    )
