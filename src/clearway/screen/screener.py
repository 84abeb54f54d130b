"""Check a party: retrieve, score, decide. Deciding never reads a clock or a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from clearway.index.compiling import kernels_loaded
from clearway.index.facts import Query
from clearway.index.index import Candidate
from clearway.match.evidence import Evidence
from clearway.match.names import NameMatch, compare
from clearway.match.pairs import read_so
from clearway.match.score import (
    Scored,
    best_names,
    kind_compared,
    name_alone,
    score,
)
from clearway.match.subject import Subject, of_entity, of_party
from clearway.model import Entity, Kind, Party, Problem, Quality
from clearway.names.analyse import NameForm, analyse
from clearway.names.readings import Reading
from clearway.screen.apart import clear_at_once
from clearway.screen.candidates import candidates_of, warm
from clearway.screen.compiled import CompiledSet
from clearway.screen.config import Configuration
from clearway.screen.doubts import problems_of_text, with_numbers
from clearway.screen.needs import facts_of
from clearway.screen.plain import Plain
from clearway.screen.rereading import reread
from clearway.screen.rows import FRAME_COLUMNS, frame_values
from clearway.screen.screening import Hit, ListUsed, Screening, Verdict
from clearway.version import __version__

Found = Screening | Party
"""What was found of a party; the party alone where that is nothing."""
Many = Callable[["Screener", Iterable[Party], int | None], Iterator[Found]]
_Way = tuple[NameForm, Reading | None, Sequence[Candidate]]
"""A name as it may be read, what was done to read it so, and the names it may be."""
ENGINE = f"clearway {__version__}"
_LOOKED_AT = 40
"""Entities whose other facts are compared, beside those equal word for word."""
_WARM_AFTER = 30
"""Checks one by one after which compiled code is loaded."""
_NOTES = frozenset({"unused_property", "more_than_one"})
"""Problems of a row that say what was not compared, not that something is wrong."""
_CACHED_ENTITIES = 20_000
_SURE_DATE = 0.72
"""Agreement of birth dates from which they make a match certain: year, or better."""


class Screener:
    """Checks parties against one compiled set of lists, as of one day.

    `lists` are the versions that answer, `missing` the lists that should be there and
    are not. Safe to use from several threads.
    """

    def __init__(
        self,
        compiled: CompiledSet,
        lists: Sequence[ListUsed],
        *,
        as_of: date,
        config: Configuration | None = None,
        missing: Sequence[str] = (),
        many: Many | None = None,
    ) -> None:
        """Everything the answer depends on is given here, none of it is looked up.

        `lists` stand in the order of the compiled set's files. `many` checks a large
        batch on several cores; without it parties are checked one after the other.
        """
        self.config = config or Configuration()
        wanted = self.config.publishers
        self.lists = tuple(
            used for used in lists if not wanted or used.publisher in wanted
        )
        self._given = tuple(lists)
        self._file_publishers = tuple(used.publisher for used in lists)
        self._many = many
        self.as_of = as_of
        self.missing = tuple(missing)
        self.compiled = compiled
        self._plain = Plain(compiled.index, self.config.threshold)
        self._checked = 0
        self._day = as_of.isoformat()
        self._hash = self.config.hash()
        self._listed = lru_cache(maxsize=_CACHED_ENTITIES)(self._read)

    def check(self, party: Party | str) -> Screening:
        """The whole answer for one party; a bare string is a name."""
        if isinstance(party, str):
            party = Party(party)
        self._checked += 1
        if self._checked > _WARM_AFTER or kernels_loaded():
            # More are likely to come: compiled code pays from now on.
            return self.check_batch([party])[0]
        asked, problems = self._understood(party)
        facts = facts_of(asked, self.config.threshold)
        index = self.compiled.index
        ways = [
            (form, reading, index.candidates(form, facts))
            for form, reading in self._read_every_way(asked)
        ]
        return self._answer(party, asked, problems, ways)

    def warm(self) -> None:
        """Load what makes many checks quick: compiled code and the words of the lists.

        Takes a second, minutes never; the first few checks of a process are answered
        without it.
        """
        warm(self.compiled.index)

    def _understood(self, party: Party) -> tuple[Subject, tuple[Problem, ...]]:
        asked, problems = of_party(party)
        asked = with_numbers(asked)
        return asked, problems + _problems_of_names(asked)

    def _answer(
        self,
        party: Party,
        asked: Subject,
        problems: tuple[Problem, ...],
        ways: Sequence[_Way],
    ) -> Screening:
        """The screening of a party whose names' candidates are known."""
        if not problems and not asked.numbers and not any(way[2] for way in ways):
            nothing = self.nothing_found(party)
            return self._by_law(nothing) if self._law_may_speak(party) else nothing
        found = self._hits(asked, ways)
        hits = tuple(hit for hit in found if not self._passed_over(hit))
        verdict, reasons = self._verdict(hits, problems)
        if len(hits) < len(found):
            weak = ", ".join(hit.entity.id for hit in found if self._passed_over(hit))
            reasons += (f"passed over, a weak alias alone: {weak}",)
        screening = Screening(
            verdict=verdict,
            party=party,
            hits=hits,
            problems=problems,
            lists=self.lists,
            reasons=reasons,
            as_of=self._day,
            accept_stale=self.config.accept_stale,
            config=self._hash,
            engine=ENGINE,
        )
        spoken = self.config.binds and (hits or self._law_may_speak(party))
        return self._by_law(screening) if spoken else screening

    def _law_may_speak(self, party: Party) -> bool:
        """Whether the law may say something of a party that no list names.

        Only where the profile says whose law it is: an embargo on where it is.
        """
        if not self.config.binds:
            return False
        from clearway.screen.party_law import is_placed

        return is_placed(party)

    def _by_law(self, screening: Screening) -> Screening:
        """The screening with what the law says of the party to the one who asks."""
        from clearway.screen.party_law import with_law

        return with_law(screening, self.config, self.as_of)

    def check_many(
        self, parties: Iterable[Party], *, workers: int | None = None
    ) -> Iterator[Screening]:
        """One answer after the other, as asked; large batches on several cores.

        `workers` is the number of processes; by default all cores are used.
        """
        return map(self._answered, self._found_in_many(parties, workers))

    def _found_in_many(
        self, parties: Iterable[Party], workers: int | None = None
    ) -> Iterator[Found]:
        if self._many is not None:
            return self._many(self, parties, workers)
        return map(self.check, parties)

    def check_batch(self, parties: Sequence[Party]) -> list[Screening]:
        """The answers for a batch at hand, quicker than one by one, never others."""
        return list(map(self._answered, self.found_in(parties)))

    def found_in(self, parties: Sequence[Party]) -> list[Found]:
        """What was found of each party of a batch; a party alone where nothing was.

        `nothing_found` makes the answer of such a party.
        """
        clear = clear_at_once(self._plain, self.compiled.index, parties)
        if self.config.binds:
            clear = [
                done and not self._law_may_speak(party)
                for party, done in zip(parties, clear, strict=True)
            ]
        rest = [party for party, done in zip(parties, clear, strict=True) if not done]
        found = iter(self._check_whole(rest))
        return [
            party if done else next(found)
            for party, done in zip(parties, clear, strict=True)
        ]

    @property
    def parts(self) -> tuple[Any, ...]:
        """All that is needed to open the same screener in another process (`of`)."""
        compiled = self.compiled
        return (
            *(compiled.directory, compiled.files),
            *(self._given, self.as_of, self.config, self.missing),
        )

    @classmethod
    def of(
        cls,
        directory: Path,
        files: Sequence[Path],
        lists: Sequence[ListUsed],
        as_of: date,
        config: Configuration,
        missing: Sequence[str],
    ) -> "Screener":
        """The screener with these `parts`."""
        return cls(
            CompiledSet(directory, files),
            lists,
            as_of=as_of,
            config=config,
            missing=missing,
        )

    @cached_property
    def lists_only(self) -> "Screener":
        """The same screener, asked of the lists alone and not of the law.

        For the parties of something larger, a transaction or a document: the law is
        asked of the whole, once, and of its own day.
        """
        if not self.config.binds:
            return self
        return Screener(
            self.compiled,
            self._given,
            as_of=self.as_of,
            config=replace(self.config, binds=()),
            missing=self.missing,
            many=self._many,
        )

    def _check_whole(self, parties: Sequence[Party]) -> list[Screening]:
        if not parties:
            return []
        understood = [self._understood(party) for party in parties]
        facts = [facts_of(asked, self.config.threshold) for asked, _ in understood]
        read = [list(self._read_every_way(asked)) for asked, _ in understood]
        queries = [
            Query(form, known)
            for ways, known in zip(read, facts, strict=True)
            for form, _ in ways
        ]
        kinds = [
            asked.kind
            for ways, (asked, _) in zip(read, understood, strict=True)
            for _ in ways
        ]
        found = iter(candidates_of(self.compiled.index, queries, kinds))
        return [
            self._answer(party, *told, [(*way, next(found)) for way in ways])
            for party, told, ways in zip(parties, understood, read, strict=True)
        ]

    def check_frame(
        self, frame: Any, *, name: str | None = None, **columns: str | Sequence[str]
    ) -> Any:
        """Check every row of a data frame; the same kind of frame comes back.

        pandas, Polars, PyArrow, DuckDB and others are taken. `name` and `columns` say
        which column means what (`birth_date="dob"`, `countries=["nationality"]`,
        `kind`, `reference`, `inn`, `imo`, ...); without `name` the columns are guessed.
        Added on the right: verdict, score, entity_id, entity_name, listings, hits
        (their number), because, problems; a name that is taken gets the prefix
        `clearway_`.
        """
        # Imported on use: a name on the command line needs no data frames.
        from clearway.tables.columns import Mapping, guess
        from clearway.tables.frames import open_frame
        from clearway.tables.parties import parties

        opened = open_frame(frame)
        given = {**({"name": name} if name else {}), **columns}
        mapping = (
            Mapping.of(opened.table.columns, **given) if name else guess(opened.table)
        )
        asked = list(parties(opened.table, mapping))
        found = self._found_in_many(party for party, _ in asked)
        nothing = frame_values(self.nothing_found(Party("")))
        values = [
            nothing
            if isinstance(item, Party) and not problems
            else frame_values(with_problems(self._answered(item), problems))
            for item, (_, problems) in zip(found, asked, strict=True)
        ]
        added = {
            column: [row[at] for row in values]
            for at, column in enumerate(FRAME_COLUMNS)
        }
        return opened.joined(added)

    def _answered(self, item: Found) -> Screening:
        return item if isinstance(item, Screening) else self.nothing_found(item)

    def nothing_found(self, party: Party) -> Screening:
        """The answer for a party no listed name is like, and nothing is wrong with.

        `clear`, unless the lists themselves leave a doubt.
        """
        verdict, reasons = self._nothing
        return Screening(
            verdict=verdict,
            party=party,
            hits=(),
            problems=(),
            lists=self.lists,
            reasons=reasons,
            as_of=self._day,
            accept_stale=self.config.accept_stale,
            config=self._hash,
            engine=ENGINE,
        )

    def with_hits(self, party: Party, hits: tuple[Hit, ...]) -> Screening:
        """The answer for a party found in a text, whose hits are known already."""
        verdict, reasons = self._verdict(hits, ())
        return replace(
            self.nothing_found(party), verdict=verdict, reasons=reasons, hits=hits
        )

    @cached_property
    def _nothing(self) -> tuple[Verdict, tuple[str, ...]]:
        return self._verdict((), ())

    def _hits(self, asked: Subject, ways: Sequence[_Way]) -> tuple[Hit, ...]:
        found = [
            hit
            for entity, names in self._worth_comparing(asked, ways)
            if (hit := self._hit(asked, entity, names)) is not None
        ]
        found.sort(key=lambda hit: (-hit.score, hit.entity.id))
        most = self.config.most_hits
        if len(found) > most:
            # Never between equals: the listed namesake left out might be the one.
            least = found[most - 1].score
            found = [hit for hit in found if hit.score >= least]
        return tuple(found)

    def _passed_over(self, hit: Hit) -> bool:
        """A weak alias and nothing else that could tell its bearer from others."""
        return hit.weak and not (
            self.config.weak_alone or _supported(hit.entity.kind, hit.evidence)
        )

    def _worth_comparing(
        self, asked: Subject, ways: Sequence[_Way]
    ) -> list[tuple[int, tuple[NameMatch, str, str] | None]]:
        """Entities to look at, with the best pair of names where names led there."""
        index = self.compiled.index
        best: dict[int, tuple[float, tuple[NameMatch, str, str]]] = {}
        equal: set[int] = set()
        for form, reading, candidates in ways:
            if not candidates:
                continue
            for candidate in candidates:
                pair = self._compared(asked, form, candidate)
                if reading is not None:
                    pair = read_so(pair, reading)
                value = name_alone(pair[0])
                if value < candidate.needed:
                    continue
                for entity in index.bearers(candidate.name):
                    if entity not in best or best[entity][0] < value:
                        best[entity] = (value, pair)
                    if candidate.estimate == 1.0:
                        equal.add(entity)
        numbered = {
            entity
            for number in asked.numbers
            for entity in index.with_identifier(number.normal)
        }
        ranked = sorted(best, key=lambda entity: (-best[entity][0], entity))
        chosen = dict.fromkeys(ranked[:_LOOKED_AT])
        chosen |= dict.fromkeys(sorted(equal | numbered))
        return [
            (entity, best[entity][1] if entity in best else None) for entity in chosen
        ]

    def _read_every_way(
        self, asked: Subject
    ) -> Iterator[tuple[NameForm, Reading | None]]:
        """The names as written, then as they read with tricks undone."""
        for form in asked.names:
            yield form, None
        for form in asked.names:
            for reading in reread(form, asked.kind, self.compiled.index):
                yield analyse(reading.text, asked.kind), reading

    def _compared(
        self, asked: Subject, query: NameForm, candidate: Candidate
    ) -> tuple[NameMatch, str, str]:
        index = self.compiled.index
        text, kind = index.text(candidate.name), index.kind(candidate.name)
        sort = kind_compared(asked.kind, kind)
        return compare(query, analyse(text, kind), sort), query.text, text

    def _hit(
        self,
        asked: Subject,
        number: int,
        names: tuple[NameMatch, str, str] | None,
    ) -> Hit | None:
        wanted = self.config.publishers
        if wanted and not any(
            self._file_publishers[file] in wanted
            for file in self.compiled.files_of(number)
        ):
            return None
        entity, listed = self._listed(number)
        if names is None:
            names = best_names(asked, of_entity(entity))
        scored = score(asked, listed, names=names)
        if scored.score < self.config.threshold:
            return None
        weak = _only_weak(entity, scored)
        if weak and not (
            self.config.weak_alone or _supported(entity.kind, scored.evidence)
        ):
            # The alias alone makes no hit; another name of the same entity may.
            strong = of_entity(entity, quality=Quality.STRONG)
            ways = tuple(form for form, _ in self._read_every_way(asked))
            best = best_names(replace(asked, names=ways), strong)
            other = score(asked, listed, names=best)
            if other.score >= self.config.threshold:
                scored, weak = other, False
        return Hit(
            score=scored.score,
            entity=entity,
            evidence=scored.evidence,
            certain=scored.score >= self.config.stop and _sure(scored),
            weak=weak,
        )

    def _read(self, number: int) -> tuple[Entity, Subject]:
        entity = self.compiled.entity(number)
        return entity, of_entity(entity, named=False)

    def _verdict(
        self, hits: Sequence[Hit], problems: Sequence[Problem]
    ) -> tuple[Verdict, tuple[str, ...]]:
        reasons: list[str] = []
        if certain := [hit for hit in hits if hit.certain]:
            reasons.append(
                f"{len(certain)} certain match(es), first {certain[0].entity.id}"
            )
        if doubtful := len(hits) - len(certain):
            reasons.append(f"{doubtful} possible match(es) to look at")
        reasons += [f"{problem.code}: {problem.message}" for problem in problems]
        reasons += self._doubts
        if certain:
            return Verdict.STOP, tuple(reasons)
        if reasons:
            return Verdict.REVIEW, tuple(reasons)
        return Verdict.CLEAR, self._clear

    def doubts(self) -> list[str]:
        """Why no answer of this screener can be `clear`: missing or stale lists."""
        return list(self._doubts)

    @cached_property
    def _clear(self) -> tuple[str, ...]:
        return (f"no match in {'; '.join(map(str, self.lists))}",)

    @cached_property
    def _doubts(self) -> list[str]:
        doubts = [f"list missing: {name}" for name in self.missing]
        if not self.lists:
            doubts.append("no list was asked")
        if not self.config.accept_stale:
            doubts += [
                f"list stale on {self.as_of}: {used.publisher}/{used.list} as "
                f"published {used.published}"
                for used in self.lists
                if used.stale
            ]
        return doubts


def with_problems(screening: Screening, problems: Sequence[Problem]) -> Screening:
    """The screening with what was wrong with its row; such a row is never clear.

    Facts of a row that the engine has no use for are only noted.
    """
    if not problems:
        return screening
    known = {problem.code for problem in screening.problems}
    fresh = tuple(problem for problem in problems if problem.code not in known)
    reasons = tuple(
        f"{problem.code}: {problem.message}"
        for problem in fresh
        if problem.code not in _NOTES
    )
    clear = screening.verdict is Verdict.CLEAR and bool(reasons)
    return replace(
        screening,
        verdict=Verdict.REVIEW if clear else screening.verdict,
        problems=screening.problems + fresh,
        reasons=(reasons if clear else screening.reasons + reasons),
    )


def _problems_of_names(asked: Subject) -> tuple[Problem, ...]:
    """What is wrong with the names themselves; any of it forbids `clear`."""
    problems: list[Problem] = []
    for form in asked.names:
        if not form.text.strip():
            message = "the name is empty: nothing was compared"
            problems.append(Problem("empty_name", message, "", "name", form.text))
        elif not form.tokens:
            message = "the name holds no letter or digit that can be compared"
            problems.append(Problem("unreadable_name", message, "", "name", form.text))
        elif len(form.key) < 2 or len(form.text.strip()) < 2:
            message = "a name of one character cannot be told from others"
            problems.append(Problem("short_name", message, "", "name", form.text))
        problems += problems_of_text(form)
        if form.cut:
            message = "the name is too long: only its beginning was compared"
            problems.append(Problem("long_name", message, "", "name", form.text))
        for trick in form.tricks:
            if trick.kind == "compatibility":
                continue
            code, message = f"hidden_{trick.kind}", f"{trick}: someone may be hiding it"
            problems.append(Problem(code, message, "", "name", form.text))
    return tuple(problems)


_SUPPORT = frozenset({"identifier", "birth_date", "birth_place"})


def _sure(scored: Scored) -> bool:
    """More than names and a country agrees: an identifier, or a birth date."""
    return any(
        (item.feature == "identifier" and item.agreement == 1.0)
        or (item.feature == "birth_date" and item.agreement >= _SURE_DATE)
        for item in scored.evidence
    )


def _supported(kind: Kind, evidence: Sequence[Evidence]) -> bool:
    """More than a name agrees: for a person, more than a name and a country."""
    support = _SUPPORT if kind is Kind.PERSON else _SUPPORT | {"country"}
    return any(
        item.feature in support and item.agreement >= _SURE_DATE for item in evidence
    )


def _only_weak(entity: Entity, scored: Scored) -> bool:
    """Whether the listed spelling that agrees is one its publisher calls weak."""
    listed = scored.evidence[0].listed
    found = [name for name in entity.names if name.text == listed]
    return bool(found) and all(name.quality is Quality.WEAK for name in found)
