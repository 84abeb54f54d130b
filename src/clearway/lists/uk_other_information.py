"""The facts inside the "Other Information" of the UK's consolidated list.

It is one text in which headings stand in brackets: "(UK Sanctions List Ref):DPR0100.
(UN Ref):KPi.074. Free text. (Gender):Male (Phone number):(1) +375 17 342 (2) ...".
Several values of one heading are numbered, or divided by ". " or ", ".
"""

import re
from collections.abc import Iterator

HEADINGS = (
    "UK Sanctions List Ref",
    "UN Ref",
    "UK Statement of Reasons",
    "Gender",
    "Phone number",
    "Fax",
    "Tel",
    "Website",
    "Email address",
    "Type of entity",
    "Business Reg No",
    "Parent company",
    "Subsidiaries",
    "IMO number",
    "Hull identification number (HIN)",
    "Flag of ship",
    "Previous flags",
    "Current owners",
    "Previous owners",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year built",
)
_HEADING = re.compile(
    r"\(({})\):".format("|".join(map(re.escape, HEADINGS))), re.IGNORECASE
)
_SPELLED = {heading.casefold(): heading for heading in HEADINGS}
_NUMBER = re.compile(r"\((\d{1,2})(?:\s*-\s*(\d{1,2}))?\)(?:\s*to\s*\((\d{1,2})\))?\s*")

# "OGRN: 1021603067683", "Russia INN - 7706196340", "Tax ID No. 7736588433 (Russia)".
_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][\w/ .&()№]{0,60}?)?[\s:–-]*"
    r"(?P<number>(?<![\w./-])(?=[A-Za-z./-]*\d(?:[\w./-]*\d){2})[\w./-]{4,})"
)
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}")
# What is left in a label of the brackets around it: "Russia). Tax ID No".
_BRACKET_BEFORE = re.compile(r"^[^()]*\)[\s.]*")
_LONGEST = 1_000
_REGISTERS = (
    (re.compile(r"\bINN\b|ИНН", re.I), "inn"),
    (re.compile(r"\bOGRN(?:IP)?\b", re.I), "ogrn"),
    (re.compile(r"\bLegal Entity (?:Identifier|Number)|\bLEI\b", re.I), "lei"),
    (re.compile(r"Unified Social Credit|\bUSCC\b", re.I), "uscc"),
    (re.compile(r"\bT(?:ax|axpayer)\b|\bTIN\b|\bVAT\b", re.I), "tax_id"),
)


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Each heading with the text up to the next; '' heads what stands before them."""
    heading, start = "", 0
    for match in _HEADING.finditer(text):
        if told := text[start : match.start()].strip():
            yield heading, told
        heading, start = _SPELLED[match[1].casefold()], match.end()
    if told := text[start:].strip():
        yield heading, told


def numbered(text: str) -> dict[int, str]:
    """The values of "(1) Russia. (2) Ukraine" by number; an unnumbered one is 1.

    "(1-3) Libya (4) Morocco" and "(1) to (6) Algeria" give each number its value, "-"
    stands for none. A number in brackets that does not follow the one before belongs to
    the value, as in "(1) +98(311)4518085".
    """
    marks: list[tuple[re.Match[str], int, int]] = []
    expected = 1
    for match in _NUMBER.finditer(text):
        first = int(match[1])
        last = int(match[2] or match[3] or first)
        if first != expected or last < first or (not marks and match.start()):
            continue
        marks.append((match, first, last))
        expected = last + 1
    if not marks:
        return {1: text.strip()} if text.strip(" -.") else {}
    values: dict[int, str] = {}
    ends = [match.start() for match, _, _ in marks[1:]] + [len(text)]
    for (match, first, last), end in zip(marks, ends, strict=True):
        value = text[match.end() : end].strip().removesuffix(".").strip()
        if value.strip(" -."):
            values.update(dict.fromkeys(range(first, last + 1), value))
    return values


def each(text: str, divider: str = r"[.,;]\s+") -> list[str]:
    """The values of a text, numbered or divided, each without its last full stop."""
    values = numbered(text)
    many = list(values.values())
    if len(many) == 1:
        many = re.split(divider, many[0])
    found = (value.strip().removesuffix(".").strip() for value in many)
    return list(dict.fromkeys(filter(None, found)))


def registrations(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Numbers of registers: our word, the number, its label and the whole piece.

    A piece without a label is a registration; one that holds no number is kept whole.
    """
    for piece in numbered(text.strip(' "')).values():
        found = [] if len(piece) > _LONGEST else list(_labelled(piece))
        if not found:
            yield "registration", piece, "", piece
        for label, number in found:
            # "9731001285 - TIN": what follows tells of the only number.
            about = label or (piece if len(found) == 1 else "")
            yield _word_of(about), number, label, piece


def _labelled(piece: str) -> Iterator[tuple[str, str]]:
    for match in _LABELLED.finditer(piece):
        number = match["number"].rstrip(".")
        label = _BRACKET_BEFORE.sub("", match["label"] or "")
        if not _DATE.fullmatch(number):
            yield label.partition("(")[0].strip(" .:–-/"), number


def _word_of(label: str) -> str:
    for pattern, word in _REGISTERS:
        if pattern.search(label):
            return word
    return "registration"
