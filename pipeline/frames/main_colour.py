"""Colour of a whole clause: that of its main predicate, with what a modal or intention verb gives its complement."""

from __future__ import annotations

from pipeline.frames import verbs
from pipeline.frames.frame import Colour, colour_of
from pipeline.frames.predicates import Predicate, predicates
from pipeline.records import Modality, Tense
from pipeline.tree import Tree

# Classes whose colour is that of the clause they head; « permet de livrer » or « empêche Kiev de livrer » state a fact
_COLOURING = frozenset("modal intention promise evidential refuse fail risk threat deny".split())
_TRANSPARENT = frozenset(("aspect", "light"))  # « continue à vouloir livrer », « a l'intention de livrer »
_MAX_DEPTH = 3


def main_colour(tree: Tree, i: int) -> Colour:
    """Colour of the clause whose main predicate stands at `i`.

    « pourrait jouer un rôle » is possible, « cherche à acquérir » intended, « refuse de livrer » negative, as
    `colour_of` says of the verb below; here the clause itself is asked about. `i` may be an adjective (« est prête
    à »), or the infinitive after « l'objectif est de ».
    """
    colour = colour_of(tree, i)
    at: int | None = i
    for _ in range(_MAX_DEPTH):
        if at is None:
            break
        entry = predicates().get((tree.lemma[at], _part(tree, at)))
        below = _complement(tree, at, entry) if entry is not None else None
        if entry is None or below is None or entry.kind not in _COLOURING | _TRANSPARENT:
            break
        if entry.kind in _COLOURING:
            _apply(tree, at, entry, colour)
            break
        at = below
    if at == i:
        _objective(tree, i, colour)
    _near_future(tree, i, colour)
    return colour


def _part(tree: Tree, i: int) -> str:
    if verbs.is_verb(tree, i):
        return "verb"
    return "adj" if tree.pos[i] == "ADJ" else "noun"


def _complement(tree: Tree, i: int, entry: Predicate) -> int | None:
    """The infinitive, or where the entry allows it the noun, that the predicate at `i` governs."""
    for k in tree.kids[i]:
        if k > i and verbs.is_verb(tree, k) and verbs.is_infinitive(tree, k) and not tree.dep[k].startswith("conj"):
            if "inf" in entry.complement and not _is_purpose(tree, k):
                return k
    if "noun" not in entry.complement:
        return None
    for k in tree.kids[i]:
        if tree.pos[k] == "NOUN" and k > i and (tree.dep[k].startswith("obj") or entry.kind == "light"):
            if entry.kind != "light" or (tree.lemma[k], "noun") in predicates():
                return k
    return None


def _is_purpose(tree: Tree, k: int) -> bool:
    """« pour livrer », « afin de livrer », « sans livrer »: adjuncts, no complements."""
    return any(tree.lower[m] in ("pour", "afin", "sans", "avant", "après") for m in tree.kids[k] if m < k)


def _apply(tree: Tree, i: int, entry: Predicate, colour: Colour) -> None:
    """Give the clause what `entry` gives its complement; « n'exclut pas de » comes out possible and positive."""
    if entry.polarity == "negative":
        denied = any(cue.kind == "negation" for cue in colour.cues)
        colour.negate("negation", (i,))
        if denied and entry.kind == "deny":
            colour.shade(Modality.POSSIBLE, (i,))
    modality = entry.modality
    if entry.lemma == "devoir" and verbs.is_verb(tree, i):
        unsure = verbs.is_conditional(tree, i) or verbs.is_compound(tree, i)
        modality = "probable" if unsure else modality
    colour.shade(modality, (i,))


def _objective(tree: Tree, i: int, colour: Colour) -> None:
    """« l'objectif est de livrer »: the subject noun tells."""
    if not verbs.is_infinitive(tree, i) and verbs.finite(tree, i) is not None and tree.lemma[i] != "être":
        return
    for k in tree.kids[i]:
        entry = predicates().get((tree.lemma[k], "noun"))
        noun = k
        if entry is None and tree.dep[k].startswith("nsubj"):  # « l'un des objectifs est de »
            inner = [m for m in tree.kids[k] if (tree.lemma[m], "noun") in predicates()]
            noun, entry = (inner[0], predicates()[tree.lemma[inner[0]], "noun"]) if inner else (k, None)
        if tree.dep[k].startswith("nsubj") and entry is not None and entry.kind == "intention":
            colour.shade(entry.modality, (noun,))


def _near_future(tree: Tree, i: int, colour: Colour) -> None:
    """« va livrer » lies ahead although « va » is present."""
    if tree.lemma[i] == "aller" and colour.tense is Tense.PRESENT:
        if any(verbs.is_infinitive(tree, k) for k in tree.kids[i] if tree.dep[k].startswith(("xcomp", "ccomp"))):
            colour.tense = Tense.FUTURE
