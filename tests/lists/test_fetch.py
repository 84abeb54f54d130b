import hashlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from clearway.errors import ListUnavailable
from clearway.lists.fetch import Fetched, Limits, fetch, fetch_first

URL = "https://example.org/list.xml"
LIST = b"<?xml version='1.0'?><list>" + b"<entry/>" * 40_000 + b"</list>"
MARKS = {"ETag": '"v1"', "Last-Modified": "Tue, 07 May 2024 00:00:00 GMT"}
HALF = len(LIST) // 2

Answer = Callable[[httpx.Request], httpx.Response]


class Publisher:
    """Answers one request after another, and keeps what was asked."""

    def __init__(self, *answers: Answer | httpx.Response) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        return answer if isinstance(answer, httpx.Response) else answer(request)


class Broken(httpx.SyncByteStream):
    """A body in pieces, that ends, or fails, before its time."""

    def __init__(self, body: bytes, error: Exception | None = None) -> None:
        self.body = body
        self.error = error

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self.body), 50_000):
            yield self.body[start : start + 50_000]
        if self.error is not None:
            raise self.error


def whole(body: bytes = LIST, **headers: str) -> httpx.Response:
    return httpx.Response(200, content=body, headers={**MARKS, **headers})


def broken(body: bytes, error: Exception | None = None) -> httpx.Response:
    headers = {**MARKS, "Content-Length": str(len(LIST))}
    return httpx.Response(200, stream=Broken(body, error), headers=headers)


def rest(start: int, body: bytes | None = None) -> httpx.Response:
    return httpx.Response(
        206,
        content=LIST[start:] if body is None else body,
        headers={
            **MARKS,
            "Content-Range": f"bytes {start}-{len(LIST) - 1}/{len(LIST)}",
        },
    )


def status(code: int, **headers: str) -> httpx.Response:
    return httpx.Response(code, headers=headers)


def fails(error: Exception) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    return answer


def ask(publisher: Publisher, folder: Path, **options: Any) -> Fetched:
    options.setdefault("sleep", lambda seconds: None)
    options.setdefault("clock", lambda: 0.0)
    transport = httpx.MockTransport(publisher)
    return fetch(URL, folder, "list.xml", transport=transport, **options)


def test_a_list_is_brought_whole_with_its_marks(tmp_path: Path) -> None:
    publisher = Publisher(whole())
    fetched = ask(publisher, tmp_path)
    assert fetched.path == tmp_path / "list.xml"
    assert fetched.path.read_bytes() == LIST
    assert fetched.status == "new"
    assert fetched.sha256 == hashlib.sha256(LIST).hexdigest()
    assert fetched.size == len(LIST)
    assert (fetched.etag, fetched.last_modified) == tuple(MARKS.values())
    assert publisher.asked[0].headers["user-agent"].startswith("clearway/")
    assert "if-none-match" not in publisher.asked[0].headers


def test_an_unchanged_list_is_not_brought_again(tmp_path: Path) -> None:
    publisher = Publisher(whole(), status(304))
    first = ask(publisher, tmp_path)
    again = ask(publisher, tmp_path)
    assert again.status == "unchanged"
    assert again.sha256 == first.sha256
    asked = publisher.asked[1].headers
    assert asked["if-none-match"] == '"v1"'
    assert asked["if-modified-since"] == MARKS["Last-Modified"]


def test_a_file_that_was_touched_since_is_brought_again(tmp_path: Path) -> None:
    publisher = Publisher(whole(), whole())
    ask(publisher, tmp_path).path.write_bytes(b"something else")
    assert ask(publisher, tmp_path).status == "new"
    assert "if-none-match" not in publisher.asked[1].headers


def test_marks_of_one_address_are_not_used_for_another(tmp_path: Path) -> None:
    publisher = Publisher(whole(), whole())
    transport = httpx.MockTransport(publisher)
    ask(publisher, tmp_path)
    fetch(URL + "?other", tmp_path, "list.xml", transport=transport)
    assert "if-none-match" not in publisher.asked[1].headers


@pytest.mark.parametrize(
    "break_off", [broken(LIST[:HALF]), broken(LIST[:HALF], httpx.ReadError("reset"))]
)
def test_a_broken_download_is_resumed(
    break_off: httpx.Response, tmp_path: Path
) -> None:
    publisher = Publisher(break_off, rest(HALF))
    assert ask(publisher, tmp_path).path.read_bytes() == LIST
    asked = publisher.asked[1].headers
    assert asked["range"] == f"bytes={HALF}-"
    assert asked["if-range"] == '"v1"'


def test_a_download_is_resumed_by_a_later_run(tmp_path: Path) -> None:
    with pytest.raises(ListUnavailable, match="broke off after 160,0"):
        ask(Publisher(broken(LIST[:HALF])), tmp_path, limits=Limits(attempts=1))
    assert not (tmp_path / "list.xml").exists()
    publisher = Publisher(rest(HALF))
    assert ask(publisher, tmp_path).path.read_bytes() == LIST
    assert not list(tmp_path.glob("*.part*"))


def test_a_list_that_changed_in_between_is_brought_from_the_start(
    tmp_path: Path,
) -> None:
    changed = LIST.replace(b"entry", b"ENTRY")
    publisher = Publisher(broken(LIST[:HALF]), whole(changed, ETag='"v2"'))
    fetched = ask(publisher, tmp_path)
    assert fetched.path.read_bytes() == changed
    assert fetched.etag == '"v2"'


def test_a_rest_that_does_not_fit_is_thrown_away(tmp_path: Path) -> None:
    publisher = Publisher(broken(LIST[:HALF]), rest(HALF + 1), whole())
    assert ask(publisher, tmp_path).path.read_bytes() == LIST
    assert "range" not in publisher.asked[2].headers


def test_nothing_left_to_send_means_that_all_is_there(tmp_path: Path) -> None:
    lost_end = broken(LIST, httpx.ReadError("reset"))
    done = status(416, **{"Content-Range": f"bytes */{len(LIST)}"})
    assert ask(Publisher(lost_end, done), tmp_path).path.read_bytes() == LIST


def test_a_range_past_the_end_of_another_file_starts_anew(tmp_path: Path) -> None:
    short = b"<list/>"
    past = status(416, **{"Content-Range": f"bytes */{len(short)}"})
    publisher = Publisher(broken(LIST[:HALF]), past, whole(short, ETag='"v2"'))
    assert ask(publisher, tmp_path).path.read_bytes() == short


def test_without_marks_there_is_no_resuming(tmp_path: Path) -> None:
    headers = {"Content-Length": str(len(LIST))}
    unmarked = httpx.Response(200, stream=Broken(LIST[:HALF]), headers=headers)
    publisher = Publisher(unmarked, whole())
    assert ask(publisher, tmp_path).path.read_bytes() == LIST
    assert "range" not in publisher.asked[1].headers


def test_a_weak_mark_gives_way_to_the_date(tmp_path: Path) -> None:
    headers = {**MARKS, "ETag": 'W/"v1"', "Content-Length": str(len(LIST))}
    weak = httpx.Response(200, stream=Broken(LIST[:HALF]), headers=headers)
    publisher = Publisher(weak, rest(HALF))
    ask(publisher, tmp_path)
    assert publisher.asked[1].headers["if-range"] == MARKS["Last-Modified"]


def test_passing_failures_are_waited_out_longer_each_time(tmp_path: Path) -> None:
    waits: list[float] = []
    publisher = Publisher(
        status(500), fails(httpx.ConnectError("refused")), status(503), whole()
    )
    ask(publisher, tmp_path, sleep=waits.append)
    assert waits == [1.0, 2.0, 4.0]


def test_a_publisher_that_says_when_is_listened_to_within_reason(
    tmp_path: Path,
) -> None:
    waits: list[float] = []
    publisher = Publisher(
        status(429, **{"Retry-After": "7"}),
        status(503, **{"Retry-After": "86400"}),
        whole(),
    )
    ask(publisher, tmp_path, sleep=waits.append)
    assert waits == [7.0, 60.0]


def test_after_the_last_attempt_the_user_is_told_what_to_do(tmp_path: Path) -> None:
    publisher = Publisher(*(status(500) for _ in range(4)))
    with pytest.raises(ListUnavailable) as caught:
        ask(publisher, tmp_path)
    words = str(caught.value)
    assert words.startswith(URL)
    assert "answered 500 Internal Server Error, 4 attempts made" in words
    assert "clearway lists add" in words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (404, "no such file; the address may have changed"),
        (403, "access refused"),
        (301, "answered 301"),
    ],
)
def test_a_lasting_failure_is_not_tried_again(
    code: int, words: str, tmp_path: Path
) -> None:
    publisher = Publisher(status(code))
    with pytest.raises(ListUnavailable, match=words):
        ask(publisher, tmp_path)
    assert len(publisher.asked) == 1


def test_a_web_page_instead_of_a_list_is_refused(tmp_path: Path) -> None:
    ask(Publisher(whole()), tmp_path)
    page = b"\xef\xbb\xbf\n<!DOCTYPE html><html><title>Page\n moved</title></html>"
    with pytest.raises(ListUnavailable, match=r'web page came .* \("Page moved"\)'):
        ask(Publisher(whole(page)), tmp_path)
    assert (tmp_path / "list.xml").read_bytes() == LIST


def test_an_empty_answer_is_tried_again(tmp_path: Path) -> None:
    publisher = Publisher(whole(b""), whole())
    assert ask(publisher, tmp_path).path.read_bytes() == LIST


@pytest.mark.parametrize("announced", [True, False])
def test_more_than_the_limit_is_not_taken(announced: bool, tmp_path: Path) -> None:
    headers = {"Content-Length": str(len(LIST))} if announced else {}
    answer = httpx.Response(200, stream=Broken(LIST), headers=headers)
    with pytest.raises(ListUnavailable, match="above the limit of 1,000"):
        ask(Publisher(answer), tmp_path, limits=Limits(size=1000))
    assert not list(tmp_path.glob("*.part*"))


def test_an_answer_too_slow_is_given_up_and_what_came_is_kept(tmp_path: Path) -> None:
    seconds = count(0, 10)
    with pytest.raises(ListUnavailable, match="not complete after 25 seconds"):
        ask(
            Publisher(broken(LIST)),
            tmp_path,
            limits=Limits(total=25),
            clock=lambda: float(next(seconds)),
        )
    assert 0 < (tmp_path / "list.xml.part").stat().st_size < len(LIST)


def test_time_for_all_attempts_is_limited_too(tmp_path: Path) -> None:
    publisher = Publisher(status(503, **{"Retry-After": "50"}))
    with pytest.raises(ListUnavailable, match="not complete after 30 seconds"):
        ask(publisher, tmp_path, limits=Limits(total=30))


def test_redirects_are_followed_but_not_out_of_encryption(tmp_path: Path) -> None:
    on = status(302, Location="https://cdn.example.org/list.xml")
    assert ask(Publisher(on, whole()), tmp_path).size == len(LIST)
    out = status(302, Location="http://cdn.example.org/list.xml")
    with pytest.raises(ListUnavailable, match="without encryption"):
        ask(Publisher(out, whole()), tmp_path)


def test_redirects_in_circles_end(tmp_path: Path) -> None:
    circle = [status(302, Location=URL) for _ in range(9)]
    with pytest.raises(ListUnavailable, match="redirected in circles"):
        ask(Publisher(*circle), tmp_path)


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    ask(
        Publisher(broken(LIST[:HALF]), rest(HALF)),
        tmp_path,
        progress=lambda have, total: told.append((have, total)),
    )
    assert told[-1] == (len(LIST), len(LIST))
    assert told == sorted(told)


def test_marks_that_cannot_be_read_cost_a_download_only(tmp_path: Path) -> None:
    ask(Publisher(whole()), tmp_path)
    (tmp_path / "list.xml.marks").write_text("{")
    assert ask(Publisher(whole()), tmp_path).status == "new"


def test_the_second_address_is_asked_when_the_first_fails(tmp_path: Path) -> None:
    publisher = Publisher(status(404), whole())
    fetched = fetch_first(
        (URL, URL + "?2"),
        tmp_path,
        "list.xml",
        transport=httpx.MockTransport(publisher),
    )
    assert fetched.url == URL + "?2"


def test_all_addresses_that_failed_are_named(tmp_path: Path) -> None:
    publisher = Publisher(status(404), status(410))
    with pytest.raises(ListUnavailable, match=r"answered 404.*Also: .*answered 410"):
        fetch_first(
            (URL, URL + "?2"),
            tmp_path,
            "list.xml",
            transport=httpx.MockTransport(publisher),
        )


def test_an_address_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(ListUnavailable):
        fetch("https://", tmp_path, "x", sleep=lambda _: None)
