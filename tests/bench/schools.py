"""B13: a report is read with 5,000 listed schools, beside the same report without any."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import product

from bot.cases.body_lists import ListedBodies
from plans.areas import Body
from plans.intake.with_plan import read_for
from plans.load import DATA, load
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate, each, percentile, scaled

FIRST = "安宁平清河东西南北山阳泰丰永和长乐新龙凤金玉石林海江湖云华光明德文武康福兴隆"
KINDS = ("小学", "中学", "幼儿园", "职高", "外国语学校")
TOWNS = tuple(f"{one}{two}镇" for one, two in product("青白黄赤黑", "山水石林泉"))
NOW = datetime(2026, 3, 1, 19, 6, tzinfo=UTC)
REPORTS = 200
EVENTS = (
    "宿舍楼楼梯3时02分发生踩踏，4名学生受伤，已拨打120",
    "食堂午饭后陆续有12名学生呕吐腹泻，校医正在处理",
    "门口校车与货车相撞，1人被困",
)


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B13."""
    count = run.size(5_000, 1_000)
    run.say(f"{count:,} listed schools")
    plan = load(DATA / "jincheng-chengqu-campus.yaml")
    listed = ListedBodies(plan.jurisdiction.name, 1, tuple(schools(count)))
    making = each(lambda: ListedBodies("城区", 1, listed.bodies).names, run.size(5, 2))
    chosen = random.Random(13)
    texts = [_report(chosen, listed.bodies) for _ in range(run.size(REPORTS, 40))]
    named: list[bool] = []

    def ours() -> float:
        return percentile([taken for text in texts for taken in each(partial(_with, text), 1)], 0.5)

    def peer() -> float:
        return percentile([taken for text in texts for taken in each(partial(read_for, plan, text, now=NOW), 1)], 0.5)

    def _with(text: str) -> None:
        read_for(plan, text, now=NOW)
        named.append(any(item.sure for item in listed.mentions(text)))

    mine, others = alternate(run.rounds, ours, peer)
    yield Line(
        number="B13",
        measure=f"a report is read, {count:,} schools, median",
        unit="ms",
        ours=scaled(mine, 1e3),
        peer=scaled(others, 1e3),
        against="without any",
        aim=Aim(at_most=2),
        note="each names a school by its name, a short name or with its township; the names are put in order once",
    )
    yield Line(
        number="B13",
        measure="the names of a list are put in order, once a version",
        unit="ms",
        ours=scaled(making, 1e3),
        aim=Aim(on="ours", at_most=2_000),
    )
    yield Line(
        number="B13",
        measure="the school is named for sure",
        unit="%",
        ours=(100 * sum(named) / len(named),),
        aim=Aim(on="ours", at_least=95),
    )


def schools(count: int) -> Iterator[Body]:
    """Yield invented schools of some townships."""
    for number, (one, two, kind) in zip(range(count), product(FIRST, FIRST, KINDS), strict=False):
        name = f"{one}{two}{kind}"
        yield Body(
            id=name, name=name, short=(f"{one}{two}{kind[0]}校",), kind="学校", township=TOWNS[number % len(TOWNS)]
        )


def _report(chosen: random.Random, bodies: tuple[Body, ...]) -> str:
    body = chosen.choice(bodies)
    name = chosen.choice((body.name, body.name, body.short[0], f"{body.township}{body.name}"))
    what = chosen.choice(EVENTS)
    return f"我是{name}的老师，{name}{what}"
