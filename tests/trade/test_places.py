"""One number, two countries: whose number it is decides."""

import pytest

from clearway.trade.places import (
    is_group,
    m49_of,
    of_eurostat,
    of_gacc,
    of_m49,
    of_name,
)


def test_344_is_hong_kong_for_the_un_and_russia_for_china_customs() -> None:
    assert of_m49("344") == "hk"
    assert of_gacc("344", "Russia") == "ru"
    assert of_m49("643") == "ru"


def test_numbers_of_comtrade_that_are_not_iso() -> None:
    assert [of_m49(n) for n in ("842", "251", "699", "757", "579")] == [
        *("us", "fr", "in", "ch", "no")
    ]
    assert of_m49("0") == "world"
    assert (m49_of("us"), m49_of("cn"), m49_of("ru")) == ("842", "156", "643")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany (incl. German Democratic Republic 'DD' from 1991)", "de"),
        ("Belgium (incl. Luxembourg 'LU' -> 1998)", "be"),
        ("Russian Federation (Russia)", "ru"),
        ("Belarus (Belorussia)", "by"),
        ("Ireland (Eire)", "ie"),
        ("Euro area (EA11-1999, EA12-2001)", "ea"),
        ("European Union - 27 countries (from 2020)", "eu"),
        ("俄罗斯联邦", "ru"),
        ("其中：德国", "de"),
        ("Azerbai jan", "az"),
        ("Cote d'lvoire", "ci"),
        ("Czechia（Czech Republic）", "cz"),
        ("Atlantis", ""),
    ],
)
def test_names_as_publishers_write_them(name: str, code: str) -> None:
    assert of_name(name) == code


def test_letters_of_eurostat_that_are_not_iso() -> None:
    assert [of_eurostat(c) for c in ("GR", "XS", "EU27_2020", "EA19", "AT")] == [
        *("gr", "rs", "eu", "ea", "at")
    ]
    assert is_group("ea")
    assert is_group("world")
    assert not is_group("at")
