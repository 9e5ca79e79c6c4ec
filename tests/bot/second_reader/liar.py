"""A server on loopback that answers as it is told to, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Reply = Callable[["Liar", asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Liar:
    """A server; ``reply`` writes what comes after a request has been read."""

    reply: Reply
    port: int = 0
    asked: list[bytes] = field(default_factory=list)
    serving: set[Any] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def reports(self) -> list[str]:
        """The texts that were sent."""
        bodies = [json.loads(raw.partition(b"\r\n\r\n")[2]) for raw in self.asked]
        return [json.loads(body["messages"][1]["content"])["report"] for body in bodies]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(asyncio.current_task())
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *(\d+)", head)
                self.asked.append(head + await reader.readexactly(int(length[1]) if length else 0))
                await self.reply(self, writer)
                await writer.drain()
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def lying(reply: Reply) -> AsyncIterator[Liar]:
    """Serve for the length of a block."""
    liar = Liar(reply)
    server = await asyncio.start_server(liar.serve, "127.0.0.1", 0)
    liar.port = server.sockets[0].getsockname()[1]
    try:
        yield liar
    finally:
        server.close()
        for task in liar.serving:
            task.cancel()
        await asyncio.gather(*liar.serving, return_exceptions=True)


def http(body: bytes, status: str = "200 OK", *headers: str) -> Reply:
    """Answer plainly."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]

    async def reply(liar: Liar, writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    return reply


def content(text: str) -> bytes:
    """A chat completions answer with such a message."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def saying(*items: tuple[str, Any, str]) -> Reply:
    """Answer with these figures."""
    facts = [{"fact": fact, "number": number, "span": span} for fact, number, span in items]
    return http(content(json.dumps({"facts": facts})))


async def silent(liar: Liar, writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.sleep(60)


async def closing(liar: Liar, writer: asyncio.StreamWriter) -> None:
    """Close without a word."""


async def dripping(liar: Liar, writer: asyncio.StreamWriter) -> None:
    """Begin well and let a byte fall now and then."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(600):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless(liar: Liar, writer: asyncio.StreamWriter) -> None:
    """Send for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"4000\r\n" + b" " * 0x4000 + b"\r\n")
        await writer.drain()


async def headers_without_end(liar: Liar, writer: asyncio.StreamWriter) -> None:
    """Never come to the body."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for at in range(100_000):
        writer.write(f"X-{at}: {'x' * 100}\r\n".encode())
        await writer.drain()


async def short(liar: Liar, writer: asyncio.StreamWriter) -> None:
    """Promise more than comes."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{")


async def no_http(liar: Liar, writer: asyncio.StreamWriter) -> None:
    """Speak something else."""
    writer.write(b"\x00\xff\x16\x03 SSH-2.0-x\r\n")
