"""``tocsin simulate`` on the command line."""

import shutil
from pathlib import Path

import pytest

from tests.bot.cli import shapes

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
STAMPEDE = SCENARIOS / "jincheng-chengqu-campus" / "stampede.yaml"
TINY = Path(__file__).resolve().parents[2] / "plans" / "tiny.yaml"

SHORT = """
plan: jincheng-chengqu-campus
occurred_at: 2026-03-02T10:20:00+08:00
steps:
  - {at: "+10m", actor: duty, do: report, text: "操场踩踏"}
until: "+20m"
"""


def test_a_scenario_has_the_shape_of_the_contract(tocsin):
    ran = tocsin("simulate", STAMPEDE, "--json")
    assert (ran.status, ran.err) == (0, "")
    shapes.holds(ran.json, shapes.SIMULATION)
    assert {item["report"] for item in ran.json["obligations"]} <= {*shapes.REPORTS, "事发报告", "逐级上报"}
    assert ran.json["failures"] == []
    keys = {item["id"] for item in (*ran.json["obligations"], *ran.json["after_tasks"])}
    assert {item["obligation"] for item in ran.json["timeline"]} <= {None, *keys}


def test_a_scenario_for_people(tocsin):
    ran = tocsin("simulate", STAMPEDE)
    assert ran.status == 0
    assert ran.out.startswith("1号 已归档，事件级别 一般，响应级别 Ⅱ")
    assert "迟报" in ran.out
    assert "等" in ran.out
    assert "现场卡更新" not in ran.out
    assert "现场卡更新" in tocsin("simulate", STAMPEDE, "--cards").out


def test_an_expectation_that_fails_is_the_answer_no(tocsin, tmp_path):
    path = tmp_path / "no.yaml"
    path.write_text(SHORT + "expect:\n  state: closed\n  statuses: {first-phone: filed}\n", "utf-8")
    for words in ((), ("--json",)):
        ran = tocsin("simulate", path, *words)
        assert ran.status == 1
    assert [text.split("：", 1)[1] for text in ran.json["failures"]] == [
        "state 应为 closed，实为 reported",
        "义务 first-phone 的状态应为 [filed]，实为 [pending]",
    ]
    assert all(text.startswith(f"{path}:7：") for text in ran.json["failures"])
    people = tocsin("simulate", path)
    assert "■ 与 expect 不符" in people.out
    assert "state 应为 closed，实为 reported" in people.out


def test_a_plan_file_of_ones_own_is_played(tocsin, tmp_path):
    shutil.copy(TINY, tmp_path / "own.yaml")
    path = tmp_path / "own-scenario.yaml"
    path.write_text(SHORT.replace("jincheng-chengqu-campus", "own.yaml"), "utf-8")
    ran = tocsin("simulate", path, "--json")
    assert ran.status == 0, ran.err
    assert ran.json["incident"]["plan"] == "tiny-plan" or ran.json["incident"]["plan"]


def test_the_policy_is_shown_with_its_defaults(tocsin):
    ran = tocsin("simulate", "--policy", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json["before"] == ["PT1H", "PT10M", "PT3M"]
    assert ran.json["climb"] == {"director": "-PT3M", "deputy": "PT5M", "commander": "PT15M"}
    assert ran.json["undo"] == "PT1M"
    people = tocsin("simulate", "--policy")
    for key in ran.json:
        line = next(line for line in people.out.splitlines() if line.startswith(key))
        assert any("\u4e00" <= char <= "\u9fff" for char in line), key


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("{befor: [PT3M]}", "可用：before"),
        ("{before: 3}", "PT10M"),
        ("{backoff: [PT0S]}", "大于零"),
        ("{undo: soon}", "PT30M"),
    ],
)
def test_a_wrong_policy_names_line_and_key(tocsin, tmp_path, policy, said):
    path = tmp_path / "policy.yaml"
    path.write_text(f"{SHORT}policy: {policy}\n", "utf-8")
    ran = tocsin("simulate", path)
    assert ran.status == 2
    assert f"{path}:7：policy：" in ran.err
    assert said in ran.err
