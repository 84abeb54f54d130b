"""The further readings of a name worth asking, those that need the lists included."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from clearway.index.gazetteer import spans
from clearway.index.index import Index
from clearway.index.joined import run_of
from clearway.model import Kind
from clearway.names import identifiers
from clearway.names.analyse import NameForm, Token, analyse
from clearway.names.legal import formed, unformed
from clearway.names.narrative import is_narrative, is_part_of_more, pieces
from clearway.names.readings import Reading, readings
from clearway.names.roles import LIGHT
from clearway.names.romanised import may_be_romanised, respelt
from clearway.names.script import HAN

MOST = 16
"""Readings asked beside the plain one."""
_LONG_WORD, _LONG_AMONG = 9, 12
LIMITS = frozenset({33, 34, 35, 69, 70, 139, 140})
"""Lengths of texts that a field of payments may have cut off."""
_CUT_LETTERS, _CUT_TAIL, _CUT_SURE, _CUT_LONE = 12, 8, 16, 10
_SHORT_END = 3
_FEW = 2
_CUT_CONTENT, _CUT_WHOLE = 0.9, 1.5
_MANY_WORDS = 10
_REVERSED = 5
_LITTLE = 4
_FEW_WORDS = 3
_MOST_CUT = 6
_MOST_SPANS = 5
_PIECE = 0.9
_MOST_SEARCHED = 4


def reread(form: NameForm, kind: Kind, index: Index) -> tuple[Reading, ...]:
    """The readings of a name beside the plain one, each saying how it was read.

    Readings that come to the same words are asked once. An ordinary name has none, and
    that costs a few microseconds.
    """
    plain, *further = readings(form.text)
    found: dict[str, Reading] = {}
    if not further and form.tokens:
        # The way of nearly every name.
        own = _words(form)
        for again in _by_lists(plain, form, kind, index, searched=True):
            words = _words(analyse(again.text, kind))
            if words != own:
                found.setdefault(words, again)
        return tuple(found.values())[:MOST] if found else ()
    forms = [(plain, form)]
    for reading in further:
        other = analyse(reading.text, kind)
        if other.tokens and _words(other) not in found:
            found[_words(other)] = reading
            forms.append((reading, other))
    seen = {_words(form)}
    for number, (reading, other) in enumerate(forms):
        if not other.tokens:
            continue
        searched = number < _MOST_SEARCHED
        for again in _by_lists(reading, other, kind, index, searched=searched):
            words = _words(analyse(again.text, kind))
            if words not in seen:
                found.setdefault(words, again)
        if len(found) > MOST:
            break
    found.pop(_words(form), None)
    return tuple(found.values())[:MOST]


def _words(form: NameForm) -> str:
    return " ".join(token.form for token in form.tokens)


def _by_lists(
    reading: Reading, form: NameForm, kind: Kind, index: Index, *, searched: bool
) -> Iterator[Reading]:
    """Readings that only the listed names suggest."""
    tokens = form.tokens
    count = len(tokens)
    forms = [token.form for token in tokens]
    letters = run_of(forms)
    longest = max(map(len, forms))
    if count != 2 or longest >= _LONG_WORD:
        # Two short words for one are found as they are: the index joins neighbours.
        for name in index.joined.same(letters)[:_MOST_CUT]:
            yield reading.then(index.text(name), "spaces")
    if count == 1 and identifiers.is_bic(reading.text):
        yield reading.then(reading.text[:4], "bank")
    if kind is not Kind.PERSON:
        yield from _acronym(reading, tokens, index)
    if longest >= _REVERSED and (turned := _reversed(forms, index)):
        yield reading.then(turned, "reversed")
    if len(letters) >= _CUT_TAIL:
        if longest >= _LONG_WORD:
            yield from _run_together(reading, tokens, index)
        yield from _cut(reading, form, letters, index)
    if kind is not Kind.ORGANIZATION and may_be_romanised(reading.text):
        for words in islice(respelt(forms, partial(_knows, index)), _MOST_CUT):
            yield reading.then(" ".join(words), "romanised")
    if kind is Kind.PERSON and (person := unformed(tokens)) is not None:
        yield reading.then(person, "ending")
    if kind is not Kind.PERSON and (repaired := formed(tokens, kind)) is not None:
        yield reading.then(repaired, "form")
    if count >= _FEW_WORDS:
        yield from _inside(reading, tokens, forms, index, searched=searched)


def _knows(index: Index, word: str) -> bool:
    """Whether a word stands in a listed name, or two that are written as one."""
    return index.knows(word) or index.knows("+" + word)


def _acronym(
    reading: Reading, tokens: Sequence[Token], index: Index
) -> Iterator[Reading]:
    """Bodies whose acronym is the only word of the name that says anything."""
    heavy = [token for token in tokens if token.role not in LIGHT]
    if len(heavy) == 1 and heavy[0].role == "word":
        for name in index.with_acronym(heavy[0].form)[:_MOST_CUT]:
            yield reading.then(index.text(name), "acronym")


def _reversed(forms: Sequence[str], index: Index) -> str:
    """The words read backwards if each is known so and none as it stands, else ''."""
    long = [form for form in forms if len(form) >= _REVERSED]
    if any(map(index.knows, long)) or not all(index.knows(w[::-1]) for w in long):
        return ""
    return " ".join(forms)[::-1]


def _run_together(
    reading: Reading, tokens: Sequence[Token], index: Index
) -> Iterator[Reading]:
    words: list[str] = []
    heavy = sum(token.role not in LIGHT for token in tokens)
    least = _LONG_WORD if heavy == 1 else _LONG_AMONG
    if max(len(token.form) for token in tokens) < least:
        return
    if HAN.search(reading.text):
        return  # where words of Han end is not read off the lists
    for token in tokens:
        long = len(token.form) >= least and token.role == "word"
        if long and not index.knows(token.form):
            words += index.joined.apart(token.form) or (token.form,)
        else:
            words.append(token.form)
    if len(words) > len(tokens):
        yield reading.then(" ".join(words), "run_together")


def _cut(
    reading: Reading, form: NameForm, letters: str, index: Index
) -> Iterator[Reading]:
    """The last word, cut off, as the listed names go on; the whole where that is sure.

    Looked for where the text ends where fields of payments end, or within a word that
    no list knows.
    """
    tokens = form.tokens
    at_limit = len(form.text.rstrip()) in LIMITS and "\n" not in form.text
    last = tokens[-1].form
    if tokens[-1].role == "particle":
        return
    if len(letters) < _CUT_LETTERS and len(tokens) > 1 and not at_limit:
        return
    sure = len(tokens) >= _FEW_WORDS and len(letters) >= _CUT_SURE
    known = len(last) > _SHORT_END and index.knows(last)
    if known and not (at_limit or sure):
        return
    starts = range(len(tokens)) if at_limit else range(1)
    for start in starts:
        tail = tokens[start:]
        run = run_of(token.form for token in tail)
        least = _CUT_LETTERS if start == 0 and len(tail) > 1 else _CUT_TAIL
        content = sum(token.weight for token in tail if token.role == "word")
        found = index.joined.beginning(run) if len(run) >= least else []
        if not found:
            continue
        # All that follows is restored where much stands there already, or where
        # no other listed name begins so.
        one = len({item.letters for item in found}) <= _FEW and len(run) >= _CUT_SURE
        much = len(run) > _CUT_LETTERS and (content >= _CUT_WHOLE or one)
        if content < _CUT_CONTENT and (start or not one):
            continue
        if start and len(tail) == 1:
            # A single word behind others: long, and little of it cut off.
            found = [i for i in found if len(i.letters) - len(run) <= _LITTLE]
            if len(run) < _CUT_LONE:
                continue
        where = reading if start == 0 else reading.then(reading.text, "inside")
        ends = dict.fromkeys(
            text
            for item in found
            for whole in [
                at_limit and (much or len(item.letters) - len(run) <= _LITTLE)
            ]
            for text in _ended(tail, item.name, whole, index)
        )
        for text in list(ends)[:_MOST_CUT]:
            yield where.then(text, "cut")
        if ends:
            return


def _ended(
    tail: Sequence[Token], name: int, whole: bool, index: Index
) -> Iterator[str]:
    """The words of a text with the last one, and maybe all that follows, restored."""
    last = tail[-1].form
    listed = analyse(index.text(name), index.kind(name)).tokens
    before = [token.form for token in tail[:-1]]
    for token in listed:
        for word in token.form.split():
            if word.startswith(last) and word != last:
                yield " ".join([*before, word])
    if whole:
        yield index.text(name)


def _inside(
    reading: Reading,
    tokens: Sequence[Token],
    forms: Sequence[str],
    index: Index,
    *,
    searched: bool,
) -> Iterator[Reading]:
    """Listed names within a text that is more than a name.

    The pieces between the words of payments are read as names; the whole is searched
    for listed names if it is one of the first readings, for that takes milliseconds.
    """
    told = reading.coded or is_narrative(reading.text, forms)
    if told:
        for piece in pieces(reading.text):
            if sum(token.weight for token in analyse(piece).tokens) >= _PIECE:
                yield reading.then(piece, "inside")
    elif len(tokens) < _MANY_WORDS:
        return
    if not searched:
        return
    for span in spans(tokens, index, told=told)[:_MOST_SPANS]:
        part = span.end - span.start < len(tokens)
        if part and not is_part_of_more(tokens, span.start, span.end):
            text = " ".join(forms[span.start : span.end])
            yield reading.then(text, "inside")
