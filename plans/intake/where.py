"""The most specific place that the text names; schools and units that the caller knows come first."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from plans.intake.patterns import lazy, one_of
from plans.intake.place_words import (
    ASIDE,
    BROUGHT,
    CLAUSE,
    COUNTED,
    GENERAL,
    HAPPENING,
    HOME,
    INSIDE,
    NO_PLACE,
    REGION,
    SUFFIX,
    TREATING,
)
from plans.intake.reading import Span
from plans.intake.words import index

_INSIDE = lazy(INSIDE)
_ENDS = index({"suffix": SUFFIX, "region": REGION})
_END_HEADS = one_of(_ENDS)
_CLASS = lazy(r"(?:[一二三四五六七八九十\d]{1,2}年级)?[(]?[一二三四五六七八九十\d]{1,3}[)]?班(?![车次长])", sparse=True)
_WHOLE = lazy(r"[全各占](?=[县市区省镇乡村]$)")
_HAPPENING = lazy(HAPPENING, sparse=True)
_NO_PLACE = lazy(NO_PLACE)
_TREATING = lazy(TREATING)
_BROUGHT = lazy(BROUGHT)
_CLAUSE = lazy(CLAUSE)
_COUNTED = lazy(COUNTED)
_ASIDE = lazy(ASIDE)
_GENERAL = lazy(GENERAL)
_TREATS = lazy(r"(?:医院|卫生院|卫生所|卫生室|卫生站|诊所|医务室|校医室|护士站|急救站|救护站|病区)里?$")
_FROM = lazy(rf"(?:{REGION})$")
_HOME = lazy(HOME)
_ADMINISTRATIVE = lazy(rf"[省市县区镇乡村州]|街道|社区|{REGION}")
_LEAD = lazy(
    r"(?:(?:我们|咱们|咱|我是|我(?=[校园院所市省])(?:市|省)?|大家注意|注意|下课的?时候?|放学的?时候?|在|电(?=[ (])|"
    r"于|位于|地处|发生在|发生于|从|行至|驶至|行驶至|途经|途径|经过|家住|据悉|据了解|据介绍|"
    r"目前|一名|"
    r"因此|随后|当时|称|我国|就在|并在|,| |的|突发|悲痛|热点|最新|"
    r"快讯|痛心|惨剧|"
    r"报告|紧急|发现|有|一栋|一座|一处)[!:|｜丨]?)*"
)
_AT = lazy(
    r"发生在|发生于|位于|坐落于|被困|期间|行至|驶至|行驶至|行驶到|行经|途经|地点在|地点为|地点:|登陆|在|从|去|进入?|"
    r"把|掀了|冲了|冲断|埋了|淹了|劈了|砸中|砸到|冲进|[都就]是|说的?是|听说|上说|的是|困在|"
    r"闯入|侧翻|掉进|掉入|翻进|坠入|落入|跌入|滞留|称|致|[,: )]",
    sparse=True,
)
_MORE = lazy(
    r"[\dK+.-]*(?:公里|米|千米)?(?:处|段)?(?:\([^()]{0,20}\))?(?:附近|旁边?|内|里|上|下(?!游|行|午)|一带|境内|东侧|"
    r"西侧|南侧|北侧)?"
)
_SENTENCE = lazy(r"[^。;!?\n]+")
_FIGURES = lazy(r"\d+年|\d+月|\d+日|\d+时|\d{4}-|\d:\d|\d小时|电$|讯$")
_NO_END = (
    "入井",
    "升井",
    "下井",
    "出井",
    "跳楼",
    "坠楼",
    "下河",
    "跳河",
    "坠河",
    "坠江",
    "跳江",
    "入店",
    "下楼",
    "上楼",
    "过河",
    "住院",
    *(
        "过路",
        "修路",
        "看路",
        "走路",
        "扫街",
        "跳桥",
        "跳海",
        "跳湖",
        "上山",
        "进山",
        "封山",
        "下山",
        "着山",
        "过山",
        "下江",
    ),
    *("下湖", "下海", "叫村", "拔河", "碰线", "挑线", "放线", "开路", "赶场", "摆摊", "上房", "塌房", "上厕所"),
)
_PRONOUN = lazy(
    r"(?:我|本|该|你|贵|其|全|各|经)(?:们|单位)?(?:校|园|院|所|省|州|县|区|市|镇|乡|村|厂|公司|矿|学校|医院|小区)|\d+号"
)
"""Names no place by itself."""
_INNER = lazy(
    r"[在去进](?![建修京城村站港出])|[^\d平临限小]时(?!代|光|尚)|时候|期间|可能|造成|还没|自己|多人|^接|"
    r"[男女老]?(?:学|初中|高中|小学)?生在|青年|@"
)
"""Shows that a phrase is more than a place."""
_APART = lazy(r"[\u4e00-\u9fff] [\u4e00-\u9fff\d]")
"""A blank between words: two clauses."""
_TREATED = lazy(
    r"(?:内|里|全力|奋力|紧急)?(?:手术|重症|ICU|病房|治疗|抢救|救治|就诊|就医|检查|观察|输液|医治|诊治|包扎|处理|"
    r"休息|换药|找到|报|医务科|急诊|确认|收治|接诊)"
)
"""Behind a hospital: people came there afterwards."""
_TAKEN_TO = lazy(r"(?:医院|卫生院|卫生室|诊所)$")
_TREATED_AT = lazy(r"(?:内|里)?(?:接受)?(?:全力|奋力|紧急)?(?:治疗|抢救|救治|就诊|就医|收治|接诊|输液|留观|观察)")
_STOREYS = lazy(r"[\d一二三四五六七八九十]+层楼?|[一二三四五六七八九十\d]+楼楼")
_OFFICE = lazy(
    r"(?:局|委|会|办|办公室|部|部门|队|处|政府|中心|公司|集团|医院|站|所|消防|公安|卫健|卫生|应急|交警|交通|民政|"
    r"教育|宣传|网信|"
    r"信访|气象|电力|供电|燃气|水务|团委|妇联|财政|住建|市场监管|生态环境)$"
)
_TOLD = lazy(r"通知|联系|告知|报告|上报|向|送往?|送至|送到|请|由|经|据")
_STARTS = 60
"""Beginnings that are looked at; the place of an event stands early in its report."""
_LONGEST = 50
_NEAR = 60


def place(text: str, names: Sequence[str], occurred: Span | None) -> tuple[str, Span] | None:
    """The place of the event with its span; None when normalised text names none.

    Args:
        text: normalised text.
        names: normalised school, unit and place names known to the caller; these win over guesses.
        occurred: span of the time of occurrence, beside which a place is likely.
    """
    known = _known(text, names)
    if known is not None:
        return text[known[0] : known[1]], known
    ends, happenings = _end_offsets(text), [match.span() for match in _HAPPENING.finditer(text)]
    best: tuple[float, Span] | None = None
    for span, event in _candidates(text, occurred, ends, happenings):
        score = _score(text, span, event, occurred, bisect_right(ends, span[1]) - bisect_left(ends, span[0]))
        if score > 0 and (best is None or score > best[0]):
            best = (score, span)
    if best is None or best[0] < _CLEAR:
        best = _leading(text, occurred) or best
    return (text[best[1][0] : best[1][1]], best[1]) if best else None


_CLEAR = 2.5
"""A guess below it gives way to a phrase at the head of the report, right before what happened."""
_EVENT = (
    r"全停|跳闸|失压|停电|瓦斯|一氧化碳|氯气|氨气|煤气|燃气|冒顶|片帮|透水|顶板|面包车|大巴|货车|客车|三轮|小车|发热的?多|发烧的?多|山体|"
    r"这个火|这场火|在渗水|渗水|炸了|爆炸|着了|着火|起火|失火|塌了|塌方|垮了|倒了|倒转|有人|主变|疑似|大棚|泄漏|漏了|翻了|龙卷风|滑坡|踩"
)
_HAPPENS_THERE = lazy(
    rf".{{0,6}}(?:{_EVENT}|断电|漏电|漏水|冒烟|闹事|砍|持刀|打架|纠纷|电梯|坠|跳楼|掉下|中毒|感染|聚集|吊顶|屋顶|大厅|氧气|发电|锅炉|进水|被淹|被困)"
)
_LEADING = lazy(rf"(?P<place>(?:[A-Z]?\d{{1,4}}(?:千伏|kV|KV))?[\u4e00-\u9fa5\dA-Za-z+()]{{2,9}}?)(?:{_EVENT})")
_PLACE_ENDS = frozenset("沟洼坡梁湾池厂场楼门口边翼井变站段面路桥库坝脚塘屯村庄店馆院舍区园线")
_NO_LEAD = lazy(
    r"[一二两三四五六七八九十\d]口$|拉|赶|前面|下楼|库门|[我你他她俺咱们这那谁]|今天|昨|刚|现在|目前|报告|汇报|快报|听|说|就|都|还|已|又|正|因|受|由|被|把|发生|突然|凌晨|早上|晚上|上午|下午|"
    r"[一二两三四五六七八九十\d]+[台辆个名人位]|时间|情况|故障|如果|万一|没有|可能|怀疑|[死伤]|年|月|日|相撞|追尾|后$|没|好在|幸好|不是|不要|注意|通知|[是有为在]$|^[是有为在]|点半?$|分$|小时"
)


def _leading(text: str, occurred: Span | None) -> tuple[float, Span] | None:
    """城南浴池一氧化碳中毒: a short phrase at the head, or behind the time, right before what happened."""
    heads = [0, *([occurred[1]] if occurred else [])]
    heads += [match.end() for _, match in zip(range(3), _BREAK.finditer(text, 0, 80), strict=False)]
    for head in heads:
        lead = _LEAD.match(text, head)
        match = _LEADING.match(text, lead.end() if lead else head)
        if (
            match
            and match["place"][-1] in _PLACE_ENDS
            and not _STOREYS.fullmatch(match["place"])
            and not _NO_LEAD.search(match["place"])
            and not _NO_PLACE.search(match["place"])
        ):
            return _CLEAR, match.span("place")
    return None


_BREAK = lazy(r"[,。;:!\n ]+")


def _known(text: str, names: Sequence[str]) -> Span | None:
    """The longest known name that stands as a place in the text, with the part of the place that follows it."""
    found = [(-len(name), text.find(name)) for name in names if len(name) > 1]
    found = [item for item in found if item[1] >= 0 and _stands_as_place(text, item[1], item[1] - item[0])]
    if not found:
        return None
    length, start = min(found)
    end = start - length
    more = _INSIDE.match(text, end, end + 30)
    end = more.end() if more else end
    while text[end - 1] in "的内里":
        end -= 1
    return start, end


def _stands_as_place(text: str, start: int, end: int) -> bool:
    """Offices are named because they report or come; they are a place only where it happened there."""
    if not _OFFICE.search(text, start, end):
        return True
    happened = _HAPPENING.match(text, end) is not None or _INSIDE.match(text, end) is not None
    return happened and _TOLD.search(text, max(0, start - 4), start) is None


def _end_offsets(text: str) -> list[int]:
    """Where the words end with which places end, ascending."""
    ends, at = [], 0
    for head in _END_HEADS.finditer(text):
        here = head.start()
        match = _ENDS[head[0]].match(text, here) if here >= at else None
        if match is None:
            continue
        at = match.end()
        if here and text[here - 1 : at] in _NO_END:
            continue
        if not _WHOLE.search(text, max(0, here - 1), at):
            ends.append(at)
    return sorted({*ends, *(match.end() for match in _CLASS.finditer(text))})


def _starts(text: str, occurred: Span | None) -> Iterator[tuple[int, int]]:
    """Where a place may begin, and the end of its sentence."""
    for sentence in _SENTENCE.finditer(text):
        low, high = sentence.span()
        yield low, high
        if occurred and low <= occurred[1] < high:
            yield occurred[1], high
        for match in _AT.finditer(text, low, high):
            yield match.end(), high


def _candidates(
    text: str, occurred: Span | None, ends: Sequence[int], happenings: Sequence[Span]
) -> Iterator[tuple[Span, bool]]:
    """Phrases that end as places do, and whether the event follows."""
    for count, (begin, high) in enumerate(_starts(text, occurred)):
        if count >= _STARTS:
            return
        limit = min(high, begin + _NEAR)
        lead = _LEAD.match(text, begin, limit)
        start = lead.end() if lead else begin
        stop = min((at for at in (text.find(mark, start, limit) for mark in ",:") if at >= 0), default=limit)
        after = bisect_left(happenings, (start, 0))
        event = happenings[after][0] if after < len(happenings) else len(text)
        stop = min(stop, event)
        last = bisect_right(ends, stop) - 1
        if last < 0 or ends[last] <= start + 1:
            continue
        end = ends[last]
        more = _MORE.match(text, end, stop)
        end = more.end() if more and (more.end() == stop or not more[0][:1].isdigit()) else end
        if 2 <= end - start <= _LONGEST and text.count("(", start, end) == text.count(")", start, end):
            yield (start, end), event - end <= 2


def _score(text: str, span: Span, event: bool, occurred: Span | None, ends: int) -> float:
    start, end = span
    phrase = text[start:end]
    score = 3.0 - start / 120 + 0.7 * min(ends, 5)
    if _NO_PLACE.search(phrase):
        score -= 4
    if _FIGURES.search(phrase):
        score -= 4
    if _STOREYS.fullmatch(phrase):
        score -= 8
    if text[max(0, start - 1) : start] == "(" or text[max(0, start - 2) : start] == "其中" or phrase.startswith("其中"):
        score -= 2
    if phrase in ("医院", "现场", "附近", "高处", "低处", "校园", "邻县", "外地") or _PRONOUN.fullmatch(phrase):
        score -= 6
    if _INNER.search(phrase):
        score -= 4
    if _APART.search(phrase) or _CLAUSE.search(phrase) or _COUNTED.search(phrase) or _ASIDE.search(phrase):
        score -= 8
    if _GENERAL.fullmatch(phrase):
        score -= 3.5 if event and start <= 2 else 6
    if _TREATING.search(phrase) and _BROUGHT.search(phrase):
        score -= 12
    elif _TREATS.search(phrase) and not _HAPPENS_THERE.match(text, end):
        score -= 8
    if _FROM.search(phrase) and _HOME.match(text, end):
        score -= 8  # where people come from
    if _TREATED.match(text, end):
        score -= 6
    if _TAKEN_TO.search(phrase) and (_TREATED_AT.match(text, end) or text[end : end + 1].isdigit()):
        score -= 12
    if re.search(r"(?:在|位于|行至|驶至|于)$", text[max(0, start - 2) : start]):
        score += 1.5
    if occurred and 0 <= start - occurred[1] <= 3:
        score += 2.5
    if event:
        score += 2
    if re.match(r",?(?:发生|一[辆名]|突发|起火|着火)", text[end : end + 6]):
        score += 1.5
    if _ADMINISTRATIVE.search(phrase):
        score += 1.5
    if len(phrase) > 24:
        score -= 3
    if start <= 2 and text.startswith(":", end) and phrase.endswith("医院"):
        score -= 6  # who reports
    if phrase.endswith("医院") and (text[start - 1 : start] == "在" or text[end : end + 1].isdigit()) and not event:
        score -= 4  # where people are now
    if len(phrase) < 4:
        score -= 1.5
    return score
