"""Sorts of people of whom one is none of the others: a teacher is no part of six pupils, nor a driver of passengers."""

from __future__ import annotations

from functools import lru_cache

from plans.intake.patterns import lazy

_SORTS = (
    lazy(r"学生|同学|小学生|中学生|高中生|考生|学员"),
    lazy(r"老师|教师|校长|园长|班主任|辅导员|教官|教练|带队的"),
    lazy(r"司机|驾驶员|开车的"),
    lazy(r"乘客|旅客|游客"),
    lazy(r"保安|门卫|保洁|宿管|跟车的?(?:阿姨|老师|照管员)|照管员|押运员|乘务员|售票员"),
    lazy(r"摊主|店主|店员|收银|服务员|老板娘?"),
    lazy(r"顾客|客人|食客"),
    lazy(r"护士|医生|大夫|护工"),
    lazy(r"民警|辅警|警察|消防员"),
    lazy(r"过路的?|路过的?|路人|行人|看热闹的?|围观的?"),
    lazy(r"老人|老头|老太太?|大爷|大妈|老汉|奶奶|爷爷|老两口"),
    lazy(r"工人|工友|民工|农民工|员工|职工|矿工"),
    lazy(r"孩子|娃娃?|小孩|幼儿|儿童|婴儿|宝宝|(?<!女)(?<!男)娃"),
    lazy(r"(?:[我他她]|人家)(?:媳妇|老婆|老公|妈|爸|爹|娘|丈夫|妻子|爱人|对象)|媳妇|老婆|老公"),
    lazy(r"夫妻|夫妇|两口子"),
)
_MAY_BE = lazy(r"乘客|旅客|游客|顾客|客人|食客|过路|路过|路人|行人|看热闹|围观")
"""Who is in a car or a shop may be anybody's kin and of any age: 六名乘客 and 一对夫妻."""
_KIN = lazy(r"媳妇|老婆|老公|[我他她家]妈|[我他她家]爸|爹|娘|丈夫|妻子|爱人|对象|夫妻|夫妇|两口")


@lru_cache(maxsize=256)
def _sort(noun: str) -> int | None:
    """The one sort that a noun names; None where it names none or several (小孩和老人)."""
    named = [at for at, pattern in enumerate(_SORTS) if pattern.search(noun)]
    return named[0] if len(named) == 1 else None


def are_of_other_sorts(one: str, other: str) -> bool:
    """Whether two nouns name people of whom none is of the other sort."""
    first, second = _sort(one), _sort(other)
    if first is None or second is None or first == second:
        return False
    if _KIN.search(one) or _KIN.search(other):
        return _MAY_BE.search(one) is None and _MAY_BE.search(other) is None
    return True
