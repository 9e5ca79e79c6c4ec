"""Who declares, adjusts and ends: plan × role × act × from × to, against what the sources say, clause by clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from plans.core.outcome import Refusal
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.levels import Declare
from plans.incident.oral import RecordOral
from plans.model import RESPONSE_LEVELS
from tests.factories import DUTY, Life, person, span
from tests.plans.data.shipped import IDS, plan, readings

HEAD = {"commander"}
HEADS = {"commander", "deputy", "director"}
"""In the five plans of Jincheng the office director is a deputy commander as well (区教育局局长, 市卫健委主任 …)."""

DECLARE: dict[str, dict[str, tuple[set[str], str]]] = {
    "jincheng-chengqu-campus": {
        "Ⅰ": (HEAD, "4.3.1"),  # 由指挥长宣布启动Ⅰ级响应
        "Ⅱ": (HEADS, "4.3.2"),  # 由区指挥部指挥长或副指挥长宣布启动
        "Ⅲ": ({"director"}, "4.3.3"),  # 由区指挥部办公室主任宣布启动
    },
    "jincheng-energy": {
        "Ⅰ": (HEAD, "4.2.1"),  # 由市指挥部指挥长宣布启动
        "Ⅱ": (HEADS, "4.2.2"),  # 由市指挥部指挥长或副指挥长宣布启动
        "Ⅲ": ({"director"}, "4.2.3"),  # 由市指挥部办公室主任宣布启动
    },
    "jincheng-public-health": {
        "Ⅰ": (HEAD, "5.2.1"),  # 由指挥长立即启动
        "Ⅱ": (HEADS, "5.2.2"),  # 由指挥长或副指挥长宣布立即启动
        "Ⅲ": ({"director"}, "5.2.3"),  # 由市指挥部办公室主任启动
    },
    "jincheng-transit": {
        "Ⅰ": (HEAD, "4.3.1"),  # 由总指挥启动
        "Ⅱ": (HEAD, "4.3.2"),  # 由总指挥启动
        "Ⅲ": ({"director"}, "4.3.3"),  # 由市应急指挥部办公室主任启动
    },
    "jincheng-water-rescue": {
        "Ⅰ": (HEAD, "4.3.1"),  # 由指挥部指挥长宣布启动
        "Ⅱ": (HEADS, "4.3.2"),  # 由指挥部指挥长或副指挥长宣布启动
        "Ⅲ": ({"director"}, "4.3.3"),  # 由指挥部办公室主任启动
    },
    "linan-campus": {
        "Ⅰ": ({"city"}, "3 组织指挥 较大以上"),  # 一般由市政府启动一级、二级、三级
        "Ⅱ": ({"city"}, "3 组织指挥 较大以上"),
        "Ⅲ": ({"city"}, "3 组织指挥 较大以上"),
        "Ⅳ": ({"commander"}, "3 组织指挥 一般"),  # 一般由区政府启动四级；总指挥负责启动和终止
    },
    "shanting-overall": {
        "Ⅰ": (HEAD, "1.6"),  # 由区政府决定启动（区长）
        "Ⅱ": (HEAD, "1.6"),  # 由区政府决定启动
        "Ⅲ": ({"deputy"}, "1.6"),  # 由区政府分管负责同志决定启动
        "Ⅳ": ({"director"}, "1.6"),  # 由主要牵头部门决定启动
    },
}
"""Who declares a level, also one that is higher than the one that runs."""

ABOVE: dict[str, dict[str, set[str]]] = {
    # 谁启动谁终止: the role that declared, or one above it; a deputy's word is also the director's, who is one
    **{
        name: {"commander": HEAD, "deputy": HEADS, "director": HEADS}
        for name in (
            "jincheng-chengqu-campus",
            "jincheng-energy",
            "jincheng-public-health",
            "jincheng-transit",
            "jincheng-water-rescue",
        )
    },
    "linan-campus": {"city": {"city"}, "commander": {"city", "commander"}},
    "shanting-overall": {
        "commander": HEAD,
        "deputy": {"commander", "executive", "deputy"},
        "director": {"commander", "executive", "deputy", "director"},
    },
}

LOWER: dict[str, tuple[str | set[str], str]] = {
    # "above": 谁启动谁终止 for the level that runs, a labelled reading; else who the clause names
    "jincheng-chengqu-campus": ("above", "4.5"),  # 区指挥部应及时调整响应级别 … 谁启动谁终止
    "jincheng-energy": ("above", "4.4"),  # 谁启动谁结束
    "jincheng-public-health": ("above", "5.3"),  # 办公室提出建议，报本级指挥部批准后实施
    "jincheng-transit": ("above", "4.7"),  # 谁启动、谁负责
    "jincheng-water-rescue": (HEADS, "4.4"),  # 市指挥部或市指挥部办公室可依据事故救援情况调整响应级别
    "linan-campus": ("above", "3 响应终止"),  # 谁启动谁调整
    "shanting-overall": ("above", "1.6"),  # 可视事态发展情况及时对响应级别进行调整
}

END = {
    "jincheng-chengqu-campus": "4.5",  # 谁启动谁终止
    "jincheng-energy": "4.4",  # 谁启动谁结束
    "jincheng-public-health": "5.4",  # 谁启动、谁终止
    "jincheng-transit": "4.7",  # 谁启动、谁负责
    "jincheng-water-rescue": "4.9",  # 谁启动、谁终止
    "linan-campus": "3 响应终止",  # 谁启动谁终止
    "shanting-overall": "4.5.6",  # 履行统一领导职责的政府或专项应急指挥机构
}


@dataclass(frozen=True)
class Line:
    """One act: who may, under which clause."""

    plan: str
    act: str
    start: str
    by: str
    to: str
    allowed: frozenset[str]
    clause: str

    def __str__(self) -> str:
        return f"{self.plan} {self.act} {self.start}({self.by})→{self.to}"


def high(level: str) -> int:
    return RESPONSE_LEVELS.index(level)


def lines() -> Iterator[Line]:
    """Yield every act of every plan on every level, declared by every role that may."""
    for name, levels in DECLARE.items():
        for level, (who, clause) in levels.items():
            yield Line(name, "declare", "", "", level, frozenset(who), clause)
            for role in declaring(name, level):
                above = ABOVE[name][role]
                yield Line(name, "end", level, role, "", frozenset(above), END[name])
                for to, (may, of_target) in levels.items():
                    if high(to) > high(level):
                        yield Line(name, "raise", level, role, to, frozenset(may), of_target)
                    elif to != level:
                        named, of_rule = LOWER[name]
                        allowed = above if isinstance(named, str) else named
                        yield Line(name, "lower", level, role, to, frozenset(allowed), of_rule)


def declaring(name: str, level: str) -> tuple[str, ...]:
    """Return under which roles a level may have been declared: the director declares Ⅱ as the deputy that he is."""
    who = DECLARE[name][level][0]
    return tuple(sorted(who - {"director"} if "deputy" in who else who))


LINES = list(lines())


@cache
def running(name: str, level: str, role: str) -> Life:
    of = plan(name)
    life = Life(of).report(facts={}, candidates=())
    if level:
        life.do(Declare(level=level, reason="试验"), person(role, role), "+12m")
        assert life.incident.response_role == role
    return life


def attempt(line: Line, role: str) -> Any:
    begun = running(line.plan, line.start, line.by)
    command = End(reason="处置完毕") if line.act == "end" else Declare(level=line.to, reason="研判")
    life = Life(begun.plan, now=begun.now, state=begun.state)
    return life, life.decide(command, person(f"p-{role}", role))


def test_the_table_has_every_plan_that_has_responses():
    with_responses = {name for name in IDS if plan(name).responses}
    assert {line.plan for line in LINES} == with_responses == set(IDS) - {"dehui-education-duties"}
    assert len(LINES) > 100
    for name in with_responses:
        assert {item.level for item in plan(name).responses} == set(DECLARE[name])


@pytest.mark.parametrize("line", LINES, ids=str)
def test_who_may(line):
    roles = [*plan(line.plan).roles, "duty", "admin", "reporter"]
    found = {role: attempt(line, role) for role in roles}
    allowed = {role for role, (_, result) in found.items() if not isinstance(result, Refusal)}
    if line.act == "end" and line.start == "":
        allowed.discard("duty")
    assert allowed == set(line.allowed)
    for role, (_, result) in found.items():
        if isinstance(result, Refusal):
            assert result.key in ("not_yours_to_declare", "not_yours_to_end"), (role, result.key)
            assert result.clause == line.clause
            assert set(result.who) >= line.allowed - {"director"}
    for role in allowed:
        life, _ = found[role]
        event = [item.event for item in life.incident.events if item.event.NAME in ("declared", "ended")][-1]
        assert event.clause == line.clause


def test_the_office_director_does_not_lower_the_commanders_level_alone():
    """Health 5.3: the office proposes, the command body approves."""
    life = Life(plan("jincheng-public-health")).report(facts={}, candidates=())
    life.do(Declare(level="Ⅰ"), person("c", "commander"))
    refusal = life.refuse(Declare(level="Ⅲ", reason="好转"), person("d", "director"))
    assert (refusal.clause, refusal.who) == ("5.3", ("commander",))


@pytest.mark.parametrize("name", [name for name in IDS if plan(name).responses])
def test_how_adjusting_was_read_is_labelled_in_the_plan_file(name):
    rule = plan(name).adjusting
    assert rule is not None and rule.clause == LOWER[name][1]
    (reading,) = readings(rule)
    assert "降级" in reading.taken and "升级" in reading.taken and reading.alternative
    assert not any(item.adjusted_by for item in plan(name).responses)


def test_a_spoken_word_lowers_by_the_same_rule():
    for line in LINES:
        if line.act != "lower":
            continue
        begun = running(line.plan, line.start, line.by)
        for role in begun.plan.roles:
            life = Life(begun.plan, now=begun.now, state=begun.state)
            word = RecordOral(of=role, decides="adjust", level=line.to, reason="研判")
            assert isinstance(life.decide(word, DUTY), Refusal) is (role not in line.allowed), (line, role)


@pytest.mark.parametrize(
    ("plan_id", "facts", "high", "low"),
    [
        ("jincheng-energy", {"jincheng_load_shed_pct": 65}, "Ⅰ", "Ⅲ"),
        ("jincheng-water-rescue", {"deaths": 12, "missing": 0}, "Ⅰ", "Ⅱ"),
        ("jincheng-transit", {"deaths": 12, "missing": 0}, "Ⅰ", "Ⅱ"),
    ],
)
def test_who_lowers_a_level_knowing_all_is_not_asked_for_it_again(plan_id, facts, high, low):
    own = plan(plan_id)
    leader = person("chief", *own.roles)
    life = Life(own).report("+5m", DUTY, facts=facts)
    life.do(Declare(level=high, reason="已核实"), leader, "+6m")
    life.do(Declare(level=low, reason="已控制"), leader, "+30m")
    assert life.incident.response_level == low
    assert life.incident.proposal is None
    life.until("+3h")
    assert not [notice for at, notice in life.told if notice.key.startswith("proposal") and at > span("+30m")]
    # What becomes known later is another matter.
    name = next(iter(facts))
    life.do(Update(facts={name: facts[name] + 3}), DUTY, "+4h")
    assert life.incident.proposal is not None and life.incident.proposal.level == high
