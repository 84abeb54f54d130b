"""Everyday English words, from the documentation of Python and scientific packages.

`python tools/build_ordinary.py` writes `src/clearway/documents/data/ordinary.txt`: the
words that prose writes in small letters again and again. Python's documentation is
under the PSF licence; that of numpy, scipy and pandas under BSD licences. Only words
are taken, no sentence. A word that people are called by stays out.
"""

import ast
import re
import sysconfig
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from clearway.names.words import words

OUT = Path(__file__).parents[1] / "src/clearway/documents/data/ordinary.txt"
PACKAGES = ("numpy", "scipy", "pandas")
LEAST, MOST = 6, 6_000
_WORD = re.compile(r"(?<![\w.`'\"/\\-])[a-z]{2,16}(?![\w`'\"/\\(=_-])")
_FIRST = re.compile(r"(?:^|[.!?]\s+)[A-Z][a-z]+")
_HEAD = """\
# Everyday English words; built by tools/build_ordinary.py, do not edit.
# From the documentation of Python (PSF licence), numpy, scipy and pandas (BSD).
"""


def prose() -> Iterator[str]:
    """Every docstring of the packages, and the pages of `help()`."""
    from pydoc_data.topics import topics

    yield from topics.values()
    paths = sysconfig.get_paths()
    roots = [Path(paths["stdlib"])]
    roots += [Path(paths["purelib"]) / name for name in PACKAGES]
    for root in roots:
        for path in sorted(root.rglob("*.py")):
            if "site-packages" in path.parts and root == roots[0]:
                continue
            try:
                tree = ast.parse(path.read_bytes())
            except (SyntaxError, ValueError):
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
                    text := ast.get_docstring(node)
                ):
                    yield text


def main() -> None:
    """Count, and write the commonest."""
    counts: Counter[str] = Counter()
    for text in prose():
        counts.update(_WORD.findall(text))
    people = {
        word
        for word, meanings in words().meanings.items()
        if all(meaning.role == "name" for meaning in meanings)
    }
    common = [
        word
        for word, count in counts.most_common(MOST)
        if count >= LEAST and word not in people
    ]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(_HEAD + "\n".join(sorted(common)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
