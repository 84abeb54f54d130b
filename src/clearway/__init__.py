"""Screening for sanctions and trade controls, with evidence, law and a record.

>>> import clearway
>>> clearway.compare_names("Vladimir Putin", "Владимир Путин").score > 0.7
True
"""

from typing import TYPE_CHECKING, Any

from clearway.version import __version__

if TYPE_CHECKING:
    from clearway.app import open
    from clearway.match import REVIEW_THRESHOLD, NameComparison, compare_names
    from clearway.model import Party
    from clearway.screen.screener import Screener
    from clearway.screen.screening import Screening, Verdict

__all__ = [
    "REVIEW_THRESHOLD",
    "NameComparison",
    "Party",
    "Screener",
    "Screening",
    "Verdict",
    "__version__",
    "compare_names",
    "open",
]

_HOME_OF = {
    "open": "clearway.app",
    "REVIEW_THRESHOLD": "clearway.match",
    "NameComparison": "clearway.match",
    "compare_names": "clearway.match",
    "Party": "clearway.model",
    "Screener": "clearway.screen.screener",
    "Screening": "clearway.screen.screening",
    "Verdict": "clearway.screen.screening",
}


def __getattr__(name: str) -> Any:
    """Import the parts of the surface on use: `clearway --version` needs none."""
    if name in _HOME_OF:
        from importlib import import_module

        value = getattr(import_module(_HOME_OF[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'clearway' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public surface."""
    return __all__
