"""What an exporter is given: a run that can be read again and again without being held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.exports.jsonable import extraction_from_dict, load_json
from pipeline.records import Entity, Extraction, Transfer
from pipeline.tables import ROWS_OF


@dataclass(frozen=True, slots=True)
class RunData:
    """A run as the exporters see it.

    `extractions` can be iterated over more than once, always in the same order: a tuple, or `ExtractionFile`.
    Each extraction should carry the text it was read from; what the report and `spacy` do without it, see
    `source_text`. `info` is shown in the report and must hold nothing that differs between identical runs.
    """

    extractions: Iterable[Extraction]
    entities: tuple[Entity, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    name: str = "defpress"
    info: Mapping[str, str] = field(default_factory=dict)

    def rows(self, table: str) -> Iterator[object]:
        """Give the rows of one table, in table order."""
        if table == "entities":
            yield from self.entities
        elif table == "transfers":
            yield from self.transfers
        else:
            for extraction in self.extractions:
                yield from ROWS_OF[table](extraction)


@dataclass(frozen=True, slots=True)
class ExtractionFile:
    """The extractions of a JSON Lines file, read anew at each iteration, one in memory at a time."""

    path: Path

    def __iter__(self) -> Iterator[Extraction]:
        with self.path.open(encoding="utf-8") as handle:
            for number, line in enumerate(handle, start=1):
                where = f"{self.path}, line {number}"
                yield extraction_from_dict(load_json(line, where=where), where=where)


def source_text(extraction: Extraction) -> str:
    """Give the text that offsets refer to.

    Without the text itself, it is laid out again from the coverage rows: exact except where white space was folded
    or a soft hyphen left out, which is put right by the mentions, claims and relations, whose offsets are known.
    """
    if extraction.text or not extraction.coverage:
        return extraction.text
    chars = [" "] * max(extraction.document.n_chars, max(row.end for row in extraction.coverage))
    pieces = [(row.start, row.end, row.text) for row in extraction.coverage]
    pieces += [(claim.start, claim.end, claim.text) for claim in extraction.claims]
    pieces += [(relation.start, relation.end, relation.evidence) for relation in extraction.relations]
    pieces += [(mention.start, mention.end, mention.text) for mention in extraction.mentions]
    for start, end, text in pieces:
        shown = text[: end - start].ljust(end - start)
        chars[start:end] = shown
    return "".join(chars)
