"""Every exception this library raises.

* ClearwayError
  + UsageError            the call makes no sense (unknown option, list, profile)
  + ListError
    - ListMissing         no usable version of a list is at hand
    - ListUnavailable     could not be fetched
    - ListUnreadable      fetched, but not what its publisher promises
    - ListRefused         readable, but a guard says it must not go live
  + RuleBookError         a law file says something the rule book does not know
  + InputUnreadable       a user's file cannot be read at all
  + StoreError            the home folder is damaged, locked or not writable
  + NotFound              no such entity, list version or file
  + ExtraMissing          a feature needs an optional package that is absent

What is wrong with one record of a list, one row of a table or one field of a
party is not an exception but a `Problem` (clearway.model.problem), returned
beside the result.
"""


class ClearwayError(Exception):
    """Base of all errors raised on purpose."""


class UsageError(ClearwayError):
    """The call makes no sense; nothing was done."""


class ListError(ClearwayError):
    """A sanctions list cannot be used."""


class ListMissing(ListError):
    """No usable version of a list is at hand for the day asked about."""


class ListUnavailable(ListError):
    """The list could not be fetched from its publisher."""


class ListUnreadable(ListError):
    """The file is not what its publisher promises."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file


class ListRefused(ListError):
    """A guard refused the list; the last good version stays in use."""

    def __init__(self, file: str, reasons: tuple[str, ...]) -> None:
        super().__init__(f"{file}: " + "; ".join(reasons))
        self.file = file
        self.reasons = reasons


class RuleBookError(ClearwayError):
    """A law file says something the rule book does not know."""


class InputUnreadable(ClearwayError):
    """A user's file cannot be read at all."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file


class StoreError(ClearwayError):
    """The home folder is damaged, locked or not writable."""


class ExtraMissing(ClearwayError):
    """A feature needs an optional package that is not installed."""


class NotFound(ClearwayError):
    """No such entity, list version or file."""
