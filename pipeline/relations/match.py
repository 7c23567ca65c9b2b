"""Frames against the relation lexicon: which frame opens which relation between whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from pipeline.entities.found import Found
from pipeline.entities.index import WEAPONS, MentionIndex
from pipeline.frames import verbs
from pipeline.frames.complements import complements
from pipeline.frames.frame import Frame, noun_frame, verb_frame
from pipeline.frames.roles import coordinated, direct_objects, logical_roles, obliques, preposition
from pipeline.lexicon.relation_types import RelationLexicon, Trigger, TypeEntry, relation_lexicon
from pipeline.records import Kind, Label, Modality, Polarity, RelationType
from pipeline.relations.candidate import Candidate
from pipeline.tree import Tree

# The two sides of one transfer
OTHER_SIDE = {RelationType.SUPPLIES: RelationType.ACQUIRES, RelationType.ACQUIRES: RelationType.SUPPLIES}
_ACCOMPANYING = frozenset(("avec", "en", "sous", "grâce", "grâce à"))
_DECIDING = frozenset(
    "confirmer annoncer officialiser entériner renoncer reporter relancer négocier envisager prévoir abandonner "
    "décider rejeter réfuter démentir contester balayer nier qualifier dénoncer".split()
)
_EQUIPPING = frozenset(("équiper", "doter", "armer", "pourvoir", "munir"))
_DECISIVE = frozenset(("contre",))
_ADJECTIVAL = frozenset(("owner", "demonym", "object-owner"))
Filled = list[tuple[Found, int]]  # a mention and the head of the noun phrase that stands for it


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
    if (trigger.voice and trigger.voice != frame.voice) or tree.lemma[tree.head[frame.head]] in trigger.not_under:
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
        or any(complement.prep == "entre" for complement in frame.complements)
        or (entry.object >= entry.subject and _is_hyphened([found for found, _ in subjects]))
    )
    if between and not objects and len(subjects) > 1:
        # « les tensions entre l'Inde et le Pakistan », « les tensions gréco-turques »
        subjects, objects = subjects[:1], subjects[1:]
    counterparts = fill(tree, index, frame, trigger.counterpart, entry.counterpart, taken=subjects, anchors=objects)
    if trigger.needs_counterpart and not counterparts:
        return
    if not subjects and counterparts and trigger.type is RelationType.SUPPLIES and not _active(frame):
        # « un don de F-16 danois à l'Ukraine »: the weapon's demonym names who gives it
        subjects = list(_slot(tree, index, frame, "object-owner", entry.subject, objects))
        subjects = [(m, h) for m, h in subjects if m not in {c for c, _ in counterparts}]
    if not subjects:
        yield from _other_side(tree, frame, trigger, entry, objects, counterparts)
    for subject, _ in subjects:
        for obj, anchor in objects:
            if obj.entity_id == subject.entity_id:
                continue
            for counterpart in _third_parties(counterparts, subject):
                yield make(tree, frame, trigger, entry, subject, obj, counterpart, anchor)


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
    trigger = Trigger(type=entry.type, subject=("agent",), object=("avec",))
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
    )


def _polarity(frame: Frame, trigger: Trigger) -> Polarity:
    """« n'a pas quitté l'OTAN »: two negatives affirm; an accusation that is rejected was made."""
    if trigger.under:
        return Polarity.POSITIVE
    if trigger.polarity is Polarity.POSITIVE:
        return frame.polarity
    return Polarity.NEGATIVE if frame.polarity is Polarity.POSITIVE else Polarity.POSITIVE


def fill(
    tree: Tree,
    index: MentionIndex,
    frame: Frame,
    slots: tuple[str, ...],
    labels: frozenset[Label],
    *,
    taken: Filled | None = None,
    anchors: Filled | None = None,
) -> Filled:
    """Entities of the first slot that holds any of the right type.

    Args:
        tree: the parsed document.
        index: its mentions.
        frame: the predicate.
        slots: slots of the role, in the order they are tried.
        labels: labels that may fill the role.
        taken: what fills the subject already; a mention fills one role only.
        anchors: what fills the object, for « object-owner ».
    """
    used = {found for found, _ in taken or ()}
    for slot in slots:
        found = list(_slot(tree, index, frame, slot, labels, anchors or []))
        members = index.enumerated([m for m, _ in found], labels) if slot not in _ADJECTIVAL else []
        found += [(m, tree.token_at(m.start)) for m in members[len(found) :]]
        filled = [(m, h) for m, h in found if m not in used and not _is_trigger(tree, frame, m)]
        if filled:
            return list(dict.fromkeys(filled))
        if slot in _DECISIVE and any(complement.prep == slot for complement in frame.complements):
            break  # « contre des navires en mer Rouge »: the role is there, only not named
    return []


def _doers(index: MentionIndex, tree: Tree, noun: int, labels: frozenset[Label]) -> list[Found]:
    """Whose act an event noun is: « l'attaque russe », « les frappes menées par X »; a mere name has no doer."""
    if tree.pos[noun] != "NOUN" or index.labelled(noun, labels):
        return []
    by = [m for prep, head in obliques(tree, noun) if prep == "par" for m in index.entities(head, labels)]
    if any("de" in trigger.object for trigger in relation_lexicon().triggers.get((tree.lemma[noun], "noun"), ())):
        return by or index.qualifiers(noun, labels)  # « l'invasion de l'Ukraine » is not done by Ukraine
    return by or index.owners(noun, labels)


def _hosts(tree: Tree, index: MentionIndex, noun: int, labels: frozenset[Label]) -> Iterator[tuple[Found, int]]:
    """Who does what a noun accompanies: « X a frappé Sanaa avec le soutien de Y », « X, en visite en Serbie »."""
    if preposition(tree, noun) not in _ACCOMPANYING:
        return
    for above in tree.ancestors(noun):
        named = [(m, above) for m in index.labelled(above, labels)]
        if named or verbs.is_verb(tree, above):
            yield from named or [
                (m, head) for head in logical_roles(tree, above)[0] for m in index.entities(head, labels)
            ]
            return


def _deciders(tree: Tree, index: MentionIndex, noun: int, labels: frozenset[Label]) -> Iterator[tuple[Found, int]]:
    """« Buenos Aires a confirmé l'achat de F-16 », « renonce à l'achat de »: whose purchase it is."""
    verb = tree.head[noun]
    if tree.lemma[verb] not in _DECIDING:
        return
    if verbs.is_verb(tree, verb) and (tree.dep[noun] == "obj" or preposition(tree, noun) == "à"):
        yield from ((m, head) for head in logical_roles(tree, verb)[0] for m in index.entities(head, labels))


def _keepers(tree: Tree, index: MentionIndex, frame: Frame, labels: frozenset[Label]) -> Iterator[tuple[Found, int]]:
    """« La marine exploite l'Atlântico, acheté au Royaume-Uni »: who bought is who has."""
    if frame.voice != "passive" or verbs.finite(tree, frame.head) is not None:
        return
    for above in tree.ancestors(frame.head):
        if verbs.is_verb(tree, above):
            kinds = {trigger.type for trigger in relation_lexicon().triggers.get((tree.lemma[above], "verb"), ())}
            if kinds & {RelationType.OPERATES, RelationType.ACQUIRES}:
                agents, patients = logical_roles(tree, above)
                heads = agents or (patients if tree.lemma[above] in _EQUIPPING else [])
                yield from ((m, head) for head in heads for m in index.entities(head, labels))
            return


def _is_trigger(tree: Tree, frame: Frame, mention: Found) -> bool:
    return mention.start <= tree.start[frame.head] < mention.end


def _slot(
    tree: Tree, index: MentionIndex, frame: Frame, slot: str, labels: frozenset[Label], anchors: Filled
) -> Iterator[tuple[Found, int]]:
    if "/" in slot:
        either = [list(_slot(tree, index, frame, one, labels, anchors)) for one in slot.split("/")]
        yield from min((found for found in either if found), key=lambda found: found[0][1], default=())
        return
    slot, _, only = slot.partition(":")
    labels = frozenset((Label(only),)) if only else labels
    if slot == "owner":
        yield from ((m, frame.head) for m in index.owners(frame.head, labels))
    elif slot == "demonym":
        yield from ((m, frame.head) for m in index.qualifiers(frame.head, labels))
    elif slot == "compound":
        yield from ((m, frame.head) for m in index.compound(frame.head, labels))
    elif slot == "self":
        yield from ((m, frame.head) for m in index.named_by(frame.head, labels))
    elif slot == "patient-owner":
        yield from ((m, head) for head in frame.patients for m in _doers(index, tree, head, labels))
    elif slot == "patient-place":
        for head in frame.patients:
            inside = [h for prep, h in obliques(tree, head) if prep in ("de", "à", "en", "dans")]
            yield from ((m, head) for h in inside for m in index.labelled(h, (Label.PLACE,)))
    elif slot == "decider":
        yield from _deciders(tree, index, frame.head, labels)
    elif slot == "keeper":
        yield from _keepers(tree, index, frame, labels)
    elif slot == "à-owner":
        heads = [c.head for c in frame.complements if c.prep == "à"]
        yield from ((m, head) for head in heads for m in _doers(index, tree, head, labels))
    elif slot == "inf-avec":
        inner = [k for k in tree.kids[frame.head] if verbs.is_infinitive(tree, k)]
        heads = [c.head for k in inner for c in complements(tree, k) if c.prep == "avec"]
        yield from ((m, head) for head in heads for m in index.entities(head, labels))
    elif slot == "inf-patient":
        for k in tree.kids[frame.head]:
            if verbs.is_infinitive(tree, k):
                yield from ((m, h) for h in direct_objects(tree, k) for m in index.entities(h, labels))
    elif slot == "content-owner":
        contents = [c.head for c in frame.complements if c.prep == "de" and c.near]
        yield from ((m, head) for head in contents for m in index.qualifiers(head, labels))
    elif slot == "host":
        yield from _hosts(tree, index, frame.head, labels)
    elif slot == "object-owner":
        yield from ((m, head) for _, head in anchors for m in index.owners(head, labels))
    elif slot == "agent-owner":
        # « des armes utilisées pour attaquer l'Ukraine » are not said to act
        acting = not verbs.is_infinitive(tree, frame.head)
        armed = [head for head in frame.agents if acting and index.entities(head, WEAPONS)]
        yield from ((m, head) for head in armed for m in index.owners(head, labels))
    elif slot in ("agent", "patient"):
        for head in frame.agents if slot == "agent" else frame.patients:
            yield from ((m, head) for m in index.entities(head, labels))
    else:
        for near in (True,) if slot.endswith("=") else (True, False):
            found = [
                (m, head)
                for complement in frame.complements
                if complement.prep == slot.rstrip("=") and complement.near is near
                for head in ([complement.head] if near else coordinated(tree, complement.head))
                for m in index.entities(head, labels)
            ]
            if found:
                yield from found
                return
