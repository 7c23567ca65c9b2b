"""Third-person pronouns in subject position, resolved where agreement and nearness leave one candidate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.entities.found import Found
from pipeline.entities.titles import title_words
from pipeline.lexicon import rows
from pipeline.lexicon.fold import fold
from pipeline.records import Kind, Label
from pipeline.tree import Tree

_ACTORS = (Label.COUNTRY, Label.ORGANISATION, Label.PERSON)
_AGREEMENT = {"il": "ms", "elle": "fs", "ils": "mp", "elles": "fp"}
# Verbs whose « il » stands for nobody: « il faut », « il s'agit », « il semble que »
_IMPERSONAL = frozenset(
    "falloir agir sembler paraître pleuvoir neiger convenir importer rester suffire exister advenir".split()
)
_IMPERSONAL_ADJECTIVES = frozenset(
    "nécessaire possible impossible important probable improbable difficile facile essentiel clair urgent impératif "
    "temps question prévu interdit vital crucial évident certain inutile préférable intérêt indispensable primordial "
    "vrai trop tôt tard rare fréquent normal logique".split()
)
_MASCULINE_E = frozenset("Mexique Cambodge Mozambique Zimbabwe Belize Suriname Zaïre".split())
_PLURAL_MASCULINE = ("États", "Pays", "Émirats", "Fidji", "Bahamas")
_PLURAL_FEMININE = ("Philippines", "Îles", "îles", "Maldives", "Comores", "Seychelles", "Samoa")
_ARTICLES = {"le": "ms", "du": "ms", "au": "ms", "la": "fs", "les": "p", "des": "p", "aux": "p", "un": "ms",
             "une": "fs", "ce": "ms", "cet": "ms", "cette": "fs"}  # fmt: skip
_NO_SUBJECTS = frozenset(("qui", "que", "on", "ce", "c'", "qu'"))
_KNOWN = {"ORGANISATION:otan": "fs", "ORGANISATION:onu": "fs", "ORGANISATION:union-europeenne": "fs"}


def find_pronouns(tree: Tree, mentions: Sequence[Found]) -> list[Found]:
    """Subject pronouns that stand for the subject before them.

    The antecedent is the subject of the clause that governs the pronoun's (« Moscou dit qu'il … »), else the subject of
    the sentence before, when it is a named state, organisation or person and agrees in gender and number. A common noun
    that agrees, or a second name that does, leaves the pronoun alone.

    Args:
        tree: the parsed document.
        mentions: mentions in text order.

    Returns:
        Mentions of kind `pronoun`, in text order.
    """
    at = {i: m for m in mentions if m.label in _ACTORS for i in _tokens(tree, m)}
    women = frozenset(m.entity_id for m in mentions if m.label is Label.PERSON and _is_woman(tree, m))
    out: list[Found] = []
    for i in range(len(tree)):
        word = _pronoun(tree, i)
        if not word or _is_impersonal(tree, i):
            continue
        antecedent = _antecedent(tree, i, _AGREEMENT[word], at, women)
        if antecedent is not None:
            found = Found(tree.end[i] - len(word), tree.end[i], antecedent.label, antecedent.entity_id,
                          Kind.PRONOUN, "reference.pronoun")  # fmt: skip
            out.append(found)
            at[i] = found
    return out


def _tokens(tree: Tree, mention: Found) -> range:
    return range(tree.token_at(mention.start), tree.token_at(mention.end - 1) + 1)


def _is_woman(tree: Tree, person: Found) -> bool:
    """« Mme Mao », « la ministre Mélanie Joly »: what stands before the name says so."""
    first = tree.token_at(person.start)
    near = range(max(tree.sentences[tree.sent[first]][0], first - 6), first)
    for i in near:
        if tree.lower[i] in ("mme", "madame", "mlle"):
            return True
        if tree.lower[i] in ("la", "une") and fold(tree.text[i + 1]) in title_words():
            return True
    return False


def _pronoun(tree: Tree, i: int) -> str:
    word = tree.lower[i].removeprefix("-t").lstrip("-")
    return word if word in _AGREEMENT and tree.dep[i].partition(":")[0] in ("nsubj", "expl", "dep") else ""


def _is_impersonal(tree: Tree, i: int) -> bool:
    """« il faut », « il y a », « il est absolument nécessaire de »."""
    if not tree.lower[i].endswith("il"):
        return False
    near = range(i + 1, min(i + 6, len(tree)))
    if tree.lemma[tree.head[i]] in _IMPERSONAL or any(tree.lower[k] == "y" for k in near[:2]):
        return True
    return any(tree.lemma[k] in _IMPERSONAL or tree.lower[k] in _IMPERSONAL_ADJECTIVES for k in near)


def _antecedent(tree: Tree, i: int, wanted: str, at: dict[int, Found], women: frozenset[str]) -> Found | None:
    begin, _ = tree.sentences[tree.sent[i]]
    subjects = _subjects(tree, begin, i)
    if not subjects and tree.sent[i] > 0:
        previous = tree.sentences[tree.sent[i] - 1]
        subjects = _subjects(tree, *previous)[:1]
        begin = previous[0]
    agreeing = [s for s in subjects if _agrees(_form(tree, s, at, women), wanted)]
    if not agreeing:
        return None
    if any(tree.lower[k] == "qui" for k in range(max(begin, i - 1), i)):  # « Hussein, avec qui il … »
        return None
    named = [_named(tree, s, at) for s in agreeing]
    entities = {m.entity_id for m in named if m is not None}
    if None in named or len(entities) != 1:
        return None
    return named[-1]


def _subjects(tree: Tree, begin: int, end: int) -> list[int]:
    """Heads of subjects between two tokens, in text order; the root of a verbless sentence is none."""
    return [k for k in range(begin, end)
            if (tree.dep[k].startswith("nsubj") and tree.lower[k] not in _NO_SUBJECTS)
            or (_pronoun(tree, k) and not _is_impersonal(tree, k))]  # fmt: skip


def _named(tree: Tree, subject: int, at: dict[int, Found]) -> Found | None:
    """The mention that a subject is, or the person whose title it is; an adjective or a capital is none."""
    own = at.get(subject)
    if own is not None:
        return own if own.kind not in (Kind.DEMONYM, Kind.METONYM, Kind.GROUP) else None
    if fold(tree.text[subject]) not in title_words():
        return None
    near = [k for k in tree.kids_by(subject, "flat", "appos", "nmod", "amod") if not tree.case(k)]
    persons = [at[k] for k in near if k in at and at[k].label is Label.PERSON]
    return persons[0] if persons else None


def _form(tree: Tree, subject: int, at: dict[int, Found], women: frozenset[str]) -> str:
    """Gender and number of a subject as two letters, « ? » where both will do, « - » where neither."""
    mention = at.get(subject)
    if mention is not None and mention.kind is Kind.PRONOUN:
        return _AGREEMENT.get(tree.lower[subject].removeprefix("-t").lstrip("-"), "??")
    article = next((tree.lower[k] for k in tree.kids[subject] if tree.dep[k] == "det" and k < subject), "")
    told = _ARTICLES.get(article, "")
    if mention is not None:
        if mention.label is Label.COUNTRY:
            return _country_forms().get(mention.entity_id, "??")
        if mention.label is Label.PERSON:
            return "fs" if mention.entity_id in women else "ms"
        if told in ("ms", "fs"):
            return told
        return _KNOWN.get(mention.entity_id, "--")
    gender = {"Masc": "m", "Fem": "f"}.get(tree.morph[subject].get("Gender", ""), "?")
    number = {"Sing": "s", "Plur": "p"}.get(tree.morph[subject].get("Number", ""), "?")
    if told in ("ms", "fs"):
        return told
    return gender + ("p" if told == "p" else number)


def _agrees(form: str, wanted: str) -> bool:
    return all(one in ("?", other) for one, other in zip(form, wanted, strict=True))


@cache
def _country_forms() -> dict[str, str]:
    """Gender and number of the names of states: « la Russie », « l'Iran », « les États-Unis »."""
    out = {}
    for row in rows.countries():
        feminine = row.name.split()[0].endswith("e") and row.name not in _MASCULINE_E
        if row.name.startswith((*_PLURAL_MASCULINE, *_PLURAL_FEMININE)):
            out[f"COUNTRY:{row.iso3}"] = "fp" if row.name.startswith(_PLURAL_FEMININE) else "mp"
        else:
            out[f"COUNTRY:{row.iso3}"] = "fs" if feminine else "ms"
    return out
