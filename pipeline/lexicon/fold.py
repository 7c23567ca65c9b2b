"""Length-preserving fold of text, so that offsets into the folded text are offsets into the text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_SEPARATORS = re.compile(r"[^\w]+|_")


@cache
def _table() -> dict[int, str]:
    table = dict.fromkeys(range(8208, 8214), "-") | {0x2212: "-", 0x2043: "-"}
    table |= {ord(c): "'" for c in "\u2019\u2018\u02bc\u00b4\u02b9`"}
    table |= {ord(c): " " for c in "\t\u00a0\u2009\u202f\u2007\u3000"}
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        table[code] = base if len(base) == 1 else chr(code)
    return table | {ord("ı"): "i", ord("ł"): "l", ord("Ł"): "l", ord("ø"): "o", ord("Ø"): "o", ord("đ"): "d"}


def fold(text: str) -> str:
    """Lower case, accents off, every apostrophe, hyphen and blank made one; `len` stays the same.

    Examples:
        >>> fold("L’Élysée – S‑400")
        "l'elysee - s-400"
    """
    return text.translate(_table())


@lru_cache(maxsize=20_000)
def slug(name: str) -> str:
    """Readable identity of a name: letters and digits without accents, joined by hyphens.

    Examples:
        >>> slug("Gardiens de la révolution"), slug("S-400")
        ('gardiens-de-la-revolution', 's-400')
    """
    folded = fold(name).replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return _SEPARATORS.sub("-", folded).strip("-")
