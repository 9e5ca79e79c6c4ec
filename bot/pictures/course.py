"""What happened in an incident and when: reported, determined, declared, adjusted, corrected, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.pictures.axis import DISC, disc
from bot.pictures.moments import when
from bot.pictures.sheet import LEFT, RIGHT, SMALL, Sheet
from bot.render import View, naming
from bot.render.oral import decided
from bot.texts import pictures as t
from bot.texts import words as w
from plans.incident.closing import Closed, Rejected
from plans.incident.judging import LevelDetermined
from plans.incident.merging import Merged

MOST = 12
"""Steps that are drawn; of more the first and the last."""

_LEVELS = ("declare", "adjust", "end")
_LATER = {Closed: "closed", Rejected: "rejected", Merged: "merged"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, and what in words."""

    at: datetime
    words: str


def course(view: View) -> list[Step]:
    """Return the steps in the order of time. Persons are named by their roles alone."""
    incident, plan = view.incident, view.plan
    steps: list[Step] = []
    if incident.occurred_at is not None and incident.occurred_basis != "assumed":
        steps.append(Step(incident.occurred_at, t.OCCURRED))
    if incident.reported_at is not None:
        steps.append(Step(incident.reported_at, t.REPORTED))
    for item in incident.events:
        if item.sequence in incident.undone:
            continue
        event = item.event
        if isinstance(event, LevelDetermined):
            words = t.DETERMINED.format(level=event.level or w.UNDETERMINED, role=naming.role(plan, event.by_role))
            steps.append(Step(item.at, words))
        elif type(event) in _LATER:
            merged = w.NUMBER.format(number=incident.merged_number)
            steps.append(Step(item.at, t.LATER[_LATER[type(event)]].format(number=merged)))
    for decision in incident.decisions:
        if decision.kind in _LEVELS:
            words = t.DECIDED.format(what=decided(view, decision), role=naming.role(plan, decision.role))
            steps.append(Step(decision.spoken_at or decision.at, words))
    steps += [Step(item.at, t.CORRECTED.format(ordinal=item.ordinal)) for item in incident.corrections]
    return sorted(steps, key=lambda step: step.at)


def chosen(steps: Sequence[Step]) -> list[Step]:
    """Return the steps that are drawn: of too many the first and the last."""
    return list(steps) if len(steps) <= MOST else [*steps[: MOST // 2], *steps[-(MOST // 2) :]]


def draw_course(sheet: Sheet, view: View, steps: Sequence[Step]) -> None:
    """Draw a numbered line for each step."""
    if not steps:
        return
    sheet.heading(t.COURSE)
    for number, step in enumerate(chosen(steps), 1):
        if len(steps) > MOST and number == MOST // 2 + 1:
            sheet.paragraph(t.COURSE_LEFT_OUT.format(count=len(steps) - MOST), size=SMALL, colour="faint")
        base = sheet.y + 14
        disc(sheet, LEFT + DISC, base - 4, number)
        time = sheet.words(LEFT + 2 * DISC + 6, base, when(view, step.at), bold=True)
        left = LEFT + 2 * DISC + 6 + time + 6
        sheet.words(left, base, step.words, room=RIGHT - left)
        sheet.y = base + 5
    for step in steps:
        sheet.say(f"{when(view, step.at)} {step.words}")
