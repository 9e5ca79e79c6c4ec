"""``POST /warnings``: a CAP message from a system of the office, on the same machine; it waits for a person's decision.

There is no token yet, so that only this machine may call, and only itself: a request that a proxy hands on is refused,
and so is one that a web page could have made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from aiohttp import web

from bot.exchange.cap import MOST_BYTES, BadCap, taken_in
from bot.metrics import Metrics
from bot.render.chat import popup_text
from bot.service import Requester, Service
from bot.service.taking import TYPES, Brought, NoWarning, take_alert
from bot.web.bodies import NoBody, body_of
from bot.web.visitors import from_this_machine
from plans.model import Plan
from plans.warning.state import WarningCase
from storage.errors import Unavailable

BODY_SECONDS = 10
AT_ONCE = 2
"""Messages that are read at the same time."""

log = structlog.get_logger(__name__)


class Warnings:
    """Receives CAP messages.

    Args:
        service: takes the warnings. metrics: counts what came of each message.
    """

    def __init__(self, service: Service, metrics: Metrics) -> None:
        self._service, self._metrics = service, metrics
        self._room = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the one route."""
        return [web.post("/warnings", self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        """Take one message: 200 = it is kept, with the warning's number; else ``error`` says in words what is wrong.

        400 = no CAP, or none that brings a warning; 403 = not from this machine; 404 = no such plan; 408, 413, 415 = no
        such body; 409 = refused; 503 = try again.
        """
        status, answer = await self._received(request)
        self._metrics.warnings.labels(answer.get("outcome", "refused")).inc()
        return web.json_response({name: value for name, value in answer.items() if name != "outcome"}, status=status)

    async def _received(self, request: web.Request) -> tuple[int, dict[str, Any]]:
        if not _from_here(request):
            return 403, _wrong("warn_http_here")
        if request.content_type not in TYPES:
            return 415, _wrong("warn_http_type")
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return 415, _wrong("warn_http_type")
        plan = self._plan(request.query.get("plan", ""), request.query.get("jurisdiction", ""))
        if plan is None:
            return 404, _wrong("warn_http_plan", plans="、".join(self._service.registry.ids))
        try:
            body = await body_of(request, MOST_BYTES, BODY_SECONDS)
        except NoBody as problem:
            words = {408: "warn_http_slow", 413: "warn_cap_large"}.get(problem.status, "warn_http_type")
            return problem.status, _wrong(words)
        if not await self._served(plan):
            return 409, _wrong("warn_http_nobody", plan=plan.title)
        return await self._taken(plan, body)

    async def _served(self, plan: Plan) -> bool:
        """Return whether anybody would read it: what is kept and told to nobody is worse than what is refused."""
        place = plan.jurisdiction.name
        async with self._service.store.reading() as rx:
            return bool(
                await rx.places.bound(place, plan.id, "command") or await rx.people.holders(place, plan.id, "duty")
            )

    def _plan(self, plan: str, jurisdiction: str) -> Plan | None:
        """Return the plan that is named, or the only one of a jurisdiction that has warnings; else the only one."""
        registry = self._service.registry
        plans = [registry.current(name) for name in registry.ids if plan in ("", name)]
        plans = [item for item in plans if jurisdiction in ("", item.jurisdiction.name)]
        with_warnings = [item for item in plans if item.warnings]
        return plans[0] if len(plans) == 1 else with_warnings[0] if len(with_warnings) == 1 else None

    async def _taken(self, plan: Plan, body: bytes) -> tuple[int, dict[str, Any]]:
        try:
            async with self._room:
                alert = (await asyncio.to_thread(taken_in, body)).alert
            brought = await take_alert(self._service, [plan], alert, requester=Requester())
        except BadCap as problem:
            return 400, {"outcome": "bad", "error": str(problem)}
        except NoWarning as problem:
            return 400, _wrong(problem.key)
        except Unavailable as problem:
            log.error("warnings.not_kept", reason=problem.reason)
            return 503, {"outcome": "not_kept", "error": popup_text("warn_http_later")}
        return await self._answer(plan, brought)

    async def _answer(self, plan: Plan, brought: Brought) -> tuple[int, dict[str, Any]]:
        refusal = brought.result.refusal
        if brought.differs:
            return 409, _wrong("warn_http_differs")
        if refusal is not None and refusal.key != "same_as_before":
            return 409, {"outcome": "refused", "error": brought.result.popup}
        pair = await self._service.case(brought.stream) if brought.stream else None
        case = pair[1] if pair is not None else None
        if not isinstance(case, WarningCase):
            return 409, {"outcome": "refused", "error": brought.result.popup or popup_text("warn_http_refused_before")}
        outcome = "repeated" if brought.result.repeated or refusal is not None else "taken"
        return 200, {
            "outcome": outcome, "plan": plan.id, "jurisdiction": case.jurisdiction, "number": case.number,
            "warning": case.stream, "drill": case.drill, "state": case.state, "waits": case.proposal is not None,
            "repeated": outcome == "repeated",
        }  # fmt: skip


def _from_here(request: web.Request) -> bool:
    """Return whether this machine itself asks, and no page of a browser on it."""
    return from_this_machine(request) and "Origin" not in request.headers


def _wrong(key: str, **values: str) -> dict[str, Any]:
    return {"outcome": "bad", "error": popup_text(key, **values)}
