"""Sockets of the gateway: open to the token, and to listeners from a page of ours."""

from __future__ import annotations

import base64

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.fakes.gateway import HOST, OWN, TOKEN, Office


def listen(client: TestClient, path: str, word: object, **headers: str) -> str:
    with client.websocket_connect(path, subprotocols=["prefect"], headers=headers) as socket:
        socket.send_json(word)
        assert socket.receive_json() == {"type": "auth_success"}
        socket.send_text("more")
        return str(socket.receive_text())


def test_a_socket_opens_to_the_token_in_header_or_first_word(office: Office) -> None:
    word = {"type": "auth", "token": TOKEN}
    assert listen(office.visitor(), "/api/events/in", word) == "told"
    basic = base64.b64encode(TOKEN.encode()).decode()
    told = listen(office.visitor(), "/api/events/in", {}, authorization=f"Basic {basic}")
    assert told == "told"


@pytest.mark.parametrize(
    "word",
    [{"type": "auth", "token": None}, {"type": "auth", "token": "b"}, {}, [], {"token": TOKEN}],
)
def test_a_socket_stays_shut_without_the_token(office: Office, word: object) -> None:
    with pytest.raises(WebSocketDisconnect):
        listen(office.visitor(), "/api/events/in", word)
    with pytest.raises(WebSocketDisconnect):
        listen(office.visitor(), "/api/events/out", word, authorization="Bearer b")
    with pytest.raises(WebSocketDisconnect), office.visitor().websocket_connect("/api/events/out"):
        pass


def test_a_person_may_listen_from_a_page_of_ours_and_never_talk(office: Office) -> None:
    client = office.visitor("lin")
    assert listen(client, "/api/events/out", {"type": "auth"}, origin=HOST) == "told"
    for path, origin in (
        ("/api/events/in", HOST),
        ("/api/events/out", "https://evil.example"),
        ("/api/events/out", ""),
    ):
        with pytest.raises(WebSocketDisconnect):
            listen(client, path, {"type": "auth"}, origin=origin)
    with pytest.raises(WebSocketDisconnect):
        listen(office.visitor("zhou"), "/api/events/out", {"type": "auth"}, origin=HOST)


def test_a_socket_closes_when_its_session_is_over(office: Office) -> None:
    client = office.visitor("lin")
    with client.websocket_connect(
        "/api/events/out", subprotocols=["prefect"], headers={"origin": HOST}
    ) as socket:
        socket.send_json({"type": "auth"})
        socket.receive_json()
        client.post("/logout", headers=OWN)
        socket.send_text("more")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()
