"""Who does what in a clause: grammatical functions made one over voice, relatives, control and coordination."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.frames.predicates import predicates
from pipeline.frames.verbs import (
    finite,
    is_finite,
    is_infinitive,
    is_passive,
    is_past_participle,
    is_present_participle,
    is_reflexive,
    is_verb,
)  # fmt: skip
from pipeline.tree import CONTRACTED, Tree

_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "X", "ADJ", "SYM"))
_RELATIVES = frozenset(
    "qui que qu' qu’ dont lequel laquelle lesquels lesquelles auquel duquel auxquels desquels où".split()
)
_TIMES = frozenset(
    "an année mois semaine jour heure minute fois siècle décennie lundi mardi mercredi jeudi vendredi samedi "
    "dimanche".split()
)
_DETERMINERS = frozenset("le la les l' l’ un une ce cet cette ces son sa ses leur leurs".split())
_RULED_OUT = frozenset(("plutôt", "non"))  # « plutôt que des chars », « et non des chars »
_APART = _RULED_OUT | {"mais"}
_MAX_CLIMB = 6


def coordinated(tree: Tree, i: int) -> list[int]:
    """A nominal and what is coordinated with it, in text order: « Paris, Berlin et Londres »."""
    out = [i]
    for k in tree.kids[i]:
        if tree.dep[k] == "conj" and tree.pos[k] in _NOMINAL and not any(tree.lower[c] in _APART for c in tree.kids[k]):
            out.extend(coordinated(tree, k))
    return sorted(set(out))


def grammatical_subject(tree: Tree, i: int) -> list[int]:
    """Heads of the grammatical subject of the verb group at `i`, through relatives, control and coordination."""
    return _subject(tree, i, _MAX_CLIMB)


def _subject(tree: Tree, i: int, depth: int) -> list[int]:
    own = [k for k in tree.kids[i] if tree.dep[k].startswith("nsubj")]
    named = [k for k in own if tree.lower[k] not in _RELATIVES and tree.lower[k] not in ("-t", "t")]
    if named:
        return sorted({member for k in named for member in coordinated(tree, k)})
    if any(tree.dep[k].startswith("expl:subj") and tree.lower[k] in ("il", "-il", "ce", "c'") for k in tree.kids[i]):
        return []
    bare = _bare_subject(tree, i) if not own else None
    if bare is not None:
        return coordinated(tree, bare)
    if depth == 0:
        return []
    fronted = fronted_host(tree, i) if not own and is_past_participle(tree, i) else None
    if fronted is not None:
        return coordinated(tree, fronted)
    antecedent = relative_antecedent(tree, i)
    if antecedent is not None and any(
        tree.lower[k] in ("qui", "lequel", "laquelle", "lesquels") for k in own or _pronouns(tree, i)
    ):
        nearer = _name_before_relative(tree, i)
        return coordinated(tree, antecedent if nearer is None else nearer)
    if antecedent is None and tree.dep[i] not in ("ROOT", "conj") and any(tree.lower[k] == "qui" for k in own):
        return _noun_before_relative(tree, min(own))
    return _inherited(tree, i, depth)


def _bare_subject(tree: Tree, i: int) -> int | None:
    """« Plusieurs pays, dont la France, ont condamné »: a plural taken for an adverbial, without preposition."""
    first = finite(tree, i)
    if first is None or tree.morph[first].get("Number") != "Plur":
        return None
    for k in tree.kids[i]:
        bare = tree.dep[k].startswith("obl") and tree.pos[k] == "NOUN" and not tree.case(k) and k < first
        if bare and tree.text[k].endswith(("s", "x")) and tree.lemma[k] not in _TIMES:
            return k
    return None


def fronted_host(tree: Tree, i: int) -> int | None:
    """The subject that an opening participle or noun describes: « Sanctionné par Washington, *Rostec* … ».

    Read off the surface, since the parser often makes two clauses of it: the first bare noun phrase behind a comma.
    """
    first, stop = tree.sentences[tree.sent[i]]
    if i - first > 1 or (i > first and tree.text[first] not in ("«", "-", "–")):
        return None
    for comma in range(i + 1, stop - 1):
        if tree.text[comma] != ",":
            if is_finite(tree, comma):
                return None
            continue
        k = comma + 1
        while k < stop and (tree.pos[k] == "DET" or tree.lower[k] in _DETERMINERS or tree.pos[k] in ("NUM", "ADJ")):
            k += 1
        if k < stop and tree.pos[k] in ("NOUN", "PROPN", "PRON") and not tree.case(k):
            while tree.dep[k] in ("flat", "flat:name") and comma < tree.head[k] < k:
                k = tree.head[k]
            return k
    return None


def _name_before_relative(tree: Tree, i: int) -> int | None:
    """« livré par Hyundai Rotem, qui fabrique l'engin »: a name right before « qui » is its antecedent."""
    who = next((k for k in range(i - 1, max(i - 8, 0), -1) if tree.lower[k] == "qui"), None)
    if who is None or who < 2:
        return None
    k = who - 2 if tree.text[who - 1] == "," else who - 1
    while tree.dep[k] in ("flat", "flat:name") and tree.head[k] < k:
        k = tree.head[k]
    return k if tree.pos[k] == "PROPN" else None


def _noun_before_relative(tree: Tree, who: int) -> list[int]:
    """« à la marine royale, qui les emploie »: the noun before a relative pronoun whose clause hangs elsewhere."""
    k = who - 2 if tree.text[who - 1] == "," else who - 1
    while k > 0 and tree.head[k] < k and tree.dep[k].partition(":")[0] in ("flat", "amod", "acl", "appos"):
        k = tree.head[k]
    return [k] if k >= 0 and tree.pos[k] in ("NOUN", "PROPN") else []


def _pronouns(tree: Tree, i: int) -> list[int]:
    return [k for k in tree.kids[i] if tree.lower[k] in _RELATIVES and k < i]


def relative_antecedent(tree: Tree, i: int) -> int | None:
    """The noun that a relative clause hangs on; coordinated relatives share it."""
    if tree.dep[i] == "acl:relcl":
        head = tree.head[i]
        return head if tree.pos[head] in _NOMINAL else None
    if tree.dep[i] == "conj" and tree.dep[tree.head[i]] == "acl:relcl":
        return relative_antecedent(tree, tree.head[i])
    return None


def _inherited(tree: Tree, i: int, depth: int) -> list[int]:
    """The subject that a clause without its own takes from what governs it."""
    head = tree.head[i]
    if head == i:
        return []
    dep = tree.dep[i]
    if is_seen(tree, i):
        return []  # « s'est vu refuser »: who does it is not the subject
    if dep == "conj" or dep == "parataxis":
        return _subject(tree, head, depth - 1)
    nearer = _agreeing_noun_before(tree, i) if dep == "advcl" and is_past_participle(tree, i) else None
    if nearer is not None:
        return coordinated(tree, nearer)
    if is_present_participle(tree, i) and any(tree.lower[k] == "en" and k < i for k in tree.kids[i]):
        # « a tenu parole en livrant des chars »: a gerund has the subject of the clause, wherever it hangs
        host = next((a for a in tree.ancestors(i) if is_verb(tree, a)), None)
        return _subject(tree, host, depth - 1) if host is not None else []
    if dep.startswith("acl") and tree.pos[head] in ("NOUN", "PROPN", "ADJ"):
        if is_past_participle(tree, i) or is_present_participle(tree, i):
            # « un soldat basé à Cayenne et Maripasoula »: what follows the participle is its complement
            return [k for k in coordinated(tree, head) if k < i or k == head]
        if finite(tree, i) is not None and not _pronouns(tree, i):
            # a finite verb hung on the noun before it is the clause of that noun: « X et ses alliés accusent »
            while tree.dep[head] == "conj":
                head = tree.head[head]
            return coordinated(tree, head)
        return _controller_of_noun(tree, head, depth)
    if is_verb(tree, head) or tree.pos[head] == "ADJ":
        return _controller(tree, i, head, depth)
    return _controller_of_noun(tree, head, depth) if is_infinitive(tree, i) else []


def is_seen(tree: Tree, i: int) -> bool:
    """« Kiev s'est vu livrer des chars »: an infinitive under « se voir », whose subject is the recipient."""
    head = tree.head[i]
    return head != i and tree.lemma[head] == "voir" and is_infinitive(tree, i) and is_reflexive(tree, head)


def _agreeing_noun_before(tree: Tree, i: int) -> int | None:
    """« vante la frégate Mogami, conçue par Mitsubishi »: the noun before the comma that the participle agrees with."""
    k = i - 2
    if k < 0 or tree.text[i - 1] != "," or tree.sent[k] != tree.sent[i]:
        return None
    hosts = {tree.head[i], *(h for h in tree.kids[tree.head[i]] if tree.dep[h] == "xcomp")}
    while tree.head[k] not in hosts and tree.head[k] < k:
        k = tree.head[k]
    if tree.head[k] not in hosts or tree.dep[k].partition(":")[0] not in ("obj", "obl", "nmod"):
        return None
    article = next((tree.lower[d] for d in tree.kids[k] if tree.dep[d] == "det"), "")
    told = {"le": "Masc", "un": "Masc", "la": "Fem", "une": "Fem"}.get(article, tree.morph[k].get("Gender"))
    plural = article in ("les", "des", "ces", "ses") or tree.morph[k].get("Number") == "Plur"
    features = tree.morph[i]
    if told is not None and features.get("Gender", told) != told:
        return None
    return k if plural == (features.get("Number") == "Plur") else None


def _controller(tree: Tree, i: int, head: int, depth: int) -> list[int]:
    """Who controls an infinitive or participle governed by a verb or adjective."""
    entry = predicates().get((tree.lemma[head], "verb" if is_verb(tree, head) else "adj"))
    if entry is not None and is_infinitive(tree, i) and not is_passive(tree, head):
        if entry.control == "object":
            return direct_objects(tree, head) or _indirect(tree, head)
        if entry.control == "indirect":
            return _indirect(tree, head) or direct_objects(tree, head)
    if is_passive(tree, head) and is_infinitive(tree, i):
        # « la promesse faite par Berlin de livrer »: the doer of the promise
        made = _subject(tree, head, depth - 1)
        if made and (tree.lemma[made[0]], "noun") in predicates():
            return logical_roles(tree, head)[0]
    return _subject(tree, head, depth - 1)


def _indirect(tree: Tree, i: int) -> list[int]:
    return [k for prep, k in obliques(tree, i) if prep == "à"] + [
        k for k in tree.kids[i] if tree.lower[k] in ("lui", "leur") and tree.pos[k] == "PRON"
    ]


def _controller_of_noun(tree: Tree, noun: int, depth: int) -> list[int]:
    """« l'intention de Moscou de livrer », « son intention de livrer », « a exprimé l'intention de livrer »."""
    verb = tree.head[noun]
    entry = predicates().get((tree.lemma[verb], "verb")) if is_verb(tree, verb) else None
    if entry is not None and entry.control == "object" and tree.dep[noun] == "obj":
        return coordinated(tree, noun)  # « presse ses alliés de lui fournir des armes »
    owners = [k for k in tree.kids_by(noun, "nmod") if tree.case(k) == "de" and tree.text[k][0].isupper()]
    if owners:
        return coordinated(tree, owners[0])
    owners = [k for k in tree.kids[noun] if tree.dep[k] == "amod" and tree.lemma[k][0].islower()]
    head = tree.head[noun]
    if head != noun and is_verb(tree, head) and not is_passive(tree, head):
        return _subject(tree, head, depth - 1)
    return owners[:1]


def direct_objects(tree: Tree, i: int) -> list[int]:
    """Heads of the direct object, relative « que » and coordinated objects included."""
    out: list[int] = []
    for k in tree.kids[i]:
        if _is_origin(tree, k) or any(tree.lower[c] in _RULED_OUT for c in tree.kids[k]):
            continue
        bare = tree.dep[k] in ("xcomp", "nmod", "dep") and tree.pos[k] == "PROPN" and k > i and not tree.case(k)
        if (tree.dep[k] == "obj" or bare) and tree.lower[k] not in _RELATIVES:
            out.extend(coordinated(tree, k))
    if not out and any(tree.lower[k] in ("que", "qu'", "qu’") and k < i and (
        tree.dep[k] == "obj" or tree.dep[i] == "acl:relcl") for k in tree.kids[i]
    ):  # fmt: skip
        antecedent = relative_antecedent(tree, i)
        if antecedent is not None:
            out = coordinated(tree, antecedent)
    return out


def obliques(tree: Tree, i: int) -> Iterator[tuple[str, int]]:
    """(preposition, head) of the complements that hang on token `i`, each coordinated member once."""
    for k in tree.kids[i]:
        dep = tree.dep[k].partition(":")[0]
        listed = dep in ("obl", "nmod", "iobj", "advmod", "xcomp", "dep") or _is_origin(tree, k)
        # « ne fait partie ni de l'OTAN ni de l'OTSC »
        listed = listed or (dep == "conj" and any(tree.lower[c] == "ni" for c in tree.kids[k]))
        if not listed or tree.pos[k] not in _NOMINAL:
            continue
        prep = preposition(tree, k)
        if not prep:
            continue
        yield prep, k
        for member in coordinated(tree, k)[1:]:
            yield preposition(tree, member) or prep, member


def preposition(tree: Tree, i: int) -> str:
    """Preposition of a nominal, compounds whole: « auprès de », « au profit de », « à l'encontre de »."""
    marks = [k for k in tree.kids[i] if tree.dep[k] == "case" and k < i]
    if not marks:
        return "de" if _is_origin(tree, i) else ""
    first = marks[0]
    words = [first, *(k for k in tree.kids[first] if tree.dep[k] == "fixed"), *marks[1:]]
    phrase = [CONTRACTED.get(tree.lemma[k], tree.lemma[k].replace("’", "'")) for k in sorted(set(words))]
    return " ".join(phrase[:4])


def _is_origin(tree: Tree, i: int) -> bool:
    """« a reçu de l'Australie des patrouilleurs »: « de » and a name, taken for a partitive object."""
    if tree.dep[i] != "obj" or tree.pos[i] != "PROPN":
        return False
    return any(tree.dep[k] in ("det", "case") and tree.lower[k] in ("de", "d'", "d’") for k in tree.kids[i])


def low_complements(tree: Tree, i: int) -> Iterator[tuple[str, int]]:
    """Complements that hang one noun too low: under an object or another complement of `i`.

    « a livré 400 drones à la Russie » may hang « Russie » on « drones », « la fourniture par la Russie d'avions »
    « avions » on « Russie ».
    """
    for k in tree.kids[i]:
        hangs = tree.dep[k].partition(":")[0] in ("obj", "obl", "nmod", "nsubj", "conj", "xcomp", "dep", "appos")
        # « la frontière avec le Mali » names no partner
        if hangs and tree.pos[k] in _NOMINAL and tree.lemma[k] != "frontière":
            yield from obliques(tree, k)
            for member in coordinated(tree, k)[1:]:
                yield from obliques(tree, member)
        elif tree.dep[k] == "amod":  # « membres permanents du Conseil »
            yield from ((prep, head) for prep, head in obliques(tree, k) if prep == "de")


def logical_roles(tree: Tree, i: int) -> tuple[list[int], list[int]]:
    """(agents, patients) of the verb group at `i`, passive undone."""
    subject = grammatical_subject(tree, i)
    if is_passive(tree, i):
        agents = [k for k in tree.kids[i] if tree.dep[k] == "obl:agent" or preposition(tree, k) == "par"]
        if not agents:  # « commandés et payés par la Bulgarie »
            agents = [
                a
                for k in tree.kids[i]
                if tree.dep[k] == "conj" and is_passive(tree, k)
                for a in logical_roles(tree, k)[0]
            ]
        if not agents:  # « livrés à l'Arménie par la France », the agent hung on the recipient
            agents = [k for prep, k in low_complements(tree, i) if prep == "par" and tree.pos[k] == "PROPN"]
        if not agents:  # « du côté russe, des avions ont été déployés »
            agents = [k for k in tree.kids[i] if k < i and tree.lemma[k] == "côté" and tree.dep[k].startswith("obl")]
        return [member for k in agents for member in coordinated(tree, k)], subject
    return _inverted(tree, i, subject) or (subject, direct_objects(tree, i))


def _inverted(tree: Tree, i: int, subject: list[int]) -> tuple[list[int], list[int]] | None:
    """« le drone Anka, que fabrique Baykar »: the subject behind a relative verb, taken for its object."""
    relatives = [k for k in tree.kids[i] if tree.lower[k] in ("que", "qu'", "qu’") and k < i and tree.dep[k] == "obj"]
    behind = [k for k in tree.kids[i] if tree.dep[k] == "obj" and k > i and tree.pos[k] in ("NOUN", "PROPN")]
    if not relatives or not behind or any(tree.dep[k].startswith("nsubj") for k in tree.kids[i]):
        return None
    antecedent = _noun_before_relative(tree, relatives[0])
    return (coordinated(tree, behind[0]), antecedent) if antecedent else None
