"""What a message adds to an incident: which one it goes on about, and that nothing of it is lost."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from telegram import Update

from bot.cases.plan_registry import UnusablePlan
from bot.service.placing import WHERE
from handlers import bringing, drafting, log_entries, measures, phones
from handlers.commands import IncidentCommand
from handlers.context import Caller, Context, caller, tools_of
from handlers.evidence import kept
from handlers.statements import asks_writer, said_again, stated, tells, updated
from handlers.units import acknowledge, call_answer
from handlers.which_incident import Subject, about, of_message, rest
from plans.bodies import listed_ids
from plans.core.command import Command
from plans.incident import facts
from plans.incident.state import RUNNING
from plans.intake.with_plan import read_for
from plans.model import Plan
from storage.forms import Form


async def album(update: Update, context: Context, who: Caller) -> bool:
    """Put a picture with the incident that its album belongs to: an album is one report. False when it is the first."""
    if not who.album or who.via == "edit":
        return False
    async with tools_of(context).service.store.reading() as rx:
        recorded = await rx.causes.result(who.said_album)
    subject = await about(context, who, recorded["streams"][0]) if recorded else None
    if subject is None:
        return False
    text = rest(update)
    ask = IncidentCommand(update=update, context=context, caller=who, subject=subject, args=text.split())
    command = (stated(ask, text) or facts.Update(text=text)) if text else None
    await ask.run(*([command] if command is not None else []), *kept(update.effective_message))
    return True


async def any_album(update: Update, context: Context, who: Caller) -> bool:
    """Put a picture with what its album belongs to: an incident, an entry of the log, a draft of the desk."""
    return (
        await album(update, context, who)
        or await log_entries.album(update, context, who)
        or await drafting.album(update, context, who)
    )


async def group_picture(update: Update, context: Context) -> None:
    """Another picture of an album that came with a report or an update in a group; any other is nobody's business.

    But for a warning that an officer posts as a file, or with a picture.
    """
    who = await caller(update, context)
    if who is None or await any_album(update, context, who):
        return
    if not await log_entries.note(update, context, who, rest(update)):
        await bringing.posted(update, context, who)


async def group_reply(update: Update, context: Context) -> None:
    """A reply of somebody bound to one of the bot's messages in a group: new figures, or a unit's answer; or a warning.

    Anything else is answered by silence.
    """
    who = await caller(update, context)
    message = update.effective_message
    if who is None or message is None or message.reply_to_message is None or not who.holdings:
        return
    text = rest(update)
    if await log_entries.note(update, context, who, text) or await log_entries.replied(update, context, who, text):
        return
    async with tools_of(context).service.store.reading() as rx:
        stream = await of_message(rx, who, message.reply_to_message.message_id)
    if stream is None or await measures.replied(update, context, who, text):
        if stream is None:
            await bringing.posted(update, context, who)
        return
    subject = await about(context, who, stream)
    if subject is None or not who.reader.may_add(subject.plan, subject.incident):
        return
    ask = IncidentCommand(update=update, context=context, caller=who, subject=subject, args=text.split())
    if (status := call_answer(subject, text, who.said_at)) is not None:
        await acknowledge(ask, status, note="" if text == status else text)
    elif (command := stated(ask, text)) is not None:
        await ask.run(command, done=updated(command), again=said_again(command))


async def open_form(context: Context, who: Caller) -> Form | None:
    """Return the person's open form here; who asked to correct something long ago tells of something new by now."""
    async with tools_of(context).service.store.reading() as rx:
        form = await rx.forms.get(who.place.id, who.person.id)
    late = form is not None and form.kind == "fix" and tools_of(context).clock.now() - form.at > phones.HOLDS
    return None if late else form


async def continued(
    update: Update, context: Context, who: Caller, text: str, form: Form | None, places: Sequence[str] = ()
) -> Subject | None:
    """Return the incident that a private message goes on about: the one replied to, or the reporter's own running one.

    「有变化直接发给我」, the reporter was told. What names a place or a kind of event is a report of its own, and so is
    anything where it is not plain which one is meant: a report too many is merged with one tap, one too few is lost.

    Args:
        places: jurisdictions where somebody without a role may have reported.
    """
    message, service = update.effective_message, tools_of(context).service
    async with service.store.reading() as rx:
        stream = None
        if message is not None and message.reply_to_message is not None:
            stream = await of_message(rx, who, message.reply_to_message.message_id)
    if form is not None and form.kind == "fix":
        stream = stream or str(form.data["stream"])
    if stream is not None:
        subject = await about(context, who, stream)
        return subject if subject is not None and subject.incident.open else None
    if form is not None and form.kind == WHERE:  # it goes on about what is kept while it is asked where that is
        return None
    own = await own_running(context, who, places)
    running = own[0] if len(own) == 1 else None
    if running is None or not _is_fragment(running.plan, who, text):
        return None
    return running if not await _names_another(context, running, text) else None


def _is_fragment(plan: Plan, who: Caller, text: str) -> bool:
    """Return whether a text names neither place nor kind of event, as what goes on about something known does."""
    reading = read_for(plan, text, now=who.said_at)
    return not reading.place and not reading.class_candidates


async def _names_another(context: Context, running: Subject, text: str) -> bool:
    """Return whether a text names a listed body, perhaps by a short name, that is not in what runs."""
    service, known = tools_of(context).service, listed_ids(running.incident)
    async with service.store.reading() as rx:
        listed = await service.bodies.of(rx, running.incident.jurisdiction)
    return any(known.isdisjoint(body.id for body in item.bodies) for item in listed.mentions(text))


async def own_running(context: Context, who: Caller, places: Sequence[str] = ()) -> list[Subject]:
    """Return the running incidents that a person reported from here, the oldest first."""
    async with tools_of(context).service.store.reading() as rx:
        names = dict.fromkeys([*who.jurisdictions(), *places])
        rows = await rx.incidents.open_from(who.place.id)
    mine = [row for row in rows if row.jurisdiction in names and row.state in RUNNING and not row.drill]
    subjects = []
    for row in sorted(mine, key=lambda row: row.reported_at):
        with suppress(UnusablePlan):  # what goes on about a case that cannot be read is a report of its own
            subjects.append(await about(context, who, row.stream))
    return [
        item for item in subjects
        if item is not None and item.incident.reporter_id == who.person.id and item.incident.source != "duty"
    ]  # fmt: skip


async def newest_own(context: Context, who: Caller, places: Sequence[str]) -> Subject | None:
    """Return the newest running incident that a person reported from here."""
    own = await own_running(context, who, places)
    return own[-1] if own else None


async def add(ask: IncidentCommand, text: str) -> None:
    """Record what a message adds to an incident; nothing of what was written is lost.

    That holds even where nothing was read in it.
    """
    commands: list[Command] = list(kept(ask.update.effective_message))
    command = stated(ask, text) if text else None
    if command is not None:
        commands.insert(0, command)
    elif text:
        commands.insert(0, facts.Update(text=text))
    again = said_again(command) if command is not None else {}
    done = "added_unsure" if command is not None and asks_writer(command) else "added"
    await ask.run(*commands, done="added_unread" if text and not (command and tells(command)) else done, again=again)
