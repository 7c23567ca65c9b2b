"""The parse stage: clean text to a `Tree`.

The parser reads a plainer wording than the reader does: see `pipeline.wording`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.cleaning import Clean
from pipeline.entities.found import Found
from pipeline.frames.attachment import hang_infinitives
from pipeline.frames.conjugation import analyses
from pipeline.frames.morphology import correct
from pipeline.lemmas import lemma_of
from pipeline.sentences import sentence_starts
from pipeline.tree import NO_MORPH, Tree
from pipeline.wording import Piece, Wording, plain_wording

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH_WORDS = 10_000  # more than an article has
BATCH_DOCS = 64
MAX_SENTENCE = 400  # tokens; what looks like a longer sentence is cut, since some rules read it once a clause

_NO_FEATURES = "_"  # as spaCy writes it


def parse(nlp: Language, clean: Clean, names: Sequence[Found]) -> Tree:
    """Parse clean text into a tree over its own tokens.

    Sentences are those of `pipeline.sentences`; none crosses a paragraph. One article is one batch, so that
    the result does not depend on the articles around it.

    Args:
        nlp: the model.
        clean: the text; offsets of the tree are into `clean.text`.
        names: lexicon matches and weapon classes in text order, without overlap.
    """
    tree = Tree()
    shown: list[Wording] = []
    docs: list[Doc] = []
    names_by_paragraph = _by_paragraph(clean, names)
    for paragraph, found in zip(clean.paragraphs, names_by_paragraph, strict=True):
        first = len(tree)
        _tokenise(nlp, tree, clean.text[paragraph.start : paragraph.end], paragraph.start)
        wording = plain_wording(tree, first, found)
        shown.append(wording)
        docs.append(_make_doc(nlp, tree, wording.pieces))
    parsed = (doc for batch in _batches(docs) for doc in nlp.pipe(batch, batch_size=len(batch)))
    for doc, (pieces, anchors) in zip(parsed, shown, strict=True):
        _take_over(tree, doc, pieces, anchors)
    hang_infinitives(tree)
    return tree


def _batches(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """Paragraphs parsed at one go; bounded, since the memory a parse takes grows with its words."""
    batch: list[Doc] = []
    words = 0
    for doc in docs:
        if batch and (words + len(doc) > BATCH_WORDS or len(batch) == BATCH_DOCS):
            yield batch
            batch, words = [], 0
        batch.append(doc)
        words += len(doc)
    if batch:
        yield batch


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
        if token.idx >= following or len(tree) - tree.sentences[-1][0] >= MAX_SENTENCE:
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


def _make_doc(nlp: Language, tree: Tree, pieces: list[Piece]) -> Doc:
    from spacy.tokens import Doc

    tokens = [piece.token for piece in pieces]
    starts: list[bool | int | None] = [not k or tree.sent[i] != tree.sent[tokens[k - 1]] for k, i in enumerate(tokens)]
    spaces = [i + 1 >= len(tree) or tree.end[i] < tree.start[i + 1] for i in tokens]
    return Doc(nlp.vocab, words=[piece.word for piece in pieces], spaces=spaces, sent_starts=starts)


def _take_over(tree: Tree, doc: Doc, pieces: list[Piece], anchors: dict[int, int]) -> None:
    """Write the analysis of the words shown into the tree, and hang what was left out on its neighbour."""
    heads = doc.to_array("HEAD").view("int64").tolist()  # distances
    named = [_names_of(doc, attribute) for attribute in ("POS", "DEP", "MORPH")]
    for k, (piece, shift, pos, dep, morph) in enumerate(zip(pieces, heads, *named, strict=True)):
        i = piece.token
        # a word taken for white space: what the attribute rules of the stock model make of it
        if pos == "SPACE":
            pos, morph = "X", _NO_FEATURES
        # the lemma of a preposition is itself: the model takes « entre » for « entrer »
        tree.lemma[i] = piece.lemma or (piece.word.lower() if pos == "ADP" else lemma_of(piece.word, pos).lower())
        tree.pos[i] = "VERB" if piece.lemma == "démentir" else pos
        tree.dep[i] = dep
        tree.head[i] = pieces[k + shift].token
        tree.morph[i] = _morph(morph)
    for piece, following in pairwise(pieces):
        if piece.word in ("Elle", "Elles") and tree.pos[following.token] in ("NOUN", "ADJ", "PROPN"):
            _as_verb(tree, following.token)
    for piece in pieces:
        if tree.pos[piece.token] in ("VERB", "AUX") and _is_name(tree, piece):
            _as_name(tree, piece.token)
    for i, anchor in anchors.items():
        if tree.pos[anchor] == "ADJ" and tree.head[anchor] < anchor:
            anchor = tree.head[anchor]
        tree.head[i], tree.dep[i], tree.pos[i], tree.lemma[i] = anchor, "flat", "PROPN", tree.text[i].lower()
    for span in doc.ents:
        begin, end = pieces[span.start].token, pieces[span.end - 1].token + 1
        tree.entities.append((begin, end, span.label_))
    if pieces:
        correct(tree, pieces[0].token, pieces[-1].token + 1)


def _names_of(doc: Doc, attribute: str) -> list[str]:
    """One attribute of all tokens; each value is looked up once."""
    keys = doc.to_array(attribute).tolist()
    names = {key: doc.vocab.strings[key] for key in set(keys)}
    return [names[key] for key in keys]


def _is_name(tree: Tree, piece: Piece) -> bool:
    """Whether a word inside a sentence has a capital and is no form of a known verb (« Ankara », « Narendra »)."""
    i = piece.token
    inside = i > 0 and tree.sent[i - 1] == tree.sent[i]
    return inside and piece.word[0].isupper() and not analyses(piece.word.lower())


def _as_name(tree: Tree, i: int) -> None:
    """Give a name taken for a verb its function: object of the verb before it, or in apposition to that object."""
    tree.pos[i], tree.lemma[i], tree.morph[i] = "PROPN", tree.text[i].lower(), NO_MORPH
    verb = tree.head[i]
    if verb >= i or tree.pos[verb] != "VERB" or not tree.dep[i].startswith(("xcomp", "ccomp", "parataxis")):
        return
    first, stop = tree.sentences[tree.sent[i]]
    objects = [k for k in range(first, stop) if tree.head[k] == verb and tree.dep[k].startswith("obj")]
    if not objects:
        tree.dep[i] = "obj"
        for k in range(i + 1, stop):  # « accuse Ankara d'acheter »: the verb governs what hung on the name
            if tree.head[k] == i and not tree.dep[k].startswith("flat"):
                tree.head[k] = verb
    elif objects[0] < i and all(tree.pos[k] == "ADJ" for k in range(objects[0] + 1, i)):
        tree.head[i], tree.dep[i] = objects[0], "appos"  # « le ministre indien Rajnath Singh »


def _as_verb(tree: Tree, i: int) -> None:
    """After a pronoun shown for a name, a form that may be a finite verb is one (« Séoul recherche »)."""
    for analysis in analyses(tree.text[i].lower()):
        if analysis.features.verb_form == "Fin" and analysis.features.mood == "Ind":
            tree.pos[i], tree.lemma[i] = "VERB", analysis.lemma
            return


@cache
def _morph(features: str) -> dict[str, str]:
    return NO_MORPH if features == _NO_FEATURES else dict(pair.split("=", 1) for pair in features.split("|"))
