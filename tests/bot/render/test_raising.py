"""上调 is said only of what was lower before: every plan × every way in which levels may be determined, late."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.render import render, worksheet
from bot.render.script import script
from bot.render.view import View
from plans.incident.judging import Determine
from plans.incident.seat import TakeHandling
from tests.factories import DUTY, START, Life
from tests.plans.data.shipped import IDS, plan

LEVELLED = [name for name in IDS if plan(name).event_levels]


def determinations(name: str, life: Life, *before: str | None) -> Iterator[tuple[tuple[str | None, ...], Life]]:
    """Yield up to three determinations, 暂时无法判明 among them, none twice in a row, and the life before the last."""
    for level in (None, *plan(name).event_levels[-4:]):
        if not before or level != before[-1]:
            own = life.branch()
            own.now = START + timedelta(hours=26 + len(before))
            yield (*before, level), own.branch()
            if len(before) < 2:
                own.do(Determine(level=level), DUTY)
                yield from determinations(name, own, *before, level)


def raised(name: str, levels: tuple[str | None, ...]) -> bool:
    """Return whether the last determination is above the one before it, 暂时无法判明 passed over."""
    said = [level for level in levels if level is not None]
    order = plan(name).event_levels.index
    return levels[-1] is not None and len(said) > 1 and order(said[-1]) > order(said[-2])


@pytest.mark.parametrize("name", LEVELLED)
def test_only_what_was_lower_before_is_raised(name):
    seen = set()
    begun = Life(plan(name)).report(facts={"injuries": 1}, candidates=())
    begun.do(TakeHandling(), DUTY, "+11m")
    for levels, life in determinations(name, begun):
        since, known = len(life.told), set(life.incident.instances)
        life.do(Determine(level=levels[-1]), DUTY)
        fresh = [item for key, item in life.incident.instances.items() if key not in known]
        told = [notice for _, notice in life.told[since:] if not notice.edits]
        view = View(plan=life.plan, incident=life.incident, now=life.now)
        texts = [render(notice, view).text for notice in told]
        assert not any("上调为暂时无法判明" in text for text in texts)
        if raised(name, levels):
            seen |= {notice.key for notice in told}
            continue
        assert "raised" not in {notice.key for notice in told}, levels
        assert not any("上调" in text for text in texts), levels
        assert not any(item.raised for item in fresh), levels
    assert "raised" in seen, "and what was, is said"


@pytest.mark.parametrize("name", LEVELLED)
def test_a_first_determination_is_nowhere_a_rise(name):
    of = plan(name)
    for level in of.event_levels:
        life = Life(of).report(facts={"injuries": 1}, candidates=())
        life.now = START + timedelta(hours=26)
        life.do(Determine(level=level), DUTY)
        view = View(plan=of, incident=life.incident, now=life.now, audience="seat")
        shown = [worksheet(view).text, *(render(notice, view).text for _, notice in life.told if not notice.edits)]
        shown += [script(view, item.to[0], item.report) for item in life.incident.open_instances if item.to]
        assert not [text for text in shown if "上调" in text], level


def test_what_is_late_at_a_first_determination_is_said_at_once():
    """Shanting 4.5.4(1): a first determination of 一般 demands the brief information."""
    life = Life(plan("shanting-overall")).report(facts={}, candidates=())
    since = len(life.told)
    life.now = START + timedelta(hours=2)
    life.do(Determine(level="一般"), DUTY)
    (notice,) = [notice for _, notice in life.told[since:] if notice.key == "level_late"]
    assert (notice.to, notice.ring, notice.priority) == ("seat", True, 1)
    text = render(notice, View(plan=life.plan, incident=life.incident, now=life.now)).text
    assert "等级认定为一般" in text and "信息发布" in text and "4.5.4(1)" in text


def test_through_not_yet_known_what_was_lower_stays_lower():
    life = Life(plan("jincheng-chengqu-campus")).report()
    for hour, level in enumerate(["较大", None, "重大"], 1):
        life.now = START + timedelta(hours=hour)
        life.do(Determine(level=level), DUTY)
    assert life.instance("direct-phone").raised
