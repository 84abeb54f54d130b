"""Each section on data small enough to know the answer."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clearway.bench.peers import PEER, Described, Peers
from clearway.bench.report import Part, targets
from clearway.bench.running import chosen, head, measured, summary
from clearway.bench.sections import SECTIONS
from clearway.bench.setting import Setting
from clearway.errors import UsageError

QUICK = ("pairs", "un", "negatives", "lei", "evasion", "calibration")


class _Peers(Peers):
    """A peer that finds every two parties alike, and makes two cases."""

    def __init__(self) -> None:
        super().__init__("no python", scorers=[PEER])

    def scores(
        self,
        scorer: str,
        pairs: Sequence[tuple[Described, Described]],
        *,
        warm: bool = False,
    ) -> tuple[list[float], float]:
        json.dumps(list(pairs))
        return [1.0] * len(pairs), 1.0

    def cases(
        self, entities: Sequence[Any], published: str, limit: int | None
    ) -> tuple[list[dict[str, Any]], list[str]]:
        first = entities[0]
        cases = [
            {
                "query": first["name"],
                "expected": first["id"],
                "class": "case_fold",
                "family": "benign",
            },
            {
                "query": "Ingela Lundgren",
                "expected": None,
                "class": "cross_pair",
                "family": "negative",
            },
        ]
        return cases, [entity["id"] for entity in entities]


def found(setting: Setting, *names: str) -> dict[str, Part]:
    return {part.section: part for part in measured(setting, chosen(names))}


def value(part: Part, name: str) -> float:
    return next(m.value for m in part.measures if m.key == f"{part.section}.{name}")


def rows(part: Part, title: str) -> list[list[Any]]:
    return next([list(r) for r in t.rows] for t in part.tables if title in t.title)


def test_pairs_are_parted_by_the_score(setting: Setting) -> None:
    part = found(setting, "pairs")["pairs"]
    assert value(part, "f1") == 1.0
    assert value(part, "auc") == 1.0
    assert rows(part, "by schema")[0][:2] == ["Company", 2]
    assert not rows(part, "missed")


def test_a_name_that_is_on_no_list_counts_nowhere(setting: Setting) -> None:
    part = found(setting, "un")["un"]
    assert value(part, "facts") == 1.0
    assert part.measures[0].of == 1
    assert "NOBODY WHOM ANY LIST NAMES" in part.notes[0]


def test_people_on_no_list_do_not_alert(setting: Setting) -> None:
    part = found(setting, "negatives")["negatives"]
    assert value(part, "birth_date") == 0.0
    assert part.measures[0].of == 3


def test_a_company_that_is_truly_listed_is_no_false_alert(setting: Setting) -> None:
    part = found(setting, "lei")["lei"]
    assert value(part, "false") == 0.0
    assert value(part, "listed") == pytest.approx(1 / 3)
    assert value(part, "unsure") == pytest.approx(1 / 3)
    assert rows(part, "truly listed")[0][1] == "ALMAZ-ANTEY DEFENCE CORPORATION"


def test_the_other_lists_entity_is_the_top_hit_or_shown(two_lists: Setting) -> None:
    part = found(two_lists, "cross")["cross"]
    assert value(part, "names") == value(part, "all") == 0.5
    assert part.measures[0].of == 2
    assert "ofac-999" in part.notes[0]
    ((score, asked, *_),) = rows(part, "not the top hit with all data")
    assert (score, asked) == (None, "WALIJAN")


def test_examples_are_caught_or_shown(setting: Setting) -> None:
    part = found(replace(setting, sample=5), "evasion")["evasion"]
    assert value(part, "examples") == 0.5
    assert part.measures[0].of == 2
    assert rows(part, "examples missed")[-1][2] == "Completely Other Words"
    assert value(part, "false_plain") == 0.0


def test_scores_are_put_in_bins_with_how_often_they_are_true(
    two_lists: Setting, tmp_path: Path
) -> None:
    pytest.importorskip("matplotlib")
    pictures = tmp_path / "pictures"
    part = found(replace(two_lists, out=pictures), "calibration")["calibration"]
    total = sum(row[1] for row in rows(part, "all sources"))
    assert total >= 4
    assert all(row[2] <= row[1] for row in rows(part, "all sources"))
    for name in ("reliability.svg", "scores.svg"):
        assert "<title>" in (pictures / name).read_text("utf-8")


def test_the_public_test_set_is_asked_of_all_beside_each_other(
    two_lists: Setting,
) -> None:
    part = found(replace(two_lists, peers=_Peers()), "ssb")["ssb"]
    assert value(part, "recall") == 1.0
    assert value(part, "false_positives") == 0.0
    assert value(part, "false_positives_logic_v2") == 1.0


def test_a_peer_is_asked_the_same_in_the_same_run(setting: Setting) -> None:
    parts = found(replace(setting, peers=_Peers(), sample=5), "pairs", "un", "evasion")
    assert value(parts["pairs"], "f1_to_peer") == pytest.approx(1.5)
    assert value(parts["un"], "facts_peer") == 1.0
    assert value(parts["evasion"], "listed_peer") == 1.0


def test_every_quick_target_is_measured(setting: Setting, two_lists: Setting) -> None:
    parts = found(replace(setting, peers=_Peers(), sample=5), *QUICK)
    parts |= found(replace(two_lists, peers=_Peers()), "cross", "ssb")
    keys = {measure.key for part in parts.values() for measure in part.measures}
    quick = {key for key in targets() if key.partition(".")[0] in parts}
    assert quick <= keys


def test_without_data_a_section_says_what_it_needs(starter_home: Path) -> None:
    parts = found(Setting(starter_home), "pairs", "un", "negatives", "lei", "cross")
    for part in parts.values():
        assert "--data" in part.skipped
        assert not part.measures


def test_without_data_listed_names_are_disguised(starter_home: Path) -> None:
    part = found(Setting(starter_home, sample=10, workers=1), "evasion")["evasion"]
    assert value(part, "listed") > 0.3
    assert any("examples not asked" in note for note in part.notes)


def test_speed_is_measured_of_whatever_list_there_is(setting: Setting) -> None:
    part = found(replace(setting, sample=3, peers=_Peers()), "speed")["speed"]
    keys = {m.key: m.value for m in part.measures}
    assert {key for key in targets() if key.startswith("speed.")} <= keys.keys()
    assert all(number > 0 for number in keys.values())


def test_a_large_list_is_made_compiled_and_asked(setting: Setting) -> None:
    part = found(replace(setting, sample=3), "million")["million"]
    keys = {m.key: m.value for m in part.measures}
    assert {key for key in targets() if key.startswith("million.")} <= keys.keys()
    assert "listed names" in part.title


def test_a_large_register_of_stakes_is_made_and_evaluated(setting: Setting) -> None:
    part = found(replace(setting, sample=50), "owning")["owning"]
    keys = {m.key: m.value for m in part.measures}
    assert {key for key in targets() if key.startswith("owning.")} <= keys.keys()
    assert part.title.startswith("5,000 stakes")
    assert all(m.of for m in part.measures if m.what.startswith("  one told"))


def test_a_book_is_made_replayed_and_judged_as_each_payment_alone(
    setting: Setting,
) -> None:
    part = found(replace(setting, sample=3), "book")["book"]
    assert {key for key in targets() if key.startswith("book.")} <= {
        m.key for m in part.measures
    }
    assert part.title.startswith("300 payments")
    assert value(part, "few_same") == value(part, "many_same") == 1


def test_sections_come_in_their_order_and_strange_ones_are_refused() -> None:
    assert [s.name for s in chosen(["un", "pairs"])] == ["pairs", "un"]
    assert chosen([]) == list(SECTIONS)
    with pytest.raises(UsageError, match="pears"):
        chosen(["pears"])


def test_the_head_names_the_machine_the_lists_and_their_sizes(
    setting: Setting,
) -> None:
    facts = head(setting)
    assert facts["entities"] == 113
    assert facts["machine"]["cores"]
    assert facts["as_of"] == "2024-05-15"


def test_the_summary_points_at_what_was_missed() -> None:
    part = Part("pairs", "x")
    part.measure("f1", "F1", 0.5)
    part.measure("auc", "AUC", 0.99)
    first, missed, met = summary([part])
    assert first == "== 1 of 2 targets reached"
    assert missed.startswith(" --> pairs.f1")
    assert met.startswith("     pairs.auc")


@pytest.mark.shared
def test_labelled_pairs_are_better_parted_than_by_chance(
    starter_home: Path, shared: Path
) -> None:
    part = found(Setting(starter_home, data=shared / "bench"), "pairs")["pairs"]
    assert value(part, "auc") > 0.8
    assert part.measures[0].of == 415
