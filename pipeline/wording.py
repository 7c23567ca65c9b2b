"""The plainer wording shown to the parser.

A name the lexicon has found is shown as one common word (« la Corée du Sud » as « la Russie », « 18 chars Leopard 2 »
as « 18 chars », « systèmes de défense aérienne » as « systèmes »), compound prepositions as plain ones; short
parentheses and linking phrases are left out: unknown designations and insertions otherwise pull the sentence apart.
Every token left out hangs on its neighbour in the tree; nothing but the analysis comes from this wording.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.entities.found import Found
from pipeline.frames.conjugation import analyses
from pipeline.lexicon.rows import DATA
from pipeline.records import Kind, Label
from pipeline.tree import Tree

MAX_PARENTHESIS = 6  # tokens; longer parentheses are parsed

# Words after which a weapon's name stands alone, not in apposition to a class noun
_CLOSED = frozenset(
    "le la les l' un une des du de d' au aux ce cet cette ces son sa ses leur leurs notre nos mon ma mes et ou ni "
    "mais donc or car à en par pour sur sous avec sans contre vers chez entre dont que qu' qui où comme si ne n' pas "
    "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente quarante cinquante cent mille plus moins "
    "quelques plusieurs certains certaines tous toutes chaque aucun aucune nouveau nouveaux nouvelle nouvelles premier "
    "premiers première premières deuxième second dernier derniers est sont a ont avait avaient été être avoir".split()
)
_COUNTRY_WORD = {"l'": "Iran", "d'": "Iran", "la": "Russie", "le": "Japon", "du": "Japon", "au": "Japon",
                 "les": "Philippines", "des": "Philippines", "aux": "Philippines"}  # fmt: skip
_PLURAL_BEFORE = frozenset(
    "les des aux ces ses leurs nos mes quelques plusieurs deux trois quatre cinq six dix".split()
)
_MADE_ARTICLE = {"du": "le", "des": "les", "au": "le", "aux": "les"}
_CLITICS = frozenset("ne n' se s' le la les l' lui leur y en nous".split())
_SET_OFF = frozenset(("lui", "elle", "eux", "elles"))
_DETERMINED = frozenset(("l'", "un", "cet", "d'", "son"))
_SECOND = frozenset("pas plus jamais point rien".split())
_COUNTS = frozenset("un une deux trois quatre cinq six sept huit neuf dix quelques des peu".split())
_ARTICLES = frozenset(("le", "la", "les", "l'", "l’"))
_BEFORE_DATES = frozenset(
    "le la l' les en au du de d' partir compter dès depuis jusqu'en jusqu'à ce cette à ici pour vers dans nuit soirée "
    "matinée journée".split()
)
_OPENERS = frozenset(
    ("«", "“", '"', ":", "que", "qu'", "qu’", "où", "si", "lorsque", "lorsqu'", "quand", "car", "puisque")
)


class Piece(NamedTuple):
    """One word shown to the parser: the token it stands for, and a lemma that overrules the model's."""

    token: int
    word: str
    lemma: str


class Wording(NamedTuple):
    """Words shown, in order, and for every token left out the token it hangs on."""

    pieces: list[Piece]
    anchors: dict[int, int]


def plain_wording(tree: Tree, first: int, names: Iterable[Found]) -> Wording:
    """The plainer wording of the tokens from `first` on.

    Args:
        tree: tokens and sentences of the document so far; the paragraph's are the last.
        first: first token of the paragraph.
        names: names and weapon classes in the paragraph, in text order, without overlap.
    """
    shown: dict[int, tuple[str, str] | None] = {}
    for i in range(first, len(tree)):
        if tree.text[i] in _data().synonyms:
            shown[i] = _data().synonyms[tree.text[i]]
    shown.update(_compounds(tree, first))
    names = list(names)
    for name in names:
        shown.update(_name(tree, name, first))
    for left, right in pairwise(names):
        if left.kind is right.kind is Kind.DEMONYM and right.start == left.end + 1:
            begin, end = tree.token_at(left.start), tree.token_at(right.start)
            if tree.text[end - 1] == "-":  # « russo-ukrainienne » is one adjective to the parser
                shown.update(dict.fromkeys(range(begin, end)))
    for begin, name_at, end in _opening_groups(tree, names, first):
        shown.update(dict.fromkeys(range(begin, end)))
        shown[name_at] = ("Elles", "")
    for begin, end in [*_short_parentheses(tree, first), *_left_out(tree, first)]:
        shown.update(dict.fromkeys(range(begin, end)))
    pieces: list[Piece] = []
    anchors: dict[int, int] = {}
    last = -1
    waiting: list[int] = []  # left out at the start of a sentence: they hang on the first word shown
    for i in range(first, len(tree)):
        word = shown.get(i, (tree.text[i], ""))
        fresh = last < 0 or tree.sent[i] != tree.sent[last]
        ends = i + 1 == len(tree) or tree.sent[i + 1] != tree.sent[i]
        if word is None and not (fresh and ends):
            if fresh:
                waiting.append(i)
            else:
                anchors[i] = last
            continue
        pieces.append(Piece(i, *(word or (tree.text[i], ""))))
        anchors.update(dict.fromkeys(waiting, i))
        waiting = []
        last = i
    return Wording(pieces, anchors)


def _name(tree: Tree, name: Found, first: int) -> dict[int, tuple[str, str] | None]:
    """What is shown for the tokens of a name: one word for the first, nothing for the others."""
    begin, end = tree.token_at(name.start), tree.token_at(name.end - 1) + 1
    opens = begin == first or tree.sent[begin] != tree.sent[begin - 1]
    out: dict[int, tuple[str, str] | None] = dict.fromkeys(range(begin + 1, end))
    if name.label is Label.DATE:
        return dict.fromkeys(range(_date_start(tree, begin, first), end))
    if (
        name.label in (Label.COUNTRY, Label.ORGANISATION, Label.PERSON)
        and name.kind is not Kind.DEMONYM
        and _verb_follows(tree, end)
    ):
        pronoun, article = _pronoun(tree, begin, first)
        if pronoun:
            out[begin] = (pronoun, "")
            out.update({begin - 1: None} if article else {})
            return out
    word = _stand_in(tree, begin, end, name, opens)
    if word != tree.text[begin]:
        out[begin] = (word, "") if word else None
    return out


def _opening_groups(tree: Tree, names: list[Found], first: int) -> Iterator[tuple[int, int, int]]:
    """Coordinated names that open a clause, « La Lettonie et l'Estonie ont commandé … »: (start, first name, end)."""
    actors = [n for n in names if n.label in (Label.COUNTRY, Label.ORGANISATION) and n.kind is not Kind.DEMONYM]
    at = 0
    while at < len(actors):
        run = [actors[at]]
        while at + len(run) < len(actors) and _joined(tree, run[-1], actors[at + len(run)]):
            run.append(actors[at + len(run)])
        at += len(run)
        begin, end = tree.token_at(run[0].start), tree.token_at(run[-1].end - 1) + 1
        pronoun, article = _pronoun(tree, begin, first)
        if len(run) > 1 and pronoun and _verb_follows(tree, end, plural=True):
            yield begin - article, begin, end


def _joined(tree: Tree, left: Found, right: Found) -> bool:
    between = range(tree.token_at(left.end - 1) + 1, tree.token_at(right.start))
    words = [tree.text[k].lower() for k in between]
    return bool(words) and words[0] in ("et", ",") and all(word in _ARTICLES for word in words[1:])


def _date_start(tree: Tree, begin: int, first: int) -> int:
    """First token of a date with its article and preposition: « depuis le 3 mai », « d'ici à fin 2016 »."""
    start = begin
    while start > first and tree.sent[start - 1] == tree.sent[begin] and begin - start < 5:
        if tree.text[start - 1].lower().replace("’", "'") not in _BEFORE_DATES:
            break
        start -= 1
    return start


def _verb_follows(tree: Tree, end: int, *, plural: bool = False) -> bool:
    """Whether the next word, clitics and « ne » apart, may be a finite verb of the third person (plural)."""
    while end < len(tree) and tree.text[end].lower().replace("’", "'") in _CLITICS:
        end += 1
    if end >= len(tree) or not tree.text[end][0].islower():
        return False
    features = [a.features for a in analyses(tree.text[end].lower())]
    finite = [f for f in features if f.verb_form == "Fin" and f.person == "3" and f.mood in ("Ind", "Cnd")]
    return any(f.number == "Plur" or not plural for f in finite)


def _pronoun(tree: Tree, begin: int, first: int) -> tuple[str, bool]:
    """(pronoun, whether the article before the name goes) where a name opens a clause, ("", False) elsewhere.

    « Moscou recherche … », « La France soutient … »: a pronoun makes a verb of what follows, and the feminine one is
    never impersonal.
    """
    article = begin > first and tree.sent[begin - 1] == tree.sent[begin] and tree.text[begin - 1].lower() in _ARTICLES
    start = begin - 1 if article else begin
    opens = start == first or tree.sent[start] != tree.sent[start - 1] or tree.text[start - 1].lower() in _OPENERS
    plural = article and tree.text[begin - 1].lower() == "les"
    return ("Elles" if plural else "Elle", article) if opens else ("", False)


def _stand_in(tree: Tree, begin: int, end: int, name: Found, opens: bool) -> str | None:
    """The one word that stands for a name, None where it is better left out."""
    before = "" if opens else tree.text[begin - 1].lower().replace("’", "'")
    if name.label is Label.WEAPON:
        named = tree.text[begin][0].isupper() or not tree.text[begin].isalpha()
        if (
            named
            and not before.endswith(("ième", "ièmes"))
            and before.replace("-", "").isalpha()
            and before not in _CLOSED
            and tree.text[begin - 1][0].islower()
        ):
            return None
        return "avions" if before in _PLURAL_BEFORE or before.isdigit() else "avion"
    if name.label is Label.WEAPON_CLASS and end - begin > 1 and tree.text[begin + 1] == "-":
        return "canons" if before in _PLURAL_BEFORE or before.isdigit() else "canon"  # « lance-roquettes »
    if name.label is Label.COUNTRY:
        if end - begin == 1 and "-" not in tree.text[begin]:
            return tree.text[begin]
        if name.kind is Kind.DEMONYM:
            last = tree.text[end - 1]
            return "japonais" + ("es" if last.endswith("es") else "e" if last.endswith("e") else "")
        return _COUNTRY_WORD.get(before, "Moscou" if name.kind is Kind.METONYM else "Israël")
    return tree.text[begin]


def _short_parentheses(tree: Tree, first: int) -> Iterator[tuple[int, int]]:
    opened = -1
    for i in range(first, len(tree)):
        if tree.text[i] in "([":
            opened = i
        elif tree.text[i] in ")]" and opened >= 0:
            if i - opened <= MAX_PARENTHESIS and tree.sent[opened] == tree.sent[i]:
                yield opened, i + 1
            opened = -1


def _left_out(tree: Tree, first: int) -> Iterator[tuple[int, int]]:
    """Linking phrases, with the commas that set them off, and the « que » that only restricts (« n'a qu'un char »)."""
    words = [word.replace("’", "'") for word in tree.lower_from(first)]
    for k in range(3, len(words) - 1):
        restricts = words[k] in ("que", "qu'") and {"ne", "n'"} & {words[k - 2], words[k - 3]}
        counted = words[k + 1] in _COUNTS or words[k + 1].isdigit()
        if restricts and counted and words[k - 1] not in _SECOND:
            yield first + k, first + k + 1
    for k in range(1, len(words) - 1):
        if words[k] in _SET_OFF and words[k - 1] == words[k + 1] == ",":
            yield first + k - 1, first + k + 2  # « le Chili, lui, modernise … »
    for k, word in enumerate(words):
        for phrase in _data().left_out.get(word, ()):
            stop = k + len(phrase)
            if tuple(words[k:stop]) != phrase:
                continue
            if phrase == ("ensemble",) and (k == 0 or words[k - 1] in _DETERMINED):
                continue
            begins = k == 0 or tree.sent[first + k] != tree.sent[first + k - 1]
            commas = stop < len(words) and words[stop] == "," and (begins or words[k - 1] == ",")
            if begins and not commas:
                continue
            yield first + k - (commas and not begins), first + stop + commas


def _compounds(tree: Tree, first: int) -> dict[int, tuple[str, str] | None]:
    """Compound prepositions and « en passe de » as one word each; the closing « du » becomes the article it holds."""
    out: dict[int, tuple[str, str] | None] = {}
    words = [word.replace("’", "'") for word in tree.lower_from(first)]
    for k, word in enumerate(words):
        for phrase, plain, closing_word in _data().compounds.get(word, ()):
            stop = k + len(phrase)
            if tuple(words[k:stop]) != phrase or stop >= len(words):
                continue
            closing = words[stop]
            if closing in ("de", "d'", "du", "des") and (not closing_word or closing in ("de", "d'")):
                out[first + k] = (_data().shown.get(plain, plain), plain)
                out.update({first + j: None for j in range(k + 1, stop)})
                made = (_MADE_ARTICLE[closing], "le") if closing in _MADE_ARTICLE else None
                out[first + stop] = (closing_word, closing_word) if closing_word else made
            break
    return out


class _Data(NamedTuple):
    synonyms: dict[str, tuple[str, str]]
    compounds: dict[str, list[tuple[tuple[str, ...], str, str]]]
    shown: dict[str, str]
    left_out: dict[str, list[tuple[str, ...]]]


@cache
def _data() -> _Data:
    """`data/wording.toml`, phrases by their first word, the longest first."""
    raw = tomllib.loads((DATA / "wording.toml").read_text(encoding="utf-8"))
    plain_words = [(phrase, plain, "") for phrase, plain in raw["prepositions"].items()]
    plain_words += [(phrase, plain, "à") for phrase, plain in raw["adjectives"].items()]
    compounds: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for phrase, plain, closing in sorted(plain_words, key=lambda item: -len(item[0])):
        compounds.setdefault(_words(phrase)[0], []).append((_words(phrase), plain, closing))
    left_out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(raw["left_out"]["phrases"], key=len, reverse=True):
        left_out.setdefault(_words(phrase)[0], []).append(_words(phrase))
    synonyms = {form: (word, lemma) for form, (word, lemma) in raw["synonyms"].items()}
    return _Data(synonyms, compounds, raw["shown"], left_out)


def _words(phrase: str) -> tuple[str, ...]:
    """Tokens of a phrase as the tokeniser gives them, elisions apart."""
    return tuple(phrase.replace("'", "' ").split())
