"""How each list stands on a given day: what answers, how old, what was refused."""

from datetime import date
from typing import Any

from clearway.lists.catalogue import Catalogue, Refusal
from clearway.lists.publishers import Directory
from clearway.lists.version import Version, instant

LIVE, STALE, REFUSED, MISSING = "live", "stale", "refused-newer", "missing"
"""In use and young enough; too old; in use but an update was refused; none at hand."""


def age(version: Version, day: date) -> int:
    """Days from publication to that day.

    A publisher that confirmed the version as its newest, on or before that day, makes
    it as good as published on the day it did so.
    """
    since = version.published
    if version.checked is not None and version.checked.date() <= day:
        since = max(since, version.checked.date())
    return (day - since).days


def is_stale(version: Version, day: date, directory: Directory) -> bool:
    """Whether the version is older on that day than its publisher's rhythm allows."""
    info = directory.describe(version.publisher, version.list)
    return age(version, day) > info.rhythm_days


def status(
    catalogue: Catalogue, day: date, directory: Directory
) -> list[dict[str, Any]]:
    """A row for each list, as plain values, sorted by publisher and list."""
    answering = {
        (version.publisher, version.list): version for version in catalogue.current(day)
    }
    refusals = catalogue.refusals()
    return [
        _row(key, answering.get(key), _concerning(refusals, key, day), day, directory)
        for key in catalogue.lists()
    ]


def _row(
    key: tuple[str, str],
    version: Version | None,
    refusal: Refusal | None,
    day: date,
    directory: Directory,
) -> dict[str, Any]:
    info = directory.describe(*key)
    return {
        "publisher": key[0],
        "list": key[1],
        "published": version.published.isoformat() if version else "",
        "retrieved": instant(version.retrieved) if version else "",
        "entities": version.entities if version else 0,
        "names": version.names if version else 0,
        "sha256": version.sha256 if version else "",
        "state": _state(version, refusal, day, directory),
        "distinct": version.distinct if version else 0,
        "age_days": age(version, day) if version else None,
        "rhythm_days": info.rhythm_days,
        "published_by": version.published_by if version else "",
        "checked": instant(version.checked) if version and version.checked else None,
        "history": version.history if version else False,
        "problems": version.problems if version else 0,
        "format": version.format if version else "",
        "origin": version.origin if version else "",
        "title": info.title,
        "refusal": refusal.to_dict() if refusal else None,
    }


def _state(
    version: Version | None, refusal: Refusal | None, day: date, directory: Directory
) -> str:
    if version is None:
        return MISSING
    if is_stale(version, day, directory):
        return STALE
    return REFUSED if refusal else LIVE


def _concerning(
    refusals: tuple[Refusal, ...], key: tuple[str, str], day: date
) -> Refusal | None:
    """The refusal that a question about this list on this day must know of.

    An edition published after the day asked about would not have answered anyway.
    """
    for refusal in refusals:
        if (refusal.publisher, refusal.list) in (key, (key[0], "")):
            known_since = refusal.published or refusal.when.date().isoformat()
            if known_since <= day.isoformat():
                return refusal
    return None
