"""Run sections one after the other; one that lacks its data is said to, not hidden."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from clearway.bench.machine import machine
from clearway.bench.report import Part, in_unit
from clearway.bench.sections import SECTIONS, Section
from clearway.bench.setting import DataMissing, Setting
from clearway.errors import ClearwayError, UsageError


def chosen(names: Sequence[str]) -> list[Section]:
    """The sections of these names in their usual order; all if none is named."""
    known = {section.name for section in SECTIONS}
    if strange := [name for name in names if name not in known]:
        listed = ", ".join(section.name for section in SECTIONS)
        raise UsageError(f"no section is called {strange[0]!r}; they are {listed}")
    return [section for section in SECTIONS if not names or section.name in names]


def measured(
    setting: Setting,
    sections: Sequence[Section],
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Part]:
    """What each section found, as it is found."""
    for section in sections:
        began = clock()
        try:
            part = section.run(setting)
        except DataMissing as missing:
            part = Part(section.name, section.meaning, skipped=str(missing))
        except UsageError:
            raise
        except ClearwayError as error:
            part = Part(section.name, section.meaning, skipped=f"failed: {error}")
        part.seconds = clock() - began
        yield part


def head(setting: Setting) -> dict[str, Any]:
    """The machine, the versions, the lists and their sizes, the peers."""
    screener = setting.screener()
    peers = setting.peers
    return {
        "machine": machine(),
        "lists": [str(used) for used in screener.lists],
        "entities": len(screener.compiled),
        "names": len(screener.compiled.index),
        "as_of": setting.day.isoformat(),
        "sample": setting.sample,
        "peers": dict(peers.versions) if peers else {},
    }


def head_lines(facts: dict[str, Any]) -> Iterator[str]:
    """The same as text."""
    about = facts["machine"]
    yield (
        f"measured with clearway {about['clearway']}, Python {about['python']}, "
        f"{about['processor']}, {about['cores']} cores, {about['memory']}, "
        f"{about['system']}, load {about['load']}"
    )
    yield f"and {about['parts']}"
    lists = "; ".join(text.removesuffix(", stale") for text in facts["lists"])
    yield f"lists: {lists}"
    yield f"       {facts['entities']:,} entities, {facts['names']:,} names"
    if facts["peers"]:
        yield "peers: " + ", ".join(f"{k} {v}" for k, v in facts["peers"].items())
    else:
        yield "peers: none asked (--peers PYTHON names an interpreter that has them)"
    if facts["sample"]:
        yield f"sample: at most {facts['sample']:,} rows of each set"


def summary(parts: Sequence[Part]) -> Iterator[str]:
    """Every measure that has a target, on one page."""
    goals = [m for part in parts for m in part.measures if m.target is not None]
    if not goals:
        return
    met = sum(bool(m.target and m.target.met_by(m.value)) for m in goals)
    yield f"== {met} of {len(goals)} targets reached"
    for measure in goals:
        target = measure.target
        assert target is not None
        bound = target.at_least if target.at_least is not None else target.at_most
        assert bound is not None
        word = "from" if target.at_least is not None else "to"
        mark = "     " if target.met_by(measure.value) else " --> "
        if math.isnan(measure.value):
            mark = "   ? "
        yield (
            f"{mark}{measure.key:<26}{measure.shown:>14}   {word} "
            f"{in_unit(bound, measure.unit)}"
        )
