"""Mentions of a document by token, and the entities a noun phrase stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from pipeline.entities.found import Found
from pipeline.entities.mention_lists import ARTICLES, MentionLists
from pipeline.entities.nominals import organisation_meant
from pipeline.entities.titles import title_words
from pipeline.frames.roles import coordinated, direct_objects, fronted_host, grammatical_subject
from pipeline.frames.verbs import is_verb
from pipeline.lexicon.fold import fold
from pipeline.lexicon.forms import Entry
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.lexicon.rows import DATA
from pipeline.records import Kind, Label, RelationType
from pipeline.stretches import Stretches
from pipeline.tree import Tree

_POSSESSIVES = frozenset(("son", "sa", "ses", "leur", "leurs"))
# « ses alliés » are not the one who has them
_OTHERS = frozenset("allié partenaire voisin ennemi adversaire rival homologue cible".split())
# « des pays de l'OTAN, dont l'Espagne »: those named act, not the alliance
STATES = frozenset("état pays nation membre".split())
# Nouns for a weapon named before
_DEVICES = frozenset("appareil engin avion hélicoptère".split())
_THE = frozenset("le l' l’ ce cet".split())
# « des cibles utilisées par les Houthis »: participles that say whose a thing is
_HAVING = frozenset("utiliser employer exploiter contrôler mener diriger tenir déployer posséder détenir gérer".split())
_BEING = frozenset("constituer représenter devenir demeurer rester".split())
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


def is_hostile(verb: str) -> bool:
    """Whether a verb reproaches or punishes, so that a possessive behind « pour » is its object's."""
    hostile = (RelationType.OPPOSES, RelationType.SANCTIONS)
    return any(trigger.type in hostile for trigger in relation_lexicon().triggers.get((verb, "verb"), ()))


class MentionIndex(MentionLists):
    """Mentions by token, and whom a noun phrase stands for."""

    def __init__(self, tree: Tree, mentions: Sequence[Found], known: Mapping[str, Entry] | None = None) -> None:
        super().__init__(tree, mentions)
        self._known = known or {}
        self._open: set[int] = set()  # heads being resolved

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
        listed = self.exemplified(head, labels) if self.tree.lemma[head] in STATES else []
        return (
            own
            or listed
            or self._actor(head, labels)
            or self.exemplified(head, labels)
            or self._apposed_to(head, labels)
        )

    def _apposed_to(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« Guam, territoire situé … »: a common noun in apposition stands for the name before it."""
        tree = self.tree
        if tree.dep[head].startswith("nsubj"):
            return self._set_off(head, labels)
        listed = tree.dep[head] == "conj" and any(tree.dep[k] == "cc" for k in tree.kids[head])
        if tree.dep[head] not in ("appos", "conj") or listed or tree.pos[head] != "NOUN":
            return []
        return [m for m in self.labelled(self.tree.head[head], labels) if m.kind is not Kind.DEMONYM]

    def _set_off(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« Le Front al-Nosra, un groupe lié à Al-Qaïda, a … »: an apposition taken for a second subject."""
        tree = self.tree
        first = min([head, *(k for k in tree.kids[head] if tree.dep[k] == "det")])
        if first < 2 or tree.text[first - 1] != "," or tree.sent[first - 2] != tree.sent[head]:
            return []
        k = first - 2
        while tree.dep[k].partition(":")[0] in ("flat", "conj") and tree.head[k] < k:
            k = tree.head[k]
        if tree.head[k] != tree.head[head] or not tree.dep[k].startswith("nsubj"):
            return []
        named = [m for member in coordinated(tree, k) if member < head for m in self.labelled(member, labels)]
        return [m for m in named if m.kind is not Kind.DEMONYM]

    def named_by(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """Who an agent noun describes: subject of the copula, name in apposition on either side.

        « l'Iran est un exportateur de drones », « Baykar, fabricant de drones », « le fabricant de drones Baykar ».
        """
        tree = self.tree
        if any(tree.dep[k].startswith("cop") for k in tree.kids[head]):
            subjects = [k for k in tree.kids[head] if tree.dep[k].startswith("nsubj")]
            return [m for k in subjects for m in self.entities(k, labels)]
        above = tree.head[head]
        if tree.lemma[above] in _BEING and tree.dep[head] in ("obj", "xcomp") and is_verb(tree, above):
            return [m for k in grammatical_subject(tree, above) for m in self.entities(k, labels)]
        host = fronted_host(tree, head)
        if host is not None:  # « Membre de l'OTAN depuis 2017, le Monténégro … »
            return self.entities(host, labels)
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
        own = self.labelled(head, labels) or self._weapon_meant(head, labels)
        behind = [head, *(k for k in self.tree.kids[head] if self.tree.lemma[k] in ("classe", "type"))]
        named = [m for h in behind for k in [*self._appositions(h), *([h] if h != head else [])]
                 for m in self.labelled(k, labels) if m.label is Label.WEAPON]  # fmt: skip
        above = self.labelled(self.tree.head[head], (Label.WEAPON,)) if self.tree.dep[head] == "appos" else []
        if above and own and not named:
            return above  # « des BrahMos, une arme mise au point par … »
        if named or own:
            return [*(named or own), *self.exemplified(head, labels)]
        inner = [k for k in self.tree.kids[head] if self.tree.case(k) == "de"]
        if self.tree.lemma[head] in container_nouns() or self.tree.pos[head] == "NUM":
            counted = [m for k in inner for m in self._weapon(k, labels)]
            if counted:
                return counted
        return self.exemplified(head, labels)

    def _weapon_meant(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« … qui *les* exploitera », « *l'appareil* a été vendu »: the only weapon of this sentence and the last."""
        tree = self.tree
        named = tree.lemma[head] in _DEVICES and any(tree.lower[k] in _THE for k in tree.kids[head])
        counted = (tree.pos[head] in ("NUM", "PRON") or tree.lemma[head] == "autre") and any(
            tree.lower[k] == "en" and tree.pos[k] == "PRON" and k < head for k in tree.kids[tree.head[head]]
        )  # « la Serbie en a acheté douze »
        if not named and not counted and (tree.pos[head] != "PRON" or tree.lower[head] != "les"):
            return []
        first = tree.sentences[max(tree.sent[head] - 1, 0)][0]
        found = {m.entity_id: m for k in range(first, head) for m in self.labelled(k, labels)}
        return list(found.values()) if len(found) == 1 else []

    def _appositions(self, head: int) -> list[int]:
        beside = ("flat", "appos", "nmod", "amod")
        kids = self.tree.kids[head]
        return [k for k in kids if self.tree.dep[k].partition(":")[0] in beside and not self.tree.case(k)]

    def _actor(self, head: int, labels: frozenset[Label]) -> list[Found]:
        tree = self.tree
        if Label.PERSON in labels:
            persons = [m for k in self._appositions(head) for m in self.labelled(k, (Label.PERSON,))]
            persons = persons or self._office_holder(head)
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
        found = self.owners(head, labels) or self._users(head, labels) or self._own_state(head, labels)
        if not found and Label.ORGANISATION in labels:
            return organisation_meant(tree, self.placed, self._known, head)
        return found

    def _office_holder(self, head: int) -> list[Found]:
        """« le ministre bulgare de la Défense X », « l'ambassadeur de France au Gabon, X »: who holds the office."""
        tree = self.tree
        if fold(tree.text[head]) not in title_words():
            return []
        for k in range(head + 1, min(head + 9, tree.sentences[tree.sent[head]][1])):
            named = self.labelled(k, (Label.PERSON,))
            if named:
                return named[:1]
            if tree.text[k] == ",":
                beside = self.labelled(k + 1, (Label.PERSON,))[:1]
                after = tree.token_at(beside[0].end - 1) + 1 if beside else len(tree)
                # « Après son entretien avec le président turc, Hakan Fidan a … »
                return beside if after < len(tree) and tree.text[after] in (",", ")", ".", ";") else []
            inside = tree.pos[k] in ("ADJ", "ADP", "DET") or tree.lemma[k] in _SERVICE_NOUNS
            if not inside and not self.at.get(k):
                return []
        return []

    def _own_state(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« l'armée », « le pays » without more: the only country the sentence names before, else the article's own."""
        tree = self.tree
        if tree.lemma[head] not in _STATE_NOUNS or Label.COUNTRY not in labels:
            return []
        dets = [k for k in tree.kids[head] if tree.dep[k] == "det" and tree.lower[k] in ARTICLES]
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
            if tree.dep[participle].startswith("acl") and tree.lemma[participle] in _HAVING
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
        k = head + 1
        if k + 1 < len(self.tree) and self.tree.pos[k] == "ADJ" and not self.at.get(k):
            k += 1  # « les forces terrestres lituaniennes »
        if not out and k < len(self.tree) and self.tree.sent[k] == self.tree.sent[head]:
            out = self._adjectival(k, labels)  # « scénarios d'attaque chinoise », hung one noun too high
        for found in [m for m in out if m.kind is Kind.DEMONYM]:
            out.extend(self._second_demonym(found, labels))
        return list(dict.fromkeys(out)) or self.possessors(head, labels)

    def _second_demonym(self, first: Found, labels: frozenset[Label]) -> list[Found]:
        """« les armées saoudienne et koweïtienne », where the parser loses the second."""
        k = self.tree.token_at(first.end - 1) + 2
        if k >= len(self.tree) or self.tree.lower[k - 1] != "et" or not self.tree.text[k][0].islower():
            return []
        return [m for m in self.labelled(k, labels) if m.kind is Kind.DEMONYM]

    def possessors(self, head: int, labels: frozenset[Label]) -> list[Found]:
        """« son invasion », « ses F-16 »: the subject of the clause, else the actor named last before it."""
        tree = self.tree
        owned = any(tree.lower[k] in _POSSESSIVES and k < head for k in tree.kids[head])
        if not owned or tree.lemma[head] in _OTHERS:
            return []
        verb = next((a for a in tree.ancestors(head) if tree.pos[a] == "VERB"), None)
        subjects = grammatical_subject(tree, verb) if verb is not None else []
        if verb is not None and tree.case(head) == "pour" and is_hostile(tree.lemma[verb]):
            # « a sanctionné Minsk pour son soutien à Moscou »: the soutien of who is punished
            subjects = [k for k in direct_objects(tree, verb) if k < head] or subjects
        inside = {head, *tree.ancestors(head)}  # « l'un de ses alliés » cannot own itself
        if subjects and inside.isdisjoint(subjects) and tree.lower[subjects[0]] != "on":
            return [m for s in subjects for m in self.entities(s, labels)]
        first = tree.sentences[tree.sent[head]][0]
        before = [m for k in range(first, head) for m in self.labelled(k, labels) if m.kind is not Kind.DEMONYM]
        distinct = list({m.entity_id: m for m in before}.values())
        theirs = any(tree.lower[k] in ("leur", "leurs") and k < head for k in tree.kids[head])
        if theirs and len(distinct) == 2:
            return distinct  # « … un accord qui facilitera leurs exercices communs »
        return distinct if len(distinct) == 1 else []

    def _adjectival(self, i: int, labels: frozenset[Label]) -> list[Found]:
        """Demonyms, possessives and groups written like adjectives (« houthis », « talibans ») at token `i`."""
        found = self.labelled(i, labels)
        lower = self.tree.text[i][0].islower()
        return [m for m in found if m.kind in (Kind.DEMONYM, Kind.PRONOUN) or (lower and self.tree.dep[i] == "amod")]
