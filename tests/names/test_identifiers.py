import pytest

from clearway.names.identifiers import decisive, normal


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("imo", "IMO 9187629", "9187629"),
        ("imo", "9187629", "9187629"),
        ("inn", "7701 234-567", "7701234567"),
        ("bic", "PRMSRUMMXXX", "PRMSRUMM"),
        ("bic", "prmsrumm", "PRMSRUMM"),
        (
            "wallet",
            " 1BoatSLRHtKNngkdXEeobR76b53LETtpyT ",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        ),
        ("", "IMO9187629", "9187629"),
        (
            "",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        ),
        (
            "wallet",
            "0xAbC0000000000000000000000000000000000def",
            "0xabc0000000000000000000000000000000000def",
        ),
        ("passport", "№ 53 N 1234567", "53N1234567"),
        ("passport", " - ", ""),
    ],
)
def test_a_number_is_compared_without_its_dress(
    kind: str, value: str, expected: str
) -> None:
    assert normal(kind, value) == expected


def test_a_telephone_number_does_not_decide_who_someone_is() -> None:
    assert decisive("passport")
    assert not decisive("phone")
