"""`report.html`: one self-contained page, for one article as for a run of thousands.

The page loads nothing: style and script are inlined, the data is embedded as JSON, and a content security policy with
the script's hash keeps anything else from running. Text reaches the page as text nodes only.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from pipeline.exports.files import atomic_text
from pipeline.exports.report.payload import article_chunks, data_chunks, overview_of
from pipeline.exports.run import RunData
from pipeline.tables import without_surrogates

SCRIPTS = ("core.js", "details.js", "article.js", "tables.js", "graph.js", "overview.js", "main.js")


def write(run: RunData, folder: Path, *, excel_fr: bool = False) -> list[Path]:
    """Write `report.html`; `excel_fr` changes nothing here.

    Raises:
        OutputError: if the file cannot be written.
    """
    path = folder / "report.html"
    style = f"\n{_asset('style.css')}"
    script = '\n"use strict";\n(() => {\n' + "\n".join(_asset(name) for name in SCRIPTS) + "})();\n"
    page = (
        _environment()
        .get_template("report.html")
        .generate(
            title=without_surrogates(run.name),
            style=Markup(style),
            style_hash=_hash(style),
            script=Markup(script),
            script_hash=_hash(script),
            data=data_chunks(run, overview_of(run)),
            articles=article_chunks(run),
        )
    )
    with atomic_text(path) as handle:
        handle.writelines(page)
    return [path]


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("pipeline.exports.report"), autoescape=True)


def _asset(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0].strip() + "\n"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
