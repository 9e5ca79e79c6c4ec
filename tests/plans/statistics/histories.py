"""Random histories: recorded lives of incidents and warnings, moved in time, cut off somewhere, in other places."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from plans.core.event import Recorded
from plans.core.fold import fold
from plans.core.policy import DEFAULT_POLICY
from plans.core.state import CaseState
from plans.incident.state import Incident
from plans.load import DATA, load
from plans.model import Plan
from plans.statistics.incidents import counted_incident
from plans.statistics.rows import CountedCase
from plans.statistics.titles import Titles
from plans.statistics.warnings import counted_warning
from plans.warning.state import WarningCase
from tests import recorded

DAYS = Path(recorded.LOGS)
PLANS: dict[str, Plan] = {plan.id: plan for plan in map(load, sorted(DATA.glob("*.yaml")))}
POLICY = DEFAULT_POLICY
TITLES = Titles(list(PLANS.values()), {}, {})


@dataclass(frozen=True)
class Life:
    """A log with where it came from."""

    of: str
    stream: str
    log: tuple[Recorded, ...]

    def case(self) -> CaseState:
        """Return the case that it tells."""
        found: CaseState = fold(self.stream, self.log)
        return found


@cache
def lives() -> tuple[Life, ...]:
    """Return every recorded life under a plan that is installed."""
    found = []
    for day in sorted(DAYS.glob("*.jsonl.gz")):
        for item in recorded.recorded(day):
            log = tuple(recorded.read(item["log"]))
            if getattr(log[0].event, "plan", "") in PLANS:
                found.append(Life(item["of"], item["stream"], log))
    return tuple(found)


def moved(life: Life, by: timedelta, number: int, jurisdiction: str) -> Life:
    """Return a life at another time, under another number and name, in another jurisdiction."""
    log = [replace(item, at=item.at + by, event=_moved(item.event, by)) for item in life.log]
    first: Any = log[0].event
    log[0] = replace(log[0], event=replace(first, number=number, jurisdiction=jurisdiction))
    kind = life.stream.partition(":")[0]
    return Life(life.of, f"{kind}:{number:05}", tuple(log))


def _moved(event: Any, by: timedelta) -> Any:
    changes = {
        item.name: getattr(event, item.name) + by
        for item in fields(event)
        if isinstance(getattr(event, item.name), datetime)
    }
    return replace(event, **changes) if changes else event


def cut(life: Life, chance: random.Random) -> Life:
    """Return a life up to somewhere in it; what one command recorded stays together."""
    ends = [
        number
        for number, item in enumerate(life.log)
        if number + 1 == len(life.log) or (life.log[number + 1].cause, life.log[number + 1].at) != (item.cause, item.at)
    ]
    return replace(life, log=life.log[: chance.choice(ends) + 1])


def history(seed: int, count: int, begin: datetime, days: int, jurisdictions: tuple[str, ...]) -> list[Life]:
    """Return some lives that begin within some days."""
    chance = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        life = chance.choice(lives())
        at = begin + timedelta(minutes=chance.randrange(days * 24 * 60))
        life = moved(life, at - life.log[0].at, number, chance.choice(jurisdictions))
        found.append(cut(life, chance) if chance.random() < 0.4 else life)
    return found


def counted(case: CaseState) -> CountedCase:
    """Return a case as the product counts it."""
    if isinstance(case, WarningCase):
        return counted_warning(case)
    assert isinstance(case, Incident)
    return counted_incident(PLANS[case.plan], case, POLICY)
