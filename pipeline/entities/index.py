"""Mentions of a document by token, and the entities a noun phrase stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline.entities.found import Found
from pipeline.lexicon.rows import DATA
from pipeline.records import Kind, Label
from pipeline.tree import Tree

ACTORS = frozenset((Label.COUNTRY, Label.ORGANISATION, Label.PERSON))
WEAPONS = frozenset((Label.WEAPON, Label.WEAPON_CLASS))


@cache
def actor_nouns() -> frozenset[str]:
    """Nouns whose acts are acts of the state or organisation that qualifies them (« l'armée russe »)."""
    with (DATA / "actor_nouns.txt").open(encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def container_nouns() -> frozenset[str]:
    """Nouns that only measure or sort what follows (« une dizaine de drones », « un lot de missiles »)."""
    with (DATA / "container_nouns.txt").open(encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


class MentionIndex:
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

    def entities(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """Mentions that the noun phrase headed by `head` stands for, limited to `labels`.

        The head itself first; then a named weapon that a class noun introduces; a person in apposition to a function;
        the state or organisation whose army, government or minister acts; what a container noun counts.
        """
        if labels & WEAPONS:
            return self._weapon(head, labels)
        own = self.labelled(head, labels)
        if own:
            return [m for m in own if m.kind is not Kind.DEMONYM or self._is_people(head)]
        return self._actor(head, labels)

    def _is_people(self, head: int) -> bool:
        """« les Iraniens » acts as a state; « un Iranien » or an adjective does not."""
        dets = [k for k in self.tree.kids[head] if self.tree.dep[k] == "det"]
        return self.tree.text[head][0].isupper() and any(self.tree.lower[k] in ("les", "des", "aux") for k in dets)

    def _weapon(self, head: int, labels: frozenset[Label]) -> list[Found]:
        own = self.labelled(head, labels)
        named = [m for k in self._appositions(head) for m in self.labelled(k, labels) if m.label is Label.WEAPON]
        if named:
            return named
        if own:
            return own
        inner = [k for k in self.tree.kids[head] if self.tree.case(k) == "de"]
        if self.tree.lemma[head] in container_nouns() or self.tree.pos[head] == "NUM":
            return [m for k in inner for m in self._weapon(k, labels)]
        return []

    def _appositions(self, head: int) -> list[int]:
        return [k for k in self.tree.kids[head] if self.tree.dep[k].partition(":")[0] in ("flat", "appos", "nmod", "amod")
                and not self.tree.case(k)]  # fmt: skip

    def _actor(self, head: int, labels: frozenset[Label]) -> list[Found]:
        tree = self.tree
        if Label.PERSON in labels:
            persons = [m for k in self._appositions(head) for m in self.labelled(k, (Label.PERSON,))]
            if persons:
                return persons[:1]
        if Label.ORGANISATION in labels:
            named = [m for k in self._appositions(head) for m in self.labelled(k, (Label.ORGANISATION,))]
            if named:
                return named[:1]
        if tree.lemma[head] not in actor_nouns():
            return []
        return self.owners(head, labels)

    def owners(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """Actors that qualify a noun: « l'armée russe », « le soutien de Moscou », « ses S-400 »."""
        tree = self.tree
        out: list[Found] = []
        for k in tree.kids[head]:
            if tree.dep[k].partition(":")[0] in ("amod", "det", "nmod", "flat", "conj", "appos", "dep", "acl"):
                if tree.case(k) not in ("", "de"):
                    continue
                found = self.labelled(k, labels)
                if tree.case(k) == "" and tree.dep[k] not in ("det",) and not tree.dep[k].startswith("nmod"):
                    found = [m for m in found if m.kind is Kind.DEMONYM]
                if found:
                    out.extend(found)
                    out.extend(m for c in tree.kids[k] if tree.dep[c] == "conj" for m in self.labelled(c, labels))
        return list(dict.fromkeys(out))
