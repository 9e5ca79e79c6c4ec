"""The HTTP face: forms, JSON, uploads, downloads, cut connections."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import httpx
import pytest

from bot.playground import Fault, LocalBotApi


@pytest.fixture
async def api(town):
    async with LocalBotApi(town.world) as server:
        yield server


@pytest.fixture
async def client(api, town):
    async with httpx.AsyncClient(base_url=f"{api.url}/bot{town.bot.token}/", timeout=10, trust_env=False) as made:
        yield made


async def test_every_way_to_pass_parameters(town, client):
    place = {"chat_id": str(town.group.id)}
    answers = [
        await client.get("sendMessage", params=place | {"text": "询"}),
        await client.post("sendMessage", data=place | {"text": "表"}),
        await client.post("sendMessage", json={"chat_id": town.group.id, "text": "件"}),
        await client.post("sendMessage", params=place, json={"text": "混"}),
        await client.post("sendDocument", data=place, files={"document": ("首报.txt", b"x", "text/plain")}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 5
    lines = town.li.timeline(town.group)
    assert [line.text or line.file_name for line in lines] == ["询", "表", "件", "混", "首报.txt"]


async def test_what_telegram_answers_comes_with_its_status(town, client, api):
    refused = await client.post("sendMessage", json={"chat_id": 1, "text": "x"})
    assert refused.status_code == 400
    assert refused.json() == {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    assert (await client.post("nonsense")).status_code == 404
    assert (await client.post("sendMessage", content=b"{", headers={"Content-Type": "application/json"})).json()[
        "description"
    ] == "Bad Request: can't parse the request body"
    for token, status in (("110201543:AAwrongwrongwrong", 401), ("x", 404)):
        assert (await client.post(f"{api.url}/bot{token}/getMe")).status_code == status


async def test_files_are_fetched(town, client, api):
    line = town.li.send_document(town.group, b"\x00\x01", "a.bin")
    path = (await client.get("getFile", params={"file_id": line.file_id})).json()["result"]["file_path"]
    base = f"{api.url}/file/bot{town.bot.token}"
    assert (await client.get(f"{base}/{path}")).content == b"\x00\x01"
    assert (await client.get(f"{base}/nope")).status_code == 404
    assert (await client.get(f"{api.url}/file/bot1:x/{path}")).status_code == 401


@pytest.mark.parametrize(("kind", "sent"), [("reset", 0), ("drop", 1)])
async def test_a_cut_connection(town, client, kind, sent):
    town.world.faults.add(Fault(kind=kind))
    with pytest.raises(httpx.TransportError):
        await client.post("sendMessage", json={"chat_id": town.group.id, "text": "x"})
    assert len(town.li.timeline(town.group)) == sent
    assert (await client.post("sendMessage", json={"chat_id": town.group.id, "text": "y"})).status_code == 200


async def test_nobody_listens_and_comes_back_on_the_same_port(town, api):
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"{api.url}/bot{town.bot.token}/getMe"
        assert (await client.get(url)).status_code == 200
        await api.down()
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(url)
        await api.up()
        assert (await client.get(url)).status_code == 200


async def test_what_was_sent_takes_effect_though_the_client_hangs_up(town, client):
    town.world.faults.add(Fault(kind="delay", seconds=0.2))
    call = asyncio.create_task(client.post("sendMessage", json={"chat_id": town.group.id, "text": "x"}))
    await town.world.until(lambda: town.world.running_calls == 1)
    call.cancel()
    await asyncio.wait_for(town.world.until(lambda: town.li.timeline(town.group)), 10)
    assert town.li.last(town.group).text == "x"


async def test_a_poll_that_hangs_up_frees_the_place(town, client):
    poll = asyncio.create_task(client.get("getUpdates", params={"timeout": 30}))
    await asyncio.wait_for(town.world.until(lambda: town.world.polls), 10)
    poll.cancel()
    town.li.send(town.group, "/x")
    found = await client.get("getUpdates", params={"timeout": 5})
    assert found.json()["result"][0]["message"]["text"] == "/x"


async def test_a_bug_of_ours_is_a_500_and_on_record(town, client, monkeypatch):
    from bot.playground.methods import METHODS

    monkeypatch.setitem(METHODS, "getMe", lambda world, account, params: {"id": "wrong"})
    answer = await client.get("getMe")
    assert answer.status_code == 500
    assert len(town.world.breaches) == 1
    town.world.breaches.clear()


async def test_updates_come_to_a_webhook_with_the_secret_until_it_takes_them(town, client):
    came: list[tuple[str | None, dict]] = []
    refusals = [500, 404]

    async def take(request: aiohttp.web.Request) -> aiohttp.web.Response:
        came.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        if refusals:
            return aiohttp.web.Response(status=refusals.pop())
        answer = {"method": "sendMessage", "chat_id": town.group.id, "text": "收到"}
        return aiohttp.web.Response(text=json.dumps(answer), content_type="application/json")

    app = aiohttp.web.Application()
    app.router.add_post("/hook", take)
    runner = aiohttp.web.AppRunner(app, access_log=None)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        port = runner.addresses[0][1]
        town.li.send(town.group, "/before")
        hook = {"url": f"http://127.0.0.1:{port}/hook", "secret_token": "geheim_1"}
        assert (await client.post("setWebhook", json=hook)).status_code == 200
        town.li.send(town.group, "/after")
        await asyncio.wait_for(town.world.quiet(), 10)
        await asyncio.wait_for(town.world.until(lambda: len(replies(town)) == 2), 10)
    finally:
        await runner.cleanup()
    assert {secret for secret, _ in came} == {"geheim_1"}
    assert [update["message"]["text"] for _, update in came] == ["/before"] * 3 + ["/after"]
    info = (await client.get("getWebhookInfo")).json()["result"]
    assert (info["pending_update_count"], "500" in info["last_error_message"]) == (0, True)


def replies(town):
    return [line for line in town.li.timeline(town.group) if line.from_bot]
