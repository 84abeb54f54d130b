"""Fields of SWIFT MT become parties in roles, banks, places and texts."""

from typing import Any

from clearway.model import Involved, Role, Transaction
from clearway.payments.leaves import Channel, Leaf
from clearway.payments.reading import Read, messages


def fin(kind: str, body: str, block3: str = "") -> str:
    """A message of a type with a body of fields."""
    head = f"{{1:F01AAAABEBBAXXX0000000000}}{{2:I{kind}BBBBDEFFXXXXN}}{block3}"
    return f"{head}{{4:\n{body}\n-}}"


def read(kind: str, body: str, block3: str = "") -> Read:
    """The message as read."""
    (item,) = messages(fin(kind, body, block3).encode(), "x.fin")
    return item


def one(kind: str, body: str, block3: str = "") -> Transaction:
    """Its only transaction."""
    (made,) = read(kind, body, block3).transactions
    return made


def the(made: Transaction, role: Role) -> Involved:
    """The only party in a role."""
    (item,) = made.in_role(role)
    return item


def facts(item: Involved) -> dict[str, Any]:
    """What is said of a party, without what is not."""
    party = item.party
    said = {
        "name": party.name,
        "birth": party.birth_date,
        "countries": party.countries,
        "ids": party.identifiers,
        "born in": party.birth_place,
        "address": party.address,
    }
    return {key: value for key, value in said.items() if value}


def test_numbered_lines_are_what_their_number_says() -> None:
    made = one(
        "103",
        ":50F:/DE89370400440532013000\n1/IVANOV IVAN\n1/IVANOVICH\n2/TVERSKAYA 7\n"
        "3/RU/MOSKVA\n4/19520110\n5/RU/OMSK\n7/RU/4509 123456",
    )
    assert facts(the(made, Role.DEBTOR)) == {
        "name": "IVANOV IVAN IVANOVICH",
        "birth": "1952-01-10",
        "countries": ("ru",),
        "ids": (("iban", "DE89370400440532013000"), ("national_id", "4509 123456")),
        "born in": "RU/OMSK",
        "address": "TVERSKAYA 7, MOSKVA",
    }


def test_a_customer_may_be_known_by_a_number_in_place_of_an_account() -> None:
    made = one("103", ":50F:NIDN/IR/4567\n1/ALI REZAEI\n3/IR/TEHRAN")
    party = the(made, Role.DEBTOR).party
    assert party.name == "ALI REZAEI"
    assert party.countries == ("ir",)


def test_lines_without_numbers_are_a_name_and_an_address() -> None:
    made = one(
        "103", ":59:/408178105\nROSTSTUBE KAFFEE GMBH\nHAUPTSTR 3\nBONN, GERMANY"
    )
    assert facts(the(made, Role.CREDITOR)) == {
        "name": "ROSTSTUBE KAFFEE GMBH",
        "ids": (("account", "408178105"),),
        "countries": ("de",),
        "address": "HAUPTSTR 3, BONN, GERMANY",
    }


def test_a_name_cut_at_the_end_of_a_line_is_joined_twice() -> None:
    made = one("103", ":50K:/40702810\nALISHER BURHANO\nVICH USMANOV")
    item = the(made, Role.DEBTOR)
    assert "ALISHER BURHANOVICH USMANOV" in item.party.aliases
    assert "ALISHER BURHANO VICH USMANOV" in item.party.aliases
    blocks = [text.text for text in made.texts if text.channel == "party"]
    assert blocks == ["ALISHER BURHANO\nVICH USMANOV"]


def test_a_name_in_chinese_code_or_in_swift_rur_has_its_reading_beside_it() -> None:
    made = one("103", ":50K:0022 2429 0207 1873\n:59:'ALIQER BURHANOVIc USMANOV'")
    assert the(made, Role.DEBTOR).party.aliases == ("中文信息",)
    aliases = the(made, Role.CREDITOR).party.aliases
    assert aliases == ("АЛИШЕР БУРХАНОВИЧ УСМАНОВ",)


def test_banks_are_known_by_bic_by_national_code_or_by_name() -> None:
    made = one(
        "103",
        ":52A:KKBCKPPY\n:56D://CN102100099996\nICBC\nBEIJING\n"
        ":57D://RU044525225.30101810400000000225\nSBERBANK\nMOSKVA",
    )
    debtor = the(made, Role.DEBTOR_AGENT).party
    assert (debtor.identifiers, debtor.countries) == ((("bic", "KKBCKPPY"),), ("kp",))
    middle = the(made, Role.INTERMEDIARY_AGENT).party
    assert middle.name == "ICBC"
    assert ("cnaps", "102100099996") in middle.identifiers
    last = the(made, Role.CREDITOR_AGENT).party
    assert last.name == "SBERBANK"
    assert last.countries == ("ru",)
    assert last.identifiers[0] == ("bik", "044525225")


def test_the_bank_within_a_russian_account_number_is_read_from_it() -> None:
    made = one("103", ":59:/RU0304452522540817810538091310419\nIVANOV")
    assert ("bik", "044525225") in the(made, Role.CREDITOR).party.identifiers
    assert [(p.role, p.country) for p in made.places] == [("account", "ru")]


def test_a_name_in_a_field_for_a_bic_is_read_as_a_name() -> None:
    made = one("103", ":57A:BANK MELLI IRAN")
    assert the(made, Role.CREDITOR_AGENT).party.name == "BANK MELLI IRAN"


def test_sender_and_receiver_are_banks_in_either_direction() -> None:
    made = one("103", ":20:R1")
    assert the(made, Role.INSTRUCTING_AGENT).party.identifiers == (("bic", "AAAABEBB"),)
    assert the(made, Role.INSTRUCTED_AGENT).party.identifiers == (("bic", "BBBBDEFF"),)
    out = (
        "{1:F01AAAABEBBAXXX0000000000}"
        "{2:O1031200240501BBBBDEFFAXXX00000000002405011200N}"
    )
    (item,) = messages(f"{out}{{4:\n:20:R1\n-}}".encode())
    (made,) = item.transactions
    assert the(made, Role.INSTRUCTING_AGENT).party.identifiers == (("bic", "BBBBDEFF"),)


def test_a_narrative_is_cut_at_its_code_words_and_its_banks_are_read() -> None:
    made = one("103", ":72:/INS/KKBCKPPY\n/REC/FOR ROSOBORON\n//EXPORT")
    texts = [text.text for text in made.texts if text.channel == "text"]
    assert texts == ["KKBCKPPY", "FOR ROSOBORON\nEXPORT"]
    banks = [i.party.identifiers for i in made.in_role(Role.INSTRUCTING_AGENT)]
    assert (("bic", "KKBCKPPY"),) in banks


def test_a_word_that_may_be_a_bic_is_offered_as_a_code_and_not_as_a_bank() -> None:
    made = one("103", ":70:TRANSFER VIA KKBCKPPY PLS\n:20:R1")
    codes = [text.text for text in made.texts if text.channel == "agent"]
    assert codes == ["KKBCKPPY"]


def test_a_field_that_has_not_its_form_is_screened() -> None:
    item = read("103", ":20:ROSOBORONEXPORT\n:32A:BANK MELLI\n:71A:OUR\n:23B:CRED")
    (made,) = item.transactions
    assert {text.text for text in made.texts} == {"ROSOBORONEXPORT", "BANK MELLI"}
    left = {leaf.spot.path for leaf in item.leaves if leaf.channel is Channel.EXCLUDED}
    assert {":71A:", ":23B:"} <= left


def test_an_unknown_field_is_free_text() -> None:
    made = one("103", ":99Z:BANK MELLI")
    assert [(t.text, t.spot.path) for t in made.texts] == [("BANK MELLI", ":99Z:")]


def test_amount_day_reference_and_numbers_of_the_payment() -> None:
    made = one(
        "103",
        ":20:REF1\n:32A:240501EUR12,5\n:70:/ROC/E2E-1\n:26T:K90",
        "{3:{121:7a562c67-ca16-48ba-b074-65581be6f001}}",
    )
    assert str(made.amount) == "EUR 12.5"
    assert str(made.day) == "2024-05-01"
    assert made.reference == "REF1"
    assert made.purpose == "K90"
    assert made.attributes == {
        "message": "MT103",
        "uetr": "7a562c67-ca16-48ba-b074-65581be6f001",
        "end_to_end": "E2E-1",
    }


def test_each_order_of_a_batch_is_a_transaction_with_the_common_parties() -> None:
    made = read(
        "101",
        ":20:B1\n:28D:1/1\n:50H:/1\nACME LTD\n:30:240501\n"
        ":21:T1\n:32B:EUR1,\n:59:/2\nIVANOV\n:21:T2\n:32B:EUR2,\n:59:/3\nPETROV",
    ).transactions
    assert [str(item.amount) for item in made] == ["EUR 1", "EUR 2"]
    assert [item.reference for item in made] == ["T1", "T2"]
    assert [the(item, Role.DEBTOR).party.name for item in made] == ["ACME LTD"] * 2
    assert [the(i, Role.CREDITOR).party.name for i in made] == ["IVANOV", "PETROV"]


def test_what_ends_a_batch_belongs_to_all_of_it() -> None:
    made = read(
        "102",
        ":20:B1\n:50K:ACME LTD\n:21:T1\n:32B:EUR1,\n:59:IVANOV\n:21:T2\n:32B:EUR2,\n"
        ":59:PETROV\n:32A:240501EUR3,\n:53A:KKBCKPPY",
    ).transactions
    assert len(made) == 2
    for item in made:
        agent = the(item, Role.REIMBURSEMENT_AGENT)
        assert agent.party.identifiers == (("bic", "KKBCKPPY"),)


def test_transfers_of_a_bank_to_itself_and_to_many() -> None:
    made = read(
        "203",
        ":19:EUR3,\n:30:240501\n:52A:KKBCKPPY\n:20:T1\n:21:R1\n:32B:EUR1,\n"
        ":58A:AAAAESMM\n:20:T2\n:21:R2\n:32B:EUR2,\n:58A:BBBBITRR",
    ).transactions
    assert [str(item.amount) for item in made] == ["EUR 1", "EUR 2"]
    assert [the(i, Role.DEBTOR).party.countries for i in made] == [("kp",)] * 2


def test_a_cover_has_the_banks_and_the_customers_behind_them() -> None:
    made = one(
        "202",
        ":20:C1\n:52A:AAAAESMM\n:58A:BBBBITRR\n:50K:ACME LTD\n:52A:CCCCDEFF\n"
        ":59:IVANOV\n:70:GEAR",
        "{3:{119:COV}}",
    )
    assert [i.party.name for i in made.in_role(Role.DEBTOR)] == ["", "ACME LTD"]
    assert the(made, Role.DEBTOR_AGENT).party.countries == ("de",)
    assert made.attributes["cover"] == "customer"


def test_customers_in_a_transfer_that_is_not_marked_as_a_cover_are_a_problem() -> None:
    item = read("202", ":20:C1\n:58A:BBBBITRR\n:50K:ACME LTD\n:59:IVANOV")
    assert "cover_not_marked" in [problem.code for problem in item.problems]


def test_in_a_direct_debit_the_one_who_collects_is_the_creditor() -> None:
    made = one("104", ":20:D1\n:21:T1\n:32B:EUR1,\n:50K:ACME LTD\n:59:IVANOV")
    assert the(made, Role.CREDITOR).party.name == "ACME LTD"
    assert the(made, Role.DEBTOR).party.name == "IVANOV"


def test_a_documentary_credit_has_goods_places_and_trading_parties() -> None:
    made = one(
        "700",
        ":20:LC1\n:31D:261115SANTOS, BRAZIL\n:50:ROSTSTUBE KAFFEE GMBH\n"
        ":59:FAZENDA BELA VISTA\n:42C:SIGHT\n:44E:SANTOS, BRAZIL\n"
        ":44F:SEVASTOPOL\n:45A:1,000 BAGS\nCOFFEE\n:46A:+INVOICE",
    )
    assert made.kind == "trade_finance"
    assert the(made, Role.APPLICANT).party.name == "ROSTSTUBE KAFFEE GMBH"
    assert the(made, Role.BENEFICIARY).party.name == "FAZENDA BELA VISTA"
    assert [(p.role, p.text, p.country) for p in made.places] == [
        ("place", "SANTOS, BRAZIL", "br"),
        ("origin", "SANTOS, BRAZIL", "br"),
        ("destination", "SEVASTOPOL", ""),
    ]
    assert [line.description for line in made.goods] == ["1,000 BAGS\nCOFFEE"]
    texts = [text.text for text in made.texts if text.channel == "text"]
    assert "SIGHT" in texts
    assert "1,000 BAGS\nCOFFEE" in texts


def test_each_booking_of_a_statement_is_a_transaction() -> None:
    made = read(
        "940",
        ":20:S1\n:25:KKBCKPPY/12345\n:28C:1/1\n:60F:C240501EUR1,\n"
        ":61:2405010501C5,NTRFNONREF//X1\nACME LTD\n:86:/BENM/IVANOV\n"
        ":61:2405010501D6,NTRFR2\n:86:PETROV\n:62F:C240501EUR0,\n:86:GREETINGS",
    ).transactions
    assert len(made) == 2
    texts = [{text.text for text in item.texts} for item in made]
    assert texts[0] >= {"ACME LTD", "IVANOV", "GREETINGS"}
    assert texts[1] >= {"PETROV", "GREETINGS"}
    for item in made:
        assert the(item, Role.CORRESPONDENT).party.countries == ("kp",)


def test_a_query_about_a_payment_is_read_with_what_it_quotes() -> None:
    made = one("199", ":20:Q1\n:21:P1\n:79:PLS CANCEL\nORDER OF BANK MELLI")
    assert [t.text for t in made.texts] == ["PLS CANCEL\nORDER OF BANK MELLI"]


def test_where_a_customer_lives_by_a_report_to_the_authorities() -> None:
    made = one("103", ":77B:/ORDERRES/IR//INVEST")
    assert [(p.role, p.country) for p in made.places] == [("residence", "ir")]


def test_every_line_of_a_party_is_accounted_for() -> None:
    item = read("103", ":59:/408\nACME LTD\nHAUPTSTR 3\nBONN")
    found: list[Leaf] = [leaf for leaf in item.leaves if leaf.spot.path == ":59:"]
    assert [(leaf.channel, leaf.spot.raw) for leaf in found] == [
        (Channel.PARTY, "/408"),
        (Channel.PARTY, "ACME LTD"),
        (Channel.GEOGRAPHY, "HAUPTSTR 3"),
        (Channel.GEOGRAPHY, "BONN"),
    ]
    text = fin("103", ":59:/408\nACME LTD\nHAUPTSTR 3\nBONN")
    for leaf in found:
        assert text[leaf.spot.start : leaf.spot.end] == leaf.spot.raw


def test_a_name_where_the_account_belongs_is_a_name() -> None:
    made = one("103", ":50K:/ROSOBORONEXPORT\nACME LTD\nBONN")
    party = the(made, Role.DEBTOR).party
    assert party.name == "ACME LTD"
    assert "ROSOBORONEXPORT" in party.aliases


def test_a_place_in_option_b_is_a_place() -> None:
    made = one("103", ":57B:/D/123\nPYONGYANG")
    assert [(p.role, p.text) for p in made.places] == [("address", "PYONGYANG")]


def test_a_party_of_a_deal_is_read_by_its_words() -> None:
    made = one("300", ":82J:/ABIC/KKBCKPPY/NAME/BANK OF X\n/CITY/TEHRAN")
    (party,) = [i.party for i in made.in_role(Role.OTHER)]
    assert (party.name, party.address) == ("BANK OF X", "TEHRAN")
    assert party.identifiers == (("bic", "KKBCKPPY"),)
