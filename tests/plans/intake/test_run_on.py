"""Whoever goes on without a mark changes nothing of the figure before: it is shown as it was said, or asked."""

from itertools import product

import pytest

from plans.intake import read
from tests.plans.intake.saying import NOW, SHORT

FIGURES = [
    ("死2人", "dead", 2), ("受伤3人", "hurt", 3), ("重伤2人", "serious", 2), ("中毒5人", "ill", 5),
    ("失踪2人", "missing", 2),
    ("被困4人", "trapped", 4), ("2人死亡", "dead", 2), ("3个人受伤", "hurt", 3), ("4名工人被困", "trapped", 4),
]  # fmt: skip
GOES_ON = (
    "大家别围观 大家快来 大货车翻了 组织搜救 体温正常 制止不了 座位全掉了 间隔太近 份子钱别收了 民警到了 工地封了 "
    "事发在桥头 手机没信号 电话全打不通了 桥没了 路断了 楼还在烧 水还在涨 车上没座 请求支援 速来 门口堵了 老板跑了 "
    "领导在路上 学校停课 家属来了一堆 快递站皮带停了 雨越下越大"
).split()
FACTS = {SHORT[short] for short in ("dead", "hurt", "serious", "missing", "trapped", "ill")}


@pytest.mark.parametrize(("figure", "short", "many"), FIGURES, ids=[row[0] for row in FIGURES])
def test_what_goes_on_without_a_mark_adds_nobody(figure, short, many):
    read_so = 0
    for goes_on, mark in product(GOES_ON, ("", " ", "！")):
        text = figure + mark + goes_on
        facts = {name: found for name, found in read(text, now=NOW).facts.items() if name in FACTS}
        shown = {name: found.value for name, found in facts.items() if not found.unknown}
        of_them = {SHORT["hurt"], SHORT["ill"]} if short == "serious" else set()
        assert all(shown[name] == many for name in shown), text
        assert set(shown) <= {SHORT[short], *of_them}, text
        read_so += SHORT[short] in shown
    assert read_so >= 0.9 * 3 * len(GOES_ON)
