"""Words that match otherwise than one to one: joined, moved, cut off, initials.

Each of these takes the places of what it matched out of the words left over.
"""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from clearway.names.analyse import NameForm, Token
from clearway.names.fold import fold
from clearway.names.likeness import consonants, vowel_poor
from clearway.names.words import words

Pair = tuple[float, float, tuple[int, ...], tuple[int, ...], str]
"""A match: agreement, weight, places in the query and in the listed name, the rule."""
LETTER = 0.75
"""What an initial that fits weighs, whatever word it stands for."""
SAYS_NOTHING = frozenset({"legal", "particle", "title"})
SAYS_LITTLE = SAYS_NOTHING | {"generic"}
"""Roles of words that hardly tell one bearer from another."""
_CUT, _MOVED, _INITIALS, _JUMBLED = 0.85, 0.92, 0.85, 0.82
_SLIPPED = 0.85
_ARTICLES = frozenset({"al", "el"})
_ASSIMILATED = 0.95
MOST_PARTICLE = 4
"""Letters of a word up to which it may be a misspelt particle."""
LEAST_JUMBLED = 5
"""Letters of a word from which the same letters in another order are the same word."""


def moved_blank(
    query: Sequence[Token],
    listed: Sequence[Token],
    free_q: set[int],
    free_l: set[int],
) -> list[Pair]:
    """All words left over, whose letters are the same but for the blanks between."""
    left, right = tuple(sorted(free_q)), tuple(sorted(free_l))
    if len(left) < 2 or len(right) < 2:
        return []
    form = "".join([query[n].form for n in left])
    if len(form) < 6 or form != "".join([listed[n].form for n in right]):
        return []
    weight = sum([query[n].weight for n in left])
    free_q.clear()
    free_l.clear()
    return [(_MOVED, weight, left, right, "joined")]


def jumbled(
    query: Sequence[Token],
    listed: Sequence[Token],
    free_q: set[int],
    free_l: set[int],
    least: int,
) -> list[Pair]:
    """Words left over that no list of names knows, of the same letters: `nitPu`.

    As many as `least`, or none.
    """
    out: list[Pair] = []
    rest = sorted(free_l)
    for i in sorted(free_q):
        left = query[i]
        if len(left.form) < LEAST_JUMBLED or left.role != "word" or is_counted(left):
            continue
        for j in rest:
            right = listed[j]
            if right.role == "word" and sorted(left.form) == sorted(right.form):
                weight = max(left.weight, right.weight)
                out.append((_JUMBLED, weight, (i,), (j,), "jumbled"))
                rest.remove(j)
                break
    if len(out) < least:
        return []
    free_q.difference_update(pair[2][0] for pair in out)
    free_l.difference_update(pair[3][0] for pair in out)
    return out


def slipped_particle(
    query: Sequence[Token],
    listed: Sequence[Token],
    free_q: set[int],
    free_l: set[int],
) -> list[Pair]:
    """A particle with a letter too many or another one: `xal-Assad`."""
    for i in sorted(free_q):
        left = query[i]
        if left.role != "word" or len(left.form) > MOST_PARTICLE or is_counted(left):
            continue
        for j in sorted(free_l):
            right = listed[j]
            if right.role != "particle":
                continue
            if OSA.distance(left.form, right.form, score_cutoff=1) == 1:
                free_q.discard(i)
                free_l.discard(j)
                return [(_SLIPPED, right.weight, (i,), (j,), "typo")]
    return []


def initials(
    query: NameForm, listed: NameForm, free_q: set[int], free_l: set[int]
) -> list[Pair]:
    """One word left over whose letters are the initials of all the other name left."""
    for short, long, mine, theirs in (
        (query, listed, free_q, free_l),
        (listed, query, free_l, free_q),
    ):
        if len(mine) != 1 or not theirs:
            continue
        (place,) = mine
        form = short.tokens[place].form
        if not 1 < len(form) < 4 or short.tokens[place].role != "word":
            continue
        rest = [word for n in sorted(theirs) for word in long.tokens[n].form.split()]
        letters = "".join([word[0] for word in rest])
        whole = "".join([word[0] for word in fold(long.text).split()])
        if form == letters or (len(theirs) == 1 and form in whole[: len(form)]):
            ends = ((place,), tuple(sorted(theirs)))
            left, right = ends if short is query else ends[::-1]
            mine.clear()
            theirs.clear()
            return [(_INITIALS, LETTER * len(form), left, right, "initials")]
    return []


def cut_off(
    query: Sequence[Token],
    listed: Sequence[Token],
    free_q: set[int],
    free_l: set[int],
    least: int,
) -> list[Pair]:
    """The last word of a query, cut off by a field too short: `Yury Nikola`.

    `least` letters must be left of it; two words at the end may begin one listed word.
    Takes what it matched out of the words left over.
    """
    last = len(query) - 1
    if last == 0 or last not in free_q or query[last].role != "word":
        return []
    ends = (
        [(last,)] if last < 2 or last - 1 not in free_q else [(last - 1, last), (last,)]
    )
    for end in ends:
        form = "".join([query[n].form for n in end])
        if len(form) < least:
            continue
        # `named aft` begins one form of several words: named after.
        spaced = " ".join([query[n].form for n in end])
        for place in sorted(free_l):
            whole = listed[place].form
            longer = len(whole) > len(form) + 1 or " " in whole
            if longer and (
                whole.startswith(spaced)
                or any(word.startswith(form) for word in (whole, *whole.split()))
            ):
                weight = sum([query[n].weight for n in end]) * 0.5 + 0.3
                free_q.difference_update(end)
                free_l.discard(place)
                return [(_CUT, weight, end, (place,), "cut")]
    form = query[last].form
    for place, token in enumerate(listed):
        # The end of `joint stock compan` belongs to a form that was matched already.
        if (
            token.role in SAYS_LITTLE
            and len(form) >= least
            and any(word.startswith(form) for word in token.form.split())
        ):
            free_q.discard(last)
            return [(_CUT, token.weight, (last,), (place,), "cut")]
    return []


def joined(
    several: Sequence[Token],
    free: Sequence[int],
    one: Sequence[Token],
    single: Sequence[int],
) -> list[Pair]:
    """Neighbours left over in one name that the other writes as a single word."""
    out: list[Pair] = []
    long = [j for j in single if len(one[j].form) > 3]
    if not long:
        return out
    longest = max(len(one[j].form) for j in long) + 1
    for length in (2, 3):
        for at in range(len(free) - length + 1):
            span = tuple(free[at : at + length])
            if span[-1] - span[0] != length - 1:
                continue
            run = [several[n] for n in span]
            form = "".join(token.form for token in run)
            if len(form) > longest:
                continue
            for j in long:
                if value := _written_as_one(run, form, one[j].form):
                    weight = max(sum(token.weight for token in run), one[j].weight)
                    if one[j].role == "generic":
                        weight = one[j].weight  # `indus tries` says no more than one
                    out.append((value, weight, span, (j,), "joined"))
    return out


def _assimilated(form: str) -> str:
    """The article as it is said before most consonants: `assadr` of `alsadr`."""
    return form[0] + form[2:3] + form[2:]


def is_counted(word: Token) -> bool:
    """Whether a word is known to be a name, or part of names, in its own right."""
    return word.form in words().frequency


def _written_as_one(run: Sequence[Token], form: str, single: str) -> float:
    if single == form:
        return 0.97
    if len(form) > 4 and form != single and all(vowel_poor(t.form) for t in run):
        return _MOVED if consonants(form) == consonants(single) else 0.0
    if run[0].form in _ARTICLES and single == _assimilated(form):
        return _ASSIMILATED
    if len(form) < 7 or abs(len(single) - len(form)) > 1:
        return 0.0
    if min(len(token.form) for token in run) < 3:
        return 0.0
    return 0.88 if OSA.distance(form, single, score_cutoff=1) < 2 else 0.0
