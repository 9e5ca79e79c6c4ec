"""B22: a province in a storm on PostgreSQL: what a token, a process and a database bear (docs/scale.md)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.province.figures import PROVINCE, REPORTS, tables, taken
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run

ADVISED = 30
"""Districts that docs/scale.md gives to one installation."""


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B22; the tables go to whoever waits."""
    figures = taken(quick=run.quick, say=run.say)
    for table in tables(figures):
        run.say("\n" + table + "\n")
    played, each = figures["played"], figures["per district"]
    note = (
        f"one round; {REPORTS:,} reports an hour in {PROVINCE} districts; a part is played through the whole program on"
        " a virtual clock on which the processor's time counts, and its messages are multiplied and sent again under"
        " Telegram's limits; python -m tests.bench.province.figures --json FILE keeps all figures"
    )

    def aim(most: float) -> Aim | None:
        return None if run.quick else Aim(on="ours", at_most=most)  # a few reports in one minute are no storm

    spans = {tokens: one["spans"] for tokens, one in figures["tokens"].items()}
    for tokens, what, most in ((1, "ring", 5.0), (4, "call", 10.0), (8, "call", 10.0)):
        if what in spans[tokens]:
            told = {"ring": "from a report to the seat's ring", "call": "from a declaration to a unit's call"}[what]
            yield Line(
                number="B22", measure=f"{told}, p99, {PROVINCE} districts, tokens: {tokens}", unit="s",
                ours=(spans[tokens][what]["p99"],), aim=aim(most), note=note,
            )  # fmt: skip
    busy = each["program at its busiest, cores"]
    yield Line(
        number="B22", measure=f"of a core, {ADVISED} districts on one process in the ten busiest minutes", unit="",
        ours=(ADVISED * busy,), aim=aim(0.7),
    )  # fmt: skip
    yield Line(
        number="B22", measure="districts that fill the core of one process in those minutes", unit="",
        ours=(1 / busy if busy else 0.0,),
    )  # fmt: skip
    sender, calls = played["accounts"]["Sender"], sum(played["calls"].values())
    yield Line(
        number="B22", measure="statements of the sender for each call, cards included", unit="",
        ours=(sender["statements"] / max(calls, 1),), aim=aim(20),
    )  # fmt: skip
    yield Line(
        number="B22", measure="calls refused by Telegram's limits", unit="",
        ours=(float(played["counts"]["refused with 429"]),), aim=aim(0),
    )  # fmt: skip
