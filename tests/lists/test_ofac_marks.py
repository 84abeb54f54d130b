"""The marks by which OFAC's files say on which list an entry stands."""

import re
import tomllib
from importlib.resources import files

import pytest

from clearway.lists.ofac_marks import marks

RAW = tomllib.loads(
    (files("clearway.lists") / "data" / "ofac_marks.toml").read_text("utf-8")
)


@pytest.mark.parametrize(
    ("programmes", "lists", "other"),
    [
        (("NS-PLC",), ["ofac/ns-plc"], False),
        (("CMIC-EO13959",), ["ofac/ns-cmic"], False),
        (("561-Related",), ["ofac/capta"], False),
        (("UKRAINE-EO13662",), ["ofac/ssi"], False),
        (("RUSSIA-EO14024",), [], True),
        (("UKRAINE-EO13662", "RUSSIA-EO14024"), ["ofac/ssi"], True),
        (("561-Related", "CAPTA"), ["ofac/capta"], False),
    ],
)
def test_a_programme_says_on_which_list_its_entry_stands(
    programmes: tuple[str, ...], lists: list[str], other: bool
) -> None:
    assert marks().lists_of(programmes) == lists
    assert marks().has_other(programmes) is other


@pytest.mark.parametrize(
    ("programme", "apart"),
    [
        *(("CMIC-EO13959", True), ("NS-PLC", True), ("SDGT", False), ("SDNTK", False)),
        *(("UKRAINE-EO13662", False), ("561-Related", True), ("FSE-IR", True)),
    ],
)
def test_what_only_the_consolidated_set_has_is_told_from_what_both_have(
    programme: str, apart: bool
) -> None:
    assert bool(marks().apart.match(programme)) is apart


@pytest.mark.parametrize(
    ("remark", "law"),
    [
        ("See Section 11 of Executive Order 14024.", "eo14024-11"),
        ("Ukraine-/Russia-Related Sanctions Regulations, 31 CFR 589.201", "589"),
        ("North Korea Sanctions Regulations, sections 510.201 and 510.210", "510"),
        ("section 1(b) of Executive Order 13224, as amended", "eo13224"),
        ("Subject to Secondary Sanctions", "ifsr"),
        ("Pursuant to the Hizballah Financial Sanctions Regulations", "hizballah"),
        ("Hong Kong Autonomy Act", "hkaa"),
    ],
)
def test_a_remark_is_read_as_the_law_it_means(remark: str, law: str) -> None:
    assert law in [
        means for pattern, means in marks().remarks if pattern.search(remark)
    ]


def test_every_row_of_the_marks_says_how_well_it_is_known() -> None:
    for row in (*RAW["part"], *RAW["remark"], *RAW["directive"]):
        assert row["evidence"] in ("found", "memory"), row
    assert all(re.compile(row["pattern"]) for row in RAW["remark"])
