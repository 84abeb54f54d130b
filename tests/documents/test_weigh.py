"""What speaks for a name, and what does not."""

from dataclasses import replace

from clearway.documents.context import Around
from clearway.documents.weigh import Case, Piece, hopeless, weighed
from clearway.model import Kind

PERSON = Case(
    (Piece("Alisher", "alisher", 0.8), Piece("Usmanov", "usmanov", 0.8)),
    Around(),
    Kind.PERSON,
)


def test_rare_words_weigh_more_than_common_ones() -> None:
    common = replace(
        PERSON, pieces=(Piece("Hassan", "hassan", 0.55), Piece("Ali", "ali", 0.5))
    )
    assert weighed(PERSON).score > weighed(common).score
    assert weighed(PERSON).alerts
    assert not weighed(common).alerts


def test_every_doubt_lowers_the_score() -> None:
    sure = weighed(PERSON).score
    for case in (
        replace(PERSON, edits=1),
        replace(PERSON, missing=1),
        replace(PERSON, gap=1),
    ):
        assert weighed(case).score < sure


def test_a_word_spelt_otherwise_that_is_a_name_of_its_own_is_no_typo() -> None:
    other = Piece("Andrew", "andrew", 0.8, exact=False)
    case = replace(PERSON, pieces=(other, PERSON.pieces[1]), edits=1)
    assert not weighed(case).alerts


def test_what_is_hopeless_never_alerts_whatever_stands_around() -> None:
    around = Around(("Mr", "bank"), ("LLC", "vessel"), frozenset({"ru"}), formed=True)
    for weight in (0.3, 0.5, 0.7, 0.9):
        for kind in Kind:
            for edits in (0, 1):
                for words in (("september",), ("usmanov",), ("hassan", "usmanov")):
                    pieces = tuple(Piece(w.title(), w, weight) for w in words)
                    case = Case(pieces, Around(), kind, edits=edits)
                    told = replace(
                        case,
                        around=around,
                        held=frozenset({"ru"}),
                        mentions=3,
                        lone=True,
                    )
                    assert not (hopeless(case) and weighed(told).alerts)


def test_reasons_are_told_in_words() -> None:
    case = replace(PERSON, around=Around(before=("President",)), mentions=2)
    assert "a title stands before it" in weighed(case).reasons
    assert "it is named again" in weighed(case).reasons
