"""Duties of every day: ``/duties``, and the buttons of the week's message."""

from __future__ import annotations

from datetime import timedelta

from telegram import Update

from bot.clock import SHANGHAI
from bot.outgoing.messages import File
from bot.render import duty as pages
from bot.render import duty_office as office_pages
from bot.render.cases import CaseView
from bot.render.chat import popup_text, text_message
from bot.service import Step
from bot.texts import duty as t
from handlers import duty_office, duty_recording
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.evidence import carried
from handlers.forms import ask_form
from handlers.replies import letter_to, say, show
from handlers.which_incident import words
from plans.core.command import Command
from plans.core.outcome import Refusal
from plans.duty.case import duty_of
from plans.duty.settling import AddDutyEvidence, ReopenDuty, SettleDuty
from plans.duty.state import DONE, NOT_APPLICABLE, DutyBook, Instance
from plans.intake.telling import tells_of_event
from plans.intake.with_plan import read_for
from plans.model import Plan
from storage.forms import Form

ASKED = "duty"
"""Kind of the form that a press on 「已办」 opens where something is to be handed in."""

HOLDS = timedelta(minutes=10)
"""How long what is sent may be that; later it is what it is without a form."""

FILES = ("photo", "document", "video")
"""What can be handed in; a voice message tells of something."""


@command("duties", help={"admin": 10, "duty": 12, "liaison": 9})
async def duties(update: Update, context: Context) -> None:
    """``/duties``: what oneself, or the unit that one speaks for, has to do; administrators: ``启用``, ``停用``."""
    who = await caller(update, context)
    if who is None:
        return
    args = words(update)
    if args[:1] in ([duty_office.ON], [duty_office.OFF]):
        await duty_office.switch(context, who, args[0], " ".join(args[1:]))
        return
    if args[:1] == [t.RECORD]:
        await duty_recording.record(context, who, args[1:])
        return
    books, plans = await own_books(context, who), await duty_office.checked(context, who)
    files: tuple[File, ...] = ()
    if len(books) + len(plans) > 1:
        items = [
            (t.OWN.format(title=pages.title(await _view(context, who, *pair))), pair[1].stream, "") for pair in books
        ]
        items += [(t.ALL.format(plan=plan.title), "", plan.id) for plan in plans]
        message, stream = office_pages.choose(items), None
    elif books:
        message, stream = pages.page(await _view(context, who, *books[0])), books[0][1].stream
    elif plans:
        (message, files), stream = await duty_office.summary(context, who, plans[0]), None
    else:
        await answer_privately(context, who, "duties_none")
        return
    if not await say(context, who, message, "duties", stream=stream, in_private=True, files=files):
        await say(context, who, text_message("start_first"), "duties")


async def _view(context: Context, who: Caller, plan: Plan, book: DutyBook) -> CaseView:
    return await tools_of(context).service.case_view(plan, book, who.person.id)


@button("duties_show", on="duties")
async def show_one(press: ButtonPress) -> str:
    """One of the books that one answers for, or all bearers of a plan."""
    context, who, service = press.context, press.caller, press.tools.service
    if not who.private:
        return popup_text("not_yours")
    stream = str(press.arg("book"))
    if not stream:
        plan = next((plan for plan in await duty_office.checked(context, who) if plan.id == press.arg("plan")), None)
        if plan is None:
            return popup_text("not_yours")
        message, files = await duty_office.summary(context, who, plan)
        await show(press, message, "duties", files=files)
        return ""
    pair = next((pair for pair in await own_books(context, who) if pair[1].stream == stream), None)
    if pair is None:
        return popup_text("not_yours")
    letter = letter_to(who, pages.page(await _view(context, who, *pair)), "duties", stream=stream)
    await service.say([letter] if letter is not None else [], cause=who.cause, requester=who.requester)
    return ""


async def own_books(context: Context, who: Caller) -> list[tuple[Plan, DutyBook]]:
    """Return the open books of those for whom somebody answers."""
    service = tools_of(context).service
    bearers: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for item in who.holdings:
        if item.ended_at is None:
            mine = bearers.setdefault((item.jurisdiction, item.plan_id), set())
            mine.add(("role", item.role))
            if item.unit and item.role in ("liaison", "head"):
                mine |= {("unit", item.unit), ("body", item.unit)}
    async with service.store.reading() as rx:
        rows = [
            row
            for (place, plan), mine in bearers.items()
            for row in await rx.duties.books_of(place, {name for _, name in mine}, plan)
            if (row.bearer_kind, row.bearer) in mine
        ]
    pairs = [await service.case(row.stream) for row in rows]
    return [(pair[0], pair[1]) for pair in pairs if pair is not None and isinstance(pair[1], DutyBook)]


def _instance(press: ButtonPress) -> Instance | None:
    book = press.case_subject.case
    return book.of(press.button.object.partition(":")[2]) if isinstance(book, DutyBook) else None


@button("duty_done", on="duty")
async def done(press: ButtonPress) -> str:
    """One tap where nothing is to be handed in; else it is said what is."""
    instance = _instance(press)
    if instance is None:
        return popup_text("button_stale")
    if instance.settled:
        return await _as_recorded(press, instance)
    command = SettleDuty(key=instance.key, status=DONE)
    step = Step(stream=press.stream, command=command)
    trial, _ = await press.tools.service.rehearse_case(step, press.caller.requester)
    if isinstance(trial, Refusal) and trial.confirm == "sure":
        await wait_for_evidence(press, instance)  # before it is said: what is sent then must not be taken for a report
        await show(press, pages.needs(await press.case_view(), instance), "duty_needs")
        return ""
    return await press.run(command, done="duty_done")


async def _as_recorded(press: ButtonPress, instance: Instance) -> str:
    """Show what was said of it already, with the button that takes it back."""
    await show(press, pages.settled(await press.case_view(), instance), "duty_settled")
    return popup_text("duty_said")


async def wait_for_evidence(press: ButtonPress, instance: Instance) -> None:
    """What the person sends in private within some minutes belongs to this duty."""
    who, tools = press.caller, press.tools
    if not who.private:
        return
    await ask_form(tools, who, ASKED, {"stream": press.stream, "key": instance.key})


async def take_evidence(update: Update, context: Context, who: Caller, text: str, form: Form | None) -> bool:
    """Take a picture or a file, or words where words are wanted, as what a duty asks for.

    Words that tell of an event are a report, whatever was asked for.
    """
    tools, message = tools_of(context), update.effective_message
    if form is None or form.kind != ASKED or who.via != "direct" or tools.clock.now() - form.at > HOLDS:
        return False
    pair = await tools.service.case(str(form.data["stream"]))
    if pair is None or not isinstance(pair[1], DutyBook):
        return False
    plan, book = pair[0], pair[1]
    instance, key = book.of(str(form.data["key"])), str(form.data["key"])
    files = tuple(f"{kind}:{reference}" for kind, reference in carried(message) if kind in FILES)
    duty = duty_of(plan, instance.duty) if instance is not None else None
    words_only = not files and duty is not None and duty.evidence == "text" and not carried(message)
    if instance is None or not (files or (words_only and text and not instance.settled)):
        return False
    if text and tells_of_event(read_for(plan, text, now=who.said_at)):
        return False
    command: Command
    if instance.settled:
        command = AddDutyEvidence(key=key, evidence=files)
    else:
        command = SettleDuty(key=key, text=text, evidence=files, sure=True)
    step = Step(stream=book.stream, command=command)
    result = await tools.service.execute([step], cause=f"{who.cause}:evidence", requester=who.requester)
    if result.refusal is not None:
        return False
    if not (instance.settled and who.album):  # one answer for an album
        view = await _view(context, who, plan, book)
        kept, named = len(dict.fromkeys((*instance.evidence, *files))), pages.words_of_duty(view, instance.duty)
        key = "duty_evidence" if files else "duty_words"
        said = text_message(key, text=named, period=pages.period_of(instance), count=kept)
        await say(context, who, said, "duties")
    return True


def asked_for(context: Context, who: Caller, form: Form | None, book: DutyBook) -> Instance | None:
    """Return what the person was just asked to hand something in for."""
    if form is None or form.kind != ASKED or tools_of(context).clock.now() - form.at > HOLDS:
        return None
    instance = book.of(str(form.data["key"])) if form.data["stream"] == book.stream else None
    return instance if instance is not None and not instance.settled else None


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
    if instance.settled:
        return await _as_recorded(press, instance)
    await show(press, pages.why_not(await press.case_view(), instance), "duty_why")
    return ""


@button("duty_reopen", on="duty")
async def take_back(press: ButtonPress) -> str:
    """「撤回」: what was said of it does not stand, and it is to be done again."""
    return await press.run(ReopenDuty(key=press.arg("key")), done="duty_reopened", last=True)


@button("duty_not", on="duty")
async def not_(press: ButtonPress) -> str:
    """It does not apply, for that reason."""
    command = SettleDuty(key=press.arg("key"), status=NOT_APPLICABLE, reason=press.arg("reason"))
    return await press.run(command, done="duty_done", last=True)
