"""What is concluded of facts on a day: four days, doubt, licences, duties, marks."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.rules import (
    Cover,
    Facts,
    Finding,
    Item,
    Mark,
    Moment,
    Question,
    conclude,
    law,
)
from clearway.rules.facts import DAY, FACTS, NUMBER, TEXT, WORDS, scope_of
from clearway.rules.rule import PERSONS
from clearway.rules.span import NEW_YORK

BOOK = law()
FOREIGN_BANK = frozenset({"foreign_bank"})
US = frozenset({"us_person"})


def _asked(
    facts: Facts, day: date | datetime, binds: frozenset[str], known: date | None = None
) -> tuple[Finding, ...]:
    at = day if isinstance(day, datetime) else None
    moment = Moment.of(None if at else day, at, date(2024, 1, 1))
    return conclude(BOOK, facts, Question(moment, binds, known))


def _party(**known: Any) -> Item:
    facts = {f"party.{name}": value for name, value in known.items()}
    return Item("VTB", facts)


# --- one transaction, four days -------------------------------------------------------


def _machine_tools_paid_by_vtb(day: date) -> Facts:
    """A payment for a bank blocked in 2022, for machining centres that end in Russia.

    Machining centres came onto the high-priority list on 2024-02-23.
    """
    chpl = ("chpl",) if day >= date(2024, 2, 23) else ()
    whole = {
        "transaction.kind": "payment",
        "transaction.conduct": "conducted",
        "transaction.final_country": "ru",
        "transaction.destination": "ru",
        "transaction.lists_of_goods": chpl,
        "transaction.groups_of_goods": ("CI-1",),
        "transaction.programmes": ("RUSSIA-EO14024",),
        "transaction.purposes": ("energy",),
    }
    bank = _party(
        match="certain",
        lists=("ofac/sdn",),
        programmes=("RUSSIA-EO14024",),
        remarks=(),
        directives=(),
        owned_under=(),
        countries=("ru",),
        is_bank=True,
    )
    tools = Item(
        "845710 machining centres",
        {"goods.code": "845710", "goods.lists": chpl, "goods.groups": ("CI-1",)},
    )
    return Facts(whole, (bank,), (tools,))


ALWAYS = {"gl-20", "gl-27", "gl-7a", "gl-40c", "31-cfr-587-510"}


@pytest.mark.parametrize(
    ("day", "found", "licences", "energy"),
    [
        (date(2023, 12, 21), {}, set(), {}),
        (
            date(2023, 12, 22),
            {"us-14024-11-a-i": False, "us-14024-11-a-ii-items": False},
            {*ALWAYS, "gl-8h"},
            {"gl-8h"},
        ),
        (
            date(2024, 6, 11),
            {
                "us-14024-11-a-i": False,
                "us-14024-11-a-ii-items": False,
                "chpl-russia-belarus": True,
            },
            {*ALWAYS, "gl-8i"},
            {"gl-8i"},
        ),
        (
            date(2024, 6, 12),
            {
                "us-14024-11-a-ii-transaction": True,
                "us-14024-11-a-ii-items": False,
                "us-14024-safe-ground": True,
                "chpl-russia-belarus": True,
            },
            {*ALWAYS, "gl-8j", "gl-6d"},
            {"gl-8j"},
        ),
    ],
    ids=["before section 11", "section 11", "the day before", "the wider base"],
)
def test_four_days_give_four_answers_for_one_transaction(
    day: date, found: Mapping[str, bool], licences: set[str], energy: set[str]
) -> None:
    findings = _asked(_machine_tools_paid_by_vtb(day), day, FOREIGN_BANK)
    assert {finding.rule: finding.shown for finding in findings} == found
    of_bank = [f for f in findings if f.scope == "party"]
    for finding in of_bank:
        notes = {note.id: note for note in finding.licences}
        in_force = {n.id for n in notes.values() if n.state is Cover.YES}
        assert in_force == licences
        assert {n.id for n in notes.values() if n.fits and n.state is Cover.YES} == (
            energy
        )


def test_before_the_wider_base_the_sector_is_what_is_missing() -> None:
    day = date(2024, 6, 11)
    (finding,) = [
        finding
        for finding in _asked(_machine_tools_paid_by_vtb(day), day, FOREIGN_BANK)
        if finding.rule == "us-14024-11-a-i"
    ]
    assert [missing.split(":")[0] for missing in finding.missing] == ["party.sector"]
    assert [factor.id for factor in finding.factors] == list("abcdefg")


def test_nobody_is_told_that_a_transaction_is_significant() -> None:
    said = " ".join(rule.says for rule in BOOK.rules)
    assert "is significant" not in said


def test_critical_items_are_not_opened_by_any_licence() -> None:
    day = date(2024, 6, 12)
    (finding,) = [
        finding
        for finding in _asked(_machine_tools_paid_by_vtb(day), day, FOREIGN_BANK)
        if finding.rule == "us-14024-11-a-ii-items"
    ]
    assert finding.licences == ()


def test_a_menu_based_listing_does_not_put_anyone_in_the_base() -> None:
    gazprom = _party(
        match="certain",
        lists=("ofac/ns-mbs", "ofac/ssi"),
        programmes=(),
        tags=("RUSSIA-EO14024", "UKRAINE-EO13662"),
        directives=("eo14024-3", "ssi-4"),
        remarks=(),
        owned_under=(),
        countries=("ru",),
    )
    facts = Facts({"transaction.conduct": "conducted"}, (gazprom,))
    found = {f.rule for f in _asked(facts, date(2025, 1, 10), FOREIGN_BANK) if f.shown}
    assert not {rule for rule in found if rule.startswith("us-14024-11")}
    for_americans = {f.rule for f in _asked(facts, date(2025, 1, 10), US)}
    assert "us-ns-mbs" in for_americans
    assert "us-14024-blocking" not in for_americans


def test_a_directive_is_kept_apart_from_section_11() -> None:
    sberbank = _party(
        match="certain",
        lists=("ofac/capta",),
        programmes=(),
        directives=("eo14024-2",),
        owned_under=(),
        countries=("ru",),
    )
    facts = Facts({"transaction.conduct": "conducted"}, (sberbank,))
    day = date(2022, 3, 26)
    assert "us-14024-directive-2" in {f.rule for f in _asked(facts, day, US)}
    before = {f.rule for f in _asked(facts, day - timedelta(days=1), US)}
    assert "us-14024-directive-2" not in before
    abroad = {f.rule for f in _asked(facts, date(2024, 6, 12), FOREIGN_BANK) if f.shown}
    assert abroad == {"us-capta-counterparty"}


def test_a_licence_of_one_programme_does_not_help_against_another() -> None:
    bank = _party(
        match="certain",
        lists=("ofac/sdn",),
        programmes=("RUSSIA-EO14024", "UKRAINE-EO13662", "NPWMD"),
        directives=(),
        owned_under=(),
        countries=("ru",),
    )
    facts = Facts({"transaction.purposes": ("medicine",)}, (bank,))
    found = {f.rule: f for f in _asked(facts, date(2025, 2, 1), US)}
    assert {n.id for n in found["us-14024-blocking"].licences if n.fits} == {"gl-6d"}
    assert found["us-13662-blocking"].licences == ()
    assert found["us-sdn-blocking"].licences == ()


# --- doubt ----------------------------------------------------------------------------


def test_a_place_only_mentioned_is_a_reason_to_look() -> None:
    for strength, shown in (("mentioned", False), ("named", True)):
        place = Item(
            "Донецк", {"place.territory": "ua-dnr", "place.strength": strength}
        )
        found = _asked(Facts(places=(place,)), date(2024, 5, 7), US)
        assert [f.shown for f in found if f.rule == "us-dnr"] == [shown]


def test_a_possible_match_is_never_shown_as_certain() -> None:
    for match, shown in (("possible", False), ("certain", True)):
        bank = _party(
            match=match,
            lists=("ofac/sdn",),
            programmes=("RUSSIA-EO14024",),
            directives=(),
            owned_under=(),
            countries=("ru",),
        )
        found = _asked(Facts(parties=(bank,)), date(2024, 5, 7), US)
        blocking = [f for f in found if f.rule == "us-14024-blocking"]
        assert [f.shown for f in blocking] == [shown]


def test_a_listing_whose_programme_is_unknown_is_asked_about_not_passed_over() -> None:
    bank = _party(match="certain", lists=("ofac/sdn",))
    found = {f.rule: f for f in _asked(Facts(parties=(bank,)), date(2024, 5, 7), US)}
    assert not found["us-sdn-blocking"].shown
    assert found["us-sdn-blocking"].missing


def test_every_finding_carries_its_mark_and_what_was_read() -> None:
    place = Item("Керчь", {"place.territory": "ua-crimea", "place.strength": "named"})
    everyone = frozenset(PERSONS)
    found = {
        f.rule: f for f in _asked(Facts(places=(place,)), date(2024, 5, 7), everyone)
    }
    assert found["eu-crimea"].law.evidence is Mark.MEMORY
    assert found["us-crimea"].law.evidence is Mark.PARTIAL
    for finding in found.values():
        told = finding.to_dict()
        assert told["evidence_mark"] == str(finding.law.evidence)
        assert told["sources"]
        assert told["last_confirmed"] <= "2026-07-08"


# --- law known later, licences ended --------------------------------------------------


def test_what_was_published_later_is_left_out_when_asked_as_known() -> None:
    facts = Facts(
        {
            "transaction.kind": "payment",
            "transaction.purposes": ("it_support",),
            "transaction.countries": ("ru",),
        }
    )
    day = date(2024, 9, 12)
    assert {f.rule for f in _asked(facts, day, US, date(2024, 6, 12))} == {
        "us-14071-it"
    }
    assert _asked(facts, day, US, date(2024, 6, 11)) == ()


def test_a_licence_ends_at_one_minute_past_midnight_in_new_york() -> None:
    bank = _party(
        match="certain",
        lists=("ofac/sdn",),
        programmes=("RUSSIA-EO14024",),
        directives=(),
        owned_under=(),
        countries=("ru",),
    )
    facts = Facts({"transaction.purposes": ("energy_wind_down",)}, (bank,))

    def state(when: date | datetime) -> Cover:
        (blocking,) = [
            f for f in _asked(facts, when, US) if f.rule == "us-14024-blocking"
        ]
        (note,) = [n for n in blocking.licences if n.fits]
        assert note.id == "gl-8l"
        assert note.cut_off == "2025-03-12T00:01:00-04:00"
        return note.state

    end = datetime(2025, 3, 12, 0, 1, tzinfo=NEW_YORK)
    assert state(end - timedelta(seconds=1)) is Cover.YES
    assert state(end) is Cover.ENDED
    assert state(date(2025, 3, 11)) is Cover.YES
    assert state(date(2025, 3, 12)) is Cover.PART
    assert state(date(2025, 3, 13)) is Cover.ENDED


def test_between_two_licences_there_is_none() -> None:
    at_sea = [licence for licence in BOOK.licences if licence.series == "GL134"]
    for day in (date(2026, 4, 12), date(2026, 4, 16), date(2026, 5, 17)):
        states = {licence.term.cover(Moment(day)) for licence in at_sea}
        assert Cover.YES not in states
        assert Cover.PART not in states


days = st.dates(date(2010, 1, 1), date(2035, 1, 1))


@given(st.sampled_from(BOOK.licences), days, st.integers(0, 4000))
def test_more_time_never_resurrects_a_licence(
    licence: Any, day: date, later: int
) -> None:
    gone = (Cover.ENDED, Cover.REPLACED)
    if licence.term.cover(Moment(day)) in gone:
        assert licence.term.cover(Moment(day + timedelta(days=later))) in gone


# --- duties ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (
            date(2024, 6, 20),
            {
                "us-blocked-report": date(2024, 7, 5),
                "us-annual-report": date(2024, 9, 30),
                "us-record-5": date(2029, 6, 20),
            },
        ),
        (
            date(2024, 7, 1),
            {
                "us-blocked-report": date(2024, 7, 16),
                "us-annual-report": date(2025, 9, 30),
                "us-record-5": date(2029, 7, 1),
            },
        ),
        (
            date(2025, 3, 12),
            {
                "us-blocked-report": date(2025, 3, 26),
                "us-annual-report": date(2025, 9, 30),
                "us-record-10": date(2035, 3, 12),
            },
        ),
    ],
    ids=["over Independence Day", "held after 30 June", "ten years of record"],
)
def test_duties_have_their_last_day(day: date, due: Mapping[str, date]) -> None:
    bank = _party(
        match="certain",
        lists=("ofac/sdn",),
        programmes=("RUSSIA-EO14024",),
        directives=(),
        owned_under=(),
        countries=("ru",),
    )
    (blocking,) = [
        f
        for f in _asked(Facts(parties=(bank,)), day, US)
        if f.rule == "us-14024-blocking"
    ]
    assert {one.duty: one.by for one in blocking.due} == dict(due)


# --- whatever is known, and whatever is not -------------------------------------------

_WORDS = sorted(
    {word for table in BOOK.words.values() for word in table}
    | {
        "ofac/sdn",
        "eu/fsf",
        "uk/conlist",
        "RUSSIA-EO14024",
        "UKR",
        "Russia",
        "ru",
        "cu",
    }
)
_VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    TEXT: st.sampled_from(_WORDS),
    WORDS: st.lists(st.sampled_from(_WORDS), max_size=4).map(tuple),
    NUMBER: st.decimals(0, 100, places=1),
    DAY: days,
}


def _known_of(*scopes: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any subset of the facts of some scopes, with None among their values."""
    values = {
        name: st.none() | _VALUES.get(sort, st.booleans())
        for name, (sort, _) in FACTS.items()
        if scope_of(name) in scopes
    }
    return st.fixed_dictionaries({}, optional=values)


_FACTS = st.builds(
    lambda whole, party, goods, place: Facts(
        whole, (Item("a", party),), (Item("b", goods),), (Item("c", place),)
    ),
    _known_of("asker", "transaction"),
    _known_of("party"),
    _known_of("goods"),
    _known_of("place"),
)
_PERSONS = st.frozensets(st.sampled_from(PERSONS))


@settings(max_examples=200, deadline=None)
@given(_FACTS, days, _PERSONS)
def test_a_finding_is_shown_only_where_all_it_needs_is_known(
    facts: Facts, day: date, binds: frozenset[str]
) -> None:
    for finding in _asked(facts, day, binds):
        assert finding.shown <= (not finding.missing)
        assert finding.span.covers(day)
        assert "anyone" in finding.binds or not binds.isdisjoint(finding.binds)
        assert finding.to_dict()["evidence_mark"] in set(Mark)
        known = {**facts.whole, **facts.items(finding.scope)[finding.at].known}
        for missing in finding.missing:
            assert known.get(missing.split(":")[0]) is None


@settings(max_examples=100, deadline=None)
@given(_FACTS, days, st.data())
def test_what_is_shown_stays_shown_when_more_becomes_known(
    facts: Facts, day: date, data: st.DataObject
) -> None:
    """Kleene's values are monotone: to learn more never takes back what was sure."""
    names = [n for n in facts.whole if facts.whole[n] is not None]
    hidden = data.draw(st.sets(st.sampled_from(names)) if names else st.just(set()))
    less = Facts(
        {n: v for n, v in facts.whole.items() if n not in hidden},
        facts.parties,
        facts.goods,
        facts.places,
    )
    everyone = frozenset(PERSONS)
    before = {(f.rule, f.at) for f in _asked(less, day, everyone) if f.shown}
    after = {(f.rule, f.at) for f in _asked(facts, day, everyone) if f.shown}
    assert before <= after


def test_nothing_known_shows_nothing() -> None:
    nothing = Facts({}, (Item("a", {}),), (Item("b", {}),), (Item("c", {}),))
    for day in BOOK.changes:
        found = _asked(nothing, day, frozenset(PERSONS))
        assert not [finding.rule for finding in found if finding.shown]


def test_amounts_are_compared_exactly() -> None:
    def flags(gap: str) -> set[str]:
        facts = Facts({"transaction.invoice_gap": Decimal(gap)})
        return {f.rule for f in _asked(facts, date(2024, 5, 7), FOREIGN_BANK)}

    assert flags("0.1") == set()
    assert flags("0.10001") == {"rf-08"}
