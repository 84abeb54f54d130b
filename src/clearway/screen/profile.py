"""A profile: who asks, as a small TOML file of choices."""

import tomllib
from collections.abc import Sequence
from dataclasses import fields
from functools import reduce
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any

from clearway.errors import UsageError
from clearway.screen.config import Configuration

_TYPES: dict[str, tuple[type, ...]] = {
    "threshold": (float, int),
    "stop": (float, int),
    "publishers": (list,),
    "accept_stale": (bool,),
    "most_hits": (int,),
    "weak_alone": (bool,),
    "binds": (list,),
    "roles": (list,),
    "home": (str,),
    "verdicts": (dict,),
}
_BEYOND = {
    "exposure": ("review", "stop"),
    "guidance": ("review", "stop"),
    "red_flag": ("review", "stop"),
    "prohibition": ("stop",),
}
"""What a profile may make of findings: never less than the table of `asker`."""


def shipped() -> tuple[str, ...]:
    """The names of the profiles that come with clearway."""
    folder = files("clearway.screen").joinpath("profiles")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


def load_profile(profile: "str | PathLike[str] | None" = None) -> Configuration:
    """Read a profile by name or path; None is the profile called `default`.

    Several are joined by `+` (`foreign_bank+exporter`): bound by what binds any of
    them, asking every list any of them asks, at the lower threshold. Raises UsageError
    for a profile that is not there, a key nobody reads, a value that makes no sense, or
    two profiles that contradict each other.
    """
    name = "default" if profile is None else str(profile)
    if Path(name).is_file():
        return _checked(_configuration(name, _table(name)))
    found = [_configuration(part, _table(part)) for part in name.split("+")]
    return _checked(reduce(_joined, found))


def _table(name: str) -> dict[str, Any]:
    if name in shipped():
        text = files("clearway.screen").joinpath(f"profiles/{name}.toml").read_text()
    else:
        path = Path(name)
        if not path.is_file():
            known = ", ".join(shipped())
            raise UsageError(f"no profile and no file {name!r}; shipped are: {known}")
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"profile {name} cannot be read: {error}") from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"profile {name}: {error}") from error


def _configuration(name: str, table: dict[str, Any]) -> Configuration:
    known = {field.name for field in fields(Configuration)}
    if unknown := table.keys() - known:
        raise UsageError(
            f"profile {name}: unknown keys: {', '.join(sorted(unknown))}; "
            f"known are {', '.join(sorted(known))}"
        )
    for key, value in table.items():
        wrong = isinstance(value, bool) and bool not in _TYPES[key]
        if wrong or not isinstance(value, _TYPES[key]):
            raise UsageError(f"profile {name}: {key} cannot be {value!r}")
    values = dict(table)
    for key in ("publishers", "binds", "roles"):
        if key in values:
            values[key] = tuple(str(item) for item in values[key])
    _check_persons(name, values.get("binds", ()))
    for sort, verdict in values.get("verdicts", {}).items():
        if verdict not in _BEYOND.get(sort, ()):
            raise UsageError(
                f"profile {name}: verdicts cannot make {verdict!r} of {sort!r}"
            )
    return Configuration(**values)


def _check_persons(name: str, persons: Sequence[str]) -> None:
    if not persons:
        return
    # Imported on use: a name on the command line is answered without the rules.
    from clearway.rules.rule import PERSONS

    for person in persons:
        if person not in PERSONS:
            raise UsageError(
                f"profile {name}: binds nobody called {person!r}; "
                f"known are {', '.join(PERSONS)}"
            )


def _joined(one: Configuration, other: Configuration) -> Configuration:
    """Two profiles as one: whoever holds harder decides."""
    if one.home and other.home and one.home != other.home:
        raise UsageError(f"two homes in one profile: {one.home} and {other.home}")
    everything = not (one.publishers and other.publishers)
    return Configuration(
        threshold=min(one.threshold, other.threshold),
        stop=min(one.stop, other.stop),
        publishers=() if everything else _both(one.publishers, other.publishers),
        accept_stale=one.accept_stale and other.accept_stale,
        most_hits=max(one.most_hits, other.most_hits),
        weak_alone=one.weak_alone or other.weak_alone,
        binds=_both(one.binds, other.binds),
        roles=_both(one.roles, other.roles),
        home=one.home or other.home,
        verdicts={**one.verdicts, **other.verdicts}
        | {
            sort: "stop"
            for sort in one.verdicts.keys() | other.verdicts.keys()
            if "stop" in (one.verdicts.get(sort), other.verdicts.get(sort))
        },
    )


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one + other))


def _checked(config: Configuration) -> Configuration:
    check_thresholds(config)
    return config


def check_thresholds(config: Configuration) -> None:
    """Raise UsageError unless 0 < threshold <= stop <= 1."""
    if not 0 < config.threshold <= config.stop <= 1:
        raise UsageError(
            f"thresholds make no sense: review from {config.threshold}, stop from "
            f"{config.stop}; both lie in 0..1, review not above stop"
        )
