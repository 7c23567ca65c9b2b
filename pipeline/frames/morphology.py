"""French verb forms: what a form can be (`data/conjugation.toml`, `data/verbs.txt`), and repair of the model's tags.

Nothing is generated ahead: a form is cut into a radical and an ending of some paradigm, and counts where the
infinitive that results is a known verb of that paradigm.
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

PERSONS = tuple((person, number) for number in ("Sing", "Plur") for person in "123")
_IMPERFECT = ("ais", "ais", "ait", "ions", "iez", "aient")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_SUBJUNCTIVE = ("e", "es", "e", "ions", "iez", "ent")
# Endings after the form of *tu* without its s, by the vowel that ends it
_PAST = {"a": ("i", "s", "", "^mes", "^tes", "èrent"), "": ("s", "s", "t", "^mes", "^tes", "rent")}
_PAST_SUBJUNCTIVE = ("sse", "sses", "^t", "ssions", "ssiez", "ssent")
_CIRCUMFLEX = {"a": "â", "i": "î", "u": "û", "in": "în"}


class Features(NamedTuple):
    """Values of Universal Dependencies, "" where a form has none."""

    mood: str = ""
    tense: str = ""
    verb_form: str = ""
    person: str = ""
    number: str = ""
    gender: str = ""
