"""A telephone gateway for Tocsin: calls by Asterisk (ARI), reports as docs/voice.md says. It needs aiohttp alone.

Settings come from the environment, as docs/voice.md lists them; neither numbers nor words go into a log.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import os
import re
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, WSMsgType, web

APP = "tocsin"
STAMP, SIGNATURE = "X-Tocsin-Timestamp", "X-Tocsin-Signature"
FRESH, RING, TALK, KEY, MUTE, KEPT = 300, 40, 180, 8, 1, 3600
"""Seconds: of a signature; a telephone rings; a call lasts; a key is waited for, or the end where nothing was heard; an
id is known."""
LINES, ENDING = 30, 5
"""Calls at a time, where the settings say no other number; so many seconds an end may take before its line is used."""
PAUSES = (1, 2, 5, 10, 30, *[60] * 60)
CAUSES = {17: "busy", 21: "busy", 18: "no_answer", 19: "no_answer", 16: "no_answer"}
"""Q.850, of a call that nobody picked up: engaged, declined; no answer, given up by us."""
DIALLED = {"BUSY": "busy", "NOANSWER": "no_answer"}
"""What Asterisk says of a dialling, where it gives no cause."""
NUMBER, ID = re.compile(r"\+86(1\d{10}|\d{9,11})"), re.compile(r"[\w-]{1,64}", re.ASCII)
log = logging.getLogger("voice")


@dataclass
class Call:
    """A call that was asked for, and what Asterisk tells of it."""

    asked: dict[str, Any]
    since: float = field(default_factory=time.time)
    events: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    answered: bool = False
    over: bool = False
    given_up: bool = False
    work: asyncio.Task[None] | None = None

    def give_up(self) -> None:
        """End it for another call."""
        self.given_up = True
        self.events.put_nowait({"type": "GivenUp"})


class Gateway:
    """Between the two. Nothing of it outlives the process: Tocsin's ladder goes on where a call is lost."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given, self.calls = given, dict[str, Call]()
        self.secret, self.sounds = given["VOICE_SECRET"].encode(), Path(given["SOUNDS"])
        self.tasks: set[asyncio.Task[None]] = set()
        self.lines, self.heard = int(given.get("LINES", LINES)), False
        known = base64.b64encode(f"{given['ARI_USER']}:{given['ARI_PASSWORD']}".encode()).decode()
        self.asterisk = ClientSession(headers={"Authorization": f"Basic {known}"}, timeout=ClientTimeout(total=10))
        self.tocsin = ClientSession(timeout=ClientTimeout(total=10))

    def signature(self, stamp: str, body: bytes) -> str:
        """Return what signs a body."""
        return "sha256=" + hmac.new(self.secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()

    def start(self, work: Any) -> asyncio.Task[None]:
        """Let something go on beside."""
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def running(self, _: web.Application) -> AsyncIterator[None]:
        """Listen while requests are taken; at the end everything ends, and what is up is hung up."""
        self.start(self.listen())
        yield
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.asterisk.close()
        await self.tocsin.close()

    async def take(self, request: web.Request) -> web.Response:
        """Take a request of Tocsin's: 202, 409 where it is known, 403 where it is not signed, 400, 503."""
        body, stamp = await request.read(), request.headers.get(STAMP, "")
        given = request.headers.get(SIGNATURE, "").encode("utf-8", "replace")
        if not stamp.isdecimal() or not hmac.compare_digest(self.signature(stamp, body).encode(), given):
            return web.Response(status=403)
        if abs(time.time() - int(stamp)) > FRESH:
            return web.Response(status=403)
        try:
            asked: dict[str, Any] = json.loads(body)
            sound = ID.fullmatch(asked["id"]) and NUMBER.fullmatch(asked["number"]) and not _past(asked)
        except (ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            return web.Response(status=400)
        self.calls = {id: call for id, call in self.calls.items() if time.time() - call.since < KEPT or not call.over}
        if asked["id"] in self.calls:
            return web.Response(status=409)
        before = self.before(asked)
        if before is None or not self.heard:  # nothing is dialled while nobody hears what Asterisk tells of it
            return web.Response(status=503)
        self.calls[asked["id"]] = call = Call(asked)
        for other in before:
            other.give_up()
        call.work = self.start(self.make(call, [other.work for other in before if other.work is not None]))
        return web.Response(status=202)

    def before(self, asked: Mapping[str, Any]) -> list[Call] | None:
        """Return the calls that end before one begins: those it names, a drill's where no line is free; None = no line.

        What is real never waits for a drill.
        """
        up = [call for call in self.calls.values() if not call.over and not call.given_up]
        before = [call for call in up if call.asked["id"] in asked.get("instead_of", ())]
        if len(up) - len(before) < self.lines:
            return before
        drills = [call for call in up if call.asked.get("drill") and call not in before]
        if asked.get("drill") or not drills:
            return None
        return [*before, min(drills, key=lambda call: (call.answered, -call.since))]

    async def make(self, call: Call, before: list[asyncio.Task[None]]) -> None:
        """Make a call when those before it have ended, and report its end whatever happens."""
        id, file = call.asked["id"], self.sounds / f"{call.asked['id']}.wav"
        end = "failed"
        try:
            spoken = await self.speak(call.asked["text"], file)
            if before:
                await asyncio.wait(before, timeout=ENDING)
            if spoken and not call.given_up and not _past(call.asked):
                national = call.asked["number"].removeprefix("+86")
                number = national if re.fullmatch(r"1\d{10}", national) else f"0{national}"
                endpoint = self.given["ENDPOINT"].replace("{number}", number)
                caller = self.given.get("CALLER_ID", "")
                how = {"endpoint": endpoint, "app": APP, "callerId": caller, "timeout": RING}
                if await self.ask("POST", f"/channels/{id}", **how) < 300:
                    async with asyncio.timeout(RING + TALK):
                        end = await self.lead(call)
        except TimeoutError:
            end = "hung_up" if call.answered else "no_answer"
        except (ClientError, OSError, ValueError, KeyError) as problem:
            end = "hung_up" if call.answered else "failed"
            log.warning("call %s: %s", id, type(problem).__name__)
        finally:
            await self.ask("DELETE", f"/channels/{id}")
            file.unlink(missing_ok=True)
            call.over = True
        self.tell(call, end)

    async def lead(self, call: Call) -> str:
        """Follow a call's events until it is over; return its end."""
        id, left = call.asked["id"], max(1, min(int(call.asked.get("repeat", 2)), 5))
        heard, wait, status = False, None, ""
        while True:
            try:
                event = await asyncio.wait_for(call.events.get(), wait)
            except TimeoutError:
                return "hung_up" if heard else "failed"
            match event["type"]:
                case "ChannelStateChange" if event["channel"]["state"] == "Ringing":
                    self.tell(call, "ringing")
                case "Dial":
                    status = event["dialstatus"]
                case "PlaybackFinished" if event["playback"]["state"] == "failed" and not heard:
                    wait = MUTE  # it cannot be played; or who picked up has hung up, which is told next
                    log.warning("call %s: not played", id)
                case "StasisStart" | "PlaybackFinished" if left:
                    if event["type"] == "StasisStart":
                        call.answered = True
                        self.tell(call, "answered")
                    else:
                        heard = True
                    left -= 1
                    if await self.ask("POST", f"/channels/{id}/play", media=f"sound:{self.sounds.name}/{id}") >= 300:
                        wait = MUTE
                case "PlaybackFinished":
                    heard, wait = True, KEY
                case "ChannelDtmfReceived":
                    self.tell(call, "key", event["digit"])
                    if event["digit"] in call.asked.get("keys", {}):
                        return "hung_up"
                case "ChannelDestroyed":
                    return "hung_up" if call.answered else CAUSES.get(event["cause"]) or DIALLED.get(status, "failed")
                case "Settled" | "GivenUp":
                    return "hung_up" if call.answered else "no_answer"

    async def speak(self, text: str, file: Path) -> bool:
        """Have the words made a sound."""
        command = self.given["TTS_COMMAND"].replace("{file}", str(file))
        made = await asyncio.create_subprocess_shell(command, stdin=asyncio.subprocess.PIPE)
        try:
            await asyncio.wait_for(made.communicate(text.encode()), 60)
        except TimeoutError:
            return False
        finally:
            if made.returncode is None:
                made.kill()
        return made.returncode == 0

    async def ask(self, method: str, path: str, **how: Any) -> int:
        """Ask Asterisk; return the status, 599 where it is not there."""
        try:
            async with self.asterisk.request(method, self.given["ARI_URL"] + path, params=how) as answer:
                return answer.status
        except (ClientError, TimeoutError):
            return 599

    def tell(self, call: Call, event: str, key: str = "") -> None:
        """Report something, beside the call."""
        self.start(self.report(call, {"call": call.asked["id"], "event": event} | ({"key": key} if key else {})))

    async def report(self, call: Call, said: dict[str, str]) -> None:
        """Report until Tocsin has it; where what the call tells is settled, end the call."""
        body = json.dumps(said).encode()
        for pause in PAUSES:
            stamp = str(int(time.time()))
            headers = {STAMP: stamp, SIGNATURE: self.signature(stamp, body)}
            try:
                async with self.tocsin.post(call.asked["callback"], data=body, headers=headers) as answer:
                    if answer.status == 200 and not (await answer.json()).get("wanted", True) and not call.over:
                        call.events.put_nowait({"type": "Settled"})
                    if answer.status < 500:
                        return
            except (ClientError, TimeoutError, ValueError):
                pass
            await asyncio.sleep(pause)

    async def listen(self) -> None:
        """Hear what Asterisk tells of the calls, for ever; what was lost while it was away is looked up."""
        while True:
            try:
                where = f"{self.given['ARI_URL']}/events"
                async with self.asterisk.ws_connect(where, params={"app": APP}, heartbeat=20) as told:
                    self.heard = True
                    await self.look_up()
                    async for message in told:
                        if message.type is WSMsgType.TEXT:
                            self.sort(json.loads(message.data))
            except (ClientError, TimeoutError, ValueError) as problem:
                log.warning("asterisk: %s", type(problem).__name__)
            finally:
                self.heard = False
            await asyncio.sleep(1)

    def sort(self, event: dict[str, Any]) -> None:
        """Give an event to its call; whoever picks up what is none, or over, does not wait."""
        of = event.get("peer") if event["type"] == "Dial" else event.get("channel")
        channel = of["id"] if of else event.get("playback", {}).get("target_uri", "").removeprefix("channel:")
        call = self.calls.get(channel)
        if call is not None and not call.over:
            call.events.put_nowait(event)
        elif event["type"] == "StasisStart":
            self.start(self.end(channel))

    async def end(self, channel: str) -> None:
        """Hang up."""
        await self.ask("DELETE", f"/channels/{channel}")

    async def look_up(self) -> None:
        """Hang up what an earlier gateway left, and end the calls that ended meanwhile."""
        async with self.asterisk.get(f"{self.given['ARI_URL']}/applications/{APP}") as answer:
            there = set((await answer.json()).get("channel_ids", ())) if answer.status == 200 else set()
        for id in there - self.calls.keys():  # of a gateway that ended in the middle
            await self.ask("DELETE", f"/channels/{id}")
        for id, call in self.calls.items():
            if not call.over and id not in there and await self.ask("GET", f"/channels/{id}") == 404:
                call.events.put_nowait({"type": "ChannelDestroyed", "cause": 0})


def _past(asked: Mapping[str, Any]) -> bool:
    return datetime.fromisoformat(asked["valid_until"]) < datetime.now(UTC)


async def application(given: Mapping[str, str]) -> web.Application:
    """Return the gateway as a server."""
    made = web.Application(client_max_size=64 * 1024)
    gateway = Gateway(given)
    made.add_routes([web.post("/call", gateway.take)])
    made.cleanup_ctx.append(gateway.running)
    return made


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    host, _, port = os.environ.get("VOICE_LISTEN", "127.0.0.1:8090").rpartition(":")
    web.run_app(application(os.environ), host=host, port=int(port), access_log=None)
