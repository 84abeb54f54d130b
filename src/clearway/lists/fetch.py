"""Fetch a list from its publisher. The only module that uses the network.

What is asked for is kept beside what was received: the publisher's own marks (ETag,
Last-Modified) so that an unchanged list costs one short answer, and the part of a
broken download so that it is resumed. A file appears in its place only whole.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from clearway.errors import ListUnavailable
from clearway.lists import durable, marks
from clearway.lists.marks import Marks
from clearway.version import __version__

CHUNK = 1 << 16
NEW, UNCHANGED = "new", "unchanged"

_LATER = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524}
_WEB_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html\b)", re.I | re.S
)
_CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, how often to try, how much to take.

    Seconds for `connect`, for each `read` and for the `total` of all attempts;
    `attempts` in all, with `pause` seconds after the first, doubled after each
    further one; `size` in bytes.
    """

    connect: float = 10.0
    read: float = 30.0
    total: float = 900.0
    attempts: int = 4
    pause: float = 1.0
    longest_pause: float = 60.0
    redirects: int = 5
    size: int = 512 << 20


@dataclass(frozen=True, slots=True)
class Fetched:
    """A list at hand: `new`, or `unchanged` since it was last fetched."""

    path: Path
    url: str
    status: str
    sha256: str
    size: int
    etag: str = ""
    last_modified: str = ""


class _Again(Exception):
    """A passing failure; the next attempt may do better."""

    def __init__(self, message: str, pause: float | None = None) -> None:
        super().__init__(message)
        self.pause = pause


def fetch(
    url: str,
    folder: Path,
    name: str,
    *,
    limits: Limits = Limits(),
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    progress: Callable[[int, int | None], None] | None = None,
) -> Fetched:
    """Bring the file at an address into a folder, as `name`.

    `progress` is told the bytes so far and the total, if known. ListUnavailable, with
    what to do about it, when the limits are used up or the answer is no list.
    `clock` measures only how long it took.
    """
    folder.mkdir(parents=True, exist_ok=True)
    download = _Download(url, folder, name, limits, clock, progress)
    client = httpx.Client(
        timeout=httpx.Timeout(limits.read, connect=limits.connect),
        follow_redirects=True,
        max_redirects=limits.redirects,
        headers={
            "User-Agent": f"clearway/{__version__}",
            "Accept": "*/*",
            # Packed answers can be neither measured nor resumed.
            "Accept-Encoding": "identity",
        },
        transport=transport,
    )
    with client:
        return _persist(download, client, limits, sleep)


def fetch_first(
    urls: tuple[str, ...], folder: Path, name: str, **options: Any
) -> Fetched:
    """Bring the file from the first of several addresses that gives it."""
    failures = []
    for url in urls:
        try:
            return fetch(url, folder, name, **options)
        except ListUnavailable as error:
            failures.append(str(error))
    raise ListUnavailable(" Also: ".join(failures) or f"{name}: no address is known")


def _persist(
    download: "_Download",
    client: httpx.Client,
    limits: Limits,
    sleep: Callable[[float], None],
) -> Fetched:
    pause = limits.pause
    for attempt in range(1, limits.attempts + 1):
        try:
            return download.attempt(client)
        except (_Again, httpx.TransportError) as error:
            asked = error.pause if isinstance(error, _Again) else None
            if attempt == limits.attempts:
                raise download.unavailable(
                    f"{_words(error)}, {attempt} attempts made"
                ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise download.unavailable(_words(error)) from error
        wait = min(limits.longest_pause, pause if asked is None else asked)
        download.in_time(wait)
        sleep(wait)
        pause *= 2
    raise download.unavailable("no attempt was allowed")


class _Download:
    """One file on its way; what it has survives the attempt, and the process."""

    def __init__(
        self,
        url: str,
        folder: Path,
        name: str,
        limits: Limits,
        clock: Callable[[], float],
        progress: Callable[[int, int | None], None] | None,
    ) -> None:
        self.url = url
        self.path = folder / name
        self.part = folder / f"{name}.part"
        self.limits = limits
        self.progress = progress
        self._clock = clock
        self._ends = clock() + limits.total

    def attempt(self, client: httpx.Client) -> Fetched:
        whole = self._whole()
        begun = self._begun()
        have = self.part.stat().st_size if begun else 0
        with client.stream("GET", self.url, headers=_asking(whole, begun, have)) as got:
            self._same_security(got)
            if got.status_code == 304 and whole is not None:
                return self._result(whole, UNCHANGED)
            if got.status_code == 416:
                return self._after_416(got, begun, have)
            self._usable(got)
            if got.status_code == 206:
                if begun is None or not _continues(got, have):
                    self._forget()
                    raise _Again("the rest that came does not fit what was there")
            else:
                have, begun = 0, self._marks(got)
                self.part.write_bytes(b"")
                begun.keep(self.part)
            total = self._receive(got, have)
        if total is not None and total != self.part.stat().st_size:
            raise _Again(
                f"the answer broke off after {self.part.stat().st_size:,} of "
                f"{total:,} bytes"
            )
        return self._finish(begun)

    def in_time(self, wait: float = 0.0) -> None:
        """ListUnavailable once the time for all attempts is used up."""
        if self._clock() + wait > self._ends:
            raise self.unavailable(
                f"not complete after {self.limits.total:.0f} seconds; what has come "
                "is kept and the next update goes on from there"
            )

    def unavailable(self, why: str) -> ListUnavailable:
        return ListUnavailable(
            f"{self.url}: {why}. The last good version stays in use. Try again later, "
            "or download the file by other means and give it to `clearway lists add`."
        )

    def _usable(self, got: httpx.Response) -> None:
        status = got.status_code
        if status in (200, 206):
            return
        words = f"the publisher answered {status} {got.reason_phrase}".rstrip()
        if status in _LATER:
            raise _Again(words, _retry_after(got))
        if status in (401, 403):
            words += " (access refused; the address may have changed)"
        if status in (404, 410):
            words += " (no such file; the address may have changed)"
        raise self.unavailable(words)

    def _same_security(self, got: httpx.Response) -> None:
        secure = self.url.startswith("https:")
        if secure and any(hop.url.scheme != "https" for hop in (*got.history, got)):
            raise self.unavailable("was redirected to an address without encryption")

    def _receive(self, got: httpx.Response, have: int) -> int | None:
        """Append the answer to the part; returns the length the whole should have."""
        total = _announced(got, have)
        if total is not None and total > self.limits.size:
            raise self._too_large(total)
        with self.part.open("ab" if have else "wb") as file:
            for chunk in got.iter_bytes():  # as it comes, so that no byte is lost
                file.write(chunk)
                have += len(chunk)
                if have > self.limits.size:
                    raise self._too_large(have)
                if self.progress is not None:
                    self.progress(have, total)
                self.in_time()
        return total

    def _too_large(self, size: int) -> ListUnavailable:
        self._forget()
        return self.unavailable(
            f"the answer has {size:,} bytes or more, above the limit of "
            f"{self.limits.size:,}"
        )

    def _after_416(
        self, got: httpx.Response, begun: Marks | None, have: int
    ) -> Fetched:
        """Nothing is left to send: either we have it all, or the file has changed."""
        range_ = _CONTENT_RANGE.match(got.headers.get("content-range", ""))
        if begun is not None and range_ and range_[3] == str(have):
            return self._finish(begun)
        self._forget()
        raise _Again("the publisher has another file than the one that was begun")

    def _finish(self, begun: Marks) -> Fetched:
        with self.part.open("rb") as file:
            head = file.read(CHUNK).removeprefix(b"\xef\xbb\xbf")
        if not head.strip():
            self._forget()
            raise _Again("the answer was empty")
        if _WEB_PAGE.match(head):
            self._forget()
            raise self.unavailable(f"a web page came instead of the list{_title(head)}")
        whole = begun.measured(self.part)
        with self.part.open("rb+") as file:
            durable.sync(file)
        durable.move(self.part, self.path)
        whole.keep(self.path)
        marks.forget(self.part)
        return self._result(whole, NEW)

    def _result(self, of: Marks, status: str) -> Fetched:
        return Fetched(
            self.path,
            self.url,
            status,
            of.sha256,
            of.size,
            of.etag,
            of.last_modified,
        )

    def _whole(self) -> Marks | None:
        """The marks of the file in its place, if it is still the one they describe."""
        known = Marks.beside(self.path, self.url)
        return known if known and known.measured(self.path) == known else None

    def _begun(self) -> Marks | None:
        """The marks of a part that can be resumed."""
        known = Marks.beside(self.part, self.url)
        return known if known and known.strong and self.part.stat().st_size else None

    def _marks(self, got: httpx.Response) -> Marks:
        if _packed(got):
            # Its marks belong to the packed bytes, of which we keep none.
            return Marks(self.url)
        headers = got.headers
        return Marks(
            self.url, headers.get("etag", ""), headers.get("last-modified", "")
        )

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        marks.forget(self.part)


def _asking(whole: Marks | None, begun: Marks | None, have: int) -> dict[str, str]:
    """The headers that say what we have; a rest is asked for before a comparison."""
    if begun is not None:
        return {"Range": f"bytes={have}-", "If-Range": begun.strong}
    headers = {}
    if whole is not None and whole.etag:
        headers["If-None-Match"] = whole.etag
    if whole is not None and whole.last_modified:
        headers["If-Modified-Since"] = whole.last_modified
    return headers


def _continues(got: httpx.Response, have: int) -> bool:
    range_ = _CONTENT_RANGE.match(got.headers.get("content-range", ""))
    return range_ is not None and range_[1] == str(have)


def _announced(got: httpx.Response, have: int) -> int | None:
    if _packed(got):
        return None
    length = got.headers.get("content-length", "")
    return have + int(length) if length.isdigit() else None


def _packed(got: httpx.Response) -> bool:
    return bool(got.headers.get("content-encoding", "identity") != "identity")


def _retry_after(got: httpx.Response) -> float | None:
    value = got.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None


def _title(page: bytes) -> str:
    found = re.search(rb"<title[^>]*>([^<]{1,200})", page, re.I)
    words = found[1].decode("utf-8", "replace").split() if found else []
    return f' ("{" ".join(words)}")' if words else ""


def _words(error: Exception) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return "no connection in time"
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return f"no connection ({error})"
    if isinstance(error, httpx.TooManyRedirects):
        return "redirected in circles"
    return str(error) or type(error).__name__
