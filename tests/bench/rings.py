"""B21: how often one person is rung: the six nights played, and twenty open incidents, beside the targets."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

from plans.attention import SEAT, TARGETS
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run
from tests.journeys.rings import NIGHTS, played
from tests.plans.core.night_cases import Incident, pass_night

OPEN = 20
WHO = ("duty", "director", "deputy", "commander", "unit", "reporter")


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B21: counts, the same at every round."""
    for name, night in NIGHTS.items():
        run.say(name)
        counted = asyncio.run(played(name))
        for who in WHO:
            if most := night.most.get(who, 0):
                yield Line(
                    number="B21", measure=f"rings at night, {name}: {who}", unit="", ours=(float(counted[who]),),
                    aim=Aim(on="ours", at_most=most), note="22:00 to 07:30, whoever sent them",
                )  # fmt: skip
    draw, acts = random.Random(20), ("taken", "judged", "declared")
    incidents = [Incident(draw.randint(0, 60), number, acts) for number in range(1, OPEN + 1)]
    yield Line(
        number="B21", measure=f"rings of the seat by clocks in the worst hour, {OPEN} incidents of one hour", unit="",
        ours=(float(pass_night(incidents).worst_hour("seat")),), aim=Aim(on="ours", at_most=TARGETS[SEAT].hour),
        note="nobody does anything",
    )  # fmt: skip
