"""JSON objects out of a file: one a line, or in an array; what is no JSON is said."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from clearway.errors import InputUnreadable
from clearway.ownership.gathering import Gatherer

Found: TypeAlias = tuple[str, Mapping[str, Any]]
"""Where an object stands ("line 3", "item 3"), and the object."""

_MOST = 4 << 30


def content(origin: bytes | Path, name: str) -> bytes:
    """The bytes of a file, unpacked; InputUnreadable where it cannot be read."""
    try:
        data = origin if isinstance(origin, bytes) else origin.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(name, error) from error
    if len(data) > _MOST:
        raise InputUnreadable(name, "is larger than 4 GiB; split it")
    return data


def first_bytes(origin: bytes | Path, name: str, size: int) -> bytes:
    """The beginning of a file, unpacked; InputUnreadable where it cannot be read."""
    try:
        with (
            io.BytesIO(origin) if isinstance(origin, bytes) else origin.open("rb") as f
        ):
            packed = f.read(2) == b"\x1f\x8b"
            f.seek(0)
            return gzip.open(f).read(size) if packed else f.read(size)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> InputUnreadable:
    reason = getattr(error, "strerror", None) or str(error)
    return InputUnreadable(name, f"cannot be read: {reason}")


def objects(data: bytes, gatherer: Gatherer) -> Iterator[Found]:
    """Each object; text that is no JSON, and values that are none, become Problems."""
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    whole: Any = None
    if head.startswith(b"[") or data.count(b"\n") < 2 or head[:2].rstrip() == b"{":
        whole = _whole(data)
    if whole is None:
        yield from _lines(data, gatherer)
        return
    for number, value in enumerate(_members(whole), 1):
        if isinstance(value, Mapping):
            yield f"item {number}", value
        else:
            message = "is no JSON object; the item was left out"
            gatherer.problem("not_an_object", message, f"item {number}", str(value))


def _whole(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _members(whole: Any) -> list[Any]:
    """The items of an array, or of the one array that an object is wrapped around."""
    if isinstance(whole, list):
        return whole
    if isinstance(whole, Mapping):
        arrays = [value for value in whole.values() if isinstance(value, list)]
        plain = "schema" in whole or "recordType" in whole or "Relationship" in whole
        if (
            len(arrays) == 1
            and not plain
            and all(isinstance(item, Mapping) for item in arrays[0])
        ):
            return arrays[0]
    return [whole]


def _lines(data: bytes, gatherer: Gatherer) -> Iterator[Found]:
    for number, line in enumerate(data.splitlines(), 1):
        bare = line.strip().removeprefix(b"\xef\xbb\xbf").rstrip(b",")
        if bare in (b"", b"[", b"]"):
            continue
        try:
            value = json.loads(bare)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "too deep or not UTF-8")
            gatherer.problem(
                "bad_json",
                f"is no JSON ({reason}); the line was left out: export it again",
                f"line {number}",
                bare.decode("utf-8", "replace"),
            )
            continue
        if isinstance(value, Mapping):
            yield f"line {number}", value
        else:
            message = "is no JSON object; the line was left out"
            gatherer.problem("not_an_object", message, f"line {number}", str(value))
