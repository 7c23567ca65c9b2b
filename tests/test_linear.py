"""Long texts take no more work a sentence than short ones: lines of code run are counted, not seconds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extractor import Extractor
from pipeline.stretches import Stretches
from tests.steps import steps

TIMES = 5  # how much longer the long text is
SLACK = 1.25  # how much more work a sentence it may take

LETTERS = "abcdefghijklmnopqrstuvwxyz"
REPEATED = {
    "quotations": "« L'Iran a livré des S-400 », a dit Moscou. ",
    "reports": "Selon Kiev, le ministre a dit que le rapport indique que Moscou a livré des S-400. ",
    "relays": "Selon l'agence, Moscou a livré des chars, a déclaré le porte-parole, citant un officier. ",
    "pronouns": "Le ministre a dit que Paris livrera des chars. Il a ajouté que Berlin hésite. ",
    "institutions": "En Turquie, le ministère de la Défense a acheté des drones. L'Alliance et les deux pays attendent. ",
    "looking-back": "Moscou a livré des chars. C'est ce qu'a déclaré le ministre. ",
    "one-sentence": "la Russie livre des chars à l'Iran et ",
    "classes": "L'Inde a commandé des missiles Bolide et des avions de transport. ",
}
NAMED = {
    "persons": "Le général Jean {} a livré des chars. {} a menti. ",
    "offices": "Le ministre russe Jean {} a dit que Kiev a cédé. Le ministre est parti. ",
    "organisations": "La société {} Motors livre des chars à la Russie. ",
    "acronyms": "L'Organisation {} des chars ({}) a livré des chars. ",
    "places": "La ville de {}, en Syrie, est prise. ",
}


def name(number: int) -> str:
    return "X" + "".join(LETTERS[number // 26**place % 26] for place in range(4))


def repeated(sentence: str, times: int) -> str:
    return sentence * times


def named(sentence: str, times: int) -> str:
    return "".join(sentence.replace("({})", f"({name(n).upper()})").replace("{}", name(n)) for n in range(times))


@pytest.mark.model
@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        *(pytest.param(repeated, sentence, id=key) for key, sentence in REPEATED.items()),
        *(pytest.param(named, sentence, id=key) for key, sentence in NAMED.items()),
    ],
)
def test_work_grows_with_the_length(extractor: Extractor, write: Callable[[str, int], str], sentence: str) -> None:
    short, long = write(sentence, 60), write(sentence, 60 * TIMES)
    extractor.extract(long)  # what is remembered of words is remembered for both
    assert steps(lambda: extractor.extract(long)) < TIMES * SLACK * steps(lambda: extractor.extract(short))


def test_stretches_are_found_in_the_order_given() -> None:
    assert Stretches([(5, 9), (0, 6), (8, 10)], bounds=tuple).touching(5, 6) == [(5, 9), (0, 6)]


def test_stretches_that_only_meet_do_not_touch() -> None:
    assert Stretches([(0, 5), (6, 9)], bounds=tuple).touching(5, 6) == []
