"""Warnings in, which wait for a person's decision as any do; and out, under the rights of the token."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.cases.plan_registry import UnusablePlan
from bot.cases.streams import id_of, stream_of
from bot.exchange.cap import BadCap, taken_in
from bot.office.api_reader import reader_of
from bot.office.api_work import served_ids
from bot.web.api import cursors
from bot.web.api.models.warnings import (
    Brought,
    BroughtWarning,
    NewWarning,
    WarningDetails,
    WarningPage,
    WarningQuery,
    Warnings,
)
from bot.web.api.operations import BASE, CAP, JSON, Call, Given, operation
from bot.web.api.problems import Problem, invalid
from bot.web.api.reports import ID, among, refuse_refused
from plans.warning.state import KIND, WarningCase
from storage.api_requests import ApiRequest
from storage.cases import CaseRow


@operation(
    "createWarning", "POST", "/warnings", tag="warnings", scopes=("warn",), query=WarningQuery,
    bodies={JSON: NewWarning, CAP: None}, answers={201: Brought, 202: Brought}, problems=("refused", "nobody"),
    keyed=True,
)  # fmt: skip
async def create(call: Call) -> Given:
    """A warning, as CAP or in words: kept like a report."""
    query: WarningQuery = call.query
    if isinstance(call.body, NewWarning):
        plan, said = call.body.plan or query.plan, {"text": call.body.text}
    else:
        plan, said = query.plan, {"cap": await _read(call.body)}
    await among(call, plan)
    row, repeated = await call.bring({**said, **({"plan": plan} if plan else {})}, "")
    refuse_refused(row)
    headers = {"Location": f"{BASE}/warnings/brought/{row.id}"} | ({"Idempotency-Replayed": "true"} if repeated else {})
    return Given(model=await _brought(call, row), status=201 if row.done_at is not None else 202, headers=headers)


async def _read(body: bytes) -> str:
    """Return a CAP file as text, once it can be read as one."""
    try:
        await asyncio.to_thread(taken_in, body)
        return body.decode()
    except (BadCap, UnicodeDecodeError) as problem:
        words = str(problem) if isinstance(problem, BadCap) else "UTF-8"
        raise invalid("", "bad_cap", problem=words) from None


@operation(
    "getBroughtWarning", "GET", f"/warnings/brought/{ID}", tag="warnings", scopes=("warn",), answers={200: Brought},
    problems=("not-found",),
)  # fmt: skip
async def get_brought(call: Call) -> Given:
    """What became of a warning that the same system brought."""
    async with call.service.store.reading() as rx:
        row = await rx.api_requests.get(call.path["id"])
    if row is None or row.token_id != call.token.id or row.operation != "createWarning":
        raise Problem("not-found")
    return Given(model=await _brought(call, row))


async def _brought(call: Call, row: ApiRequest) -> Brought:
    answer = row.answer or {}
    refused = bool(answer.get("refused"))
    found = []
    async with call.service.store.reading() as rx:
        lines = [await rx.cases.get(str(stream)) for stream in answer.get("streams", ())]
    for line in lines:
        case = await _case(call, line) if line is not None else None
        if line is not None and case is not None:
            found.append(
                BroughtWarning(
                    id=id_of(line.stream), number=line.number, year=line.year, drill=line.drill, plan=line.plan_id,
                    state=line.state, waits=case.proposal is not None,
                )
            )  # fmt: skip
    return Brought(
        id=row.id, state="kept" if row.done_at is None else "refused" if refused else "recorded",
        received_at=row.received_at, warnings=found, detail=str(answer.get("words") or "") or None,
    )  # fmt: skip


async def _case(call: Call, row: CaseRow) -> WarningCase | None:
    try:
        pair = await call.service.case(row.stream)
    except UnusablePlan:
        return None
    return pair[1] if pair is not None and isinstance(pair[1], WarningCase) else None


@operation(
    "listWarnings", "GET", "/warnings", tag="warnings", scopes=("read",), query=WarningPage, answers={200: Warnings}
)
async def list_warnings(call: Call) -> Given:
    """Warnings, the oldest first."""
    asked: WarningPage = call.query
    after, plans = cursors.read(asked.cursor, (datetime, str)), served_ids(call.service, call.token)
    async with call.service.store.reading() as rx:
        rows = await rx.cases.page(
            KIND, call.token.jurisdiction, plans, asked.limit + 1, after=(after[0], after[1]) if after else None,
            open_only=asked.open,
        )  # fmt: skip
    items = [shown for row in rows[: asked.limit] if (shown := await _details(call, row)) is not None]
    last = rows[asked.limit - 1] if len(rows) > asked.limit else None
    return Given(model=Warnings(items=items, next=cursors.cursor(last.opened_at, last.stream) if last else None))


@operation(
    "getWarning", "GET", f"/warnings/{ID}", tag="warnings", scopes=("read",), answers={200: WarningDetails},
    problems=("not-found",),
)  # fmt: skip
async def get_warning(call: Call) -> Given:
    """One warning."""
    async with call.service.store.reading() as rx:
        row = await rx.cases.get(stream_of(KIND, call.path["id"]))
    found = await _details(call, row) if row is not None else None
    if found is None:
        raise Problem("not-found")
    return Given(model=found)


async def _details(call: Call, row: CaseRow) -> WarningDetails | None:
    """Return a warning that a token may read; None for any other."""
    reader = reader_of(call.service, call.token)
    if not reader.serves(row.jurisdiction, row.plan_id):
        return None
    case = await _case(call, row)
    if case is None:
        return None
    content = case.content
    return WarningDetails(
        id=id_of(row.stream), number=row.number, year=row.year, drill=row.drill, plan=row.plan_id, state=row.state,
        waits=case.proposal is not None, hazard=content.hazard or None, colour=content.colour or None,
        level=content.level or None, issuer=content.issuer or None, starts=content.starts, ends=content.ends,
        areas=list(content.areas), text=content.text or None if case.stages else None, opened_at=row.opened_at,
        version=row.sequence,
    )  # fmt: skip
