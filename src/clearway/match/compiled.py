"""How much two names can score at most, by compiled code.

The same as `clearway.match.names.compare` and `score.name_alone`, but without a word of
why, and where a rare rule would take much code it says that the names can score
anything (`ANYTHING`). What falls short here need not be compared; what does not is
compared by the rule itself. The weights are taken from the modules that own them.

Words come in rows with their letters (`clearway.index.shapes`): `q` and `t` are the
numbers of the words of the query and of the listed name, `rows` and `text` the words of
queries, `rows_l` and `text_l` those of listed names.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clearway.match import names as names_
from clearway.match import score as score_
from clearway.match import spoilt as spoilt_
from clearway.match import words as words_
from clearway.model import Kind
from clearway.names.compiled import (
    LONGEST,
    consonants,
    edits_between,
    inner,
    is_vowel,
    kernel,
    likeness,
    undoubled,
)
from clearway.names.compiled import weights as weights_of_likeness
from clearway.names.numbered import letters_hash
from clearway.names.roles import (
    GENERIC,
    INITIAL,
    LEGAL,
    NUMBER,
    PARTICLE,
    TITLE,
    WORD,
)

ANYTHING = 2.0
"""More than any score: the rule itself has to say."""
MARGIN = 1e-6
"""How far rounding may set the two ways apart."""
_MOST = 14
"""Words of a name beyond which the rule itself has to say."""
_ROOM = 5 * _MOST * _MOST
_LEAST_JUMBLED = spoilt_.LEAST_JUMBLED
_MOST_PARTICLE = spoilt_.MOST_PARTICLE

_NOT, _SURE, _NICKNAME, _ABBREVIATED, _SLIP, _MERE = 0, 1, 2, 3, 4, 5
_INITIAL, _DOUBLED, _JOINED, _OTHER = 6, 7, 8, 9
"""Rules by what matters of them: sound and typo are mere likeness, and slips too."""
_WAY = np.dtype(
    [
        *((name, "f8") for name in ("value", "weight")),
        *((name, "i4") for name in ("i", "i_count", "j", "j_count", "rule")),
    ],
    align=True,
)
"""A way in which words may match: how well, and from which words on how many."""
_STATE = np.dtype(
    [
        *((name, "f8") for name in ("found", "agreed", "known", "squares")),
        *((name, "i4") for name in ("matched", "own", "first", "last")),
        *((name, "i4") for name in ("left_q", "left_l")),
        *((name, "u1") for name in ("strict", "organization")),
        *((name, "u1") for name in ("merely", "initial", "nearly", "surely")),
    ],
    align=True,
)
"""What came of matching words: weights, and what holds of all matches."""
_COMPANY = letters_hash("company")
_KINDS = tuple(Kind)
_ORGANIZATION = _KINDS.index(Kind.ORGANIZATION)
_ANY = _KINDS.index(Kind.ANY)


def weights() -> tuple[NDArray[Any], tuple[float, ...]]:
    """Every weight the score is made of, a row for each kind; those of likeness."""
    named = {
        "conflict": names_.CONFLICT,
        "general": names_.GENERAL_CONFLICT,
        "half_alike": names_.HALF_ALIKE,
        "resembles": names_.RESEMBLES,
        "unlisted": names_.UNLISTED,
        "between": names_.BETWEEN,
        "rare": names_.RARE,
        "core": names_.CORE,
        "syllable": names_._SYLLABLE,
        "own_word": names_._OWN_WORD,
        "nearly": names_._NEARLY,
        "nearly_own": names_._NEARLY_OWN,
        "one_likeness": names_._ONE_LIKENESS,
        "numbers_differ": names_._NUMBERS_DIFFER,
        "sibling": names_.SIBLING,
        "sure": names_.ENOUGH[Kind.PERSON],
        "letter": spoilt_.LETTER,
        "moved": spoilt_._MOVED,
        "assimilated": spoilt_._ASSIMILATED,
        "alone": score_.NAME_ALONE,
        "distinct": score_.NAME_RARE,
        "common": score_.COMMON_MUST_AGREE,
        "two_names": words_.TWO_NAMES,
        "cognate": words_.COGNATE,
        **{name: words_._GROUP[name] for name in _STRENGTHS},
    }
    table = np.zeros(
        len(_KINDS), [(name, "f8") for name in (*named, "surplus", "enough")]
    )
    for name, value in named.items():
        table[name] = value
    for row, kind in zip(table, _KINDS, strict=True):
        row["surplus"] = names_.SURPLUS.get(kind, names_.SURPLUS[Kind.ANY])
        row["enough"] = names_.ENOUGH.get(kind, names_.ENOUGH[Kind.ANY])
    return table, weights_of_likeness()


_STRENGTHS = ("spelling", "romanisation", "nickname")


@inner
def _says_little(role):
    return role in (LEGAL, PARTICLE, TITLE, GENERIC)


@inner
def _strength(code, w):
    """What an equal spelling agrees, by how equal it is."""
    if code == 0:
        return w.spelling
    if code == 1:
        return w.romanisation
    return w.nickname if code == 2 else 0.9


@inner
def _is_nisba(shorter, longer, room):
    """Whether the longer word is the shorter one with the ending of descent."""
    last = longer[len(longer) - 1]
    if len(longer) > LONGEST or (last != 105 and last != 121):
        return False
    one, other = room
    n = undoubled(longer, len(longer) - 1, one)
    if n != undoubled(shorter, len(shorter), other):
        return False
    for k in range(n):
        if one[k] != other[k]:
            return False
    return True


@inner
def _alike(a, b, text, text_l, w, how_alike, places, room):
    """How alike two words of different letters are, and by what rule."""
    if NUMBER in (a.role, b.role):
        if a.role == b.role and a.group == b.group:
            return 0.97, _OTHER
        return 0.0, _NOT
    left, right = text[a.start : a.end], text_l[b.start : b.end]
    if a.group != 0 and a.group == b.group:
        if a.role != b.role:
            return 0.9, _ABBREVIATED
        if a.role in (GENERIC, LEGAL, TITLE):
            close = a.role != GENERIC or _begin_alike(left, right, 3)
            return (0.95 if close else 0.88), _ABBREVIATED
        if a.strength >> 2 != b.strength >> 2:
            return w.cognate, _NICKNAME
        one, other = a.strength & 3, b.strength & 3
        first, second = _strength(one, w), _strength(other, w)
        least = one if first <= second else other
        return min(first, second), (_NICKNAME if least == 2 else _SURE)
    if (a.role == LEGAL and b.role == GENERIC) or (
        a.role == GENERIC and b.role == LEGAL
    ):
        general = a.group if a.role == GENERIC else b.group
        if general == np.uint64(_COMPANY):
            return 0.9, _ABBREVIATED
        return 0.0, _NOT
    if INITIAL in (a.role, b.role):
        if left[0] == right[0] and WORD in (a.role, b.role):
            return 0.85, _INITIAL
        return 0.0, _NOT
    value, rule = likeness(a, b, text, text_l, -1, how_alike, places)
    if rule == 0:
        return 0.0, _NOT
    if rule == 4:
        bare = a.vowelless and (a.bare or len(left) > 5)
        bare = bare or (b.vowelless and (b.bare or len(right) > 5))
        if not bare:
            return 0.0, _NOT
    if len(left) <= len(right):
        descent = a.counted and _is_nisba(left, right, room)
    else:
        descent = b.counted and _is_nisba(right, left, room)
    if descent:
        return 0.0, _NOT
    if a.counted and b.counted:
        value *= w.two_names
        if value < 0.6:
            return 0.0, _NOT
    if rule == 1:
        return value, _DOUBLED
    return value, (_MERE if rule >= 5 else _SLIP)


@inner
def _begin_alike(left, right, count):
    """Whether the first letters of two words are the same."""
    if min(len(left), count) != min(len(right), count):
        return False
    for n in range(min(len(left), count)):
        if left[n] != right[n]:
            return False
    return True


@inner
def _common(left, right, places):
    """Letters that two words have in common, in order (longest common subsequence)."""
    n, m = len(left), len(right)
    if n > 64:
        return min(n, m)
    one = np.uint64(1)
    for i in range(n):
        places[left[i]] |= one << np.uint64(i)
    state = ~np.uint64(0)
    for j in range(m):
        here = places[right[j]] & state
        state = (state + here) | (state - here)
    count = 0
    for i in range(n):
        places[left[i]] = np.uint64(0)
        if not (state >> np.uint64(i)) & one:
            count += 1
    return count


@inner
def _resembling(q, t, free_q, free_l, rows, text, rows_l, text_l, least, places, ways):
    """The weight of words in conflict that at least resemble each other."""
    count = 0
    for i in range(len(q)):
        a = rows[q[i]]
        if not free_q[i] or (a.role != WORD and a.role != NUMBER):
            continue
        left = text[a.start : a.end]
        for j in range(len(t)):
            b = rows_l[t[j]]
            if not free_l[j] or a.role != b.role:
                continue
            right = text_l[b.start : b.end]
            share = 2.0 * _common(left, right, places) / (len(left) + len(right))
            if share >= least - 1e-12:
                way = ways[count]
                way.value = share * min(a.weight, b.weight)
                way.i, way.j = i, j
                count += 1
    total = 0.0
    taken_q, taken_l = np.uint64(0), np.uint64(0)
    one = np.uint64(1)
    while True:
        best = -1
        for n in range(count):
            if (taken_q >> np.uint64(ways[n].i)) & one:
                continue
            if (taken_l >> np.uint64(ways[n].j)) & one:
                continue
            # Of equals the last, as in the rule.
            if best < 0 or ways[n].value >= ways[best].value:
                best = n
        if best < 0:
            return total
        taken_q |= one << np.uint64(ways[best].i)
        taken_l |= one << np.uint64(ways[best].j)
        total += ways[best].value


@inner
def _same_consonants(left, right, room):
    """Whether two words agree in their first letters and in all later consonants."""
    made = room[1]
    n = consonants(left, len(left), made)
    m = 0
    for k in range(min(len(right), LONGEST)):
        if k == 0 or not is_vowel(right[k]):
            if m >= n or made[m] != right[k]:
                return False
            m += 1
    return m == n


@inner
def _is_assimilated(form, other):
    """Whether `alsadr` is written `assadr`: its first letters say so, one differs."""
    return (
        len(form) == len(other)
        and form[0] in (97, 101)
        and form[1] == 108
        and form[2] == other[1] == other[2]
    )


@inner
def _joined_ways(
    several,
    free,
    rows,
    text,
    one,
    single,
    rows_l,
    text_l,
    turned,
    count,
    w,
    ways,
    places,
    room,
):
    """Ways in which neighbours of one name are a single word of the other."""
    longest = 0
    for j in range(len(one)):
        if single[j]:
            row = rows_l[one[j]]
            longest = max(longest, np.int64(row.end - row.start) + 1)
    made = room[0]
    for length in range(2, 4):
        for at in range(len(several) - length + 1):
            filled = 0
            shortest = LONGEST
            total = 0.0
            good = poor = True
            for n in range(at, at + length):
                good = good and free[n]
                row = rows[several[n]]
                size = np.int64(row.end - row.start)
                if filled + size > LONGEST:
                    good = False
                    break
                for k in range(size):
                    made[filled + k] = text[row.start + k]
                filled += size
                shortest = min(shortest, size)
                poor = poor and row.poor != 0
                total += row.weight
            if not good:
                continue
            form = made[:filled]
            for j in range(len(one)):
                if not single[j]:
                    continue
                row = rows_l[one[j]]
                other = text_l[row.start : row.end]
                if len(other) <= 3 or filled > longest:
                    continue
                apart = edits_between(form, other, 1, places)
                if apart == 0:
                    share = 0.97
                elif filled > 4 and poor:
                    if not _same_consonants(form, other, room):
                        continue
                    share = w.moved
                elif apart == 1 and filled >= 7 and shortest >= 3:
                    share = 0.88
                elif apart == 1 and length == 2 and _is_assimilated(form, other):
                    share = w.assimilated
                else:
                    continue
                heavy = max(total, row.weight)
                if row.role == GENERIC:
                    heavy = row.weight
                way = ways[count]
                way.value, way.weight, way.rule = share, heavy, _JOINED
                if turned:
                    way.i, way.i_count, way.j, way.j_count = j, 1, at, length
                else:
                    way.i, way.i_count, way.j, way.j_count = at, length, j, 1
                count += 1
    return count


@inner
def _begins(word, start, form):
    """Whether the letters of a word from a place on begin with a form."""
    if len(word) - start < len(form):
        return False
    for n in range(len(form)):
        if word[start + n] != form[n]:
            return False
    return True


@inner
def _any_begins(word, first, second):
    """Whether a word, or one of the words it is made of, begins with two forms."""
    for n in range(len(word)):
        if (n == 0 or word[n - 1] == 32) and _begins(word, n, first):
            if _begins(word, n + len(first), second):
                return True
    return False


@inner
def _expected(q, place, free, rows):
    """Whether a word left over is said twice, or is a patronymic."""
    row = rows[q[place]]
    said = row.patronymic != 0
    for i in range(len(q)):
        said = said or (not free[i] and rows[q[i]].form == row.form)
    return said


@inner
def _settle(s, weight, share, mine, rule, w):
    """Count a match of words in."""
    s.found += weight
    s.agreed += weight * share
    s.squares += weight * weight
    s.known += share * mine
    s.matched += 1
    s.merely = s.merely and rule in (_MERE, _INITIAL)
    s.initial = s.initial or rule == _INITIAL
    s.nearly = s.nearly and share >= w.nearly
    if weight >= w.own_word:
        s.own += 1
        near = s.organization and rule == _MERE and share >= w.nearly_own
        s.surely = s.surely and (near or rule in (_SURE, _DOUBLED, _JOINED))


@inner
def _match_equal(q, t, rows, rows_l, free_q, free_l, s, w):
    """Match words written the same, each once."""
    nq, nl = len(q), len(t)
    for i in range(nq):
        free_q[i] = True
    for j in range(nl):
        free_l[j] = True
    s.found = s.agreed = s.known = s.squares = 0.0
    s.matched = s.own = 0
    s.first, s.last = nq, -1
    s.merely = s.nearly = s.surely = True
    s.initial = False
    for i in range(nq):
        a = rows[q[i]]
        for j in range(nl):
            b = rows_l[t[j]]
            if free_l[j] and a.form == b.form:
                free_q[i] = free_l[j] = False
                s.first, s.last = min(s.first, i), max(s.last, i)
                _settle(s, max(a.weight, b.weight), 1.0, a.weight, _SURE, w)
                break
    s.left_q, s.left_l = nq - s.matched, nl - s.matched


@inner
def _syllabic(words, rows):
    """Whether a name of several words is made of syllables only, titles aside."""
    count = 0
    good = True
    for n in range(len(words)):
        row = rows[words[n]]
        if row.role != TITLE:
            count += 1
            good = good and row.syllable != 0
    return good and count > 1


@inner
def _match_alike(
    q,
    t,
    rows,
    text,
    rows_l,
    text_l,
    free_q,
    free_l,
    s,
    w,
    how_alike,
    ways,
    places,
    room,
):
    """Match the words left over in the best of ways, best ways first."""
    count = 0
    for i in range(len(q)):
        if not free_q[i]:
            continue
        a = rows[q[i]]
        for j in range(len(t)):
            if not free_l[j]:
                continue
            b = rows_l[t[j]]
            share, rule = _alike(a, b, text, text_l, w, how_alike, places, room)
            if rule == _NOT or (rule == _INITIAL and s.organization):
                continue
            if s.strict and rule in (_SLIP, _MERE):
                continue
            way = ways[count]
            way.value, way.rule = share, rule
            way.weight = w.letter if rule == _INITIAL else max(a.weight, b.weight)
            way.i, way.i_count, way.j, way.j_count = i, 1, j, 1
            count += 1
    if s.left_q > 1:
        count = _joined_ways(
            q,
            free_q,
            rows,
            text,
            t,
            free_l,
            rows_l,
            text_l,
            0,
            count,
            w,
            ways,
            places,
            room,
        )
    if s.left_l > 1:
        count = _joined_ways(
            t,
            free_l,
            rows_l,
            text_l,
            q,
            free_q,
            rows,
            text,
            1,
            count,
            w,
            ways,
            places,
            room,
        )
    while True:
        best = -1
        for n in range(count):
            if _is_free(ways[n], free_q, free_l) and (
                best < 0 or _comes_before(ways[n], ways[best])
            ):
                best = n
        if best < 0:
            return
        way = ways[best]
        mine = 0.0
        for i in range(way.i, way.i + way.i_count):
            free_q[i] = False
            mine += rows[q[i]].weight
            s.first, s.last = min(s.first, i), max(s.last, i)
        for j in range(way.j, way.j + way.j_count):
            free_l[j] = False
        s.left_q -= way.i_count
        s.left_l -= way.j_count
        _settle(s, way.weight, way.value, mine, way.rule, w)


@inner
def _is_free(way, free_q, free_l):
    good = True
    for i in range(way.i, way.i + way.i_count):
        good = good and free_q[i]
    for j in range(way.j, way.j + way.j_count):
        good = good and free_l[j]
    return good


@inner
def _comes_before(one, other):
    here, there = one.value * one.weight, other.value * other.weight
    if here != there:
        return here > there
    if one.i != other.i:
        return one.i < other.i
    if one.i_count != other.i_count:
        return one.i_count < other.i_count
    if one.j != other.j:
        return one.j < other.j
    return one.j_count < other.j_count


@inner
def _may_be_cut(q, t, rows, text, rows_l, text_l, free_q, free_l, s, w):
    """Whether the last word may be the beginning of a listed one (`spoilt.cut_off`)."""
    last = len(q) - 1
    if last == 0 or not free_q[last] or rows[q[last]].role != WORD:
        return False
    row = rows[q[last]]
    form = text[row.start : row.end]
    before = form[:0]
    if last > 1 and free_q[last - 1]:
        row = rows[q[last - 1]]
        before = text[row.start : row.end]
    least = 2 if s.found >= w.sure else 3
    found = False
    for j in range(len(t)):
        row = rows_l[t[j]]
        whole = text_l[row.start : row.end]
        fits = free_l[j] or _says_little(row.role)
        if len(form) >= least and fits and _any_begins(whole, form[:0], form):
            found = True
        if len(before) and free_l[j] and _any_begins(whole, before, form):
            found = True
    return found


@inner
def _may_be_moved(q, t, rows, text, rows_l, text_l, free_q, free_l, s):
    """Whether only blanks may have moved in what is left (`spoilt.moved_blank`)."""
    if s.left_q < 2 or s.left_l < 2:
        return False
    a = b = 0
    one = other = np.uint8(0)
    for i in range(len(q) - 1, -1, -1):
        if free_q[i]:
            row = rows[q[i]]
            a += np.int64(row.end - row.start)
            one = text[row.start]
    for j in range(len(t) - 1, -1, -1):
        if free_l[j]:
            row = rows_l[t[j]]
            b += np.int64(row.end - row.start)
            other = text_l[row.start]
    return a == b and one == other


@inner
def _may_be_jumbled(q, t, rows, text, rows_l, text_l, free_q, free_l, s):
    """Whether words left over may be of the same letters (`spoilt.jumbled`)."""
    if s.matched == 0 and min(s.left_q, s.left_l) < 2:
        return False
    for i in range(len(q)):
        a = rows[q[i]]
        size = np.int64(a.end - a.start)
        if not free_q[i] or size < _LEAST_JUMBLED or a.counted or a.role != WORD:
            continue
        for j in range(len(t)):
            b = rows_l[t[j]]
            if not free_l[j] or np.int64(b.end - b.start) != size:
                continue
            total = squares = 0
            for k in range(size):
                one = np.int64(text[a.start + k])
                other = np.int64(text_l[b.start + k])
                total += one - other
                squares += one * one - other * other
            if total == 0 and squares == 0:
                return True
    return False


@inner
def _is_numeral(row, text):
    """Whether a word is a number or may be one (`names.is_numeral`)."""
    if row.role in (NUMBER, INITIAL):
        return True
    roman, digit = True, False
    for n in range(row.start, row.end):
        letter = text[n]
        digit = digit or 48 <= letter <= 57
        roman = roman and letter in (99, 100, 105, 108, 109, 118, 120)
    return roman or digit


@inner
def _may_be_slipped(q, t, rows, text, rows_l, text_l, free_q, free_l, places):
    """Whether a word left over may be a particle misspelt (`slipped_particle`)."""
    for i in range(len(q)):
        a = rows[q[i]]
        size = np.int64(a.end - a.start)
        if not free_q[i] or size > _MOST_PARTICLE or a.counted or a.role != WORD:
            continue
        for j in range(len(t)):
            b = rows_l[t[j]]
            if not free_l[j] or b.role != PARTICLE:
                continue
            form, other = text[a.start : a.end], text_l[b.start : b.end]
            if edits_between(form, other, 1, places) == 1:
                return True
    return False


@inner
def _scored(q, t, rows, text, rows_l, text_l, free_q, free_l, s, w, ways, places):
    """The score of matched words and words left over (`names._scored`)."""
    floor = w.syllable if s.strict else 0.0
    asked = alone = rare = unlike = general_q = general_l = 0.0
    number_q = number_l = False
    nothing_said = little_said = numbered = True
    worded = 0
    for i in range(len(q)):
        row = rows[q[i]]
        worded += row.role != TITLE
        if not free_q[i]:
            continue
        asked += row.weight if row.role == TITLE else max(floor, row.weight)
        unlike += row.weight
        if row.weight > w.rare and not _expected(q, i, free_q, rows):
            rare += row.weight * (w.between if s.first < i < s.last else 1.0)
        if _says_little(row.role):
            general_q += row.weight
        number_q = number_q or row.role == NUMBER
        nothing_said = nothing_said and row.role in (LEGAL, PARTICLE, TITLE)
        numbered = numbered and _is_numeral(row, text)
    for j in range(len(t)):
        if not free_l[j]:
            continue
        row = rows_l[t[j]]
        alone += row.weight if row.role == TITLE else max(floor, row.weight)
        if _says_little(row.role):
            general_l += row.weight
        else:
            little_said = False
        number_l = number_l or row.role == NUMBER
        numbered = numbered and _is_numeral(row, text_l)
    conflict, surplus = min(asked, alone), abs(asked - alone)
    share = w.surplus
    if asked > alone and not s.organization:
        foreign = min(1.0, rare / unlike) if unlike > 0 else 0.0
        share += (w.unlisted - share) * (1.0 if s.strict else foreign)
    whole = s.found + conflict + share * surplus
    eased = 0.0
    if conflict > 0:
        eased = _resembling(
            q, t, free_q, free_l, rows, text, rows_l, text_l, w.resembles, places, ways
        )
    cost = w.conflict * (conflict - eased) - w.half_alike * eased
    if conflict > 0 and s.organization:
        general = min(conflict - eased, min(general_q, general_l))
        cost -= (w.conflict - w.general) * general
        whole -= 0.5 * general
    score = max(0.0, s.agreed - cost) / whole if whole > 0 else 0.0
    if surplus > 0.3 and s.found < w.enough:
        score *= 0.4 + 0.6 * s.found / w.enough
    if s.own and s.left_l and s.nearly and s.surely and nothing_said:
        if little_said if s.organization else s.own == 1 and worded == 1:
            score = max(score, w.core)
    if number_q and number_l:
        score *= w.numbers_differ
    if s.organization and numbered and s.left_q and s.left_l:
        score = max(score, w.sibling)
    if s.merely and (s.matched == 1 or s.initial):
        score *= w.one_likeness
    rarity = min(1.0, s.squares / s.found)
    return min(1.0, score) ** (1.0 + w.common * (1.0 - rarity)) * (
        w.alone + w.distinct * min(1.0, s.known / 2.0)
    )


@inner
def _most(
    q,
    t,
    plain,
    rows,
    text,
    rows_l,
    text_l,
    free_q,
    free_l,
    s,
    w,
    how_alike,
    ways,
    places,
    room,
):
    """What two names can score at most, nothing else known.

    `plain` says that both are ASCII.
    """
    if min(len(q), len(t)) == 0 or max(len(q), len(t)) > _MOST:
        return ANYTHING
    _match_equal(q, t, rows, rows_l, free_q, free_l, s, w)
    if s.left_q == 0 and s.left_l == 0:
        return ANYTHING
    s.strict = not s.organization and _syllabic(q, rows) and _syllabic(t, rows_l)
    if s.left_q and s.left_l:
        _match_alike(
            q,
            t,
            rows,
            text,
            rows_l,
            text_l,
            free_q,
            free_l,
            s,
            w,
            how_alike,
            ways,
            places,
            room,
        )
    if _may_be_jumbled(q, t, rows, text, rows_l, text_l, free_q, free_l, s):
        return ANYTHING
    if s.matched == 0:
        return 0.0
    if (
        _may_be_cut(q, t, rows, text, rows_l, text_l, free_q, free_l, s, w)
        or _may_be_moved(q, t, rows, text, rows_l, text_l, free_q, free_l, s)
        or (
            not s.organization
            and (
                _may_be_slipped(
                    q, t, rows, text, rows_l, text_l, free_q, free_l, places
                )
                or _may_be_initials(
                    q, free_q, s.left_q, rows, text, t, s.left_l, rows_l, text_l, plain
                )
                or _may_be_initials(
                    t, free_l, s.left_l, rows_l, text_l, q, s.left_q, rows, text, plain
                )
            )
        )
    ):
        return ANYTHING
    return _scored(q, t, rows, text, rows_l, text_l, free_q, free_l, s, w, ways, places)


@inner
def _may_be_initials(
    short, free, left, rows, text, long, others, rows_l, text_l, plain
):
    """Whether the one word left over of a name may be initials of the other name.

    The other name's whole initials begin with those of its first word.
    """
    if left != 1 or others == 0:
        return False
    n = 0
    while not free[n]:
        n += 1
    row = rows[short[n]]
    if not 1 < np.int64(row.end - row.start) < 4 or row.role != WORD:
        return False
    first = rows_l[long[0]]
    return not plain or others > 1 or text[row.start] == text_l[first.start]


@kernel
def most(
    query_ends,
    query_words,
    kinds,
    query_plain,
    found_ends,
    found_names,
    rows,
    text,
    name_ends,
    name_words,
    name_kinds,
    name_plain,
    rows_l,
    text_l,
    weights,
    how_alike,
):
    """What each name found for each query can score at most, nothing else known."""
    out = np.zeros(len(found_names), np.float64)
    places = np.zeros(256, np.uint64)
    ways = np.zeros(_ROOM, _WAY)
    room = (np.zeros(2 * LONGEST, np.uint8), np.zeros(2 * LONGEST, np.uint8))
    free_q, free_l = np.zeros(_MOST, np.bool_), np.zeros(_MOST, np.bool_)
    states = np.zeros(1, _STATE)
    s = states[0]
    for n in range(len(query_ends) - 1):
        q = query_words[query_ends[n] : query_ends[n + 1]]
        for k in range(found_ends[n], found_ends[n + 1]):
            name = found_names[k]
            t = name_words[name_ends[name] : name_ends[name + 1]]
            kind = np.int64(name_kinds[name]) if kinds[n] == _ANY else kinds[n]
            s.organization = kind == _ORGANIZATION
            out[k] = _most(
                q,
                t,
                query_plain[n] and name_plain[name],
                rows,
                text,
                rows_l,
                text_l,
                free_q,
                free_l,
                s,
                weights[kind],
                how_alike,
                ways,
                places,
                room,
            )
    return out
