"""One article on the terminal: its text with the mentions marked, then its claims and relations."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.cleaning import shown
from pipeline.documents import read_document
from pipeline.errors import on_one_line
from pipeline.exports.jsonable import dump_json, extraction_to_dict
from pipeline.records import (
    Attribution,
    Claim,
    CoverageStatus,
    Extraction,
    Kind,
    Label,
    Mention,
    Modality,
    Polarity,
    Relation,
)

WIDTH = 80
_JOINED = "\ue000"
_RESET, _BOLD, _DIM = "\x1b[0m", "\x1b[1m", "\x1b[2m"
_COLOURS = {
    Label.COUNTRY: "\x1b[1;34m",
    Label.WEAPON: "\x1b[1;31m",
    Label.WEAPON_CLASS: "\x1b[31m",
    Label.ORGANISATION: "\x1b[1;35m",
    Label.PERSON: "\x1b[1;36m",
    Label.PLACE: "\x1b[1;32m",
    Label.DATE: "\x1b[33m",
    Label.QUANTITY: "\x1b[33m",
    Label.MONEY: "\x1b[33m",
}


def show_file(
    path: str, *, as_json: bool = False, colour: bool = False, lexicons: Sequence[str] = (), published: str = ""
) -> str:
    """Extract one article and give what the terminal shows.

    Raises:
        InputError: if the file cannot be read or holds several articles.
    """
    document = read_document(path)
    from pipeline.extractor import Extractor

    extraction = Extractor(lexicons=lexicons).extract(replace(document, published=document.published or published))
    if as_json:
        return dump_json(extraction_to_dict(extraction), indent=2) + "\n"
    return format_extraction(extraction, colour=colour)


def format_extraction(extraction: Extraction, *, colour: bool = False) -> str:
    """Give an article, its claims and its relations as text of at most 80 columns.

    With colour mentions are coloured by label; without, they stand in brackets with their label. What is noise is
    left out, with a word on how much.
    """
    lines = [*_header(extraction, colour), *_article(extraction, colour)]
    lines += ["", _title(f"Claims ({len(extraction.claims)})", colour)]
    lines += [line for claim in extraction.claims for line in _claim(claim, colour)]
    lines += ["", _title(f"Relations ({len(extraction.relations)})", colour)]
    lines += [line for relation in extraction.relations for line in _relation(relation, colour)]
    return "\n".join([*lines, ""])


def _header(extraction: Extraction, colour: bool) -> Iterator[str]:
    row = extraction.document
    about = [part for part in (row.outlet, row.published, f"{row.n_words} words") if part]
    yield _title(on_one_line(row.doc_id), colour)
    yield _dim(on_one_line(" · ".join(about)), colour)
    for warning in row.warnings:
        yield from textwrap.wrap(on_one_line(f"! {warning}"), WIDTH)
    if colour:
        yield " ".join(f"{code}{label.value.lower()}{_RESET}" for label, code in _COLOURS.items() if label < "Q")
    yield ""


def _article(extraction: Extraction, colour: bool) -> Iterator[str]:
    paragraph: list[str] = []
    noise, end = 0, 0
    for row in extraction.coverage:
        if row.status is CoverageStatus.NOISE:
            noise += row.end - row.start
            continue
        if paragraph and "\n" in extraction.text[end : row.start]:
            yield from [*_wrap(paragraph), ""]
            paragraph = []
        paragraph += _words(extraction, row.start, row.end, colour)
        end = row.end
    if paragraph:
        yield from _wrap(paragraph)
    if noise:
        yield _dim(f"({noise} characters of page remains left out)", colour)


def _words(extraction: Extraction, start: int, end: int, colour: bool) -> list[str]:
    """The words of a stretch, marked; blanks inside a mention are `_JOINED`, so that it stays on one line."""
    pieces: list[str] = []
    at = start
    for mention in extraction.mentions:
        if at <= mention.start and mention.end <= end:
            pieces += [_safe(extraction.text[at : mention.start]), _mark(mention, colour)]
            at = mention.end
    return "".join([*pieces, _safe(extraction.text[at:end])]).split()


def _safe(text: str) -> str:
    return " ".join(on_one_line(part.replace("\u00ad", "")) for part in re.split(r"\s+", text))


def _mark(mention: Mention, colour: bool) -> str:
    text = on_one_line(mention.text)
    label = "group" if mention.kind is Kind.GROUP else mention.label.value
    marked = f"{_COLOURS[mention.label]}{text}{_RESET}" if colour else f"[{text} {label}]"
    return marked.replace(" ", _JOINED)


def _wrap(words: list[str]) -> Iterator[str]:
    line, length = "", 0
    for word in words:
        word = word.replace(_JOINED, " ")
        size = len(re.sub(r"\x1b\[[\d;]*m", "", word))
        if line and length + 1 + size > WIDTH:
            yield line
            line, length = "", 0
        line, length = (f"{line} {word}", length + 1 + size) if line else (word, size)
    if line:
        yield line


def _claim(claim: Claim, colour: bool) -> Iterator[str]:
    who = f"{claim.source or claim.attribution} ({claim.attribution})" if claim.source else claim.attribution.value
    if claim.attribution is Attribution.AUTHOR:
        who = "author"
    how = [str(value) for value in (claim.modality, claim.polarity, claim.tense)]
    facts = f"source {claim.factuality_source}, author {claim.factuality_author}"
    yield f"  {_bold(on_one_line(who), colour)} · {' '.join(how)} · {facts}"
    yield from _indented(claim.text)
    yield f"    {_dim(claim.claim_id, colour)}"


def _relation(relation: Relation, colour: bool) -> Iterator[str]:
    link = f"{relation.subject} {relation.type} {relation.object}"
    link += f" ({relation.counterpart})" if relation.counterpart else ""
    notes = [str(v) for v in (relation.modality, relation.polarity, relation.tense)]
    notes = [note for note in notes if note not in (Modality.ASSERTED, Polarity.POSITIVE)]
    notes += [part for part in (relation.quantity, relation.amount, relation.date, relation.place) if part]
    notes += [f"says {relation.source}"] if relation.source else []
    yield f"  {_bold(on_one_line(link), colour)} · {on_one_line(', '.join(notes))}"
    yield from _indented(relation.evidence)
    yield f"    {_dim(relation.relation_id, colour)}"


def _indented(text: str) -> list[str]:
    lines = textwrap.wrap(on_one_line(shown(text)), WIDTH, initial_indent="    ", subsequent_indent="    ")
    return lines if len(lines) <= 4 else [*lines[:4], "    …"]


def _title(text: str, colour: bool) -> str:
    return _bold(text, colour)


def _bold(text: str, colour: bool) -> str:
    return f"{_BOLD}{text}{_RESET}" if colour else text


def _dim(text: str, colour: bool) -> str:
    return f"{_DIM}{text}{_RESET}" if colour else text
