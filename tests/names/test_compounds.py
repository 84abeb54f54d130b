import pytest

from clearway.model import Kind
from clearway.names.analyse import analyse


def groups(text: str) -> list[str]:
    return [token.group for token in analyse(text, Kind.PERSON).tokens]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Abd al-Raqib", "Abdul Raqib", "Abdulraqib", "Abdurraqib", "عبد الرقيب"),
        ("Abd al-Rahman", "Abdurrahman", "Abderrahmane", "Abdul Rehman", "عبدالرحمن"),
        ("Saif al-Din", "Saif Uddin", "Seifeddine", "Sayf ad-Din", "سيف الدين"),
        ("Nur al-Din", "Nour Eddine", "Nuruddin", "نور الدین"),
        ("Hidayat Allah", "Hidayatullah", "Hedayatollah", "هدایت الله"),
    ],
)
def test_a_name_of_faith_is_one_name_however_it_is_parted(
    spellings: tuple[str, ...],
) -> None:
    found = [groups(spelling) for spelling in spellings]
    assert len(found[0]) == 1
    assert all(group == found[0] != [""] for group in found), found


@pytest.mark.parametrize(
    "name", ["Martin", "Putin", "Valentin", "Camilla", "Priscilla"]
)
def test_other_names_with_such_an_ending_are_no_compounds(name: str) -> None:
    (group,) = groups(name)
    assert not group.endswith(("aldin", "allah"))


def test_the_words_of_a_compound_stay_in_the_key() -> None:
    assert analyse("Nur al-Din").key == "al din nur"
