"""What a writer takes back in the same breath: 困了3个人，不对是5个; 不是4个，算6个; 前报死亡2人有误，应为死亡1人."""

from __future__ import annotations

from collections.abc import Iterator

from plans.intake.patterns import lazy
from plans.intake.reading import Span

_ONE = r"(?:\d{1,4}|好几|几|[零一二两三四五六七八九十百俩仨廿卅]{1,4})[余多来]?"
_N = rf"(?:(?:{_ONE}[个人名]?(?:或者?|、| ?[-~—至到] ?))?{_ONE})"
_UNIT = r"(?:个人|[个人名位例口具号]|$)?"
_MARKER = lazy(
    r"(?:不对不对|不对|错了|说错了?|写错了?|打错了?|更正一?下?(?![为至成到])|纠正一?下?(?![为至成])|"
    r"啊不|哦不|噢不|不不|改一下|订正|(?<=[,。 !])不(?=,))"
    r"[,:。! ]{0,2}(?:应该?|其实|实际)?(?:是|为)?"
)
_BEFORE = lazy(
    rf"(?P<n>{_N}) ?(?:个人|[个人名位例口具号]|(?<=[俩仨]))(?:\d{{1,2}}多?岁)?[^,。;!?\n\d]{{0,10}}$|"
    rf"(?:(?<=[死伤重轻困亡])|(?<=[死伤困亡]了))(?P<m>{_N})$"
)
_BEHIND = lazy(
    rf"(?P<gap>[^,。;!?\n\d]{{0,4}}(?:\(\d{{1,2}}\))?[^,。;!?\n\d]{{0,8}}?)(?P<n>{_N})(?![日月点时分号栋楼])"
)
_NOT = lazy(
    rf"不是(?:说)?[^,。;!?\n]{{0,6}}?{_N}{_UNIT}(?:[^,。;!?\n ]{{0,4}}(?=[,。;!?\n ]|$))?"
    r"|不是(?:没有|没|无)(?:人员)?伤亡"
)
_NOT_SO = lazy(r",(?:不是|并非)(?P<n>[^,。;!?\n]{1,10}),?(?:而|应该|应)?是")
_RETRACTED = lazy(r"撤回|作废|收回|不算数|别算|先不算")
_ANY_NUMBER = lazy(_ONE)
_WRONG = lazy(
    r"(?:有误|不准确?(?![备许])|是错的|报错了?|弄错了?|搞错了?|不实)[,。\n]?"
    r"(?=(?:应为|应是|实为|实际为?|是|经核实|现核实|核实后|现在核实)(?P<now>[^,。;!?\n]{2,24}))"
)
_HARMED = lazy(
    rf"[^,。;\d]{{0,4}}(?:死|伤|困|失[踪联]|遇难|中毒|发病|发热|吐|烧|烫|骨折|重症|确诊)[^,。;]{{0,4}}{_ONE}|"
    rf"[^,。;\d]{{0,8}}{_ONE}[个人名例]?[^,。;]{{0,8}}(?:死|伤|困|失[踪联]|遇难|中毒|发病|发热|吐|骨折|重症|确诊)"
)
"""A harm stands beside the new number, so that it needs none of the old one."""
_WRONG_BEFORE = lazy(rf"[^,。;!?\n]{{0,20}}{_N}[^,。;!?\n\d]{{0,6}}$")
_LEAD = ",。!; .…—-哦噢啊呃唉哎"
_STOP = ",。;!?\n"


def withdrawn(text: str) -> Iterator[Span]:
    """Spans of normalised text that their writer takes back."""
    for match in _MARKER.finditer(text):
        start = match.start()
        while start and text[start - 1] in _LEAD and match.start() - start < 8:
            start -= 1
        before = _BEFORE.search(text, max(0, start - 14), start)
        behind = _BEHIND.match(text, match.end())
        if before is None or behind is None:
            continue
        low = before.start("n") if before["n"] else before.start("m")
        if len(behind["gap"]) >= 2 and before.start() >= 0:
            low = max(text.rfind(mark, max(0, low - 20), low) for mark in _STOP) + 1 or low
        yield low, match.end()
    for match in _NOT_SO.finditer(text):
        low = text.rfind(match["n"], max(0, match.start() - 20), match.start())
        if low >= 0:
            yield low, match.end()
    for match in _RETRACTED.finditer(text):
        low = match.start()
        for _ in range(2):
            low = max(text.rfind(mark, max(0, low - 30), max(0, low - 1)) for mark in _STOP) + 1
            if _ANY_NUMBER.search(text, low, match.start()):
                break
        if _ANY_NUMBER.search(text, low, match.start()):
            yield low, match.end()
    for match in _NOT.finditer(text):
        yield match.span()
    for match in _WRONG.finditer(text):
        if not _HARMED.match(match["now"]):
            continue
        low = max(text.rfind(mark, max(0, match.start() - 40), match.start()) for mark in _STOP) + 1
        if _WRONG_BEFORE.search(text, max(low, match.start() - 30), match.start()):
            yield low, match.end()
