"""Masked text -> the people told of, in order: a stretch for each head count or single person, parts in wholes.

被困的六个出来四个 are two stretches, 两个没了一个在抢救 two as well: a number stands before what is told, or behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from plans.intake.clauses import measure_end
from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.roll.trees import under_wholes
from plans.intake.roll.words import Told, pattern, told_in

MOST_CLAUSES = 24
_STOPS = "。;!?\n"
_CLAUSE = lazy(r"(?:[^,。;!?\n 、]|、(?!(?:死|亡|[重轻受]?伤|失|被困)(?:亡|者|踪|联)?\d))+")
_HEADS = lazy(
    r" ?(?:个(?!(?:工|大|小|简易|临时|广告|煤气|电线|铁|彩钢)?(?:棚|牌|墙|房|屋|树|杆|塔(?!吊)|坑|箱|瓶|罐|炉)|"
    r"洞|孔|字|词|电话|医院|小时|月|多月|星期|钟头|半|"
    r"乡(?!民|亲)|镇(?!民)|县|市(?!民)|村(?!民|干|医|妇)|楼(?!长)|班(?!主|长)|点|组(?!员|长)|车(?!主|友)|房(?!东|客)|厂(?!长|工)|学校|单位|地方|小区|方向|部门|队(?![长友]|员(?:[受重轻死失被没也牺遇摔擦困]))|警|消防栓)"
    r"(?:人|大人|孩子)?|[人名位例具](?!民|员|均|次|家|手|力)|口(?:人)?|(?<=[俩仨]))"
)
_BARE = lazy(
    r"(?:[死伤亡]|[重轻受]伤|死亡|失[联踪]|被困|遇难|住院|留观|[危病]重|病危|重症|[出在入]院)"
    r"(?:了|的|人数|者)?[: 为是]?$"
)
_BARE_END = lazy(r"(?=[,。;!?\n ()死伤重轻失被活亡]|$)")
_HOUSE = lazy(r"(?:\d{1,3}|[一二两三四五六七八九十])(?:个)?(?:户|家|组|栋|班|村|宿舍|车间|所|处|间)")


def told_people(text: str) -> list[Told] | None:
    """The people of masked text, parts within their wholes; None where a number is not exact."""
    flat: list[Told] = []
    sentence, end = 0, 0
    text = _CHANGED_BY.sub(lambda match: "," * len(match[0]), text)
    if sum(1 for _ in zip(_CLAUSE.finditer(text), range(MOST_CLAUSES + 1), strict=False)) > MOST_CLAUSES:
        return None
    for match in _CLAUSE.finditer(text):
        if any(mark in text[end : match.start()] for mark in _STOPS):
            sentence += 1
        end = match.end()
        counts = _counts(text, match.span())
        if counts is None:
            return None
        for low, high in _stretches(text, match.span(), counts):
            own = [number for number in counts if low <= number.start < high]
            item = told_in(text[low:high], (low, high), own[0] if own else None, sentence)
            if flat and _goes_on(flat[-1], item):
                flat[-1] = _joined(flat[-1], item)
            elif flat and _leads(flat[-1], item):
                joined = _joined(flat[-1], item)
                flat[-1] = replace(
                    joined,
                    many=item.many,
                    counted=item.counted,
                    marks=joined.marks - {"total"} | ({"house"} if "total" in item.marks else set()),
                    every=False,
                )
            elif flat and _of_all(flat[-1], item):
                flat = [_joined(one, item) if _of_all(one, item) else one for one in flat]
            else:
                flat.append(item)
    return under_wholes(_with_added(_led(_summed(flat))))


def _summed(flat: Sequence[Told]) -> list[Told]:
    """张庄2个、李庄1个失联的都回来了: what is told of the last is told of all."""
    items: list[Told] = []
    for item in flat:
        last = items[-1] if items else None
        if (
            last is not None
            and last.many
            and item.many
            and last.counted
            and item.counted
            and _LISTED.search(last.words)
        ):
            if last.span[1] == item.span[0] and not last.states and not last.stated:
                items[-1] = replace(_joined(last, item), many=last.many + item.many)
                continue
        items.append(item)
    return items


_LISTED = lazy(r"(?:个|人|名|位|例|[俩仨])、[^,。;!?\n、]{0,8}$")


def _led(flat: Sequence[Told]) -> list[Told]:
    """隔壁也中招了，两个大人一个小孩: they are those of whom the sentence began to tell."""
    items: list[Told] = []
    lead: Told | None = None
    for item in flat:
        if lead is not None and item.sentence != lead.sentence:
            lead = None
        if item.many is None and not item.every and "new" in item.marks and "none" not in item.marks:
            lead = item
        if item.counted and not item.states - {"care"} and pattern("besides").match(item.words):
            lead = replace(item, marks=frozenset(("new",)), states=frozenset())
            continue  # 除了医院的12个，还包扎了5个
        plain = item.counted and not item.group and not item.marks & {"total", "left", "known", "none"}
        if lead is not None and plain and (not item.stated or item.stated == "light"):
            item = replace(
                item,
                marks=item.marks | {"new"},
                states=item.states | (lead.states & {"ill", "hurt", "care"}),
                facts=item.facts or lead.facts,
            )
            if items and items[-1] is lead:
                items.pop()
        items.append(item)
    return items


def _with_added(flat: Sequence[Told]) -> list[Told]:
    """…两个，…一个，前头没算进去: all of the sentence are more than were known."""
    added = {
        item.sentence
        for item in flat
        if pattern("added").search(item.words) and not pattern("wrongly_in").search(item.words)
    }
    return [
        replace(item, marks=item.marks | {"new"})
        if item.sentence in added
        and item.many
        and (item.counted or item.states)
        and not {"total", "off"} & item.marks
        and "total" not in item.marks
        else item
        for item in flat
    ]


def _counts(text: str, span: Span) -> list[Number] | None:
    """The head counts of a clause; None where one of them is a range."""
    told = []
    for number in numbers(text[slice(*span)]):
        low, high = number.start + span[0], number.end + span[0]
        before = text[max(span[0], low - 6) : low]
        if before.endswith(("第", "跟")):
            continue
        heads = _HEADS.match(text, high) is not None
        bare = _BARE.search(before) is not None and _BARE_END.match(text, high) is not None
        bare = bare or text[high : high + 1] in tuple("死伤亡活")
        bare = (
            bare
            or text[high : high + 2] == "为准"
            or (before[-1:] == "按" and text[high : high + 1] in tuple("报算计"))
        )
        bare = bare or (_TOTAL_END.search(before) is not None and _BARE_END.match(text, high) is not None)
        if not (heads or bare) or _NOT_ONE.match(text, low) or _SOME.search(text, max(span[0], low - 1), high):
            continue
        if number.low != number.high:
            return None
        told.append(number._replace(start=low, end=high))
    return told


_CHANGED_BY = lazy(r"\([+-]?\d{1,4}[人名例个]?\)")
"""死亡19(+2)受伤207: by how much a figure changed."""
_SOME = lazy(r"[那这哪]几$")
_TOTAL_END = lazy(
    r"(?:[扣减去剔刨](?:了|掉|完|除)?(?:后)?(?:还|就|只)?剩|总数|一共|总共|累计|合计|共计|加起来|[升涨增]到|[升增]至)(?:还|也|就)?(?:是|为|有)?$"
)
_NOT_ONE = lazy(
    r"(?<=[没无])(?:有)?[一1]个(?:人)?(?:是)?活|(?<=没有)[一1]个(?:人)?(?:是)?活|"
    r"[一1]个(?:人)?(?:都|也)?[没不](?:少|落|差|缺|有)|[一1]个(?:劲|样)|一人(?:一|手)"
)
_LEAD = lazy(
    r"(?:[、和]|及|与)?(?:(?:还|就|只|仅|尚|目前|现在)*(?:剩下?|差|缺|余)(?:下)?(?:的|了|着)?(?:最后)?|(?:还|尚|仍|只|就|仅|现)?有|"
    r"另(?:外)?(?:的)?(?:有)?|其[余他中]的?(?:有)?|里头?(?:有)?|当中(?:有)?|又|是)$"
)


def _stretches(text: str, span: Span, counts: Sequence[Number]) -> Iterator[Span]:
    """A clause cut so that each stretch has one head count."""
    low, high = span
    if len(counts) < 2:
        yield low, high
        return
    behind = text[_heads_end(text, counts[-1].end) : high]
    cuts = [low]
    for before, number in pairwise(counts):
        if not behind.strip("了呢吧)"):
            cuts.append(_heads_end(text, before.end))
            continue
        lead = _LEAD.search(text, cuts[-1], number.start)
        cuts.append(lead.start() if lead and lead.start() >= _heads_end(text, before.end) else number.start)
    yield from zip(cuts, [*cuts[1:], high], strict=True)


def _heads_end(text: str, at: int) -> int:
    heads = _HEADS.match(text, at)
    return max(heads.end() if heads else at, measure_end(text, at))


def _goes_on(last: Told, item: Told) -> bool:
    """It counts nobody of its own, so that it says more of those before it."""
    if last.sentence == item.sentence and last.many and not item.counted and _IS_WHO.match(item.words):
        return True  # 捞上来一个，是失踪的大副
    more = not (item.counted or item.states or item.group or item.every or item.others or item.marks)
    if last.sentence == item.sentence and last.many and item.many == 1 and more:
        return True  # 少一个，去上游看水尺的
    if item.many is not None or item.every or item.others or item.marks & {"total", "left", "none"}:
        return False
    lost = last.group in ("missing", "trapped") and bool(last.states & {"found", "out"}) and not last.counted
    if last.sentence != item.sentence or (last.many is None and not last.every and not lost):
        return False
    return not item.facts or not {"missing", "trapped"} & set(item.facts)


def _of_all(last: Told, item: Told) -> bool:
    """都是轻伤, 电话都打不通: says of all who were told of in the sentence what became of them."""
    return (
        item.many is None
        and item.every
        and not item.others
        and last.counted
        and last.sentence == item.sentence
        and not last.marks & {"total"}
        and _SAYS_OF_ALL.match(item.words) is not None
    )


_SAYS_OF_ALL = lazy(r"(?:人|电话|手机|目前|现在|已经?|情况|伤势?|也)?(?:都|全|均)")


def _leads(last: Told, item: Told) -> bool:
    """也有人不舒服，7个: of whom is told stands before the number."""
    if last.many is not None or last.every or last.others or "none" in last.marks or last.sentence != item.sentence:
        return False
    if item.many is None or item.group or item.stated or item.marks & {"left", "known"}:
        return False
    if "total" in item.marks:
        return (
            "new" in last.marks and _HOUSE.search(last.words) is not None and bool(last.facts)
        )  # 又发现两户被困，共5人
    if last.states & {"found", "out"} and item.states <= {"fine", "hurt", "stable", "care"}:
        return _ALL_OF.match(item.words) is not None  # 那几个找到了，5个人都好
    return "injuries" in last.facts and not item.states


_IS_WHO = lazy(r"(?:认了,)?(?:就|正|也)?是(?:那个|个)?(?!他们|她们|在)[^,。;!?\n\d]{2,10}$")
_FAILING = lazy(r"(?<!没)不行了$")
_ALL_OF = lazy(
    r"(?:一共)?(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])(?:个|名|位)?(?:人|孩子|学生|工人|老人)?(?:都|全|均|一个)"
)


def _joined(last: Told, more: Told) -> Told:
    states = last.states | more.states
    if "grave" in more.states and "dead" not in more.states and _FAILING.search(last.words):
        states -= {"dead"}  # 突然不行了，送去ICU了
    return replace(
        last,
        states=states,
        group=last.group or (more.group if "grave" not in more.states else ""),
        marks=last.marks | more.marks,
        facts=tuple(dict.fromkeys((*last.facts, *more.facts))),
        words=f"{last.words},{more.words}",
        span=(last.span[0], more.span[1]),
    )
