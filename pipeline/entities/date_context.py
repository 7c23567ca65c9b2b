"""What every date rule shares: the text around a match, the words of the calendar, the direction of time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.entities.edtf import Direction
from pipeline.entities.numbers import counts_noun

_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SHORT_MONTHS = {"janv.": 1, "fevr.": 2, "avr.": 4, "juil.": 7, "sept.": 9, "oct.": 10, "nov.": 11, "dec.": 12}
_ORDINALS = {"premier": 1, "1er": 1, "1 er": 1}
MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)} | _SHORT_MONTHS
WEEKDAY_NUMBERS = {name: number for number, name in enumerate(_WEEKDAYS)}

BEGIN = r"(?<![\w/.-])"
END = r"(?![\w/]|-\w)"
YEAR = r"(?:1[5-9]|20)\d\d(?![\w/]|[.,]\d|-\d)"
MONTH = rf"(?:(?:{'|'.join(_MONTHS)})(?!\w)|(?:{'|'.join(map(re.escape, _SHORT_MONTHS))}))"
WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})(?!\w)"
DAY = r"(?:1 ?er|premier|[12]\d|3[01]|0?[1-9])(?!\w)"

_AHEAD = r"(?P<ahead>\w*(?:[eiu]ra|[dv]ra|rra|[eiu]ront|[dv]ront|rront)|doit|doivent|devrai(?:en)?t|prévoi(?:en)?t|prévue?s?|comptent?)"
_VERB = re.compile(rf"(?<![\w'’-])(?:{_AHEAD}|a|ont|avai(?:en)?t|est|sont|étai(?:en)?t|aurai(?:en)?t|fut|furent)(?!\w)")
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")
_AFTER_STOP = re.compile(r"(?:^|[.!?…:;«»“\"(\n–-])\s?$")
_UNIT_NEXT = re.compile(r" ?(?:%|€|\$|(?:km|m|kg|t|mm|kilometre|metre|tonne|heure|dollar|euro)s?\b)")


@dataclass(frozen=True, slots=True)
class Context:
    """The text that the rules read: as it is, folded, and its day of publication if known."""

    text: str
    flat: str
    published: date | None

    def before(self, start: int, width: int = 32) -> str:
        """Folded text just before `start`."""
        return self.flat[max(0, start - width) : start]

    def unresolved(self, match: re.Match[str]) -> str:
        """Value of a mention that only the day of publication would date."""
        return f"unresolved:{match['date']}"

    def starts_sentence(self, start: int) -> bool:
        return bool(_AFTER_STOP.search(self.text[max(0, start - 3) : start]))

    def is_name(self, start: int) -> bool:
        """Whether a capital inside a sentence makes the word a name (« Avril Haines », « la planète Mars »)."""
        return self.text[start].isupper() and not self.starts_sentence(start)

    def counts(self, end: int) -> bool:
        """Whether the number that ends here counts or measures something (« 2000 hommes »)."""
        return bool(_UNIT_NEXT.match(self.flat, end)) or (
            counts_noun(self.text, end) and not self.text[end + 1 : end + 3].strip('«“" ')[:1].isupper()
        )

    def told_year(self, match: re.Match[str]) -> int | None:
        """Year of « mai de l'année dernière », « de cette année »."""
        words = match["of_year"]
        if words is None or self.published is None:
            return None
        return self.published.year + (1 if "prochain" in words else 0 if words.startswith("cette") else -1)

    def between(self, match: re.Match[str]) -> bool:
        """Whether « entre » comes before: « entre le 2 et le 9 mai » is an interval, « le 2 et le 9 mai » two days."""
        return bool(re.search(r"\bentre(?: (?:le|les|la))? $", self.before(match.start("date"))))

    def direction(self, match: re.Match[str]) -> Direction:
        """« dernier » or « prochain » in the mention, else the nearest verb of the sentence: a future looks ahead."""
        tail = match.groupdict().get("tail") or ""
        if tail:
            return Direction.NEXT if tail.startswith("prochain") else Direction.LAST
        start, end = match.span("date")
        left = _SENTENCE_END.split(self.text[max(0, start - 90) : start])[-1]
        right = _SENTENCE_END.split(self.text[end : end + 60])[0]
        verbs = list(_VERB.finditer(left))[-1:] or list(_VERB.finditer(right))[:1]
        return Direction.COMING if verbs and verbs[0]["ahead"] else Direction.NEAR


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern whose group `date` is the mention, and the reader of its value; `None` refuses the match."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Context], str | None]


def day_number(surface: str) -> int:
    return _ORDINALS.get(surface) or int(surface)


def join_dates(values: list[str], word: str, *, between: bool) -> str:
    """An interval, all of the dates, or one of them, by the word between them."""
    if between or word not in ("et", "ou", ","):
        return f"{values[0]}/{values[-1]}"
    return f"[{','.join(values)}]" if word == "ou" else f"{{{','.join(values)}}}"
