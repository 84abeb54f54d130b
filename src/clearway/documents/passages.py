"""Passages repeated through a document, such as captions: one is shown, all counted.

Two passages are one where at least half of their words are the same (Jaccard). A
passage is a paragraph and goes by the character at which it begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clearway.documents.sentences import Stretch

ALIKE = 0.5
"""Share of their words that two passages of one kind have in common."""
_WORD = re.compile(r"[^\W_]+")
_MOST_TRIED = 24
_LONGEST = 2_000
"""Characters of a passage that are compared: nobody's caption is longer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and where it stands again: where each begins, the first shown."""

    shown: int
    places: tuple[int, ...]

    @property
    def count(self) -> int:
        """How often it stands there."""
        return len(self.places)


class Repeats:
    """Tells which paragraphs of one text are alike; each is read once."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text
        self._words: dict[int, frozenset[str]] = {}
        self._alike: dict[tuple[int, int], bool] = {}

    def collapsed(self, parts: Sequence[Stretch]) -> tuple[Passage, ...]:
        """The passages, each once, repeated ones together."""
        groups: list[list[Stretch]] = []
        for part in sorted(set(parts), key=lambda part: part.start):
            for group in groups[:_MOST_TRIED]:
                if self._are_alike(group[0], part):
                    group.append(part)
                    break
            else:
                groups.append([part])
        return tuple(
            Passage(group[0].start, tuple(part.start for part in group))
            for group in groups
        )

    def _are_alike(self, one: Stretch, other: Stretch) -> bool:
        key = (one.start, other.start)
        if key not in self._alike:
            left, right = self._words_of(one), self._words_of(other)
            shared = len(left & right)
            union = len(left) + len(right) - shared
            self._alike[key] = shared > 0 and shared >= ALIKE * union
        return self._alike[key]

    def _words_of(self, part: Stretch) -> frozenset[str]:
        if part.start not in self._words:
            end = min(part.end, part.start + _LONGEST)
            found = _WORD.findall(self._text[part.start : end].casefold())
            self._words[part.start] = frozenset(found)
        return self._words[part.start]
