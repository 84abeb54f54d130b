"""The environment, read once; only `app` and `cli` may look at it."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where state lives and how output looks.

    `CLEARWAY_HOME` sets the home folder (else the platform's user data folder);
    `NO_COLOR` (any value) turns colour off.
    """

    home: Path
    colour: bool

    @classmethod
    def read(cls, home: Path | str | None = None) -> "Settings":
        """From the environment; an argument wins over it."""
        chosen = home or os.environ.get("CLEARWAY_HOME")
        if not chosen:
            from platformdirs import user_data_path

            chosen = user_data_path("clearway", appauthor=False)
        return cls(Path(chosen).expanduser(), "NO_COLOR" not in os.environ)
