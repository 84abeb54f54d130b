"""Whom to ask about: people on no list, and names that the lists in use hold."""

import random

from clearway.bench.measures import evenly
from clearway.bench.report import Part
from clearway.bench.setting import DataMissing, Row, Setting
from clearway.model import Entity, NameType, Quality

FILES = ("negatives_global", "negatives_us")
"""The sets of people who are on no list."""
_TABLE = 50_000


def people_asked(setting: Setting, part: Part) -> list[Row]:
    """People on no list from the data; without it, parts of listed names mixed anew."""
    count = setting.sample or _TABLE
    try:
        rows = [row for name in FILES for row in setting.all_rows(name)]
        return evenly(rows, count)
    except DataMissing:
        part.notes.append(
            "no people on no list in the data: words of listed names mixed anew are "
            "asked instead, which alert more often and are slower than ordinary names"
        )
    rng = random.Random(20240507)
    named = [name.replace(",", " ").split() for _, name in listed_names(setting, 2_000)]
    if not named:
        raise DataMissing("the lists in use hold no names to ask")
    return [
        {
            "full_name": " ".join(rng.choice(rng.choice(named)) for _ in range(2)),
            "date_of_birth": f"{rng.randint(1940, 2005)}-0{rng.randint(1, 9)}-11",
            "nationality": rng.choice(("Spain", "Brazil", "Canada", "Kenya")),
        }
        for _ in range(min(count, _TABLE))
    ]


def listed_names(setting: Setting, count: int) -> list[tuple[Entity, str]]:
    """Entities of the lists with a strong first name to disguise, evenly spaced."""
    compiled = setting.screener().compiled
    found = []
    for number in evenly(range(len(compiled)), 3 * count):
        entity = compiled.entity(number)
        strong = [n for n in entity.names if n.quality is Quality.STRONG]
        first = next((n.text for n in strong if n.type is NameType.PRIMARY), "")
        if sum(char.isalpha() for char in first) >= 8 and first.isascii():
            found.append((entity, first))
    return evenly(found, count)
