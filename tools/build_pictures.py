"""Draw the picture of a check: from published lists and a party to a screening.

    python tools/build_pictures.py            write docs/pictures/check.svg
    python tools/build_pictures.py --check    compare only; exit 1 if it is out of date

Plain SVG on a ground of its own, so that it reads alike on light and dark pages; narrow
and with large letters, so that it can be read on a telephone.
"""

import argparse
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "check.svg"

TITLE = "The path of a check"
TOLD = (
    "Published lists pass the guards and the coverage proof before the set compiled "
    "from them goes live. A party is read, the compiled set offers candidates, each is "
    "compared with evidence for and against, and the screening is the whole answer."
)

LISTS = (
    ("Lists in", "as published, each in", "its publisher's format"),
    ("Guards", "whole? the right one? newer?", "not shrunk, not poorer?"),
    ("Coverage proof", "each listed name must", "find its own entry"),
    ("Compiled set", "goes live: mapped, shared,", "one for a set of versions"),
)
PARTY = (
    ("Party", "name, dates, countries,", "numbers; in any script"),
    ("Candidates", "the index offers them", "and decides nothing"),
    ("Evidence", "for and against, each", "with its reason in words"),
    ("Screening", "clear, review or stop;", "which lists, of which day"),
)

WIDTH, EDGE, GUTTER = 500, 12, 36
BOX_WIDTH = (WIDTH - 2 * EDGE - GUTTER) // 2
BOX_HEIGHT, STEP, TOP = 82, 108, 48
HEIGHT = TOP + 3 * STEP + BOX_HEIGHT + EDGE + 4
LEFT, RIGHT = EDGE, EDGE + BOX_WIDTH + GUTTER

STYLE = """\
text { font-family: system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
.ground { fill: #ffffff; stroke: #c9ced6; }
.head { font-size: 15px; fill: #4a5260; font-style: italic; }
.box { stroke-width: 1.5; }
.lists { fill: #eaf1fb; stroke: #3f6fb0; }
.party { fill: #eef6ee; stroke: #3d7d4a; }
.name { font-size: 18px; font-weight: 600; fill: #16202e; }
.said { font-size: 14px; fill: #2d3746; }
.way { fill: none; stroke: #4a5260; stroke-width: 2; marker-end: url(#tip); }"""


def picture() -> str:
    """The whole picture as SVG text."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title told">',
        f'<title id="title">{escape(TITLE)}</title>',
        f'<desc id="told">{escape(TOLD)}</desc>',
        f"<style>\n{STYLE}\n</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" '
        'markerHeight="5" orient="auto"><path d="M0 0 8 4 0 8z" fill="#4a5260"/>'
        "</marker></defs>",
        f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" '
        f'height="{HEIGHT - 1}" rx="8"/>',
        *_column(LEFT, "before anybody asks", "lists", LISTS),
        *_column(RIGHT, "for each party", "party", PARTY),
        _to_candidates(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _column(
    x: int, head: str, kind: str, boxes: tuple[tuple[str, str, str], ...]
) -> Iterator[str]:
    """A heading, four boxes below each other, and the way from one to the next."""
    middle = x + BOX_WIDTH // 2
    yield _text("head", middle, TOP - 17, head)
    for row, (name, first, second) in enumerate(boxes):
        y = TOP + row * STEP
        yield (
            f'<rect class="box {kind}" x="{x}" y="{y}" width="{BOX_WIDTH}" '
            f'height="{BOX_HEIGHT}" rx="6"/>'
        )
        yield _text("name", middle, y + 26, name)
        yield _text("said", middle, y + 49, first)
        yield _text("said", middle, y + 68, second)
        if row:
            yield f'<path class="way" d="M{middle} {y - STEP + BOX_HEIGHT}V{y - 2}"/>'


def _to_candidates() -> str:
    """From the compiled set through the gutter up to the candidates."""
    start, end = TOP + 3 * STEP + BOX_HEIGHT // 2, TOP + STEP + BOX_HEIGHT // 2
    lane = LEFT + BOX_WIDTH + GUTTER // 2
    return (
        f'<path class="way" d="M{LEFT + BOX_WIDTH} {start}H{lane}V{end}H{RIGHT - 2}"/>'
    )


def _text(kind: str, x: int, y: int, text: str) -> str:
    return (
        f'<text class="{kind}" x="{x}" y="{y}" text-anchor="middle">'
        f"{escape(text)}</text>"
    )


def main(arguments: list[str] | None = None) -> int:
    """Draw or check; the exit code."""
    parser = argparse.ArgumentParser(description="Draw the picture of a check.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--output", type=Path, default=PICTURE)
    options = parser.parse_args(arguments)
    text = picture()
    if options.check:
        if options.output.is_file() and options.output.read_text("utf-8") == text:
            return 0
        print(f"{options.output.name} is out of date: run {Path(__file__).name}")
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text, "utf-8")
    print(f"{options.output.name}: {len(text):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
