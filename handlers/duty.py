"""Duties of every day: ``/duties``, and the buttons of the week's message."""

from __future__ import annotations

from telegram import Update

from bot.clock import SHANGHAI
from bot.render import duty as pages
from bot.render.chat import popup_text
from bot.service import Step
from handlers import duty_office
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import say, show
from handlers.which_incident import words
from plans.core.outcome import Refusal
from plans.duty.settling import SettleDuty
from plans.duty.state import DONE, KIND, NOT_APPLICABLE, DutyBook, Instance
from plans.model import Plan


@command("duties")
async def duties(update: Update, context: Context) -> None:
    """``/duties``: what oneself, or the unit that one speaks for, has to do; administrators: ``启用``, ``停用``."""
    who = await caller(update, context)
    if who is None:
        return
    args = words(update)
    if args[:1] in ([duty_office.ON], [duty_office.OFF]):
        await duty_office.switch(context, who, args[0], " ".join(args[1:]))
        return
    books = await _own(context, who)
    if not books:
        await answer_privately(context, who, "duties_none")
        return
    plan, book = books[0]
    view = await tools_of(context).service.case_view(plan, book, who.person.id)
    await say(context, who, pages.page(view), "duties", stream=book.stream, in_private=True)


async def _own(context: Context, who: Caller) -> list[tuple[Plan, DutyBook]]:
    """Return the open books of those for whom somebody answers."""
    service = tools_of(context).service
    held = {(item.jurisdiction, item.plan_id, name) for item in who.holdings for name in (item.unit, item.role) if name}
    async with service.store.reading() as rx:
        rows = [row for place in who.jurisdictions() for row in await rx.cases.open(KIND, place)]
    pairs = [await service.case(row.stream) for row in rows]
    return [
        (plan, book)
        for plan, book in (pair for pair in pairs if pair is not None)
        if isinstance(book, DutyBook) and (book.jurisdiction, book.plan, book.bearer) in held
    ]


def _instance(press: ButtonPress) -> Instance | None:
    book = press.case_subject.case
    return book.of(press.button.object.partition(":")[2]) if isinstance(book, DutyBook) else None


@button("duty_done", on="duty")
async def done(press: ButtonPress) -> str:
    """One tap where nothing is to be handed in; else it is said what is."""
    instance = _instance(press)
    if instance is None:
        return popup_text("button_stale")
    command = SettleDuty(key=instance.key, status=DONE)
    step = Step(stream=press.stream, command=command)
    trial, _ = await press.tools.service.rehearse_case(step, press.caller.requester)
    if isinstance(trial, Refusal) and trial.confirm == "sure":
        await show(press, pages.needs(await press.case_view(), instance), "duty_needs")
        return ""
    return await press.run(command, done="duty_done")


@button("duty_sure", on="duty")
async def sure(press: ButtonPress) -> str:
    """It is done although nothing is handed in."""
    return await press.run(SettleDuty(key=press.arg("key"), sure=True), done="duty_done", last=True)


@button("duty_today", on="book")
async def today(press: ButtonPress) -> str:
    """The daily duty, from the same message every day."""
    book, day = press.case_subject.case, press.tools.clock.now().astimezone(SHANGHAI).date()
    if not isinstance(book, DutyBook):
        return popup_text("button_stale")
    found = next(
        (item for item in book.instances.values() if item.duty == press.arg("duty") and item.first == item.last == day),
        None,
    )
    if found is None:
        return popup_text("duty_not_today")
    if found.settled:
        return popup_text("duty_already")
    return await press.run(SettleDuty(key=found.key, sure=True), done="duty_done")


@button("duty_not_applicable", on="duty")
async def not_applicable(press: ButtonPress) -> str:
    """Ask why it does not apply this time."""
    instance = _instance(press)
    if instance is None:
        return popup_text("button_stale")
    await show(press, pages.why_not(await press.case_view(), instance), "duty_why")
    return ""


@button("duty_not", on="duty")
async def not_(press: ButtonPress) -> str:
    """It does not apply, for that reason."""
    command = SettleDuty(key=press.arg("key"), status=NOT_APPLICABLE, reason=press.arg("reason"))
    return await press.run(command, done="duty_done", last=True)
