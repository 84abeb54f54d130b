"""What tests share: where real lists lie, a home with the starter list, the command."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real lists and labelled names; the test skips where the folder is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is absent")
    return SHARED


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which the starter list of May 2024 answers."""
    from clearway.app.intake import bring_starter

    home = tmp_path_factory.mktemp("starter") / "home"
    (outcome,) = bring_starter(home, workers=1)
    assert outcome.error is None
    return home


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(
    starter_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Ran]:
    """Run `clearway` in this process; on the starter list where no home is named."""
    from clearway.cli.main import run

    def ran(*args: Any, stdin: bytes = b"", home: Path = starter_home) -> Ran:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin), "utf-8"))
        with pytest.raises(SystemExit) as end:
            run(["--home", str(home), *map(str, args)])
        told = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Ran(end.value.code, told.out, told.err)

    return ran
