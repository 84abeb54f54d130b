"""The files of OFAC's CSV set and their rows, before anything is made of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

from clearway.lists.csv_rows import END_MARK, Row, first_rows, ragged, rows
from clearway.lists.reader import File
from clearway.model import Problem

SDN = "sdn"
CONSOLIDATED = "consolidated"


@dataclass(frozen=True, slots=True)
class AddRow:
    """A row of add.csv, by the names of OFAC's specification."""

    Ent_num: str = ""
    Add_num: str = ""
    Address: str = ""
    City_State_Province_Postal_Code: str = ""
    Country: str = ""
    Add_remarks: str = ""


@dataclass(frozen=True, slots=True)
class AltRow:
    """A row of alt.csv, by the names of OFAC's specification."""

    Ent_num: str = ""
    Alt_num: str = ""
    Alt_type: str = ""
    Alt_name: str = ""
    Alt_Remarks: str = ""


@dataclass(frozen=True, slots=True)
class SdnRow:
    """A row of sdn.csv, by the names of OFAC's specification; "-0- " is empty.

    `Remarks_continued` is its row of the comments file. `list`, `file` and `line` say
    where it was read, `surplus` holds cells beyond the twelve.
    """

    Ent_num: str = ""
    SDN_Name: str = ""
    SDN_Type: str = ""
    Program: str = ""
    Title: str = ""
    Call_Sign: str = ""
    Vess_type: str = ""
    Tonnage: str = ""
    GRT: str = ""
    Vess_flag: str = ""
    Vess_owner: str = ""
    Remarks: str = ""
    Remarks_continued: str = ""
    addresses: tuple[AddRow, ...] = ()
    aliases: tuple[AltRow, ...] = ()
    surplus: tuple[str, ...] = ()
    list: str = SDN
    file: str = ""
    line: int = 0

    @property
    def whole_remarks(self) -> str:
        """The remarks with their continuation, which begins in mid-word."""
        return self.Remarks + self.Remarks_continued


# How many cells a row has says which file of the set it is in.
MAIN, ADDRESSES, ALIASES, COMMENTS = 12, 6, 5, 2
COMPANIONS = {
    SDN: {
        ADDRESSES: "add.csv",
        ALIASES: "alt.csv",
        COMMENTS: "sdn_comments.csv",
    },
    CONSOLIDATED: {
        ADDRESSES: "cons_add.csv",
        ALIASES: "cons_alt.csv",
        COMMENTS: "cons_comments.csv",
    },
}
_MAIN_NAMES = {"sdn.csv": SDN, "cons_prim.csv": CONSOLIDATED}
HOLDS = {
    ADDRESSES: "addresses",
    ALIASES: "aliases",
    COMMENTS: "the ends of long remarks",
}
NOTHING = "-0-"
_MAIN_COLUMNS = tuple(column.name for column in fields(SdnRow))[:MAIN]


def companions(name: str) -> tuple[str, ...]:
    """The names of the files that belong beside a main file, in its own letter case.

    Empty for a name that is none of OFAC's ("sdn.csv", "cons_prim.csv").
    """
    list_ = _MAIN_NAMES.get(name.casefold())
    if list_ is None:
        return ()
    names = tuple(COMPANIONS[list_].values())
    return tuple(one.upper() for one in names) if name.isupper() else names


@dataclass(slots=True)
class Beside:
    """What the companion files hold, by the number of the party.

    `found` are the companions there were, by their width; `where` the first file and
    line that speak of a party.
    """

    addresses: dict[str, list[AddRow]] = field(
        default_factory=lambda: defaultdict(list)
    )
    aliases: dict[str, list[AltRow]] = field(default_factory=lambda: defaultdict(list))
    comments: dict[str, str] = field(default_factory=dict)
    found: set[int] = field(default_factory=set)
    where: dict[str, tuple[str, int]] = field(default_factory=dict)

    def numbers(self) -> set[str]:
        """Every party that some companion speaks of."""
        return {*self.addresses, *self.aliases, *self.comments}


def cells_of(file: File, width: int) -> Iterator[Row | Problem]:
    """Rows at least `width` wide, nothing as ''; a Problem if the end mark lacks."""
    ended, line = False, 0
    for row in rows(file):
        if isinstance(row, Problem):
            yield row
            continue
        line = row.line
        ended = row.cells[0].strip() == END_MARK and len(row.cells) == 1
        if ended:
            continue
        if len(row.cells) != width and (fault := ragged(row, width, file)):
            yield fault
        cells = [*map(_told, row.cells), *[""] * (width - len(row.cells))]
        # A comment goes on in mid-word, so its blanks count; OFAC pads nothing else.
        yield Row(row.line, cells, row.ended)
    if not ended and width != COMMENTS:
        yield Problem(
            "no_end_mark",
            "does not end with control-Z as OFAC's files do; it may be cut short, "
            "compare it with OFAC's",
            file.name,
            f"line {line}",
        )


def party_of(row: Row, list_: str, file: File, beside: Beside) -> SdnRow:
    """The row of a main file, with what the companions hold of the same party."""
    told = dict(zip(_MAIN_COLUMNS, row.cells, strict=False))
    number = row.cells[0]
    return SdnRow(
        **told,
        Remarks_continued=beside.comments.get(number, ""),
        addresses=tuple(beside.addresses.get(number, ())),
        aliases=tuple(beside.aliases.get(number, ())),
        surplus=tuple(filter(None, row.cells[MAIN:])),
        list=list_,
        file=file.name,
        line=row.line,
    )


def _told(cell: str) -> str:
    return "" if cell.strip() == NOTHING else cell


def read_companion(file: File, beside: Beside) -> Iterator[Problem]:
    """Add what a companion file holds to `beside`."""
    width = _width(file)
    if width not in HOLDS:
        yield Problem(
            "unknown_companion",
            "is not one of OFAC's CSV files of addresses, aliases or comments; it was "
            "left aside",
            file.name,
        )
        return
    beside.found.add(width)
    for row in cells_of(file, width):
        if isinstance(row, Problem):
            yield row
            continue
        number = row.cells[0].strip()
        beside.where.setdefault(number, (file.name, row.line))
        if width == ADDRESSES:
            beside.addresses[number].append(AddRow(*row.cells[:width]))
        elif width == ALIASES:
            beside.aliases[number].append(AltRow(*row.cells[:width]))
        else:
            beside.comments[number] = beside.comments.get(number, "") + row.cells[1]


def _width(file: File) -> int:
    """Which companion this is: by OFAC's name for it, or else by its first row."""
    for widths in COMPANIONS.values():
        for width, name in widths.items():
            if file.name.casefold() == name:
                return width
    first = first_rows(file.head(), 1)
    return len(first[0]) if first else 0


def missing_companions(file: File, list_: str, widths: Sequence[int]) -> Problem:
    """The Problem of a main file that came without some of its companions."""
    names = [f"{COMPANIONS[list_][width]} ({HOLDS[width]})" for width in widths]
    return Problem(
        "missing_companion",
        f"was read without {', '.join(names)}; put what is missing beside it and "
        "add it again",
        file.name,
        text=", ".join(COMPANIONS[list_][width] for width in widths),
    )
