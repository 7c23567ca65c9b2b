"""French sentences with their mentions marked: « Le [président](…) » keeps a test readable as text."""

from __future__ import annotations

import re

from pipeline.extractor import Extractor
from pipeline.records import Document

_MARK = re.compile(r"\[([^\]]+)\]\(([A-Z_]+)(?::([^)]+))?\)")


def plain(marked: str) -> str:
    """The sentence without its marks."""
    return _MARK.sub(r"\1", marked)


def expected(marked: str) -> list[tuple[str, str, str]]:
    """(label, surface, entity or "") of every mark, in text order."""
    return [(label, surface, entity or "") for surface, label, entity in _MARK.findall(marked)]


def found(extractor: Extractor, text: str, *labels: str) -> list[tuple[str, str, str]]:
    """(label, surface, entity without its label) of the mentions with one of the labels, in text order."""
    reading = extractor.read(Document("test", text))
    return [
        (m.label.value, reading.text(m.start, m.end), m.entity_id.partition(":")[2])
        for m in reading.mentions
        if m.label.value in labels
    ]


def check(extractor: Extractor, marked: str, *labels: str) -> None:
    """Assert that exactly the marked mentions are found, with the entity where the mark gives one."""
    wanted = expected(marked)
    given = found(extractor, plain(marked), *labels)
    assert [m[:2] for m in given] == [m[:2] for m in wanted]
    for (_, surface, entity), (_, _, identity) in zip(wanted, given, strict=True):
        assert not entity or entity == identity, surface
