"""« selon X », « d'après X », « pour X, », « de source … », « à en croire X »: the clause around belongs to X."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from pipeline.claims.draft import Draft, content_draft
from pipeline.claims.source_spans import source_span
from pipeline.claims.sources import is_speaker_noun
from pipeline.claims.spans import Limits, main_predicate, trimmed
from pipeline.entities.index import ACTORS, MentionIndex
from pipeline.frames import verbs
from pipeline.frames.colour import Cue
from pipeline.records import Attribution, Kind
from pipeline.stretches import Stretches
from pipeline.tree import Tree

# Word sequences before a source; « de source » keeps its noun as the source
_OPENERS: tuple[tuple[str, ...], ...] = (
    ("selon",), ("d'après",), ("d'", "après"), ("suivant",), ("à", "en", "croire"), ("aux", "yeux", "de"),
    ("aux", "yeux", "du"), ("aux", "yeux", "des"), ("de", "l'", "avis", "de"), ("de", "l'", "avis", "du"),
    ("de", "l'", "avis", "des"), ("aux", "dires", "de"), ("aux", "dires", "du"), ("aux", "dires", "des"),
    ("de", "l'", "aveu", "de"), ("de", "l'", "aveu", "du"),
)  # fmt: skip
_BARE = (("de", "source"), ("de", "sources"))
_FIRST_WORDS = frozenset(words[0] for words in (*_OPENERS, *_BARE)) | {"pour"}
_RELATIVE = frozenset("lequel laquelle lesquels lesquelles qui".split())
_PRONOUNS = frozenset("lui elle eux elles celui-ci celle-ci ceux-ci certains beaucoup".split())
_BEFORE_CONTENT = frozenset("car que qu' et mais où dont si donc or".split())
_CITED = frozenset("cité citée cités citées relayé relayée relayés relayées".split())
_JUDGING = frozenset("être constituer représenter signifier relever falloir devoir sembler agir devenir rester".split())
_MAX_SOURCE = 40  # tokens between the opener and the comma that ends the source


def according_claims(tree: Tree, index: MentionIndex, limits: Limits) -> Iterator[Draft]:
    """Claims of sentences or clauses framed by « selon » and its like."""
    for number, (first, stop) in enumerate(tree.sentences):
        for k in range(first, stop):
            found = _opener(tree, k, first, stop)
            if found is None:
                continue
            head = _source_head(tree, index, found, stop, only_actor=tree.lower[k] == "pour")
            if head is not None:
                cue = tree.start[k], tree.end[max(found - 1, k)]
                for draft in _around(tree, index, limits, number, k, head):
                    yield replace(draft, cue=cue, cues=(*draft.cues, *_cited_by(tree, head, stop)))


def _cited_by(tree: Tree, source: int, stop: int) -> Iterator[Cue]:
    """« selon un officier cité par Reuters »: who hands on what the source says."""
    for k in range(source + 1, min(source + 12, stop - 2)):
        if tree.lower[k] in _CITED and tree.lower[k + 1] == "par":
            after = range(k + 2, min(k + 8, stop))
            name = next((t for t in after if tree.pos[t] in ("NOUN", "PROPN")), None)
            if name is not None:
                yield Cue("relay", tuple(t for t in tree.subtree(name) if t >= name))
            return


def _opener(tree: Tree, k: int, first: int, stop: int) -> int | None:
    """Index of the first word of the source when an opener stands at `k`."""
    if tree.lower[k] not in _FIRST_WORDS:
        return None
    for words in _OPENERS:
        if tuple(tree.lower[k : k + len(words)]) == words and k + len(words) < stop:
            return k + len(words)
    for words in _BARE:
        if tuple(tree.lower[k : k + 2]) == words and (k == first or tree.pos[k - 1] == "PUNCT"):
            return k + 1
    if tree.lower[k] == "pour" and tree.lower[k + 1 : k + 2] == ["qui"] and tree.text[k - 1] == "," and k > first:
        return k + 1
    return k + 1 if tree.lower[k] == "pour" and k == first and k + 1 < stop else None


def _source_head(tree: Tree, index: MentionIndex, k: int, stop: int, *, only_actor: bool) -> int | None:
    """Head of the source: a name, a pronoun, or a noun of somebody who speaks (« selon le plan » names nobody)."""
    if tree.lower[k] == "qui" and tree.pos[k - 3] in ("PROPN", "NOUN"):  # « X, pour qui P »
        return k - 3
    for i in range(k, min(k + 10, stop)):
        if tree.lower[i] in _RELATIVE or tree.pos[i] == "VERB" or tree.text[i] in (",", ".", ";", ":"):
            return None
        if tree.lower[i] in _PRONOUNS or (tree.lower[i].startswith("dernier") and tree.lower[i - 1] in ("ce", "cette")):
            return None if only_actor else i
        if tree.pos[i] in ("NOUN", "PROPN") or index.labelled(i, ACTORS):
            named = [m for m in index.labelled(i, ACTORS) if m.kind is not Kind.DEMONYM]
            if named:
                return i
            if tree.pos[i] not in ("NOUN", "PROPN"):
                continue
            speaks = is_speaker_noun(tree, i) or tree.pos[i] == "PROPN" or _carries_name(tree, index, i)
            return i if speaks and not only_actor else None
    return None


def _carries_name(tree: Tree, index: MentionIndex, i: int) -> bool:
    return any(index.labelled(k, ACTORS) for k in tree.kids[i])


def _around(tree: Tree, index: MentionIndex, limits: Limits, number: int, k: int, source: int) -> Iterator[Draft]:
    """The content: what follows a source phrase that opens its clause, what precedes it otherwise."""
    begin, stop = tree.sentences[number]
    span = source_span(tree, index, source)
    around = limits.quotation_of(k)
    if around is not None:
        begin, stop = max(begin, around[0]), min(stop, around[1])
    after = _after_source(tree, source, k, stop) if source > k else k + 2
    opens = k - begin <= 2 or source < k or tree.lower[k - 1] in _BEFORE_CONTENT
    opens = opens or (tree.text[k - 1] == "," and tree.lower[k - 2] in _BEFORE_CONTENT)
    relative = _relative_before(tree, k, begin) if source > k else None
    if relative is not None:
        first, last = trimmed(tree, _antecedent_start(tree, relative, begin), stop)
        after = relative
    elif opens:
        first, last = trimmed(tree, after, stop)
        last = _before_incise(limits, first, last)
    elif _interrupts(tree, k, after, begin, stop) or (k - begin <= 4 and stop - after > k - begin):
        first, last = trimmed(tree, begin, stop)
    else:
        first, last = trimmed(tree, begin, k)
    first, last = trimmed(tree, first, last)
    if first >= last:
        return
    if opens and source > k and tree.lower[first] != "pour" and _opener(tree, first, begin, stop) is not None:
        return  # « Pour Washington, selon M. Dupont, … »: the nearer source speaks
    head = main_predicate(tree, after if relative is not None else first, last)
    if head is None or last - first < 3 or (tree.lower[k] == "pour" and source > k and not _judges(tree, head)):
        return
    yield content_draft(tree, first, last, head, span, k, Attribution.REPORTED, "claim.selon")


def _judges(tree: Tree, head: int) -> bool:
    """« Pour Ankara, c'est un danger » is an opinion; « Pour Ankara, Paris a construit un pont » is none."""
    copula = any(tree.dep[k] == "cop" for k in tree.kids[head])
    return copula or tree.lemma[head] in _JUDGING


def _relative_before(tree: Tree, k: int, begin: int) -> int | None:
    """« des chars qui, selon Kiev, ont brûlé », « qui ont, selon Kiev, brûlé »: the relative pronoun."""
    for t in range(k - 1, max(k - 5, begin), -1):
        if tree.lower[t] in ("qui", "lequel", "laquelle", "lesquels", "lesquelles") and tree.lower[t - 1] != "ce":
            return t
        if tree.pos[t] in ("NOUN", "PROPN", "ADJ"):
            return None
    return None


def _antecedent_start(tree: Tree, relative: int, begin: int) -> int:
    """First token of the noun phrase that the relative clause at `relative` belongs to."""
    at = tree.head[relative]
    noun = tree.head[at] if tree.dep[at].startswith("acl") and begin <= tree.head[at] < relative else relative - 1
    return max(begin, min([t for t in tree.subtree(noun) if t < relative], default=relative))


def _after_source(tree: Tree, source: int, k: int, stop: int) -> int:
    """First token after the source phrase: its comma, or the end of what hangs on it."""
    inside = [t for t in tree.subtree(source) if k <= t < stop] or [source]
    aside = False  # in a relative clause or participle after the source: « X, qui a vu les images, »
    for t in range(source, min(source + _MAX_SOURCE, stop)):
        if tree.text[t] in (",", ":", "«"):
            following = tree.lower[t + 1] if t + 1 < stop else ""
            if tree.text[t] == "," and not aside and (following in ("qui", "dont", "que") or following in _CITED):
                aside = True
                continue
            return t + 1
        if t > source and verbs.is_finite(tree, t) and t not in inside and not aside:
            break
    return _without_comma(tree, source, max(inside) + 1, stop)


def _without_comma(tree: Tree, source: int, after: int, stop: int) -> int:
    """« Selon la chaîne NHK le Japon prévoit »: the noun phrase right before the finite verb opens the content."""
    finite = next((t for t in range(source + 1, stop) if verbs.is_finite(tree, t)), stop)
    if finite >= after + 1 or finite == stop:
        return after
    at = finite
    while at - 1 > source and (tree.pos[at - 1] in ("NOUN", "PROPN", "ADJ", "NUM") or tree.text[at - 1][0].isupper()):
        at -= 1
    while at - 1 > source and (tree.pos[at - 1] == "DET" or tree.lower[at - 1] in ("le", "la", "les", "l'")):
        at -= 1
    return at


def _interrupts(tree: Tree, k: int, after: int, begin: int, stop: int) -> bool:
    """« Les chars ont, selon Kiev, été livrés »: the clause goes on after the source and is not whole before it."""
    unfinished = tree.text[after - 1] == "," and main_predicate(tree, begin, k) is None
    return unfinished and main_predicate(tree, after, stop) is not None


def _before_incise(limits: Limits, first: int, last: int) -> int:
    at = bisect_right(limits.incises, first)
    return min([last, *limits.incises[at : at + 1]])


def relays(tree: Tree, drafts: Stretches[Draft], draft: Draft) -> int | None:
    """Token of « selon » when this draft only names the relay of a content that somebody else is said to state."""
    if draft.cue is None or draft.rule != "claim.selon":
        return None
    at = draft.cue[0]
    for other in drafts.touching(draft.start, draft.end):
        if other.rule != "claim.selon" and other.start - 12 <= at <= other.end + 2:
            return tree.token_at(at)
    return None
