"""Compare two names word by word: one computation yields score and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from clearway.match.spoilt import (
    LETTER,
    SAYS_LITTLE,
    SAYS_NOTHING,
    Pair,
    cut_off,
    initials,
    joined,
    jumbled,
    moved_blank,
    slipped_particle,
)
from clearway.match.words import RULES, alike
from clearway.model import Kind
from clearway.names.analyse import NameForm, Token
from clearway.names.patronymics import ENDINGS
from clearway.names.script import written_in_han
from clearway.names.syllables import syllabic

CONFLICT = 0.95
"""What words that stand against each other cost, beside not agreeing."""
UNLISTED = 0.85
"""How much rare words count that a person's listed name does not have."""
BETWEEN = 0.7
"""How much of that counts of a word between two that agree."""
RARE = 0.6
"""The weight from which a word is rare."""
CORE = 0.9
"""What the rare part of a company's name agrees with the whole of it, at least."""
GENERAL_CONFLICT = 0.3
"""What general words of companies cost that stand against each other."""
RESEMBLES = 0.5
"""Share of equal letters from which words in conflict are not wholly different."""
HALF_ALIKE = 0.45
"""What a word that merely resembles another agrees, at most."""
SURPLUS = {Kind.PERSON: 0.22, Kind.ORGANIZATION: 0.40, Kind.ANY: 0.25}
"""How much a word counts that only one of the names has, by kind."""
SYLLABLES_MORE = 0.30
"""How much a syllable counts that the listed name has more: Yu is seldom Yu-ro."""
ENOUGH = {Kind.PERSON: 1.25, Kind.ORGANIZATION: 1.0, Kind.ANY: 1.25}
"""Weight of agreeing words below which a name that has more words stays in doubt."""
_FATHERS = frozenset({"bin", "ibn", "ben", "bint", "ould", "wuld"})
_INVERTED = 0.6
_OTHER_FATHER, _OTHER_FORM = 0.85, 0.9
_SYLLABLE = 0.4
_SURELY = frozenset({"exact", "spelling", "romanisation", "doubled", "joined"})
_MERELY_ALIKE = frozenset({"sound", "typo", "initial"})
_OWN_WORD = 0.9
_NEARLY = 0.85
_LONG_OWN, _NEARLY_OWN = 8, 0.9
_ONE_LIKENESS = 0.92
_NUMBERS_DIFFER = 0.75
SIBLING = 0.63
"""What bodies of one series agree, at least: near, and never a hit by themselves."""
_ROMAN = frozenset("ivxlcdm")


@dataclass(frozen=True, slots=True)
class WordMatch:
    """Words of the query that were matched with words of the listed name."""

    query: tuple[str, ...]
    listed: tuple[str, ...]
    agreement: float
    weight: float
    rule: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Two names compared.

    `score` is 0 to 1 for the names alone; `distinct` (0 to 1) says how much the words
    that agree identify: near 0 for one common given name, 1 for two rare words;
    `rarity` (0 to 1) how rare they are, however many: 1 for one rare word.
    """

    score: float
    distinct: float
    words: tuple[WordMatch, ...]
    query_only: tuple[str, ...]
    listed_only: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    rarity: float = 1.0

    def because(self) -> str:
        """The comparison in words: what matched what, and what was left over."""
        parts = []
        exact = [w for w in self.words if w.rule == "exact"]
        if exact:
            parts.append(" ".join(w.query[0] for w in exact) + " the same")
        for word in self.words:
            if word.rule != "exact":
                query, listed = " ".join(word.query), " ".join(word.listed)
                parts.append(f"{query} ~ {listed}: {RULES[word.rule]}")
        if self.query_only:
            parts.append("only in the query: " + " ".join(self.query_only))
        if self.listed_only:
            parts.append("only in the listed name: " + " ".join(self.listed_only))
        return "; ".join([*parts, *self.remarks])


NOTHING = NameMatch(0.0, 0.0, (), (), ())


def compare(query: NameForm, listed: NameForm, kind: Kind = Kind.ANY) -> NameMatch:
    """Compare a query with a listed name of a kind; symmetric but for the words."""
    if not query.tokens or not listed.tokens:
        return _signs(query, listed)
    if query.key == listed.key and not _inverted_whole(query, listed):
        return _same(query)
    pairs = _equal(query.tokens, listed.tokens)
    # One letter makes another syllable, where a word of several might be misspelt.
    strict = kind is not Kind.ORGANIZATION and (
        (_syllabic(query) and _syllabic(listed))
        or (written_in_han(query.text) and written_in_han(listed.text))
    )
    free_q = set(range(len(query.tokens))).difference(*(pair[2] for pair in pairs))
    free_l = set(range(len(listed.tokens))).difference(*(pair[3] for pair in pairs))
    if free_q and free_l:
        others = _pairs(
            query.tokens, listed.tokens, sorted(free_q), sorted(free_l), kind, strict
        )
        for pair in others:
            if free_q.issuperset(pair[2]) and free_l.issuperset(pair[3]):
                free_q.difference_update(pair[2])
                free_l.difference_update(pair[3])
                pairs.append(pair)
    if pairs and (free_q or free_l):
        sure = sum([weight for _, weight, *_ in pairs]) >= ENOUGH[Kind.PERSON]
        least = 2 if sure else 3
        pairs += cut_off(query.tokens, listed.tokens, free_q, free_l, least)
        pairs += moved_blank(query.tokens, listed.tokens, free_q, free_l)
        if kind is not Kind.ORGANIZATION:
            pairs += initials(query, listed, free_q, free_l)
    if pairs and free_q and free_l and kind is not Kind.ORGANIZATION:
        pairs += slipped_particle(query.tokens, listed.tokens, free_q, free_l)
    if free_q and free_l and not strict:
        # One such word alone is as likely another: Listen and Silent.
        least = 1 if pairs else 2
        pairs += jumbled(query.tokens, listed.tokens, free_q, free_l, least)
    if not pairs:
        return NOTHING
    words = [
        WordMatch(
            tuple(query.tokens[n].form for n in left),
            tuple(listed.tokens[n].form for n in right),
            agreement,
            weight,
            rule,
        )
        for agreement, weight, left, right, rule in pairs
    ]
    placed = [(pair[2], pair[3]) for pair in pairs]
    return _scored(query, listed, kind, words, placed, free_q, free_l, strict)


def _same(query: NameForm) -> NameMatch:
    """Word for word the same name, in whatever order."""
    words = tuple(
        WordMatch((token.form,), (token.form,), 1.0, token.weight, "exact")
        for token in sorted(query.tokens, key=lambda token: -token.weight)
    )
    return NameMatch(1.0, distinct(query), words, (), ())


def distinct(query: NameForm) -> float:
    """How much a name identifies if all of it agrees: its weight, at most 1."""
    return min(1.0, query.total / 2.0)


def _signs(query: NameForm, listed: NameForm) -> NameMatch:
    """Names of signs only (no letter, no digit) are equal or not; nothing between."""
    left, right = query.text.split(), listed.text.split()
    if query.tokens or listed.tokens or not left or left != right:
        return NOTHING
    text = " ".join(left)
    return NameMatch(
        1.0, 0.5, (WordMatch((text,), (text,), 1.0, 1.0, "exact"),), (), ()
    )


def _equal(query: Sequence[Token], listed: Sequence[Token]) -> list[Pair]:
    """Words written the same, each taken once: nothing can match them better."""
    places: dict[str, list[int]] = {}
    for j in range(len(listed) - 1, -1, -1):
        places.setdefault(listed[j].form, []).append(j)
    out: list[Pair] = []
    for i, left in enumerate(query):
        if free := places.get(left.form):
            j = free.pop()
            weight = max(left.weight, listed[j].weight)
            out.append((1.0, weight, (i,), (j,), "exact"))
    return out


_SLIPS = frozenset({"sound", "typo", "vowels", "bones", "print"})


def _syllabic(name: NameForm) -> bool:
    return syllabic(token.form for token in name.tokens if token.role != "title")


def _pairs(
    query: Sequence[Token],
    listed: Sequence[Token],
    free_q: Sequence[int],
    free_l: Sequence[int],
    kind: Kind,
    strict: bool,
) -> list[Pair]:
    """Every way the words left over may match, alone or joined, best first.

    A letter may stand for a name of a person, not for a word of a company.
    """
    out: list[Pair] = []
    for i in free_q:
        left = query[i]
        for j in free_l:
            right = listed[j]
            value, rule = alike(left, right)
            if rule == "initial" and kind is Kind.ORGANIZATION:
                continue
            if strict and rule in _SLIPS:
                continue
            if value:
                weight = max(left.weight, right.weight)
                if rule == "initial":
                    # A letter vouches for half of a word, whichever it stands for.
                    weight = LETTER
                out.append((value, weight, (i,), (j,), rule))
    if len(free_q) > 1:
        out += joined(query, free_q, listed, free_l)
    if len(free_l) > 1:
        turned = joined(listed, free_l, query, free_q)
        out += [(value, w, b, a, rule) for value, w, a, b, rule in turned]
    out.sort(key=lambda pair: (-pair[0] * pair[1], pair[2], pair[3]))
    return out


def _scored(
    query: NameForm,
    listed: NameForm,
    kind: Kind,
    words: list[WordMatch],
    placed: list[tuple[tuple[int, ...], tuple[int, ...]]],
    free_q: set[int],
    free_l: set[int],
    strict: bool,
) -> NameMatch:
    found = sum([word.weight for word in words])
    agreed = sum([word.weight * word.agreement for word in words])
    # How much the words identify is read off the query alone: whoever bears exactly
    # the name asked about can then never rank below someone who bears part of it.
    known = 0.0
    for word, (left, _) in zip(words, placed, strict=True):
        weight = query.tokens[left[0]].weight
        if len(left) > 1:
            weight = sum([query.tokens[n].weight for n in left])
        known += word.agreement * weight
    # In a name of syllables each is part of a name: `il` is no article there.
    least = _SYLLABLE if strict else 0.0
    asked = sum([_left(query.tokens[n], least) for n in free_q])
    alone = sum([_left(listed.tokens[n], least) for n in free_l])
    conflict, surplus = min(asked, alone), abs(asked - alone)
    share = SURPLUS.get(kind, SURPLUS[Kind.ANY])
    if asked > alone and kind is not Kind.ORGANIZATION:
        # A rare word before or behind the whole of a listed name is another family's
        # more often than a name its publisher did not know; between, a middle name.
        share += (UNLISTED - share) * (
            1.0 if strict else _foreign(query, placed, free_q)
        )
    elif strict:
        share = max(share, SYLLABLES_MORE)
    whole = found + conflict + share * surplus
    eased = _resembling(query, listed, free_q, free_l) if conflict else 0.0
    cost = CONFLICT * (conflict - eased) - HALF_ALIKE * eased
    if conflict and kind is Kind.ORGANIZATION:
        # Trading against Holding says less than Huawei against Hytera.
        general = min(_general(query, free_q), _general(listed, free_l))
        general = min(conflict - eased, general)
        cost -= (CONFLICT - GENERAL_CONFLICT) * general
        whole -= 0.5 * general
    score = max(0.0, agreed - cost) / whole if whole else 0.0
    remarks = []
    enough = ENOUGH.get(kind, ENOUGH[Kind.ANY])
    if surplus > 0.3 and found < enough:
        score *= 0.4 + 0.6 * found / enough
    if said := _core(query, listed, kind, words, free_q, free_l):
        score = max(score, CORE)
        remarks.append(said)
    if kind is not Kind.ORGANIZATION and _fathers_differ(query, listed, free_q, free_l):
        score *= _OTHER_FATHER
        remarks.append("the fathers differ")
    if kind is Kind.ORGANIZATION and _forms_differ(query, listed, free_q, free_l):
        score *= _OTHER_FORM
        remarks.append("the legal forms differ")
    if _numbers_differ(query, listed, free_q, free_l):
        score *= _NUMBERS_DIFFER
        remarks.append("the numbers differ")
    if kind is Kind.ORGANIZATION and _numbered(query, listed, free_q, free_l):
        score = max(score, SIBLING)
        remarks.append("bodies of one series")
    if all(word.rule in _MERELY_ALIKE for word in words) and (
        len(words) == 1 or any(word.rule == "initial" for word in words)
    ):
        # Where no word is sure, strangers meet: Putin and Pétion, A. Jabir and A Kabir.
        score *= _ONE_LIKENESS
    if kind is not Kind.ORGANIZATION and _inverted(query, listed, placed):
        score *= _INVERTED
        remarks.append("the words stand on the other side of the father's name")
    return NameMatch(
        score=min(1.0, score),
        distinct=min(1.0, known / 2.0),
        words=tuple(sorted(words, key=lambda word: -word.weight * word.agreement)),
        query_only=tuple(query.tokens[n].form for n in sorted(free_q)),
        listed_only=tuple(listed.tokens[n].form for n in sorted(free_l)),
        remarks=tuple(remarks),
        rarity=min(1.0, sum([word.weight**2 for word in words]) / found),
    )


def _left(word: Token, least: float) -> float:
    """What a word left over weighs: in a name of syllables, at least as a syllable."""
    return word.weight if word.role == "title" else max(least, word.weight)


def _foreign(
    query: NameForm,
    placed: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    free: set[int],
) -> float:
    """How much of what a person's query adds speaks for another family, 0 to 1."""
    inner = [n for left, _ in placed for n in left]
    first, last = min(inner), max(inner)
    said = {query.tokens[n].form for n in inner}
    against = whole = 0.0
    for n in free:
        token = query.tokens[n]
        whole += token.weight
        if token.form in said or token.form.endswith(ENDINGS):
            continue
        if token.weight > RARE:
            against += token.weight * (BETWEEN if first < n < last else 1.0)
    return min(1.0, against / whole) if whole else 0.0


def _general(name: NameForm, free: set[int]) -> float:
    """The weight of words of trade and legal forms among those left over."""
    tokens = [name.tokens[n] for n in free]
    return sum([token.weight for token in tokens if token.role in SAYS_LITTLE])


def _core(
    query: NameForm,
    listed: NameForm,
    kind: Kind,
    words: Sequence[WordMatch],
    free_q: set[int],
    free_l: set[int],
) -> str:
    """Why the query is the heart of the listed name, or ''.

    The rare part of a company's name, where the rest says little: Huawei of Huawei
    Technologies Co., Ltd.; not Kala of Kala Power Limited, a short word many companies
    could have taken. Or a person's rare surname, asked alone.
    """
    own = [word for word in words if word.weight >= _OWN_WORD]
    if not own or not free_l or any(word.agreement < _NEARLY for word in words):
        return ""
    if not all(_is_sure(word, kind) for word in own):
        return ""
    if any(query.tokens[n].role not in SAYS_NOTHING for n in free_q):
        return ""
    if kind is Kind.ORGANIZATION:
        general = all(listed.tokens[n].role in SAYS_LITTLE for n in free_l)
        return "the listed name adds only general words" if general else ""
    words_asked = sum([token.role != "title" for token in query.tokens])
    alone = len(own) == 1 == words_asked
    return "one rare word was asked" if alone else ""


def _is_sure(word: WordMatch, kind: Kind) -> bool:
    """Whether a rare word is the listed one beyond doubt.

    A long word of a company may be a letter off: faberlick, Faberlic Europe.
    """
    if word.rule in _SURELY:
        return True
    long = min(map(len, (*word.query, *word.listed))) >= _LONG_OWN
    nearly = word.rule in ("sound", "typo") and word.agreement >= _NEARLY_OWN
    return kind is Kind.ORGANIZATION and long and nearly


def _resembling(
    query: NameForm, listed: NameForm, free_q: set[int], free_l: set[int]
) -> float:
    """The weight of words in conflict that at least resemble each other.

    Cooney and Carney are two names, but not as different as Cooney and Trudeau.
    """
    pairs = []
    for i in free_q:
        left = query.tokens[i]
        for j in free_l:
            right = listed.tokens[j]
            if left.role == right.role and left.role in ("word", "number"):
                alike = Indel.normalized_similarity(left.form, right.form)
                if alike >= RESEMBLES:
                    pairs.append((alike * min(left.weight, right.weight), i, j))
    taken_q: set[int] = set()
    taken_l: set[int] = set()
    total = 0.0
    for weight, i, j in sorted(pairs, reverse=True):
        if i not in taken_q and j not in taken_l:
            taken_q.add(i)
            taken_l.add(j)
            total += weight
    return total


def _inverted(
    query: NameForm,
    listed: NameForm,
    placed: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
) -> bool:
    """Father and son: what stands before `bin` in one stands after it in the other.

    Only where both names hold exactly one such word and both sides cross.
    """
    left = [n for n, token in enumerate(query.tokens) if token.form in _FATHERS]
    right = [n for n, token in enumerate(listed.tokens) if token.form in _FATHERS]
    if not left or len(left) != len(right):
        return False
    here, there = left[0], right[0]
    sides = {
        (i[0] < here, j[0] < there)
        for i, j in placed
        if i[0] in (here - 1, here + 1)
        and here not in i
        and query.tokens[i[0]].role == "word"
    }
    sons = {(i[0] < here, j[0] < there) for i, j in placed if here not in i}
    return (True, False) in sons and (False, True) in sides


def _inverted_whole(query: NameForm, listed: NameForm) -> bool:
    """Equal words, but father and son have changed places."""
    if not any(token.form in _FATHERS for token in query.tokens):
        return False
    places = {token.form: j for j, token in enumerate(listed.tokens)}
    placed = [
        ((i,), (places[token.form],))
        for i, token in enumerate(query.tokens)
        if token.form in places
    ]
    return _inverted(query, listed, placed)


def _fathers_differ(
    query: NameForm, listed: NameForm, free_q: set[int], free_l: set[int]
) -> bool:
    """Whether both names tell the father, and not the same one.

    By a patronymic (Romanovich) or by the word behind `bin`.
    """
    return any(_is_father(query.tokens, n) for n in free_q) and any(
        _is_father(listed.tokens, n) for n in free_l
    )


def _is_father(words: Sequence[Token], n: int) -> bool:
    form = words[n].form
    behind = n > 0 and words[n - 1].form in _FATHERS and words[n].role == "word"
    return behind or form.endswith(ENDINGS)


def _forms_differ(
    query: NameForm, listed: NameForm, free_q: set[int], free_l: set[int]
) -> bool:
    """Whether nothing but the legal forms sets two bodies apart: AG and GmbH.

    A further word says already that it may be a body of the same house.
    """
    left = [query.tokens[n].role for n in free_q]
    right = [listed.tokens[n].role for n in free_l]
    return "legal" in left and "legal" in right and {*left, *right} == {"legal"}


def _numbered(
    query: NameForm, listed: NameForm, free_q: set[int], free_l: set[int]
) -> bool:
    """Whether nothing but numbers sets two bodies apart: Fund V and Fund VI."""
    left = [query.tokens[n] for n in free_q]
    right = [listed.tokens[n] for n in free_l]
    return bool(left and right) and all(map(is_numeral, (*left, *right)))


def is_numeral(word: Token) -> bool:
    """Whether a word is a number, holds a digit, or may be a Roman numeral."""
    if word.role in ("number", "initial"):
        return True
    form = word.form
    return _ROMAN.issuperset(form) or any(map(str.isdigit, form))


def _numbers_differ(
    query: NameForm, listed: NameForm, free_q: set[int], free_l: set[int]
) -> bool:
    """Both names hold numbers, and one has a number the other has not."""
    left = [query.tokens[n].role == "number" for n in free_q]
    right = [listed.tokens[n].role == "number" for n in free_l]
    return any(left) and any(right)
