"""The relation stage: frames and noun phrases, each link once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.found import Found
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.records import Label, Polarity, RelationType, Tense
from pipeline.relations.awards import with_awards
from pipeline.relations.candidate import Candidate
from pipeline.relations.derived import derive
from pipeline.relations.match import OTHER_SIDE, match_frames
from pipeline.relations.named_later import with_names
from pipeline.relations.noun_phrases import match_noun_phrases

if TYPE_CHECKING:
    from pipeline.reading import Reading


def find_relations(reading: Reading) -> list[Candidate]:
    """All relations of a document, in text order of their triggers, each once a sentence.

    Of two rows about one link in one sentence the fuller one stays.
    """
    found = [
        *match_frames(reading.tree, reading.index, relation_lexicon()),
        *match_noun_phrases(reading),
    ]
    found = [
        c
        for c in derive(with_awards(with_names(found, reading), reading), _ministries(reading))
        if _plausible(c, reading)
    ]
    return sorted(_completed(_fullest(found, reading)), key=lambda c: (c.trigger, c.type, c.subject, c.object))


def _ministries(reading: Reading) -> dict[str, Found]:
    """Ministries of the text to a mention of their state, where the text names it on its own."""
    states = {m.entity_id.split(":")[1]: m for m in reading.mentions if m.label is Label.COUNTRY}
    out = {}
    for mention in reading.mentions:
        entry = reading.known.get(mention.entity_id) if mention.label is Label.ORGANISATION else None
        origin = entry.origin if entry is not None and entry.category == "ministry" else ()
        if len(origin) == 1 and origin[0] in states:
            out[mention.entity_id] = states[origin[0]]
    return out


def _plausible(candidate: Candidate, reading: Reading) -> bool:
    """States join alliances, not bureaus; who headed something no longer does; a person has a capital."""
    subject, obj = candidate.subject, candidate.object
    if candidate.type is RelationType.MEMBER_OF and subject.label is Label.COUNTRY:
        entry = reading.known.get(obj.entity_id)
        if entry is None:  # a ship that leaves its yard leaves no alliance
            return candidate.polarity is Polarity.POSITIVE
        return entry.category in ("alliance", "international")
    if candidate.type in OTHER_SIDE and candidate.rule.endswith((":envoyer", ":envoi")):
        entry = reading.known.get(obj.entity_id)  # a bomber or a ship sent somewhere is no gift
        return entry is None or not entry.category.startswith(("ship/", "submarine/", "aircraft/bomber"))
    if candidate.type is RelationType.HEADS:
        if not reading.clean.text[subject.start].isupper():
            return False
        return not (candidate.rule.startswith("verb.active") and candidate.tense is Tense.PAST)
    return True


def _completed(found: list[Candidate]) -> list[Candidate]:
    """A transfer that leaves its third party out takes it from the only one the document gives the same transfer."""
    parties: dict[tuple[object, ...], dict[str, Found]] = defaultdict(dict)
    for c in found:
        if c.counterpart is not None and c.type in OTHER_SIDE:
            parties[c.type, c.subject.entity_id, c.object.entity_id].setdefault(c.counterpart.entity_id, c.counterpart)
    out = []
    for c in found:
        known = parties.get((c.type, c.subject.entity_id, c.object.entity_id), {})
        if c.counterpart is None and len(known) == 1:
            c = replace(c, counterpart=next(iter(known.values())), rule=f"{c.rule}+document")
        out.append(c)
    return out


def _fullest(found: Iterable[Candidate], reading: Reading) -> list[Candidate]:
    """Each link once a sentence; one that leaves its third party out only where no other names one."""
    best: dict[tuple[object, ...], dict[str, Candidate]] = defaultdict(dict)
    for candidate in found:
        key = (
            candidate.type, candidate.subject.entity_id, candidate.object.entity_id, candidate.polarity,
            reading.tree.sent[candidate.trigger],
        )  # fmt: skip
        party = candidate.counterpart.entity_id if candidate.counterpart else ""
        best[key].setdefault(party, candidate)
    return [c for parties in best.values() for party, c in parties.items() if party or len(parties) == 1]
