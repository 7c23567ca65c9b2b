"""Memberships that a list states: « des pays membres de l'OTAN, dont l'Espagne et la Norvège »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.entities.found import Found
from pipeline.entities.index import STATES
from pipeline.records import Label, Modality, Polarity, RelationType, Tense
from pipeline.relations.candidate import Candidate

if TYPE_CHECKING:
    from pipeline.reading import Reading

_ALLIANCES = frozenset(("alliance", "international"))
FAR = 20  # sentences back to an alliance that none nearer rivals
_REACH = 6  # tokens from « pays » to the name of the alliance


def match_members(reading: Reading) -> Iterator[Candidate]:
    """MEMBER_OF of the states named as examples of the members of an alliance, in text order.

    « États membres » without more are those of the only alliance that this sentence and the last have named, else the
    `FAR` ones before.
    """
    tree, index = reading.tree, reading.index
    for i in range(len(tree)):
        if tree.lemma[i] not in STATES or tree.pos[i] != "NOUN":
            continue
        states = [m for m in index.exemplified(i, frozenset((Label.COUNTRY,))) if tree.token_at(m.start) > i]
        alliance = _alliance(reading, i) if states else None
        for state in states if alliance is not None else ():
            assert alliance is not None
            yield Candidate(
                RelationType.MEMBER_OF, state, alliance, None, i, tree.text[i], tree.token_at(alliance.start),
                Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, (), "phrase.members",
            )  # fmt: skip


def _alliance(reading: Reading, i: int) -> Found | None:
    tree = reading.tree
    stop = tree.sentences[tree.sent[i]][1]
    after = range(i + 1, min(i + _REACH, stop))
    named = _alliances(reading, tree.start[i], tree.end[after[-1]]) if after else []
    if named and not any(tree.text[k] in (",", "(") for k in range(i, tree.token_at(named[0].start))):
        return named[0]
    if "membres" not in tree.lower[i : i + 2]:
        return None
    for back in (1, FAR):
        first = tree.sentences[max(tree.sent[i] - back, 0)][0]
        named = _alliances(reading, tree.start[first], tree.start[i])
        if named:
            return named[-1] if len({m.entity_id for m in named}) == 1 else None
    return None


def _alliances(reading: Reading, start: int, end: int) -> list[Found]:
    found = [m for m in reading.touching(start, end) if m.label is Label.ORGANISATION]
    return [m for m in found if (entry := reading.known.get(m.entity_id)) and entry.category in _ALLIANCES]
