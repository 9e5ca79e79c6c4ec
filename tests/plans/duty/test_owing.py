"""Who bears duties, and what people call them: two schools of one name are told apart."""

from __future__ import annotations

import pytest

from plans.areas import Body
from plans.duty.owing import owing
from plans.load import load_all


@pytest.mark.parametrize("plan", load_all().values(), ids=lambda plan: plan.id)
def test_those_of_one_name_are_called_with_their_township_and_nobody_else_is(plan):
    bodies = [
        Body(id="青山小学", name="青山小学", kind="小学", township="东街街道"),
        Body(id="青山小学（北石店镇）", name="青山小学", kind="小学", township="北石店镇"),
        Body(id="凤鸣小学", name="凤鸣小学", kind="小学", township="北石店镇"),
    ]
    titles = [item.title for item in owing(plan, bodies) if item.kind == "body"]
    assert titles in ([], ["东街街道青山小学", "北石店镇青山小学", "凤鸣小学"])
    assert len(titles) == 3 or plan.id not in ("dehui-education-duties", "jincheng-chengqu-campus")
