"""Orders and laws named in texts."""

import pytest

from clearway.documents.instruments import instruments_in


@pytest.mark.parametrize(
    ("text", "ident", "date"),
    [
        ("under E.O. 14114 banks", "us-eo-14114", ""),
        ("Executive Order 14024 of April 15, 2021", "us-eo-14024", "2021-04-15"),
        ("An executive order of December 2023 allows", "us-eo", "2023-12"),
        (
            "An executive order by President Joe Biden in December permits",
            "us-eo",
            "12",
        ),
        ("the order of 22 December 2023 lets", "us-eo", "2023-12-22"),
        ("Directive 2 of the Treasury", "us-directive-2", ""),
        ("Section 11 of the order", "section-11", ""),
        ("Council Regulation (EU) No 833/2014", "eu-833/2014", ""),
        ("Decision (CFSP) 2024/746", "eu-2024/746", ""),
        ("Security Council resolution 1718 (2006)", "un-res-1718", ""),
        ("sanctions under CAATSA", "us-caatsa", ""),
    ],
)
def test_an_instrument_is_recognised(text: str, ident: str, date: str) -> None:
    (found,) = instruments_in(text)
    assert (found.ident, found.date) == (ident, date)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    ["in order of size", "the first section of the road", "a directive from above", ""],
)
def test_everyday_words_are_no_instrument(text: str) -> None:
    assert instruments_in(text) == ()
