"""Build `src/clearway/names/data/words.json` from the tables in `resources/words`.

    python tools/build_words.py            write the file
    python tools/build_words.py --check    compare only; exit 1 if it is out of date

What is wrong with a table is printed as `file:line: what`, all at once, and exit is 1.
"""

import argparse
import csv
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "resources" / "words"
BUILT = ROOT / "src" / "clearway" / "names" / "data" / "words.json"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.names.fold import fold  # noqa: E402  (after the path is set)

# file -> table -> (role, strength). A table that is not named here is refused.
GROUPED = {
    "legal_forms.toml": {"groups": ("legal", "spelling")},
    "titles.toml": {
        "firm": ("title", "spelling"),
        "soft": ("soft_title", "spelling"),
    },
    "particles.toml": {"groups": ("particle", "spelling")},
    "generic.toml": {
        "groups": ("generic", "spelling"),
        "vessel_prefixes": ("vessel_prefix", "spelling"),
        "numbers": ("number", "spelling"),
    },
    "given_names.toml": {
        "spelling": ("name", "spelling"),
        "romanisation": ("name", "romanisation"),
        "nickname": ("name", "nickname"),
    },
}
HAN = {
    "legal": "legal",
    "generic": "generic",
    "place": "place",
    "name": "name",
    "numbers": "number",
}
HAN_LISTS = ("surnames", "compound_surnames")
HAN_READINGS = "readings"
SIGNS = ("confusables", "leet")
PATRONYMICS = "patronymics"
_CHOICE = re.compile(r"\{([^{}]*)\}")
SONS = ("ich", "itj", "ych", "ytj", "ic", "its", "itch")
DAUGHTERS = ("na",)


@dataclass
class Words:
    """What the tables say, gathered under folded forms."""

    words: dict[str, list[list[str]]] = field(default_factory=dict)
    phrases: list[list[object]] = field(default_factory=list)
    name_phrases: list[list[object]] = field(default_factory=list)
    han: dict[str, list[str]] = field(default_factory=dict)
    han_surnames: set[str] = field(default_factory=set)
    han_readings: dict[str, str] = field(default_factory=dict)
    confusables: dict[str, str] = field(default_factory=dict)
    leet: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    frequency: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


class Table:
    """One TOML file: its content, and where in it a string stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text("utf-8")
        self.content: dict[str, object] = {}
        self.error = ""
        try:
            self.content = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            self.error = f"{path.name}: {error}"

    def line(self, text: str, *, last: bool = False) -> str:
        """`file:line` of the first (or last) line with the text, quoted or as key."""
        found = [
            number
            for number, line in enumerate(self.text.splitlines(), 1)
            if f'"{text}"' in line or line.partition("=")[0].strip() == text
        ]
        if not found:
            return self.path.name
        return f"{self.path.name}:{found[-1 if last else 0]}"


def gather(folder: Path) -> Words:
    """Read every table; complaints are collected, not raised."""
    words = Words()
    known = {*GROUPED, "han.toml", "confusables.toml", "frequency.csv"}
    present = {path.name for path in folder.iterdir() if path.is_file()}
    for name in sorted(present - known):
        words.complaints.append(f"{name}: not a file this builder knows")
    for name in sorted(known - present):
        words.complaints.append(f"{name}: missing")
    for name, tables in GROUPED.items():
        if name in present:
            _gather_groups(Table(folder / name), tables, words)
    if "han.toml" in present:
        _gather_han(Table(folder / "han.toml"), words)
    if "confusables.toml" in present:
        _gather_signs(Table(folder / "confusables.toml"), words)
    if "frequency.csv" in present:
        _gather_frequency(folder / "frequency.csv", words)
    return words


def _tables(
    table: Table, allowed: Iterator[str], words: Words
) -> Iterator[tuple[str, object]]:
    """The tables of a file, refusing those with another name."""
    if table.error:
        words.complaints.append(table.error)
    names = list(allowed)
    for name, content in table.content.items():
        if name in names:
            yield name, content
        else:
            where = table.line(f"[{name}]")
            words.complaints.append(f"{where}: unknown table or key {name!r}")


def _gather_groups(
    table: Table, allowed: dict[str, tuple[str, str]], words: Words
) -> None:
    # Per role: what form belongs to which group, to find one form in two groups.
    seen: dict[tuple[str, str], str] = {}
    tables = [*allowed, PATRONYMICS] if "nickname" in allowed else [*allowed]
    for name, content in _tables(table, iter(tables), words):
        if name == PATRONYMICS:
            _gather_patronymics(table, content, seen, words)
            continue
        role, strength = allowed[name]
        if not isinstance(content, dict):
            words.complaints.append(f"{table.path.name}: {name} is not a table")
            continue
        for canonical, spellings in content.items():
            if not isinstance(spellings, list) or not spellings:
                where = table.line(canonical)
                words.complaints.append(f"{where}: group {canonical!r} is empty")
                continue
            _add_group(table, canonical, spellings, (role, strength), seen, words)


def expanded(spelling: object) -> list[object]:
    """All ways of writing `obs{hch,ch}estvo`; braces do not stand within braces."""
    if not isinstance(spelling, str) or not (choice := _CHOICE.search(spelling)):
        return [spelling]
    before, after = spelling[: choice.start()], spelling[choice.end() :]
    return [
        way
        for part in choice[1].split(",")
        for way in expanded(f"{before}{part}{after}")
    ]


def _add_group(
    table: Table,
    canonical: str,
    spellings: list[object],
    role_and_strength: tuple[str, str],
    seen: dict[tuple[str, str], str],
    words: Words,
) -> None:
    role, strength = role_and_strength
    group = fold(canonical)
    listed: set[str] = set()
    spellings = [way for item in spellings for way in expanded(item)]
    if seen.get((role, group)) not in (None, canonical):
        owner = seen[role, group]
        where = table.line(canonical, last=True)
        words.complaints.append(f"{where}: {canonical!r} already belongs to {owner!r}")
    for spelling in [*spellings, canonical]:
        if not isinstance(spelling, str) or not (form := fold(spelling)):
            words.complaints.append(
                f"{table.line(canonical)}: {spelling!r} has no letters or digits"
            )
            continue
        if spelling in listed and spelling is not canonical:
            where = table.line(spelling, last=True)
            words.complaints.append(f"{where}: {spelling!r} stands twice in a group")
        listed.add(spelling)
        owner = seen.setdefault((role, form), canonical)
        if owner != canonical:
            where = table.line(spelling, last=True)
            words.complaints.append(
                f"{where}: {spelling!r} belongs to both {owner!r} and {canonical!r}"
            )
            continue
        _add_form(form, role, group, strength, words)


def _gather_patronymics(
    table: Table, content: object, seen: dict[tuple[str, str], str], words: Words
) -> None:
    """Give each stem its endings: the sons' spellings are one group, the daughters'."""
    if not isinstance(content, dict):
        words.complaints.append(f"{table.path.name}: {PATRONYMICS} is not a table")
        return
    for canonical, stems in content.items():
        if not isinstance(stems, list) or not stems:
            words.complaints.append(f"{table.line(canonical)}: no stems")
            continue
        for ending, endings in (("ich", SONS), ("na", DAUGHTERS)):
            spellings: list[object] = [
                f"{stem}{end}"
                for stem in stems
                for end in endings
                if ending == "na" or not str(stem).endswith(("iv", "au", "eu"))
            ]
            rules = ("name", "spelling")
            _add_group(table, f"{canonical}{ending}", spellings, rules, seen, words)


def _add_form(form: str, role: str, group: str, strength: str, words: Words) -> None:
    parts = form.split()
    if role == "number":
        if len(parts) == 1:
            words.numbers[form] = group
    elif len(parts) > 1:
        phrases = words.name_phrases if role == "name" else words.phrases
        if [parts, role, group] not in phrases:
            phrases.append([parts, role, group])
    else:
        entries = words.words.setdefault(form, [])
        # A form named twice in its group keeps the stronger mention, which is first.
        if not any(entry[0] == role for entry in entries):
            entries.append([role, group, strength])


def _gather_han(table: Table, words: Words) -> None:
    allowed = iter([*HAN, *HAN_LISTS, HAN_READINGS])
    for name, content in _tables(table, allowed, words):
        if name in HAN and isinstance(content, dict):
            for chars, form in content.items():
                if not isinstance(form, str) or fold(form) != form or not form:
                    words.complaints.append(
                        f"{table.line(chars)}: {form!r} is not in folded form"
                    )
                elif chars in words.han:
                    words.complaints.append(
                        f"{table.line(chars, last=True)}: {chars} stands twice"
                    )
                else:
                    words.han[chars] = [HAN[name], form]
        elif name in HAN_LISTS and isinstance(content, str):
            for surname in content.split():
                if surname in words.han_surnames:
                    words.complaints.append(
                        f"{table.path.name}: surname {surname} stands twice"
                    )
                words.han_surnames.add(surname)
        elif name == HAN_READINGS and isinstance(content, dict):
            for chars, reading in content.items():
                if not isinstance(reading, str) or fold(reading) != reading:
                    words.complaints.append(
                        f"{table.line(chars)}: {reading!r} is not in folded form"
                    )
                else:
                    words.han_readings[chars] = reading
        else:
            words.complaints.append(f"{table.path.name}: {name} has the wrong form")


def _gather_signs(table: Table, words: Words) -> None:
    for name, content in _tables(table, iter(SIGNS), words):
        target = words.confusables if name == "confusables" else words.leet
        if not isinstance(content, dict):
            words.complaints.append(f"{table.path.name}: {name} is not a table")
            continue
        for latin, signs in content.items():
            for sign in str(signs).split():
                if len(sign) != 1 or (sign in target and target[sign] != latin):
                    words.complaints.append(
                        f"{table.line(latin)}: {sign!r} is not one sign, or is twice"
                    )
                target[sign] = latin


def _gather_frequency(path: Path, words: Words) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        if next(rows, None) != ["token", "listed", "companies"]:
            words.complaints.append(f"{path.name}: not token,listed,companies")
            return
        for row in rows:
            if len(row) != 3 or fold(row[0]) != row[0] or row[0] in words.frequency:
                words.complaints.append(f"{path.name}:{rows.line_num}: {row}")
                continue
            words.frequency[row[0]] = int(row[1]) + int(row[2])


def rendered(words: Words) -> str:
    """The tables as compact JSON, sorted, one entry of a large table a line."""
    phrases = [
        sorted(table, key=lambda phrase: (-len(_forms(phrase)), _forms(phrase)))
        for table in (words.phrases, words.name_phrases)
    ]
    top = {
        "words": {form: sorted(words.words[form]) for form in sorted(words.words)},
        "phrases": phrases[0],
        "name_phrases": phrases[1],
        "han": dict(sorted(words.han.items())),
        "han_surnames": sorted(words.han_surnames),
        "han_readings": dict(sorted(words.han_readings.items())),
        "confusables": dict(sorted(words.confusables.items())),
        "leet": dict(sorted(words.leet.items())),
        "numbers": dict(sorted(words.numbers.items())),
        "frequency": dict(sorted(words.frequency.items())),
    }
    parts = [f"{_compact(key)}:{_lines(value)}" for key, value in top.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _forms(phrase: list[object]) -> list[str]:
    forms = phrase[0]
    assert isinstance(forms, list)
    return forms


def _lines(value: object) -> str:
    """A table with one entry a line, so that a change shows as a small difference."""
    if isinstance(value, dict):
        entries = [f"{_compact(key)}:{_compact(item)}" for key, item in value.items()]
        return "{\n" + ",\n".join(entries) + "}"
    assert isinstance(value, list)
    return "[\n" + ",\n".join(map(_compact, value)) + "]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str] | None = None) -> int:
    """Build or check; the exit code."""
    parser = argparse.ArgumentParser(description="Build the table of words.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--tables", type=Path, default=TABLES)
    parser.add_argument("--output", type=Path, default=BUILT)
    options = parser.parse_args(arguments)
    words = gather(options.tables)
    if words.complaints:
        print("\n".join(words.complaints), file=sys.stderr)
        return 1
    text = rendered(words)
    if options.check:
        if options.output.is_file() and options.output.read_text("utf-8") == text:
            return 0
        print(f"{options.output.name} is out of date: run {Path(__file__).name}")
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text, "utf-8")
    print(
        f"{len(words.words)} words, {len(words.phrases)} phrases, "
        f"{len(words.name_phrases)} names of several words, {len(words.han)} Han words,"
        f" {len(words.han_surnames)} Han surnames, {len(words.frequency)} frequencies"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
