"""Shipment papers as they really come, made by hand: one cargo in many layouts.

Every paper tells of the same invented shipment, so that what is read can be compared:
from Istanbul to Novorossiysk, three lines of goods, 435,898 dollars.
"""

# ruff: noqa: E501  (a paper is as wide as it is)
import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from clearway.model import Role, Transaction
from clearway.tables.shipments.reading import looks_like_shipments, read_shipments

SELLER, CONSIGNEE = "Istanbul Example Makina A.S.", "TOO Example Import"
END_USER, SHIP, IMO = "OOO Severny Instrument", "FORTUNA", "8674156"
REFERENCE, DAY = "INV-2024-117", date(2024, 5, 14)
CODES = ("845710", "848210", "690721")
QUANTITIES = (Decimal(2), Decimal(500), Decimal(1200))
VALUES = (Decimal(420_000), Decimal(6_250), Decimal(9_648))
TOTAL = Decimal(435_898)

Row = Sequence[object]


def text(rows: Sequence[Row], mark: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as a text file."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(**sheets: Sequence[Row]) -> bytes:
    """Rows as an Excel workbook, a sheet for each name."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(line, column, value)
    book.close()
    return out.getvalue()


ENGLISH = text([
    ["COMMERCIAL INVOICE"],
    [],
    ["Seller:", SELLER, "", "", "Invoice No:", REFERENCE],
    ["", "Organize Sanayi Bolgesi 12", "", "", "Date:", "2024-05-14"],
    ["", "Istanbul, Turkey", "", "", "Currency:", "USD"],
    ["Consignee:", CONSIGNEE, "", "", "Incoterms:", "CIF Novorossiysk"],
    ["", "Abay Ave 10, Almaty, Kazakhstan", "", "", "Vessel:", "MV FORTUNA"],
    ["End user:", END_USER, "", "", "IMO:", IMO],
    ["Port of loading:", "Istanbul", "", "", "Port of discharge:", "Novorossiysk"],
    [],
    ["No", "HS Code", "Description of goods", "Qty", "Unit", "Unit price", "Amount", "Origin"],
    ["1", "8457.10", "CNC machining centre", "2", "pcs", "210,000.00", "420,000.00", "TR"],
    ["2", "8482.10", "Ball bearings", "500", "pcs", "12.50", "6,250.00", "CN"],
    ["3", "6907.21", "Ceramic tiles", "1,200", "m2", "8.04", "9,648.00", "TR"],
    ["", "", "", "", "", "Total", "435,898.00"],
    [],
    ["Bank:", "Example Bank of Anatolia", "", "SWIFT:", "EXAMTRIS"],
])  # fmt: skip

RUSSIAN = text([
    ["Счет-фактура (инвойс) №", REFERENCE, "", "от", "14.05.2024"],
    ["Продавец", SELLER],
    ["Адрес продавца", "Стамбул, Турция"],
    ["Грузополучатель", CONSIGNEE],
    ["Адрес", "г. Алматы, Казахстан"],
    ["Конечный пользователь", END_USER],
    ["Судно", "т/х FORTUNA, ИМО 8674156"],
    ["Порт погрузки", "Стамбул"],
    ["Порт выгрузки", "Новороссийск"],
    ["Валюта", "доллары США"],
    ["№ п/п", "Наименование товара", "Код ТН ВЭД ЕАЭС", "Кол-во", "Ед. изм.", "Цена", "Сумма"],
    ["1", "2", "3", "4", "5", "6", "7"],
    ["1", "Обрабатывающий центр с ЧПУ", "8457 10 100 0", "2", "шт", "210 000,00", "420 000,00"],
    ["2", "Подшипники шариковые", "8482 10 100 0", "500", "шт", "12,50", "6 250,00"],
    ["3", "Плитка керамическая", "6907 21 100 0", "1 200", "м2", "8,04", "9 648,00"],
    ["", "Итого:", "", "", "", "", "435 898,00"],
    ["Директор", "", "А. Б. Примеров"],
], ";", "windows-1251")  # fmt: skip

CHINESE = workbook(商业发票=[
    ["商业发票"],
    ["卖方:", SELLER, None, "发票号:", REFERENCE],
    ["地址:", "土耳其伊斯坦布尔", None, "日期:", "2024年5月14日"],
    ["收货人:", CONSIGNEE, None, "币种:", "美元"],
    ["最终用户:", END_USER, None, "船名/航次:", "FORTUNA / 012E"],
    ["起运港:", "伊斯坦布尔", None, "IMO号:", IMO],
    ["目的港:", "新罗西斯克"],
    [],
    ["序号", "品名", "海关编码", "数量", "单位", "单价", "金额"],
    [1, "数控加工中心", "8457101000", 2, "台", 210000, 420000],
    [2, "滚珠轴承", "8482102000", 500, "个", 12.5, 6250],
    [3, "瓷砖", "6907211000", 1200, "平方米", 8.04, 9648],
    ["合计", None, None, None, None, None, 435898],
])  # fmt: skip

GERMAN = text([
    ["RECHNUNG"],
    ["Verkäufer:", f"{SELLER}, Sanayi 12, Istanbul, Türkei"],
    ["Warenempfänger:", CONSIGNEE],
    ["Endverwender:", END_USER],
    ["Rechnungs-Nr.:", REFERENCE, "Rechnungsdatum:", "14. Mai 2024"],
    ["Schiff:", f"FORTUNA (IMO {IMO})", "Verladehafen:", "Istanbul"],
    ["Bestimmungshafen:", "Novorossiysk", "Währung:", "USD"],
    ["Pos.", "Warennummer", "Bezeichnung", "Menge", "Einheit", "Einzelpreis", "Gesamtpreis"],
    ["1", "84571010", "CNC-Bearbeitungszentrum", "2", "Stk.", "210.000,00", "420.000,00"],
    ["2", "84821010", "Kugellager", "500", "Stk.", "12,50", "6.250,00"],
    ["3", "69072100", "Keramikfliesen", "1.200", "m²", "8,04", "9.648,00"],
    ["Gesamtbetrag", "", "", "", "", "", "435.898,00"],
], ";", "utf-8-sig")  # fmt: skip

TURKISH = workbook(Fatura=[
    [None, "TİCARİ FATURA"],
    [],
    [None, "SATICI", SELLER],
    [None, "ALICI / KONSİNYE", CONSIGNEE],
    [None, "SON KULLANICI", END_USER],
    [None, "FATURA NO", REFERENCE],
    [None, "FATURA TARİHİ", DAY],
    [None, "GEMİ ADI", "M/V FORTUNA"],
    [None, "IMO NO", 8674156],
    [None, "YÜKLEME LİMANI", "İstanbul"],
    [None, "BOŞALTMA LİMANI", "Novorossiysk"],
    [None, "SIRA NO", "MALIN CİNSİ", "GTİP", "MİKTAR", "BİRİM", "BİRİM FİYAT (USD)", "TUTAR (USD)"],
    [None, 1, "CNC işleme merkezi", "8457.10.10.00.11", 2, "Adet", 210000, 420000],
    [None, 2, "Rulman", "8482.10.10.00.00", 500, "Adet", 12.5, 6250],
    [None, 3, "Seramik karo", "6907.21.00.00.00", 1200, "m2", 8.04, 9648],
    [None, None, None, None, None, None, "GENEL TOPLAM", 435898],
])  # fmt: skip

FLAT = text([
    ["invoice_no", "invoice_date", "seller", "consignee", "end_user", "vessel", "imo",
     "port_of_loading", "port_of_discharge", "hs_code", "description", "quantity", "unit",
     "unit_price", "value", "currency"],
    *(
        [REFERENCE, "2024-05-14", SELLER, CONSIGNEE, END_USER, SHIP, IMO, "Istanbul",
         "Novorossiysk", code, what, quantity, unit, price, value, "USD"]
        for code, what, quantity, unit, price, value in (
            ("845710", "CNC machining centre", "2", "PCE", "210000", "420000"),
            ("848210", "ball bearings", "500", "PCE", "12.5", "6250"),
            ("690721", "ceramic tiles", "1200", "MTK", "8.04", "9648"),
        )
    ),
])  # fmt: skip

TWO_SHEET_ROWS: dict[str, Sequence[Row]] = {
    "Invoice": [
        ["Exporter", SELLER],
        ["Consignee", CONSIGNEE],
        ["End-User", END_USER],
        ["Invoice Number", REFERENCE, None, "Invoice Date", DAY],
        ["Vessel", f"MV FORTUNA V.012E IMO {IMO}"],
        ["From", "Istanbul, Turkey", None, "To", "Novorossiysk, Russia"],
        ["Item", "Description", "HS Code", "Quantity", "UOM", "Price (USD)", "Total (USD)"],
        [1, "CNC machining centre", "8457.10", 2, "SET", 210000, 420000],
        [2, "Ball bearings", "8482.10", 500, "PCS", 12.5, 6250],
        [3, "Ceramic tiles", "6907.21", 1200, "SQM", 8.04, 9648],
        ["TOTAL", None, None, None, None, None, 435898],
    ],
    "Packing List": [
        ["PACKING LIST", None, "Invoice No.", REFERENCE],
        ["Description", "Packages", "Quantity", "Net weight, kg", "Gross weight, kg"],
        ["CNC machining centre", "2 crates", 2, 9000, 9600],
        ["Ball bearings", "10 ctns", 500, 150, 160],
        ["Ceramic tiles", "20 pallets", 1200, 24000, 24800],
        ["Total", None, None, 33150, 34560],
    ],
}  # fmt: skip
TWO_SHEETS = workbook(**TWO_SHEET_ROWS)

LABELS_APART = workbook(
    Header=[
        ["Field", "Value"],
        ["Shipper", SELLER],
        ["Ship to", CONSIGNEE],
        ["Final end user", END_USER],
        ["Document no", REFERENCE],
        ["Issue date", "14/05/2024"],
        ["Ship name", SHIP],
        ["IMO number", IMO],
        ["POL", "TRIST"],
        ["POD", "RUNVS"],
        ["Currency", "USD"],
    ],
    Lines=[
        ["Line", "Commodity code", "Goods description", "Qty", "UoM", "Line value"],
        [1, 845710, "CNC machining centre", 2, "EA", 420000],
        [2, 848210, "Ball bearings", 500, "EA", 6250],
        [3, 690721, "Ceramic tiles", 1200, "M2", 9648],
    ],
)  # fmt: skip

LABELS_ABOVE = text([
    ["INVOICE", "", "", "", REFERENCE],
    ["Shipper/Exporter", "", "Consignee", "", "Notify Party"],
    [SELLER, "", CONSIGNEE, "", "Almaty Example Logistics TOO"],
    ["Organize Sanayi 12", "", "Abay Ave 10", "", "Abay Ave 12"],
    ["Istanbul, Turkey", "", "Almaty, Kazakhstan", "", "Almaty, Kazakhstan"],
    [],
    ["Vessel & Voyage", "", "Port of Loading", "", "Port of Discharge"],
    [f"FORTUNA IMO {IMO}", "", "Istanbul", "", "Novorossiysk"],
    [],
    ["Invoice No.", "", "Date", "", "End User"],
    [REFERENCE, "", "14-May-2024", "", END_USER],
    [],
    ["Marks & Nos", "Description of Goods", "H.S. Code", "Quantity", "Unit Price", "Amount"],
    ["N/M", "CNC machining centre", "8457.10", "2 pcs", "US$210,000.00", "US$420,000.00"],
    ["", "Ball bearings", "8482.10", "500 pcs", "US$12.50", "US$6,250.00"],
    ["", "Ceramic tiles", "6907.21", "1,200 sqm", "US$8.04", "US$9,648.00"],
    ["", "TOTAL:", "", "", "", "US$435,898.00"],
    ["SAY US DOLLARS FOUR HUNDRED THIRTY-FIVE THOUSAND EIGHT HUNDRED NINETY-EIGHT ONLY"],
])  # fmt: skip

CELLS_OF_MANY_LINES = text([
    [f"Exporter:\n{SELLER}\nOrganize Sanayi 12\nIstanbul, Turkey\nTel: +90 212 000 00 00",
     f"Invoice No: {REFERENCE}   Date: 14.05.2024"],
    [f"Consignee:\n{CONSIGNEE}\nAbay Ave 10\nAlmaty, Kazakhstan",
     f"End user: {END_USER}\nRussia"],
    [f"Vessel: FORTUNA\nIMO: {IMO}", "Port of loading: Istanbul\nPort of discharge: Novorossiysk"],
    ["Goods", "HS", "Qty", "Price USD/pc", "Total USD"],
    ["CNC machining centre", "8457.10", "2 pcs", "210000", "420000"],
    ["Ball bearings", "8482.10", "500 pcs", "12.5", "6250"],
    ["Ceramic tiles", "6907.21", "1200 m2", "8.04", "9648"],
    ["Total", "", "", "", "435898"],
])  # fmt: skip

BILINGUAL = workbook(Invoice=[
    ["Коммерческий инвойс / Commercial invoice"],
    ["1. Продавец / Seller:", None, SELLER],
    ["2. Получатель / Consignee:", None, CONSIGNEE],
    ["3. Конечный потребитель / End user:", None, END_USER],
    ["4. Инвойс № / Invoice No.:", None, REFERENCE],
    ["5. Дата / Date:", None, "14.05.2024"],
    ["6. Судно / Vessel:", None, "FORTUNA"],
    ["7. Номер ИМО / IMO No.:", None, IMO],
    ["8. Порт погрузки / Port of loading:", None, "Стамбул / Istanbul"],
    ["9. Порт выгрузки / Port of discharge:", None, "Новороссийск / Novorossiysk"],
    ["№", "Наименование", "Код ТН ВЭД", "Количество", "Цена за ед.", "Сумма"],
    ["No.", "Description", "HS code", "Quantity, pcs", "Unit price, USD", "Amount, USD"],
    [1, "Станок с ЧПУ / CNC machining centre", "8457101000", 2, 210000, 420000],
    [2, "Подшипники / Ball bearings", "8482101000", 500, 12.5, 6250],
    [3, "Плитка / Ceramic tiles", "6907211000", 1200, 8.04, 9648],
    [None, "Итого / Total", None, None, None, 435898],
])  # fmt: skip

TABS = text([
    [f"COMMERCIAL INVOICE No. {REFERENCE} dated 14.05.2024"],
    [f"Seller: {SELLER}, Sanayi 12, Istanbul, Turkey"],
    [f"Buyer: {CONSIGNEE}, Almaty, Kazakhstan"],
    [f"Consignee: {CONSIGNEE}"],
    [f"End user: {END_USER}; Vessel: FORTUNA"],
    [f"IMO number: {IMO}"],
    ["Port of loading: Istanbul", "Port of discharge: Novorossiysk"],
    ["Delivery terms: CIF Novorossiysk, Incoterms 2020"],
    ["Item No.", "Product", "Tariff No.", "QTY", "Unit of measure", "Unit Price", "Net Amount"],
    ["10", "CNC machining centre", "8457.10.00", "2", "Each", "USD 210 000.00", "USD 420 000.00"],
    ["20", "Ball bearings", "8482.10.00", "500", "Each", "USD 12.50", "USD 6 250.00"],
    ["", "deep groove, chrome steel"],
    ["30", "Ceramic tiles", "6907.21.00", "1 200", "sq.m", "USD 8.04", "USD 9 648.00"],
    ["Subtotal", "", "", "", "", "", "USD 435 898.00"],
    ["Freight", "", "", "", "", "", "USD 4 000.00"],
    ["Less discount", "", "", "", "", "", "USD 4 000.00"],
    ["Total amount due", "", "", "", "", "", "USD 435 898.00"],
    ["Authorised signatory: A. Example"],
], "\t")  # fmt: skip

FRENCH = text([
    ["Facture n°", REFERENCE],
    ["Date de facture", "14/05/2024"],
    ["Exportateur", SELLER],
    ["Destinataire", CONSIGNEE],
    ["Utilisateur final", END_USER],
    ["Navire", SHIP],
    ["Numéro IMO", IMO],
    ["Port de chargement", "Istanbul"],
    ["Port de déchargement", "Novorossiysk"],
    ["Devise", "USD"],
    ["Désignation", "Code SH", "Quantité", "Unité", "Prix unitaire", "Montant"],
    ["Centre d'usinage", "8457.10", "2", "pièce", "210 000,00", "420 000,00"],
    ["Roulements à billes", "8482.10", "500", "pièce", "12,50", "6 250,00"],
    ["Carreaux", "6907.21", "1 200", "m2", "8,04", "9 648,00"],
    ["Montant total", "", "", "", "", "435 898,00"],
], ";", "latin-1")  # fmt: skip

EXPORT_OF_A_SYSTEM = text([
    ["DocumentNumber", "DocumentDate", "ShipperName", "ShipperCountry", "ConsigneeName",
     "ConsigneeCountry", "EndUserName", "VesselName", "VesselIMO", "LoadingPort",
     "DischargePort", "LineNumber", "HSCode", "ItemDescription", "Quantity", "UnitOfMeasure",
     "UnitPrice", "LineTotal", "CurrencyCode", "CountryOfOrigin"],
    *(
        [REFERENCE, "20240514", SELLER, "TR", CONSIGNEE, "KZ", END_USER, SHIP, IMO, "TRIST",
         "RUNVS", n, code, what, quantity, "PCE", price, value, "USD", "TR"]
        for n, code, what, quantity, price, value in (
            (1, "845710", "CNC machining centre", "2", "210000.00", "420000.00"),
            (2, "848210", "Ball bearings", "500", "12.50", "6250.00"),
            (3, "690721", "Ceramic tiles", "1200", "8.04", "9648.00"),
        )
    ),
], "|")  # fmt: skip

PAPERS = {
    "English, letter form": ("a.csv", ENGLISH),
    "Russian, windows-1251": ("a.csv", RUSSIAN),
    "Chinese workbook": ("a.xlsx", CHINESE),
    "German": ("a.csv", GERMAN),
    "Turkish workbook": ("a.xlsx", TURKISH),
    "flat, the header in every row": ("a.csv", FLAT),
    "invoice and packing list": ("a.xlsx", TWO_SHEETS),
    "labels on a sheet of their own": ("a.xlsx", LABELS_APART),
    "labels above their values": ("a.csv", LABELS_ABOVE),
    "cells of many lines": ("a.csv", CELLS_OF_MANY_LINES),
    "two languages at once": ("a.xlsx", BILINGUAL),
    "labels and values in one cell, tabs": ("a.tsv", TABS),
    "French": ("a.csv", FRENCH),
    "export of a system": ("a.txt", EXPORT_OF_A_SYSTEM),
}
"""Each paper under what is special about it, with a file name."""

every_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS.keys())


def read(paper: tuple[str, bytes]) -> Transaction:
    name, data = paper
    (shipment,) = read_shipments(data, name=name).shipments
    return shipment


def named(shipment: Transaction, *roles: Role) -> set[str]:
    return {involved.party.name for involved in shipment.in_role(*roles)}


@every_paper
def test_the_parties_are_found_in_their_roles(paper: tuple[str, bytes]) -> None:
    shipment = read(paper)
    assert named(shipment, Role.SELLER, Role.SHIPPER) == {SELLER}
    assert named(shipment, Role.CONSIGNEE, Role.BUYER) == {CONSIGNEE}
    assert named(shipment, Role.END_USER) == {END_USER}


@every_paper
def test_the_ship_has_its_bare_name_and_its_number(paper: tuple[str, bytes]) -> None:
    (ship,) = read(paper).in_role(Role.VESSEL)
    assert (ship.party.name, str(ship.party.kind)) == (SHIP, "vessel")
    assert ("imo", IMO) in ship.party.identifiers


@every_paper
def test_number_day_and_total_of_the_paper(paper: tuple[str, bytes]) -> None:
    shipment = read(paper)
    assert (shipment.reference, shipment.day) == (REFERENCE, DAY)
    assert shipment.amount is not None
    assert (shipment.amount.amount, shipment.amount.currency) == (TOTAL, "USD")
    assert shipment.kind == "shipment"


@every_paper
def test_the_lines_with_code_quantity_and_value(paper: tuple[str, bytes]) -> None:
    goods = read(paper).goods
    digits = ["".join(filter(str.isdigit, line.code)) for line in goods]
    assert tuple(code[:6] for code in digits) == CODES
    assert tuple(line.quantity for line in goods) == QUANTITIES
    assert tuple(line.value and line.value.amount for line in goods) == VALUES
    assert [line.line for line in goods] == [1, 2, 3]


@every_paper
def test_the_route_from_port_to_port(paper: tuple[str, bytes]) -> None:
    route = {(place.role, place.country) for place in read(paper).places}
    assert route == {("origin", "tr"), ("destination", "ru")}


@every_paper
def test_nothing_is_wrong_with_a_good_paper(paper: tuple[str, bytes]) -> None:
    assert read(paper).problems == ()


@every_paper
def test_a_paper_is_told_by_its_content(paper: tuple[str, bytes]) -> None:
    name, data = paper
    assert looks_like_shipments(data, name)


def test_weights_of_a_packing_list_go_to_the_lines_of_its_invoice() -> None:
    goods = read(("a.xlsx", TWO_SHEETS)).goods
    weights = [(line.net_weight, line.gross_weight) for line in goods]
    assert weights == [
        (Decimal(n), Decimal(g)) for n, g in ((9000, 9600), (150, 160), (24000, 24800))
    ]


def test_a_line_knows_its_sheet_and_row() -> None:
    goods = read(("a.xlsx", TWO_SHEETS)).goods
    assert goods[1].spot.path == "sheet Invoice, row 9"
    assert read(("a.csv", GERMAN)).goods[0].spot.path == "line 9"


def test_a_description_over_two_rows_is_one() -> None:
    goods = read(("a.tsv", TABS)).goods
    assert goods[1].description == "Ball bearings deep groove, chrome steel"


def test_bank_and_its_code_are_one_party() -> None:
    (bank,) = read(("a.csv", ENGLISH)).in_role(Role.CREDITOR_AGENT)
    assert bank.party.name == "Example Bank of Anatolia"
    assert bank.party.identifiers == (("bic", "EXAMTRIS"),)


def test_an_address_over_rows_belongs_to_its_party() -> None:
    shipment = read(("a.csv", LABELS_ABOVE))
    (notified,) = shipment.in_role(Role.NOTIFY_PARTY)
    assert notified.party.name == "Almaty Example Logistics TOO"
    assert notified.party.address == "Abay Ave 12, Almaty, Kazakhstan"


def test_what_was_taken_for_what_is_shown() -> None:
    taken = str(read_shipments(GERMAN, name="a.csv").taken)
    assert "code <- Warennummer" in taken
    assert "end_user <- Endverwender" in taken
