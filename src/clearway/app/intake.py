"""Bring lists in: read, guard, compile, prove, and only then let them answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from clearway.app.opening import Progress, compiled, now, quiet
from clearway.errors import (
    ListError,
    ListMissing,
    ListRefused,
    ListUnavailable,
    ListUnreadable,
)
from clearway.index.index import Index
from clearway.lists import readers, reading, sample, starter
from clearway.lists.intake import Published, Staged
from clearway.lists.publishers import ListInfo, directory
from clearway.lists.reader import File, Reader
from clearway.lists.store import Store
from clearway.lists.version import Version
from clearway.scale.local import cores
from clearway.screen.candidates import warm
from clearway.screen.selftest import Exclusion, Proof, prove

if TYPE_CHECKING:
    from clearway.lists.fetch import Fetched

    Fetcher = Callable[[ListInfo, Path], Fetched]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A list to bring in: whose, its file and companions, and where it came from.

    `list` is the list expected, where it is known; `published` dates a file that
    carries no date of its own.
    """

    publisher: str
    files: tuple[File, ...]
    origin: str = ""
    published: date | None = None
    list: str | None = None
    from_publisher: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one list: published and proved, or the error that stopped it."""

    what: str
    published: Published | None = None
    proof: Proof | None = None
    problems: int = 0
    notes: tuple[str, ...] = ()
    error: ListError | None = None


@dataclass(slots=True)
class _Job:
    """A list on its way in."""

    incoming: Incoming
    staged: Staged | None = None
    error: ListError | None = None
    published: Published | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def expected(self) -> tuple[str, str]:
        assert self.staged is not None
        name = self.incoming.list or self.staged.version.list
        return self.incoming.publisher, name

    def outcome(self, proof: Proof | None) -> Outcome:
        incoming = self.incoming
        what = incoming.files[0].name
        if self.staged is not None:
            what = f"{self.staged.version.publisher}/{self.staged.version.list}"
        return Outcome(
            what=what,
            published=self.published,
            proof=proof if self.published else None,
            problems=self.staged.version.problems if self.staged else 0,
            notes=self.notes,
            error=self.error,
        )


def bring_in(
    home: Path,
    incoming: Sequence[Incoming],
    *,
    history: bool = False,
    accept: bool = False,
    prove_coverage: bool = True,
    workers: int | None = None,
    progress: Progress = quiet,
) -> tuple[Outcome, ...]:
    """Bring lists in; those that pass every guard and the proof go live together.

    A list that is refused or unreadable does not hold up the others: its outcome
    carries the error, the last good version stays in use, and the refusal is
    remembered.
    """
    store, moment = Store(home), now()
    jobs = [_Job(item) for item in incoming]
    try:
        for job in jobs:
            _stage(store, job, moment, history, accept, progress)
        good = [job for job in jobs if job.error is None]
        proof = None
        while good and prove_coverage:
            proof = _proof(home, store, good, history, workers, progress)
            if proof is None or proof.whole:
                break
            _refuse_unfound(store, good, moment, proof)
            good = [job for job in good if job.error is None]
        _publish(store, good, history, accept)
    finally:
        for job in jobs:
            if job.staged is not None and job.published is None:
                store.discard(job.staged)
    return tuple(job.outcome(proof) for job in jobs)


def _stage(
    store: Store,
    job: _Job,
    moment: datetime,
    history: bool,
    accept: bool,
    progress: Progress,
) -> None:
    incoming = job.incoming
    first = incoming.files[0]
    try:
        reader = _reader(incoming)
        what = f"reading {incoming.publisher} {first.name}"
        read = reading.read(
            reader, incoming.files, progress=lambda done: progress(what, done, 0)
        )
        job.staged = store.stage(
            read,
            retrieved=moment,
            published=incoming.published,
            origin=incoming.origin,
            from_publisher=incoming.from_publisher,
        )
        job.notes = job.staged.notes
        verdict = store.guard(job.staged, history=history, expected=job.expected)
        if reasons := verdict.refusals(accept=accept):
            raise ListRefused(first.name, reasons)
    except (ListRefused, ListUnreadable) as error:
        job.error = error
        reasons = error.reasons if isinstance(error, ListRefused) else (str(error),)
        name = job.expected[1] if job.staged else incoming.list or ""
        own = job.staged.version.list if job.staged else name
        if name != own and not incoming.from_publisher:
            return  # a slip of whoever added it: no update of any list has failed
        store.refuse(
            incoming.publisher, name, now=moment, file=first.name, reasons=reasons
        )


def _reader(incoming: Incoming) -> Reader:
    return readers.recognise(incoming.publisher, incoming.files[0])


def _proof(
    home: Path,
    store: Store,
    jobs: Sequence[_Job],
    history: bool,
    workers: int | None,
    progress: Progress,
) -> Proof | None:
    """Compile the set as it would be and check every name of the lists brought in."""
    staged = [job.staged for job in jobs if job.staged is not None]
    fresh = [one.version for one in staged if not one.adds_nothing]
    if not fresh:
        return None
    new = {(version.publisher, version.list) for version in fresh}
    kept: Iterable[Version] = ()
    if not history:
        kept = [v for v in store.current() if (v.publisher, v.list) not in new]
    folder, files = compiled(home, store, [*kept, *fresh], progress)
    progress("making the matcher ready for this machine", 0, 0)
    warm(Index(folder))
    paths = {store.entities_path(version) for version in fresh}
    return prove(
        folder,
        files,
        only=frozenset(at for at, path in enumerate(files) if path in paths),
        workers=cores() if workers is None else workers,
        progress=lambda done, total: progress("proving coverage", done, total),
    )


def _refuse_unfound(
    store: Store, jobs: Sequence[_Job], moment: datetime, proof: Proof
) -> None:
    """Refuse the lists that hold a name which is not found; all, if none is to blame.

    The others are proved again without them.
    """
    unfound = [_unfound(store, job, proof) for job in jobs]
    if not any(unfound):
        unfound = [proof.exclusions for _ in jobs]
    for job, exclusions in zip(jobs, unfound, strict=True):
        if exclusions:
            _refuse(store, job, moment, exclusions)


def _unfound(store: Store, job: _Job, proof: Proof) -> tuple[Exclusion, ...]:
    """The exclusions whose entity this list names."""
    assert job.staged is not None
    wanted = {exclusion.entity for exclusion in proof.exclusions}
    held = {e.id for e in store.entities(job.staged.version) if e.id in wanted}
    return tuple(e for e in proof.exclusions if e.entity in held)


def _refuse(
    store: Store, job: _Job, moment: datetime, exclusions: tuple[Exclusion, ...]
) -> None:
    publisher, name = job.expected
    file = job.incoming.files[0].name
    shown = "; ".join(f"{e.name!r} of {e.entity}" for e in exclusions[:5])
    reason = (
        f"coverage proof failed: {len(exclusions):,} of its names do not find their "
        f"own entity: {shown}"
    )
    store.refuse(publisher, name, now=moment, file=file, reasons=(reason,))
    job.error = ListRefused(file, (reason,))


def _publish(store: Store, jobs: Sequence[_Job], history: bool, accept: bool) -> None:
    if not jobs:
        return
    staged = [job.staged for job in jobs if job.staged is not None]
    done = store.publish_all(
        staged,
        history=history,
        accept=accept,
        expected=[job.expected for job in jobs],
    )
    for job, published in zip(jobs, done, strict=True):
        job.published = published


def incoming_at(
    publisher: str,
    path: Path,
    *,
    published: date | None = None,
    list: str | None = None,
) -> Incoming:
    """A file at a path, with the companions that lie beside it."""
    files = readers.files_at(path)
    return Incoming(publisher, files, str(path), published, list)


def update(
    home: Path,
    publishers: tuple[str, ...] = (),
    *,
    accept: bool = False,
    fetcher: "Fetcher | None" = None,
    workers: int | None = None,
    progress: Progress = quiet,
) -> tuple[Outcome, ...]:
    """Fetch the current lists from their publishers and bring in what is new.

    A list that cannot be had does not hold up the others. Closed lists are passed
    over and said so. `fetcher` is for tests.
    """
    outcomes: list[Outcome] = []
    incoming: list[Incoming] = []
    store = Store(home)
    for info in directory().fetchable(publishers):
        what = f"{info.publisher}/{info.list}"
        if info.closed is not None and info.closed <= now().date():
            note = f"closed since {info.closed}: {info.closed_note}"
            outcomes.append(Outcome(what, notes=(note,)))
            continue
        try:
            found = (fetcher or _fetched(progress))(info, store.downloads)
        except ListUnavailable as error:
            outcomes.append(Outcome(what, error=error))
            continue
        confirmed = store.confirm(info.publisher, info.list, found.sha256, now=now())
        if confirmed is not None:
            note = f"unchanged: {confirmed.id} is still the newest"
            outcomes.append(Outcome(what, notes=(note,)))
            continue
        incoming.append(
            Incoming(
                info.publisher,
                (File.at(found.path),),
                found.url,
                list=info.list,
                from_publisher=True,
            )
        )
    outcomes += bring_in(
        home, incoming, accept=accept, workers=workers, progress=progress
    )
    return tuple(outcomes)


def _fetched(progress: Progress) -> "Fetcher":
    def fetched(info: ListInfo, folder: Path) -> "Fetched":
        from clearway.lists.fetch import fetch_first

        what = f"fetching {info.publisher}/{info.list}"
        return fetch_first(
            info.urls,
            folder,
            f"{info.publisher}-{info.list}",
            progress=lambda done, total: progress(what, done, total or 0),
        )

    return fetched


def bring_sample(
    home: Path,
    *,
    source: Path | None = None,
    workers: int | None = None,
    progress: Progress = quiet,
) -> tuple[Outcome, ...]:
    """Bring in the official OFAC, EU and UN lists of May 2024.

    They come with a package through pip, or from `source`. ListUnavailable where they
    cannot be had. They never replace newer versions: those stay current and the
    sample is filed as history.
    """
    with TemporaryDirectory() as folder:
        progress("bringing the sample lists through pip", 0, 0)
        found = sample.bring(Path(folder), source=source)
        incoming = [
            Incoming(file.publisher, (File.at(path),), found.origin, list=file.list)
            for file, path in found.paths
        ]
        held = {(v.publisher, v.list) for v in Store(home).current()}
        outcomes: list[Outcome] = []
        for history in (False, True):
            part = [i for i in incoming if ((i.publisher, i.list) in held) is history]
            outcomes += bring_in(
                home, part, history=history, workers=workers, progress=progress
            )
        return tuple(outcomes)


def bring_starter(
    home: Path, *, workers: int | None = None, progress: Progress = quiet
) -> tuple[Outcome, ...]:
    """Bring in the small starter list that ships with clearway."""
    file = starter.file()
    item = Incoming(starter.READER.publisher, (file,), "shipped with clearway")
    return bring_in(home, [item], workers=workers, progress=progress)


def selftest(
    home: Path,
    as_of: date | None = None,
    *,
    workers: int | None = None,
    progress: Progress = quiet,
) -> Proof:
    """The coverage proof over all lists in use, or those of a day."""
    store = Store(home)
    versions = store.current(as_of)
    if not versions:
        raise ListMissing(f"no lists in {home}: run `clearway lists update`")
    folder, files = compiled(home, store, versions, progress)
    return prove(
        folder,
        files,
        workers=cores() if workers is None else workers,
        progress=lambda done, total: progress("proving coverage", done, total),
    )
