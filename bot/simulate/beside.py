"""Steps beside the response: the on-site command, calls for help, statements, reports past a level, a level raised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.render import View
from bot.render.releasing import statement_text
from bot.scenario.form import Scenario, Step
from plans.core.command import Command
from plans.incident.aid import AskAid
from plans.incident.aid_answers import AnswerAid
from plans.incident.aid_demand import DoWithoutAid
from plans.incident.on_site import HandOverSite, SetUpSite
from plans.incident.on_site_demand import DoWithoutSite
from plans.incident.publishing import PublishRelease
from plans.incident.raising import JudgeRaising
from plans.incident.releasing import ApproveRelease, DraftRelease, public_instances
from plans.incident.skipping import SkipLevel
from plans.incident.state import Incident
from plans.model import Plan


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A step with the case that it speaks of; ``spoken``: when that was said, where the file tells."""

    plan: Plan
    scenario: Scenario
    step: Step
    incident: Incident
    now: datetime
    spoken: datetime | None


def _site(asked: Asked) -> Command:
    step = asked.step
    return SetUpSite(
        commander=step.commander, role=step.role, place=step.place, since=asked.spoken, of=step.of,
        spoken_by=step.spoken_by,
    )  # fmt: skip


def _site_over(asked: Asked) -> Command:
    step = asked.step
    return HandOverSite(commander=step.commander, body=step.to[0] if step.to else "", since=asked.spoken)


def _aid(asked: Asked) -> Command:
    """The office asks ``to``; without it a unit asks the office: the actor's, or ``unit`` on the telephone."""
    step = asked.step
    return AskAid(
        to=step.to[0] if step.to else "", what=step.text, at=asked.spoken, unit=step.unit, taker=step.taker
    )  # fmt: skip


def _aid_answer(asked: Asked) -> Command:
    """What came of the newest request to ``to`` or of ``unit`` that waits; of the only one where neither is named."""
    step = asked.step
    names = {*step.to, step.unit} - {""}
    waiting = [item.sequence for item in asked.incident.aid.values() if item.waits and {item.to, item.unit} & names]
    return AnswerAid(
        request=waiting[-1] if waiting else 0, status=step.status, words=step.text, at=asked.spoken, taker=step.taker
    )  # fmt: skip


def _skip(asked: Asked) -> Command:
    step = asked.step
    return SkipLevel(
        obligation=step.obligation, to=step.to[0] if step.to else "", channel=step.channel, called_at=asked.spoken,
        taker=step.taker, reason=step.reason,
    )  # fmt: skip


def _release(asked: Asked) -> Command:
    """Lay the statement before whoever decides, as ``/release`` drafts it at this moment."""
    step = asked.step
    view = View(
        plan=asked.plan, incident=asked.incident, now=asked.incident.own_time(asked.now),
        policy=asked.scenario.reminders,
    )  # fmt: skip
    owed = public_instances(asked.plan, asked.incident)
    made_for = next((item.key for item in owed if step.obligation in (item.key, item.rule)), step.obligation)
    return DraftRelease(
        text=statement_text(view, step.text), addition=step.text, obligation=made_for, publisher=step.publisher
    )


def _approve(asked: Asked) -> Command:
    step = asked.step
    return ApproveRelease(
        release=_draft(asked.incident), approved=step.holds, reason=step.reason, taker=step.taker
    )  # fmt: skip


def _publish(asked: Asked) -> Command:
    step = asked.step
    return PublishRelease(
        release=_draft(asked.incident), medium=step.medium, published_at=asked.spoken, of=step.of,
        spoken_by=step.spoken_by,
    )  # fmt: skip


def _draft(incident: Incident) -> int:
    """Return the number of the newest draft, 0 where none waits."""
    return max((number for number, item in incident.statements.items() if item.status == "draft"), default=0)


STEPS: dict[str, Callable[[Asked], Command]] = {
    "site": _site,
    "site_over": _site_over,
    "site_without": lambda asked: DoWithoutSite(reason=asked.step.reason),
    "aid": _aid,
    "aid_answer": _aid_answer,
    "aid_without": lambda asked: DoWithoutAid(reason=asked.step.reason),
    "skip": _skip,
    "release": _release,
    "approve": _approve,
    "publish": _publish,
    "raise_level": lambda asked: JudgeRaising(raises=asked.step.holds, reason=asked.step.reason),
}
"""What a step does beside the response, as the command of the same name in the chat."""
