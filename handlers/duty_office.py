"""Duties for the office: an administrator switches them on and off; who checks sees how all bearers stand."""

from __future__ import annotations

from datetime import datetime

from bot.clock import SHANGHAI
from bot.errands import TooBusy
from bot.office.duties import bearers_now, keep_books_of, switch_duties
from bot.office.duty_overview import overview, quarter_begins, to_matrix, to_workbook, year_begins
from bot.office.people import bound_plans
from bot.outgoing.media import sent_on
from bot.outgoing.messages import File, OutgoingMessage
from bot.outgoing.pictures import drawn
from bot.pictures import duties_picture
from bot.render import Message
from bot.render import duty_office as pages
from bot.render.chat import popup_text, text_message
from bot.texts import pictures as t
from bot.texts.duty import TABLE_FILE
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.replies import act_text, say, show
from plans.core.keys import to_person
from plans.duty.returning import ReturnDuty
from plans.duty.state import DutyBook
from plans.model import Plan
from storage.duty_tables import InstanceRow

ON, OFF = "启用", "停用"

AT_ONCE = 40
"""Books that are opened with the tap; the round opens the rest."""


async def switch(context: Context, who: Caller, word: str, given: str) -> None:
    """``/duties 启用 预案``: shows what would follow, with the button that does it."""
    if not who.reader.administers_any:
        await answer_privately(context, who, "admin_only")
        return
    plan = await _plan(context, who, word, given)
    if plan is None:
        return
    service, now = tools_of(context).service, tools_of(context).clock.now()
    async with service.store.reading() as rx:
        found = await bearers_now(service, rx, plan)
        books = await rx.duties.count_books(plan.jurisdiction.name, plan.id)
        listed = await service.bodies.of(rx, plan.jurisdiction.name)
    if found.on == (word == ON):
        await answer_privately(context, who, "duties_on_already" if found.on else "duties_off_already")
        return
    unreachable = [listed.full_name(name) for name in found.unreachable]
    message = pages.switch(plan, found.counts, unreachable, on=word == ON, books=books, now=now)
    if not await say(context, who, message, "duties", in_private=True):
        await say(context, who, text_message("start_first"), "duties")


async def _plan(context: Context, who: Caller, word: str, given: str) -> Plan | None:
    """Return the plan that is meant, of those that have duties and whose jurisdiction is administered."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        plans = [plan for plan in who.reader.administered(await bound_plans(rx, service)) if plan.duties]
    named = [plan for plan in plans if given and given in (plan.id, plan.title)]
    named = named or [plan for plan in plans if given and given in plan.title]
    meant = named or ([plan for plan in plans if plan.id in who.plans] or plans if not given else [])
    if len(meant) != 1:
        titles = "、".join(f"{plan.title}（{plan.id}）" for plan in plans) or "/bind"
        example = plans[0].id if plans else ""
        await answer_privately(context, who, "duties_where", word=word, example=example, plans=titles)
        return None
    return meant[0]


@button("duties_switch", on="duties", late=confirm_again())
async def confirm(press: ButtonPress) -> str:
    """「确认启用」, 「确认停用」."""
    service, plan_id = press.tools.service, str(press.arg("plan"))
    if plan_id not in service.registry.ids:
        return popup_text("button_stale")
    plan = service.registry.current(plan_id)
    done = await switch_duties(
        service, press.caller.person, plan, on=bool(press.arg("on")), cause=f"{press.caller.cause}:duties",
        requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    if done.ok:
        await keep_books_of(service, plan, press.tools.clock.now(), most=AT_ONCE)
        await press.strip()
    return act_text(done)


async def checked(context: Context, who: Caller) -> list[Plan]:
    """Return the plans whose duties somebody looks after, of those that are switched on."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        on = [row.plan_id for row in await rx.duties.switches() if row.on and row.plan_id in service.registry.ids]
    return [plan for plan in map(service.registry.current, on) if who.reader.checks_duties(plan)]


async def summary(context: Context, who: Caller, plan: Plan) -> tuple[Message, tuple[File, ...]]:
    """Return how all bearers of a plan stand this quarter, with the picture that goes behind it."""
    service, now = tools_of(context).service, tools_of(context).clock.now()
    since = quarter_begins(now)
    async with service.store.reading() as rx:
        found = await overview(rx, plan, now, since)
    message = pages.summary(plan, found.counts(), found.silent(), len(found.titles), since, now)
    try:
        picture = await tools_of(context).errands.run(who.person.id, duties_picture, to_matrix(found, since))
    except TooBusy:  # the words say it too
        return message, ()
    caption = t.CAPTION_DUTIES.format(plan=plan.title, time=now.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"))
    return message, (drawn(picture, caption, f"duties:{plan.id}"),)


def _plan_of(press: ButtonPress) -> Plan | None:
    """Return the plan that a button names, if whoever pressed looks after its duties, in private."""
    service, plan_id = press.tools.service, str(press.arg("plan"))
    if plan_id not in service.registry.ids or not press.caller.private:
        return None
    plan = service.registry.current(plan_id)
    return plan if press.caller.reader.checks_duties(plan) else None


@button("duties_export", on="duties")
async def export(press: ButtonPress) -> str:
    """「导出表格」: this year's matrix, as a workbook in private."""
    plan, now = _plan_of(press), press.tools.clock.now()
    if plan is None:
        return popup_text("not_yours")
    async with press.tools.service.store.reading() as rx:
        found = await overview(rx, plan, now, year_begins(now))
    content = await press.tools.errands.run(press.caller.person.id, to_workbook, [found])
    local = now.astimezone(SHANGHAI)
    file = File(name=TABLE_FILE.format(plan=plan.title, day=local.strftime("%Y%m%d")), content=content)
    text = text_message("duties_exported", plan=plan.title, time=local.strftime("%Y-%m-%d %H:%M"))
    await show(press, text, "duties", files=(file,))
    return ""


@button("duties_check", on=("duties", "book"))
async def check(press: ButtonPress) -> str:
    """「核对」, 「看下一个」: what was handed in, the newest first, one after another."""
    plan = _plan_of(press)
    if plan is None:
        return popup_text("not_yours")
    return "" if await _show_next(press, plan) else popup_text("duties_checked_all")


async def _show_next(press: ButtonPress, plan: Plan) -> bool:
    """Show what was handed in before the one that a button stands under; return whether there is any."""
    service, now = press.tools.service, press.tools.clock.now()
    async with service.store.reading() as rx:
        found = await overview(rx, plan, now, year_begins(now))
    rows = sorted((row for row in found.rows if _to_look_at(row)), key=_order, reverse=True)
    row = next((row for row in rows if not press.arg("before") or _order(row) < str(press.arg("before"))), None)
    pair = await service.case(row.stream) if row is not None else None
    if row is None or pair is None or not isinstance(pair[1], DutyBook):
        return False
    instance = pair[1].of(f"{row.duty}|{row.period}")
    if instance is None:
        return False
    view = await service.case_view(*pair, press.caller.person.id)
    outgoing = OutgoingMessage(
        place_id=press.caller.place.id, message=pages.handed_in(view, instance, _order(row)), notice="duty_check",
        audience=to_person(press.caller.person.id), person_id=press.caller.person.id, stream=row.stream,
        jurisdiction=plan.jurisdiction.name, priority=1,
    )  # fmt: skip
    calls = sent_on(instance.evidence, press.caller.place.id, press.caller.person.id, row.stream, now)
    cause = f"{press.caller.cause}:shown"
    await service.say([outgoing], cause=cause, requester=press.caller.requester, calls=calls)
    return True


def _to_look_at(row: InstanceRow) -> bool:
    """Return whether there is something to look at: what is only ticked day by day is not handed in."""
    return bool(row.said) and (row.first != row.last or bool(row.evidence))


def _order(row: InstanceRow) -> str:
    """Return what sorts rows by the moment of what was said of them."""
    settled = row.settled_at or datetime.min.replace(tzinfo=SHANGHAI)
    return f"{settled.astimezone(SHANGHAI).isoformat()}|{row.stream}|{row.duty}|{row.period}"


@button("duty_return", on="duty")
async def send_back(press: ButtonPress) -> str:
    """「退回：…」: sent back, and the next one is shown."""
    command = ReturnDuty(key=press.arg("key"), reason=str(press.arg("reason")).partition("：")[2])
    popup = await press.run(command, done="duty_returned_now", last=True)
    plan = _plan_of(press)
    if popup == popup_text("duty_returned_now") and plan is not None:
        await _show_next(press, plan)
    return popup
