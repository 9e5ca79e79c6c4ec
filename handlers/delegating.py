"""``/delegate``: lending a role for a time (代行), answering that, taking it back."""

from __future__ import annotations

from datetime import datetime

from telegram import Update

from bot.clock import SHANGHAI
from bot.office import delegating
from bot.office.administration import AdminResult, Reply
from bot.office.revoking import role_values
from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from bot.render.delegating import Loan, loans, result_message
from handlers.buttons import ButtonPress, button
from handlers.commands import command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import letter_to, say
from handlers.which_incident import words
from plans.times.moments import moment_ahead
from storage.people import Holding, Person, is_confirmed, of_name, shown_name

BACK = "收回"
UNTIL = frozenset({"到", "至"})


@command("delegate", help={"leader": 6})
async def delegate(update: Update, context: Context) -> None:
    """``/delegate ROLE PERSON 到 MOMENT``, or ``/delegate 收回``."""
    who = await caller(update, context)
    if who is None:
        return
    args, mine = words(update), _own(context, who)
    if args[:1] == [BACK]:
        await _show_lent(context, who)
    elif not mine:
        await _tell(context, who, "nothing_to_lend")
    elif len(args) < 3:
        await _tell(context, who, "how", roles="、".join(dict.fromkeys(mine.values())))
    else:
        await _ask(context, who, args, mine)


def _own(context: Context, who: Caller) -> dict[Holding, str]:
    """Return the roles that somebody holds in his own right, with their titles."""
    service = tools_of(context).service
    own = [item for item in who.holdings if item.until is None and item.role not in ("reporter", "admin")]
    return {item: role_values(service, item)["role"] for item in own}


async def _ask(context: Context, who: Caller, args: list[str], mine: dict[Holding, str]) -> None:
    role, rest = args[0], args[1:]
    wanted = [item for item, title in mine.items() if role in (title, item.role, item.unit)]
    if not wanted:
        await _tell(context, who, "how", roles="、".join(dict.fromkeys(mine.values())))
        return
    place = next((number for number, word in enumerate(rest) if word in UNTIL or word[:1] in UNTIL), None)
    name, said_until = (rest[:place], rest[place:]) if place is not None else (rest[:1], rest[1:])
    text = " ".join(said_until).lstrip("到至").strip()
    now = tools_of(context).clock.now()
    until = moment_ahead(text, now.astimezone(SHANGHAI))
    if until is None or until - now > delegating.LONGEST:
        await _tell(context, who, "no_time", given=text, days=delegating.LONGEST.days)
        return
    other = await _person_called(context, who, " ".join(name))
    if other is None:
        return
    for item in wanted:
        await delegating.ask(
            tools_of(context).service,
            who.person,
            item.id,
            other,
            until,
            cause=f"{who.cause}:{item.id}",
            requester=who.requester,
            reply=_reply(who, now),
        )


def _reply(who: Caller, now: datetime) -> Reply:
    def messages(done: AdminResult) -> list[OutgoingMessage]:
        outgoing = letter_to(who, result_message(done.key, done.values, now), "delegation", in_private=True)
        return [outgoing] if outgoing is not None else []

    return messages


async def _person_called(context: Context, who: Caller, name: str) -> Person | None:
    """Return the one who is called so among those who hold anything in the same places; else say whom there is."""
    async with tools_of(context).service.store.reading() as rx:
        people = {one.id: one for place in _offices(who) for one in await rx.people.everybody(place)}
    others = [one for one in people.values() if one.id != who.person.id]
    matching = of_name(others, name)
    if name.startswith("@"):
        matching = [one for one in others if name == f"@{one.username}"]
    if len(matching) == 1:
        return matching[0]
    names = "、".join(sorted(_called(one) for one in others if one.place_id is not None))
    await _tell(context, who, "several" if matching else "nobody", given=name, names=names)
    return None


def _called(person: Person) -> str:
    """Return how somebody is written: who is not confirmed has an account and no name."""
    return shown_name(person) if is_confirmed(person) or not person.username else f"@{person.username}"


def _offices(who: Caller) -> list[str]:
    """Return where somebody holds more than a reporter does: nobody reads names of another place."""
    return list(dict.fromkeys(item.jurisdiction for item in who.holdings if item.role != "reporter"))


async def _show_lent(context: Context, who: Caller) -> None:
    tools, own = tools_of(context), []
    async with tools.service.store.reading() as rx:
        for item in await rx.people.lent_by(who.person.id):
            person = await rx.people.get(item.person_id)
            values = role_values(tools.service, item)
            if item.until is not None and item.until > tools.clock.now():
                name = shown_name(person) if person is not None else ""
                role, plan = values["role"], values["plan"]
                own.append(Loan(id=item.id, name=name, role=role, plan=plan, until=item.until))
        for offer in await rx.people.offers_of(who.person.id, tools.clock.now()):
            holding, person = await rx.people.holding(offer.holding_id), await rx.people.get(offer.person_id)
            if holding is not None and person is not None:
                values = role_values(tools.service, holding)
                role, plan = values["role"], values["plan"]
                own.append(
                    Loan(id=offer.id, name=shown_name(person), role=role, plan=plan, until=offer.until, offered=True)
                )
    await say(context, who, loans(own, tools.clock.now()), "delegation", in_private=True)


async def _tell(context: Context, who: Caller, key: str, **values: object) -> None:
    message = result_message(key, values, tools_of(context).clock.now())
    if not await say(context, who, message, "delegation", in_private=True):
        await say(context, who, text_message("start_first"), "delegation")


@button("delegate_accept", on="delegation")
async def accept(press: ButtonPress) -> str:
    """「接受代行」."""
    return await _settle(press, True)


@button("delegate_refuse", on="delegation")
async def refuse(press: ButtonPress) -> str:
    """「不接受」."""
    return await _settle(press, False)


async def _settle(press: ButtonPress, accepted: bool) -> str:
    done = await delegating.settle(
        press.tools.service, press.caller.person, press.arg("id"), accepted,
        cause=f"{press.caller.cause}:delegation", requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    await press.strip()
    return result_message(done.key, done.values, press.tools.clock.now()).text


@button("delegate_back", on="delegation")
async def back(press: ButtonPress) -> str:
    """「收回」."""
    take_back = delegating.withdraw if press.arg("offered", False) else delegating.take_back
    done = await take_back(
        press.tools.service, press.caller.person, press.arg("id"), cause=f"{press.caller.cause}:delegation",
        requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    await press.strip()
    return result_message(done.key, done.values, press.tools.clock.now()).text
