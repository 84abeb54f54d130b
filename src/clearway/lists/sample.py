"""The sample: official OFAC, EU and UN lists of May 2024, brought from a package.

The source distribution of `inoutlists` 1.0.3 (MIT licence) carries them among its
test files. It comes through pip, so from wherever this machine gets its packages; it
is pinned by checksum, and nothing of it is built, installed or run.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from clearway.errors import ListUnavailable

PACKAGE = "inoutlists==1.0.3"
ARCHIVE_SHA256 = "8f8aa2f688335df109b9fed0317b898809dc874f4b6039d584a178d9e7bb854d"
_LICENCE = "inoutlists 1.0.3 (MIT), tests/integration/fixtures"

# Pip asks a source distribution for its metadata even when it is only to be
# downloaded, which means installing its build tool and running it. This stands in for
# that tool and says what pip wants to hear. Keys: module path -> source.
_STAND_IN = {
    "hatchling/__init__.py": "",
    "hatchling/build.py": """
from pathlib import Path

def get_requires_for_build_wheel(config_settings=None):
    return []

def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    folder = Path(metadata_directory) / "inoutlists-1.0.3.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(
        "Metadata-Version: 2.1\\nName: inoutlists\\nVersion: 1.0.3\\n"
    )
    return folder.name

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    raise SystemExit("only the source is wanted")
""",
}
_START_PIP = (
    "import os, runpy, sys; os.environ['PYTHONPATH'] = sys.argv.pop(1); "
    "runpy.run_module('pip', run_name='__main__', alter_sys=True)"
)


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One list of the sample; `size` and `sha256` are those of the file itself."""

    publisher: str
    list: str
    name: str
    size: int
    sha256: str


FILES = (
    SampleFile(
        "ofac",
        "sdn",
        "sdn.xml",
        20_906_946,
        "79bf2d1589112fea9411092fedc8e902239f9fe0f932f5d59098145a5d7e7113",
    ),
    SampleFile(
        "ofac",
        "consolidated",
        "consolidated.xml",
        919_037,
        "ebb371a2dd0479a01bed789c1b264b5fdd0a6f9fbcad8276c0a07934c4813e12",
    ),
    SampleFile(
        "eu",
        "fsf",
        "20240513-FULL-1_1.xml",
        19_868_317,
        "2b0d20b8a2c30c7f72852790b849918c60e88f23c76cfe4f10de8ab5770e1478",
    ),
    SampleFile(
        "un",
        "consolidated",
        "un_consolidated.xml",
        2_205_816,
        "5c8aa0441f2272b618f921dca11a91ba269388422b820fefa50764f05dc0c6a0",
    ),
)
"""OFAC of 2024-05-07 (SDN) and 2024-05-06, EU of 2024-05-13, UN of 2024-05-15."""

Run = Callable[[Sequence[str], float], subprocess.CompletedProcess[str]]


def _run(command: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, timeout=timeout, check=False
    )


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample lists, unpacked: each with its path; `origin` says whence."""

    paths: tuple[tuple[SampleFile, Path], ...]
    origin: str = _LICENCE


def bring(
    folder: Path,
    *,
    source: Path | None = None,
    timeout: float = 300.0,
    run: Run = _run,
) -> Sample:
    """Bring the sample lists into a folder.

    `source` is the package's .tar.gz, or a folder that holds it or the lists
    themselves; without it pip downloads the package, waiting `timeout` seconds at
    most. ListUnavailable, with a sentence, where the lists cannot be had.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if source is None:
        archive = _download(folder, timeout, run)
        try:
            return Sample(_from_archive(archive, folder))
        finally:
            archive.unlink(missing_ok=True)
    if source.is_dir():
        return _from_folder(source, folder)
    if source.is_file():
        return Sample(_from_archive(source, folder))
    raise ListUnavailable(f"{source}: no such file or folder")


def _download(folder: Path, timeout: float, run: Run) -> Path:
    work = folder / "pip"
    stand_in = work / "stand_in"
    for name, text in _STAND_IN.items():
        (stand_in / name).parent.mkdir(parents=True, exist_ok=True)
        (stand_in / name).write_text(text, encoding="utf-8")
    wanted = work / "wanted.txt"
    wanted.write_text(f"{PACKAGE} --hash=sha256:{ARCHIVE_SHA256}\n", encoding="utf-8")
    options = (
        *("--disable-pip-version-check", "--no-input", "--quiet"),
        *("download", "--require-hashes", "--no-deps", "--no-binary", ":all:"),
        *("--no-build-isolation", "--dest", str(work), "--requirement", str(wanted)),
    )
    try:
        why = ""
        for command in _pips(stand_in):
            try:
                done = run((*command, *options), timeout)
            except subprocess.TimeoutExpired:
                why = f"pip was not done after {timeout:.0f} seconds"
                break
            except OSError as error:
                why = str(error)
                continue
            for archive in work.glob("inoutlists-*.tar.gz"):
                return archive.replace(folder / archive.name)
            why = _last_words(done)
        raise ListUnavailable(
            f"the sample lists ({PACKAGE}) could not be had through pip: {why}. Where "
            "packages cannot be installed, give the package's .tar.gz as the source."
        )
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _pips(stand_in: Path) -> Iterator[tuple[str, ...]]:
    """This Python's own pip, else whichever the machine has."""
    start = ("-c", _START_PIP, str(stand_in))
    yield (sys.executable, *start)
    for name in ("python3", "python"):
        other = shutil.which(name)
        if other and Path(other) != Path(sys.executable):
            yield (other, *start)


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    """What pip says went wrong: its error lines, or the last thing it said."""
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-1:]
    return " ".join(errors)[:500].rstrip(". ") or f"it ended with {done.returncode}"


def _from_archive(archive: Path, folder: Path) -> tuple[tuple[SampleFile, Path], ...]:
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != ARCHIVE_SHA256:
        raise ListUnavailable(
            f"{archive}: is not the package that holds the sample lists (sha256 "
            f"{found}, wanted is {ARCHIVE_SHA256} of {PACKAGE})"
        )
    by_size = {file.size: file for file in FILES}
    paths = {}
    with _unpacking(archive) as members:
        for size, stream in members:
            wanted = by_size.get(size)
            if wanted is not None:
                # Our own name: nothing in the archive decides where we write.
                path = folder / f"{wanted.publisher}-{wanted.name}"
                with path.open("wb") as out:
                    shutil.copyfileobj(stream, out)
                paths[wanted] = path
    return _complete(paths, archive)


@contextmanager
def _unpacking(archive: Path) -> Iterator[Iterable[tuple[int, BinaryIO]]]:
    def members(tar: tarfile.TarFile) -> Iterator[tuple[int, BinaryIO]]:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.size, stream  # type: ignore[misc]  # IO[bytes] reads alike

    try:
        with tarfile.open(archive, "r:gz") as tar:
            yield members(tar)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise ListUnavailable(f"{archive}: is damaged ({error})") from error


def _from_folder(source: Path, folder: Path) -> Sample:
    for archive in sorted(source.rglob("inoutlists-*.tar.gz")):
        return Sample(_from_archive(archive, folder), str(archive))
    by_size = {file.size: file for file in FILES}
    paths = {}
    for path in sorted(source.rglob("*.xml")):
        wanted = by_size.get(path.stat().st_size)
        if wanted is not None and wanted not in paths and _is(path, wanted):
            paths[wanted] = path
    return Sample(_complete(paths, source), str(source))


def _complete(
    paths: dict[SampleFile, Path], where: Path
) -> tuple[tuple[SampleFile, Path], ...]:
    missing = [f for f in FILES if f not in paths or not _is(paths[f], f)]
    if missing:
        names = ", ".join(f"{file.publisher}/{file.list}" for file in missing)
        raise ListUnavailable(f"{where}: does not hold the sample lists {names}")
    return tuple((file, paths[file]) for file in FILES)


def _is(path: Path, wanted: SampleFile) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == wanted.sha256
