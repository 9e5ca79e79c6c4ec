"""Every rule by which something is owed: the plan's reports, and what it demands after the end of a response."""

from __future__ import annotations

from datetime import timedelta

from plans.acting import carries_out
from plans.model import AfterAction, Clock, Obligation, Plan


class AfterTask(Obligation):
    """A task after the end (善后, 总结评估, 调查报告), filed with what shows that it was done.

    It is never rung about: who bears it is told when the response has ended. Where the plan gives it no time, its
    time is local (policy ``after_end``).

    Attributes:
        bearers: the units of the plan that bear it.
    """

    bearers: tuple[str, ...] = ()


def rules_of(plan: Plan) -> tuple[Obligation, ...]:
    """Return the plan's report obligations, then its tasks after the end."""
    return (*plan.obligations, *tasks_after(plan))


def tasks_after(plan: Plan) -> tuple[AfterTask, ...]:
    """Return the tasks after the end that no report obligation carries out."""
    # Keyed by identity: the actions' hash is worked out anew each time. They are kept, so that it is not given away.
    entry = _tasks_of.get(id(plan.after))
    office = (plan.command_body, plan.office, plan.office_unit)
    if entry is None or entry[1] != office:
        if len(_tasks_of) >= _MOST:
            _tasks_of.clear()
        entry = _tasks_of[id(plan.after)] = (plan.after, office, _tasks(plan.after, office))
    return entry[2]


_MOST = 64
_tasks_of: dict[int, tuple[tuple[AfterAction, ...], tuple[str, ...], tuple[AfterTask, ...]]] = {}


@carries_out("clock", "after", "AfterAction")
def _tasks(actions: tuple[AfterAction, ...], office: tuple[str, ...]) -> tuple[AfterTask, ...]:
    return tuple(
        AfterTask(
            id=item.id or f"after-{number}",
            clause=item.clause,
            report=item.task or item.text,
            bearer=item.by,
            bearers=item.bearers,
            channel="书面",
            to=item.to or (office[1],),
            when=item.when,
            clock=Clock.model_validate({"from": "response_ended", "within": item.within or timedelta()}),
            by_office=item.by in office,
            local=item.within is None,
            text=item.text,
        )
        for number, item in enumerate(actions, 1)
        if not item.obligation
    )
