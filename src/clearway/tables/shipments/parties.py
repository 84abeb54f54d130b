"""The parties of a paper, put together from the cells that tell of them."""

import re
from dataclasses import dataclass, field

from clearway.model import FreeText, Involved, Kind, Party, Role, Spot
from clearway.names import countries
from clearway.names.identifiers import is_bic, recognised
from clearway.tables.shipments.ports import country_of
from clearway.tables.shipments.words import label

BLOCK = "party"
"""The channel of a text that is a whole party, its name and address line by line."""

_IDENTIFIERS = frozenset(
    {"tax_id", "inn", "ogrn", "uscc", "registration", "lei", "duns", "bic", "bik"}
    | {"cnaps", "iban", "account", "imo", "mmsi", "call_sign"}
)
_KNOWN = frozenset({"phone", "email", "website", "sector"})
OF_VESSELS = frozenset({"imo", "mmsi", "call_sign", "flag", "voyage"})
OF_BANKS = frozenset({"bic", "bik", "cnaps", "iban", "account"})
_KINDS = {Role.VESSEL: Kind.VESSEL, Role.AIRCRAFT: Kind.AIRCRAFT}
_LEGAL = re.compile(
    r"(?:co|inc|ltd|llc|l\.?l\.?c|corp|company|corporation|limited|s\.?a|s\.?p\.?a|s\.?r\.?l"
    r"|gmbh|a\.?g|a\.?s|a\.?ş|n\.?v|b\.?v|plc|jsc|ojsc|cjsc|pjsc|llp|pte|pty|fze|fzco|fz-?llc"
    r"|k\.?g|o\.?o\.?o|ооо|ао|пао|зао|оао|лтд|инк|тоо|oy|ab"
    r"|spa|kft|zrt|sro|doo|ltd\.? ?şti|tic)\b",
    re.I,
)
_IMO = re.compile(
    r"(?:\bIMO|\bИМО|海事组织)\b[\s.:#№]*(?:N(?:O|R|UMBER)?|号|编号)?[\s.:#]*(\d[\d\s-]{4,10}\d)\b",
    re.I,
)
_VOYAGE = re.compile(
    r"(?:[\s,/]+|^)(?:VOY(?:AGE)?\b|V\.|V(?=\d)|рейс|航次)[\s.:#№]*[\w/-]*\d[\w/-]*",
    re.I,
)
_VESSEL_PREFIX = re.compile(
    r"^\s*(?:M\.?\s?/?\s?V\b\.?|M\.?\s?/?\s?T\b\.?|M\.?\s?/?\s?S\b\.?|S\.?\s?/?\s?S\b\.?"
    r"|M/?TANKER|MOTOR\s+VESSEL|MOTOR\s+TANKER|VESSEL|SHIP|TANKER|FPSO|т/х|т\.х\.|теплоход|танкер"
    r"|с/х|судно|GEMİ|MS|轮船|油轮|货轮)[\s:.\"«“]+",
    re.I,
)
_QUOTES = "\"«»“”„'‘’ "


@dataclass(slots=True)
class Draft:
    """A party while its paper is read; `lines` are its name and address as written."""

    role: Role
    lines: list[tuple[str, str]] = field(default_factory=list)
    name: str = ""
    address: list[str] = field(default_factory=list)
    country: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    where: str = ""
    column: int = -1

    @property
    def empty(self) -> bool:
        """Whether nothing says who it is."""
        codes = any(kind not in ("account", "iban") for kind, _ in self.identifiers)
        return not (self.name or self.lines or codes)

    def tell(self, about: str, value: str, where: str) -> None:
        """Take in a detail: an address, a country, a number."""
        self.where = self.where or where
        if about in _IDENTIFIERS:
            self.identifiers.append((about, value))
            if any(map(str.isdigit, value)) or is_bic(value.replace(" ", "").upper()):
                return  # compared as a number; a name in its place is searched too
        elif about in ("address", "city"):
            self.address += value.splitlines()
        elif about in ("country", "flag"):
            self.country.append(value)
        elif about in _KNOWN:
            self.known.setdefault(about, value)
        elif about == "name" and not self.name and not self.lines:
            self.lines.append((value, where))
            return
        self.texts.append((value, where))

    def involved(self) -> Involved:
        """The party in its role."""
        name, address = self._name_and_address()
        found = list(self.identifiers)
        for line, _ in self.lines:
            for item in recognised(line):
                if item.labelled and item.type:
                    found.append((item.type, item.written))
        aliases: tuple[str, ...] = ()
        if self.role is Role.VESSEL:
            bare, imo = ship(name)
            found += [("imo", imo)] if imo else []
            aliases = (name,) if bare and bare != name else ()
            name = bare or name
        given = [countries.code(one) and one for one in self.country]
        last = countries.code(address[-1].strip(" .")) if address else ""
        codes = [*filter(None, given), *([last] if last else [])]
        where = self.where or (self.lines[0][1] if self.lines else "")
        party = Party(
            name=name,
            kind=_KINDS.get(self.role, Kind.ANY),
            countries=tuple(dict.fromkeys(codes)),
            identifiers=tuple(dict.fromkeys(found)),
            aliases=aliases,
            address=", ".join(address),
        )
        return Involved(self.role, party, Spot(where, raw=self.written), self.known)

    @property
    def written(self) -> str:
        """All that the paper says, line by line."""
        return "\n".join(line for line, _ in self.lines)

    def free_texts(self) -> list[FreeText]:
        """What has to be searched beside the name: the whole block, each detail."""
        where = self.where or (self.lines[0][1] if self.lines else "")
        lines = [line for line, _ in self.lines]
        if self.role is Role.VESSEL and lines:
            lines[0] = ship(lines[0])[0]
        whole = "\n".join([*lines, *self.address]).strip()
        texts = [FreeText(whole, Spot(where), BLOCK)] if whole else []
        searched = [t for t in self.texts if any(map(str.isalpha, t[0]))]
        return texts + [FreeText(said, Spot(at), BLOCK) for said, at in searched]

    def _name_and_address(self) -> tuple[str, list[str]]:
        """The first line is the name, with the address behind a comma if it is long."""
        address: list[str] = []
        name = self.name
        for line, where in self.lines:
            if not name:
                whole = self.role is Role.VESSEL
                name, rest = (line, "") if whole else name_and_rest(line)
                address += [rest] if rest else []
            elif told := _detail(line):
                self.tell(told[0], told[1], where)
            elif not recognised(line):
                address.append(line)
        kept = [line for line in (*address, *self.address) if line.strip()]
        return name, list(dict.fromkeys(kept))


def _detail(line: str) -> tuple[str, str] | None:
    """`Tel: +90 212 ...` within an address."""
    head, colon, value = line.partition(":")
    found = label(head) if colon and value.strip() else None
    if found is not None and found.sort == "about" and found.name != "name":
        return found.name, value.strip()
    return None


def name_and_rest(line: str) -> tuple[str, str]:
    """A name and the address that follows it behind commas; legal forms stay with it.

    `Example Co., Ltd., 12 Port Street, Mersin, Turkey` gives `Example Co., Ltd.` and
    the rest.
    """
    parts = re.split(r"(,|，|;)", line)
    if len(parts) < 3:
        return line.strip(), ""
    name = parts[0]
    at = 1
    while at + 1 < len(parts) and _LEGAL.match(parts[at + 1].strip()):
        name += parts[at] + parts[at + 1]
        at += 2
    rest = "".join(parts[at + 1 :]).strip()
    if not rest or not _is_address(rest):
        return line.strip(), ""
    return name.strip(), rest


def _is_address(rest: str) -> bool:
    """Whether what stands behind a comma is where somebody is, and not a name."""
    if any(map(str.isdigit, rest)) or len(rest.split(",")) > 1:
        return True
    return bool(country_of(rest))


def ship(written: str) -> tuple[str, str]:
    """The bare name of a ship and its IMO number: `M/V FORTUNA, IMO 8674156, V.12E`."""
    found = _IMO.search(written)
    imo = re.sub(r"\D", "", found[1]) if found else ""
    bare = written[: found.start()] + " " + written[found.end() :] if found else written
    bare = _VOYAGE.sub(" ", bare)
    bare = re.sub(r"\(\s*\)", " ", bare)
    bare = re.split(r"\s+/\s+|\s*;\s*", bare.strip(" ,;/()-"))[0] or bare
    bare = _VESSEL_PREFIX.sub("", f"{bare.strip()} ").strip(" ,;/()-" + _QUOTES)
    bare = re.sub(r"(?<=[\u3400-\u9fff])[轮号]$", "", bare)
    if re.fullmatch(r"\d{7}", bare) and not imo:
        return "", bare
    return " ".join(bare.split()), imo
