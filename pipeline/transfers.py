"""The arms-transfer ledger: who supplies what to whom, over a whole run.

SUPPLIES and ACQUIRES about the same (supplier, recipient, weapon) are one row, whatever document they stand in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.near_duplicates import Sketch, representatives, sketch
from pipeline.records import (
    CoverageStatus,
    DocumentRow,
    Entity,
    Extraction,
    Label,
    Modality,
    Polarity,
    Relation,
    RelationType,
    Tense,
    Transfer,
    stable_id,
)
from pipeline.tables import LIST_SEPARATOR
from pipeline.transfer_status import load_status_lexicon

# What somebody vouches for, or denies; an intention, a condition or a mere possibility contradicts nothing.
_STATED = {Modality.ASSERTED, Modality.ALLEGED, Modality.PROBABLE}


@dataclass(frozen=True, slots=True)
class Triple:
    """What a row is about: entity ids, "" for a party that is not named."""

    supplier: str
    recipient: str
    weapon: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the ledger keeps of one relation."""

    doc_id: str
    start: int
    relation_id: str
    claim_id: str
    status: str
    denies: bool
    stated: bool
    future: bool
    source: str
    quantity: str
    amount: str
    date: str


@dataclass(frozen=True, slots=True)
class _Publication:
    published: str
    outlet: str


class TransferLedger:
    """Adds up the transfers of a run, one extraction at a time; no document is kept, only its evidence.

    A transfer without a supplier or a recipient is a row of its own, unless exactly one transfer of the same
    document has the same weapon, the same other party and names the missing one.
    OPERATES counts once a named weapon was delivered to the same user by a named supplier.
    The rows do not depend on the order of the documents.
    """

    def __init__(self) -> None:
        self._evidence: defaultdict[Triple, list[Evidence]] = defaultdict(list)
        self._uses: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
        self._publications: dict[str, _Publication] = {}
        self._sketches: dict[str, Sketch] = {}
        self._names: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, extraction: Extraction) -> None:
        """Count the transfers of one document."""
        found = [(triple, relation) for relation in extraction.relations if (triple := _triple(relation))]
        triples = {triple for triple, _ in found}
        for triple, relation in found:
            self._evidence[_completed(triple, triples)].append(_evidence(relation))
        uses = [relation for relation in extraction.relations if _is_use(relation)]
        for relation in uses:
            self._uses[relation.subject_id, relation.object_id].append(_evidence(relation, status="operational"))
        if found or uses:
            self._keep_document(extraction, [relation for _, relation in found])

    def _keep_document(self, extraction: Extraction, relations: list[Relation]) -> None:
        document = extraction.document
        self._publications[document.doc_id] = _Publication(document.published, _outlet(document))
        self._sketches[document.doc_id] = sketch(
            " ".join(row.text for row in extraction.coverage if row.status != CoverageStatus.NOISE)
        )
        for relation in relations:
            self._names[relation.subject_id][relation.subject] += 1
            self._names[relation.object_id][relation.object] += 1
            self._names[relation.counterpart_id][relation.counterpart] += 1

    def merge(self, other: TransferLedger) -> None:
        """Add what another ledger kept, of other documents."""
        for triple, evidence in other._evidence.items():
            self._evidence[triple] += evidence
        for use, evidence in other._uses.items():
            self._uses[use] += evidence
        self._publications |= other._publications
        self._sketches |= other._sketches
        for entity_id, names in other._names.items():
            self._names[entity_id] += names

    def rows(self, entities: Iterable[Entity] = ()) -> tuple[Transfer, ...]:
        """Give the ledger, ordered by supplier, recipient and weapon.

        Args:
            entities: the run's entities, for names and categories; without them names are those of the relations.
        """
        known = {entity.entity_id: entity for entity in entities}
        first_of = representatives({doc_id: self._sketches[doc_id] for doc_id in sorted(self._sketches, key=self._age)})
        rows = [self._row(triple, known, first_of) for triple in self._evidence]
        return tuple(sorted(rows, key=lambda row: (row.supplier, row.recipient, row.weapon, row.transfer_id)))

    def _row(self, triple: Triple, known: Mapping[str, Entity], first_of: Mapping[str, str]) -> Transfer:
        evidence = self._with_uses(triple)
        documents = {item.doc_id for item in evidence}
        weapon = known.get(triple.weapon)
        return Transfer(
            transfer_id=stable_id("t", triple.supplier, triple.recipient, triple.weapon),
            supplier=self._name(triple.supplier, known),
            recipient=self._name(triple.recipient, known),
            weapon=self._name(triple.weapon, known),
            category=weapon.category if weapon else "",
            quantity=_as_said(item.quantity for item in evidence),
            amount=_as_said(item.amount for item in evidence),
            status=load_status_lexicon().last({item.status for item in evidence}),
            date=_as_said(sorted(item.date for item in evidence)),
            n_claims=len({(item.doc_id, item.claim_id or item.relation_id) for item in evidence}),
            n_documents=len(documents),
            n_origins=len({self._publications[first_of[doc_id]].outlet for doc_id in documents}),
            contradicted=self._is_contradicted(evidence),
            relation_ids=tuple(dict.fromkeys(item.relation_id for item in evidence)),
        )

    def _with_uses(self, triple: Triple) -> list[Evidence]:
        evidence = self._evidence[triple]
        if triple.supplier and any(item.status == "delivered" for item in evidence):
            evidence = evidence + self._uses.get((triple.recipient, triple.weapon), [])
        return sorted(evidence, key=lambda item: (self._age(item.doc_id), item.start, item.relation_id))

    def _age(self, doc_id: str) -> tuple[str, str, str]:
        # The oldest copy of a text is its origin; what has no date comes last.
        publication = self._publications[doc_id]
        return (publication.published or "9999", publication.outlet, doc_id)

    def _name(self, entity_id: str, known: Mapping[str, Entity]) -> str:
        if not entity_id:
            return ""
        if entity_id in known:
            return known[entity_id].name
        names = self._names[entity_id]
        return min(names, key=lambda name: (-names[name], name))

    def _is_contradicted(self, evidence: list[Evidence]) -> bool:
        stated = [item for item in evidence if item.stated]
        affirmed = {(self._voice(item), item.future) for item in stated if not item.denies}
        denied = {(self._voice(item), item.future) for item in stated if item.denies}
        return any(
            voice != other and future == other_future for voice, future in affirmed for other, other_future in denied
        )

    def _voice(self, item: Evidence) -> str:
        return item.source.casefold() or f"outlet:{self._publications[item.doc_id].outlet}"


def transfers(extractions: Iterable[Extraction], entities: Iterable[Entity] = ()) -> tuple[Transfer, ...]:
    """Give the ledger of a run; `TransferLedger` does the same for a stream that serves other ends too."""
    ledger = TransferLedger()
    for extraction in extractions:
        ledger.add(extraction)
    return ledger.rows(entities)


def _triple(relation: Relation) -> Triple | None:
    if relation.type == RelationType.SUPPLIES:
        return Triple(relation.subject_id, relation.counterpart_id, relation.object_id)
    if relation.type == RelationType.ACQUIRES:
        return Triple(relation.counterpart_id, relation.subject_id, relation.object_id)
    return None


def _is_use(relation: Relation) -> bool:
    # « des avions de combat russes » does not tell which ones: only a named weapon can be the one delivered.
    return (
        relation.type == RelationType.OPERATES
        and not relation.object_id.startswith(f"{Label.WEAPON_CLASS}:")
        and relation.polarity == Polarity.POSITIVE
        and relation.modality == Modality.ASSERTED
        and relation.tense != Tense.FUTURE
    )


def _completed(triple: Triple, others: set[Triple]) -> Triple:
    if triple.supplier and triple.recipient:
        return triple
    fuller = [
        other
        for other in others
        if other.weapon == triple.weapon
        and other.supplier
        and other.recipient
        and triple.supplier in {"", other.supplier}
        and triple.recipient in {"", other.recipient}
    ]
    return fuller[0] if len(fuller) == 1 else triple


def _evidence(relation: Relation, *, status: str = "") -> Evidence:
    lexicon = load_status_lexicon()
    return Evidence(
        doc_id=relation.doc_id,
        start=relation.start,
        relation_id=relation.relation_id,
        claim_id=relation.claim_id,
        status=status or lexicon.of_relation(relation),
        denies=relation.polarity == Polarity.NEGATIVE,
        stated=relation.modality in _STATED and not lexicon.is_stop(relation),
        future=relation.tense == Tense.FUTURE,
        source=relation.source,
        quantity=relation.quantity,
        amount=relation.amount,
        date=relation.date,
    )


def _as_said(values: Iterable[str]) -> str:
    return LIST_SEPARATOR.join(dict.fromkeys(value for value in values if value))


def _outlet(document: DocumentRow) -> str:
    return document.outlet.strip().casefold() or document.doc_id
