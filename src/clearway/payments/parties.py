"""A party put together from the pieces in which a message names it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clearway.model import FreeText, Involved, Kind, Party, Place, Role, Spot
from clearway.names import countries
from clearway.payments.agents import Code, recognised
from clearway.payments.leaves import NO_NUMBER, Channel, Leaf
from clearway.payments.narrative import joined, readings

BLOCK = "party"
"""The channel of a text that is a whole party: its name and address, line by line.

A name may be cut at any line of it, so lines are to be joined with a space and with
nothing (`clearway.payments.narrative.joined`)."""

PERHAPS_A_CODE = "agent"
"""The channel of a word that is shaped like a bank's code and may be a plain word.

To be compared with the codes on lists, exactly, and with nothing else: `DEUTSCHE` has
the shape of a BIC."""

MOST_CODES = 64
"""Codes of one text that are taken."""
_MOST_READ = 4096
_LONGEST_LINE = 70


@dataclass(slots=True)
class Draft:
    """What has been read of one party so far; `lines` are its address.

    `late` are words that stand where a number should: names behind all others. `unsure`
    says that the message does not tell where the name ends.
    """

    role: Role
    kind: Kind = Kind.ANY
    names: list[tuple[str, Spot]] = field(default_factory=list)
    lines: list[tuple[str, Spot]] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    where: list[Spot] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    address_country: str = ""
    birth_date: str | None = None
    birth_place: str = ""
    late: list[tuple[str, Spot]] = field(default_factory=list)
    unsure: bool = False
    bank: bool = False

    def __post_init__(self) -> None:
        """Look the role up once."""
        self.bank = self.role.is_bank

    @property
    def channel(self) -> Channel:
        """Agent for what only a bank can be, else party."""
        return Channel.AGENT if self.is_bank else Channel.PARTY

    @property
    def is_bank(self) -> bool:
        """Whether it is read as a bank: by role, or because it is named as one."""
        return self.bank or self.kind is Kind.ORGANIZATION

    def name(self, text: str, spot: Spot) -> None:
        """Take a name; a second one is a further name of the same party."""
        bare = " ".join(text.split())
        self.names.append((bare, spot))
        if bare[1:2] == "/" and bare[0] in "12345678":
            # A line number of field 50F that was carried along.
            self.names.append((bare[2:].strip(), spot))
        self.where.append(spot)

    def line(self, text: str, spot: Spot) -> None:
        """Take a line of the address."""
        self.lines.append((" ".join(text.split()), spot))
        self.where.append(spot)

    def code(self, code: Code | None, spot: Spot) -> None:
        """Take a code; of a bank it says the country as well."""
        if code is None:
            return
        self.identifier(code.type, code.value, spot)
        if code.sure and code.country and (self.is_bank or code.type == "bic"):
            self.country(code.country)

    def identifier(self, type_: str, value: str, spot: Spot) -> None:
        """Take a number by its type."""
        if value and value not in NO_NUMBER and (type_, value) not in self.codes:
            self.codes.append((type_, value))
        self.where.append(spot)

    def country(self, text: str) -> None:
        """Take a country, as a code or in words; unknown words are kept as they are."""
        code = countries.code(text) or text.strip()
        if code and code not in self.countries:
            self.countries.append(code)


def settle(draft: Draft) -> None:
    """Take what can be told only now: late names, and the country of an address.

    Of an address in lines the last says the country, where nothing else does:
    `SANTOS, BRAZIL`, `UK/LONDON`, `SRI LANKA`.
    """
    for text, spot in draft.late:
        draft.name(text, spot)
    draft.late = []
    if draft.address_country or not draft.lines:
        return
    last = draft.lines[-1][0]
    if len(last) > _LONGEST_LINE:
        return
    for text in (last, last.rpartition(",")[2], last.partition("/")[0]):
        code = countries.code(text) if len(text.strip()) > 1 else ""
        if code:
            draft.country(code)
            draft.address_country = code
            return


def involved(draft: Draft) -> Involved | None:
    """The party in its role; None where nothing says who it is."""
    if not (draft.names or draft.codes or draft.countries or draft.lines):
        return None
    first, spot = draft.names[0] if draft.names else ("", _first(draft.where))
    party = Party(
        first,
        kind=draft.kind,
        birth_date=draft.birth_date,
        countries=tuple(draft.countries),
        identifiers=tuple(draft.codes),
        aliases=_aliases(draft),
        birth_place=draft.birth_place or None,
        address=", ".join(text for text, _ in draft.lines) or None,
    )
    return Involved(draft.role, party, spot, draft.known)


def _first(spots: Iterable[Spot]) -> Spot:
    return next(iter(spots), Spot())


def _aliases(draft: Draft) -> tuple[str, ...]:
    """Further names, other readings, and the name with the line below it.

    Where nothing says what a line is, the one below the name is taken for its rest if
    it has no digit and no comma, as `VICH USMANOV` below `ALISHER BURHANO`.
    """
    names = [text for text, _ in draft.names]
    out: dict[str, None] = dict.fromkeys(names[1:])
    for text in names:
        if len(text) <= _MOST_READ:
            out.update(dict.fromkeys(readings(text)))
    if names and draft.lines and draft.unsure:
        below = draft.lines[0][0]
        if below and not any(char.isdigit() or char in ",/" for char in below):
            out.update(dict.fromkeys(joined((names[0], below))))
    out.pop(names[0] if names else "", None)
    return tuple(out)


def block(draft: Draft) -> FreeText | None:
    """The whole party as text, line by line; None for a single line."""
    rows = [*draft.names, *draft.lines]
    if len(rows) < 2:
        return None
    start = min((spot.start for _, spot in rows), default=-1)
    end = max((spot.end for _, spot in rows), default=-1)
    path = rows[0][1].path
    return FreeText("\n".join(text for text, _ in rows), Spot(path, start, end), BLOCK)


def place(draft: Draft) -> Place | None:
    """Where the party is; None where the message does not say."""
    if not (draft.lines or draft.address_country):
        return None
    text = ", ".join(text for text, _ in draft.lines) or draft.address_country
    spots = [spot for _, spot in draft.lines] or draft.where
    return Place(text, "address", countries.code(draft.address_country), _first(spots))


@dataclass(slots=True)
class Gathered:
    """What stands in one part of a message, in the order of the message."""

    drafts: list[Draft] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    texts: list[FreeText] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    goods: list[FreeText] = field(default_factory=list)
    _done: (
        tuple[tuple[Involved, ...], tuple[Place, ...], tuple[FreeText, ...]] | None
    ) = None

    def free(
        self, text: str, spot: Spot, leaves: list[Leaf], role: Role | None
    ) -> None:
        """Take a free text, and its other readings beside it."""
        leaves.append(Leaf(Channel.TEXT, text, spot, role))
        self.texts.append(FreeText(text, spot))
        for reading in readings(text):
            self.texts.append(FreeText(reading, spot))

    def banks(self, text: str, spot: Spot, role: Role = Role.OTHER) -> None:
        """Take the banks whose codes stand in a free text, each code once.

        What is only shaped like a code is kept as a text to compare with codes. Of
        more codes than any real text has only the first are taken; the text itself is
        then held where it is searched (`screen.parties`).
        """
        exact = text == spot.raw
        codes = recognised(text)[:MOST_CODES]
        for code in {code.value: code for code in codes}.values():
            start, end = spot.start + code.start, spot.start + code.end
            raw = text[code.start : code.end]
            where = Spot(spot.path, start, end, raw) if exact else spot
            if not code.sure:
                self.texts.append(FreeText(code.value, where, PERHAPS_A_CODE))
                continue
            draft = Draft(role, Kind.ORGANIZATION)
            draft.code(code, where)
            self.drafts.append(draft)

    def join(self, rows: Sequence[FreeText]) -> None:
        """Take texts beside each other as one more text, line by line."""
        if len(rows) > 1:
            whole = "\n".join(row.text for row in rows)
            first, last = rows[0].spot, rows[-1].spot
            self.texts.append(FreeText(whole, Spot(first.path, first.start, last.end)))

    def finished(
        self,
    ) -> tuple[tuple[Involved, ...], tuple[Place, ...], tuple[FreeText, ...]]:
        """Parties, places and texts; made once however many transactions share them."""
        if self._done is None:
            for draft in self.drafts:
                settle(draft)
            parties = tuple(filter(None, map(involved, self.drafts)))
            places = (*filter(None, map(place, self.drafts)), *self.places)
            blocks = filter(None, map(block, self.drafts))
            self._done = (parties, places, (*blocks, *self.texts))
        return self._done

    @property
    def size(self) -> int:
        """How many things it holds."""
        return len(self.drafts) + len(self.places) + len(self.texts)


def first_of(facts: Mapping[str, str], keys: Iterable[str]) -> str:
    """The first fact that is known, '' if none is."""
    return next((facts[key] for key in keys if facts.get(key)), "")
