"""Bad input, end to end: a clear error or a problem each, and never `clear`.

Whatever cannot be read, compared or understood ends in an exit code that is not 0, a
sentence that says what is wrong, and nothing lost of what could be read.
"""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
import xlsxwriter
from python_calamine import load_workbook

Command = Callable[..., Any]
UN = (
    '<?xml version="1.0" encoding="utf-8"?>\n{doctype}'
    '<CONSOLIDATED_LIST dateGenerated="2024-05-15T00:00:00.000Z">\n<INDIVIDUALS>\n'
    "<INDIVIDUAL><DATAID>11</DATAID><FIRST_NAME>{name}</FIRST_NAME>"
    "<REFERENCE_NUMBER>KPi.033</REFERENCE_NUMBER></INDIVIDUAL>\n"
    "</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>\n"
)
LIST = UN.format(doctype="", name="RI WON HO").encode()
BOMB = (
    '<!DOCTYPE l [<!ENTITY a "RI">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">'
        for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>\n"
)


@pytest.fixture
def check(command: Command) -> Command:
    def ran(*args: Any, **options: Any) -> Any:
        return command("check", *args, "--as-of", "2024-05-17", **options)

    return ran


@pytest.fixture
def answers(check: Command) -> Callable[..., list[dict[str, Any]]]:
    """The screenings of a table with these bytes; there is no exit code 0."""

    def of(data: bytes, *args: str, code: int = 10) -> list[dict[str, Any]]:
        ran = check("-", "--ndjson", *args, stdin=data)
        assert ran.code == code, ran.err
        return [json.loads(line) for line in ran.out.splitlines()]

    return of


def problems(answer: dict[str, Any]) -> list[str]:
    return [problem["code"] for problem in answer["problems"]]


Answers = Callable[..., list[dict[str, Any]]]


# Names


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "empty_name"),
        ("   ", "empty_name"),
        ("\u3000", "empty_name"),
        ("X", "short_name"),
        ("王", "short_name"),
        ("😀😀", "unreadable_name"),
        ("☆☆☆", "unreadable_name"),
        ("!?", "unreadable_name"),
        ("Jane Plain " * 1_000, "long_name"),
        ("a" * 10_000, "long_name"),
        ("Jane\u200b Plain", "hidden_invisible"),
        ("Jane \u202eanilP", "hidden_bidi"),
        ("Jane\0 Plain", "hidden_control"),
        ("Jаnе Plain", "hidden_mixed_script"),  # the a and e are Cyrillic
        ("\udcff\udcfe Plain", "hidden_invisible"),  # bytes that are no text
    ],
)
def test_a_name_that_cannot_be_trusted_is_for_review(
    check: Command, name: str, code: str
) -> None:
    ran = check(name, "--json", "--as", "name")
    assert ran.code == 10
    answer = json.loads(ran.out)
    assert answer["verdict"] == "review"
    assert code in problems(answer)
    assert answer["party"]["name"] == name
    assert check(name, "--as", "name").code == 10


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\ufeff", "\u2060", "\0"])
def test_hidden_characters_hide_no_listed_name(check: Command, sign: str) -> None:
    ran = check(f"Prom{sign}svyazbank", "--json", "--as", "name")
    answer = json.loads(ran.out)
    assert "eu-EU.7395.36" in [hit["entity"]["id"] for hit in answer["hits"]]
    shown = check(f"Prom{sign}svyazbank", "--as", "name").out
    assert sign not in shown
    assert f"<U+{ord(sign):04X}>" in shown


def test_a_long_name_hides_no_listed_name_at_its_beginning(check: Command) -> None:
    ran = check("Promsvyazbank" + " x" * 5_000, "--json")
    assert ran.code == 10
    assert "long_name" in problems(json.loads(ran.out))


# Tables


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "utf-32"]
)
def test_an_encoding_loses_no_name(answers: Answers, encoding: str) -> None:
    text = "Клиент;Страна\nПутин Владимир;Россия\nЯна Простая;Россия\n"
    found = answers(text.encode(encoding))
    assert [answer["party"]["name"] for answer in found] == [
        "Путин Владимир",
        "Яна Простая",
    ]
    assert found[0]["hits"]


def test_nul_bytes_are_said_and_lose_no_row(answers: Answers) -> None:
    found = answers(b"name,country\nPromsvy\0azbank,RU\nJane\0 Plain,GB\nJo Doe,GB\n")
    assert [answer["party"]["name"] for answer in found] == [
        "Promsvyazbank",
        "Jane Plain",
        "Jo Doe",
    ]
    assert found[0]["hits"]
    assert problems(found[1])


def test_ragged_rows_lose_nothing(answers: Answers) -> None:
    data = b"name,country,city\nPromsvyazbank\nJane Plain,GB,Bath,more,and more\n,GB,\n"
    found = answers(data)
    assert [answer["verdict"] for answer in found][::2] == ["review", "review"]
    assert len(found) == 3
    assert all(problems(answer) for answer in found)


def test_a_row_without_a_name_is_for_review(answers: Answers) -> None:
    (row, missing) = answers(b"name,country\n,RU\nN/A,RU\n")
    assert row["verdict"] == missing["verdict"] == "review"
    assert problems(row)
    assert problems(missing)


def test_a_cell_of_ten_megabytes_is_cut_and_said(answers: Answers) -> None:
    huge = b"Promsvyazbank " + b"A" * (10 << 20)
    found = answers(b"name,country\n" + huge + b",RU\nPromsvyazbank,RU\n")
    assert found[0]["verdict"] == "review"
    assert problems(found[0])
    assert found[1]["hits"]


def test_bytes_that_are_no_text_are_for_review(answers: Answers) -> None:
    good = "".join(f"Firma Müller {n},DE\n" for n in range(20))
    data = b"name,country\n" + good.encode() + b"Bad \xff\xfe name,CN\n"
    found = answers(data)
    assert len(found) == 21
    assert found[-1]["verdict"] == "review"
    assert problems(found[-1])


def test_half_characters_in_json_are_written_back_and_for_review(
    answers: Answers, check: Command, tmp_path: Path
) -> None:
    data = b'[{"name": "Jane \\ud800 Plain"}]'
    (answer,) = answers(data)
    assert answer["party"]["name"] == "Jane \ud800 Plain"
    assert answer["verdict"] == "review"
    for ending in ("csv", "parquet", "xlsx", "json", "ndjson"):
        ran = check("-", "-o", tmp_path / f"hits.{ending}", stdin=data)
        assert ran.code == 10


def test_a_bad_line_among_json_lines_is_for_review(answers: Answers) -> None:
    found = answers(b'{"name": "Jane Plain"}\n{"name": \n{"name": "Jo Doe"}\n')
    assert [answer["verdict"] for answer in found] == ["clear", "review", "clear"]
    assert problems(found[1])


def test_what_a_date_or_country_cannot_be_is_said(answers: Answers) -> None:
    found = answers(
        b"name,birth_date,country\nJane Plain,32.13.1980,GB\nJo Doe,1980,Atlantis\n"
    )
    assert [answer["verdict"] for answer in found] == ["review", "review"]
    assert problems(found[0]) == ["bad_date"]
    assert problems(found[1]) == ["bad_country"]


def _workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for line in range(500):
        sheet.write_row(line, 0, ["Name" if not line else f"Jane Plain {line}", "GB"])
    book.close()
    return out.getvalue()


def _parquet() -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.table({"name": ["Jane Plain"] * 5_000}), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n \n"),
        ("mark.csv", b"\xef\xbb\xbf"),
        ("nul.csv", b"\0" * 5_000),
        ("binary.csv", bytes(range(256)) * 40),
        ("page.csv", b"<!DOCTYPE html><html><title>Sign in</title></html>"),
        ("head.csv", b"name,country\n"),
        ("cut.xlsx", _workbook()[:-400]),
        ("half.xlsx", _workbook()[: len(_workbook()) // 2]),
        ("cut.parquet", _parquet()[:-40]),
        (
            "cut.csv.gz",
            gzip.compress(b"name\n" + b"Jane Plain\n" * 9_000, mtime=0)[:-20],
        ),
        ("empty.csv.gz", gzip.compress(b"", mtime=0)),
        ("empty.xlsx", b""),
        ("list.xml", LIST),
    ],
)
def test_a_file_that_is_no_whole_table_is_exit_4_and_a_sentence(
    check: Command, tmp_path: Path, name: str, data: bytes
) -> None:
    path, out = tmp_path / name, tmp_path / "hits.csv"
    path.write_bytes(data)
    ran = check(path, "-o", out)
    assert ran.code == 4, ran.err
    assert ran.err.splitlines()[-1].startswith("clearway: ")
    assert name in ran.err.splitlines()[-1]
    assert ran.out == ""
    assert not out.exists()


def test_a_table_no_column_of_which_is_a_name_is_refused(
    check: Command, tmp_path: Path
) -> None:
    path = tmp_path / "sums.csv"
    path.write_text("amount,currency\n12.50,EUR\n13.70,EUR\n", "utf-8")
    ran = check(path)
    assert ran.code == 2
    assert "--map" in ran.err


# On the way out

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example")', "\t=1"]


def test_formulas_come_out_as_text(check: Command, tmp_path: Path) -> None:
    lines = io.StringIO()
    csv.writer(lines).writerows(
        [["id", "name"], *([text, f"{text} Jane Plain"] for text in FORMULAS)]
    )
    data = lines.getvalue().encode()
    outs = {
        ending: tmp_path / f"hits.{ending}" for ending in ("csv", "xlsx", "parquet")
    }
    for path in outs.values():
        check("-", "--all", "-o", path, stdin=data)
    printed = check("-", "--all", "--csv", stdin=data).out
    for text in (printed, outs["csv"].read_text("utf-8-sig")):
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) == len(FORMULAS) + 1
        assert not _formulas(cell for row in rows[1:] for cell in row)
    sheet = load_workbook(str(outs["xlsx"])).get_sheet_by_index(0)
    cells = [cell for row in sheet.to_python() for cell in row]
    assert not _formulas(cell for cell in cells if isinstance(cell, str))
    names = pyarrow.parquet.read_table(outs["parquet"])["name"].to_pylist()
    assert len(names) == len(FORMULAS)
    assert names[0] == "=1+1 Jane Plain"


def _formulas(cells: Iterator[str]) -> list[str]:
    return [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]


def test_markup_and_controls_do_not_act_in_a_terminal(check: Command) -> None:
    ran = check("\x1b[2JJane\r\x07Plain", "--as", "name")
    assert ran.code == 10
    assert "\x1b" not in ran.out + ran.err
    assert "\x07" not in ran.out + ran.err


# Lists


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("zero.xml", b"", "is empty"),
        ("half.xml", LIST[: len(LIST) // 2], "cut short"),
        ("tail.xml", LIST[:-15], "cut short"),
        ("control.xml", LIST.replace(b"WON", b"W\x19N"), "line 4, column"),
        ("nul.xml", LIST.replace(b"WON", b"W\0N"), "NUL byte"),
        ("u16.xml", LIST.decode().encode("utf-16"), "UTF-16"),
        ("latin.xml", LIST.replace(b"WON", b"W\xf6N"), "line 4"),
        ("page.xml", b"<html><title>502</title></html>", "web page"),
        ("packed.xml", gzip.compress(LIST, mtime=0), "gzip"),
        ("cut.xml.gz", gzip.compress(LIST, mtime=0)[:-12], "cut short"),
        ("hurt.xml.gz", gzip.compress(LIST, mtime=0)[:40] + bytes(80), "damaged"),
        ("no.xml.gz", LIST, "damaged"),
        ("other.xml", b"<sdnList><publshInformation/></sdnList>", "un"),
        ("nobody.xml", LIST.replace(b"INDIVIDUAL>", b"PERSON>"), "empty"),
        ("undated.xml", LIST.replace(b"2024-05-15T", b"someday "), "dateGenerated"),
        ("bomb.xml", UN.format(doctype=BOMB, name="&j;").encode(), ""),
        (
            "outside.xml",
            UN.format(
                doctype='<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n',
                name="&x;",
            ).encode(),
            "",
        ),
        (
            "dtd.xml",
            UN.format(
                doctype='<!DOCTYPE l SYSTEM "http://127.0.0.1:9/un.dtd">\n',
                name="RI WON HO",
            ).encode(),
            "",
        ),
    ],
)
def test_a_list_that_is_not_whole_or_not_safe_never_goes_live(
    command: Command, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    path, home = tmp_path / name, tmp_path / "home"
    path.write_bytes(data)
    ran = command("lists", "add", "un", path, "--quiet", home=home)
    assert ran.code == 3
    assert said in ran.err
    assert name.removesuffix(".gz") in ran.err
    assert ran.out == ""
    asked = command("check", "Jane Plain", "--as-of", "2024-05-17", home=home)
    assert (asked.code, asked.out) == (3, "")


def test_a_byte_order_mark_hinders_no_list(command: Command, tmp_path: Path) -> None:
    path, home = tmp_path / "un.xml", tmp_path / "home"
    path.write_bytes(b"\xef\xbb\xbf" + LIST)
    assert command("lists", "add", "un", path, home=home).code == 0
    asked = ("check", "Ri Won Ho", "--as-of", "2024-05-17")
    assert command(*asked, home=home).code == 10


@pytest.mark.shared
def test_the_malformed_list_of_the_united_nations_is_refused_with_its_place(
    command: Command, tmp_path: Path, shared: Path
) -> None:
    (path,) = (shared / "lists" / "un" / "malformed").glob("*.xml")
    home = tmp_path / "home"
    ran = command("lists", "add", "un", path, home=home)
    assert ran.code == 3
    assert f"{path.name}: line 53, column 11: PCDATA invalid Char value 25" in ran.err
    assert command("check", "Jane Plain", home=home).code == 3
