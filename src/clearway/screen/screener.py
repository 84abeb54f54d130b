"""Check a party: retrieve, score, decide. Deciding never reads a clock or a file."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from clearway import __version__
from clearway.index.index import Candidate
from clearway.match.names import NameMatch
from clearway.match.score import Scored, best_names, name_alone, score
from clearway.match.subject import Subject, of_entity, of_party
from clearway.model import Entity, Party, Problem, Quality
from clearway.names.analyse import analyse
from clearway.screen.compiled import CompiledSet
from clearway.screen.config import Configuration
from clearway.screen.screening import Hit, ListUsed, Screening, Verdict

ENGINE = f"clearway {__version__}"
_LOOKED_AT = 40
"""Entities whose other facts are compared, beside those equal word for word."""
_HOPELESS = 0.40
"""Names scoring below this are not brought to review by any other evidence."""
_CACHED_ENTITIES = 20_000


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
    ) -> None:
        """Everything the answer depends on is given here, none of it is looked up."""
        self.config = config or Configuration()
        wanted = self.config.publishers
        self.lists = tuple(
            used for used in lists if not wanted or used.publisher in wanted
        )
        self.as_of = as_of
        self.missing = tuple(missing)
        self.compiled = compiled
        self._listed = lru_cache(maxsize=_CACHED_ENTITIES)(self._read)

    def check(self, party: Party | str) -> Screening:
        """The whole answer for one party; a bare string is a name."""
        if isinstance(party, str):
            party = Party(party)
        asked, problems = of_party(party)
        problems += _problems_of_names(asked)
        hits = self._hits(asked)
        verdict, reasons = self._verdict(hits, problems)
        return Screening(
            verdict=verdict,
            party=party,
            hits=hits,
            problems=problems,
            lists=self.lists,
            reasons=reasons,
            as_of=self.as_of.isoformat(),
            accept_stale=self.config.accept_stale,
            config=self.config.hash(),
            engine=ENGINE,
        )

    def check_many(self, parties: Iterable[Party | str]) -> Iterator[Screening]:
        """One answer after the other, in the order asked."""
        return (self.check(party) for party in parties)

    def _hits(self, asked: Subject) -> tuple[Hit, ...]:
        found = [
            hit
            for entity, names in self._worth_comparing(asked)
            if (hit := self._hit(asked, entity, names)) is not None
        ]
        found.sort(key=lambda hit: (-hit.score, hit.entity.id))
        return tuple(found[: self.config.most_hits])

    def _worth_comparing(
        self, asked: Subject
    ) -> list[tuple[int, tuple[NameMatch, str, str] | None]]:
        """Entities to look at, with the best pair of names where names led there."""
        best: dict[int, tuple[float, tuple[NameMatch, str, str]]] = {}
        equal: set[int] = set()
        for form in asked.names:
            for candidate in self.compiled.index.candidates(form):
                pair = self._compared(asked, form.text, candidate)
                value = name_alone(pair[0])
                if value < _HOPELESS:
                    continue
                for entity in self.compiled.index.bearers(candidate.name):
                    if entity not in best or best[entity][0] < value:
                        best[entity] = (value, pair)
                    if candidate.estimate == 1.0:
                        equal.add(entity)
        numbered = {
            entity
            for number in asked.numbers
            for entity in self.compiled.index.with_identifier(number.normal)
        }
        ranked = sorted(best, key=lambda entity: (-best[entity][0], entity))
        chosen = dict.fromkeys(ranked[:_LOOKED_AT])
        chosen |= dict.fromkeys(sorted(equal | numbered))
        return [
            (entity, best[entity][1] if entity in best else None) for entity in chosen
        ]

    def _compared(
        self, asked: Subject, query: str, candidate: Candidate
    ) -> tuple[NameMatch, str, str]:
        index = self.compiled.index
        text, kind = index.text(candidate.name), index.kind(candidate.name)
        mine = Subject(asked.kind, (analyse(query, asked.kind),))
        return best_names(mine, Subject(kind, (analyse(text, kind),)))

    def _hit(
        self,
        asked: Subject,
        number: int,
        names: tuple[NameMatch, str, str] | None,
    ) -> Hit | None:
        entity, listed = self._listed(number)
        if self.config.publishers and not any(
            listing.publisher in self.config.publishers for listing in entity.listings
        ):
            return None
        scored = score(asked, listed, names=names)
        if scored.score < self.config.threshold:
            return None
        return Hit(
            score=scored.score,
            entity=entity,
            evidence=scored.evidence,
            certain=scored.score >= self.config.stop,
            weak=_only_weak(entity, scored),
        )

    def _read(self, number: int) -> tuple[Entity, Subject]:
        entity = self.compiled.entity(number)
        return entity, of_entity(entity)

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
        reasons += self.doubts()
        if certain:
            return Verdict.STOP, tuple(reasons)
        if reasons:
            return Verdict.REVIEW, tuple(reasons)
        named = "; ".join(map(str, self.lists))
        return Verdict.CLEAR, (f"no match in {named}",)

    def doubts(self) -> list[str]:
        """Why no answer of this screener can be `clear`: missing or stale lists."""
        doubts = [f"list missing: {name}" for name in self.missing]
        if not self.lists:
            doubts.append("no list was asked")
        if not self.config.accept_stale:
            doubts += [
                f"list stale on {self.as_of}: {used}"
                for used in self.lists
                if used.stale
            ]
        return doubts


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
        elif len(form.key) < 2:
            message = "a name of one character cannot be told from others"
            problems.append(Problem("short_name", message, "", "name", form.text))
        if form.cut:
            message = "the name is too long: only its beginning was compared"
            problems.append(Problem("long_name", message, "", "name", form.text))
        for trick in form.tricks:
            if trick.kind == "compatibility":
                continue
            code, message = f"hidden_{trick.kind}", f"{trick}: someone may be hiding it"
            problems.append(Problem(code, message, "", "name", form.text))
    return tuple(problems)


def _only_weak(entity: Entity, scored: Scored) -> bool:
    """Whether the listed spelling that agrees is one its publisher calls weak."""
    listed = scored.evidence[0].listed
    found = [name for name in entity.names if name.text == listed]
    return bool(found) and all(name.quality is Quality.WEAK for name in found)
