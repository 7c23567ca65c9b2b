"""Direct objects that the parser takes for something else."""

from __future__ import annotations

from pipeline.frames import verbs
from pipeline.frames.complements import Complement, complements
from pipeline.frames.roles import coordinated, obliques
from pipeline.tree import Tree


def hidden_objects(tree: Tree, i: int) -> list[int]:
    """Heads of the object of the verb at `i` where the parser shows none, by the first way that finds one."""
    return _partitive_objects(tree, i) or _adjacent_object(tree, i) or _listed_object(tree, i)


def _adjacent_object(tree: Tree, i: int) -> list[int]:
    """« qui finance le Hezbollah »: a bare noun phrase right behind an active verb, hung elsewhere by the parser."""
    if verbs.is_passive(tree, i) or verbs.is_reflexive(tree, i) or tree.dep[i].startswith("aux"):
        return []
    first, stop = i + 1, tree.sentences[tree.sent[i]][1]
    if tree.lower[first : first + 2] in (["en", "garde"], ["en", "cause"]):
        first += 2  # « met en garde Londres »
    k = first
    while k < stop and (tree.pos[k] in ("DET", "NUM", "ADJ") or tree.dep[k] == "flat"):
        k += 1
    if k >= stop or tree.pos[k] not in ("NOUN", "PROPN") or tree.case(k) or tree.dep[k].startswith("nsubj"):
        return []
    return coordinated(tree, k) if tree.head[k] < first else []


def _listed_object(tree: Tree, i: int) -> list[int]:
    """« a présenté à la presse l'avion de transport »: an object taken for a second member of a complement."""
    if verbs.is_passive(tree, i) or verbs.is_reflexive(tree, i):
        return []
    for _, head in obliques(tree, i):
        for k in tree.kids[head]:
            bare = tree.dep[k] in ("conj", "nmod", "appos") and not tree.case(k) and k > i
            if (
                bare
                and any(tree.dep[d] in ("det", "nummod") for d in tree.kids[k])
                and not any(tree.dep[d] == "cc" for d in tree.kids[k])
            ):
                return coordinated(tree, k)
    return []


def _partitive_objects(tree: Tree, i: int) -> list[int]:
    """« a livré à Kiev des drones », « n'utilise pas de F-16 »: an object that the parser takes for a complement."""
    if verbs.is_passive(tree, i):
        return []
    negated = bool(verbs.negation(tree, i))
    # « ne possède plus de chars »: the partitive may hang on the negation
    negated_by = [k for k in verbs.negation(tree, i) if k > i and k in tree.kids[i]]
    heads = [h for k in negated_by for p, h in obliques(tree, k) if p == "de"] + [
        c.head
        for c in complements(tree, i)
        if c.prep == "de" and c.head > i and (_article(tree, c.head, negated) or _under_name(tree, c))
    ]
    above = tree.head[i]
    if not heads and verbs.is_infinitive(tree, i) and tree.dep[i].startswith("xcomp") and verbs.is_verb(tree, above):
        # « pourrait prépositionner des missiles », hung on the verb above
        heads = [h for p, h in obliques(tree, above) if p == "de" and h > i and _article(tree, h, negated)]
    return [member for head in heads[:1] for member in coordinated(tree, head)]


def _under_name(tree: Tree, complement: Complement) -> bool:
    """« a livré à la Russie du matériel »: a partitive hung on the name before it."""
    first = min((k for k in tree.kids[complement.head] if tree.dep[k] == "case"), default=complement.head)
    return not complement.near and tree.pos[tree.head[complement.head]] == "PROPN" and tree.lower[first] == "du"


def _article(tree: Tree, head: int, negated: bool) -> bool:
    first = min((k for k in tree.kids[head] if tree.dep[k] in ("case", "det") and k < head), default=head)
    return tree.lower[first] == "des" or (negated and tree.lower[first] in ("de", "d'", "d’"))
