"""How the agents' server answers easy calls while it is attacked, over stdio and over a socket.

Hard calls in floods, some cancelled and some left to their limit; connections that say nothing.
Prints how long easy calls took. Run it with nothing else at work: python -m benchmarks.server_under_attack
"""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
from mcp import Client, StdioServerParameters

from provenance.casefiles import case_schema
from tests.agents.hard_cases import interwoven

SECONDS = 30.0
SEEDS = Path(__file__).parent.parent / "seeds"
EASY = {"case": case_schema()["examples"][0], "claim": "hit"}
HARD = {"case": interwoven(30, 12), "claim": "c0"}


async def flood(client: Client, until: float, patience: float) -> None:
    """Hard calls one after the other, each given up after a while, until the end."""
    while time.monotonic() < until:
        with anyio.move_on_after(patience):
            await client.call_tool("weigh", HARD)


async def attacked(connect: Callable[[], Any], clients: int) -> list[tuple[str, float]]:
    """How long easy calls took, and how they ended."""
    found: list[tuple[str, float]] = []
    until = time.monotonic() + SECONDS
    async with anyio.create_task_group() as group:
        for number in range(clients):
            group.start_soon(attacker, connect, until, number)
        async with connect() as client:
            while time.monotonic() < until:
                for name, arguments in (("cases", {}), ("weigh", EASY)):
                    began = time.monotonic()
                    answer = await client.call_tool(name, arguments)
                    busy = answer.is_error and answer.structured_content["error"] == "Busy"
                    found.append((f"{name}, busy" if busy else name, time.monotonic() - began))
                await anyio.sleep(0.1)
    return found


async def attacker(connect: Callable[[], Any], until: float, number: int) -> None:
    async with connect() as client, anyio.create_task_group() as group:
        for patience in (0.3, 2.0, 60.0):
            group.start_soon(flood, client, until, patience)
        await anyio.sleep(max(0.0, until - time.monotonic()))
        group.cancel_scope.cancel()


def told(way: str, found: list[tuple[str, float]]) -> None:
    for name in sorted({each for each, _ in found}):
        took = [seconds for each, seconds in found if each == name]
        print(
            f"{way}: {name}: {len(took)} calls, median {statistics.median(took):.2f} s, "
            f"longest {max(took):.2f} s"
        )


def over_a_socket() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "provenance", "mcp", "--folder", str(SEEDS), "--transport", "http"]
    server = subprocess.Popen([sys.executable, *command, "--port", str(port)])
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.1)
        half_open = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
        for wire in half_open[::2]:
            wire.sendall(b"POST /mcp HTTP/1.1\r\nHost: loc")

        def connect() -> Client:
            return Client(f"http://127.0.0.1:{port}/mcp")

        told("socket", anyio.run(attacked, connect, 4))
    finally:
        server.terminate()
        print("stopped within", round(_waited(server), 1), "s")


def _waited(server: subprocess.Popen[bytes]) -> float:
    began = time.monotonic()
    server.wait(timeout=30)
    return time.monotonic() - began


def over_stdio() -> None:
    """One client only, as stdio has it: its own flood is in its own way."""
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "provenance", "mcp", "--folder", str(SEEDS)]
    )
    shared: list[Client] = []

    @asynccontextmanager
    async def connect() -> AsyncIterator[Client]:
        while not shared:
            await anyio.sleep(0.05)
        yield shared[0]

    async def run() -> list[tuple[str, float]]:
        async with Client(parameters) as client:
            shared.append(client)
            return await attacked(connect, 1)

    told("stdio", anyio.run(run))


if __name__ == "__main__":
    over_stdio()
    over_a_socket()
