"""Party fields of SWIFT MT by option: A a BIC, F numbered lines, K and D names."""

import re
from collections.abc import Iterator, Sequence

from clearway.model import Kind, Place, Role, Spot
from clearway.names import countries
from clearway.names.identifiers import is_bic
from clearway.payments.agents import Code, bank_of_iban, bic_country, party_identifier
from clearway.payments.fin import Field
from clearway.payments.leaves import Channel, Leaf, is_reference
from clearway.payments.parties import Draft, Gathered

_CODED = frozenset("ACGPRB")
_LINE = re.compile(r"[^\r\n]+")
_NUMBERED = re.compile(r"([1-8])/(.*)", re.S)
_PARTY_NUMBER = re.compile(r"[A-Z]{4}/[A-Z]{2}/")
_STATED = re.compile(r"([A-Z]{2})(?:/(.*))?", re.S)
_NAMED = re.compile(r"/(ABIC|NAME|ACCT|ADD1|ADD2|CITY|CLRC|LEIC)/")
QUALIFIER = re.compile(r":([A-Z0-9]{4})/([A-Z0-9]{0,8})/")


class PartyFields:
    """Reads party fields, and notes what becomes of each of their lines."""

    def __init__(self, leaves: list[Leaf]) -> None:
        self.leaves = leaves

    def read(self, field: Field, part: Gathered, role: Role, kind: Kind) -> None:
        """Take the party that a field names."""
        tag, option = field.name, field.name[2:]
        draft = Draft(role, kind)
        part.drafts.append(draft)
        rows = list(lines(field))
        if not rows:
            spot = spot_of(f":{tag}:", field.value, field.start)
            self._exclude(field.value, spot, "an empty field")
            return
        if tag[:2] == "95":
            rows = self._qualified(rows)
        if rows and rows[0][0].startswith("/") and not _NAMED.match(rows[0][0]):
            self.identifier(draft, part, *rows.pop(0))
        if option in ("F", "", "K") and rows and _NUMBERED.match(rows[0][0]):
            self._numbered(draft, part, rows)
        elif option == "F" and rows and _PARTY_NUMBER.match(rows[0][0]):
            self.identifier(draft, part, *rows.pop(0))
            self._numbered(draft, part, rows)
        elif option == "J":
            self._named(draft, part, rows)
        else:
            self._plain(draft, rows, option)

    def _exclude(self, text: str, spot: Spot, reason: str) -> None:
        self.leaves.append(Leaf(Channel.EXCLUDED, text, spot, reason=reason))

    def _qualified(self, rows: list[tuple[str, Spot]]) -> list[tuple[str, Spot]]:
        """`:SELL//ABNANL2A`: the qualifier is a code, the party stands behind it."""
        text, spot = rows[0]
        if found := QUALIFIER.match(text):
            head = spot_of(spot.path, text[: found.end()], spot.start)
            self._exclude(head.raw, head, "a word of a closed code list")
            rest = text[found.end() :]
            if rest.strip():
                start = spot.start + found.end()
                return [(rest, spot_of(spot.path, rest, start)), *rows[1:]]
            return rows[1:]
        return rows

    def identifier(self, draft: Draft, part: Gathered, text: str, spot: Spot) -> None:
        """The first line of a party: its account, its bank's code, or its number."""
        code, account = party_identifier(text)
        if code is not None:
            draft.code(code, spot)
            if code.type == "iban":
                part.places.append(Place(code.value[:2], "account", code.country, spot))
                bank = bank_of_iban(code.value)
                if bank is not None and bank.type == "bik":
                    draft.identifier(bank.type, bank.value, spot)
        self.leaves.append(Leaf(draft.channel, text, spot, draft.role))
        if not account or (code is not None and code.type == "iban"):
            return
        if len(account.split()) == 1:
            draft.identifier("account", account, spot)
        if not is_reference(account):
            # Words where an account belongs: `/ORDER BANK BY ORDER OF ITSELF`.
            draft.late.append((account, spot))

    def _plain(
        self, draft: Draft, rows: Sequence[tuple[str, Spot]], option: str
    ) -> None:
        """A BIC, or a name and the lines of an address; a bank may have both.

        Option B is a place. Where names are meant (options D, K and none), a line of
        letters alone is a name though it has the form of a BIC: `SBERBANK` is both.
        """
        for text, spot in rows:
            bare = text.strip()
            coded = is_bic(bare)
            if coded and (option in _CODED or not bare.isalpha() or bare[8:] == "XXX"):
                draft.code(Code("bic", bare, bic_country(bare)), spot)
                self.leaves.append(Leaf(draft.channel, text, spot, draft.role))
                continue
            if coded:
                draft.code(Code("bic", bare, sure=False), spot)
            if option != "B" and not draft.names:
                draft.unsure = True
                draft.name(text, spot)
                self.leaves.append(Leaf(draft.channel, text, spot, draft.role))
            else:
                draft.line(text, spot)
                self.leaves.append(Leaf(Channel.GEOGRAPHY, text, spot, draft.role))

    def _numbered(
        self, draft: Draft, part: Gathered, rows: Sequence[tuple[str, Spot]]
    ) -> None:
        """Lines of 50F and 59F, each begun by what it is; others go on with the last.

        1 name, 2 street, 3 country and town, 4 birth date, 5 birthplace, 6 customer
        number, 7 national number, 8 more of it (SWIFT Standards, field 50F).
        """
        number, names = "1", []
        for text, spot in rows:
            found = _NUMBERED.match(text)
            number, rest = (found[1], found[2]) if found else (number, text)
            rest = rest.strip()
            channel = Channel.GEOGRAPHY if number in "235" else draft.channel
            if number == "1":
                names.append((rest, spot))
            elif number == "2":
                draft.line(rest, spot)
            elif number in "35":
                self._town(draft, number, rest, spot)
            elif number == "4" and rest.isdigit():
                draft.birth_date = _birth(rest)
                draft.where.append(spot)
            elif number in "67" and is_reference(
                rest.replace("/", "").replace(" ", "")
            ):
                self._number(draft, number, rest, spot)
            else:
                part.free(rest, spot, self.leaves, draft.role)
                continue
            self.leaves.append(Leaf(channel, text, spot, draft.role))
        if names:
            whole = " ".join(text for text, _ in names)
            draft.names.insert(0, (" ".join(whole.split()), names[0][1]))
            draft.where.append(names[0][1])
            if len(names) > 1:
                draft.names.append(("".join(t for t, _ in names), names[0][1]))

    def _town(self, draft: Draft, number: str, rest: str, spot: Spot) -> None:
        stated = _STATED.fullmatch(rest)
        town = rest
        if stated and countries.code(stated[1]):
            town = stated[2] or ""
            draft.country(stated[1])
            if number == "3":
                draft.address_country = stated[1]
        if number == "3":
            draft.line(town or rest, spot)
        else:
            draft.birth_place = rest
            draft.where.append(spot)

    def _number(self, draft: Draft, number: str, rest: str, spot: Spot) -> None:
        """`DE/ACME BANK/12345`: the country that gave it, who, and the number."""
        pieces = rest.split("/")
        if countries.code(pieces[0]) and len(pieces) > 1:
            if number == "7":
                draft.country(pieces[0])
            pieces = pieces[1:]
        draft.identifier("national_id" if number == "7" else "other", pieces[-1], spot)

    def _named(
        self, draft: Draft, part: Gathered, rows: Sequence[tuple[str, Spot]]
    ) -> None:
        """Option J: `/ABIC/...`, `/NAME/...`, `/ADD1/...`, in any order."""
        for text, spot in rows:
            marks = list(_NAMED.finditer(text))
            begins = [("", 0)] if not marks or marks[0].start() else []
            begins += [(str(mark[1]), mark.end()) for mark in marks]
            ends = [mark.start() for mark in marks if mark.start()] + [len(text)]
            for (word, begin), end in zip(begins, ends, strict=True):
                rest = text[begin:end].strip()
                if rest:
                    at = spot_of(spot.path, text[begin:end], spot.start + begin)
                    self._piece(draft, part, word, rest, at)

    def _piece(
        self, draft: Draft, part: Gathered, word: str, rest: str, spot: Spot
    ) -> None:
        if is_bic(rest) and word in ("", "ABIC"):
            draft.code(Code("bic", rest, bic_country(rest)), spot)
        elif word == "NAME":
            draft.name(rest, spot)
        elif word in ("ADD1", "ADD2", "CITY"):
            draft.line(rest, spot)
        elif word == "ACCT" and is_reference(rest):
            draft.identifier("account", rest, spot)
        else:
            part.free(rest, spot, self.leaves, draft.role)
            return
        self.leaves.append(Leaf(draft.channel, rest, spot, draft.role))


def spot_of(path: str, raw: str, start: int) -> Spot:
    """The place of a piece of the source."""
    return Spot(path, start, start + len(raw), raw)


def lines(field: Field) -> Iterator[tuple[str, Spot]]:
    """The lines of a field that are not empty, with their places."""
    path = f":{field.name}:"
    for match in _LINE.finditer(field.value):
        text = match.group()
        if text.strip():
            yield text, spot_of(path, text, field.start + match.start())


def _birth(digits: str) -> str:
    if len(digits) == 8:
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return digits
