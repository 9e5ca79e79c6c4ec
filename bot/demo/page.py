"""The page of the demo: static files, the strip's interface under ``/demo``, and the rules that a browser is given.

Everything that people write is set as text by the scripts; the policy below refuses inline scripts and every other
origin, so that a mistake there stays a wrong picture.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.demo.stage import RATES, Deadline, NotPlayed, Part, Scene, Stage, Step
from bot.playground import World, play
from bot.playground.errors import PlaygroundError

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

STATIC = Path(__file__).with_name("static")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
LONGEST_JUMP = timedelta(days=31)


def application(world: World, stage: Stage) -> web.Application:
    """Return the page together with ``/play``, to be served on loopback.

    Args:
        world: the local Telegram that the page shows.
        stage: the town around it.
    """
    app = web.Application(middlewares=[_own_pages_only], client_max_size=64 * 2**20)
    app.add_routes([*play.routes(world), *routes(world, stage)])
    return app


def routes(world: World, stage: Stage) -> list[web.AbstractRouteDef]:
    """Return the page's own routes (``/``, ``/demo/…``), to be mounted beside ``/play``."""
    return [*_files(), *_looking(world, stage), *_acting(stage)]


@web.middleware
async def _own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what another site's page sends: a server on loopback is within reach of every page in the same browser."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return web.json_response({"error": "another site's page may not act here"}, status=403)
    return await handler(request)


def _files() -> list[web.AbstractRouteDef]:
    files = {path.name: path for path in STATIC.iterdir() if path.suffix in TYPES}

    def serve(path: Path) -> web.StreamResponse:
        return web.FileResponse(path, headers=HEADERS | {"Content-Type": TYPES[path.suffix]})

    async def index(request: web.Request) -> web.StreamResponse:
        return serve(files["index.html"])

    async def static(request: web.Request) -> web.StreamResponse:
        path = files.get(request.match_info["name"])
        return serve(path) if path else web.Response(status=404, headers=HEADERS)

    return [web.get("/", index), web.get("/demo/static/{name}", static)]


def _looking(world: World, stage: Stage) -> list[web.AbstractRouteDef]:
    async def state(request: web.Request) -> web.StreamResponse:
        return web.json_response(await _state(stage), headers=HEADERS)

    async def commands(request: web.Request) -> web.StreamResponse:
        try:
            menu = world.person(int(request.query["as"])).commands(request.query["chat"])
        except (PlaygroundError, KeyError, ValueError) as error:
            return _refused(str(error), 404)
        entries = [{"command": command, "description": text} for command, text in menu]
        return web.json_response({"commands": entries}, headers=HEADERS)

    async def file(request: web.Request) -> web.StreamResponse:
        stored_file = world.state.files.get(request.match_info["id"])
        if stored_file is None:
            return _refused("there is no such file", 404)
        if stored_file.mime in PICTURES:
            return web.Response(body=stored_file.content, content_type=stored_file.mime, headers=HEADERS)
        # Whatever else a visitor uploads is saved, never shown: a page among it would be one of ours.
        headers = HEADERS | {"Content-Disposition": "attachment"}
        return web.Response(body=stored_file.content, content_type="application/octet-stream", headers=headers)

    async def screen(request: web.Request) -> web.StreamResponse:
        shown = await (stage.wall() if request.match_info["kind"] == "wall" else stage.board())
        if shown is None:
            return web.Response(status=409, text="机器人没有运行，请先启动它，再打开这一页。", headers=HEADERS)
        answer = web.Response(status=303, headers=HEADERS | {"Location": shown.address, "Cache-Control": "no-store"})
        answer.set_cookie(*shown.cookie, httponly=True, samesite="Strict")  # of this host, whichever port asks
        return answer

    return [
        web.get("/demo/state", state),
        web.get("/demo/screen/{kind:wall|board}", screen),
        web.get("/demo/commands", commands),
        web.get("/demo/files/{id}", file),
    ]


def _acting(stage: Stage) -> list[web.AbstractRouteDef]:
    async def rate(body: Json) -> Json:
        if body.get("rate") not in RATES:
            raise ValueError(f"rate is one of {RATES}")
        stage.set_rate(float(body["rate"]))
        return {}

    async def jump(body: Json) -> Json:
        if "minutes" in body:
            by = timedelta(minutes=float(body["minutes"]))
        elif (due := stage.next_deadline()) is not None:
            by = due - stage.now()
        else:
            raise ValueError("there is no deadline ahead")
        if not timedelta() <= by <= LONGEST_JUMP:
            raise ValueError(f"a jump goes forward, at most {LONGEST_JUMP.days} days")
        stage.jump(by)
        return {}

    async def begin(body: Json) -> Json:
        try:
            return await _played(stage.play(str(body.get("scene"))))
        except KeyError as error:
            raise ValueError(f"no scene {error}") from error

    async def step(body: Json) -> Json:
        return await _played(stage.step())

    async def kill(body: Json) -> Json:
        await stage.kill()
        return {}

    async def revive(body: Json) -> Json:
        await stage.revive()
        return {}

    async def reset(body: Json) -> Json:
        await stage.reset()
        return {}

    acts = {"rate": rate, "jump": jump, "play": begin, "step": step, "kill": kill, "revive": revive, "reset": reset}
    return [web.post(f"/demo/{name}", _act(stage, act)) for name, act in acts.items()]


async def _played(playing: Awaitable[Step | None]) -> Json:
    """Return the step, or why it came to no end: that is an answer, not an error of the page."""
    try:
        return {"played": _step(await playing)}
    except NotPlayed as error:
        return {"played": None, "stuck": f"这一步没有演完：{error}。可以再点一次，或从头演。"}


def _act(stage: Stage, act: Callable[[Json], Awaitable[Json]]) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json":
            return _refused("JSON is expected", 415)
        try:
            body = await request.json()
            if not isinstance(body, dict):
                raise ValueError("an object is expected")
            answer = await act(body)
        except (ValueError, TypeError, OverflowError) as error:
            return _refused(str(error), 400)
        return web.json_response(await _state(stage) | answer, headers=HEADERS)

    return handle


def _refused(why: str, status: int) -> web.Response:
    return web.json_response({"error": why}, status=status, headers=HEADERS)


async def _state(stage: Stage) -> Json:
    deadlines = await stage.deadlines()
    following = stage.next_deadline()
    return {
        "now": stage.now().isoformat(),
        "night": stage.night,
        "alive": stage.alive,
        "rate": stage.rate,
        "rates": RATES,
        "next": following.isoformat() if following else None,
        "deadlines": [_deadline(one) for one in sorted(deadlines, key=lambda d: (d.due, d.drill, d.incident))],
        "cast": [_part(part) for part in stage.cast()],
        "scenes": [_scene(scene) for scene in stage.scenes()],
        "step": _step(stage.shown),
    }


def _deadline(deadline: Deadline) -> Json:
    return vars(deadline) | {"due": deadline.due.isoformat()}


def _part(part: Part) -> Json:
    return dict(vars(part))


def _scene(scene: Scene) -> Json:
    return dict(vars(scene))


def _step(step: Step | None) -> Json | None:
    return vars(step) | {"looks": [dict(vars(look)) for look in step.looks]} if step else None
