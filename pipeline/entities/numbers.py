"""French numbers in folded text: digits, words, collectives (« une vingtaine »), approximators and ranges.

The patterns are strings to be built into larger ones; every repetition is bounded, so scanning is linear.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.lexicon.fold import fold

_UNITS = (
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize",
)  # fmt: skip
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {
    "une": 1, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90, "cent": 100, "cents": 100, "mille": 1000,
}  # fmt: skip
SCALES = {"mille": 10**3, "million": 10**6, "milliard": 10**9, "billion": 10**12, "trillion": 10**18}
_TENS = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip
_COLLECTIVES = _TENS | {scale: value for scale, value in SCALES.items() if scale != "mille"}
_SIGNS = {
    "~": "environ|quelque|pres de|pres d'|presque|a peu pres|autour de|aux alentours de|aux alentours d'|de l'ordre de"
    "|de l'ordre d'|approximativement|pas loin de|pas loin d'|a peine",
    ">": "plus de|plus d'|au-dela de|au dela de|depassant|superieure? a|superieures? a|superieurs? a",
    ">=": "au moins|au minimum|minimum|pas moins de|pas moins d'",
    "<": "moins de|moins d'|inferieure? a|inferieures? a|inferieurs? a",
    "<=": "jusqu'a|au plus|au maximum|maximum|pas plus de|pas plus d'",
}
_SIGN_OF = {phrase.replace("?", ""): sign for sign, phrases in _SIGNS.items() for phrase in phrases.split("|")}


def longest_first(forms: list[str]) -> str:
    """An alternation in which no form hides a longer one."""
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))


_WORD = rf"(?:{longest_first(list(_WORDS))})(?!\w)"
_SCALE = rf"(?:{longest_first(list(SCALES))})s?(?!\w)(?! (?:nautique|marin))"
DIGITS = r"(?:\d{1,3}(?:(?: \d{3}){1,4}|(?:\.\d{3}){1,4})(?!\d)(?:,\d{1,6})?|\d{1,12}(?:[.,]\d{1,6})?)(?!\d)"
WORDS = rf"{_WORD}(?:(?:[ -]et[ -](?=une?\b|onze\b)|- ?| ){_WORD}){{0,9}}"
_AND_MORE = rf"(?: milliards? (?:{DIGITS}|{WORDS}) millions?(?!\w)| (?:millions?|milliards?) \d{{3}} \d{{3}}(?![\d,]))"
CARDINAL = rf"(?:{DIGITS}|{WORDS})(?:{_AND_MORE}| {_SCALE}(?: et demie?\b)?)?"
APPROXIMATOR = rf"(?:{longest_first('|'.join(_SIGNS.values()).split('|'))})"
_OF_SCALE = r"(?!\w)(?: (?:de |d')?(?:millier|million|milliard|billion)s\b)?"
COLLECTIVE = (
    rf"(?:(?:(?:des|quelques|plusieurs) )?(?:{longest_first(list(_COLLECTIVES))})s{_OF_SCALE}"
    rf"|(?:une?(?: bonne| petite)?|{DIGITS}|{WORDS}) (?:(?:demi[- ])?(?:{longest_first(list(_TENS))})s?{_OF_SCALE}"
    r"|demi[- ](?:million|milliard)s?(?!\w))|demi[- ](?:million|milliard)(?!\w))"
)
_DIGITS = re.compile(DIGITS)
_COMPOUND = re.compile(r"(.+? (?:milliard|million)s?) (?!et )(.+)")
_COLLECTIVE = re.compile(
    rf"(?P<lead>.*?) ?(?P<half>demi[- ])?\b(?P<noun>{longest_first(list(_COLLECTIVES))})(?P<plural>s?)"
    r"(?: (?:de |d')?(?P<scale>millier|million|milliard|billion)s)?"
)


def sign_of(approximator: str) -> str:
    """`~`, `>`, `>=`, `<` or `<=` for a folded approximator, nothing for none.

    Examples:
        >>> sign_of("pres de"), sign_of("au moins"), sign_of("")
        ('~', '>=', '')
    """
    if not approximator:
        return ""
    phrase = approximator.strip()
    return _SIGN_OF.get(phrase) or _SIGN_OF.get(re.sub(r"e?s? a$", "e a", phrase), "")


def read_cardinal(surface: str) -> Decimal | None:
    """Value of a folded cardinal; `None` where words do not make one number.

    Examples:
        >>> [str(read_cardinal(s)) for s in ("1 500", "4,5", "1.500", "quatre-vingt-dix-sept", "1,2 milliard")]
        ['1500', '4.5', '1500', '97', '1200000000.0']
        >>> read_cardinal("trois deux") is None
        True
    """
    if compound := _COMPOUND.fullmatch(surface):  # « 2 milliards 300 millions »
        high, rest = read_cardinal(compound[1]), read_cardinal(compound[2])
        return None if high is None or rest is None else high + rest
    half = " et demi" in surface
    surface = re.sub(r" et demie?$", "", surface)
    head, _, tail = surface.rpartition(" ")
    scale = SCALES.get(tail.removesuffix("s")) if head else None
    if scale is None:
        head, scale = surface, 1
    number = _read_digits(head) if head[:1].isdigit() else _read_words(head)
    return None if number is None else (number + (Decimal("0.5") if half else 0)) * scale


def _read_digits(surface: str) -> Decimal | None:
    match = _DIGITS.fullmatch(surface)
    if match is None or re.match(r"0\d", surface):
        return None
    surface = surface.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", surface):
        surface = surface.replace(".", "")
    return Decimal(surface.replace(",", "."))


def _read_words(surface: str) -> Decimal | None:
    """Add up number words; a smaller word follows a larger one, except before « cent » and « mille »."""
    total = current = 0
    for word in re.split(r"(?:- ?| )(?:et[ -])?", surface):
        value = _WORDS.get(word, -1)
        last = current % 100
        if value == 1000 and total == 0:
            total, current = max(current, 1) * 1000, 0
        elif value == 100 and current < 10:
            current = max(current, 1) * 100
        elif last == 10 and 7 <= value <= 9:
            current += value
        elif value == 20 and last == 4:
            current += 76
        elif 0 <= value < 100 and (
            last == 0 or (value < (20 if last in (60, 80) else 10) and last >= 20 and last % 10 == 0)
        ):
            current += value
        else:
            return None
    return Decimal(total + current)


def read_collective(surface: str) -> tuple[str, Decimal] | None:
    """Sign and value of a folded collective: « une vingtaine » is about 20, « des dizaines » more than 10.

    Examples:
        >>> [(sign, int(value)) for sign, value in map(read_collective, ("une vingtaine", "des centaines de millions"))]
        [('~', 20), ('>', 100000000)]
        >>> read_collective("la trentaine") is None
        True
    """
    match = None if surface[-1:].isdigit() else _COLLECTIVE.fullmatch(surface)
    if match is None:
        return None
    value = Decimal(_COLLECTIVES[match["noun"]]) * _COLLECTIVES.get(match["scale"] or "", 1)
    lead = match["lead"].split(" ")[0]
    if match["half"]:
        value /= 2
    if lead in ("une", "un") and (match["half"] or match["noun"] in _TENS):
        return "~", value
    if not lead and match["half"]:
        return "~", value
    if lead in ("", "des", "quelques", "plusieurs"):
        return (">", value) if match["plural"] else None
    times = read_cardinal(match["lead"]) if match["noun"] in _TENS else None
    return None if times is None else ("~", value * times)


def write_number(value: Decimal) -> str:
    """Plain digits with a decimal point, never an exponent.

    Examples:
        >>> write_number(Decimal("1.20") * 10**9), write_number(Decimal("4.50"))
        ('1200000000', '4.5')
    """
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


_NEXT_WORD = re.compile(r" (?:[«“\"] ?)?(([^\W\d_])[\w'-]*)")
_NO_NOUN = frozenset({
    "ailleurs", "alors", "apres", "au", "aux", "avais", "avant", "avons", "bis", "ces", "cinquiemes", "contre", "dans",
    "depuis", "des", "dixiemes", "dont", "elles", "et", "etes", "fois", "hors", "ils", "jadis", "jamais", "les",
    "leurs", "lors", "mais", "moins", "nos", "nous", "ou", "parfois", "pas", "plus", "plutot", "pres", "puis",
    "quarts", "reprises", "sans", "selon", "ses", "sous", "suis", "tiers", "toujours", "toutefois", "tres", "vers", "vos",
    "vous",
})  # fmt: skip


def counts_noun(text: str, end: int) -> bool:
    """Whether a plural noun or adjective, or a name, follows the number that ends at `end`.

    By form alone: a word in -s, -x or -z that is no function word, or a capital. « fois » and « tiers » count nothing.

    Examples:
        >>> counts_noun("36 Rafale", 2), counts_noun("trois fois", 5), counts_noun("2 chars", 1), counts_noun("2 pour", 1)
        (True, False, True, False)
    """
    match = _NEXT_WORD.match(text, end)
    if match is None:
        return False
    word = fold(match[1])
    if len(word) == 1 or word.startswith(("d'", "l'", "qu'")):
        return False
    return match[2].isupper() or (word[-1] in "sxz" and word not in _NO_NOUN)
