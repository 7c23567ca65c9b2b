"""Variants of annotated texts with other names in them, so that the model learns the surroundings of a name.

Parts of names stand in `data/ner/parts.toml`. Names of institutions (« ministère de la Défense ») and places after
other prepositions than « à » stay: their form agrees with the sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from random import Random

from pipeline.training.corpora import Annotated, Name

_INSTITUTION = re.compile(
    r"(?i)(?:minist|agence|associ|parti\b|front|comit|commission|conseil|cour\b|s[ée]nat|parlement|assembl|union|forces?\b|"
    r"service|bureau|office|garde|brigade|direction|d[ée]partement|f[ée]d[ée]ration|syndicat|institut|universit|tribunal|"
    r"administration|organisation|mission|arm[ée]e|banque|chambre|communaut|haut|marine|corps|mouvement|observatoire)"
)


@cache
def _parts() -> dict[str, list[str]]:
    parts: dict[str, list[str]] = tomllib.loads((files("pipeline") / "data" / "ner" / "parts.toml").read_text("utf-8"))
    return parts


def variant(text: Annotated, rng: Random) -> Annotated:
    """The text with new names; a name that comes twice is replaced by the same one."""
    chosen: dict[str, str] = {}
    parts, names, at, length = [], [], 0, 0
    for name in text.names:
        surface = text.text[name.start : name.end]
        if surface not in chosen:
            chosen[surface] = _replacement(text.text, name, rng)
        before = text.text[at : name.start]
        start = length + len(before)
        parts += [before, chosen[surface]]
        length = start + len(chosen[surface])
        names.append(Name(start, length, name.label))
        at = name.end
    unknown = tuple((s + _moved(s, text.names, names), e + _moved(s, text.names, names)) for s, e in text.unknown)
    return Annotated("".join([*parts, text.text[at:]]), tuple(names), unknown)


def _moved(at: int, old: Sequence[Name], new: Sequence[Name]) -> int:
    """How far the text at `at`, outside any name, has moved."""
    return next((m.end - n.end for n, m in zip(reversed(old), reversed(new), strict=True) if n.end <= at), 0)


def _replacement(text: str, name: Name, rng: Random) -> str:
    surface = text[name.start : name.end]
    if name.label == "PER":
        return _person(rng) if " " in surface else rng.choice(_parts()["surnames"])
    if name.label == "LOC":
        free = text[: name.start].endswith(("à ", "À ", "près de "))
        return (_coined(rng) if rng.random() < 0.2 else rng.choice(_parts()["cities"])) if free else surface
    if name.label == "MISC":
        return _coined(rng) + rng.choice(("", "", "-2", " III", "-50")) if surface.isalpha() else surface
    if name.label != "ORG" or _INSTITUTION.match(surface):
        return surface
    if surface.isupper():
        return "".join(rng.choices("ABCDEFGILMNOPRSTUV", k=rng.randint(3, 5)))
    quoted = text[: name.start].endswith(("« ", '"', "“"))
    if quoted or (" " in surface and not surface.istitle()):
        return rng.choice(_parts()["slogans"])
    return _company(rng)


def _person(rng: Random) -> str:
    region = rng.choice(("western", "slavic", "arab", "african", "korean", "chinese"))
    parts = _parts()
    if region in ("korean", "chinese"):
        return f"{rng.choice(parts[f'{region}_surnames'])} {rng.choice(parts[f'{region}_given'])}"
    return f"{rng.choice(parts[f'{region}_given'])} {rng.choice(parts[f'{region}_surnames'])}"


def _company(rng: Random) -> str:
    return f"{_coined(rng)} {rng.choice(_parts()['suffixes'])}" if rng.random() < 0.4 else _coined(rng)


def _coined(rng: Random) -> str:
    return "".join(rng.choices(_parts()["syllables"], k=rng.randint(2, 3))).capitalize()
