"""What holds for any text: no exception, offsets that hold, every character covered once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.claims.quotes import find_quotations
from pipeline.cleaning import clean
from pipeline.entities.classes import find_classes
from pipeline.entities.dates import find_dates
from pipeline.extractor import Extractor
from pipeline.lexicon.fold import fold
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.records import Extraction
from pipeline.sentences import sentence_starts

DETERMINED = settings(
    derandomize=True, deadline=None, max_examples=1000, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
PARSED = settings(DETERMINED, max_examples=500)

# Words that open rules, and characters that have broken readers of text
_WORDS = """La Russie a livré des S-400 à l'Iran . selon Kiev , « Nous ne paierons pas » dit le ministre russe M. Poutine
qui que aurait pourrait n' exclut pas d' acheter 18 Rafale pour 2,5 milliards d'euros en mai 2023 et ( l'OTAN ) ses
Emmanuel Macron accuse les deux pays ! ? … : ; - — " “ ” ni sans Si Paris Athènes Moscou""".split()
_HOSTILE = [
    "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ud800", "\udfff", "e\u0301", "\u0301", "\u202e", "\u2066",
    "\u200b", "\u00ad", "\ufeff", "\u00a0", "\u202f", "😀", "👩‍🚀", "🇫🇷", "«", "»", "“", '"', "[", "]", "(", ")", "\n", "\n\n",
    "\r\n", "\t", "ﬁ", "İ", "ß", "ǆ", "\uffff", "\U0010ffff", "中文", "العربية", "x" * 450, "=1+1", "![]() |", "1" * 40,
]  # fmt: skip

any_text = st.text(max_size=200)
press_like = st.lists(st.sampled_from(_WORDS + _HOSTILE), max_size=40).map(" ".join)
glued = st.lists(st.sampled_from(_WORDS + _HOSTILE), max_size=25).map("".join)
texts = st.one_of(any_text, press_like, glued)


@DETERMINED
@given(texts)
def test_clean_text_leads_back_to_the_input(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.starts) == len(cleaned.ends) == len(cleaned.text)
    for i in range(len(cleaned.text)):
        start, end = cleaned.source(i, i + 1)
        assert 0 <= start <= end <= len(text)
    assert list(cleaned.starts) == sorted(cleaned.starts)


@DETERMINED
@given(texts)
def test_clean_text_and_noise_hold_every_visible_character(text: str) -> None:
    cleaned = clean(text)
    held = {at for start, end in cleaned.noise for at in range(start, end)}
    for paragraph in cleaned.paragraphs:
        held.update(range(*cleaned.source(paragraph.start, paragraph.end)))
    missed = {at for at, char in enumerate(text) if not char.isspace()} - held
    assert not any(text[at].isalnum() for at in missed)


@DETERMINED
@given(texts)
def test_paragraphs_are_trimmed_and_hold_the_clean_text(text: str) -> None:
    cleaned = clean(text)
    assert "\n".join(cleaned.text[p.start : p.end] for p in cleaned.paragraphs) == cleaned.text
    assert all(p.start < p.end for p in cleaned.paragraphs)


@DETERMINED
@given(texts)
def test_sentences_start_in_order_inside_the_text(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(start < len(text) for start in starts[1:])


@DETERMINED
@given(texts)
def test_quotations_stand_between_marks_without_overlap(text: str) -> None:
    quotations = find_quotations(text)
    for quotation in quotations:
        assert text[quotation.start - 1] in '«“"'
        assert text[quotation.end] in '»”"'
    ends = [at for quotation in quotations for at in (quotation.start, quotation.end)]
    assert ends == sorted(ends)


@DETERMINED
@given(texts)
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@DETERMINED
@given(texts)
def test_finders_stay_inside_the_text_and_apart(text: str) -> None:
    cleaned = clean(text).text
    for found in (Gazetteer.packaged().find(cleaned), find_classes(cleaned), find_dates(cleaned, published=None)):
        for mention in found:
            assert 0 <= mention.start < mention.end <= len(cleaned)
    names = sorted(Gazetteer.packaged().find(cleaned))
    assert all(a.end <= b.start for a, b in pairwise(names) if a.label == b.label)


@pytest.mark.model
@PARSED
@given(texts)
def test_extraction_goes_back_to_its_text(
    extractor: Extractor, ungrounded: Callable[[Extraction], list[str]], text: str
) -> None:
    result = extractor.extract(text)
    assert ungrounded(result) == []


@pytest.mark.model
@settings(PARSED, max_examples=150)
@given(st.lists(press_like, min_size=1, max_size=4))
def test_paragraphs_are_read_apart(extractor: Extractor, paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    for row in extractor.extract(text).mentions:
        assert "\n\n" not in text[row.start : row.end]


@pytest.mark.model
@settings(PARSED, max_examples=150)
@given(texts)
def test_json_of_any_text(extractor: Extractor, text: str) -> None:
    extractor.extract(text).to_json().encode("utf-8")
