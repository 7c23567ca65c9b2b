"""A claim before it becomes a row."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.frames import verbs
from pipeline.frames.colour import Cue
from pipeline.frames.main_colour import main_colour
from pipeline.records import Attribution, Modality, Polarity, Tense
from pipeline.tree import Tree

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim over clean text. Offsets are code points into the clean text, half-open.

    `source` is a clean stretch or None for the author; `cue` is the reporting word's stretch, None without one;
    `head` the main predicate of the content (token index). `speaker` is where the source is named, when the source
    itself is a pronoun or a bare function. `reporting` is the lemma of the reporting word, causative included
    (« faire savoir »).
    """

    start: int
    end: int
    sentence: int
    attribution: Attribution
    source: Span | None
    cue: Span | None
    head: int
    polarity: Polarity
    modality: Modality
    tense: Tense
    cues: tuple[Cue, ...]
    rule: str
    speaker: Span | None = None
    reporting: str = ""


def content_draft(
    tree: Tree, first: int, stop: int, head: int, source: Span | None, cue: int, attribution: Attribution, rule: str
) -> Draft:
    """A draft over tokens `first` to `stop` with the colour of its main predicate.

    `cue` is the token of the reporting word; its auxiliaries belong to the cue.
    """
    colour = main_colour(tree, head)
    if tree.lower[first] == "si" or tree.lower[first : first + 2] in (["s'", "il"], ["s'", "ils"]):
        if colour.modality is Modality.ALLEGED:  # the conditional of « si …, il y aurait … »
            colour.modality = Modality.ASSERTED
        colour.shade(Modality.HYPOTHETICAL, (first,))
    causative = cue > 0 and tree.lemma[cue - 1] in ("faire", "laisser") and verbs.is_infinitive(tree, cue)
    group = [cue - 1, cue] if causative else [cue]
    words = [*group, *(k for verb in group for k in verbs.auxiliaries(tree, verb) if cue - 5 <= k < cue)]
    return Draft(
        tree.start[first], tree.end[stop - 1], tree.sent[head], attribution, source,
        (tree.start[min(words)], tree.end[cue]), head, colour.polarity, colour.modality, colour.tense,
        tuple(colour.cues), rule, reporting=" ".join(tree.lemma[k] for k in group),
    )  # fmt: skip
