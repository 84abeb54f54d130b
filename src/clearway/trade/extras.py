"""The packages of the extra `trade`, imported on use and missed with a clear word."""

from importlib import import_module
from typing import Any

from clearway.errors import ExtraMissing


def imported(name: str, extra: str = "trade") -> Any:
    """A module by its name: `polars`, `duckdb`, `statsmodels.api`, ...

    Raises ExtraMissing with the command that installs it.
    """
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        hint = f"trade statistics need {package}: pip install 'clearway[{extra}]'"
        raise ExtraMissing(hint) from error
