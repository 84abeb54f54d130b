"""Count how often a word occurs among names: `resources/words/frequency.csv`.

    python tools/count_words.py FOLDER

FOLDER holds `lists/` and `bench/lei_companies.csv`; the result is committed, so the
lists are needed only to count again. A name is counted once however often it stands in
a list, a word once a name.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "resources" / "words" / "frequency.csv"

if str(ROOT / "src") not in sys.path:
    sys.path.insert(0, str(ROOT / "src"))

from clearway.names.fold import fold  # noqa: E402  (after the path is set)
from clearway.names.latin import read  # noqa: E402

LEAST = 20
_SDN = (
    "{https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML}"
)
_EU = "{http://eu.europa.ec/fpi/fsd/export}"
_UN_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def ofac(path: Path) -> Iterator[str]:
    """Names and aliases of an OFAC XML list."""
    for tag in ("sdnEntry", "aka"):
        for _, element in _elements(path, _SDN + tag):
            first = element.findtext(_SDN + "firstName") or ""
            yield f"{first} {element.findtext(_SDN + 'lastName') or ''}"


def eu(path: Path) -> Iterator[str]:
    """Whole names of the EU list."""
    for _, element in _elements(path, _EU + "nameAlias"):
        yield element.get("wholeName") or ""


def un(path: Path) -> Iterator[str]:
    """Names and aliases of the UN list."""
    for tag in ("INDIVIDUAL", "ENTITY"):
        for _, element in _elements(path, tag):
            yield " ".join(element.findtext(name) or "" for name in _UN_NAMES)
            for alias in element.iter("ALIAS_NAME"):
                yield alias.text or ""


def _elements(path: Path, tag: str) -> Iterator[tuple[str, etree._Element]]:
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    return iter(etree.iterparse(str(path), events=("end",), tag=tag, **safe))


def companies(path: Path) -> Iterator[str]:
    """Company names of the LEI sample."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["name"]


def counted(names: Iterable[str]) -> Counter[str]:
    """In how many different names each word occurs."""
    different = {fold(read(name)) for name in names}
    return Counter(word for name in different for word in set(name.split()))


def main(arguments: list[str] | None = None) -> int:
    """Count and write; the exit code."""
    parser = argparse.ArgumentParser(description="Count the words of names.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args(arguments)
    lists = options.folder / "lists"
    listed = counted(
        [
            *ofac(lists / "ofac/2024-05-07/sdn.xml"),
            *ofac(lists / "ofac/2024-05-07/consolidated.xml"),
            *eu(lists / "eu/2024-05-13/20240513-FULL-1_1.xml"),
            *un(lists / "un/2024-05-15/consolidated.xml"),
        ]
    )
    traded = counted(companies(options.folder / "bench/lei_companies.csv"))
    words = sorted(
        word for word in listed | traded if listed[word] + traded[word] >= LEAST
    )
    with options.output.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# How many different names hold a word; words of 20 names or more.\n"
            "# listed: OFAC SDN and consolidated (7 May 2024), EU (13 May 2024), UN\n"
            "# (15 May 2024) names and aliases. companies: a sample of 100,000 legal\n"
            "# names of the Global LEI Index (CC0). Counted by tools/count_words.py.\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["token", "listed", "companies"])
        writer.writerows([word, listed[word], traded[word]] for word in words)
    print(f"{len(words)} words of {LEAST} names or more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
