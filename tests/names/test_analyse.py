from hypothesis import given
from hypothesis import strategies as st

from clearway.model import Kind
from clearway.names.analyse import MAX_TOKENS, analyse


def roles(text: str, kind: Kind = Kind.ANY) -> dict[str, str]:
    return {token.form: token.role for token in analyse(text, kind).tokens}


def test_order_commas_and_case_do_not_change_the_key_of_a_name() -> None:
    keys = {
        analyse(text).key
        for text in ("PUTIN, Vladimir", "Vladimir Putin", "vladimir  PUTIN.")
    }
    assert len(keys) == 1


def test_cyrillic_and_latin_spellings_of_a_name_meet() -> None:
    assert analyse("Владимир Путин").key == analyse("Vladimir Putin").key


def test_a_chinese_name_is_read_as_surname_and_given_name() -> None:
    assert [token.form for token in analyse("习近平").tokens] == ["xi", "jinping"]


def test_a_chinese_company_is_read_word_by_word() -> None:
    forms = [token.form for token in analyse("华为技术有限公司").tokens]
    assert forms[:2] == ["huawei", "technology"]
    assert analyse("华为技术有限公司").tokens[-1].role == "legal"


def test_a_legal_form_weighs_next_to_nothing_beside_the_name() -> None:
    form = analyse("Promsvyazbank OOO", Kind.ORGANIZATION)
    name, legal = form.tokens
    assert (name.role, legal.role) == ("word", "legal")
    assert legal.weight < name.weight / 10


def test_a_person_has_no_legal_form() -> None:
    assert roles("AO Sang", Kind.PERSON)["ao"] == "word"


def test_a_name_of_titles_only_is_still_a_name() -> None:
    assert {token.role for token in analyse("Dr Mullah").tokens} == {"word"}


def test_single_letters_in_a_row_are_one_word() -> None:
    assert analyse("S.I.S. D O O").key == "doo sis"


def test_common_words_weigh_less_than_rare_ones() -> None:
    form = analyse("Muhammad Promsvyazbank")
    common, rare = form.tokens
    assert common.weight < rare.weight


def test_a_long_name_is_cut_and_says_so() -> None:
    form = analyse("word " * 2_000)
    assert form.cut
    assert len(form.tokens) == MAX_TOKENS


def test_signs_alone_give_no_tokens() -> None:
    assert analyse("🚀 … !!").tokens == ()


@given(st.text(max_size=60), st.sampled_from(list(Kind)))
def test_any_text_can_be_analysed(text: str, kind: Kind) -> None:
    form = analyse(text, kind)
    assert all(token.form.isascii() for token in form.tokens)
    assert all(token.form.replace(" ", "").isalnum() for token in form.tokens)
    assert all(0 < token.weight <= 1 for token in form.tokens)


WORDS = st.sampled_from(["Иван", "John", "李", "محمد", "Müller", "Ó"])


@given(st.lists(WORDS, max_size=5))
def test_the_key_does_not_depend_on_the_order_of_words(words: list[str]) -> None:
    assert analyse(" ".join(words)).key == analyse(" ".join(reversed(words))).key
