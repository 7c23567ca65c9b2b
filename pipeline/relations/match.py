"""Frames against the relation lexicon: which frame opens which relation between whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from pipeline.entities.found import Found
from pipeline.entities.index import MentionIndex
from pipeline.frames import verbs
from pipeline.frames.frame import Frame, noun_frame, verb_frame
from pipeline.frames.roles import preposition
from pipeline.lexicon.relation_types import RelationLexicon, Trigger, TypeEntry, relation_lexicon
from pipeline.records import Kind, Modality, Polarity, RelationType
from pipeline.relations.candidate import Candidate
from pipeline.relations.slots import Filled, fill
from pipeline.tree import Tree

# The two sides of one transfer
OTHER_SIDE = {RelationType.SUPPLIES: RelationType.ACQUIRES, RelationType.ACQUIRES: RelationType.SUPPLIES}


def match_frames(tree: Tree, index: MentionIndex, lexicon: RelationLexicon) -> Iterator[Candidate]:
    """Relations opened by verbs and event nouns, in text order of their triggers.

    Every role must stand in a slot that the lexicon gives it and be of a type that the relation allows; being in one
    sentence is never enough.
    """
    questions = {n for n, (_, stop) in enumerate(tree.sentences) if "?" in tree.text[stop - 1]}
    for i in range(len(tree)):
        if tree.sent[i] in questions:
            continue
        kind, lemma = _predicate(tree, i, lexicon)
        triggers = lexicon.triggers.get((lemma, kind), ())
        if not triggers:
            continue
        frame = verb_frame(tree, i) if kind == "verb" else noun_frame(tree, i)
        if kind == "verb" and _is_joint(tree, i):
            yield from _together(tree, index, frame, lexicon)
        for trigger in triggers:
            if _applies(tree, frame, trigger):
                if trigger.type is RelationType.TESTS and _in_battle(tree, frame):
                    trigger = replace(trigger, type=RelationType.OPERATES)
                yield from _apply(tree, index, frame, trigger, lexicon.types[trigger.type])


def _applies(tree: Tree, frame: Frame, trigger: Trigger) -> bool:
    """Whether the frame has all that narrows the trigger."""
    if trigger.type is RelationType.ATTACKS and any(tree.lemma[g] == "menacer" for g in frame.governors):
        return False  # a threat is no attack
    if trigger.reflexive is not None and trigger.reflexive != (frame.voice == "reflexive"):
        return False
    if trigger.voice and trigger.voice != frame.voice:
        return False
    if tree.dep[frame.head] == "obj" and tree.lemma[tree.head[frame.head]] in trigger.not_under:
        return False  # « prendre livraison », but « la livraison prend du retard »
    if any(tree.lemma[k] in trigger.not_patients for k in frame.patients):
        return False
    if trigger.under and tree.lemma[tree.head[frame.head]] not in trigger.under:
        return False
    if trigger.marked_by and preposition(tree, frame.head) not in trigger.marked_by:
        return False
    preps = {complement.prep for complement in frame.complements}
    if preps.intersection(trigger.without) or (trigger.needs_one_of and preps.isdisjoint(trigger.needs_one_of)):
        return False
    near = tree.lower[max(frame.head - 2, 0) : frame.head + 5]
    if trigger.particle and trigger.particle not in near:
        return False  # « mettre en garde », « s'en prendre »
    narrowed = (
        (trigger.adjectives, tree.kids[frame.head]),
        (trigger.patients, frame.patients),
        (trigger.agents, frame.agents),
        (trigger.complements, [complement.head for complement in frame.complements]),
    )
    return all(not lemmas or any(tree.lemma[k] in lemmas for k in heads) for lemmas, heads in narrowed)


def _in_battle(tree: Tree, frame: Frame) -> bool:
    """« a abattu douze missiles tirés par la Russie »: what is hit, or hits, was not fired for a test."""
    if frame.voice != "passive" or not tree.dep[frame.head].startswith("acl"):
        return False
    verb = next((above for above in tree.ancestors(frame.head) if verbs.is_verb(tree, above)), None)
    found = relation_lexicon().triggers.get((tree.lemma[verb], "verb"), ()) if verb is not None else ()
    return any(trigger.type in (RelationType.DESTROYS, RelationType.ATTACKS) for trigger in found)


def _predicate(tree: Tree, i: int, lexicon: RelationLexicon) -> tuple[str, str]:
    """(`verb` or `noun`, lemma); the first word of a sentence counts as the noun its form may be (« Frappes … »)."""
    if tree.pos[i] == "NOUN":
        return "noun", tree.lemma[i]
    opens = tree.sentences[tree.sent[i]][0] == i
    noun = tree.lower[i].rstrip("s")
    if opens and (noun, "noun") in lexicon.triggers and tree.pos[i] in ("PROPN", "ADJ", "VERB", "X"):
        return "noun", noun
    return ("verb", tree.lemma[i]) if verbs.is_verb(tree, i) else ("", "")


def _apply(tree: Tree, index: MentionIndex, frame: Frame, trigger: Trigger, entry: TypeEntry) -> Iterator[Candidate]:
    near = tuple("de=" if slot == "de" else slot for slot in trigger.subject)  # whose act it is hangs on it directly
    subjects = fill(tree, index, frame, near, entry.subject)
    if entry.symmetric:
        yield from _pairs(tree, index, frame, trigger, entry, subjects)
        return
    objects = fill(tree, index, frame, trigger.object, entry.object, taken=subjects)
    between = (
        trigger.subject[:1] == ("compound",)
        or _is_between(frame)
        or (entry.object >= entry.subject and _is_hyphened([found for found, _ in subjects]))
    )
    if between and not objects and len(subjects) > 1:
        # « les tensions entre l'Inde et le Pakistan », « les tensions gréco-turques »
        subjects, objects = subjects[:1], subjects[1:]
    counterparts = fill(tree, index, frame, trigger.counterpart, entry.counterpart, taken=subjects, anchors=objects)
    if not counterparts and len(subjects) == 2 and entry.type is RelationType.SUPPLIES and _is_between(frame):
        subjects, counterparts = subjects[:1], subjects[1:]  # « le trafic d'armes entre Pyongyang et Moscou »
    if trigger.needs_counterpart and not counterparts:
        return
    if not subjects and counterparts and trigger.type is RelationType.SUPPLIES and not _active(frame):
        # « un don de F-16 danois à l'Ukraine »: the weapon's demonym names who gives it
        subjects = fill(tree, index, frame, ("object-owner",), entry.subject, taken=counterparts, anchors=objects)
    if not subjects:
        yield from _other_side(tree, frame, trigger, entry, objects, counterparts)
    for subject, _ in subjects:
        for obj, anchor in objects:
            if obj.entity_id == subject.entity_id:
                continue
            for counterpart in _third_parties(counterparts, subject):
                yield make(tree, frame, trigger, entry, subject, obj, counterpart, anchor)


def _is_between(frame: Frame) -> bool:
    return any(complement.prep == "entre" for complement in frame.complements)


def _is_hyphened(pair: list[Found]) -> bool:
    """« gréco-turques »: two demonyms in one word."""
    return (
        len(pair) == 2 and all(found.kind is Kind.DEMONYM for found in pair) and 0 <= pair[1].start - pair[0].end <= 1
    )


def _third_parties(counterparts: Filled, subject: Found) -> Sequence[Found | None]:
    return [found for found, _ in counterparts if found.entity_id != subject.entity_id] or [None]


def _active(frame: Frame) -> bool:
    """Somebody acts in the clause, named or not: its silence says nothing of others."""
    return frame.kind == "verb" and frame.voice != "passive"


def _other_side(
    tree: Tree, frame: Frame, trigger: Trigger, entry: TypeEntry, objects: Filled, counterparts: Filled
) -> Iterator[Candidate]:
    """« Des chars ont été livrés à Kiev »: without a supplier, the transfer is told from the recipient's side."""
    other = OTHER_SIDE.get(entry.type)
    if other is None or trigger.one_sided or (_active(frame) and frame.polarity is Polarity.NEGATIVE):
        return
    for obj, anchor in objects:
        for party, _ in counterparts:
            yield replace(make(tree, frame, trigger, entry, party, obj, None, anchor), type=other)


def _is_joint(tree: Tree, verb: int) -> bool:
    return "ensemble" in tree.lower[verb + 1 : verb + 4] or "conjointement" in tree.lower[verb + 1 : verb + 10]


def _together(tree: Tree, index: MentionIndex, frame: Frame, lexicon: RelationLexicon) -> Iterator[Candidate]:
    """« X et Y développent ensemble un char avec Z »: those who act together cooperate."""
    entry = lexicon.types[RelationType.COOPERATES_WITH]
    trigger = Trigger(type=entry.type, subject=("agent", "acting"), object=("avec",))
    subjects = fill(tree, index, frame, trigger.subject, entry.subject)
    others = fill(tree, index, frame, trigger.object, entry.object, taken=subjects)
    for (left, _), (right, anchor) in combinations([*subjects, *others], 2):
        if left.entity_id != right.entity_id:
            first, second = sorted((left, right), key=lambda m: m.entity_id)
            yield make(tree, frame, trigger, entry, first, second, None, anchor)


def _pairs(
    tree: Tree, index: MentionIndex, frame: Frame, trigger: Trigger, entry: TypeEntry, subjects: Filled
) -> Iterator[Candidate]:
    """Symmetric types: the subject with the other party, or the members of one party among themselves."""
    pair = fill(tree, index, frame, ("demonym",), entry.subject) if frame.kind == "noun" else []
    if _is_hyphened([found for found, _ in pair]):
        subjects = pair  # « l'accord gréco-américain a été ratifié par … »
    others = [] if subjects is pair else fill(tree, index, frame, trigger.object, entry.object, taken=subjects)
    among = len(subjects) > 1 and any(c.prep == "entre" for c in frame.complements)
    pairs = [(a, b) for a in subjects for b in others] if others and not among else []
    if not pairs and not trigger.needs_counterpart:
        pairs = [(a, b) for n, a in enumerate(subjects) for b in subjects[n + 1 :]]
    for (left, _), (right, anchor) in pairs:
        if left.entity_id == right.entity_id:
            continue
        first, second = sorted((left, right), key=lambda m: m.entity_id)
        yield make(tree, frame, trigger, entry, first, second, None, anchor)


def make(
    tree: Tree, frame: Frame, trigger: Trigger, entry: TypeEntry,
    subject: Found, obj: Found, counterpart: Found | None, anchor: int,
) -> Candidate:  # fmt: skip
    return Candidate(
        type=entry.type,
        subject=subject,
        object=obj,
        counterpart=counterpart,
        trigger=frame.head,
        trigger_text=tree.text[frame.head],
        anchor=anchor,
        polarity=_polarity(frame, trigger),
        modality=trigger.modality if frame.modality is Modality.ASSERTED else frame.modality,
        tense=frame.tense,
        cues=frame.cues,
        rule=f"{frame.kind}.{frame.voice}:{frame.lemma}",
        governor=frame.governors[0] if frame.kind == "noun" and frame.governors else -1,
    )


def _polarity(frame: Frame, trigger: Trigger) -> Polarity:
    """« n'a pas quitté l'OTAN »: two negatives affirm; an accusation that is rejected was made."""
    if trigger.under:
        return Polarity.POSITIVE
    if trigger.polarity is Polarity.POSITIVE:
        return frame.polarity
    return Polarity.NEGATIVE if frame.polarity is Polarity.POSITIVE else Polarity.POSITIVE
