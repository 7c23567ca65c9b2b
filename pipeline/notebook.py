"""What a notebook shows of an extraction: its text with the mentions marked, then its claims and relations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pipeline.records import Extraction

_COLOURS = {
    "COUNTRY": "#cfe2ff",
    "WEAPON": "#f8d0d0",
    "WEAPON_CLASS": "#fbe5dc",
    "ORGANISATION": "#e6d6f5",
    "PERSON": "#cdeef0",
    "PLACE": "#d5efd2",
}
_OTHER = "#f4ecc2"
MAX_ROWS = 50


def to_html(extraction: Extraction) -> str:
    """Give a fragment without script or link; every text in it is escaped.

    Examples:
        >>> from pipeline.records import DocumentRow
        >>> row = DocumentRow("a", "<b>", "", "", "", "fr", "", 0, 0, 0, 0, 0, 0, ())
        >>> "<b>&lt;b&gt;</b>" in to_html(Extraction(row))
        True
    """
    document = extraction.document
    claims = [(c.source or "author", c.modality, c.polarity, c.text) for c in extraction.claims]
    relations = [
        (r.subject, r.type, r.object, r.counterpart, r.modality, r.polarity, r.evidence) for r in extraction.relations
    ]
    return "".join(
        [
            f"<p><b>{escape(document.title or document.doc_id)}</b></p>",
            f'<p style="white-space: pre-wrap">{_marked(extraction)}</p>',
            _table("Claims", ("source", "modality", "polarity", "text"), claims),
            _table(
                "Relations",
                ("subject", "type", "object", "counterpart", "modality", "polarity", "evidence"),
                relations,
            ),
        ]
    )


def _marked(extraction: Extraction) -> str:
    pieces, at = [], 0
    for mention in extraction.mentions:
        if mention.start < at:
            continue
        colour = _COLOURS.get(mention.label, _OTHER)
        label = escape(f"{mention.label} {mention.kind} {mention.entity_id}")
        surface = escape(extraction.text[mention.start : mention.end])
        pieces += [escape(extraction.text[at : mention.start])]
        pieces += [f'<mark style="background: {colour}; color: #000" title="{label}">{surface}</mark>']
        at = mention.end
    return "".join([*pieces, escape(extraction.text[at:])])


def _table(title: str, header: Sequence[str], rows: Sequence[Iterable[str]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in header)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows[:MAX_ROWS])
    more = f"<p>… {len(rows) - MAX_ROWS} more</p>" if len(rows) > MAX_ROWS else ""
    return f"<p><b>{title} ({len(rows)})</b></p><table><tr>{head}</tr>{body}</table>{more}"
