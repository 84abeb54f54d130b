"""`clearway trade flows|dip|mirror|diversion`: what the figures say of a corridor."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from clearway.cli.options import DAY, day_of
from clearway.cli.trade_words import (
    basket_of_words,
    draw,
    head,
    plain,
    question_of,
    say_json,
    say_notes,
    say_wrapped,
    shared,
    store_of,
)
from clearway.errors import UsageError


@click.command()
@click.argument("reporter")
@click.argument("partner")
@shared("flow", "code", "priority", "publisher", "json")
@click.option("--from", "first", default="", metavar="PERIOD", help="The first period.")
@click.option("--to", "last", default="", metavar="PERIOD", help="The last period.")
@click.option("--yearly", is_flag=True, help="Years as told, instead of months.")
@click.option("--as-of", type=DAY, metavar="DATE", help="Leave out later vintages.")
@click.pass_context
def flows(ctx: click.Context, /, as_of: datetime | None, **options: Any) -> None:
    """Show a flow: level, growth within one vintage, price of a unit.

    January and February are one figure where the Lunar New Year moves between them.

    \b
    Example:
      clearway trade flows CN RU --from 2023-01 --high-priority
    """
    from clearway.trade import words
    from clearway.trade.asking import narrowed
    from clearway.trade.flows import (
        LUNAR,
        by_vintage,
        growth,
        pooled,
        series,
        unit_values,
    )
    from clearway.trade.periods import asked

    day = day_of(as_of)
    question = question_of(options)
    question = narrowed(
        question,
        first=options["first"],
        last=options["last"],
        length=12 if options["yearly"] else 1,
        as_of=day.isoformat() if day else "",
    )
    store = store_of(ctx)
    one = series(store, question)
    vintages = by_vintage(store, narrowed(question, publisher=one.publisher, first=""))
    lunar = bool(LUNAR & {one.reporter, one.partner})
    ends = one.points[0].period, one.points[-1].period
    spans = (
        [asked(point.period) for point in one.points]
        if options["yearly"]
        else pooled(*ends, lunar=lunar)
    )
    prices = {value.period: value for value in unit_values(one)}
    rows: list[dict[str, Any]] = []
    for span in spans:
        value = one.total(span)
        if value is not None:
            grown = growth(vintages.values(), span)
            price = prices.get(str(span))
            rows.append(
                {
                    "period": str(span),
                    "value": value,
                    "growth": grown.rate,
                    "growth_vintage": grown.vintage,
                    "unit_value": price.price if price else None,
                    "unit": price.unit if price else "",
                }
            )
    if options["as_json"]:
        say_json({**head(one), "rows": rows})
        return
    click.echo(f"{one.title}, {one.currency}, {one.publisher} ({one.status})")
    for row in rows:
        price_ = f"  {row['unit_value']:,.2f} a {row['unit']}" if row["unit"] else ""
        rate = words.percent(row["growth"], 1) if row["growth"] is not None else ""
        click.echo(f"{row['period']:12}{row['value']:>20,.0f}{rate:>12}{price_}")
    say_notes(one.notes)


@click.command(name="dip")
@click.argument("reporter")
@click.argument("partner")
@click.option("--window", "window_", required=True, metavar="PERIOD",
              help="The months to judge: 2024-03..04, 2022-03..2022-06.")  # fmt: skip
@shared("flow", "code", "priority", "publisher", "json")
@click.option("--rise", is_flag=True, help="Ask for a surge instead of a fall.")
@click.option("--quick", is_flag=True,
              help="Leave out what p would be with alarms learned from.")  # fmt: skip
@click.option("--learn-from-alarms", "keep_alarms", is_flag=True,
              help="Let months that were abnormal when they came shape what is "
              "expected later.")  # fmt: skip
@click.option("--each", is_flag=True,
              help="Judge every product of the basket, with false discoveries "
              "controlled.")  # fmt: skip
@shared("output")
@click.pass_context
def dip_(ctx: click.Context, /, window_: str, **options: Any) -> None:
    """Say whether a change is abnormal, and how sure one can be.

    The months are set against their expected course, fitted to what came before under
    several ideas of the trend.

    \b
    Example:
      clearway trade dip CN RU --window 2024-03..04
    """
    from clearway.trade import charts, words
    from clearway.trade.dip import dip
    from clearway.trade.flows import series
    from clearway.trade.periods import window

    store, question = store_of(ctx), question_of(options)
    if options["each"]:
        _each(store, question, window(window_), options)
        return
    one = series(store, question)
    found = dip(
        one,
        window(window_),
        rise=options["rise"],
        quick=options["quick"],
        keep_alarms=options["keep_alarms"],
    )
    draw(options["output"], lambda: charts.fan(one, found))
    if options["as_json"]:
        say_json({**plain(found), "abnormal": found.abnormal, "p": found.p})
        return
    say_wrapped(words.of_dip(found) + ".", 0)
    for line in words.details(found):
        say_wrapped(line, 2)
    for other in found.against:
        click.echo(
            f"  {other.trend:8} expected {words.money(other.expected)}, "
            f"{words.percent(other.change, 1)} ({words.percent(other.low)} to "
            f"{words.percent(other.high)}), p {words.chance(other.p)}"
        )


def _each(
    store: Any, question: Any, months: Sequence[str], options: dict[str, Any]
) -> None:
    """Every product of a basket, the surest first."""
    from clearway.errors import NotFound
    from clearway.trade import words
    from clearway.trade.asking import narrowed
    from clearway.trade.dip import dips
    from clearway.trade.editions import basket_of
    from clearway.trade.flows import series

    if question.basket is None:
        raise UsageError("--each wants a basket: --high-priority or --code")
    many = []
    for code in sorted(question.basket.codes["HS2022"]):
        try:
            many.append(series(store, narrowed(question, basket=basket_of([code]))))
        except NotFound:
            continue
    ranked, left = dips(many, months, rise=options["rise"])
    if options["as_json"]:
        rows = [
            {**plain(one.dip), "q": one.q, "abnormal": one.abnormal} for one in ranked
        ]
        say_json({"rows": rows, "not_judged": left})
        return
    for one in ranked:
        mark = "*" if one.abnormal else " "
        click.echo(f"{mark} q {words.chance(one.q)}  {words.of_dip(one.dip)}")
    for title, why in left.items():
        click.echo(f"not judged: {title}: {why}", err=True)


@click.command()
@click.argument("exporter")
@click.argument("importer")
@shared("code", "priority", "publisher", "json", "output")
@click.option("--other", default="", metavar="PUBLISHER",
              help="Who tells the importer's record.")  # fmt: skip
@click.option("--band", nargs=2, type=float, default=None, metavar="LOW HIGH",
              help="Importer's over exporter's figure that freight and insurance "
              "explain (1.00 1.20).")  # fmt: skip
@click.pass_context
def mirror(ctx: click.Context, /, exporter: str, importer: str, **options: Any) -> None:
    """Compare what the exporter tells with what the importer tells.

    A record that was made from the other side's is never compared with it.

    \b
    Example:
      clearway trade mirror CN RU
    """
    from clearway.trade import charts, words
    from clearway.trade.mirror import BAND
    from clearway.trade.mirror import mirror as compared

    question = question_of({**options, "reporter": exporter, "partner": importer})
    band = options["band"] or BAND
    found = compared(store_of(ctx), question, other=options["other"], band=band)
    draw(options["output"], lambda: charts.mirror_bars(found))
    if options["as_json"]:
        say_json({"gaps": plain(found.gaps), "band": list(found.band)})
        return
    for gap in found.gaps:
        click.echo(words.of_gap(gap, found))
    click.echo(
        f"told by {found.exporter.publisher} (vintage "
        f"{', '.join(found.exporter.vintages)}) and {found.importer.publisher} "
        f"(vintage {', '.join(found.importer.vintages)})",
        err=True,
    )


@click.command()
@click.argument("reporter")
@click.argument("target")
@click.option("--window", "window_", required=True, metavar="PERIOD",
              help="The months after: 2022-03..11.")  # fmt: skip
@click.option("--before", default="", metavar="PERIOD",
              help="The months before (default: the same a year earlier).")  # fmt: skip
@click.option("--through", multiple=True, metavar="COUNTRY",
              help="Only this third country; may be given several times.")  # fmt: skip
@shared("code", "priority", "publisher", "json", "output")
@click.pass_context
def diversion(ctx: click.Context, /, window_: str, before: str, **options: Any) -> None:
    """Show what a target no longer gets, and who gets more of the same.

    \b
    Example:
      clearway trade diversion EU RU --window 2022-03..11 --high-priority
    """
    from clearway.trade import charts, words
    from clearway.trade.asking import country
    from clearway.trade.diversion import diversion as shifted
    from clearway.trade.diversion import year_before
    from clearway.trade.periods import window

    after = (window_,) if len(window_) == 4 else window(window_)
    if before:
        early = (before,) if len(before) == 4 else window(before)
    else:
        early = (str(int(window_) - 1),) if len(window_) == 4 else year_before(after)
    found = shifted(
        store_of(ctx),
        reporter=country(options["reporter"]),
        target=country(options["target"]),
        thirds=[country(word) for word in options["through"]],
        basket=basket_of_words(options),
        before=early,
        after=after,
        publisher=options["publisher"],
    )
    draw(options["output"], lambda: charts.diversion_bars(found))
    if options["as_json"]:
        ratios = {"uncapped": found.uncapped, "capped": found.capped}
        say_json({**plain(found), **ratios, "change": found.change})
        return
    click.echo(words.of_diversion(found))
    for third in found.thirds:
        click.echo(f"  {words.of_third(third)}{'  SURGE' if third.surge else ''}")
    for product in found.products[:15]:
        click.echo(
            f"  {product.code:10} {product.tier:3} lost {words.money(product.loss):>16}"
            f"  thirds gained {words.money(product.gained):>16}"
        )
    say_notes(found.notes)
