"""Rules for dates that name a day, a month, a season or a part of a year."""

from __future__ import annotations

import re

from pipeline.entities import edtf
from pipeline.entities.date_context import (
    BEGIN,
    DAY,
    END,
    MONTH,
    MONTH_NUMBERS,
    WEEKDAY,
    YEAR,
    Context,
    Rule,
    day_number,
    join_dates,
)

_TAIL = (
    r"(?: de (?P<of_year>l'(?:annee|an) (?:derniere?|passee?|prochaine?)|cette annee)(?!\w)"
    r"| (?P<tail>(?:dernier|passe|prochain)e?s?)(?!\w))?"
)
_PARTS = {"debut": "début", "mi": "mi", "milieu": "mi", "fin": "fin"}
_SEASONS = {"printemps": 21, "ete": 22, "automne": 23, "hiver": 24}
_ORDINALS = {"premier": 1, "1er": 1, "second": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4}
_MONTH_BEFORE = re.compile(
    r"(?:(?<!\w)(?:en|de|mois de|depuis|avant|apres|courant|jusqu'en|jusqu'a|jusque|des|pour|vers|entre|d'ici|a) |d')$"
)


def _day_value(day: int, month: int, year: str | None) -> str | None:
    if year is None:
        known = edtf.write_day(2000, month, day)  # a leap year: 29 February may be meant
        return known and f"XXXX{known[4:]}"
    return edtf.write_day(int(year), month, day)


def _year_of(match: re.Match[str], context: Context, month: int, day: int) -> str | None:
    if re.search(r"\battentats? du $", context.before(match.start("date"))) and (month, day) == (9, 11):
        return "2001"
    if context.published is None:
        return None
    year = context.told_year(match) or edtf.year_of_day(month, day, context.published, context.direction(match))
    return None if year is None else str(year)


def _year_of_month(match: re.Match[str], context: Context, month: int) -> str | None:
    if context.published is None:
        return None
    year = context.told_year(match) or edtf.year_of_month(month, context.published, context.direction(match))
    return str(year)


def _read_numeric(match: re.Match[str], context: Context) -> str | None:
    return edtf.write_day(int(match["y"]), int(match["m"]), int(match["d"]))


def _read_day(match: re.Match[str], context: Context) -> str | None:
    month, day = MONTH_NUMBERS[match["m"]], day_number(match["d"])
    return _day_value(day, month, match["y"] or _year_of(match, context, month, day))


def _read_days(match: re.Match[str], context: Context) -> str | None:
    """« 14 au 19 mai 2023 », « 14, 15 et 16 mai », « 28 décembre 2022 au 3 janvier »."""
    last, day = MONTH_NUMBERS[match["m2"]], day_number(match["d2"])
    first = MONTH_NUMBERS[match["m1"]] if match["m1"] else last
    last_year = (
        match["y2"] or (match["y1"] and str(int(match["y1"]) + (first > last))) or _year_of(match, context, last, day)
    )
    first_year = match["y1"] or (last_year and str(int(last_year) - (first > last)))
    days = [day_number(part) for part in re.split(r", (?:le )?", match["d1"])]
    values = [_day_value(part, first, first_year) for part in days] + [_day_value(day, last, last_year)]
    known = [value for value in values if value]
    word = match["join"].strip(" ").split(" ")[0]
    return join_dates(known, word, between=context.between(match)) if len(known) == len(values) else None


def _read_month(match: re.Match[str], context: Context) -> str | None:
    """A month needs a year, « dernier », or small letters after a preposition: « Avril Haines » is a person."""
    start = match.start("date")
    plain = not (match["y"] or match["tail"] or match["of_year"])
    if plain and (context.text[start].isupper() or not _MONTH_BEFORE.search(context.before(start))):
        return None
    last = MONTH_NUMBERS[match["m2"] or match["m"]]
    year = match["y"] or _year_of_month(match, context, last)
    if match["m2"] is None:
        return f"{year or 'XXXX'}-{last:02d}"
    first = MONTH_NUMBERS[match["m"]]
    first_year = match["y1"] or (str(int(year) - (first > last)) if year else "XXXX")
    values = [f"{first_year}-{first:02d}", f"{year or 'XXXX'}-{last:02d}"]
    return join_dates(values, match["join"].strip(" "), between=context.between(match))


def _read_part(match: re.Match[str], context: Context) -> str | None:
    part = _PARTS.get(match["part"])
    if match["m"] is None:
        return edtf.part_of_year(part, match["y2"]) if part else match["y2"]
    month = MONTH_NUMBERS[match["m"]]
    year = match["y"] or _year_of_month(match, context, month) or "XXXX"
    return edtf.part_of_month(part, year, month) if part else f"{year}-{month:02d}"


def _read_share(match: re.Match[str], context: Context) -> str | None:
    """Quarter or half of a year."""
    number = _ORDINALS.get(match["n"]) or int(match["n"][0])
    base, most = (32, 4) if match["unit"] == "trimestre" else (39, 2)
    year = match["y"] or (str(context.published.year) if context.published else None)
    if number > most:
        return None
    return f"{year}-{base + number}" if year else context.unresolved(match)


def _read_season(match: re.Match[str], context: Context) -> str | None:
    before = context.before(match.start("date"))
    year, code = match["y"], _SEASONS[match["season"]]
    if re.search(r"\b(?:a|ont|avait|avaient|aurait|auraient|avoir|ayant) $", before):  # « a été »
        return None
    if not (year or match["tail"] or match["of_year"] or match["this"]) and not re.search(r"(?:\bau |\ba l')$", before):
        return None
    if re.match(r" (?:arabe|de prague|de la )", context.flat[match.end() :][:12]):
        return None
    if match["this"] and context.published and not year:
        year = str(context.published.year)
    year = year or _year_of_month(match, context, {21: 5, 22: 8, 23: 11, 24: 2}[code])
    if year is None:
        return context.unresolved(match)
    return f"{year}-{code}"


CALENDAR_RULES = (
    Rule(
        "date.numeric",
        re.compile(rf"{BEGIN}(?P<date>(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)){END}"),
        _read_numeric,
    ),
    Rule(
        "date.numeric",
        re.compile(
            rf"{BEGIN}(?P<date>(?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>(?:19|20)\d\d)){END}"
        ),
        _read_numeric,
    ),
    Rule(
        "date.days",
        re.compile(
            rf"{BEGIN}(?P<date>(?:{WEEKDAY} )?(?P<d1>{DAY}(?:, (?:le )?{DAY}){{0,4}})(?: (?P<m1>{MONTH})(?: (?P<y1>{YEAR}))?)?"
            rf"(?P<join> au | jusqu'au |-| - |/| et(?: le| du)? | ou(?: le)? )(?:{WEEKDAY} )?(?P<d2>{DAY}) (?P<m2>{MONTH})"
            rf"(?: (?P<y2>{YEAR}))?{_TAIL}){END}"
        ),
        _read_days,
    ),
    Rule(
        "date.day",
        re.compile(
            rf"{BEGIN}(?P<date>(?:{WEEKDAY},? (?:le )?)?(?P<d>{DAY}) (?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?{_TAIL}){END}"
        ),
        _read_day,
    ),
    Rule(
        "date.part",
        re.compile(
            rf"{BEGIN}(?P<date>(?P<part>debut|mi|milieu|fin|courant)(?:-| de l'annee | de l'an | du mois de | du mois d'| de "
            rf"| d'| )(?:(?P<m>{MONTH})(?: (?P<y>{YEAR}))?{_TAIL}|(?P<y2>{YEAR}))){END}"
        ),
        _read_part,
    ),
    Rule(
        "date.share",
        re.compile(
            rf"{BEGIN}(?P<date>(?P<n>premier|second|(?:deux|trois|quatr)ieme|1er|[2-4]e(?:me)?) (?P<unit>trimestre|semestre)"
            rf"(?: (?:de l'annee |de |d')?(?P<y>{YEAR}))?){END}"
        ),
        _read_share,
    ),
    Rule(
        "date.season",
        re.compile(
            rf"{BEGIN}(?P<date>(?P<this>cet? )?(?P<season>printemps|ete|automne|hiver)(?:(?: de)? (?P<y>{YEAR}|\d{{4}}(?=-\d{{4}}))"
            rf"(?:-\d{{4}})?)?{_TAIL}){END}"
        ),
        _read_season,
    ),
    Rule(
        "date.month",
        re.compile(
            rf"{BEGIN}(?P<date>(?P<m>{MONTH})(?:(?: (?P<y1>{YEAR}))?(?P<join> a | et |-| - |/| ou )(?P<m2>{MONTH}))?"
            rf"(?: (?:de l'annee |de )?(?P<y>{YEAR}))?{_TAIL}){END}"
        ),
        _read_month,
    ),
)
