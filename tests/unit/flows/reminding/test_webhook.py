from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.reminding.notice import Notice, UnsentError
from flows.reminding.webhook import read_webhook
from review.errors import WrongUsageError

NOTICE = Notice("案件 2026-0001 已超期", "请尽快办理。", (), {"id": "a1", "case": "2026-0001"})


@dataclass
class Receiver:
    """Hold what came in; ``answers`` are given in turn, the last one for ever."""

    url: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=lambda: [(200, b"{}")])
    bodies: list[dict[str, object]] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Receiver]:
    held = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.bodies.append(json.loads(body))
            status, answer = held.answers.pop(0) if len(held.answers) > 1 else held.answers[0]
            self.send_response(status)
            self.send_header("Location", held.url)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        held.url = f"http://127.0.0.1:{server.server_port}/hook?key=geheim"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield held
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def held() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def send(url: str) -> None:
    replace(read_webhook(url), pause=0.0).send(NOTICE)


def test_a_notice_is_posted_with_its_fields_and_as_a_text_message(held: Receiver) -> None:
    send(held.url)
    (body,) = held.bodies
    assert body["case"] == "2026-0001"
    assert body["msgtype"] == "text"
    assert body["text"] == {"content": "案件 2026-0001 已超期\n请尽快办理。"}


@pytest.mark.parametrize("busy", [429, 502, 503])
def test_a_receiver_that_says_later_is_asked_again(held: Receiver, busy: int) -> None:
    held.answers = [(busy, b""), (200, b"{}")]
    send(held.url)
    assert len(held.bodies) == 2


def test_a_receiver_that_stays_busy_is_given_up(held: Receiver) -> None:
    held.answers = [(503, b"")]
    with pytest.raises(UnsentError, match=r"^HTTP 503$"):
        send(held.url)
    assert len(held.bodies) == 3


@pytest.mark.parametrize("status", [302, 400, 403, 404, 500])
def test_a_refusal_is_told_by_its_code_and_not_repeated(held: Receiver, status: int) -> None:
    held.answers = [(status, b"key geheim is unknown")]
    with pytest.raises(UnsentError, match=rf"^HTTP {status}$"):
        send(held.url)
    assert len(held.bodies) == 1


def test_a_robot_that_refuses_in_an_answer_of_200_is_understood(held: Receiver) -> None:
    held.answers = [(200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}')]
    with pytest.raises(UnsentError, match=r"^errcode 93000$"):
        send(held.url)


@pytest.mark.parametrize("answer", [b'{"errcode": 0}', b"ok", b"[]", b'{"errcode": "x"}', b"\xff"])
def test_any_other_answer_of_200_is_good(held: Receiver, answer: bytes) -> None:
    held.answers = [(200, answer)]
    send(held.url)
    assert len(held.bodies) == 1


def test_a_receiver_that_is_not_there_leaves_a_code_without_the_address() -> None:
    with receiver() as gone:
        url = gone.url
    with pytest.raises(UnsentError, match=r"^ConnectError$"):
        send(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://office.example/hook?key=geheim",
        "ftp://office.example",
        "office.example",
        "https://",
        "https://office.example:port",
        "https://[office",
    ],
)
def test_an_address_that_is_none_or_not_encrypted_is_refused_without_repeating_it(
    url: str,
) -> None:
    with pytest.raises(WrongUsageError) as refused:
        read_webhook(url)
    assert "REVIEW_WEBHOOK_URL" in refused.value.message
    assert "office" not in refused.value.message


def test_the_key_in_the_address_does_not_show() -> None:
    assert "geheim" not in repr(read_webhook("https://office.example/hook?key=geheim"))
