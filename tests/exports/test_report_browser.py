"""The report in a real headless Chromium: nothing is loaded, nothing fails, the ways through it work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pipeline.exports.report import write
from pipeline.exports.run import RunData
from pipeline.records import Extraction
from pipeline.transfers import transfers
from tests.exports.webdriver import CHROMIUM, DRIVER, Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver (apt-get install chromium chromium-driver)"
    ),
]
VIEWS = ("overview", "article", "graph", "transfers", "relations", "claims", "entities", "documents")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture
def page(run: RunData, article: Extraction, tmp_path: Path) -> Path:
    return write(replace(run, transfers=transfers([article], run.entities)), tmp_path)[0]


def quiet(browser: Browser) -> bool:
    """Tell whether nothing was logged to the console and nothing asked for; show it if not."""
    console, requests = browser.logs("browser"), browser.requests()
    assert (console, requests) == ([], [])
    return True


def go(browser: Browser, view: str) -> None:
    browser.run("location.hash = arguments[0]; window.dispatchEvent(new HashChangeEvent('hashchange'))", view)


def test_every_view_opens_without_error_or_request(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.run("return document.documentElement.dataset.ready") == "yes"
    for view in VIEWS:
        go(browser, view)
        assert browser.texts("main > section:not([hidden]) h2") != []
        assert browser.run("return document.querySelectorAll('main > section:not([hidden])').length") == 1
    assert quiet(browser)


@pytest.mark.parametrize("typed", ["athenes", "ATHÈNES", "commander rafale"])
def test_filter_ignores_accents_and_case(browser: Browser, page: Path, typed: str) -> None:
    browser.open(page, "#claims")
    browser.type("#table-claims input[type=search]", typed)
    assert browser.texts("#table-claims .status") == ["1 sur 3 lignes"]
    assert len(browser.texts("#table-claims tbody tr")) == 1


def test_choice_filters_by_value(browser: Browser, page: Path) -> None:
    browser.open(page, "#relations")
    browser.run(
        "const s = [...document.querySelectorAll('#table-relations select')].find(s => s.parentNode.textContent"
        ".startsWith('polarity')); s.value = 'negative'; s.dispatchEvent(new Event('change'))"
    )
    assert len(browser.texts("#table-relations tbody tr")) == 1


def test_headings_sort_both_ways(browser: Browser, page: Path) -> None:
    browser.open(page, "#entities")
    names = "#table-entities td[data-column=name]"
    heading = "#table-entities th:nth-of-type(1) button"
    browser.click(heading)
    ascending = browser.texts(names)
    browser.click(heading)
    assert ascending == ["AFP", "France", "Grèce", "Iran", "Rafale", "Russie", "S-400"]
    assert browser.texts(names) == ascending[::-1]
    assert browser.run("return document.querySelector('#table-entities th').getAttribute('aria-sort')") == "descending"


def test_row_leads_to_its_sentence_and_back(browser: Browser, page: Path) -> None:
    browser.open(page, "#claims")
    browser.type("#table-claims input[type=search]", "pourrait")
    browser.click("#table-claims tbody a")
    assert browser.texts(".sentence.chosen") == ["Selon l'AFP, Athènes pourrait commander d'autres Rafale."]
    assert "modality:pourrait@113-121" in browser.texts("#drawer")[0]
    browser.click("#drawer .card:has(blockquote) .links a")
    assert browser.run("return location.hash").startswith("#claims/c_")
    assert "pourrait" in browser.texts("#table-claims tr.chosen")[0]


def test_keyboard_opens_and_closes_a_sentence(browser: Browser, page: Path) -> None:
    browser.open(page, "#article")
    browser.run("document.querySelectorAll('.sentence')[1].focus()")
    browser.type(".sentence:focus", "\ue007")
    assert "SUPPLIES" in browser.texts("#drawer")[0]
    browser.type("#drawer .close", "\ue00c")
    assert browser.run("return document.getElementById('drawer').hidden")
    assert browser.run("return document.activeElement.classList.contains('sentence')")


def test_mention_shows_its_rule_on_hover_and_click(browser: Browser, page: Path) -> None:
    browser.open(page, "#article")
    browser.run("document.querySelector('mark.COUNTRY').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))")
    assert "règle : lexicon" in browser.texts("#tip")[0]
    browser.click("mark.WEAPON")
    assert "WEAPON:rafale" in browser.texts("#drawer")[0]


def test_claims_are_underlined_by_factuality(browser: Browser, page: Path) -> None:
    browser.open(page, "#article")
    classes = (
        "return [...new Set([...document.querySelectorAll('#prose .claim')].map(n => n.className.match(/f-\\S+/)[0]))]"
    )
    assert browser.run(classes) == ["f-ct-plus", "f-ps", "f-minus"]
    browser.run(
        "const s = document.getElementById('choix-factualite'); s.value = 'factuality_author';"
        "s.dispatchEvent(new Event('change'))"
    )
    assert browser.run(classes) == ["f-ct-plus", "f-open"]


def test_graph_filters_and_an_edge_shows_its_sentences(browser: Browser, page: Path) -> None:
    browser.open(page, "#graph")
    assert browser.texts("#graphe-etat") == ["6 entités, 5 liens"]
    browser.run(
        "const s = document.getElementById('graphe-type'); s.value = 'ACQUIRES'; s.dispatchEvent(new Event('change'))"
    )
    assert browser.texts("#graphe-etat") == ["2 entités, 1 lien"]
    browser.run("document.querySelector('.edge').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    assert "Athènes pourrait commander d'autres Rafale" in browser.texts("#drawer")[0]


def test_transfer_stands_on_the_timeline_and_shows_its_sentences(browser: Browser, page: Path) -> None:
    browser.open(page, "#transfers")
    assert "21 juil. 2021" in browser.texts(".timeline li")[0]
    browser.click(".timeline button")
    assert "La France a livré six Rafale" in browser.texts("#drawer")[0]


def test_phone_has_no_sideways_scroll(browser: Browser, page: Path) -> None:
    browser.emulate("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    try:
        browser.open(page)
        for view in VIEWS:
            go(browser, view)
            assert browser.run("return document.documentElement.scrollWidth") <= 360
    finally:
        browser.emulate("Emulation.clearDeviceMetricsOverride")


def test_print_shows_every_part(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.emulate("Emulation.setEmulatedMedia", media="print")
    try:
        browser.run("window.dispatchEvent(new Event('beforeprint'))")
        assert browser.run("return [...document.querySelectorAll('main > section')].every(s => s.offsetHeight > 0)")
    finally:
        browser.emulate("Emulation.setEmulatedMedia", media="")


def test_hostile_text_stays_text(browser: Browser, hostile_run: RunData, tmp_path: Path) -> None:
    (path,) = write(replace(hostile_run, transfers=transfers(hostile_run.extractions, hostile_run.entities)), tmp_path)
    browser.open(path)
    for view in VIEWS:
        go(browser, view)
    for extraction in hostile_run.extractions:
        browser.run("location.hash = '#article/' + encodeURIComponent(arguments[0]) + '/0'", clean(extraction))
        browser.run("document.querySelector('.sentence')?.click()")
    assert browser.run("return window.pwned === undefined")
    assert browser.run("return document.querySelectorAll('img, body script').length") == 3
    assert any("<img src=x onerror=window.pwned=1>" in text for text in browser.texts("#choix-article option"))
    assert quiet(browser)


def clean(extraction: Extraction) -> str:
    return extraction.document.doc_id.replace("\ud800", "\ufffd")


def test_empty_run_opens(browser: Browser, tmp_path: Path) -> None:
    browser.open(write(RunData(extractions=()), tmp_path)[0])
    for view in VIEWS:
        go(browser, view)
    assert quiet(browser)


def test_a_thousand_articles_open_in_three_seconds(browser: Browser, article: Extraction, tmp_path: Path) -> None:
    many = [renamed(article, number) for number in range(1000)]
    browser.open(write(RunData(extractions=many), tmp_path)[0])
    spent = browser.run("return performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert 0 < spent < 3000
    go(browser, "claims")
    assert browser.texts("#table-claims .status")[0].startswith("3\u202f000")
    assert quiet(browser)


def renamed(article: Extraction, number: int) -> Extraction:
    doc_id = f"a-{number:04}"
    return replace(
        article,
        document=replace(article.document, doc_id=doc_id),
        claims=tuple(replace(row, doc_id=doc_id, claim_id=f"{row.claim_id}{number}") for row in article.claims),
        relations=tuple(
            replace(row, doc_id=doc_id, relation_id=f"{row.relation_id}{number}") for row in article.relations
        ),
    )
