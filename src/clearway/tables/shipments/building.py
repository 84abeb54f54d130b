"""A shipment built from what its paper says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clearway.goods.units import KG, unit_of
from clearway.model import (
    FreeText,
    GoodsLine,
    Involved,
    Money,
    Place,
    Problem,
    Role,
    Spot,
    Transaction,
)
from clearway.tables.cells import Cell, text
from clearway.tables.shipments import checks
from clearway.tables.shipments.amounts import (
    Number,
    Style,
    currency_in,
    is_blank,
    number,
)
from clearway.tables.shipments.blocks import Said
from clearway.tables.shipments.days import day_of
from clearway.tables.shipments.lines import Line
from clearway.tables.shipments.parties import OF_BANKS, OF_VESSELS, Draft
from clearway.tables.shipments.ports import country_of, place_in_terms, places_of
from clearway.tables.shipments.words import Field

Sum = tuple[str, str, Mapping[str, Cell], str]
"""A sum of a paper: its sort, its label, its cells by field, where it stands."""

_PLACES = ("origin", "via", "discharge", "destination", "final", "made")
_DAYS = ("day", "shipped", "arrives", "agreed", "ends")
_EITHER = {
    "from": Role.SELLER,
    "to": Role.CONSIGNEE,
    "откуда": Role.SELLER,
    "куда": Role.CONSIGNEE,
}
"""Labels before a place or before a party: the value says which."""
_COUNTRY = 14
"""A country in so few letters names nobody besides."""


@dataclass(slots=True)
class Content:
    """What belongs to one shipment: labelled values, sums, text, lines of goods."""

    file: str
    said: list[Said] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def build(content: Content, style: Style, order: str) -> Transaction:
    """The shipment, with its problems; `style` and `order` are those of the paper."""
    return _Builder(content, style, order).transaction()


class _Builder:
    """Gathers the parts of one shipment."""

    def __init__(self, content: Content, style: Style, order: str) -> None:
        self.content, self.style, self.order = content, style, order
        self.problems = list(content.problems)
        self.drafts: list[Draft] = []
        self.whole: dict[str, list[tuple[str, str]]] = {}
        self.days: dict[str, dict[date, str]] = {}
        self.places: list[Place] = []
        self.texts: list[FreeText] = []
        self.unsure: list[tuple[str, str]] = []
        self.made = ""
        self.currency = ""

    def problem(self, code: str, message: str, where: str, said: object = "") -> None:
        """Note what could not be read."""
        self.problems.append(
            Problem(code, message, self.content.file, where, text_of(said))
        )

    def transaction(self) -> Transaction:
        """All parts put together."""
        for said in self.content.said:
            self._said(said)
        for line in self.content.lines:
            for found, cell, where in line.others:
                self._cell(found, cell, where, -1)
        self.currency = self._currency()
        goods = [self._line(n, line) for n, line in enumerate(self.content.lines, 1)]
        amount = self._amount(goods)
        self._terms()
        self.texts += [FreeText(said, Spot(at)) for said, at in self.content.texts]
        parties = self._parties()
        self._unsure_numbers()
        if not goods:
            message = (
                "no line of goods was recognised; name the columns, as in --map "
                "description=COLUMN,quantity=COLUMN"
            )
            self.problem("no_goods", message, "", "")
        day = self._day()
        contradictions = checks.paper(goods, parties, self.days, self.content.file)
        return Transaction(
            kind="shipment",
            reference=self._one("reference"),
            day=day,
            parties=tuple(parties),
            amount=amount,
            goods=tuple(goods),
            places=tuple(self._route()),
            texts=tuple(self.texts),
            purpose=self._one("purpose"),
            problems=tuple(dict.fromkeys([*self.problems, *contradictions])),
            file=self.content.file,
        )

    # --- labels and columns that tell of the whole --------------------------------

    def _said(self, said: Said) -> None:
        if not said.values:
            if said.field.sort == "party":
                self._draft(said.field, said.column, said.label)
            return
        if said.field.sort == "party":
            draft = self._draft(said.field, said.column, said.where)
            for cell, where in said.values:
                draft.lines += [
                    (line.strip(), where)
                    for line in text(cell).splitlines()
                    if line.strip()
                ]
            return
        for cell, where in said.values:
            self._cell(said.field, cell, where, said.column, label=said.label)

    def _cell(
        self, found: Field, cell: Cell, where: str, column: int, *, label: str = ""
    ) -> None:
        written = text(cell)
        if is_blank(cell):
            return
        if found.sort == "party":
            known = any(
                d.role == found.name and d.written == written for d in self.drafts
            )
            if not known:
                draft = self._draft(found, column, where)
                draft.lines += [
                    (line.strip(), where)
                    for line in written.splitlines()
                    if line.strip()
                ]
            return
        if found.sort == "about":
            self._about(found, written, where, column)
        elif found.sort == "place":
            self._place(found.name, written, where, label.casefold().strip(" :"))
        elif found.name in _DAYS:
            self._date(found.name, cell, where)
        else:
            told = self.whole.setdefault(found.name, [])
            if written not in {said for said, _ in told}:
                told.append((written, where))
                if found.name != "currency" or not currency_in(written):
                    self.texts.append(FreeText(written, Spot(where)))

    def _draft(self, found: Field, column: int, where: str) -> Draft:
        empty = [d for d in self.drafts if d.role == found.name and d.empty]
        if empty:
            return empty[0]
        draft = Draft(Role(found.name), where=where, column=column)
        self.drafts.append(draft)
        return draft

    def _about(self, found: Field, written: str, where: str, column: int) -> None:
        """A detail goes to whom it names, to the ship or bank it fits, else to the
        party before it."""
        draft = self._owner(found, column, where)
        if draft is None:
            self.texts.append(FreeText(written, Spot(where)))
            return
        held = (written in said for said, _ in draft.texts)
        if not any(held):
            draft.tell(found.name, written, where)

    def _owner(self, found: Field, column: int, where: str) -> Draft | None:
        def last(drafts: Sequence[Draft]) -> Draft | None:
            return drafts[-1] if drafts else None

        if found.role:
            role = Role(found.role)
        elif found.name in OF_VESSELS:
            role = Role.VESSEL
        elif found.name in OF_BANKS:
            banks = [d for d in self.drafts if d.role.is_bank]
            return last(banks) or self._draft(
                Field("party", str(Role.CREDITOR_AGENT)), column, where
            )
        else:
            same = [d for d in self.drafts if d.column == column and not d.role.is_bank]
            return last(same) or last([d for d in self.drafts if not d.role.is_bank])
        mine = [d for d in self.drafts if d.role is role]
        return last(mine) or self._draft(Field("party", str(role)), column, where)

    def _place(self, name: str, written: str, where: str, label: str) -> None:
        role = _EITHER.get(label)
        if role and not country_of(written):
            draft = self._draft(Field("party", str(role)), -1, where)
            draft.lines += [(line, where) for line in written.splitlines()]
            return
        if name == "made":
            self.made = self.made or written
            if not country_of(written) or len(written) > _COUNTRY:
                self.texts.append(FreeText(written, Spot(where)))
            return
        spot = Spot(where, raw=written)
        known = {(place.role, place.text) for place in self.places}
        found = [
            p for p in places_of(written, name, spot) if (name, p.text) not in known
        ]
        self.places += found
        if found:
            self.texts.append(FreeText(written, Spot(where)))

    def _date(self, name: str, cell: Cell, where: str) -> None:
        found = day_of(cell, self.order)
        if found is None:
            message = "this is no day; write it as YYYY-MM-DD"
            self.problem("bad_date", message, where, cell)
            self.texts.append(FreeText(text(cell), Spot(where)))
            return
        if found.unsure and found.day not in self.days.get(name, {}):
            message = (
                f"day or month may stand first; read as {found.day.isoformat()}: write "
                "it as YYYY-MM-DD"
            )
            self.problem("ambiguous_date", message, where, cell)
        self.days.setdefault(name, {}).setdefault(found.day, where)

    def _one(self, name: str) -> str:
        return next((said for said, _ in self.whole.get(name, ())), "")

    def _day(self) -> date | None:
        """The day of the invoice; where it is not told, that of the shipment."""
        for name in ("day", "shipped"):
            if found := self.days.get(name):
                return next(iter(found))
        return None

    def _terms(self) -> None:
        """The place that terms of delivery name, where nothing else names one."""
        have = {place.role for place in self.places}
        for written, where in self.whole.get("terms", ()):
            role, place = place_in_terms(written)
            taken = (
                {"destination", "discharge", "final"}
                if role != "origin"
                else {"origin"}
            )
            if role and not have & taken:
                self.places += places_of(place, role, Spot(where, raw=written))

    def _route(self) -> Iterator[Place]:
        """The places in the roles of a route: where it is unloaded is the destination,
        unless the papers send it further."""
        roles = {place.role for place in self.places}
        ends = roles & {"destination", "final"}
        seen: set[tuple[str, str]] = set()
        for place in self.places:
            role = place.role
            if role == "discharge":
                further = any(
                    p.country != place.country for p in self.places if p.role in ends
                )
                role = "via" if further else "destination"
            if (role, place.text) not in seen:
                seen.add((role, place.text))
                yield Place(place.text, role, place.country, place.spot)
        if "origin" not in roles and self.made:
            yield from places_of(self.made, "origin", Spot("country of origin"))

    def _parties(self) -> list[Involved]:
        found: list[Involved] = []
        for draft in self.drafts:
            if draft.empty:
                self.texts += [FreeText(said, Spot(at)) for said, at in draft.texts]
                continue
            made = draft.involved()
            self.texts += draft.free_texts()
            same = [o for o in found if o.role is made.role and o.party == made.party]
            if not same:
                found.append(made)
        return found

    # --- goods and sums -----------------------------------------------------------

    def _currency(self) -> str:
        """The currency of the paper: stated, else in its headings, cells and sums."""
        for written, where in self.whole.get("currency", ()):
            if code := currency_in(written):
                return code
            message = "no such currency in ISO 4217; correct it"
            self.problem("unknown_currency", message, where, written)
        words: list[str] = []
        for line in self.content.lines[:50]:
            for name in ("value", "unit_price"):
                found = number(line.cells.get(name), self.style)
                words += [found.words] if found else []
                words.append(line.headings.get(name, ""))
        for _, label, cells, _ in self.content.sums:
            words.append(label)
            words += [n.words for c in cells.values() if (n := number(c, self.style))]
        words += [said for said, _ in self.whole.get("terms", ())]
        return next((code for word in words if (code := currency_in(word))), "")

    def _line(self, count: int, line: Line) -> GoodsLine:
        where = line.where
        quantity = self._number(line, "quantity")
        price = self._money(line, "unit_price")
        value = self._money(line, "value")
        if value is None and price is not None and quantity is not None:
            value = Money(price.amount * quantity.value, price.currency)
        unit = self._unit(line, quantity)
        code = line.text("code")
        description = " ".join(filter(None, (line.text("description"), *line.more)))
        model = line.text("model")
        whole = " ".join(filter(None, (description, model)))
        use = line.text("end_use")
        words = code if any(map(str.isalpha, code)) else ""
        words += f" {line.text('number')}" if _is_word(line.text("number")) else ""
        for name, said in (("description", whole), ("end use", use), ("code", words)):
            if said:
                self.texts.append(FreeText(said, Spot(f"{where}, {name}"), "goods"))
        known = {said for said, _ in line.texts}
        self.texts += [FreeText(s, Spot(at), "goods") for s, at in line.texts]
        for name in ("packages", "charge"):
            said = line.text(name)
            if said not in known and any(map(str.isalpha, said)):
                self.texts.append(FreeText(said, Spot(f"{where}, {name}")))
        return GoodsLine(
            code=code,
            description=whole,
            quantity=quantity.value if quantity else None,
            unit=unit,
            value=value,
            origin=self._origin(line),
            end_use=use or self._one("purpose"),
            line=count,
            spot=Spot(where, raw=code or whole),
            unit_price=price,
            net_weight=self._weight(line, "net_weight"),
            gross_weight=self._weight(line, "gross_weight"),
        )

    def _origin(self, line: Line) -> str:
        own = next((text(c) for f, c, _ in line.others if f.name == "made"), "")
        written = (own or self.made).strip()
        return country_of(written).upper() or written

    def _number(self, line: Line, name: str) -> Number | None:
        cell = line.cells.get(name)
        if is_blank(cell):
            return None
        found = number(cell, self.style)
        where = f"{line.where}, {_short(line.headings.get(name, name))}"
        if found is None:
            self.problem("bad_number", "this is no number; correct it", where, cell)
            self.texts.append(FreeText(text(cell), Spot(where)))
            return None
        if found.unsure:
            self.unsure.append((where, text(cell)))
        return found

    def _money(self, line: Line, name: str) -> Money | None:
        found = self._number(line, name)
        if found is None:
            return None
        own = next((text(c) for f, c, _ in line.others if f.name == "currency"), "")
        code = (
            currency_in(own)
            or currency_in(found.words)
            or currency_in(line.headings.get(name, ""))
            or self.currency
        )
        where = f"{line.where}, {_short(line.headings.get(name, name))}"
        if own and not currency_in(own):
            message = "no such currency in ISO 4217; correct it"
            self.problem("unknown_currency", message, where, own)
            self.texts.append(FreeText(own, Spot(where)))
        elif not code:
            message = "an amount needs its currency (ISO 4217); say which it is"
            self.problems.append(
                Problem("no_currency", message, self.content.file, "currency", "")
            )
        return Money(found.value / _per(line.headings.get(name, "")), code)

    def _unit(self, line: Line, quantity: Number | None) -> str:
        heading = line.headings.get("quantity", "")
        said = line.text("unit") or (quantity.words if quantity else "")
        known = unit_of(said) or unit_of(said.split("/")[0].strip())
        if known is not None:
            return known.name
        if said:
            message = "nobody knows this unit; write pcs, kg, t, m, l, set, ..."
            where = f"{line.where}, unit"
            self.problem("unknown_unit", message, where, said)
            self.texts.append(FreeText(said, Spot(where)))
            return said
        inside = [part.strip(" .()") for part in _split_words(heading)]
        found = next((unit for part in inside if (unit := unit_of(part))), None)
        return found.name if found else ""

    def _weight(self, line: Line, name: str) -> Decimal | None:
        """Kilograms: as the cell or its heading says, which are kilograms if silent."""
        found = self._number(line, name)
        if found is None:
            return None
        parts = _split_words(line.headings.get(name, ""))
        for word in (found.after, *parts[1:]):
            unit = unit_of(word.strip(" .()"))
            if unit is not None and unit.measure == KG:
                return found.value * unit.factor
        return found.value

    def _amount(self, goods: Sequence[GoodsLine]) -> Money | None:
        """The total of the paper, compared with the sum of its lines."""
        sums = checks.Sums(self.content.file, self.currency)
        for sort, label, cells, where in self.content.sums:
            self._sum(sums, sort, label, cells, where)
        self.problems += sums.problems(goods)
        return sums.amount(goods)

    def _sum(
        self,
        sums: checks.Sums,
        sort: str,
        label: str,
        cells: Mapping[str, Cell],
        where: str,
    ) -> None:
        if sort == "words":
            if label:
                self.texts.append(FreeText(label, Spot(where)))
            return
        for name, cell in cells.items():
            if isinstance(cell, str) and any(map(str.isalpha, cell)) and cell != label:
                self.texts.append(FreeText(cell, Spot(where)))
            found = number(cell, self.style)
            if found is None:
                continue
            code = currency_in(found.words) or currency_in(label)
            if name in ("value", "said"):
                sums.add(sort, found.value, where, code)
            elif sort in ("total", "subtotal") and name != "unit_price":
                sums.add(name, found.value, where, "")
        if any(map(str.isalpha, label)):
            self.texts.append(FreeText(label, Spot(where)))

    def _unsure_numbers(self) -> None:
        if not self.unsure:
            return
        where, said = self.unsure[0]
        message = (
            f"{said} may mean thousands or a fraction, and nothing in the paper "
            f"decides ({len(self.unsure)} such); read as thousands: write 1250 or "
            "1250.00"
        )
        self.problem("ambiguous_number", message, where, said)


def _is_word(cell: str) -> bool:
    """Whether a cell that should be a number says something in letters."""
    return sum(map(str.isalpha, cell)) > _FEW_LETTERS


_FEW_LETTERS = 3
"""`No. 7` and `7a` are numbers of lines all the same."""


def text_of(said: object) -> str:
    """What a problem shows of a cell."""
    return said if isinstance(said, str) else text(said)  # type: ignore[arg-type]


def _short(heading: str) -> str:
    return " ".join(heading.split())[:40]


_PER = re.compile(r"(?:\bper|\bje|\bpro|\bза|\bpour|/)\s*(10{1,3})\b", re.I)


def _per(heading: str) -> int:
    """For how many a heading states a price: `Price per 100 pcs`."""
    found = _PER.search(heading)
    return int(found[1]) if found else 1


def _split_words(heading: str) -> list[str]:
    """The parts of a heading: `Кол-во, шт`, `Quantity (pcs)`, `Gewicht kg`."""
    plain = heading.replace("\n", " ")
    for mark in "(（)）/,[]":
        plain = plain.replace(mark, " ")
    return plain.split()
