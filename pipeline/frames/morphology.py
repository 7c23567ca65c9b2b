"""Repair of the verbs in a `Tree` where the model errs, since the form itself seldom leaves a doubt.

Such as « livrerons » tagged a noun, « commenceraient » in the indicative, or « cherche » for its own lemma.
"""

from __future__ import annotations

from pipeline.frames.conjugation import Analysis, Features, analyses, guess
from pipeline.tree import Tree

# Words that no noun or adjective follows, only a verb (« n'aura », « qui livre »)
_BEFORE_VERBS = frozenset("ne n' n’ se s' s’ il ils elle elles on qui".split())
# Determiners that may be an object pronoun before a verb; any other determiner or preposition rules a verb out
_CLITICS = frozenset("le la les l' l’ leur en".split())
# Finite forms that are nouns or adjectives as well
_OTHER_WORDS = frozenset(
    "affluent aura auras convergent divergent dément excellent expédient ferment influent négligent parent président "
    "résident urgent violent équivalent".split()
)
_SPEAKERS = frozenset("je j' j’ tu nous vous -je -tu -nous -vous me m' m’ te t' t’ moi toi".split())
_AUXILIARIES = frozenset(("avoir", "être"))
_BETWEEN = frozenset("pas plus jamais rien guère point également aussi déjà encore toujours tous toutes bien".split())
_AFTER_PARTICIPLES = frozenset(
    "de d' d’ du des par à au aux en dans contre entre depuis conjointement sur avec".split()
)
_HAVE = frozenset("a ont avait avaient aura auront aurait auraient ait aient ayant".split())
_NEAR = 4  # tokens between a subject pronoun and its verb, clitics and « ne » included
_VERBAL = ("Mood", "Tense", "VerbForm", "Person", "Number", "Gender")


def correct(tree: Tree, first: int, stop: int) -> None:
    """Set lemma and features of the verbs among tokens `first` to `stop` by their forms; tag verbs taken for nouns.

    Among the readings of a form the one that agrees best with the model's tags and the words before it wins. A verb
    that no list holds keeps its lemma, and gets features where a productive ending tells them. Heads and dependencies
    stay as they are, and are not read: part of the tree may still be unparsed.
    """
    for i in range(first, stop):
        if tree.pos[i] in ("VERB", "AUX"):
            _repair(tree, i)
        elif _is_fronted_participle(tree, i) or (
            tree.pos[i] in ("NOUN", "ADJ", "ADV", "X", "PROPN") and _is_hidden_verb(tree, i)
        ):
            tree.pos[i] = "VERB"
            _repair(tree, i)


def form_features(form: str) -> dict[str, str]:
    """Features of a lower-case form taken alone, by its first reading; empty for what is no verb form."""
    known = analyses(form)
    found = known[0] if known else guess(form)
    return found.features.as_morph() if found else {}


def _repair(tree: Tree, i: int) -> None:
    form = tree.text[i].lower()
    alone = not _speaker_near(tree, i)
    known = analyses(form)
    # « présentes » without a *tu* is an adjective the model has taken for a verb
    found = [a for a in known if not (alone and a.features.person in ("1", "2") and a.features.number == "Sing")]
    if found:
        best = max(found, key=lambda analysis: _agreement(tree, i, analysis, alone=alone))
        tree.lemma[i] = best.lemma
        _set_features(tree, i, best.features)
    elif not known and tree.text[i][0].islower() and (guessed := guess(form)):
        _set_features(tree, i, guessed.features)


def _set_features(tree: Tree, i: int, features: Features) -> None:
    kept = {name: value for name, value in tree.morph[i].items() if name not in _VERBAL}
    tree.morph[i] = {**kept, **features.as_morph()}


def _agreement(tree: Tree, i: int, analysis: Analysis, *, alone: bool) -> int:
    """How well a reading fits the words before it and, with less weight, what the model says.

    Of the model's tags, mood counts least: it gives half of the conditionals as indicatives.
    """
    model, features = tree.morph[i], analysis.features
    score = 0
    if tree.pos[i] == "AUX" and analysis.lemma in _AUXILIARIES:
        score += 8
    if features.verb_form == "Part" and features.tense == "Past" and _after_auxiliary(tree, i):
        score += 8
    if features.person in ("1", "2") and alone:
        score -= 8
    score += 4 * (model.get("VerbForm") == features.verb_form) + 4 * (model.get("Tense") == features.tense)
    score += 3 * (tree.lemma[i] == analysis.lemma) + 2 * (model.get("Number") == features.number)
    return score + (model.get("Mood", "Ind") == features.mood) + (model.get("Gender", "Masc") == features.gender)


def _after_auxiliary(tree: Tree, i: int) -> bool:
    """« a dit », « n'a pas produit »: a form of *avoir* or *être* before, adverbs between."""
    for k in range(i - 1, max(i - 1 - _NEAR, -1), -1):
        if tree.pos[k] == "AUX" or (tree.pos[k] == "VERB" and tree.lemma[k] in _AUXILIARIES):
            return True
        if tree.pos[k] != "ADV" and tree.text[k].lower() not in _BETWEEN:
            return False
    return False


def _speaker_near(tree: Tree, i: int) -> bool:
    return any(word.lower() in _SPEAKERS for word in tree.text[max(i - _NEAR, 0) : i + 3])


def _is_hidden_verb(tree: Tree, i: int) -> bool:
    """Whether a word tagged as something else can only be a verb here."""
    form = tree.text[i]
    if form != form.lower() or form in _OTHER_WORDS or i == 0:
        return False
    found = [analysis.features for analysis in analyses(form)]
    before = tree.text[i - 1].lower()
    if before in _BEFORE_VERBS and tree.pos[i - 2 : i - 1] != ["ADP"]:
        return any(features.person == "3" for features in found)
    if i > 1 and before in _CLITICS and tree.text[i - 2].lower() in ("qui", "ne", "n'", "n’"):
        return any(features.person == "3" for features in found)  # « qui les emploie »
    if before in _HAVE and tree.pos[i] == "ADJ":
        return any(features.verb_form == "Part" for features in found)  # « a gelé les avoirs »
    if i > 1 and tree.pos[i - 1] == "AUX" and tree.text[i - 2].lower() in ("se", "s'", "s’"):
        return any(features.verb_form == "Part" for features in found)  # « se sont associées »
    if tree.pos[i - 1] in ("DET", "ADP", "NUM") and before not in _CLITICS:
        return False
    found = [features for features in found if features.person != "2"]
    return bool(found) and all(_is_clear(form, features) for features in found)


def _is_fronted_participle(tree: Tree, i: int) -> bool:
    """« Équipée de chars T-72, l'armée … », « Basé à Calvi, le régiment … »: taken for a name at the start."""
    if i > 0 and tree.sent[i - 1 : i] == tree.sent[i : i + 1]:
        return False
    if i + 1 >= len(tree) or tree.text[i + 1].lower() not in _AFTER_PARTICIPLES:
        return False
    found = analyses(tree.text[i].lower())
    return any(a.features.verb_form == "Part" and a.features.tense == "Past" for a in found)


def _is_clear(form: str, features: Features) -> bool:
    """Readings that share their form with no noun or adjective, `_OTHER_WORDS` apart."""
    if features.verb_form != "Fin":
        return False
    return features.tense == "Fut" or features.mood == "Cnd" or form.endswith(("ait", "aient", "rent", "ent"))
