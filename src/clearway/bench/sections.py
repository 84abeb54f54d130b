"""The sections of the benchmark, in the order in which they are printed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from clearway.bench.report import Part
from clearway.bench.setting import Setting


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the benchmark; `module` has a `run(setting)` that answers it."""

    name: str
    meaning: str
    module: str

    def run(self, setting: Setting) -> Part:
        """Measure; the module is imported now, not before."""
        call: Callable[[Setting], Part] = import_module(
            f"clearway.bench.{self.module}"
        ).run
        return call(setting)


SECTIONS = (
    Section("pairs", "labelled pairs of names: F1, area under the curve", "pairs"),
    Section("un", "altered names of the UN list: recall at review", "listed"),
    Section("negatives", "people on no list: false alerts", "negatives"),
    Section(
        "lei", "real companies: false alerts, the listed judged apart", "companies"
    ),
    Section("cross", "parties named by two lists: is the other the top hit", "across"),
    Section("ssb", "sanctions-screening-benchmark over the SDN list", "published"),
    Section("evasion", "disguised names: caught, and false alerts", "evading"),
    Section("speed", "names a second, milliseconds a name, a cold command", "speed"),
    Section("million", "a million listed names: compiling, memory, asking", "million"),
    Section("owning", "a million stakes: who is owned, how fast, in words", "owning"),
    Section("book", "a million payments replayed: how fast, judged as alone", "book"),
    Section("calibration", "how often a hit of a score is true", "calibration"),
    Section("messages", "payment messages: reading, texts seen, hostile", "messages"),
    Section("screened", "payment messages: screened whole, names planted", "screened"),
    Section("prose", "names in running text: recall, alerts, speed", "prose"),
    Section("corridor", "trade: dips called, detours, millions of rows", "corridor"),
)
