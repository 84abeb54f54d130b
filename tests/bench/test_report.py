"""What a section says, as text and as JSON."""

import json
import math

from clearway.bench.report import (
    Measure,
    Part,
    Table,
    Target,
    in_unit,
    lines_of,
    targets,
)
from clearway.bench.sections import SECTIONS


def test_every_target_belongs_to_a_section_and_bounds_something() -> None:
    names = {section.name for section in SECTIONS}
    for key, target in targets().items():
        assert key.partition(".")[0] in names, key
        assert target.at_least is not None or target.at_most is not None, key


def test_a_target_at_least_is_met_from_its_value_on() -> None:
    assert Target(at_least=0.9).met_by(0.9)
    assert not Target(at_least=0.9).met_by(0.89)
    assert Target(at_most=0.003).met_by(0.003)
    assert not Target(at_most=0.003).met_by(0.004)


def test_what_was_not_measured_meets_no_target_and_is_null_in_json() -> None:
    measure = Measure("pairs.f1", "F1", math.nan)
    assert measure.to_dict()["met"] is False
    assert measure.to_dict()["value"] is None
    assert measure.shown == "-"


def test_units_are_shown_in_as_many_digits_as_they_deserve() -> None:
    assert in_unit(0.995, "share") == "99.50 %"
    assert in_unit(0.0005, "share") == "0.050 %"
    assert in_unit(0.8441, "score") == "0.844"
    assert in_unit(1.018, "times") == "1.02 x"
    assert in_unit(20_000, "names/s") == "20,000 names/s"
    assert in_unit(0.5, "ms") == "0.5 ms"


def test_a_missed_target_is_said_beside_the_measure() -> None:
    part = Part("pairs", "some pairs")
    part.measure("f1", "F1 at 0.70", 0.5, of=415)
    part.measure("best_f1", "best F1", 0.6)
    head, _, first, second, *_ = lines_of(part)
    assert head == "== pairs: some pairs"
    assert "0.500" in first
    assert "of 415" in first
    assert first.endswith("MISSED")
    assert "target" not in second


def test_a_table_shows_its_first_rows_and_says_how_many_follow() -> None:
    rows = [[n, f"name {n}", 0.5, None] for n in range(5)]
    part = Part(
        "un", "x", tables=[Table("missed", ("n", "name", "score", ""), rows, 2)]
    )
    text = "\n".join(lines_of(part))
    assert "name 1" in text
    assert "name 2" not in text
    assert "and 3 more" in text
    assert len(part.to_dict()["tables"][0]["rows"]) == 5


def test_characters_that_could_act_on_a_terminal_are_shown_instead() -> None:
    table = Table("missed", ("asked",), [["ROSO\u202eBORON\nEXPORT"]])
    text = "\n".join(lines_of(Part("un", "x", tables=[table])))
    assert "ROSO<U+202E>BORON<U+000A>EXPORT" in text


def test_a_section_that_measured_nothing_says_why() -> None:
    part = Part("un", "x", skipped="needs un_queries.csv")
    assert list(lines_of(part))[1].endswith("not measured: needs un_queries.csv")


def test_a_part_is_json() -> None:
    part = Part("un", "x", tables=[Table("t", ("a",), [[math.nan]])])
    assert json.loads(json.dumps(part.to_dict()))["tables"][0]["rows"] == [[None]]
