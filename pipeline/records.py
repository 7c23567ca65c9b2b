"""Records that cross stage boundaries: frozen, plain, without any spaCy object.

Field order is column order: `pipeline.tables` derives every table from these classes.
Offsets are Unicode code points into the text as read, half-open: `text[start:end]`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1.0"


class Label(StrEnum):
    """What a mention or an entity is."""

    COUNTRY = "COUNTRY"
    WEAPON = "WEAPON"
    WEAPON_CLASS = "WEAPON_CLASS"
    ORGANISATION = "ORGANISATION"
    PERSON = "PERSON"
    PLACE = "PLACE"
    DATE = "DATE"
    QUANTITY = "QUANTITY"
    MONEY = "MONEY"


class Kind(StrEnum):
    """How a mention refers to its entity."""

    NAME = "name"
    ACRONYM = "acronym"
    ALIAS = "alias"
    DEMONYM = "demonym"
    METONYM = "metonym"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    GROUP = "group"
    PATTERN = "pattern"


class RelationType(StrEnum):
    """Relation types of the contract; roles and triggers stand in `data/relations.toml`."""

    COOPERATES_WITH = "COOPERATES_WITH"
    AGREES_WITH = "AGREES_WITH"
    MEETS_WITH = "MEETS_WITH"
    SUPPORTS = "SUPPORTS"
    OPPOSES = "OPPOSES"
    THREATENS = "THREATENS"
    SANCTIONS = "SANCTIONS"
    ATTACKS = "ATTACKS"
    SUPPLIES = "SUPPLIES"
    ACQUIRES = "ACQUIRES"
    PRODUCES = "PRODUCES"
    OPERATES = "OPERATES"
    TESTS = "TESTS"
    DESTROYS = "DESTROYS"
    DEPLOYS_TO = "DEPLOYS_TO"
    MEMBER_OF = "MEMBER_OF"
    HEADS = "HEADS"
    LOCATED_IN = "LOCATED_IN"


class Attribution(StrEnum):
    """Who carries a claim: the newspaper, somebody it reports, or somebody it quotes."""

    AUTHOR = "author"
    REPORTED = "reported"
    QUOTED = "quoted"


class SourceType(StrEnum):
    """What kind of speaker a source is."""

    AUTHOR = "author"
    PERSON = "person"
    OFFICIAL = "official"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    MEDIA = "media"
    AGENCY = "agency"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"


class Polarity(StrEnum):
    """Whether the event is affirmed or negated."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How the event is put forward; the labels and their cues are those of the contract."""

    ASSERTED = "asserted"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    INTENDED = "intended"
    ALLEGED = "alleged"
    HYPOTHETICAL = "hypothetical"
    REQUIRED = "required"


class Tense(StrEnum):
    """When the event lies, seen from the article."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class CoverageStatus(StrEnum):
    """The most that was read from a stretch of the input."""

    RELATION = "relation"
    CLAIM = "claim"
    MENTION = "mention"
    NOTHING = "nothing"
    NOISE = "noise"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Document:
    """One input as read: decoded, nothing else changed.

    `doc_id` is unique within a run. `published` is an ISO 8601 date (YYYY-MM-DD) or "".
    """

    doc_id: str
    text: str
    title: str = ""
    outlet: str = ""
    path: str = ""
    published: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One row of the `documents` table."""

    doc_id: str
    title: str
    outlet: str
    path: str
    published: str
    language: str
    sha256: str
    n_chars: int
    n_words: int
    n_sentences: int
    n_mentions: int
    n_claims: int
    n_relations: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names or points to an entity."""

    mention_id: str
    doc_id: str
    sentence: int
    entity_id: str
    label: Label
    kind: Kind
    text: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions point to, over one document or a whole run.

    `iso3` is set for countries; `category` is the taxonomy id for weapons and classes (`data/categories.csv`)
    and the kind for organisations; `origin` lists ISO 3166-1 alpha-3 codes; `aliases` are surfaces seen.
    """

    entity_id: str
    label: Label
    name: str
    iso3: str
    category: str
    origin: tuple[str, ...]
    aliases: tuple[str, ...]
    n_mentions: int
    n_documents: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that states something about the world, with who says it and how sure.

    `cues` are written `kind:surface@start-end`, in text order.
    """

    claim_id: str
    doc_id: str
    sentence: int
    start: int
    end: int
    text: str
    attribution: Attribution
    source: str
    source_id: str
    source_type: SourceType
    cue: str
    polarity: Polarity
    modality: Modality
    tense: Tense
    factuality_source: str
    factuality_author: str
    cues: tuple[str, ...]
    entity_ids: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link between two entities, with its evidence: `text[start:end]`."""

    relation_id: str
    doc_id: str
    sentence: int
    type: RelationType
    subject_id: str
    subject: str
    object_id: str
    object: str
    counterpart_id: str
    counterpart: str
    place: str
    date: str
    quantity: str
    amount: str
    trigger: str
    start: int
    end: int
    evidence: str
    polarity: Polarity
    modality: Modality
    tense: Tense
    claim_id: str
    source: str
    plover: str
    rule: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """One row of the arms-transfer ledger: (supplier, recipient, weapon) over the whole run."""

    transfer_id: str
    supplier: str
    recipient: str
    weapon: str
    category: str
    quantity: str
    amount: str
    status: str
    date: str
    n_claims: int
    n_documents: int
    n_origins: int
    contradicted: bool
    relation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """One sentence or stretch of noise; together the rows hold every non-space character once."""

    doc_id: str
    sentence: int
    start: int
    end: int
    status: CoverageStatus
    n_mentions: int
    n_claims: int
    n_relations: int
    text: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one document."""

    document: DocumentRow
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    text: str = field(default="", repr=False)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give the tables of the run folder as DataFrames, by name: the same columns and rows as the CSV files."""
        from pipeline.tables import ROWS_OF, TABLES, to_frame
        from pipeline.transfers import transfers

        rows = {name: rows_of(self) for name, rows_of in ROWS_OF.items()}
        rows |= {"entities": self.entities, "transfers": transfers([self], self.entities)}
        return {name: to_frame(table, rows[name]) for name, table in TABLES.items()}

    def to_json(self, *, indent: int | None = None) -> str:
        """Give the object of `extraction.json` as JSON text."""
        from pipeline.exports.jsonable import dump_json, extraction_to_dict

        return dump_json(extraction_to_dict(self), indent=indent)

    def displacy(self) -> dict[str, object]:
        """Give the text and its spans for `spacy.displacy.render(..., style="ent", manual=True)`."""
        spans = sorted({(m.start, m.end, m.label.value) for m in self.mentions})
        ents = [{"start": start, "end": end, "label": label} for start, end, label in spans]
        return {"text": self.text, "ents": ents, "title": self.document.title or None}

    def _repr_html_(self) -> str:
        from pipeline.notebook import to_html

        return to_html(self)


def stable_id(prefix: str, *parts: object) -> str:
    """Name a row by what it says, so that the id survives a rerun and rows added beside it.

    Examples:
        >>> stable_id("m", "article", 0, 6)
        'm_9c41595b6a'
    """
    key = "\x1f".join(str(part) for part in parts)
    return f"{prefix}_{hashlib.blake2b(key.encode('utf-8', 'surrogatepass'), digest_size=5).hexdigest()}"
