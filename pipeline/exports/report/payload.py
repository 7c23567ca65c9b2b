"""The data embedded in the report: compact JSON, made and written row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from pipeline.exports.jsonable import dump_json
from pipeline.exports.report.layout import spring_layout
from pipeline.exports.run import RunData, source_text
from pipeline.records import Extraction, Kind
from pipeline.tables import TABLES, Table

# A picture with more entities than this cannot be read; the tables hold them all.
MAX_NODES = 60
MAX_LINKS = 160
MAX_NEW = 40

EMBEDDED_TABLES = ("documents", "entities", "transfers", "claims", "relations")
_MENTION_COLUMNS = ("mention_id", "entity_id", "label", "kind", "start", "end", "rule")
_COVERAGE_COLUMNS = ("sentence", "start", "end", "status")


@dataclass(slots=True)
class Overview:
    """What the first screen counts, gathered in one pass."""

    coverage: Counter[str] = field(default_factory=Counter)
    mentions: Counter[str] = field(default_factory=Counter)
    new: dict[str, dict[str, Any]] = field(default_factory=dict)
    degree: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, extraction: Extraction) -> None:
        """Count one document."""
        for row in extraction.coverage:
            self.coverage[str(row.status)] += len("".join(row.text.split()))
        for mention in extraction.mentions:
            self.mentions[str(mention.label)] += 1
            if mention.kind == Kind.PATTERN:
                first = {"text": mention.text, "doc_id": mention.doc_id, "sentence": mention.sentence, "count": 0}
                self.new.setdefault(mention.entity_id, first)["count"] += 1
        for relation in extraction.relations:
            self._link(relation.subject_id, relation.object_id)
            if relation.counterpart_id:
                self._link(relation.object_id, relation.counterpart_id)

    def _link(self, first: str, second: str) -> None:
        self.degree[first] += 1
        self.degree[second] += 1
        if first != second:
            self.links[min(first, second), max(first, second)] += 1

    def graph(self) -> dict[str, Any]:
        """Place the best connected entities; the links themselves are drawn from the relations."""
        ranked = sorted(self.degree, key=lambda node: (-self.degree[node], node))
        nodes = ranked[:MAX_NODES]
        linked = [(pair, count) for pair, count in self.links.items() if {*pair} <= {*nodes}]
        kept = dict(sorted(linked, key=lambda link: (-link[1], link[0]))[:MAX_LINKS])
        places = spring_layout(nodes, kept)
        return {"nodes": [[node, *places[node], self.degree[node]] for node in nodes], "total": len(ranked)}

    def as_dict(self) -> dict[str, Any]:
        """Give the counts as they are embedded."""
        new = sorted(self.new.values(), key=lambda item: (-item["count"], item["text"]))
        return {
            "coverage": dict(sorted(self.coverage.items())),
            "mentions": dict(sorted(self.mentions.items())),
            "new": new[:MAX_NEW],
            "n_new": len(new),
        }


def overview_of(run: RunData) -> Overview:
    """Read the run once and count."""
    overview = Overview()
    for extraction in run.extractions:
        overview.add(extraction)
    return overview


def embedded(value: Any) -> Markup:
    r"""Write JSON for a `<script>` element: no text can close the element or open a comment.

    Examples:
        >>> print(embedded("</script><!--"))
        "\u003c/script\u003e\u003c!--"
    """
    return Markup(dump_json(value).replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026"))


def data_chunks(run: RunData, overview: Overview) -> Iterator[Markup]:
    """Give the object with names, counts, graph and tables, piece by piece."""
    head = {"name": run.name, "info": dict(run.info), "overview": overview.as_dict(), "graph": overview.graph()}
    yield embedded(head)[:-1] + Markup(',"tables":{')
    for number, name in enumerate(EMBEDDED_TABLES):
        columns = embedded(TABLES[name].header)
        yield Markup("," if number else "") + Markup(f'"{name}":{{"columns":{columns},"rows":[\n')
        yield from _joined(_values(TABLES[name], row) for row in run.rows(name))
        yield Markup("]}")
    yield Markup("}}")


def article_chunks(run: RunData) -> Iterator[Markup]:
    """Give one line of JSON for each document, in document order: its text, its mentions, its sentences."""
    for number, extraction in enumerate(run.extractions):
        article = {
            "text": source_text(extraction),
            "mentions": [[getattr(row, name) for name in _MENTION_COLUMNS] for row in extraction.mentions],
            "sentences": [[getattr(row, name) for name in _COVERAGE_COLUMNS] for row in extraction.coverage],
        }
        yield Markup("\n" if number else "") + embedded(article)


def _joined(rows: Iterable[list[Any]]) -> Iterator[Markup]:
    for number, row in enumerate(rows):
        yield Markup(",\n" if number else "") + embedded(row)


def _values(table: Table, row: object) -> list[Any]:
    return [getattr(row, column.name) for column in table.columns]
