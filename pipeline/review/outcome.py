"""What became of every line of a review over a whole run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.records import Entity, Extraction
from pipeline.review.apply import LOST, Corrected, corrected
from pipeline.review.decisions import Action, Conflict, Decision, Review, shown
from pipeline.review.plan import Plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many lines were applied, found no row, decide nothing; and those that could not be applied, in file order.

    A line that found no row is among the `conflicts` too.
    """

    applied: int = 0
    unused: int = 0
    undecided: int = 0
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewedRun:
    """The extractions of a run under a plan, made anew at each iteration, one in memory at a time."""

    raw: Iterable[Extraction]
    plan: Plan

    def __iter__(self) -> Iterator[Extraction]:
        for extraction in self.raw:
            yield corrected(extraction, self.plan).extraction

    def corrected(self) -> Iterator[Corrected]:
        """Give each extraction with what was learnt of the decisions."""
        for extraction in self.raw:
            yield corrected(extraction, self.plan)


class OutcomeTally:
    """Adds up what became of the lines, one document at a time."""

    def __init__(self, review: Review, plan: Plan) -> None:
        self._review, self._plan = review, plan
        self._found: set[str] = set()
        self._reached: set[str] = set()
        self._problems: dict[tuple[str, str, str, str], str] = {}

    def add(self, document: Corrected) -> None:
        """Count one document."""
        self._found |= document.notes.found
        self._reached |= document.notes.reached
        self._problems |= document.notes.problems

    def outcome(self, entities: Mapping[str, Entity]) -> Outcome:
        """Give what became of every line.

        Args:
            entities: those of the corrected run, by id.
        """
        planned = {conflict.row_id: conflict.reason for conflict in self._plan.conflicts}
        there = self._found | self._all_reached()
        conflicts = list(self._review.conflicts)
        unused = 0
        for decision in self._review.decisions:
            if decision.row_id in planned:
                problem = planned[decision.row_id]
            elif decision.row_id not in there:
                unused += 1
                problem = f"no such row: {shown(decision.row_id)} was not found in this run"
            elif _is_lost(decision, entities):
                problem = LOST
            else:
                problem = self._problems.get(decision.says, "")
            if problem:
                conflicts.append(Conflict(decision.line, decision.row_id, problem))
        applied = len(self._review.decisions) - (len(conflicts) - len(self._review.conflicts))
        in_order = tuple(sorted(conflicts, key=lambda conflict: conflict.line))
        return Outcome(applied, unused, self._review.undecided, in_order)

    def _all_reached(self) -> set[str]:
        """Entities of the run, and those that they become on their way."""
        reached: set[str] = set()
        for entity_id in [*self._plan.known, *self._reached]:
            while entity_id and entity_id not in reached:
                reached.add(entity_id)
                entity_id = self._plan.steps.get(entity_id, "")
        return reached


def _is_lost(decision: Decision, entities: Mapping[str, Entity]) -> bool:
    return decision.action is Action.ACCEPT and ":" in decision.row_id and decision.row_id not in entities
