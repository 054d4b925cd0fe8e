"""Bounds of a connection over HTTP: how long a head or a body may take to come."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["MOST_CONNECTIONS", "BoundedBody", "ImpatientProtocol"]

MOST_CONNECTIONS = 512
"""How many connections there may be at the same time."""
LONGEST_HEAD = 5.0
"""How many seconds the head of a request may take."""
LONGEST_BODY = 10.0
"""How many seconds the body of a request may take."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class ImpatientProtocol(H11Protocol):
    """Closes a connection on which nobody asks for anything: half-open, or a head drop by drop."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._asked_last = self.loop.time()
        self._look_again()

    def _look_again(self) -> None:
        self.loop.call_later(1.0, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        now = self.loop.time()
        if self.cycle is not None and not self.cycle.response_complete:
            self._asked_last = now
        elif now - self._asked_last > LONGEST_HEAD:
            self.transport.close()
            return
        self._look_again()


class BoundedBody:
    """An application that waits for the body of a request only so long."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_BODY
        is_whole = is_overdue = is_answered = False

        async def in_time() -> Message:
            nonlocal is_whole, is_overdue
            if is_whole:  # what comes now is that the client is gone, whenever it goes
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, until - loop.time()))
            except TimeoutError:
                is_overdue = True
                return {"type": "http.disconnect"}
            is_whole = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        async def noted(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        try:
            await self.app(scope, in_time, noted)
        except ClientDisconnect:
            if is_overdue and not is_answered:
                await Response("the body did not come in time", 408)(scope, receive, send)
