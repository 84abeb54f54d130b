"""Charts as files: SVG that follows the reader, PNG whose letters are really there."""

import re
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from clearway.errors import UsageError
from clearway.trade.drawing import (
    DARK,
    LIGHT,
    NARROW,
    STYLE,
    Field,
    bar,
    css,
    heading,
    key,
    key_rows,
    line,
    scale,
    svg,
    text,
    ticks,
    width_of,
)
from clearway.trade.pictures import alone, png, write

WORDS = svg(120, 40, "A title", "told", [text(10, 25, "Kyrgyzstan €5")])
NOTHING = svg(120, 40, "A title", "told", [])


def pixels(picture: bytes) -> tuple[int, int, bytes]:
    """Width, height and the raw bytes of a PNG."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    at, data = 8, b""
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            data += picture[at + 8 : at + 8 + length]
        at += length + 12
    return width, height, zlib.decompress(data)


def test_a_png_has_two_pixels_a_unit() -> None:
    width, height, _ = pixels(png(WORDS))
    assert (width, height) == (240, 80)


def test_letters_are_drawn_without_any_font_of_the_system() -> None:
    # The renderer is told to use no fonts but ours: what it draws is ours.
    assert pixels(png(WORDS))[2] != pixels(png(NOTHING))[2]
    bold = svg(120, 40, "A title", "", [text(10, 25, "Kyrgyzstan €5", "bold")])
    assert pixels(png(bold))[2] != pixels(png(WORDS))[2]


def test_every_country_can_be_written() -> None:
    # A letter the font lacks is drawn as a box: all that are missing look alike.
    def drawn(words: str) -> bytes:
        return pixels(png(svg(120, 40, "", "", [text(10, 25, words)])))[2]

    missing = drawn("\u4e2d")
    for letter in "éôüÅçãñŞİ’–€×≈":
        assert drawn(letter) != missing


def test_light_and_dark_are_two_pictures() -> None:
    assert png(WORDS) != png(WORDS, dark=True)


def test_no_colour_is_left_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, str] = {}

    class Renderer:
        @staticmethod
        def svg_to_bytes(**options: str) -> bytes:
            asked.update(options)
            return b""

    monkeypatch.setattr("clearway.trade.pictures.imported", lambda name: Renderer)
    png(WORDS, dark=True)
    assert "var(" not in asked["svg_string"]
    assert DARK["told"] in asked["svg_string"]
    assert asked["background"] == DARK["paper"]


def test_an_svg_file_holds_its_style_and_both_sets_of_colours() -> None:
    whole = alone(WORDS)
    assert whole.index("<style>") < whole.index("<title>")
    for colours in (LIGHT, DARK):
        assert all(value in whole for value in colours.values())
    assert "prefers-color-scheme:dark" in whole


def test_every_colour_used_is_defined_in_light_and_dark() -> None:
    used = set(re.findall(r"var\(--([\w-]+)\)", STYLE))
    assert used <= set(LIGHT)
    assert set(LIGHT) == set(DARK)
    assert "var(" not in css()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 has it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_words_and_lines_stand_out_and_bars_differ_in_grey(
    colours: dict[str, str],
) -> None:
    for words in ("ink", "faint"):
        assert contrast(colours[words], colours["paper"]) >= 4.5
    for drawn in ("told", "course", "second-line"):
        assert contrast(colours[drawn], colours["paper"]) >= 3
    # Before and after, told and expected: apart by lightness, not by hue alone.
    assert contrast(colours["told"], colours["second"]) >= 3


def test_a_file_is_what_its_name_ends_in(tmp_path: Path) -> None:
    write(tmp_path / "a.png", WORDS)
    write(tmp_path / "a.svg", WORDS)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<svg")
    with pytest.raises(UsageError, match=r"\.svg or \.png"):
        write(tmp_path / "a.gif", WORDS)
    assert not (tmp_path / "a.gif").exists()


@pytest.mark.parametrize("most", [0.4, 3, 17, 99, 1_050, 12.4e9, 3.1e12])
def test_ticks_are_few_round_and_within_the_field(most: float) -> None:
    found = ticks(most)
    assert 2 <= len(found) <= 6
    assert found[0] == 0
    assert found[-1] <= most
    assert len({round(b - a, 6) for a, b in pairwise(found)}) == 1


def test_values_are_told_in_the_unit_that_reads_best() -> None:
    assert scale(12e9) == (1e9, "billion")
    assert scale(45e6) == (1e6, "million")
    assert scale(30.0) == (1.0, "")
    assert ">10<" in "".join(Field(720, 300, 40, 12e9).grid())


def test_what_does_not_fit_a_phone_goes_onto_another_row() -> None:
    entries = [("one", "China tells, as exports"), ("two", "Russia tells, as imports")]
    assert key_rows(NARROW, entries) == 1
    assert key_rows(350, entries) == 2
    assert len(key(350, entries, 20)) == 4
    body, end = heading(200, "The European Union's exports of goods", "EUR million")
    assert len(body) == 3
    assert end == 13 + 32
    assert width_of("abc") > 0


def test_a_bar_of_nothing_is_a_thin_line() -> None:
    assert 'width="0.8"' in bar(0, 0, 0, 10, "one")
    assert (
        line([(0, 1), (2, 3)], "told")
        == '<polyline class="told" points="0.0,1.0 2.0,3.0"/>'
    )
