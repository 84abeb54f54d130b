"""Countries as statistics write them: UN numbers, numbers of China Customs, names.

One number means two countries: 344 is Hong Kong for the UN and Russia for China
Customs. So a number is never read without knowing whose it is.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from clearway.names import countries

WORLD = "world"
EU = "eu"
GROUPS = {
    "euro area": "ea",
    "european union": EU,
    "eu": EU,
    "extra-eu": "extra-eu",
    "intra-eu": "intra-eu",
    "world": WORLD,
    "total": WORLD,
    "all countries of the world": WORLD,
    "总值": WORLD,
    "欧洲联盟": EU,
    "欧盟": EU,
}
"""Words for more than one country, by their beginning in lower case."""

EU_MEMBERS = frozenset(
    [
        "at",
        "be",
        "bg",
        "hr",
        "cy",
        "cz",
        "dk",
        "ee",
        "fi",
        "fr",
        "de",
        "gr",
        "hu",
        "ie",
        "it",
        "lv",
        "lt",
        "lu",
        "mt",
        "nl",
        "pl",
        "pt",
        "ro",
        "sk",
        "si",
        "es",
        "se",
    ]
)
"""The members of the European Union since 1 February 2020 (evidence: memory)."""

_EUROSTAT = {"GR": "gr", "EL": "gr", "UK": "gb", "XI": "gb", "XK": "xk", "XS": "rs"}
"""Codes of Eurostat's geonomenclature that are not ISO (evidence: memory)."""


@cache
def _table(name: str) -> Mapping[str, Mapping[str, str]]:
    text = files("clearway.trade").joinpath(f"data/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def of_m49(number: str) -> str:
    """The country of a UN number (reporterCode, partnerCode, BACI's i and j)."""
    table = _table("m49")
    bare = number.strip().lstrip("0") or "0"
    for part in ("comtrade", "iso", "group"):
        if found := table[part].get(bare):
            return found
    return ""


def m49_of(country: str) -> str:
    """The UN number of a country as UN Comtrade asks for it."""
    table = _table("m49")
    for part in ("comtrade", "iso", "group"):
        numbers = [n for n, code in table[part].items() if code == country]
        if numbers:
            return max(numbers, key=int)
    return ""


def of_gacc(number: str, name: str = "") -> str:
    """The country of a partner of China Customs: by number, else by name."""
    return _table("gacc_partners")["partner"].get(number.strip(), "") or of_name(name)


def of_name(name: str) -> str:
    """A country or a group by its name, or by an alpha-2 or alpha-3 code.

    Eurostat adds remarks in brackets ("Germany (incl. German Democratic Republic
    'DD' from 1991)"), China Customs writes "of which".
    """
    bare = " ".join(name.split()).strip(" *：:")
    for prefix in ("of which:", "of which", "其中：", "其中:"):
        bare = bare.removeprefix(prefix).strip()
    known = _table("gacc_partners")["name"].get(bare) or countries.code(bare)
    if known:
        return known
    lower = bare.casefold()
    for words, code in GROUPS.items():
        if lower == words or lower.startswith((f"{words} ", f"{words}(", f"{words}-")):
            return code
    return countries.code(bare.partition(" (")[0].partition("（")[0])


def of_eurostat(code: str) -> str:
    """A country by the letters Eurostat uses, else by name."""
    bare = code.strip()
    if bare in _EUROSTAT:
        return _EUROSTAT[bare]
    if bare.startswith("EU") and bare[2:].partition("_")[0].isdigit():
        return EU
    if bare.startswith("EA") and (len(bare) == 2 or bare[2:].isdigit()):
        return "ea"
    if bare in ("WORLD", "EXT_EU", "EXTRA_EU27_2020", "EU_EXTRA"):
        return WORLD if bare == "WORLD" else "extra-eu"
    return of_name(bare)


def name_of(country: str) -> str:
    """What a person calls it."""
    special: dict[str, Any] = {
        WORLD: "the world",
        EU: "the European Union",
        "ea": "the euro area",
        "extra-eu": "countries outside the EU",
        "intra-eu": "countries of the EU",
    }
    if country.startswith("group:"):
        return f"the group {country.removeprefix('group:')}"
    return special.get(country) or countries.name(country) or country.upper()


def is_group(country: str) -> bool:
    """Whether it stands for more than one country, so that adding it counts twice."""
    return len(country) != 2 or country in (EU, "ea")
