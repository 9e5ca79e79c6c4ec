"""Buttons about what is known: taking the case, judgements, figures, duplicates."""

from __future__ import annotations

from bot.render import render_refusal
from bot.render.chat import case_message, popup_text
from bot.render.facts import sure_message
from bot.service import Step
from bot.service.placing import give_way
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.drills import pause_all
from handlers.replies import question_again, show
from plans import commands as c
from plans.decide import Refusal
from storage.forms import Form


@button("handle", on="handling")
async def handle(press: ButtonPress) -> str:
    """「我来处理」."""
    return await press.run(c.TakeHandling(), done="handled")


@button("judge", on=("fact", "doubt"), again=question_again)
async def judge(press: ButtonPress) -> str:
    """An answer to the deciding question."""
    return await press.run(c.Judge(fact=press.arg("fact"), option=press.arg("option")), done="judged")


@button("determine", on="doubt", again=question_again)
@button("determine_level", on="determination", again=question_again)
async def determine(press: ButtonPress) -> str:
    """The event level, given anew; none = 暂时无法判明."""
    return await press.run(c.Determine(level=press.arg("level") or None), done="determined", last=True)


@button("set_class", on="class", again=question_again)
async def set_class(press: ButtonPress) -> str:
    """An answer to the question which class of event it is."""
    return await press.run(c.Update(event_class=press.arg("class")), done="judged")


@button("unsure")
async def unsure(press: ButtonPress) -> str:
    """「还说不准」: nothing is recorded, the question stays on the worksheet."""
    return popup_text("unsure")


@button("choose_plan", on="plan", again=question_again)
async def choose_plan(press: ButtonPress) -> str:
    """The plan that the incident falls under."""
    return await press.run(c.ChoosePlan(plan=press.arg("plan")), done="plan_chosen", last=True)


@button("resolve", on="fact", again=question_again)
async def resolve(press: ButtonPress) -> str:
    """A choice between conflicting figures."""
    return await press.run(c.Resolve(fact=press.arg("fact"), use=press.arg("use")), done="resolved")


@button("confirm_deaths", on="fact", again=question_again)
async def confirm_deaths(press: ButtonPress) -> str:
    """A first death is true."""
    return await press.run(c.Update(facts={"deaths": press.arg("value")}), done="confirmed", last=True)


@button("deny_deaths", on="fact", again=question_again)
async def deny_deaths(press: ButtonPress) -> str:
    """A first death is not true."""
    return await press.run(c.Update(facts={"deaths": press.arg("value", 0)}, sure=True), done="confirmed", last=True)


def _stated(press: ButtonPress, *, sure: bool) -> c.Update:
    return c.Update(
        facts=press.arg("facts", {}),
        increments=frozenset(press.arg("increments", ())),
        text=press.arg("text"),
        sure=sure,
    )


async def ask_sure(press: ButtonPress) -> str:
    """Ask for the second word once more: what falls is another number now, or nothing falls any more."""
    step = Step(stream=press.subject.stream, command=_stated(press, sure=False))
    trial = await press.tools.service.rehearse(step, press.caller.requester)
    if isinstance(trial, Refusal) and trial.confirm == "sure":
        view = await press.view()
        await show(press, sure_message(render_refusal(trial, view), view.incident, press.button.args), "answer")
    return ""


@button("sure", on="facts", again=ask_sure)
async def sure(press: ButtonPress) -> str:
    """A second word that the number of deaths fell."""
    return await press.run(_stated(press, sure=True), done="confirmed", last=True)


@button("adopt_edit", on="edit", again=question_again)
async def adopt_edit(press: ButtonPress) -> str:
    """「采用」 what an edited message says now."""
    return await press.run(c.SettleEdit(sequence=press.arg("sequence"), adopt=True), done="adopted", last=True)


@button("drop_edit", on="edit", again=question_again)
async def drop_edit(press: ButtonPress) -> str:
    """「不采用」: the record stays."""
    return await press.run(c.SettleEdit(sequence=press.arg("sequence"), adopt=False), done="kept_record", last=True)


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


@button("pause_drills", who=Who.OFFICE)
async def pause_drills(press: ButtonPress) -> str:
    """「暂停演练」: something real has come."""
    count = await pause_all(press.context, press.caller, press.arg("drills", []))
    return popup_text("drills_paused" if count else "no_drill", count=count)
