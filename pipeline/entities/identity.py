"""One identity for the spellings of a name within a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.entities.found import Found
from pipeline.entities.spelling import find_each, surname
from pipeline.lexicon.fold import slug
from pipeline.lexicon.forms import match_fold
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.records import Kind, Label

_ACRONYM_AFTER = re.compile(r"\s?\(\s?([A-Z][A-Za-z0-9&-]{1,9})\s?[),;]")
_LEARNT = ("model.", "organisation.headed", "organisation.introduced", "organisation.quoted", "organisation.suffix")
_NAMED = (Label.PERSON, Label.ORGANISATION, Label.PLACE)
_LIST = re.compile(r"(?:,|,? et|,? ou)(?: (?:de|à)| d')? ?")
Words = tuple[str, ...]
_PARTICLES = frozenset("de du des d' von van bin ben al el le la".split())


def unify(found: Sequence[Found], text: str, gazetteer: Gazetteer) -> list[Found]:
    """Give mentions of one thing one entity id.

    A last name takes the id of the full name in the same document; an acronym that stands in brackets after a name
    takes the id of that name, or gives it the id that the lexicon knows; the beginning of a longer name takes its id.
    """
    full_names = _full_names(found, text)
    shorter = _by_part(full_names)
    acronyms = _acronyms(found, text, gazetteer)
    longer = _by_beginning(found, text)
    out = []
    for mention in found:
        surface = text[mention.start : mention.end]
        learnt = mention.rule.startswith(_LEARNT)
        if learnt:
            known = gazetteer.lookup(surface, mention.label) or longer.get((mention.label, match_fold(surface)), "")
            mention = replace(mention, entity_id=known or mention.entity_id)
        if mention.label is Label.PERSON:
            mention = replace(mention, entity_id=_person_id(mention, surface, full_names, shorter, gazetteer))
        elif mention.label is Label.ORGANISATION and surface in acronyms:
            mention = replace(mention, entity_id=acronyms[surface], kind=Kind.ACRONYM)
        elif mention.label is Label.ORGANISATION and learnt:
            match = _ACRONYM_AFTER.match(text, mention.end)
            mention = replace(mention, entity_id=acronyms.get(match[1] if match else "", mention.entity_id))
        out.append(mention)
    return out


def _by_beginning(found: Sequence[Found], text: str) -> dict[tuple[Label, str], str]:
    """(label, beginning of two words or more) to the entity of the first longer name that begins so."""
    out: dict[tuple[Label, str], str] = {}
    for mention in found:
        if mention.label is Label.ORGANISATION:
            words = match_fold(text[mention.start : mention.end]).split()
            for n in range(2, len(words)):
                out.setdefault((mention.label, " ".join(words[:n])), mention.entity_id)
    return out


def agree(found: Sequence[Found], text: str) -> list[Found]:
    """Give the model's one-word names that are a known person's last name that person, and repeated names one label.

    The label seen most often wins, the first one among equals.
    """
    persons = {match_fold(word) for name in _full_names(found, text) for word in (surname(name), name)}
    votes: dict[str, Counter[Label]] = defaultdict(Counter)
    for mention in found:
        votes[text[mention.start : mention.end]][mention.label] += 1
    out = []
    for mention in found:
        surface = text[mention.start : mention.end]
        label = Label.PERSON if match_fold(surface) in persons else votes[surface].most_common(1)[0][0]
        if mention.rule.startswith("model.") and label is not mention.label and label in _NAMED:
            mention = replace(mention, label=label, entity_id=f"{label}:{slug(surface)}")
        out.append(mention)
    return out


def listed_places(found: Sequence[Found], text: str) -> list[Found]:
    """The model's names inside a list of places are places (« Agadir, Tan-Tan et Tiznit »).

    An organisation needs a place before it, a person one on either side.
    """
    out = list(found)
    for i, mention in enumerate(out):
        if not mention.rule.startswith("model.") or mention.label is Label.PLACE:
            continue
        before = i > 0 and _lists(out[i - 1], mention, text) and out[i - 1].label is Label.PLACE
        after = i + 1 < len(out) and _lists(mention, out[i + 1], text) and out[i + 1].label is Label.PLACE
        if before and (after or mention.label is Label.ORGANISATION):
            surface = text[mention.start : mention.end]
            out[i] = replace(mention, label=Label.PLACE, entity_id=f"{Label.PLACE}:{slug(surface)}")
    return out


def _lists(one: Found, other: Found, text: str) -> bool:
    return bool(_LIST.fullmatch(text, one.end, other.start))


def _full_names(found: Sequence[Found], text: str) -> dict[str, int]:
    """Person names of two words or more, with the offset of their first mention, in text order."""
    names: dict[str, int] = {}
    for mention in found:
        name = " ".join(text[mention.start : mention.end].split())
        if mention.label is Label.PERSON and " " in name:
            names.setdefault(name, mention.start)
    return names


def _person_id(
    mention: Found, surface: str, full_names: dict[str, int], shorter: dict[Words, str], gazetteer: Gazetteer
) -> str:
    """A full name that stands before, the lexicon's, a full name that comes later, else the surface itself."""
    surface = " ".join(surface.split())
    full = shorter.get(tuple(match_fold(surface).split()), surface)
    if full_names.get(full, mention.start) >= mention.start and (own := gazetteer.lookup(surface, Label.PERSON)):
        return own
    return gazetteer.lookup(full, Label.PERSON) or f"PERSON:{slug(full)}"


def _by_part(full_names: Iterable[str]) -> dict[Words, str]:
    """Folded words to the first full name that they are, end or, for Asian order, begin.

    Examples:
        >>> names = _by_part(["John Kirby", "Yoon Suk-yeol"])
        >>> names["kirby",], names["yoon",]
        ('John Kirby', 'Yoon Suk-yeol')
    """
    out: dict[Words, str] = {}
    for full in full_names:
        words = tuple(match_fold(full).split())
        out.setdefault(words, full)
        for n in range(1, len(words)):
            for part in (words[-n:], words[:n]):
                if part[0] not in _PARTICLES:
                    out.setdefault(part, full)
    return out


def _acronyms(found: Sequence[Found], text: str, gazetteer: Gazetteer) -> dict[str, str]:
    """Acronyms learned from the text: « l'Organisation X (SIGLE) »."""
    learned: dict[str, str] = {}
    for mention in found:
        if mention.label is not Label.ORGANISATION:
            continue
        match = _ACRONYM_AFTER.match(text, mention.end)
        if match and _abbreviates(match[1], text[mention.start : mention.end]):
            known = gazetteer.lookup(match[1], Label.ORGANISATION) if mention.rule.startswith(_LEARNT) else ""
            learned.setdefault(match[1], known or mention.entity_id)
    return learned


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the capitals of an acronym occur, in order, as initials of the name; foreign ones (SBCT) share one."""
    initials = [word[0] for word in match_fold(name).replace("'", " ").split() if word]
    return acronym[0].lower() in initials and len(acronym) >= 2


def learned_acronyms(found: Sequence[Found], text: str, gazetteer: Gazetteer) -> list[Found]:
    """Mentions of acronyms that the text itself introduces, wherever they occur again."""
    entities = _acronyms(found, text, gazetteer)
    return [
        Found(start, end, Label.ORGANISATION, entities[acronym], Kind.ACRONYM, "organisation.learned")
        for start, end, acronym in find_each(text, entities)
    ]
