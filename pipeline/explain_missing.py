"""Why a phrase gave nothing: what was seen around it, and which condition failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cleaning import shown
from pipeline.errors import UsageError, on_one_line
from pipeline.explain import MAX_SHOWN, open_run, read_again, wrapped
from pipeline.extractor import Extractor
from pipeline.frames.frame import noun_frame, verb_frame
from pipeline.lexicon.entry_checks import did_you_mean
from pipeline.lexicon.fold import fold
from pipeline.lexicon.relation_types import RelationLexicon, Trigger, relation_lexicon
from pipeline.reading import Reading
from pipeline.records import Coverage, CoverageStatus, Extraction, Label
from pipeline.relations.slots import fill


@dataclass(frozen=True, slots=True)
class _Place:
    """One sentence of the run that holds the phrase; offsets of the phrase are into the clean text."""

    reading: Reading
    extraction: Extraction
    row: Coverage
    start: int
    end: int


def explain_missing(folder: Path, phrase: str, *, lexicons: Sequence[str] = ()) -> str:
    """Say for each sentence that holds a phrase what was found in it and why there is not more.

    Raises:
        InputError: if the folder holds no readable run.
        UsageError: if no sentence of the run holds the phrase.
    """
    wanted = fold(shown(phrase))
    rows = [
        (extraction, row)
        for extraction in open_run(folder)
        for row in extraction.coverage
        if wanted and wanted in fold(row.text)
    ]
    if not rows:
        raise UsageError("--missing", f"no sentence of the run holds « {phrase} »", "", "Copy it from the article")
    extractor = Extractor(lexicons=lexicons)
    lines = [f"« {on_one_line(phrase)} » stands in {len(rows)} sentence{'s' * (len(rows) > 1)}"]
    for extraction, row in rows[:MAX_SHOWN]:
        lines += ["", f"{on_one_line(extraction.document.doc_id)}, sentence {row.sentence}", *wrapped(row.text)]
        if row.status is CoverageStatus.NOISE:
            lines += ["  noise: a page remain, a menu or a credit by noise.csv; nothing is read there"]
            continue
        lines += _explain(_place(extractor, extraction, row, wanted), phrase, extractor)
    return "\n".join([*lines, ""])


def _place(extractor: Extractor, extraction: Extraction, row: Coverage, wanted: str) -> _Place:
    reading = read_again(extractor, extraction)
    clean = reading.clean
    first = next((i for i, at in enumerate(clean.starts) if at >= row.start), 0)
    at = fold(clean.text).find(wanted, first)
    start = max(at, first)
    return _Place(reading, extraction, row, start, start + len(wanted))


def _explain(place: _Place, phrase: str, extractor: Extractor) -> Iterator[str]:
    yield from _about_mentions(place, phrase, extractor)
    yield from _about_relations(place)
    yield from _about_claims(place)


def _about_mentions(place: _Place, phrase: str, extractor: Extractor) -> Iterator[str]:
    inside = [m for m in place.reading.mentions if m.start < place.end and place.start < m.end]
    for mention in inside:
        text = place.reading.text(mention.start, mention.end)
        yield f"  mention: « {on_one_line(text)} » is {mention.entity_id} ({mention.rule})"
    if inside:
        return
    known = [entry for label in Label if (entry := extractor.gazetteer.lookup(phrase, label))]
    for entity_id in known:
        yield f"  mention: the lexicon knows it as {entity_id}, but the conditions of the form are not met here:"
        yield from wrapped(
            "a name needs its capital, an acronym its capitals, a form marked ambiguous a word of its field nearby "
            "(context_cues.csv)", "    ",
        )  # fmt: skip
    if not known:
        names = (entry.name for entry in extractor.gazetteer.entries.values())
        yield from wrapped(
            "mention: none; no lexicon has this name, no pattern fits and the model sees no name in it."
            f"{did_you_mean(phrase, names)} A name of your own goes into a lexicon: --lexicon FILE"
        )


def _about_relations(place: _Place) -> Iterator[str]:
    tree, lexicon = place.reading.tree, relation_lexicon()
    first, stop = tree.sentences[place.row.sentence]
    found = [r for r in place.extraction.relations if r.sentence == place.row.sentence]
    for relation in found:
        yield f"  relation: {on_one_line(f'{relation.subject} {relation.type} {relation.object}')} ({relation.rule})"
    opened = False
    for i in range(first, stop):
        for kind in ("verb", "noun"):
            for trigger in lexicon.triggers.get((tree.lemma[i], kind), ()):
                if tree.pos[i] == "NOUN" if kind == "noun" else tree.pos[i] in ("VERB", "AUX"):
                    opened = True
                    if any(r.type is trigger.type and r.rule.endswith(f":{tree.lemma[i]}") for r in found):
                        continue
                    yield from _about_trigger(place.reading, i, trigger, lexicon)
    if not opened and not found:
        yield "  relation: no word of the sentence is a trigger in relations.toml"


def _about_trigger(reading: Reading, i: int, trigger: Trigger, lexicon: RelationLexicon) -> Iterator[str]:
    tree, entry = reading.tree, lexicon.types[trigger.type]
    frame = noun_frame(tree, i) if tree.pos[i] == "NOUN" else verb_frame(tree, i)
    subjects = fill(tree, reading.index, frame, trigger.subject, entry.subject)
    objects = fill(tree, reading.index, frame, trigger.object, entry.object, taken=subjects)
    for role, filled, slots, labels in (
        ("subject", subjects, trigger.subject, entry.subject),
        ("object", objects, trigger.object, entry.object),
    ):
        if not filled:
            yield from wrapped(
                f"relation: « {tree.text[i]} » could open {trigger.type}, but no {role} of type "
                f"{', '.join(sorted(labels))} stands in its slots {', '.join(slots)}"
            )


def _about_claims(place: _Place) -> Iterator[str]:
    from pipeline.claims.reporting import reporting_verbs

    found = [c for c in place.extraction.claims if c.sentence == place.row.sentence]
    for claim in found:
        yield f"  claim: {claim.claim_id}, {on_one_line(claim.source) or 'author'} ({claim.rule})"
    if found:
        return
    tree = place.reading.tree
    first, stop = tree.sentences[place.row.sentence]
    verbs = [tree.text[i] for i in range(first, stop) if tree.lemma[i] in reporting_verbs()]
    if verbs:
        yield f"  claim: « {verbs[0]} » reports, but no content clause, infinitive or quotation hangs on it"
    else:
        yield from wrapped(
            "claim: none; no reporting word (reporting.csv), and no main clause with a country, weapon, organisation "
            "or person in it"
        )
