"""A document checked: whom the lists name in it, which places and laws it speaks of.

A document mentions; it does not deal. So nothing in it stops: a listed entity that is
named is a `review` with its mentions, for a person to say what it means; a place in or
near a territory under embargo, and a law that is named, are told and explained.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from clearway.documents.document import Document
from clearway.documents.finding import Found, find
from clearway.documents.instruments import Instrument, instruments_in
from clearway.documents.markup import marked_up
from clearway.model import PartialDate, Party, Problem
from clearway.names.places import PlaceFound, places_in
from clearway.rules import RuleBook, law
from clearway.screen.screening import Hit, ListUsed, Verdict

if TYPE_CHECKING:
    from clearway.screen.screener import Screener

_EXCERPT = 300
_UNSPACED = re.compile(
    "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
)
_FEW_LETTERS = 8
"""Letters of scripts without spaces below which they are a name or a brand."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity named in a document: where, how often, and the hits it stands for.

    `hits` has one for each list record its words may mean, scored by the mention that
    fits best; empty for names too weak to say who is meant.
    """

    found: Found
    hits: tuple[Hit, ...]

    @property
    def alerts(self) -> bool:
        """Whether it is to be acted upon, and not merely told."""
        return self.found.alerts


@dataclass(frozen=True, slots=True)
class LawNamed:
    """A law that the text names: the day it means, the rules that rest on it."""

    instrument: Instrument
    means: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentScreening:
    """The whole answer for a document; the same document, the same bytes."""

    verdict: Verdict
    document: Document
    named: tuple[Named, ...]
    places: tuple[PlaceFound, ...]
    laws: tuple[LawNamed, ...]
    problems: tuple[Problem, ...]
    reasons: tuple[str, ...]
    lists: tuple[ListUsed, ...]
    as_of: str
    rules: str
    config: str
    engine: str

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain values in a fixed order."""
        return {
            "verdict": str(self.verdict),
            "document": self.document.name,
            "title": self.document.title,
            "named": [self._named(one) for one in self.named],
            "places": [asdict(place) for place in self.places],
            "laws": [
                {
                    "text": one.instrument.text,
                    "start": one.instrument.start,
                    "end": one.instrument.end,
                    "means": one.means,
                    "rules": list(one.rules),
                }
                for one in self.laws
            ],
            "problems": [problem.to_dict() for problem in self.problems],
            "reasons": list(self.reasons),
            "as_of": self.as_of,
            "lists": [asdict(used) for used in self.lists],
            "rules": self.rules,
            "engine": self.engine,
            "config": self.config,
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """Canonical JSON: the same screening, the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_html(self) -> str:
        """The document marked up: each hit with its evidence."""
        listed = [
            "; ".join(f"{hit.entity.name} ({hit.entity.id})" for hit in one.hits)
            for one in self.named
        ]
        found = [one.found for one in self.named]
        document = replace(self.document, problems=self.problems)
        return marked_up(document, found, listed=listed)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Rows for a table: one for each mention of an entity that alerts."""
        base = {"is": "document", "reference": self.document.title}
        for one in self.named:
            best = one.hits[0] if one.hits else None
            for mention in one.found.mentions if one.alerts else ():
                yield base | {
                    "what": "hit",
                    "text": mention.text,
                    "path": f"page {mention.page}" if mention.page else "",
                    "start": mention.start,
                    "end": mention.end,
                    "score": one.found.score,
                    "entity_id": best.entity.id if best else "",
                    "entity_name": one.found.name,
                    "shown": mention.how,
                    "says": self.sentence(mention.sentence.start, mention.sentence.end),
                }
        for place in self.territories:
            yield base | {
                "what": "mention",
                "text": place.name,
                "start": place.start,
                "end": place.end,
                "says": place.why,
            }
        for problem in self.problems:
            yield base | {
                "what": "problem",
                "rule": problem.code,
                "says": problem.message,
                "path": problem.position,
            }

    @property
    def territories(self) -> tuple[PlaceFound, ...]:
        """Places in or near a territory under embargo."""
        return tuple(place for place in self.places if place.territory)

    def sentence(self, start: int, end: int) -> str:
        """A sentence of the text on one line, cut where it is very long."""
        said = " ".join(self.document.text[start:end].split())
        return said if len(said) <= _EXCERPT else said[: _EXCERPT - 1] + "…"

    def _named(self, one: Named) -> dict[str, Any]:
        found = one.found
        return {
            "name": found.name,
            "kind": str(found.kind),
            "alerts": found.alerts,
            "score": found.score,
            "why": list(found.reasons),
            "mentions": found.count,
            "collapsed": found.collapsed,
            "hits": [hit.to_dict() for hit in one.hits],
            "at": [
                {
                    "start": mention.start,
                    "end": mention.end,
                    "text": mention.text,
                    "how": mention.how,
                    "page": mention.page,
                    "sentence": self.sentence(
                        mention.sentence.start, mention.sentence.end
                    ),
                }
                for mention in found.mentions
            ],
        }


def check_document(
    screener: "Screener", document: Document, book: RuleBook | None = None
) -> DocumentScreening:
    """Check one document, with the lists of the screener's day."""
    book = book or law()
    found = find(document, screener.compiled.index)
    named = tuple(
        Named(one, hits)
        for one, hits in zip(found, _hits(screener, found), strict=True)
        if one.alerts is False or hits
    )
    day = _day(document) or screener.as_of
    places = _places(document, day)
    laws = tuple(_law(one, day, book) for one in instruments_in(document.text))
    problems = (*document.problems, *_unread_scripts(document))
    verdict, reasons = _verdict(screener, problems, named)
    return DocumentScreening(
        verdict=verdict,
        document=document,
        named=named,
        places=places,
        laws=laws,
        problems=problems,
        reasons=reasons,
        lists=screener.lists,
        as_of=screener.as_of.isoformat(),
        rules=book.version,
        config=screener.config.hash(),
        engine=screener.nothing_found(Party("")).engine,
    )


def _unread_scripts(document: Document) -> tuple[Problem, ...]:
    """Says of scripts without spaces that names in them are found as listed only."""
    letters = _UNSPACED.findall(document.text)
    if len(letters) < _FEW_LETTERS:
        return ()
    message = (
        "much of the text is Chinese, Japanese, Korean or Thai: names in it are found "
        "only where a list gives them so; have somebody who reads it look at it"
    )
    return (Problem("names_unread", message, document.name),)


def _hits(screener: "Screener", found: Sequence[Found]) -> list[tuple[Hit, ...]]:
    """What each entity found stands for, scored by the mention that fits best."""
    asked = [one for one in found if one.alerts]
    texts = [_best_text(one) for one in asked]
    screenings = iter(
        screener.lists_only.check_batch(
            [Party(text, kind=one.kind) for text, one in zip(texts, asked, strict=True)]
        )
        if asked
        else ()
    )
    out: list[tuple[Hit, ...]] = []
    for one in found:
        if not one.alerts:
            out.append(())
            continue
        scored = {hit.entity.id: hit for hit in next(screenings).hits}
        entities = [screener.compiled.entity(number) for number in one.entities]
        wanted = screener.config.publishers
        hits = [
            scored.get(entity.id) or Hit(round(one.score, 4), entity, ())
            for entity in entities
            if not wanted or any(ls.publisher in wanted for ls in entity.listings)
        ]
        out.append(tuple(sorted(hits, key=lambda hit: (-hit.score, hit.entity.id))))
    return out


def _best_text(found: Found) -> str:
    """The mention that says most: the whole name, as spelt, longest."""
    order = ("exact", "misspelt", "partial", "surname")
    best = min(found.mentions, key=lambda m: (order.index(m.how), -len(m.text)))
    return " ".join(best.text.split())


def _day(document: Document) -> date | None:
    try:
        return PartialDate.parse(document.date[:10]).latest if document.date else None
    except ValueError:
        return None


def _places(document: Document, day: date) -> tuple[PlaceFound, ...]:
    """Each place once for each name it has, where it stands first."""
    first: dict[tuple[str, str, str], PlaceFound] = {}
    for place in places_in(document.text, day=day):
        first.setdefault((place.territory, place.country, place.name), place)
    return tuple(first.values())


def _law(instrument: Instrument, day: date, book: RuleBook) -> LawNamed:
    """What a law that is named means on the day of the text."""
    number, means = instrument.number, instrument.date
    if instrument.kind == "executive_order" and not number:
        number, means = _order_of(instrument.date, day, book)
    keys = {f"EO{number}"} if number and instrument.kind == "executive_order" else set()
    rules = tuple(
        rule.id
        for rule in book.rules
        if keys & set(rule.law.sources) or _cites(rule.law.cite, instrument)
    )
    told = f"E.O. {number}" if keys else instrument.ident
    return LawNamed(instrument, f"{told} {means}".strip(), rules)


def _order_of(month: str, day: date, book: RuleBook) -> tuple[str, str]:
    """The order of a month, by the events the rule book knows.

    A month without a year is the last such month before the text.
    """
    if len(month) == 2 and month.isdigit():
        year = day.year if int(month) <= day.month else day.year - 1
        month = f"{year}-{month}"
    for event in book.events:
        order = re.search(r"E\.O\. (\d+)", event.says)
        if month and str(event.day).startswith(month) and order:
            return order[1], str(event.day)
    return "", month


def _cites(cite: str, instrument: Instrument) -> bool:
    if instrument.kind == "section":
        return f"s.{instrument.number}(" in cite and "14024" in cite
    if instrument.kind == "directive":
        return f"Directive {instrument.number}" in cite
    return bool(instrument.number) and instrument.number in cite


def _verdict(
    screener: "Screener", problems: Sequence[Problem], named: Sequence[Named]
) -> tuple[Verdict, tuple[str, ...]]:
    nothing = screener.nothing_found(Party(""))
    verdict, reasons = nothing.verdict, list(nothing.reasons)
    if alerting := [one for one in named if one.alerts]:
        verdict = Verdict.REVIEW
        mentions = sum(one.found.count for one in alerting)
        reasons = [
            f"names {len(alerting)} listed {_entities(len(alerting))} in {mentions} "
            "mention(s): to name someone is no dealing; look at what the text says",
            *[reason for reason in reasons if not reason.startswith("no match")],
        ]
    if problems:
        verdict = Verdict.REVIEW
        codes = ", ".join(dict.fromkeys(p.code for p in problems))
        reasons.append(f"{len(problems)} problem(s) in the document: {codes}")
    return verdict, tuple(reasons)


def _entities(count: int) -> str:
    return "entity" if count == 1 else "entities"
