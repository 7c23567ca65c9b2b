"""Repair of one attachment the model errs on: « un projet des États-Unis de fournir des chars »."""

from __future__ import annotations

from pipeline.frames.predicates import predicates
from pipeline.tree import Tree

_CLITICS = frozenset("le la les l' l’ lui leur y en se s' s’ ne n' n’ pas".split())


def hang_infinitives(tree: Tree) -> None:
    """Hang « de fournir » on the noun that plans it and names the planner, where the model hangs it on the verb.

    Only after a noun of `predicates.csv` that takes an infinitive, followed by « de » and a name.
    """
    for i in range(3, len(tree)):
        if tree.pos[i] != "VERB" or tree.morph[i].get("VerbForm") != "Inf":
            continue
        mark = i - 1
        while mark > 2 and tree.text[mark].lower() in _CLITICS:
            mark -= 1
        if tree.text[mark].lower() not in ("de", "d'", "d’") or tree.sent[mark - 2] != tree.sent[i]:
            continue
        noun = _noun_of(tree, mark - 1)
        if noun is not None and tree.head[i] != noun and i not in tree.ancestors(noun):
            tree.head[i], tree.dep[i] = noun, "acl"


def _noun_of(tree: Tree, name: int) -> int | None:
    """« le projet des [États-Unis] »: the noun that the name before « de fournir » belongs to."""
    while tree.dep[name].startswith("flat") and tree.head[name] < name:
        name = tree.head[name]
    noun = tree.head[name]
    if tree.dep[name].partition(":")[0] != "nmod" or not tree.text[name][0].isupper() or noun > name:
        return None
    entry = predicates().get((tree.lemma[noun], "noun"))
    return noun if entry is not None and "inf" in entry.complement else None
