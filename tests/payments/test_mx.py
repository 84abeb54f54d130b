"""Texts of ISO 20022 become parties in roles, banks, places and free texts."""

from clearway.model import Involved, Kind, Role, Transaction
from clearway.payments.leaves import Channel
from clearway.payments.reading import Read, messages

PACS8 = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"


def read(body: str, namespace: str = PACS8) -> Read:
    """A document of a body, as read."""
    text = f'<Document xmlns="{namespace}"><Msg>{body}</Msg></Document>'
    (item,) = messages(text.encode(), "x.xml")
    return item


def one(body: str, namespace: str = PACS8) -> Transaction:
    """Its only transaction."""
    (made,) = read(body, namespace).transactions
    return made


def the(made: Transaction, role: Role) -> Involved:
    """The only party in a role."""
    (item,) = made.in_role(role)
    return item


def test_a_party_is_put_together_with_its_account() -> None:
    made = one(
        "<CdtTrfTxInf><Dbtr><Nm>IVAN IVANOV</Nm><PstlAdr><StrtNm>TVERSKAYA</StrtNm>"
        "<TwnNm>MOSKVA</TwnNm><Ctry>RU</Ctry></PstlAdr><Id><PrvtId>"
        "<DtAndPlcOfBirth><BirthDt>1952-01-10</BirthDt><CityOfBirth>OMSK</CityOfBirth>"
        "<CtryOfBirth>RU</CtryOfBirth></DtAndPlcOfBirth><Othr><Id>4509</Id><SchmeNm>"
        "<Cd>CCPT</Cd></SchmeNm></Othr></PrvtId></Id><CtryOfRes>AE</CtryOfRes></Dbtr>"
        "<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></CdtTrfTxInf>"
    )
    party = the(made, Role.DEBTOR).party
    assert party.name == "IVAN IVANOV"
    assert party.kind == Kind.PERSON
    assert party.birth_date == "1952-01-10"
    assert party.birth_place == "OMSK, RU"
    assert party.countries == ("ru", "ae")
    assert party.address == "TVERSKAYA, MOSKVA"
    assert set(party.identifiers) == {
        ("iban", "DE89370400440532013000"),
        ("passport", "4509"),
    }
    assert {(p.role, p.country) for p in made.places} == {
        ("address", "ru"),
        ("account", "de"),
    }


def test_a_bank_is_known_by_its_codes() -> None:
    made = one(
        "<CdtTrfTxInf><CdtrAgt><FinInstnId><BICFI>KKBCKPPY</BICFI><ClrSysMmbId>"
        "<ClrSysId><Cd>RUCBC</Cd></ClrSysId><MmbId>044525225</MmbId></ClrSysMmbId>"
        "<Nm>SBERBANK</Nm></FinInstnId></CdtrAgt></CdtTrfTxInf>"
    )
    party = the(made, Role.CREDITOR_AGENT).party
    assert party.kind == Kind.ORGANIZATION
    assert party.identifiers == (("bic", "KKBCKPPY"), ("bik", "044525225"))
    assert party.countries == ("kp", "ru")


def test_what_stands_above_the_transactions_is_part_of_each() -> None:
    item = read(
        "<GrpHdr><InstgAgt><FinInstnId><BICFI>AAAABEBB</BICFI></FinInstnId></InstgAgt>"
        "</GrpHdr><PmtInf><Dbtr><Nm>ACME</Nm></Dbtr>"
        "<CdtTrfTxInf><Cdtr><Nm>IVANOV</Nm></Cdtr></CdtTrfTxInf>"
        "<CdtTrfTxInf><Cdtr><Nm>PETROV</Nm></Cdtr></CdtTrfTxInf></PmtInf>"
        "<PmtInf><Dbtr><Nm>OTHER</Nm></Dbtr>"
        "<CdtTrfTxInf><Cdtr><Nm>SIDOROV</Nm></Cdtr></CdtTrfTxInf></PmtInf>",
        "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
    )
    named = [
        [i.party.name for i in made.parties if i.party.name]
        for made in item.transactions
    ]
    assert named == [["ACME", "IVANOV"], ["ACME", "PETROV"], ["OTHER", "SIDOROV"]]
    for made in item.transactions:
        assert made.in_role(Role.INSTRUCTING_AGENT)


def test_entries_of_a_statement_with_and_without_details() -> None:
    item = read(
        "<Stmt><Acct><Ownr><Nm>ACME</Nm></Ownr></Acct>"
        "<Ntry><AddtlNtryInf>ALONE</AddtlNtryInf></Ntry>"
        "<Ntry><AddtlNtryInf>BOTH</AddtlNtryInf><NtryDtls>"
        "<TxDtls><RmtInf><Ustrd>ONE</Ustrd></RmtInf></TxDtls>"
        "<TxDtls><RmtInf><Ustrd>TWO</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt>",
        "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08",
    )
    said = [{text.text for text in made.texts} for made in item.transactions]
    assert said == [{"ALONE"}, {"BOTH", "ONE"}, {"BOTH", "TWO"}]
    for made in item.transactions:
        assert the(made, Role.CUSTOMER).party.name == "ACME"


def test_the_customers_under_a_cover_are_parties_of_it() -> None:
    made = one(
        "<CdtTrfTxInf><Dbtr><FinInstnId><BICFI>AAAABEBB</BICFI></FinInstnId></Dbtr>"
        "<UndrlygCstmrCdtTrf><Dbtr><Nm>IVAN</Nm></Dbtr></UndrlygCstmrCdtTrf></CdtTrfTxInf>",
        "urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08",
    )
    assert [i.party.name for i in made.in_role(Role.DEBTOR)] == ["", "IVAN"]
    assert made.attributes["cover"] == "customer"


def test_an_element_nobody_knows_is_free_text() -> None:
    item = read("<CdtTrfTxInf><NewThing>BANK MELLI</NewThing></CdtTrfTxInf>")
    (leaf,) = item.leaves
    assert leaf.channel is Channel.TEXT
    assert leaf.spot.path == "/Document/Msg/CdtTrfTxInf/NewThing"
    assert [text.text for text in item.transactions[0].texts] == ["BANK MELLI"]


def test_a_party_in_an_element_nobody_knows_is_a_party() -> None:
    made = one(
        "<CdtTrfTxInf><Odd><Nm>IVANOV</Nm><PstlAdr><Ctry>RU</Ctry></PstlAdr></Odd>"
        "<Odder><FinInstnId><BICFI>KKBCKPPY</BICFI></FinInstnId></Odder></CdtTrfTxInf>"
    )
    found = [(i.party.name, i.party.countries) for i in made.in_role(Role.OTHER)]
    assert found == [("IVANOV", ("ru",)), ("", ("kp",))]


def test_a_contact_is_a_person_of_its_own() -> None:
    made = one(
        "<CdtTrfTxInf><Dbtr><Nm>ACME</Nm><CtctDtls><Nm>IVAN IVANOV</Nm></CtctDtls>"
        "</Dbtr></CdtTrfTxInf>"
    )
    assert the(made, Role.DEBTOR).party.name == "ACME"
    assert the(made, Role.OTHER).party.name == "IVAN IVANOV"


def test_an_attribute_is_a_text_like_any_other() -> None:
    made = one('<CdtTrfTxInf><X note="BANK MELLI">1</X></CdtTrfTxInf>')
    assert "BANK MELLI" in [text.text for text in made.texts]


def test_texts_beside_each_other_are_also_read_as_one() -> None:
    made = one(
        "<CdtTrfTxInf><RmtInf><Ustrd>INV 7 ROSOBORON</Ustrd><Ustrd>EXPORT</Ustrd>"
        "</RmtInf></CdtTrfTxInf>"
    )
    said = [text.text for text in made.texts]
    assert said == ["INV 7 ROSOBORON", "EXPORT", "INV 7 ROSOBORON\nEXPORT"]


def test_a_name_that_runs_over_into_the_address_stands_in_one_text() -> None:
    made = one(
        "<CdtTrfTxInf><Dbtr><Nm>KOREA KWANGSON</Nm><PstlAdr>"
        "<AdrLine>BANKING CORP</AdrLine></PstlAdr></Dbtr></CdtTrfTxInf>"
    )
    blocks = [text.text for text in made.texts if text.channel == "party"]
    assert blocks == ["KOREA KWANGSON\nBANKING CORP"]


def test_markup_within_a_text_is_read_too() -> None:
    made = one(
        "<CdtTrfTxInf><SplmtryData><![CDATA[<a><b>BANK MELLI</b></a>]]></SplmtryData>"
        "</CdtTrfTxInf>"
    )
    assert "BANK MELLI" in [text.text for text in made.texts]


def test_a_name_where_a_code_or_a_number_belongs_is_screened() -> None:
    made = one(
        "<CdtTrfTxInf><PmtId><EndToEndId>ROSOBORONEXPORT</EndToEndId></PmtId>"
        "<IntrBkSttlmDt>BANK MELLI</IntrBkSttlmDt><Purp><Cd>SADERAT</Cd></Purp>"
        "<CdtrAcct><Id><IBAN>IRISL GROUP</IBAN></Id></CdtrAcct></CdtTrfTxInf>"
    )
    said = {text.text for text in made.texts}
    assert {"ROSOBORONEXPORT", "BANK MELLI", "SADERAT", "IRISL GROUP"} <= said


def test_what_is_left_out_has_its_reason() -> None:
    item = read(
        "<CdtTrfTxInf><PmtId><EndToEndId>INV-7</EndToEndId></PmtId>"
        '<IntrBkSttlmAmt Ccy="EUR">12.5</IntrBkSttlmAmt>'
        "<IntrBkSttlmDt>2024-05-01</IntrBkSttlmDt><ChrgBr>SHAR</ChrgBr></CdtTrfTxInf>"
    )
    assert {leaf.text: leaf.reason for leaf in item.leaves} == {
        "INV-7": "a number of a message, a payment or a document",
        "EUR": "a currency",
        "12.5": "an amount or a rate",
        "2024-05-01": "a date or a time",
        "SHAR": "a word of a closed code list",
    }
    (made,) = item.transactions
    assert str(made.amount) == "EUR 12.5"
    assert str(made.day) == "2024-05-01"
    assert made.reference == "INV-7"


def test_any_envelope_and_any_prefix_will_do() -> None:
    body = "<p:CdtTrfTxInf><p:Cdtr><p:Nm>IVAN</p:Nm></p:Cdtr></p:CdtTrfTxInf>"
    text = (
        '<s:Envelope xmlns:s="soap"><s:Body><AppHdr xmlns="head.001.001.02"><Fr><FIId>'
        "<FinInstnId><BICFI>AAAABEBB</BICFI></FinInstnId></FIId></Fr></AppHdr>"
        f'<p:Document xmlns:p="{PACS8}">{body}</p:Document></s:Body></s:Envelope>'
    )
    (item,) = messages(text.encode())
    assert item.kind == "pacs.008.001.08"
    (made,) = item.transactions
    assert the(made, Role.CREDITOR).party.name == "IVAN"
    assert the(made, Role.INSTRUCTING_AGENT).party.countries == ("be",)


def test_each_message_of_a_bulk_has_its_own_header() -> None:
    def message(bic: str, name: str) -> str:
        return (
            f"<BizMsg><AppHdr><Fr><FIId><FinInstnId><BICFI>{bic}</BICFI></FinInstnId>"
            f'</FIId></Fr></AppHdr><Document xmlns="{PACS8}"><CdtTrfTxInf><Cdtr>'
            f"<Nm>{name}</Nm></Cdtr></CdtTrfTxInf></Document></BizMsg>"
        )

    text = f"<B>{message('AAAABEBB', 'ONE')}{message('BBBBDEFF', 'TWO')}</B>"
    (item,) = messages(text.encode())
    first, second = item.transactions
    assert the(first, Role.INSTRUCTING_AGENT).party.countries == ("be",)
    assert the(second, Role.INSTRUCTING_AGENT).party.countries == ("de",)
    assert the(second, Role.CREDITOR).party.name == "TWO"


def test_banks_in_a_free_text_are_read_as_in_swift_mt() -> None:
    made = one(
        "<CdtTrfTxInf><InstrForNxtAgt><InstrInf>/ACC/KKBCKPPYXXX</InstrInf>"
        "</InstrForNxtAgt><RmtInf><Ustrd>BIK 044525225 DEUTSCHE</Ustrd></RmtInf>"
        "</CdtTrfTxInf>"
    )
    bank = the(made, Role.CREDITOR_AGENT)
    assert bank.party.identifiers == (("bic", "KKBCKPPYXXX"),)
    assert bank.spot.raw == "KKBCKPPYXXX"
    assert the(made, Role.OTHER).party.identifiers == (("bik", "044525225"),)
    assert [t.text for t in made.texts if t.channel == "agent"] == ["DEUTSCHE"]
