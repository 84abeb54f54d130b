"""The law files say what the notes say, and changing any one word of them is noticed.

`dates.csv` and `cases.toml` were typed from the notes the law was encoded from. The
same checks run twice: on the law as it is, where they find nothing, and on the law with
one date, number, operator or word changed, where they must find something.
"""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from clearway.errors import RuleBookError
from clearway.rules import (
    Cover,
    Facts,
    Finding,
    Item,
    Moment,
    Question,
    conclude,
    law,
)
from clearway.rules.book import book_from
from clearway.rules.facts import FACTS, WORDS, scope_of
from clearway.rules.rule import (
    PERSONS,
    READERS,
    Definition,
    Duty,
    Event,
    FactorRow,
    Licence,
    Rule,
)
from clearway.rules.span import NEW_YORK

HERE = Path(__file__).parent
LAW = Path(str(files("clearway.rules"))) / "law"
DAY = timedelta(days=1)

Row = Rule | Definition | Licence | Duty | FactorRow | Event
Table = dict[str, Any]


# --- what is expected -----------------------------------------------------------------


def _typed() -> dict[str, list[Table]]:
    """The rows of dates.csv by kind and id; a definition may have several."""
    text = (HERE / "dates.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found: dict[str, list[Table]] = {}
    for row in csv.DictReader(lines):
        found.setdefault(f"{row['kind']} {row['id']}", []).append(row)
    return found


def _cases() -> dict[str, Table]:
    table = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))
    return {case["of"]: case for case in table["case"]}


def _raw() -> dict[str, Table]:
    """Every law file as TOML, by its name under `law`."""
    return {
        path.relative_to(LAW).as_posix(): tomllib.loads(path.read_text("utf-8"))
        for path in sorted(LAW.rglob("*.toml"))
    }


TYPED, CASES, RAW = _typed(), _cases(), _raw()
BOOK = law()
CITED: tuple[Row, ...] = (
    *BOOK.rules,
    *BOOK.definitions,
    *BOOK.licences,
    *BOOK.duties.values(),
    *BOOK.factors,
    *BOOK.events,
)

Placed = tuple[str, str, int, Table]
"""File, kind, place in the file, and the table of a row."""


def _rows() -> Iterator[Placed]:
    for file, contents in RAW.items():
        for kind in READERS:
            for at, table in enumerate(contents.get(kind, ())):
                yield file, kind, at, table


def _name(kind: str, table: Table) -> str:
    return f"{kind} {table.get('id', table.get('day'))}"


def _expected(kind: str, table: Table) -> Table:
    """The typed row of a table as it stands in the law file."""
    rows = TYPED[_name(kind, table)]
    if kind == "event":  # several of a day stand in the same order
        same = [t for _, k, _, t in ALL if _name(k, t) == _name(kind, table)]
        return rows[same.index(table)]
    (row,) = [r for r in rows if r["from"] == str(table["from"])]
    return row


def _case_of(kind: str, table: Table) -> Table | None:
    name = str(table.get("id"))
    case = CASES.get(name) or CASES.get(f"{name}@{table.get('from')}")
    return case if kind in ("rule", "definition") else None


# --- the checks -----------------------------------------------------------------------


def faults(row: Row, typed: Table, case: Table | None) -> list[str]:
    """All in which a row differs from what is expected of it."""
    return [
        *_law_faults(row, typed),
        *_day_faults(row, typed),
        *_word_faults(row, typed),
        *(_case_faults(row, case) if case is not None else ()),
    ]


def _law_faults(row: Row, typed: Table) -> Iterator[str]:
    if row.law.evidence != typed["evidence"]:
        yield f"its mark is {row.law.evidence}"
    if str(row.law.confirmed) != typed["confirmed"]:
        yield f"last confirmed {row.law.confirmed}"
    if not row.law.cite:
        yield "no citation"


def _day_faults(row: Row, typed: Table) -> Iterator[str]:
    first = date.fromisoformat(typed["from"])
    last = date.fromisoformat(typed["to"]) if typed["to"] else None
    if isinstance(row, Event):
        if row.day != first:
            yield f"on {row.day}"
        return
    if isinstance(row, Licence):
        yield from _term_faults(row, first, last, typed["replaced"])
        return
    yield from (f"does not apply on {first}" for _ in "x" if not row.span.covers(first))
    if row.span.covers(first - DAY):
        yield f"applies on {first - DAY}"
    if last is None:
        if not row.span.covers(date.max):
            yield "has an end"
    elif not row.span.covers(last):
        yield f"does not apply on {last}"
    elif row.span.covers(last + DAY):
        yield f"applies on {last + DAY}"
    if isinstance(row, Rule | Definition):
        known = typed["known"] or typed["from"]
        if str(row.known) != known:
            yield f"known since {row.known}"


def _term_faults(
    row: Licence, first: date, last: date | None, replaced: str
) -> Iterator[str]:
    """The days and, at the cut-off, the minutes of a licence."""
    at = row.term.cover
    wanted = {first - DAY: Cover.NOT_YET, first: Cover.YES}
    if replaced:
        later = date.fromisoformat(replaced)
        wanted |= {later - DAY: Cover.YES, later: Cover.REPLACED}
    elif last is not None:
        wanted |= {last - DAY: Cover.YES, last: Cover.PART, last + DAY: Cover.ENDED}
    else:
        wanted |= {date.max: Cover.YES}
    for day, cover in wanted.items():
        if at(Moment(day)) is not cover:
            yield f"{at(Moment(day))} on {day}"
    end = row.term.cut_off
    written = last and datetime(last.year, last.month, last.day, 0, 1, tzinfo=NEW_YORK)
    if end != written:
        yield f"written to end {end}"


def _word_faults(row: Row, typed: Table) -> Iterator[str]:
    whom, what = set(_split(typed["whom"])), set(_split(typed["what"]))
    said: tuple[set[str], set[str], str] = (set(), set(), "")
    if isinstance(row, Rule):
        said = set(row.binds), set(row.duties), row.group
    elif isinstance(row, Licence):
        said = set(row.relieves), set(row.purposes), row.series
    elif isinstance(row, FactorRow):
        said = set(), set(row.facts), ""
    elif isinstance(row, Duty):
        said = set(), _amounts(row), ""
    if said != (whom, what, typed["group"]):
        yield f"{said} is not {whom}, {what}, {typed['group']}"


def _amounts(duty: Duty) -> set[str]:
    names = ("business_days", "days", "years", "month_day", "held_on")
    values = {name: getattr(duty, name) for name in names}
    return {f"{name}={value}" for name, value in values.items() if value}


def _split(text: str) -> list[str]:
    return [word for word in text.split(";") if word]


def _case_faults(row: Row, case: Table) -> Iterator[str]:
    assert isinstance(row, Rule | Definition)
    day = case.get("day", row.span.first)
    meanings = BOOK.meanings(day)
    for facts, wanted in _facts_of(case):
        truth = row.when.truth(facts, meanings)
        if truth is not wanted and not (wanted is None and truth is False):
            yield f"{truth} of {facts}"
    if isinstance(row, Rule):
        said = row.sort, row.each, row.silent_from, row.factors
        wanted_of = (
            case["sort"],
            case["each_of"],
            case.get("silent_from"),
            case.get("factors", False),
        )
        if said != wanted_of:
            yield f"{said} is not {wanted_of}"


def _facts_of(case: Table) -> Iterator[tuple[Mapping[str, Any], bool | None]]:
    """Facts, and whether a rule holds of them: None where it must not be sure."""
    holds = case["holds"]
    yield _plain(holds), True
    for fact in holds:
        yield _plain({name: holds[name] for name in holds if name != fact}), None
    beside = case.get("beside", {})
    for overlay in _each(case.get("each", {}), beside):
        yield _plain(holds | overlay), True
    for overlay in case.get("also", ()):
        yield _plain(holds | overlay), True
    for overlay in [*_each(case.get("never", {}), {}), *case.get("not", ())]:
        yield _plain(holds | overlay), False


def _each(values: Table, beside: Table) -> Iterator[Table]:
    for fact, words in values.items():
        several = FACTS[fact][0] == WORDS
        for word in words:
            yield {fact: [word] if several else word}
            if fact in beside:
                yield {fact: [word, *beside[fact]]}


def _plain(facts: Table) -> Table:
    return {fact: _value(value) for fact, value in facts.items()}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


# --- the law as it is -----------------------------------------------------------------

ALL = list(_rows())
IDS = [f"{_name(kind, table)} {table.get('from', '')}" for _, kind, _, table in ALL]


@pytest.mark.parametrize("placed", ALL, ids=IDS)
def test_a_row_of_law_says_what_the_notes_say(placed: Placed) -> None:
    file, kind, _, table = placed
    row = READERS[kind](table, file)
    assert faults(row, _expected(kind, table), _case_of(kind, table)) == []


def test_every_row_was_typed_and_every_typed_row_is_law() -> None:
    assert Counter(_name(kind, table) for _, kind, _, table in ALL) == Counter(
        {name: len(rows) for name, rows in TYPED.items()}
    )


def test_every_rule_and_definition_has_a_case_and_every_case_is_of_one() -> None:
    conditional = [(kind, t) for _, kind, _, t in ALL if kind in ("rule", "definition")]
    cases = [_case_of(kind, table) for kind, table in conditional]
    assert [
        t["id"] for (_, t), case in zip(conditional, cases, strict=True) if not case
    ] == []
    assert len(cases) == len(CASES)


def test_nothing_was_confirmed_after_the_last_day_the_notes_saw() -> None:
    assert date(2026, 7, 8) == BOOK.last_confirmed


def test_a_row_read_nowhere_is_marked_so() -> None:
    for row in CITED:
        if set(row.law.sources) == {"MEM"}:
            assert row.law.evidence == "memory", row


def test_every_source_is_cited_and_none_is_a_path() -> None:
    cited = {source for row in CITED for source in row.law.sources}
    assert set(BOOK.sources) == cited
    assert not [s for s in BOOK.sources.values() if "shared/" in s or "presid" in s]


def test_every_group_that_a_licence_relieves_is_one_of_a_rule() -> None:
    groups = {rule.group for rule in BOOK.rules}
    assert {g for licence in BOOK.licences for g in licence.relieves} <= groups


def test_no_licence_relieves_the_limb_of_critical_items() -> None:
    assert not [
        licence.id
        for licence in BOOK.licences
        if "us-14024-11-items" in licence.relieves
    ]


# --- the law put to facts, on its first day, its last, and the days beside ------------

RULES = [(t, TYPED[f"rule {t['id']}"][0]) for _, kind, _, t in ALL if kind == "rule"]
RULE_IDS = [typed["id"] for _, typed in RULES]


def _facts(case: Table) -> Facts:
    """The facts under which a rule holds, on the items it is asked of."""
    holds = _plain(case["holds"])
    whole = {n: v for n, v in holds.items() if scope_of(n) in ("asker", "transaction")}
    item = Item("it", {n: v for n, v in holds.items() if n not in whole})
    scope = {"party": "parties", "goods": "goods", "place": "places"}
    each = scope.get(case["each_of"])
    return Facts(whole, **({each: (item,)} if each else {}))


def _concluded(name: str, day: date, facts: Facts) -> Finding | None:
    binds = frozenset(PERSONS)
    found = conclude(BOOK, facts, Question(Moment(day), binds))
    return next((f for f in found if f.rule == name and not f.missing), None)


def test_what_rests_on_a_code_map_of_our_own_is_possible_and_never_shown() -> None:
    names = {"us-14024-11-a-ii-items", "us-critical-items-transshipment"}
    for name in names:
        finding = _concluded(name, date(2024, 6, 12), _facts(CASES[name]))
        assert finding is not None
        assert not finding.shown


@pytest.mark.parametrize(("table", "typed"), RULES, ids=RULE_IDS)
def test_a_rule_is_concluded_from_its_first_day_to_its_last(
    table: Table, typed: Table
) -> None:
    name = typed["id"]
    case = CASES[name]
    first = date.fromisoformat(typed["from"])
    holding = case.get("day", first)
    assert _concluded(name, first - DAY, _facts(case)) is None
    assert _concluded(name, holding, _facts(case)) is not None
    if holding != first:  # what the facts meet was defined later
        assert _concluded(name, holding - DAY, _facts(case)) is None
    if not typed["to"]:
        assert _concluded(name, date(2099, 1, 1), _facts(case)) is not None
        return
    last = date.fromisoformat(typed["to"])
    assert _concluded(name, last, _facts(case)) is not None
    assert _concluded(name, last + DAY, _facts(case)) is None


LICENCES = [
    (group, rows[0])
    for kind, rows in TYPED.items()
    if kind.startswith("licence ")
    for group in _split(rows[0]["whom"])
]


@pytest.mark.parametrize(
    ("group", "typed"),
    LICENCES,
    ids=[f"{row['id']} {group}" for group, row in LICENCES],
)
def test_a_finding_names_a_licence_while_it_lasts(group: str, typed: Table) -> None:
    """Where a rule of the group applies that day: some licences came before."""
    rule = next(r for r in BOOK.rules if r.group == group and r.sort != "exemption")
    case = CASES[rule.id]
    purposes = {"transaction.purposes": tuple(_split(typed["what"]))}
    first = date.fromisoformat(typed["from"])
    ends = [date.fromisoformat(typed[key]) for key in ("replaced", "to") if typed[key]]
    wanted = {first - DAY: Cover.NOT_YET, first: Cover.YES}
    if ends:
        gone = Cover.REPLACED if typed["replaced"] else Cover.PART
        wanted |= {ends[0] - DAY: Cover.YES, ends[0]: gone}
    plain = _facts(case)
    said = plain.whole.get("transaction.purposes", ())
    meant = {name: words + said for name, words in purposes.items()}
    facts = replace(plain, whole={**plain.whole, **meant})
    for day, cover in wanted.items():
        if day < max(rule.span.first, case.get("day", rule.span.first)):
            continue
        finding = _concluded(rule.id, day, facts)
        assert finding is not None
        (note,) = [note for note in finding.licences if note.id == typed["id"]]
        assert (note.state, note.fits) == (cover, True)


# --- the law with one thing changed ---------------------------------------------------

NEIGHBOUR = {
    "is": ("is_not",),
    "is_not": ("is",),
    "in": ("not_in",),
    "not_in": ("in",),
    "has_any": ("has_none",),
    "has_none": ("has_any",),
    "above": ("at_least", "at_most"),
    "at_least": ("above", "at_most"),
    "at_most": ("above",),
    "before": ("from_day",),
    "from_day": ("before",),
    "all": ("any", "none"),
    "any": ("all", "none"),
    "none": ("any", "all"),
}
TEXTS = ("sort", "each", "evidence", "group", "series", "month_day", "held_on", "id")
"""Texts by which something is decided; `says`, `cite` and the like are for reading."""


def mutations(table: Table) -> Iterator[tuple[str, Table]]:
    """Every table that differs in one date, number, operator, word, yes or no."""
    yield from _changed(table, (), table)
    if "silent_if_unknown" not in table and "sort" in table:
        yield "made silent", table | {"silent_if_unknown": True}


def _changed(
    whole: Table, path: tuple[Any, ...], part: Any
) -> Iterator[tuple[str, Table]]:
    for key in list(part) if isinstance(part, dict) else range(len(part)):
        value, here = part[key], (*path, key)
        for said, new in _other_values(value, key, path):
            yield f"{here} {said}", _with(whole, here, new)
        if isinstance(value, dict | list) and key != "sources":
            yield from _changed(whole, here, value)
        if isinstance(part, list) and path[-1] != "sources":
            shorter = [item for at, item in enumerate(part) if at != key]
            yield f"{here} left out", _with(whole, path, shorter)
        if isinstance(part, dict) and path[:1] == ("when",) and key in NEIGHBOUR:
            for other in NEIGHBOUR[key]:
                if _is_same(other, key, value):
                    continue
                renamed = {(other if k == key else k): v for k, v in part.items()}
                yield f"{here} -> {other}", _with(whole, path, renamed)


def _is_same(one: str, other: str, parts: Any) -> bool:
    """Of a single part, all and any are the same."""
    return {one, other} == {"all", "any"} and len(parts) == 1


def _other_values(
    value: Any, key: Any, path: tuple[Any, ...]
) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield "turned", not value
    elif isinstance(value, date):
        yield "a day later", value + DAY
        yield "a day earlier", value - DAY
    elif isinstance(value, int | float):
        yield "one more", value + 1
        yield "one less", value - 1
    elif isinstance(value, str) and _decides(key, path):
        yield "another word", _another(value)


def _decides(key: Any, path: tuple[Any, ...]) -> bool:
    """Whether a text is one by which something is decided."""
    named = key in ("fact", "meets", "differs_from")
    return key in TEXTS or (path[:1] == ("when",) and not named)


def _another(word: str) -> str:
    """Another word of the same kind where the kind is closed."""
    for closed in (
        ("prohibition", "guidance"),
        ("exposure", "guidance"),
        ("duty", "guidance"),
        ("exemption", "guidance"),
        ("red_flag", "guidance"),
        ("guidance", "exposure"),
        ("found", "memory"),
        ("found_partial", "found"),
        ("memory", "found"),
        ("09-30", "09-29"),
        ("06-30", "06-29"),
        ("06-18", "06-19"),
    ):
        if word == closed[0]:
            return closed[1]
    return f"{word}x"


def _with(whole: Table, path: Sequence[Any], new: Any) -> Table:
    changed = deepcopy(whole)
    if not path:
        return dict(new)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return changed


def _noticed(kind: str, file: str, table: Table, changed: Table) -> bool:
    """Whether the loader refuses a change or a check finds it."""
    try:
        row = READERS[kind](changed, file)
    except RuleBookError:
        return True
    if isinstance(row, Rule | Definition | Licence | Duty) and row.id != table["id"]:
        return True  # another row, which nobody typed
    if isinstance(row, FactorRow) and row.id != table["id"]:
        return True
    return bool(faults(row, _expected(kind, table), _case_of(kind, table)))


@pytest.mark.parametrize("file", [f for f in RAW if any(k in RAW[f] for k in READERS)])
def test_a_change_of_one_date_number_operator_or_word_is_noticed(file: str) -> None:
    tried, unnoticed = 0, []
    for at_file, kind, _, table in ALL:
        if at_file != file:
            continue
        for said, changed in mutations(table):
            tried += 1
            if not _noticed(kind, file, table, changed):
                unnoticed.append(f"{_name(kind, table)}: {said}")
    assert tried > 10
    assert unnoticed == []


def test_the_law_as_it_is_passes_what_its_mutants_must_not() -> None:
    """The guard of the guard: without a change nothing is noticed."""
    assert not [
        _name(kind, table)
        for file, kind, _, table in ALL
        if _noticed(kind, file, table, deepcopy(table))
    ]


def test_a_book_is_read_again_from_its_tables() -> None:
    again = book_from(RAW, version=BOOK.version)
    assert again == BOOK
