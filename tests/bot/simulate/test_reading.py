"""A scenario file that cannot be played: file, line, what stands there, what was expected."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulate import ScenarioError, parse
from tests.bot.simulate.conftest import HEAD, played

GOOD = '{at: "+12m", actor: duty, do: verify, event_level: 一般}'

# A seventh line, and what must be said of it.
STEPS = {
    "no step": ("nonsense", "steps"),
    "unknown step": ('{at: "+12m", actor: duty, do: verfy}', "do 为“verfy”，只能是 report、verify"),
    "unknown entry": ('{at: "+12m", actor: duty, do: verify, lvel: Ⅲ}', "没有 lvel 这一项；可用：at、actor、do"),
    "no moment": ("{actor: duty, do: verify}", "缺 at，应为从事发起算的时长，如 +10m"),
    "a moment in words": ('{at: "十分钟后", actor: duty, do: verify}', "at 为“十分钟后”，应为从事发起算的时长"),
    "a moment as a number": ("{at: 10, actor: duty, do: verify}", "应为从事发起算的时长"),
    "a moment before": ('{at: "-5m", actor: duty, do: verify}', "应为从事发起算的时长"),
    "nobody": ('{at: "+12m", do: verify}', "可用：school、duty"),
    "somebody unknown": ('{at: "+12m", actor: teacher, do: verify}', "没有“teacher”这个人；可用：school、duty"),
    "a role of another plan": ('{at: "+12m", actor: "role:区长", do: verify}', "role:办公室主任"),
    "a unit unknown": ('{at: "+12m", actor: "unit:火星局", do: ack}', "unit:<单位>"),
    "a level that is none": ('{at: "+12m", actor: commander, do: declare, level: 红色}', "响应级别 Ⅰ、Ⅱ、Ⅲ、Ⅳ"),
    "no level": ("{at: '+12m', actor: commander, do: declare}", "do: declare 需要 level，例如 level: Ⅱ"),
    "an event level that is none": (
        '{at: "+12m", actor: duty, do: verify, event_level: 很大}',
        "一般、较大、重大、特别重大",
    ),
    "an unknown fact": ('{at: "+12m", actor: duty, do: update, facts: {dead: 1}}', "没有事实“dead”；可用：deaths 死亡"),
    "a negative number": ('{at: "+12m", actor: duty, do: update, facts: {deaths: -1}}', "从0起的整数"),
    "a flag for a number": ('{at: "+12m", actor: duty, do: update, facts: {deaths: true}}', "是数"),
    "facts that are none": ('{at: "+12m", actor: duty, do: update, facts: 3}', "事实，如 {deaths: 0, injuries: 4}"),
    "judge what": ('{at: "+12m", actor: duty, do: judge}', 'clause: "4.3.2(1)"'),
    "file what": ('{at: "+12m", actor: duty, do: file}', "report: 首报"),
    "an unknown duty": ('{at: "+12m", actor: duty, do: file, obligation: frist}', "可用：first-phone（首报）"),
    "by smoke": ('{at: "+12m", actor: duty, do: file, report: 首报, channel: 微信}', "只能是 电话、书面"),
    "waive what": ('{at: "+12m", actor: duty, do: waive, reason: x}', "obligation: first-written"),
    "oral by whom": ('{at: "+12m", actor: duty, do: oral, level: Ⅱ}', "of: commander"),
    "oral by nobody": ('{at: "+12m", actor: duty, do: oral, of: 区长, level: Ⅱ}', "commander、deputy、director"),
    "oral which level": ('{at: "+12m", actor: duty, do: oral, of: commander}', "level: Ⅱ"),
    "resolve how": ('{at: "+12m", actor: duty, do: resolve, fact: ill}', "use: sum"),
    "resolve what": ('{at: "+12m", actor: duty, do: resolve, use: sum}', "fact: ill"),
    "correct what": ('{at: "+12m", actor: duty, do: correct}', "facts: {deaths: 0}"),
    "merge into what": ('{at: "+12m", actor: duty, do: merge}', "into: 1"),
    "an answer that is none": (
        '{at: "+12m", actor: "unit:消防", do: ack, status: 在路上}',
        "收到、已出发、已到场、来不了",
    ),
    "another unit": ('{at: "+12m", actor: duty, do: ack, unit: 火星局}', "没有单位“火星局”"),
    "another class": ('{at: "+12m", actor: duty, do: update, class: 海啸}', "crowd 踩踏拥挤"),
    "nothing to look at": ('{at: "+12m"}', "expect: {state: responding}"),
    "a state that is none": ('{at: "+12m", expect: {state: done}}', "只能是 reported、responding"),
    "a status that is none": ('{at: "+12m", expect: {statuses: {first-phone: done}}}', "pending、filed、late"),
    "expect what": ('{at: "+12m", expect: {stat: closed}}', "没有 stat 这一项；可用：state"),
    "a line of what": ('{at: "+12m", expect: {happens: [{kin: call}]}}', "没有 kin 这一项；可用：kind"),
    "a kind that is none": ('{at: "+12m", expect: {happens: [{kind: ring}]}}', "只能是 received、asked"),
    "any line": ('{at: "+12m", expect: {happens: [{}]}}', "时间线各行"),
}


@pytest.mark.parametrize("what", STEPS)
def test_a_wrong_step_names_its_line(what):
    step, expected = STEPS[what]
    with pytest.raises(ScenarioError) as error:
        played(f"{HEAD}  - {step}\n  - {GOOD}\n")
    first = str(error.value).splitlines()[0]
    assert first.startswith("scenario.yaml:7：")
    assert expected in first
    assert "Input should" not in str(error.value)


WHOLE = {
    "no plan": ("occurred_at: 2026-03-02T10:20:00+08:00\nsteps: []", "scenario.yaml:1：缺 plan，应为预案编号"),
    "no moment": ("plan: x\nsteps: []", "缺 occurred_at，应为时刻，如 2026-03-02T10:20:00+08:00"),
    "a span for a moment": (HEAD.replace("2026-03-02T10:20:00+08:00", '"+10m"'), "scenario.yaml:3：occurred_at"),
    "no day": (HEAD.replace("2026-03-02T", "2026-02-30T"), "scenario.yaml:3：occurred_at"),
    "no steps": ("plan: x\noccurred_at: 2026-03-02T10:20:00+08:00\nsteps: []", "scenario.yaml:3：steps"),
    "another entry": (HEAD + "polcy: {}\n", "scenario.yaml:7：没有 polcy 这一项；可用：plan、occurred_at"),
    "no plan of that id": (HEAD.replace("chengqu", "chengku"), "可用：dehui-education-duties"),
    "no plan file": (HEAD.replace("jincheng-chengqu-campus", "nope.yaml"), "读不出 nope.yaml"),
    "said twice": (HEAD + "drill: false\ndrill: true\n", "scenario.yaml:8：drill 写了两次"),
    "drill perhaps": (HEAD + "drill: perhaps\n", "scenario.yaml:7：drill 为“perhaps”，应为true 或 false"),
    "no end": (HEAD.replace('"+2h"', "two hours"), "scenario.yaml:4：until 为“two hours”"),
    "an endless end": (HEAD.replace('"+2h"', '"+9999d"'), "scenario.yaml:4：until"),
    "a duty expected that is none": (
        HEAD + "expect: {statuses: {frist: filed}}\n",
        "没有义务 frist；可用：first-phone",
    ),
    "nothing reported": (HEAD.replace("do: report", "do: close"), "先有一步 do: report"),
    "an incident that is not there": (
        HEAD + '  - {at: "+12m", actor: duty, do: verify, incident: 2}\n',
        "scenario.yaml:7：没有2号；已有：1",
    ),
    "into nothing": (HEAD + '  - {at: "+12m", actor: duty, do: merge, into: 2}\n', "scenario.yaml:7：into 为 2"),
    "a report that is refused": (HEAD.replace("actor: school", "actor: nobody"), "没有“nobody”这个人"),
}


@pytest.mark.parametrize("what", WHOLE)
def test_a_wrong_file_says_what_was_expected(what):
    text, expected = WHOLE[what]
    with pytest.raises(ScenarioError) as error:
        played(text)
    assert expected in str(error.value)
    assert "scenario.yaml" in str(error.value)


def test_every_wrong_step_is_told_at_once():
    wrong = [step for step, _ in STEPS.values() if "facts: {d" in step or "unit:火星" in step]
    with pytest.raises(ScenarioError) as error:
        played(HEAD + "".join(f"  - {step}\n" for step in wrong))
    assert len(str(error.value).splitlines()) == len(wrong) > 3


@pytest.mark.parametrize("level", ["Ⅱ", "II", "二级", "Ⅱ级响应", "ii"])
def test_levels_are_understood_as_people_write_them(level):
    step = parse(f'{HEAD}  - {{at: "+12m", actor: commander, do: declare, level: "{level}"}}\n', "x").steps[1]
    assert step.level == "Ⅱ"


def test_moments_may_be_absolute_and_bare_ones_are_beijing_time():
    text = HEAD.replace('"+10m"', "2026-03-02T10:30:00").replace('"+2h"', '"2026-03-02T04:20:00Z"')
    scenario = parse(text, "x")
    assert scenario.instant(scenario.steps[0].at) == scenario.instant(parse(HEAD, "x").steps[0].at)
    assert scenario.instant(scenario.until) == scenario.instant(parse(HEAD, "x").until)


def test_aliases_and_bare_words_of_yaml_are_read():
    text = HEAD + '  - &a {at: "+12m", actor: duty, do: handle}\n  - {<<: *a, at: +13m, do: verify}\n'
    scenario = parse(text, "x")
    assert [step.do for step in scenario.steps] == ["report", "handle", "verify"]


@given(st.text(st.characters(codec="utf-8"), max_size=120))
def test_whatever_stands_in_a_file_the_error_is_ours(text):
    with pytest.raises(ScenarioError):
        parse(text, "scenario.yaml")


@given(
    st.sampled_from(["steps", "until", "occurred_at", "plan", "drill", "policy", "expect", "title"]),
    st.from_regex(r"[\w{}\[\]:,\"' -]{0,25}"),
)
def test_whatever_an_entry_is_the_error_is_ours(key, value):
    lines = [line for line in HEAD.splitlines() if not line.startswith(key)]
    try:
        scenario = parse("\n".join([*lines, f"{key}: {value}"]), "scenario.yaml")
    except ScenarioError as error:
        assert "scenario.yaml" in str(error)
    else:
        assert scenario.steps


@pytest.mark.parametrize(
    "bomb",
    [
        "\n".join(
            ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
            + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
        ),
        "facts: &a {b: *a}",
        "a: &a [*a]",
        "a0: &a0 {k: v}\n" + "\n".join(f"a{n}: &a{n} {{x: *a{n - 1}, y: *a{n - 1}}}" for n in range(1, 30)),
    ],
    ids=["lists", "itself", "itself in a list", "maps"],
)
def test_aliases_that_grow_without_end_are_refused_at_once(bomb):
    began = time.perf_counter()
    with pytest.raises(ScenarioError, match=r"别名|嵌套太深|不是合法的 YAML"):
        parse(HEAD + '  - {at: "+12m", actor: duty, do: handle}\n' + bomb + "\n", "scenario.yaml")
    assert time.perf_counter() - began < 1
