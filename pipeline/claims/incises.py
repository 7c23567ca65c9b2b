"""Reporting clauses set beside what they report: « …, a déclaré le ministre », « dit-on », « a-t-il ajouté »."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.claims.draft import Draft, content_draft
from pipeline.claims.reporting import NO_CONTENT, reporting_verbs
from pipeline.claims.source_spans import Span
from pipeline.claims.spans import QUE, QUOTE_MARKS, Limits, is_clause_head, main_predicate, trimmed
from pipeline.claims.speakers import inverted_clitic, inverted_speaker, speaker_of
from pipeline.entities.index import MentionIndex
from pipeline.frames import verbs
from pipeline.frames.colour import Cue
from pipeline.records import Attribution, Modality
from pipeline.tree import Tree

_CLOSERS = frozenset((",", "?", "!", "...", "…", *QUOTE_MARKS))
_OPENERS = frozenset("que qu' qu’ qui dont où si lorsque quand".split())
_OPEN_ENDED = frozenset("que qu' qu’ qui dont où comme ce ne n' se s' me m' et".split())
# « a fait savoir », « laisse entendre » speak; « a fait », « laisse » alone do not
_NEEDS_INFINITIVE = frozenset(("faire", "laisser"))
_SAYING_INFINITIVES = frozenset("savoir remarquer valoir observer noter entendre part état".split())
_ALONE = frozenset(("say", "admit", "think", "claim"))  # classes that need no comma before them
_FINITE_TOO = frozenset(("dit", "redit", "prédit", "écrit"))  # forms of the present that are participles as well
_MIN_CONTENT = 3  # words


class Incise(NamedTuple):
    """A reporting clause: its verb, token range [first, stop), and the speaker."""

    verb: int
    first: int
    stop: int
    speaker: Span


def find_incises(tree: Tree, index: MentionIndex) -> list[Incise]:
    """Reporting clauses after or inside what they report, in text order.

    The subject follows the verb. Without a comma or a quotation mark before it (« Paris livrera des Caesar a déclaré
    le ministre ») the clause before must have a verb, and the subject be somebody who speaks.
    """
    out = []
    for i in range(len(tree)):
        entry = reporting_verbs().get(tree.lemma[i])
        hidden = _is_hidden(tree, i)
        if entry is None and not hidden:
            continue
        clitic = inverted_clitic(tree, i)
        bare = tree.lower[i] in _FINITE_TOO and not verbs.auxiliaries(tree, i)
        if hidden:
            entry = reporting_verbs()[tree.lower[i] + "r"]
        elif not verbs.is_verb(tree, i) or (verbs.finite(tree, i) is None and clitic is None and not bare):
            continue
        if entry is None or "quote" not in entry.content or _is_passive(tree, i):
            continue
        first = _first_of_group(tree, i)
        begin, stop = tree.sentences[tree.sent[i]]
        if tree.lemma[i] in _NEEDS_INFINITIVE and tree.lower[min(i + 1, stop - 1)] not in _SAYING_INFINITIVES:
            continue
        if (first <= begin and tree.sent[i] == 0) or _introduces(tree, i, stop):
            continue
        set_off = (first > begin and tree.text[first - 1] in _CLOSERS) or first == begin
        loose = not set_off and entry.kind in _ALONE and "que" in entry.content and _follows_clause(tree, begin, first)
        if clitic is None and not set_off and not loose:
            continue
        after_quote = first > begin and tree.text[first - 1] in QUOTE_MARKS
        plain = after_quote or (set_off and first > begin and _has_main_clause(tree, begin, first))
        speaker = clitic or inverted_speaker(tree, index, i, only_speakers=not plain)
        if speaker is not None:
            out.append(Incise(i, first, _stop(tree, i, speaker[1], stop), speaker))
    return out


def _is_passive(tree: Tree, i: int) -> bool:
    """« a été condamné par un juge » is no incise; « s'est exclamé le ministre » is one."""
    return any(tree.lemma[k] == "être" for k in verbs.auxiliaries(tree, i)) and not verbs.is_reflexive(tree, i)


def _is_hidden(tree: Tree, i: int) -> bool:
    """« … », analyse le propriétaire: a verb right after a quotation that the model takes for a noun."""
    before = i - 2 if i > 1 and tree.text[i - 1] == "," else i - 1
    return (
        tree.pos[i] not in ("VERB", "AUX") and tree.lower[i] + "r" in reporting_verbs()
        and before >= 0 and tree.text[before] in QUOTE_MARKS and tree.text[i].islower()
    )  # fmt: skip


def _first_of_group(tree: Tree, verb: int) -> int:
    """First token of the verb group: auxiliary, clitics and adverbs right before the verb."""
    first = verb
    for k in range(verb - 1, max(verb - 5, 0), -1):  # « ont - elles ajouté »
        if tree.text[k] == "-" and tree.pos[k - 1] == "AUX" and tree.sent[k] == tree.sent[verb]:
            return k - 1
    while first > 0 and tree.sent[first - 1] == tree.sent[verb]:
        k = first - 1
        near = tree.head[k] == verb or tree.head[k] == first or tree.pos[k] in ("AUX", "ADV")
        inside = tree.pos[k] in ("AUX", "ADV", "PRON") and tree.lower[k] not in QUE
        inside = inside and not tree.dep[k].startswith("nsubj")
        if (near and inside) or tree.lower[k].startswith("-"):
            first = k
        else:
            break
    return first


def _introduces(tree: Tree, verb: int, stop: int) -> bool:
    """Whether the verb opens a *que* clause of its own: then it is no incise."""
    for k in range(verb + 1, min(verb + 10, stop)):
        if tree.text[k] in ("«", "»", ";", ","):
            return False
        if tree.lower[k] in QUE and tree.pos[k] != "PRON" and tree.lower[k - 1] not in NO_CONTENT:
            return True
    return False


def _follows_clause(tree: Tree, begin: int, first: int) -> bool:
    """Whether a whole clause stands between the start of the sentence and the verb group."""
    if tree.lower[first - 1] in _OPEN_ENDED or tree.pos[first - 1] in ("CCONJ", "SCONJ", "ADP", "DET"):
        return False
    for k in range(first - 1, begin - 1, -1):
        if verbs.is_finite(tree, k) or is_clause_head(tree, k):
            return True
        if tree.lower[k] in _OPENERS:  # « que les informations faisaient état de »: the clause waits for its verb
            return False
    return False


def _has_main_clause(tree: Tree, begin: int, first: int) -> bool:
    """Whether a clause that is no subordinate one ends before token `first`: « P, a déclaré un milicien »."""
    heads = [k for k in range(begin, first) if is_clause_head(tree, k)]
    return any(not tree.dep[k].startswith(("acl", "advcl", "ccomp", "csubj")) and not _marked(tree, k) for k in heads)


def _marked(tree: Tree, k: int) -> bool:
    return any(tree.lower[m] in _OPENERS and m < k for m in tree.kids[k])


def _stop(tree: Tree, verb: int, speaker_end: int, stop: int) -> int:
    """End of the reporting clause: the comma, mark or full stop after its subject."""
    at = max(verb + 1, tree.token_at(speaker_end - 1) + 1)
    while at < stop and tree.text[at] not in _CLOSERS and tree.text[at] not in (".", ";", ":"):
        at += 1
    return at


def incise_claims(tree: Tree, limits: Limits, incises: Sequence[Incise]) -> Iterator[Draft]:
    """Unquoted content around an incise: « Les frappes ont eu lieu, a déclaré M. Biden »."""
    stops = sorted(incise.stop for incise in incises)
    for incise in incises:
        begin, stop = tree.sentences[tree.sent[incise.verb]]
        at = bisect_right(stops, incise.first)
        first, last = trimmed(tree, max([begin, *stops[max(at - 1, 0) : at]]), incise.first)
        if _ends_quoted(tree, limits, first, last) or last - first < 1:
            continue
        head = main_predicate(tree, first, last)
        if tree.text[min(incise.stop, stop - 1)] == ",":
            if tree.lower[incise.first - 2] in _OPEN_ENDED:  # « des soldats qui, dit-on, s'étaient rendus »
                first, last = trimmed(tree, incise.stop, stop)
                head = main_predicate(tree, first, last)
            elif not _is_whole(tree, head, first, last):  # « Le navire, a précisé Séoul, a traversé le détroit »
                begin, end = trimmed(tree, incise.stop, stop)
                after = main_predicate(tree, begin, end)
                first, last, head = (begin, end, after) if after is not None else (first, last, head)
        if head is None or last - first < _MIN_CONTENT:
            continue
        draft = content_draft(
            tree, first, last, head, incise.speaker, incise.verb, Attribution.REPORTED, "claim.incise"
        )
        yield _hearsay(tree, draft, incise)


def _hearsay(tree: Tree, draft: Draft, incise: Incise) -> Draft:
    """« dit-on », « raconte-t-on »: nobody stands for it."""
    nobody = tree.lower[tree.token_at(incise.speaker[0])].lstrip("-t") == "on"
    present = tree.lower[incise.verb] in ("dit", "raconte", "prétend", "affirme", "assure")
    if not (nobody and present) or draft.modality is not Modality.ASSERTED:
        return draft
    return replace(draft, modality=Modality.ALLEGED, cues=(*draft.cues, Cue("alleged", (incise.verb,))))


def looking_back(tree: Tree, index: MentionIndex) -> Iterator[Incise]:
    """« P. C'est ce qu'a déclaré le ministre »: a sentence that gives the one before it to somebody."""
    for first, stop in tree.sentences[1:]:
        words = tree.lower[first : first + 4]
        if words[:3] not in (["c'", "est", "ce"], ["c’", "est", "ce"]) or words[3:] not in (["que"], ["qu'"], ["qu’"]):
            continue
        for k in range(first + 4, min(first + 8, stop)):
            if tree.lemma[k] in reporting_verbs() and verbs.is_verb(tree, k):
                speaker = inverted_speaker(tree, index, k) or speaker_of(tree, index, k)
                if speaker is not None:
                    yield Incise(k, first, stop, speaker)
                break


def looking_back_claims(tree: Tree, index: MentionIndex, limits: Limits) -> Iterator[Draft]:
    """Claims of unquoted sentences before « C'est ce qu'a déclaré le ministre »."""
    for incise in looking_back(tree, index):
        number = tree.sent[incise.first] - 1
        first, last = trimmed(tree, *tree.sentences[number])
        head = main_predicate(tree, first, last)
        if head is None and number > 0:  # « P. Le tout en un an. C'est ce qu'a déclaré X »
            first, last = trimmed(tree, *tree.sentences[number - 1])
            head = main_predicate(tree, first, last)
        if head is not None and not _ends_quoted(tree, limits, first, last):
            yield content_draft(
                tree, first, last, head, incise.speaker, incise.verb, Attribution.REPORTED, "claim.looking-back"
            )


def _is_whole(tree: Tree, head: int | None, first: int, last: int) -> bool:
    """Whether the words before the incise are a clause of their own, not a subject that waits for its verb."""
    return head is not None and not tree.dep[head].startswith("acl") and first <= head < last


def _ends_quoted(tree: Tree, limits: Limits, first: int, last: int) -> bool:
    """Whether the words before the incise end in a quotation that holds a clause: then that is what is reported."""
    if last <= first:
        return True
    around = limits.quotation_of(last - 1)
    if around is None:
        return False
    return around[0] <= first or main_predicate(tree, *around) is not None
