"""The user's own lexicons: merged over the packaged one, and never able to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import LexiconError
from pipeline.lexicon import rows
from pipeline.lexicon.checks import Checked, _check_packaged_rows, check
from pipeline.lexicon.entry_checks import check_claimed_twice, check_weapons
from pipeline.lexicon.gazetteer import Gazetteer
from pipeline.lexicon.rows import Weapon
from pipeline.lexicon.user import MAX_ADVISED, read_user_lexicon, with_user_lexicons

TOML = """
[[weapon]]
name = "Faucon-7"
category = "uav/combat"
origin = ["FRA"]
aliases = ["F7 Faucon"]

[[organisation]]
name = "Arsenaux du Ponant"
kind = "company"
country = "FRA"

[[place]]
name = "Camp Ventoux"
kind = "base"

[[alias]]
name = ["Maison Poulaga"]
entity = "Arsenaux du Ponant"

[[alias]]
name = "Sainte Russie"
entity = "COUNTRY:RUS"
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def entities(lexicon: Gazetteer, text: str) -> list[str]:
    return [found.entity_id for found in lexicon.find(text)]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return write(tmp_path / "mine.toml", TOML)


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Le Faucon 7 a volé.", "WEAPON:faucon-7"),
        ("Les F7 FAUCON ont volé.", "WEAPON:faucon-7"),
        ("Les Arsenaux du Ponant livrent.", "ORGANISATION:arsenaux-du-ponant"),
        ("Au Camp Ventoux, rien.", "PLACE:camp-ventoux"),
        ("La Maison Poulaga livre.", "ORGANISATION:arsenaux-du-ponant"),
        ("La Sainte Russie livre.", "COUNTRY:RUS"),
        ("La Grèce achète dix-huit Rafale.", "WEAPON:rafale"),
    ],
)
def test_own_and_packaged_names_are_found(mine: Path, text: str, entity: str) -> None:
    assert entity in entities(with_user_lexicons([mine]), text)


def test_an_own_entry_takes_the_place_of_the_packaged_one(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", "name,category,origin\nRafale,aircraft/trainer,BEL\n")
    entry = with_user_lexicons([path]).entries["WEAPON:rafale"]
    assert (entry.category, entry.origin) == ("aircraft/trainer", ("BEL",))


@pytest.mark.parametrize(
    "text",
    [
        "name,category,origin,aliases\nFaucon-7,uav/combat,FRA; ITA,F7 Faucon; Autre\n",
        "name;category;origin\nFaucon-7;uav/combat;FRA\n",
        "\ufeffname,category\r\nFaucon-7,uav/combat\r\n",
    ],
    ids=["commas", "semicolons", "bom and crlf"],
)
def test_csv_as_spreadsheets_write_it(tmp_path: Path, text: str) -> None:
    lexicon = with_user_lexicons([write(tmp_path / "mine.csv", text)])
    assert entities(lexicon, "Le Faucon-7 a volé.") == ["WEAPON:faucon-7"]


def test_names_are_never_patterns(tmp_path: Path) -> None:
    name = "(a+)+$.*[x"
    lexicon = with_user_lexicons([write(tmp_path / "mine.toml", f'[[place]]\nname = "{name}"\nkind = "city"\n')])
    assert entities(lexicon, "a" * 50_000 + "!") == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[weapon]]\nname = "X-9"\ncategory = "uav/combta"\n', "Did you mean 'uav/combat'?"),
        ('[[weapon]]\nname = "X-9"\ncategory = "uav/combat"\norigin = ["FR"]\n', "Did you mean 'FRA'?"),
        ('[[weapon]]\nname = ""\n', "the name is empty"),
        ('[[weapn]]\nname = "X-9"\n', "Did you mean 'weapon'?"),
        ('[[weapon]]\nname = "X-9"\ncategory = "uav/combat"\norigine = "FRA"\n', "Did you mean 'origin'?"),
        ('[[place]]\nname = "de"\nkind = "city"\n', "would be found everywhere"),
        ('[[place]]\nname = "—"\nkind = "city"\n', "would be found everywhere"),
        (f'[[place]]\nname = "{"a" * 500}"\nkind = "city"\n', "500 characters"),
        ('[[alias]]\nname = "Piter"\nentity = "Saint-Pétersbour"\n', "is not known. Did you mean"),
        ('[[organisation]]\nname = "Ponant SA"\nkind = "compagny"\n', "Did you mean 'company'?"),
        ("weapon = 3\n", "is no table"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_accepted(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path / "mine.toml", text)
    assert any(problem in line for line in read_user_lexicon(path).problems)
    with pytest.raises(LexiconError):
        with_user_lexicons([path])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.toml", "name = [", "this is not TOML"),
        ("a.csv", "a,b\n1,2\n", "the columns are a,b"),
        ("a.xlsx", "x", "'.xlsx' is not a lexicon format"),
        ("a.csv", "", "the columns are"),
    ],
)
def test_a_file_that_is_no_lexicon_is_one_clear_error(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        read_user_lexicon(write(tmp_path / name, text))


@pytest.mark.parametrize("suffix", [".csv", ".toml"])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200) | st.text(alphabet='[]="#\n,;nameopitykd', max_size=200))
def test_no_text_breaks_the_loader(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"mine{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_user_lexicon(path)
    except LexiconError as error:
        assert "\n" not in str(error)


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", "name,category,origin\nA-1x,nope,FRA\nB-2x,nope,XX\n,nope,FRA\n")
    assert len(check([path]).problems) == 4


def test_a_name_that_two_entries_claim_is_reported() -> None:
    weapons = [Weapon("Un", "x", (), (), "", ("Faucon-7",), ""), Weapon("Deux", "x", (), (), "", ("Faucon 7",), "")]
    assert "'Faucon 7' already stands for 'Un'" in next(iter(check_claimed_twice([("w.csv", row) for row in weapons])))


def test_a_name_that_stands_twice_is_reported() -> None:
    row = rows.weapons()[0]
    assert any("stands twice" in problem for problem in check_weapons([row, row], where="w.csv"))


def test_the_packaged_rows_are_valid() -> None:
    checked = Checked()
    _check_packaged_rows(checked)
    assert checked.problems == []


@pytest.mark.model
def test_examples_beside_a_users_file_are_put_through_the_extractor(mine: Path) -> None:
    lines = [
        '{"text": "Paris livre des Faucon-7.", "expect": [["WEAPON", "Faucon-7", "WEAPON:faucon-7"]], "reject": []}',
        '{"text": "Paris a livré trois Faucon-7.", "expect": [], "reject": [["WEAPON", "Faucon-7"]]}',
        "rubbish",
    ]
    write(mine.with_name("mine.examples.jsonl"), "\n".join(lines))
    checked = check([mine])
    assert (checked.entries, checked.examples) == (5, 2)
    assert [problem.partition(":")[0] for problem in checked.problems] == [
        "mine.examples.jsonl, line 3",
        "mine.examples.jsonl, line 2",
    ]


def test_names_close_to_an_unknown_one_are_looked_up_for_the_first_faults_only(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", "name,entity\n" + "".join(f"Nom {n},Rusie\n" for n in range(50)))
    problems = read_user_lexicon(path).problems
    assert len(problems) == 50
    assert sum("Did you mean" in problem for problem in problems) == MAX_ADVISED
