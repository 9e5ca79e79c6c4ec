"""Words that answer what was asked for: it is done, it will be, it was heard; never what tells of an event.

「消防演练搞完了」 says that a duty is done, 「食堂着火了，演练搞不了」 tells of a fire. What a duty asks for is covered
before words are read for an event: the fire of a fire drill is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from plans.intake.patterns import lazy
from plans.intake.telling import tells_of_harm
from plans.intake.with_plan import read_for
from plans.model import Plan

Answer = Literal["done", "not_yet", ""]

LONGEST = 160
"""Characters of an answer; what is longer is an account of something."""

_OBJECT = r"[^\s,，。;；:：!！?？、了着过有在被]{0,8}?"
_ACTIVITY = lazy(
    rf"{_OBJECT}(?:演练|演习|教育(?![局厅部组办])|培训|宣传|学习|分析会议?|研判会?议?|会议|[例班]会|部署会|家长会|报告会|"
    r"工作?计划|预案|总结|主题日|危险源)"
    r"|(?:安全|消防|隐患|风险|食堂|校车|宿舍|校园|周边|集中|日常|每日|今日|[早晚]间|设施|设备)*"
    r"(?:检查|排查|巡查|巡检|督查|自查|晨检|午检|评估|登记|修订|备案)"
)
"""What duties ask for, with what it is about: an exercise is named by its event, an inspection by what is inspected."""

_DONE = lazy(
    r"完成|完毕|[办做搞弄开查检练训改交讲学写报订]完|(?:^|[^没未不])[办做搞弄开查练训交讲学写报订][好过]了?|"
    r"(?:演练|演习|教育|培训|宣传|总结|评估|学习)[完过好]?了|上报|刚?结束|参加|"
    r"已经?(?:办|做|搞|开|查|交|报|组织|开展|举行|进行|召开|落实|上传)|"
    r"(?:办|做|搞|开|查|交|报|练|组织|开展|举行|进行|召开|落实|上传)了"
)
_BARE = lazy(r"(?:我们|都|全部?|已经?|今天的?|本周的?|这项|这个)*(?:办|做|搞|弄|交|完成|落实)[好完过]?[了啦]?[。!！]*$")
_NOT_YET = lazy(
    r"没[办做搞弄开查练交]|还没|尚未|来不及|推迟|延期|改到|下周|下个?月|明天|后天|过几天|月底|"
    r"[办做搞弄开]不了|不适用|没有这项|放假"
)
_HEARD = lazy(
    r"(?:(?:已?收到|收悉|好的?|知道了?|明白了?|嗯|行|可以|谢谢|这就办|马上就办|ok|OK)[了啦,，。!！~\s]*)*[,，。!！~\s]*"
    r"(?:(?:马上|立即|抓紧|尽快|遵照|一定|准时|按时|一定准时|一定按时)"
    r"(?:落实|办理|办|执行|安排|传达|参加|参会|到会)?|(?:准时|按时)到|谢谢)?[了啦。!！~]*$"
)


def answer_in(text: str) -> Answer:
    """Return what words say of something asked for, by their form alone; empty for words that say nothing of it."""
    plain = text.strip()
    if not plain or len(plain) > LONGEST:
        return ""
    if _NOT_YET.search(plain) or _HEARD.match(plain):
        return "not_yet"
    return "done" if _DONE.search(plain) or _BARE.match(plain) else ""


def is_heard(text: str) -> bool:
    """Whether words say that something was heard, and nothing else: 收到，马上落实."""
    return bool(text.strip()) and _HEARD.match(text.strip()) is not None


def is_bare(text: str) -> bool:
    """Whether words say that something is done and nothing of what it is: 办好了."""
    return _BARE.match(text.strip()) is not None


def tells_of_more(plan: Plan, text: str, now: datetime, also: Iterable[str] = ()) -> bool:
    """Whether words tell of an event besides what was asked for, or of anybody hurt: these are a report.

    Args:
        also: further words that tell of none here: the hazard of a warning, what it demands.
    """
    reading, rest = read_for(plan, text, now=now), _ACTIVITY.sub("", text)
    for word in also:
        rest = rest.replace(word, "")
    if tells_of_harm(reading):
        return True
    return bool(reading.category and read_for(plan, rest, now=now).category)
