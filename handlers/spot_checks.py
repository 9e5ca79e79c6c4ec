"""Spot checks (抽查): ``/spotcheck`` shows the rules and what came of the last ones; a button holds one now."""

from __future__ import annotations

from telegram import Update

from bot.office.desk import desks_read
from bot.office.spot_checks import call_spot_check, spot_checks_of
from bot.render import spot_checks as pages
from bot.render.chat import popup_text, text_message
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Context, caller, tools_of
from handlers.replies import say
from plans.desk.spot_check_state import SpotCheck
from plans.desk.spot_checks import AnswerSpotCheck
from plans.model import Plan
from plans.roster.duty import KINDS

MOST = 5
"""Checks that are shown."""


def _called(plan: Plan, word: str) -> str:
    return plan.roles[word].title if word in plan.roles else word


@command("spotcheck", help={"duty": 30, "leader": 30, "admin": 30})
async def show_spot_checks(update: Update, context: Context) -> None:
    """``/spotcheck``: for duty officers, the plan's roles and administrators; in private."""
    who = await caller(update, context)
    if who is None:
        return
    tools = tools_of(context)
    plans = desks_read(tools.service, who.reader, None if who.private else who.plans)
    if not plans:
        await answer_privately(context, who, "spotcheck_not_read")
        return
    rules, now = tools.service.policy.spot_checks, tools.clock.now()
    async with tools.service.store.reading() as rx:
        checks = await spot_checks_of(rx, plans, MOST)
    whom = [word if word in KINDS else _called(plans[0], word) for word in rules.whom]
    message = pages.overview(checks, rules, whom, plans[0].id, now)
    if not await say(context, who, message, "spotchecks", in_private=True):
        await say(context, who, text_message("see_private"), "spotchecks")


@button("spotcheck_call", on="spot")
async def call(press: ButtonPress) -> str:
    """「现在抽查」: whoever is named by the rules is asked at once; the table comes when the time is over."""
    service, who = press.tools.service, press.caller
    plan_id = str(press.arg("plan"))
    if plan_id not in service.registry.ids:
        return popup_text("button_stale")
    plan = service.registry.current(plan_id)
    if not who.reader.works_on(plan.jurisdiction.name, plan):
        return popup_text("not_yours")
    result = await call_spot_check(service, plan, cause=who.cause, requester=who.requester)
    if result.refusal is None and not result.repeated:
        await press.strip()
    return press.shown(result, "spotcheck_called")


@button("spotcheck_here", on="on_duty", who=Who.ANYBODY)
async def here(press: ButtonPress) -> str:
    """「我在岗」."""
    problem = await press.run(AnswerSpotCheck())
    if problem:
        return problem
    pair = await press.tools.service.case(press.stream)
    state = pair[1] if pair is not None else None
    item = state.asked.get(press.caller.person.id) if isinstance(state, SpotCheck) else None
    late = isinstance(state, SpotCheck) and item is not None and state.late(item)
    return popup_text("spotcheck_late" if late else "spotcheck_there")
