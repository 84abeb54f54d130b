"""Ways in which a listed name is disguised, each as a pure, seeded function.

The classes are those of `evasion_transforms.json`, the sense of each in its docstring.
A transform takes a name as published and returns what a screening system would be
given, or None where the class does not apply (no initials of a company, nothing to
abbreviate in one short word).
"""

import random
import re
from collections.abc import Callable, Mapping
from functools import partial

from clearway.model import Kind
from clearway.names.analyse import analyse

Transform = Callable[[str, random.Random], str | None]

NARROW, MIDDLE, WIDE = 35, 70, 140
"""Characters of a line of MT, of an account's name and of a party's name in MX."""

_LETTERS = re.compile(r"[^\W\d_]+")
_LONG = 5


def transforms() -> Mapping[str, Transform]:
    """Every class that changes a name, by its name."""
    made: dict[str, Transform] = {
        "split_lines": split_lines,
        "split_fields": split_fields,
        "truncation": truncation,
        "punctuation": punctuation,
        "spacing": spacing,
        "concatenation": concatenation,
        "homoglyph": homoglyph,
        "fullwidth_math": fullwidth_math,
        "leet": leet,
        "zero_width": zero_width,
        "bidi": bidi,
        "combining": combining,
        "reorder": reorder,
        "initials": initials,
        "drop_part": drop_part,
        "translit": translit,
        "phonetic": phonetic,
        "typo": typo,
        "embedded": embedded,
        "xml_trick": xml_trick,
    }
    return {kind: partial(_of_words, change) for kind, change in made.items()}


def _of_words(change: Transform, name: str, rng: random.Random) -> str | None:
    """The change of a name that has words; signs alone cannot be disguised."""
    words = analyse(natural(name), Kind.ORGANIZATION).tokens
    return change(name, rng) if words else None


def natural(name: str) -> str:
    """A name as a payer writes it: capitals, and `LAST, First` turned round."""
    last, comma, first = name.partition(", ")
    turned = f"{first} {last}" if comma and not _is_company(name) else name
    return " ".join(turned.replace(",", " ").upper().split())


def split_lines(name: str, rng: random.Random) -> str | None:
    """Broken over the lines of a field 50K or 59, inside a word or between words."""
    text = natural(name)
    places = [n for n in range(4, len(text) - 3) if " " not in text[n - 1 : n + 1]]
    if not places or len(text) < 10:
        return None
    at = rng.choice(places)
    account = rng.choice(("", f"/{rng.randrange(10**7, 10**9)}\n"))
    return f"{account}{text[:at]}\n{text[at:]}"


def split_fields(name: str, rng: random.Random) -> str | None:
    """Spread over two elements of an ISO 20022 message."""
    words = natural(name).split()
    if len(words) > 1:
        at = rng.randrange(1, len(words))
        one, two = " ".join(words[:at]), " ".join(words[at:])
        first, second = rng.choice(
            (("Nm", "StrtNm"), ("Nm", "AdrLine"), ("Ustrd", "Ustrd"))
        )
        return f"<{first}>{one}</{first}><{second}>{two}</{second}>"
    (word,) = words
    if len(word) < 2 * _LONG:
        return None
    at = rng.randrange(4, len(word) - 3)
    number = rng.randrange(10, 99)
    return f"<Ustrd>INV {number} {word[:at]}</Ustrd><Ustrd>{word[at:]}</Ustrd>"


_PREFIXES = (
    "RUSSIAN STATE COMPANY",
    "FOREIGN TRADE BANK",
    "THE HONOURABLE MANAGING DIRECTOR",
    "FOR ACCOUNT OF",
    "ACCOUNT HOLDER NAME",
    "DEPARTMENT OF EXTERNAL PAYMENTS",
    "IN FAVOUR OF OUR VALUED CUSTOMER",
    "SUBSIDIARY OF",
    "PAYMENT UNDER CONTRACT WITH",
    "REPRESENTATIVE OFFICE",
)


def truncation(name: str, rng: random.Random) -> str | None:
    """Cut off at 35, 70 or 140 characters, or within its last word."""
    text = natural(name)
    if len(text) > NARROW + 2:
        limits = [n for n in (NARROW, MIDDLE, WIDE) if 0.6 * len(text) <= n < len(text)]
        return text[: rng.choice(limits)].strip() if limits else None
    fitting = []
    for prefix in _PREFIXES:
        for limit in (NARROW, MIDDLE):
            shown = limit - len(prefix) - 1
            if max(8, 0.7 * len(text)) <= shown < len(text):
                fitting.append(f"{prefix} {text}"[:limit].strip())
    last = text.rpartition(" ")[2]
    if len(text) > 14 and len(last) > 4:
        fitting.append(text[: len(text) - len(last) + rng.randrange(3, len(last))])
    return rng.choice(fitting) if fitting else None


def punctuation(name: str, rng: random.Random) -> str | None:
    """Separators inside words and in place of spaces."""
    words = natural(name).split()
    long = [n for n, word in enumerate(words) if len(word) > _LONG and word.isalpha()]
    if not long:
        return None
    at = rng.choice(long)
    word = words[at]
    if rng.random() < 0.4:
        words[at] = rng.choice(".-").join(word)
    else:
        cut = rng.randrange(3, len(word) - 2)
        words[at] = word[:cut] + rng.choice("./-:,") + word[cut:]
    return "".join(
        word + (rng.choice((" ", " ", "-", ",", ", ")) if n < len(words) - 1 else "")
        for n, word in enumerate(words)
    )


def spacing(name: str, rng: random.Random) -> str | None:
    """Spaces between all letters, or inside words."""
    words = natural(name).split()
    if rng.random() < 0.4:
        return "  ".join(" ".join(word) for word in words)
    long = [n for n, word in enumerate(words) if len(word) > _LONG and word.isalpha()]
    if not long:
        return None
    for at in rng.sample(long, min(len(long), rng.choice((1, 2)))):
        cut = rng.randrange(3, len(words[at]) - 2)
        words[at] = words[at][:cut] + " " + words[at][cut:]
    return " ".join(words)


def concatenation(name: str, rng: random.Random) -> str | None:
    """Spaces removed."""
    words = natural(name).split()
    if len(words) < 2:
        return rng.choice(("OAO", "JSC", "LLC", "MV")) + words[0]
    return "".join(words)


_HOMOGLYPHS = {
    "A": "АΑ",
    "B": "ВΒ",
    "C": "СϹ",
    "E": "ЕΕ",
    "H": "НΗ",
    "I": "ІΙ",
    "J": "Ј",
    "K": "КΚ",
    "M": "МΜ",
    "N": "Ν",
    "O": "ОΟՕ",
    "P": "РΡ",
    "S": "ЅՏ",
    "T": "ТΤ",
    "U": "Ս",
    "X": "ХΧ",
    "Y": "УΥ",
    "Z": "Ζ",
}


def homoglyph(name: str, rng: random.Random) -> str | None:
    """Cyrillic, Greek and Armenian letters that look Latin."""
    return _some(natural(name), _HOMOGLYPHS, rng, 0.35)


def fullwidth_math(name: str, rng: random.Random) -> str | None:
    """Full-width, mathematical or circled letters."""
    text = natural(name)
    first = rng.choice((0xFF21, 0x1D400, 0x1D5D4, 0x1D670, 0x24B6))
    dressed = {chr(0x41 + n): chr(first + n) for n in range(26)}
    if first == 0xFF21 and rng.random() < 0.5:
        return "".join(dressed.get(c, c) for c in text).replace(" ", "\u3000")
    return _some(text, dressed, rng, rng.choice((0.2, 1.0)))


_LEET = {
    "O": "0",
    "I": "1!",
    "L": "1",
    "E": "3",
    "A": "4@",
    "S": "5$",
    "T": "7",
    "B": "8",
}


def leet(name: str, rng: random.Random) -> str | None:
    """Digits and signs in place of letters."""
    return _some(natural(name), _LEET, rng, rng.choice((0.3, 0.6)))


_UNSEEN = "\u200b\u200c\u200d\u00ad\ufeff\u2060\u180e\u034f\U000e0041\U000e007f"


def zero_width(name: str, rng: random.Random) -> str | None:
    """Zero-width, soft hyphen, byte-order and tag characters inside words."""
    text = natural(name)
    places = [n for n in range(1, len(text)) if text[n - 1 : n + 1].isalpha()]
    if not places:
        return None
    for at in sorted(rng.sample(places, min(len(places), rng.choice((1, 2, 4)))))[::-1]:
        text = text[:at] + rng.choice(_UNSEEN) + text[at:]
    return text


def bidi(name: str, rng: random.Random) -> str | None:
    """Reversed under a right-to-left override, or set in isolates."""
    text = natural(name)
    words = text.split()
    way = rng.randrange(3)
    if way == 0:
        return "\u202e" + text[::-1] + rng.choice(("\u202c", ""))
    at = rng.randrange(len(words))
    if way == 1:
        words[at] = f"\u202e{words[at][::-1]}\u202c"
    else:
        cut = len(words[at]) // 2
        words[at] = f"\u2066{words[at][:cut]}\u2069{words[at][cut:]}"
    return " ".join(words)


def combining(name: str, rng: random.Random) -> str | None:
    """Combining marks over letters, one or a heap of them."""
    marks = "\u0300\u0301\u0302\u0303\u0304\u0308\u030a\u030c\u0327\u0328\u0336\u0335"
    heap = rng.choice((1, 1, 3))
    return "".join(
        char + "".join(rng.choice(marks) for _ in range(heap))
        if char.isalpha() and rng.random() < 0.4
        else char
        for char in natural(name)
    )


def reorder(name: str, rng: random.Random) -> str | None:
    """The words of a person in another order, `KOREA` of a company moved to its end."""
    words = natural(name).split()
    if len(words) < 2:
        return None
    if _is_company(name):
        first = analyse(" ".join(words), Kind.ORGANIZATION).tokens[0]
        if len(words) < 3 or first.role == "legal" or not words[0].isalpha():
            return None
        return " ".join([*words[1:], "OF", words[0]])
    at = rng.randrange(1, len(words))
    comma = rng.choice((",", ""))
    return " ".join([*words[at:-1], words[-1] + comma, *words[:at]])


def initials(name: str, rng: random.Random) -> str | None:
    """Given names of a person reduced to their first letters."""
    last, comma, first = name.partition(", ")
    if not comma or _is_company(name) or not last.isascii():
        return None
    given = [word.upper() for word in _LETTERS.findall(first)]
    if not given or len(last) < 4:
        return None
    if len(given) > 1 and rng.random() < 0.5:
        return f"{given[0]} {'. '.join(word[0] for word in given[1:])}. {last.upper()}"
    if len(given) == 1:
        return None
    letters = [word[0] for word in given]
    return rng.choice(
        (
            f"{'.'.join(letters)}. {last.upper()}",
            f"{'. '.join(letters)}. {last.upper()}",
            f"{last.upper()} {' '.join(letters)}",
        )
    )


def drop_part(name: str, rng: random.Random) -> str | None:
    """A patronymic, a legal form or a middle word left out."""
    text = natural(name)
    if _is_company(name):
        tokens = analyse(text, Kind.ORGANIZATION).tokens
        legal = [n for n, token in enumerate(tokens) if token.role == "legal"]
        inner = [n for n in range(1, len(tokens) - 1) if tokens[n].role == "generic"]
        if len(tokens) < 3 or not (legal or (inner and len(tokens) > 3)):
            return None
        gone = rng.choice(legal or inner)
        forms = [token.form for n, token in enumerate(tokens) if n != gone]
        return " ".join(forms).upper()
    words = text.split()
    if len(words) < 3:
        return None
    del words[rng.randrange(1, len(words) - 1)]
    return " ".join(words)


_ROMANISED = (
    ("KH", "H"),
    ("ZH", "J"),
    ("SHCH", "SCH"),
    ("IY", "Y"),
    ("YA", "IA"),
    ("YU", "IU"),
    ("Y", "I"),
    ("OV", "OFF"),
    ("EV", "EFF"),
    ("EI", "EY"),
    ("KS", "X"),
    ("OU", "U"),
    ("OO", "U"),
    ("Q", "K"),
    ("DH", "D"),
    ("GH", "G"),
    ("TS", "C"),
    ("AE", "E"),
    ("EE", "I"),
    ("W", "V"),
    ("J", "DJ"),
    ("SH", "CH"),
)
_CYRILLIC = (
    ("SHCH", "Щ"),
    ("KH", "Х"),
    ("ZH", "Ж"),
    ("CH", "Ч"),
    ("SH", "Ш"),
    ("TS", "Ц"),
    ("YA", "Я"),
    ("YU", "Ю"),
    ("YE", "Е"),
    ("IY", "ИЙ"),
    *zip("ABVGDEZIKLMNOPRSTUFHYJ", "АБВГДЕЗИКЛМНОПРСТУФХЫЙ", strict=True),
)
_SLAVIC = re.compile(r"(?:OV|EV|IN|SKY|SKIY|SKII|ENKO|OVA|EVA|INA|ICH|VNA|CHUK)$")
_RUR = dict(
    zip(
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
        "ABVGDEoJZIiKLMNOPRSTUFHCcQqxYXeua",
        strict=True,
    )
)


def cyrillic(text: str) -> str:
    """A Russian name in Latin letters written back in Cyrillic ones."""
    for latin, letter in _CYRILLIC:
        text = text.replace(latin, letter)
    return text


def swift_rur(text: str) -> str:
    """Russian text in the letters of SWIFT-RUR, which can be turned back."""
    return "".join(_RUR.get(char, char) for char in text)


def translit(name: str, rng: random.Random) -> str | None:
    """Another romanisation; of a Russian name also Cyrillic letters and SWIFT-RUR."""
    text = natural(name)
    words = text.split()
    if (
        not _is_company(name)
        and sum(bool(_SLAVIC.search(word)) for word in words) > 1
        and set("QWXC") & set(text) <= set("C")
        and rng.random() < 0.5
    ):
        native = cyrillic(text)
        if native.replace(" ", "").isalpha():
            return rng.choice((native, native.title(), f"'{swift_rur(native)}'"))
    return _respelt(text, _ROMANISED, rng)


_SOUNDS = (
    ("PH", "F"),
    ("F", "PH"),
    ("KH", "H"),
    ("K", "C"),
    ("C", "K"),
    ("I", "Y"),
    ("Y", "I"),
    ("OU", "OO"),
    ("U", "OO"),
    ("V", "W"),
    ("X", "KS"),
    ("Z", "S"),
    ("S", "Z"),
    ("EE", "I"),
    ("CH", "TCH"),
    ("LL", "L"),
    ("SS", "S"),
    ("MM", "M"),
    ("TH", "T"),
    ("J", "G"),
)


def phonetic(name: str, rng: random.Random) -> str | None:
    """Misspelt so that it sounds alike."""
    return _respelt(natural(name), _SOUNDS, rng)


_KEYS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")


def typo(name: str, rng: random.Random) -> str | None:
    """A neighbouring key, two letters swapped, a letter doubled or left out."""
    words = natural(name).split()
    long = [n for n, word in enumerate(words) if len(word) > _LONG and word.isalpha()]
    if not long:
        return None
    for at in rng.sample(long, min(len(long), rng.choice((1, 2)))):
        words[at] = _slip(words[at], rng)
    return " ".join(words)


_FRAMES = (
    "/ROC/INV {n}//ON BEHALF OF MR {name} VILLA",
    "PMT CONTRACT {n}/{name}/17 SPARES",
    "/INS/{name}//",
    "/BNF/GOODS AS PER INVOICE {n} FROM {name}",
    "PAYMENT FOR ACCOUNT OF {name} REF {n}",
    "INVOICE NO {n} DATED 12MAR, ULTIMATE CONSIGNEE {name}, PORT CHARGES",
    "/REC/BY ORDER OF {name}\n//CONTRACT {n}",
    "{n}/{name}/SALARY",
    "TRANSFER TO {name} ACC {n} FOR CONSULTING SERVICES",
)


def embedded(name: str, rng: random.Random) -> str | None:
    """Inside free text, a code word or a reference."""
    words = natural(name)
    if len(words.split()) == 1 and len(words) < 8:
        return None
    return rng.choice(_FRAMES).format(name=words, n=rng.randrange(100, 9999))


def xml_trick(name: str, rng: random.Random) -> str | None:
    """Comment, CDATA section, character reference or instruction in the text."""
    text = natural(name).replace("&", "&amp;")
    words = text.split()
    long = [n for n, word in enumerate(words) if len(word) > _LONG and word.isalpha()]
    if not long:
        return None
    at = rng.choice(long)
    word = words[at]
    cut = rng.randrange(2, len(word) - 2)
    words[at] = rng.choice(
        (
            f"{word[:cut]}<!-- {rng.choice(('', 'x', 'ref 7'))} -->{word[cut:]}",
            f"{word[:cut]}<?pi {rng.choice(('', 'a=1'))}?>{word[cut:]}",
            f"<![CDATA[{word}]]>",
            f"{word[:cut]}<![CDATA[{word[cut:]}]]>",
            "".join(f"&#{ord(char)};" for char in word[:cut]) + word[cut:],
            "".join(f"&#x{ord(char):X};" for char in word),
        )
    )
    tag = rng.choice(("Nm", "ns2:Nm", "AdrLine"))
    return f"<{tag}>{' '.join(words)}</{tag}>"


NOBODY = (
    ":50K:ONE OF OUR CLIENTS",
    ":50K:OUR GOOD SELVES",
    ":52D:/ORDER BANK BY ORDER OF ITSELF",
    ":50K:/1234567\nOUR CUSTOMER",
    "A CUSTOMER OF OURS",
    "OURSELVES",
    ":50K:UNKNOWN",
    "VARIOUS CUSTOMERS",
    "NOTRE CLIENT",
    "EINER UNSERER KUNDEN",
    "UNO DE NUESTROS CLIENTES",
    "НАШ КЛИЕНТ",
    "我行客户",
    "BY ORDER OF A CLIENT",
    "SAME AS ABOVE",
    "BENEFICIARY NOT DISCLOSED",
)
"""Texts that stand where a party should be named, and name nobody."""


def bic_only(bic: str, rng: random.Random) -> str:
    """Only the code of a bank, in a field of MT or an element of MX."""
    return rng.choice(
        (
            f":57A:{bic}",
            f"<BICFI>{bic}{'XXX' * (len(bic) == 8)}</BICFI>",
            f":57A://CH{rng.randrange(10**5, 10**6)}\n{bic}",
            bic,
        )
    )


def _is_company(name: str) -> bool:
    """Whether a word of the name is a legal form or a word of companies."""
    tokens = analyse(name, Kind.ORGANIZATION).tokens
    return any(token.role in ("legal", "generic", "number") for token in tokens)


def _some(
    text: str, table: Mapping[str, str], rng: random.Random, share: float
) -> str | None:
    """Some letters replaced, at least one; None where none can be."""
    places = [n for n, char in enumerate(text) if char in table]
    if not places:
        return None
    count = max(1, round(share * len(places)))
    letters = list(text)
    for at in rng.sample(places, count):
        letters[at] = rng.choice(table[letters[at]])
    return "".join(letters)


def _respelt(
    text: str, rules: tuple[tuple[str, str], ...], rng: random.Random
) -> str | None:
    """One spelling changed in up to two words."""
    words = text.split()
    fitting = [
        n
        for n, word in enumerate(words)
        if len(word) >= _LONG and any(old in word for old, _ in rules)
    ]
    if not fitting:
        return None
    for at in rng.sample(fitting, min(len(fitting), 2)):
        old, new = rng.choice([rule for rule in rules if rule[0] in words[at]])
        words[at] = words[at].replace(old, new, 1)
    return " ".join(words)


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    way = rng.randrange(4)
    if way == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if way == 1:
        return word[:at] + word[at + 1 :]
    if way == 2:
        return word[:at] + word[at] + word[at:]
    for row in _KEYS:
        if (place := row.find(word[at])) >= 0:
            near = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            return word[:at] + rng.choice(near) + word[at + 1 :]
    return word[:at] + word[at + 1 :]
