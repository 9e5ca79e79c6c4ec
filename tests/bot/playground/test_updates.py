"""getUpdates: what is confirmed is gone, what is not comes again; one poller; a webhook excludes it."""

from __future__ import annotations

import asyncio
from datetime import timedelta


async def numbers(town, **params):
    return [update["update_id"] for update in (await town("getUpdates", **params)).result]


async def test_unconfirmed_updates_come_again_and_confirmed_ones_never(town):
    for number in range(3):
        town.li.send(town.group, f"/report {number}")
    assert await numbers(town) == await numbers(town) == [1, 2, 3]
    assert await numbers(town, offset=2) == [2, 3]
    assert town.world.pending_updates == 2
    assert await numbers(town, offset=1) == [2, 3]
    assert await numbers(town, offset=4) == []
    assert town.world.pending_updates == 0


async def test_limit_and_negative_offset(town):
    for number in range(5):
        town.li.send(town.group, f"/report {number}")
    assert await numbers(town, limit=2) == [1, 2]
    assert await numbers(town, offset=-2) == [4, 5]
    assert town.world.pending_updates == 2
    assert "1-100" in (await town("getUpdates", limit=101)).error


async def test_a_long_poll_answers_at_once_when_something_happens(town):
    poll = asyncio.create_task(town("getUpdates", timeout=30))
    await asyncio.sleep(0)
    assert not poll.done()
    town.li.send(town.group, "/report 踩踏")
    found = await asyncio.wait_for(poll, 5)
    assert found.result[0]["message"]["text"] == "/report 踩踏"


async def test_a_long_poll_ends_empty(town):
    assert (await asyncio.wait_for(town("getUpdates", timeout=1), 5)).result == []


async def test_a_second_poller_ends_the_first(town):
    first = asyncio.create_task(town("getUpdates", timeout=30))
    await asyncio.sleep(0)
    second = asyncio.create_task(town("getUpdates", timeout=30))
    assert (await asyncio.wait_for(first, 5)).error.startswith("409 Conflict: terminated by other getUpdates request")
    town.li.send(town.group, "/x")
    assert len((await asyncio.wait_for(second, 5)).result) == 1


async def test_a_webhook_excludes_polling(town):
    assert (await town("setWebhook", url="http://127.0.0.1:9/x")).result is True
    assert (await town("getUpdates")).error.startswith("409 Conflict: can't use getUpdates method while webhook")
    assert (await town("deleteWebhook")).result is True
    assert (await town("getUpdates")).result == []


async def test_what_a_webhook_may_be(town):
    refused = {
        "http://example.org/x": "An HTTPS URL must be provided",
        "https://example.org:8080/x": "ports 80, 88, 443 or 8443",
        "https://example.org/x": "loopback only",
    }
    for url, words in refused.items():
        assert words in (await town("setWebhook", url=url)).error
    assert "unallowed characters" in (await town("setWebhook", url="http://127.0.0.1:9", secret_token="a b")).error
    assert "1-256 characters" in (await town("setWebhook", url="http://127.0.0.1:9", secret_token="x" * 257)).error
    assert (await town("setWebhook", url="http://127.0.0.1:9", allowed_updates=["message"])).result is True
    info = (await town("getWebhookInfo")).result
    assert (info["url"], info["allowed_updates"]) == ("http://127.0.0.1:9", ["message"])


async def test_kinds_not_asked_for_are_not_kept(town):
    await town("getUpdates", allowed_updates=["callback_query"])
    town.li.send(town.group, "/x")
    await town("getUpdates", allowed_updates=[])
    town.li.send(town.group, "/y")
    assert [u["message"]["text"] for u in await town.updates()] == ["/y"]
    assert "unknown allowed_updates" in (await town("getUpdates", allowed_updates=["mesage"])).error


async def test_updates_are_kept_a_day(town):
    town.li.send(town.group, "/old")
    await town.clock.advance(timedelta(hours=23, minutes=59))
    town.li.send(town.group, "/new")
    assert len((await town("getUpdates")).result) == 2
    await town.clock.advance(timedelta(minutes=2))
    assert [u["message"]["text"] for u in (await town("getUpdates")).result] == ["/new"]


async def test_quiet_waits_until_everything_is_confirmed(town):
    await asyncio.wait_for(town.world.quiet(), 5)
    town.li.send(town.group, "/x")
    waiting = asyncio.create_task(town.world.quiet())
    await asyncio.sleep(0)
    (update,) = (await town("getUpdates")).result
    assert not waiting.done()
    await town("getUpdates", offset=update["update_id"] + 1)
    await asyncio.wait_for(waiting, 5)


async def test_raw_updates_can_be_malformed_repeated_and_out_of_order(town):
    town.li.send(town.group, "/x")
    (real,) = (await town("getUpdates")).result
    town.world.queue_raw(town.bot, {"message": {"nonsense": True}})
    town.world.queue_raw(town.bot, real)
    found = (await town("getUpdates")).result
    assert [u["update_id"] for u in found] == [1, 2, 1]
    assert found[1] == {"update_id": 2, "message": {"nonsense": True}}
    assert (await town("getUpdates", offset=3)).result == []


async def test_the_log_of_calls_says_what_was_answered(town):
    await town("sendMessage", chat_id=str(town.group.id), text="x")
    await town("sendMessage", chat_id=1, text="x")
    lines = [(c.method, c.chat, c.status, c.description) for c in town.world.calls]
    assert lines == [
        ("sendMessage", town.group.id, 200, None),
        ("sendMessage", 1, 400, "Bad Request: chat not found"),
    ]
