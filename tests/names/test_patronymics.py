import pytest

from clearway.names.patronymics import patronymic


@pytest.mark.parametrize(
    "spellings",
    [
        ("abdullaevich", "abdullayevich", "abdulaevych", "abdullajewitsch"),
        ("timofeyevna", "timofeevna", "tymofeyivna"),
        ("zakirovich", "zakirowitsch", "zakiravich"),
    ],
)
def test_spellings_of_one_patronymic_share_a_group(spellings: tuple[str, ...]) -> None:
    assert len({patronymic(spelling) for spelling in spellings} - {""}) == 1


def test_son_and_daughter_are_two() -> None:
    assert patronymic("zakirovich") != patronymic("zakirovna")


@pytest.mark.parametrize(
    "name", ["heinrich", "havana", "johanna", "aleksandr", "lavrov"]
)
def test_other_names_are_no_patronymics(name: str) -> None:
    assert patronymic(name) == ""
