"""Rules for dates told from the day of publication: « hier », « mardi dernier », « il y a trois mois »."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.entities import edtf
from pipeline.entities.date_context import BEGIN, DAY, END, WEEKDAY, WEEKDAY_NUMBERS, Context, Rule, day_number
from pipeline.entities.edtf import Direction
from pipeline.entities.numbers import APPROXIMATOR, COLLECTIVE, WORDS, read_cardinal, read_collective

_DAYS = {
    "avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1, "apres-demain": 2, "ce matin": 0, "ce midi": 0,
    "ce soir": 0, "cet apres-midi": 0, "cette nuit": 0, "ce jour": 0,
}  # fmt: skip
_TAIL = r"(?P<tail>derniere?|passee?|prochaine?)"
_LENGTH = r"(?P<unit>an|annee|mois|semaine|jour|heure)s?"
_NUMBER = rf"(?P<n>{COLLECTIVE}|{WORDS}|\d{{1,3}})"
_ARTICLE = re.compile(r"(?:\b(?:le|la|du|au) |\bl')$")


def _read_adverb(match: re.Match[str], context: Context) -> str | None:
    """« l'armée de demain » and « ce jour-là » are no dates."""
    surface = match["date"]
    if surface == "demain" and re.search(r"\w (?:de |d')$", context.before(match.start("date"), 8)):
        return None
    if context.published is None:
        return context.unresolved(match)
    return str(context.published + timedelta(days=_DAYS[surface]))


def _read_weekday(match: re.Match[str], context: Context) -> str | None:
    start = match.start("day")
    before = context.before(match.start("date"))
    if context.is_name(start) or re.search(r"\b(?:journal du|chaque|tous les|un) $", before):
        return None
    if context.published is None:
        return context.unresolved(match)
    return str(edtf.weekday(WEEKDAY_NUMBERS[match["day"]], context.published, context.direction(match)))


def _read_weekday_number(match: re.Match[str], context: Context) -> str | None:
    """« mardi 14 »: the nearest Tuesday that is a 14th; most of the time within the month."""
    if context.counts(match.end()) or match.string.startswith((" h", "h"), match.end()):
        return None
    if context.published is None:
        return context.unresolved(match)
    number, weekday = day_number(match["d"]), WEEKDAY_NUMBERS[match["day"]]
    near = (context.published + timedelta(days=shift) for shift in sorted(range(-45, 46), key=abs))
    return next((str(day) for day in near if day.day == number and day.weekday() == weekday), None)


def _read_current(match: re.Match[str], context: Context) -> str | None:
    """« cette semaine », « ce mois-ci », « cette année », « l'année en cours »."""
    if context.published is None:
        return context.unresolved(match)
    return _period(match["unit"], context.published, 0)


def _read_period(match: re.Match[str], context: Context) -> str | None:
    """« la semaine dernière », « l'an prochain »: the article keeps « une semaine passée à Kiev » out."""
    if not _ARTICLE.search(context.before(match.start("date"), 6)):
        return None
    if context.published is None:
        return context.unresolved(match)
    return _period(match["unit"], context.published, 1 if match["tail"].startswith("prochain") else -1)


def _period(unit: str, published: date, step: int) -> str:
    if unit == "semaine":
        return edtf.week(published, step)
    if unit == "nuit":
        return str(published - timedelta(days=1))
    if unit == "week-end":
        direction = {-1: Direction.LAST, 0: Direction.COMING, 1: Direction.NEXT}[step]
        saturday = edtf.weekday(5, published, direction)
        return f"{saturday}/{saturday + timedelta(days=1)}"
    if unit == "siecle":
        return f"{published.year // 100 + step:02d}XX"
    return edtf.shift(published, step, "mois" if unit == "mois" else "an")


def _read_part_of_period(match: re.Match[str], context: Context) -> str | None:
    """« la fin de l'année », « début du mois », « fin de l'année dernière »."""
    if context.published is None:
        return context.unresolved(match)
    step = {"d": -1, "p": 1}.get((match["tail"] or " ")[0], 0)
    part = {"debut": "début", "fin": "fin"}.get(match["part"], "mi")
    value = edtf.shift(context.published, step, "mois" if match["unit"] == "mois" else "an")
    return edtf.part_of_year(part, value) if len(value) == 4 else edtf.part_of_month(part, value[:4], int(value[5:]))


def _count(surface: str) -> tuple[str, int] | None:
    collective = read_collective(surface)
    number = collective[1] if collective else read_cardinal(surface)
    return None if number is None or number > 999 else ("~" if collective else "", int(number))


def _read_distance(match: re.Match[str], context: Context) -> str | None:
    """« il y a trois mois », « dans deux ans »: as precise as the unit."""
    number = _count(match["n"])
    if number is None:
        return None
    if context.published is None:
        return context.unresolved(match)
    about = "~" if match["approx"] else number[0]
    sign = 1 if match["way"].startswith("d") else -1
    return edtf.shift(context.published, sign * number[1], match["unit"].replace("annee", "an")) + about


def _read_stretch(match: re.Match[str], context: Context) -> str | None:
    """« ces cinq dernières années », « dans les six prochains mois », « d'ici trois ans »: an interval from or to today."""
    way, number = match["way"] or match["after"] or "", _count(match["n"])
    if number is None or not (match["soon"] or way):
        return None
    if context.published is None:
        return context.unresolved(match)
    ahead = match["soon"] or way.startswith(("prochain", "a venir"))
    unit = match["unit"].replace("annee", "an")
    far = edtf.shift(context.published, number[1] if ahead else -number[1], unit)
    near = str(context.published)[: len(far)]
    return f"{near}/{far}" if ahead else f"{far}/{near}"


RELATIVE_RULES = (
    Rule(
        "date.distance",
        re.compile(
            rf"{BEGIN}(?P<date>(?P<way>il y a|dans) (?:(?P<approx>{APPROXIMATOR})(?:(?<=')| ))?{_NUMBER} (?:d')?{_LENGTH}){END}"
            r"(?! (?:de|d') ?(?:retard|prison|guerre))"
        ),
        _read_distance,
    ),
    Rule(
        "date.stretch",
        re.compile(
            rf"{BEGIN}(?:(?P<soon>d'ici(?: a)?) )?(?P<date>{_NUMBER} (?:(?P<way>derni(?:er|ere)s|prochain(?:e)?s) )?"
            rf"{_LENGTH}(?: (?P<after>derniers|dernieres|prochains|prochaines|a venir))?){END}"
        ),
        _read_stretch,
    ),
    Rule(
        "date.period",
        re.compile(
            rf"{BEGIN}(?P<date>(?P<part>debut|milieu|mi|fin) (?:de l'|de cette |d'|du |de )(?P<unit>annee|mois)"
            rf"(?: (?P<tail>derniere?|prochaine?)| en cours)?){END}(?! d[e'])"
        ),
        _read_part_of_period,
    ),
    Rule(
        "date.period",
        re.compile(rf"{BEGIN}(?P<date>(?P<unit>semaine|week-end|mois|annee|an|nuit|siecle) {_TAIL}){END}"),
        _read_period,
    ),
    Rule(
        "date.current",
        re.compile(
            rf"{BEGIN}(?P<date>(?:cette|ce) (?P<unit>semaine|week-end|mois|annee)(?:-ci)?){END}(?!-la)",
        ),
        _read_current,
    ),
    Rule(
        "date.current",
        re.compile(rf"{BEGIN}(?P<date>(?P<unit>semaine|mois|annee) en cours){END}"),
        _read_current,
    ),
    Rule(
        "date.adverb",
        re.compile(rf"{BEGIN}(?P<date>{'|'.join(sorted(_DAYS, key=len, reverse=True))}){END}"),
        _read_adverb,
    ),
    Rule("date.weekday", re.compile(rf"{BEGIN}(?P<date>(?P<day>{WEEKDAY}) (?P<d>{DAY})){END}"), _read_weekday_number),
    Rule(
        "date.weekday",
        re.compile(rf"{BEGIN}(?P<date>(?P<day>{WEEKDAY})(?: (?P<tail>dernier|prochain)(?!\w))?){END}"),
        _read_weekday,
    ),
)
