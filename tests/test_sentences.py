"""Sentence boundaries inside one paragraph."""

from __future__ import annotations

import pytest

from pipeline.sentences import sentence_starts


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


SPLIT = [
    pytest.param("Oslo achète. Berlin vend.", ["Oslo achète.", "Berlin vend."], id="full-stop"),
    pytest.param("Oslo achète ! Berlin vend ?", ["Oslo achète !", "Berlin vend ?"], id="marks"),
    pytest.param("Oslo hésite… Berlin attend.", ["Oslo hésite…", "Berlin attend."], id="ellipsis"),
    pytest.param("Oslo hésite... Berlin attend.", ["Oslo hésite...", "Berlin attend."], id="three-dots"),
    pytest.param("Oslo achète. « Enfin », dit-il.", ["Oslo achète.", "« Enfin », dit-il."], id="quotation-follows"),
    pytest.param("« Nous payons. » Berlin vend.", ["« Nous payons. »", "Berlin vend."], id="quotation-ends"),
    pytest.param("Oslo achète. 12 chars suivront.", ["Oslo achète.", "12 chars suivront."], id="digit-follows"),
    pytest.param("Oslo achète. (Berlin vend.) Fin.", ["Oslo achète.", "(Berlin vend.)", "Fin."], id="parenthesis"),
    pytest.param("Il reste en Irak. À Paris, on attend.", ["Il reste en Irak.", "À Paris, on attend."], id="accented"),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT)
def test_ends_of_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


WHOLE = [
    pytest.param("M. Dupont et Mme. Martin ont signé.", id="civility"),
    pytest.param("Le gén. Martin commande.", id="rank"),
    pytest.param("J. Martin commande.", id="initial"),
    pytest.param("L'U.S. Navy patrouille.", id="dotted-acronym"),
    pytest.param("Voir p. 12 du rapport.", id="page"),
    pytest.param("« Nous payons ! » a-t-il dit.", id="reporting-clause"),
    pytest.param("« Qui paiera ? », demande Oslo.", id="reporting-clause-after-comma"),
    pytest.param("Le prix est de 3.5 milliards.", id="decimal-point"),
    pytest.param("Le site defense.gouv.fr publie.", id="address"),
    pytest.param("Nous [...] Berlin avons signé.", id="cut-in-a-quotation"),
    pytest.param("", id="empty"),
    pytest.param("...", id="only-dots"),
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence(text: str) -> None:
    assert sentence_starts(text) == [0]


def test_starts_point_at_the_first_character() -> None:
    text = "Oslo achète.   Berlin vend."
    assert text[sentence_starts(text)[1] :] == "Berlin vend."
