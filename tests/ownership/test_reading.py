"""Files of stakes of each kind, in their own text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from clearway.errors import InputUnreadable
from clearway.model import Kind, PartialDate, Problem
from clearway.ownership import bods, followthemoney, gleif, reading, rows
from clearway.ownership.deciding import Answer, evaluate
from clearway.ownership.share_words import ImpossibleShareError, share_of
from clearway.ownership.stake import OVER_HALF, UNKNOWN, WHOLE, Interest, Share, Stake
from clearway.ownership.threshold import Test

HALF = Share.percent(50)


@dataclass(frozen=True)
class Row:
    """A row as a table gives it."""

    position: str
    cells: Sequence[object]
    problems: tuple[Problem, ...] = ()


def table(text: str) -> Any:
    """A table of cells separated by semicolons, the first line its headings."""
    heads, *lines = [line.split(";") for line in text.strip().splitlines()]
    found = (Row(f"line {n}", cells) for n, cells in enumerate(lines, 2))
    return rows.stakes(heads, found, "stakes.csv")


def codes(read: Any) -> list[str]:
    return [problem.code for problem in read.problems]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("50", HALF),
        ("50 %", HALF),
        ("33,5%", Share.percent("33.5")),
        ("０．５％", Share.percent("0.5")),
        ("1/3", Share.exactly(Fraction(1, 3))),
        ("25-50", Share(Fraction(1, 4), Fraction(1, 2))),
        ("25 to 50 percent", Share(Fraction(1, 4), Fraction(1, 2))),
        ("more than 50%", OVER_HALF),
        ("> 50", OVER_HALF),
        ("более 50 процентов", OVER_HALF),
        ("超过50%", OVER_HALF),
        ("不低于50%", Share(Fraction(1, 2), Fraction(1))),
        ("75 or more", Share(Fraction(3, 4), Fraction(1))),
        ("less than 25%", Share(Fraction(0), Fraction(1, 4), under=True)),
        ("до 25 %", Share(Fraction(0), Fraction(1, 4), under=True)),
        (
            "more than 25% but not more than 50%",
            Share(Fraction(1, 4), Fraction(1, 2), over=True),
        ),
        (
            "ownership-of-shares-50-to-75-percent",
            Share(Fraction(1, 2), Fraction(3, 4), over=True, under=True),
        ),
        (
            "voting-rights-75-to-100-percent-as-trust",
            Share(Fraction(3, 4), Fraction(1)),
        ),
        ("", UNKNOWN),
        ("неизвестно", UNKNOWN),
    ],
)
def test_shares_are_read_as_people_write_them(text: str, share: Share) -> None:
    assert share_of(text) == share


@pytest.mark.parametrize(
    "text", ["-5", "101", "130 %", "60-40", "1/0", "more than 100"]
)
def test_shares_nobody_can_have_are_refused(text: str) -> None:
    with pytest.raises(ImpossibleShareError):
        share_of(text)


@pytest.mark.parametrize("text", ["half", "about 50", "50;60", "%", "1e2", "NaN%"])
def test_words_that_are_no_share_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no share"):
        share_of(text)


def test_a_table_in_english() -> None:
    read = table(
        """
Owner;Owned;Percent;From;To;Class;Kind
X Ltd;A LLC;50;2020-01-01;2024-06-30;ordinary;shares
x  ltd;A LLC;10;;;;voting rights
X Ltd;A LLC;;;;;right to appoint the majority of the board
"""
    )
    shares, votes, board = read.stakes
    assert {stake.owner for stake in read.stakes} == {"x ltd"}
    assert (shares.share, shares.share_class) == (HALF, "ordinary")
    assert shares.since == PartialDate.parse("2020-01-01")
    assert shares.until == PartialDate.parse("2024-06-30")
    assert shares.position == "line 2"
    assert votes.kind is Interest.VOTING_RIGHTS
    assert (board.kind, board.share) == (Interest.BOARD_MAJORITY, UNKNOWN)
    assert [holding.name for holding in read.holdings] == ["X Ltd", "A LLC"]
    assert not read.problems


@pytest.mark.parametrize(
    "text",
    [
        "Владелец;Компания;Доля, %;Вид\nИванов;ООО Ромашка;50,0;акции",
        "股东名称;公司名称;持股比例（%）;类型\n张三;北京测试有限公司;50%;股权",
        "shareholder;company;ownership percentage\nA;B;50.0",
    ],
)
def test_tables_in_three_languages(text: str) -> None:
    (stake,) = table(text).stakes
    assert (stake.share, stake.kind) == (HALF, Interest.SHARES)


def test_impossible_shares_and_dates_name_their_field_and_stay_possible() -> None:
    read = table(
        """
owner;owned;percent;from;to
X;A;130;;
X;B;60;2024-05-01;2024-01-01
X;C;60;yesterday;
;D;60;;
X;E;abc;;
"""
    )
    assert codes(read) == [
        *("impossible_share", "dates_contradict", "bad_date", "party_missing"),
        "bad_share",
    ]
    fields = [problem.message.partition(":")[0] for problem in read.problems]
    assert fields == ["share", "until", "since", "owner", "share"]
    result = evaluate(read.stakes, ["x"], Test(), date(2024, 5, 17))
    assert set(result.unknown) == {"a", "b", "c", "e"}


def test_parties_with_keys_are_known_by_key_and_by_name() -> None:
    read = table(
        """
owner;owner id;owned;owned id;percent
Holding;1;Works;2;60
Works;;Shop;3;60
"""
    )
    assert [(s.owner, s.owned) for s in read.stakes] == [("1", "2"), ("2", "3")]


def test_where_half_may_be_half_a_per_cent_the_share_is_open() -> None:
    read = table("owner;owned;share\nX;A;0.6\nX;B;1")
    assert codes(read) == ["share_scale"]
    assert read.stakes[0].share == Share(Fraction(6, 1000), Fraction(6, 10))
    assert not codes(table("owner;owned;share\nX;A;60 %\nX;B;1"))


def test_least_and_most_in_columns_of_their_own() -> None:
    read = table("owner;owned;min;max\nX;A;25;50\nX;B;75;\nX;C;60;40")
    assert [stake.share for stake in read.stakes] == [
        Share(Fraction(1, 4), Fraction(1, 2)),
        Share(Fraction(3, 4), Fraction(1)),
        UNKNOWN,
    ]
    assert codes(read) == ["impossible_share"]


def test_a_table_without_owners_says_what_to_head_its_columns() -> None:
    with pytest.raises(InputUnreadable, match="no column is headed owner"):
        table("name;country\nX;de")


FTM = [
    {
        "id": "NK-1",
        "schema": "Person",
        "caption": "Jane Roe",
        "properties": {"name": ["Jane Roe", "J. Roe"], "birthDate": ["1960-05-01"]},
    },
    {"id": "NK-2", "schema": "Company", "properties": {"name": ["Roe Holding"]}},
    {
        "id": "own-1",
        "schema": "Ownership",
        "properties": {
            "owner": ["NK-1"],
            "asset": ["NK-2"],
            "percentage": ["50.0"],
            "startDate": ["2020-01-01"],
        },
    },
    {
        "id": "dir-1",
        "schema": "Directorship",
        "properties": {"director": ["NK-1"], "organization": ["NK-2"]},
    },
    {"id": "own-2", "schema": "Ownership", "properties": {"owner": ["NK-1"]}},
]


def test_followthemoney_in_lines() -> None:
    text = "\n".join(json.dumps(entity) for entity in FTM) + "\n{broken\n"
    read = followthemoney.stakes(text.encode(), "entities.ftm.json")
    owning, directing = read.stakes
    assert (owning.owner, owning.owned, owning.share) == ("NK-1", "NK-2", HALF)
    assert directing.kind is Interest.DIRECTOR
    assert codes(read) == ["party_missing", "bad_json"]
    person = read.holdings[0]
    assert (person.name, person.names) == ("Jane Roe", ("J. Roe",))
    assert (person.kind, person.birth_date) == (Kind.PERSON, "1960-05-01")


def statement(record: str, kind: str, details: Any, **more: Any) -> dict[str, Any]:
    return {
        "statementId": f"s-{record}-{more.get('statementDate', '')}",
        "statementDate": "2020-01-01",
        "recordId": record,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
        **more,
    }


def held(subject: str, party: Any, *interests: dict[str, Any]) -> dict[str, Any]:
    return {
        "isComponent": False,
        "subject": subject,
        "interestedParty": party,
        "interests": [*interests],
    }


def shares(exact: Any, **more: Any) -> dict[str, Any]:
    return {
        "type": "shareholding",
        "directOrIndirect": "direct",
        "share": {"exact": exact},
        **more,
    }


def bods_read(*statements: dict[str, Any]) -> Any:
    return bods.stakes(json.dumps(statements).encode(), "statements.json")


def test_bods_interests_are_told_apart() -> None:
    votes = {"type": "votingRights", "share": {"exclusiveMinimum": 50, "maximum": 75}}
    read = bods_read(
        statement("p", "person", {"names": [{"fullName": "Jane Roe"}]}),
        statement("e", "entity", {"name": "Roe Ltd"}),
        statement("r", "relationship", held("e", "p", shares(33.3), votes)),
    )
    first, second = read.stakes
    assert first.share == Share.percent("33.3")
    assert second.kind is Interest.VOTING_RIGHTS
    assert second.share == Share(Fraction(1, 2), Fraction(3, 4), over=True)
    assert [holding.name for holding in read.holdings] == ["Jane Roe", "Roe Ltd"]


def test_a_later_statement_takes_the_place_of_the_earlier_one_from_its_day() -> None:
    change = {"recordStatus": "updated", "statementDate": "2024-03-01"}
    end = {"recordStatus": "closed", "statementDate": "2024-06-01"}
    read = bods_read(
        statement("r", "relationship", held("e", "p", shares(60))),
        statement("r", "relationship", held("e", "p", shares(40)), **change),
        statement("r", "relationship", held("e", "p", shares(40)), **end),
    )
    answers = {
        day: evaluate(read.stakes, ["p"], Test(), date.fromisoformat(day)).answer("e")
        for day in ("2024-02-29", "2024-03-01", "2024-05-31", "2024-06-01")
    }
    assert [*answers.values()] == [Answer.OWNED, *[Answer.NOT_OWNED] * 3]
    held_on = [s.share for s in read.stakes if s.holds_on(date(2024, 5, 31))]
    assert held_on == [Share.percent(40)]
    assert not [s for s in read.stakes if s.holds_on(date(2024, 6, 1))]


def test_an_owner_who_is_not_told_leaves_ownership_open() -> None:
    nobody = {"reason": "subjectUnableToConfirmOrIdentifyBeneficialOwner"}
    read = bods_read(statement("r", "relationship", held("e", nobody)))
    assert codes(read) == ["owner_not_told"]
    result = evaluate(
        read.stakes, [], Test(), date(2024, 5, 17), holdings=read.holdings
    )
    assert result.unknown == ("e",)
    none = {"reason": "noBeneficialOwners"}
    read = bods_read(statement("r", "relationship", held("e", none)))
    assert (read.stakes, codes(read)) == ((), ["no_owner_told"])


def test_remarks_and_old_statements_are_said() -> None:
    note = {"annotations": [{"motivation": "correcting", "description": "A typo."}]}
    old = {"statementID": "1", "statementType": "ownershipOrControlStatement"}
    read = bods_read(
        statement("r", "relationship", held("e", "p", shares(120)), **note), old
    )
    assert codes(read) == ["annotated", "old_statement", "impossible_share"]
    assert read.stakes[0].share == UNKNOWN


GLEIF_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016">
<rr:RelationshipRecords>{records}</rr:RelationshipRecords></rr:RelationshipData>
"""
GLEIF_RECORD = """<rr:RelationshipRecord><rr:Relationship>
<rr:StartNode><rr:NodeID>{child}</rr:NodeID></rr:StartNode>
<rr:EndNode><rr:NodeID>{parent}</rr:NodeID></rr:EndNode>
<rr:RelationshipType>{type}</rr:RelationshipType>
<rr:RelationshipPeriods>
<rr:RelationshipPeriod><rr:StartDate>2019-01-01T00:00:00Z</rr:StartDate>
<rr:EndDate>2019-12-31T00:00:00Z</rr:EndDate>
<rr:PeriodType>ACCOUNTING_PERIOD</rr:PeriodType></rr:RelationshipPeriod>
<rr:RelationshipPeriod><rr:StartDate>2018-02-03T00:00:00Z</rr:StartDate>
<rr:PeriodType>RELATIONSHIP_PERIOD</rr:PeriodType></rr:RelationshipPeriod>
</rr:RelationshipPeriods>
<rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus>
<rr:RelationshipQuantifiers><rr:RelationshipQuantifier>
<rr:QuantifierAmount>100.00</rr:QuantifierAmount>
</rr:RelationshipQuantifier></rr:RelationshipQuantifiers>
</rr:Relationship><rr:Registration><rr:RegistrationStatus>{status}
</rr:RegistrationStatus></rr:Registration></rr:RelationshipRecord>"""


def gleif_xml(*records: tuple[str, str, str, str]) -> bytes:
    keys = ("child", "parent", "type", "status")
    texts = (
        GLEIF_RECORD.format(**dict(zip(keys, row, strict=True))) for row in records
    )
    return GLEIF_XML.format(records="".join(texts)).encode()


def test_consolidation_is_a_range_and_no_percentage() -> None:
    data = gleif_xml(
        ("C", "P", "IS_DIRECTLY_CONSOLIDATED_BY", "PUBLISHED"),
        ("C", "T", "IS_ULTIMATELY_CONSOLIDATED_BY", "PUBLISHED"),
        ("B", "P", "IS_INTERNATIONAL_BRANCH_OF", "PUBLISHED"),
        ("F", "M", "IS_FUND-MANAGED_BY", "PUBLISHED"),
        ("C", "Z", "IS_DIRECTLY_CONSOLIDATED_BY", "ANNULLED"),
    )
    read = gleif.stakes(data, "rr.xml")
    direct, ultimate, branch, fund = read.stakes
    assert (direct.owner, direct.owned, direct.share) == ("P", "C", OVER_HALF)
    assert direct.since == PartialDate.parse("2018-02-03")
    assert direct.until is None
    assert ultimate.indirect
    assert (branch.kind, branch.share) == (Interest.BRANCH, WHOLE)
    assert fund.kind is Interest.OTHER
    assert codes(read) == ["record_withdrawn"]


def test_gleif_in_its_table_form() -> None:
    heads = [
        *("Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"),
        *("Relationship.RelationshipType", "Relationship.RelationshipStatus"),
        *("Relationship.Period.1.startDate", "Relationship.Period.1.endDate"),
        *("Relationship.Period.1.periodType", "Registration.RegistrationStatus"),
    ]
    line = [
        *("C", "P", "IS_DIRECTLY_CONSOLIDATED_BY", "ACTIVE", "2018-02-03T00:00:00Z"),
        *("", "RELATIONSHIP_PERIOD", "PUBLISHED"),
    ]
    assert rows.are_gleif(heads)
    (stake,) = gleif.rows(heads, [Row("line 2", line)]).stakes
    assert (stake.owner, stake.owned, stake.share) == ("P", "C", OVER_HALF)
    assert stake.since == PartialDate.parse("2018-02-03")


def test_xml_that_declares_a_document_type_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><RelationshipData/>'
    with pytest.raises(InputUnreadable, match="document type"):
        gleif.stakes(bomb, "rr.xml")
    with pytest.raises(InputUnreadable, match="no whole XML"):
        gleif.stakes(gleif_xml()[:-30], "rr.xml")


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (b"owner,owned,percent\n", "table"),
        (json.dumps(FTM[2]).encode(), "followthemoney"),
        (json.dumps([statement("e", "entity", {})]).encode(), "bods"),
        (gleif_xml(), "gleif"),
        (b'[{"Relationship": {"StartNode": {}}}]', "gleif"),
        (b'{"owner": "a", "owned": "b"}', "table"),
    ],
)
def test_files_are_told_apart_by_their_content(data: bytes, format_: str) -> None:
    assert reading.format_of(data, "some.txt") == format_


@pytest.mark.shared
def test_real_examples_are_read_whole(shared: Path) -> None:
    samples = shared / "samples" / "ownership"
    for path in (samples / "data-standard_examples").glob("*.json"):
        told = sum(
            max(1, len(one["recordDetails"].get("interests", [])))
            for one in json.loads(path.read_text("utf-8"))
            if one["recordType"] == "relationship"
        )
        read = reading.stakes(path)
        assert read is not None
        assert read.format == "BODS 0.4"
        assert len(read.stakes) <= told
        assert bool(read.stakes or read.problems) == bool(told), path
    xml = gleif.stakes(samples / "gleif_rr_fixtures" / "rr-data.xml")
    same = gleif.stakes(samples / "gleif_rr_fixtures" / "rr-data.json")
    plain = [(s.owner, s.owned, s.kind, s.since) for s in xml.stakes]
    assert plain == [(s.owner, s.owned, s.kind, s.since) for s in same.stakes]
    assert len(plain) == 10


@pytest.mark.shared
def test_the_circle_and_the_direct_holding_of_the_fixtures(shared: Path) -> None:
    fixtures = shared / "samples" / "ownership" / "bods_v04_fixtures"
    circle = bods.stakes(fixtures / "edge-cases" / "10-circular-ownership.json")
    day = date(2026, 5, 1)
    assert evaluate(circle.stakes, [], Test(), day).owned == ()
    direct = bods.stakes(fixtures / "core" / "01-direct-ownership.json")
    kinds: list[Stake] = [*direct.stakes]
    assert {stake.kind for stake in kinds} == {
        Interest.SHARES,
        Interest.VOTING_RIGHTS,
    }
    owners = {stake.owner for stake in kinds}
    assert evaluate(kinds, owners, Test(), day).owned == ("rec-acme-holdings-ltd",)
