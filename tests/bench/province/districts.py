"""Districts of a province: each with a plan of its own, made of a shipped one, and everybody at his post."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from plans.load import canonical, from_canonical, load_all
from plans.model import Plan
from storage import Store
from tests import stage

MODEL = "jincheng-water-rescue"
TOWNS = 15
"""Towns of a district that are called beside the 27 member units of the plan: 42 in all."""

REPORTERS = 10


@dataclass(frozen=True, kw_only=True)
class District:
    """A district; the numbers are Telegram's ids.

    Attributes:
        number: in the province, from 0.
        liaisons: of each member unit.
    """

    number: int
    plan: Plan
    group: int
    duty: int
    director: int
    reporters: tuple[int, ...]
    liaisons: dict[str, int]


@cache
def _model() -> str:
    return canonical(load_all()[MODEL])


def plan_of(number: int) -> Plan:
    """Return the plan of a district: the model's, under the district's own name and with its towns."""
    data = json.loads(_model())
    data["id"] = f"district-{number:03}"
    data["title"] = f"第{number + 1}区水上突发事件应急预案"
    data["jurisdiction"] = {"name": f"第{number + 1}区", "level": "district"}
    data.pop("duties", None)  # their books would be opened in the storm's hour; B15 measures them
    clause = data["units"][0]["clause"]
    towns = [f"第{number + 1}区第{town + 1}街道" for town in range(TOWNS)]
    data["units"] += [{"id": name, "duty": "组织本辖区抢险和群众转移", "clause": clause} for name in towns]
    return from_canonical(json.dumps(data))


def district(number: int) -> District:
    """Return a district of the province."""
    plan, first = plan_of(number), 1_000_000 + 1_000 * number
    members = [unit.id for unit in plan.units if unit.member]
    return District(
        number=number, plan=plan, group=-first, duty=first, director=first + 1,
        reporters=tuple(range(first + 100, first + 100 + REPORTERS)),
        liaisons={unit: first + 200 + turn for turn, unit in enumerate(members)},
    )  # fmt: skip


async def seat(store: Store, districts: Iterable[District], at: datetime) -> None:
    """Write everybody down: groups bound, people invited long ago, a duty officer on each seat."""
    for here in districts:
        async with store.writing() as tx:
            group = await stage.enter_group(tx, chat=here.group, title=f"第{here.number + 1}区指挥群", at=at)
            await stage.bind(tx, group, here.plan, "command", at=at)
            roles: list[tuple[int, str, str | None]] = [(here.duty, "duty", None), (here.director, "director", None)]
            roles += [(chat, "reporter", "涉事单位") for chat in here.reporters]
            roles += [(chat, "liaison", unit) for unit, chat in here.liaisons.items()]
            for chat, role, unit in roles:
                person = await stage.enter(tx, chat=chat, name=name_of(chat), at=at)
                await stage.grant(tx, person, here.plan, role, unit=unit, at=at)
                if role == "duty":
                    await stage.sit(tx, person, here.plan, at=at)


def name_of(chat: int) -> str:
    """Return what somebody is called."""
    return f"某{chat}"
