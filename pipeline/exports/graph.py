"""The run as a graph: entities, and one link for each pair and relation type, for Gephi and networkx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.exports.run import RunData
from pipeline.exports.xml_text import xml_text
from pipeline.records import Entity, Modality, Polarity, Relation, RelationType

SYMMETRIC = {RelationType.COOPERATES_WITH, RelationType.AGREES_WITH, RelationType.MEETS_WITH}
# Here the third party comes before the object, as the supplier before what is bought from it.
_THIRD_PARTY_FIRST = {RelationType.ACQUIRES, RelationType.DESTROYS}


@dataclass(slots=True)
class Link:
    """What the relations of one type between two entities add up to.

    `weight` counts relations, `n_asserted` those that are affirmed without reserve; dates are ISO, "" if unknown.
    """

    source: str
    target: str
    type: RelationType
    weight: int = 0
    n_asserted: int = 0
    documents: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)

    def add(self, relation: Relation, *, published: str) -> None:
        """Count one relation; without a date of its own it lies on the day its article was published."""
        self.weight += 1
        self.n_asserted += relation.modality == Modality.ASSERTED and relation.polarity == Polarity.POSITIVE
        self.documents.add(relation.doc_id)
        if day := whole_date(relation.date) or whole_date(published):
            self.dates.add(day)


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and links in a stable order."""

    nodes: tuple[Entity, ...]
    links: tuple[Link, ...]


def graph_of(run: RunData) -> Graph:
    """Build the graph of a run: subject to object, and the object's link with a third party.

    Entities without any relation are left out.
    """
    links: dict[tuple[str, str, str], Link] = {}
    for extraction in run.extractions:
        for relation in extraction.relations:
            for source, target in _ends(relation):
                link = links.setdefault((source, target, relation.type), Link(source, target, relation.type))
                link.add(relation, published=extraction.document.published)
    used = {end for source, target, _ in links for end in (source, target)}
    nodes = tuple(entity for entity in run.entities if entity.entity_id in used)
    known = {entity.entity_id for entity in nodes}
    kept = (links[key] for key in sorted(links) if known.issuperset(key[:2]))
    return Graph(nodes, tuple(kept))


def whole_date(date: str) -> str:
    """Give the first day of an ISO date cut short, "" if there is no date.

    Examples:
        >>> whole_date("2021-07"), whole_date("2021"), whole_date("été 2021")
        ('2021-07-01', '2021-01-01', '')
    """
    padded = (date[:10] + "-01-01")[:10] if len(date) == 4 else (date[:10] + "-01")[:10]
    year, _, rest = padded.partition("-")
    is_date = len(padded) == 10 and year.isdecimal() and rest.replace("-", "", 1).isdecimal() and len(year) == 4
    return padded if is_date else ""


def node_attributes(entity: Entity) -> dict[str, str | int]:
    """Give what both formats say of a node; neither holds lists or nothing at all."""
    return {
        "label": xml_text(entity.name),
        "type": str(entity.label),
        "iso3": xml_text(entity.iso3),
        "category": xml_text(entity.category),
        "n_mentions": entity.n_mentions,
        "n_documents": entity.n_documents,
    }


def link_attributes(link: Link) -> dict[str, str | int]:
    """Give what both formats say of a link, besides its weight."""
    return {
        "type": str(link.type),
        "symmetric": "yes" if link.type in SYMMETRIC else "no",
        "n_asserted": link.n_asserted,
        "n_documents": len(link.documents),
        "first_date": min(link.dates, default=""),
        "last_date": max(link.dates, default=""),
    }


def _ends(relation: Relation) -> Iterator[tuple[str, str]]:
    yield relation.subject_id, relation.object_id
    if relation.counterpart_id:
        ends = relation.object_id, relation.counterpart_id
        yield ends[::-1] if relation.type in _THIRD_PARTY_FIRST else ends
