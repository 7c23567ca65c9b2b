"""Attribution by nouns: « informations selon lesquelles », « l'annonce par X de », « a exprimé son intention de »."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.claims.draft import Draft, content_draft
from pipeline.claims.reporting import reporting_nouns
from pipeline.claims.source_spans import Span, source_span
from pipeline.claims.spans import QUE, Limits, is_clause_head, main_predicate, trimmed
from pipeline.claims.speakers import speaker_of
from pipeline.entities.index import ACTORS, MentionIndex
from pipeline.frames import verbs
from pipeline.frames.predicates import predicates
from pipeline.frames.roles import coordinated
from pipeline.records import Attribution
from pipeline.tree import Tree

_WHICH = frozenset("lequel laquelle lesquels lesquelles".split())
# Verbs that put a stance into words: with « son intention de » they report, where « a l'intention de » only states
_EXPRESSING = frozenset(
    "exprimer afficher annoncer réaffirmer confirmer réitérer manifester affirmer déclarer indiquer signifier rappeler "
    "évoquer formuler".split()
)
_STANCES = frozenset(("intention", "promise", "refuse", "stance"))


def nominal_claims(tree: Tree, index: MentionIndex, limits: Limits) -> Iterator[Draft]:
    """Claims that a noun introduces; the source is who voices the noun, else the noun phrase itself."""
    for i in range(len(tree)):
        if tree.pos[i] != "NOUN":
            continue
        yield from _according_to_which(tree, index, limits, i)
        yield from _voiced_stance(tree, index, limits, i)
        if tree.lemma[i] in reporting_nouns():
            yield from _that_clause(tree, index, limits, i)
            yield from _announced_event(tree, index, i)


def _according_to_which(tree: Tree, index: MentionIndex, limits: Limits, noun: int) -> Iterator[Draft]:
    """« des informations selon lesquelles P »."""
    stop = tree.sentences[tree.sent[noun]][1]
    for k in range(noun + 1, min(noun + 8, stop - 1)):
        if tree.pos[k] == "NOUN" or tree.lower[k] in QUE:
            return
        if tree.lower[k] == "selon" and tree.lower[k + 1] in _WHICH:
            yield from _content(tree, index, limits, noun, k + 2, "claim.noun-selon")
            return


def _that_clause(tree: Tree, index: MentionIndex, limits: Limits, noun: int) -> Iterator[Draft]:
    """« l'affirmation que P », « la crainte que P »; a relative clause (« l'annonce qu'a faite Paris ») is none."""
    k = noun + 1
    if k + 1 >= len(tree) or tree.lower[k] not in QUE or "que" not in reporting_nouns()[tree.lemma[noun]].content:
        return
    head = tree.head[k]
    if tree.dep[k] == "mark" and is_clause_head(tree, head) and tree.dep[head] != "acl:relcl":
        yield from _content(tree, index, limits, noun, k + 1, "claim.noun-que")


def _content(tree: Tree, index: MentionIndex, limits: Limits, noun: int, first: int, rule: str) -> Iterator[Draft]:
    stop = tree.sentences[tree.sent[noun]][1]
    head = main_predicate(tree, first, stop)
    source = _voice(tree, index, noun)
    if head is None:
        return
    first, stop = trimmed(tree, first, limits.content_stop(tree.head[noun], head, first))
    if stop - first >= 3:
        yield content_draft(tree, first, stop, head, source, noun, Attribution.REPORTED, f"{rule}:{tree.lemma[noun]}")


def _voice(tree: Tree, index: MentionIndex, noun: int) -> Span:
    """Who voices a noun: its « de X » or « par X », the subject of the verb it is the object of, else the noun."""
    owners = [k for k in tree.kids_by(noun, "nmod", "obl") if tree.case(k) in ("de", "par") and index.at.get(k)]
    owner = next(iter(owners), None)
    if owner is not None:
        return source_span(tree, index, owner)
    verb = tree.head[noun]
    if verb != noun and verbs.is_verb(tree, verb) and tree.dep[noun].startswith(("obj", "obl")):
        source = speaker_of(tree, index, verb)
        if source is not None and tree.lower[tree.token_at(source[0])] != "il":  # « il existe des informations »
            return source
    return source_span(tree, index, noun)


def _voiced_stance(tree: Tree, index: MentionIndex, limits: Limits, noun: int) -> Iterator[Draft]:
    """« a exprimé son intention d'accroître les exportations »."""
    entry = predicates().get((tree.lemma[noun], "noun"))
    verb = tree.head[noun]
    expressing = tree.lemma[verb] in _EXPRESSING or tree.lower[verb : verb + 2][1:] == ["part"]
    if entry is None or entry.kind not in _STANCES or not expressing or verb >= noun:
        return
    stop = tree.sentences[tree.sent[noun]][1]
    k = noun + 1
    if k + 1 >= stop or tree.lower[k] not in ("de", "d'") or not tree.dep[noun].startswith(("obj", "obl", "nmod")):
        return
    head = next((t for t in range(k + 1, min(k + 5, stop)) if verbs.is_infinitive(tree, t)), None)
    source = speaker_of(tree, index, verb)
    if head is None or source is None:
        return
    first, stop = trimmed(tree, k + 1, limits.content_stop(verb, head, k + 1))
    yield content_draft(tree, first, stop, head, source, verb, Attribution.REPORTED, f"claim.stance:{tree.lemma[noun]}")


def _announced_event(tree: Tree, index: MentionIndex, noun: int) -> Iterator[Draft]:
    """« l'annonce par Paris de la livraison de chars »: the event is the content."""
    agents = [k for k in tree.subtree(noun) if k > noun and tree.case(k) == "par" and tree.head[k] >= noun]
    agents = [k for k in agents if index.labelled(k, ACTORS)]
    if not agents or agents[0] > noun + 4:
        return
    agent = coordinated(tree, agents[0])[-1]
    events = [k for k in tree.subtree(noun) if k > agent and tree.pos[k] == "NOUN" and tree.case(k) == "de"]
    if events:
        tokens = [k for k in tree.subtree(events[0]) if k >= events[0]]
        first = next((k for k in tree.kids[events[0]] if k < events[0] and tree.pos[k] == "DET"), events[0])
        yield content_draft(
            tree, first, tokens[-1] + 1, events[0], source_span(tree, index, agents[0]), noun, Attribution.REPORTED,
            f"claim.noun:{tree.lemma[noun]}",
        )  # fmt: skip
