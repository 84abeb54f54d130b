"""A file of statistics read: whose it is is told by what stands in it, not its name."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from clearway.errors import InputUnreadable, UsageError
from clearway.trade import baci, comext, comtrade, gacc, imf, plain
from clearway.trade.checks import mixed, problems_of
from clearway.trade.columns import Reading, Told
from clearway.trade.editions import known
from clearway.trade.files import File
from clearway.trade.periods import asked
from clearway.trade.places import of_name


@dataclass(frozen=True, slots=True)
class Reader:
    """One publisher: `recognises` a file by its content, `read` gives its figures.

    `asks` names the options that mean something for it; a file that says a thing itself
    is not to be told another.
    """

    publisher: str
    recognises: Callable[[File], bool]
    read: Callable[[File, Told], Reading]
    asks: frozenset[str]


_ALWAYS = frozenset({"status", "published"})
READERS = (
    Reader(comtrade.PUBLISHER, comtrade.recognises, comtrade.read, frozenset()),
    Reader(baci.PUBLISHER, baci.recognises, baci.read, frozenset({"edition"})),
    Reader(imf.PUBLISHER, imf.recognises, imf.read, frozenset({"currency"})),
    Reader(comext.PUBLISHER, comext.recognises, comext.read, frozenset()),
    Reader(
        gacc.PUBLISHER,
        gacc.recognises,
        gacc.read,
        frozenset({"period", "flow", "currency", "edition"}),
    ),
    Reader(
        plain.PUBLISHER,
        plain.recognises,
        plain.read,
        frozenset(
            {
                *("period", "flow", "reporter", "partner"),
                *("currency", "edition", "code", "publisher"),
            }
        ),
    ),
)
"""Who is asked, in this order; a table of somebody's own comes last."""


def reader_of(file: File) -> Reader:
    """The reader of a file; raises InputUnreadable where none knows it."""
    for reader in READERS:
        if reader.recognises(file):
            return reader
    known = "Comtrade v1, China Customs, Eurostat Comext, BACI, IMF, or a table"
    message = f"is no file of trade statistics we know ({known} with period and value)"
    raise InputUnreadable(file.name, message)


def read_file(file: File, told: Told | None = None) -> Reading:
    """The figures of a file with a problem for every kind of row left out.

    Raises InputUnreadable for what is no file of statistics, UsageError where the file
    leaves open what only the user can say, or says itself what the user says too.
    """
    told = _checked(told or Told())
    reader = reader_of(file)
    extra = [
        f"--{name}"
        for name in Told.__dataclass_fields__
        if getattr(told, name) and name not in reader.asks | _ALWAYS
    ]
    if extra:
        raise UsageError(
            f"{file.name} ({reader.publisher}) says itself what {', '.join(extra)} "
            "would tell: leave it out"
        )
    reading = reader.read(file, told)
    problems = (
        *reading.problems,
        *mixed(reading.rows, file.name),
        *problems_of(reading.excluded, file.name),
    )
    if not reading.rows.height and not problems:
        raise InputUnreadable(file.name, "holds no figures")
    return replace(
        reading, problems=problems, published=told.published or reading.published
    )


def _checked(told: Told) -> Told:
    if told.flow and told.flow not in ("export", "import"):
        raise UsageError(f"--flow is export or import, not {told.flow!r}")
    if told.period:
        told = replace(told, period=str(asked(told.period)))
    for name in ("reporter", "partner"):
        word = getattr(told, name)
        if word and not of_name(word):
            raise UsageError(f"--{name} {word!r} is no country we know")
    if told.edition:
        told = replace(told, edition=told.edition.upper())
        if not known(told.edition):
            message = f"--edition {told.edition!r} is none we know: HS2017, CN2023, ..."
            raise UsageError(message)
    if told.currency:
        told = replace(told, currency=told.currency.upper())
    return told
