"""Articles in a DataFrame to extractions in a DataFrame: what any engine can call on a piece of a big table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.documents.records import ARTICLE_COLUMNS, article_id, read_article
from pipeline.errors import InputError
from pipeline.exports.jsonable import dump_json, extraction_to_dict
from pipeline.extractor import Extractor, packaged_extractor
from pipeline.records import Document
from pipeline.runs.pool import extract_all
from pipeline.tables import without_surrogates

if TYPE_CHECKING:
    import pandas as pd

RESULT_COLUMNS = ("doc_id", "extraction", "error")


def process(articles: pd.DataFrame, *, lexicons: Sequence[str] = ()) -> pd.DataFrame:
    """Read every article of a DataFrame; the model is loaded once a process, and must be used by one thread at a time.

    Args:
        articles: columns `id` and `text`, and `title`, `outlet`, `published`, `path` if known, named as in files of
            articles. Ids are taken as they are and should be unique over all pieces of a run.
        lexicons: the user's own lexicon files.

    Returns:
        One row an article, in order: `doc_id`; `extraction`, the JSON object of `extractions.jsonl`; `error`, why
        the article could not be read, "" when all went well. An article that breaks the extraction has an object
        with an `error` row, as in a run folder; one without text has none, "".

    Raises:
        InputError: if there is no column for the id or for the text.
        LexiconError: if a lexicon cannot be used.

    Examples:
        >>> import json
        >>> import pandas as pd
        >>> found = process(pd.DataFrame({"id": ["une", "vide"], "text": ["Paris livre des Caesar à Kiev.", None]}))
        >>> found.doc_id.tolist(), found.error.tolist()
        (['une', 'vide'], ['', "the article has no text. Expected a key or column 'text'."])
        >>> [mention["text"] for mention in json.loads(found.extraction[0])["mentions"]]
        ['Paris', 'Caesar', 'Kiev']
    """
    import pandas as pd

    _check_columns(articles)
    extractor = _extractor(tuple(lexicons))
    rows = [_row(cells, number, extractor) for number, cells in enumerate(_cells(articles), start=1)]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pd.DataFrame(
        {name: pd.Series(values, dtype="str") for name, values in zip(RESULT_COLUMNS, columns, strict=True)}
    )


def _row(cells: dict[str, Any], number: int, extractor: Extractor) -> tuple[str, str, str]:
    where = f"row {number}"
    path = str(cells.get("path") or "")
    article = read_article(cells, where=where, path=path, number=number)
    if isinstance(article, InputError):
        doc_id = article_id(cells, path=path, number=number)
        return without_surrogates(doc_id), "", str(article).removeprefix(f"{where}: ")
    return _extracted(article, extractor)


def _extracted(article: Document, extractor: Extractor) -> tuple[str, str, str]:
    outcome = next(extract_all(extractor, [article]))
    found = dump_json(extraction_to_dict(outcome.extraction))
    return without_surrogates(article.doc_id), found, without_surrogates(outcome.failure)


def _cells(articles: pd.DataFrame) -> Iterator[dict[str, Any]]:
    # Missing values are None: « nan » is no text.
    known = articles.astype(object).where(articles.notna(), None)
    for cells in known.to_dict("records"):
        yield {str(name).strip().lower(): value for name, value in cells.items()}


def _check_columns(articles: pd.DataFrame) -> None:
    names = {str(name).strip().lower() for name in articles.columns}
    for needed in ("id", "text"):
        if not names.intersection(ARTICLE_COLUMNS[needed]):
            found = f"no column '{needed}' (found {', '.join(sorted(names)[:6]) or 'nothing'})"
            raise InputError("articles", found, "Expected id, text, title, outlet, published")


@cache
def _extractor(lexicons: tuple[str, ...]) -> Extractor:
    return Extractor(lexicons=lexicons) if lexicons else packaged_extractor()
