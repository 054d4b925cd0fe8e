"""The server under attack: floods, slow and half-open clients; what is easy is answered all the while."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
import uvicorn
from mcp import Client
from starlette.requests import ClientDisconnect

from provenance.agents import http_bounds, mcp_server
from provenance.agents.http_bounds import BoundedBody, ImpatientProtocol
from provenance.agents.mcp_server import server_of
from provenance.casefiles import case_schema
from tests.agents.hard_cases import interwoven

EASY = {"case": case_schema()["examples"][0], "claim": "hit"}
HARD = {"case": interwoven(30, 12), "claim": "c0"}
HELLO = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def body_read(scope: Any, receive: Any, send: Any) -> None:
    """An application that reads a body and says how it ended."""
    if scope["type"] != "http":
        return
    message = await receive()
    while message.get("more_body"):
        message = await receive()
    text = json.dumps(message["type"]).encode()
    head = {"type": "http.response.start", "status": 200, "headers": [(b"connection", b"close")]}
    await send(head)
    await send({"type": "http.response.body", "body": text})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where such an application listens, with little patience."""
    monkeypatch.setattr(http_bounds, "LONGEST_HEAD", 0.2)
    monkeypatch.setattr(http_bounds, "LONGEST_BODY", 0.3)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            BoundedBody(body_read), http=ImpatientProtocol, ws="none", lifespan="off",
            log_level="critical",
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=10)


def connected(port: int, *sent: bytes) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", port), timeout=20)
    for part in sent:
        found.sendall(part)
    return found


def everything(wire: socket.socket) -> bytes:
    parts = []
    while part := wire.recv(4096):
        parts.append(part)
    wire.close()
    return b"".join(parts)


@pytest.mark.parametrize("sent", [b"", b"GET /health HTTP/1.1\r\nHost: loc"])
def test_a_connection_on_which_nothing_is_asked_is_closed(port: int, sent: bytes) -> None:
    with connected(port, sent) as wire:
        assert wire.recv(100) == b""


def test_an_honest_client_is_answered_among_half_open_ones(port: int) -> None:
    half_open = [connected(port, b"POST / HTTP/1.1\r\n") for _ in range(40)]

    answer = everything(connected(port, HELLO))

    assert answer.startswith(b"HTTP/1.1 200")
    for wire in half_open:
        wire.close()


def test_a_body_that_does_not_come_is_not_waited_for(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"

    answer = everything(connected(port, head, b"a"))

    assert b'"http.disconnect"' in answer


def test_a_body_that_comes_is_read(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n"

    answer = everything(connected(port, head, b"ab"))

    assert b'"http.request"' in answer


@pytest.mark.parametrize(("is_late", "status"), [(True, 408), (False, None)])
def test_a_client_that_is_gone_is_no_error_and_one_that_is_late_is_told(
    monkeypatch: pytest.MonkeyPatch, is_late: bool, status: int | None
) -> None:
    monkeypatch.setattr(http_bounds, "LONGEST_BODY", 0.05)
    sent: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if (await receive())["type"] == "http.disconnect":
            raise ClientDisconnect

    async def receive() -> dict[str, Any]:
        if is_late:
            await anyio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message.get("status"))

    anyio.run(BoundedBody(app), {"type": "http"}, receive, send)

    assert sent[:1] == ([status] if status else [])


@pytest.mark.parametrize(("host", "by_address"), [("10.0.0.7", True), ("127.0.0.1", False)])
def test_a_client_is_a_machine_or_a_session(host: str, by_address: bool) -> None:
    session = object()
    far = SimpleNamespace(
        request=SimpleNamespace(client=SimpleNamespace(host=host)), session=session
    )
    near = SimpleNamespace(request=None, session=session)

    assert mcp_server._client_of(far) == (host if by_address else id(session))
    assert mcp_server._client_of(near) == id(session)


def test_what_is_no_request_passes_the_bounds_of_bodies() -> None:
    found: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        found.append(scope["type"])

    anyio.run(BoundedBody(app), {"type": "lifespan"}, None, None)

    assert found == ["lifespan"]


def test_what_comes_after_a_body_is_waited_for_as_long_as_it_takes() -> None:
    found: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        found.extend([(await receive())["type"], (await receive())["type"]])

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect" if found else "http.request"}

    anyio.run(BoundedBody(app), {"type": "http"}, receive, None)

    assert found == ["http.request", "http.request"]


def test_easy_calls_are_answered_while_hard_ones_come_in_floods_and_are_cancelled() -> None:
    easy: list[bool] = []

    async def run() -> None:
        async with Client(server_of()) as client:
            async with anyio.create_task_group() as flood:
                for _ in range(12):
                    flood.start_soon(client.call_tool, "weigh", HARD)
                await anyio.sleep(0.5)
                listed = await client.call_tool("cases", {})
                easy.append(not listed.is_error)
                flood.cancel_scope.cancel()
            for _ in range(100):  # cancelled, their places are free again
                answer = await client.call_tool("weigh", EASY)
                if not answer.is_error:
                    break
                assert answer.structured_content["error"] == "Busy"
            easy.append(not answer.is_error)

    anyio.run(run)

    assert easy == [True, True]
