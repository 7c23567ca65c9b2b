"""The source as written: a noun phrase cut down to its shortest naming part."""

from __future__ import annotations

from pipeline.entities.found import Found
from pipeline.entities.index import MentionIndex
from pipeline.records import Kind, Label
from pipeline.tree import Tree

Span = tuple[int, int]
NOT_NAMES = (Label.DATE, Label.QUANTITY, Label.MONEY, Label.WEAPON, Label.WEAPON_CLASS)
_PHRASE_ENDS = frozenset(("PUNCT", "CCONJ", "VERB", "AUX", "SCONJ", "ADV"))
_NO_LINK = frozenset("qui que qu' dont où dans lors devant avant après sous sur depuis selon chez par avec".split())
_NO_APPOSITION = frozenset((".", ";", ":", "»", "«", "("))


def source_span(tree: Tree, index: MentionIndex, head: int) -> Span:
    """The shortest naming part of the noun phrase headed by `head`.

    A person's name, in apposition too (« le porte-parole du ministère, Sun Li-fang »); else an organisation or state
    that is the head itself or names it (« le quotidien Le Figaro »); else the head noun with its adjectives and
    complements (« services de renseignement sud-coréens »), without determiner.
    """
    own = [m for m in index.at.get(head, ()) if m.kind is not Kind.GROUP and m.label not in NOT_NAMES]
    person = [m for m in own if m.label is Label.PERSON]
    if person:
        return person[0].start, _whole_word(tree, person[0].end)
    tokens = _phrase(tree, head)
    named = [m for m in own if m.kind is not Kind.DEMONYM]
    if any(m.label is Label.COUNTRY for m in named):
        return named[0].start, named[0].end
    apposed = _apposed(tree, index, tokens)
    if apposed is not None and (apposed.label is Label.PERSON or not named):
        return apposed.start, _whole_word(tree, apposed.end)
    if named:
        return named[0].start, named[0].end
    if capitals := _capitals(tree, head, tokens):
        return tree.start[capitals[0]], tree.end[capitals[-1]]
    start, end = tree.start[tokens[0]], tree.end[tokens[-1]]
    return start + (tree.text[tokens[0]][0] == "-" and end - start > 1), end


def _closes(tree: Tree, end: int) -> bool:
    """Whether an apposition ends here, and no verb follows of which the name would be the subject."""
    k = tree.token_at(_whole_word(tree, end) - 1) + 1
    return k >= len(tree) or tree.pos[k] not in ("VERB", "AUX", "PRON", "ADV")


def _capitals(tree: Tree, head: int, tokens: list[int]) -> list[int]:
    """A name that no list knows, right after what it names: « la société tchèque Novak Motors »."""
    stop = tree.sentences[tree.sent[head]][1]
    at = head + 1
    while at < stop and tree.pos[at] == "ADJ" and tree.text[at].islower():
        at += 1
    run = []
    while at < stop and tree.text[at][0].isupper() and tree.text[head].islower():
        run.append(at)
        at += 1
    return run


def _whole_word(tree: Tree, end: int) -> int:
    """The end of the hyphenated name that `end` cuts (« Lin Wen-|huang »)."""
    k = tree.token_at(end - 1)
    while k + 1 < len(tree) and tree.start[k + 1] == tree.end[k] and "-" in (tree.text[k][-1], tree.text[k + 1]):
        k += 1
    return tree.end[k]


def _apposed(tree: Tree, index: MentionIndex, tokens: list[int]) -> Found | None:
    """The name that a noun phrase of a function or kind of organisation carries, inside it or after a comma."""
    last = tokens[-1]
    stop = tree.sentences[tree.sent[last]][1]
    for k in range(tokens[0] + 1, min(last + 10, stop)):
        if k > last and (tree.pos[k] in ("VERB", "AUX", "SCONJ", "CCONJ") or tree.text[k] in _NO_APPOSITION):
            break
        linked = tree.pos[k - 1] in ("ADP", "DET", "CCONJ") or tree.lower[k - 1] in ("du", "des", "au")
        bare = tree.text[k - 1] == "," or not linked
        for mention in index.at.get(k, ()):
            begins = tree.token_at(mention.start) == k
            named = begins and (bare or tree.text[k - 1] in ("M.", "Mme"))
            if mention.label is Label.PERSON and named and (k <= last or _closes(tree, mention.end)):
                return mention
            near = k <= last + 1
            if mention.label is Label.ORGANISATION and begins and bare and near and tree.text[k - 1] != ",":
                return mention
        if k > last + 1 and tree.text[k - 1] == "," and tree.pos[k] != "NOUN":
            break  # only what stands right after the comma is an apposition
    return None


def _phrase(tree: Tree, head: int) -> list[int]:
    """Tokens of the phrase around `head` without determiner, clauses, appositions and coordinated members."""
    left = head
    while left > 0 and left - 1 in tree.kids[head] and tree.dep[left - 1] == "amod":
        left -= 1
    right = head
    stop = tree.sentences[tree.sent[head]][1]
    inside = set(tree.subtree(head))
    while right + 1 < stop:
        k = right + 1
        glued = tree.start[k] == tree.end[k - 1] and "-" in (tree.text[k], tree.text[k - 1])
        if k not in inside and not glued:
            break
        if glued:
            inside.update(t for t in tree.subtree(k) if t >= k)
        if not glued and (tree.pos[k] in _PHRASE_ENDS or tree.lower[k] in _NO_LINK):
            break
        if tree.lower[k] in ("d'", "de") and tree.lower[k + 1 : k + 2] in (["un"], ["une"]):
            break  # « selon les autorités d'un navire »: the complement belongs to the sentence
        right += 1
    while right > head and tree.pos[right] in ("ADP", "DET"):
        right -= 1
    return list(range(left, right + 1))
