"""What a French verb form can be (`data/conjugation.toml`, `data/verbs.txt`).

No form is generated ahead: a word is cut into a radical and an ending of some paradigm, and the cut counts where
the infinitive that results is a known verb of that paradigm.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.frames.predicates import predicates
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.lexicon.rows import DATA

_PERSONS = [(person, number) for number in ("Sing", "Plur") for person in "123"]
_IMPERATIVE_PERSONS = [("2", "Sing"), ("1", "Plur"), ("2", "Plur")]
_IMPERFECT = ("ais", "ais", "ait", "ions", "iez", "aient")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_CIRCUMFLEX = str.maketrans("aiu", "âîû")
# Paradigms that take new verbs in, so that an unknown verb can be read by them
_PRODUCTIVE = frozenset(("er", "ir"))
# Finite endings that mark a verb; the simple past of the singular does not (« Narendra », « dix-huit »)
_MARKED = ("era", "ira", "eront", "iront", "ait", "aient", "èrent")
_SHORTEST = 5  # letters of an infinitive that is guessed


class Features(NamedTuple):
    """Values of Universal Dependencies, "" where a form has none; the subjunctive imperfect is Sub, Past."""

    mood: str = ""
    tense: str = ""
    verb_form: str = ""
    person: str = ""
    number: str = ""
    gender: str = ""

    def as_morph(self) -> dict[str, str]:
        """The features a form has, under their Universal Dependencies names."""
        names = ("Mood", "Tense", "VerbForm", "Person", "Number", "Gender")
        return {name: value for name, value in zip(names, self, strict=True) if value}


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a form."""

    lemma: str
    features: Features


@dataclass(frozen=True, slots=True)
class Paradigm:
    """How the infinitives in `ending` conjugate: each form without the radical, with its features."""

    ending: str
    verbs: frozenset[str]
    forms: tuple[tuple[str, Features], ...]


@cache
def analyses(form: str) -> tuple[Analysis, ...]:
    """All readings of a lower-case form as a known verb, in the order of the paradigms; empty for other words.

    Examples:
        >>> sorted({a.lemma for a in analyses("vis")})
        ['vivre', 'voir']
        >>> analyses("livrerons")[0].features.as_morph()
        {'Mood': 'Ind', 'Tense': 'Fut', 'VerbForm': 'Fin', 'Person': '1', 'Number': 'Plur'}
        >>> analyses("char")
        ()
    """
    verbs = paradigm_of_verb()
    return tuple(Analysis(lemma, f) for lemma, paradigm, f in _cuts(form) if verbs.get(lemma) is paradigm)


@cache
def guess(form: str) -> Analysis | None:
    """The reading of an unknown lower-case form by the longest ending, of a productive paradigm, that marks a verb.

    Examples:
        >>> guess("dronerait").lemma, guess("dronerait").features.mood
        ('droner', 'Cnd')
        >>> guess("sonar")
    """
    for lemma, paradigm, features in _cuts(form):
        if paradigm.ending in _PRODUCTIVE and len(lemma) >= _SHORTEST and _marks_verb(form, features):
            return Analysis(lemma, features)
    return None


def _marks_verb(form: str, features: Features) -> bool:
    if features.verb_form == "Fin":
        return features.person == "3" and form.endswith(_MARKED) and features.mood in ("Ind", "Cnd")
    return features.verb_form == "Inf" or features.tense == "Pres"


def _cuts(form: str) -> Iterator[tuple[str, Paradigm, Features]]:
    """(infinitive, paradigm, features) for every cut of a form, longest ending first; not all are verbs."""
    table = _endings()
    for cut in range(len(form) + 1):
        for paradigm, features in table.get(form[cut:], ()):
            yield form[:cut] + paradigm.ending, paradigm, features


@cache
def _endings() -> dict[str, list[tuple[Paradigm, Features]]]:
    out: dict[str, list[tuple[Paradigm, Features]]] = defaultdict(list)
    for paradigm in paradigms():
        for ending, features in paradigm.forms:
            out[ending].append((paradigm, features))
    return dict(out)


@cache
def paradigm_of_verb() -> dict[str, Paradigm]:
    """Every known verb with its paradigm: those of `verbs.txt` and of the files that give verbs a meaning."""
    words = set((DATA / "verbs.txt").read_text(encoding="utf-8").split())
    words.update(lemma for lemma, pos in predicates() if pos == "verb")
    words.update(lemma for lemma, pos in relation_lexicon().triggers if pos == "verb")
    lines = (DATA / "reporting.csv").read_text(encoding="utf-8").splitlines()
    words.update(row["lemma"] for row in csv.DictReader(lines) if row["pos"] == "verb")
    words.update(verb for paradigm in paradigms() for verb in paradigm.verbs)
    return {word: paradigm for word in words if (paradigm := _paradigm(word)) is not None}


def _paradigm(verb: str) -> Paradigm | None:
    table = _by_ending()
    for cut in range(len(verb)):
        for paradigm in table.get(verb[cut:], ()):
            if verb in paradigm.verbs:
                return paradigm
        for paradigm in table.get(verb[cut:], ()):
            if not paradigm.verbs:
                return paradigm
    return None


@cache
def _by_ending() -> dict[str, list[Paradigm]]:
    out: dict[str, list[Paradigm]] = defaultdict(list)
    for paradigm in paradigms():
        out[paradigm.ending].append(paradigm)
    return dict(out)


@cache
def paradigms() -> tuple[Paradigm, ...]:
    """The paradigms of `conjugation.toml`, in its order."""
    with (DATA / "conjugation.toml").open("rb") as stream:
        raw: list[dict[str, str]] = tomllib.load(stream)["paradigm"]
    out = []
    for entry in raw:
        for variant in entry.get("variants", "-").split():
            filled = {key: text.replace("{}", variant) for key, text in entry.items()}
            forms = tuple(dict.fromkeys((form, f) for form, f in _forms(filled) if form != "-"))
            out.append(Paradigm(filled["ending"].split("/")[0], frozenset(filled.get("verbs", "").split()), forms))
    return tuple(out)


def _forms(entry: dict[str, str]) -> Iterator[tuple[str, Features]]:
    present = [cell.split("/") for cell in entry["present"].split()]
    we = [form.removesuffix("ons") for form in present[3] if form != "-"]
    stems = entry["imperfect"].split("/") if "imperfect" in entry else we
    soft = entry["soft"].split("/") if "soft" in entry else stems
    future = entry["future"].split("/")
    yield from _finite("Ind", "Pres", present)
    yield from _finite("Ind", "Imp", [[stem + e for stem in (soft if e[0] == "i" else stems)] for e in _IMPERFECT])
    yield from _finite("Ind", "Fut", [[stem + e for stem in future] for e in _FUTURE])
    yield from _finite("Cnd", "Pres", [[stem + e for stem in future] for e in _IMPERFECT])
    yield from _finite("Sub", "Pres", _subjunctive(entry, present, soft))
    yield from _finite("Imp", "Pres", _imperative(entry, present), _IMPERATIVE_PERSONS)
    if entry["past"] != "-":
        simple, subjunctive = _past(entry["past"].removesuffix("s"), soft)
        yield from _finite("Ind", "Past", simple)
        yield from _finite("Sub", "Past", subjunctive)
    for form in entry["ending"].split("/"):
        yield form, Features(verb_form="Inf")
    for form in entry["gerund"].split("/") if "gerund" in entry else [stem + "ant" for stem in we]:
        yield form, Features(tense="Pres", verb_form="Part")
    yield from _participles(entry["participle"])


def _finite(
    mood: str, tense: str, rows: Iterable[Iterable[str]], persons: Iterable[tuple[str, str]] = tuple(_PERSONS)
) -> Iterator[tuple[str, Features]]:
    for row, (person, number) in zip(rows, persons, strict=True):
        for form in row:
            yield form, Features(mood, tense, "Fin", person, number)


def _subjunctive(entry: dict[str, str], present: list[list[str]], soft: list[str]) -> list[list[str]]:
    if "subjunctive" in entry:
        return [cell.split("/") for cell in entry["subjunctive"].split()]
    they = [form.removesuffix("ent") for form in present[5]]
    return [[s + e for s in (soft if e[0] == "i" else they)] for e in ("e", "es", "e", "ions", "iez", "ent")]


def _imperative(entry: dict[str, str], present: list[list[str]]) -> list[list[str]]:
    if "imperative" in entry:
        return [cell.split("/") for cell in entry["imperative"].split()]
    thou = [form.removesuffix("s") if form.endswith("es") else form for form in present[1]]
    return [thou, present[3], present[4]]


def _past(base: str, soft: list[str]) -> tuple[list[list[str]], list[list[str]]]:
    """Simple past and subjunctive imperfect from the form of *tu* without its s (« livra », « fini », « tin »)."""
    hat = base[:-2] + "în" if base.endswith("in") else base[:-1] + base[-1].translate(_CIRCUMFLEX)
    if base.endswith("a"):
        simple = [[base + "i"], [base + "s"], [base], [hat + "mes"], [hat + "tes"], [stem + "èrent" for stem in soft]]
    else:
        simple = [[base + "s"], [base + "s"], [base + "t"], [hat + "mes"], [hat + "tes"], [base + "rent"]]
    subjunctive = [base + "sse", base + "sses", hat + "t", base + "ssions", base + "ssiez", base + "ssent"]
    return simple, [[form] for form in subjunctive]


def _participles(cell: str) -> Iterator[tuple[str, Features]]:
    words = cell.split()
    masculine = words[0].split("/")
    feminine = words[1:] or [masculine[0] + "e"]
    if feminine == ["-"]:
        yield masculine[0], Features("", "Past", "Part", "", "Sing", "Masc")
        return
    for gender, forms in (("Masc", masculine), ("Fem", feminine)):
        for form in forms:
            plural = form if form.endswith("s") else form + "s"
            yield form, Features("", "Past", "Part", "", "Sing", gender)
            yield plural, Features("", "Past", "Part", "", "Plur", gender)
