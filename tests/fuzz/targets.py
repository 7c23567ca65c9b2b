"""What is fuzzed, one function a target: bytes in, nothing out, an exception where something does not hold.

An input may be refused by an error of the tool itself, which must be one line; nothing else may be raised.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import networkx as nx

from pipeline.claims.quotes import find_quotations
from pipeline.cleaning import Clean, clean
from pipeline.documents.dates import iso_date
from pipeline.documents.decode import decode
from pipeline.documents.html import read_page
from pipeline.documents.records import read_csv, read_jsonl
from pipeline.entities.amounts import find_amounts
from pipeline.entities.dates import find_dates
from pipeline.entities.found import Found
from pipeline.errors import DefpressError, InputError
from pipeline.exports import export
from pipeline.exports.jsonable import dump_json, extraction_from_dict, extraction_to_dict
from pipeline.extractor import Extractor, packaged_extractor
from pipeline.frames.frame import noun_frame, verb_frame
from pipeline.lexicon.fold import fold
from pipeline.lexicon.forms import match_fold
from pipeline.lexicon.user import read_user_lexicon, with_user_lexicons
from pipeline.records import Document, Extraction
from pipeline.sentences import sentence_starts
from pipeline.tables import TABLES, cells, to_csv, unescape_cell, without_surrogates
from pipeline.tree import Tree
from tests.exports.conftest import hostile, make_run
from tests.fuzz.texts import text_of
from tests.fuzz.trees import tree_of
from tests.grounding import ungrounded

_FORMATS = ("csv", "json", "html", "sqlite", "graphml", "gexf")


def decoding(data: bytes) -> None:
    """Bytes are a text, or refused; UTF-8 comes back as it is."""
    try:
        found = decode(data, where="a.txt")
    except InputError as error:
        assert "\n" not in str(error)
        return
    found.text.encode("utf-8", "surrogatepass")
    if found.warnings == () and not data.startswith(b"\xef\xbb\xbf"):
        assert found.text.encode() == data


def pages(data: bytes) -> None:
    """Any markup gives a text and fields that are clean."""
    page = read_page(data.decode("utf-8", "replace"))
    assert isinstance(page.text, str)
    assert page.fields.get("published", "") == iso_date(page.fields.get("published", ""))
    assert all(value.strip() for value in page.fields.values())


def json_lines(data: bytes) -> None:
    """Every line is an article or one error."""
    _records(read_jsonl, data)


def csv_records(data: bytes) -> None:
    """Every row is an article or one error."""
    _records(read_csv, data)


def _records(reader: Callable[..., object], data: bytes) -> None:
    for item in reader(data.decode("utf-8", "surrogateescape"), path="a.x"):  # type: ignore[attr-defined]
        if isinstance(item, Document):
            assert item.text.strip() and item.doc_id.strip()
            assert item.published == iso_date(item.published)
        else:
            assert isinstance(item, InputError) and "\n" not in str(item)


def cleaning(data: bytes) -> None:
    """Clean text leads back to the input, and with the noise holds every letter and digit of it."""
    text = text_of(data)
    found = clean(text)
    assert len(found.starts) == len(found.ends) == len(found.text)
    assert list(found.starts) == sorted(found.starts) and list(found.ends) == sorted(found.ends)
    assert all(0 <= a <= b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))
    assert "\n".join(found.text[p.start : p.end] for p in found.paragraphs) == found.text
    held = {at for start, end in found.noise for at in range(start, end)}
    for paragraph in found.paragraphs:
        held.update(range(*found.source(paragraph.start, paragraph.end)))
        starts = sentence_starts(found.text[paragraph.start : paragraph.end])
        assert starts[0] == 0 and starts == sorted(set(starts)) and starts[-1] < paragraph.end - paragraph.start
    assert not any(char.isalnum() for at, char in enumerate(text) if at not in held)
    assert len(fold(text)) == len(match_fold(text)) == len(text)


def quotations(data: bytes) -> None:
    """Quotations stand between marks, in order, apart."""
    text = text_of(data)
    found = find_quotations(text)
    assert all(text[q.start - 1] in '«“"' and text[q.end] in '»”"' for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def values(data: bytes) -> None:
    """Dates and amounts stand inside the text, in order, apart; publication dates are ISO or nothing."""
    text = text_of(data)
    published = date(1999, 12, 31) if len(data) % 2 else None
    dates = find_dates(text, published=published)
    for found in (dates, find_amounts(text, dates=dates)):
        _apart(found, text)
        assert all(f.entity_id and "\n" not in text[f.start : f.end] for f in found)
    written = iso_date(text)
    assert not written or date.fromisoformat(written)


def _apart(found: list[Found], text: str) -> None:
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def frames(data: bytes) -> None:
    """Frames of any tree hold tokens of their sentence; what is read from them goes back to the text."""
    half = len(data) // 2

    def parse(_: object, cleaned: Clean, __: object) -> Tree:
        return tree_of(data[half:], cleaned)

    with patch("pipeline.extractor.parse", parse):
        document = Document("text", text_of(data[:half]), published="2024-02-29" if len(data) % 2 else "")
        tree = _extractor().read(document).tree
        for i in range(len(tree)):
            for frame in (verb_frame(tree, i), noun_frame(tree, i)):
                inside = [*frame.agents, *frame.patients, *frame.governors, *(c.head for c in frame.complements)]
                assert {tree.sent[k] for k in inside} <= {tree.sent[i]}
        _holds(_extractor().extract(document))


def extraction(data: bytes) -> None:
    """The whole extractor: every cell goes back to the text, every character is covered once."""
    _holds(_extractor().extract(text_of(data)))


def _holds(result: Extraction) -> None:
    assert ungrounded(result)[:3] == []
    sentences = {row.sentence for row in result.coverage}
    assert all(row.sentence in sentences for row in (*result.mentions, *result.claims, *result.relations))
    known = {entity.entity_id for entity in result.entities}
    for relation in result.relations:
        assert {relation.subject_id, relation.object_id} <= known
        assert relation.claim_id in {"", *(claim.claim_id for claim in result.claims)}
    _comes_back(result)


def tables(data: bytes) -> None:
    """Hostile text in every cell comes back from CSV and JSON."""
    _comes_back(_article(data))


def _comes_back(result: Extraction) -> None:
    written = dump_json(extraction_to_dict(result))
    assert "\n" not in written
    assert dump_json(extraction_to_dict(extraction_from_dict(json.loads(written)))) == written
    for name in ("mentions", "claims", "relations", "coverage"):
        rows = getattr(result, name)
        for excel in (False, True):
            lines = csv.reader(
                io.StringIO(to_csv(TABLES[name], rows, excel_fr=excel), newline=""), delimiter=",;"[excel]
            )
            read = [[unescape_cell(cell) for cell in line] for line in lines][1:]
            assert read == [[without_surrogates(str(cell)) for cell in cells(TABLES[name], row)] for row in rows]


def exporters(data: bytes) -> None:
    """Every format is written, and read back by what its users use."""
    article = _article(data)
    with tempfile.TemporaryDirectory() as out:
        export(make_run(article), Path(out), formats=_FORMATS)
        with sqlite3.connect(Path(out, "defpress.sqlite")) as base:
            for name in ("mentions", "claims", "relations"):
                (count,) = base.execute(f"SELECT count(*) FROM {name}").fetchone()
                assert count == len(getattr(article, name))
        assert nx.read_gexf(next(Path(out).glob("*.gexf"))).nodes
        assert nx.read_graphml(next(Path(out).glob("*.graphml")), force_multigraph=True).nodes
        page = next(Path(out).glob("*.html")).read_text(encoding="utf-8")
        assert page.count("</script>") == page.count("<script")


def _article(data: bytes) -> Extraction:
    return hostile(text_of(data).strip() or "x")


def lexicon(data: bytes) -> None:
    """A user's file is used, or refused on one line."""
    suffix, raw = (".toml", data) if data[:1] < b"\x80" else (".csv", data[1:])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"mine{suffix}")
        path.write_bytes(raw)
        try:
            assert all(problem.strip() for problem in read_user_lexicon(path).problems)
            assert with_user_lexicons([path]).find("La Russie a livré des S-400 à l'Iran.")
        except DefpressError as error:
            assert "\n" not in str(error)


@cache
def _extractor() -> Extractor:
    return packaged_extractor()


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        decoding, pages, json_lines, csv_records, cleaning, quotations, values, frames, extraction, tables, exporters,
        lexicon,
    )
}  # fmt: skip
