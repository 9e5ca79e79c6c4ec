"""Time expressions as they stand in the text: date, day word, part of the day, clock, 半小时前, 刚才."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from plans.intake.lexicon import rows
from plans.intake.patterns import lazy

N = r"(?:\d{1,2}|[一二三四五六七八九十两廿零〇]{1,3})"
"""A one or two digit number, in either script."""

_DAY = (
    r"明天|明日|明早|明晚|后天|次日|翌日|第二天|今天|今日|今晨|今早|今晚|今夜|今(?=凌晨|晨|早|日|下午|上午|晚)|昨天|昨日|昨晚|昨夜|昨晨|昨(?=凌晨|下午|"
    r"上午|晚|早)|前天|前日|前晚|大前天|当天|当日|当晚|同日|当地时间|北京时间"
)
_WEEK = r"(?:上上个?|上个?|本|这个?)?(?:周|星期|礼拜)[一二三四五六日天](?!月)"
_YMD = (
    rf"(?:\d{{4}}|[一二][零〇一二三四五六七八九]{{3}}|今|去|前)年 ?(?:{N}月(?:{N}(?:日|号))?)"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
)
_NUMBERED = (
    r"皮带|坠|(?:高|焦|转|硅铁)炉|电?梯|出租|桌|收银|校车|实验|教学|宿舍|码头|筏|艇|船|养殖|杆|泊位|主变|变压|弃渣|煤|道|墩|包[厢间]|"
    r"病房|病区|教室|会议|考场|检票|售票|窗口|高压|锅炉|风机|泵|阀|罐|釜|槽|池|井|矿|坑|仓|棚|闸|站台|候车|登机|出口|入口|地块|片区|厂房|车间|机组|"
    r"皮卡|货车|客车|大巴|挖机|塔|吊|炮|标段|桥|隧|涵|洞"
)
"""What bears a number: 3号皮带, 2号主变."""
_NOT_A_DAY = r"楼院线岛店口门机台车矿井铺公厅馆桥桩教宿舍研仓库站\d"
_MD = (
    rf"{N}月 ?{N}(?:日|号|(?![\d月个]))|(?:今年|去年|本月|上月|上个月)(?:{N}(?:月|日|号))?"
    rf"|(?<![\d点时分:第年月]){N}(?:日(?!本|元|产|均|内)|号(?![{_NOT_A_DAY}])(?!{_NUMBERED}))"
)
_PART = (
    r"凌晨|清晨|清早|早晨|早上|早间|一早|大清早|晨间|晨|早(?=\d|[一二三四五六七八九十])|上午|中午|正午|晌午|午后|"
    r"下午|午间|傍晚|黄昏|晚上|晚间|晚饭后|午饭后|"
    r"晚(?!饭|餐|自|宴|会|点|了|些|期|报|于|辅)|夜间|夜里|深夜|半夜|午夜|夜晚|夜(?!市|宵|总|班|景|行|校)"
)
_CLOCK = (
    rf"{N}(?:时|点钟?)(?!代|候|间|尚|装|评|火|钟头|半会)(?:许|左右|{N}分(?!钟|之)(?:{N}秒)?|"
    rf"[0-5]\d(?![\d人名个点])|半|一刻|三刻|整|多|"
    rf"(?:[一二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])(?![一二三四五六七八九十人名个点多余几]))?"
    r"|(?<![\d:.])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])"
)
_AGO = (
    r"(?:半|\d{1,3}|[一二三四五六七八九十两几]{1,3})个?半?多?(?:小时|分钟|钟头|刻钟|天|日)(?:之?前|以前)(?!后)"
    r"|半个?(?:小时|钟头)(?:之?前|以前)"
)
_NOW = r"刚才|刚刚|方才|适才|刚(?=发生|有|接到|起火|着火|爆炸|踩踏|打|摔|掉|塌|撞)|目前正在|现在正|正在发生"
_TAIL = r"(?:许|左右|前后|时分|多|起(?![火飞身床义爆]))*"
_SEP = r"[ ,]?(?:\([^()]{1,8}\))?的?(?:约|大约|大概|差不多|接近)?"

_JOIN = r"(?:\([^()]{1,8}\))?的?"

_NAMES = "|".join(row.cells[0] for row in rows("time_names", 2, 2))
_NAME = lazy(_NAMES)
"""A name that holds a word of time: 晨光幼儿园."""

_EXPRESSION = lazy(
    rf"(?P<ago>{_AGO})|(?P<now>{_NOW})"
    rf"|(?:(?P<ymd>{_YMD})|(?P<zone>当地时间|北京时间)?(?P<md>{_MD}))?(?:{_JOIN}(?!{_NAMES})(?P<day>{_DAY}|{_WEEK}))?"
    rf"(?:{_SEP}(?P<paren>\((?:{N}月)?{N}(?:日|"
    rf"号)\)))?(?:{_SEP}(?!{_NAMES})(?P<part>{_PART}))?(?:{_SEP}(?!{_NAMES})(?P<clock>{_CLOCK}))?(?P<tail>{_TAIL})"
)
_HEADS = frozenset(
    "0123456789一二三四五六七八九十两廿零〇半几明后次翌第今昨前当同北大上本周这星礼去凌清早晨中正晌午下傍黄晚夜深刚方适目现约差接"
)
_KEYS = frozenset("年月日号天晨早晚夜午时点周星礼前刚才目现凌黄昏间:-/.")
_LIKELY = lazy(f"(?=[{''.join(sorted(_HEADS))}])(?=(?s:.){{0,6}}[{re.escape(''.join(sorted(_KEYS)))}])")
_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天]"
_ONLY = {
    "上": lazy(rf"上(?:午|月|个月|上?个?{_WEEKDAY})"),
    "本": lazy(rf"本(?:月|{_WEEKDAY})"),
    "这": lazy(rf"这个?{_WEEKDAY}"),
    "下": lazy("下午"),
    **dict.fromkeys("周星礼", lazy(_WEEKDAY)),
    **dict.fromkeys("0123456789", lazy(r"\d{1,4}[年月日号时点个半多小分钟刻天/.-]|(?<![\d:.])[0-2]?\d:[0-5]\d")),
}
"""How an expression goes on that begins with a common character; where nothing comes of it the whole is dear."""
_ENOUGH = 80
"""Expressions that are looked at; when it happened stands early in a report."""
_PARTS = ("ago", "now", "ymd", "md", "day", "part", "clock")
_HEDGE = lazy(r"[ ,的]*")


class Said(NamedTuple):
    """One time expression with its parts, not yet resolved."""

    match: re.Match[str]
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of normalised text."""
        return self.match.string[self.start : self.end]

    @property
    def dated(self) -> bool:
        """It names a day, if only as 昨天."""
        match = self.match
        return bool(match["ymd"] or match["md"] or match["day"] or match["paren"])


def said(text: str) -> Iterator[Said]:
    """All time expressions of normalised text, left to right; time linear in its length."""
    at, found = 0, 0
    while found < _ENOUGH and (likely := _LIKELY.search(text, at)):
        at = likely.start()
        if name := _NAME.match(text, at):
            at = name.end()
            continue
        only = _ONLY.get(text[at])
        match = _EXPRESSION.match(text, at) if only is None or only.match(text, at) else None
        if match is None or not any(match.group(*_PARTS)):
            at += 1
            continue
        start, end = match.span()
        while end > start and text[end - 1] in " ,":
            end -= 1
        lead = _HEDGE.match(text, start, end)
        start = lead.end() if lead else start
        yield Said(match=match, start=start, end=max(end, start + 1))
        at = match.end()
        found += 1
