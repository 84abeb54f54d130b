"""Names in running text: how fast, how many found, how often falsely.

Listed names are planted in sentences: as they are, their words turned round, with one
letter wrong. False entities are counted in prose that names nobody on purpose: texts
that the data hold (`prose/*.txt`), else those that packages carry. In a text about
public figures some of the alerts are true; they are printed, to be judged.
"""

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files

from clearway.bench.measures import evenly, share
from clearway.bench.report import Part, Table
from clearway.bench.setting import DataMissing, Setting
from clearway.documents.document import Document
from clearway.documents.finding import Found, find, scanner_of

_PLANTED = 1_500
_SPEED_BYTES = 12_000_000
_FRAMES = (
    "The contract was signed by {} on Tuesday.",
    "Officials said that {} had received the payment in the first week of the year.",
    "According to the report, {} did not answer questions.",
    "Nobody could say where {} had been since.",
)
_BEFORE = "It rained in the morning and most of the shops were closed. "
_BEHIND = " A few people waited for the bus, and nothing else was seen."
_LEAST = 8
_SHOWN = 40


def run(setting: Setting) -> Part:
    """Megabytes a second, recall of planted names, false entities per 100 kB."""
    part = Part("prose", "listed names in running text")
    setting.progress("reading prose", 0, 0)
    texts = list(_texts(setting))
    _planted(setting, part)
    _false(setting, part, texts)
    _speed(setting, part, texts)
    return part


def _planted(setting: Setting, part: Part) -> None:
    index = setting.screener().compiled.index
    names = [
        number
        for number in evenly(range(len(index)), 4 * (setting.sample or _PLANTED))
        if _plantable(index.text(number))
    ]
    names = evenly(names, setting.sample or _PLANTED)
    rng = random.Random(20240517)
    ways: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("exact", "names as they are", lambda text: text),
        ("reordered", "their words in another order", lambda text: turned(text, rng)),
        ("typo", "one letter wrong", lambda text: misspelt(text, rng)),
    )
    for key, what, disguise in ways:
        found = alerting = 0
        for place, name in enumerate(names):
            written = disguise(in_reading_order(index.text(name)))
            frame = _FRAMES[place % len(_FRAMES)]
            document = Document("planted", _BEFORE + frame.format(written) + _BEHIND)
            bearers = set(index.bearers(name))
            hits = [hit for hit in find(document, index) if bearers & set(hit.entities)]
            found += bool(hits)
            alerting += any(hit.alerts for hit in hits)
        part.measure(
            key, f"found, {what}", share(found, len(names)), "share", len(names)
        )
        part.measure(
            f"{key}_alerting",
            "  of them alerting without context",
            share(alerting, len(names)),
            "share",
            len(names),
        )


def _plantable(text: str) -> bool:
    """Whether a paper would write a name as it is listed: no notes in brackets."""
    if "(" in text:
        return False
    letters = sum(map(str.isalpha, text))
    return (
        text.isascii() and letters >= _LEAST and len(in_reading_order(text).split()) > 1
    )


def in_reading_order(listed: str) -> str:
    """A listed name as a newspaper writes it: `PUTIN, Vladimir` is Vladimir Putin."""
    text = re.sub(r"\s*\([^)]*\)", "", listed)
    last, comma, first = text.partition(",")
    if comma and "," not in first and first.strip():
        text = f"{first.strip()} {last.strip()}"
    return " ".join(map(_quiet, text.split()))


def _quiet(word: str) -> str:
    loud = word.isupper() and len(word) > 3 and "." not in word
    if not loud:
        return word
    return re.sub(r"[A-Z]+(?:'[A-Z]+)?", lambda match: match[0].capitalize(), word)


def turned(text: str, rng: random.Random) -> str:
    """The words with as many moved from the front to the end as chance will have it."""
    words = text.split()
    cut = rng.randrange(1, len(words)) if len(words) > 1 else 0
    return " ".join(words[cut:] + words[:cut])


def misspelt(text: str, rng: random.Random) -> str:
    """One letter of a word of four or more left out, put in, changed, turned round."""
    words = list(re.finditer(r"[A-Za-z]{4,}", text))
    if not words:
        return text
    word = rng.choice(words)
    small, at = word[0].lower(), rng.randrange(len(word[0]))
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    changed = (
        small[:at] + small[at + 1 :],
        small[:at] + letter + small[at:],
        small[:at] + letter + small[at + 1 :],
        small[:at] + small[at + 1 : at + 2] + small[at] + small[at + 2 :],
    )[rng.randrange(4)]
    cased = changed.capitalize() if word[0][0].isupper() else changed
    return text[: word.start()] + cased + text[word.end() :]


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
