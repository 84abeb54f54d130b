"""Two records of the same trade: what the exporter tells, and what the importer tells.

Exports are valued free on board, imports with freight and insurance, so an importer's
figure should exceed the exporter's by some percent. A gap beyond that is a question:
goods declared for another country, transit, timing, secrecy. Against a figure that was
made up from the partner's records a gap says nothing, and none is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clearway.errors import NotFound
from clearway.trade.asking import Question, narrowed
from clearway.trade.flows import Series, series
from clearway.trade.periods import Period, asked
from clearway.trade.store import Store

BAND = (1.00, 1.20)
"""Importer's figure over exporter's where freight and insurance explain it.

Freight and insurance are usually put at 6 to 10 % of the value; by land and over long
distances more (evidence: memory, of OECD and IMF practice). Override with your own."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Both records of a period; `verdict` is within, below, above or refused.

    `ratio` is the importer's figure over the exporter's, None where refused; `why`
    says why.
    """

    period: str
    exported: float | None
    imported: float | None
    ratio: float | None
    verdict: str
    why: str = ""

    @property
    def gap(self) -> float | None:
        """The importer's figure less the exporter's."""
        if self.exported is None or self.imported is None or self.ratio is None:
            return None
        return self.imported - self.exported


@dataclass(frozen=True, slots=True)
class Mirror:
    """The gaps of a corridor in one direction, with both sources."""

    exporter: Series
    importer: Series
    band: tuple[float, float]
    gaps: tuple[Gap, ...]


def mirror(
    store: Store,
    question: Question,
    *,
    other: str = "",
    band: tuple[float, float] = BAND,
) -> Mirror:
    """Compare the exports of one country to another with the other's imports.

    The question is that of the exporter; `other` names the publisher for the importer's
    record. Years are compared, from months added up where only months are told.
    Raises NotFound where one side is not kept.
    """
    exporter = _side(store, narrowed(question, flows=("export",)))
    importer = _side(
        store,
        narrowed(
            question,
            reporters=question.partners,
            partners=question.reporters,
            flows=("import",),
            publisher=other,
            currency=exporter.currency,
        ),
    )
    return Mirror(exporter, importer, band, gaps(exporter, importer, band))


def _side(store: Store, question: Question) -> Series:
    """Months if they are told, else years."""
    try:
        return series(store, narrowed(question, length=1))
    except NotFound:
        return series(store, narrowed(question, length=12))


def gaps(
    exporter: Series, importer: Series, band: tuple[float, float] = BAND
) -> tuple[Gap, ...]:
    """The gap of every year that both sides know whole."""
    if exporter.currency != importer.currency:
        return ()
    years = sorted(_years(exporter) & _years(importer))
    return tuple(_gap(exporter, importer, asked(year), band) for year in years)


def _years(one: Series) -> set[str]:
    years = {point.period[:4] for point in one.points}
    return {year for year in years if one.total(asked(year)) is not None}


def _gap(
    exporter: Series, importer: Series, year: Period, band: tuple[float, float]
) -> Gap:
    exported, imported_ = exporter.total(year), importer.total(year)
    for one in (exporter, importer):
        if why := circular(one, year):
            return Gap(str(year), exported, imported_, None, "refused", why)
    if not exported or imported_ is None:
        why = "the exporter tells no trade"
        return Gap(str(year), exported, imported_, None, "refused", why)
    ratio = imported_ / exported
    low, high = band
    verdict = "below" if ratio < low else "above" if ratio > high else "within"
    return Gap(str(year), exported, imported_, ratio, verdict)


def circular(one: Series, year: Period) -> str:
    """Why a series cannot be one side of a mirror in a year; empty if it can."""
    here = [point for point in one.points if point.period[:4] == str(year)]
    statuses = {status for point in here for status in point.status.split(", ")}
    made: Sequence[str] = sorted(statuses & {"estimated", "mirror"})
    if not made:
        return ""
    return (
        f"the figure of {one.publisher} for {one.title} in {year} is "
        f"{' and '.join(made)}, made from partners' records: comparing it with them "
        "is circular"
    )
