"""The most specific place that the text names; schools and units that the caller knows come first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plans.intake.reading import Span

_INSIDE = (
    r"(?:的|内的?|里的?|校园|校区|院内|[一二三四五六七八九十\d]{1,3}(?:号|层|楼|年级|班|单元|栋|幢|期)+|[东南西北中]?(?:侧|区|门|院|楼)|男|女|学生|教职工|教师|"
    r"宿舍楼?|教学楼|实验楼|图书馆|食堂|餐厅|操场|体育馆|体育场|礼堂|报告厅|楼梯间?|楼道|走廊|厕所|卫生间|浴室|教室|办公室|实验室|锅炉房|配电室|车间|厂房|仓库|门口|大门|"
    r"附近|旁边?|对面|门前|路口|地下室|天台|楼顶|泳池|游泳馆|停车场|工地|码头|站台|站厅|候车厅|隧道|区间|机房|罐区)+"
)
_AFTER_NAME = re.compile(_INSIDE)
_SUFFIX = (
    r"自治区|自治州|自治县|特别行政区|省|市(?!民|政|场监|委|长|教|公|消|卫|应|区委)|州(?!长)|盟|旗|县(?!委|长|政)|区(?!委|长|政|教|公|消|卫|应)|镇(?!政|长|委)|乡(?!政|长)|村(?!民|委|支)|屯|街道|社区|小区|新村|花园|家园|公寓|"
    r"大街|大道|公路|高速|国道|省道|路段|路口|交叉口|交汇处|路|街|巷|胡同|弄|号楼|号院|号|楼|大厦|广场|商场|商贸城|超市|市场|酒店|宾馆|饭店|餐馆|餐厅|酒吧|网吧|店|厂|工厂|公司|集团|车间|仓库|工地|项目|"
    r"矿区|煤矿|矿|井|学校|中学|小学|大学|学院|幼儿园|幼稚园|宿舍|食堂|教室|校园|校区|操场|楼梯|走廊|厕所|体育馆|图书馆|实验室|浴室|泳池|医院|卫生院|疗养院|养老院|教堂|清真寺|寺|庙|车站|火车站|地铁站|加油站|"
    r"收费站|服务区|站(?!立|着|起)|机场|港|码头|渡口|桥|隧道|水库|湖|江段|河段|河谷|河|江|海域|海滩|海|湾|岛|山(?!体)|峡|沟|池塘|段|处|附近|境内|门前|门口|方向|营地|军营|基地|大楼|民宅|民房|居民楼|住宅|"
    r"商住楼|宅|作坊|大院|院|线|景区|公园|园|首都|城|地区|东部|西部|南部|北部|中部|边境|车厢|平台|隧洞|一带|现场附近|府|动物园|售票厅|候车厅|房间|家中|家里|核潜艇|油轮|客轮|列车"
)
_REGION = (
    r"北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|"
    r"中国|美国|英国|法国|德国|日本|韩国|朝鲜|俄罗斯|印度尼西亚|印尼|印度|巴基斯坦|阿富汗|伊拉克|伊朗|叙利亚|以色列|土耳其|埃及|泰国|越南|缅甸|老挝|柬埔寨|菲律宾|马来西亚|新加坡|斯里兰卡|孟加拉国|"
    r"尼泊尔|墨西哥|巴西|智利|秘鲁|阿根廷|加拿大|澳大利亚|新西兰|意大利|西班牙|葡萄牙|希腊|荷兰|比利时|瑞士|瑞典|挪威|芬兰|丹麦|波兰|乌克兰|尼日利亚|肯尼亚|南非|索马里|也门|约旦|黎巴嫩|沙特|利比亚|阿尔及利亚"
)
_HAS_SUFFIX = re.compile(rf"{_SUFFIX}|{_REGION}")
_ADMINISTRATIVE = re.compile(rf"[省市县区镇乡村州]|街道|社区|{_REGION}")
_LEAD = re.compile(
    r"^(?:(?:在|于|位于|地处|发生在|发生于|从|行至|驶至|行驶至|途经|途径|经过|其中|据悉|据了解|据介绍|目前|一名|因此|随后|当时|称|我国|就在|并在|,|的|，|突发|悲痛|热点|最新|快讯|痛心|惨剧)[!！:：|｜丨]?)+"
)
_TRIGGER = re.compile(
    r"(?:先后|接连|连续|再次|又|突然|昨|今|已|当天|当日|凌晨|清晨|上午|下午|晚上|晚)*(?:发生|突发|起火|着火|失火|爆炸|坍塌|垮塌|倒塌|垮了|塌了|相撞|追尾|侧翻|翻车|坠落|坠毁|坠楼|坠河|坠江|溺|落水|遭遇|遭|遇袭|"
    r"袭击|枪击|开枪|触电|漏电|踩踏|地震|暴雨|登陆|滑坡|失联|失踪|出现|闪爆|爆燃|一声巨响|传来|燃起|冒出|突起|突降|有人|强龙卷风|龙卷风|大火|火灾|火警|火势|因|被|煤气中毒|食物中毒|疑似|中毒|打架|斗殴|一[辆名列艘架位男女伙]|大雨|山洪|洪水|台风|停电|现|已|"
    r"(?:共)?[两三四五六七八九十多\d]+(?:多|余)?(?:名|辆|人|位|车|艘|个孩子|个学生)|致|发现|挡墙|顶板|楼顶|屋顶|汽车)"
)
_BAD = re.compile(
    r"记者|消息|报道|讯|电\(|新华|中新|发言人|获悉|局长|消防(?!通道)|公安|支队|大队|中队|赶赴|赶到|书记|医院收治|官员|指挥中心|据|通报|警方|医护|经过|救治|送往|政府|责任|司机|驾驶|乘客|高度重视|分钟|人员|学生|时间|"
    r"情况|原因|什么|这些|紧邻|都市报|晚报|日报|我们|他们|他|她|人大|委员会|新闻"
)
_NAME = re.compile(r"[一-龥]{2,6}(?<![的了在是有与和被把将对从向为])")
_PIECE = re.compile(r"[^。;!?\n]+")
_AT = re.compile(r"(?:发生在|发生于|位于|坐落于|行至|驶至|行驶至|行驶到|行经|途经|地点在|地点为|地点:|在|从)")


def place(text: str, original: str, names: Sequence[str], occurred: Span | None) -> tuple[str, Span] | None:
    """The place of the event with its span in normalised text; None when the text names none.

    Args:
        text: normalised text.
        original: the text as given.
        names: school, unit and place names known to the caller; these win over guesses.
        occurred: span of the time of occurrence, beside which a place is likely.
    """
    known = _known(text, names)
    if known:
        return known
    best: tuple[float, int, int] | None = None
    for start, end in _candidates(text, occurred):
        score = _score(text, start, end, occurred)
        if score > 0 and (best is None or score > best[0]):
            best = (score, start, end)
    return (original[best[1] : best[2]], (best[1], best[2])) if best else None


def _known(text: str, names: Sequence[str]) -> tuple[str, Span] | None:
    found: tuple[int, int, str] | None = None
    for name in names:
        at = text.find(name) if len(name) > 1 else -1
        if at >= 0 and (found is None or len(name) > len(found[2]) or (len(name) == len(found[2]) and at < found[0])):
            found = (at, at + len(name), name)
    if found is None:
        return None
    start, end, name = found
    more = _AFTER_NAME.match(text, end)
    if more:
        end = start + len(text[start : more.end()].rstrip("的"))
    return text[start:end], (start, end)


def _candidates(text: str, occurred: Span | None) -> list[Span]:
    spans: list[Span] = []
    for sentence in _PIECE.finditer(text):
        if len(spans) > 400:
            break
        low, high = sentence.span()
        starts = {low}
        for match in re.finditer(r"[,: ]", text[low:high]):
            starts.add(low + match.end())
        for match in _AT.finditer(text, low, high):
            starts.add(match.end())
        if occurred and low <= occurred[1] <= high:
            starts.add(occurred[1])
        for start in sorted(starts):
            spans += _ending(text, start, high)
    return spans


def _ending(text: str, start: int, high: int) -> list[Span]:
    limit = min(high, start + 60)
    lead = _LEAD.match(text[start:limit])
    if lead:
        start += lead.end()
    stop = limit
    for mark in ",:!?;。":
        at = text.find(mark, start, limit)
        if 0 <= at < stop:
            stop = at
    trigger = _TRIGGER.search(text, start, stop)
    end = trigger.start() if trigger else stop
    if end - start < 2:
        return []
    ends = [match.end() for match in _HAS_SUFFIX.finditer(text, start, end)]
    if not ends:
        bare = trigger and 2 <= end - start <= 6 and _NAME.fullmatch(text, start, end)
        return [(start, end)] if bare else []
    last = ends[-1]
    tail = text[last:end]
    more = re.match(
        r"[\dＫK+.-]*(?:公里|米|千米)?(?:处|段)?(?:\([^()]{0,20}\))?(?:附近|旁边?|内|里|上|一带|境内|东侧|西侧|南侧|北侧)?",
        tail,
    )
    if more:
        last += more.end()
    return [(start, last)] if 2 <= last - start <= 50 else []


def _score(text: str, start: int, end: int, occurred: Span | None) -> float:
    phrase = text[start:end]
    score = 3.0 - start / 120
    score += 0.7 * min(len(_HAS_SUFFIX.findall(phrase)), 5)
    if _BAD.search(phrase):
        score -= 4
    if re.search(r"\d+年|\d+月|\d+日|\d+时", phrase):
        score -= 3
    before = text[max(0, start - 4) : start]
    if before.endswith(("在", "位于", "行至", "驶至", "于")):
        score += 1.5
    if occurred and 0 <= start - occurred[1] <= 3:
        score += 2.5
    trigger = _TRIGGER.match(text, end)
    if trigger:
        score += 2
    if re.match(r",?(?:发生|一[辆名]|突发|起火|着火)", text[end : end + 6]):
        score += 1.5
    if _ADMINISTRATIVE.search(phrase):
        score += 1.5
    if len(phrase) < 4:
        score -= 1.5
    if re.search(r"\d{4}-|\d:\d|电$|讯$", phrase):
        score -= 4
    if text[max(0, start - 1) : start] in ("(",):
        score -= 2
    return score
