"""``/lead``: an administrator names who leads the work groups for which the plan names nobody."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.office.group_leads import name_group_lead
from bot.office.people import bound_plans
from bot.render.group_leads import asked_of
from bot.texts.group_leads import NOBODY
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.inviting import reply
from handlers.parsing import unit
from handlers.which_incident import words
from plans.group_leads import group_named, without_lead
from plans.model import Plan


@command("lead")
async def lead(update: Update, context: Context) -> None:
    """``/lead [预案] 工作组 单位或职务``; 无 takes it back; without words, which groups are asked for."""
    who = await caller(update, context)
    if who is None:
        return
    if not who.reader.administers_any:
        await answer_privately(context, who, "admin_only")
        return
    service = tools_of(context).service
    async with service.store.reading() as rx:
        plans = [plan for plan in who.reader.administered(await bound_plans(rx, service)) if without_lead(plan)]
    if not plans:
        await answer_privately(context, who, "lead_nothing_asked")
        return
    plans, args = _plan_said(plans, words(update))
    if len(args) < 2:
        await _usage(context, who, plans)
        return
    having = [plan for plan in plans if group_named(plan, args[0]) is not None]
    if len(having) > 1:
        forms = "\n".join(f"/lead {plan.id} {' '.join(args)}" for plan in having)
        await answer_privately(context, who, "lead_which_plan", plans=forms)
        return
    plan, said = (having or plans)[0], " ".join(args[1:])
    named = "" if said in NOBODY else unit(said, plan) or said
    await name_group_lead(
        service, who.person, plan, args[0], named, cause=f"{who.cause}:lead", requester=who.requester, reply=reply(who)
    )


def _plan_said(plans: Sequence[Plan], args: list[str]) -> tuple[list[Plan], list[str]]:
    """Return the plans that may be meant, and the words behind the plan that was named."""
    if not args:
        return list(plans), args
    named = [plan for plan in plans if args[0] in (plan.id, plan.title)]
    return (named, args[1:]) if named else (list(plans), args)


async def _usage(context: Context, who: Caller, plans: Sequence[Plan]) -> None:
    first = plans[0]
    example = first.office_unit or first.office
    await answer_privately(
        context, who, "lead_how", group=without_lead(first)[0].name, example=example, groups=asked_of(plans)
    )
