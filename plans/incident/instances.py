"""Which instance of an obligation a command means: by its key, or by its rule."""

from __future__ import annotations

from plans.core.outcome import Refusal
from plans.incident.case import Case
from plans.incident.records import Instance


def find_instance(case: Case, key_or_rule: str) -> Instance | None:
    """Return the instance of a key, else the open one (earliest due) of a rule, else its last one."""
    if key_or_rule in case.incident.instances:
        return case.incident.instances[key_or_rule]
    of_rule = [item for item in case.incident.instances.values() if item.rule == key_or_rule]
    return next(
        (item for item in case.incident.open_instances if item.rule == key_or_rule), of_rule[-1] if of_rule else None
    )


def open_instance(case: Case, key_or_rule: str) -> Instance | Refusal:
    """Return the instance that :func:`find_instance` finds; a refusal where there is none, or nothing is owed of it."""
    instance = find_instance(case, key_or_rule)
    if instance is None:
        return no_such(case, key_or_rule)
    if instance.status != "open":
        return Refusal(
            key="already_filed", clause=instance.clause, params={"report": instance.report, "status": instance.status}
        )
    return instance


def no_such(case: Case, key_or_rule: str) -> Refusal:
    """Refuse an obligation that is not there."""
    return Refusal(
        key="unknown_obligation",
        params={"given": key_or_rule, "known": [item.rule for item in case.incident.open_instances]},
    )
