"""Whatever a file holds, its readers answer with stakes and problems, or refuse it."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.errors import InputUnreadable
from clearway.ownership import bods, followthemoney, gleif, reading
from clearway.ownership.deciding import evaluate
from clearway.ownership.share_words import share_of
from clearway.ownership.threshold import Test

DAY = date(2024, 5, 17)
words = st.sampled_from(
    ["", "X", "A", "shareholding", "direct", "2024-01-01", "50", "-1", "1e400", "NaN"]
)
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words)
KEYS = (
    *("id", "schema", "properties", "owner", "asset", "percentage", "caption"),
    *("recordId", "recordType", "recordDetails", "subject", "interestedParty"),
    *("interests", "type", "share", "exact", "minimum", "maximum", "names", "reason"),
    *("entityType", "identifiers", "jurisdiction", "annotations", "startDate"),
    *("Relationship", "StartNode", "EndNode", "NodeID", "RelationshipType"),
    *("RelationshipPeriods", "Registration", "ExceptionReason", "LEI", "Entity"),
    *("alternateNames", "exclusiveMinimum", "statementDate", "recordStatus"),
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    ),
    max_leaves=12,
)
details = st.dictionaries(st.sampled_from(KEYS), values, max_size=6)


def told(data: Any) -> bytes:
    return json.dumps(data).encode()


@given(
    st.sampled_from(["relationship", "entity", "person", "x"]), details, details, values
)
@settings(max_examples=120, deadline=None)
def test_odd_statements(kind: str, one: Any, more: Any, party: Any) -> None:
    outer = {"recordId": "r", "recordType": kind, "recordDetails": one}
    held = {"subject": "A", "interestedParty": party, "interests": [one, more]}
    data = [
        {**more, **outer},
        {"recordId": "q", "recordType": "relationship", "recordDetails": held},
    ]
    read = bods.stakes(told(data))
    evaluate(read.stakes, ["X"], Test(), DAY, holdings=read.holdings)


@given(st.sampled_from(["Ownership", "Directorship", "Person", "Company"]), details)
@settings(max_examples=80, deadline=None)
def test_odd_entities(schema: str, properties: Any) -> None:
    data = {"id": "1", "schema": schema, "properties": properties}
    read = followthemoney.stakes(told(data))
    evaluate(read.stakes, ["X"], Test(), DAY, holdings=read.holdings)


@given(details, details)
@settings(max_examples=80, deadline=None)
def test_odd_relationship_records(tie: Any, record: Any) -> None:
    nodes = {"StartNode": {"NodeID": "C"}, "EndNode": {"NodeID": "P"}}
    read = gleif.stakes(told([{**record, "Relationship": {**nodes, **tie}}, record]))
    evaluate(read.stakes, ["P"], Test(), DAY, holdings=read.holdings)


@given(st.binary(max_size=60), st.sampled_from([b"", b"{", b"[", b"<a>", b"\x1f\x8b"]))
@settings(max_examples=80, deadline=None)
def test_odd_bytes(data: bytes, head: bytes) -> None:
    with suppress(InputUnreadable):
        reading.stakes(head + data, "x")
    for read in (bods.stakes, followthemoney.stakes, gleif.stakes):
        with suppress(InputUnreadable):
            read(head + data, "x")


@given(st.text(alphabet="0123456789.,/-%<>+ to more than", max_size=14))
@settings(max_examples=200, deadline=None)
def test_a_share_is_a_share_or_refused(text: str) -> None:
    with suppress(ValueError):
        share = share_of(text)
        assert 0 <= share.least <= share.most <= 1
