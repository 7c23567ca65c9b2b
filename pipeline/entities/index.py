"""Mentions of a document by token, and the entities a noun phrase stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from pipeline.entities.found import Found
from pipeline.frames.roles import grammatical_subject
from pipeline.lexicon.rows import DATA
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches
from pipeline.tree import Tree

# prepositions that end an enumeration: « à Kiev et pour Moscou »
_BREAKS = frozenset("pour par contre avec vers sans chez selon sous depuis entre".split())
_ARTICLES = frozenset(("le", "la", "les", "l'", "l’"))
_LINKS = frozenset((",", "et", "ou", "ainsi"))
_POSSESSIVES = frozenset(("son", "sa", "ses", "leur", "leurs"))
# « ses alliés » are not the one who has them
_OTHERS = frozenset("allié partenaire voisin ennemi adversaire rival homologue cible".split())
_QUE = frozenset(("que", "qu'", "qu’"))
_EXAMPLE_PAIRS = frozenset((("y", "compris"), ("en", "particulier"), ("à", "savoir")))
# complements that only say which branch: « l'armée de l'air sud-coréenne », « ministre de la Défense russe »
_SERVICE_NOUNS = frozenset(
    "air terre mer défense autodéfense sécurité intérieur guerre marine infanterie affaire état".split()
)
# a maker's name beside these is no actor: « un bombardier américain Rockwell »
_MACHINES = frozenset("avion chasseur navire missile drone bombardier artillerie char hélicoptère sous-marin".split())
# « au sud du Litani », « dans la région de Kidal »: the place is what follows
_LOCALITIES = frozenset(
    "nord sud est ouest centre nord-est nord-ouest sud-est sud-ouest région province ville district frontière localité "
    "banlieue périphérie port aéroport base large côte zone secteur territoire sol continent île village".split()
)
DOMINANCE = 1.5  # how many times more often than the second country the article's own is named
_STATE_NOUNS = frozenset("armée gouvernement autorité pays état-major marine aviation régime".split())
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
        self._open: set[int] = set()  # heads being resolved
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
        if head in self._open:  # « leur chef et son allié »: possessives may point at each other
            return []
        self._open.add(head)
        try:
            return self._entities(head, labels)
        finally:
            self._open.discard(head)

    def _entities(self, head: int, labels: frozenset[Label]) -> list[Found]:
        if labels & WEAPONS:
            return self._weapon(head, labels)
        own = [m for m in self.labelled(head, labels) if m.kind is not Kind.DEMONYM or self._is_people(head)]
        return own or self._actor(head, labels) or self.exemplified(head, labels) or self._apposed_to(head, labels)

    def _apposed_to(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« Guam, territoire situé … »: a common noun in apposition stands for the name before it."""
        tree = self.tree
        listed = tree.dep[head] == "conj" and any(tree.dep[k] == "cc" for k in tree.kids[head])
        if tree.dep[head] not in ("appos", "conj") or listed or tree.pos[head] != "NOUN":
            return []
        return [m for m in self.labelled(self.tree.head[head], labels) if m.kind is not Kind.DEMONYM]

    def named_by(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """Who an agent noun describes: subject of the copula, name in apposition on either side.

        « l'Iran est un exportateur de drones », « Baykar, fabricant de drones », « le fabricant de drones Baykar ».
        """
        tree = self.tree
        if any(tree.dep[k].startswith("cop") for k in tree.kids[head]):
            subjects = [k for k in tree.kids[head] if tree.dep[k].startswith("nsubj")]
            return [m for k in subjects for m in self.entities(k, labels)]
        return self._apposed_to(head, labels) or [
            m
            for k in tree.kids[head]
            if tree.dep[k].partition(":")[0] in ("appos", "flat") and tree.pos[k] == "PROPN" and not tree.case(k)
            for m in self.labelled(k, labels)
        ]

    def _is_people(self, head: int) -> bool:
        """« les Iraniens » acts as a state; « un Iranien » or an adjective does not."""
        dets = [k for k in self.tree.kids[head] if self.tree.dep[k] == "det"]
        return self.tree.text[head][0].isupper() and any(self.tree.lower[k] in ("les", "des", "aux") for k in dets)

    def _weapon(self, head: int, labels: frozenset[Label]) -> list[Found]:
        own = self.labelled(head, labels)
        behind = [head, *(k for k in self.tree.kids[head] if self.tree.lemma[k] in ("classe", "type"))]
        named = [m for h in behind for k in [*self._appositions(h), *([h] if h != head else [])]
                 for m in self.labelled(k, labels) if m.label is Label.WEAPON]  # fmt: skip
        if named or own:
            return [*(named or own), *self.exemplified(head, labels)]
        inner = [k for k in self.tree.kids[head] if self.tree.case(k) == "de"]
        if self.tree.lemma[head] in container_nouns() or self.tree.pos[head] == "NUM":
            counted = [m for k in inner for m in self._weapon(k, labels)]
            if counted:
                return counted
        return self.exemplified(head, labels)

    def _appositions(self, head: int) -> list[int]:
        beside = ("flat", "appos", "nmod", "amod")
        kids = self.tree.kids[head]
        return [k for k in kids if self.tree.dep[k].partition(":")[0] in beside and not self.tree.case(k)]

    def _actor(self, head: int, labels: frozenset[Label]) -> list[Found]:
        tree = self.tree
        if Label.PERSON in labels:
            persons = [m for k in self._appositions(head) for m in self.labelled(k, (Label.PERSON,))]
            if persons:
                return persons[:1]
        if Label.ORGANISATION in labels and tree.lemma[head] not in _MACHINES:
            named = [m for k in self._appositions(head) for m in self.labelled(k, (Label.ORGANISATION,))]
            named = named or self._named_after(head)
            if named:
                return named[:1]
        inside = tree.lemma[head] in _LOCALITIES and Label.PLACE in labels
        if inside or tree.lemma[head] in container_nouns():
            counted = [m for k in tree.kids[head] if tree.case(k) == "de" for m in self.entities(k, labels)]
            if counted:
                return counted
        if tree.lemma[head] not in actor_nouns():
            return []
        return self.owners(head, labels) or self._users(head, labels) or self._own_state(head, labels)

    def _own_state(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« l'armée », « le pays » without more: the only country the sentence names before, else the article's own."""
        tree = self.tree
        if tree.lemma[head] not in _STATE_NOUNS or Label.COUNTRY not in labels:
            return []
        dets = [k for k in tree.kids[head] if tree.dep[k] == "det" and tree.lower[k] in _ARTICLES]
        if not dets or any(tree.case(k) == "de" or (tree.dep[k] == "amod" and self.at.get(k)) for k in tree.kids[head]):
            return []
        first = tree.sentences[tree.sent[head]][0]
        near = {m.entity_id: m for k in range(first, head) for m in self.labelled(k, (Label.COUNTRY,))}
        if near:
            return list(near.values()) if len(near) == 1 else []
        return [self.dominant] if self.dominant is not None else []

    @cached_property
    def placed(self) -> Stretches[Found]:
        """The mentions by place."""
        return Stretches(self.mentions)

    @cached_property
    def dominant(self) -> Found | None:
        """A mention of the country the document is mostly about, None where no country stands out."""
        countries = [m for m in self.mentions if m.label is Label.COUNTRY]
        ranked = Counter(m.entity_id for m in countries).most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] < DOMINANCE * ranked[1][1]):
            return None
        return next(m for m in countries if m.entity_id == ranked[0][0])

    def _users(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« des cibles utilisées par les Houthis »: who has what a participle says."""
        tree = self.tree
        agents = [
            k
            for participle in tree.kids[head]
            if tree.dep[participle].startswith("acl")
            for k in tree.kids[participle]
            if tree.dep[k] == "obl:agent" or tree.case(k) == "par"
        ]
        return [m for k in agents for m in self.entities(k, labels)]

    def _named_after(self, head: int) -> list[Found]:
        """« la société brésilienne Embraer »: the name right behind a kind noun and its adjectives."""
        k = self._skip_modifiers(head + 1, self.tree.sentences[self.tree.sent[head]][1])
        if k >= len(self.tree) or self.tree.sent[k] != self.tree.sent[head]:
            return []
        return [m for m in self.labelled(k, (Label.ORGANISATION,)) if self.tree.text[k][0].isupper()]

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

    def owners(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """Actors that qualify a noun: « l'armée russe », « ses S-400 », else « le soutien de Moscou »."""
        return self.qualifiers(head, labels) or [
            m
            for k in self.tree.kids[head]
            if self.tree.case(k) == "de"
            for member in self.enumerated(self.entities(k, labels), labels)
            for m in [member]
        ]

    def qualifiers(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """Actors named by an adjective or a possessive of a noun, coordinated ones too."""
        out: list[Found] = []
        for k in self.tree.kids[head]:
            dep = self.tree.dep[k].partition(":")[0]
            if dep in ("amod", "flat", "appos", "acl", "dep", "nmod", "conj", "det") and not self.tree.case(k):
                for member in [k, *(c for c in self.tree.kids[k] if self.tree.dep[c] == "conj")]:
                    out.extend(self._adjectival(member, labels))
            elif self.tree.case(k) == "de" and self.tree.lemma[k] in _SERVICE_NOUNS:
                # « l'armée de l'air sud-coréenne »: the adjective hangs on the complement
                out.extend(
                    m for c in self.tree.kids[k] if self.tree.dep[c] == "amod" for m in self._adjectival(c, labels)
                )
        if not out and head + 1 < len(self.tree) and self.tree.sent[head + 1] == self.tree.sent[head]:
            out = self._adjectival(head + 1, labels)  # « scénarios d'attaque chinoise », hung one noun too high
        return list(dict.fromkeys(out)) or self.possessors(head, labels)

    def possessors(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« son invasion », « ses F-16 »: the subject of the clause, else the actor named last before it."""
        tree = self.tree
        owned = any(tree.lower[k] in _POSSESSIVES and k < head for k in tree.kids[head])
        if not owned or tree.lemma[head] in _OTHERS:
            return []
        verb = next((a for a in tree.ancestors(head) if tree.pos[a] == "VERB"), None)
        subjects = grammatical_subject(tree, verb) if verb is not None else []
        inside = {head, *tree.ancestors(head)}  # « l'un de ses alliés » cannot own itself
        if subjects and inside.isdisjoint(subjects):
            return [m for s in subjects for m in self.entities(s, labels)]
        first = tree.sentences[tree.sent[head]][0]
        before = [m for k in range(first, head) for m in self.labelled(k, labels) if m.kind is not Kind.DEMONYM]
        return before[-1:] if len({m.entity_id for m in before}) == 1 else []

    def _adjectival(self, i: int, labels: frozenset[Label]) -> list[Found]:
        """Demonyms, possessives and groups written like adjectives (« houthis », « talibans ») at token `i`."""
        found = self.labelled(i, labels)
        lower = self.tree.text[i][0].islower()
        return [m for m in found if m.kind in (Kind.DEMONYM, Kind.PRONOUN) or (lower and self.tree.dep[i] == "amod")]

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
                tree.pos[k] not in ("DET", "ADP", "NUM", "ADJ", "NOUN") and tree.lower[k] not in _ARTICLES
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
