"""Companies that are truly listed are told from false alerts by a fixed rule."""

import pytest

from clearway.bench.companies import Judgement, judged, words
from clearway.model import Address, Country, Entity, Identifier, Kind, Listing, Name

ENTITY = Entity(
    "un-1",
    Kind.ORGANIZATION,
    (Name("MGT"), Name("Mariupol Grain Terminal LLC")),
    (Listing("un", "made for this test", "1"),),
    countries=(Country("ru", "jurisdiction"),),
    addresses=(Address("Donetsk", country="ua"),),
    identifiers=(Identifier("lei", "2534 00JT3MQWNDKMJE44"),),
)


def company(name: str, country: str, lei: str = "") -> dict[str, str]:
    return {"name": name, "country": country, "lei": lei or "0" * 20}


@pytest.mark.parametrize(
    ("name", "country", "judgement"),
    [
        ("MARIUPOL GRAIN TERMINAL", "RU", Judgement.LISTED),
        ("Terminal Grain Mariupol, Ltd.", "UA", Judgement.LISTED),
        ("Mariupol Grain Terminal S.A.", "FR", Judgement.UNSURE),
        ("Mariupol Grain Terminals", "RU", Judgement.FALSE),
        ("Odessa Grain Terminal", "UA", Judgement.FALSE),
        ("LLC", "RU", Judgement.FALSE),
    ],
)
def test_equal_words_and_a_common_country_are_the_same_company(
    name: str, country: str, judgement: Judgement
) -> None:
    assert judged(company(name, country), ENTITY)[0] is judgement


def test_the_same_identifier_is_the_same_company_whatever_it_is_called() -> None:
    row = company("Quite Another Name", "FR", "253400JT3MQWNDKMJE44")
    assert judged(row, ENTITY)[0] is Judgement.LISTED


def test_the_spelling_that_decided_is_told() -> None:
    row = company("Mariupol Grain Terminal Limited", "RU")
    assert judged(row, ENTITY)[1] == "Mariupol Grain Terminal LLC"


def test_marks_points_and_legal_forms_are_no_words_of_a_name() -> None:
    assert words("Société Générale S.A.") == words("SOCIETE GENERALE SA")
    assert words("Petrol d.o.o.") == {"petrol"}
    assert words("L'Oréal") == {"loreal"}
    assert words("Mariupol Grain Terminal (MGT)") == {"mariupol", "grain", "terminal"}
    assert words("(MGT) LLC") == {"mgt"}
