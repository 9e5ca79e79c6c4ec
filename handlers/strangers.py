"""Somebody without a role speaks in private: whatever he says is recorded as unverified, or answered; never silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update

from bot.cases.plan_registry import UnknownPlan
from bot.render.chat import popup_text, text_message
from bot.render.strangers import where_is_it
from bot.service.placing import (
    ANSWERS_WITHIN,
    WHERE,
    added,
    cause_of,
    give_way,
    has_room,
    keep,
    of_form,
    record,
)
from bot.service.requests import Step
from bot.service.strangers import Area, full, line_of, meant, served, spent
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand
from handlers.context import Caller, Context, tools_of
from handlers.evidence import carried, venue
from handlers.replies import letter_to, say_once
from handlers.which_incident import about
from plans.incident import facts
from storage.forms import Form


async def areas_of(context: Context) -> list[Area]:
    """Return the jurisdictions that the bot serves."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        return await served(rx, service.registry)


def is_stranger(who: Caller) -> bool:
    """Return whether a person in private holds nothing here."""
    return who.private and not who.holdings and not who.admin


async def nobody_serves(context: Context, who: Caller) -> None:
    """Say that no jurisdiction is served yet, so that nobody would read a report.

    Raises:
        UnknownPlan: something is bound, and nothing of it is installed: then the report is rescued.
    """
    service = tools_of(context).service
    async with service.store.reading() as rx:
        bound = [plan for _, plan, _ in await rx.places.bindings()]
    if bound:
        raise UnknownPlan(bound[0], service.registry.ids)
    await say_once(context, who, text_message("nobody_serves"), "usage")


async def refuse(context: Context, who: Caller, areas: Sequence[Area]) -> None:
    """Say that no more of this person is recorded now, and whom to ring."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        line = await line_of(rx, service.registry, areas)
    number = line.dial if line is not None else ""
    await say_once(context, who, text_message("stranger_full", number=number), "usage")


async def is_full(context: Context, ask: IncidentCommand) -> bool:
    """Return whether so much of a stranger is recorded with an incident that this is refused; it is said then."""
    if not is_stranger(ask.caller) or not full(ask.subject.incident, ask.caller.person.id, ask.tools.clock.now()):
        return False
    incident = ask.subject.incident
    await refuse(context, ask.caller, [Area(jurisdiction=incident.jurisdiction, plans=(incident.plan,))])
    return True


async def has_spent(context: Context, who: Caller) -> bool:
    """Return whether a stranger has opened as many incidents lately as he may: what he says more is added."""
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        return await spent(rx, who.place.id, tools.clock.now())


async def room_for(context: Context, who: Caller, text: str) -> None:
    """Record what is kept of somebody where the next message does not fit beside it: nothing is cut off."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        form = await rx.forms.get(who.place.id, who.person.id)
    if form is not None and form.kind == WHERE and not has_room(form.data, text):
        await give_way(service, who.place.id, who.person.id)


async def asked_where(update: Update, context: Context, who: Caller, text: str, areas: Sequence[Area]) -> bool:
    """Keep what somebody said and ask whose jurisdiction it is; False where that is plain."""
    message, tools = update.effective_message, tools_of(context)
    async with tools.service.store.reading() as rx:
        form = await rx.forms.get(who.place.id, who.person.id)
    data = form.data if form is not None and form.kind == WHERE else None
    if message is None or (data is None and meant(areas, text) is not None):
        return False
    evidence = [f"{kind}:{reference}" for kind, reference in carried(message)]
    answer = meant(areas, text) if data is not None else None
    if data is None:
        until = tools.clock.now() + ANSWERS_WITHIN
        data = {
            "texts": [], "evidence": [], "venue": "", "known_as": [], "message": who.message_id,
            "said_at": who.said_at.isoformat(), "until": until.isoformat(),
        }  # fmt: skip
    data = added(data, text, evidence, venue(message), who.known_as)
    if answer is not None:  # the name was typed instead of pressed
        await record(tools.service, data, who.place.id, [answer], who.requester)
        return True
    kept = Form(place_id=who.place.id, person_id=who.person.id, kind=WHERE, data=data, at=tools.clock.now())
    question = where_is_it(text_message("where_is_it"), [area.jurisdiction for area in areas], data["message"])
    outgoing = letter_to(who, question, "where_is_it")
    if outgoing is not None:
        outgoing = replace(outgoing, priority=1, coalesce=f"where:{data['message']}")
        await keep(tools.service, kept, outgoing, cause=who.cause, requester=who.requester)
    return True


@button("report_where", on="report")
async def place(press: ButtonPress) -> str:
    """A jurisdiction by a key: the report that was kept is recorded there.

    After the moment it was recorded where it most likely belonged; then it is recorded here as well, and there it is
    said that it belongs elsewhere.
    """
    who, tools = press.caller, press.tools
    area = next(
        (item for item in await areas_of(press.context) if item.jurisdiction == press.arg("jurisdiction")), None
    )
    if area is None:
        return popup_text("button_stale")
    cause = cause_of(who.place.id, press.arg("message"))
    async with tools.service.store.reading() as rx:
        form = await rx.forms.get(who.place.id, who.person.id)
        done = await rx.causes.result(cause)
    if form is not None and form.kind == WHERE and form.data["message"] == press.arg("message"):
        result = await record(tools.service, form.data, who.place.id, [area], who.requester)
        await press.strip()
        return press.shown(result, "reported_by_key")
    subject = await about(press.context, who, done["streams"][0]) if done is not None and done["streams"] else None
    if subject is None or subject.incident.jurisdiction == area.jurisdiction:
        return popup_text("placed_already" if subject is not None else "button_stale")
    incident = subject.incident
    report = {
        "texts": [incident.text or ""],
        "evidence": [f"{item.kind}:{item.reference}" for item in incident.evidence.values()],
        "venue": "",
        "said_at": (incident.reported_at or tools.clock.now()).isoformat(),
    }
    elsewhere = facts.Update(text=text_message("placed_elsewhere", jurisdiction=area.jurisdiction).text)
    new, cause = of_form(report, who.place.id, [area]), f"{cause}:{area.jurisdiction}"
    # Where it does not belong somebody may have put it down already: that keeps it from nobody.
    result = await tools.service.execute([new], cause=cause, requester=replace(who.requester, update_id=None))
    if result.refusal is None:
        step = Step(stream=subject.stream, command=elsewhere)
        await tools.service.execute([step], cause=f"{cause}:said", requester=who.requester)
    await press.strip()
    return press.shown(result, "reported_by_key")
