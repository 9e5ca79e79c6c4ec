"""Answers of units by another system: which calls there are, and what is answered to one."""

from __future__ import annotations

from bot.cases.streams import INCIDENT, id_of, stream_of
from bot.render import View, naming
from bot.web.api.incidents import calls_behind
from bot.web.api.models.base import Page
from bot.web.api.models.calls import Answered, OpenCall, OpenCalls, UnitAnswer
from bot.web.api.operations import BASE, JSON, Call, Given, operation
from bot.web.api.problems import Problem, invalid
from bot.web.api.reports import ID, plans_of, refuse_refused
from plans.incident.state import Incident
from plans.incident.units import ANSWERS
from plans.model import Plan


@operation("listCalls", "GET", "/calls", tag="calls", scopes=("answer",), query=Page, answers={200: OpenCalls})
async def list_calls(call: Call) -> Given:
    """The calls of open incidents to the token's units; of the incidents what such a call says."""
    asked: Page = call.query
    found, following = await calls_behind(call, asked, frozenset(call.token.units))
    return Given(model=OpenCalls(items=[_open(call, *item) for item in found], next=following))


def _open(call: Call, plan: Plan, incident: Incident, unit: str) -> OpenCall:
    view, item = View(plan=plan, incident=incident, now=incident.own_time(call.now)), incident.calls[unit]
    return OpenCall(
        incident=id_of(incident.stream), number=incident.number, drill=incident.drill, plan=incident.plan,
        place=naming.place(view) or None,
        class_name=naming.class_name(view) or None if incident.event_class else None,
        response_level=incident.response_level, unit=unit, round=item.round, status=item.status,
        called_at=item.called_at, answered_at=item.answered_at,
    )  # fmt: skip


@operation(
    "answerCall", "POST", f"/incidents/{ID}/answers", tag="calls", scopes=("answer",), bodies={JSON: UnitAnswer},
    answers={201: Answered, 202: Answered}, problems=("refused", "not-found"), keyed=True,
)  # fmt: skip
async def answer_call(call: Call) -> Given:
    """What a unit answers, as its liaison would by a button; decided by the rights that the token holds then."""
    body: UnitAnswer = call.body
    if body.unit not in call.token.units:
        raise invalid("unit", "unknown_unit", known="、".join(call.token.units))
    if body.answer not in ANSWERS:
        raise invalid("answer", "unknown_status", known="、".join(ANSWERS))
    stream = stream_of(INCIDENT, call.path["id"])
    async with call.service.store.reading() as rx:
        row = await rx.incidents.get(stream)
    if row is None or row.jurisdiction != call.token.jurisdiction or row.plan_id not in plans_of(call):
        raise Problem("not-found")
    pair = await call.service.incident(stream)
    if pair is None or body.unit not in pair[1].calls:
        raise Problem("not-found")
    said = {"unit": body.unit, "status": body.answer, "round": body.round, "note": body.note or ""}
    kept, repeated = await call.bring(said, stream)
    refuse_refused(kept)
    headers = {"Location": f"{BASE}/calls"} | ({"Idempotency-Replayed": "true"} if repeated else {})
    done = kept.done_at is not None
    answered = Answered(id=kept.id, state="recorded" if done else "kept", received_at=kept.received_at)
    return Given(model=answered, status=201 if done else 202, headers=headers)
