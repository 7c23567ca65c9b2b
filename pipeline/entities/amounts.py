"""Quantities and sums of money in clean French text, by pattern (`data/units.csv`, `data/currencies.csv`).

Values: « 36 » is `36`, « quelque 350 » `~350`, « plus de 200 km » `>200 km`, « entre 10 et 20 » `10..20`,
« 1,2 milliard d'euros » `1200000000 EUR`. « dizaines » alone is `>10`. A currency word that several states share
(« dinars ») gets the ISO 4217 code XXX; « livres », « couronnes » and « francs » alone are no money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.entities.dates import find_dates
from pipeline.entities.found import Found
from pipeline.entities.measures import Unit, amount_pattern, currencies, single_letters, units
from pipeline.entities.numbers import SCALES, counts_noun, read_cardinal, read_collective, sign_of, write_number
from pipeline.lexicon.fold import fold
from pipeline.records import Kind, Label

_MULTIPLES = {"k": 10**3, "m": 10**6, "md": 10**9, "mds": 10**9, "mrd": 10**9, "mrds": 10**9}
_PREVIOUS = re.compile(r"(\S{1,40}) $")
_SENTENCE_WORDS = frozenset({
    "a", "ainsi", "apres", "au", "autres", "aux", "avant", "avec", "ces", "ceux", "contre", "dans", "de",
    "depuis", "des", "dont", "du", "en", "entre", "environ", "et", "jusqu'a", "les", "leurs", "mais", "mes",
    "moins", "nos", "ou", "outre", "par", "parmi", "plus", "pour", "pres", "puis", "quelque", "sans", "selon",
    "ses", "seuls", "soit", "sous", "sur", "total", "vos",
})  # fmt: skip
_DESIGNATORS = frozenset({
    "alinea", "annexe", "article", "articles", "bloc", "block", "canal", "categorie", "chaine", "chapitre",
    "classe", "code", "division", "etape", "groupe", "ligne", "loi", "modele", "niveau", "no", "numero", "n°",
    "page", "paragraphe", "phase", "point", "resolution", "route", "serie", "titre", "tranche", "type",
    "version", "vol",
})  # fmt: skip
_CLOCK_WORDS = frozenset({"a", "vers", "avant", "des", "depuis", "entre", "et", "minuit"})
_FOLLOWED = re.compile(r" [^\W\d_«“\"]|(?<= \d{3})(?!\d)")
_CLOCK_TAIL = re.compile(r" ?\d| (?:a|et) \d{1,2} ?h| (?:du matin|du soir|de l'apres-midi|gmt|utc|tu|heure|precise)")
_GROUP_BEFORE = re.compile(r"\b(?:les|ces|aux|des|leurs|nos|entre) $")
_GROUP_AFTER = re.compile(r" (?:pays|etats|parties|nations|capitales|puissances|voisins|allies|gouvernements)\b")
_OF_SCALE = re.compile(r"(?:million|milliard|billion)s?$")
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?")
_COUNTED = re.compile(
    r" (?:autres|nouveaux|nouvelles|avions|blesses|blindes|bombes|canons|chars|chasseurs|civils|combattants|drones"
    r"|exemplaires|frappes|helicopteres|hommes|lanceurs|membres|militaires|millions|missiles|morts|munitions|navires|obus"
    r"|obusiers|personnes|policiers|roquettes|soldats|sous-marins|systemes|torpilles|tonnes|unites|vedettes|vehicules)\b"
)
_CHANGE = re.compile(
    r"\b(?:(?:augment|baiss|redui|chut|tomb|grimp|recul|progress)\w*|(?:pass|port)(?:er?|ent|ant|ait|era))(?: \S+){0,4} de $"
)


def find_amounts(text: str, *, dates: Sequence[Found] | None = None) -> list[Found]:
    """Find quantities and sums of money.

    A span covers the number, its approximator and its unit or currency; of counted nouns only the number
    (« 36 » in « 36 Rafale », « une douzaine » in « une douzaine de chars »). Left out: numbers inside
    designations (« Mirage 2000 », « article 5 »), ordinals, fractions, clock times, « un » alone, « les deux pays ».

    Args:
        text: clean text; a span never crosses a newline.
        dates: what `find_dates` gave for the same text, so that it need not run again.

    Returns:
        Labels QUANTITY and MONEY, kind `pattern`, in text order, without overlap.

    Examples:
        >>> [f.entity_id for f in find_amounts("La Grèce paie 2,5 milliards d’euros pour quelque 18 Rafale.")]
        ['2500000000 EUR', '~18']
    """
    flat = fold(text)
    taken = {i for date in (find_dates(text) if dates is None else dates) for i in range(date.start, date.end)}
    return list(_scan(text, flat, taken))


def _scan(text: str, flat: str, taken: set[int]) -> Iterator[Found]:
    """Read match after match; where one is refused, go on right after its first number."""
    ranged, position = amount_pattern(ranges=True), 0
    while match := ranged.search(flat, position):
        found = _read(match, text, taken)
        if not found and match["n2"] and (alone := amount_pattern(ranges=False).match(flat, match.start())):
            found = _read(alone, text, taken)
        position = found.end if found else match.end("n1")
        if found:
            yield found


def _read(match: re.Match[str], text: str, taken: set[int]) -> Found | None:
    """The mention behind a match, or nothing where the number is no amount or belongs to a date."""
    if match["n1"][-1].isdigit() and match.end() == match.end("n1") and not _FOLLOWED.match(match.string, match.end()):
        return None  # the common case, refused early: a number in a table or a code
    sign, numbers = _numbers(match)
    if not numbers or match.start("n1") in taken or match.end() - 1 in taken:
        return None
    money = match["money"] or match["symbol"] or (match["lead"] or "").strip()
    unit = _unit(match, text)
    bare = match["approx"] or match["n2"] or match["lead"]
    start = match.start() if bare else match.start("n1")
    if money:
        suffix, end, rule = f" {currencies()[money]}", match.end(), "amount.money"
    elif unit and not _is_clock(match, unit, sign, numbers):
        suffix, end, rule = f" {unit.unit}", match.end(), "amount.unit"
    elif not unit and _is_count(match, text, numbers):
        suffix, end, rule = "", match.end("n2" if match["n2"] else "n1"), "amount.count"
    else:
        return None
    value = sign + "..".join(map(write_number, numbers)) + suffix
    return Found(start, end, Label.MONEY if money else Label.QUANTITY, value, Kind.PATTERN, rule)


def _numbers(match: re.Match[str]) -> tuple[str, tuple[Decimal, ...]]:
    """Sign and one or two numbers; none where the words are no number or the range does not rise."""
    sign = sign_of(match["approx"] or match["after"] or "")
    collective = read_collective(match["n1"])
    low = collective[1] if collective else read_cardinal(match["n1"])
    factor = Decimal(_MULTIPLES.get(match["mult"] or "", 1))
    if match["lead"] and match["n1"].endswith("billion"):  # « $3.5 billion » is English
        factor = Decimal("0.001")
    if low is None:
        return "", ()
    if match["n2"] is None:
        half = Decimal("0.5") if match["half"] else 0
        return sign or (collective[0] if collective else ""), ((low + half) * factor,)
    high = read_cardinal(match["n2"])
    scale = SCALES.get(match["n2"].rpartition(" ")[2].removesuffix("s"), 1)
    mixed = match["u1"] and units()[match["u1"]] != units().get(match["unit"] or "")  # « six mois à vingt ans »
    if (
        high is None
        or mixed
        or not (match["entre"] or not _CHANGE.search(match.string[max(0, match.start() - 60) : match.start()]))
    ):
        return "", ()
    low = next(low * part for part in (scale, scale // 1000 or 1, 1) if part == 1 or low * part < high)
    return (sign, (low * factor, high * factor)) if low < high else ("", ())


def _unit(match: re.Match[str], text: str) -> Unit | None:
    """The unit, unless it is a single letter in the wrong case (« 5 G », « 12 T »)."""
    if not match["unit"]:
        return None
    surface = text[match.start("unit") : match.end("unit")]
    if len(surface) == 1 and (surface not in single_letters() or not match["n1"][0].isdigit()):
        return None
    return units()[match["unit"]]


def _is_clock(match: re.Match[str], unit: Unit, sign: str, numbers: tuple[Decimal, ...]) -> bool:
    """Whether a duration is a time of day (« à 8 heures ») or a vague « un jour »."""
    if unit.kind == "time" and not sign and match["n1"] in ("un", "une") and not match["n2"]:
        return True
    if unit.unit != "h" or numbers[-1] > 24:
        return False
    if match["u1"]:  # « de 10 heures à 15 heures »
        return True
    before = match.string[max(0, match.start() - 20) : match.start()].rstrip(" ").rpartition(" ")[2]
    return bool(_CLOCK_TAIL.match(match.string, match.end())) or (not sign and before in _CLOCK_WORDS)


def _is_count(match: re.Match[str], text: str, numbers: tuple[Decimal, ...]) -> bool:
    """Whether a number without unit counts something: a noun follows, and it is no part of a name."""
    end = match.end("n2" if match["n2"] else "n1")
    if match["approx"] or read_collective(match["n1"]) or _OF_SCALE.search(match.string, match.start("n1"), end):
        return numbers[-1] > 1  # « près d'une galerie » is no amount
    if numbers[-1] < 2 or _is_designation(match, text) or _is_group(match, end):
        return False
    if _GROUPED.fullmatch(match["n1"]) or match.string.startswith("dont ", match.start("n1") - 5):
        return True
    partitive = (" d'entre ", " de ses ", " de ces ", " de leurs ", " de nos ")
    of = (*partitive, " des ") if match["n1"][0].isalpha() else partitive
    return counts_noun(text, end) or match.string.startswith(of, end)


def _is_group(match: re.Match[str], end: int) -> bool:
    """« les deux pays » points to two states: a group mention, not a quantity."""
    before = match.string[max(0, match.start("n1") - 8) : match.start("n1")]
    few = match["n1"] in ("deux", "trois", "quatre")
    return few and bool(_GROUP_BEFORE.search(before)) and bool(_GROUP_AFTER.match(match.string, end))


def _is_designation(match: re.Match[str], text: str) -> bool:
    """Whether the word before makes the number part of a name (« Mirage 2000 », « résolution 2231 »)."""
    start = match.start("n1")
    previous = _PREVIOUS.search(text, max(0, start - 42), start)
    if previous is None:
        return False
    word = fold(previous[1]).lstrip("«“\"'([")
    if word in _DESIGNATORS:
        return True
    if not match["n1"].isdigit():  # « 1 500 », « trois »: written so in no designation
        return match["n1"][0].isalpha() and text[start].isupper() and word[-1:] not in ".!?:;…»"
    if _COUNTED.match(match.string, match.end("n1")):  # « livre à Kiev 129 véhicules »
        return False
    return previous[1].lstrip("«“\"'([")[:1].isupper() and word not in _SENTENCE_WORDS and word[-1].isalnum()
