"""Hand-made extractions: no model is needed to test what is written."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from pipeline.exports.run import RunData
from pipeline.records import (
    Attribution,
    Claim,
    Coverage,
    CoverageStatus,
    DocumentRow,
    Entity,
    Extraction,
    Kind,
    Label,
    Mention,
    Modality,
    Polarity,
    Relation,
    RelationType,
    SourceType,
    Tense,
    Transfer,
    stable_id,
)
from pipeline.tables import merge_entities

NAMES = {
    "COUNTRY:ARM": "Arménie",
    "COUNTRY:FRA": "France",
    "COUNTRY:GRC": "Grèce",
    "COUNTRY:IRN": "Iran",
    "COUNTRY:RUS": "Russie",
    "WEAPON:caesar": "Caesar",
    "WEAPON:rafale": "Rafale",
    "WEAPON:s-400": "S-400",
    "ORGANISATION:afp": "AFP",
}


class Article:
    """Puts an extraction together from surfaces; offsets are looked up in the text."""

    def __init__(self, doc_id: str, text: str, **fields: Any) -> None:
        self.doc_id, self.text, self.fields = doc_id, text, fields
        self.sentences = [match.span() for match in re.finditer(r"\S[^.!?\n]*[.!?]?", text)]
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []
        self.relations: list[Relation] = []

    def sentence_at(self, offset: int) -> int:
        return next(number for number, (start, end) in enumerate(self.sentences) if start <= offset < end)

    def mention(self, surface: str, entity_id: str, kind: str = "name", nth: int = 0) -> Article:
        start = [match.start() for match in re.finditer(re.escape(surface), self.text)][nth]
        self.mentions.append(
            Mention(
                mention_id=stable_id("m", self.doc_id, start),
                doc_id=self.doc_id,
                sentence=self.sentence_at(start),
                entity_id=entity_id,
                label=Label(entity_id.split(":")[0]),
                kind=Kind(kind),
                text=surface,
                start=start,
                end=start + len(surface),
                rule="lexicon",
            )
        )
        return self

    def claim(self, surface: str, **fields: Any) -> Article:
        start = self.text.index(surface)
        row = Claim(
            claim_id=stable_id("c", self.doc_id, start),
            doc_id=self.doc_id,
            sentence=self.sentence_at(start),
            start=start,
            end=start + len(surface),
            text=surface,
            attribution=Attribution.AUTHOR,
            source="",
            source_id="",
            source_type=SourceType.AUTHOR,
            cue="",
            polarity=Polarity.POSITIVE,
            modality=Modality.ASSERTED,
            tense=Tense.PAST,
            factuality_source="CT+",
            factuality_author="CT+",
            cues=(),
            entity_ids=tuple(m.entity_id for m in self.mentions if start <= m.start < start + len(surface)),
            rule="main-clause",
        )
        self.claims.append(replace(row, **fields))
        return self

    def relation(self, type_: str, subject_id: str, object_id: str, evidence: str, **fields: Any) -> Article:
        start = self.text.index(evidence)
        counterpart_id = fields.get("counterpart_id", "")
        row = Relation(
            relation_id=stable_id("r", self.doc_id, type_, subject_id, object_id, start),
            doc_id=self.doc_id,
            sentence=self.sentence_at(start),
            type=RelationType(type_),
            subject_id=subject_id,
            subject=NAMES.get(subject_id, subject_id),
            object_id=object_id,
            object=NAMES.get(object_id, object_id),
            counterpart_id="",
            counterpart=NAMES.get(counterpart_id, counterpart_id),
            place="",
            date="",
            quantity="",
            amount="",
            trigger="livrer",
            start=start,
            end=start + len(evidence),
            evidence=evidence,
            polarity=Polarity.POSITIVE,
            modality=Modality.ASSERTED,
            tense=Tense.PAST,
            claim_id=next((c.claim_id for c in self.claims if c.start <= start < c.end), ""),
            source="",
            plover="AID",
            rule="frame:SUPPLIES",
        )
        self.relations.append(replace(row, **fields))
        return self

    def build(self) -> Extraction:
        return Extraction(
            document=self._document(),
            mentions=tuple(sorted(self.mentions, key=lambda row: row.start)),
            entities=self._entities(),
            claims=tuple(self.claims),
            relations=tuple(self.relations),
            coverage=tuple(self._coverage(number) for number in range(len(self.sentences))),
            text=self.text,
        )

    def _document(self) -> DocumentRow:
        row = DocumentRow(
            doc_id=self.doc_id,
            title=self.text.split("\n")[0][:80],
            outlet="",
            path=f"{self.doc_id}.txt",
            published="",
            language="fr",
            sha256="0" * 64,
            n_chars=len(self.text),
            n_words=len(self.text.split()),
            n_sentences=len(self.sentences),
            n_mentions=len(self.mentions),
            n_claims=len(self.claims),
            n_relations=len(self.relations),
            warnings=(),
        )
        return replace(row, **self.fields)

    def _entities(self) -> tuple[Entity, ...]:
        ids = sorted({mention.entity_id for mention in self.mentions})
        return tuple(self._entity(entity_id) for entity_id in ids)

    def _entity(self, entity_id: str) -> Entity:
        mine = [mention for mention in self.mentions if mention.entity_id == entity_id]
        label, _, key = entity_id.partition(":")
        return Entity(
            entity_id=entity_id,
            label=Label(label),
            name=NAMES.get(entity_id, mine[0].text),
            iso3=key if label == "COUNTRY" else "",
            category="aircraft/fighter" if key == "rafale" else "",
            origin=("FRA",) if key in {"rafale", "caesar"} else (),
            aliases=tuple(sorted({mention.text for mention in mine})),
            n_mentions=len(mine),
            n_documents=1,
        )

    def _coverage(self, number: int) -> Coverage:
        start, end = self.sentences[number]
        mentions = sum(row.sentence == number for row in self.mentions)
        claims = sum(row.sentence == number for row in self.claims)
        relations = sum(row.sentence == number for row in self.relations)
        statuses = (CoverageStatus.MENTION, CoverageStatus.CLAIM, CoverageStatus.RELATION)
        reached = [status for status, count in zip(statuses, (mentions, claims, relations), strict=True) if count]
        status = reached[-1] if reached else CoverageStatus.NOTHING
        return Coverage(self.doc_id, number, start, end, status, mentions, claims, relations, self.text[start:end])


def make_run(*extractions: Extraction, transfers: tuple[Transfer, ...] = (), **fields: Any) -> RunData:
    """Give a run of these extractions."""
    return RunData(extractions=extractions, entities=merge_entities(extractions), transfers=transfers, **fields)


def greece() -> Extraction:
    """An article with each kind of row."""
    text = (
        "La Grèce renforce son aviation\n"
        "La France a livré six Rafale à la Grèce le 21 juillet 2021. "
        "Selon l'AFP, Athènes pourrait commander d'autres Rafale. "
        "« Nous n'avons pas vendu de S-400 à l'Iran », a assuré Moscou. "
        "Le temps était couvert.\n"
    )
    article = Article("grece-rafale", text, outlet="Le Courrier de l'Égée", published="2021-07-22")
    article.mention("Grèce", "COUNTRY:GRC").mention("France", "COUNTRY:FRA").mention("Rafale", "WEAPON:rafale")
    article.mention("Grèce", "COUNTRY:GRC", nth=1).mention("AFP", "ORGANISATION:afp", "acronym")
    article.mention("Athènes", "COUNTRY:GRC", "metonym").mention("Rafale", "WEAPON:rafale", nth=1)
    article.mention("S-400", "WEAPON:s-400").mention("Iran", "COUNTRY:IRN").mention("Moscou", "COUNTRY:RUS", "metonym")
    article.claim("La France a livré six Rafale à la Grèce le 21 juillet 2021.")
    article.claim(
        "Athènes pourrait commander d'autres Rafale",
        attribution=Attribution.REPORTED,
        source="AFP",
        source_id="ORGANISATION:afp",
        source_type=SourceType.AGENCY,
        cue="selon",
        modality=Modality.POSSIBLE,
        tense=Tense.FUTURE,
        factuality_source="PS+",
        factuality_author="Uu",
        cues=("source:Selon@91-96", "modality:pourrait@113-121"),
    )
    article.claim(
        "Nous n'avons pas vendu de S-400 à l'Iran",
        attribution=Attribution.QUOTED,
        source="Moscou",
        source_id="COUNTRY:RUS",
        source_type=SourceType.GOVERNMENT,
        cue="assurer",
        polarity=Polarity.NEGATIVE,
        factuality_source="CT-",
        factuality_author="Uu",
    )
    article.relation(
        "SUPPLIES",
        "COUNTRY:FRA",
        "WEAPON:rafale",
        "La France a livré six Rafale à la Grèce le 21 juillet 2021",
        counterpart_id="COUNTRY:GRC",
        quantity="6",
        date="2021-07-21",
    )
    article.relation(
        "ACQUIRES",
        "COUNTRY:GRC",
        "WEAPON:rafale",
        "Athènes pourrait commander d'autres Rafale",
        modality=Modality.POSSIBLE,
        tense=Tense.FUTURE,
        trigger="commander",
        source="AFP",
    )
    article.relation(
        "SUPPLIES",
        "COUNTRY:RUS",
        "WEAPON:s-400",
        "Nous n'avons pas vendu de S-400 à l'Iran",
        counterpart_id="COUNTRY:IRN",
        polarity=Polarity.NEGATIVE,
        trigger="vendre",
        source="Moscou",
    )
    return article.build()


HOSTILE = (
    '=HYPERLINK("http://x")',
    "+33 1",
    "-5 chars",
    "@SUM(A1)",
    "\tfin",
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<!-- <script>",
    'l\'"œil";,',
    "deux\nlignes",
    "nul\x00octet\x07",
    "demi \ud800 paire",
    "ligne\u2028coupée\u2029ici\u0085",
    "{{ 7*7 }} {% raw %} ${1}",
    "&amp;",
    "javascript:alert(1)",
    "'=1+1",
)


def hostile(payload: str) -> Extraction:
    """An article whose every text is the payload."""
    text = f"{payload} livre Rafale.\n"
    article = Article(
        payload, text, title=payload, outlet=payload, path=f"../{payload}", language=payload, warnings=(payload,)
    )
    article.sentences = [(0, len(text.rstrip()))]
    article.mention(payload, f"ORGANISATION:{payload}").mention("Rafale", "WEAPON:rafale")
    article.claim(text.rstrip(), source=payload, cue=payload, cues=(payload,), rule=payload)
    article.relation(
        "SUPPLIES",
        f"ORGANISATION:{payload}",
        "WEAPON:rafale",
        text.rstrip(),
        source=payload,
        trigger=payload,
        quantity=payload,
        place=payload,
        date=payload,
        rule=payload,
    )
    return article.build()


@pytest.fixture
def article() -> Extraction:
    return greece()


@pytest.fixture
def run(article: Extraction) -> RunData:
    return make_run(article)


@pytest.fixture
def hostile_run() -> RunData:
    return make_run(*(hostile(payload) for payload in HOSTILE))
