"""Who is told of reports made and owed."""

from __future__ import annotations

from collections.abc import Iterator

from plans import events as e
from plans.logic import names_in
from plans.model import Plan
from plans.notices.knowing import death_buttons
from plans.notices.notice import Notice, Press, buttons, filing_buttons
from plans.notices.registry import Told, on
from plans.obligations.quiet import quiet_days
from plans.obligations.wanted import CORRECTION
from plans.overtaken import levels_of

QUIET_REASON = "长时间没有新情况，经确认处置完毕"
"""Why a case is ended that nobody touched any more; whoever ends it confirms it in a preview."""


@on(e.Filed)
def _filed(event: e.Filed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(
        kind="final" if event.report == "终报" else "filed",
        key="worksheet",
        to="seat",
        priority=3,
        edits=True,
        params={"recipient": event.recipient, "report": event.report},
    )


@on(e.RingFailed)
def _ring_failed(event: e.RingFailed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(
        kind="note",
        key="worksheet",
        to="seat",
        priority=3,
        edits=True,
        params={"recipient": event.recipient, "outcome": event.outcome},
    )


@on(e.ObligationOpened)
def _opened(event: e.ObligationOpened, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if not event.by_office or event.possible or not told.is_open(event.key):
        return
    if event.raised:
        yield _raised(event.key)
        return
    if told.before is not None and event.due < item.at and _by_level(told.plan, event.rule):
        yield _late(event.key)
        return
    key = _first_word(told.plan, event)
    if key:
        yield Notice(
            kind="reminder",
            key=key,
            to="seat",
            priority=1,
            ring=True,
            obligations=(event.key,),
            guard=f"obligation:{event.key}",
            buttons=filing_buttons(event.key),
        )


def _first_word(plan: Plan, event: e.ObligationOpened) -> str:
    """Return the key of what is said at once of an obligation that arises under way; the others the worksheet shows."""
    if event.rule == CORRECTION:
        return "correction_due"
    rule = next((item for item in plan.obligations if item.id == event.rule), None)
    start = rule.clock.from_ if rule is not None else ""
    return {"requested": "verification", "casualties_changed": "followup_due"}.get(start, "")


@on(e.ObligationChanged)
def _changed(event: e.ObligationChanged, item: e.Recorded, told: Told) -> Iterator[Notice]:
    earlier = told.before.instances.get(event.key) if told.before else None
    if event.possible or earlier is None or not earlier.by_office or not told.is_open(event.key):
        return
    if event.raised and not earlier.raised:
        yield _raised(event.key)
    elif earlier.possible and event.due < item.at and _by_level(told.plan, earlier.rule):
        yield _late(event.key)
    elif earlier.possible or event.due < earlier.due:
        yield Notice(kind="reminder", key="due_moved", to="seat", priority=1, ring=True, obligations=(event.key,))


def _by_level(plan: Plan, name: str) -> bool:
    """Whether a rule holds at some event levels: what was determined may open it late."""
    rule = next((rule for rule in plan.obligations if rule.id == name), None)
    return rule is not None and rule.when is not None and bool(names_in(rule.when) & {"event_level", "undetermined"})


def _late(key: str) -> Notice:
    """What is owed at the level that was determined, or that the facts have, and whose time has passed already."""
    return Notice(kind="reminder", key="level_late", to="seat", priority=1, ring=True, obligations=(key,))


def _raised(key: str) -> Notice:
    return Notice(kind="reminder", key="raised", to="seat", priority=1, ring=True, obligations=(key,))


@on(e.Reminded)
def _reminded(event: e.Reminded, item: e.Recorded, told: Told) -> Iterator[Notice]:
    if event.beside:
        if event.first:
            yield _beside(event, told)
        return
    possible = tuple(key for key in event.keys if key in told.after.instances and told.after.instances[key].possible)
    certain = [key for key in event.keys if key not in possible]
    quiet = quiet_days(told.after, item.at)
    for step in event.audience:
        seat = step == "seat"
        yield Notice(
            kind="overdue" if event.overdue else "reminder" if seat else "escalation",
            key="reminder" if certain else "reminder_possible",
            to=step if seat else f"role:{step}",
            priority=1 if event.overdue else 2,
            ring=True,
            obligations=event.keys,
            guard=f"obligation:{event.keys[0]}" if len(event.keys) == 1 else "",
            params={"keys": event.keys, "overdue": event.overdue, "possible": possible}
            | ({"quiet": (quiet,)} if quiet and seat else {}),
            buttons=_reminder_buttons(certain, possible, told, quiet=bool(quiet)) if seat else (),
        )


def _hangs_on_figures(key: str, told: Told) -> bool:
    """Whether something is possible only because a figure is not confirmed, whatever the level."""
    rule = next((rule for rule in told.plan.obligations if rule.id == told.after.instances[key].rule), None)
    return rule is not None and rule.clock.from_ == "casualties_changed"


def level_question(told: Told) -> Notice | None:
    """Return the question which level it is, None where nothing hangs on it any more."""
    possible = tuple(item.key for item in told.after.open_instances if item.possible and item.by_office)
    if not possible:
        return None
    return Notice(
        kind="reminder", key="reminder_possible", to="seat", obligations=possible,
        params={"keys": possible, "overdue": (), "possible": possible},
        buttons=_reminder_buttons([], possible, told, quiet=False),
    )  # fmt: skip


def _reminder_buttons(certain: list[str], possible: tuple[str, ...], told: Told, *, quiet: bool) -> tuple[Press, ...]:
    """Return what the seat does next: read and register, else say the level, or the figure, that all of it hangs on."""
    if certain:
        return (*filing_buttons(certain[0]), *(_over(told) if quiet else ()))
    if all(_hangs_on_figures(key, told) for key in possible):
        return death_buttons(told.after) if told.after.death_unconfirmed else ()
    presses = [("determine_level", "determine_as", "determination", {"level": level})
               for level in levels_of(told.plan, told.after)]  # fmt: skip
    if presses:
        presses.append(("determine_level", "determine_unknown", "determination", {"level": ""}))
    return buttons(*presses)


def _over(told: Told) -> tuple[Press, ...]:
    """Return the button that ends a case which nobody touches any more, or closes it where it has ended."""
    if told.after.state == "ended":
        return buttons(("close", "close", "course", {}))
    return buttons(("end_preview", "end_preview", "incident", {"reason": QUIET_REASON}))


def _beside(event: e.Reminded, told: Told) -> Notice:
    """Say once that the other incident's reminders serve, with the two answers to whether it is the same."""
    other = next(stream for stream, number in told.after.suspected.items() if number == event.beside)
    args, target = {"other": other, "number": event.beside}, f"duplicate:{other}"
    return Notice(
        kind="reminder",
        key="reminder_beside",
        to="seat",
        obligations=event.keys,
        params={"number": event.beside},
        buttons=buttons(("merge", "merge", target, args), ("not_same", "not_same", target, args)),
    )


@on(e.ReporterSentToPhone)
def _to_phone(event: e.ReporterSentToPhone, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="escalation", key="ring_yourself", to="origin", priority=1, ring=True, guard="unhandled")
