"""Capitals and seats of power: the state as an actor, or a mere place on the map.

Decided by syntax: the agent of an act or of speech, a party to a relation or a recipient is the state (« Moscou a
livré », « entre Paris et Berlin », « livrés à Téhéran »); a locative is the place (« une réunion à Moscou »).
"""

from __future__ import annotations

from pipeline.tree import Tree

# Words after which « de Moscou » names the town: « l'aéroport de Moscou »
_TOWN_NOUNS = frozenset(
    "aéroport banlieue centre rue quartier ville port région province mairie maire gare métro nord sud est ouest "
    "périphérie université hôpital ambassade ciel environs place sommet conférence habitant habitante tribunal "
    "capitale bourse marché gouvernorat district faubourg accord protocole traité correspondant envoyé salon foire "
    "prison cathédrale mosquée église musée parc stade route autoroute bataille siège chute prise abord entrepôt "
    "usine immeuble "
    "jeux olympique cour appel procureur parquet préfet commune municipalité pompier gendarmerie équipe club festival "
    "opéra théâtre agglomération lycée école institut évêque archevêque hôtel tour maison marathon exposition".split()
)
# Predicates whose « à » complement receives something: « livrer à Kiev », « soutien à Kiev »
_GIVING = frozenset(
    "livrer fournir vendre donner transférer céder offrir envoyer expédier remettre prêter accorder apporter promettre "
    "demander reprocher imposer infliger proposer livraison fourniture vente don transfert aide soutien appui "
    "assistance cession appel opposer répondre ordonner interdire permettre destiner adresser confier refuser assurer "
    "déclarer réclamer dénoncer réponse message ultimatum avertissement demande menace allié hostile favorable fidèle "
    "opposé "
    "appartenir reconnaître rendre restituer acheter commander attribuer garantir conseiller enjoindre suggérer "
    "exporter exportation octroyer octroi procurer prêt fidélité loyauté allier rallier rapport lier face "
    "dire laisser coûter plaire déplaire nuire servir intimer lancer signifier".split()
)
_LEAVING = frozenset("partir venir revenir arriver appareiller décoller provenir rentrer fuir repartir".split())
_TRAVELLING = frozenset("quitter rejoindre atteindre gagner regagner visiter traverser survoler fuir".split())
_TRANSPORT = frozenset("train vol avion bus convoi ferry départ".split())
_DISTANCE = frozenset("est ouest nord sud proche près loin kilomètre kilomètres km large portes sortie entrée".split())
_GIVEN = ("obj", "nmod", "flat", "appos", "nsubj", "conj", "amod", "nummod", "dep", "ROOT")
_PLACE_PREPOSITIONS = frozenset("dans vers depuis près jusqu'à jusque sur sous hors devant autour lors".split())
_PARTY_PREPOSITIONS = frozenset(
    "entre avec contre selon pour par envers sans malgré chez après avant que comme outre "
    "auprès d'après".split()
)  # fmt: skip


def is_state(tree: Tree, i: int) -> bool:
    """Whether the capital at token `i` stands for its state.

    Args:
        tree: the parsed document.
        i: first token of the capital's name.
    """
    case = tree.case(i)
    words = {tree.lower[k] for k in tree.kids[i] if tree.dep[k] in ("case", "fixed") and k < i}
    head = tree.head[i]
    if tree.dep[i] == "conj" and not case:
        return is_state(tree, head)
    if i + 2 < len(tree) and tree.text[i + 1] == "," and tree.lower[i + 2] == "en":  # « à Damas, en Syrie »
        return False
    if i >= 2 and tree.lower[i - 1] in ("de", "d'", "du") and tree.lower[i - 2] in _DISTANCE:  # « à l'est de Bamako »
        return False
    if case == "à":
        return not _stands_apart(tree, i) and _receives(tree, i, head)
    if words & _PLACE_PREPOSITIONS or case in _PLACE_PREPOSITIONS:
        return False
    if case == "pour" and tree.lemma[head] in _LEAVING | _TRANSPORT:  # « le train pour Kiev »
        return False
    if case in _PARTY_PREPOSITIONS or words & _PARTY_PREPOSITIONS:
        return True
    if case == "de" and tree.lemma[head] in _LEAVING:  # « a appareillé d'Abou Dhabi »
        return False
    if not case and tree.lemma[head] in _TRAVELLING and tree.dep[i] in ("obj", "xcomp", "nmod", "dep"):
        return False  # « a quitté Belgrade »
    if case == "de" and any(tree.lemma[k] == "municipal" for k in tree.kids[head]):
        return False
    if case == "de":
        return tree.lemma[head] not in _TOWN_NOUNS and tree.lower[head] not in _TOWN_NOUNS
    if tree.dep[i].startswith(("nmod", "appos", "flat")) and tree.lemma[head] in _TOWN_NOUNS:
        return False
    relative = i + 2 < len(tree) and tree.text[i + 1] == "," and tree.lower[i + 2] == "qui"
    return relative or not (tree.dep[i].startswith("obl") and not case)


def _receives(tree: Tree, i: int, head: int) -> bool:
    """« à Kiev » names a recipient when what it hangs on, or what governs that, gives or addresses something."""
    near = _governors(tree, head)
    if any(tree.lemma[n] in _GIVING for n in near if tree.pos[n] in ("VERB", "NOUN", "ADJ")):
        return not any(tree.lemma[n] in ("arriver", "rendre") and _reflexive(tree, n) for n in near)
    return False


def _stands_apart(tree: Tree, i: int) -> bool:
    """« Cependant, à Séoul, … »: an adverbial between commas, or one that opens the sentence, says where."""
    begin, stop = tree.sentences[tree.sent[i]]
    opens = i - 1 <= begin or tree.text[i - 2] == ","
    return opens and i + 1 < stop and tree.text[i + 1] == ","


def _governors(tree: Tree, head: int) -> list[int]:
    """What « à Kiev » hangs on and, where that is a thing given (« 400 drones à Kiev »), what governs it."""
    out = [head]
    while len(out) < 3 and tree.pos[out[-1]] not in ("VERB", "AUX") and tree.head[out[-1]] != out[-1]:
        if tree.dep[out[-1]].partition(":")[0] not in _GIVEN:
            break
        out.append(tree.head[out[-1]])
    return out


def _reflexive(tree: Tree, i: int) -> bool:
    return any(tree.lower[k] in ("se", "s'", "s’") for k in tree.kids[i])
