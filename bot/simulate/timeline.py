"""What everybody was told in a scenario, line by line, and how its incidents and warnings stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.render import View, naming, timeline_text
from bot.render.cases import CaseView, render_case
from bot.render.duty import settled_line
from bot.rows import iso
from bot.scenario.form import Scenario, Step
from bot.simulate import cast
from bot.simulate.desk import Desk
from bot.simulate.duties import Duties
from bot.texts.duty import HEAD_OF
from plans.core.notice import Notice
from plans.core.outcome import CaseOutcome, Refusal
from plans.duty.settling import DutySettled
from plans.duty.state import DutyBook
from plans.incident.case import Outcome
from plans.incident.state import Incident
from plans.model import Plan
from plans.warning.state import WarningCase

Before = tuple[int, dict[str, Incident], dict[int, WarningCase]]
"""How far the timeline had come, and how incidents and warnings stood."""


class Timeline:
    """What was told so far.

    Attributes:
        lines: as docs/contract.md has them.
        incidents: by stream. warnings: by number.
    """

    def __init__(self, scenario: Scenario, plan: Plan, duties: Duties, desk: Desk) -> None:
        self._scenario, self._plan, self._duties, self._desk = scenario, plan, duties, desk
        self.lines: list[dict[str, Any]] = []
        self.incidents: dict[str, Incident] = {}
        self.warnings: dict[int, WarningCase] = {}

    def mark(self) -> Before:
        """Return where it stands, for :meth:`back`."""
        return len(self.lines), dict(self.incidents), dict(self.warnings)

    def back(self, to: Before) -> None:
        """Take back what was seen of requests of which a later one was refused."""
        lines, self.incidents, self.warnings = to
        del self.lines[lines:]

    def observe(self, plan: Plan, outcome: Outcome, notices: Sequence[Notice], now: datetime) -> None:
        """Write notices into the timeline; a worksheet that is only renewed once more is no line."""
        self.incidents[outcome.after.stream] = outcome.after
        view = View(
            plan=plan,
            incident=outcome.after,
            now=outcome.after.own_time(now),
            policy=self._scenario.reminders,
            bound_units=frozenset(unit.id for unit in plan.units),
        )
        for notice in notices:
            if notice.edits and notice.key == "worksheet" and notice.kind == "card":
                continue
            self.add(
                now,
                notice.kind,
                self._called(notice.to),
                timeline_text(notice, view),
                key=notice.key,
                incident=outcome.after.number,
                obligations=list(notice.obligations),
            )

    def observe_case(self, plan: Plan, outcome: CaseOutcome[Any], notices: Sequence[Notice], now: datetime) -> None:
        """Write the notices of a case of another kind into the timeline."""
        case = outcome.after
        if isinstance(case, WarningCase):
            self.warnings[case.number] = case
        self._desk.see(case)
        bodies = [body.name for body in self._scenario.bodies]
        view = CaseView(
            plan=plan, case=case, now=case.own_time(now), policy=self._scenario.reminders,
            names={cast.body_id(bodies, name): name for name in bodies},
        )  # fmt: skip
        if isinstance(case, DutyBook):
            self._duties.see(case)
            self._of_book(view, case, outcome, notices, now)
            return
        for notice in notices:
            if not notice.edits:
                text = render_case(notice, view).text
                kind = self._desk.kind(case, notice)
                self.add(now, kind, self._called(notice.to), text, key=notice.key, incident=None, obligations=[])

    def _of_book(
        self, view: CaseView, book: DutyBook, outcome: CaseOutcome[Any], notices: Sequence[Notice], now: datetime
    ) -> None:
        """Write what was done, and what is told of a book of duties, into the timeline."""
        title = self._duties.title(book)
        for item in outcome.recorded:
            if isinstance(item.event, DutySettled):
                text = settled_line(view, item.event.key)
                self.add(now, "duty", title, text, key="duty_settled", incident=None, obligations=[])
        for notice in notices:
            text = render_case(notice, view).text
            to = HEAD_OF.format(title=title) if notice.key == "duty_head" else title
            self.add(now, "duty", to, text, key=notice.key, incident=None, obligations=[])

    def refused(self, step: Step, refusal: Refusal, text: str, now: datetime, incident: Incident | None) -> None:
        """Write that a step was refused, and why."""
        self.add(
            now,
            "refused",
            cast.called(self._plan, step.actor),
            text,
            key=refusal.key,
            incident=incident.number if incident else None,
            obligations=[],
            clause=refusal.clause,
            who=[naming.role(self._plan, name) for name in refusal.who],
            line=step.line,
        )

    def add(self, at: datetime, kind: str, to: str, text: str, *, obligations: list[str], **more: Any) -> None:
        """Write a line."""
        self.lines.append(
            {
                "at": iso(at),
                "kind": kind,
                "to": [to],
                "obligation": obligations[0] if obligations else None,
                "obligations": obligations,
                "text": text,
                **more,
            }
        )

    def _called(self, to: str) -> str:
        kind, _, name = to.partition(":")
        fixed = {"seat": "值班席", "group": "指挥群", "origin": "报告人", "reporter": "报告人"}
        bodies = [body.name for body in self._scenario.bodies]
        name = next((body for body in bodies if cast.body_id(bodies, body) == name), name)
        return fixed.get(kind) or cast.called(self._plan, name.removeprefix("person:"))
