"""Settings in, working parts out: the one place where the rooms are put together.

Below this module nothing looks at the clock or the environment.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.errors import ListMissing, ListRefused, UsageError
from clearway.lists import readers, reading
from clearway.lists.reader import File, Reader
from clearway.lists.store import Published, Staged, Store
from clearway.lists.version import Version
from clearway.screen.compiled import CompiledSet, compile_set, key_of
from clearway.screen.config import Configuration
from clearway.screen.profile import load_profile
from clearway.screen.screener import Screener
from clearway.screen.screening import ListUsed
from clearway.screen.selftest import Proof, prove
from clearway.settings import Settings

if TYPE_CHECKING:
    from os import PathLike

Progress = Callable[[str, int, int], None]
"""Told what is going on, how much is done and how much there is (0: unknown)."""

_KEPT_SETS = 8
"""Compiled sets kept; older ones are made again when a past day is asked about."""


def _quiet(what: str, done: int, total: int) -> None:
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
        return _screener(self, _quiet)


def open(
    home: "str | PathLike[str] | None" = None,
    as_of: date | str | None = None,
    profile: "str | PathLike[str] | Configuration | None" = None,
    *,
    progress: Progress = _quiet,
) -> Screener:
    """Open a screener on the lists of a home folder, as of a day.

    `home` is the folder where lists are kept (default: CLEARWAY_HOME, else the
    platform's user data folder); `as_of` a date or ISO text (default: today); `profile`
    a profile's name, the path of a TOML file, or a Configuration. Raises ListMissing
    when no list is there for that day.
    """
    return _screener(opener(home, as_of, profile), progress)


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


def _screener(opener: Opener, progress: Progress) -> Screener:
    store = Store(opener.home)
    day = opener.as_of
    versions = store.current(day if opener.day_given else None)
    if not versions:
        raise ListMissing(_nothing_there(store, opener))
    wanted = opener.config.publishers
    held = {version.publisher for version in versions}
    known = {reader.publisher for reader in readers.READERS} | held
    if strange := [name for name in wanted if name not in known]:
        names = ", ".join(sorted(known))
        raise UsageError(f"no publisher is called {strange[0]!r}; known are {names}")
    compiled = open_set(opener.home, store, versions, progress)
    lists = [_used(store, version, day) for version in versions]
    missing = [name for name in wanted if name not in held]
    return Screener(compiled, lists, as_of=day, config=opener.config, missing=missing)


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
    home: Path, store: Store, versions: Sequence[Version], progress: Progress = _quiet
) -> CompiledSet:
    """The compiled set of these versions; compiled now if it is not there yet."""
    directory, files = _compiled(home, store, versions, progress)
    return CompiledSet(directory, files)


def _compiled(
    home: Path, store: Store, versions: Sequence[Version], progress: Progress
) -> tuple[Path, list[Path]]:
    ordered = sorted(versions, key=lambda v: (v.publisher, v.list, v.entities_sha256))
    files = [store.entities_path(version) for version in ordered]
    key = key_of([version.entities_sha256 for version in ordered])
    directory = home / "compiled" / key
    if not CompiledSet.is_ready(directory):
        directory.parent.mkdir(parents=True, exist_ok=True)
        what = "compiling " + ", ".join(f"{v.publisher}/{v.list}" for v in ordered)
        compile_set(files, directory, lambda done, all: progress(what, done, all))
        _forget_old_sets(directory)
    return directory, files


def _forget_old_sets(newest: Path) -> None:
    """Keep the sets made last; any other can be compiled again from its versions."""
    sets = [path for path in newest.parent.iterdir() if CompiledSet.is_ready(path)]
    sets.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in sets[_KEPT_SETS:]:
        shutil.rmtree(path, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a list brought in: the version, the proof, what was said."""

    published: Published
    proof: Proof | None
    problems: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A list to bring in: whose, its file and companions, and where it came from."""

    publisher: str
    files: tuple[File, ...]
    origin: str = ""
    published: date | None = None
    list: str | None = None
    from_publisher: bool = False
    reader: Reader | None = None


def bring_in(
    home: Path,
    incoming: Sequence[Incoming],
    *,
    history: bool = False,
    accept: bool = False,
    prove_coverage: bool = True,
    workers: int = 1,
    progress: Progress = _quiet,
) -> tuple[Added, ...]:
    """Read, guard, compile and prove lists, then let all of them answer, or none.

    ListRefused names what a guard or the coverage proof found; the versions in use
    stay in use, and the refusal is remembered.
    """
    store, moment = Store(home), now()
    staged: list[Staged] = []
    try:
        for one in incoming:
            staged.append(_staged(store, one, moment, progress))
        for one, item in zip(staged, incoming, strict=True):
            verdict = store.guard(
                one, today=moment.date(), history=history, expected=_expected(item, one)
            )
            if reasons := verdict.refusals(accept=accept):
                raise _refused(store, one, moment, reasons)
        proof = None
        if prove_coverage:
            proof = _proof(home, store, staged, history, workers, progress)
        if proof is not None and not proof.whole:
            for one in staged:
                raise _refused(store, one, moment, _exclusions(proof))
        done = store.publish_all(
            staged,
            now=moment,
            history=history,
            accept=accept,
            expected=[_expected(i, s) for i, s in zip(incoming, staged, strict=True)],
        )
    except BaseException:
        for one in staged:
            store.discard(one)
        raise
    return tuple(
        Added(published, proof, one.version.problems, one.notes)
        for published, one in zip(done, staged, strict=True)
    )


def _expected(incoming: Incoming, staged: Staged) -> tuple[str, str]:
    return incoming.publisher, incoming.list or staged.version.list


def _staged(
    store: Store, incoming: Incoming, moment: datetime, progress: Progress
) -> Staged:
    first = incoming.files[0]
    reader = incoming.reader or readers.recognise(incoming.publisher, first)
    what = f"reading {incoming.publisher} {first.name}"
    read = reading.read(
        reader, incoming.files, progress=lambda done: progress(what, done, 0)
    )
    return store.stage(
        read,
        retrieved=moment,
        published=incoming.published,
        origin=incoming.origin,
        from_publisher=incoming.from_publisher,
    )


def _refused(
    store: Store, staged: Staged, moment: datetime, reasons: tuple[str, ...]
) -> ListRefused:
    version = staged.version
    store.refuse(
        version.publisher, version.list, now=moment, file=staged.file, reasons=reasons
    )
    return ListRefused(staged.file, reasons)


def _proof(
    home: Path,
    store: Store,
    staged: Sequence[Staged],
    history: bool,
    workers: int,
    progress: Progress,
) -> Proof | None:
    """Compile the set as it would be and check every name of the lists brought in."""
    new = {(one.version.publisher, one.version.list): one.version for one in staged}
    if all(one.known is not None for one in staged):
        return None
    kept: Sequence[Version] = ()
    if not history:
        kept = [v for v in store.current() if (v.publisher, v.list) not in new]
    versions = [*kept, *new.values()]
    directory, files = _compiled(home, store, versions, progress)
    return prove(
        directory,
        files,
        only=frozenset(
            at
            for at, path in enumerate(files)
            if path in {store.entities_path(version) for version in new.values()}
        ),
        workers=workers,
        progress=lambda done, total: progress("proving coverage", done, total),
    )


def _exclusions(proof: Proof) -> tuple[str, ...]:
    shown = "; ".join(f"{e.name!r} of {e.entity}" for e in proof.exclusions[:5])
    return (
        f"coverage proof failed: {len(proof.exclusions):,} of {proof.names:,} names "
        f"do not find their own entity: {shown}",
    )


def selftest(
    home: Path,
    as_of: date | None = None,
    *,
    workers: int = 1,
    progress: Progress = _quiet,
) -> Proof:
    """The coverage proof over the lists in use, or those of a day."""
    store = Store(home)
    versions = store.current(as_of)
    if not versions:
        raise ListMissing(f"no lists in {home}: run `clearway lists update`")
    directory, files = _compiled(home, store, versions, progress)
    return prove(
        directory,
        files,
        workers=workers,
        progress=lambda done, total: progress("proving coverage", done, total),
    )
