"""Payment messages screened whole: how fast, what is found in them, what alarms.

From bytes to verdict, against the lists in use and the law of the day. Clean messages
are made of people and companies on no list; each is asked once, so nothing is answered
from memory. A listed name is put in the place of the texts of sample messages, and
disguised names are put where a debtor, a creditor or a narrative stands.
"""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import nan
from pathlib import Path
from xml.sax.saxutils import escape

from clearway.bench.asked import FILES, listed_names
from clearway.bench.evading import as_read
from clearway.bench.evasion import transforms
from clearway.bench.made_messages import Payment, as_mt103, as_pacs008, payments
from clearway.bench.measures import evenly, percentile, share
from clearway.bench.report import Cell, Part, Table
from clearway.bench.setting import DataMissing, Setting
from clearway.model import Entity
from clearway.payments.leaves import Channel, Leaf
from clearway.payments.reading import decoded, messages
from clearway.screen.messages import MessageScreening, check_message, check_messages
from clearway.screen.screening import Verdict

_CLEAN = 2_000
_WARM = 64
_ALONE = 400
_PLANTED = 200
_DISGUISED = 40
_BATCH = 64
_LONG = 65_536
_LONGEST_NAME = 60
_WRITERS: tuple[tuple[str, Callable[[Payment], bytes]], ...] = (
    ("mt103", as_mt103),
    ("pacs008", as_pacs008),
)
_ROLES = ("debtor", "creditor", "narrative")


def run(setting: Setting) -> Part:
    """Messages a second, alarms of clean ones, planted and disguised names found."""
    part = Part("screened", "payment messages, from bytes to verdict, one processor")
    clean = _clean_payments(setting)
    for name, write in _WRITERS:
        _pace(setting, part, name, [write(payment) for payment in clean])
    _hostile(setting, part, clean)
    _planted(setting, part)
    _disguised(setting, part, clean[0])
    return part


def _clean_payments(setting: Setting) -> list[Payment]:
    people = [row["full_name"] for name in FILES for row in setting.all_rows(name)]
    companies = [row["name"] for row in setting.all_rows("lei_companies")]
    return payments(people, companies, _WARM + (setting.sample or _CLEAN), seed=1)


def _pace(setting: Setting, part: Part, name: str, whole: Sequence[bytes]) -> None:
    screener = setting.screener()
    list(_screened(setting, whole[:_WARM]))
    asked = whole[_WARM:]
    began = time.process_time()
    answers = list(_screened(setting, asked))
    rate = len(asked) / (time.process_time() - began)
    part.measure(f"{name}_a_second", f"{name} screened", rate, "messages/s", len(asked))
    taken = []
    for data in asked[:_ALONE]:
        began = time.perf_counter()
        for read in messages(data):
            check_message(screener, read)
        taken.append((time.perf_counter() - began) * 1000)
    for rank in (50, 99):
        what = f"  one at a time, p{rank}"
        part.measure(f"{name}_p{rank}", what, percentile(taken, rank), "ms", len(taken))
    loud = [answer for answer in answers if answer.verdict is not Verdict.CLEAR]
    rate = 1000 * len(loud) / len(answers)
    what = f"  clean {name} that are not clear"
    part.measure(f"{name}_alarms", what, rate, "of 1,000", len(answers))
    rows: list[list[Cell]] = [list(_why(answer)) for answer in loud]
    part.tables.append(Table(f"clean {name} not clear", ("role", "text", "why"), rows))


def _screened(
    setting: Setting, whole: Sequence[bytes], what: str = "screening messages"
) -> Iterator[MessageScreening]:
    for start in range(0, len(whole), _BATCH):
        batch = whole[start : start + _BATCH]
        reads = [read for data in batch for read in messages(data)]
        yield from check_messages(setting.screener(), reads)
        setting.progress(what, start + len(batch), len(whole))


def _why(answer: MessageScreening) -> tuple[str, str, str]:
    """Where the first reason against clear stands: the role, the text, the reason."""
    for problem in answer.problems:
        return "", problem.text or "", problem.code
    for made in answer.transactions:
        for involved, screening in made.screenings:
            for hit in screening.hits:
                listed = f"{hit.score:.2f} {hit.entity.name}"
                return str(involved.role), involved.party.name, listed
            for problem in screening.problems:
                return str(involved.role), involved.party.name, problem.code
        for problem in made.problems:
            return "", problem.text or "", problem.code
        for finding in made.findings:
            return "", "", finding.rule
    return "", "", ""


def _hostile(setting: Setting, part: Part, clean: Sequence[Payment]) -> None:
    words = " ".join(payment.creditor for payment in clean)
    listed = " ".join(name for _, name in listed_names(setting, _CLEAN))
    bodies = {
        "names on no list": words,
        "listed names": listed,
        "letters apart": "V L A D I M I R  " * _LONG,
        "digits for letters": "AL1 MUH4MM3D " * _LONG,
        "places": "SEVASTOPOL KRYM DONETSK MOSCOW " * _LONG,
        "one word": "A" * _LONG,
    }
    rows: list[list[Cell]] = []
    for what, body in bodies.items():
        text = body[:_LONG]
        data = as_pacs008(replace(clean[0], narrative=text))
        began = time.process_time()
        answers = list(_screened(setting, [data]))
        taken = (time.process_time() - began) * 1000
        rows.append([what, taken, str(answers[0].verdict) if answers else "lost"])
    worst = max(float(row[1] or 0) for row in rows)
    what = "a message with a narrative of 64 kB, the slowest"
    part.measure("hostile", what, worst, "ms", len(rows))
    heads = ("64 kB of", "ms", "verdict")
    part.tables.append(Table("hostile messages", heads, rows))


def _planted(setting: Setting, part: Part) -> None:
    """A listed name in the place of one text of a sample message at a time."""
    try:
        folder = setting.file("MANIFEST_mt.tsv").parent
    except DataMissing as missing:
        part.notes.append(f"planted names not asked: {missing}")
        return
    chosen = _short_names(setting, _PLANTED)
    places = _places(folder)
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    missed: list[list[Cell]] = []
    for number, (type_, spots) in enumerate(sorted(places.items())):
        setting.progress("planting listed names", number, len(places))
        for at, (text, leaf) in enumerate(evenly(spots, setting.sample or _PLANTED)):
            entity, name = chosen[(at + number) % len(chosen)]
            plant = escape(name) if text.lstrip().startswith("<") else name
            data = text[: leaf.spot.start] + plant + text[leaf.spot.end :]
            asked[type_] += 1
            if _names(_screened(setting, [data.encode()]), entity):
                found[type_] += 1
            else:
                missed.append([type_, str(leaf.channel), leaf.spot.path, name])
    total = asked.total()
    what = "listed names put in the place of a text, found"
    part.measure("planted", what, share(found.total(), total), "share", total)
    lines: list[list[Cell]] = [
        [type_, asked[type_], share(found[type_], asked[type_])]
        for type_ in sorted(asked)
    ]
    heads = ("type", "texts", "share found")
    part.tables.append(Table("planted names found, by type", heads, lines))
    columns = ("type", "channel", "place", "name")
    part.tables.append(Table("planted names missed", columns, missed))


def _places(folder: Path) -> dict[str, list[tuple[str, Leaf]]]:
    """By type of message the texts that are screened, each with its message."""
    found: dict[str, list[tuple[str, Leaf]]] = defaultdict(list)
    for path in sorted([*folder.glob("mt/*/*"), *folder.glob("mx/*/*")]):
        text, _ = decoded(path.read_bytes(), path.name)
        found[path.parent.name] += [
            (text, leaf)
            for read in messages(path)
            for leaf in read.leaves
            if leaf.channel is not Channel.EXCLUDED and leaf.spot.start >= 0
        ]
    return found


def _short_names(setting: Setting, count: int) -> list[tuple[Entity, str]]:
    named = listed_names(setting, 4 * count)
    whole = [item for item in named if len(item[1]) <= _LONGEST_NAME]
    return evenly([item for item in whole if len(item[1].split()) > 1], count)


def _names(answers: Iterator[MessageScreening], entity: Entity) -> bool:
    """Whether the answers hold a hit on this entity; all are asked for."""
    return any(
        hit.entity.id == entity.id
        for answer in list(answers)
        for made in answer.transactions
        for _, screening in made.screenings
        for hit in screening.hits
    )


def _disguised(setting: Setting, part: Part, frame: Payment) -> None:
    """Each class of disguise where a debtor, a creditor, a narrative stands."""
    chosen = _short_names(setting, setting.sample or _DISGUISED)
    rows: list[list[Cell]] = []
    caught: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for number, (kind, change) in enumerate(sorted(transforms().items())):
        setting.progress("disguised names in messages", number, len(transforms()))
        line: list[Cell] = [kind]
        for role in _ROLES:
            shares = [
                _names(_screened(setting, [_hidden(frame, role, text)]), entity)
                for entity, name in chosen
                if (text := change(name, random.Random(name))) is not None
            ]
            caught[role] += sum(shares)
            whole[role] += len(shares)
            line.append(share(sum(shares), len(shares)) if shares else nan)
        rows.append(line)
    for role in _ROLES:
        what = f"disguised names found as {role}"
        value = share(caught[role], whole[role])
        part.measure(f"disguised_{role}", what, value, "share", whole[role])
    title = f"{len(chosen)} listed names disguised, share found by role"
    part.tables.append(Table(title, ("class", *_ROLES), rows))


def _hidden(frame: Payment, role: str, text: str) -> bytes:
    """A pacs.008 in which a disguised name stands; as XML lets it be written."""
    said = "".join(c for c in as_read(text) if c >= " ")
    if role == "debtor":
        return as_pacs008(replace(frame, debtor=said))
    if role == "creditor":
        return as_pacs008(replace(frame, creditor=said))
    return as_pacs008(replace(frame, narrative=f"PAYMENT FOR {said} INV 7"))
