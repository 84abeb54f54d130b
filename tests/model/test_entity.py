from clearway.model import Entity, Kind, Listing, Name, NameType, PartialDate, Party


def test_the_name_of_an_entity_is_its_first_primary_one() -> None:
    names = (Name("BNC", NameType.ALIAS), Name("BANCO NACIONAL DE CUBA"))
    assert Entity("ofac-306", Kind.ORGANIZATION, names, ()).name == names[1].text


def test_what_two_lists_say_of_a_party_is_joined_without_repeating() -> None:
    bank = Name("GAZPROMBANK")
    sdn = Entity("ofac-1", Kind.ANY, (bank,), (Listing("ofac", "sdn", "1"),))
    ssi = Entity(
        "ofac-1",
        Kind.ORGANIZATION,
        (bank, Name("GPB", NameType.ALIAS)),
        (
            Listing(
                "ofac", "consolidated", "1", listed_on=PartialDate.parse("2014-07-16")
            ),
        ),
    )
    both = sdn.joined(ssi)
    assert both.kind is Kind.ORGANIZATION
    assert [name.text for name in both.names] == ["GAZPROMBANK", "GPB"]
    assert [row.list for row in both.listings] == ["sdn", "consolidated"]
    assert str(both.listed_since()) == "2014-07-16"


def test_unknown_kinds_fit_everything_and_known_ones_themselves() -> None:
    assert Kind.ANY.may_be(Kind.VESSEL)
    assert not Kind.PERSON.may_be(Kind.VESSEL)


def test_a_party_takes_lists_and_mappings_where_it_keeps_tuples() -> None:
    numbers = {"imo": "9187629"}
    party = Party("X", countries=["ru"], identifiers=numbers)  # type: ignore[arg-type]
    assert party.countries == ("ru",)
    assert party.identifiers == (("imo", "9187629"),)
    assert Party("X", countries="ru").countries == ("ru",)
