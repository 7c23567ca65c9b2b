"""Ids of documents that are unique within a run, however many inputs call theirs the same."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b


class ClashingNames:
    """New names for the documents of a run whose ids clash, in the order of the run.

    Each gets a short hash of its content; of several with one content, the second is `-2` and so on.

    Examples:
        >>> names = ClashingNames()
        >>> [names.give("une", digest_of(text)) for text in ("Paris.", "Kiev.", "Paris.")]
        ['une-cb08eb03', 'une-4068ec25', 'une-cb08eb03-2']
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def give(self, doc_id: str, digest: str) -> str:
        """Name the next document.

        Args:
            doc_id: the id that it shares with another one.
            digest: of its text, by `digest_of`.
        """
        name = f"{doc_id}-{digest}"
        self._given[name] += 1
        return name if self._given[name] == 1 else f"{name}-{self._given[name]}"


def digest_of(text: str) -> str:
    """Give the short hash that tells apart documents of one name."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
