"""Nothing rings for ever: every pause after which the program says something again, and what that comes to in a night.

``python -m tests.plans.core.test_ladders`` prints the table.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import plans
from bot.outgoing.due_rows import DUE
from bot.render.notices import KEYS
from plans.core.command import ClockCommand
from plans.core.event import names
from plans.core.kind import kinds
from plans.core.notice import declared, type_of
from plans.core.policy import DEFAULT_POLICY, after, pause
from plans.desk import chasing, entry_rings, receipts, recipients, sending
from plans.times import BEIJING
from plans.warning import expiry

NIGHT = timedelta(hours=9, minutes=30)
FOLDER = Path(plans.__file__).parent

# What is said again by a clock: by the event, which pauses it follows, the first word included, and which notices tell
# of it. A number stands for what is said so often at most, however long it is left.
POLICY = DEFAULT_POLICY
LADDERS: dict[str, tuple[tuple[timedelta, ...] | int, tuple[str, ...]]] = {
    # incidents
    "reminded": ((*POLICY.before, *POLICY.backoff), ("reminder", "reminder_possible", "reminder_beside")),
    "word-asked-again": (POLICY.proposal, ("overtaken_again",)),
    "units-escalated": (POLICY.units, ("call_again", "ring_units", "silent_units")),
    "arrivals-asked": (2, ("arrival_asked", "arrivals_waited_for")),
    "units-idle": (1, ("arrivals_waited_for",)),
    "proposal-rung": (POLICY.proposal, ("ring_decider", "proposal_again", "proposal_widened")),
    "aid-rung": (POLICY.aid, ("aid_again",)),
    "release-rung": (POLICY.release, ("release_again",)),
    "reporter-sent-to-phone": (1, ("ring_yourself",)),
    # warnings
    "warning-proposal-rung": (POLICY.proposal, ("warning_taken_again", "warning_which_plan_again")),
    **{
        f"warning-recipients-escalated {colour}": (pauses, ("warning_call_again", "warning_ring_list"))
        for colour, pauses in POLICY.waking
    },
    "warning-expiry-asked": ((*POLICY.expiry, *expiry.AGAIN), ("warning_expiry", "warning_over")),
    # duties: never at night
    "duty-digest-sent": (0, ("duty_digest", "duty_head")),
    "duty-end-reminded": (0, ("duty_end",)),
    "duty-daily-asked": (0, ("duty_daily",)),
    # the desk
    "entry-rung": ((entry_rings.BEFORE, *entry_rings.AFTER), ("entry_due", "entry_over")),
    "handover-unsigned": (1, ("handover_unsigned",)),
    "desk-recipients-reminded": (1, (receipts.AGAIN, receipts.AGAIN_URGENT)),
    "desk-silent-listed": (1, (recipients.RING_LIST,)),
    "desk-draft-rung": (1, (sending.DRAFT_LEFT,)),
    "instruction-chased": (1, (chasing.CHASE, chasing.OVERDUE)),
    "spotcheck-asked": (1, ("spotcheck_ring",)),
    # each item of a drill's script once, as its director wants
    "drill-item-played": (1, ("drill_inject", "drill_look", "drill_next")),
    "drill-held": (1, ("drill_held",)),
}
SILENT = {"handover-lapsed", "duty-book-turned", "time-runs", "doubt-lapsed"}
"""What a clock records and nobody is rung for."""

MOST = 8
"""Of one thing in one night: no ladder has more steps between dusk and dawn."""


def in_a_night(pauses: tuple[timedelta, ...] | int) -> int:
    """Return how often something is said in the worst night: it begins at any minute, and nobody does anything."""
    if isinstance(pauses, int):
        return pauses
    worst = 0
    dusk = datetime(2026, 3, 1, 22, 0, tzinfo=BEIJING)
    for minute in range(0, 24 * 60, 5):
        at, count = dusk - timedelta(hours=14) + timedelta(minutes=minute), 0
        for step in range(len(pauses) + 3):
            at = after(at, pause(pauses, step))
            count += dusk <= at < dusk + NIGHT
        worst = max(worst, count + 1)  # and the first word
    return worst


@pytest.mark.parametrize("name", LADDERS)
def test_a_ladder_ends_and_then_a_thing_is_said_once_a_day_by_day(name: str):
    pauses = LADDERS[name][0]
    if isinstance(pauses, int):
        assert pauses <= 2
        return
    assert in_a_night(pauses) <= MOST + 1
    at = datetime(2026, 3, 1, 23, 0, tzinfo=BEIJING)
    for step in range(len(pauses)):
        at = after(at, pause(pauses, step))
    for step in range(len(pauses), len(pauses) + 30):
        following = after(at, pause(pauses, step))
        assert timedelta(hours=2) <= following - at <= timedelta(hours=26), "never hourly, never forgotten"
        assert (following.astimezone(BEIJING).hour, following.minute) == (9, 0)
        at = following


def test_every_pause_of_the_policy_is_in_the_table():
    used = [pauses for pauses, _ in LADDERS.values() if isinstance(pauses, tuple)]
    for name in ("before", "backoff", "proposal", "units", "aid", "release", "expiry"):
        assert any(set(getattr(POLICY, name)) <= set(pauses) for pauses in used), name
    assert [pauses for _, pauses in POLICY.waking if pauses not in used] == []


def test_every_event_that_a_clock_records_is_in_the_table():
    """A topic whose clock says something new says here how often."""
    told = {name.partition(" ")[0] for name in LADDERS} | SILENT
    recorded = set(_recorded_by_clocks())
    by_name = {event.__name__: name for name, event in names().items()}
    known = {by_name[event] for event in recorded if event in by_name}
    repeated = {
        name for name in known if name.endswith(("-rung", "-asked", "-reminded", "-escalated", "-again", "-idle"))
    }
    assert repeated <= told, repeated - told
    assert {name.partition(" ")[0] for name in LADDERS} <= set(names())


def _recorded_by_clocks() -> Iterator[str]:
    """Yield the names of all events that modules with a clock's decider make."""
    clocks = {kind.wake.__name__ for kind in kinds()}
    assert all(issubclass(kind.wake, ClockCommand) for kind in kinds())
    for path in FOLDER.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        deciders = [
            call for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for call in node.decorator_list
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "decides"
            and getattr(call.args[0], "id", "") in clocks
        ]  # fmt: skip
        if deciders:
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield node.func.id


def test_every_notice_of_a_ladder_is_one_that_is_made():
    made = set(KEYS) | {item.key for item in declared()}
    assert {key for _, keys in LADDERS.values() for key in keys} <= made


def test_what_is_said_again_to_a_person_joins_what_else_falls_due_then():
    """A call to a unit stands alone, with its one button, and shows what comes next; so does what wants 60 s."""
    alone = {
        "call_again", "silent_units", "arrival_asked", "ring_yourself", "warning_call_again", "spotcheck_ring",
        "drill_inject", "drill_look", "drill_next", "drill_held",
    }  # fmt: skip
    for name, (_, keys) in LADDERS.items():
        for key in keys:
            assert (type_of(key).joins_as == DUE) is (key not in alone), (name, key)


def table() -> str:
    """Return how often each thing is said in the worst night."""
    rows = [f"| {name} | {in_a_night(pauses)} | {'、'.join(keys)} |" for name, (pauses, keys) in LADDERS.items()]
    return "\n".join(["| said again | in the worst night | notices |", "|---|---|---|", *rows])


if __name__ == "__main__":
    print(table())
