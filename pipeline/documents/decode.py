"""Bytes to text: UTF-8, UTF-16, cp1252, then what charset-normalizer makes of it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.errors import InputError

SNIFFED = 65_536  # bytes looked at to tell text from anything else
MAX_CONTROL = 0.02  # share of control bytes above which a file is no text

_MAGIC = {
    b"\x1f\x8b": "a gzip archive",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"%PDF-": "a PDF file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"{\\rtf": "an RTF file",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"PAR1": "a Parquet file",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and what the reader had to guess to get it."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(raw: bytes, *, where: str) -> Decoded:
    r"""Turn the bytes of a file into text; a byte order mark is left out, nothing else is changed.

    Args:
        raw: the whole file.
        where: the file as the user knows it, for messages.

    Raises:
        InputError: if this is no text: an archive, an image, or bytes without sense.

    Examples:
        >>> decode("Téhéran".encode(), where="a.txt")
        Decoded(text='Téhéran', warnings=())
        >>> decode("Téhéran".encode("cp1252"), where="a.txt")
        Decoded(text='Téhéran', warnings=('encoding: read as cp1252',))
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _with_bom(raw, encoding, where=where)
    if encoding := _utf16_without_bom(raw[:SNIFFED]):
        return Decoded(raw.decode(encoding, errors="replace"), (f"encoding: read as {encoding}",))
    _refuse_binary(raw, where=where)
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _guess(raw, where=where)


def _with_bom(raw: bytes, encoding: str, *, where: str) -> Decoded:
    name = encoding.removesuffix("-sig")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, errors="replace")
        return Decoded(text, (f"encoding: damaged {name}, some characters are lost",))
    return Decoded(text, () if name == "utf-8" else (f"encoding: read as {name}",))


def _refuse_binary(raw: bytes, *, where: str) -> None:
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            raise InputError(where, f"this is {kind}, not text", "", "Save it as plain text in UTF-8")
    head = raw[:SNIFFED]
    if len(head) - len(head.translate(None, _CONTROL)) > MAX_CONTROL * len(head) + 2:
        raise InputError(where, "this is a binary file, not text", "", "Save it as plain text in UTF-8")


def _utf16_without_bom(head: bytes) -> str:
    """French in UTF-16 has a NUL in nearly every second byte, and none in the others."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) < 8 or max(even, odd) < 0.3 * len(head) or min(even, odd) > 0.01 * len(head):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(raw: bytes, *, where: str) -> Decoded:
    valid = len(_MULTIBYTE.findall(raw))
    stray = len(_HIGH.findall(_MULTIBYTE.sub(b"", raw)))
    if valid >= stray:
        return Decoded(raw.decode("utf-8", errors=_MIXED), ("encoding: mixed, stray bytes read as cp1252",))
    try:
        return Decoded(raw.decode("cp1252"), ("encoding: read as cp1252",))
    except UnicodeDecodeError:
        return _normalise(raw, where=where)


def _normalise(raw: bytes, *, where: str) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    if best is None:
        raise InputError(where, "no known encoding fits", "Accepted are UTF-8, UTF-16 and cp1252", "Save it as UTF-8")
    return Decoded(str(best), (f"encoding: read as {best.encoding}, guessed",))


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


_MIXED = "defpress.cp1252"
codecs.register_error(_MIXED, _stray_bytes)
