"""Written reports as an official writes them: of every plan, every kind, to nobody but who was owed it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.exchange.paper import laid_out
from bot.paper import Heading, Paper, Paragraph, Table, text_of
from bot.render import View, report_papers
from bot.render.report_paper import title
from bot.render.report_sentences import kind
from plans.core.command import Actor
from plans.incident.corrections import Correct
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.records import Instance
from plans.load import load_all
from plans.obligations.rules import rules_of
from tests.bot.render.papers import reports_hold, told_in
from tests.bot.render.story import STORIES, Story, night
from tests.factories import START, Life, report

PLANS = load_all()
KINDS = sorted(
    {(plan.id, rule.report) for plan in PLANS.values() for rule in rules_of(plan) if rule.by_office}
    | {(plan.id, report) for plan in PLANS.values() for report in ("首报", "续报", "终报", "更正", "核实答复")}
)


def owing(plan_id: str, report_kind: str, *, drill: bool = False, empty: bool = False) -> View:
    """Return an incident of a plan that owes a report of a kind, of which nobody told anything or something."""
    plan = PLANS[plan_id]
    life = Life(plan)
    told = {"facts": {}, "place": "", "unit": ""} if empty else {"facts": {"injuries": 4}}
    life.do(report(plan, reported_at=START, drill=drill, **told))
    item = next(iter(life.incident.instances.values()))
    incident = life.incident
    incident.instances["owed:1:1"] = replace(
        item, key="owed:1:1", rule="none", report=report_kind, channel="书面", possible=False, by_office=True,
        status="open",
    )  # fmt: skip
    return View(plan=plan, incident=incident, now=life.now)


def owed_in(story: Story) -> dict[str, Instance]:
    assert story.incident is not None
    return story.incident.instances


def paper_of(view: View) -> Paper:
    [one] = report_papers(view, "owed:1:1")
    return one.paper


@pytest.mark.parametrize("empty", [False, True], ids=["told", "empty"])
@pytest.mark.parametrize(("plan", "wanted"), KINDS)
def test_every_kind_of_every_plan_is_written(plan, wanted, empty):
    view = owing(plan, wanted, empty=empty)
    reports_hold(view.plan, view.incident, view.now)
    paper = paper_of(view)
    form = next((form for form in view.plan.forms if form.report == wanted), None)
    [enclosed] = paper.attachments
    [table] = [block for block in enclosed.blocks if isinstance(block, Table)]
    if form is not None:
        assert [row[1] for row in table.rows] == list(form.elements), "the numbered form beside it, whole"
    assert "".join(paper.title).startswith("关于") and "：" not in "".join(paper.title)
    assert (
        paper.blocks and isinstance(paper.blocks[-1], Paragraph) and paper.blocks[-1].text.startswith(("有关", "特此"))
    )


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_a_drill_is_marked_and_the_same_paper_has_the_same_bytes(plan):
    view = owing(plan, "首报", drill=True)
    paper = paper_of(view)
    assert paper.mark == "【演练】"
    assert laid_out(paper, view.now) == laid_out(paper_of(owing(plan, "首报", drill=True)), view.now)


def test_what_nobody_said_is_left_open_and_never_made_up():
    text = told_in(paper_of(owing("jincheng-chengqu-campus", "首报", empty=True)).blocks)
    for name in ("事发地点", "涉险", "遇难", "受伤", "被困", "失联", "影响范围", "发展趋势"):
        assert f"【待补：{name}】" in text
    assert "0人" not in text and "正在核实" not in text


def test_what_was_said_stands_in_sentences_in_the_plan_s_order():
    story = Story().report("03:07").do("03:10", Verify(facts={"deaths": 1}))
    key = next(key for key, item in owed_in(story).items() if item.report == "首报")
    [one] = report_papers(story.view(), key)
    first = told_in(one.paper.blocks).splitlines()[0]
    assert first.startswith("2026年3月2日3时") and "发生踩踏拥挤事件。截至2026年3月2日3时10分，" in first
    places = [first.index(word) for word in ("涉险", "遇难1人", "受伤4人", "被困", "失联")]
    assert places == sorted(places)


def test_recipients_are_those_who_wait_for_it():
    story = Story().report("03:07").do("03:10", Verify(event_level="较大"))
    key = next(key for key, item in owed_in(story).items() if item.rule == "first-phone")
    story.do("03:15", File(report="首报", channel="电话", to=("市委",)))
    [one] = report_papers(story.view(), key)
    assert "市委" not in one.to and set(one.to) < set(owed_in(story)[key].to)


def test_who_heard_other_wrong_figures_gets_a_paper_of_his_own():
    story = Story().report("03:07").do("03:10", Verify(event_level="较大"))
    story.do("03:12", File(report="首报", channel="电话", to=("市委", "区委")))
    story.do("03:20", Update(facts={"injuries": 9}))
    story.do("03:25", File(report="续报", channel="电话", to=("市委",)))
    story.do("03:30", Correct(facts={"injuries": 3}, reason="点错"))
    key = next(key for key, item in owed_in(story).items() if item.report == "更正")
    papers = {one.to: told_in(one.paper.blocks) for one in report_papers(story.view(), key)}
    assert set(papers) == {("市委",), ("区委",)}
    assert "原报受伤9人有误，经核实，受伤3人" in papers["市委",]
    assert "原报受伤4人有误，经核实，受伤3人" in papers["区委",]
    assert len({one.name for one in report_papers(story.view(), key)}) == 2


@pytest.mark.parametrize("name", sorted(STORIES))
def test_the_papers_of_every_story_hold(name):
    view = STORIES[name]().view()
    assert reports_hold(view.plan, view.incident, view.now) or name == "several"


def test_sections_of_a_final_report_are_the_plan_s():
    story = night()
    key = next(key for key, item in owed_in(story).items() if item.report == "终报")
    [one] = report_papers(story.view(), key)
    heads = [block.text for block in one.paper.blocks if isinstance(block, Heading)]
    assert heads == ["事件处置结果", "社会维稳", "善后安置", "恢复重建", "调查评估"]


@pytest.mark.parametrize(
    ("plan", "wanted"),
    [
        ("jincheng-chengqu-campus", "校园安全事故"),
        ("linan-campus", "校园突发事件"),
        ("shanting-overall", "突发事件"),
        ("jincheng-water-rescue", "水上搜救事件"),
        ("jincheng-energy", "能源供应突发事件"),
        ("dehui-education-duties", "突发事件"),
    ],
)
def test_an_event_of_unknown_kind_is_called_by_what_the_plan_is_for(plan, wanted):
    view = owing(plan, "首报", empty=True)
    view.incident.event_class, view.incident.candidates = "", ()
    assert kind(view) == wanted


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_every_class_makes_a_noun_of_an_event(plan):
    view = owing(plan, "首报")
    for item in view.plan.classes:
        view.incident.event_class, view.incident.candidates = item.id, ()
        assert kind(view).endswith(("事件", "事故", "险情", "疫情", "灾害", "火灾", "案件")), item.name
        assert "件件" not in kind(view) and "事件类" not in kind(view)
        assert "".join(title(view, "首报")).endswith("的首报")


def test_nothing_that_a_person_wrote_can_pass_for_a_mark_of_ours():
    life = Life()
    life.report(by=Actor(id="x", name="某", roles=frozenset({"reporter"})), place="【演练】【待补：无】校门", unit="")
    view = View(plan=life.plan, incident=life.incident, now=life.now)
    papers = [
        one.paper for key, item in life.incident.instances.items() if item.by_office for one in report_papers(view, key)
    ]
    assert papers and not any("【演练】" in text_of(one) or "【待补：无】" in text_of(one) for one in papers)
