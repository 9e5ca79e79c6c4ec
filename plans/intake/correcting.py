"""What a writer takes back in the same breath: 困了3个人，不对是5个; 不是4个，算6个; 前报死亡2人有误，应为死亡1人."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from plans.intake.clauses import facts_of
from plans.intake.numerals import HEADS, match_at, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.recounting import told_anew, without_some
from plans.intake.tokens import word_at
from plans.intake.words import CASUALTY, PERSON

_ONE = r"(?:\d{1,4}|好几|几|[零一二两三四五六七八九十百俩仨廿卅]{1,4})[余多来]?"
_N = rf"(?:(?:{_ONE}[个人名]?(?:或者?|、| ?[-~—至到] ?))?{_ONE})"
_UNIT = r"(?:个人|[个人名位例口具号]|$)?"
MEASURE = lazy(r" ?(?:个人|号人|口人|[个人名位例口具号])")
"""Behind a number of people."""
_HEDGE = lazy(r"是|为|大概|大约|差不多|约|至少|最少|起码|最多|至多|不到|不足|超过|不止|将?近|可能|应该|好|有|共")
_WHO = lazy(rf"(?:(?:[\d一二三四五六七八九十]{{1,3}}[多来几]?岁(?:左右)?的?)?(?:{PERSON})(?:们)?)?")
"""Behind a number: whom it counts."""
_NOUN = lazy(rf"(?:{PERSON})$")
_MARKER = lazy(
    r"(?:不对不对|不对|[搞弄记数报]错了|错了|说错了?|写错了?|打错了?|更正一?下?(?![为至成到])|纠正一?下?(?![为至成])|"
    r"[啊哦噢]不(?!对)|不不|改一下|订正|(?<=[,。 !])不(?=,)"
    r"|(?<=[-—,。! ])(?:等[下等会]|等一下|慢着|且慢)"
    r"(?=[,。! ]{1,2}[^,。;!?\n\d]{0,6}[是有]?(?:\d|[两二三四五六七八九十]))"
    r"(?:[,。! ]{1,2}[^,。;!?\n\d]{0,6}(?:说|讲|报|数)(?:的|了|过|是)?)?)"
    r"[,:。! ]{0,2}(?:应该?|其实|实际)?(?:是|为)?",
    sparse=True,
)
_RECOUNTED = lazy(
    r"(?:(?:等[下等]|等一下|稍等|刚刚?才?|前面|上面|上一?条|之前|我|又),?){0,3}"
    r"(?:(?:[数说写打报搞弄记点算]错|写反|口误|手误|[多少错漏]报|报[多少漏]|漏[数报]?|数漏)(?:了|的)?|"
    r"(?:重新|再|又)(?:数|点|核|清点|统计|核对|核实)(?:了|过)?(?:一[遍下])?|(?:刚|现|经|已)?(?:核对|核实|清点|复核|查实)(?:过|后|完|了)+)"
    r"[,:。! ]{0,2}(?:现在?|目前|应该?|其实|实际上?)*(?:只有|就|是|为|有)+|"
    r"(?:[数说写打报搞弄记点算]错|口误|手误)了?[,:。! ]{0,2}(?:应该?|其实|实际)?(?=[\d一二两三四五六七八九十])|"
    r"改[成为]",
    sparse=True,
)
"""Words that take a number back only where a number of people alone follows (改成2人, 重新数了是5个)."""
_ALONE = lazy(rf"(?P<gap>)(?P<n>{_N})(?: ?(?:个人|[个人名位例口具]))?(?=[,。;!?\n)]|$)")
_SLIP = lazy(
    rf",(?:应该?|其实|实际)?(?:是|为)(?={_N}(?: ?(?:个人|[个人名位例口具]))?[,。(]"
    r"(?:刚才?|前面|上面|我|是)*(?:手误|口误|[打写说数记报]错))",
    sparse=True,
)
"""死了8个，应该是4个，刚才手误: that it was a slip is said behind the new number."""
_BEFORE = lazy(
    rf"(?P<n>{_N}) ?(?:个人|[个人名位例口具号]|(?<=[俩仨]))(?:[\d一二三四五六七八九十]{{1,3}}[多来几]?岁)?"
    r"[^,。;!?\n\d]{0,12}"
    r"(?:,(?:120|110)?[^,。;!?\n\d一二两三四五六七八九十几俩仨]{1,10})?$|"
    rf"(?:(?<=[死伤重轻困亡踪联热毒埋吐泻病难])|(?<=[死伤困亡埋没吐踪联]了))(?P<m>{_N})$"
)
_BEHIND = lazy(
    rf"(?P<gap>[^,。;!?\n\d]{{0,4}}?(?:\(\d{{1,2}}\))?[^,。;!?\n\d]{{0,8}}?)(?P<n>{_N})(?![日月点时分栋楼班年级组车(]|号(?!人))"
)
_NOT = lazy(
    rf"(?:不是|唔系|唔是|冇)(?:说)?[^,。;!?\n]{{0,6}}?{_N}{_UNIT}(?:(?!是{_N})[^,。;!?\n ]{{0,4}}(?=[,。;!?\n ]|$))?"
    r"|不是(?:没有|没|无)(?:人员)?伤亡",
    sparse=True,
)
_NOT_SO = lazy(
    r",(?:不是|并非)(?P<n>[^,。;!?\n]{1,12}?),?(?:而|应该|应)?是(?=[^,。;!?\n]{0,4}[\d一二两三四五六七八九十廿卅好几俩仨])",
    sparse=True,
)
_RETRACTED = lazy(r"撤回|作废|收回|不算数|别算|先不算", sparse=True)
_ANY_NUMBER = lazy(_ONE)
_WRONG = lazy(
    r"(?:有误|不准确?(?![备许])|是错的|报错了?|弄错了?|搞错了?|不实)[,。\n]?"
    r"(?=(?:应为|应是|实为|实际为?|是|经核实|现核实|核实后|现在核实)(?P<now>[^,。;!?\n]{2,24}))",
    sparse=True,
)
_WRONG_BEFORE = lazy(rf"[^,。;!?\n]{{0,20}}{_N}[^,。;!?\n\d]{{0,20}}$")
_REPLACED = lazy(
    r"(?:昨天|昨晚|前面|之前|刚才|原来|原先|此前|上次|早上|上午|下午|中午|[原前初])(?:我们?)?(?:报|说|上报|通报|报告)(?:的|过|了)?"
    rf"(?:[^,。;!?\n]{{0,8}}?{_N}[^,。;!?\n]{{0,6}}){{1,4}}[,。; ](?:今天|现在|现|目前|最新|今)?(?:已)?"
    r"(?:更新|更正|改|调整|修正|变更|核实)[为成后]{1,2}(?:是)?",
    sparse=True,
)
"""昨天报的死1伤5，今天更新为死2伤6."""
_SETTLED = lazy(r"[以按][^,。;!?\n\d]{1,10}?(?:为准|来|算)", sparse=True)
_BY_SOURCES = lazy(
    rf"(?:[\u4e00-\u9fa5]{{1,6}}?(?:上报|报上来|报|登记|统计)(?:的|是|了)?[^,。;!?\n\d]{{0,4}}?{_N}[^,。;!?\n\d]{{0,3}}[,;、]){{2,4}}"
    r"[^。!?\n\d]{0,30}?(?:以|按)[^,。;!?\n\d]{1,10}?(?:为准|来|算)[,:]?"
)
"""门卫报伤7，后勤报伤9，…以卫生所登记为准，: what each of them says gives way to the figure that follows."""
_LABEL = lazy(
    r"[,: ]?(?P<unit>(?!死|伤|受伤|失|被|困|埋|中毒|发|应|现|目|实|最|是|为|有|重|轻)[\u4e00-\u9fa5A-Z]{2,8}?)"
    r"(?:有|是|的|那边|这边)?"
    r"(?=死|伤|受伤|失[联踪]|被?困|埋|中毒|发[热烧]|呕吐|腹泻|重伤|轻伤|\d|[一二两三四五六七八九十])"
)
_LEAD = ",。!; (.…—-哦噢啊呃唉哎"
_LEAD_WORDS = lazy(r"(?:刚刚|刚才?|前面|上面|上一?条|之前|等下|等等|等一下|稍等|[我又])$")
_LED = 3
_NEAR, _FAR = 12, 120
_ENOUGH = 16
"""Corrections that are looked at, so that a hostile text stays cheap."""
_STOP = ",。;:!?\n"


class Correction(NamedTuple):
    """A number that is taken back for another one.

    Args:
        old: the number with its unit and whom it counts.
        number: where the number begins; a noun may stand before it.
        mark: the words that take it back (，不对，是); behind them stands the new number.
        harm: a harm stands between the two, which is that of the new number too.
    """

    old: Span
    number: int
    mark: Span
    harm: bool


def _correction(text: str, old: Span, start: int, end: int) -> Correction:
    low = next((at for at in range(max(0, old[0] - 6), old[0]) if _reaches(text, at, old[1])), old[0])
    noun = _NOUN.search(text, max(0, low - 5), low)
    number, low = low, noun.start() if noun else low
    unit = MEASURE.match(text, old[1])
    high = unit.end() if unit else old[1]
    who = _WHO.match(text, high)
    high = who.end() if who else high
    return Correction((low, high), number, (start, end), _harmed(text, high, start))


def _reaches(text: str, at: int, end: int) -> bool:
    """A numeral with its hedge begins here and goes on to there (不到10, 十几)."""
    match = match_at(text, at) if text[at] in HEADS else None
    return match is not None and match.end() >= end


def _told_anew(text: str, at: int) -> bool:
    """A harm follows the new number in its clause."""
    unit = MEASURE.match(text, at)
    at = unit.end() if unit else at
    return _harmed(text, at, min(_clause_end(text, at), at + 12))


def named_unit(text: str, at: int, before: str) -> Span | None:
    """东村伤3人，西村伤5人，不对，西村伤4人: the clause before the correction of the unit that the new figure names."""
    label = _LABEL.match(text, at)
    if label is None or label["unit"] not in before:
        return None
    low = before.rfind(label["unit"])
    ends = [found for mark in ",;。!?\n" if (found := before.find(mark, low)) >= 0]
    return low, min(ends, default=len(before))


def _clause_end(text: str, at: int) -> int:
    return min((found for mark in _STOP if (found := text.find(mark, at)) >= 0), default=len(text))


def _of_others(old: str, new: str) -> bool:
    """死2人，伤7人，打错了，死7人: what is told anew takes back nothing of the clause before it."""
    was, now = facts_of(old), facts_of(new)
    return bool(was and now) and not set(was) & set(now)


def _harmed(text: str, start: int, end: int) -> bool:
    """A harm stands there, so that the new number needs none of the old one."""
    return any((word := word_at(text, at)) is not None and word.kind in CASUALTY for at in range(start, end))


def _told_before(text: str, match: re.Match[str]) -> Span | None:
    """Where the number stands that 不是… names again."""
    named = next(numbers(match["n"]), None)
    if named is None:
        return None
    low = max(0, match.start() - 24)
    for number in reversed(list(numbers(text[low : match.start()]))):
        if (number.low, number.high) == (named.low, named.high):
            return low + number.start, low + number.end
    return None


def _led_up(text: str, at: int) -> int:
    """Where the words begin that lead up to a correction: 。刚才, ，啊, ，等下，."""
    start = at
    for _ in range(_LED):
        while start and text[start - 1] in _LEAD and at - start < _NEAR:
            start -= 1
        words = _LEAD_WORDS.search(text, max(0, start - 4), start)
        if words is None:
            break
        start = words.start()
    return start


def corrections(text: str) -> Iterator[Correction | Span]:
    """Numbers of normalised text that are taken back, or all of a clause that is told anew."""
    taken: set[int] = set()
    marks = ((_SLIP, _ALONE), (_RECOUNTED, _ALONE), (_MARKER, _BEHIND))
    for match, behind in (
        (m, new.match(text, m.end())) for mark, new in marks for m in islice(mark.finditer(text), _ENOUGH)
    ):
        start = _led_up(text, match.start())
        before = _BEFORE.search(text, max(0, start - 36), start)
        if before is None or behind is None:
            continue
        low, high = before.span("n") if before["n"] else before.span("m")
        if low in taken or text[low - 1 : low] in ("从", "由"):
            continue  # by another row of words; 从1人改为3人 is told as it changed, and read so
        taken.add(low)
        harm = _harmed(text, *behind.span("gap"))
        if harm or len(_HEDGE.sub("", behind["gap"])) >= 2 or _told_anew(text, behind.end()):
            stop = max(text.rfind(mark, max(0, low - 20), low) for mark in _STOP + "、")
            low = stop + 1 if stop >= 0 or low <= 20 else low
            first = max(0, start - _FAR)
            unit = named_unit(text, match.end(), text[first:start])
            elsewhere = unit is not None and first + unit[1] <= low
            if not elsewhere and not _of_others(
                text[low:start], text[behind.start() : _clause_end(text, behind.end())]
            ):
                yield low, match.end()
        else:
            yield _correction(text, (low, high), start, match.end())
    for number, mark in without_some(text):
        if number[0] not in taken:
            taken.add(number[0])
            yield _correction(text, number, *mark)
    for match in islice(_NOT_SO.finditer(text), _ENOUGH):
        old = _told_before(text, match)
        if old is not None:
            yield _correction(text, old, match.start(), match.end())


def _retracted(text: str) -> Iterator[Span]:
    """The clause with a number that 撤回 or 作废 ends or follows."""
    matches = list(_RETRACTED.finditer(text))
    told = [number.start() for number in _ANY_NUMBER.finditer(text)] if matches else []
    if not told:
        return
    stops = [at for at, char in enumerate(text) if char in _STOP]
    looked: dict[int, int] = {}
    for match in matches:
        low = match.start()
        for _ in range(2):
            before = bisect_left(stops, low - 1)
            low = stops[before - 1] + 1 if before else 0
            if _of_before(text, low, match.start(), looked):
                break  # 骨折3个，擦伤8个，上午报的数作废: those of before are taken back, not these
            if bisect_left(told, low) < bisect_left(told, match.start()):
                yield low, match.end()
                break


def _of_before(text: str, low: int, end: int, looked: dict[int, int]) -> bool:
    """Whether figures of before are named between two places.

    Args:
        looked: of each first place from where on they were not yet looked for, so that each stretch is searched once.
    """
    found = FIGURES_OF_BEFORE.search(text, looked.get(low, low), end)
    unread = max(low, end - _LONGEST)
    looked[low] = min(found.start(), unread) if found is not None else unread
    return found is not None


FIGURES_OF_BEFORE = lazy(
    r"(?:上午|早上|中午|下午|昨[天晚]|之前|先前|前面|刚才|原来|前[一次]?|旧|老)[^,。;!?\n\d]{0,3}(?:数字?|口径|表格?|台账|名单)[^,。;!?\n\d]{0,2}(?:$|作废|撤)"
)
"""What is taken back behind these words was told in another message."""
_LONGEST = 16
"""Characters, more than they have."""


def withdrawn(text: str) -> Iterator[Span]:
    """Spans of normalised text that their writer takes back."""
    for item in corrections(text):
        if not isinstance(item, Correction):
            yield item
        elif item.harm:
            yield item.old
            yield item.mark
        else:
            yield item.old[0], item.mark[1]
    yield from _retracted(text)
    yield from told_anew(text)
    for match in _NOT.finditer(text):
        yield match.span()
    for match in islice(_BY_SOURCES.finditer(text), _ENOUGH) if _SETTLED.search(text) else ():
        if _told_anew(text, match.end()) and _ANY_NUMBER.search(text, match.end(), match.end() + _NEAR):
            yield match.span()
    for match in _REPLACED.finditer(text):
        if _told_anew(text, match.end()):  # else the new number needs the harm of the old one
            yield match.span()
    for match in islice(_WRONG.finditer(text), _ENOUGH):
        if not (_ANY_NUMBER.search(match["now"]) and _harmed(text, *match.span("now"))):
            continue
        low = max(text.rfind(mark, max(0, match.start() - 40), match.start()) for mark in _STOP) + 1
        if _WRONG_BEFORE.search(text, max(low, match.start() - 30), match.start()):
            yield low, match.end()
