"""The command line as a user meets it: help, mistakes, exit statuses, stdin."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Defpress

TEXT = "Moscou a livré des S-400 à la Turquie."


def test_help_imports_neither_spacy_nor_pandas() -> None:
    code = (
        "import sys; sys.argv = ['defpress', '--help']\n"
        "from pipeline.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in ('spacy', 'pandas', 'numpy', 'jinja2', 'rich.console') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip().endswith("[]"), done.stdout[-300:]


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, pipeline; print([name for name in ('spacy', 'pandas') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout == "[]\n"


@pytest.mark.parametrize("command", ["extract", "show", "explain", "diff", "evaluate", "check-data"])
def test_every_command_has_help_with_an_example(defpress: Defpress, command: str) -> None:
    done = defpress(command, "--help")
    assert done.returncode == 0
    assert f"Example: {'echo' if command == 'show' else 'defpress'}" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        pytest.param(["extract"], 2, "Missing argument", id="no path"),
        pytest.param(["extract", "a.txt", "--format", "xls"], 2, "Did you mean 'xlsx'?", id="format"),
        pytest.param(["extract", "a.txt", "--published", "hier"], 2, "'hier' is not a date", id="date"),
        pytest.param(["extract", "a.txt", "--jobs", "0"], 2, "--jobs", id="jobs"),
        pytest.param(["extract", "a.txt", "--nope"], 2, "No such option", id="option"),
        pytest.param(["extract", "a.txt", "--lexicon", "nope.toml"], 1, "nope.toml: cannot be read", id="lexicon"),
        pytest.param(["extract", "nope.txt"], 1, "nope.txt: there is no such file or folder", id="missing"),
        pytest.param(["extract", "empty.txt"], 1, "empty.txt: the file is empty", id="empty"),
        pytest.param(["extract", "binary.txt"], 1, "binary.txt: this is a binary file", id="binary"),
        pytest.param(["extract", "folder"], 1, "folder: the folder holds no text", id="folder"),
        pytest.param(["show", "nope.txt"], 1, "nope.txt: cannot be read", id="show"),
        pytest.param(["explain", "folder", "m_1"], 1, "folder: holds no extractions.jsonl", id="explain"),
        pytest.param(["explain", "folder"], 2, "give either a ROW_ID or --missing", id="explain what"),
        pytest.param(["diff", "folder", "folder"], 1, "folder: holds no extractions.jsonl", id="diff"),
        pytest.param(["evaluate", "nope"], 1, "nope: cannot be read", id="evaluate"),
        pytest.param(["check-data", "nope.csv"], 1, "nope.csv: cannot be read", id="check-data"),
        pytest.param(["nope"], 2, "No such command", id="command"),
    ],
)
def test_a_mistake_is_a_clear_line_and_no_trace(
    defpress: Defpress, tmp_path: Path, arguments: list[str], status: int, message: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "folder").mkdir()
    done = defpress(*arguments)
    assert done.returncode == status, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failed_input_is_listed_in_run_json(defpress: Defpress, tmp_path: Path) -> None:
    defpress("extract", "nope.txt", "--out", "out")
    found = json.loads((tmp_path / "out/run.json").read_text())
    assert found["inputs"]["failed"][0]["input"] == "nope.txt"


@pytest.mark.model
def test_stdin_goes_in_and_messages_go_to_stderr(defpress: Defpress, tmp_path: Path) -> None:
    done = defpress("extract", "-", stdin=TEXT)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 document" in done.stderr
    assert "SUPPLIES" in (tmp_path / "outputs/stdin/relations.csv").read_text()


@pytest.mark.model
def test_odd_file_names_are_files_like_others(defpress: Defpress, tmp_path: Path) -> None:
    names = ["-x.txt", "=1+1.txt", 'a"b\n.txt', os.fsdecode(b"caf\xe9.txt")]
    for name in names:
        (tmp_path / name).write_text(TEXT)
    done = defpress("extract", "--out", "out", "--quiet", "--", *names)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out/documents.csv").read_text().count("\n'=1+1,") == 1


@pytest.mark.model
def test_locale_time_zone_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TEXT} Le Caire achètera trente Rafale lundi prochain, selon l'Élysée.", "utf-8")
    odd = {"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1"}
    for name, extra in (("plain", {"PYTHONHASHSEED": "0"}), ("odd", odd)):
        command = [sys.executable, "-m", "pipeline", "extract", "a.txt", "--out", name, "--published", "2024-05-31"]
        subprocess.run(command, cwd=tmp_path, check=True, env={**os.environ, "PYTHONPATH": str(ROOT), **extra})
    for path in sorted((tmp_path / "plain").iterdir()):
        if path.name != "run.json":
            assert path.read_bytes() == (tmp_path / "odd" / path.name).read_bytes(), path.name


@pytest.mark.model
def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{TEXT}\n" * 2000)
    command = f"'{sys.executable}' -m pipeline show a.txt | head -1; echo ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert done.stdout == "a\n0\n"
    assert done.stderr == ""
