"""The plans' clocks: who owes what to whom by when, and under which event level."""

# ruff: noqa: E501 - tables, one document row a line
from __future__ import annotations

from datetime import timedelta

import pytest

from plans.logic import Environment, Truth, truth
from plans.model import Obligation, Within
from plans.values import parse
from tests.factories import FOUR
from tests.plans.data.shipped import IDS, plan, rule

DIRECT = ("省委", "省政府", "市委", "市政府")
AT_ONCE = timedelta()
HALF_HOUR = timedelta(minutes=30)
HOUR = timedelta(hours=1)

CAMPUS = "jincheng-chengqu-campus"
WATER = "jincheng-water-rescue"
TRANSIT = "jincheng-transit"
HEALTH = "jincheng-public-health"
LINAN = "linan-campus"
DEHUI = "dehui-education-duties"
ENERGY = "jincheng-energy"
SHANTING = "shanting-overall"

# plan, rule, clause, report, channel, recipients, clock start, within
ONCE = [
    (CAMPUS, "first-general", "4.1.2", "首报", "any", FOUR, "occurred", HOUR),
    (CAMPUS, "first-phone", "4.1.2", "首报", "电话", FOUR, "occurred", HALF_HOUR),
    (CAMPUS, "first-written", "4.1.2", "首报", "书面", FOUR, "occurred", HOUR),
    (CAMPUS, "direct-phone", "4.1.2", "首报", "电话", DIRECT, "occurred", HALF_HOUR),
    (CAMPUS, "direct-written", "4.1.2", "首报", "书面", DIRECT, "occurred", HALF_HOUR),
    (CAMPUS, "office-report", "4.1.1", "首报", "any", ("晋城市教育局", "区委", "区政府", "区指挥部"), "known", AT_ONCE),
    (CAMPUS, "verification", "4.1.2", "核实答复", "any", FOUR, "requested", HALF_HOUR),
    (CAMPUS, "followup-casualties", "4.1.3", "续报", "any", FOUR, "casualties_changed", AT_ONCE),
    (CAMPUS, "school-report", "4.1.1", "事发报告", "any", ("事发镇街", "区指挥部办公室"), "occurred", AT_ONCE),
    (WATER, "first-general", "4.2", "县级首报", "any", ("市委", "市政府", "市交通局"), "occurred", HOUR),
    (WATER, "first-direct", "4.2", "县级首报", "电话", ("市委", "市政府"), "known", AT_ONCE),
    (WATER, "city-general", "4.2", "首报", "any", ("省政府", "省交通厅"), "occurred", HOUR),
    (WATER, "city-direct", "4.2", "首报", "any", ("省政府", "省交通厅"), "known", AT_ONCE),
    (WATER, "city-written-after-phone", "4.2", "首报", "书面", ("省政府", "省交通厅"), "phone_filed", HALF_HOUR),
    (WATER, "written-after-phone", "4.2", "县级首报", "书面", ("市委", "市政府", "市交通局"), "phone_filed", HALF_HOUR),
    (WATER, "written-after-direct", "4.2", "县级首报", "书面", ("市委", "市政府"), "phone_filed", HALF_HOUR),
    (WATER, "city-written-after-direct", "4.2", "首报", "书面", ("省政府", "省交通厅"), "phone_filed", HALF_HOUR),
    (WATER, "scene-report", "4.2", "事发报告", "any", ("事发地县级政府", "事发地有关部门"), "occurred", AT_ONCE),
    (WATER, "followup-casualties", "4.2", "续报", "any", ("市委", "市政府", "省政府", "省交通厅"), "casualties_changed", AT_ONCE),
    (WATER, "verification", "4.2", "核实答复", "any", ("市委", "市政府", "省政府", "省交通厅"), "requested", HALF_HOUR),
    (TRANSIT, "first-general", "4.2", "首报", "any", ("市委", "市政府", "省交通运输厅"), "occurred", HOUR),
    (TRANSIT, "first-direct", "4.2", "首报", "any", ("市委", "市政府", "省交通运输厅"), "known", AT_ONCE),
    (TRANSIT, "written-after-phone", "4.2", "首报", "书面", ("市委", "市政府", "省交通运输厅"), "phone_filed", HALF_HOUR),
    (TRANSIT, "written-after-direct", "4.2", "首报", "书面", ("市委", "市政府", "省交通运输厅"), "phone_filed", HALF_HOUR),
    (TRANSIT, "county-general", "4.2", "县级首报", "any", ("市委", "市政府", "省交通运输厅"), "occurred", HOUR),
    (TRANSIT, "county-direct", "4.2", "县级首报", "any", ("市委", "市政府", "省交通运输厅"), "known", AT_ONCE),
    (TRANSIT, "county-written-after-phone", "4.2", "县级首报", "书面", ("市委", "市政府", "省交通运输厅"), "phone_filed", HALF_HOUR),
    (TRANSIT, "county-written-after-direct", "4.2", "县级首报", "书面", ("市委", "市政府", "省交通运输厅"), "phone_filed", HALF_HOUR),
    (TRANSIT, "company-report", "4.2", "事发报告", "any", ("事发地县级政府", "市应急指挥部办公室", "市政府", "市交通局"), "occurred", AT_ONCE),
    (TRANSIT, "quick-report", "4.4.5", "快报", "书面", ("市应急指挥部",), "occurred", AT_ONCE),
    (TRANSIT, "progress-report", "4.4.1", "续报", "any", ("市政府", "省交通运输厅"), "casualties_changed", AT_ONCE),
    (TRANSIT, "verification", "4.2", "核实答复", "any", ("市委", "市政府", "省交通运输厅"), "requested", HALF_HOUR),
    (HEALTH, "first-half-hour", "4.1.3", "首报", "any", ("市委", "市政府", "省卫生健康委员会"), "occurred", HALF_HOUR),
    (HEALTH, "city-to-province", "4.1.3", "值班室上报", "any", ("省委", "省政府"), "occurred", HALF_HOUR),
    (HEALTH, "written-after-phone", "4.1.3", "首报", "书面", ("市委", "市政府", "省卫生健康委员会"), "phone_filed", HALF_HOUR),
    (HEALTH, "cdc-report", "4.1.3", "逐级上报", "any", ("县级卫生健康主管部门",), "known", AT_ONCE),
    (CAMPUS, "township-report", "8.3", "逐级上报", "any", ("区委", "区政府", "区指挥部办公室"), "known", AT_ONCE),
    (CAMPUS, "hazard-report", "4.2", "险情报告", "any", ("区消防救援大队", "区住房和城乡建设管理局", "区应急管理局"), "known", AT_ONCE),
    (LINAN, "school-report", "3 先期处置", "事发报告", "any", ("事发地镇街", "区教育局"), "occurred", AT_ONCE),
    (LINAN, "ask-city", "4 总指挥", "请示报告", "any", ("市委", "市政府", "市教育局"), "known", AT_ONCE),
    (LINAN, "info-first", "3 信息发布", "信息发布", "any", ("社会公众",), "response_started", AT_ONCE),
    (HEALTH, "county-half-hour", "4.1.3", "县级首报", "any", ("市委", "市政府", "市卫生健康委员会"), "occurred", HALF_HOUR),
    (HEALTH, "county-written-after-phone", "4.1.3", "县级首报", "书面", ("市委", "市政府", "市卫生健康委员会"), "phone_filed", HALF_HOUR),
    (HEALTH, "province-written-after-phone", "4.1.3", "值班室上报", "书面", ("省委", "省政府"), "phone_filed", HALF_HOUR),
    (HEALTH, "county-health-report", "4.1.3", "逐级上报", "any", ("事发地县级政府", "市卫生健康委员会"), "known", AT_ONCE),
    (LINAN, "info-4h", "3 信息发布", "信息发布", "any", ("社会公众",), "occurred", timedelta(hours=4)),
    (LINAN, "press-24h", "3 信息发布", "新闻发布会", "any", ("社会公众",), "occurred", timedelta(hours=24)),
    (DEHUI, "accident-phone", "七(十)", "事故报告", "电话", ("德惠市教育局",), "occurred", HALF_HOUR),
    (DEHUI, "accident-written", "七(十)", "事故报告", "书面", ("德惠市教育局",), "occurred", timedelta(hours=2)),
    (ENERGY, "county-report", "4.1", "事发报告", "any", ("市指挥部办公室",), "known", AT_ONCE),
    (ENERGY, "county-verify", "3.1", "异常核实报告", "any", ("市能源局",), "known", AT_ONCE),
    (ENERGY, "counties-notice", "4.2.3 措施(8)", "通报", "any", ("市内其他县（市、区）",), "response_started", AT_ONCE),
    (HEALTH, "neighbour-notice", "4.2", "通报", "any", ("有关县（市、区）政府", "相邻市"), "determined", AT_ONCE),
    (CAMPUS, "nearby-notice", "3.1(3)", "通报", "any", ("可能波及的邻近地方和单位",), "holds", AT_ONCE),
    (SHANTING, "grid-notice", "4.1(2)", "通报", "any", ("区有关部门", "毗邻或相关地区党委政府"), "holds", AT_ONCE),
    (TRANSIT, "end-notice", "4.7", "结束通知", "any", ("相关单位", "社会公众"), "response_ended", AT_ONCE),
    (ENERGY, "alert-upward", "3.3", "预警会商报告", "any", ("市指挥部", "事发地县级政府"), "known", AT_ONCE),
    (SHANTING, "district-report-larger", "4.4(3)", "首报", "any", ("市政府", "市有关部门"), "known", AT_ONCE),
    (SHANTING, "scene-report", "4.4(2)", "事发报告", "any", ("事发地镇街", "主要牵头部门", "区政府"), "occurred", AT_ONCE),
    (SHANTING, "township-report", "4.4(2)", "逐级上报", "any", ("区委", "区政府", "主要牵头部门"), "known", AT_ONCE),
    (SHANTING, "affected-notice", "4.4(4)", "通报", "any", ("可能受影响的地区、部门和企业",), "known", AT_ONCE),
    (SHANTING, "followup-casualties", "4.4(2)", "续报", "any", ("市政府", "市有关部门"), "casualties_changed", AT_ONCE),
    (SHANTING, "info-first", "4.5.4(1)", "信息发布", "any", ("社会公众",), "known", AT_ONCE),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rule_id", "clause", "report", "channel", "to", "start", "within"), ONCE)
def test_rule(name, rule_id, clause, report, channel, to, start, within) -> None:
    found = rule(name, rule_id)
    assert (found.clause, found.report, found.channel, found.to) == (clause, report, channel, to)
    assert (found.clock.from_, found.clock.within) == (start, within)
    assert not found.local


def test_recurring_rules() -> None:
    daily = rule(CAMPUS, "followup-daily")
    assert (daily.report, daily.clock.daily, daily.to) == ("续报", True, FOUR)
    often = rule(CAMPUS, "followup-4h")
    assert (often.clock.every, often.to) == (timedelta(hours=4), FOUR)
    assert [change.every for change in often.changes] == [timedelta(hours=2)]
    zero = rule(HEALTH, "daily-zero")
    assert zero.clock.daily
    county = rule(ENERGY, "county-daily")
    assert county.clock.daily and not county.by_office


@pytest.mark.parametrize(
    ("name", "rule_id", "clause", "levels", "to"),
    [
        (HEALTH, "county-daily", "5.1", None, ("市指挥部",)),
        (HEALTH, "daily-zero", "5.1", ("Ⅰ", "Ⅱ"), ("市委", "市政府", "省卫生健康委员会")),
        (HEALTH, "daily-public", "5.2.1 措施(10)", ("Ⅰ",), ("社会公众",)),
        (ENERGY, "county-daily", "4.2.2 措施(1)", ("Ⅱ",), ("事发地县级政府", "市指挥部")),
        (ENERGY, "dynamic-watch", "4.2.1 措施(1)", ("Ⅰ",), ("市委", "市政府", "省应急指挥部")),
    ],
)
def test_daily_rules_of_health_and_energy(name, rule_id, clause, levels, to) -> None:
    found = rule(name, rule_id)
    assert (found.clause, found.to, found.clock.daily) == (clause, to, True)
    if levels:
        assert isinstance(found.when, Within)
        assert (found.when.fact, found.when.values) == ("response_level", levels)


def test_what_has_no_limit_in_the_plan_is_local() -> None:
    local = {(name, item.id) for name in IDS for item in plan(name).obligations if item.local}
    assert local == {
        (CAMPUS, "final"), (WATER, "final"), (WATER, "final-major"), (HEALTH, "adjust-report"), (HEALTH, "final"),
        (ENERGY, "office-report"), (ENERGY, "final"), (TRANSIT, "participants-report"), (LINAN, "office-report"),
        (SHANTING, "district-report"), *((HEALTH, rule_id) for rule_id, *_ in BETWEEN_DEPARTMENTS),
    }  # fmt: skip
    assert rule(CAMPUS, "final").clock.within == timedelta(days=7)


# What the departments tell each other (4.2, 3.2, 5.2.1): rule, clause, report, recipients, and what must be so for it.
BETWEEN_DEPARTMENTS = [
    ("schools-notice", "4.2", "通报", ("市教育局",), {"school_involved": True}),
    ("market-notice", "4.2", "通报", ("市市场监督管理局",), {"event_class": "food"}),
    ("farming-notice", "4.2", "通报", ("市农业农村局",), {"zoonotic": True}),
    ("customs-notice", "4.2", "通报", ("晋城海关",), {"imported_case": True}),
    ("risk-report", "3.2", "风险报告", ("省政府", "省卫生健康委员会"), {"may_be_major": True}),
    (
        "risk-notice",
        "3.2",
        "通报",
        ("上级有关部门", "驻地军队和武警部队", "毗邻或相关地区政府"),
        {"may_be_major": True},
    ),
    ("tracing-notice", "5.2.1 措施(8)", "流调通报", ("相关疾控机构和有关单位",), {"response_level": "Ⅰ"}),
]


@pytest.mark.parametrize(("rule_id", "clause", "report", "to", "so"), BETWEEN_DEPARTMENTS)
def test_departments_tell_each_other_what_concerns_them(rule_id, clause, report, to, so) -> None:
    of, found = plan(HEALTH), rule(HEALTH, rule_id)
    assert (found.clause, found.report, found.to, found.channel) == (clause, report, to, "any")
    known = {name: value for name, value in so.items() if name in of.facts}
    reserved = {name: value for name, value in so.items() if name not in of.facts}
    levels = frozenset(of.event_levels)
    quiet = Environment(plan=of, facts={}, event_levels=levels, undetermined=True, event_class="infectious")
    facts = {key: parse(value) for key, value in known.items()}
    told = Environment(
        plan=of, facts=facts, event_levels=levels, undetermined=True, **{"event_class": "infectious", **reserved}
    )
    assert truth(found.when, quiet) is Truth.FALSE
    assert truth(found.when, told) is Truth.TRUE


def due(name: str, level: str | None, **more) -> set[str]:
    """Ids of the rules of first reports that certainly apply when ``level`` is determined (None: undetermined)."""
    of = plan(name)
    levels = frozenset([level] if level else of.event_levels)
    facts = {key: parse(value) for key, value in more.items()}
    env = Environment(plan=of, facts=facts, event_levels=levels, undetermined=level is None)

    def first(item: Obligation) -> bool:
        return item.report == "首报" and item.clock.from_ in ("occurred", "known") and item.by_office

    return {item.id for item in of.obligations if first(item) and truth(item.when, env) is Truth.TRUE}


@pytest.mark.parametrize(
    ("name", "level", "rules"),
    [
        (CAMPUS, "一般", {"first-general", "office-report"}),
        (CAMPUS, "较大", {"first-phone", "first-written", "office-report"}),
        (CAMPUS, "重大", {"first-phone", "first-written", "direct-phone", "direct-written", "office-report"}),
        (CAMPUS, "特别重大", {"first-phone", "first-written", "direct-phone", "direct-written", "office-report"}),
        (CAMPUS, None, {"first-phone", "first-written", "office-report"}),
        (WATER, "一般", {"city-general"}),
        (WATER, "较大", {"city-general"}),
        (WATER, "重大", {"city-direct"}),
        (WATER, None, {"city-general"}),
        (TRANSIT, "较大", {"first-general"}),
        (TRANSIT, "特别重大", {"first-direct"}),
        (TRANSIT, None, {"first-general"}),
        (HEALTH, "一般", set()),
        (HEALTH, "较大", {"first-half-hour"}),
        (HEALTH, "重大", {"first-half-hour"}),
        (HEALTH, None, {"first-half-hour"}),
        (SHANTING, "一般", {"district-report"}),
        (SHANTING, "较大", {"district-report", "district-report-larger"}),
    ],
)
def test_first_reports_by_level(name: str, level: str | None, rules: set[str]) -> None:
    assert due(name, level) == rules


def test_a_sensitive_event_is_reported_whatever_its_level() -> None:
    assert "district-report-larger" in due(SHANTING, "一般", sensitive=True)
    assert "district-report-larger" not in due(SHANTING, "一般")


def test_while_undetermined_the_direct_reports_are_possible() -> None:
    of = plan(CAMPUS)
    env = Environment(plan=of, facts={}, event_levels=frozenset(of.event_levels), undetermined=True)
    assert truth(rule(CAMPUS, "direct-phone").when, env) is Truth.POSSIBLE
    assert truth(rule(CAMPUS, "followup-4h").when, env) is Truth.POSSIBLE
    assert truth(rule(CAMPUS, "first-general").when, env) is Truth.FALSE


@pytest.mark.parametrize("name", IDS)
def test_every_rule_has_bearer_recipients_and_a_phrase_or_a_reading(name: str) -> None:
    for item in plan(name).obligations:
        assert item.bearer and item.to, item.id
        assert item.evidence or item.reading is not None, item.id
        assert len(item.evidence) <= 40


FORMS = {
    (CAMPUS, "首报"): 13, (CAMPUS, "续报"): 4, (CAMPUS, "终报"): 5,
    (WATER, "首报"): 5, (WATER, "事发报告"): 5, (WATER, "终报"): 7,
    (TRANSIT, "快报"): 10, (TRANSIT, "首报"): 10, (TRANSIT, "调查报告"): 6,
    (HEALTH, "首次报告"): 7, (HEALTH, "进程报告"): 5, (HEALTH, "终结报告"): 6,
    (HEALTH, "首报"): 7, (HEALTH, "续报"): 5, (HEALTH, "终报"): 6, (HEALTH, "总结评估"): 7,
    (ENERGY, "首报"): 6, (ENERGY, "续报"): 6,
    (SHANTING, "首报"): 10, (SHANTING, "信息发布"): 5,
}  # fmt: skip


def test_forms_hold_their_elements() -> None:
    found = {(name, form.report): len(form.elements) for name in IDS for form in plan(name).forms}
    assert found == FORMS


def test_the_campus_first_report_in_the_plans_order() -> None:
    form = next(form for form in plan(CAMPUS).forms if form.report == "首报")
    assert form.elements == (
        "发生的时间和地点", "涉险人数", "遇难人数", "受伤人数", "被困人数", "失联人数", "事件性质", "影响范围", "发展趋势",
        "已经采取的措施", "信息来源", "报告单位", "报告人",
    )  # fmt: skip
    assert form.sources == (
        "occurred place", "endangered", "deaths", "injuries", "trapped", "missing", "nature", "scope", "trend", "measures",
        "source", "reporter_unit", "reporter",
    )  # fmt: skip


@pytest.mark.parametrize("name", IDS)
def test_reports_of_others_have_names_of_their_own(name: str) -> None:
    """A filing counts for every open report of its kind and recipient: the office's must not stand for another's."""
    own = {item.report for item in plan(name).obligations if item.by_office}
    others = {item.report for item in plan(name).obligations if not item.by_office}
    assert not own & others
