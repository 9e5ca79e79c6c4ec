"""The after-action paper: what the log holds, what the plan demands of it, and what is left to the officer."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm

from bot.exchange.paper import laid_out
from bot.paper import Heading, Paragraph, Picture, Table, text_of
from bot.render import View, export, record_paper, render, review, worksheet
from bot.render.review_demands import demands, own_headings
from plans.core.command import Actor
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.load import load_all
from tests.bot.exchange.test_paper import png
from tests.bot.render.papers import review_holds
from tests.bot.render.story import STORIES, Story, night
from tests.factories import Life

PLANS = load_all()


def tables(view: View, **given: Any) -> dict[str, list[tuple[str, ...]]]:
    """Return the tables of the paper by the heading that they stand under."""
    found: dict[str, list[tuple[str, ...]]] = {}
    head = ""
    for block in review(view, **given).blocks:
        if isinstance(block, Heading):
            head = block.text
        if isinstance(block, Table):
            found[head] = list(block.rows)
    return found


@pytest.mark.parametrize("name", sorted(STORIES))
def test_the_paper_of_every_story_holds_the_case(name):
    review_holds(STORIES[name]().view())


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_an_empty_case_has_a_paper_too(plan):
    life = Life(PLANS[plan]).report(facts={}, place="", unit="")
    view = View(plan=life.plan, incident=life.incident, now=life.now)
    review_holds(view)
    paper = review(view)
    text = text_of(paper)
    assert "【待补：事发地点】" in text and "没有叫应单位。" in text and "没有更正。" in text
    assert laid_out(paper, view.now) == laid_out(review(view), view.now)


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_what_the_plan_demands_of_it_is_cited(plan):
    lines = demands(PLANS[plan])
    clauses = {item.clause for item in PLANS[plan].after if "评估" in item.task or "总结" in item.text}
    assert all(any(line.startswith(clause) for line in lines) for clause in clauses)
    assert {"原因分析", "经验教训", "改进措施"} <= set(own_headings(PLANS[plan]))
    for form in PLANS[plan].forms:
        if form.report in ("总结评估", "调查报告"):
            assert set(form.elements) <= set(own_headings(PLANS[plan]))


def test_clocks_say_who_was_told_when_and_whether_in_time():
    rows = {row[1]: row for row in tables(night().view())["报送和办理"]}
    _, _, due, told, result = rows["首报（电话）（4.1.2）"]
    assert due == "3月2日 03:32" and result == "迟报2分钟"
    assert "市委 3月2日 03:15 电话，刘科员接，3月2日 03:17登记" in told and "市政府 3月2日 03:16 占线" in told
    assert "市政府、区委、区政府 3月2日 03:34 电话" in told
    assert rows["首报（书面）（4.1.2）"][4] == "逾期2小时28分钟未报"


def test_units_say_when_they_answered_and_the_silent_are_named():
    view = night().view()
    rows = {row[0]: row for row in tables(view)["单位响应"]}
    assert "3月2日 03:20" in rows["区卫生健康和体育局"]
    assert "警力在外" in rows["市公安局城区分局"][5] and "来不了" in rows["市公安局城区分局"][5]
    silent = [
        block.text for block in review(view).blocks if isinstance(block, Paragraph) and "没有应答的" in block.text
    ]
    assert len(silent) == 2, "of each round"


def test_a_waived_report_gives_its_reason():
    view = STORIES["closed"]().view()
    results = [row[4] for row in tables(view)["报送和办理"]]
    assert any(result == "免报：已由对方确认" for result in results)


def test_a_drill_is_a_drill():
    view = STORIES["drill"]().view()
    paper = review(view)
    assert paper.mark == "【演练】" and paper.title[-1] == "应急演练的总结评估"
    assert record_paper(view).mark == "【演练】"


def test_picture_warnings_and_check_stand_in_it():
    view = night().view()
    picture = Picture(png(4, 4), "03:07 接报", "处置过程")
    paper = review(view, pictures=(picture,), warnings=("【暴雨红色预警】3号",), integrity="未发现改动")
    assert picture in paper.blocks and "【暴雨红色预警】3号" in text_of(paper) and "未发现改动" in paper.note
    [shape] = Document(io.BytesIO(laid_out(paper, view.now))).inline_shapes
    assert shape.width <= Mm(156)


def test_the_record_is_the_same_as_the_text():
    view = night().view()
    words = export(view, "未发现改动").replace("【", "").replace("】", "").replace("\n", "").replace("　", "")
    paper = record_paper(view, "未发现改动")
    told = "".join(block.text for block in paper.blocks if isinstance(block, Heading | Paragraph))
    assert told.replace("；", "") in words.replace("；", ""), "line by line"


def test_nobody_s_mobile_number_is_printed():
    number = "138" + "0013" + "8000"
    story = Story().report("03:07", place=f"食堂{number}").do("03:10", Verify(event_level="一般"))
    story.do("03:12", File(report="首报", channel="电话", to=("市委",), taker=f"刘{number}"))
    view = story.view()
    for paper in (review(view), record_paper(view)):
        document = Document(io.BytesIO(laid_out(paper, view.now)))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = "".join([one.text for one in document.paragraphs] + cells)
        assert "138****" in text and number not in text


def test_five_days_with_twenty_duties_and_long_names_are_laid_out():
    story = Story().report("03:07", place="某" * 400, unit="").do("03:10", Verify(event_level="较大"))
    assert story.incident is not None
    item = next(iter(story.incident.instances.values()))
    for number in range(20):
        key = f"more-{number}:1:1"
        story.incident.instances[key] = replace(item, key=key, to=("很长的单位名称" * 6,) * 3)
    view = story.view()
    document = Document(io.BytesIO(laid_out(review(view), view.now)))
    assert max(len(table.rows) for table in document.tables) >= 21


def test_marks_of_ours_cannot_be_written_by_others():
    life = Life().report(by=Actor(id="x", name="某", roles=frozenset({"reporter"})), place="【演练】门口", unit="")
    view = View(plan=life.plan, incident=life.incident, now=life.now)
    assert "【演练】" not in text_of(review(view))


def test_the_way_to_it_stands_where_the_end_is_told_and_nowhere_before():
    story = Story().report("03:07")
    assert "总结评估" not in [key.label for row in worksheet(story.view()).rows for key in row]
    ended = night()
    assert "总结评估" in [key.label for row in worksheet(ended.view()).rows for key in row]
    told = {notice.key: render(notice, view) for notice, view in ended.told}
    for key in ("ended", "after_end"):
        assert "总结评估" in [one.label for row in told[key].rows for one in row], key
    assert "总结评估" not in [one.label for row in told["ended_unit"].rows for one in row]
