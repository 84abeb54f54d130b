"""The coverage proof: each listed name is checked and must find its own entity."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from clearway.match.names import NOTHING, compare, distinct
from clearway.match.score import name_alone
from clearway.match.subject import of_party
from clearway.model import Party
from clearway.names.analyse import analyse
from clearway.screen.compiled import CompiledSet
from clearway.screen.config import Configuration
from clearway.screen.processes import pool
from clearway.screen.screener import Screener

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A listed name that does not find its own entity at the top, and what it found."""

    name: str
    entity: str
    found: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How many names were checked, and which of them are silently excluded."""

    names: int
    entities: int
    exclusions: tuple[Exclusion, ...]

    @property
    def whole(self) -> bool:
        """Whether every name finds its entity; only then may a list go live."""
        return not self.exclusions


def prove(
    directory: Path,
    entity_files: list[Path],
    *,
    only: frozenset[int] | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Proof:
    """Check every name, alias, weak alias and original-script spelling of a set.

    With `only`, those whose entity stands in one of these entity files (by position).
    A name passes if its entity is a hit and no hit scores higher.
    """
    compiled = CompiledSet(directory, entity_files)
    total = len(compiled.index)
    spans = [(at, min(at + _CHUNK, total)) for at in range(0, total, _CHUNK)]
    exclusions: list[Exclusion] = []
    names = done = 0
    entities: set[int] = set()
    for start, end, checked, seen, failed in _run(
        directory, entity_files, only, spans, workers
    ):
        names += checked
        entities |= seen
        exclusions += failed
        done += end - start
        progress(done, total)
    exclusions.sort(key=lambda e: (e.entity, e.name))
    return Proof(names, len(entities), tuple(exclusions))


_Part = tuple[int, int, int, set[int], list[Exclusion]]


def _run(
    directory: Path,
    files: list[Path],
    only: frozenset[int] | None,
    spans: list[tuple[int, int]],
    workers: int,
) -> Iterator[_Part]:
    if workers < 2 or len(spans) < 4:
        screener = _open(directory, files)
        for start, end in spans:
            yield _prove_span(screener, only, start, end)
        return
    with pool(workers, _start, directory, files) as executor:
        jobs = [executor.submit(_work, only, start, end) for start, end in spans]
        for job in jobs:
            yield job.result()


_screener: Screener | None = None


def _start(directory: Path, files: list[Path]) -> None:
    global _screener
    _screener = _open(directory, files)


def _work(only: frozenset[int] | None, start: int, end: int) -> _Part:
    assert _screener is not None
    return _prove_span(_screener, only, start, end)


def _open(directory: Path, files: list[Path]) -> Screener:
    config = Configuration(accept_stale=True, weak_alone=True)
    compiled = CompiledSet(directory, files)
    return Screener(compiled, (), as_of=date.min, config=config)


def _prove_span(
    screener: Screener, only: frozenset[int] | None, start: int, end: int
) -> _Part:
    compiled = screener.compiled
    checked = 0
    seen: set[int] = set()
    failed: list[Exclusion] = []
    for name in range(start, end):
        bearers = compiled.index.bearers(name)
        if only is not None:
            bearers = [b for b in bearers if not only.isdisjoint(compiled.files_of(b))]
        if not bearers:
            continue
        text = compiled.index.text(name)
        checked += 1
        seen.update(bearers)
        if not _tops(screener, text).issuperset(bearers):
            failed += _checked_whole(screener, text, bearers)
    return start, end, checked, seen, failed


def _tops(screener: Screener, text: str) -> set[int]:
    """Entities that reach the highest score the words of a name allow.

    No other entity can score higher, so nothing else need be compared to prove that
    they are found at the top.
    """
    asked, _ = of_party(Party(text))
    index = screener.compiled.index
    best = name_alone(replace(NOTHING, score=1.0, distinct=distinct(asked.names[0])))
    if best < screener.config.threshold:
        return set()
    tops: set[int] = set()
    for name in index.equal(asked.names[0]):
        listed = analyse(index.text(name), index.kind(name))
        if name_alone(compare(asked.names[0], listed, index.kind(name))) >= best:
            tops.update(index.bearers(name))
    return tops


def _checked_whole(
    screener: Screener, text: str, bearers: list[int]
) -> Iterator[Exclusion]:
    """The exclusions among the bearers of a name that is checked like any other."""
    hits = screener.check(Party(text)).hits
    top = hits[0].score if hits else 0.0
    tops = {hit.entity.id for hit in hits if hit.score == top}
    for bearer in bearers:
        ident = screener.compiled.id_of(bearer)
        if ident not in tops:
            found = f"{hits[0].entity.id} ({top})" if hits else "nothing"
            yield Exclusion(text, ident, found)
