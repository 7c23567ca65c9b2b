"""Predicate frames: one normal form for verbs and event nouns, with who, what, how sure and which words say so."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.frames import verbs
from pipeline.frames.predicates import modifiers, predicates
from pipeline.frames.roles import coordinated, direct_objects, grammatical_subject, logical_roles, low_complements, obliques
from pipeline.records import Modality, Polarity, Tense
from pipeline.tree import Tree

_MAX_GOVERNORS = 5
_PARTICIPLE_PREPS = frozenset("contre sur avec entre par".split())
_LIGHT_PREPS = frozenset("avec contre à envers en vers chez".split())
# Verbs whose subject is an act and whose object is who it reaches
_TARGETING = frozenset("viser cibler toucher frapper atteindre".split())
_AHEAD = frozenset("intention promise ask none enable threat risk".split())
_HELPING = frozenset("aider soutenir appuyer assister épauler accompagner".split())
_HELP = frozenset("soutien aide appui assistance concours".split())
_INTENTIONS = ("intention", "promise", "talks")  # who intends, promises or negotiates an act would do it
# What the conditional of a modal says of the modal itself
_CONDITIONAL_MODALS = {
    "pouvoir": "possible", "devoir": "probable", "falloir": "required", "vouloir": "intended", "souhaiter": "intended",
    "aimer": "intended",
}  # fmt: skip
# Prepositions of an infinitive that is no complement but a circumstance
_CIRCUMSTANCE = frozenset("pour afin avant après sans jusqu'à jusque".split())
_UNLIKELY = frozenset(("peu", "guère"))
# Nouns that hand the subject of a light verb on: « publier une déclaration de soutien »
_PASSING = frozenset(
    "déclaration message série vague campagne opération programme acte geste signe offre proposition contrat".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided something: `kind` says what, `tokens` which (document token indices, in order)."""

    kind: str
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Complement:
    """A prepositional complement; `near` is False where it hangs on another complement of the predicate."""

    prep: str
    head: int
    near: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate with its logical roles and its colour. All integers are token indices of the `Tree`.

    `agents` and `patients` are heads of noun phrases, voice undone; for a noun they are empty where only
    prepositions tell. `governors` are the predicates above, nearest first, that colour this one.
    """

    head: int
    lemma: str
    kind: str
    voice: str
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    complements: tuple[Complement, ...]
    governors: tuple[int, ...]
    polarity: Polarity
    modality: Modality
    tense: Tense
    cues: tuple[Cue, ...]


def verb_frame(tree: Tree, i: int) -> Frame:
    """The frame of the verb group at token `i`."""
    agents, patients = logical_roles(tree, i)
    patients = patients or _partitive_objects(tree, i) or _adjacent_object(tree, i) or _listed_object(tree, i)
    voice = "passive" if verbs.is_passive(tree, i) else "reflexive" if verbs.is_reflexive(tree, i) else "active"
    return _frame(tree, i, "verb", voice, agents, patients)


def _adjacent_object(tree: Tree, i: int) -> list[int]:
    """« qui finance le Hezbollah »: a bare noun phrase right behind an active verb, hung elsewhere by the parser."""
    if verbs.is_passive(tree, i) or verbs.is_reflexive(tree, i) or tree.dep[i].startswith("aux"):
        return []
    first, stop = i + 1, tree.sentences[tree.sent[i]][1]
    if tree.lower[first : first + 2] in (["en", "garde"], ["en", "cause"]):
        first += 2  # « met en garde Londres »
    k = first
    while k < stop and (tree.pos[k] in ("DET", "NUM", "ADJ") or tree.dep[k] == "flat"):
        k += 1
    if k >= stop or tree.pos[k] not in ("NOUN", "PROPN") or tree.case(k) or tree.dep[k].startswith("nsubj"):
        return []
    return coordinated(tree, k) if tree.head[k] < first else []


def _listed_object(tree: Tree, i: int) -> list[int]:
    """« a présenté à la presse l'avion de transport »: an object taken for a second member of a complement."""
    if verbs.is_passive(tree, i) or verbs.is_reflexive(tree, i):
        return []
    for _, head in obliques(tree, i):
        for k in tree.kids[head]:
            bare = tree.dep[k] in ("conj", "nmod", "appos") and not tree.case(k) and k > i
            if bare and any(tree.dep[d] in ("det", "nummod") for d in tree.kids[k]) and not any(tree.dep[d] == "cc" for d in tree.kids[k]):
                return coordinated(tree, k)
    return []


def _partitive_objects(tree: Tree, i: int) -> list[int]:
    """« a livré à Kiev des drones », « n'utilise pas de F-16 »: an object that the parser takes for a complement."""
    if verbs.is_passive(tree, i):
        return []
    negated = bool(verbs.negation(tree, i))
    # « ne possède plus de chars »: the partitive may hang on the negation
    negated_by = [k for k in verbs.negation(tree, i) if k > i and k in tree.kids[i]]
    heads = [h for k in negated_by for p, h in obliques(tree, k) if p == "de"] + [
        c.head
        for c in _complements(tree, i)
        if c.prep == "de" and c.head > i and (_article(tree, c.head, negated) or _under_name(tree, c))
    ]
    return [member for head in heads[:1] for member in coordinated(tree, head)]


def _under_name(tree: Tree, complement: Complement) -> bool:
    """« a livré à la Russie du matériel »: a partitive hung on the name before it."""
    first = min((k for k in tree.kids[complement.head] if tree.dep[k] == "case"), default=complement.head)
    return not complement.near and tree.pos[tree.head[complement.head]] == "PROPN" and tree.lower[first] == "du"


def _article(tree: Tree, head: int, negated: bool) -> bool:
    first = min((k for k in tree.kids[head] if tree.dep[k] in ("case", "det") and k < head), default=head)
    return tree.lower[first] == "des" or negated and tree.lower[first] in ("de", "d'", "d’")


def noun_frame(tree: Tree, i: int) -> Frame:
    """The frame of the event noun at token `i`; agents come from light verbs only, the rest from prepositions."""
    return _frame(tree, i, "noun", "active", light_agents(tree, i), light_patients(tree, i))


def _frame(tree: Tree, i: int, kind: str, voice: str, agents: list[int], patients: list[int]) -> Frame:
    colour = colour_of(tree, i)
    return Frame(
        i, tree.lemma[i], kind, voice, tuple(agents), tuple(patients), tuple(_complements(tree, i)),
        tuple(governors(tree, i)), colour.polarity, colour.modality, colour.tense, tuple(colour.cues),
    )  # fmt: skip


def _complements(tree: Tree, i: int) -> list[Complement]:
    near = [Complement(prep, head) for prep, head in obliques(tree, i)]
    if not verbs.is_verb(tree, i):  # « des frappes ciblées contre des positions »
        participles = [k for k in tree.kids[i] if tree.dep[k].startswith("acl") and tree.pos[k] == "VERB"]
        low_heads = [(p, h) for k in participles for p, h in obliques(tree, k) if p in _PARTICIPLE_PREPS or _is_light(tree, k) and p != "de"]
        near.extend(Complement(prep, head, near=False) for prep, head in low_heads)
        above = tree.head[i]
        if tree.pos[above] == "NOUN" and tree.dep[i] == "nmod" and not any(tree.dep[k] == "det" for k in tree.kids[i]):
            # « des scénarios d'attaque contre Taïwan »: what follows may hang one noun too high
            near.extend(Complement(p, h, near=False) for p, h in obliques(tree, above) if h > i and p != "de")
    near.extend(Complement("à", head) for head in _dative(tree, i))
    if verbs.is_infinitive(tree, i) and tree.dep[i].startswith(("xcomp", "ccomp", "obj", "obl")):
        # « a renoncé à acquérir des drones auprès de X »: hung on the verb above
        above = tree.head[i]
        if verbs.is_verb(tree, above):
            near.extend(Complement(p, h, near=False) for p, h in obliques(tree, above) if h > i and p != "de")
    if not verbs.is_verb(tree, i) and tree.dep[i] in ("obj", "nsubj:pass"):
        entry = predicates().get((tree.lemma[tree.head[i]], "verb"))
        if entry is not None and entry.light:  # « signer avec Naval Group un contrat »
            shared = _LIGHT_PREPS | {"entre"} if tree.dep[i] == "nsubj:pass" else _LIGHT_PREPS
            near.extend(Complement(p, h, near=False) for p, h in obliques(tree, tree.head[i]) if p in shared)
    seen = {c.head for c in near}
    low = [Complement(prep, head, near=False) for prep, head in low_complements(tree, i) if head not in seen]
    return [*near, *dict.fromkeys(low)]


def _dative(tree: Tree, i: int) -> list[int]:
    """« l'Ukraine presse ses alliés de lui fournir des armes »: the clitic is the subject of the clause above."""
    if not verbs.is_infinitive(tree, i) or not any(tree.lower[k] in ("lui", "leur") and k < i for k in tree.kids[i]):
        return []
    above = next((a for a in tree.ancestors(i) if verbs.is_verb(tree, a)), i)
    entry = predicates().get((tree.lemma[above], "verb"))
    return grammatical_subject(tree, above) if entry is not None and entry.control in ("object", "indirect") else []


def light_agents(tree: Tree, noun: int, *, any_verb: bool = False) -> list[int]:
    """The subject of a light verb whose complement an event noun is: « Moscou a procédé à la livraison de ».

    With `any_verb` the verb need not be light: a message of support is the support of whoever sends it.
    """
    head = tree.head[noun]
    if head == noun:
        return []
    if tree.dep[noun] == "conj" and tree.pos[head] == "NOUN":
        return light_agents(tree, head, any_verb=any_verb)
    if tree.pos[head] == "NOUN" and tree.dep[noun] == "nmod" and tree.case(noun) in ("de", "pour"):
        # « une déclaration de soutien », « la tentative de Moscou de lancement »
        owners = [k for k in tree.kids[head] if k != noun and tree.case(k) == "de" and tree.pos[k] == "PROPN"]
        possessed = (tree.lemma[head], "noun") in predicates()
        if owners and possessed:
            return owners
        passing = tree.lemma[head] in _PASSING
        return light_agents(tree, head, any_verb=passing) if possessed or passing else []
    entry = predicates().get((tree.lemma[head], "verb")) if verbs.is_verb(tree, head) else None
    owner_of = tree.head[head]
    if tree.pos[head] == "PROPN" and tree.case(head) == "de" and (tree.lemma[owner_of], "noun") in predicates():
        return [head]  # « la tentative de Séoul de lancement », hung on the name
    if _is_object_of_act(tree, head):
        return []
    helped = _helped(tree, noun, head)
    if helped:
        return helped
    passes = entry is not None and (entry.light or "noun" in entry.complement and entry.kind in _INTENTIONS)
    if not (passes or any_verb and verbs.is_verb(tree, head)):
        return []
    if tree.dep[noun].startswith("nsubj") and not verbs.is_passive(tree, head):
        return []
    if tree.dep[noun].startswith("obl") and tree.case(noun) not in _passing_cases(tree, head):
        return []  # « renforcer l'alliance contre les menaces »
    if tree.dep[noun].startswith("obl") and tree.case(noun) in ("en", "dans") and tree.kids_by(head, "obj"):
        return []  # « fournit des renseignements dans la guerre »
    agents, _ = logical_roles(tree, head)
    return [] if noun in agents else agents


def _helped(tree: Tree, noun: int, verb: int) -> list[int]:
    """« aider Kiev dans l'achat de », « offrir son soutien à l'Inde pour l'acquisition de »: the helped one acts."""
    if not verbs.is_verb(tree, verb) or tree.case(noun) not in ("pour", "dans"):
        return []
    if tree.lemma[verb] in _HELPING:
        return direct_objects(tree, verb)
    if any(tree.lemma[k] in _HELP for k in tree.kids_by(verb, "obj")):
        return [c.head for c in _complements(tree, verb) if c.prep == "à"][:1]
    return []


def _passing_cases(tree: Tree, verb: int) -> tuple[str, ...]:
    """Prepositions under which a light verb hands its subject on: « collaborer sur la production de »."""
    shared = ("sur",) if tree.lemma[verb] in ("collaborer", "coopérer", "travailler") else ()
    return ("", "à", "de", "en", "dans", *shared)


def _is_light(tree: Tree, verb: int) -> bool:
    entry = predicates().get((tree.lemma[verb], "verb")) if verbs.is_verb(tree, verb) else None
    return entry is not None and entry.light and entry.kind == "light"


def light_patients(tree: Tree, noun: int) -> list[int]:
    """Whom the act named by an event noun reaches, where a verb says so.

    « Kiev a reçu une aide », « fait l'objet de sanctions »: the subject; « les frappes visent Damas », « visé par des
    sanctions »: the target.
    """
    for verb in [tree.head[noun], *(k for k in tree.kids[noun] if tree.dep[k].startswith("acl"))]:
        if verb != noun and verbs.is_verb(tree, verb) and tree.lemma[verb] in _TARGETING:
            agents, patients = logical_roles(tree, verb)
            if noun in agents:
                return [k for k in patients if k != noun]
    head = tree.head[noun]
    if tree.lemma[head] == "objet" and tree.case(noun) == "de":
        head = tree.head[head]
    if not verbs.is_verb(tree, head) or verbs.is_passive(tree, head) or tree.dep[noun].startswith("nsubj"):
        return []
    entry = predicates().get((tree.lemma[head], "verb"))
    if (entry is not None and entry.kind == "light-patient") or _is_object_of_act(tree, head):
        return [k for k in grammatical_subject(tree, head) if k != noun]
    return []


def _is_object_of_act(tree: Tree, verb: int) -> bool:
    """« fait l'objet de »."""
    return tree.lemma[verb] == "faire" and any(tree.lemma[k] == "objet" for k in tree.kids_by(verb, "obj"))


def governors(tree: Tree, i: int) -> list[int]:
    """Predicates above `i`, nearest first, up to the clause that stands on its own.

    A relative clause or an adverbial clause is not coloured by what governs its host.
    """
    out: list[int] = []
    at = i
    while len(out) < _MAX_GOVERNORS and tree.head[at] != at:
        dep, head = tree.dep[at], tree.head[at]
        if dep == "acl:relcl" or (dep.startswith("advcl") and not verbs.is_infinitive(tree, at)):
            break
        if dep == "conj":
            at = head
            continue
        if tree.pos[head] in ("VERB", "AUX", "NOUN", "ADJ"):
            out.append(head)
        at = head
    return out


@dataclass(slots=True)
class Colour:
    """Polarity, modality and tense of a predicate, with the cues found."""

    polarity: Polarity
    modality: Modality
    tense: Tense
    cues: list[Cue]

    def negate(self, kind: str, tokens: tuple[int, ...]) -> None:
        """Turn the polarity; words that have turned it already count once (« n'y aura aucune livraison »)."""
        if any(cue.kind == kind and set(cue.tokens) & set(tokens) for cue in self.cues):
            return
        self.polarity = Polarity.POSITIVE if self.polarity is Polarity.NEGATIVE else Polarity.NEGATIVE
        self.cues.append(Cue(kind, tokens))

    def shade(self, modality: str, tokens: tuple[int, ...]) -> None:
        """Take a modality; the one nearest to the predicate stays."""
        if modality and self.modality is Modality.ASSERTED:
            self.modality = Modality(modality)
            self.cues.append(Cue(modality, tokens))


def colour_of(tree: Tree, i: int) -> Colour:
    """Colour of the predicate at `i`: its own words first, then what governs it, nearest first."""
    colour = Colour(Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, [])
    if verbs.is_verb(tree, i) or verbs.auxiliaries(tree, i):
        _own_verb_colour(tree, i, colour)
    else:
        _own_noun_colour(tree, i, colour)
    below = i
    for governor in governors(tree, i):
        if not _colours(tree, governor, below, colour):
            break
        below = governor
    return colour


def _own_verb_colour(tree: Tree, i: int, colour: Colour) -> None:
    colour.tense = verbs.tense_of(tree, i)
    negated = verbs.negation(tree, i)
    if negated:
        colour.negate("negation", tuple(negated))
    _adverbs(tree, i, colour)
    _predicative(tree, i, colour)
    if _in_condition(tree, i):
        colour.shade("hypothetical", (i,))
    if verbs.is_conditional(tree, i):
        _conditional(tree, i, colour)


def _predicative(tree: Tree, i: int, colour: Colour) -> None:
    """« une attaque est possible », « c'est peu probable »: the adjective tells of itself."""
    entry = modifiers("adj").get(tree.lemma[i]) if tree.pos[i] == "ADJ" else None
    if entry is not None and entry.modality:
        colour.shade(entry.modality, (i,))
        if unlikely := [k for k in tree.kids[i] if tree.lower[k] in _UNLIKELY and k < i]:
            colour.negate("negation", tuple(unlikely))


def _own_noun_colour(tree: Tree, i: int, colour: Colour) -> None:
    if tree.case(i) in ("depuis", "après"):
        colour.tense = Tense.PAST  # « depuis l'invasion de … »
    table = modifiers("adj")
    for k in tree.kids[i]:
        # the lemma of « présumée » may be the verb's
        masculine = tree.lower[k].removesuffix("s").removesuffix("e")
        entry = table.get(tree.lemma[k]) or table.get(tree.lower[k]) or table.get(masculine)
        if entry is None:
            continue
        colour.shade(entry.modality, (k,))
        if entry.tense:
            colour.tense = Tense(entry.tense)
    without = tuple(k for k in tree.kids[i] if k < i and tree.lower[k] in ("aucun", "aucune", "sans"))
    if without:
        colour.negate("negation", without)


def _adverbs(tree: Tree, i: int, colour: Colour) -> None:
    table = modifiers("adv")
    for k in tree.kids[i]:
        phrase = tree.lower[k] if not tree.kids[k] else " ".join(tree.lower[t] for t in tree.subtree(k)[:3])
        entry = table.get(phrase) or table.get(tree.lower[k])
        if entry is not None:
            colour.shade(entry.modality, (k,))


def _in_condition(tree: Tree, i: int) -> bool:
    """« si Kiev livrait … »: a clause opened by *si* that is no indirect question."""
    marks = [k for k in tree.kids[i] if tree.lower[k] in ("si", "s'", "s’") and tree.dep[k] == "mark"]
    return bool(marks) and tree.dep[i].startswith(("advcl", "ROOT", "parataxis"))


def _conditional(tree: Tree, i: int, colour: Colour) -> None:
    """The conditional: hypothesis beside *si*, else hearsay; polite and reported uses are settled elsewhere.

    « devrait » is probability, « pourrait » possibility, « voudrait » intention: those verbs govern, and say so
    through `predicates.csv`. Under a reporting verb in the past the present conditional is a future.
    """
    if tree.lemma[i] == "devoir" and verbs.is_compound(tree, i):
        return  # « aurait dû livrer » says that it was not done
    if tree.lemma[i] in _CONDITIONAL_MODALS:
        colour.shade(_CONDITIONAL_MODALS[tree.lemma[i]], (i,))
        return
    sentence = range(*tree.sentences[tree.sent[i]])
    if any(_in_condition(tree, k) for k in sentence if tree.head[k] == i or tree.head[i] == k):
        colour.shade("hypothetical", (i,))
    elif not verbs.is_compound(tree, i) and _reported_in_past(tree, i):
        colour.tense = Tense.FUTURE
    else:
        word = verbs.finite(tree, i)
        colour.shade("alleged", (word if word is not None else i,))


def _reported_in_past(tree: Tree, i: int) -> bool:
    """« a annoncé que Paris livrerait »: future seen from the past."""
    above = tree.head[i]
    if tree.dep[i] == "conj":
        return tree.head[above] != above and _reported_in_past(tree, above)
    governed = tree.dep[i].startswith(("ccomp", "acl", "xcomp", "advcl", "parataxis", "obj"))
    return governed and verbs.is_verb(tree, above) and any(tree.lower[k] in ("que", "qu'", "qu’") for k in tree.kids[i])


def _colours(tree: Tree, governor: int, below: int, colour: Colour) -> bool:
    """Let a governor colour what stands below it; False ends the climb."""
    pos = "verb" if verbs.is_verb(tree, governor) else "adj" if tree.pos[governor] == "ADJ" else "noun"
    entry = predicates().get((tree.lemma[governor], pos))
    kind = _complement_kind(tree, below)
    if entry is None or kind not in entry.complement:
        return kind in ("inf", "noun") and pos != "verb"
    if kind == "noun" and pos == "verb" and not _is_object(tree, below, governor):
        return False
    if entry.polarity == "negative":
        colour.negate("negation", (governor,))
    modality = entry.modality
    if pos == "verb":
        if entry.lemma == "devoir" and (verbs.is_conditional(tree, governor) or verbs.is_compound(tree, governor)):
            modality = "probable"
        negated = verbs.negation(tree, governor)
        used = {token for cue in colour.cues for token in cue.tokens}
        if negated and used.isdisjoint(negated):  # « ne se livre à aucune attaque » is negated once
            colour.negate("negation", tuple(negated))
            if entry.kind == "deny":
                modality = "possible"  # « n'exclut pas de livrer »
        going = entry.lemma == "aller" and kind == "inf" and verbs.tense_of(tree, governor) is Tense.PRESENT
        if going or verbs.tense_of(tree, governor) is Tense.FUTURE:
            colour.tense = Tense.FUTURE
        elif kind == "inf" and colour.tense is Tense.PRESENT:
            # « cherche à livrer », « a décidé de livrer »: still to come; « a commencé à livrer »: as the governor
            colour.tense = Tense.FUTURE if entry.kind in _AHEAD else verbs.tense_of(tree, governor)
            if entry.lemma == "venir":
                colour.tense = Tense.PAST  # « vient de livrer »
        if not modality and verbs.is_conditional(tree, governor):
            _conditional(tree, governor, colour)
    colour.shade(modality, (governor,))
    return entry.kind not in ("none",) or bool(entry.light)


def _is_object(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a noun is what the verb acts on, not who acts nor a circumstance (« annule en raison d'une grippe »)."""
    dep = tree.dep[noun]
    if dep.startswith("nsubj"):
        return verbs.is_passive(tree, verb)
    if dep.startswith(("obl", "nmod", "advcl", "advmod")):
        return tree.case(noun) in ("", "à", "de") and (dep != "obl:mod" or tree.lemma[verb] == "réfléchir")
    return True


def _complement_kind(tree: Tree, below: int) -> str:
    if verbs.auxiliaries(tree, below) and tree.pos[below] != "VERB" and _is_bare_clause(tree, below):
        return "clause"
    if any(tree.lower[k] in _CIRCUMSTANCE for k in tree.kids[below] if k < below and tree.dep[k] in ("mark", "case")):
        return "clause"
    if any(tree.lower[k] in ("que", "qu'", "qu’") and tree.dep[k] == "mark" for k in tree.kids[below]):
        return "que"
    if verbs.is_infinitive(tree, below):
        return "inf"
    return "noun" if tree.pos[below] in ("NOUN", "PROPN") else "clause"


def _is_bare_clause(tree: Tree, below: int) -> bool:
    """A nominal predicate with its copula and no « que »: a clause of its own."""
    return not any(tree.lower[k] in ("que", "qu'", "qu’") for k in tree.kids[below])


def frame_subject(tree: Tree, i: int) -> list[int]:
    """Grammatical subject of a verb, for readers that want the speaker rather than the agent."""
    return grammatical_subject(tree, i)


def frame_objects(tree: Tree, i: int) -> list[int]:
    """Direct objects of a verb."""
    return direct_objects(tree, i)
