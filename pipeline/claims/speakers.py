"""Who speaks: the noun phrase as written, cut down to its shortest naming part."""

from __future__ import annotations

from pipeline.entities.index import MentionIndex
from pipeline.frames import verbs
from pipeline.frames.roles import grammatical_subject, logical_roles
from pipeline.records import Kind, Label
from pipeline.tree import Tree

_CLAUSE = ("acl", "advcl", "ccomp", "appos", "parataxis", "cc", "conj", "punct", "cop", "nsubj", "obl", "mark", "case", "det")
Span = tuple[int, int]


def speaker_of(tree: Tree, index: MentionIndex, verb: int) -> Span | None:
    """Source span (clean offsets) of a reporting verb, None where nobody is named."""
    heads = logical_roles(tree, verb)[0] if verbs.is_passive(tree, verb) else grammatical_subject(tree, verb)
    return source_span(tree, index, heads[0]) if heads else None


def inverted_speaker(tree: Tree, index: MentionIndex, verb: int) -> Span | None:
    """Speaker of an incise: the clitic (« a-t-il dit ») or the noun phrase after the verb (« a dit le ministre »)."""
    stop = tree.sentences[tree.sent[verb]][1]
    for k in range(max(verb - 2, 0), verb):
        if tree.sent[k] == tree.sent[verb] and tree.lower[k].lstrip("-") in ("il", "elle", "ils", "elles", "on"):
            return tree.start[k] + (tree.text[k][0] == "-"), tree.end[k]
    for k in range(verb + 1, min(verb + 12, stop)):
        if tree.lower[k].lstrip("-") in ("il", "elle", "ils", "elles", "on") and k <= verb + 2:
            return tree.start[k] + (tree.text[k][0] == "-"), tree.end[k]
        if tree.pos[k] in ("NOUN", "PROPN") and tree.dep[k].partition(":")[0] in ("nsubj", "obj", "obl", "nmod", "ROOT", "appos", "xcomp", "dep", "conj"):
            if tree.case(k) in ("", "de", "par"):
                return source_span(tree, index, k)
        if tree.pos[k] == "PUNCT" and tree.text[k] not in ('"', "«", "»", "'"):
            break
    return None


def source_span(tree: Tree, index: MentionIndex, head: int) -> Span:
    """The shortest naming part of the noun phrase headed by `head`.

    A person's name, in apposition too; else an organisation or state that is the head itself; else the head noun with
    its adjectives and complements (« services de renseignement sud-coréens »), without determiner.
    """
    own = [m for m in index.at.get(head, ()) if m.kind is not Kind.GROUP]
    person = [m for m in own if m.label is Label.PERSON] or _apposed_person(tree, index, head)
    if person:
        return person[0].start, person[0].end
    if own and own[0].kind is not Kind.DEMONYM:
        return own[0].start, own[0].end
    tokens = _phrase(tree, head)
    return tree.start[tokens[0]], tree.end[tokens[-1]]


def _apposed_person(tree: Tree, index: MentionIndex, head: int) -> list:  # type: ignore[type-arg]
    for k in tree.kids[head]:
        if tree.dep[k].partition(":")[0] in ("flat", "appos", "nmod", "amod", "dep", "obj", "obl", "conj") and not tree.case(k):
            found = index.labelled(k, (Label.PERSON,))
            if found:
                return found
    # « le porte-parole du ministère, Sun Li-fang, »: an apposition hung on the complement
    for k in tree.kids[head]:
        for low in tree.kids[k]:
            if tree.dep[low].partition(":")[0] in ("appos", "flat") and not tree.case(low):
                found = index.labelled(low, (Label.PERSON,))
                if found:
                    return found
    return []


def _phrase(tree: Tree, head: int) -> list[int]:
    """Tokens of the phrase around `head` without determiner, clauses, appositions and coordinated members."""
    left = head
    while left > 0 and left - 1 in tree.kids[head] and tree.dep[left - 1] == "amod":
        left -= 1
    right = head
    stop = tree.sentences[tree.sent[head]][1]
    inside = set(tree.subtree(head))
    while right + 1 < stop and right + 1 in inside:
        k = right + 1
        if tree.pos[k] in ("PUNCT", "CCONJ", "VERB", "AUX", "SCONJ", "ADV") or tree.lower[k] in ("qui", "que", "dont"):
            break
        right += 1
    while right > head and tree.pos[right] in ("ADP", "DET"):
        right -= 1
    return list(range(left, right + 1))
