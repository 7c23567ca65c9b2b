"""Colour of a whole clause: that of its main predicate, with what a modal or intention verb gives its complement."""

from __future__ import annotations

from pipeline.frames import verbs
from pipeline.frames.colour import Colour, colour_of, governors
from pipeline.frames.predicates import Predicate, predicates
from pipeline.records import Modality, Tense
from pipeline.tree import Tree

# Classes whose colour is that of the clause they head; « permet de livrer » or « empêche Kiev de livrer » state a fact
_COLOURING = frozenset("modal intention promise evidential refuse fail risk threat deny talks".split())
_TRANSPARENT = frozenset(("aspect", "light"))  # « continue à vouloir livrer », « a l'intention de livrer »
_LISTING = frozenset(("figurer",))
_MAX_DEPTH = 3


def main_colour(tree: Tree, i: int) -> Colour:
    """Colour of the clause whose main predicate stands at `i`.

    « pourrait jouer un rôle » is possible, « cherche à acquérir » intended, « refuse de livrer » negative, as
    `colour_of` says of the verb below; here the clause itself is asked about. `i` may be an adjective (« est prête
    à »), or the infinitive after « l'objectif est de ».
    """
    colour = colour_of(tree, i)
    at = i
    for _ in range(_MAX_DEPTH):
        entry = _entry(tree, at)
        below = _complement(tree, at, entry) if entry is not None else None
        if entry is None or below is None or entry.kind not in _COLOURING | _TRANSPARENT:
            break
        if entry.kind in _COLOURING:
            _apply(tree, at, entry, colour, i)
            if verbs.is_verb(tree, below) and (negated := verbs.negation(tree, below)):
                colour.negate("negation", tuple(negated))  # « pourrait ne pas livrer »
            break
        at = below
    if at == i:
        _objective(tree, i, colour)
    _listed(tree, i, colour)
    _condition(tree, i, colour)
    _near_future(tree, i, colour)
    return colour


def _entry(tree: Tree, i: int) -> Predicate | None:
    """The entry of the word at `i`; beside a copula a participle may be an adjective (« sont prêtes à »)."""
    if any(tree.dep[k] in ("cop", "aux:pass") for k in tree.kids[i]):
        low = tree.lower[i]
        for form in (tree.lemma[i], low, low.removesuffix("s"), low.removesuffix("e"), low.removesuffix("es")):
            if (form, "adj") in predicates():
                return predicates()[form, "adj"]
    part = "verb" if verbs.is_verb(tree, i) else "adj" if tree.pos[i] == "ADJ" else "noun"
    return predicates().get((tree.lemma[i], part))


def _complement(tree: Tree, i: int, entry: Predicate) -> int | None:
    """The infinitive, or where the entry allows it the noun, that the predicate at `i` governs."""
    for k in tree.kids[i]:
        infinitive = k > i and verbs.is_verb(tree, k) and verbs.is_infinitive(tree, k)
        if infinitive and "inf" in entry.complement and not (tree.dep[k].startswith("conj") or _is_purpose(tree, k)):
            return k
    if "noun" not in entry.complement or entry.kind == "talks":  # « négocie l'achat » states that talks go on
        return None
    for k in tree.kids[i]:
        if tree.pos[k] != "NOUN" or k < i:
            continue
        if (tree.lemma[k], "noun") in predicates() if entry.kind == "light" else tree.dep[k].startswith("obj"):
            return k
    return None


def _is_purpose(tree: Tree, k: int) -> bool:
    """« pour livrer », « afin de livrer », « sans livrer »: adjuncts, no complements."""
    return any(tree.lower[m] in ("pour", "afin", "sans", "avant", "après") for m in tree.kids[k] if m < k)


def _apply(tree: Tree, i: int, entry: Predicate, colour: Colour, head: int) -> None:
    """Give the clause what `entry` gives its complement; « n'exclut pas de » comes out possible and positive.

    What the clause says itself goes before what governs it: « espère que l'avion pourra voler » is possible.
    """
    if entry.polarity == "negative":
        denied = any(cue.kind == "negation" for cue in colour.cues)
        colour.negate("negation", (i,))
        if denied and entry.kind == "deny":
            colour.shade(Modality.POSSIBLE, (i,))
    modality = entry.modality
    if entry.lemma == "devoir" and verbs.is_verb(tree, i):
        conditional, compound = verbs.is_conditional(tree, i), verbs.is_compound(tree, i)
        # « aurait dû livrer » says that it was not done, « a dû livrer » that it was
        modality = "" if compound else "probable" if conditional else modality
    above = governors(tree, head)
    if modality and any(cue.kind == colour.modality and cue.tokens[0] in above for cue in colour.cues):
        colour.modality = Modality.ASSERTED
    colour.shade(modality, (i,))


def _condition(tree: Tree, i: int, colour: Colour) -> None:
    """« si Kiev cède, Moscou avancera »: what holds under a condition is hypothetical; « même si » concedes."""
    for k in tree.kids[i]:
        if not tree.dep[k].startswith("advcl"):
            continue
        marks = [m for m in tree.kids[k] if tree.lower[m] in ("si", "s'", "s’") and tree.dep[m] == "mark" and m < k]
        if marks and tree.lower[marks[0] - 1] not in ("même", "comme"):
            colour.shade(Modality.HYPOTHETICAL, (marks[0],))


def _objective(tree: Tree, i: int, colour: Colour) -> None:
    """« l'objectif est de livrer »: the subject noun tells."""
    if not verbs.is_infinitive(tree, i) and verbs.finite(tree, i) is not None and tree.lemma[i] != "être":
        return
    if tree.lower[i + 1 : i + 2] in (["de"], ["d'"]) and tree.lemma[i] == "être":  # the parser may see no subject
        near = [k for k in range(max(i - 5, 0), i) if tree.sent[k] == tree.sent[i]]
        nouns = [k for k in near if _is_intention(tree, k)]
        if nouns:
            colour.shade(Modality.INTENDED, (nouns[-1],))
    for k in tree.kids[i]:
        entry = predicates().get((tree.lemma[k], "noun"))
        noun = k
        if entry is None and tree.dep[k].startswith("nsubj"):  # « l'un des objectifs est de »
            inner = [m for m in tree.kids[k] if (tree.lemma[m], "noun") in predicates()]
            noun, entry = (inner[0], predicates()[tree.lemma[inner[0]], "noun"]) if inner else (k, None)
        if tree.dep[k].startswith("nsubj") and entry is not None and entry.kind == "intention":
            colour.shade(entry.modality, (noun,))


def _listed(tree: Tree, i: int, colour: Colour) -> None:
    """« Parmi les projets figure la livraison éventuelle de »: what is listed tells, the verb only lists it."""
    if tree.lemma[i] not in _LISTING:
        return
    listed = [k for k in tree.kids[i] if tree.pos[k] == "NOUN" and tree.dep[k].startswith(("nsubj", "obj"))]
    for k in listed:
        own = colour_of(tree, k)
        if own.modality is not Modality.ASSERTED:
            colour.shade(own.modality, own.cues[0].tokens if own.cues else (k,))


def _is_intention(tree: Tree, k: int) -> bool:
    entry = predicates().get((tree.lemma[k], "noun"))
    return entry is not None and entry.kind == "intention"


def _near_future(tree: Tree, i: int, colour: Colour) -> None:
    """« va livrer » lies ahead although « va » is present."""
    below = [k for k in tree.kids[i] if tree.dep[k].startswith(("xcomp", "ccomp")) and verbs.is_infinitive(tree, k)]
    if tree.lemma[i] == "aller" and below and colour.tense is Tense.PRESENT:
        colour.tense = Tense.FUTURE
