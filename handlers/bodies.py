"""Which body a placeholder of the plan is here (``/body``); the list of bodies that an office keeps (``/bodies``)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from telegram import Document, Update
from telegram.error import TelegramError

from bot.errands import TooBusy
from bot.exchange.tables import MOST_BYTES, comma_separated
from bot.office.bodies import BadFile, NoList, bodies, import_list, look, read_file, to_workbook, undo_list
from bot.office.people import bound_plans
from bot.outgoing.messages import File
from bot.render import Message
from bot.render import bodies as pages
from bot.render.chat import popup_text, text_message
from bot.texts.bodies import LIST_FILE, UNREAD_FILE, UNREAD_HEAD
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, answer_privately, command, incident_command
from handlers.context import Caller, Context, caller, tools_of
from handlers.files import fetched
from handlers.forms import ask_form
from handlers.replies import act_text, letter_to, redraw, say, show
from handlers.which_incident import words
from plans.areas.sheet import Reading
from plans.bodies import fitting
from plans.incident.bodies import NameBody
from plans.model import Plan
from storage.forms import Form

ASKED = "bodies"
"""Kind of the form that ``/bodies`` opens: the next file of this person here is the list."""

HOLDS = timedelta(minutes=10)
"""How long a file may be the list that was asked for; later it comes with a report, as any file does."""

OTHER_FILE = (BadFile, NoList, TelegramError)


@button("name_body", on="body")
async def name_body(press: ButtonPress) -> str:
    """Which body a placeholder of the plan is here; where it was called, that body is called."""
    command = NameBody(unit=press.arg("unit"), body=press.arg("body"))
    return await press.run(command, done="body_named", last=True)


@incident_command("body", who=Who.OFFICE)
async def body(ask: IncidentCommand) -> None:
    """``/body 凤鸣小学``: 事发学校 or 事发镇街 is this one, whatever was read in the words."""
    name, plan = ask.text.strip(), ask.subject.plan
    if not name:
        await ask.wrong("body_how")
        return
    service = ask.tools.service
    async with service.store.reading() as rx:
        listed = await service.bodies.of(rx, ask.subject.incident.jurisdiction)
    of_plan = [
        (unit.id, other.id)
        for unit in plan.units
        for other in plan.units
        if other.id in unit.standing_for and name in (other.id, other.name, *other.aliases)
    ]
    named = [listed.as_mention(item).bodies[0] for item in listed.called(name)]
    pairs = of_plan or [(unit, item.id) for item in named for unit in fitting(plan, ask.subject.incident, item)[:1]]
    if len(pairs) == 1:
        unit, other = pairs[0]
        await ask.run(NameBody(unit=unit, body=other), done="body_named_here", body=name)
    elif pairs:
        await ask.wrong(
            "body_several", given=name[:30], bodies=pages.names([listed.full_name(other) for _, other in pairs])
        )
    else:
        book = await listed.book(with_personal=False)
        near = list(dict.fromkeys(hit.unit for hit in book.search(name, limit=5))) if book is not None else []
        await ask.wrong("body_unknown", given=name[:30], near=pages.names(near))


@command("bodies", help={"admin": 12})
async def bodies_command(update: Update, context: Context) -> None:
    """``/bodies``: how many are listed, and how to import; as a file's caption: shows what the file would change."""
    who = await caller(update, context)
    if who is None or update.effective_message is None:
        return
    if not who.reader.administers_any:
        await answer_privately(context, who, "admin_only")
        return
    plan = await _plan(context, who, words(update))
    if plan is None:
        return
    answered = update.effective_message.reply_to_message
    document = update.effective_message.document or (answered.document if answered is not None else None)
    if document is not None:
        await _show_changes(context, who, plan, document)
        return
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        listed = await bodies(rx, plan.jurisdiction.name)
        lists = await rx.bodies.lists(plan.jurisdiction.name, 1)
    message = pages.overview(plan, listed, lists[0] if lists else None, tools.clock.now())
    if who.private:
        await ask_form(tools, who, ASKED, {"plan": plan.id})
    await _say(context, who, message)


async def _plan(context: Context, who: Caller, args: list[str]) -> Plan | None:
    """Return a plan of the jurisdiction that is meant; None where that was asked."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        plans = who.reader.administered(await bound_plans(rx, service))
    named = [plan for plan in plans if args[:1] and args[0] in (plan.id, plan.jurisdiction.name)]
    here = [plan for plan in plans if plan.jurisdiction.name == who.place.jurisdiction]
    meant = {plan.jurisdiction.name: plan for plan in reversed(named or here or plans)}
    if len(meant) != 1:
        await answer_privately(context, who, "bodies_where", places="、".join(meant) or "/bind")
        return None
    return next(iter(meant.values()))


async def take_list(update: Update, context: Context, who: Caller, form: Form | None) -> bool:
    """Take a file in private as the list that ``/bodies`` asked for; anything else stays what it is."""
    document = update.effective_message.document if update.effective_message is not None else None
    if form is None or form.kind != ASKED or document is None or not who.reader.administers_any:
        return False
    tools = tools_of(context)
    if tools.clock.now() - form.at > HOLDS or form.data["plan"] not in tools.service.registry.ids:
        return False
    await _show_changes(context, who, tools.service.registry.current(str(form.data["plan"])), document)
    return True


async def _show_changes(context: Context, who: Caller, plan: Plan, document: Document) -> None:
    """Show what a file would change, with the buttons that do it."""
    name = document.file_name or LIST_FILE
    try:
        content = await fetched(tools_of(context), document.file_id, MOST_BYTES, popup_text("file_large"))
        reading = await tools_of(context).errands.run(
            who.person.id, read_file, name, content, plan.jurisdiction.area_code
        )
    except OTHER_FILE as problem:
        await _say(context, who, pages.not_read(name, problem))
        return
    except TooBusy:
        await _say(context, who, text_message("bodies_busy"))
        return
    message, unread = await _preview(context, plan, reading, document.file_id, name, content)
    files: tuple[File, ...] = ()
    if len(unread) > pages.MOST_UNREAD:
        files = (File(name=UNREAD_FILE, content=comma_separated([UNREAD_HEAD], [[text] for text in unread])),)
    await _say(context, who, message, files)


async def _preview(
    context: Context, plan: Plan, reading: Reading, file_id: str, name: str, content: bytes
) -> tuple[Message, list[str]]:
    """Return what a file would change, and every row of it that is not read."""
    async with tools_of(context).service.store.reading() as rx:
        preview = await look(rx, plan.jurisdiction.name, reading)
    args = {"plan": plan.id, "file": file_id, "name": name[:100], "digest": _digest(content), "seen": preview.version}
    message = pages.preview(plan.jurisdiction.name, name, preview.reading, preview.changes, args)
    return message, [*preview.problems, *preview.reading.unread]


async def _say(context: Context, who: Caller, message: Message, files: tuple[File, ...] = ()) -> None:
    outgoing = letter_to(who, message, "bodies", in_private=True)
    if outgoing is None:
        await say(context, who, text_message("start_first"), "bodies")
        return
    await tools_of(context).service.say([replace(outgoing, files=files)], cause=who.cause, requester=who.requester)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@button("list_bodies", on="bodies", late=confirm_again())
async def confirm(press: ButtonPress) -> str:
    """「确认导入」, or 「导入，表里没有的不再列入」: the file is fetched and read once more, and must be the same."""
    tools, plan_id = press.tools, str(press.arg("plan"))
    if plan_id not in tools.service.registry.ids:
        return popup_text("button_stale")
    plan = tools.service.registry.current(plan_id)
    name = str(press.arg("name"))
    try:
        content = await fetched(tools, str(press.arg("file")), MOST_BYTES, popup_text("file_large"))
        if _digest(content) != press.arg("digest"):
            return popup_text("button_stale")
        reading = await tools.errands.run(press.caller.person.id, read_file, name, content, plan.jurisdiction.area_code)
    except OTHER_FILE:
        return popup_text("file_gone")
    except TooBusy:
        return text_message("bodies_busy").text
    done = await import_list(
        tools.service, press.caller.person, plan.jurisdiction.name, reading, name, seen=int(press.arg("seen", 0)),
        without_absent=bool(press.arg("without_absent", False)), cause=f"{press.caller.cause}:bodies",
        requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    if done.key == "bodies_changed":
        anew, _ = await _preview(press.context, plan, reading, str(press.arg("file")), name, content)
        await redraw(press, anew, "bodies")
        return text_message(done.key).text
    if done.ok:
        async with tools.service.store.reading() as rx:
            await tools.service.bodies.of(rx, plan.jurisdiction.name)  # before a report has to wait for it
        await press.strip()
    return act_text(done)


@button("undo_bodies", on="bodies", late=confirm_again())
async def undo(press: ButtonPress) -> str:
    """「撤销上次导入」."""
    done = await undo_list(
        press.tools.service, press.caller.person, str(press.arg("jurisdiction")), seen=int(press.arg("seen", 0)),
        cause=f"{press.caller.cause}:bodies", requester=press.caller.requester,
    )  # fmt: skip
    if done is None:
        return ""
    await press.strip()
    return act_text(done)


@button("export_bodies", on="bodies")
async def export(press: ButtonPress) -> str:
    """「导出名册」: as a workbook that can be edited and imported again, to an administrator in private."""
    place = str(press.arg("jurisdiction"))
    if not press.caller.private or not press.caller.reader.administers(place):
        return popup_text("not_yours")
    async with press.tools.service.store.reading() as rx:
        listed = await bodies(rx, place)
    file = File(name=f"{place}{LIST_FILE}", content=to_workbook(listed))
    await show(press, text_message("bodies_exported", count=len(listed)), "bodies", files=(file,))
    return ""
