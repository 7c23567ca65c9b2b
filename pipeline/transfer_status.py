"""How far one relation says a transfer has come; the knowledge stands in `data/transfer_status.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import LexiconError
from pipeline.records import Modality, Polarity, Relation, RelationType, Tense

DATA_FILE = "transfer_status.toml"
_LONGEST_RUN = 3
_REACH = 6  # words from what governs a noun to the noun


@dataclass(frozen=True, slots=True)
class StatusRule:
    """A line of the decision list; an empty condition holds always."""

    status: str
    type: str
    polarity: str
    tense: str
    modality: tuple[str, ...]
    triggers_of: tuple[str, ...]
    nominal: bool
    example: str

    def holds(self, relation: Relation, trigger_status: str) -> bool:
        """Tell whether all conditions hold."""
        return (
            self.type in {"", relation.type}
            and self.polarity in {"", relation.polarity}
            and self.tense in {"", relation.tense}
            and (not self.modality or relation.modality in self.modality)
            and (not self.triggers_of or trigger_status in self.triggers_of)
            and (not self.nominal or _is_nominal(relation))
        )


@dataclass(frozen=True, slots=True)
class StatusLexicon:
    """Statuses in ascending order, the triggers of each, and the rules that bend them."""

    order: tuple[str, ...]
    governing: frozenset[str]
    stops: frozenset[str]
    triggers: dict[str, str]
    between: frozenset[str]
    rules: tuple[StatusRule, ...]
    default: str

    def of_trigger(self, trigger: str) -> str:
        """Give the status a trigger stands for, `default` if it is not listed.

        Examples:
            >>> lexicon = load_status_lexicon()
            >>> lexicon.of_trigger("livrera"), lexicon.of_trigger("suspension des livraisons"), lexicon.of_trigger("")
            ('delivered', 'suspended', 'ordered')
        """
        words = _fold(trigger).split()
        runs = (words[at : at + size] for size in range(_LONGEST_RUN, 0, -1) for at in range(len(words)))
        found = [status for run in runs if (status := self._look_up(" ".join(run)))]
        return next((status for status in found if status in self.governing), found[0] if found else self.default)

    def of_phrase(self, relation: Relation) -> str:
        """Give the status of the trigger, or that of the word that governs it: « autorise la livraison ».

        An infinitive that is itself only possible or intended (« pourrait autoriser la livraison ») does not count.
        """
        governor = self._governor(
            _fold(relation.evidence).split(),
            _fold(relation.trigger).split(),
            reach=_REACH if _is_nominal(relation) else 0,
        )
        status = self._look_up(governor)
        infinitive = governor.endswith(("er", "re", "ir"))
        is_open = relation.modality != Modality.ASSERTED and infinitive and status not in self.stops
        return status if status in self.governing and not is_open else self.of_trigger(relation.trigger)

    def of_relation(self, relation: Relation) -> str:
        """Give the status that a SUPPLIES or ACQUIRES relation speaks of."""
        trigger_status = self.of_phrase(relation)
        rule = next(rule for rule in self.rules if rule.holds(relation, trigger_status))
        return trigger_status if rule.status == "trigger" else rule.status

    def is_stop(self, relation: Relation) -> bool:
        """Tell whether the trigger itself ends a transfer: « annule la commande » does not deny that there was one."""
        return self.of_phrase(relation) in self.stops

    def governs(self, word: str) -> bool:
        """Tell whether a word says how far the transfer has come that stands below it: « *approbation* de la vente ».

        Examples:
            >>> load_status_lexicon().governs("approuvé"), load_status_lexicon().governs("figurent")
            (True, False)
        """
        return self._look_up(_fold(word)) in self.governing

    def last(self, statuses: set[str]) -> str:
        """Give the furthest status of several."""
        return max(statuses, key=self.order.index)

    def _governor(self, words: list[str], trigger: list[str], *, reach: int) -> str:
        starts = (at for at in range(len(words)) if trigger and words[at : at + len(trigger)] == trigger)
        before = next(starts, 0) - 1
        while before >= 0 and words[before] in self.between:
            before -= 1
        for at in range(before, max(before - reach, -1), -1):  # « avait approuvé en décembre la vente »
            if self._look_up(words[at]) in self.governing:
                before = at
                break
        two = " ".join(words[max(before - 1, 0) : before + 1])
        return two if two in self.triggers else " ".join(words[before : before + 1] if before >= 0 else [])

    def _look_up(self, run: str) -> str:
        if run in self.triggers:
            return self.triggers[run]
        stems = (run[:length] + "*" for length in range(len(run), 1, -1))
        return next((self.triggers[stem] for stem in stems if stem in self.triggers), "")


@cache
def load_status_lexicon() -> StatusLexicon:
    """Read the packaged file.

    Raises:
        LexiconError: if a status, a value or a trigger in it cannot be used, all problems at once.
    """
    text = files("pipeline").joinpath("data", DATA_FILE).read_text(encoding="utf-8")
    return parse_status_lexicon(tomllib.loads(text), where=DATA_FILE)


def parse_status_lexicon(raw: dict[str, Any], *, where: str) -> StatusLexicon:
    """Turn the file's content into a lexicon.

    Raises:
        LexiconError: as `load_status_lexicon`.
    """
    order = tuple(entry["name"] for entry in raw["status"])
    pairs = [(_fold_trigger(trigger), entry["name"]) for entry in raw["status"] for trigger in entry["triggers"]]
    rules = tuple(_rule(entry) for entry in raw["rule"])
    problems = _problems(pairs, rules, statuses={*order, "trigger"})
    if problems:
        raise LexiconError(where, "; ".join(problems), f"Statuses are {', '.join(order)}", "Correct the file")
    return StatusLexicon(
        order=order,
        governing=frozenset(entry["name"] for entry in raw["status"] if entry.get("governs")),
        stops=frozenset(entry["name"] for entry in raw["status"] if entry.get("stop")),
        triggers=dict(pairs),
        between=frozenset(map(_fold, raw["between"])),
        rules=rules,
        default=raw["default"],
    )


def _rule(entry: dict[str, Any]) -> StatusRule:
    return StatusRule(
        status=entry["status"],
        type=entry.get("type", ""),
        polarity=entry.get("polarity", ""),
        tense=entry.get("tense", ""),
        modality=tuple(entry.get("modality", ())),
        triggers_of=tuple(entry.get("triggers_of", ())),
        nominal=entry.get("nominal", False),
        example=entry["example"],
    )


def _problems(pairs: list[tuple[str, str]], rules: tuple[StatusRule, ...], *, statuses: set[str]) -> list[str]:
    triggers = [trigger for trigger, _ in pairs]
    problems = [f"trigger '{trigger}' stands twice" for trigger in sorted(set(triggers)) if triggers.count(trigger) > 1]
    for number, rule in enumerate(rules, start=1):
        allowed = (
            ({rule.status, *rule.triggers_of}, statuses),
            ({rule.type}, {"", *RelationType}),
            ({rule.polarity}, {"", *Polarity}),
            ({rule.tense}, {"", *Tense}),
            ({*rule.modality}, {*Modality}),
        )
        problems += [f"rule {number}: '{value}' is unknown" for given, known in allowed for value in given - known]
    if rules[-1] != StatusRule(rules[-1].status, "", "", "", (), (), False, rules[-1].example):
        problems.append("the last rule has a condition: it must hold always")
    return problems


def _is_nominal(relation: Relation) -> bool:
    """« la livraison de » rather than « livrer »."""
    return "noun." in relation.rule


def _fold_trigger(trigger: str) -> str:
    return _fold(trigger) + ("*" if trigger.endswith("*") else "")


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower())
    return " ".join(re.findall(r"\w+", "".join(char for char in letters if not unicodedata.combining(char))))
