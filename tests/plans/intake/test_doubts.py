"""Each rule of doubt makes its text's figure a question; what only looks like it leaves the figure shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans.intake import apart, others, outcomes, read, turns
from tests.plans.intake.saying import NOW, SHORT

MODULES = (turns, others, apart, outcomes)
ROWS = [
    tuple(cell.replace("\\n", "\n") for cell in line.split("\t"))
    for line in Path(__file__).with_name("doubts.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
AROUND = ["{}", "我是门卫，{}", "报告值班室：{}", "{}。路已经封了", "{}。收到请回复"]


def test_every_rule_has_a_row():
    assert {row[0] for row in ROWS} == {rule.__name__ for module in MODULES for rule in module.RULES}


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("text", "short"), [row[1:3] for row in ROWS])
def test_a_figure_that_may_be_another_is_asked(text, short, around):
    found = read(around.format(text), now=NOW).facts.get(SHORT[short])
    assert found is None or found.unknown


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize(("rule", "text", "short"), [row[:3] for row in ROWS])
def test_each_text_is_asked_by_its_rule_alone(rule, text, short, monkeypatch):
    for module in MODULES:
        monkeypatch.setattr(module, "RULES", tuple(one for one in module.RULES if one.__name__ == rule))
    for name in ("doubtful", "left_out"):
        monkeypatch.setattr(f"plans.intake.doubting.{name}", lambda *given: False)
    assert read(text, now=NOW).facts[SHORT[short]].unknown


@pytest.mark.usefixtures("rules_alone")
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("short", "twin"), [row[2:4] for row in ROWS])
def test_the_rules_leave_a_twin_shown(short, twin, around):
    assert not read(around.format(twin), now=NOW).facts[SHORT[short]].unknown


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("short", "twin"), [row[2:4] for row in ROWS if row[4:] != ("alone",)])
def test_a_twin_is_shown(short, twin, around):
    assert not read(around.format(twin), now=NOW).facts[SHORT[short]].unknown
