"""The table of words, and the builder that makes it from the hand-edited tables."""

import importlib.util
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from clearway.names.fold import fold
from clearway.names.latin import read
from clearway.names.words import Meaning, scripts, words

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "resources" / "words"


@pytest.fixture(scope="session")
def builder() -> ModuleType:
    """The build tool, loaded from its file: `tools` is not a package."""
    path = ROOT / "tools" / "build_words.py"
    spec = importlib.util.spec_from_file_location("build_words", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def group(word: str, role: str) -> str:
    """The group of a word in one role, phrases included; '' if it has none."""
    forms = tuple(fold(read(word)).split())
    if len(forms) == 1:
        meanings: tuple[Meaning, ...] = words().meanings.get(forms[0], ())
        return next((m.group for m in meanings if m.role == role), "")
    return next(
        (
            meaning.group
            for phrase, meaning in words().phrases.get(forms[0], ())
            if phrase == forms and meaning.role == role
        ),
        "",
    )


@pytest.mark.parametrize(
    ("written", "liability"),
    [
        ("LLC", "llc"),
        ("Limited", "llc"),
        ("ООО", "llc"),
        ("GmbH", "llc"),
        ("d.o.o.", "llc"),
        ("Sp. z o.o.", "llc"),
        ("Общество с ограниченной ответственностью", "llc"),
        ("OBSCHESTVO S OGRANICHENNOY OTVETSTVENNOSTYU", "llc"),
        ("Limited Liability Company", "llc"),
        ("Ltd. Şti.", "llc"),
        ("ПАО", "jsc"),
        ("A.Ş.", "jsc"),
        ("S.A. de C.V.", "jsc"),
        ("Публичное акционерное общество", "jsc"),
        ("AKTSIONERNOE OBSHCHESTVO", "jsc"),
        ("Closed Joint-Stock Company", "jsc"),
        ("주식회사", "jsc"),
        ("Incorporated", "inc"),
        ("ФГУП", "state enterprise"),
        ("Federal State Unitary Enterprise", "state enterprise"),
        ("Индивидуальный предприниматель", "sole proprietor"),
        ("Stichting", "foundation"),
        ("LLP", "llp"),
    ],
)
def test_legal_forms_are_grouped_by_liability(written: str, liability: str) -> None:
    assert group(written, "legal") == liability


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muhammad", "Mohamed"),
        ("Muhammad", "محمد"),
        ("Husayn", "Hossein"),
        ("Vladimir", "Volodymyr"),
        ("Vladimir", "Уладзімір"),
        ("Aleksandr", "Олександр"),
        ("Nikolai", "Mykola"),
        ("Dmitry", "Dmytro"),
        ("Yuri", "Iurii"),
        ("Evgeny", "Yauhen"),
        ("Vladimirovich", "Volodymyrovych"),
        ("Nikolaevna", "Nikolajevna"),
        ("Gaddafi", "Qadhafi"),
        ("Zhang", "Cheung"),
        ("Jong", "Chung"),
        ("Choe", "Choi"),
        ("Robert", "Bob"),
        ("Aleksandr", "Sasha"),
        ("Hernández", "Hernandez"),
    ],
)
def test_spellings_of_one_name_share_a_group(one: str, other: str) -> None:
    assert group(one, "name") == group(other, "name") != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John", "Juan"),
        ("Hasan", "Husayn"),
        ("Salih", "Salah"),
        ("Muhammad", "Mahmud"),
        ("Muhammad", "Ahmad"),
        ("Ivan", "Igor"),
        ("Kamal", "Kamil"),
        ("Jamal", "Jamil"),
        ("Vladimirovich", "Vladimirovna"),
        ("Vladimir", "Vladislav"),
        ("Mohammadi", "Mohammad"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert group(one, "name") != group(other, "name")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tech", "Technologies"),
        ("Grp", "Group"),
        ("Int'l", "International"),
        ("Svcs", "Service"),
        ("Завод", "Plant"),
        ("Банк", "Bankası"),
        ("Научно-исследовательский институт", "Research Institute"),
        ("Торговый дом", "Trading House"),
        ("Predpriyatie", "Enterprise"),
        ("Shpg", "Shipping"),
    ],
)
def test_generic_words_and_their_equals_share_a_group(one: str, other: str) -> None:
    assert group(one, "generic") == group(other, "generic") != ""


def test_a_nickname_says_so() -> None:
    (meaning,) = words().meanings["sasha"]
    assert meaning == Meaning("name", "aleksandr", "nickname")


def test_every_group_has_its_chief_spelling_as_a_member() -> None:
    table = words()
    named = {
        (meaning.role, meaning.group)
        for meanings in table.meanings.values()
        for meaning in meanings
    }
    phrases = {
        "".join(phrase) if meaning.role == "name" else " ".join(phrase)
        for entries in table.phrases.values()
        for phrase, meaning in entries
    }
    for role, chief in named:
        own = {meaning.group for meaning in table.meanings.get(chief, ())}
        assert chief in own or chief in phrases, (role, chief)


def test_no_name_of_a_person_is_a_legal_form_or_a_firm_title() -> None:
    for form, meanings in words().meanings.items():
        roles = {meaning.role for meaning in meanings}
        assert not ("name" in roles and roles & {"legal", "title"}), form


@pytest.mark.parametrize(
    "name",
    ["abu", "umm", "an", "le", "king", "li", "kim", "ho", "kai", "per", "dan", "in"],
)
def test_names_are_no_particles_titles_or_legal_forms(name: str) -> None:
    roles = {meaning.role for meaning in words().meanings.get(name, ())}
    assert not roles & {"legal", "title", "particle"}


def test_all_forms_are_folded() -> None:
    table = words()
    for form in [*table.meanings, *table.numbers, *table.frequency]:
        assert fold(form) == form
    for entries in table.phrases.values():
        for phrase, _ in entries:
            assert len(phrase) > 1
            assert fold(" ".join(phrase)) == " ".join(phrase)


def test_longer_phrases_are_tried_first() -> None:
    for entries in words().phrases.values():
        lengths = [len(phrase) for phrase, _ in entries]
        assert lengths == sorted(lengths, reverse=True)


def test_numbers_in_words_and_roman_digits() -> None:
    numbers = words().numbers
    assert numbers["first"] == numbers["one"] == "1"
    assert numbers["iii"] == "3"
    assert "xi" not in numbers  # a surname


def test_han_words_surnames_and_readings() -> None:
    table = scripts()
    assert table.han["有限公司"] == ("legal", "llc")
    assert table.han["科技"] == ("generic", "technology")
    assert table.han["哈尔滨"] == ("place", "harbin")
    assert {"王", "欧阳", "習"} <= table.han_surnames
    assert table.han_readings["曾"] == "zeng"
    assert table.han_readings["单"] == "shan"


def test_look_alikes_are_single_signs_for_one_latin_letter() -> None:
    for sign, letter in {**words().confusables, **words().leet}.items():
        assert len(sign) == 1
        assert letter in "abcdefghijklmnopqrstuvwxyz"
        assert not (sign.isascii() and sign.isalpha())


def test_common_words_are_counted() -> None:
    frequency = words().frequency
    assert frequency["limited"] > 10_000
    assert frequency["muhammad"] > 500
    assert min(frequency.values()) >= 20


def test_the_committed_table_is_what_the_builder_makes(builder: ModuleType) -> None:
    assert builder.main(["--check"]) == 0


def test_check_notices_a_stale_table(builder: ModuleType, tmp_path: Path) -> None:
    stale = tmp_path / "words.json"
    stale.write_text("{}")
    assert builder.main(["--check", "--output", str(tmp_path)]) == 1
    assert stale.read_text() == "{}"


Spoil = Callable[[str, str], Path]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """A copy of the tables with lines added at the end of one."""

    def copy(file: str, lines: str) -> Path:
        folder = tmp_path / "words"
        shutil.copytree(TABLES, folder)
        with (folder / file).open("a", encoding="utf-8") as table:
            table.write(lines)
        return folder

    return copy


@pytest.mark.parametrize(
    ("file", "lines", "complaint"),
    [
        ("particles.toml", 'zwei = ["von"]\n', "belongs to both 'von' and 'zwei'"),
        ("particles.toml", "none = []\n", "group 'none' is empty"),
        ("particles.toml", 'odd = ["x-y", "x-y"]\n', "stands twice in a group"),
        ("particles.toml", 'odd = ["!!"]\n', "no letters or digits"),
        ("particles.toml", '[extra]\na = ["b"]\n', "unknown table or key 'extra'"),
        ("legal_forms.toml", "[groups]\n", "legal_forms.toml: "),
        ("han.toml", '[legal2]\n"银" = "x"\n', "unknown table or key"),
        ("frequency.csv", "Zebra,1,2\n", "frequency.csv:"),
        ("bearers.csv", "zebra,1,2\n", "bearers.csv:"),
        ("japanese.toml", '"鈴木" = "Suzuki"\n', "is not in folded form"),
        ("places.toml", 'elsewhere = ["tehran"]\n', "belongs to both"),
        ("more.toml", "", "not a file this builder knows"),
    ],
)
def test_the_builder_refuses_what_it_does_not_understand(
    builder: ModuleType,
    spoil: Spoil,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    lines: str,
    complaint: str,
) -> None:
    folder = spoil(file, lines)
    made = tmp_path / "out"
    assert builder.main(["--tables", str(folder), "--output", str(made)]) == 1
    assert complaint in capsys.readouterr().err
    assert not made.exists()


def test_a_complaint_names_file_and_line(
    builder: ModuleType,
    spoil: Spoil,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = spoil("particles.toml", 'zwei = ["von"]\n')
    last = len((folder / "particles.toml").read_text("utf-8").splitlines())
    builder.main(["--tables", str(folder), "--output", str(tmp_path / "out")])
    assert f"particles.toml:{last}: " in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(TABLES.iterdir()), ids=lambda path: path.name)
def test_every_table_says_where_it_comes_from(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert all(line.startswith("#") for line in lines[:3])
    if path.suffix == ".toml":
        assert "ompilation" in path.read_text("utf-8")
        tomllib.loads(path.read_text("utf-8"))
