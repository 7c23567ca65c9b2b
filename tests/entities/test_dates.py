from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.dates import find_dates
from pipeline.records import Label

PUBLISHED = date(2023, 5, 17)  # a Wednesday


def dates(text: str, published: date | None = None) -> list[tuple[str, str]]:
    return [(text[found.start : found.end], found.entity_id) for found in find_dates(text, published=published)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        pytest.param("L'accord signé le 14 mai 2023 entre en vigueur.", "14 mai 2023", "2023-05-14", id="day"),
        pytest.param("Le navire appareille le 1er août 2022.", "1er août 2022", "2022-08-01", id="first"),
        pytest.param("Il parle le mardi 16 mai 2023 à Lima.", "mardi 16 mai 2023", "2023-05-16", id="weekday-day"),
        pytest.param("Contrat notifié le 03/11/2021 à Tours.", "03/11/2021", "2021-11-03", id="slashes"),
        pytest.param("Mise à jour : 2023-05-14.", "2023-05-14", "2023-05-14", id="iso"),
        pytest.param(
            "Manœuvres du 14 au 19 mai 2023 en Crète.", "14 au 19 mai 2023", "2023-05-14/2023-05-19", id="days"
        ),
        pytest.param(
            "Du 28 décembre 2022 au 3 janvier 2023, trêve.",
            "28 décembre 2022 au 3 janvier 2023",
            "2022-12-28/2023-01-03",
            id="days-over-new-year",
        ),
        pytest.param("Vote les 14 et 15 mai 2023.", "14 et 15 mai 2023", "{2023-05-14,2023-05-15}", id="two-days"),
        pytest.param(
            "Attendu entre le 2 et le 9 mai 2023.", "2 et le 9 mai 2023", "2023-05-02/2023-05-09", id="between-days"
        ),
        pytest.param("Le char roule depuis mai 2023.", "mai 2023", "2023-05/..", id="since-month"),
        pytest.param("La frégate sort en septembre 2019.", "septembre 2019", "2019-09", id="month"),
        pytest.param("De mars à juin 2022, silence.", "mars à juin 2022", "2022-03/2022-06", id="months"),
        pytest.param(
            "D'octobre à mars 2023, l'hiver.", "octobre à mars 2023", "2022-10/2023-03", id="months-over-new-year"
        ),
        pytest.param("Livraison début 2023 à Split.", "début 2023", "2023-01/2023-04", id="early-year"),
        pytest.param("Livraison à la mi-2024 à Split.", "mi-2024", "2024-05/2024-08", id="mid-year"),
        pytest.param("Essai fin février 2024.", "fin février 2024", "2024-02-21/2024-02-29", id="late-leap-month"),
        pytest.param("Essai courant avril 2024.", "courant avril 2024", "2024-04", id="during-month"),
        pytest.param("Prévu d'ici à fin 2016.", "fin 2016", "../2016-12", id="until-late-year"),
        pytest.param("Prêt au premier trimestre 2024.", "premier trimestre 2024", "2024-33", id="quarter"),
        pytest.param("Prêt au second semestre de 2024.", "second semestre de 2024", "2024-41", id="half"),
        pytest.param("Le retrait de l'été 2021 a surpris.", "été 2021", "2021-22", id="season"),
        pytest.param("Ils coopèrent depuis 2014.", "2014", "2014/..", id="since-year"),
        pytest.param("Ils coopéreront jusqu’en 2030.", "2030", "../2030", id="until-year"),
        pytest.param("Le sous-marin sortira vers 2035.", "2035", "2035~", id="about-year"),
        pytest.param("De 2014 à 2019, rien.", "2014 à 2019", "2014/2019", id="years"),
        pytest.param("La loi de programmation 2024-2030 passe.", "2024-2030", "2024/2030", id="hyphened-years"),
        pytest.param("Un accord (2021) encadre le tir.", "2021", "2021", id="parenthesis"),
        pytest.param("Le budget 2024 augmente.", "2024", "2024", id="year-after-noun"),
        pytest.param("Un engin des années 1990.", "années 1990", "199X", id="decade"),
        pytest.param("Un engin des années 70.", "années 70", "197X", id="short-decade"),
        pytest.param("Un fort du XIXe siècle.", "XIXe siècle", "18XX", id="century"),
        pytest.param("EN MAI 2023, GRÈVE.", "MAI 2023", "2023-05", id="capitals"),
        pytest.param("Les attentats du 11 septembre ont pesé.", "11 septembre", "2001-09-11", id="attacks-of-2001"),
    ],
)
def test_date_that_stands_alone(text: str, surface: str, value: str) -> None:
    assert dates(text) == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        pytest.param("Il a écrit hier à Sofia.", "hier", "2023-05-16", id="yesterday"),
        pytest.param("Aujourd’hui, le port rouvre.", "Aujourd’hui", "2023-05-17", id="today"),
        pytest.param("Il a parlé lundi.", "lundi", "2023-05-15", id="weekday"),
        pytest.param("Il a parlé mercredi.", "mercredi", "2023-05-17", id="weekday-of-publication"),
        pytest.param("Il se rendra vendredi à Rome.", "vendredi", "2023-05-19", id="weekday-after-future"),
        pytest.param(
            "Il a assuré vendredi que Rome livrera des obus.", "vendredi", "2023-05-12", id="weekday-nearest-verb"
        ),
        pytest.param("Vu mercredi dernier.", "mercredi dernier", "2023-05-10", id="last-weekday"),
        pytest.param("Vote mardi prochain.", "mardi prochain", "2023-05-23", id="next-weekday"),
        pytest.param("Il part mardi 30 avec elle.", "mardi 30", "2023-05-30", id="weekday-number"),
        pytest.param("Adopté le 8 décembre dernier.", "8 décembre dernier", "2022-12-08", id="last-day"),
        pytest.param("Saisi le 14 mai au large.", "14 mai", "2023-05-14", id="day-without-year"),
        pytest.param("Le sommet du 9 juin est prêt.", "9 juin", "2023-06-09", id="near-future-day"),
        pytest.param("Repéré en novembre.", "novembre", "2022-11", id="month-without-year"),
        pytest.param("Il sera livré en novembre.", "novembre", "2023-11", id="month-after-future"),
        pytest.param("Reçu en mai dernier.", "mai dernier", "2022-05", id="last-may-in-may"),
        pytest.param(
            "Vu en avril de l'année dernière.", "avril de l'année dernière", "2022-04", id="month-of-last-year"
        ),
        pytest.param("Vu l'an dernier à Oslo.", "an dernier", "2022", id="last-year"),
        pytest.param("Attendu la semaine prochaine.", "semaine prochaine", "2023-05-22/2023-05-28", id="next-week"),
        pytest.param("Né il y a trois mois.", "il y a trois mois", "2023-02", id="months-ago"),
        pytest.param("Né il y a près de dix ans.", "il y a près de dix ans", "2013~", id="about-years-ago"),
        pytest.param("Prêt dans deux ans.", "dans deux ans", "2025", id="in-years"),
        pytest.param("Prêt d’ici cinq ans.", "cinq ans", "../2028", id="within-years"),
        pytest.param("Ces cinq dernières années, rien.", "cinq dernières années", "2018/2023", id="last-years"),
        pytest.param("Conclu avant la fin de l'année.", "fin de l'année", "2023-09/2023-12", id="end-of-this-year"),
        pytest.param("Fermé depuis lundi.", "lundi", "2023-05-15/..", id="since-weekday"),
        pytest.param("Les exercices de cet été.", "cet été", "2023-22", id="this-summer"),
    ],
)
def test_relative_date_counts_from_publication(text: str, surface: str, value: str) -> None:
    assert dates(text, PUBLISHED) == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        pytest.param("Vu Mardi dernier à Vilnius.", "", "", id="capital-inside-sentence"),
        pytest.param("Vu mardi dernier à Vilnius.", "mardi dernier", "unresolved:mardi dernier", id="weekday"),
        pytest.param("Vu l’année passée.", "année passée", "unresolved:annee passee", id="folded"),
        pytest.param("Fermé depuis lundi.", "lundi", "unresolved:lundi", id="never-opened"),
        pytest.param("Saisi le 14 mai au large.", "14 mai", "XXXX-05-14", id="day"),
        pytest.param("Repéré en mai au large.", "mai", "XXXX-05", id="month"),
    ],
)
def test_unknown_publication_leaves_the_rest_open(text: str, surface: str, value: str) -> None:
    assert dates(text) == ([(surface, value)] if surface else [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Un Mirage 2000 a décollé.", id="aircraft"),
        pytest.param("La Pologne envoie 2000 hommes.", id="men"),
        pytest.param("Un tir à 2000 mètres.", id="metres"),
        pytest.param("Plus de 2020 soldats sont là.", id="soldiers"),
        pytest.param("Le système S-2000 est prêt.", id="designation"),
        pytest.param("La résolution 1929 tient.", id="resolution"),
        pytest.param("La flotte de la mer Noire sort.", id="black-sea"),
        pytest.param("La sonde vise la planète Mars.", id="planet"),
        pytest.param("Avril Haines a répondu.", id="first-name"),
        pytest.param("La réunion débute à 14 h 30.", id="clock"),
        pytest.param("Le navire a été dernièrement repeint.", id="participle"),
        pytest.param("L'armée de demain coûte cher.", id="army-of-tomorrow"),
        pytest.param("Ce jour-là, rien.", id="that-day"),
        pytest.param("Une semaine passée à Kiev suffit.", id="week-spent"),
        pytest.param("Le Journal du dimanche écrit.", id="newspaper"),
        pytest.param("Il cumule dix ans de service.", id="duration"),
        pytest.param("Signé le 14\n\nmai 2023", id="over-a-paragraph"),
    ],
)
def test_no_date(text: str) -> None:
    found = [surface for surface, _ in dates(text, PUBLISHED)]
    assert found in ([], ["mai 2023"] if "\n" in text else [])


def test_impossible_day_leaves_the_month() -> None:
    assert dates("Un embargo du 31 avril 2023.") == [("avril 2023", "2023-04")]


def test_mentions_are_in_order_and_labelled() -> None:
    found = find_dates("En 2019 puis le 3 mai 2021, et hier.", published=PUBLISHED)
    assert [item.entity_id for item in found] == ["2019", "2021-05-03", "2023-05-16"]
    assert {item.label for item in found} == {Label.DATE}


@given(st.text(alphabet="0123456789 12mai-./'’éunedlvr\n", max_size=80))
def test_spans_lie_in_the_text_without_overlap(text: str) -> None:
    end = 0
    for found in find_dates(text, published=PUBLISHED):
        assert end <= found.start < found.end <= len(text)
        assert "\n" not in text[found.start : found.end]
        end = found.end


@pytest.mark.parametrize("piece", ["1", "2023 ", "14, ", "lundi ", " ", "d'ici "])
def test_time_is_linear(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.perf_counter()
    find_dates(text, published=PUBLISHED)
    assert time.perf_counter() - start < 10  # quadratic scanning takes minutes
