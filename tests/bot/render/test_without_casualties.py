"""A plan of an organisation for its networks: nobody is asked for the dead, and no law of governments is cited."""

from __future__ import annotations

import re

import pytest

from bot.render import Message, View, card, export, preview_declare, render, worksheet
from plans.classify import classify
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.levels import Declare
from plans.incident.seat import TakeHandling
from plans.lint import lint
from plans.load import load_text
from plans.values import Interval
from tests.bot.render.story import Story
from tests.factories import person
from tests.plans.test_guide import EXAMPLE

HARM = re.compile("死亡|受伤|伤亡|重伤|失联|突发事件应对法")


def network(**head: str):
    text = EXAMPLE.replace("event_levels: [一般, 较大]", "event_levels: [一般, 较大]\ncasualties: false")
    text = text.replace("level: district", "level: organisation")
    text = text.replace(
        "levels:\n  rows:\n",
        "facts:\n  users: {label: 受影响用户, unit: 户, open: true, words: [用户], question: 影响多少用户？, "
        'clause: "1"}\n\nlevels:\n  rows:\n',
        1,
    )
    text = re.sub(
        r"    - \{id: larger.*\n.*\n",
        '    - {id: larger, level: 较大, clause: "1", evidence: 1000户以上, when: {users: {ge: 1000}}}\n',
        text,
    )
    text = re.sub(
        r"    - \{id: general.*\n",
        '    - {id: general, level: 一般, clause: "1", evidence: 1000户以下, when: {users: {ge: 1, lt: 1000}}}\n',
        text,
    )
    text = text.replace(
        "elements: [时间和地点, 死亡人数], sources: [occurred place, deaths]",
        "elements: [时间和地点, 受影响用户], sources: [occurred place, users]",
    )
    for key, value in head.items():
        text = text.replace("casualties: false", f"casualties: false\n{key}: {value}")
    return load_text(text, "network")


PLAN = network()
DIRECTOR = person("p-director", "director", name="王五")


def night() -> Story:
    story = Story(plan=PLAN).report("03:07", facts={}, text="全网中断", candidates=(), unit="", place="机房")
    story.do("03:09", TakeHandling())
    story.do("03:10", Update(facts={"users": 300}))
    story.do("03:11", Verify(facts={}, event_level="一般"))
    story.do("03:12", Declare(level="Ⅲ"), DIRECTOR)
    story.do("03:20", File(report="首报", channel="电话"))
    return story.do("03:30", Update(facts={"users": 2000}))


def every_text(story: Story) -> list[str]:
    made: list[Message] = [render(notice, view) for notice, view in story.told]
    views: list[View] = [view for _, view in story.told]
    made += [card(view) for view in views] + [worksheet(view) for view in views]
    made.append(preview_declare(views[0], "Ⅲ"))
    return [*(message.text for message in made), export(views[-1])]


def test_no_text_speaks_of_casualties_or_of_the_law_of_governments():
    story = night()
    found = {hit[0] for text in every_text(story) if (hit := HARM.search(text))}
    assert found == set()
    texts = "\n".join(every_text(story))
    assert "受影响用户300户" in texts
    assert "受影响用户正在核实" in texts


def test_somebody_who_is_hurt_all_the_same_is_shown():
    story = night().do("03:31", Update(facts={"injuries": 1}))
    assert any("受伤1人" in text for text in every_text(story))


def test_silence_about_people_leaves_no_level_open():
    assert classify(PLAN, {"users": Interval(300, 300)}).possible_event_levels == ("一般",)
    asked = classify(PLAN, {})
    assert [item.fact for item in asked.ask] == ["users"]


@pytest.mark.parametrize(
    ("law", "cited"), [("本单位应急管理办法第九条", "本单位应急管理办法第九条"), ('""', "")], ids=["own", "none"]
)
def test_a_plan_may_name_the_law_it_follows(law, cited):
    story = Story(plan=network(law=law)).report("03:07", facts={}, text="全网中断", candidates=(), unit="")
    shown = preview_declare(story.view(), "Ⅲ").text
    assert (cited in shown) if cited else "处置措施：" in shown


def test_such_a_plan_lints():
    assert [item.message for item in lint(PLAN) if item.severity == "error"] == []
