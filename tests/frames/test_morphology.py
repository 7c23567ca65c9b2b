"""Verb forms and their readings, and the repair of a model's verb tags on hand-built trees."""

from __future__ import annotations

import tomllib

import pytest

from pipeline.frames.conjugation import analyses, guess, paradigm_of_verb, paradigms
from pipeline.frames.morphology import correct
from pipeline.lexicon.rows import DATA
from pipeline.tree import Tree

Word = tuple[str, str, str, dict[str, str]]

FORMS = [
    # form, lemma, "Mood Tense Person Number"
    ("livrerons", "livrer", "Ind Fut 1 Plur"),
    ("cherche", "chercher", "Ind Pres 3 Sing"),
    ("commenceraient", "commencer", "Cnd Pres 3 Plur"),
    ("lançait", "lancer", "Ind Imp 3 Sing"),
    ("lancèrent", "lancer", "Ind Past 3 Plur"),
    ("dirigeons", "diriger", "Ind Pres 1 Plur"),
    ("déploiera", "déployer", "Ind Fut 3 Sing"),
    ("enverrait", "envoyer", "Cnd Pres 3 Sing"),
    ("appuie", "appuyer", "Ind Pres 3 Sing"),
    ("paye", "payer", "Ind Pres 3 Sing"),
    ("paiera", "payer", "Ind Fut 3 Sing"),
    ("prélève", "prélever", "Ind Pres 3 Sing"),
    ("achètera", "acheter", "Ind Fut 3 Sing"),
    ("rejetterait", "rejeter", "Cnd Pres 3 Sing"),
    ("rappellent", "rappeler", "Ind Pres 3 Plur"),
    ("espérera", "espérer", "Ind Fut 3 Sing"),
    ("espèrera", "espérer", "Ind Fut 3 Sing"),
    ("protégeait", "protéger", "Ind Imp 3 Sing"),
    ("relèguent", "reléguer", "Ind Pres 3 Plur"),
    ("fournissent", "fournir", "Ind Pres 3 Plur"),
    ("garantit", "garantir", "Ind Past 3 Sing"),
    ("soutiendrait", "soutenir", "Cnd Pres 3 Sing"),
    ("obtinrent", "obtenir", "Ind Past 3 Plur"),
    ("tînt", "tenir", "Sub Past 3 Sing"),
    ("apprennent", "apprendre", "Ind Pres 3 Plur"),
    ("promettra", "promettre", "Ind Fut 3 Sing"),
    ("vendent", "vendre", "Ind Pres 3 Plur"),
    ("craignait", "craindre", "Ind Imp 3 Sing"),
    ("rejoignirent", "rejoindre", "Ind Past 3 Plur"),
    ("détruisirent", "détruire", "Ind Past 3 Plur"),
    ("dites", "dire", "Ind Pres 2 Plur"),
    ("interdisez", "interdire", "Ind Pres 2 Plur"),
    ("prévoira", "prévoir", "Ind Fut 3 Sing"),
    ("verrait", "voir", "Cnd Pres 3 Sing"),
    ("reçoivent", "recevoir", "Ind Pres 3 Plur"),
    ("acquerra", "acquérir", "Ind Fut 3 Sing"),
    ("secourut", "secourir", "Ind Past 3 Sing"),
    ("dément", "démentir", "Ind Pres 3 Sing"),
    ("avertit", "avertir", "Ind Pres 3 Sing"),
    ("sert", "servir", "Ind Pres 3 Sing"),
    ("offre", "offrir", "Ind Pres 3 Sing"),
    ("appauvrit", "appauvrir", "Ind Pres 3 Sing"),
    ("paraît", "paraître", "Ind Pres 3 Sing"),
    ("parait", "paraître", "Ind Pres 3 Sing"),
    ("naquit", "naître", "Ind Past 3 Sing"),
    ("accroissait", "accroître", "Ind Imp 3 Sing"),
    ("exclut", "exclure", "Ind Pres 3 Sing"),
    ("convainquit", "convaincre", "Ind Past 3 Sing"),
    ("interrompt", "interrompre", "Ind Pres 3 Sing"),
    ("poursuivront", "poursuivre", "Ind Fut 3 Plur"),
    ("élurent", "élire", "Ind Past 3 Plur"),
    ("souscrivait", "souscrire", "Ind Imp 3 Sing"),
    ("dissout", "dissoudre", "Ind Pres 3 Sing"),
    ("promeuvent", "promouvoir", "Ind Pres 3 Plur"),
    ("fuient", "fuir", "Ind Pres 3 Plur"),
    ("fasse", "faire", "Sub Pres 3 Sing"),
    ("puissent", "pouvoir", "Sub Pres 3 Plur"),
    ("sachions", "savoir", "Sub Pres 1 Plur"),
    ("voudra", "vouloir", "Ind Fut 3 Sing"),
    ("devraient", "devoir", "Cnd Pres 3 Plur"),
    ("faut", "falloir", "Ind Pres 3 Sing"),
    ("vaille", "valoir", "Sub Pres 3 Sing"),
    ("vont", "aller", "Ind Pres 3 Plur"),
    ("irait", "aller", "Cnd Pres 3 Sing"),
    ("a", "avoir", "Ind Pres 3 Sing"),
    ("eût", "avoir", "Sub Past 3 Sing"),
    ("sera", "être", "Ind Fut 3 Sing"),
    ("fut", "être", "Ind Past 3 Sing"),
    ("étaient", "être", "Ind Imp 3 Plur"),
]


@pytest.mark.parametrize(("form", "lemma", "features"), FORMS, ids=[row[0] for row in FORMS])
def test_finite_form_is_read(form: str, lemma: str, features: str) -> None:
    found = {(a.lemma, f"{f.mood} {f.tense} {f.person} {f.number}") for a in analyses(form) for f in [a.features]}
    assert (lemma, features) in found


PARTICIPLES = [
    ("livrées", "livrer", "Fem", "Plur"),
    ("acquis", "acquérir", "Masc", "Plur"),
    ("due", "devoir", "Fem", "Sing"),
    ("incluse", "inclure", "Fem", "Sing"),
    ("exclue", "exclure", "Fem", "Sing"),
    ("dissoute", "dissoudre", "Fem", "Sing"),
    ("offerts", "offrir", "Masc", "Plur"),
    ("nées", "naître", "Fem", "Plur"),
    ("contraints", "contraindre", "Masc", "Plur"),
]


@pytest.mark.parametrize(("form", "lemma", "gender", "number"), PARTICIPLES, ids=[row[0] for row in PARTICIPLES])
def test_past_participle_agrees(form: str, lemma: str, gender: str, number: str) -> None:
    found = {(a.lemma, a.features.verb_form, a.features.gender, a.features.number) for a in analyses(form)}
    assert (lemma, "Part", gender, number) in found


@pytest.mark.parametrize(
    ("form", "lemmas"),
    [
        ("suis", {"être", "suivre"}),
        ("vit", {"voir", "vivre"}),
        ("fondent", {"fonder", "fondre"}),
        ("convient", {"convenir", "convier"}),
        ("mise", {"mettre", "miser"}),
        ("relève", {"relever"}),
        ("soutien", set()),
        ("accord", set()),
        ("s-400", set()),
        ("", set()),
    ],
)
def test_homographs_keep_all_their_lemmas(form: str, lemmas: set[str]) -> None:
    assert {a.lemma for a in analyses(form)} == lemmas


@pytest.mark.parametrize("form", ["jeterait", "venirai", "disez", "faisez", "asservent", "appauvre", "éta", "étés"])
def test_form_that_does_not_exist_is_not_read(form: str) -> None:
    assert analyses(form) == ()


@pytest.mark.parametrize(
    ("form", "mood", "tense"),
    [("dronerait", "Cnd", "Pres"), ("cybercibleront", "Ind", "Fut"), ("brouillonnaient", "Ind", "Imp")],
)
def test_unknown_verb_is_read_by_its_ending(form: str, mood: str, tense: str) -> None:
    found = guess(form)
    assert found is not None
    assert found.features[:2] == (mood, tense)


@pytest.mark.parametrize("form", ["sonar", "dix-huit", "narendra", "missile", "armement", "hier"])
def test_other_words_are_not_guessed(form: str) -> None:
    assert guess(form) is None


def test_verb_list_is_clean() -> None:
    verbs = (DATA / "verbs.txt").read_text(encoding="utf-8").split()
    assert len(verbs) == len(set(verbs))
    assert set(verbs) <= set(paradigm_of_verb())


def test_every_verb_of_the_data_files_conjugates() -> None:
    with (DATA / "relations.toml").open("rb") as stream:
        types = tomllib.load(stream).values()
    verbs = {verb for entry in types for trigger in entry.get("trigger", ()) for verb in trigger.get("verbs", ())}
    assert {verb for verb in verbs if not analyses(verb.split()[-1])} == set()


def test_paradigms_spell_no_gap() -> None:
    forms = [form for paradigm in paradigms() for form, _ in paradigm.forms]
    assert [form for form in forms if not form.isalpha()] == []


def make_tree(*words: Word) -> Tree:
    """A tree of (form, part of speech, lemma, features); heads do not matter here."""
    tree = Tree()
    for text, pos, lemma, morph in words:
        tree.text.append(text)
        tree.pos.append(pos)
        tree.lemma.append(lemma)
        tree.morph.append(morph)
    correct(tree, 0, len(tree))
    return tree


FIN = {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Pres", "Person": "3", "Number": "Sing"}
PAST = {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Past", "Person": "3", "Number": "Sing"}
PART = {"VerbForm": "Part", "Tense": "Past", "Gender": "Masc", "Number": "Sing"}


def test_wrong_lemma_is_replaced() -> None:
    tree = make_tree(("Téhéran", "PROPN", "téhéran", {}), ("cherche", "VERB", "cherche", FIN))
    assert tree.lemma[1] == "chercher"


def test_conditional_taken_for_indicative_is_repaired() -> None:
    tree = make_tree(
        ("pilotes", "NOUN", "pilote", {}), ("commenceraient", "VERB", "commencer", {**FIN, "Tense": "Imp"})
    )
    assert tree.morph[1] == {
        "Mood": "Cnd", "Tense": "Pres", "VerbForm": "Fin", "Person": "3", "Number": "Plur",
    }  # fmt: skip


def test_features_that_are_no_inflection_stay() -> None:
    tree = make_tree(("livrés", "VERB", "livrer", {**PART, "Voice": "Pass"}))
    assert tree.morph[0]["Voice"] == "Pass"


def test_features_shared_between_tokens_are_not_changed() -> None:
    shared = dict(FIN)
    make_tree(("il", "PRON", "il", {}), ("livrera", "VERB", "livrer", shared))
    assert shared == FIN


@pytest.mark.parametrize(
    ("lemma", "pos", "expected"),
    [("être", "AUX", "être"), ("suivre", "AUX", "être"), ("suivre", "VERB", "suivre"), ("être", "VERB", "être")],
)
def test_suis_is_settled_by_the_model(lemma: str, pos: str, expected: str) -> None:
    first_person = {**FIN, "Person": "1"}
    assert make_tree(("Je", "PRON", "je", {}), ("suis", pos, lemma, first_person)).lemma[1] == expected


@pytest.mark.parametrize(("model", "tense"), [(FIN, "Pres"), (PAST, "Past")], ids=["present", "simple-past"])
def test_present_or_simple_past_is_settled_by_the_model(model: dict[str, str], tense: str) -> None:
    tree = make_tree(("ministre", "NOUN", "ministre", {}), ("dit", "VERB", "dire", model))
    assert tree.morph[1]["Tense"] == tense


def test_after_an_auxiliary_stands_a_participle() -> None:
    tree = make_tree(
        ("a", "AUX", "avoir", FIN), ("formellement", "ADV", "", {}), ("interdit", "VERB", "interdire", PAST)
    )
    assert tree.morph[2]["VerbForm"] == "Part"


def test_first_person_needs_a_pronoun() -> None:
    assert make_tree(("Kiev", "PROPN", "kiev", {}), ("pris", "VERB", "prendre", PAST)).morph[1]["VerbForm"] == "Part"


def test_adjective_taken_for_a_verb_is_left_alone() -> None:
    tree = make_tree(("troupes", "NOUN", "troupe", {}), ("présentes", "VERB", "présent", PART))
    assert (tree.lemma[1], tree.morph[1]) == ("présent", PART)


def test_unknown_verb_keeps_its_lemma_and_gets_features() -> None:
    tree = make_tree(("elle", "PRON", "elle", {}), ("dronerait", "VERB", "dronerer", {**FIN, "Tense": "Imp"}))
    assert (tree.lemma[1], tree.morph[1]["Mood"]) == ("dronerer", "Cnd")


HIDDEN: list[tuple[str, list[Word], str]] = [
    ("future-after-nous", [("Nous", "PRON", "nous", {}), ("livrerons", "NOUN", "livreron", {})], "livrer"),
    ("conditional-after-name", [("Paris", "PROPN", "paris", {}), ("vendrait", "ADJ", "vendrait", {})], "vendre"),
    ("present-after-qui", [("qui", "PRON", "qui", {}), ("vise", "NOUN", "vise", {})], "viser"),
    ("plural-after-noun", [("alliés", "NOUN", "allié", {}), ("continuent", "ADJ", "continuent", {})], "continuer"),
    ("clitic-tagged-determiner", [("les", "DET", "le", {}), ("approchent", "ADV", "approchent", {})], "approcher"),
]


@pytest.mark.parametrize(("words", "lemma"), [row[1:] for row in HIDDEN], ids=[row[0] for row in HIDDEN])
def test_hidden_verb_is_tagged_as_one(words: list[Word], lemma: str) -> None:
    tree = make_tree(*words)
    assert (tree.pos[-1], tree.lemma[-1]) == ("VERB", lemma)


@pytest.mark.parametrize("noun", ["porte", "livre", "arme", "offre", "vise", "accord", "visite", "frappe", "président"])
@pytest.mark.parametrize("before", [("la", "DET"), ("une", "DET"), ("de", "ADP"), ("Moscou", "PROPN")])
def test_nouns_that_look_like_verbs_stay(noun: str, before: tuple[str, str]) -> None:
    tree = make_tree((*before, before[0], {}), (noun, "NOUN", noun, {}))
    assert (tree.pos[1], tree.lemma[1]) == ("NOUN", noun)


@pytest.mark.parametrize(
    "words",
    [
        [("cinq", "NUM", "cinq", {}), ("avions", "NOUN", "avion", {})],
        [("une", "DET", "un", {}), ("aura", "NOUN", "aura", {})],
        [("pour", "ADP", "pour", {}), ("elle", "PRON", "elle", {}), ("porte", "NOUN", "porte", {})],
        [("della", "X", "della", {}), ("Sera", "PROPN", "sera", {})],
    ],
    ids=["avions", "aura", "pour-elle", "capital"],
)
def test_other_words_are_not_retagged(words: list[Word]) -> None:
    assert make_tree(*words).pos[-1] == words[-1][1]
