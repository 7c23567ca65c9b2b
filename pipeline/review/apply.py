"""A review applied to extractions: one document in, the same document corrected out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.coverage import counted_again
from pipeline.records import Extraction
from pipeline.review.claims import corrected_claims
from pipeline.review.decisions import Action, Review
from pipeline.review.mentions import Notes, corrected_entities, move_mentions
from pipeline.review.plan import Plan, make_plan
from pipeline.review.relations import corrected_relations

if TYPE_CHECKING:
    from pipeline.lexicon.gazetteer import Gazetteer

LOST = "it is accepted here, but other lines take it away"


@dataclass(frozen=True, slots=True)
class Corrected:
    """An extraction under a plan, and what was learnt of the plan's decisions on the way."""

    extraction: Extraction
    notes: Notes


def apply_review(extraction: Extraction, review: Review, *, gazetteer: Gazetteer | None = None) -> Extraction:
    """Give an extraction with an analyst's decisions applied; nothing else of it changes.

    Rows keep the ids they were extracted with, so that a review applies to a fresh extraction again and again; a row
    that it changed has `+review` at the end of its rule. What cannot be applied is left out in silence here: a run
    lists it in `run.json`. The review is planned anew at every call: for many documents, `ReviewedRun` does it once.

    Args:
        extraction: as the extractor gives it.
        review: as `read_review` gives it.
        gazetteer: the extractor's lexicon if it is not the packaged one: it knows the names of entities.

    Examples:
        >>> from pipeline import extract
        >>> from pipeline.review.decisions import Review, parse_line
        >>> result = extract("La Russie livre des S-400 à l'Iran.")
        >>> line = parse_line(2, "COUNTRY:IRN", "merge", "COUNTRY:IRQ")
        >>> apply_review(result, Review((line,))).relations[1].counterpart
        'Irak'
    """
    from pipeline.lexicon.gazetteer import Gazetteer

    return corrected(extraction, make_plan(review, extraction.entities, gazetteer or Gazetteer.packaged())).extraction


def corrected(extraction: Extraction, plan: Plan) -> Corrected:
    """Apply a plan to one document; one that no decision is about is given back as it is."""
    notes = Notes()
    if not _concerns(plan, extraction):
        return Corrected(extraction, notes)
    moved = move_mentions(extraction.mentions, extraction.entities, plan, notes)
    entities = corrected_entities(extraction.entities, moved)
    names = {entity.entity_id: entity.name for entity in entities}
    claims = corrected_claims(extraction.claims, moved, plan, notes)
    relations = corrected_relations(extraction.relations, claims, names, moved, plan, notes)
    mentions = moved.after
    document = replace(extraction.document, n_mentions=len(mentions), n_claims=len(claims), n_relations=len(relations))
    coverage = counted_again(extraction.coverage, mentions, claims, relations)
    new = replace(
        extraction, document=document, mentions=mentions, entities=entities, claims=claims, relations=relations,
        coverage=coverage,
    )  # fmt: skip
    _note_lost(new, plan, notes)
    return Corrected(new, notes)


def _concerns(plan: Plan, extraction: Extraction) -> bool:
    rows, moves = plan.rows, plan.moves
    return (
        any(mention.mention_id in rows or mention.entity_id in moves for mention in extraction.mentions)
        or any(claim.claim_id in rows for claim in extraction.claims)
        or any(relation.relation_id in rows for relation in extraction.relations)
    )


def _note_lost(new: Extraction, plan: Plan, notes: Notes) -> None:
    """Note the rows that a line accepts and that another one takes away."""
    left = {
        *(mention.mention_id for mention in new.mentions),
        *(claim.claim_id for claim in new.claims),
        *(relation.relation_id for relation in new.relations),
    }
    for row_id in notes.found - left:
        for decision in plan.rows[row_id]:
            if decision.action is Action.ACCEPT:
                notes.problems[decision.says] = LOST
