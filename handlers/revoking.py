"""``/invite 撤销``, ``/invite 名单``, ``/invite 解除``, ``/invite 检查``: taking back, and what is missing."""

from __future__ import annotations

from telegram import Update

from bot.cases.names import marked_name
from bot.office.administration import held_by
from bot.office.people import bound_plans, missing
from bot.office.revoking import revoke_invitation, revoke_role, role_in_general, role_values
from bot.office.swap_rounds import tell_fallen
from bot.render import Message
from bot.render.chat import text_message
from bot.render.people import check
from bot.render.revoking import HeldRole, OpenInvitation, holders, invitations, sure
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.replies import act_text, say, show
from handlers.which_incident import words
from storage.transaction import Reading

WITHDRAW, LIST, RELEASE, CHECK = "撤销", "名单", "解除", "检查"
WAYS = frozenset({WITHDRAW, LIST, RELEASE, CHECK})


async def look(update: Update, context: Context, who: Caller) -> None:
    """Show what can be taken back, or what is missing, to an administrator."""
    if not who.reader.administers_any:
        await answer_privately(context, who, "admin_only")
        return
    way, *rest = words(update)
    async with tools_of(context).service.store.reading() as rx:
        if way == CHECK:
            message = await _checked(rx, context, who)
        elif way == WITHDRAW:
            message = invitations(await _invited(rx, context, who, rest), tools_of(context).clock.now())
        else:
            matching = await _held(rx, context, who, rest)
            message = sure(matching[0]) if way == RELEASE and rest and len(matching) == 1 else holders(matching)
    if not await say(context, who, message, "people", in_private=True):
        await say(context, who, text_message("start_first"), "people")


async def _places(rx: Reading, context: Context, who: Caller) -> list[str]:
    """Return the jurisdictions that a person administers."""
    if who.admin:
        own = [plan.jurisdiction.name for plan in await bound_plans(rx, tools_of(context).service)]
    else:
        own = [item.jurisdiction for item in who.holdings if item.role == "admin"]
    return list(dict.fromkeys(own))


async def _invited(rx: Reading, context: Context, who: Caller, wanted: list[str]) -> list[OpenInvitation]:
    registry, invited = tools_of(context).service.registry, []
    for place in await _places(rx, context, who):
        for item in await rx.people.invitations(place):
            installed = item.plan_id in registry.ids
            role = (
                held_by(registry.current(item.plan_id), item.role, item.unit)["role"]
                if installed
                else role_in_general(item.role, item.unit)
            )
            if all(word in f"{role} {item.name}" for word in wanted):
                invited.append(
                    OpenInvitation(
                        digest=item.digest, jurisdiction=place, role=role, made_at=item.created_at,
                        expires_at=item.expires_at, name=item.name,
                    )
                )  # fmt: skip
    return invited


async def _held(rx: Reading, context: Context, who: Caller, wanted: list[str]) -> list[HeldRole]:
    service, roles = tools_of(context).service, []
    for place in await _places(rx, context, who):
        people = {person.id: person for person in await rx.people.everybody(place)}
        for item in await rx.people.all_holdings(place):
            person = people.get(item.person_id)
            name, values = marked_name(person) if person is not None else "", role_values(service, item)
            if all(word in f"{name} {values['role']} {values['plan']}" for word in wanted):
                roles.append(HeldRole(id=item.id, name=name, role=values["role"], plan=values["plan"]))
    return roles


async def _checked(rx: Reading, context: Context, who: Caller) -> Message:
    service, places = tools_of(context).service, await _places(rx, context, who)
    plans = [plan for plan in await bound_plans(rx, service) if plan.jurisdiction.name in places]
    if not plans:
        return text_message("setup_none")
    now = tools_of(context).clock.now()
    return Message("\n\n".join([check(plan.title, await missing(rx, plan, now)) for plan in plans]))


@button("uninvite", on="people")
async def withdraw(press: ButtonPress) -> str:
    """撤销."""
    done = await revoke_invitation(
        press.tools.service, press.caller.person, str(press.arg("jurisdiction")), str(press.arg("digest")),
        cause=f"{press.caller.cause}:uninvite", requester=press.caller.requester,
    )  # fmt: skip
    return act_text(done)


@button("revoke", on="people")
async def ask(press: ButtonPress) -> str:
    """解除: asked once more."""
    if not press.caller.reader.administers_any:
        return text_message("admin_only").text
    async with press.tools.service.store.reading() as rx:
        item = await rx.people.holding(str(press.arg("id")))
        person = await rx.people.get(item.person_id) if item is not None else None
    if item is None or not press.caller.reader.administers(item.jurisdiction):
        return text_message("revoke_gone").text
    values = role_values(press.tools.service, item)
    role = HeldRole(id=item.id, name=marked_name(person) if person else "", role=values["role"], plan=values["plan"])
    await show(press, sure(role), "people")
    return ""


@button("revoke_now", on="people")
async def release(press: ButtonPress) -> str:
    """确认解除."""
    done = await revoke_role(
        press.tools.service, press.caller.person, str(press.arg("id")), cause=f"{press.caller.cause}:revoke",
        requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    await press.strip()
    await tell_fallen(press.tools.service)  # shifts of others that he served
    return act_text(done)
