"""The UK's consolidated list of financial sanctions targets, ConList.csv.

The Office of Financial Sanctions Implementation (OFSI) describes its columns in the
"Format guide" to the list. Unknown days and months are zero ("00/00/1994"), "Name 6"
is the surname or the name of an entity, several values of a cell are numbered.
"""

import re
from collections.abc import Iterator, Sequence

from clearway.errors import ListUnreadable
from clearway.lists.csv_rows import Record
from clearway.lists.reader import Edition, File, Reader
from clearway.lists.uk_conlist_facts import Facts
from clearway.lists.uk_conlist_record import (
    Group,
    groups,
    is_conlist,
    names_of,
    position,
    published_on,
)
from clearway.lists.uk_other_information import numbered, sections
from clearway.model import (
    Address,
    Birth,
    Entity,
    Kind,
    Listing,
    Name,
    NameType,
    PartialDate,
    Problem,
    Quality,
)
from clearway.names import countries

PUBLISHER = "uk"
LIST = "conlist"

_KINDS = {
    "individual": Kind.PERSON,
    "entity": Kind.ORGANIZATION,
    "ship": Kind.VESSEL,
}
_NAME_TYPES = {
    "primary name": NameType.PRIMARY,
    "primary name variation": NameType.ALIAS,
    "aka": NameType.ALIAS,
    "fka": NameType.FORMER,
}
_QUALITIES = {
    "": Quality.STRONG,
    "good quality": Quality.STRONG,
    "low quality": Quality.WEAK,
}
# ISO 15924; the list of 2025 misspells Cyrillic and calls a script by its language.
_SCRIPTS = {
    "arabic": "Arab",
    "armenian": "Armn",
    "burmese": "Mymr",
    "chinese": "Hani",
    "cryillic": "Cyrl",
    "cyrilic": "Cyrl",
    "cyrillic": "Cyrl",
    "georgian": "Geor",
    "greek": "Grek",
    "hangul": "Hang",
    "hebrew": "Hebr",
    "japanese": "Jpan",
    "khmer": "Khmr",
    "korean": "Kore",
    "persian": "Arab",
    "russian": "Cyrl",
    "thai": "Thai",
}
# ISO 639-1.
_LANGUAGES = {
    "arabic": "ar",
    "armenian": "hy",
    "belarusian": "be",
    "bosnian": "bs",
    "bulgarian": "bg",
    "burmese": "my",
    "chinese": "zh",
    "dari": "fa",
    "english": "en",
    "french": "fr",
    "georgian": "ka",
    "greek": "el",
    "hebrew": "he",
    "japanese": "ja",
    "kazakh": "kk",
    "korean": "ko",
    "macedonian": "mk",
    "pashto": "ps",
    "persian": "fa",
    "persian/farsi": "fa",
    "romanian": "ro",
    "russia": "ru",
    "russian": "ru",
    "serbian": "sr",
    "spanish": "es",
    "thai": "th",
    "turkish": "tr",
    "ukraine": "uk",
    "ukrainian": "uk",
    "urdu": "ur",
}
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_ADDRESS = tuple(f"Address {number}" for number in range(1, 7))


def recognises(head: bytes, name: str) -> bool:
    """Whether the header of a ConList stands in one of the first two rows."""
    return is_conlist(head)


def edition(files: Sequence[File]) -> Edition:
    """The day in the first row; a file without that row carries no date."""
    file = files[0]
    if not is_conlist(file.head()):
        raise ListUnreadable(
            file.name, "line 1: lacks the header of OFSI's ConList, with its Group ID"
        )
    return Edition(PUBLISHER, LIST, published_on(file))


def records(files: Sequence[File]) -> Iterator[Group | Problem]:
    """Each group of rows; a Problem for one without any name and for bad rows."""
    for group in groups(files[0]):
        if isinstance(group, Problem) or any(map(_spelled, group.rows)):
            yield group
            continue
        yield Problem(
            "nameless_entry",
            "a group without a name cannot be used; ask OFSI",
            group.file,
            position(group),
            " | ".join(filter(None, group.rows[0].cells.values())),
        )


def _spelled(row: Record) -> bool:
    return bool(names_of(row) or row.cells["Name Non-Latin Script"].strip())


def entity(record: Group) -> tuple[Entity, tuple[Problem, ...]]:
    """The entity a group names, and what in it could not be understood."""
    source = f"{PUBLISHER}/{LIST}#{record.group_id}"
    types = record.values("Group Type")
    kind = _KINDS.get(types[0].casefold(), Kind.ANY) if types else Kind.ANY
    facts = Facts(record.file, position(record), source, kind)
    if kind is Kind.ANY or len(types) > 1:
        facts.problem(
            "unknown_kind", "the type of party is not clear", ", ".join(types)
        )
        facts.details_of("Group Type", types)
    names = tuple(_names(record, facts))
    facts.details_of("title", record.values("Title"))
    births = tuple(_births(record, facts))
    for text in record.values("Nationality"):
        facts.nationality(text)
    for column, details in (
        ("Passport Number", "Passport Details"),
        ("National Identification Number", "National Identification Details"),
    ):
        facts.documents(column, record.values(column), details, record.values(details))
    facts.details_of("position", record.values("Position"))
    reasons = "; ".join(
        reason
        for text in record.values("Other Information")
        if (reason := facts.other_information(text, sections(text)))
    )
    for row in record.rows:
        for column, text in row.other:
            facts.detail(column, text)
    return (
        Entity(
            id=f"{PUBLISHER}-{record.group_id}",
            kind=kind,
            names=names,
            listings=tuple(_listings(record, facts, reasons)),
            births=births,
            countries=tuple(dict.fromkeys(facts.countries)),
            addresses=tuple(dict.fromkeys(_addresses(record, source))),
            identifiers=tuple(dict.fromkeys(facts.identifiers)),
            links=tuple(dict.fromkeys(facts.links)),
            details=tuple(dict.fromkeys(facts.details)),
        ),
        tuple(dict.fromkeys(facts.problems)),
    )


def _names(record: Group, facts: Facts) -> Iterator[Name]:
    """Each spelling once, the primary name first and its original script after it."""
    found = [name for row in record.rows for name in _names_in(row, facts)]
    found.sort(key=lambda name: name.type != NameType.PRIMARY)
    yield from dict.fromkeys(found)


def _names_in(row: Record, facts: Facts) -> Iterator[Name]:
    cells = row.cells
    type_ = _NAME_TYPES.get(cells["Alias Type"].strip().casefold())
    quality = _QUALITIES.get(cells["Alias Quality"].strip().casefold())
    for column, known in (("Alias Type", type_), ("Alias Quality", quality)):
        if known is None:
            message = "not a word that is known here; taken as a good alias"
            facts.problem(
                f"unknown_{column.lower().replace(' ', '_')}", message, cells[column]
            )
            facts.detail(column, cells[column].strip())
    pieces = names_of(row)
    if pieces:
        yield Name(
            text=" ".join(text for _, text in pieces),
            type=type_ or NameType.ALIAS,
            quality=quality or Quality.STRONG,
            parts=_parts(dict(pieces)),
            source=facts.source,
        )
    for text in numbered(cells["Name Non-Latin Script"]).values():
        yield Name(
            text=text,
            type=type_ or NameType.ALIAS,
            quality=quality or Quality.STRONG,
            script=_code("Non-Latin Script Type", _SCRIPTS, row, facts),
            language=_code("Non-Latin Script Language", _LANGUAGES, row, facts),
            source=facts.source,
        )


def _parts(pieces: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Surname, first and further names; an entity's name is in one piece."""
    last = pieces.get("Name 6", "")
    first = pieces.get("Name 1", "")
    middle = " ".join(
        text for column, text in pieces.items() if column not in ("Name 1", "Name 6")
    )
    if not first and not middle:
        return ()
    parts = (("last", last), ("first", first), ("middle", middle))
    return tuple((part, text) for part, text in parts if text)


def _code(column: str, table: dict[str, str], row: Record, facts: Facts) -> str:
    """The ISO code of a word; a word without one is kept as it is."""
    word = row.cells[column].strip()
    code = table.get(word.casefold(), "")
    if word and not code:
        facts.detail(column, word)
    return code


def _births(record: Group, facts: Facts) -> Iterator[Birth]:
    """Dates and places; joined only where there is one of each."""
    days = [facts.date("DOB", text, _day) for text in record.values("DOB")]
    texts = record.values("DOB")
    towns = [numbered(text) for text in record.values("Town of Birth")]
    lands = [numbered(text) for text in record.values("Country of Birth")]
    places = list(dict.fromkeys(_places(towns, lands)))
    whole = len(texts) == 1 and len(places) == 1
    for text, day in zip(texts, days, strict=True):
        place, country = places[0] if whole else ("", "")
        yield Birth(day, place, country, "" if day else text, facts.source)
    if not whole:
        for place, country in places:
            yield Birth(place=place, country=country, source=facts.source)


def _day(text: str) -> PartialDate:
    if match := _MONTH_YEAR.fullmatch(text):
        return PartialDate.of(int(match[2]), int(match[1]), text=text)
    return PartialDate.parse(text)


def _places(
    towns: Sequence[dict[int, str]], lands: Sequence[dict[int, str]]
) -> Iterator[tuple[str, str]]:
    """Town and country of each number; a country without numbers is that of all."""
    for town in towns or [{}]:
        for land in lands or [{}]:
            everywhere = land[1] if set(land) == {1} else ""
            for number in sorted({*town, *land}):
                country = land.get(number, everywhere)
                place = ", ".join(filter(None, (town.get(number, ""), country)))
                yield place, countries.code(country)


def _addresses(record: Group, source: str) -> Iterator[Address]:
    for row in record.rows:
        lines = [row.cells[column].strip() for column in _ADDRESS]
        code = row.cells["Post/Zip Code"].strip()
        country = row.cells["Country"].strip()
        text = ", ".join(filter(None, (*lines, code, country)))
        if text:
            yield Address(
                text=" ".join(text.split()),
                postal_code=code,
                country=countries.code(country),
                country_text=country,
                source=source,
            )


def _listings(record: Group, facts: Facts, reasons: str) -> Iterator[Listing]:
    """One listing for each regime the party is listed under."""
    columns = (
        "Regime",
        "Listed On",
        "Last Updated",
        "UK Sanctions List Date Designated",
    )
    told = [
        tuple(row.cells[column].strip() for column in columns) for row in record.rows
    ]
    for regime, listed, updated, designated in dict.fromkeys(told):
        changed = facts.date("Last Updated", updated, _day)
        # "Listed On" is the day of OFSI's own list, which older regimes began.
        facts.detail("UK Sanctions List Date Designated", designated)
        yield Listing(
            publisher=PUBLISHER,
            list=LIST,
            record=record.group_id,
            programmes=(regime,) if regime else (),
            listed_on=facts.date("Listed On", listed, _day),
            changed_on=(changed,) if changed else (),
            reasons=reasons,
        )


READER = Reader(
    publisher=PUBLISHER,
    format="OFSI ConList CSV",
    recognises=recognises,
    edition=edition,
    records=records,
    entity=entity,
)
