from pathlib import Path

import pytest

from clearway.errors import ListRefused, ListUnreadable, UsageError
from clearway.lists.publishers import directory
from clearway.lists.reader import File, Reader
from clearway.lists.readers import READERS, files_at, recognise

# The first lines of real files, cut.
OFAC_XML = b"""<?xml version="1.0" standalone="yes"?>
<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
  <publshInformation>
    <Publish_Date>05/07/2024</Publish_Date>
    <Record_Count>14966</Record_Count>
  </publshInformation>
"""
EU_XML = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" \
generationDate="2024-05-13T17:44:28.283+02:00" globalFileId="165424">
"""
UN_XML = b"""<?xml version='1.0' encoding='UTF-8'?>
<CONSOLIDATED_LIST xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
xsi:noNamespaceSchemaLocation='https://www.un.org/sc/resources/sc-sanctions.xsd' \
dateGenerated='2024-05-15T00:00:03.012Z'>
"""
SHARED_FILES = (
    ("ofac/2024-05-07/sdn.xml", "ofac", "sdn"),
    ("ofac/2024-05-07/consolidated.xml", "ofac", "consolidated"),
    ("ofac_enhanced/2025-01-10/CONS_ENHANCED.XML", "ofac", "consolidated"),
    ("ofac_legacy_csv/2021/sdn.csv", "ofac", "sdn"),
    ("ofac_legacy_csv/cons-2025/cons_prim.csv", "ofac", "consolidated"),
    ("eu/2024-05-13/20240513-FULL-1_1.xml", "eu", "fsf"),
    ("un/2024-05-15/consolidated.xml", "un", "consolidated"),
    ("un/2026-02-27/consolidated.xml", "un", "consolidated"),
    ("uk/2025-04-10/ConList.csv", "uk", "conlist"),
    ("us_csl/2022-04-21/consolidated.csv", "us_csl", "csl"),
    ("us_csl/dpl.txt", "bis", "dpl"),
)


def test_formats_of_one_publisher_have_different_names() -> None:
    formats = [(reader.publisher, reader.format) for reader in READERS]
    assert len(formats) == len(set(formats))


def test_every_publisher_that_can_be_read_is_described() -> None:
    assert {reader.publisher for reader in READERS} <= set(directory().publishers)


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_list_is_told_by_its_content_not_by_its_name(bom: bytes) -> None:
    for publisher, content in (("ofac", OFAC_XML), ("eu", EU_XML), ("un", UN_XML)):
        reader = recognise(publisher, File.of(bom + content, "download (3)"))
        assert reader.publisher == publisher


def test_a_list_of_another_publisher_is_refused_and_named() -> None:
    with pytest.raises(ListRefused, match=r"looks like a list of un .*, not of ofac"):
        recognise("ofac", File.of(UN_XML, "sdn.xml"))


def test_an_unknown_publisher_is_told_which_are_known() -> None:
    with pytest.raises(UsageError, match="called 'ofca'; known are ofac, eu, un"):
        recognise("ofca", File.of(OFAC_XML))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n ", "is empty"),
        (OFAC_XML.decode().encode("utf-16"), "is UTF-16 text.*iconv"),
        (OFAC_XML.decode().encode("utf-16-be"), "is UTF-16 text"),
        (OFAC_XML.decode().encode("utf-16-le"), "is UTF-16 text"),
        (OFAC_XML[:200] + b"\0" + OFAC_XML[200:], "NUL byte at position 200"),
        (b"<!DOCTYPE html><html></html>", "is a web page"),
        (b"\n<!-- x --><HTML lang='en'>", "is a web page"),
        (b"PK\x03\x04xyz", "ZIP archive"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x1f\x8b\x08", "is a gzip file"),
        (b"<?xml version='1.0'?><list/>", "is in none of the formats of ofac"),
        (b"a party, a country\n", "is in none of the formats of ofac"),
    ],
)
def test_what_is_no_list_is_said_in_words(content: bytes, words: str) -> None:
    with pytest.raises(ListUnreadable, match=words):
        recognise("ofac", File.of(content, "sdn.xml"))


def test_a_file_that_is_not_there_or_is_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ListUnreadable, match=r"sdn\.xml: no such file"):
        recognise("ofac", File.at(tmp_path / "sdn.xml"))
    with pytest.raises(ListUnreadable, match="is a folder"):
        recognise("ofac", File.at(tmp_path))


def test_a_set_is_gathered_from_beside_its_main_file(tmp_path: Path) -> None:
    for name in ("sdn.csv", "add.csv", "alt.csv", "cons_add.csv"):
        (tmp_path / name).touch()
    files = files_at(tmp_path / "sdn.csv")
    assert [file.name for file in files] == ["sdn.csv", "add.csv", "alt.csv"]
    assert [file.name for file in files_at(tmp_path / "add.csv")] == ["add.csv"]


@pytest.fixture(params=SHARED_FILES, ids=lambda row: row[0])
def real(request: pytest.FixtureRequest, shared: Path) -> tuple[File, str, str]:
    path, publisher, name = request.param
    return File.at(shared / "lists" / path), publisher, name


@pytest.mark.shared
def test_each_real_list_is_recognised_by_exactly_one_reader(
    real: tuple[File, str, str],
) -> None:
    file, publisher, name = real
    head = file.head()
    found = [reader for reader in READERS if reader.recognises(head, file.name)]
    assert [reader.publisher for reader in found] == [publisher]
    assert found[0].edition((file,)).list == name
    assert directory().describe(publisher, name) in directory().lists


@pytest.mark.shared
def test_each_real_list_is_refused_for_every_other_publisher(
    real: tuple[File, str, str],
) -> None:
    file, publisher, _ = real
    for other in {reader.publisher for reader in READERS} - {publisher}:
        with pytest.raises(ListRefused, match=f"looks like a list of {publisher}"):
            recognise(other, file)


def test_a_reader_may_be_given_instead_of_those_that_ship(fake_reader: Reader) -> None:
    file = File.of(b"FAKE roll - -\n")
    assert recognise("fake", file, (fake_reader,)) is fake_reader
