"""Passages repeated through a document, such as captions: one is shown, all counted.

Two passages are one where, the names hit left out, at least half of their words are
the same (Jaccard) and the same entities are hit in both. Words are compared as sets of
numbers; passages without a common rare word are never compared.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clearway.documents.sentences import Stretch

ALIKE = 0.5
"""Share of their words that two passages of one kind have in common."""
_WORD = re.compile(r"[^\W_]+")
_MOST_TRIED = 24


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and where it stands again: numbers of paragraphs, the first shown."""

    shown: int
    places: tuple[int, ...]

    @property
    def count(self) -> int:
        """How often it stands there."""
        return len(self.places)


def collapsed(
    text: str, parts: Sequence[Stretch], hits: Mapping[int, Iterable[object]]
) -> tuple[Passage, ...]:
    """The passages with hits, repeated ones together.

    `hits` are, for each paragraph with any, what was hit there, in any hashable form;
    the words of hits are left out by the caller's choice of `parts`.
    """
    groups: list[list[int]] = []
    words: list[frozenset[str]] = []
    by_key: dict[frozenset[object], list[int]] = defaultdict(list)
    for number in sorted(hits):
        part = parts[number]
        own = frozenset(_WORD.findall(text[part.start : part.end].casefold()))
        key = frozenset(hits[number])
        for at in by_key[key][:_MOST_TRIED]:
            if _jaccard(own, words[at]) >= ALIKE:
                groups[at].append(number)
                break
        else:
            by_key[key].append(len(groups))
            groups.append([number])
            words.append(own)
    return tuple(Passage(group[0], tuple(group)) for group in groups)


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared) if shared else 0.0
