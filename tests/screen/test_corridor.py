"""What customs figures say of a payment or shipment, and on what that rests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from clearway.model import FreeText, GoodsLine, Role, Transaction
from clearway.rules import Item
from clearway.screen.corridor import Told, told_of

DAY = date(2024, 5, 20)


@dataclass(frozen=True)
class Flag:
    code: str
    exporter: str
    destination: str

    @property
    def sentence(self) -> str:
        return f"{self.code} from {self.exporter} to {self.destination} times 30"


class Table:
    """Integrated circuits and ball bearings from Germany to Kyrgyzstan."""

    rows = (Flag("854231", "de", "kg"), Flag("848210", "de", "kg"))

    def of(self, code6: str, exporter: str, destination: str, day: str) -> list[Flag]:
        assert day == "2024-05-20"
        return [
            row
            for row in self.rows
            if row.code.startswith(code6)
            and exporter in ("", row.exporter)
            and destination in ("", row.destination)
        ]


PAYS, GETS = Role.DEBTOR, Role.CREDITOR
FROM_DE_TO_KG = {GETS: "de", PAYS: "kg"}


def told(
    *texts: str,
    roles: Mapping[Role, str] = FROM_DE_TO_KG,
    lines: tuple[GoodsLine, ...] = (),
    items: tuple[Item, ...] = (),
    **route: str,
) -> Told:
    whole: dict[str, Any] = {
        f"transaction.{name}": route.get(name)
        for name in ("origin", "destination", "final_country")
    }
    transaction = Transaction(
        texts=tuple(FreeText(text) for text in texts), goods=lines
    )
    return told_of(Table(), transaction, whole, items, roles, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "INV 7781 HS CODE 8542.31 CONTRACT 12",
        "оплата по контракту 5, ТН ВЭД 8542 31 900 0",
        "货款 海关编码 8542319000",
        "/RFB/ 500 pcs 8542.31 as per PO 44",
        "HS 8542 goods",
    ],
)
def test_a_code_in_a_text_carries_the_figures_and_says_so(text: str) -> None:
    found = told(text)
    assert found.anomaly
    (flag,) = found.flags
    assert flag.startswith("854231 from de to kg times 30 (code 8542")
    assert "stands in the text" in flag
    assert "origin taken from the creditor's country" in flag
    assert "destination taken from the debtor's country" in flag


def test_goods_in_words_are_said_to_be_understood() -> None:
    (flag,) = told("payment for ball bearings, invoice 12").flags
    assert "848210" in flag
    assert "goods understood from 'ball bearing" in flag


def test_a_code_that_is_stated_goes_before_words() -> None:
    assert told("ball bearings, HS 940360") == Told((), False)


def test_the_papers_go_before_the_parties() -> None:
    line = Item("goods line 1", {"goods.code": "854231"})
    found = told(items=(line,), origin="de", destination="kg", roles={PAYS: "fr"})
    assert found == Told(("854231 from de to kg times 30",), True)
    elsewhere = told(items=(line,), origin="de", destination="fr")
    assert elsewhere == Told((), False)


def test_other_goods_on_the_route_are_no_surge() -> None:
    assert told("HS 940360 wooden furniture") == Told((), False)


def test_where_nobody_names_goods_the_route_is_told_and_nothing_is_found() -> None:
    found = told("INVOICE 123456 OF 2024-04-02")
    assert found.anomaly is None
    (said,) = found.flags
    assert said.startswith("no goods are named; on this route (origin taken from")
    assert "the largest: 854231" in said
    assert said.endswith("And 1 more.")


def test_the_other_way_round_is_another_route() -> None:
    assert told("HS 854231", roles={GETS: "kg", PAYS: "de"}) == Told()


def test_digits_alone_are_no_code() -> None:
    assert told("854231").anomaly is None


def test_without_an_origin_only_named_goods_count_and_it_is_said() -> None:
    assert told("no goods here", roles={PAYS: "kg"}) == Told()
    (flag,) = told("HS 854231", roles={PAYS: "kg"}).flags
    assert "origin unknown: exporters of any country" in flag


def test_ultimate_parties_go_before_those_between() -> None:
    roles = {GETS: "ae", Role.ULTIMATE_CREDITOR: "de", PAYS: "kg"}
    (flag,) = told("HS 854231", roles=roles).flags
    assert "ultimate creditor" in flag
