"""The words that cross: as the report is read or written, figures as the plan's elements have them; read anew above."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.render.notices import render
from bot.render.submitting import offered, presses, preview, words_of
from bot.render.view import Upward, View
from plans.core.command import SYSTEM
from plans.core.keys import SEAT
from plans.incident.closing import Close, Reject
from plans.incident.filing import File
from plans.incident.hearing_back import HearBack
from plans.incident.judging import Verify
from plans.incident.requests import RequestVerification
from plans.incident.submitting import Submit, across
from plans.incident.superiors import Question
from plans.intake.telling import first_telling
from plans.intake.with_plan import read_for
from plans.lines import LONGEST, superiors
from plans.load import load_all
from tests.factories import DUTY, SCHOOL, Life, report

PLANS = load_all()
FIGURES: list[dict[str, Any]] = [
    {}, {"injuries": 4}, {"deaths": 0, "injuries": 12}, {"deaths": 2, "missing": 1},
    {"ill": 30}, {"deaths": {"at_least": 3, "at_most": None}}, {"injuries": {"at_least": 3, "at_most": 5}},
]  # fmt: skip


def view_of(life: Life, *recipients: str) -> View:
    names = recipients or superiors(life.plan)
    return View(plan=life.plan, incident=life.incident, now=life.now, upward=(Upward("l1", "上级市", names),))


@pytest.mark.parametrize("figures", FIGURES, ids=str)
@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_the_office_above_reads_the_same_figures_and_none_that_nobody_said(plan, figures):
    """Every plan's words and figures, read under every plan as a report by the API is."""
    facts = dict(figures)
    life = Life(plan)
    life.do(report(plan, facts=facts, candidates=(), text="出事了", place="育才小学"), SCHOOL, "+10m")
    view = view_of(life)
    for item, _, names in offered(view):
        text = words_of(view, item.instance, names)
        stated = across(life.incident)
        assert stated == {name: value for name, value in facts.items() if name != "deaths" or not value}
        assert 0 < len(text) <= LONGEST
        for other in PLANS.values():
            told = first_telling(read_for(other, text, now=life.now))
            read = {**told.facts, **stated}
            # Of a first death, which is not confirmed, the words alone tell: above it is asked about as of any report.
            assert {name: value for name, value in read.items() if name in FACTS} in (facts, stated), (other.id, text)
        for name in {"死亡": "deaths", "受伤": "injuries"}.items():
            if name[1] not in facts:
                assert not re.search(rf"{name[0]}(?:人数)?[:：]?0人", text), text


FACTS = frozenset({"deaths", "missing", "trapped", "injuries", "serious_injuries", "ill", "endangered"})


def test_where_the_clause_wants_a_call_the_words_say_that_it_is_owed():
    life = Life().report()
    view = view_of(life, "市委", "市政府", "晋城市教育局")
    said = {item.rule.id: words_of(view, item.instance, names) for item, _, names in offered(view) if item.rule}
    assert {name: "电话报告仍按预案另行进行（4.1.2）" in text for name, text in said.items()} == {
        "office-report": False, "first-phone": True, "first-written": False,
    }  # fmt: skip
    assert "请问您贵姓" not in "".join(said.values())


def test_the_preview_holds_the_very_words_and_figures_and_the_button_carries_them():
    life = Life().report()
    view = view_of(life, "市委", "市政府", "晋城市教育局")
    for item, line, names in offered(view):
        message = preview(view, item.instance.key, line.id)
        assert message is not None
        text = words_of(view, item.instance, names)
        [confirm, _] = [key.press for row in message.rows for key in row]
        assert text in message.text and "受伤4人" in message.text
        assert (confirm.args["text"], confirm.args["to"], confirm.object) == (
            text, list(names), f"crossing:{item.instance.key}"
        )  # fmt: skip
    assert preview(view, "office-report:1:1", "another") is None and preview(view, "nothing", "") is None


def test_a_drill_says_so_first_and_last_in_all_that_crosses():
    life = Life()
    life.report(drill=True)
    view = view_of(life)
    for item, _, names in offered(view):
        text = words_of(view, item.instance, names)
        assert text.startswith("【演练】") and "【演练】" in text[-60:], text


def test_no_line_offers_nothing_and_what_is_told_or_waits_is_not_offered_again():
    life = Life().report()
    assert offered(View(plan=life.plan, incident=life.incident, now=life.now)) == []
    assert len(presses(view_of(life))) == 3
    life.do(File(report="首报", channel="电话"), DUTY)
    assert [item.rule.id for item, _, _ in offered(view_of(life)) if item.rule] == ["first-written"]


def test_an_answer_is_for_whoever_asked():
    life = Life().report()
    life.do(Verify(facts={"injuries": 4}, event_level="一般"), DUTY, "+12m")
    life.do(File(report="首报", channel="电话"), DUTY, "+13m")
    life.do(RequestVerification(recipient="市委", question="几年级"), DUTY, "+14m")
    found = [(item, names) for item, _, names in offered(view_of(life)) if item.instance.report == "核实答复"]
    [(item, names)] = found
    assert names == ("市委",) and "几年级" in words_of(view_of(life), item.instance, names)


def test_each_question_from_above_is_told_to_the_seat_once_and_rings():
    """With its clock where the plan has one for it and the case runs, else by itself; each by its own words."""
    for plan in PLANS.values():
        for over in (False, True):
            life = Life(plan)
            life.do(report(plan, facts={"injuries": 4}, candidates=(), text="出事了", place="育才小学"), SCHOOL, "+10m")
            item, _, names = offered(view_of(life))[0]
            stands = tuple(superiors(plan))
            life.do(
                Submit(line="l1", place="上级市", stands_for=stands, obligation=item.instance.key, to=names, text="报")
            )
            known: dict[str, Any] = {"line": "l1", "number": 23, "heard": True}
            life.do(HearBack(**known, submission=max(life.incident.submissions), arrived=True), SYSTEM)
            if over:
                life.do(Reject(reason="误报"))
                for one in list(life.incident.open_instances):
                    life.do(File(report=one.report, obligation=one.key, to=one.to, channel="电话"))
                life.decide(Close())
            before = len(life.told)
            questions = tuple(Question(f"c:{word}", life.now, word) for word in ("几年级", "送到哪家医院"))
            life.do(HearBack(**known, questions=questions), SYSTEM)
            told = [(notice, render(notice, view_of(life)).text) for _, notice in life.told[before:]]
            clocks = not over and any(rule.clock.from_ == "requested" for rule in plan.obligations)
            key, whose = ("verification", "上级市23号") if clocks else ("superior_said", "对方23号")
            for question in questions:
                mine = [
                    (notice.to, notice.ring, notice.key, whose in text)
                    for notice, text in told
                    if question.text in text
                ]
                assert mine == [(SEAT, True, key, True)], (plan.id, over, question, mine)
