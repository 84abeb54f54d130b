"""China Customs (GACC): exports of the online query, in Chinese and English.

The query of stats.customs.gov.cn gives a table in GB18030 with at most 10,000 rows. It
says neither whether it holds exports or imports nor, unless "date" was ticked, for
which month: both must be told. Partner codes are China Customs' own: 344 is Russia.
"""

from typing import Any

from clearway.errors import UsageError
from clearway.model import Problem
from clearway.trade import gacc_bulletin
from clearway.trade.checks import sorted_out, truncated
from clearway.trade.columns import Reading, Told
from clearway.trade.editions import hs_of_year
from clearway.trade.extras import imported
from clearway.trade.files import File
from clearway.trade.parsing import amount, periods
from clearway.trade.periods import asked
from clearway.trade.places import of_gacc

PUBLISHER = "gacc"

_COLUMNS = {
    "code": ("Commodity code", "商品编码"),
    "partner_code": ("Trading partner code", "贸易伙伴编码"),
    "partner": ("Trading partner", "贸易伙伴名称"),
    "regime": ("Customs Regime code", "贸易方式编码"),
    "place": (
        "Locations of importers and exporters code",
        "收发货人注册地编码",
        "注册地编码",
    ),
    "quantity": ("Quantity", "第一数量"),
    "unit": ("Unit", "第一计量单位"),
    "date": ("Date of data", "Date", "Data date", "数据年月"),
}
_AMOUNTS = {
    "US dollar": "USD",
    "USD": "USD",
    "美元": "USD",
    "RMB": "CNY",
    "RMB Yuan": "CNY",
    "人民币": "CNY",
}
_UNITS = {"Kilogram": "kg", "千克": "kg", "Number of item": "items", "个": "items"}


def recognises(file: File) -> bool:
    """Whether it is an export of the online query, or a table of the bulletin."""
    headings = set(file.headings)
    query = any(name in headings for name in _COLUMNS["code"]) and any(
        name in headings for name in (*_COLUMNS["partner_code"], *_COLUMNS["partner"])
    )
    return query or gacc_bulletin.recognises(file)


def read(file: File, told: Told) -> Reading:
    """The figures of an export or of a table of the bulletin.

    Raises UsageError naming the option for what the file does not say.
    """
    if gacc_bulletin.recognises(file):
        return gacc_bulletin.read(file, told)
    frame = file.table()
    found = {key: _named(frame, names) for key, names in _COLUMNS.items()}
    money = _named(frame, tuple(_AMOUNTS))
    _ask(file, told, has_date=bool(found["date"]))
    if not money:
        raise UsageError(
            f"{file.name} has no column of values in dollars or yuan: tick the "
            "currency in the query and export again"
        )
    currency = _AMOUNTS[money]
    problems: tuple[Problem, ...] = ()
    if told.currency and told.currency != currency:
        raise UsageError(f"{file.name} is in {currency}, not in {told.currency}")
    cells = [name for name in (found["code"], found["partner"], money) if name]
    figures = _figures(frame, found, money, currency, told)
    rows, excluded = sorted_out(figures, frame, cells)
    problems += tuple(truncated(frame.height, file.name))
    layout = "GACC online query, " + ("Chinese" if money in "美元人民币" else "English")
    return Reading(PUBLISHER, layout, rows, excluded, problems)


def _named(frame: Any, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in frame.columns), "")


def _ask(file: File, told: Told, *, has_date: bool) -> None:
    missing = []
    if not told.flow:
        missing.append("--flow export or import")
    if not told.period and not has_date:
        missing.append("--period such as 2024-03")
    if missing:
        raise UsageError(
            f"{file.name} is an export of China Customs that does not say "
            f"{'its direction' if not told.flow else ''}"
            f"{' nor ' if len(missing) == 2 else ''}"
            f"{'' if told.period or has_date else 'its period'}: add "
            f"{' and '.join(missing)}"
        )


def _figures(
    frame: Any, found: dict[str, str], money: str, currency: str, told: Told
) -> Any:
    pl = imported("polars")

    def text(key: str) -> Any:
        name = found[key]
        return pl.col(name).str.strip_chars() if name else pl.lit(None, pl.String)

    partner = pl.struct(code=text("partner_code"), name=text("partner")).map_batches(
        _partners, return_dtype=pl.String
    )
    period = pl.lit(str(asked(told.period))) if told.period else periods(found["date"])
    edition = _edition_of(pl, period, told)
    quantity = (
        amount(found["quantity"]) if found["quantity"] else pl.lit(None, pl.Float64)
    )
    return frame.select(
        pl.lit("cn").alias("reporter"),
        partner.alias("partner"),
        pl.lit(told.flow).alias("flow"),
        text("code").alias("code"),
        edition.alias("edition"),
        period.alias("period"),
        amount(money).alias("value"),
        pl.lit(currency).alias("currency"),
        quantity.alias("quantity"),
        text("unit").replace(_UNITS).alias("unit"),
        pl.lit(told.status or "reported").alias("status"),
        pl.lit("FOB" if told.flow == "export" else "CIF").alias("valuation"),
        pl.concat_str(
            text("regime").fill_null(""), text("place").fill_null(""), separator="/"
        )
        .str.strip_chars("/")
        .alias("detail"),
        pl.col("row"),
        _too_many(pl, frame).alias("why"),
    )


def _partners(series: Any) -> Any:
    pl = imported("polars")
    pairs = series.struct.unnest()
    table = {
        (number, name): of_gacc(number or "", name or "") or None
        for number, name in pairs.unique().iter_rows()
    }
    return pl.Series([table[pair] for pair in pairs.iter_rows()], dtype=pl.String)


def _edition_of(pl: Any, period: Any, told: Told) -> Any:
    """Chinese eight-digit codes stand on the edition in force in the year."""
    if told.edition or told.period:
        return pl.lit(told.edition or hs_of_year(int(told.period[:4])))
    return period.str.slice(0, 4).map_batches(_editions, return_dtype=pl.String)


def _editions(series: Any) -> Any:
    pl = imported("polars")
    table = {
        year: hs_of_year(int(year))
        for year in series.unique()
        if year is not None and year.isdigit()
    }
    return series.replace_strict(table, default=None, return_dtype=pl.String)


def _too_many(pl: Any, frame: Any) -> Any:
    """Cells beyond the heading: the row is not what it seems."""
    if "_more" not in frame.columns:
        return pl.lit(None, pl.String)
    return pl.when(pl.col("_more").is_not_null()).then(pl.lit("ragged"))
