"""What is known: ``/update /correct /resolve``, conflicting figures, a first death, numbers that fall."""

from __future__ import annotations

from telegram import Update

from bot.render import naming, render_refusal
from bot.render.chat import case_message
from bot.render.facts import sure_message
from bot.service import Step
from bot.service.placing import give_way
from bot.texts.words import LIST, NONE
from handlers import strangers
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, about_incident, command, incident_command
from handlers.context import Context, caller
from handlers.edits import noted, unless_noted
from handlers.evidence import kept
from handlers.parsing import PLAN, is_sum
from handlers.plan_choice import choose_plan
from handlers.replies import question_again, show
from handlers.reporting import report
from handlers.statements import said_again, stated, updated
from plans.core.outcome import Refusal
from plans.incident import facts as facts_topic
from plans.incident.conflicts import Resolve
from plans.incident.corrections import Correct
from plans.intake.telling import first_telling
from plans.intake.with_plan import increments_of, read_for
from plans.load import plan_facts
from storage.forms import Form


async def update(ask: IncidentCommand) -> None:
    """``/update``: new figures, place or time in plain words; a photo is kept as evidence."""
    if ask.args[:1] == [PLAN]:
        await choose_plan(ask, " ".join(ask.args[1:]))
        return
    command, evidence = stated(ask, ask.text), kept(ask.update.effective_message)
    if command is None and not evidence:
        await ask.wrong("update_how")
        return
    commands = [*([command] if command is not None else []), *evidence]
    again = said_again(command) if command is not None else {}
    await ask.run(*commands, done=updated(command) if command is not None else "updated", again=again)


_UPDATE = unless_noted(about_incident(update))


@command("update", reports=True, help={"liaison": 3, "stranger": 2, "reporter": 2}, menus={"groups": 3, "private": 3})
async def update_or_report(update: Update, context: Context) -> None:
    """``/update`` of somebody without a role in private is what any words of his are; of others, about an incident."""
    who = await caller(update, context)
    if who is not None and strangers.is_stranger(who):
        if not await noted(update, context, who):
            await report(update, context)
        return
    await _UPDATE(update, context)


@incident_command("correct", reports=True)
async def correct(ask: IncidentCommand) -> None:
    """``/correct``: figures that were told wrong."""
    reading = read_for(ask.subject.plan, ask.text, now=ask.caller.said_at)
    told, added = first_telling(reading), increments_of(reading)
    if doubtful := [*dict.fromkeys([data["fact"] for data in told.unsure.values()]), *sorted(added)]:
        known = plan_facts(ask.subject.plan)
        await ask.wrong("correct_unsure", facts=LIST.join(known[name].label for name in doubtful if name in known))
        return
    if not told.facts:
        await ask.wrong("correct_how")
        return
    done = "corrected_unread" if told.unread else "corrected"
    await ask.run(Correct(facts=told.facts, reason=ask.text), done=done, unread=LIST.join(told.unread))


@incident_command("resolve")
async def resolve(ask: IncidentCommand) -> None:
    """``/resolve``: a fact, and whose figure counts, or 相加."""
    facts = plan_facts(ask.subject.plan)
    labels = {item.label: name for name, item in facts.items()}
    fact = next((labels.get(word, word) for word in ask.args if labels.get(word, word) in facts), "")
    use = next((word for word in ask.args if labels.get(word, word) != fact), "")
    if not fact or not use:
        conflicts = "、".join(facts[name].label for name in ask.subject.incident.conflicts)
        await ask.wrong("resolve_how", conflicts=conflicts or NONE)
        return
    view = await ask.view()
    sources = [claim.source for claim in ask.subject.incident.claims.get(fact, ())]
    chosen = "sum" if is_sum(use) else next((name for name in sources if use in (name, naming.source(view, name))), use)
    await ask.run(Resolve(fact=fact, use=chosen), done="resolved")


@button("resolve", on="fact", again=question_again)
async def resolve_pressed(press: ButtonPress) -> str:
    """A choice between conflicting figures."""
    return await press.run(Resolve(fact=press.arg("fact"), use=press.arg("use")), done="resolved")


@button("confirm_deaths", on="fact", again=question_again)
async def confirm_deaths(press: ButtonPress) -> str:
    """A first death is true."""
    return await press.run(facts_topic.Update(facts={"deaths": press.arg("value")}), done="confirmed", last=True)


@button("deny_deaths", on="fact", again=question_again)
async def deny_deaths(press: ButtonPress) -> str:
    """A first death is not true."""
    return await press.run(
        facts_topic.Update(facts={"deaths": press.arg("value", 0)}, sure=True), done="confirmed", last=True
    )


def _said_again(press: ButtonPress, *, sure: bool) -> facts_topic.Update:
    return facts_topic.Update(
        facts=press.arg("facts", {}),
        increments=frozenset(press.arg("increments", ())),
        raised=tuple(press.arg("raised", ())),
        text=press.arg("text"),
        place=press.arg("place"),
        unsure=press.arg("unsure", {}),
        unread=tuple(press.arg("unread", ())),
        sure=sure,
    )


async def ask_sure(press: ButtonPress) -> str:
    """Ask for the second word once more: what falls is another number now, or nothing falls any more."""
    step = Step(stream=press.subject.stream, command=_said_again(press, sure=False))
    trial = await press.tools.service.rehearse(step, press.caller.requester)
    if isinstance(trial, Refusal) and trial.confirm == "sure":
        view = await press.view()
        await show(press, sure_message(render_refusal(trial, view), view.incident, press.button.args), "answer")
    return ""


@button("sure", on="facts", again=ask_sure)
async def sure(press: ButtonPress) -> str:
    """A second word that the number of deaths fell."""
    return await press.run(_said_again(press, sure=True), done="confirmed", last=True)


@button("correct_report")
async def correct_report(press: ButtonPress) -> str:
    """「改一处」: the next message of this person here corrects the report."""
    data = {"stream": press.subject.stream}
    form = Form(
        place_id=press.caller.place.id,
        person_id=press.caller.person.id,
        kind="fix",
        data=data,
        at=press.tools.clock.now(),
    )
    await give_way(press.tools.service, form.place_id, form.person_id)
    async with press.tools.service.store.writing("form.opened") as tx:
        await tx.forms.save(form)
    incident = press.subject.incident
    await show(press, case_message("fix_one", incident), "fix_one")
    return ""
