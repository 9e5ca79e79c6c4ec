"""Every step that a scenario can take does what it says; refusals, several incidents, policy, clock."""

import asyncio
import re
from pathlib import Path

import pytest

import plans.incident
from bot.simulate import ScenarioError, parse, simulate
from plans.core.policy import DEFAULT_POLICY
from plans.load import load_all
from tests.bot.cli.shapes import KINDS
from tests.bot.simulate.conftest import HEAD, keys, played, statuses

DUTY = '{at: "+12m", actor: duty, do: '

# A step (after the report of the head), and a look at what it did.
STEPS = {
    "handle": (DUTY + "handle}", "key: taken, to: 报告人"),
    "verify": (DUTY + "verify, facts: {injuries: 4}, event_level: 一般}", "kind: card, at: +12m"),
    "judge": (DUTY + 'judge, clause: "4.3.2(1)"}', "kind: proposal, to: 副指挥长"),
    "declare": ('{at: "+12m", actor: director, do: declare, level: Ⅲ}', "kind: announcement, text: Ⅲ级"),
    "oral": (DUTY + "oral, of: director, decides: declare, level: 三级}", "kind: announcement, text: 待补签"),
    "file": (DUTY + "file, report: 首报, to: 市委, taker: 某值班员}", "kind: filed, text: 市委"),
    "update": (DUTY + "update, text: 又有2人受伤}", "kind: card, at: +12m"),
    "request": (DUTY + "request, to: 市委, text: 几年级}", "key: verification, to: 值班席"),
    "reject": (DUTY + "reject, reason: 是演习}", "key: rejected, to: 指挥群"),
    "end": (DUTY + "end, reason: 无事}", "kind: ended, to: 指挥群"),
    "takeover": ('{at: "+12m", actor: duty2, do: takeover}', "key: takeover, to: 值班席"),
    "ring": (DUTY + "ring, to: 市政府, status: 占线}", "kind: note, text: 市政府"),
    "correct": (DUTY + "correct, facts: {injuries: 3}, reason: 数错}", "key: correction, to: 指挥群"),
    "site": (DUTY + "site, commander: 王五, of: commander, place: 北门}", "key: site_set_up, to: 指挥群, text: 王五"),
    "skip": (DUTY + "skip, obligation: township-report, to: 市委}", "key: level_skipped, to: 值班席, text: 市委"),
}


@pytest.mark.parametrize("do", STEPS)
def test_a_step_does_what_it_says(play, do):
    step, line = STEPS[do]
    result = play(step, '{at: "+13m", expect: {refused: [], happens: [{' + line + "}]}}")
    assert result["failures"] == []


def test_a_level_that_cannot_be_told(play):
    result = play(DUTY + "verify, event_level: 一般}", '{at: "+14m", actor: duty, do: undetermined}')
    assert result["incident"]["event_level"] is None
    assert statuses(result)["first-phone"] == "overdue"


def test_the_scene_goes_over_and_a_statement_goes_its_way(play):
    result = play(
        '{at: "+12m", actor: commander, do: site, role: commander}',
        DUTY + "site_over, to: 上级指挥部}",
        DUTY + "site_over, to: 上级指挥部}",
        DUTY + "site_without, reason: 已移交}",
        DUTY + "release}",
        DUTY + "verify, event_level: 一般, facts: {injuries: 4}}",
        DUTY + "release, text: 学生情绪稳定}",
        DUTY + "approve}",
        DUTY + "publish, medium: 政府网站}",
        '{at: "+13m", actor: director, do: publish, medium: 政府网站}',
        '{at: "+14m", actor: director, do: raise_level}',
    )
    refused = [
        "site_stands",
        "site_not_asked",
        "release_unverified",
        "release_without_approval",
        "not_yours_to_release",
    ]
    assert keys(result, "refused") == [*refused, "no_raising"]
    published = next(line["text"] for line in result["timeline"] if line["key"] == "release_published")
    assert "受伤4人" in published and "学生情绪稳定" in published
    assert {"site_set_up", "site_handed_over"} <= set(keys(result))


LACKING = {
    "site, place: 北门": "commander",
    "site, role: 谁": "应为职务",
    "site_over": "commander",
    "site_without": "reason",
    "skip, to: 市委": "obligation",
    "skip, obligation: township-report": "to",
    "publish": "medium",
    "aid_answer, status: 来了": "promised",
    "aid_without": "reason",
    "log": "text",
    "instruct, text: 全区排查": "to",
    "instruct, text: 全区排查, to: 区教育": "没有单位",
    "result, text: 已排查": "instruction",
    "result, instruction: 1": "reason",
    "result, instruction: 1, text: 已排查": "还没有指令",
    "log, entry: 3, text: 已回复": "还没有日志",
}


@pytest.mark.parametrize("step", LACKING)
def test_a_step_says_what_it_cannot_do_without(play, step):
    with pytest.raises(ScenarioError, match=LACKING[step]):
        play(DUTY + step + "}")


def test_the_desk_writes_answers_instructs_and_hears_results(play):
    result = play(
        DUTY + "log, text: 市政府值班室张来电，16时前反馈}",
        DUTY + "instruct, text: 王副区长 全区排查，三天内报结果, to: [区教育局, 区消防救援大队]}",
        '{at: "+20m", actor: "unit:区教育局", do: received, instruction: 1}',
        '{at: "+21m", actor: "unit:区教育局", do: result, instruction: 1, text: 已排查42所}',
        '{at: "+22m", actor: "unit:区消防救援大队", do: result, instruction: 1, reason: 不归我们管}',
        '{at: "+23m", actor: duty, do: log, entry: 1, text: 已报}',
        '{at: "+24m", actor: "unit:区消防救援大队", do: log, text: 我也记一笔}',
    )
    [entry], [instruction] = result["entries"], result["instructions"]
    assert (entry["state"], entry["replies"]) == ("answered", ["已报"])
    assert instruction["giver"] == "王副区长" and instruction["due"]
    assert [item["status"] for item in instruction["recipients"]] == ["done", "declined"]
    assert keys(result, "refused") == ["log_duty_only"]


def test_declining_and_signing(play):
    result = play(
        DUTY + 'judge, clause: "4.3.2(1)"}',
        '{at: "+13m", actor: deputy, do: decline, reason: 再等等}',
        '{at: "+14m", actor: duty, do: oral, of: deputy, decides: declare, level: Ⅱ}',
        '{at: "+15m", actor: commander, do: sign}',
        '{at: "+16m", actor: deputy, do: sign}',
        '{at: "+17m", actor: deputy, do: sign}',
    )
    assert "declined" in keys(result)
    assert [line["key"] for line in result["timeline"] if line["kind"] == "refused"] == ["nothing_to_sign"] * 2
    assert "ring_decider" not in keys(result), "a declined proposal does not ring"


def test_waiving_resolving_closing_and_reopening(play):
    result = play(
        DUTY + "verify, event_level: 一般}",
        '{at: "+13m", actor: "unit:区卫生健康和体育局", do: update, facts: {injuries: 6}}',
        '{at: "+13m30s", actor: "unit:消防", do: update, facts: {injuries: 5}}',
        '{at: "+14m", actor: duty, do: resolve, fact: injuries, use: "unit:区卫生健康和体育局"}',
        '{at: "+15m", actor: duty, do: file, report: 首报}',
        '{at: "+16m", actor: duty, do: end, reason: 已处置}',
        '{at: "+17m", actor: duty, do: waive, obligation: final, reason: 首报已说清}',
        '{at: "+18m", actor: duty, do: close}',
        '{at: "+19m", actor: duty, do: reopen, reason: 补充}',
    )
    assert [line for line in result["timeline"] if line["kind"] == "refused"] == []
    assert result["incident"]["state"] == "ended"
    assert statuses(result)["final"] == "waived"
    assert "reopened" in keys(result)


def test_undoing_within_a_minute(play):
    result = play(
        DUTY + "file, report: 首报, to: 市委}",
        '{at: "+12m50s", actor: duty, do: undo}',
        '{at: "+13m", actor: duty, do: file, report: 首报, to: 市政府}',
        '{at: "+14m1s", actor: duty, do: undo}',
    )
    row = next(row for row in result["obligations"] if row["rule"] == "first-phone")
    assert {item["recipient"] for item in row["to"] if item["filed_at"]} == {"市政府"}
    assert keys(result, "refused") == ["undo_too_late"]


def test_the_takers_and_the_time_of_a_call(play):
    result = play('{at: "+25m", actor: duty, do: file, report: 首报, to: [市委], called_at: "+21m", taker: 某科员}')
    row = next(row for row in result["obligations"] if row["rule"] == "first-phone")
    filed = {item["recipient"]: (item["filed_at"], item["taker"]) for item in row["to"] if item["filed_at"]}
    assert filed == {"市委": ("2026-03-02T10:41:00+08:00", "某科员")}


def test_two_incidents_their_numbers_and_a_merger():
    result = played(
        HEAD
        + """  - {at: "+15m", actor: "unit:区卫生健康和体育局", do: report, text: "实验小学踩踏，接诊5人"}
  - {at: "+16m", actor: duty, do: verify, event_level: 一般, incident: 2}
  - {at: "+17m", actor: duty, do: deny, into: 1, incident: 2}
  - {at: "+18m", actor: duty, do: merge, into: 1, incident: 2}
  - {at: "+19m", actor: duty, do: declare, level: Ⅲ, incident: 2}
"""
    )
    assert [(row["number"], row["state"]) for row in result["incidents"]] == [(1, "reported"), (2, "merged")]
    assert result["incident"]["number"] == 1
    assert "duplicate" in keys(result, "asked")
    assert {row["incident"] for row in result["obligations"]} == {1, 2}
    assert {line["incident"] for line in result["timeline"]} == {1, 2}


def test_what_was_seen_of_a_refused_merger_is_taken_back():
    # The first half of a merger (2 is merged) happens before the second half (1 takes it in) is refused.
    result = played(
        HEAD
        + """  - {at: "+11m", actor: duty, do: end, reason: 已处置}
  - {at: "+15m", actor: school, do: report, text: "实验小学踩踏，又有1人受伤"}
  - {at: "+18m", actor: duty, do: merge, into: 1, incident: 2}
"""
    )
    assert keys(result, "refused") == ["not_running"]
    assert [row["state"] for row in result["incidents"]] == ["ended", "reported"]
    assert "merged" not in keys(result)


def test_facts_may_be_stated_instead_of_words_or_beside_them():
    words = played(HEAD.replace('text: "实验小学楼梯踩踏，4名学生受伤"', "facts: {deaths: 0, injuries: 4}"))
    assert words["incident"]["text"] == ""
    beside = HEAD.replace('受伤"', '受伤", facts: {deaths: 2}, class: 火灾, place: 宿舍楼')
    expect = "expect: {facts: {injuries: 4, deaths: {at_least: 0, at_most: 2}}}\n"
    result = played(f'{beside}  - {{at: "+12m", actor: director, do: declare, level: Ⅲ}}\n{expect}')
    assert result["failures"] == []
    announced = next(line["text"] for line in result["timeline"] if line["kind"] == "announcement")
    assert "宿舍楼" in announced
    assert "火灾" in announced


def test_reports_of_all_who_may():
    for actor in ("school", "duty", "duty2", "director", "commander", "admin", "unit:区消防救援大队", "role:副指挥长"):
        result = played(HEAD.replace("actor: school", f'actor: "{actor}"').replace('"+2h"', '"+11m"'))
        assert result["incident"]["state"] == "reported", actor


def test_steps_are_taken_in_the_order_of_their_moments(play):
    result = play('{at: "+20m", actor: duty, do: close}', '{at: "+15m", actor: duty, do: end, reason: 无事}')
    assert keys(result, "refused") == ["open_obligations"]


def test_a_steps_refusal_says_clause_who_may_and_its_line(play):
    line = next(
        item
        for item in play('{at: "+12m", actor: deputy, do: declare, level: Ⅰ}')["timeline"]
        if item["kind"] == "refused"
    )
    assert (line["key"], line["clause"], line["who"], line["line"]) == ("not_yours_to_declare", "4.3.1", ["指挥长"], 7)
    assert line["to"] == ["副指挥长"]
    assert "4.3.1" in line["text"]


def test_the_policy_moves_reminders_and_no_deadline(play):
    usual = play(DUTY + "handle}")
    eager = play(DUTY + "handle}", policy="{before: [PT15M], climb: {commander: -PT15M}}")
    due = {row["rule"]: row["due"] for row in usual["obligations"]}
    assert {row["rule"]: row["due"] for row in eager["obligations"]} == due

    def reminded(result, whom):
        return [
            line["at"][11:16]
            for line in result["timeline"]
            if line["to"] == [whom] and any(key.startswith("first-phone") for key in line["obligations"])
        ]

    assert reminded(usual, "值班席")[:2] == ["10:40", "10:47"], "ten and three minutes before"
    assert reminded(eager, "值班席")[0] == "10:35"
    assert reminded(usual, "指挥长")[0] == "11:05", "fifteen minutes after"
    assert reminded(eager, "指挥长")[0] == "10:35"


def test_nothing_happens_after_the_end(play):
    result = played(HEAD.replace('"+2h"', '"+25m"'))
    assert "10:40" < max(line["at"] for line in result["timeline"])[11:16] <= "10:45"


def test_a_drill_is_marked_everywhere(play):
    result = play(DUTY + "handle}", drill="true")
    assert result["incident"]["drill"] is True
    told = [line for line in result["timeline"] if line["kind"] not in ("card", "filed", "ack")]
    assert all("【演练】" in line["text"] for line in told)
    script = next(line["text"] for line in told if line["key"] == "script")
    assert "0356-2062298" not in script, "no outsider's number in a drill"


def test_only_kinds_of_the_contract_are_made():
    folder = Path(plans.incident.__file__).parent
    made = {kind for path in folder.glob("*.py") for kind in re.findall(r'kind="(\w+)"', path.read_text("utf-8"))}
    assert {"received", "call", "final", "closed"} <= made <= set(KINDS)


@pytest.mark.parametrize("plan_id", load_all())
def test_every_plan_has_its_people(plan_id):
    plan = load_all()[plan_id]
    unit = next(item.id for item in plan.units)
    head = HEAD.replace("jincheng-chengqu-campus", plan_id).replace('"+2h"', '"+13m"')
    steps = "".join(
        f'  - {{at: "+12m", actor: "{actor}", do: close}}\n' for actor in ("admin", *plan.roles, f"unit:{unit}")
    )
    result = asyncio.run(simulate(parse(head + steps, "x.yaml")))
    assert len(keys(result, "refused")) == 2 + len(plan.roles)


def test_the_default_policy_is_the_programs_own():
    assert parse(HEAD, "x").reminders == DEFAULT_POLICY
