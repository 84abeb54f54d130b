"""Chinese names in Wade-Giles and in the Cantonese of Hong Kong, read in Pinyin."""

import pytest

from clearway.names.romanised import is_told, respelt


@pytest.mark.parametrize(
    ("written", "known", "read"),
    [
        ("mao tse tung", "zedong", "mao zedong"),
        ("mao tsetung", "zedong", "mao zedong"),
        ("teng hsiao ping", "xiaoping", "teng xiaoping"),
        ("leung chun ying", "zhenying", "leung zhenying"),
        ("wong kwok hing", "guoxing", "wong guoxing"),
        ("cheung kin chung", "jianzong", "cheung jianzong"),
        ("carrie lam cheng yuet ngor", "zhengyuee", "carrie lam zhengyuee"),
    ],
)
def test_a_given_name_is_read_where_its_pinyin_is_known(
    written: str, known: str, read: str
) -> None:
    found = respelt(written.split(), {known}.__contains__)
    assert [" ".join(words) for words in found] == [read]


def test_nothing_is_read_that_is_not_known() -> None:
    assert not list(respelt(["mao", "tse", "tung"], {"zemin"}.__contains__))


def test_what_pinyin_spells_so_is_left_alone_without_another_name() -> None:
    written = ["liu", "shao", "chi"]
    assert not list(respelt(written, {"shaoqi"}.__contains__))
    loose = respelt(written, {"liu", "shaoqi"}.__contains__, loose=True)
    assert ["liu", "shaoqi"] in list(loose)


def test_a_surname_is_told_by_the_other_name() -> None:
    loose = respelt(["chu", "te"], {"zhu", "de"}.__contains__, loose=True)
    assert ["zhu", "de"] in list(loose)


def test_names_of_other_languages_are_not_told_as_chinese() -> None:
    for name in [
        "muhammad",
        "ivanov",
        "lopez",
        "harrison",
        "sofia",
        "nguyen",
        "smith",
        "oliveira",
    ]:
        assert not is_told(name)
    for name in ["kwok", "hsiao", "tsetung", "leung"]:
        assert is_told(name)
