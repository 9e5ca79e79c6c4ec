"""Who is rung how often in a night: the three nights played, the same left alone, and a night of a warning.

python -m tests.journeys.rings        # the table
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import SHANGHAI
from plans.times.night import is_night
from tests.journeys.world import STAMPEDE, UNITS, Town

MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=SHANGHAI)
EVENING = datetime(2026, 3, 1, 21, 55, tzinfo=SHANGHAI)
CALLED = ("市公安局城区分局", "区卫生健康和体育局", "区应急管理局", "区教育局")
"""Of those whom Ⅲ calls; the school and the street stay silent."""


@dataclass(frozen=True)
class Night:
    """A night as it goes.

    Attributes:
        most: rings of one person by who he is, at most; ``unit``: any liaison.
    """

    play: Callable[[Town], Awaitable[None]]
    begins: datetime
    most: dict[str, int]


async def stampede(town: Town) -> None:
    """Night A: reported at 03:06, taken, declared, called, told to four; one unit stays silent till it is rung."""
    await town.say(town.head, town.bot, STAMPEDE)
    await town.advance(minutes=3)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")
    for unit in CALLED:
        await town.press(town.liaisons[unit], "收到")
    for number in range(1, 5):
        await town.press(town.duty, "已报", words=f"{number}/4")
        await town.advance(minutes=2)
    await town.say(town.duty, town.bot, "/verify 一般")
    await town.say(town.duty, town.bot, "/file 首报 书面")
    await town.advance(minutes=20)
    for unit in CALLED:
        await town.say(town.liaisons[unit], town.bot, "已出发，约20分钟到")
    await town.advance(minutes=20)
    for unit in CALLED:
        await town.say(town.liaisons[unit], town.bot, "已到场")
    await town.clock.advance_to(MORNING)


async def called_and_left(town: Town) -> None:
    """Ⅱ is declared, which calls everybody; then nobody answers and nobody tells anybody."""
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.commander, town.bot, "/declare Ⅱ 需要区里组织")
    await town.press(town.commander, "确认宣布")
    await town.clock.advance_to(MORNING)


async def growing(town: Town) -> None:
    """Night B: from 6 to 60 in eleven steps, each told to all in one go; Ⅱ is declared and everybody answers."""
    await town.say(town.head, town.bot, "/report 实验小学多名学生呕吐，6人发病，疑似食物中毒")
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "需区里组织 → Ⅱ")
    await town.press(town.deputy, "启动Ⅱ级")
    await town.press(town.deputy, "确认宣布")
    for person in town.liaisons.values():
        await town.press(person, "收到")
        await town.say(person, town.bot, "已到场")
    await town.say(town.duty, town.bot, "/verify 较大")
    await town.say(town.duty, town.bot, "/file 首报 电话")
    await town.say(town.duty, town.bot, "/file 首报 书面")
    for count in (9, 12, 14, 18, 23, 31, 38, 44, 52, 60):
        await town.say(town.duty, town.bot, f"/update 发病{count}人")
        await town.advance(minutes=5)
        await town.say(town.duty, town.bot, "/file 续报 电话")
        await town.advance(minutes=5)
    await town.clock.advance_to(MORNING)


async def several(town: Town) -> None:
    """Five incidents within half an hour, and nobody does anything."""
    for number in range(1, 6):
        await town.say(town.duty, town.bot, f"/report 第{number}小学宿舍楼发生踩踏，{number}人受伤")
        await town.advance(minutes=7)
    await town.clock.advance_to(MORNING)


async def drill(town: Town) -> None:
    """Night C: a drill at 22:00 that everybody answers, ended after half an hour."""
    await town.advance(minutes=5)
    await town.say(town.duty, town.bot, "/drill 实验小学宿舍楼楼梯22时踩踏，4人受伤")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")
    for unit in CALLED:
        await town.press(town.liaisons[unit], "收到")
        await town.say(town.liaisons[unit], town.bot, "已到场")
    await town.say(town.duty, town.bot, "/file 首报 电话")
    await town.say(town.duty, town.bot, "/file 首报 书面")
    await town.advance(minutes=30)
    await town.say(town.director, town.bot, "/end 演1 演练结束")
    await town.press(town.director, "确认终止")
    await town.say(town.duty, town.bot, "/close 演1")
    await town.clock.advance_to(MORNING)


async def warned(town: Town) -> None:
    """A red warning at 22:00 till 05:00: half answer, nobody rings the others, nobody lifts it."""
    text = "区气象台2026年3月1日21时50分发布暴雨红色预警：预计3月1日22时至3月2日5时，城关镇有大暴雨，请做好防范。"
    await town.say(town.duty, town.bot, f"/warn {text}")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    for unit in UNITS[:3]:
        await town.press(town.liaisons[unit], "收到", words="暴雨红色预警")
    await town.clock.advance_to(MORNING)


LATE = datetime(2026, 3, 2, 3, 6, tzinfo=SHANGHAI)

NIGHTS = {
    "night A": Night(stampede, LATE, {"duty": 11, "director": 3, "unit": 3, "reporter": 1}),
    "called and left alone": Night(
        called_and_left, LATE, {"duty": 24, "director": 8, "deputy": 8, "commander": 9, "unit": 3, "reporter": 1}
    ),
    "night B": Night(
        growing, EVENING, {"duty": 22, "director": 6, "deputy": 5, "commander": 4, "unit": 1, "reporter": 1}
    ),
    "five incidents, left alone": Night(several, LATE, {"duty": 34, "director": 18, "deputy": 18, "commander": 18}),
    "night C": Night(drill, EVENING, {"duty": 6, "director": 3, "unit": 3}),
    "a red warning, half silent": Night(warned, EVENING, {"duty": 10, "unit": 2}),
}


def rings(town: Town) -> Counter[str]:
    """Return how often each person was rung at night; of the liaisons, whoever was rung most."""
    named = {
        town.duty.id: "duty", town.second.id: "second", town.director.id: "director", town.deputy.id: "deputy",
        town.commander.id: "commander", town.head.id: "reporter", town.admin.id: "admin",
        **{person.id: f"unit {unit}" for unit, person in town.liaisons.items()},
    }  # fmt: skip
    counted: Counter[str] = Counter()
    for call in town.world.calls:
        quiet = str(call.params.get("disable_notification", "")).lower() == "true"
        if call.method.startswith("send") and call.status == 200 and not quiet and call.chat in named:
            counted[named[call.chat]] += is_night(call.at)
    units = [count for name, count in counted.items() if name.startswith("unit ")]
    found = Counter({name: count for name, count in counted.items() if not name.startswith("unit ")})
    found["unit"] = max(units, default=0)
    return found


async def played(name: str) -> Counter[str]:
    """Return the rings of one of the nights."""
    night = NIGHTS[name]
    async with Town.open(at=night.begins) as town:
        await night.play(town)
        await town.settle()
        return rings(town)


async def table() -> str:
    """Return the rings of every night by person, each beside what is the most."""
    people = ("duty", "director", "deputy", "commander", "unit", "reporter")
    rows = []
    for name, night in NIGHTS.items():
        counted = await played(name)
        rows.append(f"| {name} | " + " | ".join(f"{counted[who]} ≤ {night.most.get(who, 0)}" for who in people) + " |")
    return "\n".join(["| rings at night | " + " | ".join(people) + " |", "|---" * (len(people) + 1) + "|", *rows])


if __name__ == "__main__":
    print(asyncio.run(table()))
