"""Shares as people write them: numbers, ranges, bounds in words, three languages."""

import re
import unicodedata
from fractions import Fraction

from clearway.ownership.stake import UNKNOWN, Share

_NOTHING = frozenset(
    {"", "-", "--", "—", "–", "?", "n/a", "na", "none", "null", "nan", "unknown"}
    | {"not known", "неизвестно", "нет данных", "н/д", "未知", "不详", "无"}
)
_N = r"(-?\d+(?:[.,]\d+)?(?:\s*/\s*\d+)?)"
_PER_CENT = re.compile(
    r"%|per\s?cent(?:age)?|\bpct\b|процент(?:ов|а|ы)?|百分之|以上的?股权"
)
_OVER = (
    r"(?:>|more than|over|above|exceeding|greater than|свыше|более|больше|超过|大于)"
)
_FROM = r"(?:>=|≥|at least|from|min(?:imum)?\.?|not less than|не менее|от|至少|不低于)"
_UNDER = r"(?:<|less than|under|below|менее|меньше|до|低于|小于)"
_UP_TO = (
    r"(?:<=|≤|up to|at most|max(?:imum)?\.?|not more than|no more than|"
    r"не более|не больше|不超过|至多)"
)
_AND = r"\s*,?\s*(?:but|and|и|но)?\s*"

_FORMS: tuple[tuple[str, str], ...] = (
    (rf"{_N}", "exact"),
    (rf"{_OVER}\s*{_N}{_AND}(?:{_UP_TO}|to)\s*{_N}", "over to"),
    (rf"{_OVER}\s*{_N}{_AND}{_UNDER}\s*{_N}", "over under"),
    (rf"{_FROM}\s*{_N}{_AND}{_UNDER}\s*{_N}", "from to"),
    (rf"{_FROM}\s*{_N}{_AND}(?:{_UP_TO}|to)\s*{_N}", "from to"),
    (rf"(?:between\s*)?{_N}\s*(?:-|–|—|to|and|до|至|到|~)\s*{_N}", "from to"),
    (rf"{_OVER}\s*{_N}", "over"),
    (rf"{_N}\s*\+", "from"),
    (rf"{_FROM}\s*{_N}", "from"),
    (rf"{_N}\s*(?:or more|or over|and above|и более|и выше|以上|或以上)", "from"),
    (rf"{_UP_TO}\s*{_N}", "to"),
    (rf"{_N}\s*(?:or less|и менее|以下)", "to"),
    (rf"{_UNDER}\s*{_N}", "under"),
    (rf"[a-z-]+-{_N}-to-{_N}-percent[a-z-]*", "register"),
)
_READ = tuple((re.compile(pattern), form) for pattern, form in _FORMS)


class ImpossibleShareError(ValueError):
    """A share that nobody can have; the message says why."""


def share_of(text: str, *, scale: int = 100) -> Share:
    """The share that a text states; unknown where it says nothing.

    A bare number is a part of `scale`, a number with a per cent sign always of 100, and
    `1/3` a fraction. `ownership-of-shares-25-to-50-percent` is the British register's
    way to say "more than 25 % and not more than 50 %". Raises ImpossibleShareError
    below 0, above 100 per cent or with its ends exchanged, ValueError for no share.
    """
    bare = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if bare in _NOTHING:
        return UNKNOWN
    whole = scale
    plain = bare
    if not bare.endswith("-percent") and "-percent-" not in bare:
        plain = " ".join(_PER_CENT.sub(" ", bare).split())
        whole = 100 if plain != bare else scale
    for pattern, form in _READ:
        if match := pattern.fullmatch(plain):
            numbers = [_number(part, whole) for part in match.groups()]
            return _share(form, numbers)
    raise ValueError(f"no share: {text!r}")


def _number(text: str, whole: int) -> Fraction:
    top, slash, bottom = text.replace(",", ".").replace(" ", "").partition("/")
    if slash:
        if int(bottom) == 0:
            raise ImpossibleShareError("divides by nothing")
        return Fraction(top) / Fraction(bottom)
    return Fraction(top) / whole


def _share(form: str, numbers: list[Fraction]) -> Share:
    for number in numbers:
        if number < 0:
            raise ImpossibleShareError("is less than nothing")
        if number > 1:
            raise ImpossibleShareError("is more than the whole (100 %)")
    low, high = numbers[0], numbers[-1]
    if high < low:
        raise ImpossibleShareError("has its ends exchanged")
    if low == high and form in ("exact", "over to", "over under", "from to"):
        if form in ("over to", "over under"):
            raise ImpossibleShareError("leaves nothing between its ends")
        return Share.exactly(low)
    one, none = Fraction(1), Fraction(0)
    match form:
        case "over to":
            return Share(low, high, over=True)
        case "over under":
            return Share(low, high, over=True, under=True)
        case "from to":
            return Share(low, high)
        case "register":
            return Share(
                low,
                high,
                over=low < Fraction(3, 4),
                under=high < 1 and low >= Fraction(1, 2),
            )
        case "over" if low < 1:
            return Share(low, one, over=True)
        case "from":
            return Share(low, one)
        case "to":
            return Share(none, high)
        case "under" if high > 0:
            return Share(none, high, under=True)
    raise ImpossibleShareError("leaves nothing")
