"""Who speaks: the noun phrase as written, cut down to its shortest naming part."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claims.reporting import reporting_verbs
from pipeline.claims.sources import is_speaker_noun
from pipeline.entities.found import Found
from pipeline.entities.index import ACTORS, MentionIndex
from pipeline.frames import verbs
from pipeline.frames.roles import grammatical_subject, logical_roles
from pipeline.records import Kind, Label
from pipeline.tree import Tree

Span = tuple[int, int]
_NO_APPOSITION = frozenset((".", ";", ":", "»", "«", "("))
PERSONAL = frozenset("il elle ils elles on".split())
_NOT_NAMES = (Label.DATE, Label.QUANTITY, Label.MONEY, Label.WEAPON, Label.WEAPON_CLASS)
_TIME = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui jour matin soir semaine".split())
_REACH = 14  # tokens between the verb of an incise and its subject
_ARTICLES = frozenset("un une le la l' ce cet cette son leur".split())
_SPOKEN_IN = frozenset("communiqué reportage rapport documentaire article déclaration document lettre texte".split())


def reporting_speaker(tree: Tree, index: MentionIndex, verb: int, said_by: Mapping[int, Span]) -> Span | None:
    """Source span (clean offsets) of a reporting verb with a content clause, None where nobody is named.

    A participle (« , ajoutant que ») belongs to who spoke before it in the sentence, not to the nearest noun.
    `said_by` maps the verbs of incises to their speakers.
    """
    if verbs.is_present_participle(tree, verb) or verbs.is_infinitive(tree, verb):
        said = _speaker_before(tree, index, verb, said_by)
        if said is not None:
            return said
        if verbs.is_present_participle(tree, verb) and tree.pos[verb - 1] in ("NOUN", "ADJ", "PROPN"):
            return _host(tree, index, verb)
    return speaker_of(tree, index, verb)


def _host(tree: Tree, index: MentionIndex, participle: int) -> Span | None:
    """« une croyance locale affirmant que »: the noun right before the participle."""
    first = tree.sentences[tree.sent[participle]][0]
    at = participle - 1
    while at > first and tree.pos[at] == "ADJ":
        at -= 1
    return source_span(tree, index, at) if tree.pos[at] in ("NOUN", "PROPN") else None


def speaker_of(tree: Tree, index: MentionIndex, verb: int) -> Span | None:
    """Source span of a reporting verb from its subject, or its agent in the passive."""
    if verbs.is_infinitive(tree, verb) and verb > 0 and tree.lemma[verb - 1] in ("faire", "laisser"):
        return speaker_of(tree, index, verb - 1)  # « a fait savoir que »
    if verbs.is_passive(tree, verb):
        heads = logical_roles(tree, verb)[0]
    else:
        heads = grammatical_subject(tree, verb)
    if not heads and (clitic := inverted_clitic(tree, verb)):
        return clitic
    if not heads and not verbs.is_passive(tree, verb):  # « il » taken for an impersonal one
        heads = [k for k in tree.kids[verb] if tree.dep[k] == "expl:subj" and tree.lower[k] in PERSONAL and k < verb]
    return source_span(tree, index, heads[0]) if heads else None


def _speaker_before(tree: Tree, index: MentionIndex, verb: int, said_by: Mapping[int, Span]) -> Span | None:
    first = tree.sentences[tree.sent[verb]][0]
    if verbs.is_present_participle(tree, verb):
        if tree.text[verb - 1] != "," and tree.lower[verb - 1] != "en":
            return None
    elif tree.lower[verb - 1] not in ("de", "d'") or tree.lower[verb - 2] not in ("avant", "afin"):
        return None
    for k in range(verb - 1, first - 1, -1):
        if k in said_by:
            return said_by[k]
        if tree.lemma[k] in reporting_verbs() and verbs.is_verb(tree, k) and verbs.finite(tree, k) is not None:
            own = [s for s in tree.kids[k] if tree.dep[s].startswith("nsubj") and s < k]
            clitic = inverted_clitic(tree, k)
            speaker = clitic or (speaker_of(tree, index, k) if own else inverted_speaker(tree, index, k))
            if speaker is not None:
                return speaker
    if verb - 2 <= first and tree.sent[verb] > 0:  # « Avant d'ajouter que … »: whoever the sentence before lets speak
        begin, stop = tree.sentences[tree.sent[verb] - 1]
        for k in range(begin, stop):
            if tree.lemma[k] in reporting_verbs() and verbs.is_verb(tree, k) and verbs.finite(tree, k) is not None:
                return speaker_of(tree, index, k)
    return None


def inverted_clitic(tree: Tree, verb: int) -> Span | None:
    """« a-t-il dit », « dit-on »: the clitic subject; « a-t-on indiqué dans le reportage » gives the report."""
    stop = tree.sentences[tree.sent[verb]][1]
    for k in [*range(max(verb - 3, 0), verb), *range(verb + 1, min(verb + 3, stop))]:
        low = tree.lower[k]
        inverted = low.startswith("-") or tree.text[k - 1] in ("-", "-t-") or tree.lower[k - 1] in ("-t", "t-", "t")
        if tree.sent[k] == tree.sent[verb] and low.lstrip("-t") in PERSONAL and inverted:
            if low.endswith("on") and (document := _document_after(tree, verb, stop)) is not None:
                return tree.start[document], tree.end[document]
            bare = len(tree.text[k]) - len(low.lstrip("-t"))
            return tree.start[k] + bare, tree.end[k]
    return None


def document_of(tree: Tree, verb: int) -> Span | None:
    """« Dans le rapport, il est rappelé que »: the document that stands for who is not named."""
    first = tree.sentences[tree.sent[verb]][0]
    for k in range(first, verb):
        if tree.lemma[k] in _SPOKEN_IN and tree.lower[k - 1] in _ARTICLES and k > first:
            return tree.start[k], tree.end[k]
    return None


def _document_after(tree: Tree, verb: int, stop: int) -> int | None:
    near = range(verb + 1, min(verb + 6, stop))
    return next((k for k in near if tree.lemma[k] in _SPOKEN_IN and tree.lower[k - 1] in _ARTICLES), None)


def inverted_speaker(tree: Tree, index: MentionIndex, verb: int, *, only_speakers: bool = False) -> Span | None:
    """Speaker of an incise: the clitic (« a-t-il dit ») or the noun phrase after the verb (« a dit le ministre »).

    Days and complements between verb and subject are passed over. With `only_speakers` the subject must be a name, or
    a noun of somebody who speaks.
    """
    if (clitic := inverted_clitic(tree, verb)) is not None:
        return clitic
    stop = tree.sentences[tree.sent[verb]][1]
    for k in range(verb + 1, min(verb + _REACH, stop)):
        if tree.pos[k] == "PUNCT" and tree.text[k] not in ('"', "'") or verbs.is_finite(tree, k):
            return None
        named = [m for m in index.at.get(k, ()) if m.label in ACTORS and m.kind is not Kind.DEMONYM]
        if tree.dep[k].startswith("flat") and not named:  # words the parser was not shown
            continue
        if tree.pos[k] not in ("NOUN", "PROPN") and not named and tree.lower[k] not in ("certains", "celui-ci", "celle-ci"):
            continue
        if tree.lower[k] in _TIME or index.labelled(k, _NOT_NAMES) or _in_complement(tree, k, verb):
            continue
        if only_speakers and not (named or is_speaker_noun(tree, k)):
            return None
        return source_span(tree, index, k)
    return None


def _in_complement(tree: Tree, k: int, verb: int) -> bool:
    """Whether token `k` stands in a prepositional phrase between the verb and its subject."""
    at = k
    while at - 1 > verb and tree.pos[at - 1] in ("ADJ", "NUM", "PROPN", "NOUN"):
        at -= 1
    if at - 1 > verb and tree.pos[at - 1] == "DET":
        at -= 1
    return at - 1 > verb and _preposition(tree, at)


def _preposition(tree: Tree, at: int) -> bool:
    word = tree.lower[at - 1]
    return tree.pos[at - 1] == "ADP" and word not in ("par",) or tree.lower[at] in ("au", "aux", "du", "des")


def source_span(tree: Tree, index: MentionIndex, head: int) -> Span:
    """The shortest naming part of the noun phrase headed by `head`.

    A person's name, in apposition too (« le porte-parole du ministère, Sun Li-fang »); else an organisation or state
    that is the head itself or names it (« le quotidien Le Figaro »); else the head noun with its adjectives and
    complements (« services de renseignement sud-coréens »), without determiner.
    """
    own = [m for m in index.at.get(head, ()) if m.kind is not Kind.GROUP and m.label not in _NOT_NAMES]
    person = [m for m in own if m.label is Label.PERSON]
    if person:
        return person[0].start, _whole_word(tree, person[0].end)
    tokens = _phrase(tree, head)
    apposed = _apposed(tree, index, tokens)
    named = [m for m in own if m.kind is not Kind.DEMONYM]
    if apposed is not None and (apposed.label is Label.PERSON or not named):
        return apposed.start, apposed.end
    if named:
        return named[0].start, named[0].end
    if capitals := _capitals(tree, head, tokens):
        return tree.start[capitals[0]], tree.end[capitals[-1]]
    start = tree.start[tokens[0]]
    return start + (tree.text[tokens[0]][0] == "-"), tree.end[tokens[-1]]


def _capitals(tree: Tree, head: int, tokens: list[int]) -> list[int]:
    """A name that no list knows, right after what it names: « la société tchèque Novak Motors »."""
    stop = tree.sentences[tree.sent[head]][1]
    at = head + 1
    while at < stop and tree.pos[at] == "ADJ" and tree.text[at].islower():
        at += 1
    run = []
    while at < stop and tree.text[at][0].isupper() and tree.text[head].islower():
        run.append(at)
        at += 1
    return run


def _whole_word(tree: Tree, end: int) -> int:
    """The end of the hyphenated name that `end` cuts (« Lin Wen-|huang »)."""
    k = tree.token_at(end - 1)
    while k + 1 < len(tree) and tree.start[k + 1] == tree.end[k] and "-" in (tree.text[k][-1], tree.text[k + 1]):
        k += 1
    return tree.end[k]


def _apposed(tree: Tree, index: MentionIndex, tokens: list[int]) -> Found | None:
    """The name that a noun phrase of a function or kind of organisation carries, inside it or after a comma."""
    last = tokens[-1]
    stop = tree.sentences[tree.sent[last]][1]
    for k in range(tokens[0] + 1, min(last + 10, stop)):
        if k > last and (tree.pos[k] in ("VERB", "AUX", "SCONJ", "CCONJ") or tree.text[k] in _NO_APPOSITION):
            break
        bare = tree.text[k - 1] == "," or tree.pos[k - 1] not in ("ADP", "DET", "CCONJ") and tree.lower[k - 1] not in ("du", "des", "au")
        for mention in index.at.get(k, ()):
            begins = tree.token_at(mention.start) == k
            if mention.label is Label.PERSON and begins and (bare or tree.text[k - 1] in ("M.", "Mme")):
                return mention
            near = k <= last + 1
            if mention.label is Label.ORGANISATION and begins and bare and near and tree.text[k - 1] != ",":
                return mention
        if k > last + 1 and tree.text[k - 1] == "," and tree.pos[k] != "NOUN":
            break  # only what stands right after the comma is an apposition
    return None


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
