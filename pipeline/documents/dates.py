"""Publication dates as sources write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    "janvier": 1, "janv": 1, "février": 2, "fevrier": 2, "févr": 2, "fév": 2, "mars": 3, "avril": 4, "avr": 4,
    "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "août": 8, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10,
    "oct": 10, "novembre": 11, "nov": 11, "décembre": 12, "decembre": 12, "déc": 12, "dec": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_FRENCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?!\d)")
_WRITTEN = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-zéûôî]+)\.? (\d{4})(?!\d)", re.IGNORECASE)


def iso_date(written: str) -> str:
    """Give a date as YYYY-MM-DD, day before month, or "" when it is none.

    Examples:
        >>> iso_date("05-11-2023"), iso_date("2023-11-05T08:00:00Z"), iso_date("5 novembre 2023"), iso_date("hier")
        ('2023-11-05', '2023-11-05', '2023-11-05', '')
    """
    text = " ".join(written.split())
    if found := _ISO.match(text):
        return _checked(int(found[1]), int(found[2]), int(found[3]))
    if found := _FRENCH.match(text):
        return _checked(int(found[3]), int(found[2]), int(found[1]))
    if found := _WRITTEN.match(text):
        return _checked(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    return ""


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
