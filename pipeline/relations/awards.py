"""Contracts awarded later in the text: « La Pologne achète des Apache. Le contrat a été attribué à Boeing. »."""

from __future__ import annotations

from collections import defaultdict
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
    found = list(found)
    suppliers = _suppliers(found, reading)
    for candidate in found:
        company = suppliers.get((reading.tree.sent[candidate.trigger], candidate.object.entity_id))
        unsaid = candidate.type is RelationType.ACQUIRES and candidate.counterpart is None
        if unsaid and company is not None and company.entity_id != candidate.subject.entity_id:
            candidate = replace(candidate, counterpart=company, rule=f"{candidate.rule}+award")
        yield candidate


def _suppliers(found: list[Candidate], reading: Reading) -> dict[tuple[int, str], Found]:
    """Companies by (sentence of the purchase, what is bought)."""
    bought: dict[int, set[str]] = defaultdict(set)
    for candidate in found:
        if candidate.type is RelationType.ACQUIRES:
            bought[reading.tree.sent[candidate.trigger]].add(candidate.object.entity_id)
    out: dict[tuple[int, str], Found] = {}
    for at, company in _awards(reading):
        near = [sentence for sentence in range(max(at - WINDOW, 0), at + 1) if sentence in bought]
        weapons = {weapon for sentence in near for weapon in bought[sentence]}
        if len(weapons) == 1:
            out.update(((sentence, weapon), company) for sentence in near for weapon in weapons)
    return out


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
