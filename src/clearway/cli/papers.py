"""The shipments of a target: one paper or a folder, and how they were read."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from clearway.cli.targets import opened
from clearway.errors import InputUnreadable
from clearway.model import Problem, Transaction
from clearway.tables.shipments.reading import read_shipments
from clearway.tables.transactions import transactions

_OBJECTS = (".json", ".jsonl", ".ndjson", ".yaml", ".yml")
Say = Callable[[str], None]


def shipments_of(
    target: str, options: Mapping[str, Any], say: Say
) -> list[Transaction]:
    """Every shipment of a file, of standard input or of the files of a folder.

    What was taken for what is said, for a person to correct. Within a folder a file
    that cannot be read is a shipment with that problem: it is not passed over.
    """
    if target != "-" and Path(target).is_dir():
        files = [path for path in sorted(Path(target).rglob("*")) if path.is_file()]
        return [made for path in files for made in _in_folder(path, options, say)]
    with opened(target) as origin:
        name = "standard input" if target == "-" else Path(target).name
        return _of_file(origin, name, options, say)


def _in_folder(path: Path, options: Mapping[str, Any], say: Say) -> list[Transaction]:
    try:
        return _of_file(path, path.name, options, say)
    except InputUnreadable as error:
        say(f"note: {error}")
        problem = Problem("unreadable", str(error), path.name)
        return [Transaction("shipment", problems=(problem,), file=path.name)]


def _of_file(
    origin: Path | BinaryIO, name: str, options: Mapping[str, Any], say: Say
) -> list[Transaction]:
    if Path(name).suffix.lower() in _OBJECTS:
        return list(transactions(origin, name))
    read = read_shipments(
        origin,
        name=name,
        encoding=options.get("encoding"),
        sheet=options.get("sheet"),
        mapping=options.get("mapping"),
    )
    say(f"{read.name}: {read.description}")
    say(f"columns: {read.taken}")
    for problem in read.problems:
        say(f"note: {problem.message}")
    return list(read.shipments)
