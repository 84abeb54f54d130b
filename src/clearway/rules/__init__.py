"""The law as dated, cited data: facts, rule book and day in, findings out."""

from clearway.rules.book import RuleBook, book_of, law
from clearway.rules.engine import Question, conclude
from clearway.rules.facts import Facts, Item
from clearway.rules.finding import Finding
from clearway.rules.rule import Mark, Sort
from clearway.rules.span import Cover, Moment, Span

__all__ = [
    "Cover",
    "Facts",
    "Finding",
    "Item",
    "Mark",
    "Moment",
    "Question",
    "RuleBook",
    "Sort",
    "Span",
    "book_of",
    "conclude",
    "law",
]
