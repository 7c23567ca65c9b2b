"""References back to an entity: « les deux pays », « l'Alliance », « le président russe », « elle »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.cleaning import Clean
from pipeline.entities.found import Found
from pipeline.entities.listed_groups import find_listed_groups
from pipeline.entities.pronouns import find_pronouns
from pipeline.entities.short_names import find_short_names
from pipeline.records import Kind, Label
from pipeline.stretches import Stretches
from pipeline.tree import Tree

_NUMBERS = {"deux": 2, "trois": 3, "quatre": 4}
_STATES = r"pays|États|Etats|nations|capitales|puissances|alliés|voisins|camps|républiques|gouvernements|armées"
_PEOPLE = r"dirigeants|présidents|ministres|hommes|responsables|chefs d'État|chefs de la diplomatie"
_GROUP = re.compile(
    rf"\b(?:[Ll]es|[Cc]es|[Dd]es|[Aa]ux) (?P<n>deux|trois|quatre) (?:(?P<state>{_STATES})|(?P<person>{_PEOPLE}))\b"
)
_KOREAS = re.compile(r"\b(?:[Ll]es|[Dd]es|[Aa]ux) deux (?P<name>Corées)\b")
_COORDINATED = re.compile(r"(?:,? et (?:avec )?(?:la |le |les |l')?|-)")
_ENUMERATED = re.compile(r", (?:la |le |les |l')?")
_THE_COUNTRY = re.compile(r"\b[LlCc]e (?P<name>pays)\b(?= \w)")
WINDOW = 2  # sentences before the one of the reference


def find_references(tree: Tree, clean: Clean, mentions: Sequence[Found]) -> list[Found]:
    """Mentions that refer back, beside those that name.

    A group gives one mention a member. Nothing is resolved where more than one reading is left.

    Args:
        tree: the parsed document.
        clean: its clean text.
        mentions: mentions in text order, without overlap.

    Returns:
        Mentions of kind `group`, `alias`, `nominal` or `pronoun` that overlap none of `mentions`.
    """
    taken = Stretches(mentions)
    short = [found for found in find_short_names(clean.text, mentions) if _is_free(found, taken)]
    short.extend(found for found in _the_country(tree, clean.text, taken) if _is_free(found, taken))
    groups = [found for found in _groups(tree, clean.text, taken) if _is_free(found, taken)]
    groups.extend(found for found in find_listed_groups(tree, clean.text, taken) if _is_free(found, taken))
    return [*short, *groups, *find_pronouns(tree, sorted([*mentions, *short]))]


def _is_free(found: Found, taken: Stretches[Found]) -> bool:
    return not taken.touching(found.start, found.end)


def _the_country(tree: Tree, text: str, mentions: Stretches[Found]) -> Iterator[Found]:
    """« le pays » as the subject of a verb that follows, where the sentences in reach name one state alone."""
    for match in _THE_COUNTRY.finditer(text):
        noun = tree.token_at(match.start("name"))
        if not tree.dep[noun].startswith("nsubj") or tree.pos[noun + 1] not in ("VERB", "AUX", "PRON", "ADV"):
            continue
        near = {m.entity_id for m in _near(tree, match.start(), mentions, Label.COUNTRY, 1)}
        if len(near) == 1 and tree.lower[noun + 1] not in ("qui", "que", "dont", "où", "le", "plus"):
            yield Found(*match.span("name"), Label.COUNTRY, near.pop(), Kind.NOMINAL, "reference.country")


def _groups(tree: Tree, text: str, mentions: Stretches[Found]) -> Iterator[Found]:
    for match in _KOREAS.finditer(text):
        for member in ("COUNTRY:KOR", "COUNTRY:PRK"):
            yield Found(*match.span("name"), Label.COUNTRY, member, Kind.GROUP, "reference.group")
    for match in _GROUP.finditer(text):
        label = Label.COUNTRY if match["state"] else Label.PERSON
        members = _members(_near(tree, match.start(), mentions, label, WINDOW), _NUMBERS[match["n"]])
        if not members and match["n"] == "deux":
            members = _last_pair(_near(tree, match.start(), mentions, label, 1), text)
        for member in sorted(members):
            yield Found(match.start(), match.end(), label, member, Kind.GROUP, "reference.group")


def _near(tree: Tree, at: int, mentions: Stretches[Found], label: Label, window: int) -> list[Found]:
    """Mentions of a label before an offset, in its sentence and the `window` ones before."""
    sentence = tree.sent[min(tree.token_at(at), len(tree) - 1)]
    first = tree.sentences[max(sentence - window, 0)][0]
    return [m for m in mentions.touching(tree.start[first], at)
            if m.label is label and m.end <= at and tree.sent[tree.token_at(m.start)] >= sentence - window]  # fmt: skip


def _members(near: Sequence[Found], n: int) -> set[str]:
    """The only `n` entities in reach, else none."""
    entities = {m.entity_id for m in near}
    return entities if len(entities) == n else set()


def _last_pair(near: Sequence[Found], text: str) -> set[str]:
    """The last two mentions in reach where they stand in coordination (« l'Inde et la France »)."""
    if len(near) < 2 or near[-1].entity_id == near[-2].entity_id:
        return set()
    linked = _COORDINATED.fullmatch(text, near[-2].end, near[-1].start)
    longer = len(near) > 2 and _ENUMERATED.fullmatch(text, near[-3].end, near[-2].start)
    return {near[-2].entity_id, near[-1].entity_id} if linked and not longer else set()
