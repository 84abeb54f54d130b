"""Names of faith made of several words, however many of them are written as one.

Abd al-Rahman, Abdurrahman and Abdul Rehman are one name; so are Nur al-Din, Noor Uddin
and Nureddin, and Hidayat Allah and Hidayatullah. What stands before or behind is one of
a closed set of words, kept in `given_names.toml` under `servants`, `faith`, `gifts`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SERVANT_SPELT = """
    abd abdul abdel abdal abdol abdoul abdool abdur abdus abdu abdou abdo abdil abdir
    abdar abdut abdad abdud abdas abdush abdash abdun abdi abdoel cabdi cabdul abed
    abder abdes abdessa ebdul ebdal
"""
_ARTICLES_SPELT = "al el ul il ol ar er ur as es us ash az ez ad ed ud an en at"
_ALLAH_SPELT = "allah ullah ollah llah alla ulla allh"
_DIN_SPELT = """
    din deen dine dien deene aldin eldin uldin aldeen uddin uddeen eddin eddine addin
    oddin iddin udin edin eddeen addine
"""
SERVANT = frozenset(_SERVANT_SPELT.split())
"""How the first word of a servant's name is written when it stands alone."""
ARTICLES = frozenset(_ARTICLES_SPELT.split())
_ALLAH = frozenset(_ALLAH_SPELT.split())
_DIN = frozenset(_DIN_SPELT.split())
_LONGEST = 4
SECOND = ARTICLES | _ALLAH | _DIN
"""What may stand second in a compound whose first word is a name of faith."""

_ABD = re.compile("^c?abd[aeiou]{0,2}(.{3,})$")
_OF_GOD = re.compile("^(.{2,}?)(?:[aeou]|al)?ll?ah?$")
_OF_FAITH = re.compile("^(.{2,}?)(?:[aeiou]l?)?[dt]{1,2}(?:i|ee|ie)ne?$")


@dataclass(frozen=True, slots=True)
class Compounds:
    """The words a compound may hold, by spelling, with their chief spelling."""

    servants: Mapping[str, str]
    faith: Mapping[str, str]
    gifts: Mapping[str, str]

    def of(self, forms: Sequence[str], at: int) -> tuple[int, str] | None:
        """How many words from here make up one name, and its group."""
        first, rest = forms[at], forms[at + 1 : at + _LONGEST]
        if not rest:
            return None
        article = 1 if rest[0] in ARTICLES else 0
        if first in SERVANT:
            if len(rest) > article and (chief := self.servants.get(rest[article])):
                return 2 + article, f"abdal{chief}"
            return None
        last = rest[article] if len(rest) > article else ""
        if last in _DIN and (chief := self.faith.get(first)):
            return 2 + article, f"{chief}aldin"
        if last in _ALLAH and (chief := self.gifts.get(first)):
            return 2 + article, f"{chief}allah"
        return None

    def group(self, form: str) -> str:
        """The group of a compound written as one word, or ''."""
        if "bd" in form[:4] and (found := _ABD.match(form)):
            rest = found[1]
            # The article is written, doubled into the next letter, or left out.
            for tail in (rest, rest[1:], rest[2:] if rest[:2] == "sh" else ""):
                if chief := self.servants.get(tail):
                    return f"abdal{chief}"
            return ""
        if form.endswith(("n", "ne")) and (found := _OF_FAITH.match(form)):
            chief = self.faith.get(found[1])
            return f"{chief}aldin" if chief else ""
        if form.endswith(("la", "lah")) and (found := _OF_GOD.match(form)):
            chief = self.gifts.get(found[1])
            return f"{chief}allah" if chief else ""
        return ""
