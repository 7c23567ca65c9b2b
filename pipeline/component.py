"""The pipeline as a spaCy component: `nlp.add_pipe("defpress")`, found through the package's entry point.

This module is imported with every spaCy model, so it imports nothing heavy beside spaCy itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from pipeline.extractor import Extractor

SPANS = "defpress"


class DefpressComponent:
    """Adds `doc.spans["defpress"]`, `doc._.claims` and `doc._.relations` to a Doc.

    The text is read anew by the package's own model, whatever the components before it: add this one to a blank
    pipeline (`spacy.blank("fr")`) to pay for one parse only. Spans are widened to whole tokens; their `label_` is the
    mention's label, their `kb_id_` its entity.
    """

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        for name in ("claims", "relations"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=())

    def __call__(self, doc: Doc) -> Doc:
        result = self._extractor.extract(doc.text)
        spans = [
            doc.char_span(m.start, m.end, label=m.label.value, kb_id=m.entity_id, alignment_mode="expand")
            for m in result.mentions
        ]
        doc.spans[SPANS] = [span for span in spans if span is not None]
        doc._.claims, doc._.relations = result.claims, result.relations
        return doc


@Language.factory("defpress")
def make_component(nlp: Language, name: str) -> DefpressComponent:
    """Make the component; the extractor is loaded once a process."""
    from pipeline.extractor import packaged_extractor

    return DefpressComponent(packaged_extractor())
