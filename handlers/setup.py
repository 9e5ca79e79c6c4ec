"""``/setup``: what is missing, and who can declare each level today."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update

from bot.cases.group_leads import group_leads
from bot.notifier.voice import is_telephone
from bot.office.administration import any_admin
from bot.office.identity import unconfirmed
from bot.office.plan_checks import unusable_plans
from bot.office.roster import unmatched, unmatched_names
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.serving import serving
from bot.render import Message
from bot.render.chat import text_message
from bot.render.inviting import group_link
from bot.render.rescue import unusable
from bot.render.setup import Setup, setup, test_call
from handlers.commands import answer_privately, command
from handlers.context import Context, caller, tools_of
from handlers.inviting import bound_plans
from handlers.replies import say
from plans.model import Plan
from storage.people import Channel
from storage.voice import REFUSED, UNDER_WAY

ROSTER_AHEAD = timedelta(days=60)
"""So far ahead names on the roster are looked at."""


@command("setup", help={"admin": 1}, menus={"admins": 6})
async def check(update: Update, context: Context) -> None:
    """``/setup``, for administrators, of each plan that is bound."""
    who = await caller(update, context)
    if who is None:
        return
    if not who.reader.administers_any:
        if await any_admin(tools_of(context).service):
            await answer_privately(context, who, "admin_only")
        else:  # a fresh installation: whoever set it up is told what his settings lack
            await answer_privately(context, who, "no_admins", id=who.person.telegram_id)
        return
    registry = tools_of(context).service.registry
    async with tools_of(context).service.store.reading() as rx:
        lost = await unusable_plans(rx, registry)
    lacking = [item for item in lost if who.admin or who.reader.administers(item.then)]
    texts = [unusable(lacking).text] if lacking else []
    here = [registry.current(item) for item in who.plans or await bound_plans(context)]
    plans = [plan.id for plan in who.reader.administered(here)]
    if who.plans and not plans:
        await answer_privately(context, who, "admin_only")
        return
    if not plans:
        add = text_message("add_group", link=group_link(tools_of(context).username)).text
        words = [*texts, text_message("setup_add", add=add).text]
        await say(context, who, Message("\n\n".join(words)), "setup", in_private=bool(texts) and who.neutral)
        return
    messages = [setup(registry.current(item), await _found(context, registry.current(item))) for item in plans]
    rows = test_call() if tools_of(context).telephone else ()
    message = Message("\n\n".join([*texts, *(item.text for item in messages)]), (), rows)
    await say(context, who, message, "setup", in_private=who.neutral)


def _confirmed(way: Channel) -> bool:
    return is_telephone(way.address) and way.proved_at is not None


async def _found(context: Context, plan: Plan) -> Setup:
    now = tools_of(context).clock.now()
    async with tools_of(context).service.store.reading() as rx:
        name = plan.jurisdiction.name
        holdings = [
            item
            for item in await rx.people.all_holdings(name)
            if item.ended_at is None and item.plan_id in (plan.id, ANY_PLAN)
        ]
        people = {item.person_id: await rx.people.get(item.person_id) for item in holdings}
        reachable = {key for key, person in people.items() if person and person.place_id and person.blocked_at is None}
        live = [item for item in holdings if item.person_id in reachable]
        places = [place for place in await rx.places.bound(name, plan.id, "command") if place.member]
        seat = await rx.people.seat(name, plan.id)
        members = {unit.id for unit in plan.units if unit.member}
        numbers = await rx.people.channels_among(reachable)
        calls = await rx.voice_calls.newest()
        also = {role: [other for other, value in plan.roles.items() if role in value.also] for role in plan.roles}
        return Setup(
            groups=len(places),
            can_pin=any(place.can_pin for place in places),
            duty=len({item.person_id for item in live if item.role == "duty"}),
            seat=seat.name if seat else "",
            roles={
                role: len({item.person_id for item in live if item.role in (role, *also[role])}) for role in plan.roles
            },
            bound=len({item.unit for item in live if item.role == "liaison"} & members),
            total=len(members),
            claims=len(await rx.people.claims(name)),
            now=now,
            telephone=tools_of(context).telephone,
            numbers=sum(any(_confirmed(way) for way in ways) for ways in numbers.values()),
            people=len(reachable),
            refused=sum(call.state == REFUSED for call in calls),
            unreported=sum(call.state in UNDER_WAY and call.until <= now for call in calls),
            leads=await group_leads(rx, plan),
            strangers=await unmatched_names(rx, plan, unmatched(await serving(rx, plan, now, now + ROSTER_AHEAD))),
            unconfirmed=tuple(await unconfirmed(rx, plan)),
        )
