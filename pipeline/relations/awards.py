"""Contracts awarded later in the text: « La Pologne achète des Apache. Le contrat a été attribué à Boeing. »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.found import Found
from pipeline.frames.frame import verb_frame
from pipeline.frames.verbs import is_verb
from pipeline.records import Label, Polarity, RelationType
from pipeline.relations.candidate import Candidate

if TYPE_CHECKING:
    from pipeline.reading import Reading

WINDOW = 4  # sentences from the purchase to the award
_GIVING = frozenset(("attribuer", "confier", "adjuger"))
_WINNING = frozenset(("décrocher", "remporter", "obtenir"))
_CONTRACTS = frozenset(("contrat", "marché", "commande"))
_DEFINITE = frozenset(("le", "la", "ce", "cette"))
_COMPANY = frozenset((Label.ORGANISATION,))


def with_awards(found: Iterable[Candidate], reading: Reading) -> Iterator[Candidate]:
    """Purchases without a supplier take the company that « le contrat » is said to go to soon after.

    Only where the sentences between name purchases of one weapon alone.
    """
    awards = list(_awards(reading))
    found = list(found)
    for candidate in found:
        company = _supplier(candidate, found, awards, reading)
        yield replace(candidate, counterpart=company, rule=f"{candidate.rule}+award") if company else candidate


def _awards(reading: Reading) -> Iterator[tuple[int, Found]]:
    """(sentence, company) of each award of a contract mentioned before."""
    tree = reading.tree
    for i in range(len(tree)):
        if tree.lemma[i] not in _GIVING | _WINNING or not is_verb(tree, i):
            continue
        frame = verb_frame(tree, i)
        contracts = [k for k in frame.patients if tree.lemma[k] in _CONTRACTS]
        definite = any(tree.dep[d] == "det" and tree.lower[d] in _DEFINITE for k in contracts for d in tree.kids[k])
        if not definite or frame.polarity is Polarity.NEGATIVE:
            continue
        given = tree.lemma[i] in _GIVING
        heads = [c.head for c in frame.complements if c.prep == "à"] if given else list(frame.agents)
        companies = [m for head in heads for m in reading.index.entities(head, _COMPANY)]
        if companies:
            yield tree.sent[i], companies[0]


def _supplier(
    candidate: Candidate, found: list[Candidate], awards: list[tuple[int, Found]], reading: Reading
) -> Found | None:
    if candidate.type is not RelationType.ACQUIRES or candidate.counterpart is not None:
        return None
    sentence = reading.tree.sent[candidate.trigger]
    for at, company in awards:
        near = range(max(at - WINDOW, 0), at + 1)
        bought = {c.object.entity_id for c in found
                  if c.type is RelationType.ACQUIRES and reading.tree.sent[c.trigger] in near}  # fmt: skip
        if (
            sentence in near
            and bought == {candidate.object.entity_id}
            and company.entity_id != candidate.subject.entity_id
        ):
            return company
    return None
