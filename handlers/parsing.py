"""How people write levels, roles, channels and answers in commands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from plans.load import plan_facts
from plans.model import Plan

_LEVELS = {
    "Ⅰ": ("Ⅰ", "I", "1", "一"),
    "Ⅱ": ("Ⅱ", "II", "2", "二"),
    "Ⅲ": ("Ⅲ", "III", "3", "三"),
    "Ⅳ": ("Ⅳ", "IV", "4", "四"),
}
UNSURE = frozenset({"判明不了", "无法判明", "暂时无法判明", "说不准"})
PLAN = "预案"
"""Begins ``/update 预案 水上搜救``: the incident falls under another plan."""

SHORTEST = 2
"""Characters by which a fact of the plan can be named."""

ENDING = frozenset({"终止", "结束", "解除"})
NOT_NOW = frozenset({"暂不启动", "不启动", "暂缓启动", "暂缓"})
EXPECTED = "预计"
INTO = frozenset({"并入", "到", "入"})
PAUSE = frozenset({"暂停", "停", "暂停演练", "pause"})
RESUME = frozenset({"继续", "恢复", "继续演练", "恢复演练", "resume"})
JUMP = frozenset({"跳到下一时限", "跳到下一个时限", "下一时限", "跳", "jump", "next"})
DOCUMENT = ("文件", "文号")
_INFORMANT = re.compile(r"^([^，。,；;：:\s]{2,20}?)(?:来电|打电话|电话)(?:报告|称|说|反映)?[，,：:\s]+(?=\S)")
_YES = frozenset({"是", "成立", "够", "属实", "符合"})
_NO = frozenset({"否", "不成立", "不够", "不是", "不符合"})


def response_level(word: str, plan: Plan) -> str | None:
    """Return a response level of the plan for any usual way of writing it (II级, 二级, 2; sev1)."""
    bare = word.upper().replace("级", "").replace("响应", "").strip()
    own = next((level for level in plan.response_levels if bare == level.upper()), None)
    if own is not None or plan.response_levels:
        return own
    return next((level for level, ways in _LEVELS.items() if bare in ways), None)


EVENT_LEVELS = ("一般", "较大", "重大", "特别重大")
"""As plans call them; one that has no levels is told so."""


def event_level(word: str, plan: Plan) -> str | None:
    """Return the plan's event level for 较大, 较大级, 较大事件 …"""
    bare = word.removesuffix("事件").removesuffix("事故").removesuffix("级")
    return bare if bare in plan.event_levels else None


def role(word: str, plan: Plan) -> str | None:
    """Return a role id for its id, its title or a post that holds it."""
    for name, value in plan.roles.items():
        if word in (name, value.title) or word in value.holders:
            return name
    return next((name for name, value in plan.roles.items() if word and word in value.title.replace(" ", "")), None)


def unit(word: str, plan: Plan) -> str | None:
    """Return a unit's id for its name or an alias."""
    for item in plan.units:
        if word in (item.id, item.name) or word in item.aliases:
            return item.id
    return None


def yes_no(word: str) -> bool | None:
    """Return True, False, or None for neither."""
    return True if word in _YES else False if word in _NO else None


def channel(word: str) -> str | None:
    """Return 电话 or 书面."""
    return {"电话": "电话", "口头": "电话", "书面": "书面", "传真": "书面", "文字": "书面"}.get(word)


def taker(word: str) -> str | None:
    """Return the name in 接报张三 or 接报人：张三, None for another word."""
    if not word.startswith("接报"):
        return None
    return word.removeprefix("接报").removeprefix("人").lstrip("：:") or None


def document(words: Sequence[str]) -> tuple[list[str], str]:
    """Return the words before 文件 or 文号, and what stands behind it: 文件 城应急〔2026〕5号."""
    for place, word in enumerate(words):
        if word.startswith(DOCUMENT):
            named = " ".join((word[len(DOCUMENT[0]) :].lstrip("：:"), *words[place + 1 :])).strip()
            return list(words[:place]), named
    return list(words), ""


def flags(words: Sequence[str], plan: Plan) -> dict[str, bool]:
    """Return the plan's yes-or-no facts that somebody states: the fact's name and 是 or 否, two words.

    The name may leave out what stands in brackets, and whatever is not needed to tell it from others.
    """
    stated: dict[str, bool] = {}
    for word, answer in pairwise(words):
        holds = yes_no(answer)
        names = [
            name
            for name, fact in plan_facts(plan).items()
            if fact.type == "flag" and not fact.judgement and len(word) >= SHORTEST and word in fact.label
        ]
        if holds is not None and len(names) == 1:
            stated[names[0]] = holds
    return stated


def is_sum(word: str) -> bool:
    """Return whether figures of several sources are to be added up."""
    return word in ("相加", "sum", "两批人", "两批人相加")


def informant(text: str) -> str:
    """Return who rang, where a duty officer's report begins with it: 赵校长来电，……; empty where it does not."""
    match = _INFORMANT.match(text)
    return match.group(1) if match else ""
