"""Listed names in running text: found whatever their order, spelling and script."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.bench.planting import misspelt, turned
from clearway.documents.document import Document
from clearway.documents.finding import Found, find
from clearway.index.index import Index

OFAC_PUTIN, EU_PUTIN, SECHIN, USMANOV, ALI, AZIZ, MAZAR, PSB, ROSOBORON = range(9)
ABDUL_RAHMAN, ZUKOV, ZAVOD = 15, 16, 17
Finds = Callable[[str], tuple[Found, ...]]
Alerts = Callable[[str], set[int]]


@pytest.mark.parametrize(
    "text",
    [
        "The president, Vladimir Putin, flew on to Harbin.",
        "It was signed by Putin, Vladimir on Thursday.",
        "VLADIMIR PUTIN SPOKE LAST.",
        "Vladimir Vladimirovich Putin spoke last.",
        "Vladimir\nPutin spoke last.",
        "Vladimir Putin's plane landed.",
        "Vladimir Putin’s plane landed.",
        "They said “Vladimir Putin’s” plane landed.",
        "The plane that landed in the morning was that of Vladi-\nmir Putin.",
        "The plane that landed was that of Vladimir Pu\u00adtin.",
        "Volodymyr Putin spoke last.",
        "Президент Владимир Путин прилетел в Пекин.",
        "С президентом Владимиром Путиным говорили в Пекине.",
    ],
)
def test_a_person_is_found_however_the_name_is_written(
    text: str, alerting: Alerts
) -> None:
    assert alerting(text) == {OFAC_PUTIN, EU_PUTIN}


def test_a_name_made_with_abd_is_found_torn_apart(found: Finds) -> None:
    hits = found("It was signed by Rahman Idris Abdul on Tuesday.")
    assert [hit.entities for hit in hits] == [(ABDUL_RAHMAN,)]


def test_a_name_goes_on_in_the_next_line_of_running_text(alerting: Alerts) -> None:
    text = (
        "It was signed in the afternoon by the owner, Alisher\nUsmanov, and two more."
    )
    assert alerting(text) == {USMANOV}


@pytest.mark.parametrize("text", ["Žukov Ševčík came.", "To bylo Ševčík Žukov."])
def test_capitals_beyond_latin_one_are_capitals(text: str, alerting: Alerts) -> None:
    assert alerting(text) == {ZUKOV}


def test_a_name_in_small_letters_of_another_alphabet_is_found(found: Finds) -> None:
    hits = found("Платёж получил завод точной электромеханики, сообщил банк.")
    assert [hit.entities for hit in hits] == [(ZAVOD,)]


def test_a_long_line_of_names_keeps_every_mention(found: Finds) -> None:
    (hit,) = found("Alisher Usmanov, " * 500)
    assert hit.count == 500
    assert [passage.count for passage in hit.passages] == [1]


def test_a_name_without_spaces_is_found_within_a_line(alerting: Alerts) -> None:
    assert alerting("昨天在北京，华为海洋有限公司的代表说。") == {13}
    assert alerting("昨天，华为海洋的代表说。") == {13}
    assert alerting("昨天，海洋的代表说。") == set()


def test_a_person_on_two_lists_is_found_once_with_both(found: Finds) -> None:
    (hit,) = found("Vladimir Putin came. In the evening Putin left. Putin smiled.")
    assert hit.entities == (OFAC_PUTIN, EU_PUTIN)
    assert hit.count == 3
    assert [mention.how for mention in hit.mentions] == ["exact", "surname", "surname"]


def test_every_mention_can_be_cut_out_of_the_text(found: Finds) -> None:
    text = (
        "Ёлка. «Владимир Путин» сказал — и Igor Sechin left 🎄. Promsvyazbank JSC paid."
    )
    for hit in found(text):
        for mention in hit.mentions:
            assert text[mention.start : mention.end] == mention.text
            assert mention.sentence.start <= mention.start
            assert mention.sentence.end >= mention.end


def test_the_surname_of_somebody_else_is_not_his(found: Finds) -> None:
    (hit,) = found("Vladimir Putin came. Sergei Putin, a baker, did not.")
    assert hit.count == 1


def test_another_fathers_son_is_another_man(alerting: Alerts) -> None:
    assert alerting("Igor Ivanovich Sechin spoke.") == {SECHIN}
    assert alerting("Igor Petrovich Sechin spoke.") == set()


@pytest.mark.parametrize(
    "text",
    ["Alishr Usmanov sold it.", "Alisher Usmanow sold it.", "Alisher Usamnov sold it."],
)
def test_one_wrong_letter_hides_nobody(text: str, alerting: Alerts) -> None:
    assert alerting(text) == {USMANOV}


def test_common_names_are_listed_but_do_not_alert(found: Finds) -> None:
    (hit,) = found("My neighbour Hassan Ali grows tomatoes.")
    assert not hit.alerts
    assert hit.reasons[-1] == "too little around it says who is meant"


def test_a_part_of_a_longer_name_does_not_alert(alerting: Alerts) -> None:
    assert alerting("Abdul Aziz al-Rantissi was born there.") == set()


def test_one_word_names_need_something_beside_them(alerting: Alerts) -> None:
    assert alerting("Promsvyazbank opened.") == set()
    assert alerting("The bank Promsvyazbank opened.") == {PSB}
    assert alerting("Promsvyazbank opened in Moscow, Russia. Promsvyazbank paid.") == {
        PSB
    }
    assert alerting("The Pearl of the South is a song about a pearl.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "In September the company was sold.",
        "The future bank of the river will be green.",
        "The general said the company was limited.",
        "Rubber was a good business.",
        "He was there in the future.",
    ],
)
def test_everyday_words_are_nobody(text: str, alerting: Alerts) -> None:
    assert alerting(text) == set()


def test_two_people_side_by_side_do_not_make_a_third(alerting: Alerts) -> None:
    assert alerting("Vladimir Dezhurov and Mikhail Putin flew.") == set()


def test_a_name_does_not_reach_across_the_end_of_a_sentence(found: Finds) -> None:
    assert found("He was met by Vladimir. Putin Street is near.") == ()


def test_a_text_without_capitals_is_searched_all_the_same(alerting: Alerts) -> None:
    text = "please pay igor sechin as agreed and do not tell the bank about this. " * 3
    assert SECHIN in alerting(text)


def test_repeated_captions_are_collapsed_with_their_count(found: Finds) -> None:
    caption = "Vladimir Putin and his host shake hands in Beijing on Thursday, May {}"
    text = "\n".join(
        [
            "Nobody had expected Igor Sechin in the hall that morning at all.",
            *(caption.format(day) for day in ("16", "16 2024", "17, early")),
            "Later the wheat harvest came up, and Vladimir Putin praised farmers.",
        ]
    )
    putin = next(hit for hit in found(text) if OFAC_PUTIN in hit.entities)
    assert putin.count == 4
    assert putin.collapsed == 2
    assert sorted(passage.count for passage in putin.passages) == [1, 3]


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200))
def test_no_text_breaks_the_search_and_it_is_the_same_twice(
    text: str, index: Index
) -> None:
    document = Document("any", text + " Vladimir Putin " + text)
    assert find(document, index) == find(document, index)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_planted_name_is_found_turned_or_misspelt(seed: int, index: Index) -> None:
    rng = Random(seed)
    name = rng.choice(("Alisher Usmanov", "Korea Kwangson Banking Corp"))
    for written in (turned(name, rng), misspelt(name, rng)):
        hits = find(Document("planted", f"It was sent to {written} in May."), index)
        assert hits, written


def test_long_texts_are_read_in_pieces_and_nothing_falls_between(index: Index) -> None:
    line = "The weather was mild and the ships lay idle in the harbour for days.\n"
    text = (line * 3_000 + "Igor Sechin arrived.\n") * 3
    (hit,) = find(Document("long", text), index)
    assert hit.count == 3
    assert all(text[m.start : m.end] == "Igor Sechin" for m in hit.mentions)
