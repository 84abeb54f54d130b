"""Messages checked whole: every text seen, twins alike, deadlines and bounds kept."""

import random
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from clearway.payments.leaves import Channel
from clearway.payments.reading import Read, decoded, messages
from clearway.screen.messages import MessageScreening, check_message, check_messages
from clearway.screen.screener import Screener
from clearway.screen.screening import Verdict

PUTIN, BANK = "ofac-35096", "ofac-34911"

MT103 = """{{1:F01DEUTDEFFAXXX0000000000}}{{2:I103CHASUS33XXXXN}}{{4:
:20:REF00000001
:23B:CRED
:32A:240515EUR1000,50
:50K:/1234567890
{debtor}
12 HAUPTSTRASSE
60311 FRANKFURT
:{agent}
:59:/9876543210
{creditor}
45 RIVER STREET
NEW YORK NY 10001
:70:{text}
:71A:SHA
-}}"""

PACS008 = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>REF00000001</MsgId><NbOfTxs>1</NbOfTxs></GrpHdr><CdtTrfTxInf>
<PmtId><EndToEndId>REF00000001</EndToEndId></PmtId>
<IntrBkSttlmAmt Ccy="EUR">1000.50</IntrBkSttlmAmt>
<IntrBkSttlmDt>2024-05-15</IntrBkSttlmDt>
<InstgAgt><FinInstnId><BICFI>DEUTDEFFXXX</BICFI></FinInstnId></InstgAgt>
<InstdAgt><FinInstnId><BICFI>CHASUS33XXX</BICFI></FinInstnId></InstdAgt>
<Dbtr><Nm>{debtor}</Nm><PstlAdr><AdrLine>12 HAUPTSTRASSE</AdrLine>
<AdrLine>60311 FRANKFURT</AdrLine></PstlAdr></Dbtr>
<DbtrAgt><FinInstnId><BICFI>DEUTDEFFXXX</BICFI></FinInstnId></DbtrAgt>
<CdtrAgt><FinInstnId>{agent}</FinInstnId></CdtrAgt>
<Cdtr><Nm>{creditor}</Nm><PstlAdr><AdrLine>45 RIVER STREET</AdrLine>
<AdrLine>NEW YORK NY 10001</AdrLine></PstlAdr></Cdtr>
<RmtInf><Ustrd>{text}</Ustrd></RmtInf>
</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>"""

ORDINARY = {
    "debtor": "HANNELORE BRINKMANN",
    "creditor": "GARCIA FERREIRA PLUMBING LLC",
    "text": "INVOICE 4711 OF APRIL 2024",
}


def mt(agent: str = "57A:CHASUS33", **said: str) -> list[Read]:
    return list(messages(MT103.format(agent=agent, **(ORDINARY | said)).encode()))


def mx(agent: str = "<BICFI>CHASUS33XXX</BICFI>", **said: str) -> list[Read]:
    return list(messages(PACS008.format(agent=agent, **(ORDINARY | said)).encode()))


def entities(screening: MessageScreening) -> set[str]:
    return {
        hit.entity.id
        for one in screening.transactions
        for _, found in one.screenings
        for hit in found.hits
    }


@pytest.mark.parametrize("written", [mt, mx])
def test_an_ordinary_payment_is_clear(
    screener: Screener, written: Callable[..., list[Read]]
) -> None:
    (screening,) = check_messages(screener, written())
    assert entities(screening) == set()
    assert screening.verdict is Verdict.CLEAR


@pytest.mark.parametrize("field", ["debtor", "creditor", "text"])
@pytest.mark.parametrize(
    "words",
    [
        "VLADIMIR VLADIMIROVICH PUTIN",
        "PUTIN VLADIMIR VLADIMIROVICH",
        "PROMSVYAZBANK PUBLIC JOINT STOCK COMPANY",
        "BRINKMANN UND SOEHNE",
    ],
)
def test_the_same_payment_as_mt_and_as_mx_gets_the_same_verdict(
    screener: Screener, field: str, words: str
) -> None:
    (one,) = check_messages(screener, mt(**{field: words}))
    (other,) = check_messages(screener, mx(**{field: words}))
    assert (one.verdict, entities(one)) == (other.verdict, entities(other))
    assert (one.verdict is Verdict.CLEAR) == words.startswith("BRINK")


def test_a_listed_bank_is_found_by_its_code_in_both(screener: Screener) -> None:
    (one,) = check_messages(screener, mt(agent="57A:PRMSRUMM"))
    (other,) = check_messages(screener, mx(agent="<BICFI>PRMSRUMMXXX</BICFI>"))
    assert BANK in entities(one) & entities(other)
    assert one.verdict is other.verdict is Verdict.STOP


def test_a_person_where_a_bank_should_stand_is_found(screener: Screener) -> None:
    (screening,) = check_messages(
        screener, mt(agent="57D:VLADIMIR VLADIMIROVICH PUTIN")
    )
    assert PUTIN in entities(screening)
    (screening,) = check_messages(screener, mx(agent="<Nm>VLADIMIR V. PUTIN</Nm>"))
    assert PUTIN in entities(screening)


def test_a_name_in_a_line_of_the_address_is_found(screener: Screener) -> None:
    (screening,) = check_messages(
        screener, mt(creditor="RIVERSIDE TRADING\nVLADIMIR VLADIMIROVICH PUTIN")
    )
    assert PUTIN in entities(screening)


@pytest.mark.parametrize("word", ["FORTUNAS", "PSBANKRU", "CARDINAL"])
def test_a_word_that_looks_like_a_code_of_a_bank_is_no_hit(
    screener: Screener, word: str
) -> None:
    (screening,) = check_messages(screener, mt(creditor=f"{word} LOGISTICS OY"))
    assert screening.verdict is Verdict.CLEAR, screening.to_dict()


def test_where_a_hit_stands_is_said(screener: Screener) -> None:
    text = MT103.format(
        agent="57A:CHASUS33", **(ORDINARY | {"text": "FOR VLADIMIR PUTIN, VILLA"})
    )
    (screening,) = check_messages(screener, list(messages(text.encode())))
    spots = {
        text[involved.spot.start : involved.spot.end]
        for one in screening.transactions
        for involved, found in one.screenings
        if found.hits
    }
    assert spots == {"VLADIMIR PUTIN"}


def test_what_the_deadline_leaves_undone_is_for_review(screener: Screener) -> None:
    reads = [read for _ in range(200) for read in mt()]
    done = check_messages(screener, reads, late=lambda: True)
    assert len(done) == len(reads)
    for screening in done:
        (one,) = screening.transactions
        assert screening.verdict is Verdict.REVIEW
        assert "deadline" in {problem.code for problem in one.problems}


def test_a_deadline_far_off_changes_nothing(screener: Screener) -> None:
    (read,) = mt(text="VLADIMIR PUTIN")
    unhurried = check_message(screener, read)
    assert check_message(screener, read, late=lambda: False) == unhurried


@pytest.mark.parametrize(
    "body",
    [
        "VLADIMIR PUTIN PROMSVYAZBANK MUHAMMAD ALI ",
        "V L A D I M I R  ",
        "AL1 MUH4MM3D ",
    ],
)
def test_a_text_made_to_be_slow_is_searched_in_part_and_reviewed(
    screener: Screener, body: str
) -> None:
    (screening,) = check_messages(screener, mt(text=(body * 4000)[:64_000]))
    codes = {
        problem.code
        for one in screening.transactions
        for _, found in one.screenings
        for problem in found.problems
    }
    assert "text_too_dense" in codes
    assert screening.verdict is not Verdict.CLEAR


@pytest.mark.shared
def test_a_listed_name_in_any_text_of_a_sample_message_is_found(
    screener: Screener, shared: Path
) -> None:
    """A few texts of each sample; the share over all is printed by the benchmark."""
    name = "VLADIMIR VLADIMIROVICH PUTIN"
    chance = random.Random(20240520)
    samples = sorted((shared / "payments").glob("m[tx]/*/*"))
    asked: list[tuple[str, list[Read]]] = []
    for path in chance.sample(samples, 120):
        data = path.read_bytes()
        text, _ = decoded(data)
        leaves = [
            leaf
            for read in messages(data)
            for leaf in read.leaves
            if leaf.channel is not Channel.EXCLUDED and leaf.spot.start >= 0
        ]
        for leaf in chance.sample(leaves, min(3, len(leaves))):
            spot = leaf.spot
            planted = text[: spot.start] + escape(name) + text[spot.end :]
            asked.append((f"{path.name} {spot.path}", list(messages(planted.encode()))))
    missed = [
        where
        for where, reads in asked
        if not any(
            PUTIN in entities(screening)
            for screening in check_messages(screener, reads)
        )
    ]
    assert asked
    assert len(missed) <= 0.005 * len(asked), missed


def test_a_rare_word_is_found_however_many_words_stand_before_it(
    screener: Screener,
) -> None:
    before = " ".join("abcdefghijklmnopqrst"[n % 15 :][:6] + "xyz" for n in range(80))
    (screening,) = check_messages(screener, mt(text=f"{before} PROMSVYAZBANK"))
    (payment,) = screening.transactions
    assert "PROMSVYAZBANK" in {item.party.name for item, _ in payment.screenings}


def problem_codes(screening: MessageScreening) -> set[str]:
    return {
        problem.code
        for one in screening.transactions
        for problems in (one.problems, *(found.problems for _, found in one.screenings))
        for problem in problems
    }


def test_the_name_of_a_month_names_no_company(screener: Screener) -> None:
    for month in ("SEPTEMBER", "OCTOBER"):
        (screening,) = check_messages(
            screener, mt(text=f"INVOICE 4711 OF {month} 2024")
        )
        assert screening.verdict is Verdict.CLEAR


def test_a_rare_word_counts_again_after_words_that_name_nobody(
    screener: Screener,
) -> None:
    for _ in range(2):
        quiet, loud = check_messages(
            screener, [*mt(text="GRANULES"), *mx(text="GRANULES PROMSVYAZBANK")]
        )
        assert not entities(quiet)
        assert BANK in entities(loud)


@pytest.mark.parametrize("ending", ["", "RUMM"])
def test_more_words_or_codes_than_are_compared_are_reviewed(
    screener: Screener, ending: str
) -> None:
    letters = "BCDFGHJKLM"
    words = " ".join(
        "".join(letters[int(digit)] for digit in f"{number:04}") + (ending or "XQZWV")
        for number in range(300)
    )
    (screening,) = check_messages(screener, mx(text=words))
    assert "text_too_dense" in problem_codes(screening)
    assert screening.verdict is not Verdict.CLEAR


def test_an_address_that_never_ends_is_reviewed(screener: Screener) -> None:
    data = PACS008.format(agent="<BICFI>CHASUS33XXX</BICFI>", **ORDINARY)
    long = data.replace("45 RIVER STREET", "45 RIVER STREET " * 4000)
    (screening,) = check_messages(screener, list(messages(long.encode())))
    assert "address_too_long" in problem_codes(screening)
    assert screening.verdict is not Verdict.CLEAR
