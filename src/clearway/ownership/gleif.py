"""Who consolidates whom: GLEIF level 2, relationship records and reporting exceptions.

https://www.gleif.org/en/lei-data/access-and-use-lei-data/level-2-data-who-owns-whom. A
record says that one company's accounts include another's. That is control, as a rule
by more than half of the shares, and no percentage: a quantifier of 100 says that all of
the accounts are taken in, not that all of the shares are held. XML and JSON.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from clearway.errors import InputUnreadable
from clearway.model import Kind
from clearway.model.transaction import Spot
from clearway.ownership.gathering import Gatherer, Reading
from clearway.ownership.objects import content, objects
from clearway.ownership.rows import Line
from clearway.ownership.stake import OVER_HALF, UNKNOWN, WHOLE, Holding, Interest, Stake

FORMAT = "GLEIF level 2"
_TYPES = {
    "IS_DIRECTLY_CONSOLIDATED_BY": (Interest.CONSOLIDATION, OVER_HALF, False),
    "IS_ULTIMATELY_CONSOLIDATED_BY": (Interest.CONSOLIDATION, OVER_HALF, True),
    "IS_INTERNATIONAL_BRANCH_OF": (Interest.BRANCH, WHOLE, False),
    "IS_FUND-MANAGED_BY": (Interest.OTHER, UNKNOWN, False),
    "IS_SUBFUND_OF": (Interest.OTHER, UNKNOWN, False),
    "IS_FEEDER_TO": (Interest.OTHER, UNKNOWN, False),
}
_WITHHELD = frozenset(
    {"NON_PUBLIC", "BINDING_LEGAL_COMMITMENTS", "LEGAL_OBSTACLES", "NO_LEI"}
    | {"CONSENT_NOT_OBTAINED", "DETRIMENT_NOT_EXCLUDED", "DISCLOSURE_DETRIMENTAL"}
)
"""Reasons that mean: there is a parent, and it is not told."""

_VOID = ("ANNULLED", "DUPLICATE", "ERRONEOUS")


def stakes(origin: bytes | Path, file: str = "") -> Reading:
    """Every relationship record and reporting exception of a file."""
    gatherer = Gatherer(file or (str(origin) if isinstance(origin, Path) else "input"))
    data = content(origin, gatherer.file)
    head = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        return _read(_xml(data, gatherer.file), gatherer)
    return _read(objects(data, gatherer), gatherer)


def rows(heads: Sequence[object], lines: Iterable[Line], file: str = "") -> Reading:
    """The same from GLEIF's CSV, whose headings are paths (`Relationship.EndNode`).

    `lines` are the rows below the headings.
    """
    paths = [str(head).split(".") for head in heads]
    gatherer = Gatherer(file)
    found = ((line.position, _nested(paths, line.cells)) for line in lines)
    return _read(found, gatherer)


def _nested(paths: Sequence[Sequence[str]], cells: Sequence[object]) -> dict[str, Any]:
    """A row as a record of the other forms."""
    record: dict[str, Any] = {}
    for path, cell in zip(paths, cells, strict=False):
        if cell in (None, ""):
            continue
        at = record
        for key in path[:-1]:
            at = at.setdefault(key, {})
        at[path[-1]] = str(cell)
    tie = record.get("Relationship", {})
    if periods := tie.pop("Period", None):
        tie["RelationshipPeriods"] = [
            {key[:1].upper() + key[1:]: value for key, value in period.items()}
            for period in periods.values()
        ]
    if exception := record.pop("Exception", None):
        record["ExceptionCategory"] = exception.get("Category", "")
        record["ExceptionReason"] = next(iter(exception.get("Reason", {}).values()), "")
    return record


def _read(
    found: Iterable[tuple[str, Mapping[str, Any]]], gatherer: Gatherer
) -> Reading:
    for position, record in found:
        if "Relationship" in record:
            _record(gatherer, position, record)
        elif "ExceptionCategory" in record or "ExceptionReason" in record:
            _exception(gatherer, position, record)
        elif isinstance(record.get("Entity"), Mapping):
            gatherer.holding(_holding(_text(record, "LEI"), record["Entity"]))
    return gatherer.reading(FORMAT)


def _xml(data: bytes, file: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Records as mappings like those of the JSON form; nothing outside is fetched."""
    if b"<!DOCTYPE" in data[:4096].upper():
        message = "has a document type declaration, which GLEIF's files do not have"
        raise InputUnreadable(file, message + "; download it again")
    names = ("RelationshipRecord", "Exception", "LEIRecord")
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for number, (_, element) in enumerate(events, 1):
            yield f"record {number}", _plain(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        reason = " ".join(str(error.msg).split())
        raise InputUnreadable(file, f"is no whole XML: {reason}") from error


def _plain(element: Any) -> dict[str, Any]:
    """Children by local name; several of a name, or a plural's, as a list."""
    found: dict[str, Any] = {}
    for child in element:
        name = etree.QName(child).localname
        value: Any = _plain(child) if len(child) else (child.text or "").strip()
        if name in found and not isinstance(found[name], list):
            found[name] = [found[name]]
        if isinstance(found.get(name), list):
            found[name].append(value)
        else:
            found[name] = value
    return found


def _text(record: Any, *path: str) -> str:
    """A text within nested mappings; '' where it is not there."""
    for key in path:
        record = record.get(key) if isinstance(record, Mapping) else None
    if isinstance(record, Mapping):  # {"$": "text"} in the golden copy
        record = record.get("$")
    if isinstance(record, list):
        record = record[0] if record else ""
    return "" if record is None else str(record).strip()


def _holding(lei: str, entity: Mapping[str, Any]) -> Holding:
    return Holding(
        lei,
        _text(entity, "LegalName"),
        kind=Kind.ORGANIZATION,
        countries=tuple(filter(None, [_text(entity, "LegalJurisdiction")[:2]])),
        identifiers=(("lei", lei),),
    )


def _record(gatherer: Gatherer, position: str, record: Mapping[str, Any]) -> None:
    tie = record["Relationship"]
    start, end = _text(tie, "StartNode", "NodeID"), _text(tie, "EndNode", "NodeID")
    type_ = _text(tie, "RelationshipType")
    status = _text(record, "Registration", "RegistrationStatus")
    if not start or not end:
        missing = "StartNode" if not start else "EndNode"
        message = f"{missing}: no party is named; the record was left out"
        gatherer.problem("party_missing", message, position, type_)
        return
    if status in _VOID or _deleted(record):
        message = f"the record was withdrawn ({status or 'deleted'}) and left out"
        gatherer.problem("record_withdrawn", message, position, f"{start} {end}")
        return
    if type_ not in _TYPES:
        message = f"RelationshipType: {type_!r} is not known; it decides nothing"
        gatherer.problem("unknown_interest", message, position, type_)
    kind, share, indirect = _TYPES.get(type_, (Interest.OTHER, UNKNOWN, False))
    for lei in (start, end):
        gatherer.holding(
            Holding(lei, kind=Kind.ORGANIZATION, identifiers=(("lei", lei),))
        )
    since, until = _period(tie)
    ended = _text(tie, "RelationshipStatus") in ("INACTIVE", "NULL")
    gatherer.stake(
        Stake(
            owner=end,
            owned=start,
            share=share,
            kind=kind,
            indirect=indirect,
            doubt="it ended on a day that is not told" if ended and not until else "",
            position=position,
            spot=Spot(path=type_, raw=_text(record, "Registration", "LastUpdateDate")),
        ),
        since=since,
        until=until,
        fields={"since": "StartDate", "until": "EndDate"},
    )


def _deleted(record: Mapping[str, Any]) -> bool:
    extension = record.get("Extension")
    return isinstance(extension, Mapping) and "Deletion" in extension


def _period(tie: Mapping[str, Any]) -> tuple[str, str]:
    """First and last day of the relationship itself, not of an accounting year."""
    periods: Any = tie.get("RelationshipPeriods") or ()
    if isinstance(periods, Mapping):
        periods = periods.get("RelationshipPeriod") or ()
    for period in periods if isinstance(periods, list) else [periods]:
        if _text(period, "PeriodType") == "RELATIONSHIP_PERIOD":
            return _text(period, "StartDate")[:10], _text(period, "EndDate")[:10]
    return "", ""


def _exception(gatherer: Gatherer, position: str, record: Mapping[str, Any]) -> None:
    """A parent that is withheld may be anyone; that there is none is only said."""
    lei = _text(record, "LEI")
    category = _text(record, "ExceptionCategory")
    reason = _text(record, "ExceptionReason") or _text(record, "ExceptionReasons")
    if not lei or _deleted(record):
        return
    if reason not in _WITHHELD:
        return
    message = (
        f"ExceptionReason: {lei} has a parent that it does not tell ({reason}); it may "
        "be anyone, so that one cannot know whether it is owned: ask for it"
    )
    gatherer.problem("owner_not_told", message, position, lei)
    owner = f"{lei}/{category or 'parent'}"
    gatherer.holding(Holding(lei, kind=Kind.ORGANIZATION, identifiers=(("lei", lei),)))
    gatherer.holding(Holding(owner, "a parent not told", anonymous=True))
    gatherer.stake(
        Stake(
            owner,
            lei,
            OVER_HALF,
            Interest.CONSOLIDATION,
            position=position,
            spot=Spot(path=category, raw=reason),
        )
    )
