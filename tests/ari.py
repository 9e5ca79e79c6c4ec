"""A strict ARI on loopback: what Asterisk's documentation does not name is refused, and its events are whole.

The tables hold the part that the gateway uses of Asterisk's own description of its interface (rest-api/api-docs of
github.com/asterisk/asterisk at f0c1c1a7): names and kinds of what may be asked and of what is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

Kind = Callable[[str], bool]


def _text(value: str) -> bool:
    return bool(value)


def _whole(value: str) -> bool:
    return re.fullmatch(r"-?\d+", value) is not None


REQUESTS: dict[tuple[str, str], tuple[frozenset[str], Mapping[str, Kind]]] = {
    ("GET", "/events"): (frozenset({"app"}), {"app": _text, "subscribeAll": lambda value: value in ("true", "false")}),
    ("GET", "/applications/{id}"): (frozenset(), {}),
    ("GET", "/channels/{id}"): (frozenset(), {}),
    ("DELETE", "/channels/{id}"): (frozenset(), {"reason_code": _text, "reason": _text}),
    ("POST", "/channels/{id}"): (
        frozenset({"endpoint"}),
        {"endpoint": _text, "extension": _text, "context": _text, "priority": _whole, "label": _text, "app": _text,
         "appArgs": _text, "callerId": lambda value: True, "timeout": _whole, "otherChannelId": _text,
         "originator": _text, "formats": _text},
    ),
    ("POST", "/channels/{id}/play"): (
        frozenset({"media"}),
        {"media": lambda value: value.startswith("sound:"), "lang": _text, "offsetms": _whole, "skipms": _whole,
         "playbackId": _text},
    ),
}  # fmt: skip
"""What may be asked: which parameters are required, and which there are, with what each may hold."""

EVENT = {"type", "timestamp", "application", "asterisk_id"}
EVENTS: dict[str, tuple[set[str], set[str]]] = {
    "ChannelStateChange": ({"channel"}, set()),
    "StasisStart": ({"channel", "args"}, {"replace_channel"}),
    "Dial": ({"peer", "dialstatus"}, {"caller", "forward", "forwarded", "dialstring"}),
    "PlaybackFinished": ({"playback"}, set()),
    "ChannelDtmfReceived": ({"channel", "digit", "duration_ms"}, set()),
    "ChannelDestroyed": ({"channel", "cause", "cause_txt"}, {"tech_cause"}),
}
"""What is told: which members each event has always, which perhaps."""

STATES = {"Down", "Rsrved", "OffHook", "Dialing", "Ring", "Ringing", "Up", "Busy", "Dialing Offhook", "Pre-ring"}
PLAYBACKS = {"queued", "playing", "continuing", "done", "failed"}
DIALS = {"", "RINGING", "PROGRESS", "PROCEEDING", "ANSWER", "BUSY", "CONGESTION", "CHANUNAVAIL", "NOANSWER", "CANCEL"}


@dataclass
class Ari:
    """An Asterisk: calls go as the test says.

    Attributes:
        asked: what it was asked. up: the channels that there are. left: those of an earlier application.
        status: of its answers to what is well asked, where that is not as documented. faults: what was asked amiss.
    """

    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    up: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    status: int = 0
    away: bool = False
    plays: int = 0

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/ari/events", self.events), web.route("*", "/ari/{path:.*}", self.ask)]

    async def events(self, request: web.Request) -> web.StreamResponse:
        if self._amiss(request, "/events") or self.away:
            return web.Response(status=404)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        async for _ in socket:
            pass
        self.sockets.remove(socket)
        return socket

    async def ask(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix("/ari")
        shape = re.sub(r"^/(channels|applications)/[^/]+", r"/\1/{id}", path)
        id = path.split("/")[2] if path.count("/") > 1 else ""
        if self._amiss(request, shape):
            return web.Response(status=400)
        self.asked.append((request.method, path, dict(request.query)))
        if self.status:
            return web.Response(status=self.status)
        match request.method, shape:
            case "GET", "/applications/{id}":
                named = ("bridge_ids", "endpoint_ids", "device_names", "events_allowed", "events_disallowed")
                channels = [*self.left, *(one for one, state in self.up.items() if state == "Up")]
                return web.json_response({"name": id, "channel_ids": channels, **{name: [] for name in named}})
            case "POST", "/channels/{id}":
                if id in self.up:
                    return web.Response(status=409)
                self.up[id] = "Down"
                return web.json_response(channel(id, "Down"))
            case _ if id not in self.up and id not in self.left:
                return web.Response(status=404)
            case "POST", _:
                if self.up[id] != "Up":
                    return web.Response(status=409)
                self.plays += 1
                return web.json_response(playback(id, "queued"), status=201)
            case "DELETE", _:
                self.up.pop(id, None)
                return web.Response(status=204)
            case _:
                return web.json_response(channel(id, self.up[id]))

    def _amiss(self, request: web.Request, shape: str) -> bool:
        """Note what is asked as nobody may ask it."""
        required, known = REQUESTS.get((request.method, shape), (frozenset({"a documented request"}), {}))
        given, faults = request.query, list[str]()
        faults += [f"no {name}" for name in required - given.keys()]
        faults += [f"{name}={value}" for name, value in given.items() if name not in known or not known[name](value)]
        faults += ["twice" for name in given if name != "media" and len(given.getall(name)) > 1]
        if not request.headers.get("Authorization", "").startswith("Basic "):
            faults.append("nobody")
        self.faults += [f"{request.method} {shape}: {fault}" for fault in faults]
        return bool(faults)

    async def tell(self, kind: str, id: str = "call", **more: Any) -> None:
        """Tell an event of a channel, with all that Asterisk tells."""
        state = more.pop("state", "Up")
        told: dict[str, dict[str, Any]] = {
            "ChannelStateChange": {},
            "StasisStart": {"args": []},
            "Dial": {"dialstatus": "", "dialstring": "13900000017@office", "forward": ""},
            "PlaybackFinished": {"playback": playback(id, "done" if state == "Up" else state)},
            "ChannelDtmfReceived": {"digit": "1", "duration_ms": 100},
            "ChannelDestroyed": {"cause": 16, "cause_txt": "Normal Clearing"},
        }
        whole = told[kind] | more
        whole |= {"type": kind, "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds")}
        whole |= {"application": "tocsin", "asterisk_id": "02:00:00:00:00:01"}
        if kind not in ("PlaybackFinished", "Dial"):
            self.up[id] = state
        if kind != "PlaybackFinished":
            whole["peer" if kind == "Dial" else "channel"] = channel(id, state)
        if kind == "ChannelDestroyed":
            self.up.pop(id, None)
        assert not faults_of(whole), faults_of(whole)
        for socket in self.sockets:
            await socket.send_json(whole)

    def did(self, method: str, path: str) -> list[dict[str, str]]:
        return [query for done, where, query in self.asked if (done, where) == (method, path)]


def channel(id: str, state: str) -> dict[str, Any]:
    """Return a channel as Asterisk tells of it."""
    nobody = {"name": "", "number": ""}
    plan = {"context": "office", "exten": "", "priority": 1, "app_name": "", "app_data": ""}
    return {
        "id": id, "protocol_id": "", "name": f"PJSIP/{id}", "state": state, "caller": nobody, "connected": nobody,
        "accountcode": "", "dialplan": plan, "creationtime": "2026-03-01T00:00:00.000+0000", "language": "en",
    }  # fmt: skip


def playback(id: str, state: str) -> dict[str, Any]:
    """Return a playback as Asterisk tells of it."""
    of = {"media_uri": f"sound:tocsin/{id}", "target_uri": f"channel:{id}", "language": "en"}
    return {"id": f"playback-{id}", "state": state, **of}


def faults_of(event: Mapping[str, Any]) -> list[str]:
    """Return what of an event Asterisk would not tell so."""
    required, perhaps = EVENTS[event["type"]]
    faults = [f"no {name}" for name in (EVENT | required) - event.keys()]
    faults += [f"{name} is not told" for name in event.keys() - EVENT - required - perhaps]
    states = {"channel": STATES, "peer": STATES, "playback": PLAYBACKS}
    faults += [f"{name} is never so" for name in states if name in event and event[name]["state"] not in states[name]]
    if event.get("dialstatus", "") not in DIALS:
        faults.append("no such end of a dialling")
    return faults
