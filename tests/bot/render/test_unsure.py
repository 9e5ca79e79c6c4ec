"""No figure of an open saying or choice is told as a value: every counted fact of every plan × every output.

What an output tells with one figure to choose from and with the one next to it may differ only in lines that say that
it is not chosen or not verified yet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from bot.render import (
    View,
    call_table,
    completion,
    export,
    preview_declare,
    render,
    script_message,
    work_groups,
    written_report,
)
from bot.render.card import card
from bot.render.preview import preview_end, preview_oral
from bot.render.script import script
from bot.render.status import status, todo
from bot.render.units import call_text
from bot.render.worksheet import worksheet
from bot.rows import obligation_rows
from plans.core.notice import Notice
from plans.core.policy import DEFAULT_POLICY
from plans.core.registry import TELLERS
from plans.incident.case import NoticeContext
from plans.incident.figures import figures
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.levels import Declare
from plans.incident.unsure import ChooseFigure
from plans.load import plan_facts
from plans.measures import largest
from plans.model import Plan
from plans.obligations.starts import recipients
from tests.factories import DUTY, SCHOOL, Life, person
from tests.plans.core.test_unsure import FACTS, WHY, told
from tests.plans.data.shipped import IDS, plan

PLANS = {name: plan(name) for name in IDS}
MARKS = ("待选定", "待核实", "说法")
PLACES = ("private", "command", "members", "school")
PAIRS = ((6123, 6121), (613, 612), (61, 62), (6, 7))


def _two(of: Plan, fact: str) -> tuple[int, int]:
    unit = plan_facts(of)[fact].unit
    most = 100 if unit == "%" else largest(unit)
    return next(pair for pair in PAIRS if max(pair) <= most)


def _scripts(view: View) -> Iterator[str]:
    for rule in view.plan.obligations:
        for name in recipients(view.plan, rule):
            yield script(view, name, rule.report)


def _said(view: View) -> Iterator[Notice]:
    """Every question and proposal that stands, as it would be said now."""
    for item in view.incident.events:
        if (teller := TELLERS.get(type(item.event))) is None or item.event.NAME in ("reported", "merged"):
            continue
        context = NoticeContext(view.plan, None, view.incident, (item,))
        for notice in teller(item.event, item, context):
            if notice.key != "figure_asked":  # that is the question itself
                yield notice


OUTPUTS: dict[str, Callable[[View], str]] = {
    "card": lambda view: card(view).text,
    "worksheet": lambda view: worksheet(view).text,
    "status": lambda view: status(view).text,
    "todo": lambda view: todo([view]).text,
    "script": lambda view: "\n".join(_scripts(view)),
    "script, next": lambda view: script_message(view).text,
    "written": lambda view: "\n".join(
        written_report(view, report) for report in sorted({rule.report for rule in view.plan.obligations})
    ),
    "export": lambda view: export(view),
    "answers": lambda view: call_table(view).text,
    "groups": lambda view: work_groups(view).text,
    "calls": lambda view: "\n".join(str(call_text(view, unit)) for unit in view.incident.calls),
    "declaring": lambda view: "\n".join(preview_declare(view, item.level).text for item in view.plan.responses),
    "ending": lambda view: preview_end(view).text,
    "spoken": lambda view: "\n".join(
        preview_oral(view, item.declared_by[0], "declare", item.level).text for item in view.plan.responses
    ),
    "lacking": lambda view: completion(view).text,
    "rows": lambda view: json.dumps(
        obligation_rows(view.plan, view.incident, view.now, DEFAULT_POLICY), ensure_ascii=False, indent=0, default=str
    ),
    "notices": lambda view: "\n".join(render(notice, view).text for notice in _said(view)),
    "figures": lambda view: str(figures(view.incident)),
}


@cache
def _begun(name: str, fact: str, why: str, known: int | None, declared: bool, value: int) -> Life:
    of = PLANS[name]
    facts = {} if known is None else {fact: known}
    life = Life(of).report(facts=facts, candidates=(of.classes[0].id,) if of.classes else ())
    if declared:
        response = of.responses[0]
        life.do(Declare(level=response.level, reason="先行启动"), person("head", response.declared_by[0]), "+10m")
    life.do(told(fact, why, value, over=value), SCHOOL, "+11m")
    life.do(Verify(facts={other: 1 for other in ("deaths", "injuries") if other != fact and other in plan_facts(of)}))
    return life


CASES = [
    (name, fact, why) for name, fact in FACTS for why in WHY
    if why == "said" or fact == next(other for of, other in FACTS if of == name)
]  # fmt: skip
"""Every fact as a saying; what else may be open, of one fact of each plan."""


@pytest.mark.parametrize(("name", "fact", "why"), CASES)
def test_a_figure_that_is_not_chosen_is_told_nowhere_as_a_value(name: str, fact: str, why: str):
    of = PLANS[name]
    one, other = _two(of, fact)
    for known, declared in ((None, False), (1, bool(of.responses))):
        lives = [_begun(name, fact, why, known, declared, value) for value in (one, other)]
        shown = 0
        for place in PLACES:
            views = [
                View(plan=of, incident=life.incident, now=life.now, seat_name="李值班", place_kind=place)
                for life in lives
            ]
            for output in OUTPUTS if place == "private" else ("card", "status"):
                first, second = (OUTPUTS[output](view).splitlines() for view in views)
                label = (output, place, known, declared)
                assert len(first) == len(second), label
                for lines in zip(first, second, strict=True):
                    if lines[0] != lines[1]:
                        shown += 1
                        assert all(any(mark in line for mark in MARKS) for line in lines), (label, lines)
        assert shown, "nobody is shown that something waits to be chosen"


@pytest.mark.parametrize("why", WHY)
def test_what_is_filed_meanwhile_was_told_without_it_and_with_it_afterwards(why: str):
    of = PLANS["jincheng-chengqu-campus"]
    life = _begun(of.id, "injuries", why, 4, False, 13).branch()
    life.do(File(report="首报", channel="电话"), DUTY, "+12m")
    assert {filing.figures.get("injuries") for filing in life.incident.filings} == {4}
    (item,) = life.incident.unsure.values()
    life.do(ChooseFigure(key=item.key, option=0), DUTY, "+13m")
    life.do(File(report="续报", to=("区委",), channel="电话"), DUTY, "+14m")
    assert life.incident.last_filings()["区委"].figures["injuries"] == 13


def test_more_than_a_card_holds_is_counted():
    life = Life().report()
    for number, fact in enumerate(("deaths", "missing", "trapped", "ill", "serious_injuries")):
        life.do(told(fact, "said", 2, over=2), SCHOOL, f"+{11 + number}m")
    view: Any = View(plan=life.plan, incident=life.incident, now=life.now, place_kind="command")
    assert "还有1项较早的待选定或待核实" in card(view).text
