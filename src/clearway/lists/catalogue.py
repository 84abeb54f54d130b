"""Which versions are kept and what was refused: one small file, replaced in one step.

A line each, with the few words by which a version is chosen ahead of the whole of it
as JSON, so that opening costs a split of lines, however many versions the years bring:

    clearway lists 1
    version  ofac  sdn  2024-05-07  -  2024-05-16T12:00:00+00:00  79bf...  {...}
    refusal  un  consolidated  {...}
    end
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from clearway.errors import StoreError
from clearway.lists import durable
from clearway.lists.version import Version, instant

HEAD, END = "clearway lists 1", "end"
_HISTORY, _NOT_HISTORY = "history", "-"


class Row(NamedTuple):
    """A kept version as its line has it; `whole` is all of it as JSON."""

    publisher: str
    list: str
    published: str
    history: str
    retrieved: str
    sha256: str
    whole: str

    @classmethod
    def of(cls, version: Version) -> "Row":
        """The row of a version."""
        return cls(
            version.publisher,
            version.list,
            version.published.isoformat(),
            _HISTORY if version.history else _NOT_HISTORY,
            instant(version.retrieved),
            version.sha256,
            _json(version.to_dict()),
        )

    @property
    def data(self) -> dict[str, Any]:
        """The version as plain values."""
        data: dict[str, Any] = json.loads(self.whole)
        return data

    @property
    def version(self) -> Version:
        """The version."""
        return Version.from_dict(self.data)

    @property
    def of_list(self) -> tuple[str, str]:
        """The publisher and the list it is a version of."""
        return self.publisher, self.list

    @property
    def identity(self) -> tuple[str, str, str]:
        """What no two versions have in common: a list and a content."""
        return self.publisher, self.list, self.sha256

    @property
    def rank(self) -> tuple[str, bool, str]:
        """What makes a version answer before another: day, not history, arrival."""
        return self.published, self.history == _NOT_HISTORY, self.retrieved


@dataclass(frozen=True, slots=True)
class Refusal:
    """The last update of a list that was not let in, and why.

    `list` is empty where the file did not even tell which list it is; `published` is
    empty where it gave no date.
    """

    publisher: str
    list: str
    when: datetime
    file: str
    reasons: tuple[str, ...]
    published: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The refusal as plain values."""
        return {
            "publisher": self.publisher,
            "list": self.list,
            "when": instant(self.when),
            "file": self.file,
            "reasons": list(self.reasons),
            "published": self.published,
        }

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> "Refusal":
        """The refusal that `to_dict` wrote."""
        return cls(
            **{
                **row,
                "when": datetime.fromisoformat(row["when"]),
                "reasons": tuple(row["reasons"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kept versions and the last refusal of each list, at one moment."""

    rows: tuple[Row, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @classmethod
    def load(cls, path: Path) -> "Catalogue":
        """The catalogue at this path; an absent one is an empty one."""
        try:
            text = path.read_bytes().decode("utf-8", "replace")
        except FileNotFoundError:
            return cls()
        except NotADirectoryError:
            raise StoreError(f"{path}: the home is not a folder") from None
        except OSError as error:
            raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
        lines = text.split("\n")
        if lines[0] != HEAD:
            raise StoreError(
                f"{path}: was written by another version of clearway; use that one, "
                "or another --home"
            )
        try:
            if lines[-2:] != [END, ""]:
                raise ValueError("its end is missing")
            return _parse(lines[1:-2])
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(
                f"{path}: the catalogue of lists is damaged ({error}); restore it from "
                "a backup, or move the folder away and add the lists again"
            ) from error

    def save(self, path: Path) -> None:
        """Put this catalogue in place of the one at the path, in one step."""
        lines = [HEAD]
        lines += ("\t".join(("version", *row)) for row in self.rows)
        lines += (f"refusal\t{_json(one.to_dict())}" for one in self.refused)
        text = "\n".join((*lines, END, ""))
        durable.replace(path, text.encode())

    def lists(self) -> tuple[tuple[str, str], ...]:
        """Publisher and list of everything kept or refused, sorted."""
        kept = {row.of_list for row in self.rows}
        refused = {(one.publisher, one.list) for one in self.refused if one.list}
        return tuple(sorted(kept | refused))

    def versions(
        self, publisher: str | None = None, list: str | None = None
    ) -> tuple[Version, ...]:
        """Kept versions, sorted by publisher, list, and day of publication."""
        chosen = (
            row
            for row in self.rows
            if publisher in (None, row.publisher) and list in (None, row.list)
        )
        ordered = sorted(chosen, key=lambda row: (row.of_list, row.rank))
        return tuple(row.version for row in ordered)

    def current(self, as_of: date | None = None) -> tuple[Version, ...]:
        """The version of each list that answers for a day, or now; sorted.

        For a day: the last one published by then, filed as history or not. For now:
        the last one that is not history.
        """
        day = as_of.isoformat() if as_of else None
        best: dict[tuple[str, str], Row] = {}
        for row in self.rows:
            if (row.history == _HISTORY) if day is None else (row.published > day):
                continue
            known = best.get(row.of_list)
            if known is None or row.rank > known.rank:
                best[row.of_list] = row
        return tuple(best[key].version for key in sorted(best))

    def find(self, publisher: str, list: str, sha256: str) -> Version | None:
        """The kept version with this content, if there is one."""
        for row in self.rows:
            if row.identity == (publisher, list, sha256):
                return row.version
        return None

    def refusals(self) -> tuple[Refusal, ...]:
        """The last refusal of each list, sorted."""
        return tuple(sorted(self.refused, key=lambda one: (one.publisher, one.list)))

    def blobs(self) -> Iterator[str]:
        """The names of all files that kept versions stand on."""
        for row in self.rows:
            data = row.data
            yield from (f"{sha256}.gz" for _, sha256, _ in data["files"])
            yield f"{data['entities_sha256']}.entities.jsonl"
            yield f"{data['problems_sha256']}.problems.jsonl"

    def with_versions(self, versions: Iterable[Version]) -> "Catalogue":
        """This catalogue with these versions; one of the same content is replaced."""
        rows = {row.identity: row for row in self.rows}
        rows.update((row.identity, row) for row in map(Row.of, versions))
        return Catalogue(tuple(rows.values()), self.refused)

    def with_refusal(self, refusal: Refusal) -> "Catalogue":
        """This catalogue with this as the last refusal of its list."""
        kept = self.without_refusals({(refusal.publisher, refusal.list)})
        return Catalogue(self.rows, (*kept.refused, refusal))

    def without_refusals(self, lists: Iterable[tuple[str, str]]) -> "Catalogue":
        """This catalogue, these lists' refusals forgotten."""
        gone = set(lists)
        left = (one for one in self.refused if (one.publisher, one.list) not in gone)
        return Catalogue(self.rows, tuple(left))


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":"))  # ASCII, so any name can be kept


def _parse(lines: list[str]) -> Catalogue:
    """The catalogue in these lines; ValueError where one is none of its lines."""
    rows, refused = [], []
    for line in lines:
        what, _, rest = line.partition("\t")
        if what == "version":
            rows.append(Row(*rest.split("\t", 6)))
        elif what == "refusal":
            refused.append(Refusal.from_dict(json.loads(rest)))
        else:
            raise ValueError(f"{line[:40]!r} is no line of it")
    return Catalogue(tuple(rows), tuple(refused))
