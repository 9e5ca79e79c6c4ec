"""A drill by script in words: who takes part reads nothing of the director's, and the paper says what was expected."""

from __future__ import annotations

import io

import pytest
from docx import Document

from bot.exchange.paper import laid_out
from bot.paper import Heading, Table, text_of
from bot.render.cases import CaseView, draw_case, render_case
from bot.render.directing import result_page
from bot.render.drill_paper import drill_paper
from bot.render.mending import instruction_text
from plans.desk.directing import BeginDrill, EndDrill
from plans.desk.drill_state import LOOK
from plans.desk.evaluating import NoteLook
from plans.desk.mending import findings
from tests.factories import CAMPUS
from tests.plans.desk.test_drills import EYE, ITEMS, Life, whole_life

NAMES = {"chef": "陈主任", "eye": "周评估"}
DIRECTORS = ("只给导调", *(str(item["text"]) for item in ITEMS if item["kind"] == LOOK), "评估", "导调")


def view_of(life: Life) -> CaseView:
    return CaseView(plan=CAMPUS, case=life.case, now=life.now, names=NAMES)


def test_no_words_of_director_or_evaluator_stand_in_what_those_who_take_part_get() -> None:
    life = whole_life()
    heard = [notice for notice in life.told if not notice.edits and notice.to.kind != "person"]
    assert {notice.key for notice in heard} == {
        "drill_begun", "drill_held", "drill_gone_on", "drill_over", "drill_inject"
    }  # fmt: skip
    for notice in heard:
        text = render_case(notice, view_of(life)).text
        assert text.startswith("【演练】") and text.endswith("【演练】")
        assert not any(said in text for said in DIRECTORS), text


def test_the_live_page_says_what_is_met_late_and_open() -> None:
    life = Life()
    life.do(BeginDrill())
    assert "没到时候2处" in draw_case(view_of(life)).text
    life = whole_life()
    text = draw_case(view_of(life)).text
    assert "晚了 5.宣布Ⅱ级（10:41）" in text and "没做到 3.有人接手" in text and "已结束" in text, text


def test_the_end_offers_what_is_no_instruction_yet() -> None:
    life = whole_life()
    page = result_page(view_of(life))
    labels = [key.label for row in page.rows for key in row]
    assert labels == ["评估报告", "整改：3.有人接手", "整改：5.宣布Ⅱ级", "整改：没有答复的1家"]
    assert "还有3项没有下整改指令" in page.text and "（6.1、6.10）" in page.text


def test_the_text_of_an_instruction_says_what_was_found_and_what_was_seen() -> None:
    life = whole_life()
    life.do(NoteLook(number=3, words="没有人值守"), EYE)
    texts = [instruction_text(view_of(life), finding) for finding in findings(life.case)]
    assert "“有人接手”没有做到。评估意见：没有人值守。" in texts[0]
    assert "“宣布Ⅱ级”做到了，但是晚了（应10:37，实际10:41）。" in texts[1]
    assert "叫应后没有答复" in texts[2] and all("2026年9月16日" in text for text in texts)


HEADS = ("基本情况", "情景播发", "期望和实际", "单位响应", "报送和办理", "暂停", "需要整改的", "评估结论和建议")


def test_the_paper_has_expected_beside_done_and_is_the_same_for_the_same_moment() -> None:
    life = whole_life()
    life.do(NoteLook(number=3, words="没有人值守"), EYE)
    paper = drill_paper(view_of(life), counted=("某局：演练（6.10）",), integrity="未发现改动")
    assert tuple(block.text for block in paper.blocks if isinstance(block, Heading)) == HEADS
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows]
    assert ("5", "宣布Ⅱ级", "9月16日 10:37", "9月16日 10:41", "晚了4分钟", "程序") in rows, rows
    assert ("3", "有人接手", "9月16日 10:27", "—", "没做到", "周评估：没做到；周评估评：没有人值守") in rows
    assert ("评估员", "周评估") in rows and ("导调员", "陈主任") in rows and ("计入职责", "某局：演练（6.10）") in rows
    words = text_of(paper)
    assert "来了真的报告（4号）" in words and "共看2处：做到0处，晚了1处，没做到1处" in words
    assert all(len(row) == len(table.head) for table in tables for row in table.rows)
    content = laid_out(paper, life.now)
    assert content == laid_out(paper, life.now) and "只给导调" not in words
    printed = Document(io.BytesIO(content))
    assert printed.paragraphs[0].text == "【演练】"


@pytest.mark.parametrize("words", ["<b>", "【真实】1号 火灾", "=HYPERLINK(1)", "a\u202eb", "长" * 4000])
def test_whatever_an_evaluator_writes_is_laid_out_as_words(words: str) -> None:
    life = whole_life()
    life.do(NoteLook(number=3, words=words), EYE)
    paper = drill_paper(view_of(life), integrity="未发现改动")
    assert laid_out(paper, life.now) and "【真实】" not in text_of(paper) and "\u202e" not in text_of(paper)


def test_one_that_ended_at_once_says_that_it_counts_for_nothing() -> None:
    life = Life()
    life.do(BeginDrill())
    life.do(EndDrill())
    paper = drill_paper(view_of(life), integrity="未发现改动")
    words = text_of(paper)
    assert "不计入：没有报告、没有情景，或没有一处评估（本地规定）" in words and "没有播发第一份报告" in words
