"""What every statement of fact is checked for before it is believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plans.core.outcome import Refusal
from plans.incident.case import Case
from plans.incident.figures import counted
from plans.load import plan_facts
from plans.logic import FactError, space_of
from plans.measures import largest
from plans.values import Interval, Unknown, as_data, parse


def check_facts(case: Case, facts: Mapping[str, Any], raised: Iterable[str] = ()) -> Refusal | None:
    """Return what is wrong with plain fact values: an unknown name, a bad value, a number beyond belief."""
    definitions = plan_facts(case.plan)
    for name in (*facts, *raised):
        if name not in definitions:
            labels = {key: item.label for key, item in definitions.items()}
            return Refusal(key="unknown_fact", params={"given": name, "known": labels})
    for name, data in facts.items():
        problem = _problem(case, name, data)
        if problem:
            return Refusal(key="bad_value", params={"fact": definitions[name].label, "problem": problem})
    return None


def believable(case: Case, unsure: Mapping[str, Any], text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what may be asked, and the words of what the plan cannot have: a number beyond belief is no choice.

    Args:
        unsure: as ``plans.intake.telling`` has it. text: of which its spans are.
    """
    kept, words = {}, []
    for name, data in unsure.items():
        if may_be_asked(case, data):
            kept[name] = dict(data)
        elif check_facts(case, {}, (data["fact"],)) is None:
            low, high = data["span"]
            words.append(text[low:high])
    return kept, tuple(words)


def may_be_asked(case: Case, data: Mapping[str, Any]) -> bool:
    """Return whether the plan of a case knows a fact, and can have every figure of it that may be chosen."""
    values = [*(option.get("value") for option in data["options"]), data["over"]]
    return check_facts(case, {}, (data["fact"],)) is None and all(
        check_facts(case, {data["fact"]: value}) is None for value in values if value is not None
    )


def _problem(case: Case, name: str, data: Any) -> str:
    try:
        value = parse(data)
        limit = largest(plan_facts(case.plan)[name].unit)
        if isinstance(value, Interval) and any(
            bound is not None and abs(bound) > limit for bound in (value.at_least, value.at_most)
        ):
            return str(data)
        space_of(case.plan).box({name: value})
    except FactError as error:
        return str(error)
    except ValueError as error:
        return str(error)
    return ""


def check_level(case: Case, level: str | None) -> Refusal | None:
    """Return a refusal where the plan, or the class of the incident, has no such event level."""
    own = next((item.levels for item in case.plan.classes if item.id == case.incident.event_class), ())
    levels = own or case.plan.event_levels
    if level is not None and level not in levels:
        return Refusal(key="unknown_event_level", params={"given": level, "known": list(levels)})
    return None


def check_class(case: Case, name: str) -> Refusal | None:
    """Return a refusal where the plan has no such event class."""
    classes = {item.id: item.name for item in case.plan.classes}
    return (
        Refusal(key="unknown_class", params={"given": name, "known": classes}) if name and name not in classes else None
    )


def check_fall(case: Case, facts: Mapping[str, Any], *, sure: bool) -> Refusal | None:
    """Ask about a fall of deaths: it may be a slip, and somebody was perhaps told the higher number."""
    new, old = facts.get("deaths"), counted(case.incident).get("deaths")
    if new is None or sure or not isinstance(old, Interval) or old.at_least is None:
        return None
    value = parse(new)
    if isinstance(value, Interval) and value.at_most is not None and value.at_most < old.at_least:
        return Refusal(key="deaths_fall", params={"old": as_data(old), "new": new}, confirm="sure")
    return None


def is_first_death(case: Case, facts: Mapping[str, Any]) -> bool:
    """Return whether somebody else than the duty officer states a first death; the same one said again is none."""
    if case.staff or "deaths" not in facts:
        return False
    value, old = parse(facts["deaths"]), counted(case.incident).get("deaths")
    some = isinstance(value, Interval) and (value.at_least or 0) > 0
    none_before = old is None or isinstance(old, Unknown) or (isinstance(old, Interval) and not old.at_least)
    repeated = case.incident.death_unconfirmed and any(
        claim.value == value for claim in case.incident.claims.get("deaths", ())
    )
    return some and none_before and not repeated
