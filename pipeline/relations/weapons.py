"""Makers and users that a weapon's noun phrase names: « des F-16 américains », « un drone de l'armée iranienne »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.entities.classes import class_name
from pipeline.entities.found import Found
from pipeline.entities.index import WEAPONS
from pipeline.frames.verbs import negation
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.records import Kind, Label, Modality, Polarity, RelationType, Tense
from pipeline.relations.candidate import Candidate
from pipeline.tree import Tree

if TYPE_CHECKING:
    from pipeline.reading import Reading

# Classes that a demonym gives to the force that uses them; the others it gives to their maker
_NAVAL = ("ship/", "submarine/")
_USED = (*_NAVAL, "aircraft/", "vehicle/")
_VAGUE = frozenset(("arme", "armement", "munition"))  # « des armes russes » says neither who made nor who uses them
_MADE = re.compile(r"(?: \S+){0,3} de (?:fabrication|conception|production|construction|facture) ")
_INSTANCE = re.compile(
    r"^[^.;:]*\b(?:de type|du type|de (?:la )?classe|baptisée?|dénommée?|nommée?|appelée?) [«\"]?\s?$"
)
_HITTING = frozenset(
    "abattre détruire intercepter couler endommager neutraliser toucher repérer détecter escorter".split()
)
_REMAINS = frozenset("reste débris épave fragment vol incursion perte intrusion approche".split())
_ACTORS = frozenset((Label.COUNTRY, Label.ORGANISATION))


def match_weapon_phrases(reading: Reading) -> Iterator[Candidate]:
    """PRODUCES and OPERATES stated by the noun phrase of a weapon, in text order."""
    for weapon in reading.mentions:
        if weapon.label not in WEAPONS:
            continue
        head = _phrase_head(reading, weapon)
        named = _named_instance(reading, weapon) or weapon
        for owner in _origins(reading, weapon):
            yield _candidate(reading, RelationType.PRODUCES, owner, named, head, "phrase.made-in")
        for owner in [] if _origins(reading, weapon) else _demonyms(reading, weapon, head):
            if class_name(reading.clean.text[named.start : named.end])[0] in _VAGUE:
                continue
            yield _candidate(reading, _by_demonym(reading, named, owner, head), owner, named, head, "phrase.demonym")
        for owner in _possessors(reading, weapon, head):
            yield _candidate(reading, RelationType.OPERATES, owner, weapon, head, "phrase.possessive")
        maker = _maker_before(reading, weapon)
        if maker is not None:
            yield _candidate(reading, RelationType.PRODUCES, maker, weapon, head, "phrase.maker")
        for owner in _holders(reading, weapon, head):
            kind = RelationType.PRODUCES if _is_company(reading, owner) else RelationType.OPERATES
            yield _candidate(reading, kind, owner, weapon, head, "phrase.holder")


def _possessors(reading: Reading, weapon: Found, head: int) -> list[Found]:
    """« ses S-400 »: who is said to have the weapon."""
    tree = reading.tree
    verb = next((a for a in tree.ancestors(head) if tree.pos[a] == "VERB"), None)
    above = tree.head[head]
    acted_on = verb is not None and (tree.lemma[verb], "verb") in relation_lexicon().triggers
    if acted_on or (tree.lemma[above], "noun") in relation_lexicon().triggers or _negated(tree, verb):
        return []  # « n'a pas encore reçu ses F-35 »: the verb says what of them
    heads = {head, tree.token_at(weapon.start)}
    found = dict.fromkeys(m for h in sorted(heads) for m in reading.index.possessors(h, _ACTORS))
    return [m for m in found if not _is_company(reading, m)]


def _is_company(reading: Reading, owner: Found) -> bool:
    entry = reading.known.get(owner.entity_id)
    return entry is not None and entry.category == "company"


def _negated(tree: Tree, verb: int | None) -> bool:
    return verb is not None and bool(negation(tree, verb))


def _named_instance(reading: Reading, weapon: Found) -> Found | None:
    """« un drone russe de type Lancet », « un destroyer américain de la classe Arleigh Burke »: what is meant."""
    if weapon.label is not Label.WEAPON_CLASS:
        return None
    near = reading.touching(weapon.end, weapon.end + 41)
    following = [m for m in near if m.label is Label.WEAPON and 0 < m.start - weapon.end <= 40]
    between = reading.clean.text[weapon.end : following[0].start] if following else ""
    if following and (_INSTANCE.search(between) or _only_qualified(reading, weapon, following[0])):
        return following[0]
    # « Le Lancet est un drone russe », « le Lancet, un drone russe, … »
    return next(iter(reading.index.named_by(reading.tree.token_at(weapon.start), frozenset((Label.WEAPON,)))), None)


def _only_qualified(reading: Reading, weapon: Found, named: Found) -> bool:
    """« des avions de transport brésiliens Embraer C-390 »: nothing but adjectives and a maker between."""
    tree, index = reading.tree, reading.index
    between = range(tree.token_at(weapon.end - 1) + 1, tree.token_at(named.start))
    return all(tree.pos[k] in ("ADJ", "PROPN", "X") or index.labelled(k, _ACTORS) for k in between)


def _maker_before(reading: Reading, weapon: Found) -> Found | None:
    """« un Rockwell B-1B Lancer », « l'Embraer C-390 »: a company's name right before the designation."""
    token = reading.tree.token_at(weapon.start)
    found = reading.index.labelled(token - 1, (Label.ORGANISATION,)) if token else []
    gap = reading.clean.text[found[0].end : weapon.start] if found else ""
    return found[0] if found and gap == " " and weapon.label is Label.WEAPON else None


def _phrase_head(reading: Reading, weapon: Found) -> int:
    tree = reading.tree
    head = tree.token_at(weapon.start)
    while tree.dep[head] in ("flat", "appos") and tree.pos[tree.head[head]] in ("NOUN", "ADJ"):
        head = tree.head[head]
    return head


def _origins(reading: Reading, weapon: Found) -> list[Found]:
    """« de fabrication franco-tchèque »: demonyms that name the makers outright."""
    made = _MADE.match(reading.clean.text, weapon.end)
    if made is None:
        return []
    token = reading.tree.token_at(made.end())
    return [m for m in reading.index.at.get(token, ()) if m.kind is Kind.DEMONYM]


def _demonyms(reading: Reading, weapon: Found, head: int) -> list[Found]:
    """Demonyms on the weapon's noun, or on the last noun of its class (« avions de chasse américains »)."""
    tree, index = reading.tree, reading.index
    heads = {head, *range(tree.token_at(weapon.start), tree.token_at(weapon.end - 1) + 1)}
    found = [
        m for h in sorted(heads) for m in index.qualifiers(h, frozenset((Label.COUNTRY,))) if m.kind is Kind.DEMONYM
    ]
    after = tree.token_at(weapon.end - 1) + 1
    if not found and after < len(tree):
        found = [m for m in index.at.get(after, ()) if m.kind is Kind.DEMONYM and tree.text[after][0].islower()]
    return list(dict.fromkeys(found))


def _in_use(tree: Tree, head: int) -> bool:
    """Whether the weapon acts, or is hit: then a demonym names the force that uses it (« un drone russe abattu »)."""
    above = tree.head[head]
    if tree.dep[head] == "nsubj" and tree.pos[above] == "VERB":
        return True
    if tree.lemma[above] in _REMAINS or any(
        tree.lemma[k] in _HITTING for k in tree.kids[head] if tree.dep[k].startswith("acl")
    ):
        return True
    return tree.lemma[above] in _HITTING and tree.dep[head] in ("obj", "nsubj:pass")


def _by_demonym(reading: Reading, weapon: Found, owner: Found, head: int) -> RelationType:
    if _in_use(reading.tree, head):
        return RelationType.OPERATES
    entry = reading.known.get(weapon.entity_id)
    if entry is not None and entry.category.startswith(_NAVAL):
        return RelationType.OPERATES  # « un destroyer américain de la classe Arleigh Burke »
    if entry is not None:
        made = owner.entity_id.split(":")[1] in entry.origin
    else:
        made = not class_name(reading.clean.text[weapon.start : weapon.end])[1].startswith(_USED)
    return RelationType.PRODUCES if made else RelationType.OPERATES


def _holders(reading: Reading, weapon: Found, head: int) -> list[Found]:
    """« de l'armée de l'air sud-coréenne », « des forces américaines »: who has it; « d'Airbus »: who makes it."""
    tree, index = reading.tree, reading.index
    last = tree.token_at(weapon.end - 1)
    return [
        m
        for h in sorted({head, *range(tree.token_at(weapon.start), last + 1)})
        for k in tree.kids[h]
        if k > last and tree.case(k) == "de" and not index.labelled(k, WEAPONS)
        for m in index.entities(k, _ACTORS)
        # « le H125 d'Airbus », but « les F-16 de la Grèce » may be bought by somebody else
        if tree.pos[k] == "NOUN" or _is_company(reading, m)
    ]


def _candidate(reading: Reading, kind: RelationType, owner: Found, weapon: Found, head: int, rule: str) -> Candidate:
    token = reading.tree.token_at(owner.start)
    return Candidate(
        kind, owner, weapon, None, token, reading.tree.text[token], head,
        Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, (), rule,
    )  # fmt: skip
