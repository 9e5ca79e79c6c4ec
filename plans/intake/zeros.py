"""A none that is told of others, of before or not at all: 其余无伤, 没死人那是昨天的话, 被困18人均安全."""

from __future__ import annotations

from plans.intake.patterns import lazy
from plans.intake.person_words import lots_of
from plans.intake.persons import tale
from plans.intake.reading import Found, Span

_YESTERDAY = lazy(r"[^。;!?\n]{0,12}?(?:的话|不敢|以为|才怪|那是)")


_REST = lazy(r"(?:其[余他它]|剩下|余下|别的|别人|旁人|另外)[^,。;!?\n]{0,6}$|别$")
_OF_THE_REST = lazy(r"其[余他它]|别[的人]|旁人")
_OF_SOME = lazy(
    r"(?:学生|同学|老师|孩子|娃娃?|乘客|旅客|游客|顾客|客人|住户|居民|村民|群众|工人|员工|职工|老人|家长|楼[上下]|隔壁|车上|店里)"
    r"[^,。;!?\n]{0,4}$"
)
_HELD_ALL = lazy(
    r"[1-9一二两三四五六七八九十]\d{0,3}[^,。;!?\n]{0,6}(?:被?困|失联|失踪)|(?:被?困|失联|失踪)[^,。;!?\n]{0,4}[1-9一二两三四五六七八九十]"
)
_SHORT_TALE = 160
_UNWELL = ("hurt", "grave", "ill", "care")
_SAFE_THERE = lazy(r"安全|平安|没事|无恙")
_FREED = lazy(r"[获得]救|救[出下起上了]|出来|脱|升井|找[到着]|联系上|接[出回]|撤|到家|归|[上下]来")


def none_no_more(text: str, name: str, found: Found) -> bool:
    """没死人那是昨天的话, 其余无伤, 被困18人均安全: none is said of before, of the rest, or not at all."""
    if found.at_least != 0 or found.at_most != 0:
        return False
    low, high = found.span
    near = max(0, low - 8), high + 12
    held = _HELD_ALL.search(text, *near) and _SAFE_THERE.search(text, *near) and not _FREED.search(text, *near)
    hurt = name in ("injuries", "ill")
    rest = hurt and _REST.search(text, max(0, low - 12), low) is not None
    of_others = _OF_THE_REST.search(text, low, high) or _OF_SOME.search(text, max(0, low - 12), low)
    some = hurt and of_others is not None and _another_fared_ill(text, low)
    if _of_one_unit(text, found.span) or _told_with_number(text, name, found.span):
        return True
    return bool(held) or rest or some or _YESTERDAY.match(text, high) is not None


_UNIT_LINE = lazy(r"(?:(?<=\n)|^)(?P<name>[^\n:,。;\d]{2,8})[: ][^\n]{2,}")
_FIELD = lazy(r"死|伤|亡|失|困|病|人|情况|备注|时间|地点|原因|类|级|性质|损失|合计|总计|共|全")
_SUMMED = lazy(r"合计|总计|[一总]共|全[乡镇县区市校厂村]|各")


def _of_one_unit(text: str, span: Span) -> bool:
    """白云镇：压伤1人 / 大箐乡：没有人员伤亡: none is said of one of several places, each with a line of its own."""
    if "\n" not in text:
        return False
    lines = [line for line in _UNIT_LINE.finditer(text) if not _FIELD.search(line["name"])]
    own = next((line for line in lines if line.start() <= span[0] < line.end()), None)
    return own is not None and len(lines) > 1 and not _SUMMED.search(own[0])


_HARMS = {
    "deaths": lazy(r"(?:死亡?|亡)了?:?[1-9一二三四五六七八九十两俩仨](?![月日号点时分楼\d.])"),
    "injuries": lazy(r"伤了?:?[1-9一二三四五六七八九十两俩仨](?![月日号点时分楼\d.])"),
}


_NUMERAL = lazy(r"[0零〇]")
_TOLD_ANEW = lazy(r"更正|纠正|刚才|不对|原[来先报]|之前|目前|现在")


def _told_with_number(text: str, name: str, span: Span) -> bool:
    """第一起伤0，第二起伤2: the same harm stands there with a number as well."""
    harm = _HARMS.get(name)
    if not _NUMERAL.search(text, *span) or _TOLD_ANEW.search(text):
        return False
    return harm is not None and any(
        not (match.start() < span[1] and match.end() > span[0]) for match in harm.finditer(text)
    )


def _another_fared_ill(text: str, at: int) -> bool:
    """食堂师傅卷了手，学生一个没伤: before it somebody is told of who did not fare well, and no figure has him."""
    if len(text) > _SHORT_TALE:
        return False
    told = tale(text)
    fared = any(not person.lots.keys().isdisjoint(_UNWELL) for person in told.persons)
    somebody = "who" in told.gaps and not lots_of(text[:at]).keys().isdisjoint(_UNWELL)
    return fared or somebody or "body" in told.gaps
