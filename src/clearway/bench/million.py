"""A million listed names: what compiling and asking cost when lists grow."""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from clearway.bench.asked import people_asked
from clearway.bench.compiling import ask_in_child, compile_in_child
from clearway.bench.report import Part
from clearway.bench.setting import DataMissing, Row, Setting
from clearway.lists.store import Store
from clearway.model import Entity, Kind, Listing, Name
from clearway.model.codec import to_dict

NAMES = 1_000_000
_ASKED = 2_300


def run(setting: Setting) -> Part:
    """Compile a million names, ask people and companies, in fresh processes."""
    part = Part("million", f"{NAMES:,} listed names")
    names = NAMES if setting.sample is None else min(NAMES, setting.sample * 100)
    store = Store(setting.home)
    files = [store.entities_path(version) for version in store.current(setting.day)]
    people = people_asked(setting, part)
    try:
        companies = setting.all_rows("lei_companies")
    except DataMissing:
        companies = _listed_companies(setting)
    more = max(0, names - len(setting.screener().compiled.index))
    with TemporaryDirectory() as folder:
        extra, asked = Path(folder) / "more.jsonl", Path(folder) / "asked.txt"
        setting.progress("making names", 0, 0)
        _write(extra, islice(made(people, companies), more))
        texts = [row["full_name"] for row in people[: _ASKED // 2]]
        texts += [row["name"] for row in companies[: _ASKED // 2]]
        random.Random(3).shuffle(texts)
        asked.write_text("\n".join(" ".join(text.split()) for text in texts), "utf-8")
        out = Path(folder) / "set"
        setting.progress("compiling them", 0, 0)
        done = compile_in_child(out, [*files, extra])
        setting.progress("asking them", 0, 0)
        answered = ask_in_child(out, asked, [*files, extra])
    part.title = f"{done['names']:,} listed names of {done['entities']:,} entities"
    part.measure("compile", "compiling", done["seconds"], "s")
    peak = max(done["peak"], answered["peak"])
    part.measure("memory", "most memory, compiling or asking", peak, "GB")
    part.measure("compile_memory", "  compiling", done["peak"], "GB")
    part.measure("reader_memory", "  each process reading for it", done["reader"], "GB")
    part.measure("ask_memory", "  asking", answered["peak"], "GB")
    part.measure("disk", "on disk", done["disk"], "MB")
    part.measure("opened", "opening it", answered["opened"], "s")
    part.measure("p50", "one check, p50", answered["p50"], "ms", answered["asked"])
    part.measure("p99", "  p99", answered["p99"], "ms", answered["asked"])
    part.notes.append(
        "names: all on the lists in use, all companies of the data, the rest mixed of "
        "the first and last words of those companies and of people on no list"
    )
    return part


def made(people: Sequence[Row], companies: Sequence[Row]) -> Iterator[Entity]:
    """Entities without end: the companies, then mixtures; the same each time."""
    rng = random.Random(20240507)
    numbers = count(1)
    known = set()
    for row in companies:
        known.add(row["name"])
        yield _entity(next(numbers), row["name"], Kind.ORGANIZATION)
    given = [row["full_name"].split()[0] for row in people]
    family = [row["full_name"].split()[-1] for row in people]
    heads = [row["name"].split() for row in companies]
    while True:
        if rng.random() < 0.5:
            name = f"{rng.choice(given)} {rng.choice(given)} {rng.choice(family)}"
            kind = Kind.PERSON
        else:
            left, right = rng.choice(heads), rng.choice(heads)
            middle = max(1, len(left) // 2)
            name = " ".join([*left[:middle], *right[middle:]])
            kind = Kind.ORGANIZATION
        if name not in known:
            known.add(name)
            yield _entity(next(numbers), name, kind)


def _entity(number: int, name: str, kind: Kind) -> Entity:
    listing = Listing("made", "million", str(number))
    return Entity(f"made-{number}", kind, (Name(name),), (listing,))


def _write(path: Path, entities: Iterator[Entity]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for entity in entities:
            file.write(json.dumps(to_dict(entity), ensure_ascii=False) + "\n")


def _listed_companies(setting: Setting) -> list[Row]:
    compiled = setting.screener().compiled
    return [
        {"name": entity.name}
        for entity in compiled.entities()
        if entity.kind is Kind.ORGANIZATION and entity.name
    ]
