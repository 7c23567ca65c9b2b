"""Inputs that every target is given in the tests: where a fuzzer begins, and what once broke something."""

from __future__ import annotations

from tests.fuzz.texts import UNITS


def spell(*fragments: str) -> bytes:
    """The bytes that stand for some fragments of `texts`."""
    return bytes(UNITS.index(fragment) for fragment in fragments)


_SENTENCE = spell("La Russie", " a livré", " des S-400", " à l'Iran", ".")
_QUOTED = spell(" Selon Kiev,", " «", " Nous ne paierons pas", " »", ", a dit", " le ministre", " russe", ".")
_VALUES = spell(" plus de", " 1 500", " en 2021-2022", " entre 2 et 3", " depuis 2014", "\n", " 12 h", " $3.5 billion")
_CHAIN = spell(" Moscou", " faire") + b"\xfe\xff" + spell(" fait savoir", " que") + _SENTENCE
_TEXTS = (b"", _SENTENCE, _QUOTED, _VALUES, bytes(range(256)), _CHAIN, _SENTENCE + b"\xff\x00\xd8\x00" + _QUOTED)
_RAW = (
    b"", b"\xef\xbb\xbfT\xc3\xa9h\xc3\xa9ran", b"T\xe9h\xe9ran", "Téhéran dément.".encode("utf-16"), b"\x00" * 9, b"\x1f\x8b\x08",
    bytes(range(256)),
)  # fmt: skip

SEEDS: dict[str, tuple[bytes, ...]] = {
    "decoding": (*_RAW, b"\xc3\xa9\xe9\xc3\xa9", b"\xff\xfe\x00\xd8", b"\x81\x8d\xe9"),
    "pages": (
        *_RAW,
        b"<title>Une</title><meta name=date content=2024-05-31><article><p>Paris livre.</p></article>",
        b"<p><![CDATA[<script>x</p></script><!--",
        b"<p><![CDETA[a><p>b</p>",
    ),
    "json_lines": (*_RAW, b'{"id": 1, "text": "Paris.", "date": "31/05/2024"}\n[]\nx\n{"text": ["a"]}', b"[" * 3000),
    "csv_records": (*_RAW, b'id;Texte;date\n1;"Paris;\nKiev";hier\n', b'text\n"a\r"b', b"text\rParis\r"),
    "cleaning": _TEXTS,
    "quotations": _TEXTS,
    "values": _TEXTS,
    "frames": _TEXTS,
    "extraction": _TEXTS,
    "tables": _TEXTS,
    "exporters": _TEXTS,
    "lexicon": (
        b'[[weapon]]\nname = "Faucon-7"\ncategory = "uav/combat"\norigin = ["FRA"]\n',
        b'[[alias]]\nname = "Piter"\nentity = "PLACE:saint-petersbourg"\n',
        b"[[weapon]]\nname = 1979-05-27\n[place]\n[[alias]]\nx = [[1]]\n",
        b"\x80name,entity\nPiter,PLACE:saint-petersbourg\n",
        b'\x80name;kind\n"a\r"b;x\n',
        b"\x80name,entity\n" + b"Zorglub,Xara\n" * 40,
        b"\x80name,category\n\x00,\n",
    ),
}
