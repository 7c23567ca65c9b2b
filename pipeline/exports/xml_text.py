"""Text that XML 1.0 can hold."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""Replace characters that XML forbids, control characters and lone surrogates, by U+FFFD.

    Examples:
        >>> xml_text("a\x00b") == "a\ufffdb"
        True
    """
    return _FORBIDDEN.sub("\ufffd", text)
