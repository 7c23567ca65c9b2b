"""A review over runs: applied each time, never touched, its conflicts told; no stale table is left in silence."""

from __future__ import annotations

import csv
import json
import shutil
import time
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import UsageError
from pipeline.records import stable_id
from pipeline.runs import run as runs
from pipeline.runs.report import Reporter
from pipeline.runs.run import Options, Summary, run
from tests.runs.fakes import use_fake

HEADER = "row_id,decision,value,note\n"
TO_SPAIN = HEADER + "COUNTRY:FRA,merge,COUNTRY:ESP,\n"


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runs._Run, "_extractor", use_fake)
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for number in range(3):
        Path("in", f"a{number}.txt").write_text("Paris livre.", encoding="utf-8")


def do(review: str | None = None, *, out: str = "out", **options: object) -> Summary:
    if review is not None:
        Path(out).mkdir(exist_ok=True)
        Path(out, "review.csv").write_text(review, encoding="utf-8")
    return run(Options(paths=("in",), out=Path(out), **options))  # type: ignore[arg-type]


def found_in(table: str, column: str, out: str = "out") -> list[str]:
    with Path(out, f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return [row[column] for row in csv.DictReader(lines)]


def told(out: str = "out") -> dict[str, object]:
    review: dict[str, object] = json.loads(Path(out, "run.json").read_text(encoding="utf-8"))["review"]
    return review


def contents(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.name != "run.json"}


def test_every_run_leaves_an_empty_review() -> None:
    do()
    assert Path("out/review.csv").read_text() == HEADER


def test_decisions_are_applied_at_the_next_run_and_at_every_one_after_it() -> None:
    do()
    for _ in range(2):
        do(TO_SPAIN, overwrite=True)
        assert {*found_in("mentions", "entity_id")} == {"COUNTRY:ESP"}
        assert found_in("entities", "name") == ["Espagne"]
        assert told()["applied"] == 1


@pytest.mark.parametrize(
    "name", ["extractions.jsonl", "report.html", "entities.csv", "defpress.sqlite", "relations.gexf"]
)
def test_every_format_shows_corrected_rows(name: str) -> None:
    do(TO_SPAIN, formats=("csv", "json", "html", "sqlite", "gexf"))
    written = Path("out", name).read_bytes()
    assert b"COUNTRY:FRA" not in written
    assert b"COUNTRY:ESP" in written or name == "relations.gexf"


def test_mentions_are_rejected_by_their_stable_ids() -> None:
    do(HEADER + stable_id("m", "a1", 0) + ",reject,,faux\n")
    assert found_in("documents", "n_mentions") == ["1", "0", "1"]
    assert found_in("entities", "n_mentions") == ["2"]


def test_a_folder_that_holds_a_review_alone_is_free() -> None:
    assert do(TO_SPAIN).review.applied == 1


@pytest.mark.parametrize("options", [{"overwrite": True}, {"resume": True}])
def test_no_run_touches_a_review(options: dict[str, bool]) -> None:
    written = HEADER.replace(",", ";") + "COUNTRY:FRA;accept;;à moi"
    do(written)
    info = json.loads(Path("out/run.json").read_text())
    Path("out/run.json").write_text(json.dumps({**info, "outputs": ["review.csv", "mentions.csv"]}))
    do(**options)
    assert Path("out/review.csv").read_text() == written


def test_resuming_a_finished_run_after_a_change_says_what_to_do() -> None:
    do()
    with pytest.raises(UsageError, match=r"review\.csv has changed .* Use --overwrite"):
        do(TO_SPAIN, resume=True)


def test_resuming_a_finished_run_with_the_same_review_does_nothing() -> None:
    do(TO_SPAIN)
    assert do(TO_SPAIN.replace(",", ";"), resume=True).complete_before


def test_an_interrupted_run_goes_on_with_the_review_of_the_day() -> None:
    def stop(summary: Summary, total: int) -> None:
        if summary.documents == 2:
            raise KeyboardInterrupt

    do(TO_SPAIN, out="whole")
    with pytest.raises(KeyboardInterrupt):
        run(Options(paths=("in",), out=Path("out")), progress=stop)
    assert do(TO_SPAIN, resume=True).kept == 2
    assert contents("out") == contents("whole")


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_number_of_processes_changes_no_byte(jobs: int) -> None:
    do(TO_SPAIN, out="one")
    do(TO_SPAIN, out="many", jobs=jobs)
    assert contents("one") == contents("many")


def test_lines_that_are_not_applied_are_told_and_the_others_are_applied(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["m_0000000000,reject,,", "COUNTRY:FRA,merge,HERO:x,", "<b>\x1b[31m,reject,,", "COUNTRY:FRA,relabel,PLACE,"]
    Reporter().summary(do(HEADER + "\n".join(lines) + "\n"))
    assert found_in("entities", "entity_id") == ["PLACE:france"]
    assert (told()["applied"], told()["unused"], told()["n_conflicts"]) == (1, 1, 3)
    assert [conflict["line"] for conflict in told()["conflicts"]] == [2, 3, 4]  # type: ignore[attr-defined]
    errors = capsys.readouterr().err
    assert "review.csv, line 3: not applied: 'HERO:x' begins with no label" in errors
    assert "1 decision of review.csv applied" in errors
    assert "\x1b" not in errors


def test_very_many_conflicts_are_counted_and_the_first_listed(capsys: pytest.CaptureFixture[str]) -> None:
    begin = time.process_time()
    Reporter().summary(do(HEADER + "".join(f"m_{n:010x},reject,,\n" for n in range(200_000))))
    assert time.process_time() - begin < 10
    assert told()["n_conflicts"] == 200_000
    assert len(told()["conflicts"]) == 1000  # type: ignore[arg-type]
    assert len(capsys.readouterr().err.splitlines()) < 40


def test_an_unreadable_review_stops_the_run_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    do()
    before = contents("out")
    Path("out/review.csv").write_text("nonsense\n1\n")
    monkeypatch.setattr("sys.argv", ["defpress", "extract", "in", "--out", "out", "--overwrite"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert "no column 'row_id'" in capsys.readouterr().err
    assert {**contents("out"), "review.csv": b""} == {**before, "review.csv": b""}


def test_a_folder_in_place_of_the_review_is_refused_and_left_alone() -> None:
    Path("out/review.csv").mkdir(parents=True)
    with pytest.raises(UsageError, match="no plain file"):
        do()
    assert Path("out/review.csv").is_dir()


def test_notes_and_markup_come_out_nowhere() -> None:
    do(HEADER + "COUNTRY:FRA,accept,<i>x</i>,<script>alert(1)</script>\nCOUNTRY:FRA,relabel,=cmd|x,\n")
    written = b"".join(content for name, content in contents("out").items() if name != "review.csv")
    assert b"alert(1)" not in written
    assert b"=cmd" not in written


def test_a_run_moved_elsewhere_takes_its_review_along() -> None:
    do(TO_SPAIN)
    shutil.move("out", "other")
    assert do(out="other", overwrite=True).review.applied == 1
