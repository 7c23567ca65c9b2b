"""Decisions applied to what was read: the row itself, and every row that rests on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.extractor import Extractor
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.records import Claim, Document, Extraction, Mention, Relation
from pipeline.review.apply import apply_review, corrected
from pipeline.review.decisions import Action, Decision, Review, parse_line, without_contradictions
from pipeline.review.outcome import Outcome, OutcomeTally
from pipeline.review.plan import make_plan
from pipeline.transfers import transfers

pytestmark = pytest.mark.model

SALE = "Moscou a livré des S-400 à la Turquie. Ankara remercie la Russie."
SAID = "Ankara a appris que Moscou avait livré des S-400 à Téhéran. L'OTAN condamne l'Iran."
FIRM = "Le groupe Norvik a vendu des chars Leopard 2 à la Suède. Norvik SA a signé un contrat avec Oslo."
PACT = "La Finlande coopère avec la Suède. La Finlande coopère avec la Norvège."

Read = Callable[[str], Extraction]


@pytest.fixture
def read(extractor: Extractor) -> Read:
    """Extract a text as document « a »."""
    return lambda text: extractor.extract(Document("a", text))


def review_of(*lines: str) -> Review:
    found = [parse_line(number, *line.split(",")) for number, line in enumerate(lines, start=2)]
    kept, conflicts = without_contradictions([line for line in found if isinstance(line, Decision)])
    assert all(isinstance(line, Decision) for line in found)
    return Review(tuple(kept), tuple(conflicts))


def after(extraction: Extraction, *lines: str) -> Extraction:
    return apply_review(extraction, review_of(*lines))


def outcome(extraction: Extraction, *lines: str) -> Outcome:
    review = review_of(*lines)
    plan = make_plan(review, extraction.entities, Gazetteer.packaged())
    tally = OutcomeTally(review, plan)
    document = corrected(extraction, plan)
    tally.add(document)
    return tally.outcome({entity.entity_id: entity for entity in document.extraction.entities})


def mention(extraction: Extraction, text: str) -> Mention:
    return next(row for row in extraction.mentions if row.text == text)


def claim(extraction: Extraction, words: str) -> Claim:
    return next(row for row in extraction.claims if words in row.text)


def relation(extraction: Extraction, kind: str) -> Relation:
    return next(row for row in extraction.relations if row.type == kind)


def links(extraction: Extraction) -> set[tuple[str, str, str, str]]:
    return {(row.subject_id, row.type.value, row.object_id, row.counterpart_id) for row in extraction.relations}


def ids(extraction: Extraction) -> list[str]:
    return [entity.entity_id for entity in extraction.entities]


# Accept


def test_accepting_a_row_changes_nothing(read: Read) -> None:
    result = read(SALE)
    assert after(result, f"{relation(result, 'SUPPLIES').relation_id},accept,", "COUNTRY:RUS,accept,") == result


def test_an_accepted_row_that_no_longer_comes_out_is_reported(read: Read) -> None:
    result = read(SALE)
    found = outcome(result, "r_0000000000,accept,", "PERSON:personne,accept,", "COUNTRY:RUS,accept,")
    assert found.applied == 1
    assert [conflict.line for conflict in found.conflicts] == [2, 3]
    assert "was not found in this run" in found.conflicts[0].reason


def test_an_accepted_row_that_another_line_takes_away_is_reported(read: Read) -> None:
    result = read(SALE)
    found = outcome(result, f"{mention(result, 'Turquie').mention_id},accept,", "COUNTRY:TUR,reject,")
    assert [(conflict.line, conflict.reason) for conflict in found.conflicts] == [
        (2, "it is accepted here, but other lines take it away")
    ]


# Reject


def test_a_rejected_relation_goes_with_its_other_side_and_its_transfer(read: Read) -> None:
    result = read(SALE)
    left = after(result, f"{relation(result, 'SUPPLIES').relation_id},reject,")
    assert {row.type for row in left.relations}.isdisjoint({"SUPPLIES", "ACQUIRES"})
    assert transfers([result]) and not transfers([left])


def test_an_other_side_that_is_decided_on_its_own_stays(read: Read) -> None:
    result = read(SALE)
    supplied, bought = relation(result, "SUPPLIES"), relation(result, "ACQUIRES")
    left = after(result, f"{supplied.relation_id},reject,", f"{bought.relation_id},accept,")
    assert bought in left.relations
    assert supplied not in left.relations


def test_a_rejected_claim_leaves_its_relations_without_a_source(read: Read) -> None:
    result = read(SAID)
    left = after(result, f"{claim(result, 'avait livré').claim_id},reject,")
    supplied = relation(left, "SUPPLIES")
    assert (relation(result, "SUPPLIES").source, supplied.source, supplied.claim_id) == ("Ankara", "", "")


def test_a_rejected_entity_takes_the_relations_that_rest_on_it(read: Read) -> None:
    left = after(read(SALE), "COUNTRY:RUS,reject,")
    assert links(left) == {("COUNTRY:TUR", "ACQUIRES", "WEAPON:s-400", "")}
    assert "COUNTRY:RUS" not in ids(left)
    assert all("COUNTRY:RUS" not in row.entity_ids for row in left.claims)


def test_a_rejected_third_party_is_only_left_out(read: Read) -> None:
    left = after(read("La France a livré des Caesar à Kiev."), "COUNTRY:UKR,reject,")
    assert links(left) == {("COUNTRY:FRA", "SUPPLIES", "WEAPON:caesar", "")}


def test_a_rejected_source_is_left_out_of_its_claims(read: Read) -> None:
    result = read(SAID)
    left = after(result, f"{mention(result, 'Ankara').mention_id},reject,")
    assert (claim(result, "livré").source_id, claim(left, "livré").source_id) == ("COUNTRY:TUR", "")
    assert claim(left, "livré").source == "Ankara"


def test_a_rejected_mention_takes_only_what_rests_on_it(read: Read) -> None:
    result = read(PACT)
    first = mention(result, "Finlande")
    left = after(result, f"{first.mention_id},reject,")
    assert links(left) == {("COUNTRY:FIN", "COOPERATES_WITH", "COUNTRY:NOR", "")}
    assert next(entity for entity in left.entities if entity.entity_id == "COUNTRY:FIN").n_mentions == 1


def test_counts_and_coverage_follow(read: Read) -> None:
    result = read(PACT)
    left = after(result, "COUNTRY:SWE,reject,")
    assert (left.document.n_mentions, left.document.n_relations) == (3, 1)
    assert [(row.status.value, row.n_mentions, row.n_relations) for row in left.coverage] == [
        ("claim", 1, 0),
        ("relation", 2, 1),
    ]


# Merge


def test_a_merged_entity_is_another_one_everywhere(read: Read) -> None:
    result = read(FIRM)
    left = after(result, "ORGANISATION:norvik-sa,merge,ORGANISATION:norvik")
    (entity,) = [row for row in left.entities if row.label == "ORGANISATION"]
    assert (entity.name, entity.aliases, entity.n_mentions) == ("Norvik", ("Norvik SA",), 2)
    agreed = relation(left, "AGREES_WITH")
    assert (agreed.object_id, agreed.object) == ("ORGANISATION:norvik", "Norvik")
    assert "ORGANISATION:norvik" in claim(left, "contrat").entity_ids
    assert agreed.relation_id == relation(result, "AGREES_WITH").relation_id
    assert agreed.rule.endswith("+review")


def test_one_mention_is_merged_and_the_others_stay(read: Read) -> None:
    result = read(PACT)
    first = mention(result, "Finlande")
    left = after(result, f"{first.mention_id},merge,COUNTRY:DNK")
    assert links(left) == {
        ("COUNTRY:DNK", "COOPERATES_WITH", "COUNTRY:SWE", ""),
        ("COUNTRY:FIN", "COOPERATES_WITH", "COUNTRY:NOR", ""),
    }
    assert "Danemark" in [entity.name for entity in left.entities]


def test_symmetric_relations_stay_in_alphabetical_order(read: Read) -> None:
    left = after(read("La Finlande coopère avec la Suède."), "COUNTRY:FIN,merge,COUNTRY:TUR")
    assert [(row.subject_id, row.subject, row.object_id, row.object) for row in left.relations] == [
        ("COUNTRY:SWE", "Suède", "COUNTRY:TUR", "Turquie")
    ]


def test_a_relation_of_an_entity_with_itself_goes(read: Read) -> None:
    assert after(read("La Finlande coopère avec la Suède."), "COUNTRY:FIN,merge,COUNTRY:SWE").relations == ()


def test_merges_are_followed_to_their_end(read: Read) -> None:
    left = after(
        read(FIRM), "ORGANISATION:norvik-sa,merge,ORGANISATION:norvik", "ORGANISATION:norvik,merge,ORGANISATION:nexter"
    )
    assert "ORGANISATION:nexter" in ids(left)
    assert not {"ORGANISATION:norvik", "ORGANISATION:norvik-sa"} & {*ids(left)}


def test_merges_that_lead_round_are_conflicts_and_change_nothing(read: Read) -> None:
    lines = ("COUNTRY:FIN,merge,COUNTRY:SWE", "COUNTRY:SWE,merge,COUNTRY:FIN")
    assert after(read(PACT), *lines) == read(PACT)
    assert {conflict.reason for conflict in outcome(read(PACT), *lines).conflicts} == {
        "this merge leads round in a circle"
    }


def test_a_merge_into_what_is_rejected_is_a_conflict(read: Read) -> None:
    lines = ("COUNTRY:FIN,merge,COUNTRY:SWE", "COUNTRY:SWE,reject,")
    assert "COUNTRY:FIN" in ids(after(read(PACT), *lines))
    (conflict,) = outcome(read(PACT), *lines).conflicts
    assert conflict.line == 2
    assert "is rejected" in conflict.reason


def test_a_mention_is_not_merged_across_labels(read: Read) -> None:
    result = read(SALE)
    line = f"{mention(result, 'S-400').mention_id},merge,COUNTRY:RUS"
    assert after(result, line) == result
    assert "it is a WEAPON" in outcome(result, line).conflicts[0].reason


# Relabel


def test_a_relabelled_entity_keeps_its_name(read: Read) -> None:
    result = read(FIRM)
    left = after(result, "ORGANISATION:norvik-sa,relabel,PERSON")
    assert ("PERSON:norvik-sa", "PERSON", "Norvik SA") in [(e.entity_id, e.label, e.name) for e in left.entities]
    assert mention(left, "Norvik SA").label == "PERSON"
    assert relation(left, "AGREES_WITH").object_id == "PERSON:norvik-sa"


def test_a_relation_that_the_new_label_does_not_allow_goes(read: Read) -> None:
    left = after(read(FIRM), "ORGANISATION:norvik-sa,relabel,WEAPON")
    assert "AGREES_WITH" not in {row.type for row in left.relations}
    assert "SUPPLIES" in {row.type for row in left.relations}


def test_a_relabelled_capital_is_a_place_and_the_country_stays(read: Read) -> None:
    result = read(SALE)
    left = after(result, f"{mention(result, 'Ankara').mention_id},relabel,PLACE")
    assert mention(left, "Ankara").entity_id == "PLACE:ankara"
    assert mention(left, "Turquie").entity_id == "COUNTRY:TUR"


def test_a_place_can_be_made_the_country_it_stands_for(read: Read) -> None:
    result = read("Le convoi est arrivé à Damas.")
    assert mention(result, "Damas").label == "PLACE"
    left = after(result, f"{mention(result, 'Damas').mention_id},relabel,COUNTRY")
    assert (mention(left, "Damas").entity_id, left.entities[0].name) == ("COUNTRY:SYR", "Syrie")


def test_a_country_that_nobody_knows_must_be_given(read: Read) -> None:
    line = "ORGANISATION:norvik,relabel,COUNTRY"
    assert after(read(FIRM), line) == read(FIRM)
    assert "Give its entity_id" in outcome(read(FIRM), line).conflicts[0].reason
    assert "COUNTRY:SWE" in ids(after(read(FIRM), "ORGANISATION:norvik,relabel,COUNTRY:SWE"))


def test_a_label_given_by_a_review_can_be_merged_on(read: Read) -> None:
    lines = ("ORGANISATION:norvik-sa,relabel,PERSON", "PERSON:norvik-sa,merge,PERSON:emmanuel-macron")
    left = after(read(FIRM), *lines)
    assert relation(left, "AGREES_WITH").object == "Emmanuel Macron"
    assert outcome(read(FIRM), *lines).applied == 2


def test_a_relabelled_relation_has_the_new_type(read: Read) -> None:
    result = read("Berlin soutient Kiev.")
    left = after(result, f"{relation(result, 'SUPPORTS').relation_id},relabel,THREATENS")
    assert [(row.type, row.plover) for row in left.relations] == [("THREATENS", "THREATEN")]


def test_the_other_side_goes_when_a_transfer_becomes_something_else(read: Read) -> None:
    result = read("La France a livré des Caesar à Kiev.")
    left = after(result, f"{relation(result, 'SUPPLIES').relation_id},relabel,PRODUCES")
    assert links(left) == {("COUNTRY:FRA", "PRODUCES", "WEAPON:caesar", "")}


@pytest.mark.parametrize("value", ["SUPPLIES", "MEETS_WITH"])
def test_the_other_side_stays_when_the_relabelling_is_not_applied(read: Read, value: str) -> None:
    result = read("La France a livré des Caesar à Kiev.")
    assert after(result, f"{relation(result, 'SUPPLIES').relation_id},relabel,{value}") == result


def test_a_type_whose_parties_do_not_fit_is_a_conflict(read: Read) -> None:
    result = read("Berlin soutient Kiev.")
    line = f"{relation(result, 'SUPPORTS').relation_id},relabel,SUPPLIES"
    assert after(result, line) == result
    assert "the object of SUPPLIES cannot be a COUNTRY" in outcome(result, line).conflicts[0].reason


@pytest.mark.parametrize(("column", "value"), [("polarity", "negative"), ("modality", "possible"), ("tense", "future")])
def test_a_column_of_a_relation_is_put_right_on_both_sides(read: Read, column: str, value: str) -> None:
    result = read("La France a livré des Caesar à Kiev.")
    left = after(result, f"{relation(result, 'SUPPLIES').relation_id},relabel,{column}={value}")
    assert [getattr(row, column) for row in left.relations] == [value, value]


def test_factuality_follows_a_relabelled_claim(read: Read) -> None:
    result = read("Selon Kiev, l'Iran a livré des drones à la Russie.")
    key = claim(result, "drones").claim_id
    left = after(result, f"{key},relabel,polarity=negative", f"{key},relabel,modality=possible")
    assert [(row.factuality_source, row.factuality_author) for row in left.claims] == [("PS-", "Uu")]


def test_a_source_that_knows_still_commits_the_author(read: Read) -> None:
    result = read(SAID)
    left = after(result, f"{claim(result, 'livré').claim_id},relabel,polarity=negative")
    assert (claim(left, "livré").factuality_source, claim(left, "livré").factuality_author) == ("CT-", "CT-")


def test_a_claim_given_to_the_author_has_no_source(read: Read) -> None:
    result = read(SAID)
    left = claim(after(result, f"{claim(result, 'livré').claim_id},relabel,attribution=author"), "livré")
    assert (left.source, left.source_id, left.source_type, left.factuality_author) == ("", "", "author", "CT+")


def test_a_source_type_that_denies_the_attribution_is_a_conflict(read: Read) -> None:
    result = read(SAID)
    line = f"{claim(result, 'livré').claim_id},relabel,source_type=author"
    assert after(result, line) == result
    assert "does not go with attribution reported" in outcome(result, line).conflicts[0].reason


@pytest.mark.parametrize(
    ("kind", "value"),
    [("SUPPLIES", "SUPPLIES"), ("SUPPLIES", "polarity=positive"), ("mention", "COUNTRY"), ("entity", "COUNTRY")],
)
def test_a_relabelling_that_says_nothing_new_is_reported(read: Read, kind: str, value: str) -> None:
    result = read(SALE)
    row_id = {"mention": mention(result, "Turquie").mention_id, "entity": "COUNTRY:TUR"}.get(kind)
    found = outcome(result, f"{row_id or relation(result, kind).relation_id},relabel,{value}")
    assert found.applied == 0
    assert found.conflicts[0].reason.endswith("already")


# All together


def test_a_review_applies_to_every_fresh_extraction(read: Read) -> None:
    lines = (
        "COUNTRY:TUR,merge,COUNTRY:GRC",
        f"{relation(read(SALE), 'SUPPLIES').relation_id},relabel,modality=alleged",
    )
    assert after(read(SALE), *lines) == after(read(SALE), *lines)
    assert outcome(read(SALE), *lines).conflicts == ()


def test_the_order_of_the_lines_does_not_matter(read: Read) -> None:
    lines = ("COUNTRY:TUR,merge,COUNTRY:GRC", "COUNTRY:RUS,merge,COUNTRY:BLR", "WEAPON:s-400,relabel,WEAPON_CLASS")
    assert after(read(SALE), *lines) == after(read(SALE), *reversed(lines))


def test_a_document_that_no_line_is_about_is_given_back_as_it_is(read: Read) -> None:
    result = read(PACT)
    assert after(result, "COUNTRY:ZAF,reject,", "m_0000000000,reject,") is result


def test_a_mentions_own_decision_goes_before_its_entitys(read: Read) -> None:
    result = read(SALE)
    lines = ("COUNTRY:TUR,reject,", f"{mention(result, 'Ankara').mention_id},merge,COUNTRY:GRC")
    assert {"COUNTRY:GRC", "COUNTRY:RUS"} <= {*ids(after(result, *lines))}
    assert "COUNTRY:TUR" not in ids(after(result, *lines))


def test_everything_still_points_into_the_text(read: Read, ungrounded: Callable[[Extraction], list[str]]) -> None:
    left = after(
        read(SAID), "COUNTRY:RUS,reject,", "COUNTRY:TUR,merge,COUNTRY:GRC", "WEAPON:s-400,relabel,ORGANISATION"
    )
    assert ungrounded(left) == []


def test_a_long_chain_of_merges_takes_no_long_time(read: Read) -> None:
    chain = [Decision(n, f"COUNTRY:{n}", Action.MERGE, f"COUNTRY:{n + 1}") for n in range(200_000)]
    first = replace(read(PACT).entities[0], entity_id="COUNTRY:0")
    plan = make_plan(Review(tuple(chain)), [first], Gazetteer.packaged())
    assert plan.end_of(first) == replace(first, entity_id="COUNTRY:200000", iso3="200000", aliases=())
