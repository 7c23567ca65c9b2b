"""Predicate frames: one normal form for verbs and event nouns, with who, what, how sure and which words say so."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.frames import verbs
from pipeline.frames.colour import Cue, colour_of, governors
from pipeline.frames.complements import Complement, complements
from pipeline.frames.light import light_agents, light_patients
from pipeline.frames.objects import hidden_objects
from pipeline.frames.roles import logical_roles, obliques
from pipeline.records import Modality, Polarity, Tense
from pipeline.tree import Tree


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate with its logical roles and its colour. All integers are token indices of the `Tree`.

    `agents` and `patients` are heads of noun phrases, voice undone; for a noun they are empty where only
    prepositions tell. `governors` are the predicates above, nearest first, that colour this one.
    """

    head: int
    lemma: str
    kind: str
    voice: str
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    complements: tuple[Complement, ...]
    governors: tuple[int, ...]
    polarity: Polarity
    modality: Modality
    tense: Tense
    cues: tuple[Cue, ...]


def verb_frame(tree: Tree, i: int) -> Frame:
    """The frame of the verb group at token `i`."""
    agents, patients = logical_roles(tree, i)
    hidden = [] if patients else hidden_objects(tree, i)
    patients = patients or hidden
    voice = "passive" if verbs.is_passive(tree, i) else "reflexive" if verbs.is_reflexive(tree, i) else "active"
    # « pourrait prépositionner des missiles en Irak »: what hangs on an object that the parser hung elsewhere
    low = [Complement(p, h, near=False) for k in hidden for p, h in obliques(tree, k)]
    return _frame(tree, i, "verb", voice, agents, patients, low)


def noun_frame(tree: Tree, i: int) -> Frame:
    """The frame of the event noun at token `i`; agents come from light verbs only, the rest from prepositions."""
    return _frame(tree, i, "noun", "active", light_agents(tree, i), light_patients(tree, i))


def _frame(
    tree: Tree,
    i: int,
    kind: str,
    voice: str,
    agents: list[int],
    patients: list[int],
    low: list[Complement] | None = None,
) -> Frame:
    found = complements(tree, i)
    heads = {complement.head for complement in found}
    found += [complement for complement in low or () if complement.head not in heads]
    colour = colour_of(tree, i)
    return Frame(
        i, tree.lemma[i], kind, voice, tuple(agents), tuple(patients), tuple(found),
        tuple(governors(tree, i)), colour.polarity, colour.modality, colour.tense, tuple(colour.cues),
    )  # fmt: skip
