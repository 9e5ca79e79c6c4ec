"""``POST /voice/callback``: what the office's telephone gateway reports of its calls (``docs/voice.md``).

Only who has the secret is heard, and only for five minutes: each report is signed over its moment and body. Taken twice
it changes nothing, and one of a call that was never asked for is refused.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from typing import Any

import structlog
from aiohttp import web

from bot.metrics import Metrics
from bot.notifier.voice import SIGNATURE, TIMESTAMP, is_signed
from bot.office.voice import IN_VAIN, Reported, hear
from bot.service import Service
from bot.web.bodies import NoBody, body_of
from storage.errors import Unavailable

MOST_BYTES = 4096
BODY_SECONDS = 5
AT_ONCE = 8
"""Reports that are worked on at the same time; others wait."""

FRESH_SECONDS = 300
EVENTS = frozenset({"ringing", "answered", "key", *IN_VAIN})
DIGITS = frozenset("0123456789*#")
CALL = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What an id of a call is made of: what no database can hold is asked of none."""

log = structlog.get_logger(__name__)


class VoiceReports:
    """Receives reports.

    Args:
        secret: signs them. metrics: counts what came of each.
    """

    def __init__(self, service: Service, secret: str, metrics: Metrics) -> None:
        self._service, self._secret, self._metrics = service, secret, metrics
        self._room = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the one route."""
        return [web.post("/voice/callback", self.receive)]

    async def receive(self, request: web.Request) -> web.Response:
        """Take one report: 200 = it is kept, ``wanted`` says whether the call still serves anything.

        400 = no report; 403 = not signed, or too old; 404 = no such call; 408, 413, 415 = no such body; 503 = again.
        """
        status, answer = await self._received(request)
        self._metrics.voice_reports.labels(str(status)).inc()
        return web.json_response(answer, status=status)

    async def _received(self, request: web.Request) -> tuple[int, dict[str, Any]]:
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return 415, {"error": "encoding"}
        try:
            body = await body_of(request, MOST_BYTES, BODY_SECONDS)
        except NoBody as problem:
            return problem.status, {"error": {408: "too slow", 413: "too long"}.get(problem.status, "no report")}
        if not self._is_ours(request, body):
            return 403, {"error": "signature"}
        reported = _read(body)
        if reported is None:
            return 400, {"error": "no report"}
        try:
            async with self._room:
                heard = await hear(self._service, reported)
        except Unavailable as problem:
            log.error("voice.not_kept", reason=problem.reason)
            return 503, {"error": "later"}
        if not heard.known:
            log.warning("voice.unknown_call", reported=reported.event)
            return 404, {"error": "no such call"}
        return 200, {"wanted": heard.wanted, "repeated": heard.repeated}

    def _is_ours(self, request: web.Request, body: bytes) -> bool:
        """Return whether it was signed, a short time ago: an old one that somebody kept is not heard."""
        stamp, given = request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
            return False
        if not is_signed(self._secret, stamp, body, given):
            return False
        return abs(self._service.clock.now().timestamp() - int(stamp)) <= FRESH_SECONDS


def _read(body: bytes) -> Reported | None:
    """Return what is reported; None where it is no report of ours."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    call, event, digit = data.get("call"), data.get("event"), data.get("key", "")
    if not isinstance(call, str) or not CALL.fullmatch(call) or not isinstance(event, str):
        return None
    if event not in EVENTS or not isinstance(digit, str):
        return None
    if (event == "key") != (digit in DIGITS and digit != ""):
        return None
    return Reported(call=call, event=event, digit=digit)
