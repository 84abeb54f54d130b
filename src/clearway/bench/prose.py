"""Names in running text: how fast, how many found, how often falsely.

Listed names are planted in sentences in every way of `clearway.bench.planting`. False
entities are counted in prose that names nobody on purpose: texts that the data hold
(`prose*.txt`), else those that packages carry. In a text about public figures some of
the alerts are true; they are printed, to be judged.
"""

import random
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files

from clearway.bench.measures import share
from clearway.bench.planting import WAYS, Way, in_reading_order, plantable
from clearway.bench.report import Part, Table
from clearway.bench.setting import DataMissing, Setting
from clearway.documents.document import Document
from clearway.documents.finding import Found, find, scanner_of
from clearway.index.index import Index

_PLANTED = 1_500
_SPEED_BYTES = 12_000_000
_BEFORE = "It rained in the morning and most of the shops were closed. "
_BEHIND = " A few people waited for the bus, and nothing else was seen."
_SHOWN = 40


def run(setting: Setting, seed: int | None = None) -> Part:
    """Megabytes a second, recall of planted names, false entities per 100 kB.

    Names are drawn anew each time, so that nothing can be tuned on them; the seed is
    printed, and gives the same names again.
    """
    part = Part("prose", "listed names in running text")
    setting.progress("reading prose", 0, 0)
    texts = list(_texts(setting))
    chosen = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    _planted(setting, part, chosen)
    _false(setting, part, texts)
    _speed(setting, part, texts)
    return part


def _planted(setting: Setting, part: Part, seed: int) -> None:
    """The share found of each way of writing names, each time of other names."""
    index = setting.screener().compiled.index
    rng = random.Random(seed)
    names = [n for n in range(len(index)) if plantable(index.text(n))]
    plain = [n for n in names if index.text(n).isascii()]
    native = [n for n in names if not index.text(n).isascii()]
    count = setting.sample or _PLANTED
    drawn = [rng.sample(some, min(len(some), count)) for some in (plain, native)]
    part.notes.append(f"names planted were drawn with the seed {seed}")
    missed: list[tuple[str, ...]] = []
    for way in WAYS:
        fitting = [
            name
            for name in drawn[0] + drawn[1]
            if way.fits(index.text(name), index.kind(name))
        ]
        found = alerting = 0
        for name in fitting:
            hits, written = _searched(index, name, way, rng)
            found += bool(hits)
            alerting += any(hit.alerts for hit in hits)
            if not hits:
                missed.append((way.key, index.text(name), written))
        size = len(fitting)
        part.measure(way.key, f"found, {way.what}", share(found, size), "share", size)
        silent = "  of them alerting without context"
        key = f"{way.key}_alerting"
        part.measure(key, silent, share(alerting, size), "share", size)
    rows = tuple(rng.sample(missed, min(len(missed), _SHOWN)))
    head = ("way", "listed", "written")
    part.tables.append(Table("planted and not found, some of them", head, rows))


def _searched(
    index: Index, name: int, way: Way, rng: random.Random
) -> tuple[list[Found], str]:
    """What is found of a name planted one way, and how it was written."""
    written = way.disguise(in_reading_order(index.text(name)), rng)
    text = _BEFORE + rng.choice(way.frames).format(written) + _BEHIND
    bearers = set(index.bearers(name))
    found = find(Document("planted", text), index)
    return [hit for hit in found if bearers & set(hit.entities)], written


def _false(setting: Setting, part: Part, texts: Sequence[tuple[str, str]]) -> None:
    index = setting.screener().compiled.index
    size = sum(len(text.encode()) for _, text in texts)
    alerts: list[tuple[str, Found]] = []
    for name, text in texts:
        alerts += (
            (name, hit) for hit in find(Document(name, text), index) if hit.alerts
        )
    rate = len(alerts) / (size / 100_000)
    what = f"entities alerting in {size / 1e6:.1f} MB of prose, true ones among them"
    part.measure("alerts", what, rate, "per 100 kB", len(texts))
    rows = tuple(
        (name, hit.name, hit.mentions[0].text, f"{hit.score:.2f}")
        for name, hit in alerts[:_SHOWN]
    )
    part.tables.append(
        Table("alerting, to be judged", ("text", "listed", "written", "score"), rows)
    )


def _speed(setting: Setting, part: Part, texts: Sequence[tuple[str, str]]) -> None:
    """One thread, by the time of the processor: others may run meanwhile."""
    index = setting.screener().compiled.index
    scanner = scanner_of(index)
    whole = "\n\n".join(text for _, text in texts)
    whole = whole * max(1, _SPEED_BYTES // max(1, len(whole)))
    size = len(whole.encode()) / 1e6
    scanner.scan(whole[:10_000])
    for key, what, call in (
        ("scan", "names searched, one core", lambda: scanner.scan(whole)),
        (
            "whole",
            "  weighed and grouped too",
            lambda: find(Document("", whole), index),
        ),
    ):
        began = time.thread_time()
        call()
        rate = size / max(1e-9, time.thread_time() - began)
        part.measure(key, what, rate, "MB/s")


def _texts(setting: Setting) -> Iterator[tuple[str, str]]:
    """Prose of the data folder, else what packages carry: their help and licences."""
    try:
        folder = setting.file("prose.txt").parent
        found = [
            (path.name, path.read_text("utf-8")) for path in folder.glob("prose*.txt")
        ]
        yield from (
            (f"{name}:{number}", piece)
            for name, text in found
            for number, piece in enumerate(text.split("\n\n\n"), 1)
        )
        return
    except DataMissing:
        pass
    from pydoc_data.topics import topics

    yield from topics.items()
    licences = files("clearway").joinpath("..", "..", "LICENSE")
    if licences.is_file():
        yield "LICENSE", licences.read_text("utf-8")
