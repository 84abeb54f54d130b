"""Settings in, working parts out: the one place where the rooms are put together.

Below this module nothing looks at the clock or the environment.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.errors import ListMissing, StoreError, UsageError
from clearway.lists.store import Store
from clearway.lists.version import Version
from clearway.scale import local
from clearway.screen.compiled import CompiledSet, compile_set, key_of
from clearway.screen.config import Configuration
from clearway.screen.profile import load_profile
from clearway.screen.screener import Screener
from clearway.screen.screening import ListUsed
from clearway.settings import Settings

if TYPE_CHECKING:
    from os import PathLike

Progress = Callable[[str, int, int], None]
"""Told what is going on, how much is done and how much there is (0: unknown)."""

_KEPT_SETS = 8
"""Compiled sets kept; older ones are made again when a past day is asked about."""


def quiet(what: str, done: int, total: int) -> None:
    """Say nothing."""


def now() -> datetime:
    """The moment of the call, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opener:
    """All that is needed to open a screener again, here or in another process."""

    home: Path
    as_of: date
    day_given: bool
    config: Configuration

    def __call__(self) -> Screener:
        """Open it, compiling the set first if nobody has yet."""
        return screener_of(self, quiet)


def open(
    home: "str | PathLike[str] | None" = None,
    as_of: date | str | None = None,
    profile: "str | PathLike[str] | Configuration | None" = None,
    *,
    progress: Progress = quiet,
) -> Screener:
    """Open a screener on the lists of a home folder, as of a day.

    `home` is the folder where lists are kept (default: CLEARWAY_HOME, else the
    platform's user data folder); `as_of` a date or ISO text (default: today); `profile`
    a profile's name, the path of a TOML file, or a Configuration. Raises ListMissing
    when no list is there for that day.
    """
    return screener_of(opener(home, as_of, profile), progress)


def opener(
    home: "str | PathLike[str] | None" = None,
    as_of: date | str | None = None,
    profile: "str | PathLike[str] | Configuration | None" = None,
) -> Opener:
    """What `open` needs, settled: the home folder, the day, the configuration."""
    config = profile if isinstance(profile, Configuration) else load_profile(profile)
    day = _day(as_of)
    folder = Settings.read(None if home is None else Path(home)).home
    return Opener(folder, day or now().date(), day is not None, config)


def _day(as_of: date | str | None) -> date | None:
    if as_of is None or isinstance(as_of, date):
        return as_of
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise UsageError(f"not a day: {as_of!r}; write it as 2024-05-17") from None


def screener_of(opener: Opener, progress: Progress) -> Screener:
    """The screener an opener describes; compiling is shown to `progress`."""
    store = Store(opener.home)
    day = opener.as_of
    versions = _in_order(store.current(day if opener.day_given else None))
    if not versions:
        raise ListMissing(_nothing_there(store, opener))
    wanted = opener.config.publishers
    held = {version.publisher for version in versions}
    missing = [name for name in wanted if name not in held]
    if missing:
        _refuse_unknown(missing, held)
    if wanted and len(missing) == len(wanted):
        names = ", ".join(missing)
        raise ListMissing(f"no list of {names} is kept: run `clearway lists update`")
    return Screener(
        open_set(opener.home, store, versions, progress),
        [_used(store, version, day) for version in versions],
        as_of=day,
        config=opener.config,
        missing=missing,
        many=local.check_many,
    )


def _refuse_unknown(names: Sequence[str], held: set[str]) -> None:
    # Imported on use: the readers cost a cold start more than all the rest.
    from clearway.lists import readers

    known = {reader.publisher for reader in readers.READERS} | held
    if strange := [name for name in names if name not in known]:
        listed = ", ".join(sorted(known))
        raise UsageError(f"no publisher is called {strange[0]!r}; known are {listed}")


def _in_order(versions: Iterable[Version]) -> list[Version]:
    """The order in which a set is compiled; its key depends on it."""
    return sorted(versions, key=lambda v: (v.publisher, v.list, v.entities_sha256))


def _nothing_there(store: Store, opener: Opener) -> str:
    held = store.versions()
    if not held:
        return (
            f"no lists in {opener.home}: run `clearway lists update` (official lists), "
            "`clearway lists sample` (lists of May 2024) or `clearway lists add`"
        )
    first = min(version.published for version in held)
    return (
        f"no list was published on or before {opener.as_of}: the oldest kept is of "
        f"{first}; add older ones with `clearway lists add --history`"
    )


def _used(store: Store, version: Version, day: date) -> ListUsed:
    return ListUsed(
        publisher=version.publisher,
        list=version.list,
        published=version.published.isoformat(),
        retrieved=version.retrieved.isoformat(),
        sha256=version.sha256,
        entities=version.census.records,
        stale=store.is_stale(version, day),
    )


def open_set(
    home: Path, store: Store, versions: Sequence[Version], progress: Progress = quiet
) -> CompiledSet:
    """The compiled set of these versions; compiled now if it is not there yet."""
    directory, files = compiled(home, store, versions, progress)
    return CompiledSet(directory, files)


def compiled(
    home: Path, store: Store, versions: Sequence[Version], progress: Progress
) -> tuple[Path, list[Path]]:
    """Where these versions are compiled, and the entity files in their order."""
    ordered = _in_order(versions)
    files = [store.entities_path(version) for version in ordered]
    key = key_of([version.entities_sha256 for version in ordered])
    directory = home / "compiled" / key
    if not CompiledSet.is_ready(directory):
        what = "compiling " + ", ".join(f"{v.publisher}/{v.list}" for v in ordered)
        try:
            directory.parent.mkdir(parents=True, exist_ok=True)
            compile_set(files, directory, lambda done, all: progress(what, done, all))
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(f"{directory}: cannot be compiled: {reason}") from error
        _forget_old_sets(directory)
    return directory, files


def _forget_old_sets(newest: Path) -> None:
    """Keep the sets made last; any other can be compiled again from its versions."""
    sets = [path for path in newest.parent.iterdir() if CompiledSet.is_ready(path)]
    sets.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in sets[_KEPT_SETS:]:
        shutil.rmtree(path, ignore_errors=True)
