import pytest

from clearway.model import Kind
from clearway.names.acronyms import acronyms
from clearway.names.analyse import analyse


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("People's Liberation Army", "pla"),
        ("People's Liberation Army of China", "pla"),
        ("People's Liberation Army of China", "plac"),
        ("National Iranian Oil Company", "nioc"),
        ("China National Offshore Oil Corporation", "cnooc"),
        ("Islamic Revolutionary Guard Corps", "irgc"),
        ("Islamic Republic of Iran Shipping Lines", "irisl"),
        ("Liberation Tigers of Tamil Eelam", "ltte"),
        ("Korea Mining Development Trading Corporation", "kmdtc"),
        ("Научно-исследовательский институт", "nii"),
    ],
)
def test_a_body_is_known_by_its_first_letters(name: str, acronym: str) -> None:
    assert acronym in acronyms(analyse(name, Kind.ORGANIZATION))


@pytest.mark.parametrize("name", ["Promsvyazbank", "OOO Romashka", "Bank", "🚀"])
def test_a_short_name_has_no_acronym(name: str) -> None:
    assert not acronyms(analyse(name, Kind.ORGANIZATION))
