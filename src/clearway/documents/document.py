"""A document that was read: its text, where its pages begin, what was not read."""

from bisect import bisect_right
from dataclasses import dataclass, field

from clearway.model import Problem


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one document.

    `name` is its file or address; `pages` are the characters at which pages begin, if
    it has pages; `title` and `date` as the document gives them, else empty.
    """

    name: str
    text: str
    title: str = ""
    date: str = ""
    pages: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def page_of(self, place: int) -> int:
        """The page, from 1, on which a character stands; 0 if there are no pages."""
        return bisect_right(self.pages, place)
