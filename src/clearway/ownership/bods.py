"""Stakes in the Beneficial Ownership Data Standard, version 0.4.

https://standard.openownership.org/en/0.4.0/. A file is a list of statements, each about
a record (`recordId`) of a person, an entity or a relationship. A later statement about
the same record replaces the earlier one from its date on; `closed` ends it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from clearway.model import Kind, PartialDate
from clearway.model.transaction import Spot
from clearway.ownership.gathering import Gatherer, Reading
from clearway.ownership.objects import content, objects
from clearway.ownership.stake import UNKNOWN, Holding, Interest, Share, Stake

FORMAT = "BODS 0.4"
_LIKELY = "the statement does not say what kind of influence it is"
_TRUST = "a role in a trust or arrangement, which may give control"
_INTERESTS: dict[str, tuple[Interest, str]] = {
    "shareholding": (Interest.SHARES, ""),
    "votingRights": (Interest.VOTING_RIGHTS, ""),
    "appointmentOfBoard": (Interest.BOARD_MAJORITY, ""),
    "controlViaCompanyRulesOrArticles": (Interest.CONTROL, ""),
    "controlByLegalFramework": (Interest.CONTROL, ""),
    "rightsGrantedByContract": (Interest.CONTROL, _LIKELY),
    "conditionalRightsGrantedByContract": (Interest.CONTROL, _LIKELY),
    "otherInfluenceOrControl": (Interest.CONTROL, _LIKELY),
    "trustee": (Interest.CONTROL, _TRUST),
    "protector": (Interest.CONTROL, _TRUST),
    "settlor": (Interest.CONTROL, _TRUST),
    "beneficiaryOfLegalArrangement": (Interest.CONTROL, _TRUST),
    "nominator": (Interest.CONTROL, _TRUST),
    "nominee": (Interest.NOMINEE, ""),
    "boardMember": (Interest.DIRECTOR, ""),
    "boardChair": (Interest.DIRECTOR, ""),
    "seniorManagingOfficial": (Interest.DIRECTOR, ""),
    "rightsToSurplusAssetsOnDissolution": (Interest.OTHER, ""),
    "rightsToProfitOrIncome": (Interest.OTHER, ""),
    "rightToProfitOrIncomeFromAssets": (Interest.OTHER, ""),
    "enjoymentAndUseOfAssets": (Interest.OTHER, ""),
    "unknownInterest": (Interest.SHARES, ""),
    "unpublishedInterest": (Interest.SHARES, ""),
}
_NOBODY = {
    "noBeneficialOwners": "says that it has no beneficial owner",
    "subjectExemptFromDisclosure": "need not tell its owners",
}
"""Reasons for naming no owner which do not mean that there is a hidden one."""

_UNKNOWN_TYPES = frozenset(
    {"anonymousPerson", "unknownPerson", "anonymousEntity", "unknownEntity"}
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement with where it stands and its date."""

    position: str
    data: Mapping[str, Any]
    day: date | None

    @property
    def details(self) -> Mapping[str, Any]:
        found = self.data.get("recordDetails")
        return found if isinstance(found, Mapping) else {}


def stakes(origin: bytes | Path, file: str = "") -> Reading:
    """Every interest of every relationship, with the parties of the file."""
    gatherer = Gatherer(file or (str(origin) if isinstance(origin, Path) else "input"))
    records: dict[str, list[_Statement]] = {}
    for position, data in objects(content(origin, gatherer.file), gatherer):
        _annotations(gatherer, position, data)
        if (key := str(data.get("recordId") or "")) and "recordType" in data:
            statement = _Statement(position, data, _day(data, gatherer, position))
            records.setdefault(key, []).append(statement)
            continue
        old = "statementType" in data
        message = (
            "is a statement of BODS before 0.4; convert the file to 0.4"
            if old
            else "is no BODS statement: recordId or recordType is missing"
        )
        code = "old_statement" if old else "not_a_statement"
        gatherer.problem(code, message + "; it was left out", position)
    for key, versions in records.items():
        versions.sort(key=lambda s: s.day or date.min)
        kind = versions[-1].data.get("recordType")
        if kind == "relationship":
            _relationship(gatherer, key, versions)
        elif kind in ("entity", "person"):
            gatherer.holding(_holding(key, str(kind), versions[-1].details))
        else:
            message = f"recordType: {kind!r} is none of BODS; it was left out"
            gatherer.problem("unknown_record", message, versions[-1].position, key)
    return gatherer.reading(FORMAT)


def _day(data: Mapping[str, Any], gatherer: Gatherer, position: str) -> date | None:
    text = str(data.get("statementDate") or "")
    try:
        found = gatherer.date(text, "statementDate", position)
    except ValueError:
        return None
    return found.earliest if found else None


def _annotations(gatherer: Gatherer, position: str, data: Mapping[str, Any]) -> None:
    """What the publisher remarks on a statement goes with it, for a person to read."""
    for note in _items(data, "annotations"):
        said = str(note.get("description") or note.get("motivation") or "")
        target = str(note.get("statementPointerTarget") or "the whole statement")
        message = f"the publisher remarks on {target}: {said}"
        gatherer.problem("annotated", message, position, said)


def _holding(key: str, kind: str, details: Mapping[str, Any]) -> Holding:
    type_ = details.get("personType") or _mapping(details, "entityType").get("type")
    names = [str(n.get("fullName") or "") for n in _items(details, "names")]
    name = str(details.get("name") or next(iter(names), ""))
    more = (*names, *map(str, _list(details, "alternateNames")))
    places = [*_items(details, "nationalities"), _mapping(details, "jurisdiction")]
    return Holding(
        id=key,
        name=name,
        names=tuple(n for n in dict.fromkeys(more) if n and n != name),
        kind=Kind.PERSON if kind == "person" else Kind.ORGANIZATION,
        countries=tuple(dict.fromkeys(str(p["code"]) for p in places if p.get("code"))),
        identifiers=tuple(
            (str(i.get("scheme") or ""), str(i["id"]))
            for i in _items(details, "identifiers")
            if i.get("id")
        ),
        birth_date=str(details.get("birthDate") or ""),
        anonymous=str(type_) in _UNKNOWN_TYPES,
    )


def _list(details: Mapping[str, Any], key: str) -> list[Any]:
    found = details.get(key)
    return found if isinstance(found, list) else []


def _items(details: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [item for item in _list(details, key) if isinstance(item, Mapping)]


def _mapping(details: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = details.get(key)
    return found if isinstance(found, Mapping) else {}


def _relationship(gatherer: Gatherer, key: str, versions: Iterable[_Statement]) -> None:
    """Each version from its date until the next; the first from when it began."""
    ordered = [*versions]
    for at, version in enumerate(ordered):
        if version.data.get("recordStatus") == "closed":
            continue  # it only says until when the version before it holds
        after = ordered[at + 1] if at + 1 < len(ordered) else None
        if after is not None and after.day == version.day:
            continue  # replaced on its own day
        first = version.day if at else None
        last = after.day - timedelta(days=1) if after and after.day else None
        _interests(gatherer, key, version, first, last)
    closed = [s for s in ordered if s.data.get("recordStatus") == "closed"]
    if closed and len(ordered) == len(closed):
        for one in closed:
            _interests(gatherer, key, one, None, one.day)


def _interests(
    gatherer: Gatherer,
    key: str,
    version: _Statement,
    first: date | None,
    last: date | None,
) -> None:
    details, position = version.details, version.position
    subject, party = details.get("subject"), details.get("interestedParty")
    if not isinstance(subject, str) or not subject:
        message = "subject: no party is named; the relationship was left out"
        gatherer.problem("party_missing", message, position, key)
        return
    owner = _owner(gatherer, key, subject, party, position)
    if owner is None:
        return
    interests = _items(details, "interests") or [{}]
    for number, interest in enumerate(interests):
        kind, doubt = _kind(gatherer, interest, position)
        if interest.get("directOrIndirect") == "unknown":
            doubt = doubt or "it is not said whether it is held through others"
        since, until = _window(gatherer, interest, first, last, position)
        gatherer.stake(
            Stake(
                owner,
                subject,
                _share(gatherer, interest.get("share"), position),
                kind,
                indirect=interest.get("directOrIndirect") == "indirect",
                doubt=doubt,
                position=position,
                spot=Spot(
                    path=f"{key}/interests/{number}",
                    raw=str(interest.get("details") or ""),
                ),
            ),
            since=since,
            until=until,
            fields={"since": "startDate", "until": "endDate"},
        )


def _owner(
    gatherer: Gatherer, key: str, subject: str, party: Any, position: str
) -> str | None:
    if isinstance(party, str) and party:
        return party
    reason = str(party.get("reason") or "") if isinstance(party, Mapping) else ""
    said = str(party.get("description") or "") if isinstance(party, Mapping) else ""
    if reason in _NOBODY:
        message = f"interestedParty: {subject} {_NOBODY[reason]} ({reason})"
        gatherer.problem("no_owner_told", message, position, said)
        return None
    what = reason or "no reason given"
    message = (
        f"interestedParty: who owns {subject} is not told ({what}); it may be anyone, "
        "so that one cannot know whether it is owned: ask for its owners"
    )
    gatherer.problem("owner_not_told", message, position, said or subject)
    owner = f"{key}/interestedParty"
    gatherer.holding(Holding(owner, "an owner not told", anonymous=True))
    return owner


def _kind(
    gatherer: Gatherer, interest: Mapping[str, Any], position: str
) -> tuple[Interest, str]:
    type_ = str(interest.get("type") or "unknownInterest")
    if type_ in _INTERESTS:
        return _INTERESTS[type_]
    message = f"type: {type_!r} is no interest of BODS 0.4; it decides nothing"
    gatherer.problem("unknown_interest", message, position, type_)
    return Interest.OTHER, ""


def _window(
    gatherer: Gatherer,
    interest: Mapping[str, Any],
    first: date | None,
    last: date | None,
    position: str,
) -> tuple[str, str]:
    """The interest's own dates, within those of the statement that tells it."""
    since = str(interest.get("startDate") or "")
    until = str(interest.get("endDate") or "")
    if first is not None and _before(since, first):
        since = first.isoformat()
    if last is not None and not (until and _before(until, last)):
        until = last.isoformat()
    return since, until


def _before(text: str, day: date) -> bool:
    """Whether a date, if there is one that can be read, lies before a day."""
    if not text:
        return True
    try:
        return PartialDate.parse(text).latest < day
    except ValueError:
        return False


def _share(gatherer: Gatherer, share: Any, position: str) -> Share:
    if not isinstance(share, Mapping):
        return UNKNOWN
    if share.get("exact") is not None:
        return gatherer.share(str(share["exact"]), "share.exact", position)
    over, under = share.get("exclusiveMinimum"), share.get("exclusiveMaximum")
    low = over if _number(over) else share.get("minimum")
    high = under if _number(under) else share.get("maximum")
    over_ = _number(over) or over is True
    under_ = _number(under) or under is True
    ends = []
    for field, value, default in (("minimum", low, 0), ("maximum", high, 100)):
        text = str(default if value is None else value)
        found = gatherer.share(text, f"share.{field}", position)
        if not found.exact:
            return UNKNOWN
        ends.append(found.least)
    if ends[0] > ends[1]:
        message = (
            f"share: from {low} to {high} has its ends exchanged; taken as unknown"
        )
        gatherer.problem("impossible_share", message, position, f"{low} {high}")
        return UNKNOWN
    if ends[0] == ends[1]:
        return Share.exactly(ends[0])
    low_open = over_ and low is not None
    high_open = under_ and high is not None and ends[1] > Fraction(0)
    return Share(ends[0], ends[1], over=low_open, under=high_open)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
