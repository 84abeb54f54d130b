"""Sentences of news, customs releases and speeches, read as a person reads them."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearway.trade.claim_reading import Claim, claims_in

DAY = date(2024, 5, 20)
CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("claim_sentences.toml").read_text("utf-8")
)["sentence"]


def told(claim: Claim) -> str:
    parts = [
        *(claim.reporter, claim.partner, claim.flow, claim.measure),
        f"{claim.value:.6g}",
        str(claim.period),
        claim.bound,
        f"(against {claim.against})" if claim.against else "",
        f"({claim.goods})" if claim.goods else "",
        f"({claim.currency})"
        if claim.currency not in ("", "USD", "EUR", "CNY")
        else "",
    ]
    return " ".join(filter(None, parts))


def meant(line: str) -> str:
    who, whom, flow, measure, value, *rest = line.split()
    return " ".join([who, whom, flow, measure, f"{float(value):.6g}", *rest])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_sentence_claims_what_a_person_reads_in_it(case: dict[str, Any]) -> None:
    found = [told(claim) for claim in claims_in(case["text"], DAY)]
    assert sorted(found) == sorted(meant(line) for line in case["claims"])
