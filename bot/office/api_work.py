"""Working off what other systems brought: each request comes to a report, an update, an answer or a warning.

What was kept while its token held is worked off also when the token ends meanwhile, but for an answer of a unit. What
cannot be worked off rings the seat and the administrators, as a message would, and is tried for as long as it fails.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.cases.plan_registry import UnknownPlan
from bot.exchange.cap import taken_in
from bot.office.reported import chain_of
from bot.office.rescue import rescue_request
from bot.pulse import Pulse
from bot.queue_loop import QueueLoop
from bot.render.chat import popup_text
from bot.service import NewReport, Requester, Result, Service, Step
from bot.service.opening import NewCase
from bot.service.plan_choice import plans_of_warning, spoken_facts
from bot.service.statements import said_anew
from bot.service.taking import NoWarning, content_of, steps_of, take_alert
from plans.core.command import PLATFORM
from plans.incident.facts import Update
from plans.incident.units import Acknowledge
from plans.intake.telling import first_telling
from plans.intake.warning import read
from plans.intake.with_plan import read_for
from plans.model import Plan
from storage.api_requests import ApiRequest
from storage.api_tokens import ApiToken
from storage.errors import Unavailable

REPORTS, UPDATES, ANSWERS, WARNINGS = "createReport", "updateReport", "answerCall", "createWarning"
"""Operations that change something, as the document calls them."""

BATCH = 20
SURE = 2
"""From this failure on people are rung."""

GIVE_UP = 5
"""Tries after which an answer, which can be given again, is given up; a report and a warning never are."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 1, 5, 15, 30, 60))

log = structlog.get_logger(__name__)


class ApiWork(QueueLoop):
    """A loop that works off what was kept.

    Args:
        worker: this process.
    """

    queue = "api_requests"
    name = "api"

    def __init__(self, service: Service, worker: str, *, pulse: Pulse | None = None) -> None:
        super().__init__(service.store, service.clock, pulse)
        self._service, self.worker = service, worker
        self._waiting: dict[str, asyncio.Future[ApiRequest]] = {}

    async def finished(self, row: ApiRequest, seconds: float) -> ApiRequest:
        """Return a request once it is worked off, or as it stands after so many seconds."""
        if row.done_at is not None or not seconds:
            return row
        done = self._waiting.setdefault(row.id, asyncio.get_running_loop().create_future())
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.shield(done)
        except TimeoutError:
            pass
        finally:
            self._waiting.pop(row.id, None)
        async with self._service.store.reading() as rx:
            return await rx.api_requests.get(row.id) or row

    async def _turn(self) -> datetime | None:
        async with self._service.store.reading() as rx:
            rows = await rx.api_requests.due(self._service.clock.now(), self.worker, BATCH)
        for row in rows:
            if self._stopped:
                return None
            await self._settle(row)
        if len(rows) == BATCH:
            return self._service.clock.now()
        async with self._service.store.reading() as rx:
            return await rx.api_requests.next_at()

    async def _settle(self, row: ApiRequest) -> None:
        now = self._service.clock.now()
        try:
            answer = await work(self._service, row)
        except Unavailable:
            raise
        except Exception as error:  # a bug met by one request keeps no other waiting; it is tried again
            log.exception("api.not_worked_off", request=row.id, operation=row.operation, tries=row.tries + 1)
            given_up = await self._failed(row, error, now)
            if given_up is None:
                return
            answer = given_up
        async with self._service.store.writing("api.done") as tx:
            await tx.api_requests.done(row.id, answer, now)
            done = await tx.api_requests.get(row.id)
        waiting = self._waiting.pop(row.id, None)
        if waiting is not None and not waiting.done() and done is not None:
            waiting.set_result(done)

    async def _failed(self, row: ApiRequest, error: Exception, now: datetime) -> dict[str, Any] | None:
        """Note a try in vain; return the answer of what is given up."""
        tells = row.operation != ANSWERS
        if not tells and row.tries + 1 >= GIVE_UP:
            return _refused("failed", popup_text("api_failed"))
        if tells and row.tries + 1 >= SURE:
            await self._rung(row, error)
        pause = PAUSES[min(row.tries, len(PAUSES) - 1)]
        async with self._service.store.writing("api.again") as tx:
            await tx.api_requests.again(row, now + pause)
        return None

    async def _rung(self, row: ApiRequest, error: Exception) -> None:
        async with self._service.store.reading() as rx:
            token = await rx.api_tokens.get(row.token_id)
        if token is None:
            return
        text = str((row.body or {}).get("text") or (row.body or {}).get("cap") or "")
        plans = served_ids(self._service, token)
        try:
            await rescue_request(
                self._service, row.id, token.jurisdiction, plans, token.name, text, row.received_at, error
            )
        except Unavailable:
            raise
        except Exception:  # whatever is broken: the words are kept, it is tried again
            log.exception("api.not_rescued", request=row.id)


def served_ids(service: Service, token: ApiToken) -> list[str]:
    """Return the installed plans that a token is for."""
    registry = service.registry
    plans = [registry.current(name) for name in registry.ids]
    return [plan.id for plan in plans if plan.jurisdiction.name == token.jurisdiction and token.serves(plan.id)]


async def work(service: Service, row: ApiRequest) -> dict[str, Any]:
    """Work a request off, once for its key, and return what came of it."""
    async with service.store.reading() as rx:
        token = await rx.api_tokens.get(row.token_id)
        earlier = await rx.causes.result(cause_of(row))
    if token is None:
        raise LookupError(f"request {row.id} is of no token")
    if earlier is not None:  # a process died before it noted what it had done
        streams = list(earlier.get("streams", ()))
        return {"streams": streams} if streams else _refused(str(earlier.get("refusal") or "refused"), "")
    return await WORK[row.operation](service, token, row)


def cause_of(row: ApiRequest) -> str:
    """Return the cause of what a request comes to."""
    return f"api:{row.token_id}:{row.key}"


async def _report(service: Service, token: ApiToken, row: ApiRequest) -> dict[str, Any]:
    body = row.body or {}
    plans = served_ids(service, token) if not body.get("plan") else [str(body["plan"])]
    return await _done(service, row, [report_from(service, plans, token.jurisdiction, body, row.received_at)])


def report_from(
    service: Service, plans: Sequence[str], jurisdiction: str, body: Mapping[str, Any], received_at: datetime
) -> NewReport:
    """Return a report as another system or office brings it.

    Args:
        plans: under which it may fall. body: as the API describes it.

    Raises:
        UnknownPlan: there is none, or the first is not installed.
    """
    if not plans or plans[0] not in service.registry.ids:
        raise UnknownPlan(plans[0] if plans else "", service.registry.ids)
    occurred, facts = body.get("occurred_at"), dict(body.get("facts") or {})
    if facts:
        reading = read_for(service.registry.current(plans[0]), str(body["text"]), now=received_at)
        facts = {**first_telling(reading).facts, **facts}
    return NewReport(
        plan_id=plans[0], among=tuple(plans) if len(plans) > 1 else (), jurisdiction=jurisdiction,
        text=str(body["text"]), said_at=received_at, informant=str(body.get("informant") or ""),
        stated_place=str(body.get("place") or ""), event_class=str(body.get("category") or ""), facts=facts or None,
        occurred_at=datetime.fromisoformat(occurred) if occurred else None, drill=bool(body.get("drill")),
        route=tuple(str(place) for place in body.get("route") or ()),
    )  # fmt: skip


async def _update(service: Service, token: ApiToken, row: ApiRequest) -> dict[str, Any]:
    step = await update_from(service, row.about, row.body or {}, row.received_at)
    return await _done(service, row, [step]) if step is not None else _refused("no_incident", "")


async def update_from(service: Service, stream: str, body: Mapping[str, Any], received_at: datetime) -> Step | None:
    """Return what another system or office says anew of what it reported, where that stands now; None for no case.

    A correction (``correction``) is sure: a number that falls by it is no slip.
    """
    pair = await service.incident(stream)
    if pair is None:
        return None
    plan, incident = pair
    chain = await chain_of(service, incident)
    if chain[-1] is not incident:
        moved = await service.incident(chain[-1].stream)
        plan, incident = moved if moved is not None else pair
    text, stated = str(body.get("text") or ""), dict(body.get("facts") or {})
    command = said_anew(plan, incident, text, received_at, stated) or Update(text=text)
    source = chain[0].source
    for other in chain[:-1]:  # its figures are called there as they came with their case: they take the place of those
        source = f"{other.number}号·{source}"
    return Step(stream=incident.stream, command=replace(command, sure=bool(body.get("correction")), source=source))


async def _answer(service: Service, token: ApiToken, row: ApiRequest) -> dict[str, Any]:
    body = row.body or {}
    command = Acknowledge(
        status=str(body["status"]), unit=str(body["unit"]), note=str(body.get("note") or ""),
        round=int(body.get("round") or 0),
    )  # fmt: skip
    return await _done(service, row, [Step(stream=row.about, command=command)])


async def _warning(service: Service, token: ApiToken, row: ApiRequest) -> dict[str, Any]:
    body = row.body or {}
    ids = [str(body["plan"])] if body.get("plan") else served_ids(service, token)
    plans = [service.registry.current(name) for name in ids if name in service.registry.ids]
    plans = [plan for plan in plans if plan.warnings] or plans
    if not plans:
        raise UnknownPlan(ids[0] if ids else "", service.registry.ids)
    if not body.get("cap"):
        return await _told(service, token, row, plans, str(body["text"]))
    alert = (await asyncio.to_thread(taken_in, str(body["cap"]).encode())).alert
    try:
        brought = await take_alert(service, plans, alert, requester=_requester(row))
    except NoWarning as problem:
        return _refused(problem.key, popup_text(problem.key))
    if brought.differs:
        return _refused("warn_http_differs", popup_text("warn_http_differs"))
    refusal = brought.result.refusal
    if brought.stream and (refusal is None or refusal.key == "same_as_before"):
        return {"streams": [brought.stream]}
    return _refused(refusal.key if refusal is not None else "refused", brought.result.popup)


async def _told(service: Service, token: ApiToken, row: ApiRequest, plans: list[Plan], text: str) -> dict[str, Any]:
    """Bring the warnings of a text, as an officer does who forwards it."""
    areas = tuple(dict.fromkeys(unit.id for plan in plans for unit in plan.units))
    found = read(text, now=row.received_at, areas=areas, entered=True).warnings
    if not found:
        return _refused("api_no_warning", popup_text("api_no_warning"))
    contents = [(content_of(item, text), item.stage is not None and item.stage.value == "lifted") for item in found]
    likely = plans_of_warning(plans, text, "", row.received_at)
    facts = {plan.id: spoken_facts(plan, text, row.received_at) for plan in plans}
    steps = await steps_of(service, contents, plans, likely, facts, sender=token.name)
    if not steps:
        return _refused("warn_cap_unknown", popup_text("warn_cap_unknown"))
    done = await _done(service, row, steps)
    if done.get("refused") == "same_as_before":  # it stands there already, whoever brought it
        return {"streams": [step.stream for step in steps if isinstance(step, Step)]}
    return done


async def _done(service: Service, row: ApiRequest, steps: Sequence[NewReport | Step | NewCase]) -> dict[str, Any]:
    result: Result = await service.execute(steps, cause=cause_of(row), requester=_requester(row))
    if result.refusal is not None:
        return _refused(result.refusal.key, result.popup)
    if not result.streams:  # another process was first, and was refused
        return _refused("refused", "")
    return {"streams": list(result.streams)}


def _requester(row: ApiRequest) -> Requester:
    return Requester(via=PLATFORM, platform=row.token_id)


def _refused(key: str, words: str) -> dict[str, Any]:
    return {"streams": [], "refused": key, "words": words}


WORK: dict[str, Callable[[Service, ApiToken, ApiRequest], Awaitable[dict[str, Any]]]] = {
    REPORTS: _report,
    UPDATES: _update,
    ANSWERS: _answer,
    WARNINGS: _warning,
}
