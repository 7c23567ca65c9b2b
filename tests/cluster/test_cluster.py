"""Beyond one machine: the rows of a local run, whatever the partitions, and whoever dies on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import KilledWorker, LocalCluster

from pipeline.cli import main
from pipeline.cluster import articles as cluster_articles
from pipeline.cluster import process
from pipeline.cluster import run as cluster_run
from pipeline.cluster.__main__ import app
from pipeline.cluster.names import find_names
from pipeline.cluster.partitions import Partition, find_files, find_partitions, read_partition
from pipeline.cluster.run import Options, run
from pipeline.errors import InputError, UsageError
from pipeline.extractor import Extractor
from pipeline.records import Document
from pipeline.runs.run import Options as LocalOptions
from pipeline.runs.run import run as run_locally
from pipeline.tables import TABLES
from tests.conftest import ROOT
from tests.runs.fakes import FakeExtractor

# Two ids clash across partitions, one of them twice with the same text; « seul » does not, its namesake is empty.
ARTICLES: list[dict[str, Any]] = [
    {"id": "une", "text": "Moscou a livré des S-400 à la Turquie.", "published": "2024-05-31", "outlet": "Le Pli"},
    {"id": "deux", "text": "Selon Kiev, l'Iran aurait fourni des drones à la Russie.", "published": "hier"},
    {"id": "seul", "text": "Paris pourrait vendre dix-huit Rafale à la Serbie."},
    {"id": "seul", "text": "  "},
    {"id": None, "text": "La Grèce a acheté des Rafale à la France.", "title": "Achat"},
    {"id": "une", "text": "La Russie a livré des S-400 à la Turquie mardi.", "published": "31/05/2024"},
    {"id": "vide", "text": None},
    {"id": "deux", "text": "L'armée turque utilise des S-400.", "outlet": "La Vigie"},
    {"id": "une", "text": "Moscou a livré des S-400 à la Turquie.", "outlet": "La Vigie"},
    {"id": "neuf", "text": "Berlin condamne l'Iran. Pékin soutient Moscou."},
    {"id": "dix", "text": "La Suède a adhéré à l'OTAN."},
    {"id": "onze", "text": "Olaf Scholz a rencontré Emmanuel Macron à Berlin."},
]

FREE_PORT = "127.0.0.1:0"


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles as JSON Lines, and as Parquet in row groups that no partition keeps to."""
    folder = tmp_path_factory.mktemp("articles")
    lines = [json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES]
    (folder / "presse.jsonl").write_text("".join(lines), encoding="utf-8")
    pd.DataFrame(ARTICLES).to_parquet(folder / "presse.parquet", row_group_size=5)
    return folder


@pytest.fixture(scope="module")
def local(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of the same articles on one machine."""
    out = tmp_path_factory.mktemp("local") / "out"
    run_locally(LocalOptions((str(articles / "presse.jsonl"),), out, formats=("parquet", "json")))
    return out


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster inside this process: one worker, which shares the model that is loaded."""
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=FREE_PORT) as cluster:
        yield cluster.scheduler_address


def table(out: Path, name: str) -> pd.DataFrame:
    """A table of either kind of run, without the path, which names another file."""
    path = out / f"{name}.parquet" if (out / f"{name}.parquet").exists() else out / name
    return pd.read_parquet(path).drop(columns="path", errors="ignore")


def assert_same_tables(out: Path, local: Path) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(table(out, name), table(local, name), obj=name)


def save(path: Path, **columns: list[Any]) -> str:
    pq.write_table(pa.table(columns), path)
    return str(path)


def partitions_of(path: Path, rows: int) -> list[Partition]:
    return find_partitions([str(path)], rows=rows)


def workers_of(pid: int) -> list[int]:
    children = psutil.Process(pid).children()
    return [child.pid for child in children if any("spawn_main" in word for word in child.cmdline())]


def wait_for_a_file_being_written(out: Path, running: subprocess.Popen[str]) -> int:
    """The process that is in the middle of a partition: half-written files carry its number."""
    while running.poll() is None:
        for path in out.glob("*/.part-*.tmp"):
            return int(path.name.split(".")[-2])
        time.sleep(0.0005)
    raise AssertionError(f"it ended before a worker could be killed: {running.communicate()[1]}")


@pytest.mark.model
def test_a_killed_worker_changes_no_row(articles: Path, local: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline.cluster", str(articles / "presse.parquet"), "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--workers", "2", "--rows", "1"], env=environment, text=True, stderr=subprocess.PIPE
    ) as running:
        writing = wait_for_a_file_being_written(out, running)
        workers = workers_of(running.pid)
        os.kill(writing, signal.SIGKILL)
        _, messages = running.communicate(timeout=120)
    assert writing in workers
    assert len(workers) == 2
    assert "Traceback" not in messages
    assert messages.splitlines()[-1] == f"Written to {out}"
    assert running.returncode == 1  # two articles have no text
    assert_same_tables(out, local)


@pytest.mark.model
def test_a_run_started_again_reads_only_what_is_not_complete(
    articles: Path, local: Path, scheduler: str, tmp_path: Path
) -> None:
    options = Options((str(articles / "presse.parquet"),), tmp_path / "out", scheduler=scheduler, rows=5)
    run(options)
    interrupt(options.out, partition=1)
    before = {path: path.stat().st_mtime_ns for path in options.out.glob("*/part-*.parquet")}
    summary = run(options)
    written = {path for path in options.out.glob("*/part-*.parquet") if path.stat().st_mtime_ns != before.get(path)}
    assert {path.name for path in written if path.parent.name == "documents"} == {"part-000001.parquet"}
    assert (summary.documents, summary.kept) == (10, 6)
    assert not list(options.out.glob("*/.*.tmp"))
    assert_same_tables(options.out, local)


def interrupt(out: Path, *, partition: int) -> None:
    """Make a complete run look as if it had ended while one partition was written."""
    info = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps({"status": "running", "identity": info["identity"]}))
    (out / "extractions" / f"part-{partition:06}.parquet").unlink()
    (out / "claims" / f".part-{partition:06}.parquet.1.tmp").write_bytes(b"PAR1")
    shutil.rmtree(out / "entities")


@pytest.mark.model
def test_a_complete_run_is_not_done_again(articles: Path, scheduler: str, tmp_path: Path) -> None:
    options = Options((str(articles / "presse.parquet"),), tmp_path / "out", scheduler=scheduler)
    first, second = run(options), run(options)
    assert (first.complete_before, second.complete_before) == (False, True)
    assert second.documents == first.documents == 10
    assert [failure.where for failure in second.failures] == ["seul", "vide"]


def test_another_run_in_the_folder_is_left_alone(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("à garder")
    with pytest.raises(UsageError, match="Choose another folder with --out"):
        run(Options((str(articles / "presse.parquet"),), tmp_path / "out"))


def test_a_damaged_file_is_named_before_anything_is_written(articles: Path, scheduler: str, tmp_path: Path) -> None:
    damaged = bytearray((articles / "presse.parquet").read_bytes())
    damaged[100:600] = bytes(500)  # pages; the footer is whole
    (tmp_path / "presse.parquet").write_bytes(damaged)
    with pytest.raises(InputError, match=r"presse\.parquet: cannot be read as Parquet"):
        run(Options((str(tmp_path / "presse.parquet"),), tmp_path / "out", scheduler=scheduler))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_cluster_whose_workers_have_several_threads_is_refused(articles: Path, tmp_path: Path) -> None:
    with (
        LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=FREE_PORT) as cluster,
        pytest.raises(UsageError, match="--nthreads 1"),
    ):
        run(Options((str(articles / "presse.parquet"),), tmp_path / "out", scheduler=cluster.scheduler_address))


def test_a_partition_that_kills_every_worker_is_named_with_what_to_do() -> None:
    error = cluster_run._as_ours(Partition(1, "a.parquet", 1000, 500), KilledWorker("task", None, 3))  # type: ignore[arg-type]
    assert str(error) == (
        "a.parquet, rows 1001 to 1500: every worker that read it died, 4 in a row. "
        "Give the workers more memory, or fewer articles with --rows."
    )


# --- process: one DataFrame


@pytest.mark.model
def test_process_gives_the_extractions_of_the_extractor(extractor: Extractor) -> None:
    found = process(pd.DataFrame([{"id": "a", "text": ARTICLES[0]["text"]}, {"id": "b", "text": ARTICLES[1]["text"]}]))
    documents = [Document("a", ARTICLES[0]["text"]), Document("b", ARTICLES[1]["text"])]
    assert found.extraction.tolist() == [result.to_json() for result in extractor.pipe(documents)]


@pytest.fixture
def _no_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(cluster_articles, "packaged_extractor", FakeExtractor)
    cluster_articles._extractor.cache_clear()
    yield
    cluster_articles._extractor.cache_clear()


@pytest.mark.usefixtures("_no_model")
def test_an_article_that_breaks_the_extraction_gives_an_error_row() -> None:
    found = process(pd.DataFrame({"id": ["a", "b"], "text": ["BREAK", "Paris livre."]}))
    assert found.error.tolist() == ["ValueError: broken\nby the text", ""]
    assert json.loads(found.extraction[0])["coverage"][0]["status"] == "error"


@pytest.mark.usefixtures("_no_model")
def test_an_article_without_text_gives_an_error_and_no_extraction() -> None:
    found = process(pd.DataFrame({"id": ["a", "b", "c"], "text": [None, float("nan"), " "]}))
    assert found.extraction.tolist() == ["", "", ""]
    assert all(error.startswith("the article has no text") for error in found.error)


@pytest.mark.usefixtures("_no_model")
def test_no_article_gives_no_row() -> None:
    found = process(pd.DataFrame({"id": [], "text": []}))
    assert found.columns.tolist() == ["doc_id", "extraction", "error"]
    assert found.dtypes.tolist() == ["str", "str", "str"]
    assert found.empty


@pytest.mark.usefixtures("_no_model")
def test_dates_and_numbers_are_read_as_they_are_meant() -> None:
    published = pd.Series([pd.Timestamp("2024-05-31 08:00"), pd.NaT])
    found = process(pd.DataFrame({"id": [7, 8], "Texte": ["Paris.", "Kiev."], "published": published}))
    documents = [json.loads(text)["document"] for text in found.extraction]
    assert [(row["doc_id"], row["published"], row["warnings"]) for row in documents] == [
        ("7", "2024-05-31", []),
        ("8", "", []),
    ]


@pytest.mark.parametrize(("columns", "missing"), [(["id"], "text"), (["text"], "id")])
def test_a_missing_column_is_named(columns: list[str], missing: str) -> None:
    with pytest.raises(InputError, match=f"no column '{missing}'"):
        process(pd.DataFrame({name: ["a"] for name in columns}))


# --- partitions: Parquet in


@pytest.mark.parametrize("rows", [1, 3, 5, 7, 12, 100])
def test_partitions_hold_every_row_once_in_order(articles: Path, rows: int) -> None:
    found = [cells for part in partitions_of(articles / "presse.parquet", rows) for cells in read_partition(part)]
    assert [cells["text"] for cells in found] == [article["text"] for article in ARTICLES]


def test_an_article_without_id_is_called_after_file_and_row(articles: Path) -> None:
    assert read_partition(partitions_of(articles / "presse.parquet", 3)[1])[1]["id"] == "presse-5"


def test_an_empty_file_among_others_gives_no_partition(tmp_path: Path) -> None:
    save(tmp_path / "a.parquet", text=pa.array([], pa.string()))
    save(tmp_path / "b.parquet", text=["Paris.", "Kiev."])
    assert [str(part) for part in find_partitions(find_files([str(tmp_path)]), rows=5)] == [
        f"{tmp_path / 'b.parquet'}, rows 1 to 2"
    ]


def test_ids_that_clash_across_partitions_are_renamed_as_in_a_local_run(articles: Path, local: Path) -> None:
    partitions = partitions_of(articles / "presse.parquet", 2)
    renamed = find_names(
        partitions, lambda function, arguments: ((n, function(*values)) for n, values in enumerate(arguments))
    )
    ids = [
        renamed.get(part.number, {}).get(place, cells["id"])
        for part in partitions
        for place, cells in enumerate(read_partition(part))
        if (cells["text"] or "").strip()
    ]
    assert ids == table(local, "documents").doc_id.tolist()
    assert len({*ids}) == len(ids) == 10


# --- the command


def refuse(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["cluster", *arguments])
    with pytest.raises(SystemExit) as ended:
        main(app)
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.parquet", "there is no such file or folder"),
        ("text.parquet", "cannot be read as Parquet"),
        ("columns.parquet", "no column 'text' (found id, body_text)"),
        ("empty.parquet", "no article in the files"),
        ("folder", "the folder holds no article"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.parquet").write_text("Paris livre.")
    (tmp_path / "folder").mkdir()
    save(tmp_path / "columns.parquet", id=["a"], body_text=["Paris."])
    save(tmp_path / "empty.parquet", text=pa.array([], pa.string()))
    status = refuse(str(tmp_path / name), "--out", str(tmp_path / "out"), monkeypatch=monkeypatch)
    printed = capsys.readouterr().err
    assert (status, printed.count("\n")) == (1, 1)
    assert printed.startswith(f"defpress: {tmp_path / name}: {message}")


def test_a_missing_extra_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "pipeline.cluster.run")
    assert refuse("a.parquet", "--out", "out", monkeypatch=monkeypatch) == 1
    assert 'pip install "defpress[dask]"' in capsys.readouterr().err
