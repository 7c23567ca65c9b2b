"""`defpress check-data`: rows are valid, names are not claimed twice, every example holds. All problems at once."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cleaning import shown
from pipeline.lexicon import rows
from pipeline.lexicon.entry_checks import (
    check_claimed_twice,
    check_countries,
    check_organisations,
    check_places,
    check_weapons,
    did_you_mean,
)
from pipeline.lexicon.relation_types import relation_lexicon
from pipeline.lexicon.rows import DATA, Weapon, read_rows
from pipeline.lexicon.user import read_user_lexicon
from pipeline.noise import is_noise
from pipeline.records import Document, Extraction, Label, Modality, Polarity, RelationType

if TYPE_CHECKING:
    from pipeline.extractor import Extractor

_FACTUALITY = ("CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "CTu", "Uu")
_COLUMNS: dict[str, set[str]] = {
    "modality": {*Modality, ""},
    "polarity": {*Polarity, "", "flip"},
    "pos": {"verb", "noun", "adj", "adv"},
}


@dataclass(slots=True)
class Checked:
    """What was looked at and what is wrong with it."""

    problems: list[str] = field(default_factory=list)
    entries: int = 0
    examples: int = 0

    @property
    def summary(self) -> str:
        """Give the last line."""
        wrong = f"{len(self.problems)} problem{'s' * (len(self.problems) != 1)}" if self.problems else "all well"
        return f"{self.entries} entries, {self.examples} examples: {wrong}"


def check(files: Sequence[Path], *, extractor: Extractor | None = None) -> Checked:
    """Check the user's files, or the packaged data when there are none.

    A user's file `mine.csv` may have its examples beside it, in `mine.examples.jsonl`.

    Raises:
        LexiconError: if a file cannot be read at all.
    """
    checked = Checked()
    if files:
        _check_user_files(files, checked)
    else:
        _check_packaged_rows(checked)
        _check_packaged_examples(checked, extractor or _make_extractor(()))
    return checked


def _make_extractor(lexicons: Sequence[Path]) -> Extractor:
    from pipeline.extractor import Extractor

    return Extractor(lexicons=lexicons)


def _check_user_files(files: Sequence[Path], checked: Checked) -> None:
    beside = []
    for path in files:
        found = read_user_lexicon(path)
        checked.entries += len(found.weapons) + len(found.organisations) + len(found.places) + len(found.aliases)
        checked.problems += found.problems
        examples = path.with_name(f"{path.stem}.examples.jsonl")
        beside += [examples] if examples.exists() else []
    if beside and not checked.problems:
        extractor = _make_extractor(files)
        for examples in beside:
            _check_examples(extractor, examples, checked)


def _check_packaged_rows(checked: Checked) -> None:
    weapons = [
        (path.name, list(read_rows(Weapon, path)))
        for path in sorted((DATA / "weapons").iterdir(), key=lambda path: path.name)
        if path.name.endswith(".csv")
    ]
    checked.entries += sum(len(found) for _, found in weapons)
    checked.entries += sum(len(table) for table in (rows.countries(), rows.organisations(), rows.places()))
    problems = checked.problems
    for name, found in weapons:
        problems += check_weapons(found, where=name)
    problems += check_organisations(rows.organisations(), where="organisations.csv")
    problems += check_places(rows.places(), where="places.csv")
    problems += check_countries(rows.countries(), where="countries.csv")
    problems += check_claimed_twice([(name, row) for name, found in weapons for row in found])
    problems += check_claimed_twice([("organisations.csv", row) for row in rows.organisations()])
    problems += check_claimed_twice([("places.csv", row) for row in rows.places()])
    for check_file in (_check_cells, _check_noise, _check_reporting, _check_modifiers, _check_relation_types):
        problems += check_file()


def _check_cells() -> Iterator[str]:
    """Every packaged CSV file: a header of unique names, as many cells as columns, no stray blanks."""
    for path in _files(DATA, ".csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            header, *lines = list(csv.reader(stream))
        if len(set(header)) != len(header):
            yield f"{path.name}: a column name stands twice in {','.join(header)}"
        for number, cells in enumerate(lines, start=2):
            if len(cells) != len(header):
                yield f"{path.name}, line {number}: {len(cells)} cells. Expected {len(header)}"
            if any(cell != cell.strip() for cell in cells):
                yield f"{path.name}, line {number}: blanks around a cell. Take them away"


def _check_noise() -> Iterator[str]:
    for row in _cells("noise.csv"):
        where = f"noise.csv, entry '{row['kind']}'"
        try:
            re.compile(row["pattern"])
        except re.error as error:
            yield f"{where}: the pattern is no regular expression ({error})"
            continue
        if not re.match(row["pattern"], row["example"], re.IGNORECASE) or not is_noise(row["example"]):
            yield f"{where}: the pattern does not match its example '{row['example']}'"


def _check_reporting() -> Iterator[str]:
    for row in _cells("reporting.csv"):
        where = f"reporting.csv, entry '{row['lemma']}'"
        for column in ("source", "author"):
            if row[column] not in _FACTUALITY:
                yield f"{where}: {column} '{row[column]}' is no FactBank value. Accepted are {', '.join(_FACTUALITY)}"
        for part in row["content"].split():
            if part not in ("que", "inf", "quote", "np", "de", "si"):
                yield f"{where}: content '{part}' is not accepted. Accepted are que, inf, quote, np, de, si"


def _check_modifiers() -> Iterator[str]:
    for name in ("modifiers.csv", "predicates.csv"):
        for row in _cells(name):
            where = f"{name}, entry '{row.get('form') or row.get('lemma')}'"
            for column, known in _COLUMNS.items():
                if (value := row.get(column) or "") not in known and column in row:
                    yield f"{where}: {column} '{value}' is not accepted.{did_you_mean(value, map(str, known))}"


def _check_relation_types() -> Iterator[str]:
    import tomllib

    raw = tomllib.loads((DATA / "relations.toml").read_text(encoding="utf-8"))
    for name in sorted({*RelationType} - {*raw}):
        yield f"relations.toml: the relation type {name} has no entry"
    for name, entry in raw.items():
        where = f"relations.toml, entry '{name}'"
        if name not in {*RelationType}:
            yield f"{where}: this is no relation type.{did_you_mean(name, [*RelationType])}"
        for role in ("subject", "object", "counterpart"):
            for label in entry.get(role, ()):
                if label not in {*Label}:
                    yield f"{where}: {role} '{label}' is no label.{did_you_mean(label, [*Label])}"


def _check_packaged_examples(checked: Checked, extractor: Extractor) -> None:
    for path in _files(DATA, ".examples.jsonl"):
        _check_examples(extractor, path, checked)
    _check_factuality(extractor, checked)
    _check_status_rules(extractor, checked)


def _check_examples(extractor: Extractor, path: Path, checked: Checked) -> None:
    """Sentences with mentions (`expect`, `reject`) or with relations (`relations`, `none`)."""
    items: list[tuple[str, dict[str, Any]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.name}, line {number}"
        try:
            items.append((where, _example(json.loads(line))))
        except (ValueError, KeyError, TypeError):
            checked.problems.append(f"{where}: no object with text, expect and reject, or text, relations and none")
    found = extractor.pipe(Document(where, item["text"]) for where, item in items)
    for (where, item), extraction in zip(items, found, strict=True):
        checked.examples += 1
        broken = [*_broken_mentions(item, extraction), *_broken_relations(item, extraction)]
        checked.problems += (f"{where}: {what} in « {item['text']} »" for what in broken)


def _example(raw: dict[str, Any]) -> dict[str, Any]:
    first = "expect" if "expect" in raw else "relations"
    last = "reject" if first == "expect" else "none"
    empty: dict[str, Any] = {"expect": [], "reject": [], "relations": [], "none": []}
    return {**empty, "text": str(raw["text"]), first: list(raw[first]), last: list(raw[last])}


def _broken_mentions(item: dict[str, Any], extraction: Extraction) -> Iterator[str]:
    found = {(mention.label.value, mention.text): mention.entity_id for mention in extraction.mentions}
    for label, written, entity in item["expect"]:
        surface = shown(written)
        if (label, surface) not in found:
            others = [f"{other} '{text}'" for other, text in found if surface in text or text in surface]
            yield f"{label} '{surface}' is not found" + (f" (but {', '.join(others)})" if others else "")
        elif entity and entity not in _entities(extraction, label, surface):
            yield f"{label} '{surface}' is {found[label, surface]}, not {entity},"
    for label, written in item["reject"]:
        if (label, shown(written)) in found:
            yield f"{label} '{shown(written)}' is found"


def _broken_relations(item: dict[str, Any], extraction: Extraction) -> Iterator[str]:
    symmetric = {kind.value for kind, entry in relation_lexicon().types.items() if entry.symmetric}
    found = {
        (r.type.value, r.subject, r.object, r.counterpart, r.polarity.value, r.modality.value)
        for r in extraction.relations
    }
    for kind, subject, object_, counterpart, polarity, modality in item["relations"]:
        pairs = [(subject, object_), (object_, subject)] if kind in symmetric else [(subject, object_)]
        if not any((kind, *pair, counterpart or "", polarity, modality) in found for pair in pairs):
            yield f"{kind} {subject} -> {object_} ({counterpart}, {polarity}, {modality}) is not found"
    for kind in item["none"]:
        for row in sorted(row for row in found if row[0] == kind):
            yield f"{kind} {row[1]} -> {row[2]} is found"


def _entities(extraction: Extraction, label: str, surface: str) -> set[str]:
    return {m.entity_id for m in extraction.mentions if m.label == label and m.text == surface}


def _check_factuality(extractor: Extractor, checked: Checked) -> None:
    for number, row in enumerate(_cells("factuality.csv"), start=2):
        if not row.get("example"):
            continue
        checked.examples += 1
        wanted = (row["polarity"], row["modality"], row["source"], row["author"])
        claims = extractor.extract(row["example"]).claims
        found = [(c.polarity, c.modality, c.factuality_source, c.factuality_author) for c in claims]
        if wanted not in found:
            seen = " or ".join("/".join(values) for values in found) or "no claim"
            where = f"factuality.csv, line {number}"
            checked.problems.append(f"{where}: « {row['example']} » gives {seen}. Expected {'/'.join(wanted)}")


def _check_status_rules(extractor: Extractor, checked: Checked) -> None:
    from pipeline.transfer_status import load_status_lexicon

    lexicon = load_status_lexicon()
    kinds = (RelationType.SUPPLIES, RelationType.ACQUIRES)
    for rule in lexicon.rules:
        checked.examples += 1
        relations = [r for r in extractor.extract(rule.example).relations if r.type in kinds]
        statuses = {lexicon.of_relation(relation) for relation in relations}
        if not statuses or (rule.status != "trigger" and rule.status not in statuses):
            seen = ", ".join(sorted(statuses)) or "no transfer"
            checked.problems.append(f"transfer_status.toml: « {rule.example} » gives {seen}. Expected {rule.status}")


def _cells(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _files(folder: Path, ending: str) -> Iterable[Path]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, ending)
        elif entry.name.endswith(ending):
            yield entry
