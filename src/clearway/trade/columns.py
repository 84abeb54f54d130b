"""The columns of a stored figure, and what a reader hands over."""

from dataclasses import dataclass, field
from typing import Any

from clearway.model import Problem

ROW = (
    "reporter",
    "partner",
    "flow",
    "code",
    "edition",
    "period",
    "value",
    "currency",
    "quantity",
    "unit",
    "status",
    "valuation",
    "detail",
    "row",
)
"""What a figure consists of, beside the file it stands in.

`reporter` and `partner` are ISO 3166-1 alpha-2 in lower case, `world`, or a group
(`eu`, `ea`, `group:...`); `flow` one of FLOWS; `code` 2 to 10 digits as text, or TOTAL;
`edition` such as HS2017 or CN2022; `period` as clearway.trade.periods spells it;
`value` in whole units of `currency` (ISO 4217); `quantity` in `unit`; `status` one of
STATUSES; `valuation` FOB, CIF or empty; `detail` what tells apart rows of one code that
add up (customs regime and place); `row` the line in the file, its heading being 1.

Values are 64-bit floats, which hold whole amounts up to 9 quadrillion exactly: these
are statistics of millions of rows, not sums of money that somebody owes.
"""

FLOWS = ("export", "import", "re-export", "re-import")
STATUSES = ("reported", "provisional", "estimated", "mirror")
"""`estimated` is what a publisher made up for a reporter that is silent, `mirror` what
it took over from the partner's records: neither is a report of the reporter."""

TOTAL = "TOTAL"
"""The code of all goods together."""

WHY = {
    "not_a_number": "the value is no number; correct the cell or leave the row out",
    "negative": "the value is negative, which trade is not; ask for a corrected file",
    "duplicated": "this figure stands in the file more than once; it is counted once",
    "contradiction": "two rows give different values for the same figure; neither is "
    "used: find out which is right and import a file with that one",
    "bad_period": "the period is none that can be read; write 2024-03",
    "unknown_reporter": "the reporter is no country or group we know",
    "unknown_partner": "the partner is no country or group we know",
    "unknown_flow": "the flow is neither export nor import",
    "unknown_edition": "the classification is unknown; name it with --edition",
    "unknown_code": "the code is no commodity code",
    "lost_zeros": "the code has an odd number of digits: a spreadsheet took its "
    "leading zero; export it again with codes as text",
    "wrong_currency": "the currency is not the one the file is said to be in",
    "breakdown": "the row breaks down another by customs procedure, transport or "
    "second partner and would count twice; ask for the totals",
    "unpublished": "the month is zero for all goods and partners at the end of the "
    "file: it is not yet published",
    "ragged": "the row has another number of cells than the heading",
    "withheld": "the figure is not available or confidential in the source",
}
"""Why a row is not used, and what to do: every reader takes its reasons from here."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says about a file that the file does not say itself."""

    period: str = ""
    flow: str = ""
    reporter: str = ""
    partner: str = ""
    currency: str = ""
    edition: str = ""
    code: str = ""
    status: str = ""
    published: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a file.

    `rows` is a Polars frame with the columns ROW, `excluded` one with `row`, `why` (a
    key of WHY) and `text`; `problems` what concerns the file as a whole; `published`
    the day (YYYY-MM-DD) the file says it was published or extracted, if it does;
    `layout` names the layout recognised, `publisher` whose it is.
    """

    publisher: str
    layout: str
    rows: Any
    excluded: Any
    problems: tuple[Problem, ...] = ()
    published: str = ""
    notes: tuple[str, ...] = field(default=())
