"""Why a row is there: its rule, its cues, the dependency path behind it, its sentence."""

from __future__ import annotations

import textwrap
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.documents.decode import decode
from pipeline.errors import DefpressError, InputError, UsageError, on_one_line
from pipeline.exports.run import ExtractionFile, source_text
from pipeline.records import Claim, Document, Extraction, Mention, Relation, Transfer
from pipeline.review.table import NAME as REVIEW
from pipeline.review.table import read_review
from pipeline.runs.failures import sha256_of
from pipeline.tables import EntityTally
from pipeline.transfers import TransferLedger

if TYPE_CHECKING:
    from pipeline.extractor import Extractor
    from pipeline.reading import Reading

WIDTH = 80
MAX_SHOWN = 10

# What a rule's name means, by its longest known beginning; the part after the colon is the predicate's lemma.
_RULES = {
    "country.name": "a country's name or acronym from countries.csv",
    "country.demonym": "an adjective or people's name from countries.csv",
    "country.capital": "a capital that acts as its state",
    "country.capital-as-place": "a capital as a mere place: nothing makes it an actor here",
    "country.seat": "a seat of power that stands for its state",
    "country.compound": "the first half of a compound (« franco- »)",
    "weapon.lexicon": "a name or alias from weapons/*.csv",
    "weapon.": "a designation that the lexicon does not hold, found by its form",
    "class.": "a weapon noun of weapon_classes.csv with its modifiers",
    "organisation.lexicon": "a name or alias from organisations.csv",
    "organisation.acronym": "an acronym from organisations.csv",
    "organisation.": "found by the words around it (organisation_heads.csv)",
    "place.": "a name from places.csv, or found by the words around it",
    "person.": "found by a title or function beside it (titles.csv)",
    "model.": "a name found by the language model",
    "user.alias": "an alias from your own lexicon",
    "reference.": "refers back to what was named before",
    "date.": "an expression of time, resolved against the publication date where there is one",
    "amount.": "a number with its unit or currency",
    "author.main-clause": "the main clause of a sentence that names somebody or something",
    "claim.que": "a that-clause of a reporting verb",
    "claim.infinitive": "an infinitive of a reporting verb (« dit avoir … »)",
    "claim.incise": "a reporting clause set into the sentence (« …, a-t-il dit »)",
    "claim.quotation": "the predicate stands between quotation marks",
    "claim.selon": "« selon », « d'après » and the like",
    "claim.": "a claim carried by a reporting noun or verb",
    "verb.active": "a verb whose roles are filled as relations.toml says",
    "verb.passive": "a passive verb, its roles turned round",
    "verb.": "a verb whose roles are filled as relations.toml says",
    "noun.": "an event noun whose roles are filled as relations.toml says",
    "phrase.demonym": "a nationality beside a weapon",
    "phrase.holder": "a nationality beside a weapon that its forces use",
    "phrase.office": "a person's function with what it belongs to",
    "phrase.": "two names in one noun phrase",
    "mirror": "the other side of a supply or a purchase stated in the sentence",
}
# What stands behind a + in a rule
_LATER = {
    "document": "the third party stands in another sentence about the same transfer",
    "award": "the supplier is the company that « le contrat » is said to go to soon after",
    "named": "the weapon is the one that « il s'agit de » names soon after",
    "review": "review.csv changed the row",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the run with its document."""

    row: Mention | Claim | Relation
    extraction: Extraction


def explain_row(folder: Path, row_id: str, *, lexicons: Sequence[str] = ()) -> str:
    """Explain a mention, claim, relation, transfer or entity of a run.

    Raises:
        InputError: if the folder holds no readable run.
        UsageError: if the run has no such row.
    """
    run = open_run(folder)
    if ":" in row_id:
        return _entity(run, row_id)
    if row_id.startswith("t_"):
        return _transfer(run, row_id)
    found = _find(run, row_id)
    if found is None:
        advice = _decided(folder, row_id) or "Ids stand in the first column of each table"
        raise UsageError(str(folder), f"there is no row '{row_id}'", "", advice)
    from pipeline.extractor import Extractor

    reading = read_again(Extractor(lexicons=lexicons), found.extraction)
    return "\n".join([*_describe(found), *_path_lines(found, reading), *_sentence(found), ""])


def _decided(folder: Path, row_id: str) -> str:
    decisions = [decision for decision in read_review(folder / REVIEW).decisions if decision.row_id == row_id]
    return f"Line {decisions[0].line} of {REVIEW} says: {decisions[0].action}" if decisions else ""


def open_run(folder: Path) -> ExtractionFile:
    """Give the extractions of a run folder.

    Raises:
        InputError: if there are none.
    """
    path = folder / "extractions.jsonl"
    if not path.is_file():
        advice = "Give a folder written by: defpress extract … --format json"
        raise InputError(str(folder), "holds no extractions.jsonl", "", advice)
    return ExtractionFile(path)


def read_again(extractor: Extractor, extraction: Extraction) -> Reading:
    """Parse a document of a run again: from its file if that is unchanged, else from what the tables show of it."""
    row = extraction.document
    return extractor.read(Document(row.doc_id, _text(extraction), path=row.path, published=row.published))


def _text(extraction: Extraction) -> str:
    row = extraction.document
    try:
        text = decode(Path(row.path).read_bytes(), where=row.path).text
    except (OSError, ValueError, DefpressError):
        return source_text(extraction)
    return text if sha256_of(text) == row.sha256 else source_text(extraction)


def meaning(rule: str) -> str:
    """Say what a rule's name means, "" for a rule not described."""
    first, *later = rule.split("+")
    known = [name for name in _RULES if first.startswith(name)]
    meanings = [_RULES[max(known, key=len)]] if known else []
    return "; ".join([*meanings, *(_LATER[part] for part in later if part in _LATER)])


def wrapped(text: str, indent: str = "  ") -> list[str]:
    """Wrap a text to the terminal, safe to print."""
    return textwrap.wrap(on_one_line(text), WIDTH, initial_indent=indent, subsequent_indent=indent) or [indent]


def _find(run: ExtractionFile, row_id: str) -> _Row | None:
    for extraction in run:
        tables: dict[str, Sequence[Mention | Claim | Relation]] = {
            "mention_id": extraction.mentions, "claim_id": extraction.claims, "relation_id": extraction.relations,
        }  # fmt: skip
        for column, rows in tables.items():
            for row in rows:
                if getattr(row, column) == row_id:
                    return _Row(row, extraction)
    return None


def _describe(found: _Row) -> Iterator[str]:
    row = found.row
    if isinstance(row, Mention):
        yield f"{row.mention_id}: mention of {row.entity_id} in {on_one_line(row.doc_id)}"
        yield f"  text    « {on_one_line(row.text)} », characters {row.start} to {row.end}"
        yield f"  label   {row.label}, {row.kind}"
    elif isinstance(row, Claim):
        yield f"{row.claim_id}: claim in {on_one_line(row.doc_id)}"
        yield f"  who     {on_one_line(row.source) or 'the author'} ({row.source_type}, {row.attribution})"
        yield f"  how     {row.modality}, {row.polarity}, {row.tense}"
        yield f"  facts   for the source {row.factuality_source}, for the author {row.factuality_author}"
        yield f"  cues    {on_one_line('; '.join(row.cues)) or 'none'}"
    else:
        yield f"{row.relation_id}: relation in {on_one_line(row.doc_id)}"
        third = f", {row.counterpart}" if row.counterpart else ""
        yield f"  link    {on_one_line(row.subject)} {row.type} {on_one_line(row.object + third)}"
        yield f"  how     {row.modality}, {row.polarity}, {row.tense}; word « {on_one_line(row.trigger)} »"
        yield f"  claim   {row.claim_id or 'none'}" + (f", says {on_one_line(row.source)}" if row.source else "")
    explained = meaning(row.rule)
    yield f"  rule    {row.rule}" + (f": {explained}" if explained else "")


def _path_lines(found: _Row, reading: Reading) -> Iterator[str]:
    tokens = _tokens(found, reading)
    if not tokens:
        return
    yield "  path"
    for first, second in pairwise(tokens):
        yield from wrapped(path_between(reading, first, second), "    ")
    if len(tokens) == 1:
        yield from wrapped(path_to_root(reading, tokens[0]), "    ")


def _tokens(found: _Row, reading: Reading) -> list[int]:
    """Tokens whose connection explains the row: subject, trigger and object, or the row's own head."""
    row = found.row
    if isinstance(row, Relation):
        inside = [m for m in found.extraction.mentions if row.start <= m.start and m.end <= row.end]
        ends = [next((m for m in inside if m.entity_id == key), None) for key in (row.subject_id, row.object_id)]
        at = found.extraction.text.find(row.trigger, row.start, row.end) if found.extraction.text else -1
        spans = [(m.start, m.end) for m in ends[:1] if m]
        spans += [(at, at + len(row.trigger))] if at >= 0 and row.trigger else _trigger_span(reading, row)
        spans += [(m.start, m.end) for m in ends[1:] if m]
    else:
        spans = [(row.start, row.end)]
    heads = [head_token(reading, start, end) for start, end in spans]
    return list(dict.fromkeys(head for head in heads if head >= 0))


def _trigger_span(reading: Reading, row: Relation) -> list[tuple[int, int]]:
    at = reading.document.text.find(row.trigger, row.start, row.end) if row.trigger else -1
    return [(at, at + len(row.trigger))] if at >= 0 else []


def head_token(reading: Reading, start: int, end: int) -> int:
    """Give the syntactic head of a stretch of the input, -1 where no token lies."""
    clean, tree = reading.clean, reading.tree
    first, last = bisect_left(clean.starts, start), bisect_right(clean.ends, end)
    inside = [i for i in range(tree.token_at(first), len(tree)) if tree.end[i] <= last]
    tops = [i for i in inside if tree.head[i] == i or tree.head[i] not in inside]
    return next((i for i in tops if tree.pos[i] != "PUNCT"), tops[0] if tops else -1)


def path_between(reading: Reading, first: int, second: int) -> str:
    """Write the way through the tree: « Russie <nsubj livre >obj S-400 »."""
    tree = reading.tree
    up, down = [first, *tree.ancestors(first)], [second, *tree.ancestors(second)]
    meeting = next((i for i in up if i in down), None)
    if meeting is None:
        return f"{tree.text[first]} … {tree.text[second]} (in two trees)"
    left, right = up[: up.index(meeting)], down[: down.index(meeting)]
    rising = "".join(f"{tree.text[i]} <{tree.dep[i]} " for i in left)
    falling = "".join(f" >{tree.dep[i]} {tree.text[i]}" for i in reversed(right))
    return f"{rising}{tree.text[meeting]}{falling}"


def path_to_root(reading: Reading, token: int) -> str:
    """Write the way from a token up to the root of its sentence."""
    tree = reading.tree
    chain = [token, *tree.ancestors(token)]
    return "".join(f"{tree.text[i]} <{tree.dep[i]} " for i in chain[:-1]) + f"{tree.text[chain[-1]]} (root)"


def _sentence(found: _Row) -> Iterator[str]:
    row = found.row
    for stretch in found.extraction.coverage:
        if stretch.start < row.end and row.start < stretch.end:
            yield f"  sentence {stretch.sentence}"
            yield from wrapped(stretch.text, "    ")


def _entity(run: ExtractionFile, entity_id: str) -> str:
    tally, seen = EntityTally(), []
    for extraction in run:
        tally.add(extraction)
        seen += [mention for mention in extraction.mentions if mention.entity_id == entity_id]
    known = {entity.entity_id: entity for entity in tally.rows()}
    if not seen:
        from pipeline.lexicon.entry_checks import did_you_mean

        raise UsageError(entity_id, "the run has no such entity", "", did_you_mean(entity_id, known).strip())
    lines = [f"{entity_id}: entity, {len(seen)} mentions"]
    if entity_id in known:
        entity = known[entity_id]
        also = on_one_line("; ".join(entity.aliases)) or "no other"
        lines += [f"  name    {on_one_line(entity.name)}", f"  also    {also}"]
        facts = [entity.iso3, entity.category, ", ".join(entity.origin)]
        lines += [f"  facts   {', '.join(fact for fact in facts if fact) or 'none'}"]
    for rule in dict.fromkeys(mention.rule for mention in seen):
        examples = list(dict.fromkeys(mention.text for mention in seen if mention.rule == rule))
        lines += [f"  rule    {rule}: {meaning(rule)}", *wrapped(", ".join(examples[:MAX_SHOWN]), "          ")]
    lines += [f"  {m.mention_id}  {on_one_line(m.doc_id)[:50]}, sentence {m.sentence}" for m in seen[:MAX_SHOWN]]
    return "\n".join([*lines, *([f"  … {len(seen) - MAX_SHOWN} more"] if len(seen) > MAX_SHOWN else []), ""])


def _transfer(run: ExtractionFile, transfer_id: str) -> str:
    tally, ledger = EntityTally(), TransferLedger()
    for extraction in run:
        tally.add(extraction)
        ledger.add(extraction)
    found: Transfer | None = next((t for t in ledger.rows(tally.rows()) if t.transfer_id == transfer_id), None)
    if found is None:
        raise UsageError(transfer_id, "the run has no such transfer", "", "Ids stand in the first column of transfers")
    link = f"{found.supplier or '?'} to {found.recipient or '?'}: {found.weapon}"
    lines = [f"{transfer_id}: transfer, {on_one_line(link)}", f"  status  {found.status}"]
    lines += ["  sources disagree: some affirm, others deny"] if found.contradicted else []
    lines += [f"  made of {len(found.relation_ids)} relations"]
    wanted = {*found.relation_ids}
    for extraction in run:
        for relation in extraction.relations:
            if relation.relation_id in wanted:
                how = f"{relation.type}, {relation.modality}, {relation.polarity}, {relation.tense}"
                lines += [f"  {relation.relation_id}  {how}, « {on_one_line(relation.trigger)} »"]
                lines += wrapped(relation.evidence, "    ")
    return "\n".join([*lines, ""])
