"""A second reader's server may do what it likes: nobody waits for it long, nothing of it is believed unread."""

import asyncio
import gzip
import time

import pytest

from bot.second_reader import NotRead, client
from plans.intake.second import MOST_ANSWERED, BadAnswer, answer_of, request_of
from tests.bot.second_reader import liar
from tests.bot.second_reader.liar import Liar, content, http, lying

REQUEST = request_of("死亡3人", "m")


async def asked(reply, key: str = "", seconds: float = 1.0) -> tuple[bytes, Liar]:
    async with lying(reply) as server:
        return await client(server.url, key, seconds=seconds)(REQUEST), server


async def test_the_question_is_one_post_with_the_key_in_its_head():
    body, server = await asked(http(content("{}")), key="sk-secret")
    assert body == content("{}")
    (raw,) = server.asked
    assert raw.startswith(b"POST /v1/chat/completions HTTP/1.1")
    assert b"Authorization: Bearer sk-secret" in raw
    assert server.reports == ["死亡3人"]


async def test_without_a_key_none_is_sent_and_the_path_may_be_written_out():
    async with lying(http(content("{}"))) as server:
        await client(server.url + "/chat/completions")(REQUEST)
    assert b"Authorization" not in server.asked[0]
    assert server.asked[0].startswith(b"POST /v1/chat/completions HTTP/1.1")


@pytest.mark.parametrize(
    "reply",
    [
        liar.silent,
        liar.closing,
        liar.dripping,
        liar.endless,
        liar.headers_without_end,
        liar.short,
        liar.no_http,
        http(b" " * (MOST_ANSWERED + 1)),
        http(b"", "204 No Content"),
        http(b"no", "401 Unauthorized"),
        http(b"no", "404 Not Found"),
        http(b"slow down", "429 Too Many Requests"),
        http(b"<html>", "502 Bad Gateway"),
        http(content("{}"), "201 Created"),
    ],
    ids=lambda reply: getattr(reply, "__name__", ""),
)
async def test_what_is_no_answer_is_none_within_the_time(reply):
    began = time.monotonic()
    with pytest.raises(NotRead) as caught:
        await asked(reply, key="sk-secret", seconds=0.5)
    assert time.monotonic() - began < 2
    assert "sk-secret" not in str(caught.value) and "127.0.0.1" not in str(caught.value)


async def test_where_nobody_listens_there_is_no_answer():
    async with lying(http(b"")) as server:
        url = server.url
    with pytest.raises(NotRead):
        await client(url)(REQUEST)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_a_redirect_is_not_followed(status):
    async with lying(http(content("{}"))) as elsewhere:
        with pytest.raises(NotRead, match=status[:3]):
            await asked(http(b"", status, f"Location: {elsewhere.url}"), key="sk-secret")
        assert elsewhere.asked == []


async def test_what_is_packed_is_not_unpacked():
    bomb = gzip.compress(b" " * 20_000_000)
    assert len(bomb) < MOST_ANSWERED
    body, _ = await asked(http(bomb, "200 OK", "Content-Encoding: gzip"))
    assert body == bomb
    with pytest.raises(BadAnswer):
        answer_of(body, "死亡3人")


async def test_no_proxy_of_the_surroundings_gets_the_words(monkeypatch):
    async with lying(http(content("{}"))) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        _, server = await asked(http(content("{}")))
        assert len(server.asked) == 1 and proxy.asked == []


async def test_the_wait_can_be_cut_off():
    async with lying(liar.silent) as server:
        task = asyncio.create_task(client(server.url)(REQUEST))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
