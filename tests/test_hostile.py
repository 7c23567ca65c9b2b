"""Bad and hostile text: read without an exception, in bounded time, and covered to the last character."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from pipeline.extractor import Extractor
from pipeline.records import Coverage, CoverageStatus, Extraction

pytestmark = pytest.mark.model

SENTENCE = "L'Iran a livré des S-400 à la Russie."
NOISE = {CoverageStatus.NOISE}


@pytest.fixture
def read(extractor: Extractor, ungrounded: Callable[[Extraction], list[str]]) -> Callable[..., Extraction]:
    """Read a text in at most so many seconds of work, whatever else the machine does, and check that it is covered."""

    def read_within(text: str, seconds: float = 10.0) -> Extraction:
        begin = time.process_time()
        result = extractor.extract(text)
        assert time.process_time() - begin < seconds
        assert ungrounded(result)[:3] == []
        return result

    return read_within


def statuses(result: Extraction) -> set[CoverageStatus]:
    return {row.status for row in result.coverage}


NOTHING = [
    pytest.param("", id="empty"),
    pytest.param("   \t \n\r\n  \u00a0\u2003 ", id="white-space"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_gives_empty_tables(read: Callable[..., Extraction], text: str) -> None:
    result = read(text)
    assert (result.mentions, result.claims, result.relations, result.coverage) == ((), (), (), ())


ONLY_NOISE = [
    pytest.param("... !!! ??? ;;; — – « » \" ' ( ) [ ]", id="punctuation"),
    pytest.param("\x00\x01\x02\x07\x1b\x7f", id="control-characters"),
    pytest.param("\ud800\udc00\udfff", id="lone-surrogates"),
    pytest.param("\u202e\u202d\u2066\u2069", id="bidi-marks"),
    pytest.param("\u200b\u200c\u200d\u2060\ufeff", id="zero-width"),
    pytest.param("😀👩‍🚀🇫🇷", id="emoji"),
    pytest.param("\u0301\u0302\u0303", id="combining-marks"),
    pytest.param("x" * 1_000_000, id="no-space"),
    pytest.param("é" * 1_000_000, id="no-space-accented"),
    pytest.param("\u0301" * 100_000, id="marks-without-end"),
    pytest.param("\ufffd" * 1000, id="replacement-characters"),
    pytest.param("12 34 56\n\n78 90", id="digits"),
]


@pytest.mark.parametrize("text", ONLY_NOISE)
def test_what_is_no_text_is_noise(read: Callable[..., Extraction], text: str) -> None:
    assert statuses(read(text)) == NOISE


STILL_READ = [
    ("nul", "L'Iran\x00a livré des S-400 à la Russie."),
    ("control-characters", "L'Iran a\x07 livré des S-400 à la Russie.\x1a"),
    ("lone-surrogate", "L'Iran a livré des S-400 à la Russie. \ud83d"),
    ("decomposed-accents", "L'Iran a livre\u0301 des S-400 a\u0300 la Russie."),
    ("bidi-override", "L'Iran \u202ea livré\u202c des S-400 à la Russie."),
    ("bidi-isolates", "L'Iran a livré des \u2066S-400\u2069 à la Russie."),
    ("zero-width-spaces", "L'Iran a liv\u200bré des S-\u200b400 à la Rus\u200bsie."),
    ("soft-hyphens", "L'Iran a li\u00advré des S-400 à la Rus\u00adsie."),
    ("byte-order-mark", "\ufeffL'Iran a livré des S-400 à la Russie."),
    ("no-break-spaces", "L'Iran\u00a0a\u202flivré des\u2007S-400 à la Russie."),
    ("no-break-hyphen", "L\u2019Iran a livré des S\u2011400 à la Russie."),
    ("emoji", "L'Iran a livré des S-400 à la Russie. 🚀🚀"),
    ("no-final-newline", SENTENCE),
    ("windows-newlines", f"{SENTENCE}\r\n\r\n"),
    ("noise-around", f"![]() |\n\n{SENTENCE}\n\nPartager sur Facebook"),
    ("markup", f"<script>alert(1)</script>\n\n{SENTENCE}"),
]


@pytest.mark.parametrize("text", [pytest.param(case[1], id=case[0]) for case in STILL_READ])
def test_what_is_still_read(read: Callable[..., Extraction], text: str) -> None:
    links = {(r.subject, r.type.value, r.object, r.counterpart) for r in read(text).relations}
    assert ("Iran", "SUPPLIES", "S-400", "Russie") in links


BROKE = [
    # texts that once raised an exception, cut down
    pytest.param('La selon - Russie " aurait', id="a-dash-as-a-source"),
    pytest.param("Le 3 mai,\nselon Kiev.", id="a-source-without-content"),
    pytest.param("\u00ad", id="only-a-soft-hyphen"),
    pytest.param("selon Moscou", id="only-a-source"),
    pytest.param("L'un de ses alliés a livré des chars.", id="one-of-his"),
    pytest.param("La plupart de leurs armées ont refusé.", id="most-of-theirs"),
    pytest.param("Moscou va " + "faire " * 1500 + "savoir que Paris cède.", id="causatives-without-end"),
    pytest.param("Selon le ministre, le rapport indique que Moscou a livré des S-400, a-t-il dit.", id="three-sources"),
]


@pytest.mark.parametrize("text", BROKE)
def test_what_once_broke(read: Callable[..., Extraction], text: str) -> None:
    read(text)


BESIDE = [
    pytest.param("x" * 300_000, id="no-space"),
    pytest.param("«" * 2000, id="opening-marks"),
    pytest.param("(" * 399, id="parentheses"),
    pytest.param("\ud800" * 300, id="surrogates"),
]


@pytest.mark.parametrize("rubbish", BESIDE)
def test_rubbish_does_not_hide_the_next_paragraph(read: Callable[..., Extraction], rubbish: str) -> None:
    result = read(f"{rubbish}\n\n{SENTENCE}")
    assert CoverageStatus.RELATION in statuses(result)


LONG = [
    pytest.param("« " * 25_000 + "» " * 25_000, id="quotation-marks-nested"),
    pytest.param("« oui » " * 25_000, id="quotation-marks-in-turn"),
    pytest.param('" ' * 50_000, id="straight-marks"),
    pytest.param("“»" * 25_000, id="marks-that-do-not-pair"),
    pytest.param("mot " + "(" * 10_000 + " mot " + ")" * 10_000, id="parentheses-in-a-run"),
    pytest.param("( mot " * 10_000 + ") " * 10_000, id="parentheses-nested"),
    pytest.param("[" * 200 + " ![](" * 5000, id="images-unclosed"),
    pytest.param("La Russie et " * 7000, id="one-sentence"),
    pytest.param("que la Russie dit " * 1500, id="clauses-without-end"),
    pytest.param("selon Kiev, " * 1500, id="sources-without-end"),
    pytest.param("de " * 10_000, id="one-word"),
    pytest.param("M. " * 10_000, id="abbreviations"),
    pytest.param("a.\n" * 4000, id="lines"),
    pytest.param("\n" * 200_000, id="empty-lines"),
    pytest.param("1 " * 20_000, id="numbers"),
    pytest.param("1" * 5000 + " euros", id="a-number-without-end"),
    pytest.param("- " * 20_000, id="bullets"),
    pytest.param("S-400 " * 5000, id="weapons"),
    pytest.param("le 3 mai 2021 " * 5000, id="dates"),
    pytest.param("Mme " * 5000, id="titles"),
    pytest.param("la société Xara Motors " * 3000, id="names-without-end"),
]


@pytest.mark.parametrize("text", LONG)
def test_long_text_is_covered_in_bounded_time(read: Callable[..., Extraction], text: str) -> None:
    read(text, 60.0)


def covered(rows: tuple[Coverage, ...]) -> int:
    return sum(row.end - row.start for row in rows)


def test_one_long_sentence_is_read_to_its_end(read: Callable[..., Extraction]) -> None:
    text = "La Grèce observe la mer et " * 3500 + "l'Iran a livré des S-400 à la Russie."
    result = read(text, 60.0)
    assert covered(result.coverage) > 0.99 * len(text)
    assert max(m.end for m in result.mentions) == len(text) - 1


WORDS = 200_000


def test_a_sentence_of_200_000_words_is_covered(
    extractor: Extractor, ungrounded: Callable[[Extraction], list[str]]
) -> None:
    result = extractor.extract("mer " * (WORDS - 8) + "et l'Iran a livré des S-400 à Moscou")
    assert ungrounded(result)[:3] == []
    assert result.document.n_words > WORDS
    assert CoverageStatus.RELATION in statuses(result)
