"""Listed names inside longer texts, and texts that only look as if they held one."""

from pathlib import Path

import pytest

from clearway.index.build import Row, build
from clearway.index.gazetteer import spans
from clearway.index.index import Index
from clearway.model import Kind
from clearway.names.analyse import analyse

NAMES = (
    (Kind.PERSON, "USMANOV, Alisher Burhanovich"),
    (Kind.PERSON, "Alisher USMANOV"),
    (Kind.ORGANIZATION, "ROSOBORONEXPORT OAO"),
    (Kind.ORGANIZATION, "KOREA KWANGSON BANKING CORP"),
    (Kind.ORGANIZATION, "GENERAL TRADING COMPANY LIMITED"),
    (Kind.PERSON, "MUHAMMAD, Ali"),
    (
        Kind.ORGANIZATION,
        "STATE INSTITUTE FOR EXPERIMENTAL MILITARY MEDICINE OF THE MINISTRY OF DEFENSE",
    ),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("index")
    build([Row(kind, (name,)) for kind, name in NAMES], folder)
    return Index(folder)


def found(index: Index, text: str, *, told: bool = True) -> set[str]:
    tokens = analyse(text).tokens
    return {
        " ".join(token.form for token in tokens[span.start : span.end])
        for span in spans(tokens, index, told=told)
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ON BEHALF OF MR ALISHER USMANOV VILLA IN SARDINIA", "alisher usmanov"),
        ("RENT FOR MR USMANOV ALISHER 12 MAY", "usmanov alisher"),
        ("SPARES FOR ALISHR USMANOV THREE BOXES", "alishr usmanov"),
        ("CONTRACT 756 ROSOBORONEXPORT 17 SPARES", "rosoboronexport"),
        ("CONTRACT 756 ROSOBORON EXPORT SPARES", "rosoboron export"),
        ("FEE TO KOREA KWANGSON BANKING CORP PYONGYANG", "korea kwangson banking corp"),
        (
            "PAID BY STATE INSTITUTE FOR EXPERIMENTAL MILITARY MEDICINE OF THE "
            "MINISTRY OF DEFENSE IN MAY",
            "state institute for experimental military medicine of the ministry of "
            "defense",
        ),
    ],
)
def test_a_listed_name_is_found_inside_a_text(
    index: Index, text: str, name: str
) -> None:
    assert name in found(index, text)


@pytest.mark.parametrize(
    "text",
    [
        "GENERAL CONDITIONS OF TRADING FOR EACH LIMITED COMPANY",
        "ALISHER PAID FOR THE NEW VILLA AND WROTE TO MR USMANOV",
        "USMANOV STREET 12",
        "KOREA IMPORT BANK FEES",
        "MUHAMMAD BOUGHT SPARES",
    ],
)
def test_words_of_a_name_apart_or_in_part_are_no_name(index: Index, text: str) -> None:
    assert found(index, text) == set()


def test_where_nothing_tells_of_names_a_lone_or_common_one_is_not_read_out(
    index: Index,
) -> None:
    assert found(index, "ROSOBORONEXPORT BUYS SPARES AND SENDS", told=False) == set()
    assert found(index, "ALI MUHAMMAD BUYS SPARES AND SENDS", told=False) == set()
