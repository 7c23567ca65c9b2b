"""Colour of a predicate: polarity, modality and tense, from its own words and from what governs it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.frames import verbs
from pipeline.frames.predicates import modifiers, predicates
from pipeline.records import Modality, Polarity, Tense
from pipeline.tree import Tree

_MAX_GOVERNORS = 5
_AHEAD = frozenset("intention promise ask none enable threat risk".split())
# What the conditional of a modal says of the modal itself
_CONDITIONAL_MODALS = {
    "pouvoir": "possible", "devoir": "probable", "falloir": "required", "vouloir": "intended", "souhaiter": "intended",
    "aimer": "intended",
}  # fmt: skip
# Prepositions of an infinitive that is no complement but a circumstance
_CIRCUMSTANCE = frozenset("pour afin avant après sans jusqu'à jusque".split())
_UNLIKELY = frozenset(("peu", "guère"))


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided something: `kind` says what, `tokens` which (document token indices, in order)."""

    kind: str
    tokens: tuple[int, ...]


@dataclass(slots=True)
class Colour:
    """Polarity, modality and tense of a predicate, with the cues found."""

    polarity: Polarity
    modality: Modality
    tense: Tense
    cues: list[Cue]

    def negate(self, kind: str, tokens: tuple[int, ...]) -> None:
        """Turn the polarity; words that have turned it already count once (« n'y aura aucune livraison »)."""
        if any(cue.kind == kind and set(cue.tokens) & set(tokens) for cue in self.cues):
            return
        self.polarity = Polarity.POSITIVE if self.polarity is Polarity.NEGATIVE else Polarity.NEGATIVE
        self.cues.append(Cue(kind, tokens))

    def shade(self, modality: str, tokens: tuple[int, ...]) -> None:
        """Take a modality; the one nearest to the predicate stays."""
        if modality and self.modality is Modality.ASSERTED:
            self.modality = Modality(modality)
            self.cues.append(Cue(modality, tokens))


# What is talked about is not done yet
TALKS = frozenset(("négociation", "pourparler", "pourparlers", "discussion"))


def governors(tree: Tree, i: int) -> list[int]:
    """Predicates above `i`, nearest first, up to the clause that stands on its own.

    A relative clause or an adverbial clause is not coloured by what governs its host.
    """
    out: list[int] = []
    at = i
    while len(out) < _MAX_GOVERNORS and tree.head[at] != at:
        dep, head = tree.dep[at], tree.head[at]
        if dep == "acl:relcl" or (dep.startswith("advcl") and not verbs.is_infinitive(tree, at)):
            break
        if dep == "conj":
            at = head
            continue
        if tree.pos[head] in ("VERB", "AUX", "NOUN", "ADJ"):
            out.append(head)
        at = head
    return out


def colour_of(tree: Tree, i: int) -> Colour:
    """Colour of the predicate at `i`: its own words first, then what governs it, nearest first."""
    colour = Colour(Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, [])
    if verbs.is_verb(tree, i) or verbs.auxiliaries(tree, i):
        _own_verb_colour(tree, i, colour)
    else:
        _own_noun_colour(tree, i, colour)
    below = i
    for governor in governors(tree, i):
        if not _colours(tree, governor, below, colour):
            break
        below = governor
    return colour


def _own_verb_colour(tree: Tree, i: int, colour: Colour) -> None:
    colour.tense = verbs.tense_of(tree, i)
    negated = verbs.negation(tree, i)
    if negated:
        colour.negate("negation", tuple(negated))
    _adverbs(tree, i, colour)
    _predicative(tree, i, colour)
    if _in_condition(tree, i):
        colour.shade("hypothetical", (i,))
    if verbs.is_conditional(tree, i):
        _conditional(tree, i, colour)


def _predicative(tree: Tree, i: int, colour: Colour) -> None:
    """« une attaque est possible », « c'est peu probable »: the adjective tells of itself."""
    entry = modifiers("adj").get(tree.lemma[i]) if tree.pos[i] == "ADJ" else None
    if entry is not None and entry.modality:
        colour.shade(entry.modality, (i,))
        if unlikely := [k for k in tree.kids[i] if tree.lower[k] in _UNLIKELY and k < i]:
            colour.negate("negation", tuple(unlikely))


def _own_noun_colour(tree: Tree, i: int, colour: Colour) -> None:
    if tree.case(i) in ("depuis", "après"):
        colour.tense = Tense.PAST  # « depuis l'invasion de … »
    table = modifiers("adj")
    for k in tree.kids[i]:
        # the lemma of « présumée » may be the verb's
        masculine = tree.lower[k].removesuffix("s").removesuffix("e")
        entry = table.get(tree.lemma[k]) or table.get(tree.lower[k]) or table.get(masculine)
        if entry is None:
            continue
        colour.shade(entry.modality, (k,))
        if entry.tense:
            colour.tense = Tense(entry.tense)
    without = tuple(k for k in tree.kids[i] if k < i and tree.lower[k] in ("aucun", "aucune", "sans"))
    if without:
        colour.negate("negation", without)


def _adverbs(tree: Tree, i: int, colour: Colour) -> None:
    table = modifiers("adv")
    for k in tree.kids[i]:
        phrase = tree.lower[k] if not tree.kids[k] else " ".join(tree.lower[t] for t in tree.subtree(k)[:3])
        entry = table.get(phrase) or table.get(tree.lower[k])
        if entry is not None:
            colour.shade(entry.modality, (k,))


def _in_condition(tree: Tree, i: int) -> bool:
    """« si Kiev livrait … »: a clause opened by *si* that is no indirect question."""
    marks = [k for k in tree.kids[i] if tree.lower[k] in ("si", "s'", "s’") and tree.dep[k] == "mark"]
    return bool(marks) and tree.dep[i].startswith(("advcl", "ROOT", "parataxis"))


def _conditional(tree: Tree, i: int, colour: Colour) -> None:
    """The conditional: hypothesis beside *si*, else hearsay; polite and reported uses are settled elsewhere.

    « devrait » is probability, « pourrait » possibility, « voudrait » intention: those verbs govern, and say so
    through `predicates.csv`. Under a reporting verb in the past the present conditional is a future.
    """
    if tree.lemma[i] == "devoir" and verbs.is_compound(tree, i):
        return  # « aurait dû livrer » says that it was not done
    if tree.lemma[i] in _CONDITIONAL_MODALS:
        colour.shade(_CONDITIONAL_MODALS[tree.lemma[i]], (i,))
        return
    sentence = range(*tree.sentences[tree.sent[i]])
    if any(_in_condition(tree, k) for k in sentence if tree.head[k] == i or tree.head[i] == k):
        colour.shade("hypothetical", (i,))
    elif not verbs.is_compound(tree, i) and _reported_in_past(tree, i):
        colour.tense = Tense.FUTURE
    else:
        word = verbs.finite(tree, i)
        colour.shade("alleged", (word if word is not None else i,))


def _reported_in_past(tree: Tree, i: int) -> bool:
    """« a annoncé que Paris livrerait »: future seen from the past."""
    above = tree.head[i]
    if tree.dep[i] == "conj":
        return tree.head[above] != above and _reported_in_past(tree, above)
    governed = tree.dep[i].startswith(("ccomp", "acl", "xcomp", "advcl", "parataxis", "obj"))
    return governed and verbs.is_verb(tree, above) and any(tree.lower[k] in ("que", "qu'", "qu’") for k in tree.kids[i])


def _colours(tree: Tree, governor: int, below: int, colour: Colour) -> bool:
    """Let a governor colour what stands below it; False ends the climb."""
    pos = "verb" if verbs.is_verb(tree, governor) else "adj" if tree.pos[governor] == "ADJ" else "noun"
    entry = predicates().get((tree.lemma[governor], pos))
    kind = _complement_kind(tree, below)
    if tree.lemma[governor] in TALKS and tree.case(below) in ("pour", "sur") and tree.pos[below] == "NOUN":
        kind = "noun"  # « des négociations pour l'achat de »
    if entry is None or kind not in entry.complement:
        return kind in ("inf", "noun") and pos != "verb"
    if kind == "noun" and pos == "verb" and not _is_object(tree, below, governor):
        return False
    if entry.polarity == "negative":
        colour.negate("negation", (governor,))
    modality = entry.modality
    if pos == "verb":
        if entry.lemma == "devoir" and (verbs.is_conditional(tree, governor) or verbs.is_compound(tree, governor)):
            modality = "probable"
        negated = verbs.negation(tree, governor)
        used = {token for cue in colour.cues for token in cue.tokens}
        if negated and used.isdisjoint(negated):  # « ne se livre à aucune attaque » is negated once
            colour.negate("negation", tuple(negated))
            if entry.kind == "deny":
                modality = "possible"  # « n'exclut pas de livrer »
        going = entry.lemma == "aller" and kind == "inf" and not verbs.is_compound(tree, governor)  # « allait livrer »
        if going or verbs.tense_of(tree, governor) is Tense.FUTURE:
            colour.tense = Tense.FUTURE
        elif kind == "inf" and colour.tense is Tense.PRESENT:
            # « cherche à livrer », « a décidé de livrer »: still to come; « a commencé à livrer »: as the governor
            colour.tense = Tense.FUTURE if entry.kind in _AHEAD else verbs.tense_of(tree, governor)
            if entry.lemma == "venir":
                colour.tense = Tense.PAST  # « vient de livrer »
        if not modality and verbs.is_conditional(tree, governor):
            _conditional(tree, governor, colour)
    elif kind == "inf":
        if colour.tense is Tense.PRESENT:
            colour.tense = Tense.FUTURE  # « la décision de livrer », « prêt à livrer »
        if pos == "adj" and (negated := verbs.negation(tree, governor)):
            colour.negate("negation", tuple(negated))  # « n'est pas en mesure de livrer »
    colour.shade(modality, (governor,))
    return entry.kind not in ("none",) or bool(entry.light)


def _is_object(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a noun is what the verb acts on, not who acts nor a circumstance (« annule en raison d'une grippe »)."""
    dep = tree.dep[noun]
    if dep.startswith("nsubj"):
        return verbs.is_passive(tree, verb)
    if dep.startswith(("obl", "nmod", "advcl", "advmod")):
        return tree.case(noun) in ("", "à", "de") and (dep != "obl:mod" or tree.lemma[verb] == "réfléchir")
    return True


def _complement_kind(tree: Tree, below: int) -> str:
    if verbs.auxiliaries(tree, below) and tree.pos[below] != "VERB" and _is_bare_clause(tree, below):
        return "clause"
    if any(tree.lower[k] in _CIRCUMSTANCE for k in tree.kids[below] if k < below and tree.dep[k] in ("mark", "case")):
        return "clause"
    if any(tree.lower[k] in ("que", "qu'", "qu’") and tree.dep[k] == "mark" for k in tree.kids[below]):
        return "que"
    if verbs.is_infinitive(tree, below):
        return "inf"
    return "noun" if tree.pos[below] in ("NOUN", "PROPN") else "clause"


def _is_bare_clause(tree: Tree, below: int) -> bool:
    """A nominal predicate with its copula and no « que »: a clause of its own."""
    return not any(tree.lower[k] in ("que", "qu'", "qu’") for k in tree.kids[below])
