"""The matrix of duties and the picture of a month: what is counted is drawn, or is said to be left out."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from bot.pictures import DutyMatrix, duties_picture, month_picture
from bot.pictures.duties import MOST_BEARERS, MOST_DUTIES, WORST
from bot.render.statistics import period_name
from bot.render.statistics_lines import six_lines
from bot.texts import pictures as t
from plans.load import DATA, load
from plans.times import BEIJING
from tests.bot.pictures.boxes import boxes, check
from tests.bot.pictures.months import month

pytestmark = pytest.mark.draws

PLAN = load(DATA / "dehui-education-duties.yaml")
NOW = datetime(2026, 3, 31, 16, 30, tzinfo=BEIJING)


def matrix(bearers: int, duties: int, *, deep: int = 1, seed: int = 1) -> DutyMatrix:
    chance = random.Random(seed)
    kinds = ("小学", "中学", "幼儿园", "九年一贯制学校")
    names = [f"德惠市某镇第{number}{chance.choice(kinds)}" for number in range(bearers)]
    words = [(duty.text, duty.clause) for duty in PLAN.duties]
    cells = {
        (row, column): {chance.choice(WORST): 1 + chance.randrange(deep) for _ in range(1 + chance.randrange(deep))}
        for row in range(bearers)
        for column in range(duties)
        if chance.random() < 0.9
    }
    return DutyMatrix(
        plan=PLAN.title, place="德惠市", since=NOW - timedelta(days=89), now=NOW, bearers=tuple(names),
        duties=tuple(words[number % len(words)] for number in range(duties)), cells=cells,
    )  # fmt: skip


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 6), (12, 7), (40, 15), (90, 40)])
def test_every_bearer_and_duty_is_drawn_or_said_to_be_left_out(size, night):
    shown = matrix(*size, deep=4)
    picture = duties_picture(shown, night=night)
    check(picture)
    assert picture == duties_picture(shown, night=night)
    bearers, duties = size
    drawn = [box.text for box in boxes(picture)]
    assert (t.DUTY_BEARERS_LEFT.format(shown=MOST_BEARERS, count=bearers) in picture.words) == (bearers > MOST_BEARERS)
    assert (t.DUTY_DUTIES_LEFT.format(shown=MOST_DUTIES, count=duties) in picture.words) == (duties > MOST_DUTIES)
    assert all(name in picture.words for name in shown.bearers)
    assert all(text in picture.words for text, _ in shown.duties)
    if bearers <= MOST_BEARERS and duties <= MOST_DUTIES and bearers:
        filled = len(shown.cells)
        signs = [text for text in drawn if text.rstrip("0123456789") in {*t.DUTY_SIGN.values(), *t.DUTY_WORD.values()}]
        assert len(signs) == filled


def test_of_too_many_those_with_most_that_was_missed_are_drawn():
    cells = {(row, 0): {"missed": 1} if row >= 50 else {"done": 1} for row in range(60)}
    many = DutyMatrix(
        plan="某计划", place="", since=NOW, now=NOW, bearers=tuple(f"学校{row}" for row in range(60)),
        duties=(("每月演练", "一"),), cells=cells,
    )  # fmt: skip
    drawn = {box.text for box in boxes(duties_picture(many))}
    assert {f"学校{row}" for row in range(50, 60)} <= drawn


@pytest.mark.parametrize("of_drills", [False, True])
@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("size", [(0, 0), (1, 0), (3, 4), (60, 30)])
def test_a_month_has_its_six_parts(size, night, of_drills):
    statistics = month(*size, of_drills=of_drills)
    picture = month_picture(statistics, night=night)
    check(picture)
    assert picture == month_picture(statistics, night=night)
    drawn = "".join(box.text for box in boxes(picture))
    for name, line in six_lines(statistics):
        assert line in picture.words
        assert line.replace(" ", "") in drawn.replace(" ", ""), name
    assert period_name(statistics.period) in picture.words
    assert (t.DRILL in [box.text for box in boxes(picture)]) == of_drills
    assert all(unit.title in picture.words for unit in statistics.units if unit.called)
