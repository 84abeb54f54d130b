"""A transaction as a user writes it: JSON, YAML or JSON lines in, `Transaction` out.

One object is one transaction. A party is a word (its name) or an object, either in
`parties` with its `role`, or under its role as a key (`"creditor": "VTB Bank"`). What
is not understood is a Problem of the transaction; text under an unknown key is
screened as free text, so that nothing is lost.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, BinaryIO

from clearway.errors import ExtraMissing, InputUnreadable
from clearway.model import (
    Conduct,
    FreeText,
    GoodsLine,
    Involved,
    Kind,
    Money,
    Party,
    Place,
    Problem,
    Role,
    Spot,
    Transaction,
)
from clearway.model.transaction import KNOWN
from clearway.rules.facts import FACTS
from clearway.tables.shipments.checks import goods_problems, number_problems

KINDS = ("payment", "shipment", "trade_finance", "service", "account")
_ROLES: Mapping[str, Role] = {str(role): role for role in Role} | {
    "payer": Role.DEBTOR,
    "payee": Role.CREDITOR,
    "payer_bank": Role.DEBTOR_AGENT,
    "payee_bank": Role.CREDITOR_AGENT,
    "exporter": Role.SELLER,
    "importer": Role.BUYER,
    "notify": Role.NOTIFY_PARTY,
    "bank": Role.CORRESPONDENT,
    "party": Role.CUSTOMER,
}
_PLACES = {
    "origin": "origin",
    "from_country": "origin",
    "via": "via",
    "route": "via",
    "destination": "destination",
    "final": "final",
    "final_country": "final",
    "ports": "via",
    "places": "place",
}
_PARTY_KEYS = ("countries", "aliases", "birth_place", "address", "gender", "reference")
_IDENTIFIERS = (
    *("bic", "iban", "bik", "cnaps", "lei", "inn", "ogrn", "imo", "mmsi", "uscc"),
    *("passport", "tax_id", "registration", "wallet", "duns", "national_id"),
)
_KINDS_OF_PARTY = frozenset(Kind)
_MOST_BYTES = 64 << 20


def is_transactions(value: Any) -> bool:
    """Whether a decoded value looks like a transaction, or a list of them."""
    if isinstance(value, list):
        return bool(value) and is_transactions(value[0])
    if not isinstance(value, Mapping):
        return False
    keys = {str(key).lower() for key in value}
    roles = keys & _ROLES.keys()
    return bool(
        ("parties" in keys and not {"score", "verdict"} & keys)
        or ("goods" in keys and keys & (roles | {"destination", "route"}))
        or (roles and keys & {"amount", "currency", "goods", "purpose"})
    )


def transactions(source: Path | BinaryIO, name: str = "") -> Iterator[Transaction]:
    """Every transaction of a JSON, JSON lines or YAML file.

    Raises InputUnreadable where the file is none of these.
    """
    if isinstance(source, Path):
        name = name or str(source)
        try:
            text = source.read_bytes()
        except OSError as error:
            raise InputUnreadable(name, f"cannot be read: {error.strerror}") from error
    else:
        text = source.read(_MOST_BYTES + 1)
    if len(text) > _MOST_BYTES:
        raise InputUnreadable(name, "is over 64 MB; give JSON lines in parts")
    for number, value in enumerate(_values(text, name), start=1):
        where = f"transaction {number}"
        if isinstance(value, Mapping):
            yield transaction_of(value, file=name, where=where)
        else:
            message = "a transaction is an object with keys; write it so"
            problem = Problem("not_a_transaction", message, name, where, str(value))
            yield Transaction(problems=(problem,))


def _values(text: bytes, name: str) -> Iterator[Any]:
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputUnreadable(name, f"is not UTF-8: {error}") from error
    try:
        whole = json.loads(decoded, parse_float=Decimal, parse_constant=str)
    except ValueError as error:
        whole = _lines_or_yaml(decoded, name, error)
    except RecursionError as error:
        raise InputUnreadable(name, "is nested too deeply") from error
    yield from whole if isinstance(whole, list) else [whole]


def _lines_or_yaml(text: str, name: str, error: ValueError) -> Any:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines[:2]):
        return [_line(line, name, number) for number, line in enumerate(lines, 1)]
    if text.lstrip().startswith(("{", "[")):
        raise InputUnreadable(name, f"is no JSON: {error}") from error
    return _yaml(text, name)


def _line(line: str, name: str, number: int) -> Any:
    try:
        return json.loads(line, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError):
        return f"line {number} of {name} is no JSON: {line[:100]}"


def _yaml(text: str, name: str) -> Any:
    try:
        import yaml
    except ImportError as error:  # pragma: no cover - installed with clearway
        raise ExtraMissing("to read YAML: pip install pyyaml") from error
    try:
        documents = list(yaml.load_all(text, _loader(yaml)))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputUnreadable(name, f"is neither JSON nor YAML: {error}") from error
    flat = [
        item
        for document in documents
        for item in (document if isinstance(document, list) else [document])
    ]
    return [item for item in flat if item is not None]


def _loader(yaml: Any) -> Any:
    """A loader for which everything is text: `NO` is Norway, `1.10` a code."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.events.AliasEvent):
                # An alias in an alias in an alias is how a small file grows large.
                raise yaml.YAMLError("aliases are not read; write the value out")
            return super().compose_node(parent, index)

    Loader.yaml_implicit_resolvers = {}
    return Loader


@dataclass(slots=True)
class _Reading:
    """One transaction while it is read."""

    file: str
    where: str
    parties: list[Involved] = field(default_factory=list)
    goods: list[GoodsLine] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    texts: list[FreeText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def problem(self, code: str, message: str, key: str, text: Any) -> None:
        position = f"{self.where}, {key}" if key else self.where
        self.problems.append(Problem(code, message, self.file, position, str(text)))


def transaction_of(
    value: Mapping[str, Any], *, file: str = "", where: str = "transaction"
) -> Transaction:
    """One transaction from a decoded object."""
    reading = _Reading(file, where)
    currency = str(value.get("currency") or "")
    for key, item in value.items():
        if item is not None:
            _read(reading, str(key), item, currency)
    kind = str(reading.values.pop("kind", "shipment" if reading.goods else "payment"))
    if kind not in KINDS:
        message = f"a kind of transaction is one of {', '.join(KINDS)}"
        reading.problem("unknown_kind", message, "kind", kind)
    for problem in (*goods_problems(reading.goods), *number_problems(reading.parties)):
        reading.problem(problem.code, problem.message, problem.position, problem.text)
    return Transaction(
        kind=kind,
        parties=tuple(reading.parties),
        goods=tuple(reading.goods),
        places=tuple(reading.places),
        texts=tuple(reading.texts),
        problems=tuple(reading.problems),
        **reading.values,
    )


def _read(reading: _Reading, key: str, item: Any, currency: str) -> None:
    name = key.strip().lower().replace(" ", "_").replace("-", "_")
    if name == "parties":
        for n, party in enumerate(_list(item)):
            _party(reading, party, f"{key}[{n}]", None)
    elif name in _ROLES:
        for party in _list(item):
            _party(reading, party, key, _ROLES[name])
    elif name in _PLACES:
        _read_places(reading, item, name, key)
    elif name in ("goods", "lines", "items"):
        for n, line in enumerate(_list(item), start=1):
            _goods(reading, line, n, currency)
    elif name in ("amount", "invoice"):
        if (money := _money(reading, item, key, currency)) is not None:
            reading.values[name] = money
    elif name in _PLAIN:
        _PLAIN[name](reading, item, key)
    elif name not in ("currency",):
        message = "nobody reads this key; its text is screened as free text"
        reading.problem("unknown_key", message, key, item)
        reading.texts.append(FreeText(_text(item), Spot(key)))


def _list(item: Any) -> Sequence[Any]:
    return item if isinstance(item, list) else [item]


def _text(item: Any) -> str:
    if isinstance(item, Mapping):
        return "\n".join(_text(value) for value in item.values())
    if isinstance(item, list):
        return "\n".join(map(_text, item))
    return str(item)


def _party(reading: _Reading, item: Any, key: str, role: Role | None) -> None:
    if not isinstance(item, Mapping):
        item = {"name": str(item)}
    values = {str(k).strip().lower(): v for k, v in item.items() if v is not None}
    if role is None:
        said = str(values.pop("role", "")).strip().lower().replace(" ", "_")
        role = _ROLES.get(said, Role.OTHER)
        if said not in _ROLES:
            message = f"no such role; known are {', '.join(map(str, Role))}"
            reading.problem("unknown_role", message, f"{key}, role", said)
    values.pop("role", None)
    name = str(values.pop("name", "")).strip()
    identifiers = _identifiers(values)
    if not name and not identifiers:
        reading.problem("no_name", "the party has no name; give one", key, item)
    spot = Spot(key, raw=name)
    party = _party_of(reading, values, name, identifiers, key)
    known = {k: str(values.pop(k)) for k in list(values) if k in KNOWN or k in _MORE}
    for left, text in values.items():
        message = "nobody reads this key; its text is screened as free text"
        reading.problem("unknown_key", message, f"{key}, {left}", text)
        reading.texts.append(FreeText(_text(text), Spot(f"{key}, {left}")))
    reading.parties.append(Involved(role, party, spot, known))


_MORE = (
    *("supports_supply", "phone_country", "activity_fits", "is_forwarder", "withholds"),
    *("address_shared", "address_home", "near_listed", "shipped_priority"),
)
"""Facts of a party that rules ask for and a user may answer with yes or no."""


def _identifiers(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = [(key, str(values.pop(key))) for key in _IDENTIFIERS if key in values]
    more = values.pop("identifiers", values.pop("id", None))
    if isinstance(more, Mapping):
        found += [(str(k), str(v)) for k, v in more.items()]
    elif more is not None:
        for item in _list(more):
            if isinstance(item, list) and len(item) == 2:
                found.append((str(item[0]), str(item[1])))
            else:
                kind, colon, number = str(item).partition(":")
                found.append((kind, number) if colon else ("", str(item)))
    return tuple(found)


def _party_of(
    reading: _Reading,
    values: dict[str, Any],
    name: str,
    identifiers: tuple[tuple[str, str], ...],
    key: str,
) -> Party:
    kind = str(values.pop("kind", Kind.ANY)).strip().lower()
    if kind not in _KINDS_OF_PARTY:
        message = f"a kind of party is one of {', '.join(Kind)}"
        reading.problem("unknown_kind", message, f"{key}, kind", kind)
        kind = Kind.ANY
    country = values.pop("country", None)
    given: dict[str, Any] = {}
    for field_ in _PARTY_KEYS:
        if field_ in values:
            item = values.pop(field_)
            many = field_ in ("countries", "aliases")
            given[field_] = tuple(map(str, _list(item))) if many else _text(item)
    if country is not None:
        given["countries"] = (str(country), *given.get("countries", ()))
    born = values.pop("birth_date", None)
    return Party(
        name=name,
        kind=kind,
        identifiers=identifiers,
        birth_date=None if born is None else str(born),
        **given,
    )


def _read_places(reading: _Reading, item: Any, name: str, key: str) -> None:
    for place in _list(item):
        if isinstance(place, Mapping):
            text = str(
                place.get("text") or place.get("name") or place.get("port") or ""
            )
            country = str(place.get("country") or "")
            role = str(place.get("role") or _PLACES[name])
        else:
            text, country, role = str(place), "", _PLACES[name]
        if not text and not country:
            reading.problem("no_place", "a place needs its name", key, place)
            continue
        reading.places.append(
            Place(text or country, role, country, Spot(key, raw=text))
        )


def _goods(reading: _Reading, item: Any, number: int, currency: str) -> None:
    key = f"goods line {number}"
    if not isinstance(item, Mapping):
        item = {"description": str(item)}
    values = {str(k).strip().lower(): v for k, v in item.items() if v is not None}
    code = next((values.pop(k) for k in _CODES if k in values), "")
    value = values.pop("value", values.pop("amount", None))
    currency = str(values.pop("currency", currency))
    quantity = values.pop("quantity", None)
    price = values.pop("unit_price", None)
    net, gross = values.pop("net_weight", None), values.pop("gross_weight", None)
    line = GoodsLine(
        code=str(code),
        description=str(values.pop("description", "")),
        edition=str(values.pop("edition", "")),
        quantity=None if quantity is None else _number(reading, quantity, key),
        unit=str(values.pop("unit", "")),
        value=None if value is None else _money(reading, value, key, currency),
        origin=str(values.pop("origin", "")),
        end_use=str(values.pop("end_use", "")),
        line=int(number),
        spot=Spot(key, raw=str(code)),
        unit_price=None if price is None else _money(reading, price, key, currency),
        net_weight=None if net is None else _number(reading, net, key),
        gross_weight=None if gross is None else _number(reading, gross, key),
    )
    reading.goods.append(line)
    if line.description:
        reading.texts.append(FreeText(line.description, Spot(key), "goods"))
    if line.end_use:
        reading.texts.append(FreeText(line.end_use, Spot(key), "goods"))
    for left, text in values.items():
        message = "nobody reads this key; its text is screened as free text"
        reading.problem("unknown_key", message, f"{key}, {left}", text)
        reading.texts.append(FreeText(_text(text), Spot(f"{key}, {left}")))


_CODES = ("code", "hs", "hs_code", "hscode", "hs6", "cn", "cn8", "tnved")


def _money(reading: _Reading, item: Any, key: str, currency: str) -> Money | None:
    """An amount: a number, `EUR 1,250.00`, or an object; a Problem if none of these."""
    if isinstance(item, Mapping):
        currency = str(item.get("currency") or currency)
        item = item.get("amount", item.get("value", ""))
    text = str(item).strip()
    if text[:3].isalpha() and not text[3:4].isalpha():
        currency, text = text[:3], text[3:].strip()
    elif text[-3:].isalpha():
        currency, text = text[-3:], text[:-3].strip()
    amount = _number(reading, text, key)
    if amount is None:
        return None
    if not currency:
        message = "an amount needs its currency (ISO 4217)"
        reading.problem("no_currency", message, key, text)
    return Money(amount, currency.upper())


def _number(reading: _Reading, item: Any, key: str) -> Decimal | None:
    text = str(item).strip().replace("\u00a0", "").replace(" ", "").replace("'", "")
    comma, point = text.rfind(","), text.rfind(".")
    if comma > point and len(text) - comma != 4:
        text = text.replace(".", "").replace(",", ".")
    elif comma > point and point < 0 and text.count(",") == 1:
        message = "1,250 may be a thousand or one and a quarter; write 1250 or 1.25"
        reading.problem("ambiguous_number", message, key, item)
        text = text.replace(",", "")
    else:
        text = text.replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        reading.problem("bad_number", "this is no number; correct it", key, item)
        return None
    if not number.is_finite():
        reading.problem("bad_number", "this is no number; correct it", key, item)
        return None
    return number


def _read_day(reading: _Reading, item: Any, key: str) -> None:
    try:
        reading.values["day"] = date.fromisoformat(str(item).strip()[:10])
    except ValueError:
        reading.problem("bad_date", "give a day as YYYY-MM-DD", key, item)
        return
    if len(str(item).strip()) > 10:
        _read_instant(reading, item, key)


def _read_instant(reading: _Reading, item: Any, key: str) -> None:
    try:
        reading.values["at"] = datetime.fromisoformat(str(item).strip())
    except ValueError:
        message = "give an instant as 2024-06-12T00:01-04:00"
        reading.problem("bad_date", message, key, item)
        return
    if reading.values["at"].tzinfo is None:
        message = "an instant without its zone counts as a day; add the zone"
        reading.problem("no_zone", message, key, item)


def _read_conduct(reading: _Reading, item: Any, key: str) -> None:
    said = str(item).strip().lower().replace(" ", "_")
    meant = {"service": Conduct.SERVICE, "any_service": Conduct.SERVICE}
    try:
        reading.values["conduct"] = meant.get(said) or Conduct(said)
    except ValueError:
        message = f"conduct is one of {', '.join(Conduct)}"
        reading.problem("unknown_conduct", message, key, item)


def _read_texts(reading: _Reading, item: Any, key: str) -> None:
    reading.texts += [FreeText(_text(text), Spot(key)) for text in _list(item)]


def _read_attributes(reading: _Reading, item: Any, key: str) -> None:
    if not isinstance(item, Mapping):
        reading.problem("bad_attributes", "attributes are keys with values", key, item)
        return
    found = {}
    for name, value in item.items():
        text = _text(value).replace("\n", ",")
        if f"transaction.{name}" in FACTS:
            found[str(name)] = text
        else:
            message = "no rule asks for this; its text is screened as free text"
            reading.problem("unknown_key", message, f"{key}, {name}", value)
            reading.texts.append(FreeText(text, Spot(f"{key}, {name}")))
    reading.values["attributes"] = {**reading.values.get("attributes", {}), **found}


def _read_stakes(reading: _Reading, item: Any, key: str) -> None:
    rows = []
    for row in _list(item):
        if isinstance(row, Mapping):
            rows.append({str(k).strip(): _text(v) for k, v in row.items()})
        else:
            message = "a stake is an object: owner, owned, percent"
            reading.problem("bad_stake", message, key, row)
    reading.values["stakes"] = tuple(rows)


def _plain_text(name: str) -> Any:
    def read(reading: _Reading, item: Any, key: str) -> None:
        reading.values[name] = ", ".join(map(str, _list(item)))

    return read


def _read_purpose(reading: _Reading, item: Any, key: str) -> None:
    """Words that licences use, or a sentence: then it may name anyone."""
    purpose = ", ".join(map(str, _list(item)))
    reading.values["purpose"] = purpose
    reading.texts.append(FreeText(purpose, Spot(key)))


def _read_licences(reading: _Reading, item: Any, key: str) -> None:
    reading.values["licences"] = tuple(map(str, _list(item)))


_PLAIN: Mapping[str, Any] = {
    "kind": _plain_text("kind"),
    "type": _plain_text("kind"),
    "reference": _plain_text("reference"),
    "id": _plain_text("reference"),
    "purpose": _read_purpose,
    "day": _read_day,
    "date": _read_day,
    "value_date": _read_day,
    "at": _read_instant,
    "instant": _read_instant,
    "conduct": _read_conduct,
    "licences": _read_licences,
    "licenses": _read_licences,
    "texts": _read_texts,
    "text": _read_texts,
    "remittance": _read_texts,
    "narrative": _read_texts,
    "attributes": _read_attributes,
    "stakes": _read_stakes,
}
