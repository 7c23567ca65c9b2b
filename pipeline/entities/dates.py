"""Dates in clean French text, by pattern; values in EDTF (see `pipeline.entities.edtf`).

What depends on the day of publication is resolved against it, or stays `unresolved:mardi dernier`, `XXXX-05-14`.
Spans leave out articles and prepositions: « depuis 2014 » is « 2014 » with the value `2014/..`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.entities import edtf
from pipeline.entities.calendar_dates import CALENDAR_RULES
from pipeline.entities.date_context import Context
from pipeline.entities.found import Found
from pipeline.entities.relative_dates import RELATIVE_RULES
from pipeline.entities.year_dates import YEAR_RULES
from pipeline.lexicon.fold import fold
from pipeline.records import Kind, Label

_BETWEEN = r"(?:(?: ?(?:a|au|aux|en|dans|le|la|les|l'|du|de|mois de|mois d'))){0,3} ?$"
_SINCE = re.compile(rf"(?<!\w)(?:depuis|a partir|a compter){_BETWEEN}")
_UNTIL = re.compile(rf"(?<!\w)(?:jusqu'|jusque|d'ici){_BETWEEN}")
_ABOUT = re.compile(rf"(?<!\w)(?:vers|aux alentours|aux environs|autour|environ){_BETWEEN}")


def find_dates(text: str, *, published: date | None = None) -> list[Found]:
    """Find dates; clock times and durations are none.

    Without year, a day or month is taken near the day of publication: rather past than to come, unless the nearest
    verb is a future or « prochain » says so. A weekday is the last one up to that day, under the same conditions.

    Args:
        text: clean text; a span never crosses a newline.
        published: day of publication, if known.

    Returns:
        Label DATE, in text order, without overlap. Kind `pattern`; the value is in EDTF, or `unresolved:` and the
        folded surface.

    Examples:
        >>> [f.entity_id for f in find_dates("Signé le 14 mai 2023, l’accord vaut jusqu’en 2030.")]
        ['2023-05-14', '../2030']
        >>> [f.entity_id for f in find_dates("Mardi dernier, en mai.", published=date(2023, 5, 17))]
        ['2023-05-16', '2023-05']
    """
    context = Context(text, fold(text), published)
    taken = bytearray(len(text))
    found = list(_scan(context, taken))
    return sorted(found)


def _scan(context: Context, taken: bytearray) -> Iterator[Found]:
    """Rules in order, the more specific first: what one has taken, no later one reads again."""
    for rule in (*CALENDAR_RULES, *RELATIVE_RULES, *YEAR_RULES):
        for match in rule.pattern.finditer(context.flat):
            start, end = match.span("date")
            if any(taken[start:end]) or (value := rule.read(match, context)) is None:
                continue
            taken[start:end] = b"\x01" * (end - start)
            yield Found(start, end, Label.DATE, _bounded(value, context.before(start)), Kind.PATTERN, rule.name)


def _bounded(value: str, before: str) -> str:
    """Open the interval or mark it approximate, by the words before the mention."""
    if value[0] in "{[u":
        return value
    if _SINCE.search(before):
        return edtf.open_end(value)
    if _UNTIL.search(before):
        return edtf.open_start(value)
    return f"{value}~" if "/" not in value and not value.endswith("~") and _ABOUT.search(before) else value
