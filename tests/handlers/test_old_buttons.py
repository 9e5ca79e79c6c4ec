"""Old buttons in the real chat: refused by a pop-up, shown anew; forged, or pressed where they never stood: nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.callback_data import pack
from bot.playground import Group, Person
from plans.incident.state import Incident
from storage.forms import forms
from storage.places import Place
from tests.handlers.forging import FORGIVEN, Forger, live_buttons
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town

FIRE, HEALTH = "区消防救援大队", "区卫生健康和体育局"
CHANGED = "显示给您之后情况有变化"


async def judged(town: Town, option: str = "需区里组织 → Ⅱ") -> Town:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, option)
    return town


async def preview(town: Town, person: Person, text: str, label: str) -> Any:
    """Let somebody be shown a preview, and return the message whose button he does not press yet."""
    await town.say(person, town.bot, text)
    return town.button(person, label)


async def pressed(town: Town, person: Person, message: Any, label: str) -> str:
    found = person.press(message, label)
    await town.settle()
    return found.text or ""


async def decisions(town: Town) -> tuple[str | None, str, int]:
    incident: Incident = await town.incident()
    return incident.response_level, incident.state, len(incident.decisions)


async def test_a_forgotten_preview_hours_later_lowers_nothing_and_is_shown_as_things_stand(town: Town) -> None:
    """「启动Ⅱ级」 left open at 03:06, Ⅰ declared at 03:16, 「确认宣布」 pressed at 04:16."""
    await judged(town)
    old = await preview(town, town.commander, "/declare Ⅱ", "确认宣布")
    await town.advance(minutes=10)
    await town.say(town.commander, town.bot, "/declare Ⅰ 人数增加")
    await town.press(town.commander, "确认宣布", words="启动Ⅰ级")
    await town.advance(hours=1)
    before = await decisions(town)
    assert CHANGED in await pressed(town, town.commander, old, "确认宣布")
    assert await decisions(town) == before == ("Ⅰ", "responding", 1)
    again = town.sees(town.commander, "预览：调整为Ⅱ级响应")
    assert again.id == old.id and "确认宣布" in again.labels()
    await town.press(town.commander, "确认宣布", words="预览：调整为Ⅱ级响应")
    assert (await town.incident()).response_level == "Ⅱ"


async def test_an_old_preview_of_the_end_does_not_end_what_was_raised_since(town: Town) -> None:
    await judged(town)
    await town.press(town.commander, "启动Ⅱ级")
    await town.press(town.commander, "确认宣布")
    old = await preview(town, town.commander, "/end 险情排除", "确认终止")
    await town.say(town.commander, town.bot, "/declare Ⅰ 又有人受伤")
    await town.press(town.commander, "确认宣布", words="Ⅰ级")
    assert CHANGED in await pressed(town, town.commander, old, "确认终止")
    assert await decisions(town) == ("Ⅰ", "responding", 2)
    assert "终止Ⅰ级" in town.button(town.commander, "确认终止").text
    await town.press(town.commander, "确认终止")
    assert (await town.incident()).state == "ended"


async def test_an_old_preview_is_refused_after_other_figures_too(town: Town) -> None:
    await judged(town)
    old = await preview(town, town.commander, "/declare Ⅱ", "确认宣布")
    assert "9" not in old.text.split("人员")[-1][:12]
    await town.say(town.duty, town.bot, "/update 受伤19人")
    assert CHANGED in await pressed(town, town.commander, old, "确认宣布")
    assert (await decisions(town))[0] is None
    assert "19" in town.button(town.commander, "确认宣布").text


async def test_an_old_spoken_decision_is_asked_about_again(town: Town) -> None:
    await judged(town)
    old = await preview(town, town.duty, "/oral 指挥长 启动 Ⅱ", "属实，公布")
    await town.press(town.commander, "启动Ⅱ级")
    await town.press(town.commander, "确认宣布")
    await town.say(town.commander, town.bot, "/declare Ⅰ 人数增加")
    await town.press(town.commander, "确认宣布", words="Ⅰ级")
    assert CHANGED in await pressed(town, town.duty, old, "属实，公布")
    assert await decisions(town) == ("Ⅰ", "responding", 2)
    assert not (await town.incident()).unsigned


@pytest.mark.parametrize(("label", "later", "left"), [("已核实，属实", "死亡7人", 7), ("不属实", "死亡3人", 3)])
async def test_an_old_answer_to_the_first_death_changes_no_confirmed_number(
    town: Town, label: str, later: str, left: int
) -> None:
    """An old 不属实 made 3 confirmed dead 0, an old 属实 made 7 two."""
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.liaisons[HEALTH], town.bot, "/update 死亡2人")
    old = town.button(town.duty, label)
    await town.say(town.duty, town.bot, f"/update {later}")
    assert CHANGED in await pressed(town, town.duty, old, label)
    deaths = (await town.incident()).claims["deaths"][-1].value
    assert (deaths.at_least, deaths.at_most) == (left, left)  # type: ignore[union-attr]


async def test_a_renewed_rumour_is_asked_about_with_its_own_number(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.liaisons[HEALTH], town.bot, "/update 死亡1人")
    old, yes = town.button(town.duty, "已核实，属实"), "已核实，属实"
    await town.say(town.liaisons[HEALTH], town.bot, "/update 死亡2人")
    fresh = town.count(town.duty)
    assert CHANGED in await pressed(town, town.duty, old, yes)
    assert (await town.incident()).death_unconfirmed
    [asked] = [line for line in fresh.new if yes in line.labels()]
    assert "2" in asked.text
    await pressed(town, town.duty, asked, yes)
    assert (await town.incident()).claims["deaths"][-1].value.at_least == 2  # type: ignore[union-attr]


async def test_an_old_choice_between_figures_is_not_taken_for_the_new_ones(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.liaisons[HEALTH], town.bot, "/update 受伤6人")
    [label] = [item for line in town.told(town.duty, "受伤") for item in line.labels() if item.endswith("6人")]
    old = town.button(town.duty, label)
    await town.say(town.liaisons[HEALTH], town.bot, "/update 受伤8人")
    assert CHANGED in await pressed(town, town.duty, old, label)
    assert "injuries" in (await town.incident()).conflicts
    assert any(item.endswith("8人") for line in town.told(town.duty, "受伤") for item in line.labels())


async def test_a_second_tap_on_told_is_no_second_call(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    message = town.button(town.duty, "已报", words="您好")
    first, second = town.duty.press(message, "已报"), town.duty.press(message, "已报")
    await town.settle()
    assert len((await town.incident()).filings) == 1
    assert first.text != second.text


async def test_a_declined_proposal_is_asked_again_after_worse_figures(town: Town) -> None:
    await judged(town)
    old = town.button(town.commander, "暂不启动")
    await town.say(town.duty, town.bot, "/update 受伤29人")
    assert CHANGED in await pressed(town, town.commander, old, "暂不启动")
    proposal = (await town.incident()).proposal
    assert proposal is not None and not proposal.declined
    shown = await town.press(town.commander, "暂不启动")
    proposal = (await town.incident()).proposal
    assert proposal is not None and proposal.declined, (shown.text, town.screen(town.commander))


# Everybody, everywhere


@pytest.fixture
async def rich() -> AsyncIterator[Town]:
    """A town in which one button of almost every kind stands somewhere, and the group of another jurisdiction."""
    async with Town.open() as town:
        town.forgiven = FORGIVEN
        town.teacher.start(town.bot)
        await judged(town)
        await town.say(town.liaisons[HEALTH], town.bot, "/update 死亡1人 受伤6人")
        await town.say(town.commander, town.bot, "/declare Ⅱ")
        await town.say(town.duty, town.bot, "/oral 指挥长 启动 Ⅱ")
        await town.say(town.duty, town.bot, "/status 1")
        await town.press(town.duty, "念稿拨号")
        await town.say(town.head, town.bot, "食堂2名学生呕吐")
        await town.say(town.director, town.bot, "/declare 2 Ⅲ")
        await town.press(town.director, "确认宣布", words="2号")
        await town.say(town.director, town.bot, "/end 2 处置完毕")
        await town.say(town.admin, town.bot, "/invite 名单")
        await town.say(town.admin, town.bot, "/invite 值班员 " + PLAN)
        await town.say(town.admin, town.bot, "/invite 撤销")
        await town.say(town.admin, town.group, "/roll@tocsin_bot")
        await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 24小时")
        await town.say(town.teacher, town.bot, "/join 值班员 " + PLAN)
        await town.say(town.teacher, town.bot, "何敏 区教育局")
        await town.say(town.admin, town.bot, "/name")
        await town.say(town.second, town.bot, "/name")
        await town.say(town.admin, town.bot, "/invite 值班员 姓名 方敏 区教育局")
        yield town


async def _state(town: Town) -> object:
    async with town.open_store.reading() as rx:
        heads = {name: head.hash for name, head in (await rx.journal.heads()).items()}
        held = [item.id for item in await rx.people.all_holdings(JURISDICTION)]
        opened = await rx._session.rows(forms.select())
    return heads, held, len(opened)


async def test_nobody_presses_a_button_where_it_does_not_stand(rich: Town) -> None:
    town = rich
    found, forger = await live_buttons(town), Forger(town)
    assert len({item.action for item in found}) >= 25, sorted({item.action for item in found})
    school = town.world.add_group("家长群", owner=town.admin, members=[town.bot, town.teacher, town.stranger])
    everybody = [
        town.duty, town.second, town.director, town.deputy, town.commander, town.admin, town.head, town.teacher,
        town.stranger, town.liaisons[FIRE],
    ]  # fmt: skip
    places: dict[Person | Group, Place | None] = {}
    async with town.open_store.reading() as rx:
        places[town.group] = await rx.places.by_chat(town.group.id)
        for person in everybody:
            places[person] = await rx.places.by_chat(person.id)
    await town.settle()
    before = await _state(town)
    for button in found:
        for person in everybody:
            for chat in (person, town.group, school):
                place = places.get(chat)
                if place is None or place.id != button.place_id:
                    await forger.press(person, chat, pack(button.id))
    assert await _state(town) == before


async def test_in_the_group_only_those_press_who_are_meant(rich: Town) -> None:
    """What stands in the command group for one person, or for the office, does nothing for anybody else there."""
    town = rich
    forger = Forger(town)
    async with town.open_store.reading() as rx:
        group = await rx.places.by_chat(town.group.id)
        assert group is not None
    shown = [item for item in await live_buttons(town) if item.place_id == group.id]
    outsiders = [town.stranger, town.teacher]
    before = await _state(town)
    for button in shown:
        for person in outsiders:
            await forger.press(person, town.group, pack(button.id))
    assert await _state(town) == before


@pytest.mark.parametrize("data", ["", "b:", "b:nonsense", "declare", "b:" + "x" * 60, "\u202e", '{"a":1}'])
async def test_made_up_data_does_nothing(reported: Town, data: str) -> None:
    reported.forgiven = FORGIVEN
    before = await _state(reported)
    await Forger(reported).press(reported.stranger, reported.group, data)
    await Forger(reported).press(reported.commander, reported.commander, data)
    assert await _state(reported) == before
