"""Who speaks: the subject of a reporting verb, before or after it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.claims.reporting import reporting_verbs
from pipeline.claims.source_spans import NOT_NAMES, Span, source_span
from pipeline.claims.sources import is_speaker_noun
from pipeline.entities.index import ACTORS, MentionIndex
from pipeline.frames import verbs
from pipeline.frames.roles import grammatical_subject, logical_roles
from pipeline.records import Kind
from pipeline.tree import Tree

PERSONAL = frozenset("il elle ils elles on".split())
_TIME = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui jour matin soir semaine".split()
)
_BARE_SUBJECTS = frozenset(("certains", "celui-ci", "celle-ci"))
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
    if _continues(tree, verb) and (said := _reporting_before(tree, index, verb, said_by)) is not None:
        return said
    return speaker_of(tree, index, verb)


def _continues(tree: Tree, verb: int) -> bool:
    """« X a affirmé que P et a déclaré que Q »: a finite verb right after « et », without a subject."""
    first = min([verb, *(k for k in verbs.auxiliaries(tree, verb) if k < verb)])
    if first == 0 or verbs.finite(tree, verb) is None or any(tree.dep[k].startswith("nsubj") for k in tree.kids[verb]):
        return False
    return tree.lower[first - 1] in ("et", "mais") or tree.lower[first - 2 : first] == ["et", "n'"]


def _host(tree: Tree, index: MentionIndex, participle: int) -> Span | None:
    """« une croyance locale affirmant que »: the noun right before the participle."""
    first = tree.sentences[tree.sent[participle]][0]
    at = participle - 1
    while at > first and tree.pos[at] == "ADJ":
        at -= 1
    return source_span(tree, index, at) if tree.pos[at] in ("NOUN", "PROPN") else None


def speaker_of(tree: Tree, index: MentionIndex, verb: int) -> Span | None:
    """Source span of a reporting verb from its subject, or its agent in the passive."""
    while verbs.is_infinitive(tree, verb) and verb > 0 and tree.lemma[verb - 1] in ("faire", "laisser"):
        verb -= 1  # « a fait savoir que »
    # « Le ministre dit que »: a form that may be a participle too, with a subject and no auxiliary
    bare = not verbs.auxiliaries(tree, verb) and any(tree.dep[k] == "nsubj" for k in tree.kids[verb])
    passive = verbs.is_passive(tree, verb) and not bare
    heads = logical_roles(tree, verb)[0] if passive else grammatical_subject(tree, verb)
    if not heads and (clitic := inverted_clitic(tree, verb)):
        return clitic
    if not heads:  # « il » taken for an impersonal one
        heads = [k for k in tree.kids[verb] if tree.dep[k] == "expl:subj" and tree.lower[k] in PERSONAL and k < verb]
    being = any(tree.lemma[k] == "être" for k in verbs.auxiliaries(tree, verb)) and not verbs.is_reflexive(tree, verb)
    if being and heads and tree.lower[heads[0]] in ("il", "-il"):  # « il est estimé que »
        return None
    if heads and not _speaks(tree, index, heads[0]) and (name := _name_before(tree, index, verb)) is not None:
        return name
    return source_span(tree, index, heads[0]) if heads else None


def _speaks(tree: Tree, index: MentionIndex, head: int) -> bool:
    return bool(index.labelled(head, ACTORS)) or is_speaker_noun(tree, head) or tree.pos[head] == "PRON"


def _name_before(tree: Tree, index: MentionIndex, verb: int) -> Span | None:
    """The name right before the verb group, where the parser found another subject (« Lors de la fête, X a dit »)."""
    first = min([verb, *(k for k in verbs.auxiliaries(tree, verb) if k < verb)])
    named = [m for m in index.labelled(first - 1, ACTORS) if m.kind is not Kind.DEMONYM] if first else []
    if not named or tree.sent[first - 1] != tree.sent[verb]:
        return None
    begin = tree.token_at(named[0].start)
    alone = begin == tree.sentences[tree.sent[verb]][0] or tree.text[begin - 1] == "," or tree.lower[begin - 1] in (
        "le", "la", "les", "l'", "m.", "mme",
    )  # fmt: skip
    return (named[0].start, named[0].end) if alone else None


def _speaker_before(tree: Tree, index: MentionIndex, verb: int, said_by: Mapping[int, Span]) -> Span | None:
    first = tree.sentences[tree.sent[verb]][0]
    if verbs.is_present_participle(tree, verb):
        if tree.text[verb - 1] != "," and tree.lower[verb - 1] != "en":
            return None
    elif tree.lower[verb - 1] not in ("de", "d'") or tree.lower[verb - 2] not in ("avant", "afin", "et"):
        return None
    if (said := _reporting_before(tree, index, verb, said_by)) is not None:
        return said
    if verb - 2 <= first and tree.sent[verb] > 0:  # « Avant d'ajouter que … »: whoever the sentence before lets speak
        begin, stop = tree.sentences[tree.sent[verb] - 1]
        for k in range(begin, stop):
            if tree.lemma[k] in reporting_verbs() and verbs.is_verb(tree, k) and verbs.finite(tree, k) is not None:
                return speaker_of(tree, index, k)
    return None


def _reporting_before(tree: Tree, index: MentionIndex, verb: int, said_by: Mapping[int, Span]) -> Span | None:
    """Speaker of the nearest reporting verb before `verb` in its sentence."""
    for k in range(verb - 1, tree.sentences[tree.sent[verb]][0] - 1, -1):
        if k in said_by:
            return said_by[k]
        if tree.lemma[k] in reporting_verbs() and verbs.is_verb(tree, k) and verbs.finite(tree, k) is not None:
            own = [s for s in tree.kids[k] if tree.dep[s].startswith("nsubj") and s < k]
            clitic = inverted_clitic(tree, k)
            speaker = clitic or (speaker_of(tree, index, k) if own else inverted_speaker(tree, index, k))
            if speaker is not None:
                return speaker
    return None


def inverted_clitic(tree: Tree, verb: int) -> Span | None:
    """« a-t-il dit », « dit-on »: the clitic subject; « a-t-on indiqué dans le reportage » gives the report."""
    stop = tree.sentences[tree.sent[verb]][1]
    for k in [*range(max(verb - 3, 0), verb), *range(verb + 1, min(verb + 4, stop))]:
        low = tree.lower[k]
        if low.lstrip("-t") not in PERSONAL or tree.sent[k] != tree.sent[verb]:
            continue
        inverted = low.startswith("-") or tree.text[k - 1] in ("-", "-t-") or tree.lower[k - 1] in ("-t", "t-", "t")
        if inverted:
            if low.endswith("on") and (document := _document_after(tree, verb, stop)) is not None:
                return tree.start[document], tree.end[document]
            bare = len(tree.text[k]) - len(low.lstrip("-t"))
            return tree.start[k] + bare, tree.end[k]
    return None


def names_speaker(tree: Tree, index: MentionIndex, source: Span) -> bool:
    """Whether a source can speak: a name, a pronoun, or a noun of somebody or something that says things."""
    tokens = range(tree.token_at(source[0]), tree.token_at(source[1] - 1) + 1)
    return any(index.labelled(k, ACTORS) or is_speaker_noun(tree, k) or tree.pos[k] == "PRON" for k in tokens)


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
        if (tree.pos[k] == "PUNCT" and tree.text[k] not in ('"', "'")) or verbs.is_finite(tree, k):
            return None
        named = [m for m in index.at.get(k, ()) if m.label in ACTORS and m.kind is not Kind.DEMONYM]
        if tree.dep[k].startswith("flat") and not named:  # words the parser was not shown
            continue
        if tree.pos[k] not in ("NOUN", "PROPN") and not named and tree.lower[k] not in _BARE_SUBJECTS:
            continue
        if tree.lower[k] in _TIME or index.labelled(k, NOT_NAMES) or _in_complement(tree, k, verb):
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
    return (tree.pos[at - 1] == "ADP" and word not in ("par",)) or tree.lower[at] in ("au", "aux", "du")
