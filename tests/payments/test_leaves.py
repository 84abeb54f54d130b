"""What is left out is left out by a rule that names a field and the form of a value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.payments.leaves import (
    ELEMENTS,
    FIELDS,
    excluded_element,
    excluded_field,
    is_reference,
)


@pytest.mark.parametrize(
    "text", ["INV-2024/17", "REF1", "NONREF", "7a562c67-ca16-48ba-b074-65581be6f001"]
)
def test_a_number_of_something_is_a_reference(text: str) -> None:
    assert is_reference(text)


@pytest.mark.parametrize(
    "text", ["ROSOBORONEXPORT", "ROSOBORONEXPORT1", "BANK MELLI 1", "MELLI", "", "12 3"]
)
def test_what_may_hide_a_name_is_none(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("IntrBkSttlmAmt", "12.50"),
        ("CreDtTm", "2024-05-01T10:00:00+02:00"),
        ("ChrgBr", "SHAR"),
        ("NbOfTxs", "2"),
        ("BtchBookg", "true"),
        ("EndToEndId", "E2E-17"),
        ("UETR", "7a562c67-ca16-48ba-b074-65581be6f001"),
        ("MsgDefIdr", "pacs.008.001.08"),
    ],
)
def test_values_of_their_form_are_left_out(name: str, text: str) -> None:
    assert excluded_element(name, text)
    assert not excluded_element(name, "BANK MELLI IRAN")
    assert not excluded_element("Ustrd", text)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("20", "REF1"),
        ("32A", "240501EUR12,5"),
        ("71A", "SHA"),
        ("13C", "/SNDTIME/0951+0100"),
        ("98A", ":STAT//20070327"),
        ("20C", ":SEME//ABC20070327P1"),
        ("121", "7a562c67-ca16-48ba-b074-65581be6f001"),
        ("28C", "1/1"),
    ],
)
def test_fields_of_their_form_are_left_out(tag: str, text: str) -> None:
    assert excluded_field(tag, text)
    assert not excluded_field(tag, "BANK MELLI IRAN")
    assert not excluded_field("70", text)


@settings(deadline=None)
@given(st.sampled_from([*ELEMENTS, *FIELDS]), st.sampled_from(["BANK MELLI", "ИРАН 1"]))
def test_no_rule_leaves_out_words(rule: object, text: str) -> None:
    form = rule.form  # type: ignore[attr-defined]
    assert not form.fullmatch(text)
    assert not form.fullmatch(text + " TRADING COMPANY")


def test_every_rule_says_why() -> None:
    assert all(rule.reason for rule in (*ELEMENTS, *FIELDS))
