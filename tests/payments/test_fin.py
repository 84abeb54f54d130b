"""SWIFT FIN is cut into blocks and fields, and no character of it is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.payments.fin import Message, looks_like, messages

WHOLE = (
    "{1:F01AAAABEBBAXXX0000000000}{2:I103BBBBDEFFXXXXN}"
    "{3:{108:MUR1}{121:7a562c67-ca16-48ba-b074-65581be6f001}}{4:\r\n"
    ":20:REF1\r\n:32A:240501EUR12,5\r\n:50K:/123\r\nACME LTD\r\nLONDON\r\n"
    ":71A:SHA\r\n-}{5:{MAC:00000000}{CHK:123456789ABC}}"
)


def only(text: str) -> Message:
    """The one message of a text."""
    (message,) = messages(text, "x.fin")
    return message


def codes(message: Message) -> list[str]:
    """The codes of its problems."""
    return [problem.code for problem in message.problems]


def test_a_message_has_its_type_its_header_and_its_fields_in_order() -> None:
    message = only(WHOLE)
    assert message.kind == "MT103"
    assert [field.name for field in message.fields] == ["20", "32A", "50K", "71A"]
    assert message.fields[2].value == "/123\r\nACME LTD\r\nLONDON"
    assert message.keys["3:121"] == "7a562c67-ca16-48ba-b074-65581be6f001"
    assert message.keys["5:CHK"] == "123456789ABC"
    assert not message.problems


def test_every_field_knows_where_it_stands() -> None:
    message = only(WHOLE)
    for field in (*message.header, *message.fields):
        assert WHOLE[field.start : field.end] == field.value


def test_the_end_of_a_line_may_be_of_any_kind() -> None:
    for end in ("\n", "\r\n", "\r"):
        message = only(WHOLE.replace("\r\n", end))
        assert [field.name for field in message.fields] == ["20", "32A", "50K", "71A"]
        assert not message.problems


def test_many_messages_stand_one_behind_the_other() -> None:
    for between in ("", "\r\n", "$", "\r\n$\r\n", "\x03\x01"):
        read = list(messages(between.join([WHOLE] * 3)))
        assert [message.kind for message in read] == ["MT103"] * 3
        assert not any(map(codes, read)), between


def test_a_cover_is_told_by_block_three() -> None:
    text = WHOLE.replace("I103", "I202").replace("{108:MUR1}", "{119:COV}")
    assert only(text).kind == "MT202COV"


def test_a_message_without_its_end_keeps_what_it_has_and_says_so() -> None:
    message = only(WHOLE[: WHOLE.index("LONDON") + 3])
    assert message.fields[-1].value == "/123\r\nACME LTD\r\nLON"
    assert codes(message) == ["message_cut_short"]


def test_a_message_without_its_end_does_not_swallow_the_next() -> None:
    cut = WHOLE[: WHOLE.index(":71A:")]
    first, second = messages(cut + WHOLE)
    assert codes(first) == ["message_cut_short"]
    assert not codes(second)


def test_a_message_without_a_text_is_a_problem() -> None:
    assert "no_text_block" in codes(only(WHOLE[: WHOLE.index("{4:")]))


def test_fields_alone_are_read_and_their_type_is_unknown() -> None:
    message = only(":20:REF\n:50K:ACME LTD\n:59:IVAN\n")
    assert [field.name for field in message.fields] == ["20", "50K", "59"]
    assert message.kind == "MT"
    assert {"no_header", "unknown_message_type"} <= set(codes(message))


def test_a_delivery_notice_has_fields_in_braces() -> None:
    message = only("{1:F21AAAABEBBAXXX0000000000}{4:{177:2405011200}{451:0}}")
    assert message.kind == "FIN21"
    assert [(f.name, f.value) for f in message.fields] == [
        ("177", "2405011200"),
        ("451", "0"),
    ]


def test_characters_that_fin_does_not_have_are_a_problem() -> None:
    message = only(WHOLE.replace("ACME", "АСМЕ"))
    assert codes(message) == ["illegal_character"]
    assert message.problems[0].text == "АСМЕ"


def test_text_outside_every_field_is_kept_and_told() -> None:
    message = only(WHOLE.replace("{4:\r\n", "{4:\r\nIVAN IVANOV\r\n"))
    assert message.fields[0][:2] == ("", "\r\nIVAN IVANOV")
    message = only(WHOLE.replace("{4:", "BANK MELLI{4:"))
    assert "BANK MELLI" in [field.value for field in message.fields]
    assert codes(message) == ["text_outside_fields"]


def test_a_text_in_braces_within_a_narrative_does_not_end_it() -> None:
    message = only(WHOLE.replace("ACME LTD", "ACME -} {X:1} LTD"))
    assert message.fields[2].value == "/123\r\nACME -} {X:1} LTD\r\nLONDON"


def test_xml_and_prose_do_not_look_like_fin() -> None:
    assert looks_like(WHOLE)
    assert looks_like(":20:A\n:25:B\n")
    assert not looks_like("<Document/>")
    assert not looks_like("Dear sirs: please pay.")


@settings(deadline=None)
@given(st.text(alphabet="{}:1245ABF0\r\n-$ ", max_size=120))
def test_no_letter_or_digit_is_lost_whatever_the_form(text: str) -> None:
    covered: set[int] = set()
    for message in messages(text):
        for field in (*message.header, *message.fields):
            assert text[field.start : field.end] == field.value
            covered.update(range(field.start, field.end))
            # The name of a field, with what stands around it.
            covered.update(range(max(0, field.start - 12), field.start))
    for at, char in enumerate(text):
        if char.isalpha():
            near = any(place in covered for place in range(at, at + 4))
            assert near or text[at - 1 : at] in (":", "{"), (text, at)
