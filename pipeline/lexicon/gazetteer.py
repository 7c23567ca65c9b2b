"""One automaton over all forms of the lexicon, and the conditions under which a match counts."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import ahocorasick

from pipeline.entities.found import Found
from pipeline.lexicon import rows
from pipeline.lexicon.fold import fold
from pipeline.lexicon.forms import (
    SURNAME,
    Entry,
    Form,
    country_forms,
    entries,
    match_fold,
    organisation_forms,
    person_forms,
    place_forms,
    spellings,
    weapon_forms,
)
from pipeline.records import Kind, Label

CONTEXT_CHARS = 45  # how far a military or organisational word may stand from an ambiguous name
_SETTLED_ONCE = (Label.WEAPON, Label.ORGANISATION)
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:M\.|Mme|Mlle|Dr|général|generale?|maréchal|amiral|colonel|commandant|capitaine|président|ministre|rue|"
    r"avenue|place|boulevard|docteur|professeur|sénateur|secrétaire|directeur)|"
    r"\b(?!(?:L[ae]s?|Des?|Du|Aux?|Une?|Deux|Trois|Ces?|Cet|Cette|Ses|Son|Leurs?|Et|Pour|Selon|Par)\b)"
    r"[A-ZÉ][a-zéèëïô]+|\b[A-Z]\.)[ -]$"
)
# « Saint-Jean-du-Maroni », « Vitry-sur-Seine »: a part of a longer place name
_NAME_PARTICLE = r"(?:sur|sous|en|les?|la|lès|lez|du|des?|d'|l'|aux?|et|à|saint|sainte)"
_PART_BEFORE = re.compile(rf"(?:^|[\s'(«-]){_NAME_PARTICLE}-$|-[dl]'$", re.IGNORECASE)
_PART_AFTER = re.compile(rf"-(?:{_NAME_PARTICLE}-|[dl]'[A-ZÀ-Ý])")
# « sud-américain », « afro-américain »: a continent or a community, no state
_NO_STATE_BEFORE = re.compile(
    r"\b(?:sud|nord|est|ouest|centre|latino|afro|ibéro|hispano|méso|pan|trans)-$", re.IGNORECASE
)
_NUMBER_BEFORE = re.compile(
    r"(?:\b\d[\d ]*|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|vingt|trente|quarante|cinquante|cent|"
    r"centaine de|dizaine de|douzaine de|vingtaine de))\s$"
)
# « ses Rafale », « les Mirage »: a plural article before a singular form, no further capital after it
_PLURAL_BEFORE = re.compile(r"\b(?:[Dd]es|[Ss]es|leurs|[Nn]os|[Ll]es|aux|[Cc]es|premiers|nouveaux)\s$")
_CAPITAL_AFTER = re.compile(r" [A-ZÀ-Ý][a-zà-ÿ]")


# « Melania Trump »: another first name, but « Le président Trump », « . Trump » and « Selon Trump » name him
_FIRST_NAME_BEFORE = re.compile(
    r"(?<![.!?…»\n] )(?<!^)\b(?!(?:Mme|MM?|Président|Premier|Selon|Pour|Avec|Par|Mais|Et|De|Que|Si)\b)"
    r"[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)? (?:al-|el-|Al-|El-)?$"
)


class Gazetteer:
    """Lexicon entries and their surface forms, ready to be searched.

    Examples:
        >>> g = Gazetteer.packaged()
        >>> [(f.entity_id, f.kind.value) for f in g.find("La Grèce achète dix-huit Rafale.")]
        [('COUNTRY:GRC', 'name'), ('WEAPON:rafale', 'name')]
    """

    def __init__(self, forms: Iterable[Form], known: dict[str, Entry]) -> None:
        self.entries = known
        by_spelling: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            exact = form.case == "exact" or form.label is not Label.WEAPON
            for spelling in [match_fold(form.surface)] if exact else spellings(form.surface):
                by_spelling[spelling].append(form)
        self._automaton = ahocorasick.Automaton()
        for spelling, found in by_spelling.items():
            self._automaton.add_word(spelling, (len(spelling), tuple(found)))
        self._automaton.make_automaton()
        self._by_spelling = by_spelling
        self._demonyms = {
            spelling for spelling, found in by_spelling.items() for form in found if form.kind is Kind.DEMONYM
        }

    @classmethod
    @cache
    def packaged(cls) -> Gazetteer:
        """The packaged lexicon, built once a process."""
        forms = [
            *country_forms(rows.countries()),
            *weapon_forms(rows.weapons()),
            *organisation_forms(rows.organisations()),
            *place_forms(rows.places()),
            *person_forms(rows.persons()),
        ]
        known = entries(rows.countries(), rows.weapons(), rows.organisations(), rows.places(), rows.persons())
        return cls(forms, known)

    def lookup(self, surface: str, label: Label) -> str:
        """Entity id of a surface under one label, "" when the lexicon has none."""
        for form in self._by_spelling.get(match_fold(surface), ()):
            if form.label is label:
                return form.entity_id
        return ""

    def needs_context(self, surface: str, label: Label) -> bool:
        """Whether the lexicon knows a surface under a label, but only near a cue, and as an acronym."""
        forms = [form for form in self._by_spelling.get(match_fold(surface), ()) if form.label is label]
        return bool(forms) and all(form.context and form.kind is Kind.ACRONYM for form in forms)

    def find(self, text: str) -> list[Found]:
        """Matches over clean text, leftmost longest, without overlap; offsets in code points, half-open.

        An ambiguous name that a cue settles once in the text is settled for the rest of it.
        """
        folded = match_fold(text)
        hits: list[tuple[int, int, Found]] = []
        doubtful: list[tuple[int, int, Found]] = []
        for last, (length, forms) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if not _is_bounded(folded, start, end) or _is_part_of_name(text, start, end):
                continue
            for form in forms:
                if form.context == "prefix" and not self._is_compound(text, folded, end):
                    continue
                if not _looks_like(text, start, end, form):
                    continue
                found = Found(start, end, form.label, form.entity_id, form.kind, form.rule)
                if form.context in ("", "prefix") or _context_met(text, start, end, form):
                    hits.append((start, -end, found))
                    break
                if form.label in _SETTLED_ONCE and not _PERSON_BEFORE.search(text[max(0, start - 30) : start]):
                    doubtful.append((start, -end, found))
        settled = {found.entity_id for _, _, found in hits}
        hits.extend(hit for hit in doubtful if hit[2].entity_id in settled)
        return _leftmost_longest(hits)

    def _is_compound(self, text: str, folded: str, end: int) -> bool:
        """Whether a demonym follows the hyphen of a prefix (« sino-russe », but not « anglo-saxon »)."""
        words = re.match(r"(\w+)(?: (\w+))?", folded[end + 1 : end + 41])
        if text[end : end + 1] != "-" or words is None:
            return False
        return words[1] in self._demonyms or f"{words[1]} {words[2]}" in self._demonyms


def _leftmost_longest(hits: list[tuple[int, int, Found]]) -> list[Found]:
    kept: list[Found] = []
    at = 0
    for start, minus_end, found in sorted(hits, key=lambda hit: hit[:2]):
        if start >= at:
            kept.append(found)
            at = -minus_end
    return kept


def _is_bounded(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_")


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    return bool(_PART_BEFORE.search(text[max(0, start - 8) : start]) or _PART_AFTER.match(text, end))


def _looks_like(text: str, start: int, end: int, form: Form) -> bool:
    """Whether capitals and the word before agree with the form."""
    surface = text[start:end]
    if form.case == "exact" and surface.replace("-", " ") != form.surface.replace("-", " "):
        return False
    if form.case == "capital" and not _begins_like(surface, form.surface):
        return False
    if form.label is not Label.COUNTRY and len(surface) <= 4 and surface.isupper() and not form.surface.isupper():
        return False  # « le parti ULM » is not the town of Ulm
    return not (form.kind is Kind.DEMONYM and _NO_STATE_BEFORE.search(text[max(0, start - 9) : start]))


def _begins_like(surface: str, form: str) -> bool:
    """A name begins with a capital, except where the entry itself begins with a small letter or a digit."""
    if not form[0].isupper():
        return True
    if not surface[0].isupper():
        return False
    # « MALI », « Mali » but not a form in capitals (« AASM ») for an ordinary capitalised word (« Aasm »)
    return not (form.isupper() and form.isalpha() and not surface.isupper())


@cache
def _cues() -> dict[str, tuple[bool, frozenset[str]]]:
    with (rows.DATA / "context_cues.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["context"]: (row["before"] == "yes", frozenset(fold(w) for w in rows.split_list(row["words"])))
            for row in csv.DictReader(lines)
        }


def _context_met(text: str, start: int, end: int, form: Form) -> bool:
    """Whether a cue word stands near (or, for countries and places, right before) an ambiguous form."""
    if form.context == SURNAME:
        return not _FIRST_NAME_BEFORE.search(text[max(0, start - 30) : start]) and not _CAPITAL_AFTER.match(text, end)
    before, words = _cues()[form.context]
    head = text[max(0, start - CONTEXT_CHARS) : start]
    if before:
        last = re.search(r"([\w]+['’]?)[\s]?$", head)
        return bool(last) and fold(last[1]) in words if last else False
    if form.label in (Label.WEAPON, Label.ORGANISATION) and _PERSON_BEFORE.search(head):
        return False
    if form.label is Label.WEAPON and _NUMBER_BEFORE.search(head):
        return True
    singular = text[end - 1] != "s" and not _CAPITAL_AFTER.match(text, end)
    if form.label is Label.WEAPON and singular and _PLURAL_BEFORE.search(head):
        return True
    window = fold(head.rpartition("\n")[2] + " " + text[end : end + CONTEXT_CHARS].partition("\n")[0])
    return any(word in words for word in re.findall(r"[\w]+(?:-[\w]+)*", window))
