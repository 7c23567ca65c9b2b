"""What must hold of every extraction: cells that go back to the text, characters covered once."""

from __future__ import annotations

from pipeline.cleaning import shown
from pipeline.records import Extraction


def ungrounded(result: Extraction) -> list[str]:
    """What in an extraction does not go back to its text: cells unlike `text[start:end]`, characters not covered once."""
    text = result.text
    cells = [(m.mention_id, m.start, m.end, m.text) for m in result.mentions]
    cells += [(c.claim_id, c.start, c.end, c.text) for c in result.claims]
    cells += [(r.relation_id, r.start, r.end, r.evidence) for r in result.relations]
    out = [f"{name}: nothing" for name, _, _, cell in cells if not cell]
    cells += [(f"coverage of {c.sentence}", c.start, c.end, c.text) for c in result.coverage]
    out += [f"{name}: {cell!r}" for name, start, end, cell in cells if shown(text[start:end]) != cell]
    seen = [0] * len(text)
    for row in result.coverage:
        for at in range(row.start, row.end):
            seen[at] += 1
    once = zip(text, seen, strict=True)
    return out + [
        f"{at}: {char!r} in {n} rows" for at, (char, n) in enumerate(once) if n > 1 or not (n or char.isspace())
    ]
