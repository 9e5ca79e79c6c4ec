"""What was decided on the telephone (代录) and signed later (补签): ``/oral`` and its buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.render import View, preview_oral
from bot.render.oral import oral_who
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again, renewed
from handlers.commands import IncidentCommand, incident_command
from handlers.context import Caller, HandlerContext
from handlers.parsing import ENDING, NOT_NOW, response_level, role
from handlers.rehearsal import preview, refused, units_of
from handlers.replies import ask_again, redraw, show
from handlers.which_incident import Subject
from plans.incident.oral import RecordOral
from plans.incident.signing import Sign
from storage.people import is_confirmed, shown_name

_DECIDED = {"end": ENDING, "decline": NOT_NOW}
_READ = frozenset({"启动", "调整", "宣布", "决定", *ENDING, *NOT_NOW})


def recorded_by(view: View, who: Caller) -> View:
    """Return the view in which the person who records a spoken decision stands as the recorder."""
    return replace(view, seat_name=shown_name(who.person))


async def spoken_by(tools: HandlerContext, subject: Subject, spoke: str) -> str:
    """Return the name of who spoke, where only one person holds the role and it is confirmed who that is."""
    async with tools.service.store.reading() as rx:
        holders = await rx.people.holders(subject.incident.jurisdiction, subject.plan.id, spoke)
    return shown_name(holders[0]) if len(holders) == 1 and is_confirmed(holders[0]) else ""


async def _how(ask: IncidentCommand) -> None:
    """Say how a spoken decision is written, with roles and a level of the incident's own plan."""
    plan = ask.subject.plan
    titles = [item.title for item in plan.roles.values()]
    if not plan.responses or not titles:
        await ask.wrong("oral_no_levels")
        return
    level = plan.responses[0].level
    await ask.wrong("oral_how", first=titles[0], last=titles[-1], level=level, roles="、".join(titles))


@incident_command("oral", help={"duty": 4})
async def oral(ask: IncidentCommand) -> None:
    """``/oral``: who spoke, what was decided, perhaps when and why; shows the preview."""
    subject = ask.subject
    spoke = role(ask.args[0], subject.plan) if ask.args else None
    rest = ask.args[1:]
    decides = next((kind for kind, words in _DECIDED.items() if words & set(rest)), "declare")
    level = next((word_level for word in rest if (word_level := response_level(word, subject.plan))), None)
    if spoke is None or (decides == "declare" and level is None):
        await _how(ask)
        return
    spoken_at = next((when for word in rest if (when := ask.past(word))), None)
    name = await spoken_by(ask.tools, subject, spoke)
    read = {word for word in rest if ask.past(word) or response_level(word, subject.plan) or word in _READ}
    reason = " ".join(word for word in rest if word not in read)
    command = RecordOral(of=spoke, decides=decides, level=level, spoken_by=name, spoken_at=spoken_at, reason=reason)
    await preview(
        ask,
        command,
        lambda view, _: preview_oral(
            recorded_by(view, ask.caller), spoke, decides, level, spoken_by=name, spoken_at=spoken_at, reason=reason
        ),
    )


@button("oral_start", on="proposal", who=Who.DUTY, refused="oral_by_duty")
async def oral_start(press: ButtonPress) -> str:
    """代录: who spoke? One tap for each role that may; the duty officer alone records it."""
    await show(press, oral_who(await press.view(), press.arg("level"), press.arg("decides", "declare")), "oral_who")
    return ""


def _spoken(press: ButtonPress, name: str) -> RecordOral:
    spoken_at = datetime.fromisoformat(press.arg("spoken_at")) if press.arg("spoken_at") else None
    return RecordOral(
        of=press.arg("of"), decides=press.arg("decides", "declare"), level=press.arg("level") or None,
        spoken_by=press.arg("spoken_by") or name, spoken_at=spoken_at, reason=press.arg("reason"),
        expected=press.arg("expected"), units=units_of(press),
    )  # fmt: skip


@button("oral_preview")
async def oral_preview(press: ButtonPress) -> str:
    """What the record will say, in the place of the question who spoke."""
    name = await spoken_by(press.tools, press.subject, press.arg("of"))
    command = replace(_spoken(press, ""), spoken_by=name)
    problem = await refused(press, command)
    if not problem:
        preview_message = preview_oral(
            recorded_by(await press.view(), press.caller), command.of, command.decides, command.level,
            spoken_by=command.spoken_by, spoken_at=command.spoken_at, units=command.units, reason=command.reason,
            expected=command.expected,
        )  # fmt: skip
        await (ask_again if press.delivered_late else redraw)(press, preview_message, "preview_oral")
    return problem


@button("oral", on="standing", again=oral_preview, late=confirm_again(oral_preview))
async def oral_pressed(press: ButtonPress) -> str:
    """「属实，公布」."""
    shown = press.arg("spoken_by")
    if shown and shown != await spoken_by(press.tools, press.subject, press.arg("of")):
        return await renewed(press)
    done = "noted_oral" if press.arg("decides") == "decline" else "recorded"
    return await press.run(_spoken(press, ""), done=done, last=True)


@button("sign", on="decision")
async def sign(press: ButtonPress) -> str:
    """「补签」."""
    return await press.run(Sign(decision=press.button.revision), done="signed", last=True)
