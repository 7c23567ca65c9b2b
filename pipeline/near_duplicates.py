"""Which documents are the same text published twice: an agency dispatch in three newspapers is one origin.

Scheme: resemblance of word shingles estimated from the smallest hashes (Broder 1997, "On the resemblance and
containment of documents"), with blake2b, so that the result is the same on every machine.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from hashlib import blake2b

SHINGLE_WORDS = 5
SKETCH_SIZE = 64
# Copies that differ by their title, their byline and a cut paragraph stay above this; two articles on the same
# event written apart share few runs of five words.
SAME_TEXT = 0.6
# Candidates share three of their sixteen smallest hashes: so do two texts at 0.6 but for one pair in a thousand, while
# a newspaper's standing footer brings about one.
_LOOKUPS = 16
_SHARED = 3
# A shingle that this many different texts hold is a standing footer, and tells none of them from another: it is not
# looked up again, so that a footer under every article costs nothing
_COMMON = 200

Sketch = tuple[int, ...]


def sketch(text: str) -> Sketch:
    """Give the smallest hashes of a text's five-word shingles, in order; case and punctuation do not count.

    Examples:
        >>> sketch("Paris livre des Caesar.") == sketch("PARIS livre des Caesar !")
        True
        >>> sketch("")
        ()
    """
    words = re.findall(r"\w+", text.lower())
    count = max(len(words) - SHINGLE_WORDS + 1, min(len(words), 1))
    shingles = {" ".join(words[start : start + SHINGLE_WORDS]) for start in range(count)}
    return tuple(sorted(map(_hash, shingles))[:SKETCH_SIZE])


def resemblance(first: Sketch, second: Sketch) -> float:
    """Estimate the share of shingles that two texts have in common, 0 to 1."""
    union = sorted({*first, *second})[:SKETCH_SIZE]
    return len({*first} & {*second} & {*union}) / len(union) if union else 0.0


def representatives(sketches: Mapping[str, Sketch]) -> dict[str, str]:
    """Name for each document the first one, in the order given, whose text is nearly the same: often itself."""
    first_of: dict[str, str] = {}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for doc_id, mine in sketches.items():
        telling = [value for value in mine[:_LOOKUPS] if len(holders[value]) < _COMMON]
        shared = Counter(other for value in telling for other in holders[value])
        needed = min(_SHARED, len(telling))
        same = (other for other in shared if shared[other] >= needed and _is_same(mine, sketches[other]))
        first_of[doc_id] = next(same, doc_id)
        if first_of[doc_id] == doc_id:
            for value in telling:
                holders[value].append(doc_id)
    return first_of


def _is_same(first: Sketch, second: Sketch) -> bool:
    return resemblance(first, second) >= SAME_TEXT


def _hash(shingle: str) -> int:
    return int.from_bytes(blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
