"""Prepositional complements of a predicate, also where the parser hangs them one word off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.frames import verbs
from pipeline.frames.predicates import predicates
from pipeline.frames.roles import coordinated, grammatical_subject, is_seen, low_complements, obliques
from pipeline.tree import Tree

_PARTICIPLE_PREPS = frozenset("contre sur avec entre par".split())
_LIGHT_PREPS = frozenset("avec contre à envers en vers chez".split())


@dataclass(frozen=True, slots=True)
class Complement:
    """A prepositional complement; `near` is False where it hangs on another complement of the predicate."""

    prep: str
    head: int
    near: bool = True


def complements(tree: Tree, i: int) -> list[Complement]:
    """Complements of the predicate at `i`, those that hang on it first."""
    near = [Complement(prep, head) for prep, head in obliques(tree, i)]
    if not verbs.is_verb(tree, i):  # « des frappes ciblées contre des positions »
        participles = [k for k in tree.kids[i] if tree.dep[k].startswith("acl") and tree.pos[k] == "VERB"]
        # « l'embargo sur les armes décrété par l'ONU »
        participles += [
            k for h in tree.kids_by(i, "nmod") for k in tree.kids[h] if tree.dep[k] == "acl" and is_light(tree, k)
        ]
        low_heads = [
            (p, h)
            for k in participles
            for p, h in obliques(tree, k)
            if p in _PARTICIPLE_PREPS or (is_light(tree, k) and p != "de")
        ]
        # « un contrat portant sur douze Rafale avec Dassault »
        low_heads += [(p, h) for k in participles for p, h in low_complements(tree, k) if p == "avec"]
        near.extend(Complement(prep, head, near=False) for prep, head in low_heads)
        near.extend(Complement("entre", head, near=False) for head in _between(tree, i))
        above = tree.head[i]
        if tree.pos[above] == "NOUN" and tree.dep[i] == "nmod" and not any(tree.dep[k] == "det" for k in tree.kids[i]):
            # « des scénarios d'attaque contre Taïwan »: what follows may hang one noun too high
            near.extend(Complement(p, h, near=False) for p, h in obliques(tree, above) if h > i and p != "de")
    near.extend(Complement("à", head) for head in _dative(tree, i))
    if verbs.is_verb(tree, i) and is_seen(tree, i):
        near.extend(Complement("à", head) for head in grammatical_subject(tree, tree.head[i]))
    if verbs.is_infinitive(tree, i) and tree.dep[i].startswith(("xcomp", "ccomp", "obj", "obl")):
        # « a renoncé à acquérir des drones auprès de X »: hung on the verb above
        above = tree.head[i]
        if verbs.is_verb(tree, above):
            near.extend(Complement(p, h, near=False) for p, h in obliques(tree, above) if h > i and p != "de")
    if not verbs.is_verb(tree, i) and tree.dep[i] in ("obj", "nsubj:pass"):
        entry = predicates().get((tree.lemma[tree.head[i]], "verb"))
        if entry is not None and entry.light:  # « signer avec Naval Group un contrat »
            shared = _LIGHT_PREPS | {"entre"} if tree.dep[i] == "nsubj:pass" else _LIGHT_PREPS
            near.extend(Complement(p, h, near=False) for p, h in obliques(tree, tree.head[i]) if p in shared)
    seen = {c.head for c in near}
    low = [Complement(prep, head, near=False) for prep, head in low_complements(tree, i) if head not in seen]
    if not verbs.is_verb(tree, i):
        low += [Complement("à", head, near=False) for head in _recipients(tree, [*near, *low]) if head not in seen]
    return [*near, *dict.fromkeys(low)]


def _recipients(tree: Tree, found: list[Complement]) -> Iterator[int]:
    """« la livraison par Moscou de S-400 à l'Inde », « un don de F-16 danois à Kiev »: what hangs on the weapon."""
    for complement in found:
        if complement.prep == "de":
            hosts = [complement.head, *tree.kids_by(complement.head, "amod")]
            yield from (head for host in hosts for prep, head in obliques(tree, host) if prep == "à")


def _between(tree: Tree, noun: int) -> list[int]:
    """« des pourparlers à huis clos entre X et Y », « un accord est intervenu entre X et Y »: hung elsewhere."""
    stop = tree.sentences[tree.sent[noun]][1]
    mark = next((k for k in range(noun + 1, stop) if tree.lower[k] == "entre" and tree.dep[k] == "case"), None)
    if mark is None:
        return []
    head = tree.head[mark]
    above = list(tree.ancestors(head))
    if noun in above:
        crossed = above[: above.index(noun)]
        return coordinated(tree, head) if not any(verbs.is_verb(tree, k) for k in crossed) else []
    verb = tree.head[noun]
    happens = tree.dep[noun].startswith("nsubj") and verbs.is_verb(tree, verb) and above[:1] == [verb]
    return coordinated(tree, head) if happens else []


def _dative(tree: Tree, i: int) -> list[int]:
    """« l'Ukraine presse ses alliés de lui fournir des armes »: the clitic is the subject of the clause above."""
    if not verbs.is_infinitive(tree, i) or not any(tree.lower[k] in ("lui", "leur") and k < i for k in tree.kids[i]):
        return []
    above = next((a for a in tree.ancestors(i) if verbs.is_verb(tree, a)), i)
    entry = predicates().get((tree.lemma[above], "verb"))
    return grammatical_subject(tree, above) if entry is not None and entry.control in ("object", "indirect") else []


def is_light(tree: Tree, verb: int) -> bool:
    """Whether a verb only carries the noun beside it (« mener une frappe »)."""
    entry = predicates().get((tree.lemma[verb], "verb")) if verbs.is_verb(tree, verb) else None
    return entry is not None and entry.light and entry.kind == "light"
