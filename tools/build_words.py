"""Build `src/clearway/names/data/*.json` from the tables in `resources/words`.

    python tools/build_words.py            write the files
    python tools/build_words.py --check    compare only; exit 1 if it is out of date

What is wrong with a table is printed as `file:line: what`, all at once, and exit is 1.
"""

import argparse
import csv
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "resources" / "words"
COUNTRIES = ROOT / "resources" / "countries.csv"
BUILT = ROOT / "src" / "clearway" / "names" / "data"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.names.abjad import ARABIC, HEBREW, bare  # noqa: E402  (path is set)
from clearway.names.fold import fold  # noqa: E402
from clearway.names.han import pinyin  # noqa: E402
from clearway.names.latin import read  # noqa: E402
from clearway.names.words import Scripts, scripts_of  # noqa: E402

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
        "small": ("small", "spelling"),
        "vessel_prefixes": ("vessel_prefix", "spelling"),
        "numbers": ("number", "spelling"),
    },
    "places.toml": {"groups": ("place", "spelling")},
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
# file -> table -> attribute of Words. Words of another script and their Latin.
READ = {
    "abjad.toml": {"names": "arabic", "words": "arabic", "hebrew": "hebrew"},
    "japanese.toml": {"surnames": "japanese_surnames", "given": "japanese_given"},
    "hangul.toml": {
        "legal": "hangul",
        "generic": "hangul",
        "place": "hangul",
        "name": "hangul",
    },
}
# The roles that lend Arabic and Hebrew words their reading, first come first served;
# those with a reading of their own come behind the given names.
READ_FROM = ("titles.toml", "legal_forms.toml", "generic.toml")
ABJADS = ("arabic", "hebrew")
COMPOUNDS = ("servants", "faith", "gifts")
FAMILIES = "families"
ROMANISED = "romanised.toml"
ROMANISED_TABLES = ("pinyin", "initials", "finals", "syllables", "cantonese")
COUNTS = {
    "frequency.csv": ["token", "listed", "companies"],
    "bearers.csv": ["token", "bearers"],
}
SIGNS = ("confusables", "leet")
PATRONYMICS = "patronymics"
_CHOICE = re.compile(r"\{([^{}]*)\}")
SONS = ("ich", "itj", "ych", "ytj", "ic", "its", "itch")
DAUGHTERS = ("na",)


@dataclass
class Words:
    """What the tables say, gathered under folded forms."""

    words: dict[str, list[list[str]]] = field(default_factory=dict)
    phrases: dict[tuple[str, str, str], None] = field(default_factory=dict)
    name_phrases: dict[tuple[str, str, str], None] = field(default_factory=dict)
    spelt: set[str] = field(default_factory=set)
    han: dict[str, list[str]] = field(default_factory=dict)
    han_surnames: set[str] = field(default_factory=set)
    han_readings: dict[str, str] = field(default_factory=dict)
    japanese_surnames: dict[str, str] = field(default_factory=dict)
    japanese_given: dict[str, str] = field(default_factory=dict)
    hangul: dict[str, str] = field(default_factory=dict)
    arabic: dict[str, str] = field(default_factory=dict)
    hebrew: dict[str, str] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    servants: dict[str, str] = field(default_factory=dict)
    faith: dict[str, str] = field(default_factory=dict)
    gifts: dict[str, str] = field(default_factory=dict)
    confusables: dict[str, str] = field(default_factory=dict)
    leet: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    frequency: dict[str, int] = field(default_factory=dict)
    romanised: dict[str, list[str]] = field(default_factory=dict)
    syllables: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    scripts: Scripts | None = None

    def form(self, spelling: str) -> str:
        """A spelling as the engine will see it: read, if need be, and folded."""
        return fold(read(spelling, table=self.scripts))


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
    known = {*GROUPED, *READ, *COUNTS, ROMANISED, "han.toml", "confusables.toml"}
    present = {path.name for path in folder.iterdir() if path.is_file()}
    for name in sorted(present - known):
        words.complaints.append(f"{name}: not a file this builder knows")
    for name in sorted(known - present):
        words.complaints.append(f"{name}: missing")
    tables = {
        name: Table(folder / name)
        for name in sorted(present & known)
        if name.endswith(".toml")
    }
    if "han.toml" in present:
        _gather_han(tables["han.toml"], words)
    # Words of other scripts first: the other spellings are read with their help.
    # A name told with its reading comes before a title (المعروف, "known as").
    for name in ("given_names.toml", *READ, *READ_FROM):
        if name not in present:
            continue
        if name in READ:
            _gather_read(tables[name], READ[name], words)
        else:
            _gather_readings(tables[name], GROUPED[name], words)
    words.scripts = scripts_of(_scripts(words))
    for name, allowed in GROUPED.items():
        if name in present:
            _gather_groups(tables[name], allowed, words)
    _gather_countries(COUNTRIES, words)
    if ROMANISED in present:
        _gather_romanised(tables[ROMANISED], words)
    if "confusables.toml" in present:
        _gather_signs(tables["confusables.toml"], words)
    for name in COUNTS:
        if name in present:
            _gather_counts(folder / name, words)
    _count_groups(words)
    return words


def _gather_read(table: Table, allowed: dict[str, str], words: Words) -> None:
    for name, content in _tables(table, iter(allowed), words):
        if not isinstance(content, dict):
            words.complaints.append(f"{table.path.name}: {name} is not a table")
            continue
        target: dict[str, str] = getattr(words, allowed[name])
        for sign, form in content.items():
            if not isinstance(form, str) or fold(form) != form or not form:
                words.complaints.append(
                    f"{table.line(sign)}: {form!r} is not in folded form"
                )
            elif allowed[name] in ABJADS:
                _add_reading(sign, form, allowed[name], words)
            elif sign in target:
                words.complaints.append(
                    f"{table.line(sign, last=True)}: {sign} stands twice"
                )
            else:
                target[sign] = form


def _gather_readings(
    table: Table, allowed: dict[str, tuple[str, str]], words: Words
) -> None:
    """The chief spelling of a group is how its Arabic and Hebrew words are read."""
    for name in allowed:
        content = table.content.get(name)
        if name == "nickname" or not isinstance(content, dict):
            continue
        for canonical, spellings in content.items():
            for spelling in spellings if isinstance(spellings, list) else []:
                for way in expanded(spelling):
                    _add_reading(str(way).strip(), fold(canonical), "arabic", words)


def _add_reading(spelling: str, latin: str, target: str, words: Words) -> None:
    plain = bare(spelling)
    if ARABIC.fullmatch(plain):
        if plain.startswith("ال") and len(plain) > 4 and latin[:1] not in "aei":
            plain = plain[2:]
        getattr(words, target).setdefault(plain, latin)
    elif HEBREW.fullmatch(spelling):
        words.hebrew.setdefault(re.sub("[^\u05d0-\u05ea]", "", spelling), latin)


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
    names = "nickname" in allowed
    tables = [*allowed, FAMILIES, PATRONYMICS, *COMPOUNDS] if names else [*allowed]
    for name, content in _tables(table, iter(tables), words):
        if name in COMPOUNDS:
            _gather_compounds(table, name, content, words)
            continue
        if name == PATRONYMICS:
            _gather_patronymics(table, content, seen, words)
            continue
        if name == FAMILIES:
            _gather_families(table, content, seen, words)
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
        if not isinstance(spelling, str) or not (form := words.form(spelling)):
            words.complaints.append(
                f"{table.line(canonical)}: {spelling!r} has no letters or digits"
            )
            continue
        if spelling in listed and spelling is not canonical:
            where = table.line(spelling, last=True)
            words.complaints.append(f"{where}: {spelling!r} stands twice in a group")
        listed.add(spelling)
        if _read_otherwise(spelling, group, words):
            continue  # two roles share the word in Arabic; it is read by the first
        owner = seen.setdefault((role, form), canonical)
        if owner != canonical:
            where = table.line(spelling, last=True)
            words.complaints.append(
                f"{where}: {spelling!r} belongs to both {owner!r} and {canonical!r}"
            )
            continue
        _add_form(form, role, group, strength, words)


def _read_otherwise(spelling: str, group: str, words: Words) -> bool:
    plain = bare(spelling)
    return words.arabic.get(plain, group) != group


def _gather_families(
    table: Table, content: object, seen: dict[tuple[str, str], str], words: Words
) -> None:
    """Join groups to families; an item no group has is a group of its own."""
    if not isinstance(content, dict):
        words.complaints.append(f"{table.path.name}: {FAMILIES} is not a table")
        return
    for family, items in content.items():
        for item in map(str, items):
            groups = {
                group
                for spelling in item.split()
                for role, group, _ in words.words.get(words.form(spelling), [])
                if role == "name"
            }
            chief = min(groups, default=words.form(item.split()[0]))
            if len(groups) > 1 or chief in words.families:
                where = table.line(item, last=True)
                said = ", ".join(sorted(groups)) or "told already"
                words.complaints.append(f"{where}: {item!r} is {said}")
                continue
            for spelling in item.split():
                form = words.form(spelling)
                if seen.setdefault(("name", form), chief) == chief:
                    _add_form(form, "name", chief, "spelling", words)
            words.families[chief] = family


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


def _gather_countries(path: Path, words: Words) -> None:
    """Countries and their people in every language of the table of countries."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.reader(lines, delimiter=";"):
            if len(row) < 6 or row[0] == "code":
                continue
            role, group = _country_group(fold(row[2]), words)
            for cell in row[2:6]:
                for spelling in filter(None, map(str.strip, cell.split("|"))):
                    _add_country(words.form(spelling), role, group, words)


def _country_group(name: str, words: Words) -> tuple[str, str]:
    """Where a country belongs: Syria is a general word already, Malta a place."""
    for role, group, _ in words.words.get(name, []):
        if role in ("generic", "place"):
            return role, group
    return "place", name


def _add_country(form: str, role: str, group: str, words: Words) -> None:
    """A country's name, unless the word means something else in a body's name."""
    parts = form.split()
    taken = {role for role, _, _ in words.words.get(form, [])} - {"name"}
    if len(parts) == 1:
        free = (len(form) > 2 or form == group) and not taken
    else:
        # Russian Federation is read word by word, as it is declined in Russian.
        general = [part for part in parts if _is_general(part, words)]
        free = len(general) < len(parts) or form == group
        free = free and form not in words.spelt
    if parts and free:
        _add_form(form, role, group, "spelling", words)


def _is_general(form: str, words: Words) -> bool:
    roles = {role for role, _, _ in words.words.get(form, [])}
    return not roles.isdisjoint({"generic", "particle", "small"})


def _gather_compounds(table: Table, name: str, content: object, words: Words) -> None:
    """The words of names with Abd, al-Din or Allah, by their spellings."""
    if not isinstance(content, dict):
        words.complaints.append(f"{table.path.name}: {name} is not a table")
        return
    target: dict[str, str] = getattr(words, name)
    for chief, spellings in content.items():
        for spelling in [chief, *spellings]:
            target.setdefault(words.form(spelling), fold(chief))


def _add_form(form: str, role: str, group: str, strength: str, words: Words) -> None:
    parts = form.split()
    if role == "number":
        if len(parts) == 1:
            words.numbers[form] = group
    elif len(parts) > 1 and role == "name" and parts[0] == "al":
        # The article is a word of its own: Al-Saadi is `al` and a spelling of Saadi.
        _add_form(" ".join(parts[1:]), role, group, strength, words)
    elif len(parts) > 1:
        phrases = words.name_phrases if role == "name" else words.phrases
        words.spelt.add(form)
        phrases[form, role, group] = None
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


def _gather_romanised(table: Table, words: Words) -> None:
    """Each spelling of a Chinese syllable with those of Pinyin it may stand for."""
    found = dict(_tables(table, iter(ROMANISED_TABLES), words))
    parts = [found.get(name) for name in ROMANISED_TABLES]
    if not all(isinstance(part, dict) for part in parts):
        words.complaints.append(
            f"{table.path.name}: wants {', '.join(ROMANISED_TABLES)}"
        )
        return
    pinyin_of, initials, finals, whole, cantonese = (
        {str(key): str(value) for key, value in part.items()}
        for part in parts
        if isinstance(part, dict)
    )
    spelt: dict[str, set[str]] = {}
    for initial, ends in pinyin_of.items():
        for final in ends.split():
            syllable = (initial + final).replace("v", "u")
            words.syllables.append(syllable)
            spelt.setdefault(syllable, set()).add(syllable)
            ways = whole.get(initial + final, "").split()
            if not ways:
                ways = [initials.get(initial, initial) + finals.get(final, final)]
            for way in ways:
                spelt.setdefault(way.replace("v", "u"), set()).add(syllable)
    for key in whole.keys() - {i + f for i, e in pinyin_of.items() for f in e.split()}:
        words.complaints.append(f"{table.line(key)}: {key!r} is no syllable of Pinyin")
    for spelling, characters in cantonese.items():
        for character in characters:
            for way in {words.han_readings.get(character, ""), pinyin(character)}:
                if way in words.syllables:
                    spelt.setdefault(spelling, set()).add(way)
    words.romanised = {way: sorted(found) for way, found in spelt.items()}


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


def _gather_counts(path: Path, words: Words) -> None:
    """How common words are; what two files say of one word, the larger counts."""
    head = COUNTS[path.name]
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        if next(rows, None) != head:
            words.complaints.append(f"{path.name}: not {','.join(head)}")
            return
        seen: set[str] = set()
        for row in rows:
            if len(row) != len(head) or fold(row[0]) != row[0] or row[0] in seen:
                words.complaints.append(f"{path.name}:{rows.line_num}: {row}")
                continue
            seen.add(row[0])
            count = sum(map(int, row[1:]))
            words.frequency[row[0]] = max(count, words.frequency.get(row[0], 0))


def _count_groups(words: Words) -> None:
    """A general word is as common as all the words together that mean the same."""
    totals: dict[str, int] = {}
    for form, meanings in words.words.items():
        for role, group, _ in meanings:
            if role == "generic":
                count = words.frequency.get(form, 0)
                totals[group] = totals.get(group, 0) + count
    for group, total in totals.items():
        if total:
            words.frequency[group] = max(total, words.frequency.get(group, 0))


def rendered(words: Words) -> dict[str, str]:
    """The files as compact JSON, sorted, one entry of a large table a line."""
    top: dict[str, object] = {
        "words": {
            form: ";".join(map(_told, sorted(words.words[form])))
            for form in sorted(words.words)
        },
        "phrases": _phrases(words.phrases),
        "name_phrases": _phrases(words.name_phrases),
        "families": dict(sorted(words.families.items())),
        "servants": dict(sorted(words.servants.items())),
        "faith": dict(sorted(words.faith.items())),
        "gifts": dict(sorted(words.gifts.items())),
        "confusables": dict(sorted(words.confusables.items())),
        "leet": dict(sorted(words.leet.items())),
        "numbers": dict(sorted(words.numbers.items())),
        "frequency": dict(sorted(words.frequency.items())),
    }
    romanised: dict[str, object] = {
        "syllables": sorted(set(words.syllables)),
        "romanised": {
            way: " ".join(found)
            for way, found in sorted(words.romanised.items())
            if found != [way]
        },
    }
    return {
        "words.json": _document(top),
        "scripts.json": _document(_scripts(words)),
        "romanised.json": _document(romanised),
    }


def _told(meaning: list[str]) -> str:
    """A meaning in one string, which reads faster than a list; spelling is not told."""
    role, group, strength = meaning
    return f"{role}:{group}" + (f":{strength}" if strength != "spelling" else "")


def _phrases(table: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Longer phrases first; one that means several things means them in order."""
    told: dict[str, list[str]] = {}
    for spelling, role, group in table:
        told.setdefault(spelling, []).append(_told([role, group, "spelling"]))
    order = sorted(told, key=lambda spelling: (-len(spelling.split()), spelling))
    return {spelling: ";".join(sorted(told[spelling])) for spelling in order}


def _scripts(words: Words) -> dict[str, object]:
    return {
        "han": dict(sorted(words.han.items())),
        "han_surnames": sorted(words.han_surnames),
        "han_readings": dict(sorted(words.han_readings.items())),
        "japanese_surnames": dict(sorted(words.japanese_surnames.items())),
        "japanese_given": dict(sorted(words.japanese_given.items())),
        "hangul": dict(sorted(words.hangul.items())),
        "arabic": dict(sorted(words.arabic.items())),
        "hebrew": dict(sorted(words.hebrew.items())),
    }


def _document(top: dict[str, object]) -> str:
    parts = [f"{_compact(key)}:{_lines(value)}" for key, value in top.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


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
    parser = argparse.ArgumentParser(description="Build the tables of words.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--tables", type=Path, default=TABLES)
    parser.add_argument("--output", type=Path, default=BUILT, help="a folder")
    options = parser.parse_args(arguments)
    words = gather(options.tables)
    if words.complaints:
        print("\n".join(words.complaints), file=sys.stderr)
        return 1
    files = {options.output / name: text for name, text in rendered(words).items()}
    if options.check:
        stale = [
            path.name
            for path, text in files.items()
            if not path.is_file() or path.read_text("utf-8") != text
        ]
        for name in stale:
            print(f"{name} is out of date: run {Path(__file__).name}")
        return 1 if stale else 0
    options.output.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text, "utf-8")
    print(
        f"{len(words.words)} words, {len(words.phrases)} phrases, "
        f"{len(words.name_phrases)} names of several words, "
        f"{len(words.frequency)} frequencies; {len(words.han)} Han, "
        f"{len(words.hangul)} Hangul, "
        f"{len(words.arabic)} Arabic, "
        f"{len(words.hebrew)} Hebrew words, {len(words.han_surnames)} Chinese and "
        f"{len(words.japanese_surnames)} Japanese surnames"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
