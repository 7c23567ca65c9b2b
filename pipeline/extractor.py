"""One document through all stages, and many in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.assemble import claim_rows, document_row, entity_rows, mention_rows, relation_rows
from pipeline.claims.attribute import find_claims
from pipeline.cleaning import Role, clean, shown
from pipeline.coverage import coverage_rows
from pipeline.documents.language import detect_language
from pipeline.entities.index import MentionIndex
from pipeline.entities.mentions import find_mentions, find_surface
from pipeline.entities.references import find_references
from pipeline.lemmas import load_tables
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.model import load_model, without_garbage_collection
from pipeline.nlp import parse
from pipeline.reading import Reading
from pipeline.records import Document, Extraction
from pipeline.relations.find import find_relations
from pipeline.runs.failures import not_french, sha256_of
from pipeline.runs.pool import extract_all

if TYPE_CHECKING:
    from spacy.language import Language

KEPT_WORDS = 40_000  # what the press of some months uses; about 15 MB


class Extractor:
    """Reads French text into mentions, entities, claims and relations.

    Args:
        lexicons: the user's own lexicon files, merged over the packaged ones.

    Examples:
        >>> result = Extractor().extract("La Russie livre des S-400 à l'Iran.")
        >>> [(r.subject, r.type.value, r.object, r.counterpart) for r in result.relations]
        [('Iran', 'ACQUIRES', 'S-400', 'Russie'), ('Russie', 'SUPPLIES', 'S-400', 'Iran')]
    """

    def __init__(self, *, lexicons: Sequence[str | Path] = ()) -> None:
        with without_garbage_collection():
            self.nlp: Language = load_model()
            load_tables()
            self.gazetteer = Gazetteer.packaged()
        if lexicons:
            from pipeline.lexicon.user import with_user_lexicons

            self.gazetteer = with_user_lexicons(lexicons)

    def extract(self, document: Document | str) -> Extraction:
        """Read one document; plain text is taken as a document without name."""
        if isinstance(document, str):
            document = Document("text", document)
        reading = self.read(document)
        drafts = find_claims(reading.tree, reading.clean, reading.index)
        candidates = find_relations(reading)
        mentions = mention_rows(reading)
        entities = entity_rows(reading, mentions)
        claims = claim_rows(reading, drafts)
        names = {entity.entity_id: entity.name for entity in entities}
        relations = relation_rows(reading, candidates, drafts, claims, names)
        coverage = coverage_rows(reading, mentions, claims, relations)
        language = detect_language(document.text)
        row = document_row(
            reading,
            language=language,
            sha256=sha256_of(document.text),
            counts=(len(mentions), len(claims), len(relations)),
            title=document.title or _title(reading),
            warnings=document.warnings + not_french(language),
        )
        return Extraction(row, mentions, entities, claims, relations, coverage, document.text)

    def pipe(self, documents: Iterable[Document | str], *, jobs: int = 1) -> Iterator[Extraction]:
        """Read documents lazily and in order; one that fails gives an extraction with an `error` row.

        Args:
            documents: any iterable; plain texts are called `text-1`, `text-2` and so on.
            jobs: processes; more than one needs an operating system that can fork.
        """
        for item in extract_all(self, _named(documents), jobs=jobs):
            yield item.extraction

    def _vocabulary(self) -> AbstractContextManager[object]:
        """The words met first stay; later on those of each document are forgotten, so that memory does not grow."""
        return nullcontext() if len(self.nlp.vocab) < KEPT_WORDS else self.nlp.memory_zone()

    def read(self, document: Document) -> Reading:
        """Everything the stages know of a document before it becomes rows; for explanations and tests."""
        cleaned = clean(document.text)
        published = date.fromisoformat(document.published) if document.published else None
        surface = find_surface(cleaned.text, self.gazetteer, published=published)
        with self._vocabulary():
            tree = parse(self.nlp, cleaned, surface.settled())
        mentions = find_mentions(tree, cleaned, surface, self.gazetteer)
        references = find_references(tree, cleaned, mentions)
        mentions = sorted([*mentions, *references])
        return Reading(document, cleaned, tree, mentions, MentionIndex(tree, mentions), self.gazetteer.entries)


def _named(documents: Iterable[Document | str]) -> Iterator[Document]:
    for number, document in enumerate(documents, start=1):
        yield Document(f"text-{number}", document) if isinstance(document, str) else document


def _title(reading: Reading) -> str:
    for paragraph in reading.clean.paragraphs[:1]:
        if paragraph.role is Role.TITLE:
            return shown(reading.text(paragraph.start, paragraph.end))
    return ""


def extract(text: str) -> Extraction:
    """Read one text with the packaged lexicon; the model is loaded once a process.

    Examples:
        >>> [m.text for m in extract("La Grèce achète dix-huit Rafale.").mentions]
        ['Grèce', 'dix-huit', 'Rafale']
    """
    return packaged_extractor().extract(text)


@cache
def packaged_extractor() -> Extractor:
    """Give the extractor with the packaged lexicon, made once a process."""
    return Extractor()
