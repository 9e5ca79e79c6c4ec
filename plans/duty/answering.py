"""Which duties words name: 「消防演练搞完了」 names the exercise of the month."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plans.duty.case import duty_of
from plans.duty.state import Instance
from plans.model import Plan

_COMMON = frozenset("安全 学校 工作 单位 生产 组织 进行 开展 不同 主题 全区 全市 年度 本级 一次 至少 应急".split())
"""Pairs of characters that stand in many duties."""


def meant(plan: Plan, text: str, instances: Iterable[Instance]) -> list[Instance]:
    """Return those of some duties whose words stand in a text, what shares most first, else in their order."""
    shared = [(len(_pairs(text) & _pairs(_words(plan, item))), item) for item in instances]
    return [item for count, item in sorted(shared, key=lambda pair: -pair[0]) if count]


def _words(plan: Plan, instance: Instance) -> str:
    duty = duty_of(plan, instance.duty)
    return f"{duty.text}，{instance.name}" if duty is not None else ""


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1) if _CHINESE.match(text, at)) - _COMMON


_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
