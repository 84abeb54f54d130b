"""Where a place on a paper lies: by its country, its UN/LOCODE, or a table of ports."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from clearway.model import Place, Spot
from clearway.names import countries
from clearway.tables.headings import normal

_LOCODE = re.compile(r"([A-Z]{2})[ ]?([A-Z]{3})")
_HAN = re.compile(r"[\u3400-\u9fff]{4,12}")
_LEG = re.compile(r"\s*(?:→|->|–|—|>|;|\n|\s-\s|\s/\s|/)\s*")
_WORDS = frozenset(
    {"port", "of", "sea", "seaport", "airport", "city", "main", "any", "the", "harbour"}
    | {
        "порт",
        "морской",
        "аэропорт",
        "г",
        "город",
        "ст",
        "станция",
        "terminal",
        "ports",
    }
    | {"limani", "hafen", "flughafen", "seehafen", "puerto", "porto", "station", "de"}
)
_TERM = re.compile(
    r"\b(EXW|FCA|FAS|FOB|CFR|CNF|C&F|CIF|CPT|CIP|DAT|DAP|DPU|DDP|DAF|DDU)\b[\s:,-]*"
    r"([^,(\n]{0,60})",
)
_INCOTERMS = re.compile(r"\(?\bINCOTERMS?\b.*$", re.I)
_AT_ORIGIN = ("EXW", "FCA", "FAS", "FOB")


@cache
def _ports() -> Mapping[str, str]:
    path = files("clearway.tables").joinpath("data/ports.toml")
    table: Mapping[str, str] = tomllib.loads(path.read_text("utf-8"))["country"]
    return {
        normal(name): code for code, said in table.items() for name in said.split(";")
    }


def country_of(written: str) -> str:
    """ISO alpha-2 of the country a place lies in, '' where nobody knows.

    `Shanghai, China`, `Port of Mersin`, `CNSHA`, `RU`, `г. Москва`, `上海港`.
    """
    if found := _named(written):
        return found
    parts = [
        part.strip() for part in re.split(r"[,，(（）)/]", written) if part.strip()
    ]
    # The country stands last: `Georgia, USA` lies in America.
    for part in reversed(parts if len(parts) > 1 else []):
        if found := _named(part):
            return found
    return ""


def _named(written: str) -> str:
    written = written.strip(" .;")
    if (locode := _LOCODE.fullmatch(written)) and locode[1].lower() in _codes():
        return _ports().get(normal(written), "") or locode[1].lower()
    if code := countries.code(written):
        return code
    words = normal(written)
    if code := _ports().get(words, ""):
        return code
    bare = " ".join(word for word in words.split() if word not in _WORDS)
    for form in (
        bare,
        bare.removesuffix("港"),
        bare.removesuffix("市"),
        bare.removesuffix("口岸"),
    ):
        if code := _ports().get(form, "") or (
            countries.code(form) if len(form) > 3 else ""
        ):
            return code
    if not written.isascii() and _HAN.fullmatch(written):
        cuts = (countries.code(written[:cut]) for cut in range(2, len(written)))
        return next(filter(None, cuts), "")
    return ""


@cache
def _codes() -> frozenset[str]:
    return frozenset(countries.countries().names)


def places_of(written: str, role: str, spot: Spot) -> tuple[Place, ...]:
    """The places a text names in a role; a route with arrows is several."""
    legs = [leg for leg in _LEG.split(written) if leg.strip()]
    if len(legs) > 1 and all(map(country_of, legs)):
        return tuple(Place(leg.strip(), role, country_of(leg), spot) for leg in legs)
    parts = [part.strip() for part in re.split(r"[,，、]", written) if part.strip()]
    city = len(parts) == 2 and not countries.code(parts[0]) and countries.code(parts[1])
    if role == "via" and len(parts) > 1 and not city and all(map(country_of, parts)):
        return tuple(Place(part, role, country_of(part), spot) for part in parts)
    text = " ".join(written.split())
    return (Place(text, role, country_of(text), spot),) if text else ()


def place_in_terms(written: str) -> tuple[str, str]:
    """Role and place that terms of delivery name: `CIF Novorossiysk`; '' if none.

    Under E and F terms the place is where the seller hands over, else where it ends.
    """
    found = _TERM.search(_INCOTERMS.sub("", written.upper()))
    if found is None:
        return "", ""
    start, end = found.span(2)
    place = written[start:end].strip(" .,-")
    if not place or any(map(str.isdigit, place)) or not country_of(place):
        return "", ""
    return ("origin" if found[1] in _AT_ORIGIN else "destination"), place
