"""Light verbs: who does and who undergoes the act that a noun names (« Moscou a procédé à la livraison de »)."""

from __future__ import annotations

from pipeline.frames import verbs
from pipeline.frames.complements import complements, is_light
from pipeline.frames.predicates import predicates
from pipeline.frames.roles import direct_objects, grammatical_subject, logical_roles, preposition
from pipeline.tree import Tree

# Verbs whose subject is an act and whose object is who it reaches
_TARGETING = frozenset("viser cibler toucher frapper atteindre".split())
# « Bakou dément toute attaque », « refuse toute coopération »: one answers for one's own acts
_ANSWERING = frozenset("démentir nier reconnaître assumer refuser".split())
EARLIER = 2  # sentences back to where an event was introduced
_TAKING_UP = frozenset("le la les l' l’ ce cet cette ces".split())
_HELPING = frozenset("aider soutenir appuyer assister épauler accompagner".split())
_HELP = frozenset("soutien aide appui assistance concours".split())
_INTENTIONS = ("intention", "promise", "talks")  # who intends, promises or negotiates an act would do it
# Nouns that hand the subject of a light verb on: « publier une déclaration de soutien »
_PASSING = frozenset(
    "déclaration message série vague campagne opération programme acte geste signe offre proposition contrat "
    "appel".split()
)


def light_agents(tree: Tree, noun: int, *, any_verb: bool = False) -> list[int]:
    """The subject of a light verb whose complement an event noun is: « Moscou a procédé à la livraison de ».

    With `any_verb` the verb need not be light: a message of support is the support of whoever sends it.
    """
    head = tree.head[noun]
    relative = [k for k in tree.kids[noun] if tree.dep[k] == "acl:relcl" and is_light(tree, k)]
    if relative and noun in direct_objects(tree, relative[0]):
        return grammatical_subject(tree, relative[0])  # « les sanctions que Washington imposait au Mali »
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
    if tree.lemma[head] in _ANSWERING and tree.dep[noun] == "obj" and verbs.is_verb(tree, head):
        return logical_roles(tree, head)[0]
    agreed = any(tree.lower[k : k + 2] == ["feu", "vert"] for k in tree.kids_by(head, "obj"))  # « feu vert à la vente »
    passes = agreed or (
        entry is not None and (entry.light or ("noun" in entry.complement and entry.kind in _INTENTIONS))
    )
    if not (passes or (any_verb and verbs.is_verb(tree, head))):
        return []
    if tree.dep[noun].startswith("nsubj") and not verbs.is_passive(tree, head):
        return []
    if tree.dep[noun].startswith(("obl", "conj")) and tree.case(noun) not in _passing_cases(tree, head):
        return []  # « renforcer l'alliance contre les menaces »
    if tree.dep[noun].startswith("obl") and tree.case(noun) in ("en", "dans") and tree.kids_by(head, "obj"):
        return []  # « fournit des renseignements dans la guerre »
    agents, _ = logical_roles(tree, head)
    return [] if noun in agents else agents


def earlier_doers(tree: Tree, noun: int) -> list[int]:
    """Who did what a definite event noun takes up: « Londres a mené des frappes. Les frappes ont visé … »."""
    definite = any(tree.dep[k] == "det" and tree.lower[k] in _TAKING_UP for k in tree.kids[noun])
    if not definite or tree.pos[noun] != "NOUN":
        return []
    first = tree.sentences[max(tree.sent[noun] - EARLIER, 0)][0]
    for k in range(tree.sentences[tree.sent[noun]][0] - 1, first - 1, -1):
        if tree.lemma[k] == tree.lemma[noun] and tree.pos[k] == "NOUN":
            doers = light_agents(tree, k)
            if doers:
                return doers
    return []


def _helped(tree: Tree, noun: int, verb: int) -> list[int]:
    """« aider Kiev dans l'achat de », « offrir son soutien à l'Inde pour l'acquisition de »: the helped one acts."""
    if not verbs.is_verb(tree, verb) or tree.case(noun) not in ("pour", "dans"):
        return []
    if tree.lemma[verb] in _HELPING:
        return direct_objects(tree, verb)
    if any(tree.lemma[k] in _HELP for k in tree.kids_by(verb, "obj")):
        return [c.head for c in complements(tree, verb) if c.prep == "à"][:1]
    return []


def _passing_cases(tree: Tree, verb: int) -> tuple[str, ...]:
    """Prepositions under which a light verb hands its subject on: « collaborer sur la production de »."""
    shared = ("sur",) if tree.lemma[verb] in ("collaborer", "coopérer", "travailler") else ()
    return ("", "à", "de", "en", "dans", *shared)


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
    if tree.lemma[head] == "coup" and preposition(tree, head) == "sous":
        # « est déjà sous le coup de sanctions »
        return [k for k in tree.kids[head] if tree.dep[k].startswith("nsubj")] or grammatical_subject(
            tree, tree.head[head]
        )
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
