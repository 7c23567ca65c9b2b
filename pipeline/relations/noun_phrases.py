"""Relations that a noun phrase states by itself: makers, users, offices, memberships, seats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.entities.found import Found
from pipeline.entities.index import WEAPONS
from pipeline.frames.frame import Colour
from pipeline.records import Kind, Label, Modality, Polarity, RelationType, Tense
from pipeline.relations.candidate import Candidate

if TYPE_CHECKING:
    from pipeline.assemble import Reading

# Classes that a demonym gives to the force that uses them; the others it gives to their maker
_USED = ("ship/", "submarine/", "aircraft/")


def match_noun_phrases(reading: Reading) -> Iterator[Candidate]:
    """Relations inside noun phrases, in text order."""
    for mention in reading.mentions:
        if mention.label in WEAPONS:
            yield from _demonym_on_weapon(reading, mention)


def _demonym_on_weapon(reading: Reading, weapon: Found) -> Iterator[Candidate]:
    """« des F-16 américains » (maker), « un porte-avions chinois » (user): the origin or the category decides."""
    tree, index = reading.tree, reading.index
    head = tree.token_at(weapon.start)
    if tree.dep[head] == "flat" and tree.pos[tree.head[head]] == "NOUN":
        head = tree.head[head]
    for owner in index.owners(head, frozenset((Label.COUNTRY,))):
        if owner.kind is not Kind.DEMONYM:
            continue
        entry = reading.known.get(weapon.entity_id)
        if entry is not None:
            made = owner.entity_id.split(":")[1] in entry.origin
        else:
            from pipeline.entities.classes import class_name

            made = not class_name(reading.clean.text[weapon.start : weapon.end])[1].startswith(_USED)
        kind = RelationType.PRODUCES if made else RelationType.OPERATES
        colour = Colour(Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, [])
        yield Candidate(
            kind, owner, weapon, None, tree.token_at(owner.start), tree.text[tree.token_at(owner.start)], head,
            colour.polarity, colour.modality, colour.tense, (), "phrase.demonym",
        )  # fmt: skip
