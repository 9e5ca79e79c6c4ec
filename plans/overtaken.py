"""Which words of persons worse facts have overtaken: the event level as determined, and judgements that start a level.

A person's determination wins over the level table, and stays right while nothing worse is known than when it was given.
Where a table grades the event, worse is what reaches a higher level; where none does, every rise of casualties is. A
saying, and a reading that nobody has chosen yet, are no figures, but may be true: they overtake a word as well, and it
is said that nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from plans.classify.reach import Reach, classes_of, facts_graded, reach
from plans.incident.figures import feared, values_of
from plans.incident.records_decided import Basis
from plans.incident.state import CASUALTIES, EVENT_LEVEL, RUNNING, Incident
from plans.model import BELOW, All, AnyOf, Expression, Plan, Within
from plans.values import FactValue, Interval, Options

HARM = (*CASUALTIES, "trapped")
"""Facts whose rise is worse news wherever no table grades the event."""


Values = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A word that is overtaken; see :class:`plans.incident.records_decided.Doubt`."""

    subject: str
    held: str | None
    reached: str = ""
    surely: str = ""
    beyond: tuple[str, ...] = ()
    unverified: bool = False


def overtaken(plan: Plan, incident: Incident) -> Iterator[Overtaken]:
    """Yield every word that the facts as they stand are beyond, measured by what was known when it was given."""
    now = incident.basis
    counting = {item.subject for item in _overtaken(plan, incident, replace(now, unsure=()))} if now.unsure else None
    for item in _overtaken(plan, incident, now):
        yield item if counting is None or item.subject in counting else replace(item, unverified=True)


def _overtaken(plan: Plan, incident: Incident, now: Basis) -> Iterator[Overtaken]:
    level = _level(plan, incident, now)
    if level is not None:
        yield level
    if incident.state in RUNNING:
        for name, basis in incident.judged_on.items():
            if name in plan.facts and _judgement(plan, name, basis, now):
                value = values_of(now)[name]
                yield Overtaken(name, str(value.exact) if isinstance(value, Options) and value.exact else None)


def rises(then: Basis, now: Basis, names: tuple[str, ...] = HARM) -> tuple[str, ...]:
    """Return the facts of which more harm is counted now: what nobody counted is none."""
    return _rises(values_of(then), values_of(now), names)


def feared_rises(then: Basis, now: Basis, names: tuple[str, ...] = HARM) -> tuple[str, ...]:
    """Return the facts of which more harm is said now, also by what nobody has chosen yet."""
    return _rises(feared(then), feared(now), names)


def _rises(before: Values, after: Values, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if _more(before.get(name), after.get(name)))


def _more(before: FactValue | None, after: FactValue | None) -> bool:
    old, new = _span(before), _span(after)
    return new[0] > old[0] or new[1] > old[1]


def _span(value: FactValue | None) -> tuple[float, float]:
    """Return what is said at least and at most; no upper bound says no more than the lower one."""
    if not isinstance(value, Interval):
        return 0, 0
    low = value.at_least or 0
    return low, max(low, value.at_most or 0)


def _level(plan: Plan, incident: Incident, now: Basis) -> Overtaken | None:
    then = incident.determined_on
    if not plan.event_levels or then is None:
        return None
    order = (BELOW, *levels_of(plan, incident))
    level = incident.event_level
    classes = classes_of(plan, now.event_class, now.candidates)
    if not facts_graded(plan, classes) & set(HARM) and not _grades(plan, now, classes):
        above = order[order.index(level) + 1 :] if level is not None else ()
        if not feared_rises(then, now) or (level is not None and not above):
            return None
        return Overtaken(EVENT_LEVEL, level, beyond=above)
    reach_now = _reach(plan, now, classes)
    before = _reach(plan, then, classes_of(plan, then.event_class, then.candidates))
    rank = _Ranks(order)
    own = rank(level) if level is not None else -1
    # Who gave the word again in view of the facts, or said that nothing can be told, has answered for those facts.
    seen = rank(before.possible[0]) if incident.upheld or level is None else -1
    certain = rank(reach_now.possible[0]) > max(own, seen)
    if not certain and rank(reach_now.worst) <= max(own, rank(before.worst)):
        return None
    surely = reach_now.possible[0] if certain else ""
    return Overtaken(
        EVENT_LEVEL,
        level,
        reached=max(reach_now.worst, surely or reach_now.worst, key=rank),
        surely=surely,
        beyond=tuple(name for name in order if rank(name) > own and name in (*reach_now.possible, reach_now.worst))
        if level is not None
        else (),
    )


def levels_of(plan: Plan, incident: Incident) -> tuple[str, ...]:
    """Return the event levels that a person may determine here, lowest first: a class may know fewer."""
    own = next((item.levels for item in plan.classes if item.id == incident.event_class), ())
    return own or plan.event_levels


class _Ranks:
    def __init__(self, order: tuple[str, ...]) -> None:
        self.order = order

    def __call__(self, level: str) -> int:
        return self.order.index(level) if level in self.order else -1


def _grades(plan: Plan, now: Basis, classes: tuple[str, ...]) -> bool:
    """Whether the table grades what is known here by something else than casualties (停运, 泄密)."""
    return bool(facts_graded(plan, classes) & set(now.claims))


def _reach(plan: Plan, basis: Basis, classes: tuple[str, ...]) -> Reach:
    return reach(plan, feared(basis), classes, basis.raised)


def _judgement(plan: Plan, name: str, basis: Basis, now: Basis) -> bool:
    """Whether casualties rose since a judgement that starts a response, and another answer would start a higher one."""
    value = values_of(now).get(name)
    if not isinstance(value, Options) or value.exact is None:
        return False
    starts = {choice.id: _started(plan, name, choice.id) for choice in plan.facts[name].choices}
    own = starts.get(str(value.exact), -1)
    return own >= 0 and max(starts.values()) > own and bool(feared_rises(basis, now))


def _started(plan: Plan, name: str, option: str) -> int:
    """Return how high the response is that an answer starts, -1 where it starts none."""
    ranks = [
        plan.height(response.level)
        for response in plan.responses
        if any(_names(condition.when, name, option) for condition in response.conditions)
    ]
    return max(ranks, default=-1)


def _names(condition: Expression, name: str, option: str) -> bool:
    if isinstance(condition, Within):
        return condition.fact == name and option in condition.values
    return isinstance(condition, All | AnyOf) and any(_names(part, name, option) for part in condition.parts)
