"""Its time is over: never lifted in silence, never in force for ever. The seat is asked before, then, and again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from plans.core.event import Event, Recorded
from plans.core.keys import EXPIRY, SEAT, STAGE, Key
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.policy import Policy, after, pause
from plans.core.registry import applies, guards, revises, tells
from plans.times.night import morning_of
from plans.warning.case import Case, NoticeContext
from plans.warning.loudness import rings_again
from plans.warning.state import KIND, WarningCase

WITHOUT_END = timedelta(hours=12)
"""A warning that names no end is asked about so long after its last stage, and again (a rule of the program)."""

AGAIN = (timedelta(minutes=30), timedelta(hours=1))
"""Past its end the question is repeated after so long, then once a day (a rule of the program)."""

# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpiryAsked(Event, name="warning-expiry-asked"):
    """The seat was asked what comes after the end: lifted, extended, raised.

    Attributes:
        over: its time had passed then.
    """

    ordinal: int
    over: bool


# --- when


def expiry_at(warning: WarningCase, policy: Policy) -> datetime | None:
    """Return when it is asked next what comes after the end; None while nothing is in force."""
    stage = warning.stage
    if stage is None or not warning.in_force:
        return None
    if stage.content.ends is None:
        return morning_of(max(stage.at, warning.asked_at or stage.at) + WITHOUT_END)
    moments = [stage.content.ends - span for span in policy.expiry if stage.content.ends - span > stage.at]
    moments = [*sorted(moments), stage.content.ends]
    if warning.asked < len(moments):
        return moments[warning.asked]
    return after(warning.asked_at or stage.content.ends, pause(AGAIN, warning.asked - len(moments)))


def ask_expiry(case: Case) -> None:
    """Ask, where the moment has come; after several that were missed, once."""
    warning = case.warning
    at = expiry_at(warning, case.policy)
    if at is None or warning.stage is None:
        return
    ends = warning.stage.content.ends
    over = ends is not None and ends <= case.now
    ordinal = warning.asked + 1
    if ends is not None and over:
        before = sum(ends - span > warning.stage.at for span in case.policy.expiry)
        ordinal = max(ordinal, before + 1)
    case.record(ExpiryAsked(ordinal=ordinal, over=over))


# --- what it does to the warning


@applies(ExpiryAsked)
def _on_asked(warning: WarningCase, event: ExpiryAsked, item: Recorded) -> None:
    warning.asked, warning.asked_at = event.ordinal, item.at


@revises(KIND, "expiry")
def _revision(warning: WarningCase, of: str) -> int | None:
    return warning.stages[-1].sequence if warning.in_force else None


@guards(KIND)
def _open(warning: WarningCase) -> Iterator[Key]:
    if warning.in_force and warning.asked:
        yield EXPIRY


# --- who is told


declare(
    NoticeType("warning_expiry", fallback_to_group=True, joins_as="due"),
    NoticeType("warning_over", fallback_to_group=True, joins_as="due"),
)


@tells(ExpiryAsked)
def _tell_asked(event: ExpiryAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="warning", key="warning_over" if event.over else "warning_expiry", to=SEAT, priority=1, guard=EXPIRY,
        ring=rings_again(context.after, item.at),
        buttons=buttons(
            ("warning_lift_preview", "warning_lift_preview", STAGE, {}),
            ("warning_extend", "warning_extend", STAGE, {}),
            ("warning_raise", "warning_raise", STAGE, {}),
        ),
    )  # fmt: skip
