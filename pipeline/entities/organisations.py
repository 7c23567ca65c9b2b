"""Organisations known by a kind noun: « l'entreprise X », « l'ONG « X » », « le Service de supervision financière ».

Kind nouns stand in `data/organisation_heads.csv`: `introduces` (the noun is no part of the name), `heads` (it begins
the name), `both`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.entities.found import Found
from pipeline.entities.spelling import NAME, UPPER, WORD, no_names, opens_sentence
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
def _heads() -> dict[str, tuple[rows.OrganisationHead, bool]]:
    """Kind noun to its row and whether it is the plural (« les sociétés X et Y »)."""
    plurals = {_plural(row.noun): (row, True) for row in rows.organisation_heads()}
    return plurals | {row.noun: (row, False) for row in rows.organisation_heads()}


@cache
def _phrases() -> Phrases:
    return Phrases(_heads())


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
    persons = frozenset(begin for begin, end, kind in tree.entities if kind == "PER" and end - begin > 1)
    for start, end, phrase in _phrases().find(text):
        head, plural = _heads()[phrase]
        own = list(_quoted(text, start, end))
        if not own and head.pattern != "introduces" and text[start].isupper():
            own = list(_headed(tree, text, start, end))
        out.extend(own)
        if not own and head.pattern != "heads":
            out.extend(_introduced(tree, text, (start, end), head, persons, plural=plural))
    return out


def _second_ministries(text: str) -> Iterator[Found]:
    """« les ministères des Affaires étrangères et de la Défense » names a second one."""
    for match in _MINISTRIES.finditer(text):
        name = f"ministère {match['link']}{match['name']}"
        yield Found(*match.span("name"), Label.ORGANISATION, f"ORGANISATION:{slug(name)}", Kind.NAME, _COORDINATED)


def _quoted(text: str, start: int, end: int) -> Iterator[Found]:
    """« l'association « Un toit pour tous » », and a quoted name that the noun itself begins."""
    quote = _BEFORE_QUOTE.match(text, end)
    begin = quote.end() if quote else start
    if not quote and not (text[start].isupper() and _OPENING.search(text[max(0, start - 8) : start])):
        return
    closing = _CLOSING.search(text, max(begin, end), begin + MAX_QUOTED)
    if closing and not re.search(r"[.;!?]", text[begin : closing.start()]):
        yield _organisation(begin, closing.start(), text, "organisation.quoted")


def _introduced(
    tree: Tree,
    text: str,
    noun: tuple[int, int],
    head: rows.OrganisationHead,
    persons: frozenset[int],
    *,
    plural: bool,
) -> Iterator[Found]:
    """The capitalised name after a kind noun, and those joined to it after a plural.

    `persons` are the tokens where the model sees the full name of a person begin.
    """
    start, end = noun
    before = _BEFORE_NAME.match(text, end)
    if before is None or _holds_verb(tree, end, before.end()):
        return
    while before:
        match = _NAME.match(text, before.end())
        if match is None or fold(match[0]) in title_words() or match[0] in no_names():
            return
        if head.kind == "company" and tree.token_at(match.start()) in persons:  # « l'industriel Serge Martel »
            return
        # « l'Institut Lazarov »: a capitalised noun right before belongs to the name
        whole = text[start:end].istitle() and before.end() == end + 1 and not opens_sentence(text, start)
        tail = (_COMPLEMENT if head.noun == "opération" else _TAIL).match(text, match.end())
        stop = tail.end() if tail else match.end()
        yield _organisation(start if whole else match.start(), stop, text, "organisation.introduced")
        before = _NEXT.match(text, match.end()) if plural else None


def _holds_verb(tree: Tree, begin: int, end: int) -> bool:
    """« la start-up avait créé X »: what stands between the noun and the name is no adjective."""
    between = range(tree.token_at(begin), tree.token_at(end))
    return any(tree.pos[i] in ("VERB", "AUX", "ADP") and tree.lower[i] not in _NAMING for i in between)


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
