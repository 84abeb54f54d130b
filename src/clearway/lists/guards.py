"""What must be true of a list before it may go live. Pure: counts and dates in.

A guard that fails keeps the last good version in use. Some failures a person may
accept after looking (a publisher did delist a twentieth of its entries); others
mean that this is not the list, and nothing makes it acceptable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from clearway.lists.census import Census
from clearway.lists.overlap import Overlap

SHRINK_PERCENT = 5
"""A list, or one kind of entity in it, may lose this much of a hundred unasked."""

POORER_PERCENT = 5
"""A fill rate may fall by this much of itself unasked: from .80 to .76."""

SMALL = 20
"""Under so many, a few entries more or less say nothing about the list's health."""

_DAYS_AHEAD = 2  # publishers east of Greenwich date a list a day before UTC does

_CARRIED = (
    ("with_birth_date", "birth dates"),
    ("identifiers", "identifiers"),
    ("aliases", "aliases"),
    ("weak_names", "weak aliases"),
    ("addresses", "addresses"),
    ("with_country", "countries"),
)

# (part, whole, what it is called, what the rate means); both as fields of Census.
_RATES = (
    (
        "persons_with_birth_date",
        "persons",
        "birth dates",
        "of 100 persons have one",
    ),
    ("with_identifier", "entities", "identifiers", "of 100 entities have one"),
    ("identifiers", "entities", "identifiers", "for 100 entities"),
    ("with_alias", "entities", "aliases", "of 100 entities have one"),
    ("aliases", "entities", "aliases", "for 100 entities"),
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the guards see of one edition of a list.

    `dated_by_arrival` says that `published` is only the day it was retrieved.
    """

    publisher: str
    list: str
    published: date
    sha256: str
    census: Census
    dated_by_arrival: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a list must not go live; `acceptable` if a person may say it may."""

    text: str
    acceptable: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the guards found: reasons against, and notes that hinder nothing."""

    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()

    def refusals(self, *, accept: bool = False) -> tuple[str, ...]:
        """The sentences that stand in the way; none means the list may go live."""
        return tuple(
            reason.text
            if not reason.acceptable
            else f"{reason.text}; --accept takes it all the same"
            for reason in self.reasons
            if not (accept and reason.acceptable)
        )

    def accepted(self) -> tuple[str, ...]:
        """What a person takes upon themselves by accepting."""
        return tuple(reason.text for reason in self.reasons if reason.acceptable)


def judge(
    new: Snapshot,
    in_use: Snapshot | None,
    *,
    today: date,
    history: bool = False,
    expected: tuple[str, str] | None = None,
    common: Overlap | None = None,
) -> Judgement:
    """Hold a new edition against the one in use.

    `today` is the day of retrieval. `history` files an older edition without making
    it current, so what is true of later editions is not asked of it. `expected` is
    the publisher and list that was asked for, where that is known. `common` counts what
    the entries of both carry; without it the averages of the whole lists are compared.
    """
    wanted = expected or ((in_use.publisher, in_use.list) if in_use else None)
    reasons = [*_wrong_list(new, wanted), *_empty(new.census), *_ahead(new, today)]
    notes: list[str] = []
    if in_use is not None and not reasons:
        reasons += _age(new, in_use, history)
        if not history:
            reasons += [*_shrunk(new.census, in_use.census)]
            reasons += [*_poorer(new.census, in_use.census, common)]
        if new.published == in_use.published and new.sha256 != in_use.sha256:
            notes.append(
                f"published on the same day as the version in use ({new.published}) "
                "with different content: a corrected edition"
            )
    return Judgement(tuple(reasons), tuple(notes))


def _wrong_list(new: Snapshot, wanted: tuple[str, str] | None) -> Iterable[Reason]:
    if wanted is not None and (new.publisher, new.list) != wanted:
        yield Reason(
            f"this is the list {new.publisher}/{new.list}, not {'/'.join(wanted)}"
        )


def _empty(census: Census) -> Iterable[Reason]:
    if not census.entities:
        yield Reason("the list is empty: no entry could be read from it")
    elif not census.names:
        yield Reason("none of its entries has a name")


def _ahead(new: Snapshot, today: date) -> Iterable[Reason]:
    if new.published > today + timedelta(days=_DAYS_AHEAD):
        yield Reason(
            f"it is dated {new.published}, after the day it was retrieved ({today}); "
            "if that is so, the clock of this machine is wrong",
            acceptable=True,
        )


def _age(new: Snapshot, in_use: Snapshot, history: bool) -> list[Reason]:
    if new.sha256 == in_use.sha256:
        return []  # the same file, perhaps dated better
    if not history and new.published < in_use.published:
        redate = (
            ", which carries no date of its own: add it again with --published DATE, "
            "if it is older than it came"
        )
        return [
            Reason(
                f"published {new.published}, older than the version in use "
                f"({in_use.published}{redate if in_use.dated_by_arrival else ''}); "
                "--history files it for questions about its day"
            )
        ]
    if history and new.published > in_use.published:
        return [
            Reason(
                f"published {new.published}, newer than the version in use "
                f"({in_use.published}); --history is for older ones, leave it out"
            )
        ]
    return []


def _shrunk(new: Census, old: Census) -> Iterable[Reason]:
    if _fell(old.entities, new.entities, SHRINK_PERCENT):
        yield _fewer("entities", old.entities, new.entities)
    for kind, before in sorted(old.kinds.items()):
        after = new.kinds.get(kind, 0)
        if not after:
            yield Reason(
                f"it has no entity of kind {kind} any more, the version in use "
                f"has {before:,}",
                acceptable=True,
            )
        elif before >= SMALL and _fell(before, after, SHRINK_PERCENT):
            yield _fewer(f"entities of kind {kind}", before, after)


def _fewer(what: str, before: int, after: int) -> Reason:
    percent = 100 * (before - after) / before
    return Reason(
        f"shrunk from {before:,} to {after:,} {what} ({percent:.1f} % fewer, more "
        f"than {SHRINK_PERCENT} %)",
        acceptable=True,
    )


def _poorer(new: Census, old: Census, common: Overlap | None) -> Iterable[Reason]:
    told = set()
    for key, words in _CARRIED:
        before = getattr(old, key)
        if before and not getattr(new, key):
            told.add(words)
            yield Reason(
                f"it carries no {words} any more, the version in use has {before:,}",
                acceptable=True,
            )
    over = ""
    # A publisher that renumbered its entries leaves too few in common to judge by.
    if common is not None and 2 * common.entries >= old.entities:
        old, new = common.before, common.after
        over = f", over the {common.entries:,} entries both have"
    for part, whole, words, meaning in _RATES:
        had, of, has, of_now = (
            getattr(census, key) for census in (old, new) for key in (part, whole)
        )
        if words in told or had < SMALL or not (of and of_now):
            continue
        # Compared as cross products, so that no rounding decides.
        if _fell(had * of_now, has * of, POORER_PERCENT):
            told.add(words)
            yield Reason(
                f"poorer in {words}: {100 * has / of_now:.1f} {meaning}, the version "
                f"in use has {100 * had / of:.1f}{over}",
                acceptable=True,
            )


def _fell(before: int, after: int, percent: int) -> bool:
    return (before - after) * 100 > percent * before
