"""Names inside the alias fields of the UN list, which hold more than one name each.

`Abdul Rehman; Abd Ur-Rehman` are two spellings, `حسن غول (Hassan Ghul; Hassan Gul)` is
a name with its Latin spellings, and `Ezatullah Haqqani (previously listed as)` tells
how the name was used. What is read out here is kept whole beside it.
"""

import re
from collections.abc import Iterator

from clearway.names.script import scripts_in

FORMER = re.compile(r"\b(?:previous|former)ly listed as\b|\bbirth name\b", re.I)

_REMARK = re.compile(
    r"listed as|birth name|combat name|false identity|passport|^third$"
    r"|\b[A-Z]{2}[ei]\.\d{3}\b",
    re.I,
)
_NEXT = re.compile(r"\s[b-z]\)\s")
_ORIGINAL = re.compile(
    r"(?:original script|in arabic(?: script)?)\s*[:)]?\s*|\(original script\)", re.I
)
_TOLD = re.compile(r"(?:original script|in arabic(?: script)?)\s*:\s*([^;:()]+)", re.I)
_SPELT = re.compile(r"\(transliterations of original script name\)", re.I)
_STRAY = " ;,)"


def spellings(text: str) -> tuple[str, ...]:
    """The names in one `ALIAS_NAME`, in order; usually the text itself."""
    text = _NEXT.sub("; ", " ".join(text.split()))
    names = []
    for piece in _split(text):
        outer, inner = _bracket(piece)
        if not outer or not _is_aside(outer, inner):
            names.append(piece)
            continue
        names += spellings(outer)
        if not _REMARK.search(inner):
            names += _split(_ORIGINAL.sub("", inner))
    clean = (_unbalanced(name.removesuffix(" - sub-unit name")) for name in names)
    return tuple(dict.fromkeys(filter(None, clean)))


def noted(name: str, note: str) -> tuple[str, ...]:
    """The names that a `NOTE` tells of an alias: other scripts, transliterations."""
    found = [match[1].strip() for match in _TOLD.finditer(note)]
    if _SPELT.search(note):
        found += _SPELT.sub("", note).split(",")
    elif ";" in note and _other_script(name, note) and not re.search(r"[\d:()]", note):
        found += note.split(";")
    return tuple(dict.fromkeys(filter(None, (" ".join(n.split()) for n in found))))


def _bracket(text: str) -> tuple[str, str]:
    """What stands before the brackets at the end, and what in them."""
    bare = text.rstrip(" ,")
    depth = 0
    for at in range(len(bare) - 1, -1, -1) if bare.endswith(")") else ():
        depth += {")": 1, "(": -1}.get(bare[at], 0)
        if not depth:
            return bare[:at].strip(), bare[at + 1 : -1].strip()
    return "", ""


def _is_aside(outer: str, inner: str) -> bool:
    """Whether brackets hold a remark or a spelling rather than a part of the name."""
    told = _REMARK.search(inner) or _ORIGINAL.search(inner)
    return bool(told) or _other_script(outer, inner)


def _other_script(one: str, other: str) -> bool:
    """Whether one text is in Latin letters only, and the other in none at first."""
    first, second = scripts_in(one)[:1], scripts_in(other)[:1]
    return bool(first and second) and ("Latn" in first) is not ("Latn" in second)


def _split(text: str) -> Iterator[str]:
    """The pieces between semicolons outside of brackets."""
    depth = start = 0
    for at, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == ";" and not depth:
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()


def _unbalanced(name: str) -> str:
    """The name without stray signs at its ends; brackets that match stay."""
    name = name.strip().lstrip(_STRAY)
    if name.count("(") < name.count(")"):
        name = name.rstrip(")")
    return name.rstrip(" ;,")
