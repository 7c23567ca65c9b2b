"""Slots of a frame: where the entity that fills a role may stand (`data/relations.toml` lists them)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.entities.found import Found
from pipeline.entities.index import WEAPONS, MentionIndex
from pipeline.frames import verbs
from pipeline.frames.colour import TALKS
from pipeline.frames.complements import complements
from pipeline.frames.frame import Frame, noun_frame
from pipeline.frames.light import earlier_doers
from pipeline.frames.roles import coordinated, direct_objects, logical_roles, obliques, preposition
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.records import Label, RelationType
from pipeline.tree import Tree

_ACCOMPANYING = frozenset(("avec", "en", "sous", "grâce", "grâce à"))
_DECIDING = frozenset(
    "confirmer annoncer officialiser entériner renoncer reporter relancer négocier envisager prévoir abandonner "
    "décider rejeter réfuter démentir contester balayer nier qualifier dénoncer".split()
)
_MAKING = frozenset("fabrication conception production construction facture".split())
_EQUIPPING = frozenset(("équiper", "doter", "armer", "pourvoir", "munir"))
_DECISIVE = frozenset(("contre",))
_ADJECTIVAL = frozenset(("owner", "demonym", "object-owner"))
Filled = list[tuple[Found, int]]  # a mention and the head of the noun phrase that stands for it
Filling = Iterator[tuple[Found, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """A frame in its document, the labels that may fill the role sought, and what fills the object already."""

    tree: Tree
    index: MentionIndex
    frame: Frame
    labels: frozenset[Label]
    objects: Filled

    def entities(self, heads: Iterable[int]) -> Filling:
        """What the noun phrases with these heads stand for."""
        return ((m, head) for head in heads for m in self.index.entities(head, self.labels))

    def marked(self, prep: str) -> list[int]:
        """Heads of the complements with a preposition."""
        return [complement.head for complement in self.frame.complements if complement.prep == prep]


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
        found = list(_in_slot(Place(tree, index, frame, labels, anchors or []), slot))
        members = index.enumerated([m for m, _ in found], labels) if slot not in _ADJECTIVAL else []
        found += [(m, tree.token_at(m.start)) for m in members[len(found) :]]
        filled = [(m, h) for m, h in found if m not in used and not _is_trigger(tree, frame, m)]
        if filled:
            return list(dict.fromkeys(filled))
        if slot in _DECISIVE and any(complement.prep == slot for complement in frame.complements):
            break  # « contre des navires en mer Rouge »: the role is there, only not named
    return []


def _is_trigger(tree: Tree, frame: Frame, mention: Found) -> bool:
    return mention.start <= tree.start[frame.head] < mention.end


def _in_slot(place: Place, slot: str) -> Filling:
    if "/" in slot:
        either = [list(_in_slot(place, one)) for one in slot.split("/")]
        return iter(min((found for found in either if found), key=lambda found: found[0][1], default=[]))
    slot, _, only = slot.partition(":")
    if only:
        place = replace(place, labels=frozenset((Label(only),)))
    return SLOTS[slot](place) if slot in SLOTS else _complement(place, slot)


def _complement(place: Place, slot: str) -> Filling:
    """What a preposition marks, nearest first; « de= » only where it hangs on the predicate itself."""
    for near in (True,) if slot.endswith("=") else (True, False):
        marked = [c.head for c in place.frame.complements if c.prep == slot.rstrip("=") and c.near is near]
        heads = marked if near else [member for head in marked for member in coordinated(place.tree, head)]
        found = list(place.entities(heads))
        if found:
            return iter(found)
    return iter(())


def _on_trigger(find: Callable[[MentionIndex, int, frozenset[Label]], list[Found]]) -> Callable[[Place], Filling]:
    """A slot of the trigger's own noun phrase."""
    return lambda place: ((m, place.frame.head) for m in find(place.index, place.frame.head, place.labels))


def _doers(place: Place, nouns: Iterable[int]) -> Filling:
    """Whose act an event noun is: « l'attaque russe », « les frappes menées par X »; a mere name has no doer."""
    tree, index, labels = place.tree, place.index, place.labels
    for noun in nouns:
        if tree.pos[noun] != "NOUN" or index.labelled(noun, labels):
            continue
        by = [m for prep, head in obliques(tree, noun) if prep == "par" for m in index.entities(head, labels)]
        triggers = relation_lexicon().triggers.get((tree.lemma[noun], "noun"), ())
        # « l'invasion de l'Ukraine » is not done by Ukraine
        done_to = any("de" in trigger.object for trigger in triggers)
        yield from ((m, noun) for m in by or (index.qualifiers if done_to else index.owners)(noun, labels))


def _places_in(place: Place, heads: Iterable[int]) -> Filling:
    """« a bombardé une école de Kharkiv », « s'attaque à la porte de la mosquée X »: where what is acted on stands."""
    for head in heads:
        inside = [h for prep, h in obliques(place.tree, head) if prep in ("de", "à", "en", "dans")]
        yield from ((m, head) for h in inside for m in place.index.labelled(h, (Label.PLACE,)))


def _infinitives(place: Place) -> list[int]:
    return [k for k in place.tree.kids[place.frame.head] if verbs.is_infinitive(place.tree, k)]


def _inf_patient(place: Place) -> Filling:
    return place.entities(h for k in _infinitives(place) for h in direct_objects(place.tree, k))


def _inf_partner(place: Place) -> Filling:
    below = (c for k in _infinitives(place) for c in complements(place.tree, k))
    return place.entities(c.head for c in below if c.prep == "avec")


def _content_owner(place: Place) -> Filling:
    """« le développement des missiles de la Corée du Nord », « le déploiement de soldats russes »."""
    index = place.index
    contents = [c.head for c in place.frame.complements if c.prep == "de" and c.near]
    for head in contents:
        find = index.owners if index.entities(head, WEAPONS) else index.qualifiers
        yield from ((m, head) for m in find(head, place.labels))


def _object_owner(place: Place) -> Filling:
    """« a abattu un drone russe »; who a weapon « de fabrication tchèque » belongs to is not said."""
    tree = place.tree
    for _, head in place.objects:
        for mention in place.index.owners(head, place.labels):
            at = tree.token_at(mention.start)
            if _MAKING.isdisjoint(tree.lower[max(at - 3, 0) : at]):
                yield mention, head


def _agent(place: Place) -> Filling:
    """Who acts; an event that acts stands for who brought it about: « L'Iran tient un défilé. Le défilé montre … »."""
    found = list(place.entities(place.frame.agents))
    doers = [k for head in place.frame.agents for k in earlier_doers(place.tree, head)] if not found else []
    return iter(found) if found else place.entities(doers)


def _acting(tree: Tree, verb: int) -> list[int]:
    """Agents of a clause; of an event told in the passive those that were named when it was introduced."""
    agents, patients = logical_roles(tree, verb)
    return agents or [k for head in patients for k in earlier_doers(tree, head)]


def _agent_owner(place: Place) -> Filling:
    """« des drones ukrainiens ont frappé »; but « des armes utilisées pour attaquer l'Ukraine » are not said to act."""
    if verbs.is_infinitive(place.tree, place.frame.head):
        return iter(())
    armed = [head for head in place.frame.agents if place.index.entities(head, WEAPONS)]
    return ((m, head) for head in armed for m in place.index.owners(head, place.labels))


def _host(place: Place) -> Filling:
    """Who does what a noun accompanies: « X a frappé Sanaa avec le soutien de Y », « X, en visite en Serbie »."""
    tree = place.tree
    if preposition(tree, place.frame.head) not in _ACCOMPANYING:
        return iter(())
    for above in tree.ancestors(place.frame.head):
        named = [(m, above) for m in place.index.labelled(above, place.labels)]
        if named or verbs.is_verb(tree, above):
            return iter(named) if named else place.entities(_acting(tree, above))
    return iter(())


def _decider(place: Place) -> Filling:
    """« Buenos Aires a confirmé l'achat de F-16 », « renonce à l'achat de »: whose purchase it is."""
    tree, noun = place.tree, place.frame.head
    verb = tree.head[noun]
    governed = tree.dep[noun] == "obj" or preposition(tree, noun) == "à"
    deciding = tree.lemma[verb] in _DECIDING and verbs.is_verb(tree, verb)
    return place.entities(logical_roles(tree, verb)[0] if governed and deciding else [])


def _talks(place: Place) -> Frame | None:
    """« des négociations avec X pour l'achat de »: the talks about what the trigger names."""
    above = place.tree.head[place.frame.head]
    named = place.tree.lemma[above] in TALKS and place.tree.pos[above] == "NOUN"
    return noun_frame(place.tree, above) if named else None


def _talker(place: Place) -> Filling:
    talks = _talks(place)
    if talks is None:
        return iter(())
    subjects = [k for k in place.tree.kids[talks.head] if place.tree.dep[k].startswith("nsubj")]
    return place.entities(talks.agents or subjects)


def _partner(place: Place) -> Filling:
    talks = _talks(place)
    return place.entities(c.head for c in talks.complements if c.prep == "avec") if talks else iter(())


def _keeper(place: Place) -> Filling:
    """« La marine exploite l'Atlântico, acheté au Royaume-Uni »: who bought is who has."""
    tree, frame = place.tree, place.frame
    above = next((k for k in tree.ancestors(frame.head) if verbs.is_verb(tree, k)), None)
    if frame.voice != "passive" or verbs.finite(tree, frame.head) is not None or above is None:
        return iter(())
    kinds = {trigger.type for trigger in relation_lexicon().triggers.get((tree.lemma[above], "verb"), ())}
    if not kinds & {RelationType.OPERATES, RelationType.ACQUIRES}:
        return iter(())
    agents, patients = logical_roles(tree, above)
    return place.entities(agents or (patients if tree.lemma[above] in _EQUIPPING else []))


SLOTS: dict[str, Callable[[Place], Filling]] = {
    "agent": _agent,
    "acting": lambda place: place.entities(_acting(place.tree, place.frame.head)),
    "patient": lambda place: place.entities(place.frame.patients),
    "patient-owner": lambda place: _doers(place, place.frame.patients),
    "patient-place": lambda place: _places_in(place, place.frame.patients),
    "à-place": lambda place: _places_in(place, place.marked("à")),
    "agent-owner": _agent_owner,
    "object-owner": _object_owner,
    "content-owner": _content_owner,
    "à-owner": lambda place: _doers(place, place.marked("à")),
    "inf-patient": _inf_patient,
    "inf-avec": _inf_partner,
    "owner": _on_trigger(MentionIndex.owners),
    "demonym": _on_trigger(MentionIndex.qualifiers),
    "compound": _on_trigger(MentionIndex.compound),
    "self": _on_trigger(MentionIndex.named_by),
    "host": _host,
    "decider": _decider,
    "talker": _talker,
    "partner": _partner,
    "keeper": _keeper,
}
