"""The examples find what their README says they find, on the starter list alone."""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from clearway.lists import starter
from clearway.lists.reading import read
from clearway.model import Party
from clearway.screen.compiled import CompiledSet, compile_set
from clearway.screen.screener import Screener
from clearway.screen.screening import ListUsed, Screening, Verdict

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
KINDS = {"company": "organization", "": "any"}

# The entry that must be among the hits; the README names it too.
LISTED = {
    "CP-001": "ofac-34656",
    "CP-002": "ofac-34656",
    "CP-003": "ofac-34737",
    "CP-004": "ofac-17013",
    "CP-005": "ofac-18784",
    "CP-006": "ofac-17016",
    "CP-007": "ofac-15268",
    "CP-008": "ofac-35163",
    "CP-010": "ofac-16911",
    "CP-011": "ofac-16865",
    "CP-012": "ofac-16885",
    "CP-013": "ofac-34876",
    "CP-014": "ofac-18782",
    "CP-015": "ofac-45934",
    "CP-016": "ofac-46431",
    "CP-017": "ofac-35936",
    "CP-019": "ofac-46669",
    "CP-020": "ofac-46680",
    "CP-021": "ofac-47702",
    "CP-022": "ofac-38641",
    "CP-023": "ofac-30947",
    "CP-024": "ofac-47368",
    "CP-025": "un-6908696",
    "CP-026": "ofac-42033",
    "CP-027": "ofac-39361",
    "CP-029": "ofac-34796",
    "CP-030": "ofac-24838",
    "CP-031": "ofac-46820",
    "CP-033": "ofac-45391",
    "CP-034": "ofac-37028",
    "CP-036": "ofac-36025",
}
INVENTED = {"CP-009", "CP-035", *(f"CP-{n:03}" for n in range(37, 44))}
EXACT = {"CP-001", "CP-021", "CP-034", "CP-036"}
NAMES = {
    "Promsvyazbank": "ofac-34656",
    "Gazprombank": "ofac-17016",
    "Kalashnikov Concern": "ofac-16911",
    "Uralwagonsawod": "ofac-16885",
    "Oboronlogistika": "ofac-22407",
    "Deripaska Oleg": "ofac-24283",
    "Sergey Shoygu": "ofac-35173",
    "Путин Владимир Владимирович": "ofac-35096",
    "Уралвагонзавод": "ofac-16885",
    "АО «Вертолёты России»": "ofac-18820",
    "Росэлектроника": "ofac-18770",
    "Мишустин М. В.": "ofac-35282",
    "李尚福": "ofac-24838",
    "昆仑银行": "ofac-15268",
    "长光卫星技术有限公司": "ofac-46669",
    "北京云泽科技有限公司": "ofac-46680",
    "深圳市碧光贸易有限公司": "ofac-47702",
    "江西联盛科技有限公司": "ofac-46650",
    "華信船務(香港)有限公司": "un-6908693",
    "Suzhou Qinghe Packaging": "",
    "Цветочный магазин «Ромашка на Набережной»": "",
    "宁波恒润家纺有限公司": "",
}

# Known misses of the engine; the examples keep them, so that nobody forgets.
NOT_YET: dict[str, str] = {}

Check = Callable[[Party | str], Screening]


def _cases(keys: Iterable[str]) -> list[ParameterSet]:
    return [
        pytest.param(
            key,
            marks=pytest.mark.xfail(reason=NOT_YET[key], strict=True)
            if key in NOT_YET
            else (),
        )
        for key in keys
    ]


def _rows() -> dict[str, dict[str, str]]:
    with (EXAMPLES / "counterparties.csv").open(encoding="utf-8", newline="") as file:
        return {row["reference"]: row for row in csv.DictReader(file)}


def _names() -> list[str]:
    return (EXAMPLES / "names.txt").read_text("utf-8").splitlines()


ROWS = _rows()


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    folder = tmp_path_factory.mktemp("starter")
    whole = read(starter.READER, [starter.file()])
    entities = folder / "entities.jsonl"
    entities.write_bytes(b"".join(whole.entities.sorted_lines()))
    compile_set([entities], folder / "compiled", lambda done, total: None)
    used = ListUsed(
        whole.edition.publisher,
        whole.edition.list,
        str(whole.edition.published),
        "2024-05-17",
        whole.sha256,
        len(whole.entities),
    )
    compiled = CompiledSet(folder / "compiled", [entities])
    return Screener(compiled, [used], as_of=date(2024, 5, 17)).check


def _party(row: dict[str, str]) -> Party:
    number = row["id number"]
    return Party(
        row["name"],
        kind=KINDS.get(row["type"], row["type"]),
        birth_date=row["date of birth"] or None,
        countries=(row["country"],) if row["country"] else (),
        identifiers=(("", number),) if number else (),
    )


def _found(screening: Screening) -> list[str]:
    return [hit.entity.id for hit in screening.hits]


@pytest.mark.parametrize("reference", _cases(LISTED))
def test_a_counterparty_that_is_listed_finds_its_entry(
    check: Check, reference: str
) -> None:
    screening = check(_party(ROWS[reference]))
    assert LISTED[reference] in _found(screening), screening.party.name
    assert screening.verdict is not Verdict.CLEAR


@pytest.mark.parametrize("reference", _cases(sorted(EXACT)))
def test_an_exact_identifier_stops(check: Check, reference: str) -> None:
    assert check(_party(ROWS[reference])).verdict is Verdict.STOP


@pytest.mark.parametrize("reference", sorted(INVENTED))
def test_an_invented_counterparty_finds_nothing(check: Check, reference: str) -> None:
    screening = check(_party(ROWS[reference]))
    assert screening.hits == ()
    assert screening.verdict is Verdict.CLEAR


@pytest.mark.parametrize("reference", ["CP-028", "CP-032", "CP-033"])
def test_a_shared_name_is_never_certain(check: Check, reference: str) -> None:
    assert check(_party(ROWS[reference])).verdict is not Verdict.STOP


def test_another_birth_date_lowers_a_shared_name(check: Check) -> None:
    without, other = (check(_party(ROWS[key])) for key in ("CP-033", "CP-032"))
    assert other.hits[0].score < without.hits[0].score
    contradicted = [item.because for item in other.hits[0].evidence]
    assert any("1990" in reason and "1977" in reason for reason in contradicted)


@pytest.mark.parametrize("name", _cases(NAMES))
def test_a_bare_name_finds_its_entry_or_nothing(check: Check, name: str) -> None:
    screening = check(name)
    if NAMES[name]:
        assert NAMES[name] in _found(screening)
    else:
        assert screening.hits == ()


def test_every_example_is_accounted_for() -> None:
    # CP-018, CP-028 and CP-032 may or may not have hits: they are there to be judged.
    judged = {"CP-018", "CP-028", "CP-032"}
    assert LISTED.keys() | INVENTED | judged == ROWS.keys()
    assert _names() == list(NAMES)


def test_the_readme_explains_every_example() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    told = set(re.findall(r"CP-\d{3}", text))
    for first, last in re.findall(r"CP-(\d{3}) to CP-(\d{3})", text):
        told |= {f"CP-{n:03}" for n in range(int(first), int(last) + 1)}
    assert told == ROWS.keys()
    assert [name for name in _names() if name not in text] == []
    assert f"{len(ROWS)} rows" in text
    for entry in {*LISTED.values(), *NAMES.values()} - {""}:
        assert re.search(rf"\b{entry.partition('-')[2]}\b", text), entry


def test_the_python_example_is_ten_lines_of_code() -> None:
    lines = (EXAMPLES / "check.py").read_text("utf-8").splitlines()
    code = [line for line in lines if line and not line.startswith(('"""', "import"))]
    assert len(code) <= 10
