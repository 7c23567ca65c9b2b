"""The decisions of a review: what a line may say, and which lines cannot stand together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple

from pipeline.errors import on_one_line
from pipeline.lexicon.fold import slug
from pipeline.lexicon.rows import countries
from pipeline.records import Attribution, Label, Modality, Polarity, RelationType, SourceType, Tense

ENTITY_LABELS = frozenset(Label) - {Label.DATE, Label.QUANTITY, Label.MONEY}
MAX_SHOWN = 60  # characters of a cell that a message shows

_COLOURS: dict[str, type[StrEnum]] = {"polarity": Polarity, "modality": Modality, "tense": Tense}
# What `relabel` may set in a table as `column=value`.
COLUMNS: Mapping[str, Mapping[str, type[StrEnum]]] = {
    "relations": {"type": RelationType, **_COLOURS},
    "claims": {**_COLOURS, "attribution": Attribution, "source_type": SourceType},
}
_TABLES = {"m_": "mentions", "c_": "claims", "r_": "relations"}


class Action(StrEnum):
    """What a line decides about its row."""

    ACCEPT = "accept"
    REJECT = "reject"
    MERGE = "merge"
    RELABEL = "relabel"


class Decision(NamedTuple):
    """One line that can be applied if its row is there.

    `column` is what a relabelling changes: `label` of a mention or an entity, `type` of a relation, or a column.
    """

    line: int
    row_id: str
    action: Action
    value: str = ""
    column: str = ""

    @property
    def says(self) -> tuple[str, str, str, str]:
        """The decision without the line it stands on."""
        return self.row_id, self.action, self.column, self.value


class Conflict(NamedTuple):
    """A line that is not applied, and why."""

    line: int
    row_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """The lines of a `review.csv` in file order; `undecided` counts those without a decision.

    `digest` tells a review that was read from another one, "" where nothing is decided.
    """

    decisions: tuple[Decision, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    undecided: int = 0
    digest: str = ""


def digest_of(decisions: Iterable[Decision]) -> str:
    """What tells a review from another one, whatever program saved it; "" for one that decides nothing."""
    said = sorted({"\x1f".join(decision.says) for decision in decisions})
    return sha256("\x1e".join(said).encode("utf-8", "surrogatepass")).hexdigest() if said else ""


def shown(cell: str) -> str:
    """Quote a cell in a message: one line, cut where it is long."""
    cut = cell if len(cell) <= MAX_SHOWN else f"{cell[:MAX_SHOWN]}…"
    return f"'{cut if cut.isprintable() else on_one_line(cut)}'"


def table_of(row_id: str) -> str:
    """Table that a row id belongs to, "" for what is no id.

    Examples:
        >>> table_of("r_59a0c8ec8d"), table_of("COUNTRY:RUS"), table_of("Russie")
        ('relations', 'entities', '')
    """
    if row_id.partition(":")[0] in ENTITY_LABELS and ":" in row_id:
        return "entities"
    return _TABLES.get(row_id[:2], "")


def parse_line(line: int, row_id: str, action: str, value: str) -> Decision | Conflict:
    """Read the cells of one line, or say what is wrong with them.

    Examples:
        >>> parse_line(2, "r_59a0c8ec8d", "Relabel", "polarity = negative")
        Decision(line=2, row_id='r_59a0c8ec8d', action=<Action.RELABEL: 'relabel'>, value='negative', column='polarity')
        >>> parse_line(3, "COUNTRY:RUS", "merge", "PERSON:x").reason
        "'PERSON:x' is a PERSON: an entity can only be merged into another COUNTRY"
    """
    table = table_of(row_id)
    if not table:
        return Conflict(line, row_id, f"{shown(row_id)} is no id of a mention, claim, relation or entity")
    if value == row_id:
        return Conflict(line, row_id, "the value is the row itself")
    label = row_id.partition(":")[0] if table == "entities" else ""
    known, column, value, problem = _meaning(table, label, action.lower(), value)
    if known is None or problem:
        return Conflict(line, row_id, problem)
    return Decision(line, row_id, known, value, column)


@lru_cache(maxsize=10_000)  # a long review says the same few things again and again
def _meaning(table: str, label: str, action: str, value: str) -> tuple[Action | None, str, str, str]:
    """(action, column, value, problem) of what a line says about a row of a table; `label` is that of an entity."""
    if action in (Action.ACCEPT, Action.REJECT):
        return Action(action), "", "", ""
    if action == Action.MERGE:
        return Action.MERGE, "", value, _merge_problem(table, label, value)
    if action == Action.RELABEL:
        column, value = _column_and_value(table, value)
        return Action.RELABEL, column, value, _relabel_problem(table, column, value)
    return None, "", "", f"{shown(action)} is no decision. Use accept, reject, merge or relabel"


def _column_and_value(table: str, value: str) -> tuple[str, str]:
    column, equals, rest = value.partition("=")
    if equals:
        column, value = column.strip().lower(), rest.strip()
    else:
        column = "type" if table == "relations" else "label"
    if table in COLUMNS:
        return column, value.upper() if column == "type" else value.lower()
    label, colon, local = value.partition(":")
    return column, f"{label.upper()}{colon}{local}"


def _merge_problem(table: str, label: str, value: str) -> str:
    if table not in ("mentions", "entities"):
        return "only a mention or an entity can be merged"
    other = value.partition(":")[0]
    if label and table_of(value) == "entities" and other != label:
        return f"{shown(value)} is a {other}: an entity can only be merged into another {label}"
    return _entity_problem(value)


def _relabel_problem(table: str, column: str, value: str) -> str:
    allowed = COLUMNS.get(table)
    if allowed is None:
        if column != "label":
            return f"{shown(column)} cannot be changed in {table}. Give another label"
        return "" if value in ENTITY_LABELS else _entity_problem(value)
    if column not in allowed:
        return f"{shown(column)} cannot be changed in {table}. Accepted are {', '.join(allowed)}, as column=value"
    accepted = [choice.value for choice in allowed[column]]
    return "" if value in accepted else f"{shown(value)} is no {column}. Accepted are {', '.join(accepted)}"


def _entity_problem(value: str) -> str:
    label, colon, local = value.partition(":")
    if label not in ENTITY_LABELS:
        return f"{shown(value)} begins with no label of an entity. Labels are {', '.join(sorted(ENTITY_LABELS))}"
    if label == Label.COUNTRY and local not in _codes():
        return f"{shown(value)}: {shown(local)} is not an ISO 3166-1 alpha-3 code"
    if not colon or not local or (label != Label.COUNTRY and slug(local) != local):
        return f"{shown(value)} is not written like an entity_id. Copy one from entities.csv"
    return ""


@cache
def _codes() -> frozenset[str]:
    return frozenset(country.iso3 for country in countries())


def without_contradictions(decisions: Sequence[Decision]) -> tuple[list[Decision], list[Conflict]]:
    """Part the decisions that stand together from those that another line about the same row denies.

    The same line twice is no contradiction, nor are relabellings of several columns. Of a contradiction none is
    applied: which one was meant cannot be known.
    """
    several = {row_id for row_id, count in Counter(decision.row_id for decision in decisions).items() if count > 1}
    by_row: dict[str, dict[tuple[str, str, str, str], Decision]] = defaultdict(dict)
    for decision in decisions:
        if decision.row_id in several:
            by_row[decision.row_id].setdefault(decision.says, decision)
    bad = {row_id: [*said.values()] for row_id, said in by_row.items() if len(said) > 1 and _contradict(said.values())}
    kept = [decision for decision in decisions if decision.row_id not in bad]
    conflicts = [
        Conflict(decision.line, decision.row_id, f"line {_other(decision, bad[decision.row_id])} decides otherwise")
        for decision in decisions
        if decision.row_id in bad
    ]
    return kept, conflicts


def _contradict(decisions: Iterable[Decision]) -> bool:
    columns = [decision.column for decision in decisions]
    return "" in columns or len({*columns}) < len(columns)


def _other(decision: Decision, said: Sequence[Decision]) -> int:
    return next(other.line for other in said if other.says != decision.says)
