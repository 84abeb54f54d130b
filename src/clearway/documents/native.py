"""Listed names in scripts that set no spaces, letter for letter: `华为海洋有限公司`.

Where a word ends in Chinese, Japanese or Thai is for a dictionary to say, and Korean
words carry their particles with them; so names in these scripts are looked for as they
are listed, anywhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from clearway.documents.lexicon import Listed
from clearway.names.script import scripts_in

_SCRIPTS = frozenset({"Hani", "Hira", "Kana", "Hang", "Thai"})
_RUN = re.compile(
    "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U000323af]{2,}"
)
_KEY = 2
_LEAST = 3
"""Signs below which a name may be any word."""


class Native:
    """Searches texts for the names of an index that are written without spaces."""

    def __init__(self, index: Listed) -> None:
        """Note the names in such scripts; there are few."""
        self._by_start: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for name in range(len(index)):
            text = index.text(name)
            if not text.isascii() and not _SCRIPTS.isdisjoint(scripts_in(text)):
                for run in {text, text.replace(" ", ""), _bare(text)}:
                    if len(run) >= _LEAST and _RUN.match(run):
                        self._by_start[run[:_KEY]].append((run, name))
        for rows in self._by_start.values():
            rows.sort(key=lambda row: (-len(row[0]), row))

    def places(self, text: str) -> Iterator[tuple[int, int, int]]:
        """From where to where, and which name; the longest at each place."""
        if not self._by_start:
            return
        for run in _RUN.finditer(text):
            at, end = run.span()
            while at < end - 1:
                longest = 0
                for written, name in self._by_start.get(text[at : at + _KEY], ()):
                    if len(written) < longest:
                        break
                    if text.startswith(written, at):
                        longest = len(written)
                        yield at, at + longest, name
                at += max(1, longest)


def _bare(text: str) -> str:
    """A company's name without its legal form, as papers write it."""
    for form in _FORMS:
        text = text.removesuffix(form)
    return text


_FORMS = ("有限责任公司", "股份有限公司", "有限公司", "株式会社", "주식회사")
