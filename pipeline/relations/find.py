"""The relation stage: frames and noun phrases, each link once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.relations.candidate import Candidate
from pipeline.relations.derived import derive
from pipeline.relations.match import match_frames
from pipeline.relations.noun_phrases import match_noun_phrases

if TYPE_CHECKING:
    from pipeline.assemble import Reading


def find_relations(reading: Reading) -> list[Candidate]:
    """All relations of a document, in text order of their triggers, each once a sentence.

    Of two rows about one link in one sentence the fuller one stays.
    """
    found = [
        *match_frames(reading.tree, reading.index, relation_lexicon()),
        *match_noun_phrases(reading),
    ]
    return sorted(_fullest(derive(found), reading), key=lambda c: (c.trigger, c.type, c.subject, c.object))


def _fullest(found: Iterable[Candidate], reading: Reading) -> list[Candidate]:
    best: dict[tuple[object, ...], Candidate] = {}
    for candidate in found:
        key = (
            candidate.type, candidate.subject.entity_id, candidate.object.entity_id, candidate.polarity,
            reading.tree.sent[candidate.trigger],
        )  # fmt: skip
        other = best.get(key)
        if other is None or (other.counterpart is None and candidate.counterpart is not None):
            best[key] = candidate
    return list(best.values())
