"""Disguised names, and pieces of messages as their reader hands them over."""

import random

import pytest

from clearway.bench.asked import listed_names, people_asked
from clearway.bench.evading import altered, as_read
from clearway.bench.report import Part
from clearway.bench.setting import Setting


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<Nm>KOREA KWANG<!-- -->SON</Nm>", "KOREA KWANGSON"),
        ("<Nm>KOREA <![CDATA[KWANGSON]]></Nm>", "KOREA KWANGSON"),
        ("<Nm>&#75;&#79;REA</Nm>", "KOREA"),
        ("<Nm>KOREA</Nm><StrtNm>KWANGSON</StrtNm>", "KOREA KWANGSON"),
        ("<p:Nm>KOREA</p:Nm>", "KOREA"),
        ("<Nm>BELL & SONS</Nm>", "<Nm>BELL & SONS</Nm>"),
        (":57A:KKBCKPPY", "KKBCKPPY"),
        (":57A://CH123456\nKKBCKPPY", "KKBCKPPY"),
        ("/40702810\nALISHER BURHANO\nVICH", "ALISHER BURHANO\nVICH"),
        ("ROSOBORON\nEXPORT JSC", "ROSOBORON\nEXPORT JSC"),
        ("/INS/KOREA KWANGSON//", "/INS/KOREA KWANGSON//"),
    ],
)
def test_marks_of_a_message_are_gone_once_it_is_read(written: str, read: str) -> None:
    assert as_read(written) == read


def test_an_entity_of_a_hostile_message_is_not_resolved() -> None:
    bomb = '<!DOCTYPE m [<!ENTITY a "x">]><Nm>&a;</Nm>'
    assert as_read(bomb) == bomb


def test_a_name_is_disguised_the_same_each_time() -> None:
    def shuffled(name: str, rng: random.Random) -> str | None:
        return "".join(rng.sample(name, len(name)))

    first = altered(shuffled, "typo", "Rosoboronexport")
    assert first == altered(shuffled, "typo", "Rosoboronexport")
    assert first != altered(shuffled, "leet", "Rosoboronexport")


def test_a_disguise_that_changes_nothing_is_none() -> None:
    assert altered(lambda name, rng: name, "typo", "Rosoboronexport") is None
    assert altered(lambda name, rng: None, "typo", "Rosoboronexport") is None


def test_names_to_disguise_are_strong_first_names_of_listed_entities(
    setting: Setting,
) -> None:
    chosen = listed_names(setting, 10)
    assert len(chosen) == 10
    for entity, name in chosen:
        assert name in {spelling.text for spelling in entity.names}


def test_without_people_in_the_data_words_of_listed_names_are_mixed(
    setting: Setting,
) -> None:
    part = Part("speed", "x")
    bare = Setting(setting.home, sample=20)
    people = people_asked(bare, part)
    assert people == people_asked(bare, part)
    assert len(people) == 20
    assert part.notes
