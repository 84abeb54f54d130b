"""Editions of the Harmonized System: where a code belongs, and its older form.

A code means something only in its edition. Of the fifty high-priority codes six do not
exist in HS2017: a join that forgets it loses about a tenth of the value.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from clearway.errors import UsageError
from clearway.goods.editions import in_2017, in_2022
from clearway.goods.high_priority import listed

HS_YEARS = (2028, 2022, 2017, 2012, 2007, 2002, 1996, 1992)
"""The years in which an edition of the Harmonized System came into force, 1 January."""

COMTRADE = {
    "H0": "HS1992",
    "H1": "HS1996",
    "H2": "HS2002",
    "H3": "HS2007",
    "H4": "HS2012",
    "H5": "HS2017",
    "H6": "HS2022",
    "H7": "HS2028",
    "S1": "SITC1",
    "S2": "SITC2",
    "S3": "SITC3",
    "S4": "SITC4",
    "B4": "BEC4",
    "B5": "BEC5",
}
"""Classification codes of UN Comtrade (its reference list of classifications)."""


def hs_of_year(year: int) -> str:
    """The edition in force in a year."""
    return f"HS{next((first for first in HS_YEARS if first <= year), 1992)}"


def hs_of(edition: str) -> str:
    """The edition of the Harmonized System below another: CN2021 stands on HS2017."""
    letters, year = edition[:-4], edition[-4:]
    if letters in ("CN", "HS", "CNHS") and year.isdigit():
        return hs_of_year(int(year))
    return ""


def known(edition: str) -> bool:
    """Whether an edition is one we can place."""
    return edition in COMTRADE.values() or bool(hs_of(edition))


_LIST = "chpl"
"""The common high-priority list among the lists of `clearway.goods`."""


@dataclass(frozen=True, slots=True)
class PriorityCode:
    """A code of the common high-priority list and its form in HS2017.

    `partial` says that the older code holds more than the newer.
    """

    code: str
    tier: str
    hs2017: str
    partial: bool


@cache
def priority_codes() -> tuple[PriorityCode, ...]:
    """The fifty codes in HS2022 with their tiers and forms in HS2017.

    Tiers and concordance are those of `clearway.goods`; of several older forms the
    first is the one that holds most of the goods.
    """
    tiers = {
        code: standing.tier.replace(".", "")
        for code, standings in listed().items()
        for standing in standings
        if standing.list.id == _LIST
    }
    return tuple(_priority(code, tier, tiers) for code, tier in sorted(tiers.items()))


def _priority(code: str, tier: str, tiers: Mapping[str, str]) -> PriorityCode:
    older = in_2017(code)[0].hs6
    heirs = {heir.hs6 for heir in in_2022(older, "HS2017")} if older != code else set()
    return PriorityCode(code, tier, older, bool(heirs - set(tiers)))


@dataclass(frozen=True, slots=True)
class Basket:
    """Codes looked at together, in each edition of the Harmonized System.

    `codes` maps an edition to its codes (of 2 to 6 digits); `partial` names codes of
    older editions that hold more goods than those meant, so that values there are too
    high rather than too low; `families` maps a code to the name under which its forms
    in several editions are one product.
    """

    name: str
    codes: Mapping[str, frozenset[str]]
    partial: frozenset[str] = frozenset()
    families: Mapping[str, str] = field(default_factory=dict)

    def family(self, code: str) -> str:
        """The product a code of any edition belongs to."""
        return self.families.get(code, code)


def high_priority(tiers: Collection[str] = ()) -> Basket:
    """The common high-priority list, or its tiers (`1`, `2`, `3A`, ... or `3`, `4`)."""
    chosen = [
        code
        for code in priority_codes()
        if not tiers or any(code.tier.startswith(tier) for tier in tiers)
    ]
    name = "high-priority goods" + (f", tier {', '.join(tiers)}" if tiers else "")
    return _basket(name, [code.code for code in chosen])


def basket_of(codes: Collection[str]) -> Basket:
    """A basket of codes of a user, of 2 to 6 digits, taken as HS2022.

    A code that the high-priority list knows to be new in HS2022 has its older form;
    others are taken to be the same in HS2017, where no table says otherwise.
    """
    if strange := [code for code in codes if not code.isdigit() or len(code) < 2]:
        raise UsageError(f"{strange[0]!r} is no code: write 85, 8542 or 854231")
    return _basket(", ".join(codes), [code[:6] for code in codes])


def _basket(name: str, codes: Collection[str]) -> Basket:
    known = {code.code: code for code in priority_codes()}
    older = {code: known[code].hs2017 if code in known else code for code in codes}
    together: dict[str, list[str]] = {}
    for code in codes:
        together.setdefault(older[code], []).append(code)
    families = {
        form: _family(newer)
        for old, newer in together.items()
        for form in (old, *newer)
        if old not in newer or len(newer) > 1
    }
    return Basket(
        name,
        {"HS2022": frozenset(codes), "HS2017": frozenset(older.values())},
        frozenset(older[c] for c in codes if c in known and known[c].partial),
        families,
    )


def _family(codes: Collection[str]) -> str:
    """Several codes as one product: `854151/59`."""
    first, *rest = sorted(codes)
    return "/".join([first, *(code[4:] for code in rest)])


@cache
def tier_of(code: str) -> str:
    """The tier of a product in the high-priority list, empty if it is not on it."""
    first = code.partition("/")[0]
    for known_code in priority_codes():
        if first in (known_code.code, known_code.hs2017):
            return known_code.tier
    return ""
