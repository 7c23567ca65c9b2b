"""Claims of the newspaper itself: the main clause of each sentence that names somebody or something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.claims.draft import Draft
from pipeline.cleaning import Clean, Role
from pipeline.entities.index import MentionIndex
from pipeline.frames.main_colour import main_colour
from pipeline.records import Attribution, Label
from pipeline.tree import Tree

_NAMED = (Label.COUNTRY, Label.WEAPON, Label.ORGANISATION, Label.PERSON)


def author_claims(tree: Tree, clean: Clean, index: MentionIndex, attributed: Sequence[Draft]) -> Iterator[Draft]:
    """One claim a sentence with a country, weapon, organisation or person; subheads and questions are skipped.

    A sentence whose main clause only introduces attributed content is left to that content.
    """
    roles = {p.start: p.role for p in clean.paragraphs}
    starts = sorted(roles)
    for number, (first, stop) in enumerate(tree.sentences):
        start, end = tree.start[first], tree.end[stop - 1]
        role = roles[max(s for s in starts if s <= start)]
        if role is Role.SUBHEAD or tree.text[stop - 1] == "?":
            continue
        if not any(index.labelled(i, _NAMED) for i in range(first, stop)):
            continue
        covered = sum(min(end, d.end) - max(start, d.start) for d in attributed if d.start < end and d.end > start)
        if covered >= 0.5 * (end - start):
            continue
        root = next((i for i in range(first, stop) if tree.head[i] == i), first)
        colour = main_colour(tree, root)
        yield Draft(
            start, end, number, Attribution.AUTHOR, None, None, root,
            colour.polarity, colour.modality, colour.tense, tuple(colour.cues), "author.main-clause",
        )  # fmt: skip
