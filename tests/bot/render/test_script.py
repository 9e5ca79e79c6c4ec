"""The text read aloud: 220 characters at most, the plan's elements in the plan's order, unknown never zero."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import script, written_report
from bot.render.script import LONGEST
from plans.incident.corrections import Correct
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.requests import RequestVerification
from plans.incident.seat import TakeHandling, TakeOver
from plans.load import DATA, load
from plans.model import Plan
from tests.bot.render.story import BEGIN, DUTY, HEALTH, LIAISON, SCHOOL, SECOND, Story, clock, night

PLANS = sorted(path.stem for path in DATA.glob("*.yaml"))
REPORTS = ["首报", "续报", "终报", "更正", "核实答复", "信息发布", "总结评估"]


def taken(**given) -> Story:
    return Story().report("03:07", **given).do("03:08", TakeHandling())


def test_the_first_report_reads_as_the_plan_orders_it():
    assert script(taken().view(), "区委") == (
        "您好，区教育局值班室张三，报告校园安全事故首报。今天3时02分，育才小学宿舍楼。涉险、遇难正在核实。受伤4人（未核实）。"
        "被困、失联正在核实。事件性质：踩踏拥挤。影响范围、发展趋势正在核实。已经采取的措施：03:08值班室接手处置。"
        "信息来源：育才小学周校长。报告单位：区教育局。报告人：张三。请问您贵姓？"
    )


def test_elements_keep_the_plans_order():
    text = script(taken(facts={"injuries": 4, "deaths": 0, "missing": 2, "trapped": 1}).view(), "区委")
    order = ["3时02分", "育才小学", "涉险", "遇难", "受伤", "被困", "失联", "事件性质", "影响范围", "发展趋势"]
    order += ["采取的措施", "信息来源", "报告单位", "报告人"]
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_zero_is_said_only_when_it_is_known():
    assert "遇难0人" in script(taken(facts={"deaths": 0}).view(), "区委")
    unknown = script(taken(facts={"deaths": None}).view(), "区委")
    assert "0人" not in unknown and "遇难" in unknown.split("正在核实")[0]


def test_an_interval_stays_one():
    assert "受伤30至39人" in script(taken(facts={"injuries": {"at_least": 30, "at_most": 39}}).view(), "区委")
    assert "受伤至少3人" in script(taken(facts={"injuries": {"at_least": 3}}).view(), "区委")


def test_a_death_not_confirmed_is_told_as_such():
    story = taken().do("03:36", Update(facts={"deaths": 1}), SCHOOL)
    assert "遇难正在核实，有1人死亡的说法，未核实" in script(story.view(), "区委")


def test_conflicting_figures_are_both_read():
    story = taken().do("03:36", Update(facts={"injuries": 9}, source=HEALTH), LIAISON)
    assert "受伤4人或9人，来源不一" in script(story.view(), "区委")


def test_a_follow_up_says_what_this_recipient_last_heard():
    story = taken().do("03:12", File(report="首报", channel="电话", to=("区委",)))
    story.do("03:20", Update(facts={"injuries": 6}))
    assert "上次报您：受伤4人（03:12）。现在：死亡正在核实，受伤6人。" in script(story.view(), "区委", "续报")
    assert "上次报您" not in script(story.view(), "区政府", "续报")


def test_a_correction_and_an_answer_say_what_they_are_about():
    view = night().view()
    assert "原报死亡1人有误，经核实死亡0人，请以此为准。" in script(view, "市委", "更正")
    assert "答复贵处03:22的核实要求。所问：核实一下年级。" in script(view, "市委", "核实答复")


def test_a_correction_tells_each_of_what_it_heard_itself():
    story = taken().do("03:12", File(report="首报", channel="电话", to=("区委",)))
    story.do("03:20", Update(facts={"injuries": 9}))
    story.do("03:22", File(report="续报", channel="电话", to=("市委",)))
    view = story.do("03:30", Correct(facts={"injuries": 8})).view()
    assert "原报受伤4人有误，经核实受伤8人" in script(view, "区委", "更正")
    assert "原报受伤9人有误，经核实受伤8人" in script(view, "市委", "更正")
    assert "原报：区委听到受伤4人；市委听到受伤9人。更正为：受伤8人。" in written_report(view, "更正")


def test_the_voice_is_of_whoever_sits_on_the_seat():
    story = taken().do("03:20", TakeOver(), SECOND)
    assert script(story.view(), "区委").startswith("您好，区教育局值班室李四，")
    assert "〔姓名〕" in script(Story().report("03:07").view(), "区委")


def test_another_day_is_named():
    story = taken()
    story.at = clock("1 08:00")
    assert "昨天3时02分" in script(story.view(), "区委")
    story.at = clock("3 08:00")
    assert "3月2日3时02分" in script(story.view(), "区委")


def test_a_drill_is_marked_first_and_last():
    text = script(Story(drill=True).report("03:07").view(), "区委")
    assert text.startswith("【演练】您好") and text.endswith("【演练】") and len(text) <= LONGEST


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("drill", [False, True])
def test_every_plan_has_scripts_that_can_be_read(plan, report, drill):
    story = of_plan(load(DATA / f"{plan}.yaml"), drill=drill)
    text = script(story.view(), "区委", report)
    assert len(text) <= LONGEST and text.removesuffix("【演练】").endswith("请问您贵姓？")
    assert not re.search(r"None|[{}]|。。|，。|：。", text)


def of_plan(plan: Plan, *, drill: bool = False) -> Story:
    classes = tuple(item.id for item in plan.classes[:1])
    return Story(plan=plan, drill=drill).report("03:07", DUTY, candidates=classes, facts={"injuries": 4, "deaths": 1})


LONG = st.text(alphabet="育才小学🚨@/甲 \n。", max_size=200)


@settings(max_examples=60)
@given(place=LONG, unit=LONG, informant=LONG, report=st.sampled_from(REPORTS), drill=st.booleans())
def test_whatever_people_write_the_script_fits(place, unit, informant, report, drill):
    story = Story(drill=drill).report("03:07", DUTY, place=place, unit=unit, informant=informant)
    story.do("03:08", RequestVerification(recipient="市委", question=place))
    text = script(story.view(), "市委", report)
    assert len(text) <= LONGEST
    assert "\n" not in text and text.count("【演练】") == 2 * drill


@pytest.mark.parametrize("report", ["首报", "续报", "终报"])
@pytest.mark.parametrize("plan", PLANS)
def test_a_written_report_holds_every_element_of_the_form(plan, report):
    loaded = load(DATA / f"{plan}.yaml")
    text = written_report(of_plan(loaded).view(), report)
    form = next((form for form in loaded.forms if form.report == report), None)
    for number, element in enumerate(form.elements if form else (), 1):
        assert f"\n{number}. {element}：" in text
    assert "受伤4人" in text and "编号：2026年第17号" in text


def test_a_written_report_says_sources_and_leaves_blanks_open():
    text = written_report(taken().view(), "首报")
    assert "4. 受伤人数：受伤4人（未核实，来源：报告人，03:07）" in text
    assert "3. 遇难人数：正在核实" in text
    assert "报送：晋城市教育局、区委、区政府、区指挥部、市委、市政府" in text
    assert "〔请补充〕" in written_report(taken().view(), "终报")


def test_a_written_report_of_a_drill_is_marked():
    text = written_report(Story(drill=True).report("03:07").view())
    assert text.startswith("【演练】") and text.endswith("【演练】")


def test_times_of_the_script_are_beijing_times():
    assert BEGIN.utcoffset() is not None
    story = Story().report("03:07", occurred_at=BEGIN.astimezone(tz=__import__("datetime").UTC))
    assert "今天3时02分" in script(story.view(), "区委")
