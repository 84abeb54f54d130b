"""What a label or a heading of a paper means, in the languages papers come in.

A paper says the same word in two places: `Total` heads a column and stands before a
sum, `Origin` is a label of the paper and a column of its lines. So a word is looked up
in the tables that fit where it stands: labels, headings, totals.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from clearway.model import Role
from clearway.tables.headings import normal


@dataclass(frozen=True, slots=True)
class Field:
    """What a word means: of which sort, which field, and of which role it tells.

    `sort` is `party`, `about` (a detail of a party: `role` says of whose, '' of the one
    before), `whole`, `place`, `line` or `total`.
    """

    sort: str
    name: str
    role: str = ""

    def __str__(self) -> str:
        """As a person writes it: `consignee address`, `net_weight`."""
        return f"{self.role} {self.name}" if self.role else self.name


LABELS = ("party", "whole", "place", "about")
HEADINGS = ("line", "party", "place", "whole", "about")
_LONGEST = 60
_NUMBERING = re.compile(
    r"^\s*[(\[]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)\]:]+\s*(?=\D)", re.I
)
_BOX = re.compile(r"^\s*(?:box|field|feld|графа|поле)\s*\d{1,2}\w?[.:)]*\s*", re.I)
_PARTS = re.compile(r"[/|\n;\\]|\s[-–—]\s|(?<=\w)[(（\[]|[)）\]]")
_MANY_DIGITS = re.compile(r"\d{4}")
_HAN = re.compile(r"[\u3400-\u9fff]+(?:\s*[\u3400-\u9fff]+)*")
_NOISE = frozenset(
    {"the", "of", "name", "details", "information", "our", "your", "s", "full"}
    | {"наименование", "сведения", "о", "реквизиты", "daten", "bilgileri", "nr", "no"}
    | {"and", "address", "и", "адрес", "adres", "anschrift", "und", "ve", "名称", "kg"}
    | {
        "kgs",
        "pcs",
        "usd",
        "eur",
        "cny",
        "rmb",
        "rub",
        "try",
        "number",
        "in",
        "в",
        "adi",
    }
    | {"mt", "шт", "кг", "руб", "hk", "us", "1", "2", "3", "10", "11", "12", "country"}
)
"""Words beside the one that tells, which a label may have too."""


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    path = files("clearway.tables").joinpath("data/shipments.toml")
    raw = tomllib.loads(path.read_text("utf-8"))
    return {
        sort: {
            _key(word): name
            for name, said in fields.items()
            for word in said.replace("\n", ";").split(";")
            if word.strip()
        }
        for sort, fields in raw.items()
        if sort != "signs"
    }


@cache
def signs() -> Mapping[str, str]:
    """Signs and words of currencies, in lower case, with their ISO code."""
    path = files("clearway.tables").joinpath("data/shipments.toml")
    found: Mapping[str, str] = tomllib.loads(path.read_text("utf-8"))["signs"]
    return found


def field_named(text: str) -> Field | None:
    """The field a user names in `--map`: `code`, `consignee`, `end_user_address`."""
    words = text.strip().lower().replace(" ", "_")
    if role := next((r for r in Role if words in (r, f"{r}_name")), None):
        return Field("party", str(role))
    for sort in ("line", "whole", "place"):
        if words in set(_tables()[sort].values()):
            return Field(sort, words)
    for role in sorted(Role, key=len, reverse=True):
        about = words.removeprefix(f"{role}_")
        if about != words and about in set(_tables()["about"].values()):
            return Field("about", about, str(role))
    return Field("about", words) if words in set(_tables()["about"].values()) else None


def fields() -> tuple[str, ...]:
    """What `--map` may name."""
    tables = _tables()
    names = (
        name
        for sort in ("party", "whole", "place", "line")
        for name in tables[sort].values()
    )
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=8192)
def label(text: str) -> Field | None:
    """The field a label before or above a value means; None for any other text.

    Of a label in several languages every part must be one: `FORTUNA / IMO` is a value.
    """
    if _MANY_DIGITS.search(text):
        return None
    return _looked_up(text, LABELS, all_parts=True)


@lru_cache(maxsize=8192)
def heading(text: str) -> Field | None:
    """The field a heading above a column means."""
    return _looked_up(text, HEADINGS, all_parts=False)


@lru_cache(maxsize=8192)
def total(text: str) -> str:
    """What sort of sum a row's first words announce: total, charge, ..., or ''.

    `Total (USD)`, `Итого:`, `TOTAL CIF NOVOROSSIYSK`, `合计 USD`.
    """
    if len(text) > _LONGEST * 2:
        return ""
    found = _looked_up(text, ("total",), all_parts=False)
    if found is not None:
        return found.name
    words = _key(text).split()
    table = _tables()["total"]
    for count in range(min(4, len(words)), 0, -1):
        if name := table.get(" ".join(words[:count])):
            rest = words[count:]
            plain = not any(word.isdigit() and len(word) > 4 for word in rest)
            return name if len(rest) <= 4 and plain else ""
    return ""


def _looked_up(text: str, sorts: tuple[str, ...], *, all_parts: bool) -> Field | None:
    text = unicodedata.normalize("NFKC", text).strip(" \t\r\n:*.")
    if len(text) > _LONGEST * 2 or not any(map(str.isalpha, text)):
        return None
    bare = _NUMBERING.sub("", _BOX.sub("", text))
    if found := _meant((text, bare), sorts):
        return found
    for parts in (_PARTS.split(bare), list(_by_script(bare))):
        meant = [_meant((part,), sorts) for part in parts if _key(part)]
        known = [found for found in meant if found is not None]
        if known and (len(known) == len(meant) or not all_parts):
            return known[0]
    return None


def _meant(forms: tuple[str, ...], sorts: tuple[str, ...]) -> Field | None:
    # "MwSt" and "DoB" are no two words, whatever their capitals.
    both = [key for form in forms for key in (_key(form), _key(form.casefold()))]
    keys = [key for key in dict.fromkeys(both) if key]
    for strict in (True, False):
        for key in keys:
            for sort in sorts if len(key) <= _LONGEST else ():
                if found := _in_table(key, sort, strict=strict):
                    return found
    return None


def _in_table(form: str, sort: str, *, strict: bool) -> Field | None:
    tables = _tables()
    if strict:
        name = tables[sort].get(form)
        if name:
            return Field(sort, name)
        return _about(form) if sort == "about" else None
    bare = " ".join(word for word in form.split() if word not in _NOISE)
    name = tables[sort].get(bare) if bare != form else None
    return Field(sort, name) if name else None


def _about(form: str) -> Field | None:
    """A detail with its owner: `consignee address`, `адрес продавца`, `收货人地址`."""
    roles, details = _tables()["party"], _tables()["about"]
    words = form.replace(" s ", " ").split()
    for cut in range(1, len(words)):
        first, rest = " ".join(words[:cut]), " ".join(words[cut:])
        if first in roles and rest in details:
            return Field("about", details[rest], roles[first])
        if first in details and (role := roles.get(rest) or _genitive(rest)):
            return Field("about", details[first], role)
    if _HAN.fullmatch(form):
        for cut in range(2, len(form) - 1):
            if form[:cut] in roles and form[cut:] in details:
                return Field("about", details[form[cut:]], roles[form[:cut]])
    return None


def _genitive(word: str) -> str:
    """A role in the genitive: `продавца`, `получателя`, `of consignee`."""
    roles = _tables()["party"]
    bare = word.removeprefix("of ").removeprefix("the ").removeprefix("des ")
    bases = [bare]
    bases += [
        bare[: -len(ending)] + base
        for ending, base in (("еля", "ель"), ("ца", "ец"), ("ка", "к"))
        if bare.endswith(ending)
    ]
    return next((roles[base] for base in bases if base in roles), "")


def _by_script(text: str) -> Iterator[str]:
    """The Chinese and the other half of `数量 Quantity`; the Cyrillic half likewise."""
    if _HAN.search(text):
        yield " ".join(_HAN.findall(text))
        yield _HAN.sub(" ", text)
    cyrillic = re.findall(r"[а-яёіїєґ.\- ]{3,}", text, re.I)
    if cyrillic and re.search(r"[a-z]{3}", text, re.I):
        yield from cyrillic
        yield re.sub(r"[а-яёіїєґ]+", " ", text, flags=re.I)


def _key(text: str) -> str:
    words = normal(text)
    if _HAN.search(words):
        words = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", words)
    return words
