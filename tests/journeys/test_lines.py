"""A district's report goes up to its city: within one installation, and to another one; and the answer comes back."""

from __future__ import annotations

import asyncio

from bot.office.lines import connect
from bot.office.webhooks import By
from bot.playground import Group, Person
from bot.service import Requester
from plans.incident.state import Incident
from storage.people import Holding
from tests import stage
from tests.bot.web.api.asking import BASE, token_of
from tests.journeys.world import JURISDICTION, Forgiven, Town, plans

CITY, PLACE = "jincheng-public-health", "晋城市"
SICK = "实验小学食堂午餐后30名学生呕吐腹泻，疑似食物中毒，3时02分发现，无人死亡"


async def seat_the_city(town: Town) -> tuple[Person, Person, Group]:
    """Seat the city's duty officer and its administrator, with a command group of their own."""
    officer, chief = town.world.add_user("郑值班"), town.world.add_user("冯管理")
    for person in (officer, chief):
        person.start(town.bot)
    town.world.state.bots[town.bot.id].queue.clear()
    group = town.world.add_group("市卫生应急指挥群", owner=chief, members=[town.bot, officer])
    now, plan = town.clock.now(), plans()[CITY]
    async with town.open_store.writing() as tx:
        known = await stage.enter(tx, chat=officer.id, name="郑值班", at=now)
        admin = await stage.enter(tx, chat=chief.id, name="冯管理", at=now)
        place = await stage.enter_group(tx, chat=group.id, title=group.title, at=now)
        await stage.bind(tx, place, plan, "command", at=now)
        await stage.grant(tx, known, plan, "duty", at=now)
        await stage.sit(tx, known, plan, at=now)
        await tx.people.grant(
            Holding(
                id="city-admin", person_id=admin.id, jurisdiction=PLACE, plan_id="*", role="admin", unit=None,
                granted_by="settings", granted_at=now,
            )
        )  # fmt: skip
    return officer, chief, group


async def case_above(town: Town, number: int = 1) -> Incident:
    async with town.open_store.reading() as rx:
        row = await rx.incidents.by_number(PLACE, None, number, False)
    assert row is not None and town.program is not None
    pair = await town.program.service.incident(row.stream)
    assert pair is not None
    return pair[1]


def only_what_a_plan_says_crossed(district: Town, city: Town, officer: Person, group: Group) -> None:
    """Nobody of the city reads the district's chats' words, nobody of the district the city's."""
    above = "\n".join(line.text for where in (city.bot, group) for line in officer.timeline(where))
    assert "现有力量够吗" not in above and "周校长" not in above, "what the district asks itself stays there"
    below = "\n".join(line.text for line in district.duty.timeline(district.bot))
    assert "疾控中心" not in below and "5.2.3" not in below, "and so does what the city knows"


async def submitted(town: Town, label: str) -> None:
    await town.press(town.duty, label)
    assert "对方看到的原文" in town.duty.timeline(town.bot)[-1].text
    await town.press(town.duty, "确认报送")
    await town.advance(seconds=1)


async def test_a_district_and_its_city_in_one_installation() -> None:
    async with Town.open() as town:
        officer, chief, group = await seat_the_city(town)
        await town.say(town.admin, town.bot, f"/line 加 {JURISDICTION} {PLACE} 市委、市政府 晋城市教育局")
        await town.press(chief, "同意代收")
        await town.say(town.head, town.bot, SICK)
        await town.press(town.duty, "我来处理")
        await submitted(town, "系统报晋城市·首报")
        rung = next(line for line in officer.timeline(town.bot) if line.text.startswith("【待接报】"))
        assert f"{JURISDICTION}转来，{JURISDICTION}1号（区教育局值班室）" in rung.text and rung.rang == "loud"
        await town.advance(minutes=3)
        told = town.sees(town.duty, "晋城市还没有人接报").text
        assert "晋城市值班室 0356-" in told
        await town.press(officer, "我来处理")
        await town.advance(seconds=1)
        assert "接报人郑值班" in town.sees(town.duty, "晋城市已接报").text
        mine = await town.incident()
        [filing] = mine.filings
        assert filing.taker == "郑值班" and (filing.called_at - mine.reported_at).total_seconds() < 60  # type: ignore[operator]
        await town.say(officer, town.bot, "/askback 发病学生的年级")
        await town.advance(seconds=1)
        assert "晋城市教育局要求核实" in town.sees(town.duty, "所问（晋城市1号，经系统）：发病学生的年级").text
        await town.say(town.duty, town.bot, "/update 1 发病的是五年级学生，现有32人发病")
        await submitted(town, "系统报晋城市·核实答复")
        above = await case_above(town)
        assert above.claims["ill"][-1].value.exact == 32  # type: ignore[union-attr]
        assert "32人" in town.sees(officer, "核实").text
        await town.say(officer, town.bot, "/reject 1 市疾控中心排除")
        await town.advance(seconds=1)
        assert "对方按误报处理" in town.sees(town.duty, "晋城市来告").text
        only_what_a_plan_says_crossed(town, town, officer, group)
        await town.say(chief, town.bot, "/line")
        await town.press(chief, "结束 1")
        await town.press(chief, "确认结束")
        await town.say(town.duty, town.bot, "/submit 1")
        assert "没有可以经系统报送的" in town.duty.timeline(town.bot)[-1].text


async def test_a_district_and_its_city_in_two_installations(file_url: str) -> None:
    async with Town.open(board=BASE) as city:
        officer, _, group = await seat_the_city(city)
        _, secret = await token_of(city, "report", place=PLACE, plans=(CITY,))
        assert city.program is not None and city.program.port is not None
        url = f"http://127.0.0.1:{city.program.port}"
        async with Town.open(file_url, push=url) as town:
            town.forgiven = Forgiven(logs=("line.not_brought",))
            assert town.program is not None
            done = await connect(
                town.program.service, By(None, Requester(), "connect"), JURISDICTION, PLACE,
                ["市委", "市政府", "晋城市教育局"], url=url, token=secret, allowed=town.settings.push_hosts,
            )  # fmt: skip
            assert done is not None and done.ok, done
            await town.say(town.head, town.bot, SICK)
            await town.press(town.duty, "我来处理")
            await submitted(town, "系统报晋城市·首报")
            await asyncio.gather(town.settle(), city.settle())
            assert f"{JURISDICTION}1号" in city.sees(officer, "待接报").text
            await town.restart()
            await city.press(officer, "我来处理")
            await town.advance(seconds=10)
            assert "接报人郑值班" in town.sees(town.duty, "晋城市已接报").text
            await city.say(officer, city.bot, "/askback 发病学生的年级")
            await town.advance(minutes=1)
            assert "晋城市教育局要求核实" in town.sees(town.duty, "所问（晋城市1号，经系统）：发病学生的年级").text
            await submitted(town, "系统报晋城市·核实答复")
            await asyncio.gather(town.settle(), city.settle())
            texts = [getattr(item.event, "text", "") for item in (await case_above(city)).events]
            assert any("核实答复" in (text or "") or "您" in (text or "") for text in texts[1:])
            only_what_a_plan_says_crossed(town, city, officer, group)
