"""``/name``: who somebody is, said by himself or confirmed by an administrator, and the answers to being asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram import Update

from bot.cases.names import marked_name
from bot.office import confirming
from bot.office.identity import FORM, administered_by, registered_in, who_of
from bot.office.people import bound_plans
from bot.office.revoking import role_values
from bot.render import Message
from bot.render import identity as pages
from bot.render.chat import text_message
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.evidence import carried
from handlers.forms import ask_form
from handlers.inviting import reply
from handlers.replies import say, show
from handlers.which_incident import rest, words
from plans.cells import plain
from plans.identity import NotSaid, Who, is_labelled, is_office, read_who
from plans.intake.masking import looks_like_a_name
from plans.intake.with_plan import read_for
from plans.model import Plan
from storage.forms import Form
from storage.people import Claim, Person, is_confirmed, shown_name
from storage.transaction import Reading

HOLDS = timedelta(hours=1)
"""So long an administrator's next words may say who another is; what a person was asked about himself waits longer."""

LONGEST = 60
"""Characters of an answer that neither replies nor names its parts."""

CRIES = ("救命", "快来", "来人", "求救", "着火", "起火", "死了", "受伤", "塌了", "爆炸", "怎么办", "出事")
"""What a cry for help holds: it is a report, whoever was asked for a name."""


@command("name", help={"admin": 29, "duty": 29, "leader": 29, "liaison": 29, "reporter": 29})
async def name(update: Update, context: Context) -> None:
    """``/name``, ``/name 姓名 单位 电话``; of an administrator ``/name 姓名`` looks somebody up."""
    who = await caller(update, context)
    if who is None:
        return
    if not who.private:
        await answer_privately(context, who, "name_private")
        return
    if not who.holdings and not who.admin:
        await answer_privately(context, who, "name_no_role")
        return
    said = rest(update)
    if not plain(said).strip():
        await _page(context, who)
        return
    try:
        known = "" if who.reader.administers_any else who_of(who.person).office  # an administrator may mean another
        stated = read_who(said, await _area_code(context, who), office=known)
    except NotSaid as problem:
        if who.reader.administers_any and problem.fault in ("name", "office"):
            await _found(context, who, said, words(update))
        else:
            await say(context, who, pages.asked_again(problem), "name")
        return
    if who.reader.administers_any and stated.name != who.person.real_name:
        if await _found(context, who, said, [stated.name], own=True):
            return
    await _state(context, who, stated, own=True)


async def _found(context: Context, who: Caller, said: str, wanted: Sequence[str], *, own: bool = False) -> bool:
    """Show an administrator who is called so.

    Args:
        own: his words may be about himself: where nobody else is called so, nothing is said, and it returns False.
    """
    async with tools_of(context).service.store.reading() as rx:
        people = await _looked_for(rx, context, who, wanted)
        others = [person for person in people if not own or person.id != who.person.id]
        shown = [await _known(rx, context, who, person) for person in others[: pages.MOST]]
    if own and not others:
        return False
    await say(context, who, pages.found(said, len(others), shown, own=own), "name")
    return True


async def answered(update: Update, context: Context, who: Caller, text: str, form: Form | None) -> bool:
    """Take words in private as the answer to who somebody is, where they plainly are one.

    A name that is taken for a report costs a tap, a report that is taken for a name may cost a life: what tells of an
    event is a report, unless it replies to the question and can be read.
    """
    message = update.effective_message
    if form is None or form.kind != FORM or not text or message is None or carried(message) or who.via != "direct":
        return False
    of_another = form.data.get("person", who.person.id) != who.person.id
    if of_another and tools_of(context).clock.now() - form.at > HOLDS:
        return False
    asked = message.reply_to_message
    replied = asked is not None and pages.asks(asked.text or "")
    if asked is not None and not replied:
        return False
    registry = tools_of(context).service.registry
    plans = [registry.current(plan_id) for plan_id in registry.ids]
    meant = answer(text, plans, who.said_at, await _area_code(context, who), replied=replied)
    if meant is None:
        return False
    if isinstance(meant, NotSaid):
        await say(context, who, pages.asked_again(meant), "name")
    else:
        await _state(context, who, meant)
    return True


def answer(
    text: str, plans: Sequence[Plan], now: datetime, area_code: str = "", *, replied: bool = False
) -> Who | NotSaid | None:
    """Return who somebody says he is, or that it cannot be read; None where his words plainly are no such answer."""
    plainly = replied or is_labelled(text)
    if not (plainly or begins_as_a_name(text)):
        return None
    try:
        stated = read_who(text, area_code)
    except NotSaid as problem:
        return None if _tells(text, plans, now) else problem
    if not (plainly or stated.phone or is_office(stated.office)):
        return None
    return None if _tells(stated.name if is_office(stated.office) else text, plans, now) else stated


def begins_as_a_name(text: str) -> bool:
    """Return whether words begin as a person's name does, and are few."""
    first = text.split()[0] if text.split() else ""
    return len(text) <= LONGEST and looks_like_a_name(re.split(r"[，,、;；]", first)[0])


def _tells(text: str, plans: Sequence[Plan], now: datetime) -> bool:
    """Return whether words say something of an event, as any of some plans reads them."""
    for plan in plans:
        reading = read_for(plan, text, now=now)
        if reading.facts or reading.category or reading.occurred or reading.claims or reading.raised:
            return True
    return any(cry in text for cry in CRIES)


async def _area_code(context: Context, who: Caller) -> str:
    """Return the area code of where somebody holds something."""
    registry = tools_of(context).service.registry
    places = {item.jurisdiction for item in who.holdings}
    plans = [registry.current(plan_id) for plan_id in registry.ids]
    codes = {plan.jurisdiction.area_code for plan in plans if not places or plan.jurisdiction.name in places}
    return codes.pop() if len(codes) == 1 else ""


async def _state(context: Context, who: Caller, stated: Who, *, own: bool = False) -> None:
    await confirming.state(
        tools_of(context).service, who.person, stated, cause=f"{who.cause}:name", requester=who.requester,
        reply=reply(who, private=True), own=own,
    )  # fmt: skip


async def _page(context: Context, who: Caller) -> None:
    """Show one's own name, and to an administrator who else is not confirmed."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        waiting = [item for item in await rx.people.claims_of(who.person.id) if _waits(item)]
        plans = [plan for plan in await bound_plans(rx, service) if who.reader.administers(plan.jurisdiction.name)]
        messages = [_mine(who.person, waiting)]
        for place in dict.fromkeys(plan.jurisdiction.name for plan in plans):
            people = [person for person in await registered_in(rx, place) if person.id != who.person.id]
            unknown = [person for person in people if not is_confirmed(person)]
            listed = [await _known(rx, context, who, person) for person in unknown[: pages.MOST]]
            messages.append(pages.overview(place, len(people) - len(unknown), len(unknown), listed))
    for number, message in enumerate(messages):
        await say(context, who, message, "name", step=f"page{number}" if number else "")


def _waits(claim: Claim) -> bool:
    return claim.decided_at is None and bool(claim.name)


def _mine(person: Person, waiting: Sequence[Claim]) -> Message:
    known = who_of(person)
    last = waiting[-1] if waiting else None
    said = Who(last.name, last.office, last.phone) if last is not None else None
    return pages.mine(known if known.name else None, person.name, said)


async def _known(rx: Reading, context: Context, who: Caller, person: Person) -> pages.Known:
    """Return somebody as an administrator sees him: with what he holds where that is administered."""
    service = tools_of(context).service
    roles = [
        role_values(service, item)["role"]
        for item in await rx.people.holdings(person.id)
        if who.reader.administers(item.jurisdiction)
    ]
    shown = pages.who_is(who_of(person)) if is_confirmed(person) else marked_name(person)
    waiting = [item.name for item in await rx.people.claims_of(person.id) if _waits(item)]
    return pages.Known(id=person.id, name=pages.with_claim(shown, waiting), role="、".join(dict.fromkeys(roles)))


async def _looked_for(rx: Reading, context: Context, who: Caller, wanted: Sequence[str]) -> list[Person]:
    """Return who is called so, by whatever name: an administrator looks, and decides."""
    service = tools_of(context).service
    places = dict.fromkeys(plan.jurisdiction.name for plan in await bound_plans(rx, service))
    people = {
        person.id: person for place in places if who.reader.administers(place)
        for person in await registered_in(rx, place)
    }  # fmt: skip
    said = {
        item.person_id: item.name for place in places if who.reader.administers(place)
        for item in await rx.people.claims(place)
    }  # fmt: skip
    for id in said.keys() - people.keys():
        if (person := await rx.people.get(id)) is not None:
            people[id] = person
    return [
        person for person in people.values()
        if all(word.removeprefix("@") in f"{_names_of(person)} {said.get(person.id, '')}" for word in wanted)
    ]  # fmt: skip


def _names_of(person: Person) -> str:
    return f"{shown_name(person)} {person.name} {person.username or ''}"


@button("name_mine", on="people")
async def mine(press: ButtonPress) -> str:
    """「更正」 and 「填写」 under one's own name."""
    await ask_form(press.tools, press.caller, FORM, await _kept_trust(press))
    await show(press, pages.asked(), "name")
    return ""


async def _kept_trust(press: ButtonPress) -> dict[str, str]:
    """Return what was asked for before, where it was by an invitation: that still vouches for who took it."""
    async with press.tools.service.store.reading() as rx:
        form = await rx.forms.get(press.caller.place.id, press.caller.person.id)
    return dict(form.data) if form is not None and form.kind == FORM and "person" not in form.data else {}


@button("name_edit", on="people")
async def edit(press: ButtonPress) -> str:
    """「核实」 and 「更正」 under the name of another: the administrator's next words say who it is."""
    service, who = press.tools.service, press.caller
    async with service.store.reading() as rx:
        person = await rx.people.get(str(press.arg("person")))
        places = await administered_by(rx, who.reader, person) if person is not None else []
        known = await _known(rx, press.context, who, person) if person is not None else None
    if person is None or known is None or not places or not who.private:
        return text_message("name_gone").text
    data = {"person": person.id, "seen": confirming.fingerprint(person)}
    await ask_form(press.tools, who, FORM, data)
    await show(press, pages.asked_of(known.name, known.role), "name")
    return ""
