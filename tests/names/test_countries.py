"""Countries are found under every word a list or a person uses for them."""

import csv
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clearway.names.countries import code, countries, key_of, name

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ru", "ru"),
        ("RUS", "ru"),
        ("Russian Federation", "ru"),
        ("Россия", "ru"),
        ("РФ", "ru"),
        ("俄罗斯", "ru"),
        ("Russian", "ru"),
        ("Korea, North", "kp"),
        ("KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF", "kp"),
        ("DPRK", "kp"),
        ("Korea, South", "kr"),
        ("Republic of Korea", "kr"),
        ("Iran, Islamic Republic of", "ir"),
        ("Iranian", "ir"),
        ("Congo, Democratic Republic of the", "cd"),
        ("CONGO, Democratic Republic of (was Zaire)", "cd"),
        ("Congo (Democratic Republic)", "cd"),
        ("Congo, Republic of the", "cg"),
        ("Congo", "cg"),
        ("Burma", "mm"),
        ("UK", "gb"),
        ("U.K.", "gb"),
        ("United Kingdom of Great Britain and Northern Ireland", "gb"),
        ("West Bank", "ps"),
        ("Region: Gaza", "ps"),
        ("Palestinian", "ps"),
        ("State of Palestine", "ps"),
        ("Kosovo", "xk"),
        ("Bahamas, The", "bs"),
        ("The Gambia", "gm"),
        ("Cote d Ivoire", "ci"),
        ("Côte d’Ivoire", "ci"),
        ("Man, Isle of", "im"),
        ("Macau", "mo"),
        ("中国", "cn"),
        ("PRC", "cn"),
        ("Republic of China", "tw"),
        ("中华人民共和国", "cn"),
        ("香港", "hk"),
        ("Turkey", "tr"),
        ("Türkiye", "tr"),
        ("TURKIYE", "tr"),
        ("United States of America", "us"),
        ("U.S.A.", "us"),
        ("США", "us"),
        ("Vereinigte Staaten", "us"),
        ("Alemania", "de"),
        ("الصين", "cn"),
        ("Trinidad & Tobago", "tt"),
        ("St. Kitts and Nevis", "kn"),
        ("Saint Vincent and the Grenadines", "vc"),
        ("Afghan", "af"),
        ("Repubic of Moldova", "md"),  # so in the UK list
        ("AND", "ad"),  # the alpha-3 code, though it is also a word
    ],
)
def test_a_country_is_found_under_the_words_publishers_use(
    text: str, expected: str
) -> None:
    assert code(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "undetermined",
        "UNKNOWN",
        "00",
        "None Identified",
        "Region: Crimea",
        "Crimea",
        "Korea",
        "Yugoslavia",
        "SERBIA AND MONTENEGRO",
        "former Soviet Union",
        "Netherlands Antilles",
        "Atlantis",
        "x" * 10_000,
    ],
)
def test_what_names_no_country_of_today_gives_nothing(text: str) -> None:
    assert code(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "(1) Sudan (2) South Sudan",
        "(1) Russia (2) Ukraine",
        "Sudan, South Sudan",
        "Guinea; Guinea-Bissau",
        "Niger (Nigeria)",
        "(1) Ukrainian SSR (now Ukraine) (2) Russian SFSR (now Russia)",
    ],
)
def test_a_text_that_names_two_countries_gives_none_of_them(text: str) -> None:
    assert code(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Former USSR Currently Ukraine", "ua"),
        ("Former USSR (now Belarus)", "by"),
        ("Russia (now Belarus)", "by"),
        ("Kazakh SSR", "kz"),
        ("Russia (USSR)", "ru"),
        ("Iraq (previous address)", "iq"),
        ("Russian Federation (as at November 2010)", "ru"),
    ],
)
def test_a_remark_on_a_country_is_seen_past(text: str, expected: str) -> None:
    assert code(text) == expected


def test_guinea_niger_dominica_and_the_two_congos_are_not_confused() -> None:
    words = (
        "Guinea",
        "Guinea-Bissau",
        "Equatorial Guinea",
        "Papua New Guinea",
        "Niger",
        "Nigeria",
        "Dominica",
        "Dominican Republic",
        "Republic of the Congo",
        "Democratic Republic of the Congo",
    )
    found = " ".join(code(word) for word in words)
    assert found == "gn gw gq pg ne ng dm do cg cd"


def test_every_code_has_a_name_which_leads_back_to_it() -> None:
    assert len(countries().names) == 250
    for alpha_2 in countries().names:
        assert code(name(alpha_2)) == alpha_2
        assert code(alpha_2) == code(alpha_2.upper()) == alpha_2
    assert name("ru") == name("RU") == "Russia"
    assert name("zz") == ""


def test_every_alpha_3_code_leads_to_one_alpha_2_code() -> None:
    assert len(countries().alpha_3) == len(set(countries().alpha_3.values())) == 250


@given(st.sampled_from(sorted(countries().names.values())), st.randoms())
def test_case_order_marks_and_articles_do_not_matter(
    english: str, random: object
) -> None:
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", english)
        if not unicodedata.combining(char)
    )
    expected = code(english)
    for variant in (english.upper(), english.lower(), bare, f"The {bare}"):
        assert code(variant) == expected
    words = english.replace("(", "").replace(")", "").split()
    if len(words) > 1:
        assert code(f"{words[-1]}, {' '.join(words[:-1])}") == expected


@given(st.text(max_size=60))
def test_any_text_gives_a_known_code_or_nothing(text: str) -> None:
    assert code(text) in {"", *countries().names}
    assert key_of(key_of(text)) == key_of(text)


def test_a_word_of_another_script_is_never_taken_for_a_code() -> None:
    assert code("بر") == ""  # reads "br"
    assert code("ро") == ""  # Cyrillic letters that look like, and read, "ro"


def test_the_built_table_is_what_its_source_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "build_countries.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_two_rows_that_claim_one_spelling_are_refused() -> None:
    path = ROOT / "tools" / "build_countries.py"
    program = (
        "import runpy, json;"
        f"build = runpy.run_path({str(path)!r})['build'];"
        "head = 'code;alpha_3;name;spellings;people;other_languages\\n';"
        "rows = 'ne;NER;Niger;;;\\nng;NGA;Nigeria;Republic of Niger|Niger;;\\n';"
        "print(json.dumps(build(head + rows)[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [
        "resources/countries.csv:3: 'Niger' is Niger already"
    ]


# What the real lists hold that is no country of today, or no country at all.
_NO_COUNTRY = {
    "undetermined",
    "None Identified",
    "Netherlands Antilles",
    "Region: Commonwealth of Independent States",
    "Region: Crimea",
    "Region: Kafia Kingi",
    "Region: Northern Mali",
    "UNKNOWN",
    "SERBIA AND MONTENEGRO",
    "YUGOSLAVIA",
    "former Soviet Union",
    "na",
    "Crimea",
    "USSR",
    "Yakut Autonomous SSR",
    "Moscow",
    "115088",
}


@pytest.mark.shared
def test_every_country_word_of_the_real_lists_is_known(shared: Path) -> None:
    words = Counter(_words(shared / "lists"))
    assert len(words) > 450
    unknown = {word for word in words if not code(word)}
    several = {word for word in unknown if word.startswith("(")}
    told_apart = {"Germany. Russia", "Estonia, Russia", "Russia. Former USSR"}
    assert unknown - several - told_apart <= _NO_COUNTRY


@pytest.mark.shared
def test_the_eu_words_and_codes_agree(shared: Path) -> None:
    path = shared / "lists/eu/2024-05-13/20240513-FULL-1_1.xml"
    for _, element in etree.iterparse(str(path)):
        if words := element.get("countryDescription"):
            iso = str(element.get("countryIso2Code")).lower()
            assert code(words) in (iso, "")
        element.clear()


def _words(lists: Path) -> Iterator[str]:
    tags = {"country", "idCountry", "vesselFlag", "countryDescription", "NATIONALITY"}
    tags |= {"COUNTRY", "COUNTRY_OF_BIRTH", "COUNTRY_OF_ISSUE", "ISSUING_COUNTRY"}
    for pattern in ("ofac/*/*.xml", "eu/*/*.xml", "un/20*/*.xml"):
        for path in lists.glob(pattern):
            for _, element in etree.iterparse(str(path)):
                tag = etree.QName(element).localname
                if tag in tags and (element.text or "").strip():
                    yield str(element.text).strip()
                if words := element.get("countryDescription"):
                    yield str(words)
                if tag == "VALUE" and element.getparent().tag == "NATIONALITY":
                    yield (element.text or "na").strip()
    with (lists / "uk/2025-04-10/ConList.csv").open(encoding="utf-8-sig") as file:
        file.readline()
        for row in csv.DictReader(file):
            for column in ("Country", "Nationality", "Country of Birth"):
                if value := row[column]:
                    yield value
    path = lists / "us_csl/2022-04-21/consolidated.csv"
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            for column in ("nationalities", "citizenships", "vessel_flag"):
                yield from filter(None, row[column].split("; "))
