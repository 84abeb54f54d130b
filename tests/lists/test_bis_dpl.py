"""BIS's denied persons; the rows are from the file of June 2019."""

from pathlib import Path

import pytest

from clearway.errors import ListUnreadable
from clearway.lists import bis_dpl
from clearway.lists.bis_dpl import COLUMNS, DplRow
from clearway.lists.reader import Edition, File
from clearway.model import Address, Detail, Entity, Kind, Name, PartialDate, Problem

ASH = (
    " I. ASH",
    "FCI SEAGOVILLE, 2113 NORTH HIGHWAY 175",
    "SEAGOVILLE",
    "TX",
    "US",
    "75159",
    "06/19/2003",
    "06/29/2056",
    "Y",
    "2007-01-31",
    "FEDERAL REGISTER NOTICE UPDATED",
    "68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06",
)


def file(*rows: tuple[str, ...]) -> File:
    lines = ("\t".join(f'"{cell}"' for cell in row) for row in (COLUMNS, *rows))
    return File.of("\n".join(lines).encode(), "dpl.txt")


def read(*rows: tuple[str, ...]) -> list[DplRow]:
    found = list(bis_dpl.records([file(*rows)]))
    assert not any(isinstance(one, Problem) for one in found)
    return [one for one in found if isinstance(one, DplRow)]


def entity(*row: str) -> Entity:
    found, problems = bis_dpl.entity(read(row)[0])
    assert problems == ()
    return found


def test_it_is_known_by_its_header() -> None:
    assert bis_dpl.recognises(file().head(), "whatever")
    assert bis_dpl.edition([file()]) == Edition("bis", "dpl")
    with pytest.raises(ListUnreadable, match="lacks the header"):
        bis_dpl.edition([File.of(b"Name,City\n", "dpl.csv")])


def test_a_denied_person_with_address_and_order() -> None:
    found = entity(*ASH)
    (listing,) = found.listings
    source = f"bis/dpl#{listing.record}"
    assert found.id == f"bis-{listing.record}"
    assert found.kind is Kind.ANY
    assert found.names == (Name("I. ASH", source=source),)
    assert found.addresses == (
        Address(
            "FCI SEAGOVILLE, 2113 NORTH HIGHWAY 175, SEAGOVILLE, TX, 75159, US",
            street="FCI SEAGOVILLE, 2113 NORTH HIGHWAY 175",
            city="SEAGOVILLE",
            region="TX",
            postal_code="75159",
            country="us",
            country_text="US",
            source=source,
        ),
    )
    assert listing.listed_on == PartialDate.parse("06/19/2003", day_first=False)
    assert listing.ends_on == PartialDate.parse("06/29/2056", day_first=False)
    assert listing.changed_on == (PartialDate.parse("2007-01-31"),)
    assert listing.legal_basis == ("68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06",)
    assert found.details == (
        Detail("Standard_Order", "Y", source),
        Detail("Action", "FEDERAL REGISTER NOTICE UPDATED", source),
    )


def test_a_renewed_order_keeps_the_id_and_another_address_has_another() -> None:
    renewed = (*ASH[:6], "12/01/2020", "05/30/2021", "Y", "2020-12-02", "RENEWED", "")
    tidied = (ASH[0].strip().title(), *ASH[1:])
    moved = (ASH[0], "740 JESSIE ST.", *ASH[2:])
    ids = [entity(*row).id for row in (ASH, renewed, tidied, moved)]
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_the_month_comes_first() -> None:
    found = entity(*ASH[:6], "03/04/2002", *ASH[7:])
    listed = found.listings[0].listed_on
    assert listed is not None
    assert listed.iso == "2002-03-04"


def test_a_state_is_no_country() -> None:
    found = entity("A", "B", "PHOENIX", "AZ", "", "85043", *[""] * 6)
    assert (found.addresses[0].country, found.addresses[0].region) == ("", "AZ")
    assert found.listings[0].listed_on is None


def test_a_day_that_cannot_be_read_is_told_and_kept() -> None:
    found, (problem,) = bis_dpl.entity(read((*ASH[:6], "13/31/2003", *ASH[7:]))[0])
    assert (
        Detail("Effective_Date", "13/31/2003", found.names[0].source) in found.details
    )
    assert (problem.code, problem.position) == ("bad_date", "line 2")


def test_a_row_without_a_name_is_told() -> None:
    (problem,) = bis_dpl.records([file(("", *ASH[1:]))])
    assert isinstance(problem, Problem)
    assert (problem.code, problem.position) == ("nameless_entry", "line 2")


def test_a_file_that_breaks_off_is_refused() -> None:
    text = file(ASH, ASH).open().read()
    with pytest.raises(ListUnreadable, match="line 3"):
        list(bis_dpl.records([File.of(text[:-200], "dpl.txt")]))


@pytest.mark.shared
def test_the_real_list_is_read_whole(shared: Path) -> None:
    found = list(bis_dpl.records([File.at(shared / "lists/us_csl/dpl.txt")]))
    assert len(found) == 546
    rows = [bis_dpl.entity(row) for row in found if isinstance(row, DplRow)]
    assert [problems for _, problems in rows if problems] == []
    assert len({one.id for one, _ in rows}) == 543
