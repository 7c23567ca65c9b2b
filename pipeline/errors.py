"""One small family of errors, caught once, in the command line.

A message says where, what was found, what is accepted, what to do:
`weapons.toml, entry 'leclerc': country 'FR' is not an ISO 3166-1 alpha-3 code. Did you mean 'FRA'?`
"""

from __future__ import annotations

import unicodedata
from typing import ClassVar

_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class DefpressError(Exception):
    """Anything that the user can put right: the base class of the family.

    Args:
        where: file, entry, option or document, as the user knows it.
        found: what is wrong there, without a final full stop.
        accepted: what would have been accepted, "" when `found` says it.
        advice: what to do, "" when that is plain.

    Examples:
        >>> print(LexiconError("weapons.toml, entry 'leclerc'", "country 'FR' is not a known code", "", "Use 'FRA'"))
        weapons.toml, entry 'leclerc': country 'FR' is not a known code. Use 'FRA'.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, where: str, found: str, accepted: str = "", advice: str = "") -> None:
        # All four go to `args`, so that an error survives the trip back from a worker process.
        super().__init__(where, found, accepted, advice)
        self.where, self.found, self.accepted, self.advice = where, found, accepted, advice

    def __str__(self) -> str:
        sentences = [part.strip() for part in (self.found, self.accepted, self.advice) if part.strip()]
        ended = [part if part.endswith((".", "?", "!")) else f"{part}." for part in sentences]
        return on_one_line(f"{self.where}: {' '.join(ended)}")


class UsageError(DefpressError):
    """A command, option or argument that makes no sense: exit status 2."""

    exit_status = 2


class InputError(DefpressError):
    """An input that cannot be read; the others go on."""


class LexiconError(DefpressError):
    """A packaged or user data file with an entry that cannot be used."""


class OutputError(DefpressError):
    """A file or folder that cannot be written."""


class DependencyError(DefpressError):
    """A language model or an optional package that is not installed."""


def on_one_line(text: str) -> str:
    r"""Make hostile text safe to print: control, format and line-end characters become `\x..` or `\u....`.

    Examples:
        >>> print(on_one_line("a\nb.txt"))
        a\nb.txt
    """
    return "".join(
        char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in _UNPRINTABLE else char
        for char in text
    )
