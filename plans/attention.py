"""What one person may be rung for in a night, as targets: tests hold them, and the bench shows them.

A ring by an act is the first word of what somebody has just done: a report, a call, a request to decide, an
instruction. A ring by a clock says something again. What is due together rings once, over all cases of every kind, so
that the rings of clocks in an hour are bounded by a number, however many cases are open.
"""

from __future__ import annotations

from dataclasses import dataclass

SEAT, DIRECTOR, LEADER, UNIT, HEAD = "seat", "director", "leader", "unit", "head"


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """The most rings of one person between 22:00 and 07:30.

    Attributes:
        hour: by clocks, in any hour, with up to twenty cases of all kinds of which nobody does anything.
        night: by clocks and acts, of one incident or warning of which nobody does anything from its first minute on.
    """

    hour: int
    night: int


TARGETS: dict[str, Target] = {
    SEAT: Target(hour=24, night=24),
    DIRECTOR: Target(hour=8, night=10),
    LEADER: Target(hour=20, night=18),
    UNIT: Target(hour=20, night=3),
    HEAD: Target(hour=20, night=3),
}
"""The seat; who decides first; others who lead; who answers for a unit; the head of a unit or a school."""
