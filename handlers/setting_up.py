"""Binding, inviting, registering, checking: from an empty installation to a group that works."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.error import TelegramError

from bot.render.admin import Setup, admin_message, me, setup, welcome
from bot.service.addressing import ANY_PLAN
from bot.service.people import OWN_ROLES, Done, Kind, People, role_name
from handlers.buttons import Pressed
from handlers.desk import Caller, Context, caller, desk
from handlers.finding import words
from handlers.parsing import role as plan_role
from handlers.parsing import unit as plan_unit
from handlers.showing import say
from plans.model import Plan
from storage.places import Place

_KINDS: dict[str, Kind] = {
    "指挥群": "command",
    "成员群": "members",
    "学校群": "school",
    "command": "command",
    "members": "members",
    "school": "school",
}


async def start(update: Update, context: Context) -> None:
    """``/start``: greets, or takes the invitation in the link."""
    who = await caller(update, context)
    if who is None:
        return
    args = words(update)
    if args and who.private:
        done = await People(desk(context).service).accept(
            who.person, args[0], cause=f"{who.cause}:accept", asker=who.asker
        )
        await _answer(context, who, done)
        return
    await say(context, who, welcome(_titles(context, who)), "welcome")


def _titles(context: Context, who: Caller) -> list[str]:
    shelf = desk(context).service.shelf
    found = [(role_name(shelf.current(item.plan_id), item.role) if item.plan_id in shelf.ids else OWN_ROLES.get(item.role, item.role))
             + (item.unit or "") for item in who.holdings]  # fmt: skip
    return list(dict.fromkeys([*found, *(["管理员"] if who.admin else [])]))


async def _answer(context: Context, who: Caller, done: Done | None, *, private: bool = False) -> None:
    if done is None:
        return
    message = admin_message(done.key, **done.values)
    if not await say(context, who, message, done.key, in_private=private or not done.ok):
        await say(context, who, admin_message("admin_only") if not done.ok else message, done.key)


async def bind(update: Update, context: Context) -> None:
    """``/bind PLAN [KIND]``; without arguments it lists the plans."""
    who = await caller(update, context)
    if who is None:
        return
    args, shelf = words(update), desk(context).service.shelf
    kind: Kind = next((_KINDS[word] for word in args if word in _KINDS), "command")
    plans = [word for word in args if word not in _KINDS]
    if not plans:
        shown = "\n".join(f"· {plan_id} {shelf.current(plan_id).title}" for plan_id in shelf.ids)
        await say(context, who, admin_message("bind_how", plans=shown, example=shelf.ids[0]), "usage")
        return
    plan_id = next((item for item in shelf.ids if plans[0] in (item, shelf.current(item).title)), plans[0])
    done = await People(desk(context).service).bind(
        who.person, who.place, plan_id, kind, cause=f"{who.cause}:bind", asker=who.asker
    )
    await _answer(context, who, done)
    if done is not None and done.ok:
        await note_rights(context, who)


async def note_rights(context: Context, who: Caller) -> None:
    """Ask Telegram what the bot may do in this group, and remember it."""
    tools = desk(context)
    try:
        member = await tools.courier.call("getChatMember", {"chat_id": who.place.chat_id, "user_id": context.bot.id})
    except TelegramError:
        return
    async with tools.service.store.writing() as tx:
        place = await tx.places.get(who.place.id)
        if place is not None and isinstance(member, dict):
            await tx.places.save(_with_rights(place, member))


def _with_rights(place: Place, member: dict[str, Any]) -> Place:
    return replace(place, can_pin=member.get("status") == "creator" or bool(member.get("can_pin_messages")))


async def unbind(update: Update, context: Context) -> None:
    """``/unbind PLAN``."""
    who = await caller(update, context)
    if who is None:
        return
    args = words(update)
    plan_id = args[0] if args else (who.plans[0] if len(who.plans) == 1 else "")
    done = await People(desk(context).service).unbind(
        who.person, who.place, plan_id, cause=f"{who.cause}:unbind", asker=who.asker
    )
    await _answer(context, who, done)


async def _role_and_unit(
    context: Context, who: Caller, args: list[str], how: str
) -> tuple[Plan, str, str | None] | None:
    """Read 职务 [单位] [预案] from a command; answer what was expected when it cannot be read."""
    shelf = desk(context).service.shelf
    named = [word for word in args if word in shelf.ids]
    plans = named or list(who.plans) or sorted({item.plan_id for item in who.holdings if item.plan_id in shelf.ids})
    if not plans and who.admin:
        plans = await _bound_plans(context)
    if len(plans) != 1:
        await say(
            context, who, admin_message("invite_plan", plans="、".join(plans or shelf.ids)), "usage", in_private=True
        )
        return None
    plan = shelf.current(plans[0])
    rest = [word for word in args if word not in named]
    own = {name: key for key, name in OWN_ROLES.items()}
    role = (
        (own.get(rest[0]) or (rest[0] if rest[0] in OWN_ROLES else None) or plan_role(rest[0], plan)) if rest else None
    )
    if role is None:
        roles = "、".join([*own, *(item.title for item in plan.roles.values())])
        await say(context, who, admin_message(how, roles=roles, plan=plan.title), "usage", in_private=True)
        return None
    unit = plan_unit(rest[1], plan) if len(rest) > 1 else None
    if (role in ("liaison", "reporter") and len(rest) > 1 and unit is None) or (role == "liaison" and unit is None):
        units = "、".join(item.id for item in plan.units if item.member)
        given = rest[1] if len(rest) > 1 else ""
        await say(context, who, admin_message("invite_unit", given=given[:40], units=units), "usage", in_private=True)
        return None
    return plan, role, unit


async def _bound_plans(context: Context) -> list[str]:
    async with desk(context).service.store.reading() as rx:
        places = await rx.places.bound()
        return list(dict.fromkeys([plan for place in places for plan in await rx.places.plans_of(place.id)]))


async def invite(update: Update, context: Context) -> None:
    """``/invite ROLE [UNIT] [PLAN]``: the link goes to the administrator in private."""
    who = await caller(update, context)
    if who is None:
        return
    wanted = await _role_and_unit(context, who, words(update), "invite_how")
    if wanted is None:
        return
    plan, role, unit = wanted
    tools = desk(context)
    done = await People(tools.service).invite(
        who.person, plan, role, unit, tools.username, cause=f"{who.cause}:invite", asker=who.asker
    )
    await _answer(context, who, done, private=True)


async def join(update: Update, context: Context) -> None:
    """``/join ROLE [UNIT]``: claim, then an administrator approves."""
    who = await caller(update, context)
    if who is None:
        return
    if not who.plans and not who.holdings and not who.admin and len(plans := await _bound_plans(context)) == 1:
        who = replace(who, plans=tuple(plans))
    wanted = await _role_and_unit(context, who, words(update), "join_how")
    if wanted is None:
        return
    plan, role, unit = wanted
    done = await People(desk(context).service).claim(
        who.person, plan, role, unit, cause=f"{who.cause}:claim", asker=who.asker
    )
    await _answer(context, who, done)


async def claim(press: Pressed) -> str:
    """批准 or 不批准."""
    done = await People(press.tools.service).decide_claim(
        press.caller.person,
        press.arg("id"),
        bool(press.arg("approved")),
        cause=f"{press.caller.cause}:claim",
        asker=press.caller.asker,
    )
    return "" if done is None else admin_message(done.key, **done.values).text


async def show_me(update: Update, context: Context) -> None:
    """``/me``."""
    who = await caller(update, context)
    if who is None:
        return
    shelf = desk(context).service.shelf
    lines = [
        (role_name(shelf.current(item.plan_id), item.role), item.unit or "", shelf.current(item.plan_id).title)
        if item.plan_id in shelf.ids
        else (OWN_ROLES.get(item.role, item.role), "", item.jurisdiction)
        for item in who.holdings
    ]
    if who.admin:
        lines.append((OWN_ROLES["admin"], "", "设置"))
    await say(context, who, me(lines), "me", in_private=True)


async def check(update: Update, context: Context) -> None:
    """``/setup``: what is missing, and who can declare each level today."""
    who = await caller(update, context)
    if who is None:
        return
    tools = desk(context)
    plans = list(who.plans) or await _bound_plans(context)
    if not (who.admin or who.holds("admin")):
        await say(context, who, admin_message("admin_only"), "setup", in_private=True)
        return
    if not plans:
        await say(context, who, admin_message("setup_none"), "setup")
        return
    plan = tools.service.shelf.current(plans[0])
    await say(context, who, setup(plan, await _found(context, plan)), "setup")


async def _found(context: Context, plan: Plan) -> Setup:
    async with desk(context).service.store.reading() as rx:
        name = plan.jurisdiction.name
        holdings = [
            item
            for item in await rx.people.all_holdings(name)
            if item.ended_at is None and item.plan_id in (plan.id, ANY_PLAN)
        ]
        people = {item.person_id: await rx.people.get(item.person_id) for item in holdings}
        reachable = {key for key, person in people.items() if person and person.place_id and person.blocked_at is None}
        live = [item for item in holdings if item.person_id in reachable]
        places = await rx.places.bound(name, plan.id, "command")
        seat = await rx.people.seat(name, plan.id)
        members = {unit.id for unit in plan.units if unit.member}
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
        )
