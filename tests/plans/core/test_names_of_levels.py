"""Plans whose levels have names of their own: SEV3 to SEV1 instead of Ⅳ to Ⅰ, and event levels of the document."""

from __future__ import annotations

import asyncio

import pytest

from bot.render import card, export, preview_declare, render
from bot.scenario.base import ScenarioError
from bot.scenario.reading import parse
from bot.simulate import simulate
from handlers.parsing import event_level, response_level
from plans.classify import classify
from plans.core.outcome import Refusal
from plans.incident.facts import Update
from plans.incident.judging import Verify
from plans.incident.levels import Declare, Declared, is_loud
from plans.lint import lint
from plans.load import PlanError, load_text
from plans.values import Interval
from tests.bot.render.story import Story
from tests.factories import DUTY, Life, person
from tests.plans.test_guide import EXAMPLE

NAMES = {"Ⅱ": "SEV1", "Ⅲ": "SEV2", "一般": "局部", "较大": "全网"}


def renamed(names: dict[str, str] = NAMES, order: str = "[SEV3, SEV2, SEV1]") -> str:
    text = EXAMPLE
    for old, new in names.items():
        text = text.replace(f"level: {old}", f"level: {new}").replace(f"event_level: {old}", f"event_level: {new}")
    text = text.replace("[一般, 较大]", f"[{names['一般']}, {names['较大']}]")
    return text.replace("determination_clause:", f"response_levels: {order}\ndetermination_clause:")


PLAN = load_text(renamed(), "own")
COMMANDER, DIRECTOR = person("p-chief", "commander", name="吴九"), person("p-director", "director", name="王五")


def test_it_loads_and_lints():
    assert [item.message for item in lint(PLAN) if item.severity == "error"] == []
    assert [PLAN.height(level) for level in ("SEV3", "SEV2", "SEV1", "Ⅰ", None)] == [0, 1, 2, -1, -1]


def test_levels_are_possible_under_their_names_lowest_first():
    found = classify(PLAN, {"deaths": Interval(2, 4)})
    assert found.possible_event_levels == ("局部", "全网")
    assert found.possible_response_levels == ("SEV2", "SEV1")


def test_raising_and_lowering_follow_the_order_of_the_names():
    life = Life(PLAN).report("+5m", DUTY, facts={"deaths": 2, "missing": 0})
    assert life.proposal.level == "SEV2"
    life.do(Declare(level="SEV2"), DIRECTOR, "+6m")
    life.do(Update(facts={"deaths": 5}), DUTY, "+7m")
    assert life.proposal.level == "SEV1"
    refused = life.decide(Declare(level="SEV1"), DIRECTOR, "+8m")
    assert isinstance(refused, Refusal) and refused.key == "not_yours_to_declare"
    life.do(Declare(level="SEV1"), COMMANDER, "+9m")
    loud = [item.event for item in life.incident.events if isinstance(item.event, Declared)]
    assert [is_loud(PLAN, event) for event in loud] == [True, True]
    life.do(Declare(level="SEV2", reason="缓解"), COMMANDER, "+10m")
    assert life.incident.response_level == "SEV2"


def test_people_read_the_names():
    story = Story(plan=PLAN).report("03:07", facts={"deaths": 2, "missing": 0}, candidates=(), unit="")
    story.do("03:10", Verify(facts={}, event_level="局部")).do("03:12", Declare(level="SEV2"), DIRECTOR)
    texts = [render(notice, view).text for notice, view in story.told]
    texts += [card(story.view()).text, preview_declare(story.view(), "SEV1").text, export(story.view())]
    assert any("【SEV2级响应】" in text for text in texts)
    assert not any(name in text for text in texts for name in "ⅠⅡⅢⅣ")


@pytest.mark.parametrize("word", ["SEV1", "sev1", "SEV1级", "sev1级响应"])
def test_they_are_understood_as_people_type_them(word):
    assert response_level(word, PLAN) == "SEV1"
    assert response_level("Ⅰ", PLAN) is None
    assert event_level("全网级", PLAN) == "全网"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (renamed(order="[SEV3, SEV2, Ⅰ]"), "不认识的响应级别 SEV3"),
        (renamed(order="[SEV2, SEV2, SEV1]"), "响应级别 SEV2"),
        (renamed(order="[一级, SEV2, SEV1]"), "不带“级”字"),
        (renamed(order="[SEV3, SEV1]"), "不认识的响应级别 SEV2"),
        (EXAMPLE.replace("[一般, 较大]", "[一般, 较火]"), "不认识的事件级别 较火"),
        (EXAMPLE.replace("[一般, 较大]", "[较大, 一般]"), "由低到高"),
    ],
)
def test_a_slip_among_names_is_found(text, words):
    with pytest.raises(PlanError) as caught:
        load_text(text, "own")
    assert words in str(caught.value)


SCENARIO = """plan: own.yaml
occurred_at: 2030-07-01T15:00:00+08:00
steps:
  - {at: "+5m", actor: duty, do: report, text: "游泳馆2人死亡"}
  - {at: "+8m", actor: duty, do: verify, event_level: 局部}
  - {at: "+9m", actor: director, do: declare, level: SEV2}
until: "+1h"
expect: {response_level: SEV2}
"""


def test_a_scenario_speaks_of_them(tmp_path):
    (tmp_path / "own.yaml").write_text(renamed(), "utf-8")
    path = str(tmp_path / "s.yaml")
    assert asyncio.run(simulate(parse(SCENARIO, path)))["failures"] == []
    with pytest.raises(ScenarioError) as caught:
        asyncio.run(simulate(parse(SCENARIO.replace("declare, level: SEV2", "declare, level: SEV9"), path)))
    assert "SEV9" in str(caught.value) and "SEV1" in str(caught.value)
