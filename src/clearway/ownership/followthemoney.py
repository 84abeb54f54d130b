"""Stakes in FollowTheMoney: Ownership and Directorship between entities.

As OpenSanctions, OpenOwnership and Aleph export it: one entity a line, a stake being an
entity of its own that names the owner and the asset.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clearway.interop import ftm_schema as ftm
from clearway.interop.ftm_facts import nested, values
from clearway.model.transaction import Spot
from clearway.ownership.gathering import Gatherer, Reading, kind_of_role
from clearway.ownership.objects import content, objects
from clearway.ownership.stake import UNKNOWN, Holding, Interest, Stake

FORMAT = "FollowTheMoney"
_SCHEMATA = {
    "Ownership": ("owner", "asset", Interest.SHARES),
    "Directorship": ("director", "organization", Interest.DIRECTOR),
    "Succession": ("predecessor", "successor", Interest.OTHER),
    "UnknownLink": ("subject", "object", Interest.OTHER),
}
_ROLES = ("ownershipType", "role", "summary")
_INDIRECT = ("indirect", "косвен", "间接")


def stakes(origin: bytes | Path, file: str = "") -> Reading:
    """Every stake and every party of a file of entities."""
    gatherer = Gatherer(file or (str(origin) if isinstance(origin, Path) else "input"))
    for position, data in objects(content(origin, gatherer.file), gatherer):
        _entity(gatherer, position, data)
    return gatherer.reading(FORMAT)


def _entity(gatherer: Gatherer, position: str, data: Mapping[str, Any]) -> None:
    schema = str(data.get("schema", ""))
    if not isinstance(data.get("properties"), Mapping):
        message = "is no entity: it has no properties; it was left out"
        gatherer.problem("not_an_entity", message, position, schema)
        return
    for _, other in nested(data):
        _entity(gatherer, position, other)
    if schema in _SCHEMATA:
        _stake(gatherer, position, data, schema)
    elif schema in ftm.PARTIES:
        _party(gatherer, data)


def _party(gatherer: Gatherer, data: Mapping[str, Any]) -> None:
    names = dict.fromkeys(text for prop in ftm.NAMES for text in values(data, prop))
    caption = str(data.get("caption") or next(iter(names), ""))
    ids = tuple(
        (kind, value)
        for prop, kind in ftm.IDENTIFIERS.items()
        for value in values(data, prop)
    )
    countries = (text for prop in ftm.COUNTRIES for text in values(data, prop))
    gatherer.holding(
        Holding(
            id=str(data.get("id", "")),
            name=caption,
            names=tuple(name for name in names if name != caption),
            kind=ftm.PARTIES[str(data["schema"])],
            countries=tuple(dict.fromkeys(countries)),
            identifiers=ids,
            birth_date=next(iter(values(data, "birthDate")), ""),
        )
    )


def _stake(
    gatherer: Gatherer, position: str, data: Mapping[str, Any], schema: str
) -> None:
    above, below, kind = _SCHEMATA[schema]
    owners, assets = values(data, above), values(data, below)
    key = str(data.get("id", ""))
    if not owners or not assets:
        missing = above if not owners else below
        message = f"{missing}: the {schema} names none; it was left out"
        gatherer.problem("party_missing", message, position, key)
        return
    percentages = values(data, "percentage")
    share = UNKNOWN
    if kind is Interest.SHARES and percentages:
        share = gatherer.share(percentages[0], "percentage", position)
    if len(percentages) > 1:
        message = "percentage: several are given; the share was taken as unknown"
        text = "; ".join(percentages)
        gatherer.problem("more_than_one", message, position, text)
        share = UNKNOWN
    words = " ".join(text for prop in _ROLES for text in values(data, prop))
    if schema == "Ownership" and words:
        told = kind_of_role(words, Interest.SHARES)
        kind = told if told is not Interest.DIRECTOR else Interest.SHARES
    since = next(iter(values(data, "startDate")), "")
    until = next(iter(values(data, "endDate")), "")
    for owner in owners:
        for asset in assets:
            gatherer.stake(
                Stake(
                    owner,
                    asset,
                    share,
                    kind,
                    indirect=any(mark in words.casefold() for mark in _INDIRECT),
                    position=position,
                    spot=Spot(path=f"{key}/percentage", raw="; ".join(percentages)),
                ),
                since=since,
                until=until,
                fields={"since": "startDate", "until": "endDate"},
            )
