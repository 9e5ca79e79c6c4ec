"""Who hears by a medium is never rung, and gets no telephone script: every recipient of every plan."""

import pytest

from bot.render import View, script
from bot.render.duties import next_call
from bot.render.filing import script_message
from bot.render.naming import line_of, medium, recipient_line
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.levels import Declare
from plans.load import load_all
from tests.factories import DUTY, SCHOOL, Life, person

PLANS = load_all()
RECIPIENTS = [
    (plan, rule.report, name)
    for plan in PLANS.values()
    for rule in plan.obligations
    if rule.by_office
    for name in rule.to
]
PUBLIC = {"社会公众"}
"""Recipients that are no telephone, as the sources name them."""

SPOKEN = ("您好", "请问您贵姓", "由您补充")


@pytest.mark.parametrize(
    ("plan", "report", "name"), RECIPIENTS, ids=[f"{plan.id} {report} {name}" for plan, report, name in RECIPIENTS]
)
def test_a_recipient_is_spoken_to_or_written_for(plan, report, name):
    life = Life(plan).report("+10m", facts={"injuries": 4, "deaths": 3})
    view = View(plan=plan, incident=life.incident, now=life.now)
    text = script(view, name, report)
    assert bool(medium(view, name)) is (name in PUBLIC)
    if name not in PUBLIC:
        assert all(word in text for word in SPOKEN[:2])
        return
    assert not any(word in text for word in SPOKEN)
    assert "周校长" not in text and "说法" not in text and "3人" not in text, "nobody's name, and nothing unconfirmed"
    assert "伤亡情况正在核实" in text
    assert line_of(view, name) is None and "不打电话" in recipient_line(view, name)


def test_what_is_confirmed_is_published():
    plan = PLANS["linan-campus"]
    life = Life(plan).report("+10m", by=SCHOOL, facts={"injuries": 4})
    life.do(Verify(facts={"injuries": 4, "deaths": 0}), DUTY, "+12m")
    life.do(Update(facts={"deaths": 1}), SCHOOL, "+13m")
    text = script(View(plan=plan, incident=life.incident, now=life.now), "社会公众", "信息发布")
    assert "受伤4人" in text and "1人" not in text


def test_the_public_is_never_the_next_to_be_rung():
    plan = PLANS["linan-campus"]
    life = Life(plan).report("+10m", candidates=("accident",))
    life.do(Declare(level="Ⅳ", reason="研判"), person("chief", *plan.roles), "+12m")
    life.do(File(report="首报"), DUTY, "+13m")
    view = View(plan=plan, incident=life.incident, now=life.now)
    following = next_call(view)
    assert following is None or following[1] not in PUBLIC
    key = life.instance("info-first").key
    assert "情况通报" in script_message(view, key).text
