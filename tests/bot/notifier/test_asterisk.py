"""The gateway for Asterisk against a strict local ARI: what it asks of Asterisk, and what it reports of each call."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.notifier.voice import SIGNATURE, TIMESTAMP, is_signed, signature
from deploy.voice import asterisk
from tests.ari import Ari
from tests.bot.rig import until

SECRET = "shared-by-gateway-and-" + "program-in-tests"
NUMBER = "+8613900000017"


@dataclass
class Tocsin:
    """The program: it keeps what is reported to it."""

    got: list[str] = field(default_factory=list)
    wanted: bool = True
    status: int = 200

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        assert is_signed(SECRET, request.headers[TIMESTAMP], body, request.headers[SIGNATURE])
        said = json.loads(body)
        of = "" if said["call"] == "call" else f"{said['call']}: "
        self.got.append(of + said["event"] + said.get("key", ""))
        return web.json_response({"wanted": self.wanted}, status=self.status)


@dataclass
class Line:
    """A gateway between the two."""

    ari: Ari
    tocsin: Tocsin
    url: str
    callback: str
    sounds: Path

    async def call(self, secret: str = SECRET, age: int = 0, **more: Any) -> int:
        request = {
            "id": "call", "number": NUMBER, "text": "收到请按一。", "repeat": 2, "keys": {"1": "收到"},
            "callback": self.callback, "valid_until": (datetime.now(UTC) + timedelta(minutes=2)).isoformat(), **more,
        }  # fmt: skip
        body, stamp = json.dumps(request).encode(), str(int(time.time()) - age)
        headers = {TIMESTAMP: stamp, SIGNATURE: signature(secret, stamp, body)}
        async with aiohttp.ClientSession() as session, session.post(self.url, data=body, headers=headers) as answer:
            return answer.status

    async def begun(self, id: str = "call") -> None:
        await until(lambda: bool(self.ari.did("POST", f"/channels/{id}")), within=10)

    async def heard(self, *events: str) -> None:
        await until(lambda: len(self.tocsin.got) >= len(events), within=10)
        assert sorted(self.tocsin.got) == sorted(events)


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    ari, tocsin = Ari(), Tocsin()
    async with AsyncExitStack() as stack:

        async def served(application: web.Application) -> str:
            runner = web.AppRunner(application, shutdown_timeout=0.1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            return f"http://127.0.0.1:{runner.addresses[0][1]}"

        there, here = web.Application(), web.Application()
        there.add_routes(ari.routes())
        here.add_routes([web.post("/voice/callback", tocsin.take)])
        sounds = tmp_path / "tocsin"
        sounds.mkdir()
        given = {
            "VOICE_SECRET": SECRET, "ARI_URL": await served(there) + "/ari", "ARI_USER": "tocsin", "ARI_PASSWORD": "x",
            "ENDPOINT": "PJSIP/{number}@office", "CALLER_ID": "03562250777", "SOUNDS": str(sounds),
            "TTS_COMMAND": "cat > {file}", "LINES": "2",
        }  # fmt: skip
        callback = await served(here) + "/voice/callback"
        gateway = await served(await asterisk.application(given))
        await until(lambda: bool(ari.did("GET", "/applications/tocsin")), within=10)
        yield Line(ari, tocsin, f"{gateway}/call", callback, sounds)
    assert not ari.faults


async def test_a_call_is_made_said_twice_and_answered_by_a_key(line: Line):
    assert await line.call() == 202 and await line.call() == 409
    await line.begun()
    [how] = line.ari.did("POST", "/channels/call")
    assert how["endpoint"] == "PJSIP/13900000017@office" and how["app"] == "tocsin"
    assert (line.sounds / "call.wav").read_text() == "收到请按一。"
    await line.ari.tell("ChannelStateChange", state="Ringing")
    await line.ari.tell("StasisStart")
    await until(lambda: line.ari.plays == 1, within=10)
    assert line.ari.did("POST", "/channels/call/play") == [{"media": "sound:tocsin/call"}]
    await line.ari.tell("PlaybackFinished")
    await until(lambda: line.ari.plays == 2, within=10)
    await line.ari.tell("ChannelDtmfReceived", digit="1")
    await line.heard("ringing", "answered", "key1", "hung_up")
    assert line.ari.did("DELETE", "/channels/call") and not list(line.sounds.iterdir())


@pytest.mark.parametrize(
    ("cause", "end"), [(17, "busy"), (21, "busy"), (19, "no_answer"), (18, "no_answer"), (34, "failed"), (0, "failed")]
)
async def test_what_was_not_picked_up_is_reported_by_its_cause(line: Line, cause: int, end: str):
    await line.call()
    await line.begun()
    await line.ari.tell("ChannelDestroyed", cause=cause)
    await line.heard(end)


async def test_who_hangs_up_presses_another_key_or_none(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asterisk, "KEY", 0.2)
    await line.call(repeat=1)
    await line.begun()
    await line.ari.tell("StasisStart")
    await line.ari.tell("ChannelDtmfReceived", digit="7")
    await line.ari.tell("PlaybackFinished")
    await line.heard("answered", "key7", "hung_up")


async def test_what_is_settled_meanwhile_is_hung_up(line: Line):
    line.tocsin.wanted = False
    await line.call()
    await line.begun()
    await line.ari.tell("ChannelStateChange", state="Ringing")
    await line.heard("ringing", "no_answer")
    assert line.ari.did("DELETE", "/channels/call")


async def test_an_asterisk_that_refuses_or_is_away_fails_the_call(line: Line):
    line.ari.status = 500
    await line.call()
    await line.heard("failed")


async def test_what_an_earlier_gateway_left_is_hung_up_and_what_ended_unheard_is_ended(line: Line):
    await line.call()
    await line.begun()
    line.ari.left = ["old"]
    del line.ari.up["call"]
    for socket in list(line.ari.sockets):
        await socket.close()
    await line.heard("failed")
    assert line.ari.did("DELETE", "/channels/old")


async def test_nothing_is_dialled_while_nobody_hears_what_asterisk_tells(line: Line):
    """Whoever picked up would hear nothing."""
    line.ari.away = True
    for socket in list(line.ari.sockets):
        await socket.close()
    await until(lambda: not line.ari.sockets, within=10)
    assert await line.call() == 503
    line.ari.away = False
    await until(lambda: len(line.ari.did("GET", "/applications/tocsin")) == 2, within=10)
    assert await line.call() == 202
    await line.begun()


async def test_words_that_cannot_be_played_fail_the_call(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asterisk, "MUTE", 0.05)
    await line.call()
    await line.begun()
    await line.ari.tell("StasisStart")
    await until(lambda: line.ari.plays == 1, within=10)
    await line.ari.tell("PlaybackFinished", state="failed")
    await line.heard("answered", "failed")
    assert line.ari.plays == 1 and line.ari.did("DELETE", "/channels/call")


async def test_who_hangs_up_in_the_middle_of_the_words_has_hung_up(line: Line):
    await line.call()
    await line.begun()
    await line.ari.tell("StasisStart")
    await line.ari.tell("PlaybackFinished", state="failed")
    await line.ari.tell("ChannelDestroyed", cause=16)
    await line.heard("answered", "hung_up")


async def test_who_picks_up_what_an_earlier_gateway_rang_does_not_wait(line: Line):
    await line.ari.tell("StasisStart", "old")
    await until(lambda: bool(line.ari.did("DELETE", "/channels/old")), within=10)


async def test_a_line_without_causes_tells_by_its_dialling(line: Line):
    await line.call()
    await line.begun()
    await line.ari.tell("Dial", dialstatus="BUSY")
    await line.ari.tell("ChannelDestroyed", cause=0, cause_txt="Unknown")
    await line.heard("busy")


async def test_where_all_lines_are_taken_a_drill_gives_way_to_what_is_real(line: Line):
    assert await line.call(id="old", drill=True) == 202
    await line.begun("old")
    await line.ari.tell("StasisStart", "old")
    assert await line.call(id="young", drill=True) == 202 and await line.call(id="third", drill=True) == 503
    await line.begun("young")
    assert await line.call() == 202, "the one that nobody has picked up is given up"
    await line.begun()
    assert line.ari.did("DELETE", "/channels/young") and not line.ari.did("DELETE", "/channels/old")
    assert await line.call(id="next") == 202
    await line.begun("next")
    assert line.ari.did("DELETE", "/channels/old")
    assert await line.call(id="more") == 503, "what is real gives way to nothing"
    await line.heard("old: answered", "old: hung_up", "young: no_answer")


async def test_a_call_ends_those_that_it_stands_for_before_its_own_is_dialled(line: Line):
    await line.call(id="drill", drill=True)
    await line.begun("drill")
    assert await line.call(instead_of=["drill", "unknown"]) == 202
    await line.begun()
    ends = [(method, path) for method, path, _ in line.ari.asked]
    assert ends.index(("DELETE", "/channels/drill")) < ends.index(("POST", "/channels/call"))
    await line.heard("drill: no_answer")


async def test_a_report_is_made_again_until_it_is_kept(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asterisk, "PAUSES", (0.05,) * 40)
    line.tocsin.status = 503
    await line.call()
    await line.begun()
    await line.ari.tell("ChannelDestroyed", cause=17)
    await until(lambda: len(line.tocsin.got) >= 3, within=10)
    line.tocsin.status = 200
    before = len(line.tocsin.got)
    await asyncio.sleep(0.3)
    assert set(line.tocsin.got) == {"busy"} and len(line.tocsin.got) <= before + 2


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (403, {"secret": "x" * 32}),
        (403, {"age": 400}),
        (403, {"age": -400}),
        (400, {"id": "../../etc/passwd"}),
        (400, {"id": ""}),
        (400, {"number": "+8613900000017@evil"}),
        (400, {"number": "110"}),
        (400, {"number": "+12025550100"}),
        (400, {"valid_until": "2020-01-01T00:00:00+00:00"}),
        (400, {"valid_until": "2020-01-01T00:00:00"}),
        (400, {"id": None}),
        (400, {"number": 110}),
    ],
    ids=str,
)
async def test_what_it_does_not_take(line: Line, status: int, more: dict[str, Any]):
    assert await line.call(**more) == status
    assert not [path for method, path, _ in line.ari.asked if method == "POST"] and not line.tocsin.got
