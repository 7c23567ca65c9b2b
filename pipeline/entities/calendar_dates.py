"""Rules for dates that name a day, month, season, part of a year, year, decade or century."""

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
)

_TAIL = (
    r"(?: de l'(?P<year_tail>annee derniere|annee passee|annee prochaine|an dernier|an passe|an prochain|annee en cours)| de (?P<this_year>cette annee)"
    r"| (?P<tail>(?:dernier|passe|prochain)(?:e?s?))(?!\w))?"
)
_PARTS = {"debut": "début", "mi": "mi", "milieu": "mi", "fin": "fin"}
_SEASONS = {"printemps": 21, "ete": 22, "automne": 23, "hiver": 24}
_ORDINALS = {"premier": 1, "1er": 1, "second": 2, "deuxieme": 2, "troisieme": 3, "quatrieme": 4}
_MONTH_BEFORE = re.compile(
    r"(?:(?<!\w)(?:en|de|mois de|depuis|avant|apres|courant|jusqu'en|jusqu'a|jusque|des|pour|vers|entre|d'ici|d'ici a) |d')$"
)
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


def _entre(match: re.Match[str], context: Context) -> bool:
    return bool(re.search(r"\bentre(?: (?:le|les|la))? $", context.before(match.start("date"))))


def _join(values: list[str], word: str, *, between: bool) -> str:
    """An interval, all of the dates, or one of them, by the word between them."""
    if between or word not in ("et", "ou", ","):
        return f"{values[0]}/{values[-1]}"
    return f"[{','.join(values)}]" if word == "ou" else f"{{{','.join(values)}}}"


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
    year = edtf.year_of_day(month, day, context.published, context.direction(match))
    return None if year is None else str(year)


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
    days = [day_number(part) for part in match["d1"].split(", ")]
    values = [_day_value(part, first, first_year) for part in days] + [_day_value(day, last, last_year)]
    known = [value for value in values if value]
    word = match["join"].strip(" ").split(" ")[0]
    return _join(known, word, between=_entre(match, context)) if len(known) == len(values) else None


def _read_month(match: re.Match[str], context: Context) -> str | None:
    """A month needs a year, « dernier », or small letters after a preposition: « Avril Haines » is a person."""
    start = match.start("date")
    plain = not match["y"] and not match["tail"]
    if plain and (context.text[start].isupper() or not _MONTH_BEFORE.search(context.before(start))):
        return None
    last = MONTH_NUMBERS[match["m2"] or match["m"]]
    year = match["y"]
    if year is None and context.published:
        year = str(edtf.year_of_month(last, context.published, context.direction(match)))
    if match["m2"] is None:
        return f"{year or 'XXXX'}-{last:02d}"
    first = MONTH_NUMBERS[match["m"]]
    first_year = match["y1"] or (str(int(year) - (first > last)) if year else "XXXX")
    values = [f"{first_year}-{first:02d}", f"{year or 'XXXX'}-{last:02d}"]
    return _join(values, match["join"].strip(" "), between=_entre(match, context))


def _read_part(match: re.Match[str], context: Context) -> str | None:
    part = _PARTS.get(match["part"])
    if match["m"] is None:
        return edtf.part_of_year(part, int(match["y2"])) if part else match["y2"]
    month = MONTH_NUMBERS[match["m"]]
    year: int | str = int(match["y"]) if match["y"] else "XXXX"
    if isinstance(year, str) and context.published:
        year = edtf.year_of_month(month, context.published, context.direction(match))
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
    if not year and not match["tail"] and not match["this"] and not re.search(r"(?:\bau |\ba l')$", before):
        return None
    if re.match(r" (?:arabe|de prague|de la )", context.flat[match.end() :][:12]):
        return None
    if year is None and context.published is None:
        return context.unresolved(match)
    if year is None and context.published:
        month = 3 * (code - 20) - 1
        year = str(edtf.year_of_month(month or 12, context.published, context.direction(match)))
    return f"{year}-{code}"


def _read_decade(match: re.Match[str], context: Context) -> str | None:
    values = [_decade(digits) for digits in (match["d"], match["d2"]) if digits]
    return values[0] if len(values) == 1 else _join(values, match["join"].strip(" "), between=_entre(match, context))


def _decade(digits: str) -> str:
    return (digits if len(digits) == 4 else "19" + digits)[:3] + "X"


def _read_century(match: re.Match[str], context: Context) -> str | None:
    numerals = {"xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21, "xxii": 22}
    number = int(match["c"]) if match["c"].isdigit() else numerals.get(match["c"], 0)
    return f"{number - 1:02d}XX" if number > 1 else None


def _read_years(match: re.Match[str], context: Context) -> str | None:
    """« de 2014 à 2019 », « 2014-2019 », « entre 2025 et 2030 »; « 2014 et 2019 » are two mentions."""
    word = match["join"].strip(" ")
    if word in ("et", "ou") and not _entre(match, context):
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
    return year if noun and noun["noun"] not in _NO_YEAR_NOUN and year != "2000" else None


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
            rf"{BEGIN}(?P<date>(?:{WEEKDAY} )?(?P<d1>{DAY}(?:, {DAY}){{0,4}})(?: (?P<m1>{MONTH})(?: (?P<y1>{YEAR}))?)?"
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
