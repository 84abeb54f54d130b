"""SWIFT MT messages: parties in roles, banks, places, texts; any tag of any type.

Fields that name parties are read by their option (A a BIC, F numbered lines, K and D
lines of a name and an address). Every other field is free text unless a rule leaves it
out, and a value that has not the form of its field is free text too.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from clearway.model import (
    FreeText,
    GoodsLine,
    Kind,
    Money,
    Place,
    Problem,
    Role,
    Spot,
    Transaction,
)
from clearway.names import countries
from clearway.names.identifiers import is_bic
from clearway.payments import tags
from clearway.payments.agents import (
    Code,
    bic_country,
)
from clearway.payments.fin import Field, Message
from clearway.payments.leaves import Channel, Leaf, excluded_field, is_reference
from clearway.payments.narrative import continued, parts
from clearway.payments.parties import Draft, Gathered
from clearway.payments.party_fields import QUALIFIER, PartyFields, lines, spot_of

_BOOKING = re.compile(r"\d{6}(?:\d{4})?R?[CDE]{1,2}[A-Z]?\d[\d,]{0,15}[A-Z][A-Z0-9]{3}")
_SENDER = re.compile(r"O\d{3}\d{4}\d{6}([A-Z0-9]{12})")
_RECEIVER = re.compile(r"I\d{3}([A-Z0-9]{12})")
_TERMINAL = re.compile(r"[A-Z]\d\d([A-Z0-9]{12})")
_VALUE = re.compile(r"(\d{6})?([A-Z]{3})(\d[\d,]{0,20})")
_DAY = re.compile(r"\d{6}")


def transactions(
    message: Message, name: str = ""
) -> tuple[tuple[Transaction, ...], tuple[Leaf, ...], tuple[Problem, ...]]:
    """Every transaction of a message, all its leaves, and what is wrong with it.

    What a batch says for all its transactions is part of each. An empty message has a
    transaction too, so that there is something to hold.
    """
    reader = _Reader(message, name)
    return reader.read()


class _Reader:
    """Sorts the fields of one message."""

    def __init__(self, message: Message, name: str) -> None:
        self.message, self.name = message, name
        self.leaves: list[Leaf] = []
        self.party_fields = PartyFields(self.leaves)
        self.problems = list(message.problems)
        self.direction = message.keys.get("2:", "")[:1]
        self.number = message.kind.removeprefix("MT")[:3]
        inner = next((f.value[:3] for f in message.fields if f.name == "12"), "")
        if self.number != "798" or not inner.isdigit():
            inner = ""
        self.roles = tags.roles(message.kind, inner)
        self.trade = (inner or self.number)[:1] == "7"

    def read(
        self,
    ) -> tuple[tuple[Transaction, ...], tuple[Leaf, ...], tuple[Problem, ...]]:
        header = Gathered()
        for field in self.message.header:
            self._header(field, header)
        common, batches = self._batches()
        shared = self._gathered(common)
        made = [self._gathered(fields) for fields in batches]
        if not made:
            out = [self._transaction([header, shared])]
        elif len(made) * (header.size + shared.size) > _MOST_SHARED:
            self.problems.append(
                Problem(
                    "shared_apart",
                    "what is said for all transactions is too much to repeat for each; "
                    "it is one more transaction, in front of them",
                    self.name,
                )
            )
            out = [self._transaction([header, shared])]
            out += [self._transaction([part]) for part in made]
        else:
            out = [self._transaction([header, shared, part]) for part in made]
        return tuple(out), tuple(self.leaves), tuple(self.problems)

    def _batches(self) -> tuple[list[Field], list[list[Field]]]:
        """Fields said for all, and those of each transaction."""
        fields = self.message.fields
        begins = tags.BEGINS.get(self.number)
        if begins is None:
            return list(fields), []
        ends = tags.ENDS.get(self.number, frozenset())
        common: list[Field] = []
        batches: list[list[Field]] = []
        inside, seen = False, 0
        for field in fields:
            if field.name == begins:
                seen += 1
                # 201, 203: the first :20: is the message's own where a sum follows it.
                inside = True
                batches.append([])
            elif inside and field.name in ends:
                inside = False
            (batches[-1] if inside else common).append(field)
        if (
            begins == "20"
            and len(batches) > 1
            and not any(field.name[:2] == "32" for field in batches[0])
        ):
            common += batches.pop(0)
        return (common, batches) if len(batches) > 1 else (list(fields), [])

    def _transaction(self, gathered: Sequence[Gathered]) -> Transaction:
        facts: dict[str, str] = {}
        for part in gathered:
            facts.update(part.facts)
        finished = [part.finished() for part in gathered]
        attributes = {"message": self.message.kind}
        for key in ("uetr", "end_to_end", "cover"):
            if facts.get(key):
                attributes[key] = facts[key]
        return Transaction(
            kind="trade_finance" if self.trade else "payment",
            reference=facts.get("21" if facts.get("batch") else "20", "")
            or facts.get("20", ""),
            day=_day(facts.get("day", "")),
            parties=tuple(item for done in finished for item in done[0]),
            amount=_money(facts.get("amount", "")),
            goods=tuple(
                GoodsLine(description=text.text, line=at, spot=text.spot)
                for at, text in enumerate(
                    (t for part in gathered for t in part.goods), 1
                )
            ),
            places=tuple(item for done in finished for item in done[1]),
            texts=tuple(item for done in finished for item in done[2]),
            purpose=facts.get("purpose", ""),
            attributes=attributes,
            problems=tuple(self.problems),
        )

    # -- header -----------------------------------------------------------------

    def _header(self, field: Field, part: Gathered) -> None:
        key = field.name.partition(":")[2]
        spot = spot_of(f"{{{field.name}}}", field.value, field.start)
        direction = self.direction
        found = None
        if field.name == "1:":
            found = _TERMINAL.match(field.value)
            role = Role.INSTRUCTED_AGENT if direction == "O" else Role.INSTRUCTING_AGENT
        elif field.name == "2:":
            pattern = _SENDER if direction == "O" else _RECEIVER
            found = pattern.match(field.value)
            role = Role.INSTRUCTING_AGENT if direction == "O" else Role.INSTRUCTED_AGENT
        if found and is_bic(found[1][:8]):
            draft = Draft(role, Kind.ORGANIZATION)
            branch = found[1][9:]
            bic = found[1][:8] + ("" if branch == "XXX" else branch)
            bic = bic if is_bic(bic) else found[1][:8]
            draft.code(Code("bic", bic, bic_country(bic)), spot)
            part.drafts.append(draft)
            self.leaves.append(Leaf(Channel.AGENT, field.value, spot, role))
            return
        if field.name == "3:121":
            part.facts["uetr"] = field.value
        reason = excluded_field(key, field.value)
        if reason:
            self._exclude(field.value, spot, reason)
        else:
            part.free(field.value, spot, self.leaves, None)

    def _exclude(self, text: str, spot: Spot, reason: str) -> None:
        self.leaves.append(Leaf(Channel.EXCLUDED, text, spot, reason=reason))

    # -- fields -----------------------------------------------------------------

    def _gathered(self, fields: Sequence[Field]) -> Gathered:
        part = Gathered()
        names = {field.name for field in fields}
        customers = {"50A", "50F", "50K", "59", "59A", "59F"} & names
        cover = self.roles is tags.BANK_TRANSFER and customers
        if cover:
            part.facts["cover"] = "customer"
        if cover and self.number in ("202", "205") and "COV" not in self.message.kind:
            self.problems.append(
                Problem(
                    "cover_not_marked",
                    "names customers as a cover payment does, but is not marked as one "
                    "(block 3, 119:COV)",
                    self.name,
                )
            )
        table = self.roles
        for field in fields:
            # Behind the first customer of a cover the fields are the customer's.
            if cover and field.name[:2] == "50":
                table = tags.PAYMENT
            self._field(field, part, table)
        return part

    def _field(self, field: Field, part: Gathered, table: Mapping[str, Role]) -> None:
        tag, value = field.name, field.value
        self._facts(field, part)
        role = tags.role(table, tag)
        if tag == "61":
            self._booking(field, part)
        elif role is not None and not (tag[:2] == "86" and self.number[:1] != "3"):
            self._party(field, part, role)
        elif tag == "25" or tag in ("25A", "25P"):
            self._account(field, part)
        elif tag in tags.PLACES or tag in tags.DATE_AND_PLACE:
            self._place(field, part)
        elif reason := excluded_field(tag, value):
            self._exclude(value, spot_of(f":{tag}:", value, field.start), reason)
        else:
            self._text(field, part)
            if tag in tags.GOODS:
                spot = spot_of(f":{tag}:", value, field.start)
                part.goods.append(FreeText(_clean(value), spot))

    def _facts(self, field: Field, part: Gathered) -> None:
        tag, value = field.name, field.value.strip()
        if tag in ("20", "21"):
            part.facts.setdefault(tag, value)
            if tag == tags.BEGINS.get(self.number):
                part.facts["batch"] = "yes" if tag == "21" else ""
        elif tag in ("32A", "32B", "32K", "32U") and (found := _VALUE.match(value)):
            part.facts.setdefault("amount", f"{found[2]} {found[3]}")
            if found[1]:
                part.facts.setdefault("day", found[1])
        elif tag in ("30", "31C", "30T") and _DAY.match(value):
            part.facts.setdefault("day", value[-6:])
        elif tag == "26T":
            part.facts.setdefault("purpose", value)
        elif tag == "70" and (found := re.search(r"/ROC/([^\s/]{1,35})", value)):
            part.facts.setdefault("end_to_end", found[1])

    def _party(self, field: Field, part: Gathered, role: Role) -> None:
        number, option = field.name[:2], field.name[2:]
        obligor = self.roles is tags.GUARANTEE and number == "51"
        bank = role.is_bank or (number in tags.BANK_NUMBERS and not obligor)
        deals = number in ("82", "87") and option == "A"
        kind = Kind.ORGANIZATION if bank or deals else Kind.ANY
        self.party_fields.read(field, part, role, kind)

    def _account(self, field: Field, part: Gathered) -> None:
        """The account of a statement, perhaps with its bank in front."""
        draft = Draft(Role.CUSTOMER)
        for text, spot in lines(field):
            head, slash, rest = text.strip().partition("/")
            if is_bic(head):
                bank = Draft(Role.CORRESPONDENT, Kind.ORGANIZATION)
                bank.code(Code("bic", head, bic_country(head)), spot)
                part.drafts.append(bank)
                if slash:
                    draft.identifier("account", rest, spot)
                self.leaves.append(Leaf(Channel.AGENT, text, spot, Role.CORRESPONDENT))
            else:
                self.party_fields.identifier(draft, part, "/" + text.strip(), spot)
        part.drafts.append(draft)

    def _place(self, field: Field, part: Gathered) -> None:
        path = f":{field.name}:"
        text, start = field.value, field.start
        if field.name in tags.DATE_AND_PLACE and (found := _DAY.match(text)):
            head = spot_of(path, found.group(), start)
            self._exclude(head.raw, head, "a date or a time")
            text, start = text[6:], start + 6
        elif found := QUALIFIER.match(text):
            head = spot_of(path, found.group(), start)
            self._exclude(head.raw, head, "a word of a closed code list")
            text, start = text[found.end() :], start + found.end()
        if not text.strip():
            return
        spot = spot_of(path, text, start)
        bare = _clean(text)
        role = tags.PLACES.get(field.name, "place")
        code = countries.code(bare.rpartition(",")[2])
        part.places.append(Place(" ".join(bare.split()), role, code, spot))
        part.texts.append(FreeText(bare, spot, "geography"))
        self.leaves.append(Leaf(Channel.GEOGRAPHY, text, spot))

    def _booking(self, field: Field, part: Gathered) -> None:
        """Field 61: dates, amount and type are left out, references looked at."""
        path, value = ":61:", field.value
        head = _BOOKING.match(value)
        start = 0
        if head:
            spot = spot_of(path, head.group(), field.start)
            self._exclude(head.group(), spot, "an amount or a rate")
            start = head.end()
        for match in re.finditer(r"(?:(?!//)[^\r\n])+", value[start:]):
            at = field.start + start + match.start()
            spot = spot_of(path, match.group(), at)
            if is_reference(match.group().strip()):
                self._exclude(
                    match.group(),
                    spot,
                    "a number of a message, a payment or a document",
                )
            elif match.group().strip("/ "):
                part.free(match.group().strip(), spot, self.leaves, None)

    def _text(self, field: Field, part: Gathered) -> None:
        """A free text, cut at its code words, and the banks that stand in it."""
        tag, value = field.name, field.value
        path = f":{tag}:"
        pieces = parts(value) if "/" in value else (("", 0, len(value)),)
        for code, begin, end in pieces:
            raw = value[begin:end]
            if not raw.strip("/ \r\n"):
                continue
            spot = spot_of(path, raw, field.start + begin)
            part.free(_clean(raw), spot, self.leaves, None)
            role = tags.CODE_ROLES.get(code, Role.OTHER)
            part.banks(raw, spot, role)
        if tag == "77B":
            for found in re.finditer(r"/(?:ORDERRES|BENEFRES)/([A-Z]{2})\b", value):
                at = field.start + found.start(1)
                spot = spot_of(path, found[1], at)
                part.places.append(
                    Place(found[1], "residence", countries.code(found[1]), spot)
                )


_MOST_SHARED = 2_000_000


def _clean(raw: str) -> str:
    return continued(raw).strip("\r\n ")


def _money(text: str) -> Money | None:
    currency, _, amount = text.partition(" ")
    try:
        return Money(Decimal(amount.replace(",", ".").rstrip(".")), currency)
    except InvalidOperation:
        return None


def _day(text: str) -> date | None:
    """YYMMDD; years from 80 on are of the last century, as FIN has it."""
    try:
        year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
        return date(year + (1900 if year >= 80 else 2000), month, day)
    except ValueError:
        return None
