"""Web pages: the article's text with its title, outlet and date.

trafilatura (extra `html`) does it where it is installed; otherwise a plain reader of our own takes the paragraphs of
the article and leaves menus, forms and scripts out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from pipeline.documents.dates import iso_date

_LEFT_OUT = frozenset(
    "script style noscript template nav header footer aside form button select svg figure iframe".split()
)
_BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 tr td table section article main blockquote pre hr dd dt".split()
)
_META = {
    "og:title": "title",
    "og:site_name": "outlet",
    "article:published_time": "published",
    "date": "published",
    "dc.date": "published",
    "datepublished": "published",
}


@dataclass(slots=True)
class Page:
    """What was read from a page."""

    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def read_page(markup: str) -> Page:
    """Give the article of a web page.

    Examples:
        >>> page = read_page("<title>Une</title><nav>Menu</nav><p>Paris livre des Caesar.</p>")
        >>> page.text, page.fields
        ('Paris livre des Caesar.', {'title': 'Une'})
    """
    return _with_trafilatura(markup) or _plainly(markup)


def _with_trafilatura(markup: str) -> Page | None:
    try:
        from trafilatura import bare_extraction
    except ModuleNotFoundError:
        return None
    found: Any = bare_extraction(markup, include_comments=False, with_metadata=True)
    if found is None or not (found.text or "").strip():
        return None
    fields = {"title": found.title, "outlet": found.sitename or found.hostname, "published": iso_date(found.date or "")}
    return Page(found.text, {name: value for name, value in fields.items() if value})


def _plainly(markup: str) -> Page:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    text = reader.article if reader.article.strip() else reader.everything
    lines = (" ".join(line.split()) for line in text.split("\n"))
    page = Page("\n".join(line for line in lines if line), reader.fields)
    if title := " ".join(reader.title.split()):
        page.fields.setdefault("title", title)
    return page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self.title = ""
        self._all: list[str] = []
        self._article: list[str] = []
        self._skipping = 0
        self._inside = 0
        self._in_title = False

    @property
    def everything(self) -> str:
        return "".join(self._all)

    @property
    def article(self) -> str:
        return "".join(self._article)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            self._read_meta({name: value or "" for name, value in attrs})
        self._skipping += tag in _LEFT_OUT
        self._inside += tag in ("article", "main")
        self._in_title = tag == "title"
        if tag in _BLOCKS:
            self._write("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._write("\n")
        self._skipping = max(0, self._skipping - (tag in _LEFT_OUT))
        self._inside = max(0, self._inside - (tag in ("article", "main")))
        self._in_title = False

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read « <![ENDIF] » as a comment where the parser of the library would give up."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        else:
            self._write(re.sub(r"\s+", " ", data))

    def _write(self, text: str) -> None:
        if not self._skipping:
            self._all.append(text)
            if self._inside:
                self._article.append(text)

    def _read_meta(self, attrs: dict[str, str]) -> None:
        name = _META.get((attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or "").lower(), "")
        value = " ".join(attrs.get("content", "").split())
        if name == "published":
            value = iso_date(value)
        if name and value:
            self.fields.setdefault(name, value)
