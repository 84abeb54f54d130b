import io
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from clearway.errors import ListUnavailable
from clearway.lists import sample


def without_network(
    error: str, code: int = 1
) -> tuple[list[Sequence[str]], sample.Run]:
    asked: list[Sequence[str]] = []

    def run(command: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, code, "", error)

    return asked, run


def test_pip_is_asked_for_the_pinned_source_and_to_build_nothing(
    tmp_path: Path,
) -> None:
    asked, run = without_network("ERROR: No matching distribution found\n")
    with pytest.raises(ListUnavailable, match="ERROR: No matching distribution"):
        sample.bring(tmp_path, run=run)
    command = " ".join(asked[0])
    assert "download --require-hashes --no-deps --no-binary :all:" in command
    assert "--no-build-isolation" in command
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_pip_is_told_what_else_to_do(tmp_path: Path) -> None:
    _, run = without_network("No module named pip\n")
    with pytest.raises(ListUnavailable, match=r"No module named pip.* give the pack"):
        sample.bring(tmp_path, run=run)


def test_pip_that_hangs_is_given_up(tmp_path: Path) -> None:
    def run(command: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
        raise subprocess.TimeoutExpired(command, timeout)

    with pytest.raises(ListUnavailable, match="not done after 5 seconds"):
        sample.bring(tmp_path, run=run, timeout=5)


def test_another_package_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    archive = tmp_path / "inoutlists-1.0.3.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        member = tarfile.TarInfo("../../etc/passwd")
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    for source in (archive, tmp_path):
        with pytest.raises(ListUnavailable, match="is not the package that holds"):
            sample.bring(tmp_path / "out", source=source)


def test_a_folder_without_the_lists_says_which_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "sdn.xml").write_text("<sdnList/>")
    with pytest.raises(ListUnavailable, match="lists ofac/sdn, ofac/consolidated, eu"):
        sample.bring(tmp_path / "out", source=tmp_path)


def test_a_source_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ListUnavailable, match="no such file or folder"):
        sample.bring(tmp_path, source=tmp_path / "nowhere")


def test_a_damaged_archive_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib

    archive = tmp_path / "inoutlists-1.0.3.tar.gz"
    archive.write_bytes(b"\x1f\x8b no archive")
    monkeypatch.setattr(
        sample, "ARCHIVE_SHA256", hashlib.sha256(archive.read_bytes()).hexdigest()
    )
    with pytest.raises(ListUnavailable, match="is damaged"):
        sample.bring(tmp_path / "out", source=archive)


@pytest.mark.shared
def test_the_lists_themselves_are_found_in_a_folder_by_content(
    shared: Path, tmp_path: Path
) -> None:
    found = sample.bring(tmp_path, source=shared / "lists")
    assert [(file.publisher, file.list) for file, _ in found.paths] == [
        ("ofac", "sdn"),
        ("ofac", "consolidated"),
        ("eu", "fsf"),
        ("un", "consolidated"),
    ]
    assert all(path.is_file() for _, path in found.paths)
