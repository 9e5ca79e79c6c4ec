"""Where the process may die at the worst moment: every commit and every send of the program, by name.

Tests set :data:`armed` and die, by an exception or by SIGKILL, at a point that they choose; what is left must be whole
whichever point it was. In production nothing is armed, and a point costs one look at a variable. A name stands at one
place of the program, and stays when the code around it is rewritten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

Commit = Literal[
    "other",
    # updates: kept before they are confirmed, then worked off
    "intake.kept",
    "intake.quarantined",
    "intake.caught-up",
    "update.claimed",
    "update.failed",
    "update.revived",
    "update.finished",
    # what an update or a wake comes to
    "service.command",
    "service.wakes",
    "service.words",
    "service.calls",
    "service.administration",
    "service.handover",
    "service.rescue",
    "service.rescue-clock",
    "caller.met",
    "form.opened",
    "form.asked",
    "form.kept",
    "form.let-go",
    "message.redrawn",
    "place.rights",
    "place.membership",
    "place.office",
    "place.migrated",
    "person.blocked",
    "plans.kept",
    # time
    "wake.of-nothing",
    "program.alive",
    # looking by browser
    "web.waiting",
    "web.seen",
    "web.feed-read",
    # messages on their way out
    "sender.recovered",
    "sender.turn",
    "sender.ended",
    # what other systems are told
    "webhook.turn",
    # what goes up by reporting lines
    "line.settled",
    "line.heard",
    # what a telephone gateway reports
    "voice.reported",
    # what other systems bring by the API
    "api.kept",
    "api.done",
    "api.again",
    "api.rescued",
    "api.used",
    # files on their way in
    "evidence.settled",
    "evidence.again",
    # a second reader's answers
    "second-reading.settled",
    "second-reading.again",
    "second-reading.given-up",
    # one process among several
    "lease.taken",
    "lease.renewed",
    "lease.given-back",
    # the rounds
    "round.noted",
    "statistics.counted",
    "audit.derived",
    "audit.given-up",
    "audit.told",
    "incident.erased",
    "person.erased",
    "checkpoint.sealed",
    "messages.sealed",
    "retention.updates",
    "retention.messages",
    # after a restore
    "restore.messages",
    "restore.presses",
    "restore.reminders",
]
"""Transactions that write; ``other`` are those of tests, of the simulator and of the demo."""

Send = Literal["send.leaving", "send.answered"]
"""A call is about to be made, and is known to be; Telegram has answered, and nothing of it is written down."""

COMMITS: tuple[Commit, ...] = get_args(Commit)
SENDS: tuple[Send, ...] = get_args(Send)
POINTS: tuple[str, ...] = (
    *(f"{name}:{stage}" for name in COMMITS if name != "other" for stage in ("written", "committed")),
    *SENDS,
)
"""All of them; of a commit ``written``, just before it, and ``committed``, before anybody in the process knows."""

armed: Callable[[str], object] | None = None
"""Is called with the name of each point that is reached."""
