"""``tocsin drill check``: each kind of fault is named with its line, and what comes with the program has none."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.scenario import read_scenario
from bot.scenario.installed import scripts
from bot.simulate.drill import MOST_WORDS, drill_faults
from tests.conftest import REPOSITORY
from tests.journeys.world import plans

HEAD = """title: 踩踏处置演练
plan: jincheng-chengqu-campus
occurred_at: 2026-09-16T10:20:00+08:00
drill: true
goals: [30分钟内电话首报]
steps:
"""
REPORT = '  - {at: "+2m", actor: school, do: report, text: "实验小学楼梯发生踩踏，4名学生受伤"}\n'
INJECT = '  - {at: "+5m", actor: duty, inject: "学校来电：楼梯口还有学生"}\n'
WORDS = '  - {at: "+9m", words: 问清了人数}\n'
SOUND = HEAD + REPORT + INJECT + WORDS

FAULTS = {
    "nothing wrong": (SOUND, []),
    "no such entry": (SOUND + '  - {at: "+10m", actor: duty, injects: "x"}\n', [("read", "error", 10)]),
    "no such person": (SOUND.replace("actor: duty, inject", "actor: 张三, inject"), [("read", "error", 8)]),
    "no such plan": (SOUND.replace("jincheng-chengqu-campus", "none"), [("read", "error", 1)]),
    "no YAML": ("a: [", [("read", "error", 1)]),
    "a real one": (SOUND.replace("drill: true\n", ""), [("drill", "error", 1)]),
    "no title": (SOUND.replace("title: 踩踏处置演练\n", ""), [("title", "error", 1)]),
    "no goals": (SOUND.replace("goals: [30分钟内电话首报]\n", ""), [("goals", "warning", 1)]),
    "no report": (HEAD + INJECT + WORDS, [("report", "error", 1)]),
    "nothing played": (HEAD + REPORT + WORDS, [("inject", "error", 1)]),
    "nothing to look for": (HEAD + REPORT + INJECT, [("words", "error", 1)]),
    "a look without words": (SOUND + '  - {at: "+10m", expect: {state: reported}}\n', [("words", "error", 10)]),
    "a look before all": (
        HEAD + '  - {at: "+1m", words: 有人接手}\n' + REPORT + INJECT + WORDS,
        [("early", "error", 7)],
    ),
    "played and not looked at": (SOUND + '  - {at: "+20m", actor: duty, inject: 还有}\n', [("unseen", "warning", 10)]),
    "out of order": (
        HEAD + REPORT + WORDS + INJECT + '  - {at: "+12m", words: 记下了}\n',
        [("order", "warning", 9)],
    ),
    "two at once": (SOUND.replace(WORDS, INJECT + WORDS), [("together", "warning", 9)]),
    "to somebody outside": (SOUND.replace("actor: duty, inject", "actor: outsider, inject"), [("who", "error", 8)]),
    "to no member": (SOUND.replace("actor: duty, inject", 'actor: "unit:市委", inject'), [("who", "error", 8)]),
    "too long": (SOUND.replace("楼梯口", "楼" * MOST_WORDS), [("length", "error", 8)]),
    "a mobile number": (SOUND.replace("楼梯口", "请打13800000000"), [("number", "error", 8)]),
    "a day": (SOUND + '  - {at: "+20h", words: 终报}\n', [("long", "warning", 10)]),
    "refused": (SOUND + '  - {at: "+10m", actor: duty, do: declare, level: Ⅱ}\n', [("refused", "error", 10)]),
    "an answer of nobody's": (
        SOUND + '  - {at: "+10m", words: 答复, expect: {answered: {火星局: +10m}}}\n',
        [("unit", "error", 10)],
    ),
    "an answer too late": (
        SOUND + '  - {at: "+10m", words: 答复, expect: {answered: {区消防救援大队: +10m}}}\n',
        [("unmet", "error", 10)],
    ),
    "no such office": (
        SOUND + '  - {at: "+10m", words: 宣布, expect: {declared_by: 火星长}}\n',
        [("role", "error", 10)],
    ),
    "by no office": (
        SOUND + '  - {at: "+10m", words: 宣布, expect: {declared_by: [指挥长, 副指挥长]}}\n',
        [("unmet", "error", 10)],
    ),
    "a time of day": (SOUND.replace("实验小学楼梯发生", "实验小学楼梯10时20分发生"), [("clock", "error", 7)]),
    "another way of one": (SOUND.replace("实验小学楼梯发生", "实验小学楼梯10:20发生"), [("clock", "error", 7)]),
    "a span is none": (SOUND.replace("实验小学楼梯发生", "实验小学楼梯2分钟前发生"), []),
    "never so": (
        SOUND + '  - {at: "+10m", words: 宣布Ⅱ级, expect: {response_level: Ⅱ}}\n',
        [("unmet", "error", 10)],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_named_with_its_line_and_what_to_do(tmp_path: Path, text: str, wanted: list[object]) -> None:
    path = tmp_path / "drill.yaml"
    path.write_text(text, encoding="utf-8")
    found = asyncio.run(drill_faults(path, plans()))
    assert [(item.rule, item.severity, item.line) for item in found] == wanted, found
    assert all(item.found and item.todo for item in found)


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_what_comes_with_the_program_can_be_played(path: Path) -> None:
    assert asyncio.run(drill_faults(path, plans())) == []


def test_the_script_in_the_guide_can_be_played(tmp_path: Path) -> None:
    guide = (REPOSITORY / "deploy" / "guides" / "导调员手册.md").read_text("utf-8")
    block = [line for line in guide.splitlines() if line.startswith("    ")]
    path = tmp_path / "drill.yaml"
    path.write_text("\n".join(line[4:] for line in block) + "\n", encoding="utf-8")
    assert asyncio.run(drill_faults(path, plans())) == []


def test_three_for_campus_one_for_water_one_for_energy() -> None:
    plans = sorted(read_scenario(path).plan for path in scripts())
    assert plans == ["jincheng-chengqu-campus"] * 3 + ["jincheng-energy", "jincheng-water-rescue"]
