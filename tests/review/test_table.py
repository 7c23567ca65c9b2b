"""`review.csv` as spreadsheets save it, and as nobody should."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.review.decisions import Action, Decision, Review
from pipeline.review.table import read_review, write_header

Read = Callable[[str | bytes], Review]

ROWS = [Decision(2, "m_01", Action.REJECT), Decision(3, "r_02", Action.RELABEL, "negative", "polarity")]
PLAIN = "row_id,decision,value,note\nm_01,reject,,\nr_02,relabel,polarity=negative,niée\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a review from its text or its bytes."""

    def read_this(content: str | bytes) -> Review:
        path = tmp_path / "review.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_review(path)

    return read_this


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN, id="as-written"),
        pytest.param(PLAIN.replace(",", ";"), id="semicolons"),
        pytest.param(PLAIN.replace(",", "\t"), id="tabs"),
        pytest.param(PLAIN.replace("\n", "\r\n"), id="windows-line-ends"),
        pytest.param(PLAIN.replace(",", ";").encode("utf-8-sig"), id="byte-order-mark"),
        pytest.param(PLAIN.replace(",", ";").encode("cp1252"), id="cp1252"),
        pytest.param(PLAIN.replace(",", "\t").encode("utf-16"), id="utf-16"),
        pytest.param(PLAIN.replace("row_id,decision", "Row_ID, DECISION "), id="header-in-any-case"),
        pytest.param(PLAIN.replace("m_01,reject,,", "m_01, Reject ,,"), id="decision-in-any-case"),
        pytest.param(PLAIN.replace("m_01", '"m_01"'), id="quoted"),
        pytest.param(
            "note,value,extra,decision,row_id\n,,x,reject,m_01\n,polarity = Negative,x,relabel,r_02\n", id="other-columns"
        ),
    ],
)  # fmt: skip
def test_whatever_a_spreadsheet_saves_is_read(read: Read, content: str | bytes) -> None:
    assert list(read(content).decisions) == ROWS


def test_blank_lines_are_passed_over_and_lines_counted_as_an_editor_does(read: Read) -> None:
    found = read('\n\nrow_id,decision,value,note\n,,,\n\nm_01,reject,,"deux\nlignes"\nm_02,nonsense\n')
    assert [decision.line for decision in found.decisions] == [6]
    assert [conflict.line for conflict in found.conflicts] == [8]


def test_the_apostrophe_before_a_formula_is_undone(read: Read) -> None:
    found = read("row_id,decision,value\n'=m_01,reject,\n")
    assert "'=m_01' is no id" in found.conflicts[0].reason


def test_a_line_without_a_decision_decides_nothing(read: Read) -> None:
    assert read("row_id,decision\nm_01,\nm_02,reject\n").undecided == 1


@pytest.mark.parametrize("content", ["", "\n\n", "row_id,decision,value,note\n", "\ufeffrow_id;decision\n"])
def test_a_file_that_decides_nothing_is_an_empty_review(read: Read, content: str) -> None:
    assert read(content) == Review()
    assert read(content).digest == ""


def test_no_file_is_an_empty_review(tmp_path: Path) -> None:
    assert read_review(tmp_path / "none" / "review.csv") == Review()


def test_the_digest_tells_decisions_and_not_how_they_are_saved(read: Read) -> None:
    first = read(PLAIN)
    assert read(PLAIN.replace(",", ";") + "\n\n").digest == first.digest
    assert read(PLAIN.replace("negative", "positive")).digest != first.digest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("a,b\nm_01,reject\n", "no column 'row_id'", id="other-columns"),
        pytest.param("row_id,value\nm_01,x\n", "no column 'decision'", id="no-decision"),
        pytest.param("row_id,decision,row_id\nm_01,reject,m_02\n", "'row_id' stands there twice", id="twice"),
        pytest.param('row_id,decision,note\nm_01,reject,"ouvert\nm_02,reject,\n', "line 2: this is not CSV", id="unclosed"),
        pytest.param(
            'row_id,decision,note\nm_01,reject,"ouvert\nm_02,reject,"fermé"\n', "line 2: this is not CSV", id="half-closed"
        ),
        pytest.param(b"\x00\x01\x02\x03" * 500, "binary file", id="binary"),
        pytest.param(b"PK\x03\x04 row_id,decision", "an office document", id="xlsx-renamed"),
        pytest.param("<html><body>row_id decision</body></html>", "no column 'row_id'", id="markup"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_review_is_one_clear_error(read: Read, content: str | bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        read(content)
    assert caught.value.exit_status == 2


def test_a_folder_called_review_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "review.csv").mkdir()
    with pytest.raises(UsageError, match="no plain file"):
        read_review(tmp_path / "review.csv")


def test_links_that_lead_round_or_nowhere_are_clear_errors(tmp_path: Path) -> None:
    (tmp_path / "round.csv").symlink_to(tmp_path / "round.csv")
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "missing")
    for name in ("round.csv", "nowhere.csv"):
        with pytest.raises(UsageError, match=name):
            read_review(tmp_path / name)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/tty"])
def test_a_link_to_a_device_is_not_read(tmp_path: Path, device: str) -> None:
    (tmp_path / "review.csv").symlink_to(device)
    with pytest.raises(UsageError, match="no plain file"):
        read_review(tmp_path / "review.csv")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "review.csv")
    with pytest.raises(UsageError, match="no plain file"):
        read_review(tmp_path / "review.csv")


def test_a_file_that_may_not_be_read_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "review.csv").write_text(PLAIN)
    monkeypatch.setattr(Path, "read_bytes", refuse)  # the tests may run as root, whom no mode stops
    with pytest.raises(UsageError, match="Permission denied"):
        read_review(tmp_path / "review.csv")


def test_a_million_lines_take_seconds(read: Read) -> None:
    lines = "".join(f"r_{n:010x},reject,,x\nm_{n:010x},foo,<b>,\n" for n in range(500_000))
    begin = time.process_time()
    found = read("row_id,decision,value,note\n" + lines)
    assert (len(found.decisions), len(found.conflicts)) == (500_000, 500_000)
    assert time.process_time() - begin < 20


def test_huge_cells_are_read_and_cut_in_messages(read: Read) -> None:
    found = read(f"row_id,decision,value,note\nm_01,reject,,{'x' * 5_000_000}\n{'y' * 5_000_000},reject,,\n")
    assert [decision.row_id for decision in found.decisions] == ["m_01"]
    assert len(found.conflicts[0].reason) < 200


@pytest.mark.parametrize(
    "cell", ["\x00", "m_\x0001", "=1+1", "<script>alert(1)</script>", '"m_01\nm_02"', "\u202em_01", "@x", "t_01"]
)
def test_what_is_no_id_is_a_conflict_on_one_printable_line(read: Read, cell: str) -> None:
    found = read(f"row_id,decision,value\n{cell},accepted,\nm_03,reject,\n")
    assert [decision.row_id for decision in found.decisions] == ["m_03"]
    assert found.conflicts[0].reason.isprintable()


def test_the_header_is_written_once_and_never_again(tmp_path: Path) -> None:
    write_header(tmp_path)
    assert (tmp_path / "review.csv").read_bytes() == b"row_id,decision,value,note\n"
    (tmp_path / "review.csv").write_text("mine")
    write_header(tmp_path)
    assert (tmp_path / "review.csv").read_text() == "mine"


def test_the_header_follows_a_french_spreadsheet(tmp_path: Path) -> None:
    write_header(tmp_path, excel_fr=True)
    assert (tmp_path / "review.csv").read_bytes() == "\ufeffrow_id;decision;value;note\n".encode()
