"""What is wrong with a paper is said with its field; the rest is read all the same."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.errors import InputUnreadable, UsageError
from clearway.model import Money, Problem, Role, Transaction
from clearway.tables.shipments.reading import looks_like_shipments, read_shipments

HEAD = (
    ("Seller", "Istanbul Example Makina A.S."),
    ("Consignee", "TOO Example Import"),
    ("Invoice No", "INV-1"),
    ("Date", "2024-05-14"),
    ("Currency", "USD"),
)
COLUMNS = ("HS code", "Description", "Qty", "Unit", "Unit price", "Amount")
LINES = (
    ("8457.10", "CNC machining centre", "2", "pcs", "210000.00", "420000.00"),
    ("8482.10", "Ball bearings", "500", "pcs", "12.50", "6250.00"),
)


def written(rows: Sequence[Sequence[object]], mark: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode()


def paper(
    *more: Sequence[object],
    head: Sequence[Sequence[object]] = HEAD,
    columns: Sequence[object] = COLUMNS,
    lines: Sequence[Sequence[object]] = LINES,
) -> bytes:
    return written([*head, [], columns, *lines, *more])


def read(data: bytes, **options: str) -> Transaction:
    (shipment,) = read_shipments(data, name="inv.csv", **options).shipments
    return shipment


def problems(data: bytes) -> dict[str, Problem]:
    return {problem.code: problem for problem in read(data).problems}


def line(**cells: str) -> list[str]:
    """The first line with some cells changed."""
    names = ("code", "description", "qty", "unit", "price", "amount")
    return [cells.get(name, cell) for name, cell in zip(names, LINES[0], strict=True)]


def test_a_good_paper_has_no_problem() -> None:
    assert problems(paper(["Total", "", "", "", "", "426250.00"])) == {}


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"qty": "-2", "amount": "-420000.00"}, "bad_quantity", "line 8"),
        ({"qty": "0", "amount": "0"}, "bad_quantity", "line 8"),
        ({"qty": "2.5", "amount": "525000"}, "bad_quantity", "line 8"),
        ({"qty": "two"}, "bad_number", "line 8, Qty"),
        ({"unit": "blorps"}, "unknown_unit", "line 8, unit"),
        ({"amount": "42000.00"}, "line_total_differs", "line 8"),
        ({"price": "EUR 210000.00"}, "several_currencies", "line 8"),
    ],
)
def test_what_a_line_cannot_say_names_its_row(
    changed: dict[str, str], code: str, field: str
) -> None:
    found = problems(paper(lines=[line(**changed), LINES[1]]))
    assert found[code].file == "inv.csv"
    assert found[code].position == field
    assert len(read(paper(lines=[line(**changed), LINES[1]])).goods) == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("Currency", "XQZ"), "unknown_currency"),
        (("Date", "2024-13-45"), "bad_date"),
        (("Date", "03/04/2024"), "ambiguous_date"),
    ],
)
def test_what_the_header_cannot_say_names_its_label(
    row: tuple[str, str], code: str
) -> None:
    head = [row if one[0] == row[0] else one for one in HEAD]
    assert row[0] in problems(paper(head=head))[code].position


def test_a_total_that_the_lines_do_not_come_to_is_told_with_both() -> None:
    found = problems(paper(["Total", "", "", "", "", "500000.00"]))["totals_differ"]
    assert "426250" in found.message
    assert "500000" in found.message


@pytest.mark.parametrize(
    "sums",
    [
        [("Subtotal", "426250"), ("Freight", "1000"), ("Total", "427250")],
        [("Total", "426250"), ("Discount", "250"), ("Grand total", "426000")],
        [("Freight", "900"), ("Insurance", "100"), ("Total CIF Mersin", "427250")],
        [("Итого", "426250"), ("в т.ч. НДС", "71041.67")],
        [("Zwischensumme", "426250"), ("MwSt", "0"), ("Gesamtbetrag", "426250")],
    ],
)
def test_charges_and_deductions_explain_a_total(sums: list[tuple[str, str]]) -> None:
    rows = [[name, "", "", "", "", amount] for name, amount in sums]
    assert "totals_differ" not in problems(paper(*rows))


def test_the_check_digit_of_a_ship_is_checked_and_the_ship_kept() -> None:
    data = paper(head=[*HEAD, ("Vessel", "MV FORTUNA"), ("IMO", "8674157")])
    assert problems(data)["bad_checksum"].text == "8674157"
    assert read(data).in_role(Role.VESSEL)[0].party.name == "FORTUNA"


@pytest.mark.parametrize(
    "dates",
    [
        [("ETD", "2024-06-10"), ("ETA", "2024-06-01")],
        [("Contract date", "2024-07-01"), ("Shipment date", "2024-06-01")],
        [("Invoice date", "2024-05-15")],
        [("Expiry date", "2024-01-01")],
    ],
)
def test_days_that_contradict_each_other_are_told(dates: list[tuple[str, str]]) -> None:
    assert "contradictory_dates" in problems(paper(head=[*HEAD, *dates]))


def test_an_amount_without_any_currency_is_told_once() -> None:
    head = [row for row in HEAD if row[0] != "Currency"]
    codes = [problem.code for problem in read(paper(head=head)).problems]
    assert codes.count("no_currency") == 1


def test_net_weight_above_gross_weight_is_told() -> None:
    columns = ["HS code", "Description", "Qty", "Unit", "N.W. (KGS)", "G.W. (KGS)"]
    data = paper(columns=columns, lines=[["8482.10", "Bearings", "5", "pcs", "9", "8"]])
    assert "bad_weight" in problems(data)


def test_a_number_that_could_mean_either_is_told_where_nothing_decides() -> None:
    data = paper(lines=[["8482.10", "Bearings", "1", "pcs", "1,250", "1,250"]])
    assert "ambiguous_number" in problems(data)
    decided = paper(lines=[["8482.10", "Bearings", "2", "pcs", "1,250", "2,500.00"]])
    assert problems(decided) == {}
    assert read(decided).goods[0].value == Money(Decimal("2500.00"), "USD")


def test_a_paper_without_lines_is_a_problem_and_its_parties_are_kept() -> None:
    shipment = read(written(HEAD))
    assert [problem.code for problem in shipment.problems] == ["no_goods"]
    assert shipment.in_role(Role.CONSIGNEE)[0].party.name == "TOO Example Import"


def test_rows_that_name_their_invoice_are_several_shipments() -> None:
    columns = (
        "invoice_no",
        "seller",
        "buyer",
        "hs_code",
        "goods",
        "qty",
        "value",
        "ccy",
    )
    rows = [
        ("A1", "Alpha Co", "Beta Co", "8482.10", "bearings", "5", "50", "USD"),
        ("A1", "Alpha Co", "Beta Co", "6907.21", "tiles", "7", "70", "USD"),
        ("A2", "Alpha Co", "Gamma Co", "6907.21", "tiles", "9", "90", "EUR"),
    ]
    found = read_shipments(written([columns, *rows]), name="x.csv").shipments
    assert [(one.reference, len(one.goods)) for one in found] == [("A1", 2), ("A2", 1)]
    assert found[1].in_role(Role.BUYER)[0].party.name == "Gamma Co"
    assert found[1].amount == Money(Decimal(90), "EUR")
    assert found[1].goods[0].spot.path == "line 4"


def test_an_end_user_of_each_line_is_a_party_at_its_row() -> None:
    columns = (*COLUMNS, "End user")
    rows = [(*LINES[0], "OOO Alpha"), (*LINES[1], "OOO Beta")]
    users = read(paper(columns=columns, lines=rows)).in_role(Role.END_USER)
    assert [(u.party.name, u.spot.path) for u in users] == [
        ("OOO Alpha", "line 8, End user"),
        ("OOO Beta", "line 9, End user"),
    ]


def test_what_no_column_means_is_searched_as_text() -> None:
    columns = (*COLUMNS, "Remarks of the warehouse")
    rows = [(*LINES[0], "hold for Promsvyazbank"), (*LINES[1], "")]
    texts = {text.text for text in read(paper(columns=columns, lines=rows)).texts}
    assert "hold for Promsvyazbank" in texts
    noted = read(paper(["This sale is financed by Promsvyazbank"]))
    assert any("Promsvyazbank" in text.text for text in noted.texts)


def test_a_map_corrects_columns_and_labels() -> None:
    head = [*HEAD, ("Plant of use", "OOO Severny")]
    columns = ("Ref B", "Description", "Qty", "Unit", "Unit price", "Amount")
    lines = [("x84571000y", *LINES[0][1:]), ("8482.10", *LINES[1][1:])]
    data = paper(head=head, columns=columns, lines=lines)
    assert read(data).goods[0].code == ""
    mapped = read(data, mapping="code=Ref B,end_user=Plant of use")
    assert [one.code for one in mapped.goods] == ["x84571000y", "8482.10"]
    assert mapped.in_role(Role.END_USER)[0].party.name == "OOO Severny"
    without = read(data, mapping="unused=Qty")
    assert without.goods[0].quantity is None


@pytest.mark.parametrize("mapping", ["code=No such", "colour=Qty", "code"])
def test_a_map_of_what_is_not_there_is_refused_with_what_there_is(mapping: str) -> None:
    with pytest.raises(UsageError, match=r"there are|does not say"):
        read_shipments(paper(), name="inv.csv", mapping=mapping)


@pytest.mark.parametrize(
    "rows",
    [
        [("name", "country"), ("Alpha", "ru")],
        [("date", "debtor", "creditor", "amount", "currency", "hs_code", "description"),
         ("2024-01-01", "A", "B", "5", "USD", "8482.10", "bearings")],
        [("customer", "address", "product", "amount"), ("A", "B", "loan", "5")],
    ],
)  # fmt: skip
def test_a_table_of_parties_or_payments_is_no_paper_of_goods(
    rows: list[tuple[str, ...]],
) -> None:
    assert not looks_like_shipments(written(rows), "x.csv")


def test_a_quote_left_open_is_told_and_the_lines_are_read() -> None:
    data = paper().replace(b"CNC machining", b'"CNC machining')
    data += b"\n".join(b"Remark %d,x" % n for n in range(60))
    read_ = read_shipments(data, name="inv.csv")
    assert [p.code for p in read_.problems] == ["unclosed_quote"]
    assert len(read_.shipments[0].goods) == 2


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,,\n,,,"])
def test_an_empty_file_is_unreadable(data: bytes) -> None:
    with pytest.raises(InputUnreadable):
        read_shipments(data, name="inv.csv")


# --- laws ----------------------------------------------------------------------------


def told(shipment: Transaction) -> object:
    """What of a shipment must not depend on how its paper is laid out."""
    return (
        {(p.role, p.party.name, p.party.identifiers) for p in shipment.parties},
        [(g.code, g.description, g.quantity, g.unit, g.value) for g in shipment.goods],
        shipment.reference, shipment.day, shipment.amount,
        [problem.code for problem in shipment.problems],
    )  # fmt: skip


@given(order=st.permutations(range(len(COLUMNS))), blanks=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_order_of_columns_and_blank_lines_mean_nothing(
    order: list[int], blanks: int
) -> None:
    def turned(row: Sequence[object]) -> list[object]:
        return [row[at] for at in order]

    rows: list[Sequence[object]] = []
    for one in (*HEAD, [], turned(COLUMNS), *map(turned, LINES)):
        rows += [one, *([[]] * blanks)]
    assert told(read(written(rows))) == told(read(paper()))


@given(head=st.permutations(HEAD), mark=st.sampled_from(",;\t|"))
@settings(max_examples=40, deadline=None)
def test_order_of_labels_and_separator_mean_nothing(
    head: list[tuple[str, str]], mark: str
) -> None:
    rows = [*head, [], COLUMNS, *LINES]
    assert told(read(written(rows, mark))) == told(read(paper()))


def in_style(number: Decimal, thousands: str, decimal: str) -> str:
    return (
        f"{number:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    )


amounts = st.decimals("1.01", "9999999", places=2)


@given(
    style=st.sampled_from(
        [(",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("'", ".")]
    ),
    prices=st.lists(st.tuples(st.integers(1, 5000), amounts), min_size=1, max_size=6),
)
@settings(max_examples=80, deadline=None)
def test_the_style_of_numbers_means_nothing(
    style: tuple[str, str], prices: list[tuple[int, Decimal]]
) -> None:
    lines = [
        ("8482.10", "Bearings", str(count), "pcs", in_style(price, *style),
         in_style(count * price, *style))
        for count, price in prices
    ]  # fmt: skip
    total = sum(count * price for count, price in prices)
    shipment = read(
        paper(["Total", "", "", "", "", in_style(Decimal(total), *style)], lines=lines)
    )
    assert [g.value and g.value.amount for g in shipment.goods] == [
        c * p for c, p in prices
    ]
    assert shipment.amount == Money(Decimal(total), "USD")
    assert shipment.problems == ()


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*(word for row in HEAD for word in row), *COLUMNS, *LINES[0], "Total", "IMO:",
         "Seller:\nX", "合计", "1,250", "12.05.2024", "Vessel: A IMO 123", "-", "("]
    ),
)  # fmt: skip


@given(st.lists(st.lists(cells, max_size=7), max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_rows_with_a_name_among_them_are_read_and_the_name_is_asked(
    rows: list[list[str]],
) -> None:
    planted = [*rows, ["Promsvyazbank"]]
    try:
        found = read_shipments(written(planted), name="x.csv").shipments
    except InputUnreadable:
        assert not any(cell.isprintable() for row in rows for cell in row if cell)
        return
    asked = [involved.party.name for one in found for involved in one.parties]
    asked += [involved.party.address or "" for one in found for involved in one.parties]
    asked += [text.text for one in found for text in one.texts]
    assert any("Promsvyazbank" in said for said in asked)


@given(at=st.integers(0, 8), column=st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_no_name_is_lost_wherever_it_stands(at: int, column: int) -> None:
    """A name planted in any cell is asked about: as a party, or within a text."""
    name = "Promsvyazbank"
    whole: list[Sequence[str]] = [*HEAD, [], COLUMNS, *LINES]
    rows = [[*row, *[""] * (6 - len(row))] for row in whole]
    rows[at % len(rows)][column] = name
    found = read_shipments(written(rows), name="x.csv").shipments
    asked = [involved.party.name for one in found for involved in one.parties]
    asked += [text.text for one in found for text in one.texts]
    assert any(name in said for said in asked), rows


def test_a_file_in_a_folder_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "invoice.csv"
    path.write_bytes(paper())
    found = read_shipments(path)
    assert (found.name, found.shipments[0].file) == ("invoice.csv", "invoice.csv")
