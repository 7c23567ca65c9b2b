"""Many documents, in order, whatever happens to one of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.errors import UsageError
from pipeline.records import Document
from pipeline.runs.pool import READ_AHEAD, Outcome, extract_all
from tests.runs.fakes import FakeExtractor


def outcomes(*texts: str, jobs: int) -> list[Outcome]:
    documents = [Document(f"d{number}", text) for number, text in enumerate(texts)]
    return list(extract_all(FakeExtractor(), documents, jobs=jobs))  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    found = outcomes("SLOW Paris", *["Paris"] * 40, "SLOW", jobs=jobs)
    assert [outcome.extraction.document.doc_id for outcome in found] == [f"d{number}" for number in range(42)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_breaks_costs_itself(jobs: int) -> None:
    found = outcomes("Paris", "BREAK", "Paris", jobs=jobs)
    assert [bool(outcome.failure) for outcome in found] == [False, True, False]
    assert found[1].extraction.coverage[0].status == "error"
    assert "\n" not in found[1].extraction.document.warnings[0]


def test_a_document_that_kills_its_worker_costs_itself() -> None:
    found = outcomes(*["Paris"] * 5, "DIE", *["Paris"] * 5, jobs=2)
    assert [number for number, outcome in enumerate(found) if outcome.failure] == [5]
    assert "status 9" in found[5].failure


def test_several_deaths_cost_as_many_documents() -> None:
    found = outcomes("DIE", "DIE", "Paris", "DIE", jobs=2)
    assert [bool(outcome.failure) for outcome in found] == [True, True, False, True]


def test_long_documents_do_not_block_the_pipes() -> None:
    found = outcomes(*["Paris " + "é" * 2_000_000] * 6, jobs=2)
    assert all(len(outcome.extraction.text) > 2_000_000 for outcome in found)


def test_no_more_is_read_ahead_than_needed() -> None:
    read = 0

    def endless() -> Iterator[Document]:
        nonlocal read
        while True:
            read += 1
            yield Document(f"d{read}", "Paris")

    results = extract_all(FakeExtractor(), endless(), jobs=2)  # type: ignore[arg-type]
    for _ in range(5):
        next(results)
    assert read <= 5 + 2 * READ_AHEAD + 1


def test_no_document_at_all() -> None:
    assert outcomes(jobs=2) == []


def test_less_than_one_process_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        outcomes("Paris", jobs=0)
