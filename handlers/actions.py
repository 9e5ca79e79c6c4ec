"""What each button does. Everything here a command does too (contract.md, In Telegram)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.render import preview_declare, preview_end, preview_oral, report_message, script_message
from bot.render.chat import oral_who, popup_text, text_message
from bot.render.view import View
from bot.service import Step
from handlers.buttons import Action, Pressed
from handlers.showing import show
from plans import commands as c
from plans.decide import Refusal
from plans.decide.levels import picked_units


def _view(press: Pressed) -> View:
    found = press.incident
    return press.tools.service.teller.view(found.plan, found.incident, press.tools.clock.now())


async def handle(press: Pressed) -> str:
    """「我来处理」."""
    return await press.run(c.TakeHandling())


async def judge(press: Pressed) -> str:
    """An answer to the deciding question."""
    return await press.run(c.Judge(fact=press.arg("fact"), option=press.arg("option")), done="judged")


async def unsure(press: Pressed) -> str:
    """「还说不准」: nothing is recorded, the question stays on the worksheet."""
    return popup_text("unsure")


async def resolve(press: Pressed) -> str:
    """A choice between conflicting figures."""
    return await press.run(c.Resolve(fact=press.arg("fact"), use=press.arg("use")), done="resolved")


async def confirm_deaths(press: Pressed) -> str:
    """A first death is true."""
    return await press.run(c.Update(facts={"deaths": press.arg("value")}), done="confirmed")


async def deny_deaths(press: Pressed) -> str:
    """A first death is not true."""
    return await press.run(c.Update(facts={"deaths": press.arg("value", 0)}, sure=True), done="confirmed")


async def merge(press: Pressed) -> str:
    """「并入N号」."""
    return await press.run(c.Merge(into=press.arg("other"), number=press.arg("number")), done="merged")


async def not_same(press: Pressed) -> str:
    """「不是同一件」."""
    return await press.run(c.DenyDuplicate(other=press.arg("other")), done="noted")


async def declare_preview(press: Pressed) -> str:
    """First step of declaring: what will be said, to whom, and that it cannot be taken back."""
    found, level = press.incident, press.arg("level")
    command = c.Declare(level=level, reason=press.arg("reason"))
    trial = await press.tools.service.rehearse(Step(stream=found.stream, command=command), press.caller.asker)
    view = _view(press)
    if isinstance(trial, Refusal) and not trial.confirm:
        return press.tools.service.teller.popup(trial, view)
    response = next(item for item in found.plan.responses if item.level == level)
    units = picked_units(found.plan, response, found.incident.event_class)
    await show(
        press, preview_declare(view, level, units, press.arg("reason"), press.arg("expected")), "preview_declare"
    )
    return ""


async def declare(press: Pressed) -> str:
    """Second step: declared. A press that lay there while we were away is asked again."""
    if press.waited:
        await declare_preview(press)
        return popup_text("ask_again")
    units = tuple(press.arg("units")) if press.arg("units") else None
    command = c.Declare(
        level=press.arg("level"), reason=press.arg("reason"), expected=press.arg("expected"), units=units
    )
    return await press.run(command, done="declared")


async def decline(press: Pressed) -> str:
    """「暂不启动」."""
    if press.waited:
        return popup_text("ask_again")
    return await press.run(c.DeclineProposal(reason=press.arg("reason")), done="noted")


async def oral_start(press: Pressed) -> str:
    """代录: who spoke? One tap for each role that may."""
    await show(press, oral_who(_view(press), press.arg("level"), press.arg("decides", "declare")), "oral_who")
    return ""


async def oral_preview(press: Pressed) -> str:
    """What the record will say."""
    found, decides, level = press.incident, press.arg("decides", "declare"), press.arg("level") or None
    command = c.RecordOral(of=press.arg("of"), decides=decides, level=level)
    trial = await press.tools.service.rehearse(Step(stream=found.stream, command=command), press.caller.asker)
    if isinstance(trial, Refusal) and not trial.confirm:
        return press.tools.service.teller.popup(trial, _view(press))
    await show(press, preview_oral(_view(press), press.arg("of"), decides, level), "preview_oral")
    return ""


async def oral(press: Pressed) -> str:
    """「属实，公布」."""
    if press.waited:
        await oral_preview(press)
        return popup_text("ask_again")
    spoken_at = datetime.fromisoformat(press.arg("spoken_at")) if press.arg("spoken_at") else None
    units = tuple(press.arg("units")) if press.arg("units") else None
    command = c.RecordOral(
        of=press.arg("of"), decides=press.arg("decides", "declare"), level=press.arg("level") or None,
        spoken_by=press.arg("spoken_by"), spoken_at=spoken_at, reason=press.arg("reason"), expected=press.arg("expected"), units=units,
    )  # fmt: skip
    return await press.run(command, done="recorded")


async def end_preview(press: Pressed) -> str:
    """First step of ending."""
    found = press.incident
    trial = await press.tools.service.rehearse(Step(stream=found.stream, command=c.End()), press.caller.asker)
    view = _view(press)
    if isinstance(trial, Refusal):
        return press.tools.service.teller.popup(trial, view)
    await show(press, preview_end(view), "preview_end")
    return ""


async def end(press: Pressed) -> str:
    """Second step of ending."""
    if press.waited:
        await end_preview(press)
        return popup_text("ask_again")
    return await press.run(c.End(reason=press.arg("reason")), done="ended")


async def back(press: Pressed) -> str:
    """「返回」: nothing happens."""
    return popup_text("nothing_done")


async def sign(press: Pressed) -> str:
    """「补签」."""
    return await press.run(c.Sign(), done="signed")


async def ack(press: Pressed) -> str:
    """A unit's answer."""
    return await press.run(
        c.Acknowledge(status=press.arg("status", "收到"), unit=press.arg("unit")), done="acknowledged"
    )


async def file(press: Pressed) -> str:
    """「已报」, perhaps some minutes ago."""
    found, minutes = press.incident, int(press.arg("minutes", 0) or 0)
    now = press.tools.clock.now() + found.incident.offset
    called_at = now - timedelta(minutes=minutes) if minutes else None
    to = (press.arg("to"),) if press.arg("to") else ()
    return await press.run(c.File(obligation=press.arg("key"), to=to, called_at=called_at), done="filed")


async def ring_failed(press: Pressed) -> str:
    """占线 or 没接通."""
    if not press.arg("to"):
        return popup_text("try_next")
    return await press.run(
        c.RingInVain(recipient=press.arg("to"), outcome=press.arg("outcome", "没接通")), done="noted"
    )


async def request(press: Pressed) -> str:
    """「对方要求核实」: its clock starts."""
    return await press.run(c.RequestVerification(recipient=press.arg("to")), done="requested")


async def script(press: Pressed) -> str:
    """「念稿拨号」: the words to read and the number to ring."""
    view = _view(press)
    await show(press, script_message(view, press.arg("key"), press.arg("to")), "script")
    return ""


async def filing(press: Pressed) -> str:
    """「已报，登记」: the recipients that are left, one button each."""
    return await script(press)


async def write(press: Pressed) -> str:
    """「书面报告」: a block to copy."""
    view = _view(press)
    await show(press, report_message(view, press.arg("key")), "written")
    return ""


async def undo(press: Pressed) -> str:
    """「撤回」."""
    return await press.run(c.Undo(), done="undone")


async def correct_report(press: Pressed) -> str:
    """「改一处」: the next message of this person, as a reply, corrects the report."""
    await show(press, text_message("fix_one", number=press.incident.incident.number), "fix_one")
    return ""


async def close(press: Pressed) -> str:
    """「归档」."""
    return await press.run(c.Close(), done="closed")


ACTIONS: dict[str, Action] = {
    "handle": handle,
    "judge": judge,
    "unsure": unsure,
    "resolve": resolve,
    "confirm_deaths": confirm_deaths,
    "deny_deaths": deny_deaths,
    "merge": merge,
    "not_same": not_same,
    "declare_preview": declare_preview,
    "declare": declare,
    "decline": decline,
    "oral_start": oral_start,
    "oral_preview": oral_preview,
    "oral": oral,
    "end_preview": end_preview,
    "end": end,
    "back": back,
    "sign": sign,
    "ack": ack,
    "file": file,
    "ring_failed": ring_failed,
    "request": request,
    "script": script,
    "filing": filing,
    "write": write,
    "undo": undo,
    "correct_report": correct_report,
    "close": close,
}
