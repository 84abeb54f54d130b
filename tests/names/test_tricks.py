import pytest

from clearway.names.tricks import untrick


def kinds(text: str) -> list[str]:
    return [trick.kind for trick in untrick(text)[1]]


def test_plain_names_in_any_script_hold_no_tricks() -> None:
    for text in ("Vladimir Putin", "Владимир Путин", "习近平", "محمد", "Łódź Ó Néill"):
        assert untrick(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "seen", "kind"),
    [
        ("Pu\u200btin", "Putin", "invisible"),
        ("\u202enituP\u202c", "nituP", "bidi"),
        ("Pu\x00tin", "Putin", "control"),
        ("Рutin", "Putin", "mixed_script"),
        ("Ｐｕｔｉｎ", "Putin", "compatibility"),
    ],
)
def test_a_trick_is_taken_out_and_named(text: str, seen: str, kind: str) -> None:
    plain, tricks = untrick(text)
    assert plain.casefold() == seen.casefold()
    assert [trick.kind for trick in tricks] == [kind]


def test_line_ends_and_tabs_are_gaps_and_no_tricks() -> None:
    assert untrick("Bank\nMelli\tIran") == ("Bank Melli Iran", ())


def test_a_joiner_with_an_honest_use_is_dropped_without_blame() -> None:
    assert kinds("علی\u200cرضا") == []


def test_two_scripts_in_two_words_are_no_trick() -> None:
    assert kinds("ООО Yandex") == []


@pytest.mark.parametrize("text", ["ϹOMPΑNY", "ЈΟINT", "ϹՕMΡANΥ", "Տtock", "ТΕХ"])
def test_look_alikes_of_three_scripts_are_folded(text: str) -> None:
    plain, tricks = untrick(text)
    assert plain.isascii()
    assert [trick.kind for trick in tricks] == ["mixed_script"]
