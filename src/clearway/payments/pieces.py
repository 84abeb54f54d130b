"""Texts of ISO 20022 as pieces of their parties: names, codes, addresses, births."""

from clearway.model import FreeText, Kind, Place, Spot
from clearway.names.identifiers import is_bic
from clearway.payments.agents import Code, bank_of_iban, bic_country, iban, of_system
from clearway.payments.elements import (
    ACCOUNT,
    BICS,
    COUNTRIES,
    ROLES,
    SCHEMES,
    Path,
)
from clearway.payments.leaves import Channel, Leaf, excluded_element, is_reference
from clearway.payments.markup import Text
from clearway.payments.parties import Draft, Gathered

_OWN = frozenset({"CtctDtls", "Agt", "Pty", "NmAndAdr"})
"""Elements that are a party each time, however many stand beside each other."""


class Pieces:
    """The parties of one document, put together text by text.

    What says how to read another text (the system of a member, the scheme of a number)
    is kept until the other is there.
    """

    def __init__(self, leaves: list[Leaf]) -> None:
        self.leaves = leaves
        self.drafts: dict[object, Draft] = {}
        self.systems: dict[int, str] = {}
        self.schemes: dict[int, str] = {}
        self.numbers: list[tuple[int, Draft, str, Spot]] = []

    def draft(self, part: Gathered, text: Text, known: Path) -> Draft | None:
        """The party a text is a piece of; for one without a known role a new one.

        An account and its owner beside each other are one party.
        """
        at = known.party_at
        if at < 0:
            return None
        nodes = text.nodes
        key: object = nodes[at]
        if known.role_at >= 0:
            element = text.path[at]
            base = element.removesuffix(ACCOUNT)
            if base in ROLES and element not in _OWN:
                key = (nodes[at - 1] if at else -1, base)
        draft = self.drafts.get(key)
        if draft is None:
            draft = self.drafts[key] = Draft(known.role, known.kind)
            part.drafts.append(draft)
        elif known.kind is not Kind.ANY:
            draft.kind = known.kind
        return draft

    def take(
        self,
        draft: Draft,
        part: Gathered,
        text: Text,
        known: Path,
        bare: str,
        spot: Spot,
    ) -> bool:
        """Whether a text was understood as a piece of its party."""
        last = known.last
        channel = draft.channel
        if known.address:
            if not self._address(draft, known, bare, spot):
                return False
            channel = Channel.GEOGRAPHY
        elif last == "Nm":
            draft.name(bare, spot)
        elif last in BICS and is_bic(bare.upper()):
            draft.kind = draft.kind if last == "AnyBIC" else Kind.ORGANIZATION
            draft.code(Code("bic", bare.upper(), bic_country(bare)), spot)
            channel = draft.channel
        elif last in ("MmbId", "Cd", "Id", "IBAN", "LEI"):
            if not self._number(draft, part, text, known, bare, spot):
                return False
        elif last in _BIRTH or last in COUNTRIES:
            if not self._origin(draft, part, last, bare, spot):
                return False
            channel = Channel.PARTY if last == "BirthDt" else Channel.GEOGRAPHY
        else:
            # Screened as text, and known of the party besides.
            if last in _REACHED and len(bare) <= _LONGEST_CONTACT:
                draft.known.setdefault(_REACHED[last], bare)
            return False
        self.leaves.append(Leaf(channel, bare, spot, draft.role))
        return True

    def _address(self, draft: Draft, known: Path, bare: str, spot: Spot) -> bool:
        """A line of an address, or its country."""
        if known.last in ("Ctry", "CtryCd"):
            draft.country(bare)
            draft.address_country = bare
            draft.where.append(spot)
            if len(bare) > 2:
                draft.line(bare, spot)
            return True
        if "AdrTp" in known.tail or excluded_element(known.last, bare):
            return False
        draft.line(bare, spot)
        return True

    def _number(
        self,
        draft: Draft,
        part: Gathered,
        text: Text,
        known: Path,
        bare: str,
        spot: Spot,
    ) -> bool:
        """A number or a code; what has words in it is screened as text as well."""
        last, tail = known.last, known.tail
        above = text.nodes[-2] if len(text.nodes) > 1 else -1
        if last == "LEI":
            draft.identifier("lei", bare, spot)
            return bare.isalnum()
        if last == "IBAN":
            self._account(draft, part, bare, spot)
            return iban(bare) is not None or is_reference(bare)
        if last == "MmbId":
            code = of_system(self.systems.get(above, ""), bare)
            draft.code(code, spot)
            return code is not None and is_reference(bare)
        if last == "Id":
            if is_reference(bare):
                self.numbers.append((above, draft, bare, spot))
                draft.where.append(spot)
                return True
            return False
        at = next(
            (at for at, name in enumerate(text.path) if name in _KEPT and name in tail),
            0,
        )
        if not at or len(bare) > _LONGEST_CODE or not bare.isalnum():
            return False
        owner = text.nodes[at - 1]
        if text.path[at] == "SchmeNm":
            self.schemes[owner] = bare
            return False
        self.systems[owner] = bare
        draft.where.append(spot)
        return True

    def _origin(
        self, draft: Draft, part: Gathered, last: str, bare: str, spot: Spot
    ) -> bool:
        """When and where born, and of which country; words may hide a name."""
        if last == "BirthDt":
            if not excluded_element(last, bare):
                return False
            draft.birth_date = bare
        elif last in _BIRTH:
            draft.birth_place = ", ".join(filter(None, (draft.birth_place, bare)))
        if last in COUNTRIES:
            draft.country(bare)
        if last != "BirthDt" and len(bare) > _LONGEST_COUNTRY:
            part.texts.append(FreeText(bare, spot, Channel.GEOGRAPHY.value))
        draft.where.append(spot)
        return True

    def _account(self, draft: Draft, part: Gathered, bare: str, spot: Spot) -> None:
        """An account number: its country, and the bank within it where it says one."""
        account = iban(bare)
        draft.identifier("iban" if account else "account", "".join(bare.split()), spot)
        if account is None:
            return
        part.places.append(Place(account.value[:2], "account", account.country, spot))
        bank = bank_of_iban(bare)
        if bank is not None and bank.type == "bik":
            draft.identifier(bank.type, bank.value, spot)

    def finish(self) -> None:
        """Give numbers their type, now that all schemes are known."""
        for owner, draft, value, spot in self.numbers:
            type_ = SCHEMES.get(self.schemes.get(owner, ""), "")
            if not type_ and ACCOUNT in spot.path:
                type_ = "iban" if iban(value) else "account"
            draft.identifier(type_ or "other", value, spot)


_KEPT = frozenset({"ClrSysId", "SchmeNm"})
_LONGEST_CODE = 5
_LONGEST_COUNTRY = 3
_LONGEST_CONTACT = 256
_BIRTH = frozenset({"BirthDt", "CityOfBirth", "PrvcOfBirth", "CtryOfBirth"})
_REACHED = {
    "PhneNb": "phone",
    "MobNb": "phone",
    "EmailAdr": "email",
    "URLAdr": "website",
}
