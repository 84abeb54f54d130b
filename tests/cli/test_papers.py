"""Which targets are papers of goods, and how a folder of them is read."""

from pathlib import Path

import pytest

from clearway.cli.papers import shipments_of
from clearway.cli.targets import kind_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("invoice.csv", "shipment"),
        ("payments.csv", "table"),
        ("counterparties.csv", "table"),
        ("machine-tools.yaml", "transaction"),
    ],
)
def test_a_file_is_told_by_its_content(file: str, kind: str) -> None:
    assert kind_of(str(EXAMPLES / file), None) == kind


def test_what_was_taken_for_what_is_said_and_the_example_is_good() -> None:
    said: list[str] = []
    (shipment,) = shipments_of(str(EXAMPLES / "invoice.csv"), {}, said.append)
    assert shipment.problems == ()
    assert [line.line for line in shipment.goods] == [1, 2, 3, 4, 5, 6, 7]
    assert any("end_user <- End user" in line for line in said)


def test_a_file_of_a_folder_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.csv").write_bytes((EXAMPLES / "invoice.csv").read_bytes())
    (tmp_path / "b.csv").write_bytes(b"")
    found = shipments_of(str(tmp_path), {}, lambda text: None)
    assert [one.file for one in found] == ["a.csv", "b.csv"]
    assert [problem.code for problem in found[1].problems] == ["unreadable"]
