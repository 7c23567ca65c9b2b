"""Organisations known by a kind noun: « l'entreprise X », « l'ONG « X » », « le Service de supervision financière ».

Kind nouns stand in `data/organisation_heads.csv`: `introduces` (the noun is no part of the name), `heads` (it begins
the name), `both`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.entities.found import Found
from pipeline.entities.spelling import NAME, UPPER, WORD
from pipeline.entities.titles import title_words
from pipeline.lexicon import rows
from pipeline.lexicon.fold import fold, slug
from pipeline.lexicon.phrases import Phrases
from pipeline.records import Kind, Label
from pipeline.tree import Tree

MAX_HEADED = 12  # tokens of a name such as « Service fédéral de coopération militaire et technique »
MAX_QUOTED = 70
_NAME = re.compile(NAME)
_ADJECTIVES = (
    r"(?: (?!(?:et|ou|de|du|des|la|le|les|en|au|aux|par|pour|sur|que|qui|a|est|dans|avec|à|un|une|se|ne)\b)"
    r"[a-zà-ÿ-]+){0,2}"
    r"(?:,? (?:nommée?|appelée?|dénommée?|baptisée?|dite?))?"
)
_BEFORE_NAME = re.compile(rf"{_ADJECTIVES} (?=[{UPPER}])")
_BEFORE_QUOTE = re.compile(rf"{_ADJECTIVES} ?(?:\"|«|“|”|'')+ ?(?=[{UPPER}])")
_CLOSING = re.compile(r" ?(?:\"|»|“|”|'')")
_TAIL = re.compile(r"(?:[.,]{0,2} (?:Co|Ltd|Limited|Inc|SA|LLC|GmbH|Corp)\b)+")
_COORDINATED = "organisation.coordinated"
_MINISTRIES = re.compile(
    rf"\b[Mm]inistères (?:[^\W\d_]+[ '-]){{2,5}}?et (?P<link>de la |de l'|du |des )(?P<name>[{UPPER}]\w+)"
)
_OPERATIONS = ("opération", "opérations")
# « l'opération Bouclier de l'Euphrate »
_COMPLEMENT = re.compile(rf" (?:(?:de la|de|du|des) |(?:de l|d)')(?:{WORD}|olivier)")
_NAMING = frozenset(
    "nommé nommée appelé appelée dénommé dénommée baptisé baptisée dit dite basé privé privée armé armée "
    "interdit interdite allié alliée affilié affiliée contrôlé contrôlée spécialisé spécialisée".split()
)
_OPENING = re.compile(r"\b(?:l'|l[ae] |du |au |une? |ONG )(?:\"|«|“|”|'') ?$")
_NEXT = re.compile(rf"(?:, | et | ou )(?={WORD})")
_SUFFIXED = re.compile(
    rf"(?<![\w'-])(?:{WORD} (?:(?:and|&|of) )?){{1,4}}(?:SA|SAS|SRO|s\.r\.o\.|Ltd|Limited|Inc|GmbH|Corp|"
    r"Corporation|LLC|Co|AG|PLC|plc|SpA|NV|AB|ASA|Oy|JSC|Industries|Systems|Aerospace|Technologies|Group|Holding|Shipyards?|Shipbuilding|Dynamics|"
    r"Airlines|Airways|News|Times|Post|Agency|Bank|Foundation|Institute|University)(?![\w-])"
)


@cache
def _patterns() -> dict[str, str]:
    return {row.noun: row.pattern for row in rows.organisation_heads()}


@cache
def _phrases() -> Phrases:
    """Kind nouns and their plain plurals (« les sociétés X et Y »)."""
    return Phrases([noun for row in rows.organisation_heads() for noun in (row.noun, _plural(row.noun))])


def _plural(noun: str) -> str:
    first, _, rest = noun.partition(" ")
    return f"{first}s {rest}".strip() if first[-1] not in "sxz" else noun


def find_organisations(tree: Tree, text: str) -> list[Found]:
    """Organisations after or under a kind noun, and names with a company suffix.

    Args:
        tree: the parsed document.
        text: its clean text.
    """
    out = [_organisation(*match.span(), text, "organisation.suffix") for match in _SUFFIXED.finditer(text)]
    out.extend(_second_ministries(text))
    for start, end, phrase in _phrases().find(text):
        noun = phrase if phrase in _patterns() else phrase.replace("s", "", 1)
        pattern = _patterns().get(noun) or _patterns().get(_singular(phrase), "introduces")
        quoted = list(_quoted(text, start, end))
        headed = list(_headed(tree, text, start, end)) if pattern != "introduces" and text[start].isupper() else []
        out.extend(quoted or headed)
        if pattern != "heads" and not quoted and not headed:
            out.extend(_introduced(tree, text, start, end, phrase, plural=noun != phrase))
    return out


def _second_ministries(text: str) -> Iterator[Found]:
    """« les ministères des Affaires étrangères et de la Défense » names a second one."""
    for match in _MINISTRIES.finditer(text):
        name = f"ministère {match['link']}{match['name']}"
        yield Found(*match.span("name"), Label.ORGANISATION, f"ORGANISATION:{slug(name)}", Kind.NAME, _COORDINATED)


def _singular(phrase: str) -> str:
    return next((noun for noun in _patterns() if _plural(noun) == phrase), phrase)


def _quoted(text: str, start: int, end: int) -> Iterator[Found]:
    """« l'association « Un toit pour tous » », and a quoted name that the noun itself begins."""
    quote = _BEFORE_QUOTE.match(text, end)
    begin = quote.end() if quote else start
    if not quote and not (text[start].isupper() and _OPENING.search(text[max(0, start - 8) : start])):
        return
    closing = _CLOSING.search(text, max(begin, end), begin + MAX_QUOTED)
    if closing and not re.search(r"[.;!?]", text[begin : closing.start()]):
        yield _organisation(begin, closing.start(), text, "organisation.quoted")


def _introduced(tree: Tree, text: str, start: int, end: int, phrase: str, *, plural: bool) -> Iterator[Found]:
    before = _BEFORE_NAME.match(text, end)
    if before and any(tree.pos[i] in ("VERB", "AUX", "ADP") and tree.lower[i] not in _NAMING
                      for i in range(tree.token_at(end), tree.token_at(before.end()))):  # fmt: skip
        return
    while before:
        match = _NAME.match(text, before.end())
        if match is None or fold(match[0]) in title_words():
            return
        # « l'Institut Lazarov »: a capitalised noun right before belongs to the name
        whole = text[start : end].istitle() and before.end() == end + 1 and not _opens_sentence(text, start)
        tail = (_COMPLEMENT if phrase in _OPERATIONS else _TAIL).match(text, match.end())
        stop = tail.end() if tail else match.end()
        yield _organisation(start if whole else match.start(), stop, text, "organisation.introduced")
        before = _NEXT.match(text, match.end()) if plural else None


def _opens_sentence(text: str, start: int) -> bool:
    return start == 0 or text[:start].rstrip(" «\"'(")[-1:] in ("", ".", "!", "?", "…", "\n")


def _headed(tree: Tree, text: str, start: int, end: int) -> Iterator[Found]:
    """The capitalised head with its adjectives and complements, up to a verb, a name of its own or punctuation."""
    first = tree.token_at(start)
    i = tree.token_at(end - 1) + 1
    last = -1
    stop = min(tree.sentences[tree.sent[first]][1], first + MAX_HEADED) if first < len(tree) else 0
    while i < stop:
        word, pos = tree.lower[i], tree.pos[i]
        if pos in ("ADJ", "NOUN", "PROPN") and (word.isalpha() or "-" in word):
            ends = not text[tree.end[i] : tree.end[i] + 1].strip("'’.,;:!?()\"»«…")  # no piece of a hyphenated word
            if ends and not (pos == "ADJ" and tree.lower[i - 1] in _LINKS and tree.lower[i - 1] != "et"):
                last = i
        elif not (word in _LINKS and (word != "et" or tree.pos[i + 1 : i + 2] in (["ADJ"], ["ADP"], ["DET"]))):
            break
        i += 1
    if last >= 0 and last >= tree.token_at(end):
        yield _organisation(start, tree.end[last], text, "organisation.headed")


_LINKS = frozenset("de du des d' la l' le les à au aux pour et".split())


def _organisation(start: int, end: int, text: str, rule: str) -> Found:
    return Found(start, end, Label.ORGANISATION, f"ORGANISATION:{slug(text[start:end])}", Kind.NAME, rule)


def is_kind_noun(word: str) -> bool:
    """Whether a word begins names of organisations (« Service », « Agence »)."""
    return fold(word) in _folded_nouns()


@cache
def _folded_nouns() -> frozenset[str]:
    return frozenset(fold(row.noun) for row in rows.organisation_heads())
