"""Verb groups: auxiliaries, mood, tense, negation, voice, as far as the words themselves tell.

Moods and tenses are those of `pipeline.frames.morphology`, which has been over every parsed tree.
"""

from __future__ import annotations

from pipeline.frames.morphology import form_features
from pipeline.records import Tense
from pipeline.tree import NO_MORPH, Tree

_SECOND = frozenset("pas plus jamais aucun aucune aucunement nullement guère point rien personne nul nulle ni".split())
_CLITICS = frozenset(
    "se s' s’ le la les l' l’ lui leur y en me m' te t' nous vous a ont avait avaient est sont était étaient aurait "
    "auraient serait seraient ait aient soit soient sera seront aura auront été fut furent eut eurent avoir être "
    "également toujours encore pas plus jamais".split()
)
# Verbs after which a bare « ne » negates, and the one whose negation affirms what it governs
_BARE_NE = frozenset("pouvoir savoir oser".split())
_TENSES = {"Past": Tense.PAST, "Imp": Tense.PAST, "Fut": Tense.FUTURE}
NE = frozenset(("ne", "n'", "n’"))


def is_verb(tree: Tree, i: int) -> bool:
    """Whether token `i` heads a verb group (auxiliaries and copulas belong to another head)."""
    if tree.pos[i] == "VERB":
        return not tree.dep[i].startswith("aux")
    return tree.pos[i] == "AUX" and not tree.dep[i].startswith(("aux", "cop"))


def auxiliaries(tree: Tree, i: int) -> list[int]:
    """Auxiliaries and copulas of the group headed by `i`, in text order."""
    return tree.auxiliaries[i]


def finite(tree: Tree, i: int) -> int | None:
    """The finite word of the group headed by `i`, None for an infinitive or a participle."""
    for k in [*auxiliaries(tree, i), i]:
        if is_finite(tree, k):
            return k
    return None


def is_finite(tree: Tree, i: int) -> bool:
    """Whether the word itself is a finite form."""
    return tree.pos[i] in ("VERB", "AUX") and _features(tree, i).get("VerbForm") == "Fin"


def _features(tree: Tree, i: int) -> dict[str, str]:
    """Features of a word; for a verb without any (a tree no parser has made), those of its form alone."""
    return tree.morph[i] or (form_features(tree.lower[i]) if tree.pos[i] in ("VERB", "AUX") else NO_MORPH)


def is_infinitive(tree: Tree, i: int) -> bool:
    """Whether the group headed by `i` is an infinitive, simple or past (« avoir livré »)."""
    first = [*auxiliaries(tree, i), i][0]
    return finite(tree, i) is None and _features(tree, first).get("VerbForm") == "Inf"


def is_present_participle(tree: Tree, i: int) -> bool:
    """« affirmant », « en déployant », « ayant livré »."""
    if tree.pos[i] not in ("VERB", "AUX") or finite(tree, i) is not None:
        return False
    features = _features(tree, [*auxiliaries(tree, i), i][0])
    return features.get("VerbForm") == "Part" and features.get("Tense") == "Pres"


def is_past_participle(tree: Tree, i: int) -> bool:
    """A past participle without auxiliary: « livrés par Moscou »."""
    if tree.pos[i] != "VERB" or auxiliaries(tree, i):
        return False
    features = _features(tree, i)
    return features.get("VerbForm") == "Part" and features.get("Tense") != "Pres"


def is_passive(tree: Tree, i: int) -> bool:
    """Passive by auxiliary, by subject label, or as a bare past participle."""
    deps = {tree.dep[k] for k in tree.kids[i]}
    if "aux:pass" in deps or "nsubj:pass" in deps:
        return not is_reflexive(tree, i)
    if not is_past_participle(tree, i):
        return False
    # « a reçu des blindés, signé un accord et livré … »: the auxiliary of the first participle serves the others
    head = tree.head[i]
    shares = tree.dep[i] in ("conj", "advcl") and is_compound(tree, head) and not is_passive(tree, head)
    if "obj" in deps or (shares and tree.dep[i] == "conj"):
        return False
    opens = tree.sentences[tree.sent[i]][0] == i  # « Livrés par Paris, les Rafale … », whatever the parser makes of it
    return opens or tree.dep[i].startswith(("acl", "advcl", "amod", "conj", "ROOT", "appos"))


def is_reflexive(tree: Tree, i: int) -> bool:
    return any(tree.lower[k] in ("se", "s'", "s’") and tree.dep[k] != "mark" for k in tree.kids[i] if k < i)


def is_conditional(tree: Tree, i: int) -> bool:
    """Whether the finite word of the group stands in the conditional."""
    word = finite(tree, i)
    return word is not None and _features(tree, word).get("Mood") == "Cnd"


def is_compound(tree: Tree, i: int) -> bool:
    """A compound tense: « aurait livré », « a été livré »."""
    return any(tree.dep[k] in ("aux:tense", "aux") for k in tree.kids[i])


def tense_of(tree: Tree, i: int) -> Tense:
    """Tense of the group headed by `i`, from its finite word; infinitives and participles by their aspect."""
    word = finite(tree, i)
    if word is None:
        past = is_past_participle(tree, i) or (tree.dep[i].startswith("acl") and not is_infinitive(tree, i))
        helping = auxiliaries(tree, i)
        past = past or any(tree.lower[k] == "avoir" or tree.dep[k] == "aux:tense" for k in helping)
        return Tense.PAST if past and not is_present_participle(tree, i) else Tense.PRESENT
    if is_compound(tree, i) and word != i:
        return Tense.PAST
    return _TENSES.get(_features(tree, word).get("Tense", ""), Tense.PRESENT)


def negation(tree: Tree, i: int) -> list[int]:
    """Tokens that negate the group headed by `i`: « ne … pas », « sans » before an infinitive, « ni ».

    « ne … que » restricts and a lone « ne » is expletive (« avant qu'il ne parte »): neither negates.
    """
    without = [k for k in tree.kids[i] if tree.lower[k] == "sans" and k < i and is_infinitive(tree, i)]
    if without:
        return without
    words = [i, *auxiliaries(tree, i)]
    found = [k for word in words for k in tree.kids[word] if tree.lower[k] in NE] or _ne_before(tree, min(words))
    if not found:
        return []
    ne = found[0]
    stop = tree.sentences[tree.sent[i]][1]
    for k in range(ne + 1, min(stop, max(i, ne) + 7)):
        low = tree.lower[k]
        if low in _SECOND and not (low == "plus" and k > i + 1 and tree.lower[min(k + 1, stop - 1)] in ("de", "que")):
            return [ne, k] if not _continues(tree, i) else []
        if k > i and is_finite(tree, k) and tree.head[k] != i:
            break
    before = range(tree.sentences[tree.sent[i]][0], ne)
    subject = [k for k in before if tree.lower[k] in ("aucun", "aucune", "personne", "nul", "nulle", "rien", "ni")]
    if subject:
        return [subject[-1], ne]
    return [ne] if tree.lemma[i] in _BARE_NE else []


def _ne_before(tree: Tree, word: int) -> list[int]:
    """« ne » a few clitics before the first word of the group, wherever the parser has hung it."""
    for k in range(word - 1, max(word - 5, tree.sentences[tree.sent[word]][0] - 1), -1):
        if tree.lower[k] in NE:
            return [k]
        if tree.lower[k] not in _CLITICS:
            return []
    return []


def _continues(tree: Tree, i: int) -> bool:
    """« ne cesse de livrer »: the negation of ceasing affirms."""
    return tree.lemma[i] == "cesser"
