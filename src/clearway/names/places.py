"""Places named in a text: territories under embargo, their towns, and countries.

A place name alone is a reason to look, never a finding: there is a Donetsk in Rostov
oblast, a Sevastopol street in many towns, and news reports name places all day. So
every place is found with a strength: `named` (the territory or country itself is
named), `addressed` (a town, with a country, region or postal code that confirms it) or
`mentioned` (a name alone). Names written in pieces are for `narrative.hidden_place`.
The gazetteer is read by `territories`, the words of a text by `mentions`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Generic, TypeVar

from clearway.names import countries
from clearway.names.fold import fold
from clearway.names.mentions import (
    LONGEST_PHRASE,
    NEAR,
    Match,
    Word,
    phrases_in,
    postal_codes_in,
    words_in,
    written_in,
)
from clearway.names.territories import Territory, gazetteer

Thing = TypeVar("Thing")
STRENGTHS = ("named", "addressed", "mentioned")
"""From the surest."""


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place that a text names, from `start` to `end` in it (offsets in characters).

    Either `territory` (an id such as `UA-CRIMEA`) or `country` (ISO alpha-2, lower
    case) is set. `name` is the usual name of what was found; `why` says in words what
    makes it `strength`; `port` that it is a seaport.
    """

    territory: str
    country: str
    name: str
    start: int
    end: int
    strength: str
    why: str
    port: bool = False


_ADDRESS = 45
# Between the parts of an address stand no small words and no ends of sentences.
_PROSE = re.compile(
    r"[^\W\d_]{3,}[.!?]\s|[;\u3002]|\n\s*\n|\b(?=[^\W\d_]{4})[a-zа-яіїєґ]+\b"
)
_STREET = re.compile(
    "street|st|str|ulitsa|ulica|ul|vulytsia|vul|avenue|ave|prospekt|prospect|pr|square|"
    "boulevard|blvd|bulvar|lane|road|rd|ploshchad|shosse|pereulok"
)
_PORT = frozenset({"port", "harbour", "harbor", "haven", "seaport", "terminal"})


def places_in(
    text: str, country: str | None = None, *, day: date | None = None
) -> tuple[PlaceFound, ...]:
    """The places that a text names, in their order.

    `country` is the country given apart from the text (ISO alpha-2 or a name), such as
    that of an address. `day` tells on which side of the line of control a town lay,
    where that is known by day; without it, as last seen.
    """
    words = words_in(text)
    given = countries.code(country) if country else ""
    matches = (
        phrases_in(text, words, day) + written_in(text, day) + postal_codes_in(text)
    )
    if not matches and _country_words().isdisjoint(word.text for word in words):
        return ()
    named = tuple(_countries(words, matches))
    said = [
        (found.country, found.start, found.end)
        for found in named
        if found.strength == "named"
    ]
    said += [(m.owner, m.start, m.end) for m in matches if m.kind == "country"]
    scene = _Scene.of(text, matches, said, given)
    found = [place for match in matches for place in scene.judged(match)]
    found += named
    return tuple(sorted(_surest(found), key=lambda place: (place.start, place.end)))


def _surest(found: Iterable[PlaceFound]) -> list[PlaceFound]:
    """One of several answers for the same words and place."""
    best: dict[tuple[str, str, int], PlaceFound] = {}
    for place in found:
        key = (place.territory, place.country, place.start)
        before = best.get(key)
        if before is None or _rank(place) < _rank(before):
            best[key] = place
    return list(best.values())


def _rank(place: PlaceFound) -> int:
    return STRENGTHS.index(place.strength)


class _Ordered(Generic[Thing]):
    """Things of a text that can be had by place: a long text is not gone through anew
    for each of them.
    """

    def __init__(
        self, things: Sequence[Thing], spans: Sequence[tuple[int, int]]
    ) -> None:
        self._things = things
        self._order = sorted(range(len(things)), key=lambda n: spans[n])
        self._starts = [spans[n][0] for n in self._order]
        self._longest = max((end - start for start, end in spans), default=0)

    def near(self, start: int, end: int, away: int) -> list[Thing]:
        """Those so far away at most from a stretch, and perhaps some more; in the order
        in which they were given.
        """
        low = bisect_left(self._starts, start - away - self._longest)
        high = bisect_right(self._starts, end + away)
        return [self._things[n] for n in sorted(self._order[low:high])]


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that a text says of places, for judging each by what stands around it."""

    text: str
    matches: "_Ordered[Match]"
    countries: "_Ordered[tuple[str, int, int]]"
    """Countries named: code, start, end."""
    given: str

    @classmethod
    def of(
        cls,
        text: str,
        matches: Sequence[Match],
        said: Sequence[tuple[str, int, int]],
        given: str,
    ) -> "_Scene":
        """The scene of a text, what stands in it put in the order of places."""
        return cls(
            text,
            _Ordered(matches, [(match.start, match.end) for match in matches]),
            _Ordered(said, [(start, end) for _, start, end in said]),
            given,
        )

    def _with(self, match: Match, *codes: str) -> str:
        """Which of these countries is given, or beside a place as in an address."""
        if self.given in codes:
            return self.given
        for code, start, end in self.countries.near(match.start, match.end, _ADDRESS):
            if code in codes:
                between = self.text[min(end, match.end) : max(start, match.start)]
                if len(between) <= _ADDRESS and not _PROSE.search(between):
                    return code
        return ""

    def judged(self, match: Match) -> Iterator[PlaceFound]:
        """What one match comes to; nothing, where another place is meant."""
        if match.kind in ("postal", "zip"):
            judge = self._of_code
        elif match.kind == "country":
            judge = self._of_country
        elif match.kind == "outright":
            judge = self._of_outright
        elif match.kind == "short":
            judge = self._of_short
        elif match.kind == "oblast":
            judge = self._of_oblast
        elif match.kind == "place":
            judge = self._of_place
        else:
            return
        if answer := judge(match):
            yield self._found(match, *answer)

    def _found(self, match: Match, strength: str, why: str) -> PlaceFound:
        owner = gazetteer().territories[match.owner]
        return PlaceFound(
            territory="" if owner.is_country else owner.id,
            country=owner.id if owner.is_country else "",
            name=match.name,
            start=match.start,
            end=match.end,
            strength=strength,
            why=why,
            port=match.name in owner.ports,
        )

    def _near(self, match: Match, *kinds: str, own: bool = True) -> list[Match]:
        return [
            other
            for other in self.matches.near(match.start, match.end, NEAR)
            if other.kind in kinds
            and other is not match
            and match.beside(other)
            and (other.owner == match.owner) is own
        ]

    def _of_country(self, match: Match) -> tuple[str, str]:
        return "named", f"names {gazetteer().territories[match.owner].label}"

    def _of_outright(self, match: Match) -> tuple[str, str]:
        if self._is_street(match):
            return "mentioned", "stands in the name of a street"
        return "named", f"names {gazetteer().territories[match.owner].name}"

    def _of_short(self, match: Match) -> tuple[str, str] | None:
        owner = gazetteer().territories[match.owner]
        written = self.text[match.start : match.end]
        if written != written.upper() or self._near(match, "not_short"):
            return None
        own = self._near(match, "place", "outright", "oblast", "context", "oblast_code")
        if own or self._with(match, "ua", "ru"):
            beside = own[0].name if own else "Ukraine or Russia"
            return "named", f"{match.name} beside {beside} is {owner.name}"
        return "mentioned", f"{match.name} may be {owner.name}, or something else"

    def _of_oblast(self, match: Match) -> tuple[str, str] | None:
        if self._near(match, "government"):
            return None
        owner = gazetteer().territories[match.owner]
        return "mentioned", f"the oblast, of which a part is {owner.name}"

    def _of_code(self, match: Match) -> tuple[str, str] | None:
        """A postal code alone: only where the whole range is the territory's."""
        owner = gazetteer().territories.get(match.owner)
        if owner is None or self._near(match, "government"):
            return None
        codes = next(codes for codes in owner.postal if match.name in codes)
        says = f"postal code {match.name} is one of {codes.first} to {codes.last}"
        here = self._with(match, "ua", "ru")
        abroad = self.given not in ("", "ua", "ru")
        if not codes.whole or abroad or self._near(match, "elsewhere"):
            return None
        confirmed = self._near(match, "place", "outright", "oblast", "oblast_code")
        if codes.country == here or (here and len(match.name) == 6) or confirmed:
            return "addressed", f"{says}, {owner.label}"
        return ("mentioned", says) if match.kind == "zip" else None

    def _of_place(self, match: Match) -> tuple[str, str] | None:
        owner = gazetteer().territories[match.owner]
        if self._is_street(match):
            return "mentioned", "stands in the name of a street"
        if owner.is_country:
            return self._of_town_abroad(match, owner)
        homonym = match.name in owner.homonyms
        if homonym and self._is_elsewhere(match, owner):
            return None
        if sure := self._confirmed(match, owner):
            outright = match.name in owner.outright_places
            return ("named" if outright else "addressed"), sure
        if match.name in owner.ordinary:
            return None
        if self.given not in ("", "ua", "ru"):
            return "mentioned", "another country is given"
        if match.name in owner.ports and self._says_port(match):
            return "addressed", "named as a port"
        return "mentioned", "a name alone: a reason to look"

    def _confirmed(self, match: Match, owner: Territory) -> str:
        """What near by shows that this place of the territory is meant, in words."""
        if own := self._near(match, "outright", "oblast", "oblast_code", "context"):
            return f"{match.name} beside {own[0].name}"
        if own := self._near(match, "postal", "zip"):
            return f"{match.name} with postal code {own[0].name}"
        others = [o for o in self._near(match, "place") if o.name != match.name]
        certain = [o for o in others if o.name not in owner.homonyms | owner.ordinary]
        if certain:
            return f"{match.name} beside {certain[0].name}"
        if match.name in owner.ordinary:
            return ""
        if match.name not in owner.homonyms_in_ukraine and self._with(match, "ua"):
            return f"{match.name} with Ukraine"
        if match.name not in owner.homonyms and self._with(match, "ru"):
            return f"{match.name} with Russia"
        return ""

    def _of_town_abroad(self, match: Match, owner: Territory) -> tuple[str, str] | None:
        if self._with(match, owner.id):
            return "addressed", f"{match.name} with {owner.label}"
        if match.name in owner.ordinary:
            return None
        if match.name in owner.ports and self._says_port(match):
            return "addressed", "named as a port"
        return "mentioned", "a name alone: a reason to look"

    def _is_elsewhere(self, match: Match, owner: Territory) -> bool:
        """Whether what stands near shows that a place of the same name is meant."""
        if self.given in owner.elsewhere_countries or self._near(match, "elsewhere"):
            return True
        if self._near(match, "postal", "zip"):
            return False
        return any(
            other.name in owner.elsewhere_codes
            or other.name[:3] in {code[:3] for code in owner.elsewhere_codes}
            or (len(other.name) == 6 and self._with(match, "ru"))
            for other in self._near(match, "postal", "zip", own=False)
            if not other.owner
        )

    def _is_street(self, match: Match) -> bool:
        """Whether a word for a street stands right before or behind the name."""
        before = self.text[max(0, match.start - _WORD_LONG) : match.start]
        after = self.text[match.end : match.end + _WORD_LONG]
        beside = [word.text for word in words_in(before)[-1:]]
        if after[:1] == " ":
            beside += [word.text for word in words_in(after)[:1]]
        return any(map(_STREET.fullmatch, beside))

    def _says_port(self, match: Match) -> bool:
        """Whether a word for a port stands near the name, as on a bill of lading."""
        around = self.text[max(0, match.start - 25) : match.end + _WORD_LONG]
        near = {word.text for word in words_in(around)}
        return not near.isdisjoint(_PORT) or "港" in around


_WORD_LONG = 15


def countries_in(text: str) -> tuple[PlaceFound, ...]:
    """The countries that a text names, in its order, by name or by demonym.

    `named` where the country itself is named (`Iran`, `Russian Federation`),
    `mentioned` where only its people or goods are (`Iranian carpets`).
    """
    words = words_in(text)
    written = [match for match in written_in(text) if match.kind == "country"]
    scene = _Scene.of(text, written, (), "")
    found = [*_countries(words, ()), *(p for m in written for p in scene.judged(m))]
    return tuple(sorted(found, key=lambda place: place.start))


@cache
def _country_words() -> frozenset[str]:
    """Words in the keys of names of countries, for a quick no."""
    keys = countries.countries().keys
    return frozenset(word for key in keys for word in key.split())


_LITTLE = frozenset({"the", "of", "and"})
_DEMONYM = re.compile(r"(?:(?<!st)an|ese|ish|ic|i|ch|ski\w*|skaya|skoe|skoy|skogo)$")


def _countries(words: Sequence[Word], taken: Sequence[Match]) -> Iterator[PlaceFound]:
    keys, known = countries.countries().keys, _country_words()
    spans = [(match.start, match.end) for match in taken if match.kind != "elsewhere"]
    inside = _Ordered(spans, spans)
    at = 0
    while at < len(words):
        step = 1
        if words[at].text in known and not any(
            start <= words[at].start < end
            for start, end in inside.near(words[at].start, words[at].end, 0)
        ):
            for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
                run = words[at : at + length]
                if not _is_country(run, keys):
                    continue
                code = keys[_key(run)]
                yield _country(code, run)
                step = length
                break
        at += step


def _is_country(run: Sequence[Word], keys: Mapping[str, str]) -> bool:
    first, last = run[0].text, run[-1].text
    if len(run) == 1 and (len(first) <= 3 or first in _OTHERWISE):
        return first in _SHORT
    return last not in _LITTLE and _key(run) in keys


_SHORT = frozenset({"uae", "usa", "prc", "drc", "rok", "ksa", "rf"})
"""Of the short names of countries those that are hardly anything else."""
_OTHERWISE = frozenset({"surya"})
"""Folded names in other letters that in Latin ones are commoner as something else."""


def _key(run: Sequence[Word]) -> str:
    return countries.key_of(" ".join(word.text for word in run))


def _country(code: str, run: Sequence[Word]) -> PlaceFound:
    name = countries.name(code)
    words = {word.text for word in run}
    itself = words.issuperset(fold(name).split()) or not _DEMONYM.search(run[-1].text)
    return PlaceFound(
        territory="",
        country=code,
        name=name,
        start=run[0].start,
        end=run[-1].end,
        strength="named" if itself else "mentioned",
        why=f"names {name}"
        if itself
        else f"a word that may mean {name}, or its people",
    )
