"""Content clauses of reporting verbs: *que* clauses, infinitives, and what somebody says to be (« se dit prêt à »)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.claims.draft import Draft, content_draft
from pipeline.claims.own_clauses import clauses
from pipeline.claims.reporting import NO_CONTENT, Reporting, reporting_verbs
from pipeline.claims.source_spans import Span
from pipeline.claims.spans import QUE, Limits, is_clause_head, main_predicate, trimmed
from pipeline.claims.speakers import document_of, names_speaker, reporting_speaker
from pipeline.entities.index import MentionIndex
from pipeline.frames import verbs
from pipeline.frames.colour import Cue
from pipeline.frames.roles import direct_objects
from pipeline.records import Attribution, Modality, Tense
from pipeline.tree import Tree

_REACH = 16  # tokens between a reporting verb and its « que »
_WITH_DE = frozenset(("accuse", "promise", "ask", "fear"))  # classes whose infinitive takes « de »
_NO_SPEAKERS = frozenset("ce c' c’ cela ça ceci qui".split())  # « ce qui montre que »
_BREAKS = frozenset((";", "»", "«", ":"))


def clause_claims(tree: Tree, index: MentionIndex, limits: Limits) -> Iterator[Draft]:
    """Claims in *que* clauses and infinitives under reporting verbs; one that names no speaker gives none."""
    for i in range(len(tree)):
        imperative = i == tree.sentences[tree.sent[i]][0] and verbs.is_finite(tree, i)  # « Notons que », « Sachez que »
        if not verbs.is_verb(tree, i) or i in limits.said_by or imperative:
            continue
        entry = reporting_verbs().get(tree.lemma[i])
        if entry is not None:
            yield from _contents(tree, index, limits, i, entry)


def _contents(tree: Tree, index: MentionIndex, limits: Limits, verb: int, entry: Reporting) -> Iterator[Draft]:
    heads, rule = _heads(tree, verb, entry)
    source = _source(tree, index, limits, verb, entry) if heads else None
    if source is None:
        return
    marks = [mark for mark, _ in heads]
    for n, (mark, head) in enumerate(heads):
        first = trimmed(tree, mark + 1, tree.sentences[tree.sent[verb]][1])[0]
        stop = limits.content_stop(verb, head, first)
        if n + 1 < len(marks):
            stop = min(stop, marks[n + 1])
        first, stop = trimmed(tree, mark + 1, stop)
        for begin, end, predicate in _parts(tree, limits, first, stop, head):
            draft = content_draft(
                tree, begin, end, predicate, source, verb, Attribution.REPORTED, f"{rule}:{entry.lemma}"
            )
            draft = future_in_past(tree, draft, verb)
            yield _alleged(draft, verb) if entry.kind == "accuse" else draft


def _heads(tree: Tree, verb: int, entry: Reporting) -> tuple[list[tuple[int, int]], str]:
    """(token before the content, predicate) of each content of the verb, and the rule that found it."""
    heads = que_clauses(tree, verb) if "que" in entry.content else []
    found = infinitives(tree, verb, entry) if "inf" in entry.content else []
    if found and (not heads or found[0][1] < heads[0][0]):
        return found, "claim.infinitive"
    if not heads and entry.kind in ("say", "think") and verbs.is_reflexive(tree, verb):
        return _stances(tree, verb), "claim.stance"
    return heads, "claim.que"


def _source(tree: Tree, index: MentionIndex, limits: Limits, verb: int, entry: Reporting) -> Span | None:
    """Who speaks; what shows or suggests something must be able to speak (« le rapport », not « la situation »)."""
    source = reporting_speaker(tree, index, verb, limits.said_by) or document_of(tree, verb)
    if source is None or tree.lower[tree.token_at(source[0])] in _NO_SPEAKERS:
        return None
    if entry.kind in ("show", "suggest") and not names_speaker(tree, index, source):
        return None
    return source


def _alleged(draft: Draft, verb: int) -> Draft:
    """What somebody is accused of is alleged, whatever verb says it."""
    return replace(draft, modality=Modality.ALLEGED, cues=(*draft.cues, Cue("alleged", (verb,))))


def _parts(tree: Tree, limits: Limits, first: int, stop: int, head: int) -> list[tuple[int, int, int]]:
    """One stretch a content; in quoted words one a clause with a subject of its own."""
    if stop <= first:
        return []
    if limits.quotation_of(first) is not None:
        found = list(clauses(tree, first, stop))
        if len(found) > 1:
            return found
    return [(first, stop, head)]


def future_in_past(tree: Tree, draft: Draft, verb: int) -> Draft:
    """« a annoncé que Paris livrerait »: under a verb that is not in the present the conditional is a future."""
    word = verbs.finite(tree, verb)
    present = word == verb and verbs.tense_of(tree, verb) is Tense.PRESENT
    if draft.modality is not Modality.ALLEGED or present or verbs.is_compound(tree, draft.head):
        return draft
    if not verbs.is_conditional(tree, draft.head):
        return draft
    cues = tuple(cue for cue in draft.cues if cue.kind != Modality.ALLEGED)
    return replace(draft, modality=Modality.ASSERTED, tense=Tense.FUTURE, cues=cues)


def que_clauses(tree: Tree, verb: int) -> list[tuple[int, int]]:
    """(index of « que », head of the clause) for each *que* clause that the verb at `verb` introduces."""
    stop = tree.sentences[tree.sent[verb]][1]
    first: tuple[int, int] | None = None
    for k in range(verb + 1, min(stop, verb + _REACH)):
        if (tree.text[k] in _BREAKS and k > verb + 1) or _restricts(tree, verb) or _reports(tree, k):
            break
        if tree.lower[k] in QUE and _opens_content(tree, k, verb, stop):
            head = _head_after(tree, k, stop)
            if head is not None and _governed(tree, verb, head, k):
                first = (k, head)
                break
    if first is None:
        return []
    out = [first]
    for k in range(first[0] + 1, stop):
        if tree.lower[k] in QUE and tree.lower[k - 1] in ("et", "mais", "ou", ",", "comme") and tree.pos[k] != "PRON":
            next_head = _head_after(tree, k, stop)
            if next_head is not None and (first[1] in tree.ancestors(next_head) or verb in tree.ancestors(next_head)):
                out.append((k, next_head))
    return out


def _restricts(tree: Tree, verb: int) -> bool:
    """« ne prévoit qu'une intervention »: « ne » without « pas » before « que »."""
    has_ne = any(tree.lower[k] in verbs.NE for word in [verb, *verbs.auxiliaries(tree, verb)] for k in tree.kids[word])
    return has_ne and not verbs.negation(tree, verb)


def _reports(tree: Tree, k: int) -> bool:
    """Another reporting verb, finite or a present participle: the « que » after it is its own."""
    form = verbs.is_finite(tree, k) or tree.lower[k].endswith("ant")
    return form and tree.lemma[k] in reporting_verbs() and tree.pos[k] == "VERB"


def _opens_content(tree: Tree, k: int, verb: int, stop: int) -> bool:
    """« que » that is neither part of a compound conjunction nor a relative pronoun nor « ne … que »."""
    if (k > verb + 1 and tree.lower[k - 1] in NO_CONTENT) or k + 1 >= stop:
        return False
    pronoun = tree.pos[k] == "PRON" and tree.pos[k - 1] in ("NOUN", "PROPN", "ADJ")
    return not (pronoun and tree.dep[tree.head[k]] == "acl:relcl")


def _head_after(tree: Tree, mark: int, stop: int) -> int | None:
    """The predicate of the clause that the « que » at `mark` opens; None where nothing finite follows."""
    head = tree.head[mark]
    if any(tree.lower[k] in ("si", "s'", "s’") and tree.dep[k] == "mark" for k in tree.kids[head]):
        return _after_condition(tree, mark, head, stop)
    while tree.dep[head].startswith(("aux", "cop")) and tree.head[head] != head:
        head = tree.head[head]
    if head > mark and tree.sent[head] == tree.sent[mark] and is_clause_head(tree, head):
        return head
    return main_predicate(tree, mark + 1, stop)


def _after_condition(tree: Tree, mark: int, condition: int, stop: int) -> int | None:
    """« que si Kiev cède, Moscou avancera »: the predicate of the clause that the condition is set to."""
    above = tree.head[condition]
    if mark < above and is_clause_head(tree, above):
        return above
    below = set(tree.subtree(condition))
    rest = [k for k in range(condition + 1, stop) if is_clause_head(tree, k)]
    outside = [k for k in rest if k not in below]
    return next(iter([*outside, *rest]), condition)


def _governed(tree: Tree, verb: int, head: int, mark: int) -> bool:
    """Whether the clause hangs under the verb; right after it, it does whatever the parser says."""
    between = [k for k in range(verb + 1, mark) if tree.pos[k] in ("VERB", "AUX", "NOUN", "PROPN")]
    aside = tree.text[verb + 1] == "," and tree.text[mark - 1] == ","  # « présume, sur la base d'indices, que »
    return verb in tree.ancestors(head) or aside or not between


def infinitives(tree: Tree, verb: int, entry: Reporting) -> list[tuple[int, int]]:
    """(token before the content, infinitive) of the infinitive that `verb` introduces.

    « accuse l'Iran de livrer »: the content begins with the accused.
    """
    accused = direct_objects(tree, verb) if entry.kind == "accuse" else []
    accused = accused[:1] if accused and accused[0] > verb else []
    for host in [verb, *accused]:
        for k in tree.kids[host]:
            if k > verb and verbs.is_infinitive(tree, k) and not tree.dep[k].startswith(("conj", "nsubj")):
                marks = [tree.lower[m] for m in tree.kids[k] if tree.dep[m] in ("mark", "case") and m < k]
                allowed = ("de", "d'", "d’", "à") if entry.kind in _WITH_DE else ()
                if any(m not in allowed for m in marks) or (accused and not marks):
                    continue
                if accused:
                    return [(min(tree.subtree(accused[0])[0], k) - 1, k)]
                own = [m for m in [k, *tree.kids[k]] if verb < m <= k and tree.lower[m] not in ("de", "d'", "d’", "à")]
                return [(min(own) - 1, k)]
    return _far_infinitive(tree, verb) if entry.kind == "accuse" else []


def _far_infinitive(tree: Tree, verb: int) -> list[tuple[int, int]]:
    """« accuse un groupe parrainé par Pékin d'avoir infiltré »: the first « de » + infinitive, wherever it hangs."""
    for k in range(verb + 2, tree.sentences[tree.sent[verb]][1]):
        if verbs.is_finite(tree, k) or tree.text[k] in _BREAKS:
            break
        if tree.lower[k - 1] in ("de", "d'", "d’") and verbs.is_infinitive(tree, _group_head(tree, k)):
            return [(verb, _group_head(tree, k))]
    return []


def _group_head(tree: Tree, k: int) -> int:
    """The verb that an auxiliary belongs to, the token itself otherwise."""
    return tree.head[k] if tree.dep[k].startswith(("aux", "cop")) else k


def _stances(tree: Tree, verb: int) -> list[tuple[int, int]]:
    """« se dit prêt à livrer », « se déclare favorable à »: the adjective right after the verb."""
    for k in tree.kids[verb]:
        near = verb < k <= verb + 3 and not tree.dep[k].startswith("conj")
        if near and (tree.pos[k] == "ADJ" or verbs.is_past_participle(tree, k)):
            return [(k - 1, k)]
    return []
