"""A profile: who asks, as a small TOML file of choices."""

import tomllib
from dataclasses import fields
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
}


def shipped() -> tuple[str, ...]:
    """The names of the profiles that come with clearway."""
    folder = files("clearway.screen").joinpath("profiles")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


def load_profile(profile: "str | PathLike[str] | None" = None) -> Configuration:
    """Read a profile by name or path; None is the profile called `default`.

    Raises UsageError for a profile that is not there, a key nobody reads, or a value
    that makes no sense.
    """
    name = "default" if profile is None else str(profile)
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
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"profile {name}: {error}") from error
    return _configuration(name, table)


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
    if "publishers" in values:
        values["publishers"] = tuple(str(item) for item in values["publishers"])
    config = Configuration(**values)
    check_thresholds(config)
    return config


def check_thresholds(config: Configuration) -> None:
    """Raise UsageError unless 0 < threshold <= stop <= 1."""
    if not 0 < config.threshold <= config.stop <= 1:
        raise UsageError(
            f"thresholds make no sense: review from {config.threshold}, stop from "
            f"{config.stop}; both lie in 0..1, review not above stop"
        )
