"""Reminders of what is owed: that one went out, to whom, and what the duty seat can do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from plans.core import keys
from plans.core.event import Event, Recorded
from plans.core.keys import CASE, COURSE, DETERMINATION, SEAT, to_role
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.registry import applies, asks_of_state, tells
from plans.incident.case import NoticeContext
from plans.incident.deaths import death_buttons
from plans.incident.owed import filing_buttons
from plans.incident.state import Incident
from plans.obligations.quiet import quiet_days
from plans.obligations.rules import rules_of
from plans.overtaken import levels_of

# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminded(Event, name="reminded"):
    """One reminder went out for these instances to these steps of the ladder (0 = the duty seat).

    Attributes:
        beside: number of the incident that this one may be the same as and whose reminders are enough for the time.
        first: with ``beside``: nobody has been told so before.
        early: of the keys, those that were said before their moment, beside what was due in another incident.
    """

    keys: tuple[str, ...]
    audience: tuple[str, ...]
    overdue: tuple[str, ...] = ()
    beside: int = 0
    first: bool = False
    early: tuple[str, ...] = ()


# --- what it does to the incident


@applies(Reminded)
def _on_reminded(incident: Incident, event: Reminded, item: Recorded) -> None:
    for key in event.keys:
        if key in incident.instances:
            reminded = (*incident.instances[key].reminded, item.at)
            incident.instances[key] = replace(incident.instances[key], reminded=reminded, early=key in event.early)


# --- who is told


declare(
    NoticeType("reminder", fallback_to_group=True, reminds=True, supersedes=True, merges_as="reminder", joins_as="due"),
    NoticeType("reminder_possible", reminds=True, supersedes=True, merges_as="reminder", joins_as="due"),
    NoticeType("reminder_beside", reminds=True, joins_as="due"),
)


QUIET_REASON = "长时间没有新情况，经确认处置完毕"
"""Why a case is ended that nobody touched any more; whoever ends it confirms it in a preview."""


@tells(Reminded)
def _tell_reminded(event: Reminded, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.beside:
        if event.first:
            yield _beside(event, context)
        return
    possible = tuple(
        key for key in event.keys if key in context.after.instances and context.after.instances[key].possible
    )
    certain = [key for key in event.keys if key not in possible]
    quiet = quiet_days(context.after, item.at)
    for step in event.audience:
        seat = step == "seat"
        yield Notice(
            kind="overdue" if event.overdue else "reminder" if seat else "escalation",
            key="reminder" if certain else "reminder_possible",
            to=SEAT if seat else to_role(step),
            priority=1 if event.overdue else 2,
            ring=seat or _rings(step, event, item, context),
            obligations=event.keys,
            guard=keys.obligation(event.keys[0]) if len(event.keys) == 1 else keys.NOTHING,
            params={"keys": event.keys, "overdue": event.overdue, "possible": possible}
            | ({"quiet": (quiet,)} if quiet and seat else {}),
            buttons=_reminder_buttons(certain, possible, context, quiet=bool(quiet)) if seat else (),
        )


LEFT_ALONE = timedelta(minutes=20)
"""Who leads is not rung again within this of what he has been reminded of before; he reads it all the same."""


def _rings(step: str, event: Reminded, item: Recorded, context: NoticeContext) -> bool:
    """Return whether a step of the ladder above the seat is rung: for what is new to it at once, else not too often."""
    earlier = [
        other
        for other in (context.before.events if context.before is not None else ())
        if isinstance(other.event, Reminded) and step in other.event.audience
    ]
    known = {key for other in earlier if isinstance(other.event, Reminded) for key in other.event.keys}
    return not set(event.keys) <= known or all(item.at - other.at >= LEFT_ALONE for other in earlier)


def _hangs_on_figures(key: str, context: NoticeContext) -> bool:
    """Whether something is possible only because a figure is not confirmed, whatever the level."""
    rule = next((rule for rule in rules_of(context.plan) if rule.id == context.after.instances[key].rule), None)
    return rule is not None and rule.clock.from_ == "casualties_changed"


@asks_of_state(DETERMINATION)
def level_question(context: NoticeContext) -> Notice | None:
    """Return the question which level it is, None where nothing hangs on it any more."""
    possible = tuple(item.key for item in context.after.open_instances if item.possible and item.by_office)
    if not possible:
        return None
    return Notice(
        kind="reminder", key="reminder_possible", to=SEAT, obligations=possible,
        params={"keys": possible, "overdue": (), "possible": possible},
        buttons=_reminder_buttons([], possible, context, quiet=False),
    )  # fmt: skip


def _reminder_buttons(
    certain: list[str], possible: tuple[str, ...], context: NoticeContext, *, quiet: bool
) -> tuple[Press, ...]:
    """Return what the seat does next: read and register, else say the level, or the figure, that all of it hangs on."""
    if certain:
        return (*filing_buttons(certain[0]), *(_over(context) if quiet else ()))
    if all(_hangs_on_figures(key, context) for key in possible):
        return death_buttons(context.after) if context.after.death_unconfirmed else ()
    presses = [("determine_level", "determine_as", DETERMINATION, {"level": level})
               for level in levels_of(context.plan, context.after)]  # fmt: skip
    if presses:
        presses.append(("determine_level", "determine_unknown", DETERMINATION, {"level": ""}))
    return buttons(*presses)


def _over(context: NoticeContext) -> tuple[Press, ...]:
    """Return the button that ends a case which nobody touches any more, or closes it where it has ended."""
    if context.after.state == "ended":
        return buttons(("close", "close", COURSE, {}))
    return buttons(("end_preview", "end_preview", CASE, {"reason": QUIET_REASON}))


def _beside(event: Reminded, context: NoticeContext) -> Notice:
    """Say once that the other incident's reminders serve, with the two answers to whether it is the same."""
    other = next(stream for stream, number in context.after.suspected.items() if number == event.beside)
    args = {"other": other, "number": event.beside}
    return Notice(
        kind="reminder",
        key="reminder_beside",
        to=SEAT,
        obligations=event.keys,
        params={"number": event.beside},
        buttons=buttons(("merge", "merge", CASE, args), ("not_same", "not_same", CASE, args)),
    )
