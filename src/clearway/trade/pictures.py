"""Charts as files: SVG that follows light and dark, PNG for where SVG is not shown.

PNG is drawn by resvg (a wheel, part of the extra `trade`) with a font that comes with
clearway, so that letters are the same everywhere and are there at all on a machine
without fonts. The renderer knows no variables of style sheets and no dark mode, so
colours are put in their place first.
"""

import re
from importlib.resources import files
from pathlib import Path

from clearway.errors import UsageError
from clearway.trade.drawing import DARK, LIGHT, STYLE, css
from clearway.trade.extras import imported

FORMATS = (".svg", ".png")
_FONT = "DejaVu Sans"
_ZOOM = 2
"""Pixels a unit of the drawing: sharp on paper and on screens of two pixels a point."""


def alone(svg: str) -> str:
    """A chart as an SVG file of its own, with its style and both sets of colours."""
    return _styled(svg, f"{css()}{STYLE}svg{{background:var(--paper)}}")


def png(svg: str, *, dark: bool = False) -> bytes:
    """A chart as PNG, twice as many pixels as its drawing is wide.

    Raises ExtraMissing where the renderer is not installed.
    """
    colours = DARK if dark else LIGHT
    style = re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found[1]], STYLE)
    style = re.sub(
        r"font:(\d+px) [^;]+;", rf'font-size:\1;font-family:"{_FONT}";', style
    )
    folder = files("clearway.trade").joinpath("data/fonts")
    fonts = [str(folder.joinpath(name)) for name in ("regular.ttf", "bold.ttf")]
    drawn: bytes = imported("resvg_py").svg_to_bytes(
        svg_string=_styled(svg, style),
        background=colours["paper"],
        zoom=_ZOOM,
        skip_system_fonts=True,
        font_files=fonts,
        font_family=_FONT,
        sans_serif_family=_FONT,
    )
    return bytes(drawn)


def write(path: Path, svg: str) -> None:
    """Write a chart as what the ending of its name says: .svg or .png.

    Raises UsageError for another ending.
    """
    if path.suffix.lower() not in FORMATS:
        raise UsageError(f"{path.name}: a chart is written as {' or '.join(FORMATS)}")
    if path.suffix.lower() == ".png":
        path.write_bytes(png(svg))
    else:
        path.write_text(alone(svg), "utf-8")


def _styled(svg: str, style: str) -> str:
    head, title, rest = svg.partition("<title>")
    return f"{head}<style>{style}</style>{title}{rest}"
