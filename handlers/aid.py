"""Calls for help: ``/aid`` asks, says what came of it, or why nobody is asked; and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.render.aid import page, page_of_unit
from bot.texts import aid as t
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, incident_command
from handlers.parsing import taker, unit
from handlers.replies import say, show
from handlers.units import calling_me
from handlers.which_incident import Subject
from plans.bodies import body_of
from plans.incident.aid import AskAid
from plans.incident.aid_answers import ARRIVED, PROMISED, REFUSED, WITHDRAWN, AnswerAid
from plans.incident.aid_demand import DoWithoutAid
from plans.incident.records_beside import AidRequest
from plans.incident.state import Incident
from plans.model import Plan

STATUSES = {t.PROMISED: PROMISED, t.REFUSED: REFUSED, t.ARRIVED: ARRIVED, t.WITHDRAWN: WITHDRAWN}


@incident_command("aid", choose=calling_me)
async def aid(ask: IncidentCommand) -> None:
    """``/aid 市政府 排涝车2台``; 答应, 拒绝, 已到, 撤回 and words; 代 and a unit; 不请求 and why; alone the page."""
    plan, incident = ask.subject.plan, ask.subject.incident
    words, at, receiver = _split(ask.args, ask.past)
    first, rest = (words[0], words[1:]) if words else ("", [])
    if not ask.args:
        view = await ask.view()
        message = page(view) if ask.subject.staff else page_of_unit(view, _units(ask.subject, ask.caller.person.id))
        await say(ask.context, ask.caller, message, "aid", stream=ask.subject.stream, in_private=True)
        return
    if first == t.WITHOUT:
        await ask.run(DoWithoutAid(reason=" ".join(rest)), done="aid_without")
        return
    if first in STATUSES:
        request = _named(rest[0], plan, incident) if rest else None
        said = rest[1:] if request is not None else rest
        number = request.sequence if request is not None else 0
        command = AnswerAid(request=number, status=STATUSES[first], words=" ".join(said), at=at, taker=receiver)
        await ask.run(command, done="aid_answered")
        return
    if not ask.subject.staff:
        await ask.run(AskAid(what=" ".join(words), at=at), done="aid_asked")
        return
    if first.startswith(t.FOR) and (asking := _unit(first.removeprefix(t.FOR), plan, incident)) is not None:
        await ask.run(AskAid(unit=asking, what=" ".join(rest), at=at, taker=receiver), done="aid_asked")
        return
    to = _recipient(first, plan)
    await ask.run(AskAid(to=to, what=" ".join(rest), at=at, taker=receiver), done="aid_asked_of", to=to)


def _split(args: list[str], past: Callable[[str], datetime | None]) -> tuple[list[str], datetime | None, str]:
    """Return the words, when it was, and who took the call."""
    at: datetime | None = None
    receiver, words = "", []
    for word in args:
        if (time := past(word)) is not None:
            at = time
        elif (name := taker(word)) is not None:
            receiver = name
        else:
            words.append(word)
    return words, at, receiver


def _units(subject: Subject, person: str) -> set[str]:
    """Return the units for which somebody speaks here, under the names by which they were called."""
    incident = subject.incident
    units = {*subject.actor.units, *([incident.unit] if incident.reporter_id == person else [])}
    return units | {body_of(subject.plan, incident, name) for name in units}


def _unit(word: str, plan: Plan, incident: Incident) -> str | None:
    """Return the called unit that a word names."""
    name = unit(word, plan) or word
    return next((item for item in (name, body_of(plan, incident, name)) if item in incident.calls), None)


def _named(word: str, plan: Plan, incident: Incident) -> AidRequest | None:
    """Return the newest request that waits and names this recipient or unit."""
    names = {_recipient(word, plan), unit(word, plan) or word, word}
    waiting = [item for item in incident.aid.values() if item.waits and {item.to, item.unit} & names]
    return waiting[-1] if waiting else None


def _recipient(word: str, plan: Plan) -> str:
    """Return whom the plan means by a word (市政府 is 市人民政府), else the word as it is."""
    known = [*(item.to for item in plan.aid if not item.units), *(item.id for item in plan.units)]
    return next((name for name in known if _short(name) == _short(word)), unit(word, plan) or word)


def _short(name: str) -> str:
    return name.replace("人民", "")


async def again(press: ButtonPress) -> str:
    """Show the page as things stand now."""
    view, subject = await press.view(), press.subject
    units = _units(subject, press.caller.person.id)
    await show(press, page(view) if subject.staff else page_of_unit(view, units), "aid")
    return ""


@button("aid", who=Who.OFFICE)
async def aid_page(press: ButtonPress) -> str:
    """「请求支援」: what was asked, what the plan says, and a button for each whom it names."""
    return await again(press)


@button("aid_ask", on="aid_to", who=Who.OFFICE, again=again, late=confirm_again(again))
async def asked(press: ButtonPress) -> str:
    """「已请求市人民政府」."""
    return await press.run(AskAid(to=press.arg("to")), done="aid_asked")


@button("aid_answer", on="aid", again=again, late=confirm_again(again))
async def answered(press: ButtonPress) -> str:
    """「市人民政府：已答应」: what came of a request; a unit says itself that help came or is not wanted any more."""
    command = AnswerAid(request=int(press.arg("request")), status=press.arg("status"))
    return await press.run(command, done="aid_answered")
