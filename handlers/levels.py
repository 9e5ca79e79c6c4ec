"""Commands that decide: ``/declare /oral /end``. Each shows a preview; only its button decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.render import Message, View, preview_declare, preview_end, preview_oral
from bot.render.chat import text_message
from bot.service import Step
from handlers.commands import IncidentCommand, incident_command
from handlers.context import Caller, HandlerContext
from handlers.parsing import ENDING, EXPECTED, NOT_NOW, moment, response_level, role
from handlers.replies import say
from handlers.which_incident import Subject
from plans import commands as c
from plans.decide import Outcome, Refusal
from plans.events import Agreed, Declared


@incident_command("declare", help={"leader": 2})
async def declare(ask: IncidentCommand) -> None:
    """``/declare``: a level, perhaps 预计…, and the reason where another level was proposed."""
    found = ask.subject
    level = response_level(ask.args[0], found.plan) if ask.args else None
    if level is None and found.incident.proposal is not None and not ask.args:
        level = found.incident.proposal.level
    if level is None or all(item.level != level for item in found.plan.responses):
        await ask.wrong("declare_how", levels="、".join(item.level for item in found.plan.responses))
        return
    expected = next((word for word in ask.args[1:] if word.startswith(EXPECTED)), "")
    reason = " ".join(word for word in ask.args[1:] if word != expected)
    expected = expected.removeprefix(EXPECTED)
    command = c.Declare(level=level, reason=reason, expected=expected)
    await _preview(
        ask, command, lambda view, trial: preview_declare(view, level, None, reason, expected, *acting(trial))
    )


@incident_command("oral", help={"duty": 4})
async def oral(ask: IncidentCommand) -> None:
    """``/oral``: who spoke, what was decided, perhaps when and why; shows the preview."""
    found = ask.subject
    spoke = role(ask.args[0], found.plan) if ask.args else None
    rest = ask.args[1:]
    decides = next((kind for kind, words in _DECIDED.items() if words & set(rest)), "declare")
    level = next((known for word in rest if (known := response_level(word, found.plan))), None)
    if spoke is None or (decides == "declare" and level is None):
        await ask.wrong("oral_how", roles="、".join(item.title for item in found.plan.roles.values()))
        return
    spoken_at = next((when for word in rest if (when := moment(word, ask.now))), None)
    name = await spoken_by(ask.tools, found, spoke)
    read = {word for word in rest if moment(word, ask.now) or response_level(word, found.plan) or word in _READ}
    reason = " ".join(word for word in rest if word not in read)
    command = c.RecordOral(of=spoke, decides=decides, level=level, spoken_by=name, spoken_at=spoken_at, reason=reason)
    await _preview(
        ask,
        command,
        lambda view, _: preview_oral(
            recorded_by(view, ask.caller), spoke, decides, level, spoken_by=name, spoken_at=spoken_at, reason=reason
        ),
    )


_DECIDED = {"end": ENDING, "decline": NOT_NOW}
_READ = frozenset({"启动", "调整", "宣布", "决定", *ENDING, *NOT_NOW})


def recorded_by(view: View, who: Caller) -> View:
    """Return the view in which the person who records a spoken decision stands as the recorder."""
    return replace(view, seat_name=who.person.name)


async def spoken_by(tools: HandlerContext, found: Subject, spoke: str) -> str:
    """Return who it was that spoke, where only one person holds the role."""
    async with tools.service.store.reading() as rx:
        holders = await rx.people.holders(found.incident.jurisdiction, found.plan.id, spoke)
    return holders[0].name if len(holders) == 1 else ""


def acting(trial: Outcome | Refusal) -> tuple[str, datetime | None, tuple[str, ...]]:
    """Return for whom and until when the role is held under which a declaration would be made, and who must agree."""
    events = [item.event for item in trial.recorded] if isinstance(trial, Outcome) else []
    declared = next((event for event in events if isinstance(event, Declared)), None)
    agreed = next((event for event in events if isinstance(event, Agreed)), None)
    missing = agreed.missing if agreed is not None else ()
    said = declared or agreed
    return (said.acting_for or "", said.acting_until, missing) if said is not None else ("", None, missing)


@incident_command("end", help={"leader": 3})
async def end(ask: IncidentCommand) -> None:
    """``/end``: shows the preview; without a response a reason ends it."""
    await _preview(ask, c.End(reason=ask.text), lambda view, _: preview_end(view, ask.text))


async def _preview(
    ask: IncidentCommand, command: c.Command, draw: Callable[[View, Outcome | Refusal], Message]
) -> None:
    found = ask.subject
    trial = await ask.tools.service.rehearse(Step(stream=found.stream, command=command), ask.caller.requester)
    if isinstance(trial, Refusal) and not (isinstance(command, c.Declare) and trial.confirm == "reason"):
        await ask.run(command)  # refused in the transaction, recorded under this cause, and answered
        return
    shown = draw(await ask.view(), trial)
    if not await say(ask.context, ask.caller, shown, "preview", stream=found.stream, in_private=True, ring=True):
        await say(ask.context, ask.caller, text_message("see_private"), "preview")
