"""A small list, compiled: entries of the lists of May 2024, cut short."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from clearway.model import (
    Birth,
    Country,
    Entity,
    Identifier,
    Kind,
    Listing,
    Name,
    NameType,
    PartialDate,
    Quality,
)
from clearway.model.codec import to_dict
from clearway.screen.compiled import CompiledSet, compile_set
from clearway.screen.config import Configuration
from clearway.screen.screener import Screener
from clearway.screen.screening import ListUsed

SDN = ListUsed(
    publisher="ofac",
    list="sdn",
    published="2024-05-07",
    retrieved="2024-05-16T08:00:00+00:00",
    sha256="0" * 64,
    entities=5,
)


def listing(record: str, *programmes: str) -> Listing:
    return Listing("ofac", "sdn", record, programmes)


PUTIN = Entity(
    "ofac-35096",
    Kind.PERSON,
    (
        Name("PUTIN, Vladimir Vladimirovich"),
        Name("Путин Владимир Владимирович", NameType.ALIAS, script="Cyrl"),
    ),
    (listing("35096", "RUSSIA-EO14024"),),
    births=(Birth(PartialDate.parse("07 Oct 1952"), "Leningrad, Russia", "ru"),),
    countries=(Country("ru", "nationality"),),
)
BANK = Entity(
    "ofac-34911",
    Kind.ORGANIZATION,
    (
        Name("PROMSVYAZBANK PUBLIC JOINT STOCK COMPANY"),
        Name("PSB", NameType.ALIAS, Quality.WEAK),
    ),
    (listing("34911", "RUSSIA-EO14024"),),
    countries=(Country("ru", "address"),),
    identifiers=(
        Identifier("bic", "PRMSRUMM", "SWIFT/BIC"),
        Identifier("tax_id", "7744000912", "Tax ID No.", "ru"),
    ),
)
VESSEL = Entity(
    "ofac-31200",
    Kind.VESSEL,
    (Name("FORTUNA"),),
    (listing("31200", "PEESA-EO14039"),),
    identifiers=(Identifier("imo", "IMO 8674156", "Vessel Registration"),),
)
ALI = Entity(
    "ofac-1",
    Kind.PERSON,
    (Name("ALI, Muhammad"),),
    (listing("1", "SDGT"),),
    births=(Birth(PartialDate.parse("1961")),),
    countries=(Country("sy", "nationality"),),
)
SIGNS = Entity("ofac-2", Kind.ORGANIZATION, (Name("☆☆☆"),), (listing("2", "SDGT"),))
ENTITIES = (PUTIN, BANK, VESSEL, ALI, SIGNS)


@pytest.fixture(scope="session")
def entity_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("list") / "sdn.jsonl"
    rows = sorted(ENTITIES, key=lambda entity: entity.id)
    path.write_text("".join(json.dumps(to_dict(row)) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="session")
def compiled_folder(
    entity_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("home") / "set"
    compile_set([entity_file], folder)
    return folder


@pytest.fixture(scope="session")
def compiled(compiled_folder: Path, entity_file: Path) -> CompiledSet:
    return CompiledSet(compiled_folder, [entity_file])


@pytest.fixture
def screener(compiled: CompiledSet) -> Screener:
    return Screener(compiled, [SDN], as_of=date(2024, 5, 17))


@pytest.fixture
def configured(compiled: CompiledSet) -> Callable[[Configuration], Screener]:
    def make(config: Configuration) -> Screener:
        return Screener(compiled, [SDN], as_of=date(2024, 5, 17), config=config)

    return make
