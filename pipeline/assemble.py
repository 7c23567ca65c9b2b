"""From what the stages found to the rows of the contract: texts, stable ids, input offsets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.claims.draft import Draft
from pipeline.claims.factuality import factuality
from pipeline.claims.sources import source_type
from pipeline.cleaning import shown
from pipeline.entities.classes import class_name
from pipeline.frames.colour import Cue
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.reading import Reading
from pipeline.records import (
    Attribution,
    Claim,
    DocumentRow,
    Entity,
    Kind,
    Label,
    Mention,
    Relation,
    RelationType,
    stable_id,
)  # fmt: skip
from pipeline.relations.candidate import Candidate
from pipeline.relations.details import details
from pipeline.stretches import Stretches
from pipeline.transfer_status import load_status_lexicon
from pipeline.tree import Tree

Carrier = tuple[Draft, Claim]
_TRANSFERS = frozenset((RelationType.SUPPLIES, RelationType.ACQUIRES))
_GOVERNED = 6  # tokens from the word above a noun to the noun
_ENTITY_LABELS = frozenset(Label) - {Label.DATE, Label.QUANTITY, Label.MONEY}


class _Ids:
    """Stable ids, made unique where two rows of a document say the same."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def make(self, prefix: str, *parts: object) -> str:
        name = stable_id(prefix, *parts)
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}-{self._seen[name]}"


def mention_rows(reading: Reading) -> tuple[Mention, ...]:
    """Mentions in text order."""
    ids = _Ids()
    rows = []
    doc_id = reading.document.doc_id
    for found in reading.mentions:
        start, end = reading.source(found.start, found.end)
        rows.append(
            Mention(
                mention_id=ids.make("m", doc_id, start, end, found.label, found.entity_id),
                doc_id=doc_id,
                sentence=reading.sentence(found.start),
                entity_id=found.entity_id,
                label=found.label,
                kind=found.kind,
                text=shown(reading.document.text[start:end]),
                start=start,
                end=end,
                rule=found.rule,
            )
        )
    return tuple(rows)


def entity_rows(reading: Reading, mentions: Iterable[Mention]) -> tuple[Entity, ...]:
    """Entities of the document, in order of id; dates, quantities and sums are values, not entities."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.label in _ENTITY_LABELS:
            groups[mention.entity_id].append(mention)
    return tuple(_entity(reading, key, group) for key, group in sorted(groups.items()))


def _entity(reading: Reading, key: str, group: list[Mention]) -> Entity:
    entry = reading.known.get(key)
    surfaces = [m.text for m in group if m.kind not in (Kind.PRONOUN, Kind.GROUP)]
    name, category, origin, iso3 = entity_name(key, group, reading)
    if entry is not None:
        name, category, origin, iso3 = entry.name, entry.category, entry.origin, entry.iso3
    aliases = tuple(sorted(set(surfaces) - {name}))
    return Entity(key, group[0].label, name, iso3, category, origin, aliases, len(group), 1)


def entity_name(key: str, group: Sequence[Mention], reading: Reading) -> tuple[str, str, tuple[str, ...], str]:
    """(name, category, origin, iso3) of an entity outside the lexicon: its longest surface; a class in the singular."""
    surface = max((m.text for m in group), key=len)
    if group[0].label is Label.WEAPON_CLASS:
        name, category = class_name(surface)
        return name or surface.lower(), category, (), ""
    return surface, "weapon/other" if group[0].label is Label.WEAPON else "", (), ""


def claim_rows(reading: Reading, drafts: Iterable[Draft]) -> tuple[Claim, ...]:
    """Claims in text order."""
    ids = _Ids()
    return tuple(_claim(reading, draft, ids) for draft in drafts)


def _claim(reading: Reading, draft: Draft, ids: _Ids) -> Claim:
    start, end = reading.source(draft.start, draft.end)
    source, source_id = "", ""
    if draft.source is not None:
        source = reading.text(*draft.source)
        low, high = draft.speaker or draft.source
        source_id = next((m.entity_id for m in reading.touching(low, high) if m.label in _ENTITY_LABELS), "")
    cue = reading.text(*draft.cue) if draft.cue else ""
    by_source, by_author = factuality(draft.attribution, draft.polarity, draft.modality, draft.reporting)
    inside = [m for m in reading.touching(draft.start, draft.end) if draft.start <= m.start and m.end <= draft.end]
    doc_id = reading.document.doc_id
    return Claim(
        claim_id=ids.make("c", doc_id, start, end, source),
        doc_id=doc_id,
        sentence=draft.sentence,
        start=start,
        end=end,
        text=shown(reading.document.text[start:end]),
        attribution=draft.attribution,
        source=source,
        source_id=source_id,
        source_type=source_type(reading, draft),
        cue=cue,
        polarity=draft.polarity,
        modality=draft.modality,
        tense=draft.tense,
        factuality_source=by_source,
        factuality_author=by_author,
        cues=cue_cells(reading, draft.cues),
        entity_ids=tuple(dict.fromkeys(m.entity_id for m in inside if m.label in _ENTITY_LABELS)),
        rule=draft.rule,
    )


def cue_cells(reading: Reading, cues: Iterable[Cue]) -> tuple[str, ...]:
    """Cues as `kind:surface@start-end`, input offsets, in text order."""
    cells = []
    for cue in cues:
        for token in cue.tokens:
            start, end = reading.source(reading.tree.start[token], reading.tree.end[token])
            cells.append((start, f"{cue.kind}:{shown(reading.document.text[start:end])}@{start}-{end}"))
    return tuple(dict.fromkeys(cell for _, cell in sorted(cells)))


def relation_rows(
    reading: Reading,
    candidates: Iterable[Candidate],
    drafts: Sequence[Draft],
    claims: Sequence[Claim],
    names: dict[str, str],
) -> tuple[Relation, ...]:
    """Relations in text order of their triggers."""
    ids = _Ids()
    carriers = Stretches(zip(drafts, claims, strict=True), bounds=lambda pair: (pair[0].start, pair[0].end))
    return tuple(_relation(reading, c, carriers, names, ids) for c in candidates)


def _relation(
    reading: Reading,
    found: Candidate,
    carriers: Stretches[Carrier],
    names: dict[str, str],
    ids: _Ids,
) -> Relation:
    tree = reading.tree
    parts = [found.subject, found.object] + ([found.counterpart] if found.counterpart else [])
    sentence = tree.sent[found.trigger]
    first, stop = tree.sentences[sentence]
    low, high = tree.start[first], tree.end[stop - 1]
    inside = [p for p in parts if low <= p.start and p.end <= high]
    begin = min([tree.start[found.trigger], *[p.start for p in inside]])
    near = max(first, found.trigger - _GOVERNED) <= found.governor
    if found.type in _TRANSFERS and near and load_status_lexicon().governs(tree.text[found.governor]):
        begin = min(begin, tree.start[found.governor])  # « l'approbation de la vente » is no sale
    finish = max([tree.end[found.trigger], *[p.end for p in inside]])
    start, end = reading.source(begin, finish)
    claim = _carrier(found, carriers, tree)
    place, day, quantity, amount = (reading.text(*span) if span else "" for span in details(tree, reading.index, found))
    subject, obj = found.subject.entity_id, found.object.entity_id
    counterpart = found.counterpart.entity_id if found.counterpart else ""
    return Relation(
        relation_id=ids.make("r", reading.document.doc_id, found.type, subject, obj, counterpart, start, end),
        doc_id=reading.document.doc_id,
        sentence=sentence,
        type=found.type,
        subject_id=subject,
        subject=names.get(subject, ""),
        object_id=obj,
        object=names.get(obj, ""),
        counterpart_id=counterpart,
        counterpart=names.get(counterpart, ""),
        place=place,
        date=day,
        quantity=quantity,
        amount=amount,
        trigger=shown(found.trigger_text),
        start=start,
        end=end,
        evidence=shown(reading.document.text[start:end]),
        polarity=found.polarity,
        modality=found.modality,
        tense=found.tense,
        claim_id=claim.claim_id if claim else "",
        source=claim.source if claim else "",
        plover=relation_lexicon().types[found.type].plover,
        rule=found.rule,
    )


def _carrier(found: Candidate, carriers: Stretches[Carrier], tree: Tree) -> Claim | None:
    """The narrowest claim that holds the trigger; an attributed one goes before the author's."""
    at = tree.start[found.trigger]
    holding = carriers.touching(at, at + 1)
    holding.sort(key=lambda pair: (pair[0].attribution is Attribution.AUTHOR, pair[0].end - pair[0].start))
    return holding[0][1] if holding else None


def count_words(text: str) -> int:
    """Words of a text: runs of letters and digits, inner apostrophes and hyphens apart."""
    return len(re.findall(r"\w+", text))


def document_row(
    reading: Reading, *, language: str, sha256: str, counts: tuple[int, int, int], title: str, warnings: tuple[str, ...]
) -> DocumentRow:
    """The row of the `documents` table."""
    document = reading.document
    return DocumentRow(
        document.doc_id, title, document.outlet, document.path, document.published, language, sha256,
        len(document.text), count_words(document.text), len(reading.tree.sentences), *counts, warnings,
    )  # fmt: skip
