"""Codes of the Harmonized System, read as people write them.

The first six digits of a CN, TARIC, HTS, TN VED or Chinese customs code are those of
the Harmonized System (HS); digits behind them are national. A code of four digits is a
whole heading. What cannot be read is a `Problem` that says what to do, and where a
reading is possible it is offered beside it: nothing is lost, and nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from clearway.goods.editions import edition_named, not_in
from clearway.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Code:
    """A code as digits, 4 to 10 of them, and its edition of the HS, '' if unsaid."""

    digits: str
    edition: str = ""

    @property
    def hs6(self) -> str:
        """The first six digits; four where the code is a heading."""
        return self.digits[:6]

    @property
    def heading(self) -> str:
        """The first four digits."""
        return self.digits[:4]

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self.digits[:2]

    @property
    def is_heading(self) -> bool:
        """Whether it names a whole heading, and so every code below it."""
        return len(self.digits) < 6

    def __str__(self) -> str:
        """As customs write it: `8542.31`, with national digits `8542.31.9000`."""
        parts = (self.digits[:4], self.digits[4:6], self.digits[6:])
        return ".".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says as a code.

    `code` is the code where there is one answer; `possible` the codes it may have meant
    where there is none; `problems` say why.
    """

    code: Code | None = None
    possible: tuple[Code, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def all(self) -> tuple[Code, ...]:
        """Every code to look up: the one read, else those possible."""
        return (self.code,) if self.code else self.possible


_LABEL = re.compile(
    r"\b(?:H\.?S\.?N?|HTS(?:US)?|H\.?S\.?\s*TARIFF|CN|TARIC|TN\s?VED|TNVED|ECCN|GTIP|"
    r"SCHEDULE\s*B|TARIFF|COMMODITY|CUSTOMS|ТН\s*ВЭД|ТНВЭД|УКТ\s*ЗЕД|УКТЗЕД|КОД)"
    r"(?:\s*(?:CODE|CODES|NUMBER|NO|NR|№|TARIFF|КОД|ЕАЭС|EAEU|ТС))*[\s.:#№=-]*(?=\d)"
    r"|(?:海关编码|商品编码|税则号列|税则号|税号|编码)[\s:.]*(?=\d)",
    re.I,
)
_EDITION_IN_LABEL = re.compile(
    r"\b(?:HS\s?-?(20(?:12|17|22))|H([456]))\b[\s:)\],-]*(?=\d|CODE)", re.I
)
_RUN = re.compile(r"\d(?:[\d.\s/\u2010-\u2015-]*\d)?")
# Behind a label words and numbers may follow, so signs between the digits must agree:
# `8542 31 900 0` is one code, `8542.31 100 pcs` a code and a quantity.
_LABELLED_RUN = re.compile(
    r"\d{4}\s\d{2}(?:\s\d{1,4})*(?![\d.])|\d+(?:[./\u2010-\u2015-]\d+)*"
)
_SOLID = re.compile(r"(?<!\d)\d{6}(?:\d{2}){0,2}(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])\d{4}\.\d{2}(?:\.?\d{2,4})*(?![\d.]*\d)")
# One zero: `8548.00` is a code of six digits.
_FLOAT = re.compile(r"(\d{4,10})\.0")
_POWER = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.I)
_SEVERAL = re.compile(r"[;,|]|\s+(?:AND|OR|И|ИЛИ|或|和)\s+", re.I)
_NO_DIGIT = re.compile(r"\D+")
_LOOK_ALIKE = str.maketrans("OoОоIlІ|SsBЗз", "0000111155833")
_GOOD = (4, 6, 8, 10)
_LONGEST = 60


def read_code(text: str, *, edition: str = "", position: str = "") -> Reading:
    """The code that a text states, with its edition where the text or `edition` says.

    Takes digits with spaces, dots, dashes and slashes between them, full-width digits,
    numbers a spreadsheet made (`854231.0`), and a code behind its label (`HS 8542.31`,
    `ТН ВЭД 8542 31 900 0`, `海关编码 8542319000`). Several codes, letters, odd counts
    of digits (a leading zero lost, or a digit), unknown chapters, and a code that its
    edition does not have are problems. An empty text is no code and no problem.
    """
    plain = _plain(text)
    if not plain:
        return Reading()
    known, complaints = _edition(edition, text, position)
    if found := _EDITION_IN_LABEL.search(plain):
        said = edition_named(found[1] or f"H{found[2]}")
        if known and said != known:
            complaints.append(
                _problem(
                    "edition_differs",
                    f"the code says {said}, its edition {known}: correct one of them",
                    text,
                    position,
                )
            )
        known = known or said
        plain = f"{plain[: found.start()]}HS {plain[found.end() :]}"
    read = _read(plain, known, text, position)
    return Reading(read.code, read.possible, (*complaints, *read.problems))


def _plain(text: str) -> str:
    """Full-width signs made plain, signs that nobody sees taken out."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc"))
    digits = (
        str(unicodedata.digit(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKC", kept)
    )
    return "".join(digits).strip().strip("'\"`")


def _edition(text: str, code: str, position: str) -> tuple[str, list[Problem]]:
    known = edition_named(text)
    if known or not text.strip():
        return known, []
    message = f"no known edition of the HS: {text!r}; give HS2012, HS2017 or HS2022"
    return "", [_problem("unknown_edition", message, code, position)]


def _read(plain: str, edition: str, text: str, position: str) -> Reading:
    if whole := _FLOAT.fullmatch(plain):
        return _of_digits(whole[1], edition, text, position)
    if _POWER.fullmatch(plain):
        message = "a spreadsheet shortened this code: format the column as text"
        return _failed("shortened_code", message, text, position)
    runs = list(_runs(plain))
    if len(runs) > 1:
        codes = tuple(
            Code(run, edition) for run in runs if len(run) in _GOOD and _is_chapter(run)
        )
        message = "more than one code: give each line of goods its own"
        return _failed("several_codes", message, text, position, codes)
    if runs:
        return _of_digits(runs[0], edition, text, position)
    return _of_letters(plain, edition, text, position)


def _runs(plain: str) -> Iterator[str]:
    """The codes stated: behind labels, else the whole text, else what is dotted."""
    if labels := list(_LABEL.finditer(plain)):
        ends = [label.start() for label in labels[1:]] + [len(plain)]
        for label, end in zip(labels, ends, strict=True):
            yield from _of_list(plain[label.end() : end], labelled=True)
        return
    if not any(c.isalpha() for c in _SEVERAL.sub(" ", plain)):
        yield from _of_list(plain, labelled=False)
        return
    for dotted in dict.fromkeys(_DOTTED.findall(plain)):
        yield _NO_DIGIT.sub("", dotted)


def _of_list(plain: str, *, labelled: bool) -> Iterator[str]:
    """Codes set apart by commas and semicolons; behind a label until words begin."""
    parts = _SEVERAL.split(plain)
    for at, part in enumerate(parts):
        bare = part.strip()
        found = _LABELLED_RUN.match(bare) if labelled else _RUN.search(bare)
        if not found or (labelled and at and not _CODE_ALONE.fullmatch(bare)):
            return
        yield _NO_DIGIT.sub("", found[0])


_CODE_ALONE = re.compile(r"\d{4}[\d.\s-]{0,12}")


def _of_digits(digits: str, edition: str, text: str, position: str) -> Reading:
    if len(digits) not in _GOOD:
        return _of_odd_length(digits, edition, text, position)
    if complaint := _chapter_problem(digits, text, position):
        return Reading(problems=(complaint,))
    code = Code(digits, edition)
    if reason := not_in(code.hs6, edition):
        problem = _problem("not_in_edition", reason, text, position)
        return Reading(code, problems=(problem,))
    return Reading(code)


def _of_odd_length(digits: str, edition: str, text: str, position: str) -> Reading:
    """Digits too few or too many: what they may have been."""
    count = len(digits)
    if count < 3 or count > 14:
        message = f"{count} digits are no code: give 4 to 10"
        return _failed("bad_code_length", message, text, position)
    guesses = [digits[:6]] if count > 6 else [digits[:4]] if count > 4 else []
    if count < 10:
        guesses.insert(0, "0" + digits)
    possible = tuple(Code(guess, edition) for guess in guesses if _is_chapter(guess))
    lost = "a leading zero or a digit is lost" if count < 10 else "some are not its own"
    message = f"{count} digits are no code of 4, 6, 8 or 10: {lost}; give it whole"
    return _failed("bad_code_length", message, text, position, possible)


def _of_letters(plain: str, edition: str, text: str, position: str) -> Reading:
    """No code is stated; numbers as long as codes are offered, and misread digits."""
    guesses = _SOLID.findall(plain)
    swapped = plain.translate(_LOOK_ALIKE) if len(plain) <= _LONGEST else ""
    if any(c.isdigit() for c in plain) and not any(c.isalpha() for c in swapped):
        guesses = [_NO_DIGIT.sub("", swapped)]
    possible = tuple(
        Code(guess, edition)
        for guess in dict.fromkeys(guesses)
        if len(guess) in _GOOD and _is_chapter(guess)
    )
    message = "letters are no code: give 4 to 10 digits, or leave the code empty"
    return _failed("letters_in_code", message, text, position, possible)


def _is_chapter(digits: str) -> bool:
    return "01" <= digits[:2] <= "97" and digits[:2] != "77"


def _chapter_problem(digits: str, text: str, position: str) -> Problem | None:
    """The HS has chapters 01 to 97 but for 77; 98 and 99 are each country's own."""
    if _is_chapter(digits):
        return None
    chapter = digits[:2]
    if chapter in ("98", "99"):
        message = (
            f"chapter {chapter} is each country's own and says nothing of the goods: "
            "give the code of the goods themselves"
        )
        return _problem("national_chapter", message, text, position)
    message = f"the HS has no chapter {chapter}: correct the code"
    return _problem("unknown_chapter", message, text, position)


def _failed(
    code: str, message: str, text: str, position: str, possible: tuple[Code, ...] = ()
) -> Reading:
    return Reading(None, possible, (_problem(code, message, text, position),))


def _problem(code: str, message: str, text: str, position: str) -> Problem:
    return Problem(code, message, "", position or "code", text)
