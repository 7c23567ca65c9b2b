"""A whole run: what the folder holds, when it is refused, and that no crash changes a byte."""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import OutputError, UsageError
from pipeline.runs import run as runs
from pipeline.runs.folder import JOURNAL, run_name
from pipeline.runs.run import Options, Summary, run
from tests.runs.fakes import use_fake
from tests.steps import steps

FAKES = Path(__file__).with_name("fakes.py")
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runs._Run, "_extractor", use_fake)
    monkeypatch.chdir(tmp_path)


def articles(folder: Path, *texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"a{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def do(*paths: str | Path, out: str = "out", **options: object) -> Summary:
    return run(Options(paths=tuple(map(str, paths)), out=Path(out), **options))  # type: ignore[arg-type]


def contents(folder: str | Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.name != "run.json"}


def info(folder: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(Path(folder, "run.json").read_text())
    return found


def test_the_folder_holds_every_table_and_nothing_else() -> None:
    do(articles(Path("in"), "Paris", "Kiev"))
    tables = ("claims", "coverage", "documents", "entities", "mentions", "relations", "transfers")
    assert {*contents("out")} == {f"{name}.csv" for name in tables} | {
        "extractions.jsonl", "report.html", "review.csv",
    }  # fmt: skip


def test_one_input_also_gives_extraction_json() -> None:
    do(articles(Path("in"), "Paris"))
    assert "extraction.json" in contents("out")


def test_failed_inputs_are_named_and_the_others_written() -> None:
    folder = articles(Path("in"), "Paris", "", "BREAK", "Paris")
    summary = do(folder, "nope.txt")
    assert [failure.where for failure in summary.failures] == ["nope.txt", "in/a001.txt", "a002"]
    assert info("out")["inputs"]["read"] == ["in/a000.txt", "in/a003.txt"]  # type: ignore[index]
    rows = csv.DictReader(Path("out/documents.csv").read_text().splitlines())
    assert [row["n_mentions"] for row in rows] == ["1", "0", "1"]


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_processes_changes_no_byte(jobs: int) -> None:
    folder = articles(Path("in"), *["Paris livre."] * 30, "BREAK", "SLOW Paris")
    do(folder, out="one")
    do(folder, out="many", jobs=jobs)
    assert contents("one") == contents("many")


def test_a_worker_that_dies_is_named_in_run_json() -> None:
    do(articles(Path("in"), "Paris", "DIE", "Paris"), jobs=2)
    assert [item["input"] for item in info("out")["inputs"]["failed"]] == ["a001"]  # type: ignore[index]


def test_another_run_in_the_folder_is_refused() -> None:
    folder = articles(Path("in"), "Paris")
    do(folder)
    before = contents("out")
    with pytest.raises(UsageError, match="--overwrite"):
        do(folder)
    assert contents("out") == before


def test_other_files_in_the_folder_are_refused_and_never_deleted() -> None:
    folder = articles(Path("in"), "Paris")
    articles(Path("out"), "mine")
    with pytest.raises(UsageError):
        do(folder)
    do(folder, overwrite=True)
    assert Path("out/a000.txt").read_text() == "mine"


def test_overwrite_leaves_nothing_of_the_other_run() -> None:
    do(articles(Path("in"), "Paris"), formats=("csv", "json"))
    do(articles(Path("in2"), "Kiev", "Kiev"), formats=("csv",), overwrite=True)
    assert not any(name.endswith((".json", ".jsonl")) for name in contents("out"))


def test_a_run_that_read_nothing_may_be_replaced() -> None:
    do("nope.txt")
    assert do(articles(Path("in"), "Paris")).documents == 1


def test_resume_of_a_complete_run_does_nothing() -> None:
    folder = articles(Path("in"), "Paris")
    do(folder)
    before = contents("out")
    assert do(folder, resume=True).complete_before
    assert contents("out") == before


@pytest.mark.parametrize("options", [{"published": "2024-01-01"}, {"formats": ("csv",)}, {"excel_fr": True}])
def test_resume_with_other_options_is_refused(options: dict[str, object]) -> None:
    folder = articles(Path("in"), "Paris")
    do(folder)
    with pytest.raises(UsageError, match="other options"):
        do(folder, resume=True, **options)


def test_resume_when_an_input_has_changed_is_refused() -> None:
    folder = articles(Path("in"), *["Paris"] * 3)
    _interrupt(folder, after=2)
    (folder / "a000.txt").write_text("Kiev")
    with pytest.raises(UsageError, match="has changed"):
        do(folder, resume=True)


def test_a_half_written_line_is_dropped() -> None:
    folder = articles(Path("in"), *["Paris"] * 5)
    do(folder, out="whole")
    _interrupt(folder, after=3)
    with Path("out", JOURNAL).open("ab") as journal:
        journal.write(b'{"schema_version": "1.0", "docu')
    summary = do(folder, resume=True)
    assert summary.kept == 3
    assert contents("out") == contents("whole")


def _interrupt(folder: Path, *, after: int) -> None:
    def stop(summary: Summary, total: int) -> None:
        if summary.documents == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Options(paths=(str(folder),), out=Path("out")), progress=stop)


def _start(*arguments: str, seconds: float = 0.004) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FAKE_SECONDS": str(seconds)}
    return subprocess.Popen(
        [sys.executable, str(FAKES), "extract", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_kill_at_any_moment_then_resume_changes_no_byte(jobs: str) -> None:
    articles(Path("in"), *[f"Paris {number}" for number in range(60)])
    do("in", out="whole")
    chance = random.Random(int(jobs))
    for _ in range(12):
        process = _start("in", "--out", "out", "--jobs", jobs, "--resume")
        time.sleep(chance.uniform(0.1, 0.9))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    final = _start("in", "--out", "out", "--jobs", jobs, "--resume", seconds=0)
    assert (final.communicate(timeout=60), final.returncode)[1] == 0
    assert contents("out") == contents("whole")


def test_workers_end_with_a_killed_parent() -> None:
    articles(Path("in"), *["Paris"] * 200)
    process = _start("in", "--out", "out", "--jobs", "3", seconds=0.05)
    _wait_for_journal(process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("workers are still running")


def test_ctrl_c_keeps_what_was_read() -> None:
    articles(Path("in"), *["Paris"] * 200)
    process = _start("in", "--out", "out", "--jobs", "2", seconds=0.05)
    _wait_for_journal(process)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"--resume" in errors
    assert b"Traceback" not in errors
    assert do("in", out="out", resume=True).kept > 0


def _wait_for_journal(process: subprocess.Popen[bytes]) -> None:
    journal = Path("out", JOURNAL)
    for _ in range(200):
        if journal.exists() and journal.stat().st_size:
            return
        time.sleep(0.05)
    process.kill()
    pytest.fail("the run did not start")


def test_a_full_disk_is_one_clear_error_and_can_be_resumed() -> None:
    folder = articles(Path("in"), *["Paris " * 200] * 40)
    do(folder, out="whole")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            do(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    do(folder, resume=True)
    assert contents("out") == contents("whole")


def test_an_output_that_is_a_file_is_refused() -> None:
    Path("out").write_text("mine")
    with pytest.raises(UsageError):
        do(articles(Path("in"), "Paris"))


def test_an_output_below_a_file_is_one_clear_error() -> None:
    Path("file").write_text("mine")
    with pytest.raises(OutputError, match="cannot be written"):
        do(articles(Path("in"), "Paris"), out="file/out")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder where nobody may write")
def test_an_output_that_is_read_only_is_one_clear_error() -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        do(articles(Path("in"), "Paris"), out="/proc/self/out")


def test_a_file_costs_the_same_in_a_folder_of_many() -> None:
    few, many = (articles(Path(f"in{count}"), *[f"Paris {n}" for n in range(count)]) for count in (100, 1000))
    do(few, out="warm")
    one, ten = steps(lambda: do(few, out="few")), steps(lambda: do(many, out="many"))
    assert ten < 10.5 * one


@pytest.mark.parametrize(
    ("paths", "name"),
    [
        (["a/../b.txt"], "b"),
        (["../../etc/"], "etc"),
        (["-rf.txt"], "rf"),
        (["a\nb.txt"], "a-nb"),
        (["/"], "run"),
        (["a/x.txt", "b/y.txt"], "run"),
        (["..."], "run"),
        (["é" * 300 + ".txt"], "é" * 120),
    ],
)
def test_the_folder_is_named_after_the_input_and_stays_below_outputs(paths: list[str], name: str) -> None:
    assert run_name(paths) == name


def test_many_documents_need_no_more_memory_than_few() -> None:
    lines = "".join(json.dumps({"id": str(number), "text": "Paris " * 300}) + "\n" for number in range(2000))
    Path("many.jsonl").write_text(lines)
    do("many.jsonl", formats=("csv", "json"))
    assert Path("out/documents.csv").read_text().count("\n") == 2001
