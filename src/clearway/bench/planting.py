"""Listed names written into sentences the ways papers, and scanners, write them."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from clearway.model import Kind

Disguise = Callable[[str, random.Random], str]
_FRAMES = (
    "The contract was signed by {} on Tuesday.",
    "Officials said that {} had received the payment in the first week of the year.",
    "According to the report, {} did not answer questions.",
    "Nobody could say where {} had been since.",
    "Two ships were waiting; {} owned neither, it was said.",
    "Was it {} who had asked for the goods?",
)
_ENCLOSED = (
    "The owner ({}) was absent.",
    "It is “{}” that they meant.",
    "«{}», he said.",
)
_TITLED = ("They met President {} at noon.", "The minister, Mr. {}, left early.")
_OWNING = ("They looked at {}'s account again.", "It was {}’s third payment.")
_LEAST_DIVIDED, _LEAST = 6, 8


@dataclass(frozen=True, slots=True)
class Way:
    """One way of writing names: the key of its measure, what it is called, how."""

    key: str
    what: str
    disguise: Disguise
    frames: tuple[str, ...] = _FRAMES
    plain: bool = True
    only: Kind | None = None

    def fits(self, text: str, kind: Kind) -> bool:
        """Whether a listed name can be written so."""
        if self.only not in (None, kind):
            return False
        return text.isascii() if self.plain else not text.isascii()


def plantable(text: str) -> bool:
    """Whether a paper would write a name as it is listed: no notes in brackets."""
    if "(" in text or sum(map(str.isalpha, text)) < _LEAST:
        return False
    return len(in_reading_order(text).split()) > 1


def in_reading_order(listed: str) -> str:
    """A listed name as a newspaper writes it: `PUTIN, Vladimir` is Vladimir Putin."""
    text = re.sub(r"\s*\([^)]*\)", "", listed)
    last, comma, first = text.partition(",")
    if comma and "," not in first and first.strip():
        text = f"{first.strip()} {last.strip()}"
    return " ".join(map(_quiet, text.split()))


def _quiet(word: str) -> str:
    loud = word.isupper() and len(word) > 3 and "." not in word
    if not loud:
        return word
    return re.sub(r"[A-Z]+(?:'[A-Z]+)?", lambda match: match[0].capitalize(), word)


def turned(text: str, rng: random.Random) -> str:
    """The words with as many moved from the front to the end as chance will have it."""
    words = text.split()
    cut = rng.randrange(1, len(words)) if len(words) > 1 else 0
    return " ".join(words[cut:] + words[:cut])


def misspelt(text: str, rng: random.Random) -> str:
    """One letter of a word of four or more left out, put in, changed, turned round."""
    words = list(re.finditer(r"[A-Za-z]{4,}", text))
    if not words:
        return text
    word = rng.choice(words)
    small, at = word[0].lower(), rng.randrange(len(word[0]))
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    changed = (
        small[:at] + small[at + 1 :],
        small[:at] + letter + small[at:],
        small[:at] + letter + small[at + 1 :],
        small[:at] + small[at + 1 : at + 2] + small[at] + small[at + 2 :],
    )[rng.randrange(4)]
    cased = changed.capitalize() if word[0][0].isupper() else changed
    return text[: word.start()] + cased + text[word.end() :]


def wrapped(text: str, rng: random.Random) -> str:
    """The name across the end of a line."""
    words = text.split()
    cut = rng.randrange(1, len(words))
    return " ".join(words[:cut]) + "\n" + " ".join(words[cut:])


def divided(text: str, rng: random.Random) -> str:
    """A longer word of it divided by a hyphen at the end of a line."""
    places = [
        at
        for word in re.finditer(rf"[A-Z][a-z]{{{_LEAST_DIVIDED - 1},}}", text)
        for at in range(word.start() + 3, word.end() - 2)
    ]
    if not places:
        return text
    cut = rng.choice(places)
    return text[:cut] + "-\n" + text[cut:]


def _as_it_is(text: str, rng: random.Random) -> str:
    return text


def _loud(text: str, rng: random.Random) -> str:
    return text.upper()


WAYS = (
    Way("exact", "names as they are", _as_it_is),
    Way("reordered", "their words in another order", turned),
    Way("typo", "one letter wrong", misspelt),
    Way("native", "in other letters, as listed", _as_it_is, plain=False),
    Way("capitals", "in capitals", _loud),
    Way("wrapped", "across the end of a line", wrapped),
    Way("divided", "a word divided at the end of a line", divided),
    Way("enclosed", "in brackets or quotation marks", _as_it_is, _ENCLOSED),
    Way("genitive", "with 's behind", _as_it_is, _OWNING),
    Way("titled", "people with a title", _as_it_is, _TITLED, only=Kind.PERSON),
)
"""Every way that is measured; the share found is printed for each."""
