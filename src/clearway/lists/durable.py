"""Writing so that a crash leaves the old or the new, never half of either."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders and needs no such call
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync(file: BinaryIO) -> None:
    """Bring an open file's content down to the disk."""
    file.flush()
    os.fsync(file.fileno())


def write_new(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file nobody reads yet, down to the disk."""
    with path.open("wb") as file:
        file.writelines(chunks)
        sync(file)


def move(source: Path, target: Path) -> None:
    """Put a finished file in its place; readers see the old one or this one."""
    source.replace(target)
    sync_folder(target.parent)


def replace(path: Path, data: bytes) -> None:
    """Replace a file's content in one step."""
    draft = path.with_name(path.name + ".new")
    write_new(draft, (data,))
    move(draft, path)
