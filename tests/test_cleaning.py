"""Clean text and its map back to the input."""

from __future__ import annotations

import pytest

from pipeline.cleaning import MAX_PARAGRAPH, MAX_RUN, Role, clean, shown

WRAPPED = """L'armée de terre a reçu ses premiers engins blindés au camp de Mailly,
où deux compagnies s'entraînent depuis le mois de mars sous la conduite de
leurs instructeurs. Les livraisons doivent durer jusqu'à la fin de l'année
prochaine."""


def source_text(text: str, found: str) -> str:
    """What stands in the input where `found` stands in the clean text."""
    cleaned = clean(text)
    at = cleaned.text.index(found)
    start, end = cleaned.source(at, at + len(found))
    return text[start:end]


FOLDED = [
    pytest.param("Oslo  achète\tdes  chars.", "Oslo achète des chars.", id="runs-of-white-space"),
    pytest.param("Oslo\u00a0achète\u202fdes chars.", "Oslo achète des chars.", id="no-break-spaces"),
    pytest.param("des mis\u00adsiles", "des missiles", id="soft-hyphen"),
    pytest.param("des mis\u200bsiles", "des missiles", id="zero-width-space"),
    pytest.param("\ufeffOslo achète", "Oslo achète", id="byte-order-mark"),
    pytest.param("arme\u0301e", "armée", id="decomposed-accent"),
    pytest.param("l\u2019arm\u00e9e", "l'armée", id="curly-apostrophe"),
    pytest.param("S\u2011400", "S-400", id="no-break-hyphen"),
    pytest.param("of\ufb01cier", "officier", id="ligature"),
    pytest.param("Oslo\x00achète", "Oslo achète", id="nul"),
    pytest.param("Oslo \ud800achète", "Oslo  achète", id="lone-surrogate"),
    pytest.param("Oslo \u202eachète\u202c tout", "Oslo achète tout", id="bidi-override"),
    pytest.param("« Non » – dit-il", "« Non » – dit-il", id="quotes-and-dashes-stay"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_characters_are_folded(text: str, expected: str) -> None:
    assert clean(text).text == expected


MAPPED = [
    pytest.param("des mis\u00adsiles sol", "missiles", "mis\u00adsiles", id="soft-hyphen"),
    pytest.param("une arme\u0301e forte", "armée", "arme\u0301e", id="decomposed-accent"),
    pytest.param("un of\ufb01cier russe", "officier", "of\ufb01cier", id="ligature"),
    pytest.param("un S\u2011400 russe", "S-400", "S\u2011400", id="hyphen"),
    pytest.param("Oslo attend des chars  de\n combat", "chars de combat", "chars  de\n combat", id="white-space"),
    pytest.param("\u200b\u200bKiev a tenu", "Kiev", "Kiev", id="after-dropped-characters"),
]


@pytest.mark.parametrize(("text", "found", "expected"), MAPPED)
def test_clean_offsets_lead_back_to_the_input(text: str, found: str, expected: str) -> None:
    assert source_text(text, found) == expected


def test_every_clean_character_has_its_stretch_of_the_input() -> None:
    cleaned = clean("Titre\n\n" + WRAPPED)
    assert len(cleaned.starts) == len(cleaned.ends) == len(cleaned.text)
    assert list(cleaned.starts) == sorted(cleaned.starts)


def test_empty_stretch_gives_an_empty_one() -> None:
    cleaned = clean("Oslo achète.")
    assert cleaned.source(5, 5) == (5, 5)
    assert cleaned.source(99, 99) == (12, 12)


def test_empty_text() -> None:
    cleaned = clean("")
    assert (cleaned.text, cleaned.paragraphs, cleaned.noise) == ("", (), ())
    assert cleaned.source(0, 0) == (0, 0)


PARAGRAPHS = [
    pytest.param("Oslo achète.\nBerlin vend.", ["Oslo achète.", "Berlin vend."], id="one-newline"),
    pytest.param("Oslo achète.\n\n\nBerlin vend.", ["Oslo achète.", "Berlin vend."], id="blank-lines"),
    pytest.param("Oslo achète.\r\nBerlin vend.", ["Oslo achète.", "Berlin vend."], id="windows"),
    pytest.param("Oslo achète.\u2028Berlin vend.", ["Oslo achète.", "Berlin vend."], id="line-separator"),
    pytest.param("- Oslo achète.\n- Berlin vend.", ["- Oslo achète.", "- Berlin vend."], id="bullets"),
    pytest.param("Oslo achète vingt chars\nde combat.", ["Oslo achète vingt chars de combat."], id="lower-case-after"),
    pytest.param("Oslo achète un nouveau sous-\nmarin.", ["Oslo achète un nouveau sous-marin."], id="final-hyphen"),
]


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_paragraphs(text: str, expected: list[str]) -> None:
    cleaned = clean(text)
    assert [cleaned.text[p.start : p.end] for p in cleaned.paragraphs] == expected


def test_hard_wrapped_lines_are_joined() -> None:
    assert clean(WRAPPED).text == WRAPPED.replace("\n", " ")


KNOWN_MISS = pytest.mark.xfail(reason="known miss", strict=True)
ROLES = [
    pytest.param("Oslo commande vingt chars\n\nLe contrat est signé.", [Role.TITLE, Role.BODY], id="title"),
    pytest.param("Le contrat est signé.\n\nOslo attend ses chars.", [Role.BODY, Role.BODY], id="two-sentences"),
    pytest.param("Oslo signe\n\nC'est fait.\n\nUn long délai\n\nOn attend.",
                 [Role.TITLE, Role.BODY, Role.SUBHEAD, Role.BODY], id="subhead"),
    pytest.param("Oslo achète-t-elle trop ?\n\nOn attend.", [Role.TITLE, Role.BODY], id="question", marks=KNOWN_MISS),
]  # fmt: skip


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_roles_of_paragraphs(text: str, roles: list[Role]) -> None:
    assert [p.role for p in clean(text).paragraphs] == roles


NOISE = [
    pytest.param("![]() |", id="image"),
    pytest.param("Crédit photo : état-major de la marine", id="image-credit"),
    pytest.param("Lire aussi : Oslo hésite", id="read-also"),
    pytest.param("Partager sur Facebook", id="share"),
    pytest.param("* * *", id="no-letters"),
    pytest.param("https://exemple.fr/article", id="address"),
]


@pytest.mark.parametrize("line", NOISE)
def test_noise_is_set_aside_with_its_offsets(line: str) -> None:
    text = f"Oslo achète des chars.\n\n{line}"
    cleaned = clean(text)
    assert cleaned.text == "Oslo achète des chars."
    assert [text[start:end] for start, end in cleaned.noise] == [line]


NO_NOISE = [
    pytest.param("Partager le renseignement est difficile.", id="share-as-a-verb", marks=KNOWN_MISS),
    pytest.param("Le photographe a suivi les troupes.", id="photographer"),
]


@pytest.mark.parametrize("line", NO_NOISE)
def test_running_text_is_no_noise(line: str) -> None:
    assert clean(line).noise == ()


def test_a_run_without_white_space_is_noise_and_the_rest_stays() -> None:
    text = f"Oslo achète {'x' * (MAX_RUN + 1)} des chars."
    cleaned = clean(text)
    assert cleaned.text == "Oslo achète des chars."
    assert [end - start for start, end in cleaned.noise] == [MAX_RUN + 1]


def test_long_paragraphs_are_cut_at_a_space_and_lose_nothing() -> None:
    text = "mot " * MAX_PARAGRAPH
    cleaned = clean(text)
    assert all(p.end - p.start <= MAX_PARAGRAPH for p in cleaned.paragraphs)
    assert cleaned.text.split() == text.split()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("chars  de\n combat", "chars de combat", id="white-space"),
        pytest.param("mis\u00adsile", "missile", id="soft-hyphen"),
        pytest.param("arme\u0301e", "arme\u0301e", id="accents-as-written"),
        pytest.param(" \n ", "", id="nothing"),
    ],
)
def test_shown(cell: str, expected: str) -> None:
    assert shown(cell) == expected
