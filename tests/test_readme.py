"""The README does what it says: every console example, every Python example, every row of the label tables."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import Document, Extractor
from pipeline.cli import app
from pipeline.exports import EXPORTERS
from pipeline.lexicon.user import read_user_lexicon
from pipeline.records import Label, RelationType
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
RELATION_ROWS = re.findall(
    r"^\| ([A-Z_]+(?:, [A-Z_]+)*) \| ([^|]+) \| ([^|]+) \|$", README.split("| relation |")[1], re.M
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[tuple[str, str]]:
    """(command, expected output) of a console block."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which `defpress` is the checkout's."""
    script = tmp_path / "bin" / "defpress"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m pipeline "$@"\n')
    script.chmod(0o755)
    return {**os.environ, "PATH": f"{script.parent}:{os.environ['PATH']}"}


@pytest.mark.model
def test_console_examples_are_what_the_commands_give(tmp_path: Path, shell: dict[str, str]) -> None:
    first = [command for block in blocks("console") for command in commands(block)]
    (tmp_path / "article.txt").write_text(first[0][1], encoding="utf-8")
    for command, expected in first:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=shell,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        found = re.sub(r"[\d.]+ s$", "2.1 s", done.stdout, flags=re.MULTILINE)
        assert found == re.sub(r"[\d.]+ s$", "2.1 s", expected, flags=re.MULTILINE), command


@pytest.mark.model
def test_python_examples_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/a.txt").write_text("Moscou a livré des S-400 à la Turquie.", encoding="utf-8")
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "Turquie" in printed
    assert "S-400" in printed


def test_the_lexicon_example_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(blocks("toml")[0], encoding="utf-8")
    assert read_user_lexicon(path).problems == []


@pytest.mark.model
@pytest.mark.parametrize("row", RELATION_ROWS, ids=lambda row: row[0])
def test_every_relation_has_an_example_that_gives_it(extractor: Extractor, row: tuple[str, str, str]) -> None:
    found = {relation.type.value for relation in extractor.extract(Document("a", row[1].strip())).relations}
    assert row[0] in found


def test_every_label_format_and_command_is_described() -> None:
    assert {row[0] for row in RELATION_ROWS} == {*RelationType}
    assert all(label.value in README for label in Label)
    assert all(f"`{name}`" in README or name in ("csv", "json", "html") for name in EXPORTERS)
    assert all(
        f"`defpress {command.name or command.callback.__name__}" in README for command in app.registered_commands
    )


def test_options_named_in_the_readme_exist(shell: dict[str, str], tmp_path: Path) -> None:
    help_text = "".join(
        subprocess.run(["bash", "-c", f"defpress {name} --help"], env=shell, text=True, capture_output=True).stdout
        for name in ("extract", "show", "explain", "evaluate", "check-data")
    )
    cluster = [sys.executable, "-m", "pipeline.cluster", "--help"]
    help_text += subprocess.run(cluster, env=shell | {"PYTHONPATH": str(ROOT)}, text=True, capture_output=True).stdout
    code = "\n".join(re.findall(r"`[^`\n]*`", README) + blocks("sh") + blocks("console"))
    own = {
        *re.findall(
            r"--[a-z-]+",
            "\n".join(line for line in code.splitlines() if not re.search(r"\bpip\b|\bdask worker\b", line)),
        )
    }
    assert {option for option in own if option not in help_text} == set()
