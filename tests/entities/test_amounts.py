from __future__ import annotations

import csv
import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.amounts import find_amounts
from pipeline.records import Label


def amounts(text: str) -> list[tuple[str, str]]:
    return [(text[found.start : found.end], found.entity_id) for found in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        pytest.param("La Grèce achète 36 Rafale.", "36", "36", id="name"),
        pytest.param("La Grèce achète dix-huit Rafale.", "dix-huit", "18", id="words"),
        pytest.param("Il reste quatre-vingt-dix-sept mines.", "quatre-vingt-dix-sept", "97", id="long-words"),
        pytest.param("Oslo aligne quelque 350 chars.", "quelque 350", "~350", id="some"),
        pytest.param("Oslo aligne une douzaine de chars.", "une douzaine", "~12", id="dozen"),
        pytest.param("Oslo aligne plusieurs centaines de chars.", "plusieurs centaines", ">100", id="hundreds"),
        pytest.param("Rome envoie 1 500 soldats.", "1 500", "1500", id="space"),
        pytest.param("Rome envoie 1\u202f500 soldats.", "1\u202f500", "1500", id="narrow-no-break-space"),
        pytest.param("Rome envoie 1.500 soldats.", "1.500", "1500", id="dot"),
        pytest.param("Rome envoie trois mille cent hommes.", "trois mille cent", "3100", id="thousands-in-words"),
        pytest.param("Le drone vole plus de 200 km.", "plus de 200 km", ">200 km", id="more-than"),
        pytest.param("Le drone pèse moins d’un kilogramme.", "moins d’un kilogramme", "<1 kg", id="less-than-one"),
        pytest.param("Au moins 20 civils sont morts.", "Au moins 20", ">=20", id="at-least"),
        pytest.param("Un radar porte jusqu’à 400 km.", "jusqu’à 400 km", "<=400 km", id="up-to"),
        pytest.param("Entre 10 et 20 blindés brûlent.", "Entre 10 et 20", "10..20", id="between"),
        pytest.param("L'usine sort 20 à 30 drones.", "20 à 30", "20..30", id="range"),
        pytest.param("Il faut deux ou trois frégates.", "deux ou trois", "2..3", id="either"),
        pytest.param("Un tir de 300 à 1 200 kilomètres.", "300 à 1 200 kilomètres", "300..1200 km", id="unit-range"),
        pytest.param("Le vol file à 2 500 km/h.", "2 500 km/h", "2500 km/h", id="speed"),
        pytest.param("Une bombe de 15 kilotonnes.", "15 kilotonnes", "15 kt", id="kilotons"),
        pytest.param("La part monte de 4,5 %.", "4,5 %", "4.5 %", id="percent"),
        pytest.param("La part monte de trois pour cent.", "trois pour cent", "3 %", id="percent-in-words"),
        pytest.param("Un obus de 155mm.", "155mm", "155 mm", id="glued-unit"),
        pytest.param("Il purge deux ans et demi.", "deux ans et demi", "2.5 an", id="and-a-half"),
        pytest.param("À une dizaine de kilomètres.", "une dizaine de kilomètres", "~10 km", id="ten-or-so-km"),
        pytest.param("Deux millions de barils partent.", "Deux millions de barils", "2000000 baril", id="barrels"),
        pytest.param("Un million de réfugiés.", "Un million", "1000000", id="million-people"),
        pytest.param("Trois d’entre eux ont fui.", "Trois", "3", id="three-of-them"),
        pytest.param("Londres livre à Kiev 120 véhicules.", "120", "120", id="after-a-name"),
        pytest.param("Le vol a duré 24 heures.", "24 heures", "24 h", id="duration"),
        pytest.param("Il est condamné à dix ans.", "dix ans", "10 an", id="years"),
    ],
)
def test_quantity(text: str, surface: str, value: str) -> None:
    assert amounts(text) == [(surface, value)]
    assert find_amounts(text)[0].label is Label.QUANTITY


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        pytest.param("Coût : 900 millions de dollars.", "900 millions de dollars", "900000000 USD", id="dollars"),
        pytest.param("Coût : 1,2 milliard d’euros.", "1,2 milliard d’euros", "1200000000 EUR", id="euros"),
        pytest.param("Près de 50 M€ ont suivi.", "Près de 50 M€", "~50000000 EUR", id="millions-sign"),
        pytest.param("Coût : 3,5 Mds d'euros.", "3,5 Mds d'euros", "3500000000 EUR", id="milliards-sign"),
        pytest.param("Coût : 100.000 livres sterling.", "100.000 livres sterling", "100000 GBP", id="sterling"),
        pytest.param("Coût : 20 milliards de roubles.", "20 milliards de roubles", "20000000000 RUB", id="roubles"),
        pytest.param("Coût : deux milliards d'euros.", "deux milliards d'euros", "2000000000 EUR", id="words"),
        pytest.param("Coût : 5 dollars canadiens.", "5 dollars canadiens", "5 CAD", id="canadian"),
        pytest.param("Coût : 5 dollars américains.", "5 dollars américains", "5 USD", id="american"),
        pytest.param("Coût : $3.5 billion.", "$3.5 billion", "3500000000 USD", id="english"),
        pytest.param("Coût : USD 50 millions.", "USD 50 millions", "50000000 USD", id="code-first"),
        pytest.param(
            "Coût : 2 milliards 300 millions d'euros.",
            "2 milliards 300 millions d'euros",
            "2300000000 EUR",
            id="compound",
        ),
        pytest.param(
            "De 800 à 1,2 milliard d'euros.",
            "800 à 1,2 milliard d'euros",
            "800000000..1200000000 EUR",
            id="mixed-scale",
        ),
        pytest.param("Coût : 12 000 $ pièce.", "12 000 $", "12000 USD", id="dollar-sign"),
        pytest.param("Coût : 4 couronnes suédoises.", "4 couronnes suédoises", "4 SEK", id="crowns"),
        pytest.param("Coût : 3 milliards de dinars.", "3 milliards de dinars", "3000000000 XXX", id="whose-dinars"),
        pytest.param(
            "De 1 à 2 milliards d'euros.", "1 à 2 milliards d'euros", "1000000000..2000000000 EUR", id="range"
        ),
        pytest.param(
            "Il perd des centaines de millions de dollars.",
            "des centaines de millions de dollars",
            ">100000000 USD",
            id="hundreds-of-millions",
        ),
    ],
)
def test_money(text: str, surface: str, value: str) -> None:
    assert amounts(text) == [(surface, value)]
    assert find_amounts(text)[0].label is Label.MONEY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Un Mirage 2000 américain décolle.", id="mirage"),
        pytest.param("Le Boeing 737 américain atterrit.", id="boeing"),
        pytest.param("Les Leopard 2 allemands arrivent.", id="leopard"),
        pytest.param("Les S-400 russes tirent.", id="s-400"),
        pytest.param("Des T-72B3 et des F-16 Block 70 neufs.", id="variants"),
        pytest.param("Un destroyer de Type 055 chinois.", id="type"),
        pytest.param("L'article 5 des traités joue.", id="article"),
        pytest.param("La résolution 2231 expire.", id="resolution"),
        pytest.param("Le G7 se réunit.", id="g7"),
        pytest.param("La 3e brigade et le 21e régiment.", id="ordinals"),
        pytest.param("Une frégate et un char partent.", id="one"),
        pytest.param("Il y a un mois, rien.", id="one-month"),
        pytest.param("Un missile tombe près d’une usine.", id="near-a"),
        pytest.param("Le tir a lieu à 8 heures.", id="clock"),
        pytest.param("Le tir a lieu de 8 heures à 11 heures.", id="clock-range"),
        pytest.param("Le tir a lieu à 14h30.", id="clock-short"),
        pytest.param("En 2019, Rome signe.", id="year"),
        pytest.param("Le 14 mai, Rome signe.", id="day"),
        pytest.param("Deux tiers du stock sont vides.", id="fraction"),
        pytest.param("C'est trois fois plus cher.", id="times"),
        pytest.param("Les deux pays signent.", id="both-states"),
        pytest.param("La 5G arrive.", id="glued-letter"),
        pytest.param("Un char neuf roule.", id="new"),
        pytest.param("Il en reste 12\n\nchars au port.", id="over-a-paragraph"),
    ],
)
def test_no_amount(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("Il lit 12 livres anciens.", "12", id="books"),
        pytest.param("Elle pose 3 couronnes blanches.", "3", id="crowns-of-flowers"),
    ],
)
def test_ambiguous_currency_word_is_counted(text: str, value: str) -> None:
    assert [(f.label, f.entity_id) for f in find_amounts(text)] == [(Label.QUANTITY, value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("La part passe de 40 % à 60 %.", ["40 %", "60 %"], id="change"),
        pytest.param("Une peine de six mois à vingt ans.", ["6 mois", "20 an"], id="two-units"),
        pytest.param("Sept des huit chasseurs volent.", ["7", "8"], id="part-of"),
        pytest.param("Il y a 12 morts et une vingtaine de blessés.", ["12", "~20"], id="coordination"),
    ],
)
def test_two_amounts(text: str, values: list[str]) -> None:
    assert [value for _, value in amounts(text)] == values


def test_currency_codes_are_unique_and_sorted() -> None:
    with (files("pipeline") / "data" / "currencies.csv").open(encoding="utf-8") as lines:
        codes = [row["code"] for row in csv.DictReader(lines)]
    assert codes == sorted(set(codes))


@given(st.text(alphabet="0123456789 ,.-/%€$unedixcmlos'’àt\n", max_size=80))
def test_spans_lie_in_the_text_without_overlap(text: str) -> None:
    end = 0
    for found in find_amounts(text):
        assert end <= found.start < found.end <= len(text)
        assert "\n" not in text[found.start : found.end]
        end = found.end


@pytest.mark.parametrize("piece", ["1", "1 ", "111 ", "vingt-", "des millions ", "entre 1 et ", "1.", " "])
def test_time_is_linear(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.perf_counter()
    find_amounts(text)
    assert time.perf_counter() - start < 10  # quadratic scanning takes minutes
