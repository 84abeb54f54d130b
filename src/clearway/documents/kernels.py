"""The loop that compiled code runs over the words of a text: names made of them.

Imported on use (see `clearway.index.kernels`). Words and patterns come as the arrays of
`clearway.documents.spans` and `clearway.documents.lexicon`, tuples of them:

* `stream`: the words of a text by number, where each starts and ends, which may be
  misspelt (`cue`), which begin a search, the gap before each, the listed words each is
  together with one and with two behind it
* `kinds`, by word: counts for nothing between others, everyday, a father's name
* `classes_of`, by word: from where to where its classes stand, they, how each was found
* `lexicon`: patterns by anchor, their classes with weights, the fathers' names each may
  have, whether of a person, whether of one word, the classes of listed words
"""

import numpy as np

from clearway.documents.spelling import EXACT
from clearway.documents.tokens import BREAK
from clearway.names.compiled import inner, kernel

LEAST_LONE = 9
"""Letters of a name of one word from which it may be misspelt."""
MOST_GAP = 2
"""What may stand between the words of a short name; a fifth of its words more."""
REACH, FEW, SPARE = 12, 8, 4
"""Words on either side in which names of up to eight words are looked for."""
FARTHEST = 28
LEAST_IN_PART = 1.4
"""Weight below which a name with a word missing is too common to be noted."""
_JOINED = 6
"""Classes tried of a word together with one and with two behind it, three each."""


@kernel
def names_in(stream, kinds, classes_of, lexicon, noted):
    """Where patterns stand: all their words within reach, in any order, each once.

    Returns rows of (pattern, first word, last word, the words as bits from the first,
    edits, missing words, gap). `noted` tells for each class where it stood last, in
    words ever looked at, and where as it is spelt; its first row how many these were.
    """
    words, _, _, cue, anchor, gaps, joins = stream
    starts, stops, pool, hows = classes_of
    anchor_ends, patterns, partners = lexicon[0]
    element_ends, needed, _ = lexicon[1]
    person, alone = lexicon[3], lexicon[4]
    class_ends, classes = lexicon[5]
    out = np.empty((256, 7), np.int64)
    filled = head = begin = 0
    before = noted[0, 0] + 1
    noted[0, 0] += len(words)
    for at in range(len(words)):
        if gaps[at] >= BREAK:
            begin = at
        while head < len(words) and head - at <= REACH:
            _note(head, before + head, stream, classes_of, lexicon[5], noted)
            head += 1
        if not anchor[at]:
            continue
        low = max(begin, at - REACH)
        lone = _may_be_alone(at, stream, kinds)
        first, options = starts[words[at]], stops[words[at]] - starts[words[at]]
        for k in range(options + _JOINED):
            # The classes of the word, then those it has together with its neighbours.
            edits, length = np.int64(0), 1
            if k < options:
                number, edits = np.int64(pool[first + k]), np.int64(hows[first + k])
                if edits and not cue[at]:
                    continue
            else:
                length = 2 + (k - options) // 3
                form = joins[at, length - 2]
                if (
                    form < 0
                    or class_ends[form] + (k - options) % 3 >= (class_ends[form + 1])
                ):
                    continue
                number = np.int64(classes[class_ends[form] + (k - options) % 3])
            for p in range(anchor_ends[number], anchor_ends[number + 1]):
                # Most patterns end here: what they need stands nowhere near.
                partner = partners[p]
                if partner >= 0 and noted[partner + 1, 0] < before + low:
                    continue
                pattern = np.int64(patterns[p])
                if alone[pattern] and lone <= edits:
                    continue
                begins, ends = element_ends[pattern], element_ends[pattern + 1]
                size = ends - begins
                if (
                    size == 2
                    and edits
                    and partner >= 0
                    and (noted[partner + 1, 1] < before + low)
                ):
                    continue
                if 2 < size <= FEW:
                    absent, wrong = 1 if person[pattern] else 0, edits
                    for e in range(begins, ends):
                        if noted[needed[e] + 1, 1] < before + low:
                            wrong += 1
                            if noted[needed[e] + 1, 0] < before + low:
                                absent -= 1
                                wrong -= 1
                                if absent < 0:
                                    break
                    if absent < 0 or wrong > 1 + size // 4 + edits + absent:
                        continue
                row, there = _placed(
                    (pattern, number, edits, length, at),
                    low,
                    stream,
                    kinds,
                    classes_of,
                    lexicon,
                )
                if not there:
                    continue
                if filled == len(out):
                    grown = np.empty((2 * filled, 7), np.int64)
                    grown[:filled] = out
                    out = grown
                out[filled, 0] = pattern
                for column in range(6):
                    out[filled, column + 1] = row[column]
                filled += 1
    return out[:filled].copy()


@inner
def _note(at, place, stream, classes_of, form_classes, noted):
    """Note where the classes of a word stand, itself and with those behind it."""
    words, cue, joins = stream[0], stream[3], stream[6]
    starts, stops, pool, hows = classes_of
    class_ends, classes = form_classes
    for k in range(starts[words[at]], stops[words[at]]):
        if hows[k] == EXACT:
            noted[pool[k] + 1, 0] = noted[pool[k] + 1, 1] = place
        elif cue[at]:
            noted[pool[k] + 1, 0] = place
    for more in range(2 if cue[at] else 0):
        form = joins[at, more]
        if form >= 0:
            for k in range(class_ends[form], class_ends[form + 1]):
                noted[classes[k] + 1, 0] = noted[classes[k] + 1, 1] = place


@inner
def _window(at, reach, gaps):
    """From which word to which a name around a word may reach."""
    low = high = at
    while low > 0 and at - low < reach and gaps[low] < BREAK:
        low -= 1
    while high + 1 < len(gaps) and high - at < reach and gaps[high + 1] < BREAK:
        high += 1
    return low, high


@inner
def _may_be_alone(at, stream, kinds):
    """Whether a word may be a whole name: 0 no, 1 as it is spelt, 2 misspelt too."""
    if kinds[1][stream[0][at]]:
        return 0
    return 2 if stream[2][at] - stream[1][at] >= LEAST_LONE else 1


@inner
def _stands(number, at, stream, classes_of, form_classes):
    """How a class stands at a word: how (-1 not at all), and over how many words."""
    words, cue, joins = stream[0], stream[3], stream[6]
    starts, stops, pool, hows = classes_of
    for k in range(starts[words[at]], stops[words[at]]):
        if pool[k] == number:
            if hows[k] == EXACT or cue[at]:
                return np.int64(hows[k]), 1
            break
    class_ends, classes = form_classes
    for more in range(2):
        form = joins[at, more]
        if form >= 0:
            for k in range(class_ends[form], class_ends[form + 1]):
                if classes[k] == number:
                    return np.int64(EXACT), 2 + more
    return np.int64(-1), 0


@inner
def _nearest(number, window, used, edge, stream, classes_of, form_classes):
    """The best free place of a class, how it stands there, over how many words."""
    low, high = window
    left, right = edge
    best, best_how, best_length, best_away = -1, np.int64(9), 0, 99
    for near in range(low, high + 1):
        if (used >> np.uint64(near - low)) & np.uint64(1):
            continue
        how, width = _stands(number, near, stream, classes_of, form_classes)
        if how < 0 or near + width - 1 > high:
            continue
        if used & _bits(near - low, width):
            continue
        away = max(left - near, near - right)
        if how < best_how or (how == best_how and away < best_away):
            best, best_how, best_length, best_away = near, how, width, away
    return best, best_how, best_length


@inner
def _bits(first, count):
    return ((np.uint64(1) << np.uint64(count)) - np.uint64(1)) << np.uint64(first)


@inner
def _placed(start, low, stream, kinds, classes_of, lexicon):
    """How a pattern stands around a word, and whether it does.

    The words from first to last as bits, edits, missing words and the gap; the classes
    are taken one by one, the rarest first, each where it stands best.
    """
    pattern, number, edits, length, at = start
    gaps = stream[5]
    element_ends, needed, weights = lexicon[1]
    nothing = (0, 0, 0, 0, 0, 0)
    size = element_ends[pattern + 1] - element_ends[pattern]
    high = at
    if size > FEW:
        # Long names of bodies are few: looked for word by word, far out.
        low, high = _window(at, min(FARTHEST, 2 * size + 4), gaps)
    else:
        low, reach = max(low, at - size - SPARE), min(REACH, size + SPARE)
        while high + 1 < len(gaps) and high - at < reach and gaps[high + 1] < BREAK:
            high += 1
    high = max(high, at + length - 1)
    bearable = 1 if lexicon[3][pattern] and size > 2 else 0
    used = _bits(at - low, length)
    left, right = at, at + length - 1
    wrong, missing, found, own = edits, 0, np.float32(0), True
    for e in range(element_ends[pattern], element_ends[pattern + 1]):
        if own and needed[e] == number:
            own = False
            found += weights[e]
            continue
        best, how, width = _nearest(
            needed[e], (low, high), used, (left, right), stream, classes_of, lexicon[5]
        )
        if best < 0:
            missing += 1
            if missing > bearable:
                return nothing, False
            continue
        used |= _bits(best - low, width)
        wrong += how
        found += weights[e]
        left, right = min(left, best), max(right, best + width - 1)
    if size - missing < min(size, 2) or wrong > 1 + size // 4:
        return nothing, False
    if missing and found < LEAST_IN_PART:
        return nothing, False
    if lexicon[3][pattern]:
        used, left, right, missing = _with_father(
            pattern,
            (low, high),
            used,
            left,
            right,
            missing,
            stream,
            kinds,
            classes_of,
            lexicon,
        )
    gap = _gap(lexicon[3][pattern], low, used, left, right, stream, kinds)
    if gap > MOST_GAP + size // 5:
        return nothing, False
    bits = np.int64(used >> np.uint64(left - low))
    return (left, right, bits, np.int64(wrong), missing, gap), True


@inner
def _with_father(
    pattern, window, used, left, right, missing, stream, kinds, classes_of, lexicon
):
    """A person's words with the father's name beside or between them.

    Another man's father counts as a word that is missing.
    """
    low, high = window
    ends, fathers = lexicon[2]
    known = ends[pattern + 1] - ends[pattern]
    for near in range(max(low, left - 1), min(high, right + 1) + 1):
        bit = np.uint64(1) << np.uint64(near - low)
        if used & bit or not kinds[2][stream[0][near]]:
            continue
        theirs = False
        for e in range(ends[pattern], ends[pattern + 1]):
            how, _ = _stands(fathers[e], near, stream, classes_of, lexicon[5])
            theirs = theirs or how >= 0
        if theirs:
            used |= bit
            left, right = min(left, near), max(right, near)
        elif known and left < near < right:
            missing += 1
    return used, left, right, missing


@inner
def _gap(person, low, used, left, right, stream, kinds):
    """What stands between the words found: other words, commas, brackets."""
    words, gaps = stream[0], stream[5]
    gap = 0
    for near in range(left, right + 1):
        if near > left:
            gap += gaps[near]
        if not (used >> np.uint64(near - low)) & np.uint64(1):
            light = kinds[0][words[near]] or (person and kinds[2][words[near]])
            gap += 0 if light else 1
    return gap
