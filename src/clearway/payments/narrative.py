"""Other readings of a text: codes as Han, sent letters as Russian, lines joined.

A message can name a party in a code that its alphabet allows. Each reader here gives
the text that was meant beside the text as written, which is never replaced.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from clearway.names import rur

_GROUPS = re.compile(r"(?<![\d.,/-])\d{4}(?:[ \n]{1,2}\d{4}){1,31}(?![\d.,/-])")
_RUN = re.compile(r"(?<!\d)(?:\d{4}){2,5}(?!\d)")
_SENT = re.compile(r"[A-Z][oicqxeua]|[oicqxeua][A-Z]")
_MOST = 16
_LEAST_RUN = 8


@cache
def telegraph() -> Mapping[str, str]:
    """The two books of the Chinese commercial code: ten thousand characters each.

    The tables are Unicode's (Unihan, kMainlandTelegraph and kTaiwanTelegraph), made by
    `tools/telegraph_from_unihan.py`; a space stands where a number has no character.
    """
    path = files("clearway.payments").joinpath("data/telegraph.json")
    raw: dict[str, str] = json.loads(path.read_text("utf-8"))
    del raw["source"]
    return raw


def han_of_codes(text: str) -> tuple[str, ...]:
    """The Han names that four-digit groups of a text spell, by either book.

    `2502 3121 4148` is read group by group; a text that is nothing but digits is read
    in fours without spaces too. A run in which some number has no character is none,
    nor is one of years.
    """
    runs = [match.group() for match in _GROUPS.finditer(text)]
    bare = text.strip()
    if len(bare) >= _LEAST_RUN and _RUN.fullmatch(bare):
        runs.append(bare)
    out: dict[str, None] = {}
    for run in runs[:_MOST]:
        digits = re.sub(r"\D", "", run)
        numbers = [int(digits[at : at + 4]) for at in range(0, len(digits), 4)]
        if all(1900 <= number < 2100 for number in numbers):
            continue  # years
        for book in telegraph().values():
            word = "".join(book[number] for number in numbers)
            if " " not in word:
                out[word] = None
    return tuple(out)


def russian_of_rur(text: str) -> str:
    """The Russian text that SWIFT-RUR sent, '' if the text does not look sent so.

    To be read before anything is put in capitals: `c` and `C` are different letters.
    Each line is judged by itself, for an address may stand in plain Latin below a name.
    """
    if not text.isascii() or not any(rur.likely(line) for line in text.split("\n")):
        return ""
    return "\n".join(
        rur.decoded(line) if rur.likely(line) else line for line in text.split("\n")
    )


def readings(text: str) -> tuple[str, ...]:
    """Every other reading of a text; most have none."""
    if not text.isascii():
        return ()
    out = han_of_codes(text) if _has_groups(text) else ()
    # Sent letters show by small letters among capitals, or by apostrophes with a Q.
    sent = _SENT.search(text) or ("'" in text and "Q" in text)
    russian = russian_of_rur(text) if sent else ""
    return (*out, russian) if russian else out


def _has_groups(text: str) -> bool:
    return any(map(str.isdigit, text)) and bool(
        _GROUPS.search(text) or _RUN.fullmatch(text.strip())
    )


def joined(lines: tuple[str, ...]) -> tuple[str, str]:
    """Lines joined twice: with a space, and with nothing.

    A name cut at the end of a line may have been cut within a word or between two, and
    the line break does not say which.
    """
    return " ".join(lines), "".join(lines)


CODE_WORDS = frozenset(
    """
    ABWA ABWE ACC ADDR BENEFRES BENM BENONLY BNF BNFB BUP CHGS CHQB CORT CRED CREF
    DEBT EDI EREF FIN HOLD ICN ID IID INS INT INTC INV IPI KREF MANUAL MARF MREF
    NAME OI OP OPUR ORDERRES ORDP PHOB PHON PHONBEN PURP REC REF REI REJT REMI REPA
    RETN RFB ROC RTRN SDVA SPLITPAY TELE TELEBEN TRCD TREF TSU UBN UBO ULTB ULTD
    """.split()  # noqa: SIM905  (a table to be read)
)
"""Words between slashes that begin a new part of a narrative."""

_CODE = re.compile(r"/([A-Z][A-Z0-9]{1,7})/")


def parts(text: str) -> tuple[tuple[str, int, int], ...]:
    """A narrative cut at its code words: code ('' for none), start and end of the text.

    `/INS/ABNANL2A` and `/REC/FOR ACME` are two parts; `//` at the beginning of a line
    goes on with the part before.
    """
    marks = [found for found in _CODE.finditer(text) if _begins_part(text, found)]
    out = []
    if not marks or text[: marks[0].start()].strip():
        out.append(("", 0, marks[0].start() if marks else len(text)))
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        out.append((mark[1], mark.end(), end))
    return tuple(out)


def _begins_part(text: str, mark: re.Match[str]) -> bool:
    before = text[mark.start() - 1 : mark.start()]
    if before == "/":
        return False
    return mark[1] in CODE_WORDS or before in ("", "\n", "\r")


_CONTINUED = re.compile(r"\r?\n//|\r\n|\r")


def continued(text: str) -> str:
    """A narrative with one kind of line end, and without the `//` that goes on."""
    return _CONTINUED.sub(lambda match: "\n", text)
