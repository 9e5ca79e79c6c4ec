"""Every definition stands in code, in words and in the document, and there is no other."""

from __future__ import annotations

import re

from bot.texts import statistics as t
from plans.load import load_all
from plans.obligations.rules import rules_of
from plans.statistics import figures
from plans.statistics import rows as r
from plans.statistics.stages import STAGES, stage_of
from tests.conftest import REPOSITORY

DOCUMENT = (REPOSITORY / "docs" / "statistics.md").read_text(encoding="utf-8")
TABLE = dict(re.findall(r"^\| `([a-z_:]+)` \| ([^|]+?) \|", DOCUMENT, re.MULTILINE))


def test_the_document_has_every_definition_by_the_same_name() -> None:
    assert TABLE == t.DEFINITION_NAMES
    assert list(TABLE) == list(t.DEFINITIONS)


def test_every_topic_that_is_counted_is_defined() -> None:
    assert {name.partition(":")[0] for name in TABLE} - {"spread"} == set(figures.FIELDS)
    assert set(r.TOPICS) < set(figures.FIELDS)


def test_every_outcome_of_a_report_is_defined_and_has_its_word() -> None:
    outcomes = {name.partition(":")[2] for name in TABLE if name.startswith("report:")}
    assert outcomes == set(t.OUTCOMES)
    assert set(t.STAGES) == set(STAGES)


def test_the_stage_of_every_report_of_the_plans() -> None:
    """What each plan calls its reports; a new name is decided here, and is other where nobody has decided."""
    found: dict[str, set[str]] = {}
    for plan in load_all().values():
        for rule in plan.obligations:
            found.setdefault(stage_of(rule.report), set()).add(rule.report)
        tasks = [rule for rule in rules_of(plan) if rule not in plan.obligations]
        assert {stage_of(rule.report, task=True) for rule in tasks} <= {"task"}
    assert found == {
        "first": {"首报", "县级首报", "值班室上报", "逐级上报", "事发报告", "事故报告", "快报", "险情报告"},
        "follow_up": {"续报", "县级日报", "市场情况日报"},
        "final": {"终报"},
        "other": {
            "核实答复", "通报", "信息发布", "总结评估", "异常核实报告", "预警会商报告", "调整报告", "风险报告",
            "流调通报", "结束通知", "请示报告", "新闻发布会",
        },
    }  # fmt: skip


def test_ids_of_plans_can_be_written_in_a_figure() -> None:
    for plan in load_all().values():
        names = (
            [unit.id for unit in plan.units] + [item.id for item in plan.classes] + [duty.id for duty in plan.duties]
        )
        assert not [name for name in names if set(name) & set(",=|")], plan.id
