"""Words that are one syllable of a Chinese or Korean name.

Such names are written in a few hundred syllables, nearly all of which differ by one
letter from several others: Yong, Jong, Song, Tong. A letter that differs is then no
slip of the pen but another name. Initials and finals follow Hanyu Pinyin (ISO
7098:2015), Wade-Giles, McCune-Reischauer and the Revised Romanisation of Korean.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_SYLLABLE = re.compile(
    r"(?!coo)(?:zh|ch|sh|hs|ts|tz|kk|tt|pp|ss|jj|[bpmfdtnlgkhjqxrzcsyw])?"
    r"[iuyw]?(?:ae|eo|eu|ai|ei|ao|ou|oi|ui|oe|oo|ee|[aeiou])"
    r"(?:ng|rk|[nmklpthr])?"
)
_LONGEST = 6


@lru_cache(maxsize=65_536)
def is_syllable(form: str) -> bool:
    """Whether a folded word may be a syllable of a Chinese or Korean name."""
    return len(form) <= _LONGEST and _SYLLABLE.fullmatch(form) is not None


def syllabic(forms: Iterable[str]) -> bool:
    """Whether a name of two or more words is made of such syllables only."""
    words = list(forms)
    return len(words) > 1 and all(map(is_syllable, words))
