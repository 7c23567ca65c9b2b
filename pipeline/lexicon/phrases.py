"""Fixed phrases (titles, kind nouns) found in text by their folded form, at word boundaries."""

from __future__ import annotations

from collections.abc import Iterable

import ahocorasick

from pipeline.lexicon.forms import match_fold


class Phrases:
    """A list of phrases, ready to be searched.

    Examples:
        >>> Phrases(["ministre", "ministre de la Défense"]).find("Le ministre de la Défense parle.")
        [(3, 25, 'ministre de la Défense')]
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for phrase in phrases:
            folded = match_fold(phrase)
            self._automaton.add_word(folded, (len(folded), phrase))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, phrase) of every match, leftmost longest, without overlap; code points, half-open."""
        folded = f" {match_fold(text)} "
        hits = []
        for last, (length, phrase) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if folded[start - 1].isalnum() or folded[end].isalnum():
                continue
            if text[start - 2 : start - 1] not in ("-", "_"):  # « Topol-M. » ends in no « M. »
                hits.append((start - 1, end - 1, phrase))
        kept: list[tuple[int, int, str]] = []
        for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
            if not kept or hit[0] >= kept[-1][1]:
                kept.append(hit)
        return kept
