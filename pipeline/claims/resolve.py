"""Who a pronoun or a bare function stands for as a speaker: the last speaker named before that agrees."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.claims.draft import Draft
from pipeline.claims.sources import source_nouns
from pipeline.entities.found import Found
from pipeline.entities.index import MentionIndex
from pipeline.records import Kind, Label, SourceType
from pipeline.tree import Tree

Span = tuple[int, int]
_NAMES = (Label.PERSON, Label.ORGANISATION, Label.COUNTRY)
_GENDER = {
    "il": "Masc", "elle": "Fem", "ils": "Masc", "elles": "Fem", "lui": "Masc", "celui-ci": "Masc", "celle-ci": "Fem",
    "dernier": "Masc", "dernière": "Fem", "eux": "Masc",
}  # fmt: skip
_PLURAL = frozenset("ils elles eux".split())
_REACH = 4  # sentences back


def resolved(tree: Tree, index: MentionIndex, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with `speaker` set where the source is a pronoun or a function without a name.

    A pronoun takes what was named last, as a speaker or in subject position, and agrees; persons go first. A
    function (« le ministre ») the last person introduced with it.
    """
    out: list[Draft] = []
    named: dict[int, list[Found]] = defaultdict(list)
    offices = _offices(tree, index)
    for draft in drafts:
        if draft.source is not None:
            token = tree.token_at(draft.source[0])
            own = _name_at(index, token, draft.source)
            if own is not None:
                named[tree.sent[tree.token_at(own.start)]].append(own)
            else:
                found = _antecedent(tree, index, token, draft.source, named, offices)
                draft = replace(draft, speaker=(found.start, found.end)) if found else draft
        out.append(draft)
    return out


def _name_at(index: MentionIndex, token: int, source: Span) -> Found | None:
    for mention in index.labelled(token, _NAMES):
        if mention.start < source[1] and source[0] < mention.end and mention.kind not in (Kind.DEMONYM, Kind.PRONOUN):
            return mention
    return None


def _antecedent(
    tree: Tree,
    index: MentionIndex,
    token: int,
    source: Span,
    named: Mapping[int, Sequence[Found]],
    offices: Mapping[str, Sequence[Found]],
) -> Found | None:
    """What a source stands for; `named` holds the speakers of each sentence, `offices` the persons of each function."""
    words = [word.removeprefix("-t").lstrip("-") for word in tree.lower[token : tree.token_at(source[1] - 1) + 1]]
    if words[-1] in _GENDER:
        return _by_pronoun(tree, index, token, words[-1], named)
    if len(words) <= 2 and source_nouns().get(tree.lemma[token]) is SourceType.OFFICIAL and _is_definite(tree, token):
        return _by_function(tree, token, offices)
    return None


def _is_definite(tree: Tree, token: int) -> bool:
    return token > 0 and tree.lower[token - 1] in ("le", "la", "l'", "ce", "cette", "du", "au")


def _by_pronoun(
    tree: Tree, index: MentionIndex, token: int, pronoun: str, named: Mapping[int, Sequence[Found]]
) -> Found | None:
    if pronoun in _PLURAL:
        return None
    reach = range(max(tree.sent[token] - _REACH, 0), tree.sent[token] + 1)
    begin, end = tree.start[tree.sentences[reach[0]][0]], tree.start[token]
    subjects = [
        m for m in index.placed.touching(begin, end)
        if m.label in _NAMES and m.kind is not Kind.DEMONYM and begin <= m.start and _is_subject(tree, m)
    ]  # fmt: skip
    speakers = [m for sentence in reach for m in named.get(sentence, ()) if begin <= m.start < end]
    near = dict.fromkeys((*speakers, *subjects))
    candidates = [m for m in near if _gender(tree, m) in (_GENDER[pronoun], "")]
    return max(candidates, key=lambda m: _rank(tree, m), default=None)


def _rank(tree: Tree, mention: Found) -> tuple[int, bool, int]:
    """The nearest sentence first, in it persons, then what stands last."""
    return tree.sent[tree.token_at(mention.start)], mention.label is Label.PERSON, mention.start


def _is_subject(tree: Tree, mention: Found) -> bool:
    tokens = range(tree.token_at(mention.start), tree.token_at(mention.end - 1) + 1)
    heads = [k if not tree.dep[k].startswith(("appos", "flat")) else tree.head[k] for k in tokens]
    return any(tree.dep[k].startswith("nsubj") for k in heads)


def _offices(tree: Tree, index: MentionIndex) -> dict[str, list[Found]]:
    """Lemmas beside the names of persons, each with those persons in text order."""
    out: dict[str, list[Found]] = defaultdict(list)
    for mention in index.mentions:
        if mention.label is Label.PERSON:
            at, last = tree.token_at(mention.start), tree.token_at(mention.end - 1)
            first = tree.sentences[tree.sent[at]][0]
            for lemma in {*tree.lemma[max(at - 10, first) : at], *tree.lemma[last + 1 : last + 5]}:
                out[lemma].append(mention)
    return out


def _by_function(tree: Tree, token: int, offices: Mapping[str, Sequence[Found]]) -> Found | None:
    """The last person whose name carries the same function: « le ministre de la Défense Todor Tagarev »."""
    persons = offices.get(tree.lemma[token], ())
    at = bisect_left(persons, tree.start[token], key=lambda mention: mention.start)
    return persons[at - 1] if at else None


def _gender(tree: Tree, mention: Found) -> str:
    """Masc, Fem or "" of a name, by its title, its determiner or the function beside it."""
    at = tree.token_at(mention.start)
    first = tree.sentences[tree.sent[at]][0]
    before = tree.lower[max(at - 1, first) : at]
    if before and before[0] in ("mme", "mlle", "la"):
        return "Fem"
    if before and before[0] in ("m.", "mm.", "le", "m"):
        return "Masc"
    near = [*range(at - 1, max(at - 9, first) - 1, -1), *range(at + 1, min(at + 6, len(tree)))]
    for k in near:
        if tree.sent[k] == tree.sent[at] and source_nouns().get(tree.lemma[k]) is SourceType.OFFICIAL:
            if tree.lower[k - 1] in ("la", "une", "cette"):
                return "Fem"
            if tree.lower[k - 1] in ("le", "un", "ce", "du", "au"):
                return "Masc"
    return "" if mention.label is Label.PERSON else tree.morph[at].get("Gender", "")
