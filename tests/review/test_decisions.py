"""What a line of a review may say, and which lines cannot stand together."""

from __future__ import annotations

import pytest

from pipeline.review.decisions import Conflict, Decision, parse_line, without_contradictions


def decide(*lines: str) -> list[Decision]:
    found = [parse_line(number, *line.split(",")) for number, line in enumerate(lines, start=2)]
    assert all(isinstance(decision, Decision) for decision in found)
    return [decision for decision in found if isinstance(decision, Decision)]


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("m_01,relabel,place", "label", "PLACE"),
        ("m_01,relabel,country:RUS", "label", "COUNTRY:RUS"),
        ("ORGANISATION:norvik,relabel,PERSON", "label", "PERSON"),
        ("r_01,relabel,acquires", "type", "ACQUIRES"),
        ("r_01,relabel,type=ACQUIRES", "type", "ACQUIRES"),
        ("r_01,relabel,Modality=Possible", "modality", "possible"),
        ("c_01,relabel,source_type=media", "source_type", "media"),
        ("c_01,relabel,attribution=quoted", "attribution", "quoted"),
        ("m_01,merge,ORGANISATION:otan", "", "ORGANISATION:otan"),
    ],
)
def test_a_line_is_read(line: str, column: str, value: str) -> None:
    (decision,) = decide(line)
    assert (decision.column, decision.value) == (column, value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("m_01,accepted,", "'accepted' is no decision"),
        (",reject,", "'' is no id"),
        ("DATE:2023,reject,", "is no id"),
        ("t_01,reject,", "is no id"),
        ("r_01,merge,r_02", "only a mention or an entity"),
        ("c_01,merge,c_02", "only a mention or an entity"),
        ("PERSON:x,merge,", "begins with no label"),
        ("PERSON:x,merge,PERSON", "not written like"),
        ("PERSON:x,merge,HERO:y", "'HERO:y' begins with no label"),
        ("PERSON:x,merge,PERSON:x", "the row itself"),
        ("PERSON:x,merge,ORGANISATION:x", "only be merged into another PERSON"),
        ("PERSON:x,merge,PERSON:Jean Dupont", "not written like"),
        ("PERSON:x,merge,PERSON:a; b", "not written like"),
        ("COUNTRY:RUS,merge,COUNTRY:Russie", "alpha-3"),
        ("m_01,relabel,QUANTITY", "begins with no label"),
        ("m_01,relabel,polarity=negative", "cannot be changed in mentions"),
        ("r_01,relabel,SELLS", "'SELLS' is no type"),
        ("r_01,relabel,attribution=author", "cannot be changed in relations"),
        ("c_01,relabel,ACQUIRES", "cannot be changed in claims"),
        ("c_01,relabel,modality=maybe", "'maybe' is no modality"),
        ("c_01,relabel,<script>=1", "cannot be changed"),
    ],
)
def test_a_line_without_sense_is_a_conflict(line: str, said: str) -> None:
    found = parse_line(2, *line.split(","))
    assert isinstance(found, Conflict)
    assert said in found.reason


@pytest.mark.parametrize(
    "lines",
    [
        ("m_01,accept,", "m_01,reject,"),
        ("m_01,relabel,PLACE", "m_01,relabel,PERSON"),
        ("m_01,merge,PLACE:x", "m_01,relabel,PERSON"),
        ("r_01,relabel,polarity=negative", "r_01,reject,"),
        ("c_01,relabel,tense=past", "c_01,relabel,tense=future"),
        ("PERSON:x,merge,PERSON:y", "PERSON:x,merge,PERSON:z"),
    ],
)
def test_of_two_decisions_that_deny_each_other_none_is_applied(lines: tuple[str, str]) -> None:
    kept, conflicts = without_contradictions(decide(*lines, "m_99,reject,"))
    assert [decision.row_id for decision in kept] == ["m_99"]
    assert [conflict.reason for conflict in conflicts] == ["line 3 decides otherwise", "line 2 decides otherwise"]


@pytest.mark.parametrize(
    "lines",
    [
        ("m_01,reject,", "m_01,Reject,"),
        ("r_01,relabel,polarity=negative", "r_01,relabel,modality=possible"),
        ("r_01,relabel,ACQUIRES", "r_01,relabel,tense=past"),
    ],
)
def test_the_same_line_twice_and_several_columns_are_no_contradiction(lines: tuple[str, str]) -> None:
    assert without_contradictions(decide(*lines))[1] == []
