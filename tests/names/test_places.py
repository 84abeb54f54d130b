from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.names.places import STRENGTHS, PlaceFound, countries_in, places_in
from clearway.names.territories import gazetteer


def _territories(
    text: str, country: str | None = None, day: date | None = None
) -> dict[str, str]:
    """The territories a text means, each with the surest strength."""
    best: dict[str, str] = {}
    for place in places_in(text, country, day=day):
        if place.territory:
            before = best.get(place.territory, STRENGTHS[-1])
            best[place.territory] = min(before, place.strength, key=STRENGTHS.index)
    return best


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("Hotel in Crimea", "UA-CRIMEA"),
        ("REPUBLIC OF CRIMEA", "UA-CRIMEA"),
        ("поставка в Крым", "UA-CRIMEA"),
        ("отдых в Крыму", "UA-CRIMEA"),
        ("Автономна Республіка Крим", "UA-CRIMEA"),
        ("货物运往克里米亚", "UA-CRIMEA"),
        ("Sevastopol, Russia", "UA-CRIMEA"),
        ("г. Севастополь, Россия", "UA-CRIMEA"),
        ("Sevastopol 299011", "UA-CRIMEA"),
        ("Donetsk People's Republic", "UA-DNR"),
        ("Донецкой Народной Республики", "UA-DNR"),
        ("ДНР", "UA-DNR"),
        ("DNR, Makeevka", "UA-DNR"),
        ("the D.N.R., Russia", "UA-DNR"),
        ("顿涅茨克人民共和国", "UA-DNR"),
        ("Луганская Народная Республика", "UA-LNR"),
        ("LNR, Alchevsk", "UA-LNR"),
    ],
)
def test_a_territory_that_is_named_outright_is_named(text: str, territory: str) -> None:
    assert _territories(text)[territory] == "named"


@pytest.mark.parametrize(
    ("text", "country", "territory"),
    [
        ("SIMFEROPOL, UKRAINE 295000", None, "UA-CRIMEA"),
        ("Simferopol", "ua", "UA-CRIMEA"),
        ("Simferopol, Russia", None, "UA-CRIMEA"),
        ("Симферополь, ул. Киевская 1, 295011", None, "UA-CRIMEA"),
        ("Russian Federation, 298600 Yalta", None, "UA-CRIMEA"),
        ("port of loading: Kerch", None, "UA-CRIMEA"),
        ("Feodosia seaport", None, "UA-CRIMEA"),
        ("297000, Russia", None, "UA-CRIMEA"),
        ("zip 98500, Ukraine", None, "UA-CRIMEA"),
        ("Donetsk, Ukraine", None, "UA-DNR"),
        ("м. Донецьк, Україна, 83000", None, "UA-DNR"),
        ("Mariupol, Donetsk oblast", None, "UA-DNR"),
        ("Донецк, Макеевка", None, "UA-DNR"),
        ("Luhansk, Ukraine", None, "UA-LNR"),
        ("Краснодон, Луганская область", None, "UA-LNR"),
        ("Sverdlovsk, 94800, Luhansk oblast", None, "UA-LNR"),
        ("291000 Russia", None, "UA-LNR"),
        ("Nova Kakhovka, Kherson oblast", None, "UA-KHERSON-NGC"),
        ("Геническ 275500", None, "UA-KHERSON-NGC"),
        ("Melitopol, Zaporizhzhia oblast", None, "UA-ZAPORIZHZHIA-NGC"),
        ("port of discharge Berdiansk", None, "UA-ZAPORIZHZHIA-NGC"),
        ("Энергодар, Россия", None, "UA-ZAPORIZHZHIA-NGC"),
    ],
)
def test_a_town_with_what_confirms_it_is_addressed(
    text: str, country: str | None, territory: str
) -> None:
    assert _territories(text, country)[territory] == "addressed"


@pytest.mark.parametrize(
    ("text", "territory"),
    [
        ("Donetsk", "UA-DNR"),
        ("Shakhtar Donetsk won", "UA-DNR"),
        ("в Донецке", "UA-DNR"),
        ("DNR", "UA-DNR"),
        ("LPR", "UA-LNR"),
        ("Simferopol", "UA-CRIMEA"),
        ("Sevastopol", "UA-CRIMEA"),
        ("Yalta conference", "UA-CRIMEA"),
        ("Sevastopol street 5, Moscow, Russia", "UA-CRIMEA"),
        ("Donetsk, Russia", "UA-DNR"),
        ("Pervomaisk, Ukraine", "UA-LNR"),
        ("Donetsk region, Ukraine", "UA-DNR"),
        ("Melitopol", "UA-ZAPORIZHZHIA-NGC"),
        # From a news report of May 2024.
        ("fires towards Russian positions outside Bakhmut on November 8", "UA-DNR"),
        (
            "from the trenches of Bakhmut walk on a street in Chasiv Yar, Ukraine",
            "UA-DNR",
        ),
    ],
)
def test_a_name_alone_is_only_mentioned(text: str, territory: str) -> None:
    assert _territories(text)[territory] == "mentioned"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Donetsk, Rostov oblast, 346330, Russia", None),
        ("г. Донецк, Ростовская область", None),
        ("Ростов-на-Дону, Донецк 346330", None),
        ("Kirovsk, Murmansk region, Russia", None),
        ("Кировск, Ленинградская область, 187340", None),
        ("Pervomaisk, Mykolaiv oblast, Ukraine, 55200", None),
        ("Sverdlovsk, Ural, Russia", None),
        ("Primorsk, Leningrad region, Russia", None),
        ("Rovenki, Belgorod region, 309740", None),
        ("Tokmak, Kyrgyzstan", None),
        ("Tokmak", "kg"),
        ("Kramatorsk, Donetsk oblast, 84300, Ukraine", None),
        ("Краматорськ, Донецька область", None),
        ("Kherson, Ukraine, 73000", None),
        ("Zaporizhzhia, Ukraine", None),
        ("DPR Korea, Pyongyang", None),
        ("LPR card, permanent resident", None),
        ("USD 295000 for cotton, Russia", None),
        ("EUR 299,000.00 Russia", None),
        ("invoice 298600 Russia", None),
        ("297000 kg of wheat, Russia", None),
        ("Agra 283001 India", None),
        ("283001", "in"),
        ("Moscow, Russia, 101000", None),
        ("Kyiv, Ukraine, 01001", None),
        ("антрацит, уголь", None),
        ("Sudak fillet frozen, Russia", None),
        ("ул. Севастопольская, Москва", None),
        ("cotton shirts", None),
        ("", None),
    ],
)
def test_another_place_of_that_name_and_a_number_that_is_no_code_are_nothing(
    text: str, country: str | None
) -> None:
    assert _territories(text, country) == {}


@pytest.mark.parametrize(
    ("text", "territory", "inside"),
    [
        ("94999", "", ""),
        ("95000", "UA-CRIMEA", "addressed"),
        ("99999", "UA-CRIMEA", "addressed"),
        ("294999", "UA-LNR", "addressed"),
        ("295000", "UA-CRIMEA", "addressed"),
        ("299999", "UA-CRIMEA", "addressed"),
        ("300000", "", ""),
        ("283000", "UA-DNR", "addressed"),
        ("282999", "", ""),
        ("287999", "UA-DNR", "addressed"),
        ("288000", "", ""),
        ("290999", "", ""),
        ("291000", "UA-LNR", "addressed"),
        ("268999", "", ""),
        ("269000", "UA-ZAPORIZHZHIA-NGC", "addressed"),
        ("272999", "UA-ZAPORIZHZHIA-NGC", "addressed"),
        ("273000", "UA-KHERSON-NGC", "addressed"),
        ("275999", "UA-KHERSON-NGC", "addressed"),
        ("276000", "", ""),
        # Ukrainian codes of an oblast are on both sides of the line.
        ("83000", "", ""),
        ("91000", "", ""),
    ],
)
def test_a_range_of_postal_codes_begins_and_ends_where_it_says(
    text: str, territory: str, inside: str
) -> None:
    country = "Ukraine" if len(text) == 5 else "Russia"
    found = _territories(f"{text}, {country}")
    assert found == ({territory: inside} if territory else {})


@pytest.mark.parametrize(
    ("town", "first", "last", "oblast"),
    [
        ("Donetsk", 83000, 87999, "UA-DNR"),
        ("Sverdlovsk", 91000, 94999, "UA-LNR"),
        ("Oleshky", 73000, 75999, "UA-KHERSON-NGC"),
        ("Tokmak", 69000, 72999, "UA-ZAPORIZHZHIA-NGC"),
    ],
)
def test_a_code_of_the_oblast_confirms_a_town_of_it(
    town: str, first: int, last: int, oblast: str
) -> None:
    for code in (first, last):
        assert _territories(f"{town} {code}")[oblast] == "addressed"
    for code in (first - 1, last + 1):
        assert _territories(f"{town} {code}").get(oblast) != "addressed"


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2022, 11, 10), {"UA-KHERSON-NGC": "addressed"}),
        (date(2022, 11, 11), {}),
        (date(2022, 11, 12), {}),
        (None, {}),
    ],
)
def test_kherson_is_on_the_government_side_from_its_day_on(
    day: date | None, held: dict[str, str]
) -> None:
    assert _territories("Kherson, Ukraine", day=day) == held


def test_a_town_whose_side_is_no_longer_known_is_a_place_again() -> None:
    assert _territories("Pokrovsk, Ukraine", day=date(2024, 12, 31)) == {}
    assert _territories("Pokrovsk, Ukraine", day=date(2025, 1, 1)) == {
        "UA-DNR": "addressed"
    }


def test_a_place_is_found_where_it_stands() -> None:
    text = "Consignee: OOO Ромашка, г. Симферополь, Россия"
    (town, country) = places_in(text)
    assert text[town.start : town.end] == "Симферополь"
    assert text[country.start : country.end] == "Россия"
    assert (town.name, country.country) == ("Simferopol", "ru")
    assert "Russia" in town.why


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("port of loading Sevastopol, Russia", "Sevastopol"),
        ("POL: Kerch port", "Kerch"),
        ("Mariupol seaport", "Mariupol"),
        ("POD Berdyansk port", "Berdiansk"),
        ("Feodosiya harbour", "Feodosia"),
        ("Bandar Abbas port", "Bandar Abbas"),
        ("Tartous, Syria", "Tartous"),
    ],
)
def test_seaports_are_told(text: str, port: str) -> None:
    assert port in {place.name for place in places_in(text) if place.port}
    found = [place for place in places_in(text) if place.port]
    assert all(place.strength in ("named", "addressed") for place in found)


def _countries(text: str) -> dict[str, str]:
    return {place.country: place.strength for place in countries_in(text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "shipment to Iran via the United Arab Emirates",
            {"ir": "named", "ae": "named"},
        ),
        ("Iranian carpets", {"ir": "mentioned"}),
        ("Islamic Republic of Iran", {"ir": "named"}),
        ("Россия, Москва", {"ru": "named"}),
        ("Russian Federation", {"ru": "named"}),
        ("俄罗斯和白俄罗斯", {"ru": "named", "by": "named"}),
        ("朝鲜", {"kp": "named"}),
        ("شحنة إلى إيران", {"ir": "named"}),
        ("러시아로 보내는 화물", {"ru": "named"}),
        ("SURYA OIL CARRIERS", {}),
        ("let us go in or out", {}),
        ("cotton shirts", {}),
    ],
)
def test_countries_are_found_in_a_text(text: str, found: dict[str, str]) -> None:
    assert _countries(text) == found


@pytest.mark.parametrize(
    ("text", "country", "strength"),
    [
        ("Tehran, Iran", "ir", "addressed"),
        ("Тегеран", "ir", "mentioned"),
        ("Pyongyang", "kp", "mentioned"),
        ("شركة في حلب", "sy", "mentioned"),
        ("La Habana, Cuba", "cu", "addressed"),
        ("ALEPPO SOAP FROM TURKEY", "sy", "mentioned"),
    ],
)
def test_towns_of_countries_under_embargo_are_found(
    text: str, country: str, strength: str
) -> None:
    towns = [
        p for p in places_in(text) if p.country == country and p.strength != "named"
    ]
    assert [place.strength for place in towns] == [strength]


def test_consonants_of_an_arabic_name_are_no_latin_name() -> None:
    assert places_in("HLB DODEMONT - VAN IMPE & Co") == ()


def test_wine_is_no_town() -> None:
    assert not [p for p in places_in("Shiraz wine, Australia") if p.country == "ir"]


def test_every_spelling_of_a_place_is_found_with_its_territory() -> None:
    for phrases in gazetteer().phrases.values():
        for words, meanings in phrases.items():
            for kind, owner, name in meanings:
                territory = gazetteer().territories[owner]
                plain = name not in territory.homonyms | territory.ordinary
                if kind == "place" and plain and not territory.is_country:
                    assert owner in _territories(" ".join(words), "ua"), words


@given(st.text(max_size=200), st.sampled_from([None, "ua", "ru", "cn", "Iran", "x"]))
def test_any_text_can_be_asked_and_spans_lie_in_it(
    text: str, country: str | None
) -> None:
    for place in places_in(text, country):
        assert isinstance(place, PlaceFound)
        assert 0 <= place.start < place.end <= len(text)
        assert bool(place.territory) is not bool(place.country)
        assert place.strength in STRENGTHS
        assert place.why
