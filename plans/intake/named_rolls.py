"""A roll of names with sex or age, and what befell each: 祝某(男,41)颅脑伤,危重;柏某(女,7)擦伤.

Where every entry is understood, and the text tells of nobody else, these are the figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from plans.intake.patterns import lazy
from plans.intake.person_words import Lots, lots_of
from plans.intake.reading import Found, Span
from plans.intake.replacing import FILL

_AGE = r"(?:约|现年|年龄)?(?:\d{1,2}|1[01]\d)(?:岁|周岁|个月|(?!\d|[%.人个名点]|:\d))"
_SEX = r"[男女]性?(?![士孩生人])"
_NAME = (
    r"(?:患者|伤者|伤员|死者|姓名:?)?[\u4e00-\u9fa5]{1,2}?(?:某{1,3}|[xX*×]{1,2})"
    r"|(?:姓名:)?[\u4e00-\u9fa5]{2,4}(?=[ ,(])"
)
_ENTRY = lazy(
    rf"(?:(?<=[\n;。,:、 )])|^)(?:(?:\(?\d{{1,2}}[.、) ]|[-·*]|{FILL}{{3}}) ?)?"
    rf"(?:{_NAME})[ ,(、:]{{0,2}}"
    rf"(?:(?:{_SEX})[ ,、/]{{0,2}}(?:{_AGE})|(?:{_AGE})[ ,、/]{{0,2}}(?:{_SEX})|\d{{1,2}}岁|(?:{_SEX})(?=[ ,:)]))"
    r"[ ,):、。—-]{0,3}(?:(?:伤情|诊断|情况|现状|病情|转归):)?"
)
"""An entry up to what befell him."""
_ASIDE = lazy(rf"\((?:(?:{_SEX})[ ,、/]{{0,2}})?(?:{_AGE})(?:[ ,、/]{{0,2}}(?:{_SEX}))?\)")
"""Beside a name this is no aside."""
_AROUND = lazy(r"[\d一二两三四五六七八九十俩仨几多]+(?:人(?!民)|[名个位口例](?!人?民|多?[月小]|路|车|厂)|死|伤)|[俩仨]")
"""Beside a roll so many people are told of."""
_HEADED = lazy(r"(?:死亡|遇难|受伤|重伤|轻伤|失联|失踪|被困|伤亡|死伤)(?:人员|者|名单|情况|员|的)*[:(]?[^,。;\n]{0,4}$")
_OF_ALL = lazy(r"伤亡|死伤")
_TAKEN_BACK = lazy(r"更正|不对|错了|有误|核实|改为|重复|同一人|去年|昨[天晚]|演练|模拟|假如|如果|要是|听说|网传")
_WELL = lazy(r"(?:[未没无](?:有)?(?:受)?(?:伤|恙|大碍|事)|平安|正常|安全|无明显外伤)")
_DIED = lazy(r"死亡?(?:\(?院前\)?)?$|亡$|殁|去世|DOA$|无生命体征")
_LOST = lazy(r"[未没](?:能|有)?(?:联系|找|寻|搜)[上到着得见]|下落不明")
_GRAVE = lazy(r"[危极]?重(?:伤|症)?$|特重|休克|插管|呼吸机|病危|病重|昏迷|心跳骤停")
_LIGHT = lazy(r"轻(?:伤|微)?$|伤$|裂$|出血|骨裂|骨折")
_END = lazy(r"[\n;。]")
_LONGEST = 24
"""Characters of what befell one."""
_MOST = 40
_FEWEST = 2


def of_named(text: str, plain: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts, as a roll of named people has them, where the text is one.

    Args:
        text: normalised and masked.
        plain: the same, not masked.
        facts: as read so far.
    """
    told = dict(facts)
    if FILL in text and len(text) == len(plain):
        for aside in _ASIDE.finditer(plain):
            text = text[: aside.start()] + aside[0] + text[aside.end() :]
    entries = list(_ENTRY.finditer(text))[:_MOST]
    if len(entries) < _FEWEST or _tells_of_others(text, entries):
        return told
    count: Counter[str] = Counter()
    for at, entry in enumerate(entries):
        end = entries[at + 1].start() if at + 1 < len(entries) else _end(text, entry.end())
        fates = _facts(text[entry.end() : end].strip(" \n;。,、)"))
        if fates is None:
            return told
        count.update(fates)
    span: Span = (entries[0].start(), len(text.rstrip()))
    for name in ("deaths", "injuries", "serious_injuries", "missing", "trapped", "ill"):
        many, found = count[name], told.get(name)
        if many:
            told[name] = Found(at_least=many, at_most=many, stated=many, text="", span=span)
        elif found is not None and (found.unknown or found.at_least):
            del told[name]
    return told


def _tells_of_others(text: str, entries: list[re.Match[str]]) -> bool:
    """Whether people are told of before the roll, or what befell all of it is told above it."""
    before, end = text[: entries[0].start()], _end(text, entries[-1].end())
    if _TAKEN_BACK.search(text) or _AROUND.search(before) or _AROUND.search(text, end) or lots_of(text[end:]):
        return True
    headed = _HEADED.search(before)
    if headed is not None and _OF_ALL.search(headed[0]) is None:
        return True
    return any(text[low.end() : high.start()].count("\n") > 1 for low, high in pairwise(entries))


def _end(text: str, start: int) -> int:
    """Where the last entry ends; behind it the text may go on with something else."""
    marked = _END.search(text, start)
    return marked.start() if marked else len(text)


def _facts(words: str) -> tuple[str, ...] | None:
    """For which facts somebody counts; None where it is not known."""
    if not words or len(words) > _LONGEST or _AROUND.search(words):
        return None
    lots: Lots = lots_of(words)
    if "dead" in lots or _DIED.search(words):
        return ("deaths",)
    if _WELL.fullmatch(words) or lots.keys() == {"well"}:
        return ()
    if _LOST.search(words) and not lots:
        return ("missing",)
    if "lost" in lots or "held" in lots:
        return (("missing" if "lost" in lots else "trapped"),) if len(lots) == 1 else None
    if "grave" in lots or ("ill" not in lots and _GRAVE.search(words)):
        return ("injuries", "serious_injuries") if "ill" not in lots else None
    if "hurt" in lots or ("ill" not in lots and _LIGHT.search(words)):
        return ("injuries",) if "ill" not in lots else None
    return ("ill",) if lots.keys() == {"ill"} else None
