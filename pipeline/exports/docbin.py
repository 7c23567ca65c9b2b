"""`defpress.spacy`: a spaCy DocBin with the mentions and claims as spans, ready for displaCy or for training.

docs = list(DocBin().from_disk("defpress.spacy").get_docs(spacy.blank("fr").vocab))
displacy.render(docs[0], style="span", options={"spans_key": "defpress"})
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from pipeline.exports.files import atomic_path
from pipeline.exports.jsonable import record_to_dict
from pipeline.exports.run import RunData, source_text
from pipeline.records import Claim, Extraction, Mention
from pipeline.tables import without_surrogates

_TOKEN = re.compile(r"\w+|[^\w\s]|\s")


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write the DocBin: `doc.spans["defpress"]` holds mentions, `doc.spans["claims"]` claims labelled by modality.

    `doc.user_data` has `doc_id`, `title` and `relations`. Tokens are cut at the ends of spans, so that every span is
    there; they are not those of a French pipeline. Lone surrogates become U+FFFD. `excel_fr` changes nothing.

    Raises:
        OutputError: if the file cannot be written.
    """
    path = folder / "defpress.spacy"
    vocab = Vocab()
    packed = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for extraction in run.extractions:
        packed.add(_doc(extraction, vocab))
    with atomic_path(path) as temporary:
        temporary.write_bytes(packed.to_bytes())
    return [path]


def _doc(extraction: Extraction, vocab: Vocab) -> Doc:
    text = without_surrogates(source_text(extraction))
    rows: tuple[Mention | Claim, ...] = (*extraction.mentions, *extraction.claims)
    words = _words(text, {cut for row in rows for cut in (row.start, row.end)})
    # A word's one following space belongs to it, as everywhere in spaCy; other white space is a token of its own.
    spaces = [next_word == " " and word != " " for word, next_word in zip(words, [*words[1:], ""], strict=True)]
    kept = [at for at, word in enumerate(words) if not (word == " " and at and spaces[at - 1])]
    doc = Doc(vocab, words=[words[at] for at in kept], spaces=[spaces[at] for at in kept])
    doc.spans["defpress"] = [
        _span(doc, row, label=row.label, span_id=row.mention_id, kb_id=row.entity_id) for row in extraction.mentions
    ]
    doc.spans["claims"] = [_span(doc, row, label=row.modality, span_id=row.claim_id) for row in extraction.claims]
    doc.user_data = {
        "doc_id": without_surrogates(extraction.document.doc_id),
        "title": without_surrogates(extraction.document.title),
        "relations": [_plain(record_to_dict(relation)) for relation in extraction.relations],
    }
    return doc


def _words(text: str, cuts: set[int]) -> list[str]:
    words = []
    for match in _TOKEN.finditer(text):
        inner = sorted(cut for cut in range(match.start() + 1, match.end()) if cut in cuts)
        edges = [match.start(), *inner, match.end()]
        words += [text[start:end] for start, end in pairwise(edges)]
    return words


def _span(doc: Doc, row: Mention | Claim, *, label: str, span_id: str, kb_id: str = "") -> Span:
    # The cuts make every span fit; `expand` is for one that starts or ends with white space.
    span = doc.char_span(row.start, row.end, alignment_mode="expand")
    assert span is not None, (row.doc_id, row.start, row.end)
    return Span(doc, span.start, span.end, label=str(label), span_id=span_id, kb_id=without_surrogates(kb_id))


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {name: without_surrogates(str(value)) if isinstance(value, str) else value for name, value in record.items()}
