"""What rules ask for: things alike in all of it are the same to every rule."""

import pytest

from clearway.rules import law
from clearway.rules.asking import Asks


def test_countries_no_rule_tells_apart_are_alike() -> None:
    asks = Asks(law())
    assert asks.country("se") == asks.country("no")
    assert asks.country("ru") != asks.country("by") != asks.country("se")


def test_a_fact_that_decides_a_rule_tells_things_apart() -> None:
    asks = Asks(law())
    sure = {"party.programmes": ("RUSSIA-EO14024",), "party.match": "certain"}
    assert asks.told("party", sure) != asks.told("party", {"party.match": "certain"})
    assert asks.told("party", sure) != asks.told(
        "party", sure | {"party.match": "possible"}
    )


def test_what_no_rule_asks_for_tells_nothing_apart() -> None:
    asks = Asks(law())
    assert asks.told("party", {"party.countries": ("se",)}) == asks.told(
        "party", {"party.countries": ("no", "fi")}
    )


def test_only_words_that_rules_name_are_kept() -> None:
    asks = Asks(law())
    said = asks.words("transaction.programmes", ["RUSSIA-EO14024", "MADE-UP"])
    assert said == {"RUSSIA-EO14024"}


@pytest.mark.parametrize("given", [(), ("party.phone_country",)])
def test_countries_stay_apart_where_a_rule_compares_two(given: tuple[str, ...]) -> None:
    asks = Asks(law(), given)
    alike = asks.country("se") == asks.country("no")
    assert alike is not bool(given)
