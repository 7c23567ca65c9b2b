"""Institutions that many states have: « le ministère de la Défense » becomes that of one state."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.entities.found import Found
from pipeline.lexicon import rows
from pipeline.lexicon.fold import slug
from pipeline.lexicon.forms import GENERIC, match_fold
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches

_OWNER = re.compile(r" (?:(?:de la|de|du|des) |de l'|d')$")
_OPENING = re.compile(r"(?:^|[.!?…\n«] ?)(?:En|Au|Aux|À|A) $")
_SENTENCE_END = re.compile(r"[.!?…\n]")
_REACH = 120  # characters between the state that opens a sentence and the institution
DOMINANT = 0.6  # share of the country mentions from which an article has one country


def nationalise(found: Sequence[Found], text: str) -> list[Found]:
    """Give generic institutions the identity of their state's.

    The state is the demonym or name right after (« le Parlement danois »), the same institution's elsewhere in the
    text when that is stated for one state alone, the state that opens the sentence (« En Turquie, le ministère de la
    Défense … »), or the one that most country mentions name; otherwise the institution stays generic.
    """
    generic = _generic_ids()
    stated = [_stated(i, found, text) if m.entity_id in generic else "" for i, m in enumerate(found)]
    owners: dict[str, set[str]] = defaultdict(set)
    for mention, iso3 in zip(found, stated, strict=True):
        if iso3:
            owners[mention.entity_id].add(iso3)
    main = _main_country(found)
    placed = Stretches(found)
    out = []
    for i, mention in enumerate(found):
        if mention.entity_id in generic:
            known = owners.get(mention.entity_id, set())
            iso3 = stated[i] or _opening(mention, placed, text) or (next(iter(known)) if len(known) == 1 else main)
            mention = replace(mention, entity_id=national_id(mention.entity_id, iso3))
        out.append(mention)
    return out


def national_id(generic: str, iso3: str) -> str:
    """Id of a state's institution; the lexicon's own entry where it has one.

    Examples:
        >>> national_id("ORGANISATION:ministere-de-la-defense", "RUS")
        'ORGANISATION:ministere-russe-de-la-defense'
        >>> national_id("ORGANISATION:parlement", "")
        'ORGANISATION:parlement'
    """
    if not iso3:
        return generic
    return _national_entries().get((generic, iso3), f"{generic}-{iso3.lower()}")


@cache
def _generic_ids() -> frozenset[str]:
    return frozenset(f"ORGANISATION:{slug(row.name)}" for row in rows.organisations() if row.ambiguous == GENERIC)


@cache
def _national_entries() -> dict[tuple[str, str], str]:
    """(generic id, iso3) to the entry of a state's own (« ministère russe de la Défense »)."""
    generic = {match_fold(name): f"ORGANISATION:{slug(row.name)}" for row in rows.organisations()
               if row.ambiguous == GENERIC for name in (row.name, *row.aliases)}  # fmt: skip
    kinds = {row.kind for row in rows.organisations() if row.ambiguous == GENERIC}
    own = [row for row in rows.organisations() if row.country and row.kind in kinds]
    states = {row.iso3: _state_words(row) for row in rows.countries() if any(o.country == row.iso3 for o in own)}
    out: dict[tuple[str, str], str] = {}
    for row in own:
        if row.country not in states:
            continue
        for name in (row.name, *row.aliases):
            plain = " ".join(states[row.country].sub(" ", f" {match_fold(name)} ").split())
            if plain in generic and plain != match_fold(name):
                out.setdefault((generic[plain], row.country), f"ORGANISATION:{slug(row.name)}")
    return out


def _state_words(row: rows.Country) -> re.Pattern[str]:
    adjectives = [row.adj_ms, row.adj_fs, row.adj_mp, row.adj_fp, *(f for g in row.adj_more for f in g.split("/"))]
    names = [re.escape(match_fold(name)) for name in (row.name, *row.variants)]
    words = [re.escape(match_fold(word)) for word in adjectives if word]
    return re.compile(rf" (?:{'|'.join(words) or '$^'}|(?:de la |de l'|de |du |des |d')(?:{'|'.join(names)}))(?= )")


def _stated(i: int, found: Sequence[Found], text: str) -> str:
    if i + 1 >= len(found) or found[i + 1].label is not Label.COUNTRY:
        return ""
    mention, owner = found[i], found[i + 1]
    between = text[mention.end : owner.start]
    if (owner.kind is Kind.DEMONYM and between == " ") or (owner.kind is not Kind.DEMONYM and _OWNER.match(between)):
        return owner.entity_id.partition(":")[2]
    return ""


def _opening(mention: Found, found: Stretches[Found], text: str) -> str:
    """The state that opens the sentence of a mention."""
    for other in found.touching(mention.start - _REACH, mention.start):
        if other.label is not Label.COUNTRY or not mention.start - _REACH < other.start < mention.start:
            continue
        opens = _OPENING.search(text[max(0, other.start - 6) : other.start]) and text.startswith(",", other.end)
        if opens and not _SENTENCE_END.search(text, other.end, mention.start):
            return other.entity_id.partition(":")[2]
    return ""


def _main_country(found: Sequence[Found]) -> str:
    counts = Counter(m.entity_id for m in found if m.label is Label.COUNTRY)
    if not counts:
        return ""
    entity, n = counts.most_common(1)[0]
    return entity.partition(":")[2] if n >= 2 and n >= DOMINANT * counts.total() else ""
