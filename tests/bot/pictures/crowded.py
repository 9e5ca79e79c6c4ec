"""An incident of five days with more clocks than a picture shows: every change of the figures opens a follow-up."""

from __future__ import annotations

from plans.incident.corrections import Correct
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.units import Acknowledge
from tests.factories import DUTY, Life, declared, liaison

HOURS = 5


def crowded(changes: int = 24) -> Life:
    """Return the life after so many changes, each told to most of those who are owed it, and one correction."""
    life = declared("Ⅰ")
    called = list(life.incident.calls)
    for number, unit in enumerate(called[: len(called) // 2]):
        status = ("收到", "已出发", "已到场", "来不了")[number % 4]
        life.decide(Acknowledge(status=status, unit=unit), DUTY, f"+{60 + number}m")
        if status == "已出发":
            life.decide(Acknowledge(status="已到场"), liaison(unit), f"+{100 + number}m")
    for number in range(changes):
        at = f"+{3 + HOURS * number}h"
        life.decide(Update(facts={"injuries": 5 + number}, source="duty"), DUTY, at)
        for instance in list(life.incident.open_instances):
            if instance.by_office and not instance.possible and number % 4:
                for minute, recipient in enumerate(instance.to, 10 + number):
                    life.decide(File(obligation=instance.key, to=(recipient,)), DUTY, f"{at}{minute}m")
    life.decide(Correct(facts={"injuries": 20}, reason="重复统计"), DUTY, f"+{4 + HOURS * changes}h")
    return life
