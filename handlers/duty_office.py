"""Duties for the office: an administrator switches them on and off; who checks sees how all bearers stand."""

from __future__ import annotations

from bot.office.duties import bearers_now, keep_books_of, switch_duties
from bot.office.people import bound_plans
from bot.render import duty_office as pages
from bot.render.chat import popup_text, text_message
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.replies import say
from plans.model import Plan

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
    return text_message(done.key, **done.values).text
