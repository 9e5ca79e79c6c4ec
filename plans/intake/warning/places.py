"""Who issued a warning and where it holds, as words of the text; nothing is guessed from a map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from plans.intake.lexicon import rows
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.warning import stages
from plans.intake.warning.clauses import breath, clause, clauses, sentence
from plans.intake.warning.found import Words

_ENDS = "|".join(sorted((re.escape(row.cells[0]) for row in rows("warning_issuers", 1, 1)), key=len, reverse=True))
_VERBS = "预警|发布|解除|转发|升级|降级|继续|更新|延长|会同|联合|关于|根据|收到|接到|刚接"
_NOT_IN_A_NAME = (
    rf"{_VERBS}|已|由|的|与|及|于(?!都|田|洪)|将(?!乐)|和(?![平县田政顺林龙静硕])|经(?![开济棚])|.(?<={_VERBS})"
)
"""Words at which a name ends or begins; of 转发 the name begins behind both characters."""
_BODY = rf"[A-Za-z×]{{0,4}}(?:(?!{_NOT_IN_A_NAME})[\u4e00-\u9fff]){{1,14}}?(?:{_ENDS})"
_ISSUER = lazy(rf"{_BODY}(?:(?:、|和|与|及|会同|联合){_BODY})*")
_LEAD = lazy(
    r"(?:根据|按照|依据|接到|收到|刚接到?|转发|转载|转自|现将|现转发|来源|今天|今日|刚刚|目前|请|据|接|转|由(?!于)|经(?![开济]))+"
)
_LABEL = lazy(
    rf"(?:发布|签发|预警)(?:单位|机构|机关|部门)[:为是] ?(?P<issuer>{_BODY}(?:(?:、|和|与|及|会同|联合){_BODY})*)"
)

_OWN = r"(?:全|我|本)(?:省|市|县|区|州|旗|镇|乡|街道|域|境)"
_PART = (
    r"(?:境内)?(?:大部(?:分)?(?:地区|乡镇|镇街)?|部分(?:地区|乡镇|镇街)|局部(?:地区|乡镇)?|局地|各(?:地|乡镇|镇街))?"
)
_SIDE = r"(?:[东南西北中]{1,2}部(?:地区|乡镇|山区|镇街|沿山|丘陵)?)"
_NOT_BEFORE_AREA = (
    "风险 危险 易发 影响 低洼 高发 多发 隐患 防治 施工 作业 保护 责任 库 景 校 园 小 灾 林 矿 牧 农 社 地 片 片".split()
)
_TOWNSHIP = r"[\u4e00-\u9fff]{1,7}?(?:街道办事处|街道(?!办)|办事处|苏木|(?:镇|乡)(?![镇乡村街市县区亲道定压民]))"
"""It needs nothing behind it; the others end in a character that many words have."""
_OTHER = (
    r"[\u4e00-\u9fff]{1,7}?(?:自治[县州旗]|村(?![民庄委])|县(?![委级政])|区(?![域间块委政指教气应防卫人])"
    r"|市(?![民场委区政指气应防])|省(?![委级政])|州(?!市)|旗)"
)
_LEADS = "预计 影响 其中 包括 以及 发布 我市 我县 我区 小时 小时内 为 对 将 在 有".split()
_BEFORE = "(?:" + "|".join(["(?<=[,。:;!?\\n(\\[、和及与□ 】])", *(f"(?<={lead})" for lead in _LEADS), "\\A"]) + ")"
_GO_ON = "以及|可能|预计|暴|地|强|雷|高|寒|道|森|气|山|洪|霾|沙|冰|霜|台|全|一带"
_AFTER = rf"(?=[最阴晴多、,。;:)\]和及与等的出将有可降受发过风雨雪能局大部境内范仍累已 \n□]|{_GO_ON}|\Z)"
"""What stands before the name of a place and behind it, where no dictionary tells where it begins and ends."""
_LED = lazy(
    r"(?:现?向|针对|现|目前|近期|近日|短时内|仍|预计|影响|其中|包括|以及|发布|受|对|为|在|我[市县区](?=..)|有|将(?!乐))+"
)
_GENERIC = lazy(rf"{_BEFORE}(?P<area>{_TOWNSHIP}|{_OTHER}{_SIDE}?{_AFTER})")
_SUCH = lazy(
    rf"{_BEFORE}(?:[我本][市县区])?(?P<list>(?:[\u4e00-\u9fff]{{2,5}}、)+[\u4e00-\u9fff]{{2,4}}?)"
    r"等(?:地(?!质)|[\d一二三四五六七八九十]{0,3}个?(?:乡|镇|街道|县|区))"
)
"""双堡、东屯等乡镇: names without an ending, which the word behind them makes places."""
_OWN_AREA = lazy(
    rf"(?P<area>{_OWN}{_PART}|{_SIDE}|(?:主|中心)?城区|市区|(?:沿黄|沿江|沿河|沿海)(?:地区|乡镇|镇街))(?![域镇])"
)
_EXCEPT = lazy(r"除(?!了|夕|湿|雪|冰)[^,。;!?\n]{1,30}?(?:以?外|之外)")
_FORECAST = lazy(r"预计|预报|未来|今后|将|可能|有望|仍有|持续|发布|预警|区域|范围|升级|降级|延长|生效|有效")
_OBSERVED = lazy(r"过去|目前|当前|截至|截止|实况|监测|已(?:经)?(?:出现|达|有|累计|降|发生)|累计|前期|此前|昨")
_THOSE = lazy(r"上述|以上(?=地区|乡镇|区域|镇街)")
_TOLD_TO = lazy(
    r"请|须|务必|注意|做好|防御指南|防范|应(?=当|急|立)|各单位|各部门|有关|负责|上报|值班|电话|学校|收到|停课|停工|停业|停运|中小学|幼儿园|各校|景区"
)
_LABEL_AREA = lazy(r"(?:预警区域|影响区域|影响范围|预警范围|涉及区域)[^\n。;:]{0,6}:")
_AND = lazy(r"(?:□|、|和|及|与|以及|等地?|一带|局部|部分地区|\(|\)| )*")
MASK = "□"


def bodies(text: str, masked: str) -> list[Words[str]]:
    """The bodies that can issue warnings; times are masked, so that none becomes part of a name."""
    return [
        Words(text[start : match.end()], text[start : match.end()], (start, match.end()))
        for match in _ISSUER.finditer(masked)
        if (start := _after_lead(masked, match)) < match.end()
    ]


def _after_lead(text: str, match: re.Match[str]) -> int:
    lead = _LEAD.match(text, match.start(), match.end())
    return lead.end() if lead and re.match(_BODY, text[lead.end() : match.end()]) else match.start()


def issuer(
    text: str, timeless: str, found: Sequence[Words[str]], own: Span, upto: int, after: int
) -> Words[str] | None:
    """Who issued: named on a form, else before the words of the warning in its clause, else in the heading or below.

    Args:
        timeless: the text without its times.
        own: the clause of the mention.
        upto: where the mention or its verb begins.
        after: where what was handed on begins; bodies before it only hand on.
    """
    label = _LABEL.search(text)
    if label is not None:
        return Words(label["issuer"], label["issuer"], label.span("issuer"))
    near = [body for body in found if body.span[0] >= max(own[0], after) and body.span[1] <= upto]
    if near:
        return near[-1]
    above = [body for body in found if after <= body.span[0] and body.span[1] <= own[0]]
    if above and not timeless[above[-1].span[1] : own[0]].strip("□ \n,于"):
        return above[-1]  # in the line above, with nothing but the time between
    first = sentence(text, (upto, upto))[0]
    doing = [
        body
        for body in found
        if max(first, after) <= body.span[0]
        and body.span[1] <= upto
        and stages.alone(text, body.span[1], clause(text, body.span)[1]) is not None
    ]  # 区气象台解除 …,发布 …: who did the one did the other
    if doing:
        return doing[-1]
    heading = [body for body in found if after <= body.span[0] and text[: body.span[0]].strip() in ("【", "[", "")]
    if heading and text[heading[0].span[1] : heading[0].span[1] + 1] in ("】", "]", ":", "\n", " "):
        return heading[0]
    below = [body for body in found if text[max(0, body.span[0] - 1) : body.span[0]] in ("\n",) and body.span[0] > upto]
    return below[-1] if below and not text[below[-1].span[1] :].strip(" □\n。") else None


def areas(
    text: str, masked: str, known: Sequence[str], stretch: Span, told_at: Callable[[int], bool]
) -> tuple[Words[str], ...]:
    """Where a warning holds, as the words of a stretch say it.

    Args:
        text: normalised text.
        masked: the same without times and the names of issuers.
        known: names of areas that a plan or directory has and the text says, the longest first.
        told_at: whether what begins at an offset, behind a colon or a full stop, speaks of the warning in any case.
    """
    hidden = _EXCEPT.sub(lambda gone: MASK * len(gone[0]), masked)
    those = _THOSE.search(text, *stretch) is not None
    found: dict[str, Span] = {}
    for low, high in clauses(text, stretch):
        labelled = _LABEL_AREA.search(text, max(0, low - 12), low) is not None
        first = breath(text, low)
        told = told_at(first) or _FORECAST.search(text, first, high) is not None
        if _TOLD_TO.search(hidden, low, high) and not labelled:
            continue
        observed = _OBSERVED.search(text, low, high) is not None
        if observed and not those and not re.search("持续|仍", text[low:high]):
            continue
        spans = list(_named(hidden, known, low, high))
        if not (labelled or told or observed or _only_places(hidden, spans, low, high)):
            continue
        for span in spans:
            found.setdefault(text[span[0] : span[1]], span)
    return tuple(Words(words, words, span) for words, span in sorted(found.items(), key=lambda item: item[1]))


def _only_places(hidden: str, spans: Sequence[Span], low: int, high: int) -> bool:
    """A clause that names areas and nothing else, before the one that says what comes (城关镇、东山镇等地,预计 …)."""
    for first, last in spans:
        hidden = hidden[:first] + MASK * (last - first) + hidden[last:]
    return bool(spans) and _AND.fullmatch(hidden, low, high) is not None


def _named(hidden: str, known: Sequence[str], low: int, high: int) -> Iterator[Span]:
    taken: list[Span] = []
    for name in known:
        start = hidden.find(name, low, high)
        while start >= 0:
            span = (start, start + len(name))
            if not any(first < span[1] and span[0] < last for first, last in taken):
                taken.append(span)
                yield span
            start = hidden.find(name, start + len(name), high)
    for match in _SUCH.finditer(hidden, low, high):
        at = match.start("list")
        for name in match["list"].split("、"):
            span = (at, at + len(name))
            at += len(name) + 1
            if not any(first < span[1] and span[0] < last for first, last in taken) and _PLAIN_NAME.fullmatch(name):
                taken.append(span)
                yield span
    for pattern in (_GENERIC, _OWN_AREA):
        for match in pattern.finditer(hidden, low, high):
            lead = _LED.match(hidden, *match.span("area")) if pattern is _GENERIC else None
            span = (lead.end() if lead else match.start("area"), match.end("area"))
            words = hidden[span[0] : span[1]]
            if any(first < span[1] and span[0] < last for first, last in taken) or not _is_place(words):
                continue
            taken.append(span)
            yield span


_PLAIN_NAME = lazy(
    r"(?!预计|目前|近期|近日|我|全|各|部分|学校|单位|企业)(?:(?!雨|雪|雷|风|雹|雾|的|和|有|将|请)[\u4e00-\u9fff]){2,5}"
)
_NO_PLACE = lazy(
    r"^(?:各|所有|有关|其余|其他|其它|部分|个别|多个|几个|某|请|上述|以上|以下|乡镇|镇街|将|对|为|在|我)|的|等|预警|分镇"
)


def _is_place(words: str) -> bool:
    if re.fullmatch(rf"{_OWN}{_PART}|{_SIDE}|(?:主|中心)?城区|市区|沿.(?:地区|乡镇|镇街)?", words):
        return True
    return (
        len(words) > 1 and not _NO_PLACE.search(words) and not words.endswith(tuple(f"{w}区" for w in _NOT_BEFORE_AREA))
    )
