"""A book is read whole or refused, with the file and row of what is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearway.errors import RuleBookError
from clearway.rules import Facts, Moment, Question, book_of, conclude
from clearway.rules.book import read_book
from clearway.rules.deadlines import after_business_days, due, is_business_day
from clearway.rules.rule import duty_of

LAW = """
[source]
EO = "an order"

[word."transaction.purposes"]
medicine = "medicine"

[[definition]]
id = "base"
title = "The base"
from = 2023-12-22
to = 2024-06-11
says = "Those in the sector."
cite = "a FAQ"
sources = ["EO"]
evidence = "found"
confirmed = 2024-06-11
[definition.when]
any = [{ fact = "party.sector", in = ["technology"] }]

[[duty]]
id = "report"
title = "Report"
from = 2020-01-01
business_days = 10
cite = "a regulation"
sources = ["EO"]
evidence = "found"
confirmed = 2024-06-11

[[rule]]
id = "block"
title = "Blocked"
sort = "prohibition"
binds = ["us_person"]
each = "party"
from = 2023-12-22
group = "blocking"
duties = ["report"]
says = "{it} is blocked."
cite = "an order"
sources = ["EO"]
evidence = "found"
confirmed = 2024-06-11
[rule.when]
any = [
  { meets = "base" },
  { fact = "party.phone_country", differs_from = "transaction.destination" },
]

[[licence]]
id = "gl-1"
series = "GL1"
subject = "medicine"
from = 2024-01-01
to = 2024-06-01
replaced = 2024-05-01
relieves = ["blocking"]
purposes = ["medicine"]
cite = "a licence"
sources = ["EO"]
evidence = "found"
confirmed = 2024-06-11
"""


def test_the_smallest_whole_book_is_read() -> None:
    book = read_book({"us/a.toml": LAW.encode()})
    assert [rule.id for rule in book.rules] == ["block"]
    assert book.last_confirmed == date(2024, 6, 11)
    assert date(2024, 5, 1) in book.changes  # the day a version was replaced
    assert date(2024, 6, 12) in book.changes  # the day after a definition's last


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('each = "party"', 'each = "place"', "asks of"),
        ('each = "party"', 'each = "house"', "`each` cannot be"),
        ('sort = "prohibition"', 'sort = "wish"', "`sort` cannot be"),
        ('binds = ["us_person"]', "binds = []", "binds nobody"),
        ('binds = ["us_person"]', 'binds = ["martians"]', "knows no 'martians'"),
        ('duties = ["report"]', 'duties = ["dance"]', "no duty is called 'dance'"),
        ('meets = "base"', 'meets = "top"', "nothing defines 'top'"),
        ('in = ["technology"]', "in = []", "needs a list"),
        ('in = ["technology"]', 'is_like = "technology"', "one of"),
        ('"party.sector"', '"party.mood"', "no fact is called 'party.mood'"),
        ('"transaction.destination"', '"transaction.amount"', "no fact of the sort"),
        ('"transaction.destination"', '"place.country"', "asks of"),
        ('purposes = ["medicine"]', 'purposes = ["medecine"]', "no word of"),
        ('EO = "an order"', "EO = 1", "words and what they are"),
        ('[word."transaction.purposes"]', '[word."mood"]', "no fact is called"),
        ('sources = ["EO"]', 'sources = ["XX"]', "no source is called 'XX'"),
        ('sources = ["EO"]', "sources = []", "no source is named"),
        ('evidence = "found"', 'evidence = "sure"', "`evidence` cannot be"),
        ("to = 2024-06-11", "to = 2023-12-21", "before it begins"),
        ("replaced = 2024-05-01", "replaced = 2024-01-01", "before it begins"),
        ("replaced = 2024-05-01", "replaced = 2024-06-02", "after it ends"),
        ("business_days = 10", "weeks = 2", "says nothing of when"),
        ("business_days = 10", 'month_day = "30-09"', "a day like 09-30"),
        ("business_days = 10", 'month_day = "9-30"', "a day like 09-30"),
        ("business_days = 10", "business_days = true", "cannot be True"),
        ('says = "{it} is blocked."', 'sayz = "x"', "`says` is missing"),
        ('cite = "a licence"', 'cite = "a"\nmood = 1', "unknown keys: mood"),
        ("[[duty]]", "[[hope]]", "nobody reads `hope`"),
        ('id = "block"', "id = 3", "`id` cannot be 3"),
        ("[source]", "[source", "line"),
    ],
)
def test_what_is_wrong_is_refused_by_name(was: str, becomes: str, said: str) -> None:
    assert was in LAW
    with pytest.raises(RuleBookError, match=said.replace("[", r"\[")) as refused:
        read_book({"us/a.toml": LAW.replace(was, becomes).encode()})
    assert "us/a.toml" in str(refused.value)


def test_an_id_stands_once() -> None:
    with pytest.raises(RuleBookError, match="'block' stands in"):
        read_book({"a.toml": LAW.encode(), "b.toml": LAW.encode()})


def test_a_definition_has_one_meaning_on_a_day() -> None:
    start = LAW.index("[[definition]]")
    again = LAW[start : LAW.index("[[duty]]")].replace("2023-12-22", "2024-06-11")
    with pytest.raises(RuleBookError, match="two meanings on 2024-06-11"):
        read_book({"a.toml": LAW.encode(), "b.toml": again.encode()})


def test_a_folder_of_ones_own_is_a_book(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "law.toml").write_text(LAW, "utf-8")
    book = book_of(tmp_path)
    party: dict[str, Any] = {"party.sector": "technology"}
    from clearway.rules import Item

    facts = Facts({}, (Item("Rostec", party),))
    question = Question(Moment(date(2024, 1, 2)), frozenset({"us_person"}))
    (finding,) = conclude(book, facts, question)
    assert (finding.says, finding.shown) == ("Rostec is blocked.", True)
    assert [note.id for note in finding.licences] == ["gl-1"]
    with pytest.raises(RuleBookError, match="no such folder"):
        book_of(tmp_path / "absent")


def test_the_version_is_of_the_words() -> None:
    one = read_book({"a.toml": LAW.encode()})
    other = read_book({"a.toml": LAW.replace("Blocked", "Frozen").encode()})
    assert one.version != other.version
    assert one.version == read_book({"a.toml": LAW.encode()}).version


# --- days -----------------------------------------------------------------------------


def test_a_federal_holiday_is_no_business_day() -> None:
    assert not is_business_day(date(2024, 7, 4))
    assert not is_business_day(date(2021, 12, 31))  # New Year, observed on a Friday
    assert not is_business_day(date(2024, 7, 6))
    assert is_business_day(date(2024, 7, 5))


def test_ten_business_days_after_a_friday_skip_two_week_ends() -> None:
    assert after_business_days(date(2024, 3, 1), 10) == date(2024, 3, 15)


def _duty(**amounts: Any) -> Any:
    fixed = {
        "id": "d",
        "title": "d",
        "from": date(2000, 1, 1),
        "cite": "c",
        "sources": ["EO"],
        "evidence": "found",
        "confirmed": date(2020, 1, 1),
    }
    return duty_of(fixed | amounts, "a.toml")


def test_other_duties_fall_due() -> None:
    assert due(_duty(days=14), date(2024, 2, 20)) == date(2024, 3, 5)
    assert due(_duty(years=5), date(2024, 2, 29)) == date(2029, 3, 1)
    assert due(_duty(month_day="06-18"), date(2024, 6, 18)) == date(2024, 6, 18)
    assert due(_duty(month_day="06-18"), date(2024, 6, 19)) == date(2025, 6, 18)
    reported = _duty(month_day="09-30", held_on="06-30")
    assert due(reported, date(2024, 6, 30)) == date(2024, 9, 30)
    assert due(reported, date(2024, 7, 1)) == date(2025, 9, 30)
    over_new_year = _duty(month_day="01-31", held_on="12-31")
    assert due(over_new_year, date(2024, 5, 5)) == date(2025, 1, 31)
    assert due(over_new_year, date(2024, 1, 5)) == date(2025, 1, 31)
