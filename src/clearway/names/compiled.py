"""`likeness` and `phonetic` once more, for compiled code: the same over bytes.

The functions there are the rule, these loops the quick way; tests hold them together.
Imported on use: the compiler takes a third of a second to load, and a single name is
answered without it. A word is an array of ASCII bytes.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from clearway.names import likeness as likeness_rule
from clearway.names.compiling import kept
from clearway.names.numbered import BEGIN, PRIME, SPREAD

_HOW: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
_INSIDE: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
inner = njit(**_HOW, **_INSIDE)
"""Compiles a loop that only compiled code calls."""


def kernel(function: Callable[..., Any]) -> Any:
    """Compiles a loop that is called from here, and keeps it on disk."""
    with kept():
        return njit(**_HOW, cache=True)(function)


LONGEST = 512
"""Letters of a word that are looked at; no word of a name is nearly as long."""

_A, _E, _I, _O, _U, _W, _Y = (ord(letter) for letter in "aeiouwy")
_H, _J, _V, _X = (ord(letter) for letter in "hjvx")
_C, _D, _K, _L, _M, _N, _Q, _R, _S, _T = (ord(letter) for letter in "cdklmnqrst")
_P, _F, _Z, _G, _B = (ord(letter) for letter in "pfzgb")
_GONE = 0


def _table(source: str, target: str, gone: str = "") -> "np.ndarray[Any, Any]":
    """A translation of letters; those that go become 0."""
    table = np.arange(256).astype(np.uint8)
    for one, other in zip(source, target, strict=True):
        table[ord(one)] = ord(other)
    for letter in gone:
        table[ord(letter)] = _GONE
    return table


_FIRST = _table("qgczvwdb", "kkssfftp", "aeiouyj")
_INNER = _table("qgczvdb", "kkssftp", "aeiouyjw")
_HEARD = _table("qgczvdby", "kkssftpi")
_STROKES = _table("qgczdb", "kksstp")


def weights() -> tuple[float, ...]:
    """Every weight of `likeness`, as the kernel takes them."""
    rule = likeness_rule
    return (
        rule.MOST_EDITS,
        *(rule.LEAST_ALIKE, rule.DOUBLED, rule.PRINT, rule.VOWELS, rule.FEW_VOWELS),
        *(rule.BONES, rule.FEW_BONES, rule.SAME_BONES, rule.EDIT, rule.FIRST_LETTER),
        *(rule.SOUND, rule.SOUND_EDIT),
    )


@inner
def letters_hash(word, count):
    """The number that stands for a word (see `clearway.names.numbered`)."""
    return mixed(continued(np.uint64(BEGIN), word, count))


@inner
def continued(value, word, count):
    """The number of letters so far, with more letters behind them."""
    for n in range(count):
        value = (value ^ np.uint64(word[n])) * np.uint64(PRIME)
    return value


@inner
def mixed(value):
    """A number spread over all its bits."""
    value = (value ^ (value >> np.uint64(32))) * np.uint64(SPREAD)
    return value ^ (value >> np.uint64(29))


@inner
def is_vowel(letter):
    """Whether a letter is a vowel."""
    return letter == _A or letter == _E or letter == _I or letter == _O or letter == _U


@inner
def _is_letter(letter):
    return 97 <= letter <= 122


@inner
def undoubled(word, count, out):
    """Every letter that stands twice in a row written once; the letters left."""
    filled = 0
    for n in range(count):
        if n == 0 or word[n] != word[n - 1]:
            out[filled] = word[n]
            filled += 1
    return filled


@inner
def _replaced(word, count, first, second, sign, out):
    """Each pair of letters made one sign."""
    filled = n = 0
    while n < count:
        if n + 1 < count and word[n] == first and word[n + 1] == second:
            out[filled] = sign
            n += 2
        else:
            out[filled] = word[n]
            n += 1
        filled += 1
    return filled


@inner
def printed(word, count, out):
    """Letters that look alike in print made one."""
    filled = _replaced(word, count, _R, _N, _M, out)
    filled = _replaced(out, filled, _C, _L, _D, out)
    return _replaced(out, filled, _V, _V, _W, out)


@inner
def consonants(word, count, out):
    """The first letter and every later one that is no vowel."""
    filled = 0
    for n in range(count):
        if n == 0 or not is_vowel(word[n]):
            out[filled] = word[n]
            filled += 1
    return filled


@inner
def vowel_poor(word, count):
    """Whether a word has no vowel but, perhaps, its first or its last letter."""
    if count < 2:
        return False
    start, end = (1, count - 1) if count > 2 else (0, count)
    for n in range(start, end):
        if is_vowel(word[n]):
            return False
    return True


@inner
def vowelless(word, count):
    """Whether a word has no vowel behind its first letter."""
    for n in range(1, count):
        if is_vowel(word[n]):
            return False
    return True


@inner
def _sound(word, at, count):
    """The sign for letters that write one sound here and how many they are, or 0, 1."""
    a = word[at]
    b = word[at + 1] if at + 1 < count else np.uint8(0)
    c = word[at + 2] if at + 2 < count else np.uint8(0)
    d = word[at + 3] if at + 3 < count else np.uint8(0)
    if a == _T and b == _S and c == _C and d == _H:
        return _X, 4
    if c == _H and (
        (a == _S and b == _C) or (a == _T and b == _C) or (a == _T and b == _S)
    ):
        return _X, 3
    if a == _D and b == _Z and c == _H:
        return _X, 3
    if b == _H:
        if a == _S or a == _C or a == _Z:
            return _X, 2
        if a == _K or a == _G:
            return _K, 2
        if a == _T or a == _D:
            return _T, 2
        if a == _P:
            return _F, 2
    if b == _Z:
        if a == _C or a == _S:
            return _X, 2
        if a == _T:
            return _S, 2
        if a == _D:
            return _J, 2
    if (a == _C and b == _K) or (a == _Q and b == _U):
        return _K, 2
    if a == _T and b == _S:
        return _S, 2
    if a == _D and b == _J:
        return _J, 2
    if a == _W and b == _R:
        return _R, 2
    return 0, 1


@inner
def _signs(word, count, out):
    """Letters that write one sound made one sign."""
    filled = n = 0
    while n < count:
        sign, taken = _sound(word, n, count)
        out[filled] = sign if sign else word[n]
        filled += 1
        n += taken
    return filled


@inner
def _slavic_w(word, count):
    """Whether a `w` is the German or Polish writing of v (`phonetic._SLAVIC_W`)."""
    for n in range(1, count):
        if word[n] != _W or (word[n - 1] != _O and word[n - 1] != _E):
            continue
        left = count - n - 1
        a = word[n + 1] if left > 0 else np.uint8(0)
        b = word[n + 2] if left > 1 else np.uint8(0)
        if left == 0 or (left == 1 and (a == _A or a == _O)):
            return True
        if left == 2 and a == _N and b == _A:
            return True
        if a == _S and b == _K and left <= 4:
            return True
        if a == _I and b == _T:
            c, d = word[count - 2], word[count - 1]
            if c == _C and d == _H and (left == 4 or (left == 5 and word[n + 3] == _S)):
                return True
    for n in range(count):
        if word[n] != _W:
            continue
        other = n + 1
        while other < count and word[other] != _W:
            other += 1
        if other == count or other == n + 1:
            continue
        last = other == count - 2
        if not (last and (word[count - 1] == _I or word[count - 1] == _Y)):
            return True
    return False


@inner
def skeleton(word, count, out, room):
    """Consonants only, voiced and unvoiced made one, doubles made single."""
    for n in range(count):
        if not _is_letter(word[n]):
            return 0
    if count == 0:
        return 0
    length = _signs(word, count, room)
    if count > 2 and word[0] == _C and word[1] == _H and word[2] == _R:
        room[0] = _K
    has_w = False
    for n in range(1, length):
        has_w = has_w or room[n] == _W
    slavic = has_w and _slavic_w(room, length)
    filled = 0
    last = np.uint8(0)
    if is_vowel(room[0]):
        out[0] = _A
        filled = 1
        last = np.uint8(_A)
    end = length - 1 if length > 1 and room[length - 1] == _H else length
    for n in range(end):
        letter = room[n]
        if n == 0:
            sign = _FIRST[letter]
        elif slavic and letter == _W:
            sign = _INNER[_V]
        else:
            sign = _INNER[letter]
        if sign != _GONE and sign != last:
            out[filled] = sign
            filled += 1
            last = sign
    return filled


@inner
def heard(word, count, out, room):
    """The word with consonants made one as in the skeleton, and its vowels kept."""
    slavic = _slavic_w(word, count)
    for n in range(count):
        room[n] = _V if slavic and word[n] == _W else word[n]
    length = _signs(room, count, room)
    for n in range(length):
        room[n] = _HEARD[room[n]]
    return undoubled(room, length, out)


@inner
def strokes(word, count, out, room):
    """What a script without short vowels writes of a word, letter by letter."""
    length = _replaced(word, count, _D, _J, _J, room)
    length = _signs(room, length, room)
    length = undoubled(room, length, room)
    if length and room[length - 1] == _H:
        length -= 1
    if length == 0 or is_vowel(room[0]):
        out[0] = _A
    elif room[0] == _W or room[0] == _V:
        out[0] = _W
    else:
        out[0] = _STROKES[room[0]]
    filled = 1
    for n in range(1, length):
        letter = room[n]
        if is_vowel(letter) or letter == _Y or letter == _W:
            continue
        if letter == _V and n > 1:
            continue
        out[filled] = _STROKES[letter]
        filled += 1
    return filled


@kernel
def shapes(letters, ends, rows):
    """The further forms of many words (see `clearway.index.shapes`).

    Fills a row for each word. Returns the sounds of all in a row and where each ends.
    """
    count = len(ends) - 1
    sounds = np.empty(len(letters), np.uint8)
    sound_ends = np.zeros(count + 1, np.int64)
    made = np.empty(LONGEST, np.uint8)
    room = np.empty(LONGEST, np.uint8)
    filled = 0
    for n in range(count):
        word = letters[ends[n] : ends[n + 1]]
        length = min(len(word), LONGEST)
        row = rows[n]
        row.form = letters_hash(word, len(word))
        size = heard(word, length, made, room)
        for k in range(size):
            sounds[filled + k] = made[k]
        filled += size
        sound_ends[n + 1] = filled
        row.undoubled = letters_hash(made, undoubled(word, length, made))
        row.printed = letters_hash(made, printed(word, length, made))
        size = consonants(word, length, made)
        row.consonants = letters_hash(made, size)
        row.said = min(size, 255)
        size = skeleton(word, length, made, room)
        row.skeleton = letters_hash(made, size)
        row.bones = min(size, 255)
        size = strokes(word, length, made, room)
        row.strokes = letters_hash(made, size)
        row.drawn = min(size, 255)
        row.poor = vowel_poor(word, length)
        row.vowelless = vowelless(word, length)
    return sounds[:filled].copy(), sound_ends


@inner
def _edits_of_long(left, right, most):
    n, m = len(left), len(right)
    before = np.zeros(m + 1, np.int64)
    last = np.arange(m + 1)
    now = np.zeros(m + 1, np.int64)
    for i in range(1, n + 1):
        now[0] = i
        for j in range(1, m + 1):
            same = left[i - 1] == right[j - 1]
            best = last[j - 1] + (0 if same else 1)
            best = min(best, last[j] + 1, now[j - 1] + 1)
            if (
                i > 1
                and j > 1
                and left[i - 1] == right[j - 2]
                and left[i - 2] == right[j - 1]
            ):
                best = min(best, before[j - 2] + 1)
            now[j] = best
        for j in range(m + 1):
            before[j] = last[j]
            last[j] = now[j]
    return min(last[m], most + 1)


@inner
def edits_between(left, right, most, places):
    """Letters added, lost, exchanged or turned round (OSA); `most` + 1 if more.

    By words of bits (Hyyrö, 2003). `places` is a workspace of 256 zeros.
    """
    n, m = len(left), len(right)
    if abs(n - m) > most:
        return most + 1
    if n == 0 or m == 0:
        return max(n, m)
    if n > 64:
        return _edits_of_long(left, right, most)
    one = np.uint64(1)
    for i in range(n):
        places[left[i]] |= one << np.uint64(i)
    high = one << np.uint64(n - 1)
    more, fewer = ~np.uint64(0), np.uint64(0)
    diagonal, before = np.uint64(0), np.uint64(0)
    edits = n
    for j in range(m):
        here = places[right[j]]
        turned = (((~diagonal) & here) << one) & before
        diagonal = (((here & more) + more) ^ more) | here | fewer | turned
        up = fewer | ~(diagonal | more)
        down = diagonal & more
        if up & high:
            edits += 1
        if down & high:
            edits -= 1
        up = (up << one) | one
        more = (down << one) | ~(diagonal | up)
        fewer = up & diagonal
        before = here
    for i in range(n):
        places[left[i]] = np.uint64(0)
    return min(edits, most + 1)


@inner
def likeness(a, b, text, other_text, edits, how, places):
    """`clearway.names.likeness.spelt_alike` of two words: how alike, and the rule.

    `a` and `b` are their rows, each with the letters it points into; `edits` those
    between the words if known, else -1; `how` is what `weights` says. The rules: 1
    doubled, 2 print, 3 vowels, 4 bones, 5 sound, 6 typo; 0 for words that are not
    alike.
    """
    most_edits, least, doubled, print_, vowels, few_vowels = how[:6]
    bones_, few_bones, same_bones, edit, first_letter, sound_, sound_edit = how[6:]
    size, other = np.int64(a.end - a.start), np.int64(b.end - b.start)
    shorter, longer = min(size, other), max(size, other)
    if shorter > 1 and a.undoubled == b.undoubled:
        return doubled, 1
    if shorter > 3 and a.printed == b.printed:
        return print_, 2
    if (a.poor or b.poor) and a.said > 1 and a.consonants == b.consonants:
        if a.said > 2:
            return vowels, 3
        if longer < 6:
            return few_vowels, 3
    bones = np.int64(a.bones) if a.skeleton == b.skeleton else 0
    if 2 < longer <= 2 * shorter + 2 and (a.vowelless or b.vowelless):
        if a.drawn > 1 and a.strokes == b.strokes:
            return (bones_ if a.drawn > 2 else few_bones), 4
        if bones > 2:
            return same_bones, 4
    if shorter < 3 or longer - shorter > 3 + (1 if bones > 3 else 0):
        return 0.0, 0
    left, right = text[a.start : a.end], other_text[b.start : b.end]
    if edits < 0:
        edits = edits_between(left, right, most_edits, places)
    if edits > most_edits:
        return 0.0, 0
    value = 1.0 - edit * edits / longer
    turned = edits == 1 and left[0] == right[1] and left[1] == right[0]
    if left[0] != right[0] and not turned:
        value -= first_letter
    if edits > max(1, longer // 4) or (shorter < 4 and edits > 0):
        value = 0.0
    if bones > 3 and edits > 1:
        heard_so = text[a.heard : a.heard_end]
        other_heard = other_text[b.heard : b.heard_end]
        edits = min(edits, edits_between(heard_so, other_heard, edits, places))
    sounds = edits <= 1 + (1 if longer >= 6 else 0) + (1 if longer >= 11 else 0)
    if bones >= 2 and sounds and (bones >= 3 or edits <= 1):
        sound = sound_ - sound_edit * edits
        if sound > value:
            return sound, 5
    return (value, 6) if value >= least else (0.0, 0)


@kernel
def likenesses(pairs, rows, text, how):
    """How alike each pair of words is, and the rules."""
    shares = np.zeros(len(pairs), np.float64)
    rules = np.zeros(len(pairs), np.int64)
    places = np.zeros(256, np.uint64)
    for n in range(len(pairs)):
        a, b = rows[pairs[n, 0]], rows[pairs[n, 1]]
        shares[n], rules[n] = likeness(a, b, text, text, -1, how, places)
    return shares, rules
