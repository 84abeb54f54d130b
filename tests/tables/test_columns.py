"""What columns mean: guessed in many languages, shown on a line, corrected by hand."""

import subprocess
import sys
from pathlib import Path

import pytest

from clearway.errors import UsageError
from clearway.tables.columns import Mapping, guess, guess_columns
from clearway.tables.headings import FIELDS, kind_of, meaning
from clearway.tables.reading import open_table

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Name", "name"),
        ("Customer Name", "name"),
        ("counterparty_legal_name", "name"),
        ("NameAlias_WholeName", "name"),
        ("Наименование контрагента", "name"),
        ("ФИО", "name"),
        ("客户名称", "name"),
        ("交易对手名称", "name"),
        ("顧客名", "name"),
        ("Raison sociale", "name"),
        ("RAZÓN SOCIAL", "name"),
        ("Müşteri Adı", "name"),
        ("اسم العميل", "name"),
        ("Familienname", "last_name"),
        ("Отчество", "middle_name"),
        ("Prénom", "first_name"),
        ("DOB", "birth_date"),
        ("BirthDate", "birth_date"),
        ("Date of Birth (DD/MM/YYYY)", "birth_date"),
        ("Дата рождения", "birth_date"),
        ("出生日期", "birth_date"),
        ("Geb.-Datum", "birth_date"),
        ("Doğum Tarihi", "birth_date"),
        ("تاريخ الميلاد", "birth_date"),
        ("Place of Birth", "birth_place"),
        ("Гражданство", "country"),
        ("国家/地区", "country"),
        ("Ülke", "country"),
        ("ISO-Country-Code", "country"),
        ("IMO No.", "imo"),
        ("IMONumber", "imo"),
        ("ИНН", "inn"),
        ("ИНН клиента", "inn"),
        ("统一社会信用代码", "uscc"),
        ("LEI", "lei"),
        ("SWIFT/BIC", "bic"),
        ("Passport #", "passport"),
        ("护照号码", "passport"),
        ("Steuernummer", "tax_id"),
        ("ID Number", "id_number"),
        ("Document type", "id_type"),
        ("Client ID", "reference"),
        ("Kundennummer", "reference"),
        ("Адрес", "address"),
        ("Пол", "gender"),
        ("曾用名", "alias"),
        ("a.k.a.", "alias"),
        ("Wallet address", "wallet"),
    ],
)
def test_a_heading_is_understood_in_many_languages(heading: str, field: str) -> None:
    assert meaning(heading)[0] == field


@pytest.mark.parametrize(
    "heading",
    ["Bank name", "Contact person", "Product name", "Manager", "Amount", "Дата", "xyz"],
)
def test_what_is_no_party_of_its_own_is_not_a_name(heading: str) -> None:
    assert meaning(heading)[0] in ("", "unused")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Individual", "person"),
        ("физлицо", "person"),
        ("个人", "person"),
        ("Gerçek Kişi", "person"),
        ("ЮЛ", "organization"),
        ("Personne morale", "organization"),
        ("شركة", "organization"),
        ("Schiff", "vessel"),
        ("飞机", "aircraft"),
        ("unknown", "any"),
        ("something", None),
    ],
)
def test_kinds_are_understood_in_many_languages(word: str, kind: str | None) -> None:
    assert kind_of(word) == kind


def line(text: str) -> str:
    return str(guess(open_table(text.encode())))


def test_the_mapping_prints_as_one_line() -> None:
    shown = line("Наименование;DOB;Amount\nАкме;25/03/1961;5\n")
    assert shown == (
        "name <- Наименование, birth_date <- DOB (day first); not used: Amount"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nom,Prénom\nDupont,Jean\n", "first_name <- Prénom, last_name <- Nom"),
        ("Nom,Pays\nJean Dupont,FR\n", "name <- Nom, country <- Pays"),
        ("Name,First name\nJo Do,Jo\n", "name <- Name, first_name <- First name"),
        ("Имя,Фамилия\nИван,Петров\n", "first_name <- Имя, last_name <- Фамилия"),
        ("Name,Company\nJo,Acme\n", "name <- Name, alias <- Company"),
        ("Customer,Name\n17,Jo\n", "name <- Name, reference <- Customer"),
        ("Name,Type\nX,Oil Tanker\n", "name <- Name; not used: Type"),
        ("Name,Type\nX,Vessel\n", "name <- Name, kind <- Type"),
        ("Name,Flag\nX,Y\nZ,N\n", "name <- Name; not used: Flag"),
        (
            "Client,Code,DoB,Total\nJo Do,7707083893,1970,1\nLi Wu,7736050003,1980,2\n",
            "name <- Client, birth_date <- DoB, reference <- Code; not used: Total",
        ),
    ],
)
def test_headings_and_values_are_weighed_together(text: str, shown: str) -> None:
    assert line(text) == shown


def test_without_a_header_the_values_tell() -> None:
    text = (
        "17;Иван Петров;07.10.1952;RU;7707083893;физлицо\n"
        "18;ООО Ромашка;;CN;7736050003;ЮЛ\n"
    )
    assert line(text) == (
        "name <- column 2 (by its values), kind <- column 6 (by its values), "
        "birth_date <- column 3 (day first, by its values), "
        "country <- column 4 (by its values), "
        "reference <- column 1 (by its values), inn <- column 5 (by its values)"
    )


def test_an_unlabelled_date_under_a_heading_is_not_a_birth_date() -> None:
    shown = line("Client,Since\nJo Do,1970-01-02\nLi Wu,1980-01-02\n")
    assert shown == "name <- Client; not used: Since"


COLUMNS = ("Client", "DOB", "Other, name", "Amount")


def test_corrections_replace_what_was_guessed() -> None:
    guessed = guess_columns(("Name", *COLUMNS), [["a", "b", "c", "d", "e"]])
    corrected = guessed.corrected("name=client, alias=Other, name,birth_date=DOB")
    assert str(corrected) == (
        "name <- Client, alias <- Other, name, birth_date <- DOB; "
        "not used: Name, Amount"
    )


def test_corrections_may_take_away_add_and_number() -> None:
    mapping = Mapping.of(COLUMNS, name="Client", birth_date="DOB")
    assert str(mapping.corrected("birth_date=")) == (
        "name <- Client; not used: DOB, Other, name, Amount"
    )
    assert mapping.corrected("unused=DOB").fields == ("name", "", "", "")
    assert mapping.corrected("aliases=#3").fields[2] == "alias"
    assert mapping.corrected("country=Amount,nationality=DOB").where("country") == (
        1,
        3,
    )
    assert mapping.corrected("name=Client,birth_date:month_first=DOB").orders[1] == (
        "month first"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name=Klient", "Client, DOB, Other, name, Amount"),
        ("nom=Client", "no field 'nom'; there are: name, first_name"),
        ("Client", "--map name=COLUMN"),
        ("name:month_first=Client", "only birth_date"),
        ("name=#9", "there is no column '#9'"),
    ],
)
def test_a_correction_that_makes_no_sense_says_what_there_is(
    text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said.replace("(", r"\(")):
        Mapping.of(COLUMNS, name="Client").corrected(text)


def test_a_mapping_can_be_stated() -> None:
    mapping = Mapping.of(COLUMNS, name="Client", alias=["Other, name"], dob="DOB")
    assert mapping.fields == ("name", "birth_date", "alias", "")


def test_a_table_without_names_or_numbers_asks_for_a_mapping() -> None:
    mapping = guess_columns(("Amount", "Date"), [[1, "2024-01-02"]])
    with pytest.raises(UsageError, match="--map name=COLUMN"):
        mapping.required("t.csv")


def test_every_field_can_be_mapped() -> None:
    for field in FIELDS:
        assert Mapping.of(("x",)).corrected(f"{field}=x").fields == (field,)


def test_the_built_words_are_those_of_the_resources() -> None:
    command = [sys.executable, str(ROOT / "tools" / "build_columns.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
