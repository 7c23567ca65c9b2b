"""Bytes to text: every encoding that press archives hold, and nothing that is no text."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.decode import decode
from pipeline.errors import InputError

TEXT = "L’armée française a reçu dix-huit Caesar à Téhéran, « selon l’état-major »."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_known_encodings_give_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), where="a.txt").text == TEXT


def test_utf8_needs_no_warning() -> None:
    assert decode(TEXT.encode(), where="a.txt").warnings == ()


def test_another_encoding_is_a_warning() -> None:
    assert decode(TEXT.encode("cp1252"), where="a.txt").warnings == ("encoding: read as cp1252",)


def test_stray_bytes_in_utf8_are_read_as_cp1252() -> None:
    found = decode("Téhéran dément, ".encode() + "Kiev a cédé".encode("cp1252"), where="a.txt")
    assert found.text == "Téhéran dément, Kiev a cédé"
    assert "mixed" in found.warnings[0]


def test_line_ends_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n", where="a.txt").text == "a\r\nb\rc\n"


def test_one_nul_does_not_make_a_text_binary() -> None:
    assert (
        decode(b"Paris livre des Caesar\x00 \xc3\xa0 Kiev.", where="a.txt").text == "Paris livre des Caesar\x00 à Kiev."
    )


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        pytest.param(gzip.compress(TEXT.encode()), "gzip", id="gzip"),
        pytest.param(b"%PDF-1.7 and more", "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04rest", "ZIP", id="docx"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "PNG", id="png"),
        pytest.param(bytes(range(256)) * 8, "binary", id="any"),
        pytest.param(b"\x00" * 1000, "binary", id="nul"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=kind):
        decode(raw, where="a.txt")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_clear_error(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw, where="a.txt").text, str)
    except InputError as error:
        assert "\n" not in str(error)


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode(), where="a.txt").text == text.removeprefix("\ufeff")
