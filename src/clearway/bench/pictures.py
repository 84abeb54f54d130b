"""The plots of the section calibration, as SVG; matplotlib is imported on use."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clearway.bench.bins import PAIRS, Bin, Judged, binned
from clearway.bench.measures import interval
from clearway.errors import ExtraMissing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BLUE, _GREEN, _ORANGE, _GREY, _INK = (
    "#2a6f97",
    "#5b8c2a",
    "#c8553d",
    "#8a8f98",
    "#22262b",
)
_STYLE: dict[str, Any] = {
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "svg.hashsalt": "clearway",
    "svg.fonttype": "none",
}


@contextmanager
def _styled() -> Iterator[None]:
    """Our look while something is drawn; matplotlib's own settings stay as they are."""
    try:
        from matplotlib.style import context
    except ImportError as error:
        hint = "plots need matplotlib: pip install 'clearway[bench]'"
        raise ExtraMissing(hint) from error
    with context(_STYLE):
        yield


@_styled()
def reliability(judged: Sequence[Judged], threshold: float, path: Path) -> None:
    """Share of true over the score, with 95 % intervals; how many, below.

    Pairs of names and hits of screenings are two lines: of screenings, what scores
    below the threshold is not known.
    """
    figure, (upper, lower) = _drawn(2, (6.4, 6.4), [3, 1])
    upper.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1)
    upper.text(0.30, 0.36, "score = share true", color=_GREY, rotation=37, fontsize=9)
    for source, here, colour, marker in (
        ("labelled pairs of names", _pairs(judged), _GREEN, "s"),
        ("hits of screenings", _hits(judged), _BLUE, "o"),
    ):
        if here:
            _line(upper, binned(here), source, colour, marker)
    _threshold(upper, threshold)
    upper.set_ylabel("share that is the same party")
    upper.set_ylim(-0.02, 1.06)
    upper.set_title("How often a score is true", loc="left", fontsize=12)
    upper.legend(frameon=False, fontsize=9, loc="upper left")
    bins = binned(judged)
    widths = [one.high - one.low for one in bins]
    true = [one.true for one in bins]
    false = [one.count - one.true for one in bins]
    lows = [one.low for one in bins]
    drawing: dict[str, Any] = {"align": "edge", "edgecolor": "white", "linewidth": 0.8}
    lower.bar(lows, true, widths, color=_BLUE, label="same party", **drawing)
    lower.bar(
        lows, false, widths, bottom=true, color=_ORANGE, label="another", **drawing
    )
    lower.set_ylabel("judged")
    lower.set_xlabel("score")
    lower.legend(frameon=False, fontsize=9, loc="upper left", ncols=2)
    _saved(figure, path, "How often a score is true: share by bin of scores")


def _pairs(judged: Sequence[Judged]) -> list[Judged]:
    return [item for item in judged if item.source == PAIRS]


def _hits(judged: Sequence[Judged]) -> list[Judged]:
    return [item for item in judged if item.source != PAIRS]


def _line(
    axes: "Axes", bins: Sequence[Bin], label: str, colour: str, marker: str
) -> None:
    shares = [one.share for one in bins]
    spans = [interval(one.true, one.count) for one in bins]
    below = [max(0.0, s - low) for s, (low, _) in zip(shares, spans, strict=True)]
    above = [max(0.0, high - s) for s, (_, high) in zip(shares, spans, strict=True)]
    axes.errorbar(
        [one.mean for one in bins],
        shares,
        yerr=[below, above],
        color=colour,
        marker=marker,
        markersize=5,
        linewidth=1.6,
        capsize=3,
        elinewidth=1,
        label=f"{label} ({sum(one.count for one in bins):,})",
    )


@_styled()
def distribution(judged: Sequence[Judged], threshold: float, path: Path) -> None:
    """Scores of pairs that are the same party and of pairs that are not."""
    pairs = _pairs(judged) or judged
    figure, (axes,) = _drawn(1, (6.4, 3.4), [1])
    edges = [step / 40 for step in range(41)]
    for true, colour, label in (
        (True, _BLUE, "same party"),
        (False, _ORANGE, "another party"),
    ):
        scores = [item.score for item in pairs if item.true is true]
        axes.hist(
            scores,
            bins=edges,
            color=colour,
            alpha=0.75,
            label=f"{label} ({len(scores):,})",
            edgecolor="white",
            linewidth=0.6,
        )
    _threshold(axes, threshold)
    axes.set_xlabel("score")
    axes.set_ylabel("labelled pairs")
    axes.set_xlim(0, 1.0)
    axes.set_title("Scores of labelled pairs of names", loc="left", fontsize=12)
    axes.legend(frameon=False, fontsize=9, loc="upper center")
    _saved(figure, path, "Scores of labelled pairs of names")


def _drawn(
    rows: int, size: tuple[float, float], heights: Sequence[int]
) -> "tuple[Figure, list[Axes]]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, layout="constrained")
    grid = figure.subplots(
        rows, 1, sharex=True, squeeze=False, gridspec_kw={"height_ratios": heights}
    )
    return figure, [row[0] for row in grid]


def _threshold(axes: "Axes", threshold: float) -> None:
    axes.axvline(threshold, color=_GREY, linewidth=1, linestyle=":")
    axes.annotate(
        f" review from {threshold:.2f}",
        (threshold, 1.0),
        xycoords=("data", "axes fraction"),
        ha="left",
        va="bottom",
        fontsize=9,
        color=_INK,
    )


def _saved(figure: "Figure", path: Path, title: str) -> None:
    """Write it without the moment it was drawn: the same data, the same bytes."""
    kind = path.suffix.lstrip(".")
    metadata = {"Title": title, "Date": None} if kind == "svg" else {"Title": title}
    figure.savefig(path, format=kind, dpi=120, metadata=metadata)
