"""The law over time, listed and drawn."""

from datetime import date

import pytest
from lxml import etree

from clearway.rules import law
from clearway.rules.timeline import Entry, drawn, entries, listed

BOOK = law()
ALL = entries(BOOK)


def _of(rows: tuple[Entry, ...], name: str) -> Entry:
    (row,) = [row for row in rows if row.id == name]
    return row


def test_every_row_of_the_book_is_on_the_timeline() -> None:
    rows = (*BOOK.rules, *BOOK.definitions, *BOOK.licences, *BOOK.events)
    begun = [row for row in rows if _begins(row) <= BOOK.last_confirmed]
    assert len(ALL) == len(begun)


def _begins(row: object) -> date:
    day = getattr(row, "day", None) or getattr(row, "span", None) or row
    first = getattr(day, "first", None) or getattr(
        getattr(row, "term", None), "first", day
    )
    assert isinstance(first, date)
    return first


def test_a_line_of_the_list_tells_both_days() -> None:
    (line,) = listed((_of(ALL, "gl-8l"),))
    assert line.startswith("2025-01-10 to 2025-03-11  licence ")
    assert " to ...         " in next(iter(listed((_of(ALL, "us-capta"),))))


def test_a_licence_is_drawn_to_its_last_whole_day() -> None:
    wind_down = _of(ALL, "gl-8l")
    assert (wind_down.first, wind_down.last) == (date(2025, 1, 10), date(2025, 3, 11))
    replaced = _of(ALL, "gl-8k")
    assert replaced.last == date(2025, 1, 9)
    assert wind_down.line == replaced.line == "GL8"


def test_only_what_applied_in_the_time_asked_for_is_shown() -> None:
    few = entries(BOOK, (date(2026, 4, 11), date(2026, 4, 16)))
    assert not [row for row in few if row.line == "GL134"]  # the gap between two
    crimea = _of(few, "us-crimea")
    assert (crimea.begin, crimea.end) == (date(2026, 4, 11), date(2026, 4, 16))
    assert (crimea.first, crimea.last) == (date(2014, 12, 19), None)
    assert all(row.begin <= row.end for row in few)


def test_licences_stand_in_the_order_of_their_numbers() -> None:
    lines = list(dict.fromkeys(row.line for row in ALL if row.what == "licence"))
    assert lines.index("GL8") < lines.index("GL13") < lines.index("GL115")


def test_the_list_names_the_day_the_row_and_a_weak_mark() -> None:
    lines = list(listed(entries(BOOK, (date(2023, 12, 22), date(2024, 6, 12)))))
    assert any(
        "2023-12-22 to ..." in line and "us-14024-11-a-i" in line for line in lines
    )
    (memory,) = [line for line in lines if "gl-8h" in line]
    assert memory.endswith("(memory)")
    assert lines == sorted(lines, key=lambda line: line[:10])


def test_the_picture_stands_alone_in_light_and_dark() -> None:
    text = drawn(ALL)
    root = etree.fromstring(
        text.encode(),
        etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False),
    )
    assert root.get("role") == "img"
    assert root.get("aria-label", "").startswith("Timeline of the law")
    assert "prefers-color-scheme:dark" in text
    for outside in ("href", "url(", "@import", "<script"):
        assert outside not in text
    titles = [element.text or "" for element in root.iter("{*}title")]
    assert any(
        title.startswith("gl-134c: 2026-05-18 to 2026-06-16") for title in titles
    )


def test_dots_of_near_days_do_not_lie_on_each_other() -> None:
    root = etree.fromstring(drawn(ALL).encode())
    dots = [
        (float(c.get("cx", "")), float(c.get("cy", ""))) for c in root.iter("{*}circle")
    ]
    assert len(dots) == len({event.day for event in BOOK.events})
    for at, (x, y) in enumerate(dots):
        for other_x, other_y in dots[:at]:
            assert abs(x - other_x) >= 14 or abs(y - other_y) >= 14


def test_nothing_is_drawn_inside_out() -> None:
    for between in (
        (date(2024, 6, 12), date(2024, 6, 12)),
        (date(2024, 1, 1), date(2025, 3, 1)),
    ):
        root = etree.fromstring(drawn(entries(BOOK, between)).encode())
        for path in root.iter("{*}path"):
            shape = path.get("d", "")
            left = float(shape[1:].split(" ")[0])
            right = float(shape.split("L")[1].split(" ")[0])
            assert 360 <= left < right <= 1200, shape


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        drawn([])
