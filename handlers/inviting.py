"""``/start /invite /join /me``: invitations, claims of a role, one's own roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telegram import Update

from bot.office.accepting import accept, decline
from bot.office.administration import AdminResult, Reply
from bot.office.claims import claim as make_claim
from bot.office.claims import decide
from bot.office.identity import who_of
from bot.office.inviting import ASKED, invite_all
from bot.office.inviting import invite as make_invitation
from bot.office.revoking import role_values
from bot.outgoing.messages import File, OutgoingMessage
from bot.render.binding import bindable
from bot.render.chat import text_message
from bot.render.identity import mine_line
from bot.render.inviting import group_link, me, welcome
from bot.render.times import full
from bot.sealed import MADE, OPENED
from bot.service.placing import give_way
from bot.texts.identity import FAULTS
from bot.texts.inviting import QR_CAPTION, QR_FILE, SHEET, SHEET_FILE, SHEET_LINE
from bot.texts.people import OWN_ROLES
from handlers import revoking
from handlers.buttons import ButtonPress, button
from handlers.commands import command
from handlers.context import Caller, Context, caller, tools_of
from handlers.menus import keyboard
from handlers.parsing import role as plan_role
from handlers.parsing import unit as plan_unit
from handlers.replies import act_text, letter_to, say
from handlers.which_incident import words
from plans.areas import Body
from plans.identity import NotSaid, read_who
from plans.model import Plan

ALL, WHOLE, NAME = "全部", "全区", "姓名"
NO_OFFICE = "未写明单位"
"""Stands for an office that the administrator did not write, and that follows of nothing."""
HEADS = frozenset({"负责人", "校长", "园长", "院长"})
"""What people call the head of a unit, beside the word of the list of roles."""


@command("start")
async def start(update: Update, context: Context) -> None:
    """``/start``: greets, or takes the invitation in the link; in a new group it offers the plans to bind."""
    who = await caller(update, context)
    if who is None:
        return
    args, tools = words(update), tools_of(context)
    if not who.private:
        if who.place.kind == "none":
            offered = bindable(offered_plans(context, who), "command", who.place.kind, who.plans)
            await say(context, who, offered, "bind_how")
        return
    if args:
        await give_way(tools.service, who.place.id, who.person.id)
        await accept(
            tools.service, who.person, args[0], cause=f"{who.cause}:accept", requester=who.requester,
            reply=reply(who, private=True, greets=True),
        )  # fmt: skip
        return
    first = who.admin and not await bound_plans(context)
    link = group_link(tools.username) if first else ""
    await say(context, who, welcome(_titles(context, who), link), "welcome", keys=keyboard(duty=who.holds("duty")))


def offered_plans(context: Context, who: Caller) -> list[Plan]:
    """Return the plans that somebody may bind a group to: of his own districts, where he administers some alone."""
    registry = tools_of(context).service.registry
    plans = [registry.current(name) for name in registry.ids]
    return who.reader.administered(plans) or plans


def _titles(context: Context, who: Caller) -> list[str]:
    titles = []
    for item in who.holdings:
        titles.append(role_values(tools_of(context).service, item)["role"])
    return list(dict.fromkeys([*titles, *([OWN_ROLES["admin"]] if who.admin else [])]))


def reply(who: Caller, *, private: bool = False, greets: bool = False) -> Reply:
    """Return how somebody is told what his administrative act came to; a refusal in private, or in one neutral line.

    Args:
        greets: the keyboard is shown from now on, with the keys of the role that he has just got.
    """

    def messages(done: AdminResult) -> list[OutgoingMessage]:
        if done.key == ASKED:
            return []
        message = text_message(done.key, **{key: value for key, value in done.values.items() if key != "links"})
        duty = who.holds("duty") or done.values.get("role") == OWN_ROLES["duty"]
        keys = keyboard(duty=duty) if greets else ()
        neutral = text_message("admin_only") if not done.ok else text_message("start_first")
        outgoing = letter_to(who, message, done.key, in_private=private or not done.ok, keys=keys)
        if outgoing is not None:
            outgoing = replace(outgoing, files=_enclosed(done), secrets=done.secrets)
        outgoing = outgoing or letter_to(who, neutral, done.key)
        return [outgoing] if outgoing is not None else []

    return messages


def _enclosed(done: AdminResult) -> tuple[File, ...]:
    """Return the picture of one link, or the sheet of many: they go where the link goes, to the administrator alone."""
    if done.key in ("invited", "invited_named"):
        caption = QR_CAPTION.format(role=done.values["role"])
        return (File(name=QR_FILE, made={MADE: "qr", "link": done.values["link"]}, kind="photo", caption=caption),)
    if done.key in ("invited_all", "invited_bodies", "invited_bodies_more"):
        until: datetime = done.values["until"]
        lines = [
            [unit, SHEET_LINE.format(role=done.values["role"], until=full(until)), link]
            for unit, link in done.values["links"]
        ]
        day = until.replace(hour=0, minute=0, second=0, microsecond=0)
        what = {MADE: "sheet", "title": SHEET.format(plan=done.values["plan"]), "lines": lines, "at": day.isoformat()}
        return (File(name=SHEET_FILE, made=what),)
    return ()


async def _wanted(
    context: Context, who: Caller, args: list[str], how: str, *, own: bool = False
) -> tuple[Plan, str, str | None] | None:
    """Read 职务 [单位] [预案] from a command; answer what was expected when it cannot be read.

    Args:
        own: a plan that is not named is one of his own districts.
    """
    registry = tools_of(context).service.registry
    plan_ids = [word for word in args if word in registry.ids]
    plans = plan_ids or list(who.plans)
    plans = plans or sorted({item.plan_id for item in who.holdings if item.plan_id in registry.ids})
    plans = plans or await (own_plans(context, who) if own else bound_plans(context))
    if len(plans) != 1:
        several = plans or [plan.id for plan in offered_plans(context, who)]
        await _tell(context, who, "plan_missing", plans="、".join(several))
        return None
    plan, rest = registry.current(plans[0]), [word for word in args if word not in plan_ids]
    role = _role(rest[0], plan) if rest else None
    if role is None:
        roles = "、".join([*OWN_ROLES.values(), *(item.title for item in plan.roles.values())])
        await _tell(context, who, how, roles=roles, plan=plan.title)
        return None
    unit_words = " ".join(rest[1:])
    unit = plan_unit(unit_words, plan) if unit_words else None
    if unit_words and unit is None:
        unit, several = await _listed(context, plan, unit_words)
        if several:
            await _tell(context, who, "body_several", given=unit_words[:40], bodies="、".join(several))
            return None
    if (unit_words and unit is None) or (role in ("liaison", "head") and unit is None):
        units = "、".join(item.id for item in plan.units if item.member)
        await _tell(context, who, "unit_unknown" if unit_words else "unit_missing", given=unit_words[:40], units=units)
        return None
    return plan, role, unit


async def own_plans(context: Context, who: Caller) -> list[str]:
    """Return the plans in force of the districts that somebody administers."""
    registry = tools_of(context).service.registry
    return [plan.id for plan in who.reader.administered(map(registry.current, await bound_plans(context)))]


async def _listed(context: Context, plan: Plan, words: str) -> tuple[str | None, list[str]]:
    """Return the listed body that has a name; where several have it, what tells them apart."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        listed = await service.bodies.of(rx, plan.jurisdiction.name)
    bodies = listed.called(words)
    return (bodies[0].id, []) if len(bodies) == 1 else (None, [listed.full_name(body.id) for body in bodies])


async def _tell(context: Context, who: Caller, key: str, **values: str) -> None:
    if not await say(context, who, text_message(key, **values), "usage", in_private=True):
        await say(context, who, text_message("start_first"), "usage")


def _role(word: str, plan: Plan) -> str | None:
    own = {name: key for key, name in OWN_ROLES.items()}
    return (
        own.get(word) or ("head" if word in HEADS else None) or (word if word in OWN_ROLES else plan_role(word, plan))
    )


async def bound_plans(context: Context) -> list[str]:
    """Return the installed plans that any group is bound to."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        return list(dict.fromkeys(plan for _, plan, _ in await rx.places.bindings() if plan in service.registry.ids))


@command("invite", help={"admin": 3}, menus={"admins": 5})
async def invite(update: Update, context: Context) -> None:
    """``/invite ROLE [UNIT] [PLAN]``, ``/invite 全部 [KIND [AREA]]``: the link goes to the administrator in private."""
    who = await caller(update, context)
    if who is not None and words(update)[:1] and words(update)[0] in revoking.WAYS:
        await revoking.look(update, context, who)
        return
    if who is not None and not who.reader.administers_any:
        await _tell(context, who, "admin_only")
        return
    if who is not None and words(update)[:1] == [ALL]:
        await _invite_all(update, context, who)
        return
    if who is None:
        return
    args, named = _named(words(update))
    wanted = await _wanted(context, who, args, "invite_how", own=True)
    if wanted is None:
        return
    meant = None
    if named is not None:
        plan, _, unit = wanted
        try:
            meant = read_who(named, plan.jurisdiction.area_code, office=unit or plan.office_unit or NO_OFFICE)
        except NotSaid as problem:
            await _tell(context, who, "invite_name", fault=FAULTS[problem.fault])
            return
        meant = meant.keeping("")._replace(office="" if meant.office == NO_OFFICE else meant.office)
    tools = tools_of(context)
    await make_invitation(
        tools.service, who.person, *wanted, tools.username, meant, cause=f"{who.cause}:invite", requester=who.requester,
        reply=reply(who, private=True),
    )  # fmt: skip


def _named(args: list[str]) -> tuple[list[str], str | None]:
    """Return the words of an invitation without the name of whom it is for, and that name: …姓名 赵敏 区教育局.

    The name is None where none is spoken of, and empty where 姓名 is all that was written.
    """
    at = next((number for number, word in enumerate(args) if word.startswith(NAME)), None)
    if at is None:
        return args, None
    return args[:at], " ".join([args[at][len(NAME) :].lstrip(":："), *args[at + 1 :]]).strip()


async def _invite_all(update: Update, context: Context, who: Caller) -> None:
    tools = tools_of(context)
    named = [word for word in words(update)[1:] if word in tools.service.registry.ids]
    plans = named or list(who.plans) or await own_plans(context, who)
    if len(plans) != 1:
        several = plans or [plan.id for plan in offered_plans(context, who)]
        await _tell(context, who, "plan_missing", plans="、".join(several))
        return
    plan = tools.service.registry.current(plans[0])
    asked = [word for word in words(update)[1:] if word != plan.id]
    bodies: list[Body] | None = None
    if asked:  # /invite 全部 学校 城关镇、河口乡
        async with tools.service.store.reading() as rx:
            found = await tools.service.bodies.in_areas(rx, plan, " ".join(asked[1:]) or WHOLE, asked[0])
            listed = await tools.service.bodies.of(rx, plan.jurisdiction.name)
        if not listed.bodies:
            await _tell(context, who, "invite_no_bodies")
            return
        if found.areas.unknown or not found.bodies:
            unknown = "、".join(found.areas.unknown) or asked[0]
            await _tell(context, who, "bodies_unknown", given=unknown[:40])
            return
        bodies = list(found.bodies)
    await invite_all(
        tools.service, who.person, plan, tools.username, bodies=bodies,
        cause=f"{who.cause}:invite", requester=who.requester, reply=reply(who, private=True),
    )  # fmt: skip


@command("join", help={"stranger": 3, "reporter": 5})
async def join(update: Update, context: Context) -> None:
    """``/join ROLE [UNIT]``: claim, then an administrator approves."""
    who = await caller(update, context)
    wanted = await _wanted(context, who, words(update), "join_how") if who is not None else None
    if who is None or wanted is None:
        return
    if who.private:
        await give_way(tools_of(context).service, who.place.id, who.person.id)
    await make_claim(
        tools_of(context).service, who.person, *wanted, cause=f"{who.cause}:claim", requester=who.requester,
        reply=reply(who, private=True),
    )  # fmt: skip


@button("invited_me", on="people")
async def it_is_me(press: ButtonPress) -> str:
    """「是我」 under an invitation that names somebody."""
    caller = press.caller
    await give_way(press.tools.service, caller.place.id, caller.person.id)
    seen = (str(press.arg("name")), str(press.arg("office")))
    await accept(
        press.tools.service, caller.person, f"{OPENED}{press.arg('digest')}", cause=f"{caller.cause}:accept",
        requester=caller.requester, reply=reply(caller, private=True, greets=True), seen=seen,
    )  # fmt: skip
    await press.strip()
    return ""


@button("invited_not_me", on="people")
async def it_is_not_me(press: ButtonPress) -> str:
    """「不是我」 under an invitation that names somebody."""
    done = await decline(
        press.tools.service, press.caller.person, str(press.arg("digest")), cause=f"{press.caller.cause}:decline",
        requester=press.caller.requester,
    )  # fmt: skip
    await press.strip()
    return text_message(done.key).text if done is not None else ""


@button("claim", on="claim")
async def claim(press: ButtonPress) -> str:
    """批准 or 不批准."""
    done = await decide(
        press.tools.service, press.caller.person, press.arg("id"), bool(press.arg("approved")),
        cause=f"{press.caller.cause}:claim", requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    if not press.arg("several", False):  # where others are asked about too, their buttons stay
        await press.strip()
    return act_text(done)


@command("me", help={"stranger": 4, "reporter": 6}, menus={"private": 5})
async def show_me(update: Update, context: Context) -> None:
    """``/me``."""
    who = await caller(update, context)
    if who is None:
        return
    values_of_roles = [role_values(tools_of(context).service, item) for item in who.holdings]
    lines = [(values["role"], values["plan"]) for values in values_of_roles]
    if who.admin:
        lines.append((OWN_ROLES["admin"], text_message("by_settings").text))
    known = who_of(who.person)
    name = mine_line(known if known.name else None, who.person.name) if lines else ""
    if not await say(context, who, me(lines, who.person.telegram_id, name), "me", in_private=True):
        await say(context, who, text_message("start_first"), "me")
