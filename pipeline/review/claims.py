"""The claims of one document under a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.claims.factuality import factuality_again
from pipeline.records import Attribution, Claim, Modality, Polarity, SourceType, Tense
from pipeline.review.decisions import Action, Decision
from pipeline.review.mentions import Moved, Notes, marked
from pipeline.review.plan import Plan


def corrected_claims(claims: Iterable[Claim], moved: Moved, plan: Plan, notes: Notes) -> tuple[Claim, ...]:
    """Apply a plan to claims; who they are about and who says them follow the mentions."""
    out = []
    for claim in claims:
        decisions = plan.rows.get(claim.claim_id, ())
        if decisions:
            notes.found.add(claim.claim_id)
        if not any(decision.action is Action.REJECT for decision in decisions):
            out.append(marked(claim, _relabelled(_followed(claim, moved), decisions, notes)))
    return tuple(out)


def _followed(claim: Claim, moved: Moved) -> Claim:
    if claim.source_id in moved.changed:
        claim = replace(claim, source_id=moved.source(claim))
    held = moved.held(claim)
    return claim if held is None else replace(claim, entity_ids=held)


def _relabelled(claim: Claim, decisions: Iterable[Decision], notes: Notes) -> Claim:
    new = claim
    # Attribution first: what it clears, another line may set
    for decision in sorted(decisions, key=lambda decision: decision.column):
        if decision.action is not Action.RELABEL:
            continue
        problem = _problem(claim, new, decision)
        if problem:
            notes.problems[decision.says] = problem
        else:
            new = _with(new, decision)
    by_source, by_author = factuality_again(claim, new)
    return replace(new, factuality_source=by_source, factuality_author=by_author)


def _problem(claim: Claim, new: Claim, decision: Decision) -> str:
    if getattr(claim, decision.column) == decision.value:
        return f"its {decision.column} is {decision.value} already"
    by_author = new.attribution is Attribution.AUTHOR
    if decision.column == "source_type" and by_author != (decision.value == SourceType.AUTHOR):
        return f"source_type {decision.value} does not go with attribution {new.attribution}"
    return ""


def _with(claim: Claim, decision: Decision) -> Claim:
    value = decision.value
    if decision.column == "polarity":
        return replace(claim, polarity=Polarity(value))
    if decision.column == "modality":
        return replace(claim, modality=Modality(value))
    if decision.column == "tense":
        return replace(claim, tense=Tense(value))
    if decision.column == "source_type":
        return replace(claim, source_type=SourceType(value))
    if value == Attribution.AUTHOR:
        return replace(
            claim, attribution=Attribution.AUTHOR, source="", source_id="", source_type=SourceType.AUTHOR, cue=""
        )
    named = SourceType.ANONYMOUS if claim.source_type is SourceType.AUTHOR else claim.source_type
    return replace(claim, attribution=Attribution(value), source_type=named)
