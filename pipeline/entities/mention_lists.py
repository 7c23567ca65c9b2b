"""Mentions of a document by token, and the lists of names that a text gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.entities.found import Found
from pipeline.records import Kind, Label
from pipeline.tree import Tree

# prepositions that end an enumeration: « à Kiev et pour Moscou »
_BREAKS = frozenset("pour par contre avec vers sans chez selon sous depuis entre".split())
_LINKS = frozenset((",", "et", "ou", "ainsi"))
_QUE = frozenset(("que", "qu'", "qu’"))
_EXAMPLE_PAIRS = frozenset((("y", "compris"), ("en", "particulier"), ("à", "savoir")))
ARTICLES = frozenset(("le", "la", "les", "l'", "l’"))


class MentionLists:
    """Mentions by token. A token may carry several mentions when it names a group."""

    def __init__(self, tree: Tree, mentions: Sequence[Found]) -> None:
        self.tree = tree
        self.mentions = mentions
        self.at: dict[int, list[Found]] = defaultdict(list)
        for mention in mentions:
            for i in range(tree.token_at(mention.start), tree.token_at(mention.end - 1) + 1):
                self.at[i].append(mention)

    def labelled(self, i: int, labels: Iterable[Label]) -> list[Found]:
        """Mentions with one of the labels that cover token `i`."""
        return [m for m in self.at.get(i, ()) if m.label in labels]

    def exemplified(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """What is named as an example of a noun: « du matériel, tel que des munitions », « des pays, dont l'Inde »."""
        tree = self.tree
        stop = tree.sentences[tree.sent[head]][1]
        for k in range(head + 1, min(head + 10, stop)):
            low = tree.lower[k]
            if tree.pos[k] in ("VERB", "AUX") and tree.dep[k] not in ("acl", "amod"):
                return []
            after = (
                k + 2
                if (low in ("tel", "tels", "telle", "telles") and k + 1 < stop and tree.lower[k + 1] in _QUE)
                else 0
            )
            after = after or (k + 2 if (low, tree.lower[min(k + 1, stop - 1)]) in _EXAMPLE_PAIRS else 0)
            after = after or (k + 1 if low in ("notamment", "dont") and tree.text[k - 1] in (",", "(") else 0)
            if not after:
                continue
            while after < stop and tree.pos[after] in ("DET", "ADP", "NUM", "ADJ") and not self.labelled(after, labels):
                after += 1
            found = [m for m in self.labelled(after, labels) if m.kind is not Kind.DEMONYM] if after < stop else []
            return self.enumerated(found, labels)
        return []

    def compound(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« la guerre Iran-Irak », « les relations Paris-Berlin »: two names joined by a hyphen behind a noun."""
        k, stop = head + 1, self.tree.sentences[self.tree.sent[head]][1]
        names: list[Found] = []
        while k < stop and (self.labelled(k, labels) or self.tree.text[k] in ("-", "–")):
            names.extend(m for m in self.labelled(k, labels) if m not in names and m.kind is not Kind.DEMONYM)
            k += 1
        return names if len(names) == 2 and names[1].start - names[0].end <= 3 else []

    def enumerated(self, found: Sequence[Found], labels: frozenset[Label]) -> list[Found]:
        """The mentions and, for the last one, the rest of the enumeration it opens: « l'Inde, le Japon et la Corée ».

        Read off the surface, since the parser loses long lists: members of the same labels, separated by commas and
        closed by « et », « ou » or « ainsi que ».
        """
        out = list(found)
        if not out or any(m.kind is Kind.DEMONYM for m in out):
            return out
        run = [out[-1]]
        closed = False
        while not closed:
            following = self._next_member(run[-1], labels)
            if following is None:
                break
            run.append(following[0])
            closed = following[1]
        if closed:
            out.extend(m for m in run[1:] if m not in out)
        return out

    def _next_member(self, mention: Found, labels: frozenset[Label]) -> tuple[Found, bool] | None:
        tree = self.tree
        k = tree.token_at(mention.end - 1) + 1
        stop = tree.sentences[tree.sent[k - 1]][1] if k <= len(tree) else 0
        k = self._skip_modifiers(k, stop)
        if k >= stop or tree.lower[k] not in (",", "et", "ou", "ainsi"):
            return None
        closing = tree.lower[k] != ","
        k += 2 if tree.lower[k] == "ainsi" else 1
        steps = 0
        while k < stop and steps < 5:
            own = [m for m in self.labelled(k, labels) if m.kind is not Kind.DEMONYM]
            if own:
                return own[0], closing
            if tree.lower[k] in ("et", "ou") and not closing:
                closing = True
            elif tree.lower[k] in _BREAKS or (
                tree.pos[k] not in ("DET", "ADP", "NUM", "ADJ", "NOUN") and tree.lower[k] not in ARTICLES
            ):
                return None
            k += 1
            steps += 1
        return None

    def _skip_modifiers(self, k: int, stop: int) -> int:
        """Past adjectives, demonyms and a parenthesis after a member of a list."""
        tree = self.tree
        if k < stop and tree.text[k] == "(":
            closing = next((j for j in range(k, min(k + 8, stop)) if tree.text[j] == ")"), None)
            k = closing + 1 if closing is not None else k
        while (
            k < stop
            and tree.lower[k] not in _LINKS
            and (
                tree.pos[k] == "ADJ" or tree.dep[k] == "flat" or any(m.kind is Kind.DEMONYM for m in self.at.get(k, ()))
            )
        ):
            k += 1
        return k
