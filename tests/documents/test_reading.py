"""Paths to documents: order, ids, records, and one clear error for each input that cannot be read."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import DocumentSource, detect_language, find_inputs, read_document
from pipeline.documents.dates import iso_date
from pipeline.documents.html import _plainly
from pipeline.documents.records import read_csv, read_jsonl
from pipeline.errors import InputError
from pipeline.records import Document


def documents(*paths: Path | str) -> list[Document | InputError]:
    return list(DocumentSource([str(path) for path in paths]))


def ids(*paths: Path | str) -> list[str]:
    return [item.doc_id for item in documents(*paths) if isinstance(item, Document)]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_document_is_called_after_its_file(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "la-une.v2.txt", "Paris.")) == ["la-une.v2"]


def test_same_names_get_a_hash_of_their_content(tmp_path: Path) -> None:
    found = ids(write(tmp_path / "a/x.txt", "Paris."), write(tmp_path / "b/x.txt", "Kiev."))
    assert len({*found}) == 2
    assert all(name.startswith("x-") and len(name) == 10 for name in found)


def test_same_name_and_content_are_numbered(tmp_path: Path) -> None:
    found = ids(write(tmp_path / "a/x.txt", "Paris."), write(tmp_path / "b/x.txt", "Paris."))
    assert found[1] == f"{found[0]}-2"


def test_a_record_and_a_file_may_clash(tmp_path: Path) -> None:
    line = json.dumps({"id": "x", "text": "Kiev."})
    assert len({*ids(write(tmp_path / "x.txt", "Paris."), write(tmp_path / "y.jsonl", line))}) == 2


def test_folders_are_read_in_order_with_subfolders(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", "image.png"):
        write(tmp_path / name, "Paris.")
    inputs = find_inputs([str(tmp_path)])
    assert [Path(path).name for path in inputs.paths] == ["a.txt", "b.txt", "c.txt"]
    assert inputs.passed_over == 1


def test_the_order_of_arguments_does_not_matter(tmp_path: Path) -> None:
    a, b = str(write(tmp_path / "a.txt", "Paris.")), str(write(tmp_path / "b.txt", "Kiev."))
    assert find_inputs([b, a, b]).paths == find_inputs([a, b]).paths == [a, b]


def test_globs_are_expanded(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Paris.")
    assert len(find_inputs([f"{tmp_path}/*.txt"]).paths) == 1


def test_a_link_to_its_own_folder_is_no_endless_loop(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Paris.")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(find_inputs([str(tmp_path)]).paths) == 1


@pytest.mark.parametrize("name", ["a\nb.txt", 'a"b.txt', "-rf.txt", "=1+1.txt", "é ̈.txt"])
def test_odd_names_are_names_like_others(tmp_path: Path, name: str) -> None:
    assert ids(write(tmp_path / name, "Paris.")) == [name.removesuffix(".txt")]


@pytest.mark.parametrize(
    ("name", "found"), [("nope.txt", "no such file"), ("*.xyz", "no file matches"), ("empty", "holds no text")]
)
def test_what_is_not_there_is_one_clear_error(tmp_path: Path, name: str, found: str) -> None:
    (tmp_path / "empty").mkdir()
    assert found in str(find_inputs([str(tmp_path / name)]).failed[0])


def test_an_empty_file_is_an_error_for_itself_alone(tmp_path: Path) -> None:
    found = documents(write(tmp_path / "a.txt", " \n"), write(tmp_path / "b.txt", "Paris."))
    assert isinstance(found[0], InputError)
    assert isinstance(found[1], Document)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_an_error_for_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Paris.")
    path.chmod(0)
    assert "cannot be read" in str(documents(path)[0])


def test_a_file_without_the_right_to_read_is_an_error_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "cannot be read (Permission denied)" in str(documents(write(tmp_path / "a.txt", "Paris."))[0])


def test_a_link_to_itself_is_an_error_for_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    write(tmp_path / "b.txt", "Paris.")
    found = documents(*find_inputs([str(tmp_path)]).paths)
    assert "cannot be read" in str(found[0])
    assert isinstance(found[1], Document)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (gzip.compress(b"Paris."), "a gzip archive"),
        (b"%PDF-1.7", "a PDF file"),
        (bytes(range(32)) * 9, "a binary file"),
    ],
)
def test_what_is_no_text_under_the_name_of_one_is_refused(tmp_path: Path, raw: bytes, kind: str) -> None:
    (tmp_path / "a.txt").write_bytes(raw)
    assert f"a.txt: this is {kind}, not text" in str(documents(tmp_path / "a.txt")[0])


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    write(tmp_path / "b.txt", "Paris.")
    inputs = find_inputs([str(tmp_path)])
    assert ([Path(path).name for path in inputs.paths], inputs.passed_over) == (["b.txt"], 1)


def test_a_path_up_and_down_again_is_the_file_itself(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Paris.")
    (tmp_path / "sub").mkdir()
    assert len(find_inputs([f"{tmp_path}/a.txt", f"{tmp_path}/sub/../a.txt"]).paths) == 1


def test_a_broken_link_is_an_error_for_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    assert "cannot be read" in str(documents(*find_inputs([str(tmp_path)]).paths)[0])


def test_records_of_json_lines() -> None:
    text = '{"id": "1", "text": "Paris.", "source": "AFP", "published": "05-11-2023", "title": "Une"}\n\nrubbish\n[]\n'
    found = list(read_jsonl(text, path="a.jsonl"))
    assert found[0] == Document("1", "Paris.", "Une", "AFP", "a.jsonl", "2023-11-05")
    assert [str(error).split(":")[0] for error in found[1:]] == ["a.jsonl, line 3", "a.jsonl, line 4"]


def test_a_line_separator_inside_a_text_ends_no_record() -> None:
    assert len(list(read_jsonl('{"text": "a\u2028b\x85c"}\n', path="a.jsonl"))) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_records_of_csv(delimiter: str) -> None:
    lines = [["id", "Texte", "published"], ["1", '"Paris, «\nKiev"', "hier"]]
    found = list(read_csv("\n".join(delimiter.join(line) for line in lines), path="a.csv"))
    assert isinstance(found[0], Document)
    assert (found[0].doc_id, found[0].text, found[0].published) == ("1", "Paris, «\nKiev", "")
    assert "'hier' is not a date" in found[0].warnings[0]


def test_csv_without_texts_says_which_column_is_missing() -> None:
    assert "no column 'text'" in str(next(iter(read_csv("a,b\n1,2\n", path="a.csv"))))


@given(st.text())
def test_no_json_lines_or_csv_break_the_reader(text: str) -> None:
    for reader in (read_jsonl, read_csv):
        for item in reader(text, path="a"):
            assert isinstance(item, Document | InputError)


PAGE = """<html><head><title>Une &amp; deux</title><meta property="og:site_name" content="Le Quotidien">
<meta property="article:published_time" content="2024-05-31T08:00:00Z"><script>var a = "Moscou";</script></head><body>
<nav>Menu <a href="/">Accueil</a></nav><article><h1>Une</h1><p>Paris livre des <b>Caesar</b> à Kiev.</p><p>Fin.</p>
</article><footer>Mentions légales</footer></body></html>"""


def test_a_page_gives_its_article_title_outlet_and_date() -> None:
    page = _plainly(PAGE)
    assert page.text == "Une\nParis livre des Caesar à Kiev.\nFin."
    assert page.fields == {"outlet": "Le Quotidien", "published": "2024-05-31", "title": "Une & deux"}


@given(st.text(alphabet="<>/&;'\"=! -pascrit\n", max_size=200))
def test_no_markup_breaks_the_reader(markup: str) -> None:
    assert "<p>" not in _plainly(markup).text


def test_read_document_wants_one_article(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "a"}\n{"text": "b"}\n')
    with pytest.raises(InputError, match="holds 2 articles"):
        read_document(str(path))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La Russie livre des S-400 à l'Iran.", "fr"),
        ("Paris livre.", "fr"),
        ("The ministry said that it would not send tanks to the front.", "en"),
        ("Die Regierung hat die Lieferung von Panzern an die Ukraine nicht bestätigt.", "de"),
        ("El gobierno no ha confirmado la entrega de los misiles a la fuerza aérea.", "es"),
        ("Il governo non ha confermato la consegna dei missili alla difesa del paese.", "it"),
        ("Россия поставила ракеты.", "ru"),
        ("乌克兰收到了导弹。", "zh"),
        ("12 345 — !!!", "und"),
        ("xqz wvk jjh lkm nbv qwr ttz", "und"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("31/05/2024", "2024-05-31"),
        ("1er mai 2024", "2024-05-01"),
        ("vendredi 31 mai 2024", "2024-05-31"),
        ("20240531", "2024-05-31"),
        ("31/02/2024", ""),
        ("05/31/2024", ""),
        ("", ""),
    ],
)
def test_dates_are_iso_or_nothing(written: str, date: str) -> None:
    assert iso_date(written) == date
