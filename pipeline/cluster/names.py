"""Ids that clash across partitions, found without bringing the ids together: 8 bytes an article do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.cluster.partitions import Partition, read_partition
from pipeline.documents.names import ClashingNames, digest_of
from pipeline.documents.records import read_article
from pipeline.records import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

Each = Callable[[Callable[..., Any], list[tuple[Any, ...]]], Iterable[tuple[int, Any]]]
"""Calls a function with each of many arguments, anywhere; gives the number of the arguments and the result."""

Names = dict[int, str]
"""New ids by the place of the article in its partition, from 0; most articles keep theirs."""


def find_names(partitions: list[Partition], each: Each) -> dict[int, Names]:
    """Rename the articles of a run whose ids clash, as `DocumentSource` does.

    Args:
        partitions: all of the run, in order.
        each: where the partitions are read.

    Returns:
        New ids by the number of the partition; partitions without any are left out.
    """
    hashes = dict(each(id_hashes, [(partition,) for partition in partitions]))
    shared = _shared(list(hashes.values()))
    touched = [partition for partition in partitions if np.isin(hashes[partition.number], shared).any()]
    del hashes
    found = dict(each(articles_of, [(partition, shared) for partition in touched]))
    ids = Counter(doc_id for articles in found.values() for _, doc_id, _ in articles)
    names = ClashingNames()
    return {
        partition.number: {place: names.give(doc_id, digest) for place, doc_id, digest in found[at] if ids[doc_id] > 1}
        for at, partition in enumerate(touched)
    }


def id_hashes(partition: Partition) -> NDArray[np.uint64]:
    """Give the hashes of the ids of a partition's articles; rows without text are no articles and clash with none."""
    return np.array([_hash(document.doc_id) for _, document in _documents(partition)], dtype=np.uint64)


def articles_of(partition: Partition, hashes: NDArray[np.uint64]) -> list[tuple[int, str, str]]:
    """Give place, id and digest of the articles whose ids have one of these hashes."""
    wanted = {*hashes.tolist()}
    return [
        (place, document.doc_id, digest_of(document.text))
        for place, document in _documents(partition)
        if _hash(document.doc_id) in wanted
    ]


def _documents(partition: Partition) -> Iterator[tuple[int, Document]]:
    for place, cells in enumerate(read_partition(partition)):
        article = read_article(cells, where="", path=partition.path, number=partition.start + place + 1)
        if isinstance(article, Document):
            yield place, article


def _shared(hashes: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    together = np.concatenate(hashes) if hashes else np.array([], dtype=np.uint64)
    together.sort()
    return np.unique(together[1:][together[1:] == together[:-1]])


def _hash(doc_id: str) -> int:
    return int.from_bytes(blake2b(doc_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
