"""Check digits and other signs by which a column is told from its values."""

import pytest

from clearway.tables import values


@pytest.mark.parametrize(
    ("test", "right", "wrong"),
    [
        # The tanker of the IMO's own example; a fund's code from the GLEIF register;
        # Gazprom, Sberbank and Huawei as their registers print them; the example of
        # GB 11643.
        (values.is_imo, "IMO 9074729", "9074728"),
        (values.is_lei, "5493000JR946Z16KE542", "5493000JR946Z16KE543"),
        (values.is_inn, "7736050003", "7736050004"),
        (values.is_inn, "500100732259", "500100732258"),
        (values.is_ogrn, "1027700070518", "1027700070519"),
        (values.is_uscc, "914403001922038216", "914403001922038217"),
        (values.is_chinese_id, "11010519491231002X", "110105194912310021"),
    ],
)
def test_a_check_digit_tells_right_from_wrong(
    test: "values.Test", right: str, wrong: str
) -> None:
    assert test(right)
    assert not test(wrong)
    assert not test("")
    assert not test("١٢٣٤٥٦٧")


@pytest.mark.parametrize(
    ("held", "type_"),
    [
        (["9187629", "9074729"], "imo"),
        (["7707083893", "7736050003"], "inn"),
        (["5493000JR946Z16KE542"], "lei"),
        (["SABRRUMM", "DEUTDEFF500"], "bic"),
        (["12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"], "wallet"),
        (["a@example.org", "b@example.org"], "email"),
        (["1234567", "2345678", "3456789"], ""),
        (["Acme", "Beta"], ""),
        ([], ""),
    ],
)
def test_identifiers_are_told_by_their_form(held: list[str], type_: str) -> None:
    assert values.identifier_type(held) == type_


@pytest.mark.parametrize(
    ("held", "nature"),
    [
        (["07.10.1952", "1960-01-31"], "birth_date"),
        (["2024-01-02", "2024-02-03", "2024-03-01", "2024-04-02"], ""),
        (["1952", "1960"], ""),
        (["RU", "CN", "Германия"], "country"),
        (["физлицо", "ЮЛ", "Company"], "kind"),
        (["M", "F", "f"], "gender"),
        (["Acme", "RU"], ""),
    ],
)
def test_natures_are_told_only_where_they_are_clear(
    held: list[str], nature: str
) -> None:
    assert values.nature(held) == nature


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["03/25/1961", "04/03/1962"], "month first"),
        (["25/03/1961", "04/03/1962"], "day first"),
        (["03/04/1961"], "day first, assumed"),
        (["03.04.1961"], "day first"),
        (["25/03/1961", "03/25/1961"], ""),
        (["1961-03-04", "1961"], ""),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_column(
    dates: list[str], order: str
) -> None:
    assert values.date_order(dates) == order
