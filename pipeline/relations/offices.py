"""Offices and memberships of persons: « le président russe X », « X, porte-parole de … », « journaliste à Y »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.found import Found
from pipeline.entities.index import actor_nouns
from pipeline.frames.roles import logical_roles
from pipeline.frames.verbs import is_finite
from pipeline.lexicon import rows
from pipeline.lexicon.fold import fold
from pipeline.lexicon.forms import match_fold
from pipeline.records import Kind, Label, Modality, Polarity, RelationType, Tense
from pipeline.relations.candidate import Candidate
from pipeline.tree import Tree

if TYPE_CHECKING:
    from pipeline.reading import Reading

_LONGEST_TITLE = 60  # characters
_REACH = 16  # tokens between an office and the name
_APPOINTING = frozenset("élire nommer désigner proclamer autoproclamer devenir investir réélire placer".split())
_AT_THE_HEAD = ["à", "la", "tête"]
_FORMER = frozenset("ancien ancienne anciens ex feu défunt futur future".split())
# « la fille du président, X »
_CLOSE = frozenset("fille fils sœur frère épouse femme mari proche émissaire envoyé successeur prédécesseur".split())
# Those of other states, too, are often named without their state (« les propos du président Joe Biden »)
_HEADS_OF_STATE = ("président", "chanceli", "vice-président", "dirigeant", "leader", "roi")
# « l'éviction du président X »
_ENDED = frozenset(
    "éviction renversement destitution chute assassinat mort décès départ démission limogeage arrestation".split()
)
_HOLDERS = frozenset((Label.ORGANISATION, Label.COUNTRY))


@cache
def _titles() -> dict[str, list[tuple[str, rows.Title]]]:
    """First word to (folded title, entry), the longest first."""
    table: dict[str, list[tuple[str, rows.Title]]] = {}
    for title in rows.titles():
        folded = match_fold(title.title)
        table.setdefault(re.split(r"[ ']", folded)[0], []).append((folded, title))
    for found in table.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return table


def title_at(reading: Reading, i: int) -> tuple[int, rows.Title] | None:
    """(end token, title) of the longest title that begins at token `i`."""
    tree = reading.tree
    candidates = _titles().get(match_fold(tree.text[i]).rstrip("'").split(" ")[0], ())
    if not candidates:
        return None
    text = match_fold(reading.clean.text[tree.start[i] : tree.start[i] + _LONGEST_TITLE])
    for folded, title in candidates:
        if text.startswith(folded) and not text[len(folded) : len(folded) + 1].isalnum():
            return tree.token_at(tree.start[i] + len(folded) - 1) + 1, title
    return None


def match_offices(reading: Reading) -> Iterator[Candidate]:
    """HEADS and MEMBER_OF of the persons named in a document, in text order.

    Former offices give nothing. An office without a named body belongs to the only country its sentence has named.
    """
    for person in reading.mentions:
        if person.label is Label.PERSON and person.kind is not Kind.PRONOUN:
            yield from _before(reading, person)
            yield from _after(reading, person)
            yield from _appointed(reading, person)
            yield from _belongs(reading, person)


def _before(reading: Reading, person: Found) -> Iterator[Candidate]:
    """« le ministre iranien de la Défense, X »: the office stands left of the name, with its complement between."""
    tree = reading.tree
    name = tree.token_at(person.start)
    first = max(tree.sentences[tree.sent[name]][0], name - _REACH)
    after = tree.token_at(person.end - 1) + 1
    acts = after < tree.sentences[tree.sent[name]][1] and is_finite(tree, after)
    for i in range(name - 1, first - 1, -1):
        if (tree.pos[i] in ("VERB", "AUX") and tree.dep[i] != "amod") or tree.text[i] in (";", ":", "«", "»", "("):
            return
        if tree.text[i] == "," and not _only_civilities(reading, i + 1, name):
            return
        if any(m.label is Label.PERSON for m in reading.index.at.get(i, ())):
            return
        found = title_at(reading, i)
        if found is None or found[0] > name or _inner(reading, i):
            continue
        for back in range(6, 0, -1):  # « Premier ministre », « chef d'état-major » rather than their last word
            longer = title_at(reading, i - back) if i - back >= first else None
            if longer is not None and longer[0] >= found[0]:
                i, found = i - back, longer
                break
        if found[1].kind in ("civility", "military") and found[1].heads != "yes":
            continue  # « le chef d'état-major général, X », « le ministre, M. X »
        # « Après son entretien avec le président turc, Hakan Fidan a … »
        other = acts and "," in tree.text[i:name] and "avec" in tree.lower[max(i - 2, first) : i]
        ended = i - first > 1 and tree.lemma[i - 2] in _ENDED and tree.lower[i - 1] in ("du", "de")
        kin = "," in tree.text[i:name] and i - first > 1 and tree.lemma[i - 2] in _CLOSE and tree.lower[i - 1] == "du"
        if not (other or ended or kin) and tree.lower[name - 1] not in ("de", "du", "d'", "d’", "des"):
            yield from _held(
                reading, person, i, found[1], range(found[0], name), infer=_of_state(tree, i, found[0], found[1])
            )
        return


def _of_state(tree: Tree, office: int, after: int, title: rows.Title) -> bool:
    """Whether an office without a named body may be the state's: « chef de la Défense », not « de l'hôpital »."""
    if title.title.lower().startswith(_HEADS_OF_STATE) and tree.lower[office - 1 : office] == ["du"]:
        return False
    if "homologue" in title.title or tree.lower[after] not in ("de", "du", "des", "d'", "d’"):
        return "homologue" not in title.title
    k = after + 1
    while k < len(tree) and tree.pos[k] in ("DET", "ADJ"):
        k += 1
    noun = tree.lemma[k] if k < len(tree) else ""
    return (
        "ministre" in title.title.lower()
        or tree.text[k : k + 1] == [tree.text[k].capitalize()]
        or noun in actor_nouns()
    )


def _only_civilities(reading: Reading, first: int, name: int) -> bool:
    """« la procureure de la Cour, Mme X », « le chef de la police, le général X »."""
    k = first
    while k < name:
        found = title_at(reading, k) if reading.tree.pos[k] != "DET" else (k + 1, None)
        if found is None or (found[1] is not None and found[1].kind not in ("civility", "military")):
            return False
        k = found[0]
    return True


def _inner(reading: Reading, i: int) -> bool:
    """A title inside another: « vice-président », « le conseiller du président X »."""
    lower = reading.tree.lower
    if i == 0 or lower[i - 1] not in ("du", "d'", "d’", "vice", "sous", "-"):
        return False
    if lower[i - 1] not in ("du", "d'", "d’"):
        return True
    return any((found := title_at(reading, k)) is not None and found[0] == i - 1 for k in range(max(i - 7, 0), i - 1))


def _after(reading: Reading, person: Found) -> Iterator[Candidate]:
    """« X, porte-parole de l'armée, »: the office follows a comma."""
    tree = reading.tree
    k = tree.token_at(person.end - 1) + 1
    stop = tree.sentences[tree.sent[k - 1]][1]
    if k >= stop or tree.text[k] not in (",", "(", "est", "était"):
        return
    k += 1
    while k < stop and (
        tree.pos[k] == "DET"
        or tree.lower[k] in ("l'", "actuel", "actuelle", "nouveau", "nouvelle", "aujourd'hui", "aujourd’hui")
    ):
        k += 1
    found = title_at(reading, k) if k < stop else None
    if found is None:
        return
    end = found[0]
    while (
        end < stop
        and tree.text[end] not in (",", ";", ")", ".")
        and tree.pos[end] not in ("VERB", "AUX")
        and tree.lower[end] not in ("qui", "et")
    ):
        end += 1
    yield from _held(reading, person, k, found[1], range(found[0], end), infer=found[1].title.startswith("ministre"))


def _belongs(reading: Reading, person: Found) -> Iterator[Candidate]:
    """« X, de l'Observatoire de … »: an organisation right behind the name."""
    tree = reading.tree
    k = tree.token_at(person.end - 1) + 1
    stop = tree.sentences[tree.sent[k - 1]][1]
    k += k < stop and tree.text[k] == ","
    if k >= stop or tree.lower[k] not in ("de", "du", "d'", "d’"):
        return
    k += 2 if k + 1 < stop and tree.lower[k + 1] in ("l'", "l’", "la") else 1
    for body in reading.index.at.get(k, ()) if k < stop else ():
        if body.label is Label.ORGANISATION and body.start == tree.start[k]:
            yield Candidate(
                RelationType.MEMBER_OF, person, body, None, k, "de", k,
                Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, (), "phrase.member",
            )  # fmt: skip


def _appointed(reading: Reading, person: Found) -> Iterator[Candidate]:
    """« X a été élu président de l'Égypte », « X, nommé ministre de … », « X, nommé à la tête de … »."""
    tree = reading.tree
    name = tree.token_at(person.start)
    first, stop = tree.sentences[tree.sent[name]]
    for verb in [*range(name + 1, min(name + 14, stop)), first]:
        if tree.lemma[verb] not in _APPOINTING:
            continue
        agents, patients = logical_roles(tree, verb)
        k = verb + 1
        if tree.lower[k : k + 3] == _AT_THE_HEAD and {name, *tree.ancestors(name)} & {*patients}:
            yield from _leads(reading, person, k)
            return
        while k < stop and tree.pos[k] in ("DET", "ADV", "ADP") and k < verb + 4:
            k += 1
        found = title_at(reading, k) if k < stop else None
        if found is None or not {name, *tree.ancestors(name)} & {*agents, *patients}:
            continue
        end = next((j for j in range(found[0], stop) if tree.pos[j] in ("VERB", "AUX", "PUNCT", "CCONJ")), stop)
        yield from _held(reading, person, k, found[1], range(found[0], end), infer=False)
        return


def _leads(reading: Reading, person: Found, k: int) -> Iterator[Candidate]:
    """« nommé à la tête de l'état-major »: the body right behind."""
    tree = reading.tree
    for body in [m for i in range(k + 3, min(k + 7, len(tree))) for m in reading.index.at.get(i, ())][:1]:
        if body.label is Label.ORGANISATION:
            yield Candidate(
                RelationType.HEADS, person, body, None, k, "à la tête", tree.token_at(body.start),
                Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, (), "phrase.office",
            )  # fmt: skip


def _held(
    reading: Reading, person: Found, office: int, title: rows.Title, window: range, *, infer: bool
) -> Iterator[Candidate]:
    tree = reading.tree
    former = any(fold(tree.text[k]) in _FORMER for k in range(max(office - 1, 0), office))
    if former or (title.kind in ("civility", "military") and title.heads != "yes"):
        return
    body = _body(reading, window, minister="ministre" in title.title.lower()) or _own_body(reading, office)
    heads = title.heads == "yes"
    if body is None and heads and infer and title.kind == "office":
        body = _country_around(reading, person)
    if body is None or body.entity_id == person.entity_id or (not heads and body.label is not Label.ORGANISATION):
        return
    kind = RelationType.HEADS if heads else RelationType.MEMBER_OF
    yield Candidate(
        kind, person, body, None, office, title.title, tree.token_at(body.start),
        Polarity.POSITIVE, Modality.ASSERTED, Tense.PRESENT, (), "phrase.office",
    )  # fmt: skip


def _body(reading: Reading, window: range, *, minister: bool) -> Found | None:
    """The organisation named in the complement of an office, else the state; a minister serves a state."""
    found = [m for k in window for m in reading.index.at.get(k, ()) if m.label in _HOLDERS]
    organisations = [m for m in found if m.label is Label.ORGANISATION and not minister]
    found = [m for m in found if m.label is Label.COUNTRY]
    return next(iter(organisations or found), None)


def _own_body(reading: Reading, office: int) -> Found | None:
    """« sanctionne Rosoboronexport et son directeur général, X »: the organisation right before « et son »."""
    tree = reading.tree
    if office < 3 or tree.lower[office - 1] not in ("son", "sa"):
        return None
    k = office - 2
    k -= tree.lower[k] in ("à", "de", "avec", "pour", "contre")
    before = reading.index.labelled(k - 1, (Label.ORGANISATION,)) if tree.lower[k] == "et" else []
    return before[0] if before else None


def _country_around(reading: Reading, person: Found) -> Found | None:
    """The only country that the sentence has named before the person, else the one the article is mostly about.

    A sentence that names that country after the person, as the other side of a meeting, speaks of somebody else's.
    """
    tree = reading.tree
    first, stop = tree.sentences[tree.sent[tree.token_at(person.start)]]
    inside = reading.touching(tree.start[first], tree.end[stop - 1])
    countries = [m for m in inside if m.label is Label.COUNTRY]
    near = {m.entity_id: m for m in countries if tree.start[first] <= m.start < person.start}
    dominant = reading.index.dominant
    if len(near) > 1 or (near and dominant is not None and dominant.entity_id not in near):
        return None
    after = {m.entity_id for m in countries if person.end <= m.start < tree.end[stop - 1]}
    if not near and dominant is not None and dominant.entity_id in after:
        return None
    return next(iter(near.values()), dominant)
