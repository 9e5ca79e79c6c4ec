"""Requests as no client makes them, byte for byte: what is answered, what is kept of them, and nothing in the log."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from bot.web.api import gate, request
from bot.web.api.operations import JSON
from bot.web.api.reports import ID
from bot.web.api.routes import OPERATIONS
from bot.web.server import LOGGER
from storage.api_requests import api_requests
from storage.transaction import Reading
from tests.bot.web.api.asking import BASE, asking, platform, token_of
from tests.journeys.world import UNITS, Town
from tests.telephone import telephone

BODY = '{"text":"有人落水"}'.encode()
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
CHUNKED, LENGTH = "Transfer-Encoding: chunked\r\n", f"Content-Length: {len(BODY)}\r\n"
LINE = "POST /api/v1/reports HTTP/1.1"
NO_HTTP = (0, 0)
"""Answered by the server with 400, before any of ours hears of it: the connection is closed."""


@dataclass(frozen=True)
class Row:
    """A request that differs from a right one, and what becomes of it.

    Attributes:
        expected: the status of the answer, and how many reports are kept.
        extra: header lines beside those of a right one, with what says how long the body is.
        behind: the status of the request behind it.
    """

    expected: tuple[int, int]
    extra: str = LENGTH
    body: bytes = BODY
    line: str = LINE
    host: str = "Host: tocsin.example\r\n"
    scheme: str = "Bearer "
    ends: str = "\r\n"
    behind: int = 200


SMUGGLED = b"0\r\n\r\nPOST /api/v1/reports HTTP/1.1\r\nHost: x\r\nIdempotency-Key: smuggled\r\nAuthorization: Bearer "
ROWS = {
    "a right one": Row((201, 1)),
    "in chunks": Row((201, 1), CHUNKED, CHUNKS),
    "a length and chunks": Row(NO_HTTP, LENGTH + CHUNKED, SMUGGLED),
    "chunks, hidden by a space": Row(NO_HTTP, LENGTH + "Transfer-Encoding : chunked\r\n", SMUGGLED),
    "chunks and then plain": Row(NO_HTTP, "Transfer-Encoding: chunked, identity\r\n", SMUGGLED),
    "chunks twice": Row(NO_HTTP, CHUNKED + "Transfer-Encoding: identity\r\n", SMUGGLED),
    "another coding": Row(NO_HTTP, "Transfer-Encoding: xchunked\r\n"),
    "the length twice": Row(NO_HTTP, LENGTH * 2),
    "two lengths": Row(NO_HTTP, LENGTH + "Content-Length: 3\r\n"),
    "a length with a sign": Row(NO_HTTP, f"Content-Length: +{len(BODY)}\r\n"),
    "a length below nothing": Row(NO_HTTP, "Content-Length: -1\r\n"),
    "a length in hexadecimals": Row(NO_HTTP, "Content-Length: 0x10\r\n"),
    "a length with a line": Row(NO_HTTP, "Content-Length: 2_3\r\n"),
    "a list of lengths": Row(NO_HTTP, f"Content-Length: {len(BODY)}, {len(BODY)}\r\n"),
    "an endless length": Row(NO_HTTP, "Content-Length: 99999999999999999999\r\n"),
    "a chunk of less than nothing": Row(NO_HTTP, CHUNKED, b"-5\r\n" + CHUNKS),
    "a chunk of no length": Row(NO_HTTP, CHUNKED, b"zz\r\n" + CHUNKS),
    "a chunk that is longer than it says": Row(NO_HTTP, CHUNKED, b"2\r\n" + CHUNKS[4:]),
    "a key and a token behind the chunks": Row(
        (201, 1), CHUNKED, CHUNKS[:-2] + b"Idempotency-Key: other\r\nAuthorization: Bearer x\r\n\r\n"
    ),
    "lines that end bare": Row(NO_HTTP, ends="\n"),
    "a folded line": Row(NO_HTTP, LENGTH + "X-A: b\r\n c\r\n"),
    "a name with a space": Row(NO_HTTP, LENGTH + "X-A : b\r\n"),
    "a zero in a header": Row(NO_HTTP, LENGTH + "X-A: b\0c\r\n"),
    "half an end in a header": Row(NO_HTTP, LENGTH + "X-A: b\rc\r\n"),
    "an endless header": Row(NO_HTTP, LENGTH + f"X-A: {'x' * 20_000}\r\n"),
    "thousands of headers": Row(NO_HTTP, LENGTH + "".join(f"X-{number}: y\r\n" for number in range(2000))),
    "an endless line": Row(NO_HTTP, line=f"POST /api/v1/reports?{'x' * 20_000} HTTP/1.1"),
    "a token twice": Row((401, 0), LENGTH + "Authorization: Bearer x\r\n"),
    "another space before the token": Row((401, 0), scheme="Bearer\t"),
    "another scheme": Row((401, 0), scheme="Basic "),
    "a key twice": Row((400, 0), LENGTH + "Idempotency-Key: b\r\n"),
    "a type twice": Row(NO_HTTP, LENGTH + "Content-Type: text/plain\r\n"),
    "packed": Row((415, 0), LENGTH + "Content-Encoding: gzip\r\n"),
    "no host": Row(NO_HTTP, host=""),
    "two hosts": Row(NO_HTTP, host="Host: a\r\nHost: b\r\n"),
    "of another version": Row(NO_HTTP, line="POST /api/v1/reports HTTP/1.9"),
    "another method in small letters": Row(NO_HTTP, line="post /api/v1/reports HTTP/1.1"),
    "another method by a header": Row((201, 1), LENGTH + "X-HTTP-Method-Override: DELETE\r\n"),
    "another method": Row((405, 0), line="DELETE /api/v1/reports HTTP/1.1"),
    "a slash too many": Row((404, 0), line="POST //api/v1/reports HTTP/1.1"),
    "by another folder": Row((404, 0), line="POST /x/../api/v1/reports HTTP/1.1"),
    "a hidden slash": Row((404, 0), line="POST /api%2fv1/reports HTTP/1.1"),
    "a zero in the path": Row((404, 0), line="POST /api/v1/reports%00 HTTP/1.1"),
    "a slash at the end": Row((404, 0), line="POST /api/v1/reports/ HTTP/1.1"),
    "something behind a semicolon": Row((404, 0), line="POST /api/v1/reports;x=1 HTTP/1.1"),
    "in large letters": Row((404, 0), line="POST /API/v1/reports HTTP/1.1"),
    "a question that there is not": Row((422, 0), line="POST /api/v1/reports?x=1 HTTP/1.1"),
    "a way through": Row((404, 0), line="CONNECT 127.0.0.1:22 HTTP/1.1", behind=400),
    "an odd expectation": Row((417, 0), LENGTH + "Expect: 200-ok\r\n"),
    "another protocol": Row((201, 1), LENGTH + "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
    "a question with another request in it": Row((200, 0), f"Content-Length: {len(SMUGGLED)}\r\n", SMUGGLED,
                                                 "GET /api/v1/token HTTP/1.1"),
    "an address without end": Row((201, 1), LENGTH + f"X-Forwarded-For: {'1' * 5000}\r\n"),
}  # fmt: skip


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(board=BASE) as town:
        yield town


async def _said(port: int, sent: bytes) -> list[int]:
    """Return the statuses of what is answered to some bytes, and to a plain request behind them."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent + b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        async with asyncio.timeout(20):
            said = await reader.read()
    finally:
        writer.close()
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", said)]


class Heard(logging.Handler):
    """Keeps lines of the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


async def test_a_request_is_one_request_or_none(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    monkeypatch.setattr(LOGGER, "propagate", False)
    monkeypatch.setattr(LOGGER, "handlers", [heard])
    _, secret = await token_of(town, "report")
    wrong, before = [], list[str]()
    async with asking(town) as nobody:
        for number, (name, row) in enumerate(ROWS.items()):
            head = (
                f"{row.line}\r\n{row.host}Authorization: {row.scheme}{secret}\r\nContent-Type: application/json\r\n"
                f"Idempotency-Key: n{number}\r\n{row.extra}\r\n"
            ).replace("\r\n", row.ends)
            said = await _said(nobody.port, head.encode() + row.body)
            whole = [400] if row.expected == NO_HTTP else [row.expected[0], row.behind]
            wrong += [f"{name}: {said}, not {whole}"] if said != whole else []
            async with town.open_store.reading() as rx:
                kept = await _keys(rx)
            wrong += [f"{name}: kept {kept}"] if kept != before + [f"n{number}"] * row.expected[1] else []
            before = kept
    assert not wrong, "\n".join(wrong)
    assert {line.partition(" ")[0] for line in heard.lines} == {"web.no_request:"}
    unsaid = (secret, "落水", "xxxx", "b'", "/api/")
    assert not [line for line in (*heard.lines, str(town.log)) if any(word in line for word in unsaid)]


async def _keys(rx: Reading) -> list[str]:
    """Return the keys of what was kept, in order."""
    return [row.key for row in await rx._session.rows(select(api_requests.c.key).order_by(api_requests.c.number))]


DEEP = b'{"facts":' * 2000 + b"1" + b"}" * 2000
BODIES = {
    "a name twice": (b'{"text":"a","text":"b"}', 400),
    "a name twice, once hidden": (b'{"text":"a","t\\u0065xt":"b"}', 400),
    "a name twice inside": (b'{"text":"a","facts":{"deaths":1,"deaths":2}}', 400),
    "no number": (b'{"text":"a","facts":{"deaths":NaN}}', 400),
    "endless": (b'{"text":"a","facts":{"deaths":Infinity}}', 400),
    "too large": (b'{"text":"a","facts":{"deaths":1e400}}', 422),
    "a number of five thousand figures": (b'{"text":"a","facts":{"deaths":' + b"9" * 5000 + b"}}", 400),
    "a number of a hundred figures": (b'{"text":"a","facts":{"deaths":' + b"9" * 100 + b"}}", 422),
    "a number that is whole": (b'{"text":"a","facts":{"deaths":1.0}}', 422),
    "half a letter": (b'{"text":"a\\ud800"}', 400),
    "half a letter in a name": (b'{"text":"a","facts":{"\\udfff":1}}', 400),
    "no UTF-8": (b'{"text":"\xff\xfe"}', 400),
    "UTF-16": ('{"text":"a"}'.encode("utf-16"), 400),
    "a mark of order": (b'\xef\xbb\xbf{"text":"a"}', 400),
    "something behind it": (b'{"text":"a"} {"text":"b"}', 400),
    "a comma too many": (b'{"text":"a",}', 400),
    "a remark": (b'{"text":"a"/* b */}', 400),
    "a line in a word": (b'{"text":"a\nb"}', 400),
    "deep": (DEEP, 400),
    "nothing": (b"", 400),
    "null": (b"null", 422),
    "a list": (b'[{"text":"a"}]', 422),
    "names of the program": (b'{"text":"a","__class__":{},"__proto__":1}', 422),
    "words that nobody sees": (b'{"text":"\\u0000\\u0007"}', 422),
}


async def test_json_that_two_may_read_differently_is_read_by_nobody(town: Town) -> None:
    wrong = []
    async with asking(town) as nobody:
        system = await platform(town, nobody, "report", "answer", "warn", units=UNITS[:1])
        for operation in (item for item in OPERATIONS.values() if JSON in item.bodies):
            for name, (body, status) in BODIES.items():
                headers = {"Content-Type": JSON, "Idempotency-Key": "k"}
                path = operation.path.replace(ID, "x")
                answer = await system.ask(operation.method, path, data=body, headers=headers)
                right = answer.status == status and answer["status"] == status
                wrong += [f"{operation.id} {name}: {answer.status}, not {status}"] if not right else []
    assert not wrong, "\n".join(wrong)
    assert await _kept(town) == []


async def test_who_brings_a_body_slowly_is_told_so_and_nothing_is_kept(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "BODY_SECONDS", 0.2)
    _, secret = await token_of(town, "report")
    async with asking(town) as nobody:
        head = (
            f"{LINE}\r\nHost: x\r\nAuthorization: Bearer {secret}\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: k\r\n{LENGTH}\r\n"
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", nobody.port)
        writer.write(head.encode() + BODY[:-1])
        async with asyncio.timeout(20):
            assert (await reader.readline()).startswith(b"HTTP/1.1 408 ")
        writer.close()
    assert await _kept(town) == []


async def test_who_brings_many_bodies_slowly_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "AT_ONCE", 4)
    monkeypatch.setattr(gate, "OF_ONE", 3)
    async with Town.open(board=BASE) as town, asking(town) as nobody:
        _, secret = await token_of(town, "report")
        other = await platform(town, nobody, "report", name="119平台")
        begun = []
        for number in range(8):
            head = (
                f"{LINE}\r\nHost: x\r\nAuthorization: Bearer {secret}\r\nContent-Type: application/json\r\n"
                f"Idempotency-Key: k{number}\r\n{LENGTH}\r\n"
            )
            _, writer = await asyncio.open_connection("127.0.0.1", nobody.port)
            writer.write(head.encode() + BODY[:-1])
            await writer.drain()
            begun.append(writer)
        async with asyncio.timeout(5):  # before the first of them has to be given up
            assert (await other.createReport(body={"text": "有人落水"})).status == 201
        for writer in begun:
            writer.close()


BROKEN_OFF = {
    "a report": "POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n",
    "a warning": "POST /warnings HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/cap+xml\r\n",
    "a call's report": "POST /voice/callback HTTP/1.1\r\nHost: x\r\n",
}


async def test_who_breaks_off_in_the_middle_is_no_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    monkeypatch.setattr(LOGGER, "propagate", False)
    monkeypatch.setattr(LOGGER, "handlers", [heard])
    async with telephone() as gateway, Town.open(board=BASE, voice=gateway.url) as town, asking(town) as nobody:
        _, secret = await token_of(town, "report")
        for head in BROKEN_OFF.values():
            _, writer = await asyncio.open_connection("127.0.0.1", nobody.port)
            writer.write(f"{head}Authorization: Bearer {secret}\r\nContent-Length: 100\r\n\r\nhalf of it".encode())
            await writer.drain()
            assert (await nobody.ask("GET", "/healthz")).status == 200  # so that the other one waits for its body
            writer.close()
            assert (await nobody.ask("GET", "/healthz")).status == 200
        await town.settle()
        assert heard.lines == [] and await _kept(town) == []
        assert not [line for line in town.log if line["level"] != "info"]


async def _kept(town: Town) -> list[str]:
    async with town.open_store.reading() as rx:
        return await _keys(rx)
