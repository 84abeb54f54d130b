"""A folder of lists as published, brought into a home that is used for one run."""

from pathlib import Path

from clearway.app.intake import bring_in, incoming_at
from clearway.app.opening import Progress, quiet
from clearway.errors import ClearwayError, ListMissing
from clearway.lists import readers


def is_home(folder: Path) -> bool:
    """Whether lists were brought into this folder before."""
    return (folder / "lists" / "lock").exists() or (folder / "compiled").is_dir()


def bring_folder(home: Path, folder: Path, progress: Progress = quiet) -> list[str]:
    """Bring in every list of `folder/PUBLISHER/.../FILE`; what was left out, in words.

    Editions of one list are filed by their dates, so that a day can be asked about.
    ListMissing if nothing there is a list.
    """
    known = {reader.publisher for reader in readers.READERS}
    incoming, notes = [], []
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        if place.name not in known:
            notes.append(f"{place.name}: no publisher is called so; passed over")
            continue
        for path in sorted(path for path in place.rglob("*") if path.is_file()):
            item = incoming_at(place.name, path)
            try:
                readers.recognise(place.name, item.files[0])
            except ClearwayError as error:
                notes.append(f"{path.relative_to(folder)}: passed over: {error}")
                continue
            incoming.append(item)
    if not incoming:
        raise ListMissing(f"{folder} holds no list as PUBLISHER/EDITION/FILE")
    outcomes = bring_in(
        home,
        incoming,
        history=True,
        accept=True,
        prove_coverage=False,
        progress=progress,
    )
    notes += [f"{o.what}: refused: {o.error}" for o in outcomes if o.error is not None]
    return notes
