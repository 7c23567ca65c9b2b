"""References back to an entity: « les deux pays », « le pays », pronouns in subject position."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.cleaning import Clean
from pipeline.entities.found import Found
from pipeline.records import Kind, Label
from pipeline.tree import Tree

_TWO = re.compile(
    r"\b(?:[Ll]es|[Cc]es|[Dd]es|[Aa]ux) deux (?:pays|États|Etats|nations|capitales|puissances|alliés|voisins|parties|camps)\b"
)


def find_references(tree: Tree, clean: Clean, mentions: Sequence[Found]) -> list[Found]:
    """Group references, expanded to one mention a member.

    « les deux pays » stands for the two countries named last, when they are the only two of the last sentences
    or stand together in a coordination; otherwise it is left alone.
    """
    del tree
    countries = [m for m in mentions if m.label is Label.COUNTRY]
    out: list[Found] = []
    for match in _TWO.finditer(clean.text):
        before = [m for m in countries if m.end <= match.start()]
        members = list(dict.fromkeys(m.entity_id for m in reversed(before)))[:2]
        if len(members) == 2:
            out.extend(
                Found(match.start(), match.end(), Label.COUNTRY, member, Kind.GROUP, "reference.two")
                for member in sorted(members)
            )
    return out
