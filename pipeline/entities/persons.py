"""Persons known by what stands beside their name: a title, the institution they speak for, a full name elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.entities.found import Found
from pipeline.entities.spelling import PERSON_NAME, UPPER, WORD, find_each, opens_sentence, surname
from pipeline.entities.titles import civilities, office_phrases, title_phrases, title_words, weak_titles
from pipeline.lexicon.fold import fold, slug
from pipeline.records import Kind, Label

_NAME = re.compile(PERSON_NAME)
_FULL_NAME = re.compile(rf" (?P<name>{WORD}(?: (?:(?:de|von|van|der|bin|ben|al|el) ){{0,2}}{WORD}){{1,15}})")
_ASIAN = re.compile(
    rf"(?<![\w'-])(?P<name>[{UPPER}][a-z]+ [{UPPER}][a-z]+-(?!(?:sur|sous|les?|la|en|de|des|du)\b)[a-z]{{2,}})(?![\w-])"
)
_GOVERNMENT = re.compile(rf"\b(?:administration|clan|gouvernement|ère|famille|couple) (?P<name>{WORD}(?: {WORD})?)")
_WORD_BEFORE = re.compile(rf"({WORD}) $")
_WORD_AFTER = re.compile(rf" {WORD}")
_OF = re.compile(r" (?:de la |de l'|de |du |d'|des )$")
_LONGEST_LINK = len(" de la ")
_CLAUSE_END = re.compile(r"[.;:!?,()«»\"\n]")


def find_persons(text: str, lexical: Sequence[Found]) -> list[Found]:
    """Persons right after a title, after « le chef de l'OTAN », and by the shape of a Korean or Taiwanese name.

    Args:
        text: clean text.
        lexical: lexicon matches in text order, without overlap.

    Returns:
        Mentions in text order of finding; they may overlap `lexical`.
    """
    out = [*_after_titles(text, lexical), *_after_institutions(text, lexical), *_after_government(text, lexical)]
    for match in _ASIAN.finditer(text):
        if fold(match["name"].split()[0]) not in title_words() | _NO_NAMES:
            out.append(_person(*match.span("name"), text, "person.hyphen"))
    return out


_NO_NAMES = frozenset("le la les un une des du de ce cette son sa premier premiere vice ex grand grande saint".split())


def _after_titles(text: str, lexical: Sequence[Found]) -> Iterable[Found]:
    demonyms = {found.start: found.end for found in lexical if found.kind is Kind.DEMONYM}
    starts = {found.start: found for found in lexical}
    for _, end, title in title_phrases().find(text):
        at = end + 1
        while at in demonyms:  # « le président russe Vladimir Poutine »
            at = demonyms[at] + 1
        match = _NAME.match(text, at)
        if match is None or text[at - 1] != " " or fold(match[0].split()[0]) in title_words():
            continue
        known = starts.get(at)
        if known is not None and not (known.end < match.end() and known.kind is not Kind.DEMONYM):
            continue
        stop = _before_realm(text, at, match.end(), starts)
        name = text[at:stop]
        short = len(name) < 3 and title not in civilities()
        if " " not in name and (short or name.isupper() or title in weak_titles()):
            continue
        yield _person(at, stop, text, "person.title")


def _before_realm(text: str, start: int, end: int, lexical: dict[int, Found]) -> int:
    """End of a name without the state it is followed by (« Abdallah II de Jordanie »)."""
    for at in range(start + 1, end):
        if at in lexical and lexical[at].label in (Label.COUNTRY, Label.PLACE, Label.ORGANISATION):
            link = _OF.search(text, max(start, at - _LONGEST_LINK), at)
            if link:
                return link.start()
    return end


def _after_institutions(text: str, lexical: Sequence[Found]) -> Iterable[Found]:
    """« le fondateur de WikiLeaks Julian Assange »: a title, the institution, a full name, nothing between."""
    for found in lexical:
        if found.label not in (Label.ORGANISATION, Label.COUNTRY):
            continue
        match = _FULL_NAME.match(text, found.end)
        if match is None or fold(match["name"].split()[0]) in title_words():
            continue
        head = _CLAUSE_END.split(text[max(0, found.start - 70) : found.start])[-1]
        if office_phrases().find(head):
            yield _person(*match.span("name"), text, "person.institution")


def _after_government(text: str, lexical: Sequence[Found]) -> Iterable[Found]:
    """« l'administration Biden », « le clan Kadyrov »."""
    starts = {found.start for found in lexical}
    for match in _GOVERNMENT.finditer(text):
        if match.start("name") not in starts and not match["name"].isupper():
            yield _person(*match.span("name"), text, "person.government")


def find_surnames(text: str, found: Sequence[Found]) -> list[Found]:
    """Last names alone of persons whose full name the text holds (« a écrit Tagarev »)."""
    full = {" ".join(text[m.start : m.end].split()) for m in found if m.label is Label.PERSON}
    names = {surname(name): name for name in sorted(full, reverse=True) if " " in name}
    out = []
    for start, end, short in find_each(text, (s for s in names if len(s) > 2 and s[0].isupper()), joined="-"):
        before = _WORD_BEFORE.search(text[max(0, start - 30) : start])
        first_name = before is not None and fold(before[1]) not in title_words()
        if before and first_name and not opens_sentence(text, start - len(before[0])):
            continue
        if not _WORD_AFTER.match(text, end):
            entity = f"PERSON:{slug(names[short])}"
            out.append(Found(start, end, Label.PERSON, entity, Kind.NAME, "person.surname"))
    return out


def _person(start: int, end: int, text: str, rule: str) -> Found:
    return Found(start, end, Label.PERSON, f"PERSON:{slug(text[start:end])}", Kind.NAME, rule)
