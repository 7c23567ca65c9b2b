"""The arms-transfer ledger: merging, status, contradiction, origins."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from pipeline.errors import LexiconError
from pipeline.near_duplicates import representatives, resemblance, sketch
from pipeline.records import (
    Coverage,
    CoverageStatus,
    DocumentRow,
    Entity,
    Extraction,
    Label,
    Modality,
    Polarity,
    Relation,
    RelationType,
    Tense,
    Transfer,
)
from pipeline.transfer_status import load_status_lexicon, parse_status_lexicon
from pipeline.transfers import TransferLedger, transfers
from tests.steps import steps

TEXT = (
    "Le gouvernement a confirmé mercredi soir que les premiers canons avaient quitté le port de la mer Noire après "
    "plusieurs semaines de préparatifs, selon une source proche du dossier qui a requis l'anonymat."
)
_NUMBERS = itertools.count()


def relation(type_: str, subject: str, weapon: str, counterpart: str = "", **fields: Any) -> Relation:
    number = next(_NUMBERS)
    row = Relation(
        relation_id=f"r_{number:04}",
        doc_id="",
        sentence=0,
        type=RelationType(type_),
        subject_id=subject,
        subject=subject.lower(),
        object_id=weapon,
        object=weapon.lower(),
        counterpart_id=counterpart,
        counterpart=counterpart.lower(),
        place="",
        date="",
        quantity="",
        amount="",
        trigger="livrer" if type_ == "SUPPLIES" else "recevoir",
        start=number,
        end=number + 1,
        evidence="x",
        polarity=Polarity.POSITIVE,
        modality=Modality.ASSERTED,
        tense=Tense.PAST,
        claim_id=f"c_{number}",
        source="",
        plover="",
        rule="test",
    )
    return replace(row, **fields)


def document(doc_id: str, *relations: Relation, text: str = "", **fields: Any) -> Extraction:
    row = DocumentRow(doc_id, "", "", "", "", "fr", "", 0, 0, 1, 0, 0, len(relations), ())
    text = text or f"Texte {doc_id} sans rapport aucun avec le texte suivant numéro {doc_id}."
    return Extraction(
        document=replace(row, **fields),
        relations=tuple(replace(relation, doc_id=doc_id) for relation in relations),
        coverage=(Coverage(doc_id, 0, 0, len(text), CoverageStatus.RELATION, 0, 0, 1, text),),
    )


def only(*extractions: Extraction) -> Transfer:
    (row,) = transfers(extractions)
    return row


def test_both_sides_of_a_transfer_are_one_row() -> None:
    row = only(
        document("a", relation("SUPPLIES", "FRA", "RAFALE", "GRC", quantity="6", amount="2,5 milliards d'euros")),
        document("b", relation("ACQUIRES", "GRC", "RAFALE", "FRA", quantity="six", trigger="commander")),
    )
    assert (row.supplier, row.recipient, row.weapon) == ("fra", "grc", "rafale")
    assert (row.status, row.quantity, row.amount) == ("delivered", "6; six", "2,5 milliards d'euros")
    assert (row.n_claims, row.n_documents, row.n_origins, len(row.relation_ids)) == (2, 2, 2, 2)


def test_one_claim_with_both_relations_counts_once() -> None:
    row = only(
        document(
            "a",
            relation("SUPPLIES", "FRA", "RAFALE", "GRC", claim_id="c"),
            relation("ACQUIRES", "GRC", "RAFALE", "FRA", claim_id="c"),
        )
    )
    assert (row.n_claims, len(row.relation_ids)) == (1, 2)


def test_missing_party_joins_the_only_row_of_its_document() -> None:
    full = relation("SUPPLIES", "FRA", "RAFALE", "GRC")
    assert len(transfers([document("a", full, relation("ACQUIRES", "GRC", "RAFALE"))])) == 1
    assert len(transfers([document("a", full, relation("SUPPLIES", "FRA", "RAFALE"))])) == 1


def test_missing_party_stays_alone_when_several_rows_or_another_document_could_hold_it() -> None:
    greece, egypt = relation("SUPPLIES", "FRA", "RAFALE", "GRC"), relation("SUPPLIES", "FRA", "RAFALE", "EGY")
    unnamed = relation("SUPPLIES", "FRA", "RAFALE")
    rows = transfers([document("a", greece, egypt, unnamed)])
    assert [(row.recipient, row.n_claims) for row in rows] == [("", 1), ("egy", 1), ("grc", 1)]
    assert len(transfers([document("a", greece), document("b", unnamed)])) == 2
    assert len(transfers([document("a", greece, relation("ACQUIRES", "IND", "RAFALE"))])) == 2


def test_use_counts_after_a_delivery_by_a_known_supplier() -> None:
    use = relation("OPERATES", "GRC", "RAFALE", tense=Tense.PRESENT, trigger="déployer")
    delivered = relation("SUPPLIES", "FRA", "RAFALE", "GRC")
    wanted = relation("ACQUIRES", "GRC", "RAFALE", "FRA", modality=Modality.INTENDED)
    assert only(document("a", delivered), document("b", use)).status == "operational"
    assert only(document("a", wanted), document("b", use)).status == "sought"
    assert only(document("a", relation("ACQUIRES", "GRC", "RAFALE")), document("b", use)).status == "delivered"
    assert transfers([document("b", use)]) == ()


def test_use_of_a_class_of_weapons_says_nothing_of_a_delivery() -> None:
    use = relation("OPERATES", "RUS", "WEAPON_CLASS:drone", tense=Tense.PRESENT)
    assert only(document("a", relation("SUPPLIES", "IRN", "WEAPON_CLASS:drone", "RUS"), use)).status == "delivered"


@pytest.mark.parametrize(
    ("status", "type_", "fields"),
    [
        pytest.param("delivered", "SUPPLIES", {"trigger": "livrer"}, id="a livré"),
        pytest.param("delivered", "ACQUIRES", {"trigger": "Réceptionner"}, id="a réceptionné"),
        pytest.param("ordered", "ACQUIRES", {"trigger": "commander"}, id="a commandé"),
        pytest.param("ordered", "SUPPLIES", {"trigger": "inconnu"}, id="unlisted trigger"),
        pytest.param("authorised", "SUPPLIES", {"trigger": "donner son feu vert"}, id="a donné son feu vert"),
        pytest.param("authorised", "SUPPLIES", {"trigger": "autoriser", "tense": Tense.FUTURE}, id="autorisera"),
        pytest.param("decided", "SUPPLIES", {"tense": Tense.FUTURE}, id="livrera"),
        pytest.param("decided", "SUPPLIES", {"trigger": "promettre"}, id="a promis"),
        pytest.param("negotiating", "ACQUIRES", {"trigger": "négociation"}, id="négociation"),
        pytest.param("negotiating", "SUPPLIES", {"modality": Modality.INTENDED}, id="veut livrer"),
        pytest.param("sought", "ACQUIRES", {"modality": Modality.INTENDED}, id="cherche à acquérir"),
        pytest.param("sought", "ACQUIRES", {"modality": Modality.REQUIRED}, id="doit acquérir"),
        pytest.param("decided", "SUPPLIES", {"modality": Modality.REQUIRED}, id="doit livrer"),
        pytest.param("rumoured", "SUPPLIES", {"modality": Modality.ALLEGED}, id="aurait livré"),
        pytest.param("rumoured", "ACQUIRES", {"modality": Modality.POSSIBLE}, id="pourrait acheter"),
        pytest.param("rumoured", "SUPPLIES", {"polarity": Polarity.NEGATIVE}, id="n'a pas livré"),
        pytest.param(
            "refused", "SUPPLIES", {"polarity": Polarity.NEGATIVE, "tense": Tense.FUTURE}, id="ne livrera pas"
        ),
        pytest.param("refused", "SUPPLIES", {"trigger": "refuser", "polarity": Polarity.NEGATIVE}, id="a refusé"),
        pytest.param("suspended", "SUPPLIES", {"trigger": "suspension des livraisons"}, id="suspension des livraisons"),
        pytest.param("cancelled", "ACQUIRES", {"trigger": "annuler", "polarity": Polarity.NEGATIVE}, id="a annulé"),
        pytest.param(
            "ordered", "ACQUIRES", {"trigger": "annuler", "modality": Modality.POSSIBLE}, id="pourrait annuler"
        ),
    ],
)
def test_status(status: str, type_: str, fields: dict[str, Any]) -> None:
    assert load_status_lexicon().of_relation(relation(type_, "FRA", "RAFALE", **fields)) == status


@pytest.mark.parametrize(
    ("evidence", "trigger", "fields", "status"),
    [
        ("Berlin a suspendu la livraison de Leopard 2", "livraison", {"polarity": Polarity.NEGATIVE}, "suspended"),
        ("La Russie a refusé de livrer des S-300", "livrer", {"polarity": Polarity.NEGATIVE}, "refused"),
        ("Sofia a annulé sa commande de F-16", "commande", {"polarity": Polarity.NEGATIVE}, "cancelled"),
        ("Washington a autorisé la vente de F-16", "vente", {"modality": Modality.POSSIBLE}, "authorised"),
        ("Berlin pourrait autoriser la vente de chars", "vente", {"modality": Modality.POSSIBLE}, "rumoured"),
        ("Paris a donné son feu vert à la vente de Mirage", "vente", {}, "authorised"),
        ("La France a promis de livrer des Caesar", "livrer", {"modality": Modality.INTENDED}, "decided"),
        ("Téhéran dément avoir livré des Shahed-136", "livré", {"polarity": Polarity.NEGATIVE}, "rumoured"),
        ("Paris, qui avait refusé hier, livre des Caesar", "livre", {}, "delivered"),
        ("Moscou livre des S-400", "livre", {}, "delivered"),
    ],
)
def test_the_word_that_governs_the_trigger_counts(
    evidence: str, trigger: str, fields: dict[str, Any], status: str
) -> None:
    row = relation("SUPPLIES", "X", "Y", evidence=evidence, trigger=trigger, **fields)
    assert load_status_lexicon().of_relation(row) == status


def test_the_furthest_status_wins() -> None:
    rows = [relation("SUPPLIES", "RUS", "S-300", "IRN", trigger=trigger) for trigger in ("commande", "suspendre")]
    assert only(document("a", *rows)).status == "suspended"
    assert only(document("a", *rows, relation("SUPPLIES", "RUS", "S-300", "IRN"))).status == "delivered"


def test_statuses_are_those_of_the_contract_and_one_more() -> None:
    contract = "rumoured sought negotiating authorised ordered delivered operational refused suspended cancelled"
    assert {*load_status_lexicon().order} == {*contract.split(), "decided"}


def test_every_rule_and_status_is_explained() -> None:
    assert all(rule.example.endswith(".") for rule in load_status_lexicon().rules)


def test_faults_of_the_status_file_are_reported_together() -> None:
    raw = {
        "default": "ordered",
        "between": [],
        "status": [{"name": "ordered", "triggers": ["achat", "Achat"]}],
        "rule": [{"status": "bought", "tense": "passé", "example": "x."}],
    }
    with pytest.raises(LexiconError) as caught:
        parse_status_lexicon(raw, where="mine.toml")
    assert all(part in str(caught.value) for part in ("'achat' stands twice", "'bought'", "'passé'", "last rule"))


def test_contradiction_needs_two_voices() -> None:
    affirmed = relation("SUPPLIES", "IRN", "SHAHED", "RUS", source="Kiev")
    denied = relation("SUPPLIES", "IRN", "SHAHED", "RUS", source="Téhéran", polarity=Polarity.NEGATIVE)
    assert only(document("a", affirmed, denied)).contradicted
    assert only(document("a", affirmed), document("b", denied)).contradicted
    assert not only(document("a", affirmed, replace(denied, source="Kiev"))).contradicted
    assert not only(document("a", denied)).contradicted


def test_plans_and_stops_contradict_nothing() -> None:
    affirmed = relation("SUPPLIES", "FRA", "MISTRAL", "RUS", trigger="commande")
    stopped = relation("SUPPLIES", "FRA", "MISTRAL", "RUS", trigger="annuler", polarity=Polarity.NEGATIVE, source="x")
    wanted = relation("ACQUIRES", "RUS", "MISTRAL", "FRA", modality=Modality.INTENDED)
    denied = relation("SUPPLIES", "FRA", "MISTRAL", "RUS", polarity=Polarity.NEGATIVE, source="x")
    assert not only(document("a", affirmed, stopped)).contradicted
    assert not only(document("a", wanted, denied)).contradicted


def test_one_outlet_and_copied_texts_are_one_origin() -> None:
    def told(doc_id: str, **fields: Any) -> Extraction:
        return document(doc_id, relation("SUPPLIES", "FRA", "CAESAR", "ARM"), **fields)

    assert only(told("a", outlet="Le Phare"), told("b", outlet="le phare ")).n_origins == 1
    assert only(told("a", outlet="Le Phare"), told("b", outlet="L'Écho")).n_origins == 2
    copies = [told("a", outlet="Le Phare", text=TEXT), told("b", outlet="L'Écho", text=TEXT + " (avec agences)")]
    row = only(*copies, told("c"))
    assert (row.n_documents, row.n_origins) == (3, 2)


def test_order_of_documents_changes_nothing() -> None:
    entities = [Entity("CAESAR", Label.WEAPON, "Caesar", "", "artillery/self-propelled-gun", (), (), 1, 1)]
    articles = [
        document("a", relation("SUPPLIES", "FRA", "CAESAR", "ARM", quantity="36"), published="2024-06-18"),
        document("b", relation("ACQUIRES", "ARM", "CAESAR", "FRA", quantity="une trentaine"), text=TEXT),
        document("c", relation("ACQUIRES", "ARM", "CAESAR", quantity="six"), text=TEXT, published="2024-06-19"),
    ]
    results = {transfers(order, entities) for order in itertools.permutations(articles)}
    assert len(results) == 1
    rows = results.pop()
    assert rows[1].quantity == "36; une trentaine"
    assert rows[1].category == "artillery/self-propelled-gun"


def test_ledgers_of_parts_merge_to_the_ledger_of_the_whole() -> None:
    articles = [
        document("a", relation("SUPPLIES", "FRA", "CAESAR", "ARM", trigger="livrer"), text=TEXT, outlet="Le Phare"),
        document("b", relation("OPERATES", "ARM", "CAESAR"), text=TEXT + " (avec agences)"),
        document("c", relation("SUPPLIES", "FRA", "CAESAR", "ARM", polarity=Polarity.NEGATIVE, source="x")),
    ]
    for order in itertools.permutations(articles):
        whole = TransferLedger()
        for article in order:
            part = TransferLedger()
            part.add(article)
            whole.merge(part)
        assert whole.rows() == transfers(articles)


def test_resemblance_of_copies_and_of_strangers() -> None:
    edited = TEXT.replace("mercredi soir", "jeudi") + " Lire aussi notre dossier."
    other = "Athènes a reçu ses premiers chasseurs sur la base de Tanagra, devant le chef de l'état-major grec."
    assert resemblance(sketch(TEXT), sketch(edited)) > 0.6
    assert resemblance(sketch(TEXT), sketch(other)) == 0
    assert resemblance(sketch(""), sketch("")) == 0
    found = representatives({"a": sketch(TEXT), "b": sketch(other), "c": sketch(edited), "d": sketch("")})
    assert found == {"a": "a", "b": "b", "c": "a", "d": "d"}


def test_a_footer_under_every_article_costs_no_article_more() -> None:
    def articles(count: int) -> dict[str, tuple[int, ...]]:
        return {str(n): (0, 1, *range(100 * n + 2, 100 * n + 40)) for n in range(count)}

    few, many = articles(1000), articles(4000)
    assert steps(lambda: representatives(many)) < 6 * steps(lambda: representatives(few))
