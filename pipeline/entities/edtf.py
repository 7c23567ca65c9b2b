"""Date values in EDTF (ISO 8601-2, Library of Congress levels 0 to 2) and the arithmetic behind them.

`2023-05-14`, `2023-05`, `2023`; intervals `2023-05-14/2023-05-19`, open `2014/..` and `../2030`; about `2023~`;
decades `199X`, centuries `19XX`; seasons `2023-21` (spring) to `2023-24`, quarters `2023-33` to `2023-36`,
halves `2023-40` and `2023-41`; several dates `{a,b}`, one of several `[a,b]`; year unknown `XXXX-05-14`.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import Enum, auto

_PAST_WEIGHT, _FUTURE_WEIGHT = 1, 3  # without a year, a date is rather nine months ago than three months ahead


class Direction(Enum):
    """Where a date without year or a weekday lies, seen from the publication date."""

    NEAR = auto()
    LAST = auto()
    NEXT = auto()
    COMING = auto()  # like NEXT, the publication date included


def write_day(year: int, month: int, day: int) -> str | None:
    """A day of the calendar, or nothing for 31 April."""
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def choose(candidates: list[date], anchor: date, direction: Direction) -> date:
    """The candidate that a dateless mention means; candidates reach beyond the anchor on both sides."""
    if direction is Direction.LAST:
        return max(day for day in candidates if day < anchor)
    if direction is Direction.NEXT:
        return min(day for day in candidates if day > anchor)
    if direction is Direction.COMING:
        return min(day for day in candidates if day >= anchor)
    return min(candidates, key=lambda day: _distance(day, anchor))


def _distance(day: date, anchor: date) -> int:
    days = (day - anchor).days
    return days * _FUTURE_WEIGHT if days > 0 else -days * _PAST_WEIGHT


def year_of_day(month: int, day: int, anchor: date, direction: Direction) -> int | None:
    """Year of a day without year; nothing where no year near the anchor has it.

    Examples:
        >>> year_of_day(12, 8, date(2024, 1, 18), Direction.LAST)
        2023
        >>> year_of_day(2, 30, date(2024, 1, 18), Direction.NEAR) is None
        True
    """
    years = range(anchor.year - 8, anchor.year + 9)  # eight years hold a 29 February
    candidates = [date(year, month, day) for year in years if write_day(year, month, day)]
    return choose(candidates, anchor, direction).year if candidates else None


def year_of_month(month: int, anchor: date, direction: Direction) -> int:
    """Year of a month without year: published in January, « en novembre » is two months ago."""
    candidates = [date(anchor.year + shift, month, 1) for shift in (-1, 0, 1)]
    return choose(candidates, anchor.replace(day=1), direction).year


def weekday(number: int, anchor: date, direction: Direction) -> date:
    """The day of the week that is meant, Monday 0: the last one up to the anchor, unless told otherwise."""
    back = (anchor.weekday() - number) % 7
    if direction in (Direction.NEXT, Direction.COMING):
        ahead = (number - anchor.weekday()) % 7
        return anchor + timedelta(days=ahead or (7 if direction is Direction.NEXT else 0))
    return anchor - timedelta(days=back or (7 if direction is Direction.LAST else 0))


def week(anchor: date, shift: int = 0) -> str:
    """Monday to Sunday, `shift` weeks from the anchor."""
    monday = anchor - timedelta(days=anchor.weekday() - 7 * shift)
    return f"{monday}/{monday + timedelta(days=6)}"


def shift(anchor: date, number: int, unit: str) -> str:
    """The anchor moved by days, weeks, months or years, as precise as the unit.

    Examples:
        >>> shift(date(2023, 5, 2), -3, "mois"), shift(date(2023, 5, 2), 2, "an"), shift(date(2023, 5, 2), -2, "jour")
        ('2023-02', '2025', '2023-04-30')
    """
    if unit == "an":
        return f"{anchor.year + number:04d}"
    if unit == "mois":
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + number, 12)
        return f"{year:04d}-{month + 1:02d}"
    hours = {"jour": 24, "semaine": 168, "heure": 1}[unit]
    return str(anchor + timedelta(days=round(number * hours / 24)))


def part_of_year(part: str, year: str) -> str:
    """A third of a year: « début », « mi », « fin ».

    Examples:
        >>> part_of_year("début", "2023"), part_of_year("fin", "2016")
        ('2023-01/2023-04', '2016-09/2016-12')
    """
    first, last = {"début": (1, 4), "mi": (5, 8), "fin": (9, 12)}[part]
    return f"{year}-{first:02d}/{year}-{last:02d}"


def part_of_month(part: str, year: str, month: int) -> str:
    """Ten days of a month, up to its last day for « fin »."""
    length = monthrange(int(year) if year.isdigit() else 2001, month)[1]
    first, last = {"début": (1, 10), "mi": (11, 20), "fin": (21, length)}[part]
    return f"{year}-{month:02d}-{first:02d}/{year}-{month:02d}-{last:02d}"


def open_end(value: str) -> str:
    """« depuis » or « à partir de » a date."""
    return f"{value.split('/')[0]}/.."


def open_start(value: str) -> str:
    """« jusqu'à » or « d'ici à » a date."""
    return f"../{value.split('/')[-1]}"
