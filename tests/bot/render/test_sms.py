"""A warning in 70 characters: whatever is known of it, nothing is cut, and what is left out is the lightest."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import SHANGHAI
from bot.render.message import units
from bot.render.sms import LIMIT, ShortText, Stage, Warned, short

BEGINS = datetime(2026, 7, 9, 14, tzinfo=SHANGHAI)
STORM = Warned(
    kind="暴雨",
    colour="红",
    begins=BEGINS,
    ends=BEGINS + timedelta(hours=6),
    areas=("西街", "北街", "钟家庄"),
    measures=("立即停课，学生留校", "转移低洼处师生"),
    call="值班室0356-2000000",
    issuer="区气象台",
)


def test_a_warning_in_full():
    assert short(STORM) == ShortText(
        "〔区气象台〕暴雨红色预警，9日14时至20时，西街、北街、钟家庄。立即停课，学生留校；转移低洼处师生。值班室0356-2000000。"
    )


@pytest.mark.parametrize(
    ("limit", "text", "left_out"),
    [
        (
            60,
            "〔区气象台〕暴雨红色预警，9日14时至20时，西街、北街、钟家庄。立即停课，学生留校。值班室0356-2000000。",
            ("measures",),
        ),
        (
            54,
            "暴雨红色预警，9日14时至20时，西街、北街、钟家庄。立即停课，学生留校。值班室0356-2000000。",
            ("issuer", "measures"),
        ),
        (
            50,
            "暴雨红色预警，9日14时至20时，西街等3处。立即停课，学生留校。值班室0356-2000000。",
            ("issuer", "areas", "measures"),
        ),
        (34, "暴雨红色预警，9日14时至20时，西街等3处。立即停课，学生留校。", ("call", "issuer", "areas", "measures")),
        (24, "暴雨红色预警，9日14时至20时，西街等3处。", ("measures", "call", "issuer", "areas")),
        (8, "暴雨红色预警。", ("times", "areas", "measures", "call", "issuer")),
    ],
)
def test_what_is_left_out_first(limit, text, left_out):
    found = short(STORM, limit)
    assert found.text == text
    assert set(found.left_out) == set(left_out)


STAGED = {
    "issued": "暴雨红色预警。",
    "passed_on": "转发暴雨红色预警。",
    "updated": "暴雨红色预警更新。",
    "raised": "升级为暴雨红色预警。",
    "lowered": "降级为暴雨红色预警。",
    "continued": "暴雨红色预警继续有效。",
    "extended": "暴雨红色预警延长。",
    "lifted": "暴雨红色预警解除。",
}


@pytest.mark.parametrize("stage", get_args(Stage))
def test_every_stage_is_said(stage):
    assert short(Warned(kind="暴雨", colour="红", stage=stage)).text == STAGED[stage]
    assert short(Warned(kind="暴雨", colour="红", stage=stage, drill=True)).text == f"【演练】{STAGED[stage]}"


@pytest.mark.parametrize(
    ("kind", "colour", "level", "text"),
    [
        ("能源供应", "", "重大", "能源供应重大预警。"),
        ("", "红", "Ⅰ级", "红色预警。"),
        ("校园安全", "", "", "校园安全预警。"),
        ("", "", "", "预警信息。"),
        ("极" * 100, "红", "", "红色预警。"),
        ("极" * 100, "", "极" * 100, "预警信息。"),
    ],
)
def test_what_it_is_about(kind, colour, level, text):
    assert short(Warned(kind=kind, colour=colour, level=level)).text == text


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (BEGINS, None, "9日14时起"),
        (None, BEGINS, "至9日14时"),
        (BEGINS, BEGINS + timedelta(hours=18), "9日14时至10日8时"),
        (BEGINS + timedelta(minutes=5), BEGINS + timedelta(minutes=35), "9日14时05分至14时35分"),
        (BEGINS, BEGINS + timedelta(hours=10), "9日14时至24时"),
        (BEGINS, BEGINS + timedelta(hours=34), "9日14时至10日24时"),
    ],
)
def test_times(begins, ends, words):
    assert short(Warned(kind="暴雨", begins=begins, ends=ends)).text == f"暴雨预警，{words}。"


def test_a_line_break_or_a_stop_does_not_end_the_message():
    odd = Warned(kind="暴雨", measures=("停课。\n转移；", "停课。\n转移；"), call="\u200b110 \n", areas=("西 街、",))
    assert short(odd).text == "暴雨预警，西街。停课。转移。110。"


def test_no_room_for_anything_is_a_mistake():
    with pytest.raises(ValueError, match="characters"):
        short(STORM, 3)


EVERY = {
    "kind": ("", "暴雨", "低温雨雪冰冻", "极" * 80),
    "colour": ("", "红"),
    "level": ("", "Ⅰ级"),
    "stage": get_args(Stage),
    "begins": (None, BEGINS, BEGINS + timedelta(minutes=7)),
    "ends": (None, BEGINS + timedelta(hours=30)),
    "areas": ((), ("西街",), tuple(f"第{number}街道办事处" for number in range(20)), ("长" * 60,)),
    "measures": ((), ("停课",), ("立即停课并通知家长", "转移危房师生120人", "巡查校园周边3公里"), ("长" * 60, "停课")),
    "call": ("", "值班室0356-2000000", "长" * 60),
    "issuer": ("", "云河市气象台", "长" * 60),
    "drill": (False, True),
}


def held(warned: Warned, limit: int) -> None:
    """Hold what is so of every message."""
    found = short(warned, limit)
    text = found.text
    assert units(text) <= limit
    assert text.startswith("【演练】") == warned.drill
    rest = text.removeprefix("【演练】")
    wholes = {*warned.areas, *warned.measures, warned.call, f"〔{warned.issuer}〕"} - {""}
    told = [whole for whole in sorted(wholes, key=len, reverse=True) if whole in rest]
    for whole in told:
        rest = rest.replace(whole, "", 1)
    for whole in wholes - set(told):  # no piece of what is left out is there
        assert not any(whole[:end] in rest for end in range(4, len(whole)))
    parts = {"areas": warned.areas, "measures": warned.measures, "call": (warned.call,), "issuer": (warned.issuer,)}
    for part, values in parts.items():
        there = [value for value in values if value and value in text]
        missing = [value for value in values if value and value not in text]
        assert not missing or part in found.left_out
        if part in ("areas", "measures") and there:
            assert values[0] in there


def test_all_combinations():
    names = list(EVERY)
    count = 0
    for first, second in itertools.combinations(names, 2):
        for one, other in itertools.product(EVERY[first], EVERY[second]):
            for base in (Warned(), STORM):
                held(replace(base, **{first: one, second: other}), LIMIT)
                count += 1
    assert count > 500


@settings(max_examples=400, deadline=None)
@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in EVERY.items()}), st.integers(16, 90))
def test_any_combination_at_any_length(values, limit):
    held(Warned(**values), limit)


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in EVERY.items()}), st.integers(16, 89))
def test_more_room_never_says_less_of_what_weighs_most(values, limit):
    values["kind"] = values["kind"][:6]
    less, more = short(Warned(**values), limit), short(Warned(**values), limit + 1)
    assert "times" in less.left_out or "times" not in more.left_out
