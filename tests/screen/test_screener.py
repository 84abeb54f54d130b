from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.model import Party
from clearway.screen.compiled import CompiledSet
from clearway.screen.config import Configuration
from clearway.screen.screener import Screener
from clearway.screen.screening import ListUsed

STALE = ListUsed(
    "ofac", "sdn", "2023-01-01", "2023-01-02T00:00:00+00:00", "0" * 64, 5, True
)


def test_a_full_match_with_birth_date_and_country_stops(screener: Screener) -> None:
    party = Party(
        "Vladimir Vladimirovich Putin", "person", "1952-10-07", countries=("ru",)
    )
    screening = screener.check(party)
    assert screening.verdict == "stop"
    assert screening.hits[0].entity.id == "ofac-35096"
    assert {item.feature for item in screening.hits[0].evidence} == {
        "name",
        "birth_date",
        "country",
    }


@pytest.mark.parametrize(
    "name", ["Vladimir Putin", "Владимир Путин", "PUTIN Vladimir", "Vladmir Putin"]
)
def test_a_name_alone_is_reviewed_in_any_script(screener: Screener, name: str) -> None:
    screening = screener.check(name)
    assert screening.verdict == "review"
    assert screening.hits[0].entity.id == "ofac-35096"


def test_nobody_on_the_list_is_clear_and_the_reason_names_list_and_date(
    screener: Screener,
) -> None:
    screening = screener.check("Ingela Lundgren")
    assert screening.verdict == "clear"
    assert screening.reasons == ("no match in ofac/sdn as published 2024-05-07",)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("bic", "PRMSRUMMXXX"), ("inn", "7744000912"), ("", "7744 000912")],
)
def test_an_equal_identifier_stops_whatever_the_name(
    screener: Screener, kind: str, value: str
) -> None:
    party = Party("Quite Another Name Ltd", identifiers=((kind, value),))
    screening = screener.check(party)
    assert screening.verdict == "stop"
    assert screening.hits[0].entity.id == "ofac-34911"


def test_nothing_overrules_an_equal_identifier(screener: Screener) -> None:
    party = Party(
        "Emma Daniels", "person", "1990-01-01", ("ar",), (("imo", "8674156"),)
    )
    assert screener.check(party).hits[0].score >= 0.98


def test_a_passport_number_does_not_match_a_ship(screener: Screener) -> None:
    party = Party("Emma Daniels", identifiers=(("passport", "8674156"),))
    assert screener.check(party).hits == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "empty_name"),
        ("   ", "empty_name"),
        ("🚀🚀", "unreadable_name"),
        ("X", "short_name"),
        ("word " * 3_000, "long_name"),
        ("Ingela\u200b Lundgren", "hidden_invisible"),
        ("\u202eIngela Lundgren", "hidden_bidi"),
        ("Ingela\x00 Lundgren", "hidden_control"),
        ("Іngela Lundgren", "hidden_mixed_script"),
    ],
)
def test_a_name_that_cannot_be_read_as_it_stands_is_never_clear(
    screener: Screener, name: str, code: str
) -> None:
    screening = screener.check(name)
    assert screening.verdict == "review"
    assert code in {problem.code for problem in screening.problems}


def test_a_trick_does_not_hide_a_listed_name(screener: Screener) -> None:
    for name in (
        "Vladimir Pu\u200btin",
        "Vladimir Рutin",
        "Ｖｌａｄｉｍｉｒ Ｐｕｔｉｎ",
    ):
        assert screener.check(name).hits[0].entity.id == "ofac-35096"


@pytest.mark.parametrize(
    ("party", "code"),
    [
        (Party("Ingela Lundgren", birth_date="yesterday"), "bad_date"),
        (Party("Ingela Lundgren", countries=("Atlantis",)), "bad_country"),
        (Party("Ingela Lundgren", kind="robot"), "bad_kind"),
        (Party("Ingela Lundgren", identifiers=(("passport", "12"),)), "bad_identifier"),
    ],
)
def test_a_fact_that_is_not_understood_is_a_problem_and_not_clear(
    screener: Screener, party: Party, code: str
) -> None:
    screening = screener.check(party)
    assert [problem.code for problem in screening.problems] == [code]
    assert screening.verdict == "review"


def test_more_true_data_never_lowers_a_score(screener: Screener) -> None:
    bare = Party("Vladimir Putin")
    score = screener.check(bare).hits[0].score
    for more in (
        replace(bare, birth_date="1952-10-07"),
        replace(bare, birth_date="1952"),
        replace(bare, countries=("ru",)),
        replace(bare, birth_place="Leningrad"),
        replace(bare, kind="person"),
    ):
        assert screener.check(more).hits[0].score >= score


def test_a_common_name_alone_ranks_below_the_same_name_with_a_birth_date(
    screener: Screener,
) -> None:
    alone = screener.check(Party("Muhammad Ali")).hits[0]
    dated = screener.check(Party("Muhammad Ali", birth_date="1961")).hits[0]
    assert dated.score > alone.score


def test_a_birth_date_that_contradicts_lowers_and_says_so(screener: Screener) -> None:
    alone = screener.check(Party("Muhammad Ali")).hits[0].score
    loose = Configuration(threshold=0.3)
    against = Screener(
        screener.compiled, screener.lists, as_of=screener.as_of, config=loose
    ).check(Party("Muhammad Ali", birth_date="1988"))
    assert against.hits[0].score < alone
    because = against.hits[0].because
    assert "birth year 1988 against 1961: contradicts" in because


def test_a_stale_list_never_answers_clear(compiled: CompiledSet) -> None:
    screener = Screener(compiled, [STALE], as_of=date(2024, 5, 17))
    screening = screener.check("Ingela Lundgren")
    assert screening.verdict == "review"
    assert "list stale on 2024-05-17" in screening.reasons[0]


def test_accepting_a_stale_list_is_recorded_in_the_answer(
    compiled: CompiledSet,
) -> None:
    config = Configuration(accept_stale=True)
    screener = Screener(compiled, [STALE], as_of=date(2024, 5, 17), config=config)
    screening = screener.check("Ingela Lundgren")
    assert screening.verdict == "clear"
    assert screening.to_dict()["accept_stale"] is True
    assert "stale" in screening.reasons[0]


def test_a_list_asked_for_and_missing_forbids_clear(compiled: CompiledSet) -> None:
    screener = Screener(compiled, [SDN_], as_of=date(2024, 5, 17), missing=("uk",))
    screening = screener.check("Ingela Lundgren")
    assert screening.verdict == "review"
    assert screening.reasons == ("list missing: uk",)


SDN_ = replace(STALE, published="2024-05-07", stale=False)


def test_hits_are_there_whatever_the_verdict(compiled: CompiledSet) -> None:
    screener = Screener(compiled, [STALE], as_of=date(2024, 5, 17))
    assert screener.check("Promsvyazbank").hits


def test_the_same_question_gives_the_same_bytes(
    screener: Screener, configured: Callable[[Configuration], Screener]
) -> None:
    again = configured(Configuration())
    for name in ("Vladimir Putin", "Ingela Lundgren", "Promsvyazbank"):
        assert screener.check(name).to_json() == again.check(name).to_json()


def test_another_threshold_is_another_configuration(
    configured: Callable[[Configuration], Screener],
) -> None:
    usual = configured(Configuration()).check("Putin")
    other = configured(Configuration(threshold=0.5)).check("Putin")
    assert usual.config != other.config


def test_every_weight_of_the_matcher_is_part_of_the_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from clearway.match import names
    from clearway.screen import config

    usual = Configuration().hash()
    config._hash.cache_clear()
    assert Configuration().hash() == usual
    monkeypatch.setattr(names, "UNLISTED", 0.71)
    config._hash.cache_clear()
    changed = Configuration().hash()
    config._hash.cache_clear()
    assert changed != usual


def test_a_weak_alias_alone_is_passed_over_and_the_reasons_say_so(
    screener: Screener,
) -> None:
    found = screener.check("PSB")
    assert not found.hits
    assert any("weak alias alone" in reason for reason in found.reasons)


def test_a_profile_may_let_weak_aliases_alert_alone(
    configured: Callable[[Configuration], Screener],
) -> None:
    hits = configured(Configuration(weak_alone=True)).check("PSB").hits
    assert hits[0].weak


def test_a_notebook_shows_no_markup_of_the_party(screener: Screener) -> None:
    html = screener.check("<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in html
    assert "review" in screener.check("Vladimir Putin")._repr_html_()


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=40))
def test_any_text_gets_an_answer(screener: Screener, text: str) -> None:
    screening = screener.check(text)
    assert screening.verdict in ("clear", "review", "stop")
    assert screening.to_json()
