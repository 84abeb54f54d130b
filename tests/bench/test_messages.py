"""The section on messages measures what it says, on messages of its own."""

from pathlib import Path

import pytest

from clearway.bench import messages
from clearway.bench.setting import Setting

FIN = "{1:F01AAAABEBBAXXX0000000000}{2:I103BBBBDEFFXXXXN}{4:\n:20:R1\n:59:IVANOV\n-}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of samples with one message."""
    folder = tmp_path / "payments"
    (folder / "mt" / "MT103").mkdir(parents=True)
    (folder / "MANIFEST_mt.tsv").write_text("file\n")
    (folder / "mt" / "MT103" / "a.fin").write_text(FIN)
    return tmp_path


def test_speeds_and_what_is_seen_are_measured(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_SECONDS", 0.001)
    part = messages.run(Setting(home=data / "home", data=data))
    values = {measure.key: measure.value for measure in part.measures}
    assert values["messages.mt103_a_second"] > 0
    assert values["messages.seen"] == 1.0
    assert values["messages.hostile"] > 0


def test_every_place_gets_a_name_of_its_own_and_the_rest_stays() -> None:
    text, names = messages._planted("<a>ONE</a><b>TWO</b>", [(3, 6), (13, 16)])
    assert text == f"<a>{names[0]}</a><b>{names[1]}</b>"
    assert len(set(names)) == 2
