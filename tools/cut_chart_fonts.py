"""Cut the fonts of the charts out of DejaVu Sans: python tools/cut_chart_fonts.py DIR

DIR holds DejaVuSans.ttf and DejaVuSans-Bold.ttf (version 2.37). Needs the package
fonttools. What it writes is committed; it is run again only for another font.
"""

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]

OUT = Path(__file__).parents[1] / "src/clearway/trade/data/fonts"
FONTS = {"DejaVuSans.ttf": "regular.ttf", "DejaVuSans-Bold.ttf": "bold.ttf"}
LETTERS = [
    *range(0x20, 0x7F),  # Latin
    *range(0xA0, 0x180),  # Latin-1 and Extended-A: names of countries
    *(0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D),
    *(0x2026, 0x2030, 0x20AC, 0x2190, 0x2192, 0x2212, 0x2248, 0x2264, 0x2265),
]


def main(folder: Path) -> None:
    """Write both fonts."""
    for source, name in FONTS.items():
        options = subset.Options()
        options.hinting = False
        options.layout_features = ["kern"]
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.notdef_outline = True
        font = subset.load_font(str(folder / source), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        subset.save_font(font, str(OUT / name), options)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
