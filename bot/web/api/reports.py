"""Reports in: kept before they are answered, and what became of them; also the token itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, get_args

from bot.cases.streams import id_of
from bot.office.api_work import served_ids
from bot.office.reported import standing_of
from bot.texts import api as t
from bot.web.api.models.base import Facts
from bot.web.api.models.reports import (
    AskedBack,
    KeptReport,
    KeptState,
    NewReport,
    NewReports,
    Report,
    ReportedIncident,
    ReportsKept,
    ReportUpdate,
)
from bot.web.api.models.tokens import TokenInfo
from bot.web.api.operations import BASE, JSON, Call, Given, operation
from bot.web.api.problems import Problem, invalid
from plans.core.command import platform_id
from plans.load import plan_facts
from plans.model import Plan
from storage.api_requests import ApiRequest

SERVED = timedelta(seconds=10)
"""For so long a plan counts as served once somebody was seen to."""

_KEPT: dict[str, KeptState] = {name: name for name in get_args(KeptState)}
ID = "{id:[A-Za-z0-9_-]{1,64}}"


@operation("getToken", "GET", "/token", tag="token", answers={200: TokenInfo})
async def token(call: Call) -> Given:
    """The token with which it is asked."""
    it = call.token
    return Given(
        model=TokenInfo(
            id=it.id, name=it.name, jurisdiction=it.jurisdiction, plans=plans_of(call), scopes=list(it.scopes),  # type: ignore[arg-type]
            units=list(it.units), rate=it.rate, until=it.until,
        )
    )  # fmt: skip


@operation(
    "createReport", "POST", "/reports", tag="reports", scopes=("report",), bodies={JSON: NewReport},
    answers={201: Report, 202: Report}, problems=("refused", "nobody"), keyed=True,
)  # fmt: skip
async def create(call: Call) -> Given:
    """A report: kept, worked off, and answered with its number where that takes no longer than a moment."""
    body: NewReport = call.body
    await checked(call, body)
    row, repeated = await call.bring(body.model_dump(mode="json", exclude_none=True), "")
    return await brought(call, row, repeated, "reports")


@operation(
    "createReports", "POST", "/reports/batch", tag="reports", scopes=("report",), bodies={JSON: NewReports},
    answers={202: ReportsKept}, problems=("nobody",),
)  # fmt: skip
async def create_many(call: Call) -> Given:
    """Many reports in one commit, as after an outage of theirs: each under its own key, and none is waited for."""
    body: NewReports = call.body
    for number, one in enumerate(body.reports):
        await checked(call, one, f"reports.{number}.")
    brought = [(one.key, one.model_dump(mode="json", exclude_none=True, exclude={"key"})) for one in body.reports]
    asked = await call.bring_all(brought, "createReport")
    items = []
    for item in asked:
        row = item.row if not item.differs else None
        refused = bool(row is not None and row.answer and row.answer.get("refused"))
        state = "key-reused" if row is None else "refused" if refused else "recorded" if row.done_at else "kept"
        items.append(KeptReport(key=item.key, id=row.id if row is not None else None, state=_KEPT[state]))
    return Given(model=ReportsKept(items=items), status=202)


@operation(
    "getReport", "GET", f"/reports/{ID}", tag="reports", scopes=("report",), answers={200: Report},
    problems=("not-found",),
)  # fmt: skip
async def get(call: Call) -> Given:
    """What became of a report, or of an addition to one, of the same system's."""
    return Given(model=await report_of(call, await own(call)))


@operation(
    "updateReport", "POST", f"/reports/{ID}/updates", tag="reports", scopes=("report",), bodies={JSON: ReportUpdate},
    answers={201: Report, 202: Report}, problems=("refused", "not-found"), keyed=True,
)  # fmt: skip
async def update(call: Call) -> Given:
    """What is said anew of a report that was recorded."""
    body: ReportUpdate = call.body
    if not (body.text or "").strip() and not body.facts:
        raise invalid("text", "nothing_said")
    row = await own(call)
    stream = _stream(row)
    if stream is None:
        raise Problem("not-found")
    pair = await call.service.incident(stream)
    if pair is None:
        raise Problem("not-found")
    check_facts([pair[0]], body.facts)
    new, repeated = await call.bring(body.model_dump(mode="json", exclude_none=True), stream)
    return await brought(call, new, repeated, "reports")


async def checked(call: Call, body: NewReport, where: str = "") -> None:
    """Raise the problem of a report that no plan of the token can be asked about.

    Args:
        where: begins the place of what is wrong.
    """
    plans = await among(call, body.plan, where)
    if body.category is not None:
        known = [kind.id for plan in plans for kind in plan.classes]
        if body.category not in known:
            raise invalid(f"{where}category", "unknown_category", known="、".join(dict.fromkeys(known)))
    check_facts(plans, body.facts, where)


async def brought(call: Call, row: ApiRequest, repeated: bool, kind: str) -> Given:
    """Return the answer to what was brought: 201 it is recorded, 202 it is kept.

    Raises:
        Problem: it was refused.
    """
    refuse_refused(row)
    headers = {"Location": f"{BASE}/{kind}/{row.id}"} | ({"Idempotency-Replayed": "true"} if repeated else {})
    status = 201 if row.done_at is not None else 202
    return Given(model=await report_of(call, row), status=status, headers=headers)


def refuse_refused(row: ApiRequest) -> None:
    """Raise the problem of a request that was worked off and refused."""
    if row.answer is not None and row.answer.get("refused"):
        raise Problem("refused", refusal=str(row.answer["refused"]), words=str(row.answer.get("words") or ""))


def plans_of(call: Call) -> list[str]:
    """Return the installed plans that a token is for."""
    return served_ids(call.service, call.token)


async def among(call: Call, named: str | None, where: str = "") -> list[Plan]:
    """Return the plans under which something may fall that is brought.

    Raises:
        Problem: the plan that is named is not the token's; nobody would read it.
    """
    ids = plans_of(call)
    if named is not None and named not in ids:
        raise invalid(f"{where}plan", "unknown_plan", known="、".join(ids))
    plans = [call.service.registry.current(name) for name in ([named] if named is not None else ids)]
    place = call.token.jurisdiction
    if any(call.served.get((place, plan.id), call.now) > call.now for plan in plans):
        return plans
    async with call.service.store.reading() as rx:
        for plan in plans:
            if await rx.places.bound(place, plan.id, "command") or await rx.people.holders(place, plan.id, "duty"):
                call.served[place, plan.id] = call.now + SERVED
                return plans
    raise Problem("nobody", plan=plans[0].title if plans else place)


def check_facts(plans: Sequence[Plan], facts: Facts | None, where: str = "") -> None:
    """Raise the problem of facts that none of some plans has, or whose value is of another type."""
    if not facts:
        return
    known: dict[str, Any] = {name: fact for plan in plans for name, fact in plan_facts(plan).items()}
    for name, value in facts.items():
        if name not in known:
            raise invalid(f"{where}facts.{name}"[:80], "unknown_fact", known="、".join(known)[:600])
        if isinstance(value, bool) != (known[name].type == "flag"):
            raise invalid(f"{where}facts.{name}", "fact_value")


async def own(call: Call) -> ApiRequest:
    """Return what the same system brought under an id, with whatever secret.

    A system is known by its token, which keeps its id when an administrator gives it another secret. Its name
    says nothing.

    Raises:
        Problem: there is none, or it is another's.
    """
    async with call.service.store.reading() as rx:
        row = await rx.api_requests.get(call.path["id"])
    if row is None or row.token_id != call.token.id or row.operation not in ("createReport", "updateReport"):
        raise Problem("not-found")
    return row


def _stream(row: ApiRequest) -> str | None:
    streams = (row.answer or {}).get("streams") or ([row.about] if row.about else [])
    return str(streams[0]) if streams else None


async def report_of(call: Call, row: ApiRequest) -> Report:
    """Return what became of what was brought."""
    refused = bool(row.answer and row.answer.get("refused"))
    incident = await _incident(call, _stream(row)) if row.done_at is not None and not refused else None
    return Report(
        id=row.id, state="kept" if row.done_at is None else "refused" if refused else "recorded",
        received_at=row.received_at, incident=incident,
        detail=str((row.answer or {}).get("words") or t.PROBLEMS["refused"][0]) if refused else None,
    )  # fmt: skip


async def _incident(call: Call, stream: str | None) -> ReportedIncident | None:
    """Return the incident of a report to whoever reported it: not what others know of it."""
    if stream is None:
        return None
    async with call.service.store.reading() as rx:
        row = await rx.incidents.get(stream)
    if row is None:
        return None
    it = await standing_of(call.service, stream, platform_id(call.token.id))
    return ReportedIncident(
        id=id_of(stream), number=row.number, year=row.year, drill=row.drill, plan=row.plan_id, state=row.state,  # type: ignore[arg-type]
        taken=it is not None and it.taken, ring=it is not None and it.ring,
        duty_line=it.duty_line if it is not None else None, merged_into=it.merged_into if it is not None else None,
        taken_at=it.taken_at if it is not None else None, taken_by=(it.taken_by or None) if it is not None else None,
        response_level=it.response_level if it is not None else None, ended=it is not None and it.ended,
        questions=[AskedBack(id=one.id, at=one.at, text=one.text) for one in it.questions] if it is not None else [],
    )  # fmt: skip
