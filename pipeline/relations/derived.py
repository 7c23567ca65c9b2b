"""Relations that follow from others by the contract: both sides of a transfer, the user of what is deployed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.entities.found import Found
from pipeline.entities.index import WEAPONS
from pipeline.records import Label, Modality, RelationType
from pipeline.relations.candidate import Candidate
from pipeline.relations.match import OTHER_SIDE

# Acts of state: done by an official, they are acts of the state he speaks for
_STATE_ACTS = frozenset(
    (
        RelationType.SUPPLIES, RelationType.ACQUIRES, RelationType.PRODUCES, RelationType.OPERATES, RelationType.TESTS,
        RelationType.DEPLOYS_TO, RelationType.ATTACKS, RelationType.SANCTIONS, RelationType.AGREES_WITH,
    )
)  # fmt: skip


def derive(found: Iterable[Candidate], ministries: Mapping[str, Found]) -> Iterator[Candidate]:
    """Each relation, officials replaced by their state in acts of state, followed by what it implies.

    A ministry that buys or gives arms does so for its state, where the text names that: `ministries` holds it by the
    ministry's entity id.

    A transfer whose two parties are named is told from both sides, denied or not. Who deploys a weapon uses it.
    """
    found = list(found)
    states = {c.subject.entity_id: c.object for c in found if c.type is RelationType.HEADS}
    for candidate in found:
        candidate = _as_state(candidate, states)
        if candidate.type in OTHER_SIDE:
            candidate = replace(
                candidate,
                subject=ministries.get(candidate.subject.entity_id, candidate.subject),
                counterpart=candidate.counterpart
                and ministries.get(candidate.counterpart.entity_id, candidate.counterpart),
            )
        yield candidate
        if candidate.counterpart is None:
            continue
        mirror = OTHER_SIDE.get(candidate.type)
        if mirror is not None:
            rule = f"mirror:{candidate.rule}"
            yield replace(
                candidate, type=mirror, subject=candidate.counterpart, counterpart=candidate.subject, rule=rule
            )
        elif (
            candidate.type is RelationType.DEPLOYS_TO
            and candidate.modality is Modality.ASSERTED
            and candidate.counterpart.label in WEAPONS
        ):
            yield replace(
                candidate, type=RelationType.OPERATES, object=candidate.counterpart, counterpart=None,
                rule=f"deployed:{candidate.rule}",
            )  # fmt: skip


def _as_state(candidate: Candidate, states: dict[str, Found]) -> Candidate:
    if candidate.type is RelationType.SUPPORTS and candidate.rule.endswith(":remercier"):
        # « Zelensky a remercié le Danemark »: what is thanked for went to his state
        return replace(candidate, object=states.get(candidate.object.entity_id, candidate.object))
    if candidate.type not in _STATE_ACTS:
        return candidate
    subject, counterpart = candidate.subject, candidate.counterpart
    if subject.label is Label.PERSON:
        subject = states.get(subject.entity_id, subject)
    if counterpart is not None and counterpart.label is Label.PERSON:
        counterpart = states.get(counterpart.entity_id, counterpart)
    return replace(candidate, subject=subject, counterpart=counterpart)
