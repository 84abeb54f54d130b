"""What `clearway own` found: its exit code, its words, its JSON, its table."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.main import CLEAR, LISTS, REVIEW, STOP
from clearway.cli.show import visible
from clearway.model import Problem

if TYPE_CHECKING:
    from clearway.ownership.deciding import Owned, Result
    from clearway.ownership.gathering import Reading
    from clearway.screen.owners import ListedOwners
    from clearway.screen.owning import OwnershipLaw

_SHOWN = 50
_SHOWN_PROBLEMS = 20
_ONLY_SAID = frozenset({"annotated", "no_owner_told"})
"""Problems that leave nothing open: what a publisher remarks."""

COLUMNS: Mapping[str, type] = dict.fromkeys(
    (
        *("entity", "name", "answer", "share", "owners", "arithmetic", "signs"),
        *("rule", "day", "citation", "evidence"),
    ),
    str,
)
"""The columns of a table of findings."""


@dataclass(frozen=True)
class OwnAnswer:
    """All that a run found: the stakes, who is listed, the law, the result."""

    file: str
    day: date
    reading: "Reading"
    given: tuple[str, ...]
    unmatched: tuple[str, ...]
    owners: "ListedOwners"
    law: "OwnershipLaw"
    result: "Result"
    lists: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file, then with its stakes."""
        return (*self.reading.problems, *self.result.problems)

    def findings(self) -> "Iterator[Owned]":
        """What is owned or may be; nothing where the rule is not in force."""
        return iter(()) if self.law.in_force == "no" else self.result.findings()

    def exit_code(self) -> int:
        """The gravest answer; nothing unknown is clear."""
        if self.law.in_force != "no":
            if self.result.owned:
                return STOP if self._certain(self.result.owned) else REVIEW
            if self.result.unknown:
                return REVIEW
        return self._at_least()

    def code_of(self, told: "Owned") -> int:
        """The exit code for one entity alone."""
        from clearway.ownership.deciding import Answer

        if self.law.in_force == "no":
            return self._at_least()
        if told.listed or told.decided is Answer.OWNED:
            return STOP if self._certain([told.entity]) else REVIEW
        return REVIEW if told.decided is Answer.UNKNOWN else self._at_least()

    def _certain(self, owned: Iterable[str]) -> bool:
        """Whether the law was read in its source and is in force."""
        return self.law.sure and bool(owned)

    def _at_least(self) -> int:
        """What remains where nobody was found to be owned."""
        wrong = any(p.code not in _ONLY_SAID for p in self.problems)
        if wrong or self.owners.listed or self.owners.perhaps or self.unmatched:
            return REVIEW
        return LISTS if self.doubts else CLEAR

    def head(self) -> dict[str, Any]:
        """What was asked, of what, under which law."""
        return {
            "file": self.file,
            "format": self.reading.format,
            "as_of": self.day.isoformat(),
            "law": self.law.to_dict(),
            "stakes": len(self.reading.stakes),
            "parties": len(self.result.register.ids),
            "listed_given": list(self.given),
            "listed_not_in_file": list(self.unmatched),
            "listed_found": list(self.owners.listed),
            "maybe_listed": list(self.owners.perhaps),
            "screened": self.owners.asked,
            "lists": list(self.lists),
            "doubts": list(self.doubts),
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values in a fixed order."""
        return {
            **self.head(),
            "findings": [finding_of(told, self) for told in self.findings()],
            "hits": {
                key: screening.to_dict()
                for key, screening in self.owners.screenings.items()
            },
            "problems": [problem.to_dict() for problem in self.problems],
        }

    def text(self) -> Iterator[str]:
        """The same for people."""
        shown = 0
        for told in self.findings():
            if shown == _SHOWN:
                more = len(self.result.owned) + len(self.result.unknown) - shown
                yield f"... and {more:,} more: use -o FILE\n"
                break
            shown += 1
            yield from finding_text(told)
        if not shown:
            yield "no party of the file is owned by listed parties, as far as it tells"
        yield from self.about()

    def about(self) -> Iterator[str]:
        """Who is listed and by what, what is wrong, the law and the lists."""
        law, test = self.law, self.law.test
        if law.in_force != "yes":
            yield f"the rule's being in force on {self.day}: {law.in_force}. {law.note}"
        for key in (*self.owners.listed, *self.owners.perhaps):
            hit = self.owners.screenings[key].hits[0]
            word = "listed" if key in self.owners.listed else "perhaps listed"
            name = self.result.register.name(self.result.register.number[key])
            said = f"{hit.entity.name} ({hit.entity.id}), score {hit.score:.2f}"
            yield visible(f"{word}: {name}, as {said}")
        for name in self.unmatched:
            yield visible(f"note: nobody in the file is called {name!r} (--listed)")
        for problem in self.problems[:_SHOWN_PROBLEMS]:
            where = f"{problem.position}: " if problem.position else ""
            yield visible(f"note: {where}{problem.message}")
        if (more := len(self.problems) - _SHOWN_PROBLEMS) > 0:
            yield f"note: and {more:,} more, see --json"
        yield (
            f"{law.title}, as of {self.day}: {test.words}, {law.cite} "
            f"(evidence: {law.evidence}; last confirmed on {law.confirmed})"
        )
        if self.lists:
            yield f"owners screened: {self.owners.asked:,}; {'; '.join(self.lists)}"
        else:
            yield "owners were not screened; only those given by --listed count"
        yield from (f"note: {doubt}; no answer is clear" for doubt in self.doubts)


def finding_of(told: "Owned", answer: OwnAnswer) -> dict[str, Any]:
    """One finding as plain values."""
    number = answer.result.register.number
    names = {key: answer.result.register.name(number[key]) for key in told.owners}
    return {
        "kind": "listed" if told.listed else f"{told.decided}_by_listed",
        "entity": told.entity,
        "name": told.name,
        "answer": str(told.decided),
        "listed": told.listed,
        "share": {
            "least": str(told.share.least),
            "most": str(told.share.most),
            "words": str(told.share),
        },
        "owners": [{"id": key, "name": name} for key, name in names.items()],
        "chains": [
            [
                {
                    "owner": stake.owner,
                    "owned": stake.owned,
                    "kind": str(stake.kind),
                    "share": str(stake.share),
                    "file": stake.file,
                    "position": stake.position,
                }
                for stake in chain.stakes
            ]
            for chain in told.chains
        ],
        "arithmetic": list(told.arithmetic),
        "signs": list(told.signs),
        "citation": answer.law.cite,
        "evidence": answer.law.evidence,
        "last_confirmed": answer.law.confirmed.isoformat(),
        "problems": [problem.to_dict() for problem in told.problems],
    }


_WORDS = {"owned": "OWNED", "unknown": "CANNOT BE KNOWN", "not_owned": "NOT OWNED"}


def finding_text(told: "Owned") -> Iterator[str]:
    """One finding for people."""
    colour = {"owned": "red", "unknown": "yellow"}.get(told.decided, "green")
    head = click.style(f" {_WORDS[told.decided]} ", fg=colour, reverse=True, bold=True)
    yield f"{head} {visible(told.name)}  ({told.share})"
    yield visible(f"  {told.sentence}")
    yield from (visible(f"  sign: {sign}") for sign in told.signs)
    yield ""


def explained(told: "Owned", answer: OwnAnswer) -> Iterator[str]:
    """One entity for people, with its chains and where each stake was read."""
    yield from finding_text(told)
    name = answer.result.register.name
    number = answer.result.register.number
    if told.listed:
        yield "  it is listed itself"
    for chain in told.chains:
        way = name(number[chain.parties[0]])
        for stake in chain.stakes:
            where = f" [{stake.position}]" if stake.position else ""
            kind = stake.kind.replace("_", " ")
            size = kind if stake.share.unknown and kind != "shares" else stake.share
            way += f" -({size})-> {name(number[stake.owned])}{where}"
        yield visible(f"  chain: {way}")
    for problem in told.problems:
        yield visible(f"  note: {problem.position}: {problem.message}")
    yield from answer.about()


def write(output: Path, answer: OwnAnswer) -> None:
    """Findings to a file, which appears whole or not at all."""
    from clearway.tables.writing import format_of, replacing, write_table

    kind = format_of(output)
    if kind in ("json", "ndjson"):
        rows = [finding_of(told, answer) for told in answer.findings()]
        text = json.dumps(answer.to_dict(), ensure_ascii=False, indent=2) + "\n"
        if kind == "ndjson":
            lines = (json.dumps(row, ensure_ascii=False) for row in rows)
            text = "".join(f"{line}\n" for line in lines)
        with replacing(output) as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    else:
        write_table(_rows(answer), COLUMNS, output)
    click.echo(f"written: {output}", err=True)


def _rows(answer: OwnAnswer) -> Iterator[dict[str, Any]]:
    for told in answer.findings():
        register = answer.result.register
        yield {
            "entity": told.entity,
            "name": told.name,
            "answer": str(told.decided),
            "share": str(told.share),
            "owners": "; ".join(register.name(register.number[k]) for k in told.owners),
            "arithmetic": told.sentence,
            "signs": "; ".join(told.signs),
            "rule": answer.law.rule,
            "day": answer.day.isoformat(),
            "citation": answer.law.cite,
            "evidence": answer.law.evidence,
        }
