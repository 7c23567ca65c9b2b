"""The relations of one document under a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.records import Claim, Label, Modality, Polarity, Relation, RelationType, Tense
from pipeline.relations.match import OTHER_SIDE
from pipeline.review.decisions import Action, Decision
from pipeline.review.mentions import Moved, Notes, marked
from pipeline.review.plan import Plan

_MIRROR = "mirror:"  # begins the rule of the side that was derived


def corrected_relations(
    relations: Sequence[Relation],
    claims: Sequence[Claim],
    names: Mapping[str, str],
    moved: Moved,
    plan: Plan,
    notes: Notes,
) -> tuple[Relation, ...]:
    """Apply a plan to relations: they follow the mentions they rest on, the claims that carry them, their other side.

    Args:
        relations: as extracted.
        claims: corrected.
        names: entity id to name, corrected.
        moved: the mentions before and after.
        plan: the review.
        notes: where rows found and decisions that fail are noted.
    """
    carriers = {claim.claim_id: claim for claim in claims}
    followed = {row.relation_id: _followed(_carried(row, carriers), names, moved) for row in relations}
    decided: dict[str, Relation | None] = {}
    for row in relations:
        if row.relation_id in plan.rows:
            notes.found.add(row.relation_id)
            said = list(plan.rows[row.relation_id])
            decided[row.relation_id] = _relabelled(followed[row.relation_id], said, names, notes)
    for row, other in _other_sides(relations, decided):
        said = _of_both_sides(plan.rows[other.relation_id])
        new = decided[other.relation_id]
        # A transfer that has become something else was told from one side only.
        side = followed[row.relation_id] if new is None or new.type == other.type else None
        decided[row.relation_id] = _relabelled(side, said, names, Notes())
    corrected = [(row, decided.get(row.relation_id, followed[row.relation_id])) for row in relations]
    return tuple(marked(row, new) for row, new in corrected if new is not None)


def _of_both_sides(decisions: Iterable[Decision]) -> list[Decision]:
    return [decision for decision in decisions if decision.column != "type"]


def _other_sides(
    relations: Sequence[Relation], decided: Mapping[str, Relation | None]
) -> list[tuple[Relation, Relation]]:
    """(undecided, decided) sides of transfers that the extractor told from both sides.

    « Moscou livre des S-400 à Ankara » is two rows about one fact: what is said of one holds for the other.
    """
    if not decided:
        return []
    pairs: defaultdict[tuple[object, ...], list[Relation]] = defaultdict(list)
    for row in relations:
        if row.type in OTHER_SIDE:
            parties = frozenset((row.subject_id, row.counterpart_id))
            pairs[row.start, row.end, row.trigger, row.object_id, parties].append(row)
    both = [pair for pair in pairs.values() if len(pair) == 2 and any(row.rule.startswith(_MIRROR) for row in pair)]
    turned = [(one, other) for pair in both for one, other in (pair, pair[::-1]) if one.type != other.type]
    return [(one, other) for one, other in turned if one.relation_id not in decided and other.relation_id in decided]


def _rejects(decisions: Iterable[Decision]) -> bool:
    return any(decision.action is Action.REJECT for decision in decisions)


def _carried(relation: Relation, carriers: Mapping[str, Claim]) -> Relation:
    if not relation.claim_id:
        return relation
    claim = carriers.get(relation.claim_id)
    return replace(relation, claim_id=claim.claim_id if claim else "", source=claim.source if claim else "")


def _followed(relation: Relation, names: Mapping[str, str], moved: Moved) -> Relation | None:
    """Give the relation between those that its parties now are, None where none is left."""
    ids = (relation.subject_id, relation.object_id, relation.counterpart_id)
    if not any(key in moved.changed for key in ids):
        return relation
    subject, obj, third = (moved.role(key, relation.start, relation.end) if key else "" for key in ids)
    if not subject or not obj or subject == obj:
        return None
    if third in (subject, obj):
        third = ""
    new = _between(relation, subject, obj, third, names)
    relabelled = [_label(a) != _label(b) for a, b in zip(ids, (subject, obj, third), strict=True)]
    if (relabelled[0] or relabelled[1]) and _misfit(new, new.type):
        return None
    return _fitting(new)


def _between(relation: Relation, subject: str, obj: str, third: str, names: Mapping[str, str]) -> Relation:
    if relation_lexicon().types[relation.type].symmetric:
        subject, obj = sorted((subject, obj))
    ids = (relation.subject_id, relation.object_id, relation.counterpart_id)
    given = dict(zip(ids, (relation.subject, relation.object, relation.counterpart), strict=True))

    def name(key: str) -> str:
        return names.get(key) or given.get(key, "") if key else ""

    return replace(
        relation, subject_id=subject, subject=name(subject), object_id=obj, object=name(obj), counterpart_id=third,
        counterpart=name(third),
    )  # fmt: skip


def _relabelled(
    relation: Relation | None, decisions: Iterable[Decision], names: Mapping[str, str], notes: Notes
) -> Relation | None:
    """Apply the decisions about a relation, None if it goes or has gone with its parties."""
    if relation is None or _rejects(decisions):
        return None
    new = relation
    for decision in decisions:
        if decision.action is not Action.RELABEL:
            continue
        if getattr(relation, decision.column) == decision.value:
            problem = f"its {decision.column} is {decision.value} already"
        else:
            problem = _misfit(relation, RelationType(decision.value)) if decision.column == "type" else ""
        if problem:
            notes.problems[decision.says] = problem
        else:
            new = _with(new, decision, names)
    return new


def _with(relation: Relation, decision: Decision, names: Mapping[str, str]) -> Relation:
    value = decision.value
    if decision.column == "polarity":
        return replace(relation, polarity=Polarity(value))
    if decision.column == "modality":
        return replace(relation, modality=Modality(value))
    if decision.column == "tense":
        return replace(relation, tense=Tense(value))
    kind = RelationType(value)
    relation = replace(relation, type=kind, plover=relation_lexicon().types[kind].plover)
    ids = relation.subject_id, relation.object_id, relation.counterpart_id
    return _fitting(_between(relation, *ids, names))


def _misfit(relation: Relation, kind: RelationType) -> str:
    """Say which party cannot stand in a relation of that type, "" if both can."""
    entry = relation_lexicon().types[kind]
    for role, key, allowed in (
        ("subject", relation.subject_id, entry.subject),
        ("object", relation.object_id, entry.object),
    ):
        if _label(key) not in allowed:
            return f"the {role} of {kind} cannot be a {_label(key)}. Accepted are {', '.join(sorted(allowed))}"
    return ""


def _fitting(relation: Relation) -> Relation:
    """Leave out a third party that the type does not take."""
    if not relation.counterpart_id:
        return relation
    if _label(relation.counterpart_id) in relation_lexicon().types[relation.type].counterpart:
        return relation
    return replace(relation, counterpart_id="", counterpart="")


def _label(entity_id: str) -> str:
    return Label(entity_id.partition(":")[0]) if entity_id else ""
