"""A small index of names as lists of May 2024 give them, and a document of a text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.documents.document import Document
from clearway.documents.finding import Found, find
from clearway.index.build import Row, build
from clearway.index.index import Index
from clearway.model import Kind

ROWS = (
    Row(
        Kind.PERSON,
        ("PUTIN, Vladimir Vladimirovich", "Путин Владимир"),
        (),
        None,
        ("ru",),
    ),
    Row(Kind.PERSON, ("Vladimir Vladimirovich PUTIN",), (), None, ("ru",)),
    Row(Kind.PERSON, ("SECHIN, Igor Ivanovich",), (), None, ("ru",)),
    Row(Kind.PERSON, ("USMANOV, Alisher Burhanovich",), (), None, ("uz",)),
    Row(Kind.PERSON, ("ALI, Hassan",), (), None, ("so",)),
    Row(Kind.PERSON, ("AZIZ, Abdul",), (), None, ("af",)),
    Row(Kind.PERSON, ("MAZAR, Maulana",), (), None, ("af",)),
    Row(
        Kind.ORGANIZATION,
        ("PROMSVYAZBANK PUBLIC JOINT STOCK COMPANY", "Promsvyazbank"),
        (),
        None,
        ("ru",),
    ),
    Row(Kind.ORGANIZATION, ("ROSOBORONEXPORT OAO",), (), None, ("ru",)),
    Row(Kind.ORGANIZATION, ("KOREA KWANGSON BANKING CORP",), (), None, ("kp",)),
    Row(Kind.ORGANIZATION, ("LIMITED LIABILITY COMPANY SEPTEMBER",), (), None, ("ru",)),
    Row(Kind.ORGANIZATION, ("FUTURE BANK",), (), None, ("bh",)),
    Row(Kind.ORGANIZATION, ("T-RUBBER COMPANY",), (), None, ("zw",)),
    Row(Kind.ORGANIZATION, ("华为海洋有限公司",), (), None, ("cn",)),
    Row(Kind.VESSEL, ("PEARL",), (), None, ("ir",)),
    Row(Kind.PERSON, ("IDRIS, Abdul Rahman",), (), None, ("sd",)),
    Row(Kind.PERSON, ("Žukov Ševčík",), (), None, ("ru",)),
    Row(Kind.ORGANIZATION, ("Завод точной электромеханики",), (), None, ("ru",)),
)
(
    OFAC_PUTIN,
    EU_PUTIN,
    SECHIN,
    USMANOV,
    ALI,
    AZIZ,
    MAZAR,
    PSB,
    ROSOBORON,
    KWANGSON,
    SEPTEMBER,
    FUTURE,
    RUBBER,
    HUAWEI,
    PEARL,
    ABDUL_RAHMAN,
    ZUKOV,
    ZAVOD,
) = range(len(ROWS))


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The rows above, compiled."""
    folder: Path = tmp_path_factory.mktemp("index")
    build(ROWS, folder)
    return Index(folder)


@pytest.fixture(scope="session")
def found(index: Index) -> Callable[[str], tuple[Found, ...]]:
    """What is found in a text."""
    return lambda text: find(Document("text", text), index)


@pytest.fixture(scope="session")
def alerting(
    found: Callable[[str], tuple[Found, ...]],
) -> Callable[[str], set[int]]:
    """The entities that alert in a text."""
    return lambda text: {
        entity for hit in found(text) if hit.alerts for entity in hit.entities
    }
