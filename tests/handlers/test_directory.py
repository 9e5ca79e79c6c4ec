"""``/who`` and ``/plan``, and the button that opens a cited clause: in groups, in private, with the text or without."""

from __future__ import annotations

import pytest

from bot.official import text_path
from tests.journeys.world import PLAN, Town

DUTIES = "dehui-education-duties"
WATER, TRANSIT = "jincheng-water-rescue", "jincheng-transit"
OFFICIAL = """1总则
1.1编制目的
为了演示。
4应急响应
4.1.2报送时限
突发事件发生后，30分钟以内
电话报告。
4.3.3Ⅲ级响应
（1）学校可以处置的。
"""


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path))


def attach(plan_id: str, text: str = OFFICIAL) -> None:
    text_path(plan_id).parent.mkdir(parents=True, exist_ok=True)
    text_path(plan_id).write_text(text, encoding="utf-8")


async def test_who_answers_from_the_plans_of_the_group_with_duty_and_clause(town):
    await town.say(town.duty, town.group, "/who 燃气")
    answer = town.sees(town.duty, "燃气 由谁负责", town.group).text
    assert "区住房和城乡建设管理局：" in answer and "（8.3）" in answer


async def test_who_answers_from_recurring_duties_and_names_the_plan_where_there_are_several(town):
    group = await town.add_group("教育局", "command", town.admin)
    await town.bind(group, "command", PLAN)
    async with town.open_store.writing() as tx:
        place = await tx.places.by_chat(group.id)
        await tx.places.unbind(place.id, PLAN)
    await town.bind(group, "command", DUTIES)
    await town.say(town.admin, group, "/who@tocsin_bot 校车")
    answer = town.sees(town.admin, "校车 由谁负责", group).text
    assert "五(十六)" in answer and len(answer.split("\n")) <= 10
    await town.grant(town.head, "reporter", plan=DUTIES)
    await town.say(town.head, town.bot, "/who 食物中毒")
    assert "六(十八)" in town.texts(town.head)[-1] and "应急预案" in town.texts(town.head)[-1]


@pytest.mark.parametrize(
    ("said", "answer"), [("/who", "请写明事项"), ("/who 量子纠缠", "没有写明"), ("/who " + "燃气 " * 900, "燃气")]
)
async def test_who_is_answered_whatever_is_asked(town, said, answer):
    await town.say(town.duty, town.bot, said)
    assert answer in town.texts(town.duty)[-1] and len(town.texts(town.duty)[-1]) < 1200


@pytest.mark.parametrize("name", ["who", "plan"])
async def test_a_stranger_and_an_unbound_group_are_told_so(town, name):
    town.stranger.start(town.bot)
    await town.settle()
    await town.say(town.stranger, town.bot, f"/{name} 燃气")
    assert "120" in town.texts(town.stranger)[-1]
    other = town.world.add_group("别的群", owner=town.stranger, members=[town.bot])
    await town.say(town.stranger, other, f"/{name}@tocsin_bot 燃气")
    town.sees(town.stranger, "还没有绑定预案", other)


async def test_a_clause_opens_with_what_was_made_of_it_and_its_official_text(town):
    await town.say(town.duty, town.group, "/plan 4.1.2")
    without = town.sees(town.duty, "4.1.2", town.group).text
    assert "报送义务：首报" in without and "解读：" in without and "没有附官方文本" in without
    attach(PLAN)
    await town.say(town.duty, town.group, "/plan 4.1.2")
    assert "突发事件发生后，30分钟以内电话报告。" in town.sees(town.duty, "官方文本", town.group).text


async def test_clauses_are_found_by_a_word_of_their_title_and_items_by_the_clause_they_stand_in(town):
    await town.say(town.duty, town.bot, "/plan 响应")
    listed = town.texts(town.duty)[-1]
    assert listed.startswith("题目里有“响应”的条款") and "4.3.1" in listed
    await town.say(town.duty, town.bot, "/plan 4.3.3(9)")
    assert town.texts(town.duty)[-1].startswith("4.3.3 ")
    await town.say(town.duty, town.bot, "/plan 9.9.9")
    assert "没有找到“9.9.9”" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/plan")
    assert "例如：/plan 4.1.1" in town.texts(town.duty)[-1]


async def test_with_several_plans_the_plan_is_named_by_a_word_of_its_title(town):
    for plan in (WATER, TRANSIT):
        await town.grant(town.liaisons["区应急管理局"], "liaison", plan=plan)
    person = town.liaisons["区应急管理局"]
    await town.say(person, town.bot, "/plan 4.2")
    several = town.texts(person)[-1]
    assert "请写明预案" in several and WATER in several and TRANSIT in several
    await town.say(person, town.bot, "/plan 水上 4.2")
    assert "水上搜救" in town.texts(person)[-1] and "报送义务" in town.texts(person)[-1]
    await town.say(person, town.bot, f"/plan {TRANSIT} 4.2")
    assert "公共交通" in town.texts(person)[-1]


async def test_in_a_school_group_a_clause_is_answered_in_private(town):
    group = await town.add_group("三年级家长群", "school", town.teacher, town.head)
    heard = town.count(town.head, group)
    await town.say(town.head, group, "/plan@tocsin_bot 4.1.2")
    assert not heard.new and "4.1.2" in town.texts(town.head)[-1]


async def test_whoever_is_asked_to_decide_opens_the_clause_from_the_proposal(reported):
    town: Town = reported
    attach(PLAN)
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "看条款4.3.3")
    opened = town.texts(town.director)[-1]
    assert opened.startswith("4.3.3 ") and "（1）学校可以处置的。" in opened
    await town.press(town.director, "启动Ⅲ级")
    assert "看条款4.3.3" in town.button(town.director, "确认宣布").labels()
    await town.press(town.director, "确认宣布")
    assert (await town.incident()).response_level == "Ⅲ"
