"""The ``/play`` interface: people's side over HTTP, for the demo's page and for journeys in another process."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp_sse import sse_response

from bot.playground.errors import NotPossible, Unknown
from bot.playground.faults import Fault
from bot.playground.handles import Group
from bot.playground.inline import Ask
from bot.playground.person import Person
from bot.playground.playstate import call_json, message_lines, state_json
from bot.playground.seen import Press, Seen, seen_json
from bot.playground.world import World

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _Body:
    """The body of a request: the person who acts, and typed access to the rest."""

    def __init__(self, world: World, data: Json) -> None:
        self.world, self.data = world, data

    def __getitem__(self, name: str) -> Any:
        if name not in self.data:
            raise NotPossible(f'field "{name}" is missing')
        return self.data[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.data.get(name, default)

    @property
    def person(self) -> Person:
        return self.world.person(int(self["as"]))

    @property
    def chat(self) -> str:
        return str(self["chat"])

    @property
    def message(self) -> tuple[str, int]:
        return self.chat, int(self["message"])

    @property
    def group(self) -> Group:
        return self.world.group(self.chat)

    @property
    def bot(self) -> Any:
        return self.world.bot(self.get("bot"))


Act = Callable[[World, _Body], Awaitable[Json]]


def routes(world: World) -> list[web.RouteDef]:
    """Return the routes under ``/play``, to be mounted beside a page."""
    acts: dict[str, Act] = {
        "send": _send,
        "start": _start,
        "press": _press,
        "tap": _tap,
        "edit": _edit,
        "delete": _delete,
        "forward": _forward,
        "photo": _photo,
        "voice": _voice,
        "location": _location,
        "contact": _contact,
        "inline": _inline,
        "choose": _choose,
        "block": _done(lambda body: body.person.block(body.bot)),
        "unblock": _done(lambda body: body.person.unblock(body.bot)),
        "read": _done(lambda body: body.person.read(body.chat)),
        "mute": _done(lambda body: body.person.mute(body.chat, bool(body.get("on", True)))),
        "react": _done(lambda body: body.person.react(body.message, body.get("emoji"))),
        "join": _done(lambda body: body.person.join(body.group)),
        "leave": _done(lambda body: body.person.leave(body.group)),
        "faults": _faults,
    }
    posts = [web.post(f"/play/{name}", _acting(world, act)) for name, act in acts.items()]
    return [*posts, *_looking(world)]


def _done(act: Callable[[_Body], object]) -> Act:
    """Return an act of which nothing is to be seen but that it was done."""

    async def done(world: World, body: _Body) -> Json:
        act(body)
        return {"ok": True}

    return done


def _acting(world: World, act: Act) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            if request.content_type != "application/json":
                # A page of another origin can post a form to loopback, but not this type without asking first.
                raise NotPossible("the body must be application/json")
            data = await request.json()
            if not isinstance(data, dict):
                raise NotPossible("an object is expected")
            return web.json_response(await act(world, _Body(world, data)))
        except Unknown as error:
            return web.json_response({"error": str(error)}, status=404)
        except (NotPossible, ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)

    return handle


def _message(line: Seen) -> Json:
    return {"message": seen_json(line)}


async def _send(world: World, body: _Body) -> Json:
    line = body.person.send(
        body.chat,
        str(body["text"]),
        reply_to=body.get("reply_to"),
        thread=body.get("thread"),
        silent=bool(body.get("silent", False)),
        anonymous=bool(body.get("anonymous", False)),
    )
    return _message(line)


async def _start(world: World, body: _Body) -> Json:
    return _message(body.person.start(body.bot, str(body.get("payload", ""))))


async def _press(world: World, body: _Body) -> Json:
    press = body.person.press(body.message, str(body["button"]))
    await _patiently(press.answer(), body)
    return {"press": press.json()}


async def _patiently(waiting: Any, body: _Body) -> None:
    """Wait as long as the request's ``wait`` says, real seconds."""
    try:
        await asyncio.wait_for(waiting, float(body.get("wait", 0)) or 0.001)
    except TimeoutError:
        return


async def _tap(world: World, body: _Body) -> Json:
    return _message(body.person.tap(body.chat, str(body["label"]), thread=body.get("thread")))


async def _edit(world: World, body: _Body) -> Json:
    return _message(body.person.edit(body.message, str(body["text"])))


async def _delete(world: World, body: _Body) -> Json:
    body.person.delete(body.message)
    return {"ok": True}


async def _forward(world: World, body: _Body) -> Json:
    return _message(body.person.forward(body.message, str(body["to"])))


async def _photo(world: World, body: _Body) -> Json:
    data = base64.b64decode(body.get("data", "")) or b"\xff\xd8photo"
    return _message(body.person.send_photo(body.chat, data, str(body.get("caption", "")), thread=body.get("thread")))


async def _voice(world: World, body: _Body) -> Json:
    return _message(
        body.person.send_voice(body.chat, base64.b64decode(body.get("data", "")) or b"OggS", thread=body.get("thread"))
    )


async def _location(world: World, body: _Body) -> Json:
    point = float(body["latitude"]), float(body["longitude"])
    return _message(body.person.send_location(body.chat, *point, thread=body.get("thread")))


async def _contact(world: World, body: _Body) -> Json:
    return _message(body.person.send_contact(body.chat, str(body["phone"]), str(body["first_name"])))


async def _inline(world: World, body: _Body) -> Json:
    ask = body.person.inline(body.bot, str(body["query"]), str(body.get("offset", "")), chat=body.get("chat"))
    await _patiently(world.until(lambda: ask.answered), body)
    return {"ask": {"id": ask.id, "answered": ask.answered, "results": ask.results, "titles": ask.titles}}


async def _choose(world: World, body: _Body) -> Json:
    record = world.state.asks.get(str(body["ask"]))
    if record is None:
        raise Unknown(f"no inline query {body['ask']}")
    return _message(body.person.choose(Ask(world, record), body["result"], body.chat, thread=body.get("thread")))


async def _faults(world: World, body: _Body) -> Json:
    world.faults.add(Fault(**body.data))
    return {"ok": True, "orders": len(world.faults.orders)}


def _looking(world: World) -> list[web.RouteDef]:
    async def state(request: web.Request) -> web.StreamResponse:
        return web.json_response(state_json(world))

    async def messages(request: web.Request) -> web.StreamResponse:
        query = request.query
        try:
            person = world.person(int(query["as"]))
            thread = int(query["thread"]) if "thread" in query else None
            lines = message_lines(person, request.match_info["key"], thread, int(query.get("after", 0)))
        except (Unknown, KeyError) as error:
            return web.json_response({"error": str(error)}, status=404)
        except (NotPossible, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(lines)

    async def popups(request: web.Request) -> web.StreamResponse:
        try:
            presses: list[Press] = world.person(int(request.query["as"])).popups()
        except (Unknown, KeyError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=404)
        return web.json_response({"popups": [press.json() for press in presses]})

    async def file(request: web.Request) -> web.StreamResponse:
        stored_file = world.state.files.get(request.match_info["id"])
        if stored_file is None:
            return web.json_response({"error": "no such file"}, status=404)
        disposition = "inline" if stored_file.mime in ("image/jpeg", "image/png", "audio/ogg") else "attachment"
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=stored_file.content, content_type=stored_file.mime, headers=headers)

    async def calls(request: web.Request) -> web.StreamResponse:
        after = int(request.query.get("after", 0))
        return web.json_response({"calls": [call_json(c) for c in world.calls[after:] if c.method != "getUpdates"]})

    async def no_faults(request: web.Request) -> web.StreamResponse:
        world.faults.clear()
        return web.json_response({"ok": True})

    async def events(request: web.Request) -> web.StreamResponse:
        with world.watching() as changes:
            async with sse_response(request) as stream:
                while True:
                    change = await changes.get()
                    body = {"n": change.number, "kind": change.kind, "chat": change.chat}
                    body |= {"message": change.message, "user": change.user}
                    await stream.send(json.dumps(body), event="change")
        return stream

    return [
        web.get("/play/state", state),
        web.get("/play/chats/{key}/messages", messages),
        web.get("/play/popups", popups),
        web.get("/play/files/{id}", file),
        web.get("/play/calls", calls),
        web.delete("/play/faults", no_faults),
        web.get("/play/events", events),
    ]
