"""Who is spoken of: listed head counts, nouns that imply a number, people who only came to help."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plans.intake.patterns import lazy
from plans.intake.tokens import Token
from plans.intake.words import CASUALTY, PERSON, RESCUER, SENT
from plans.measures import value_of

_SENT = lazy(rf"(?:{SENT})[^,。;!?\n ]{{0,4}}$")
_RESCUER = lazy(rf"[^,。;]{{0,4}}?(?:{RESCUER})")
_HARMED = lazy(r"[死伤亡困]|抢救|住院|[留院]观|出院|ICU|[轻重]症|病?危")
"""Between two counts: they are no list (3人死和4人中毒)."""
_ARRIVED = lazy(rf"(?:来|到|去|叫|赶来|赶到|到达)了?(?:[^,。;!?\n\d]{{0,4}})(?:{RESCUER})(?:人员)?$")
_NO_MORE = lazy(r"[,。;!? \n]|$")
_WORK = lazy(
    r"赶|赴|出动|组织|投入|参与|展开|前往|搜救|营救|扑救|奋战|协助|抢救|救援|施救|处置|救治|转运|疏散|进行|实施|"
    r"灭火|对伤员|对患者|全力"
)
_AT_RISK = lazy(
    r"[^,。;]{0,14}(?:中|时|期间|途中|后)[^,。;救]{0,6}(?:受伤|负伤|重伤|轻伤|[烧烫砸摔扭灼]伤|牺牲|殉职|遇难|死亡|失联|失踪|被困|受困|"
    r"中毒|晕倒|昏迷|窒息)(?![者员群人])"
)
"""Behind rescuers: it befell them at their work (1名消防员在救援中负伤)."""
_LISTED = lazy(r"□*.{0,6}(?:、|和|与|及|以及)[^,。;]{0,12}")
_SHORT_LIST = lazy(r"[^,。;]{0,6}(?:和|与|及|以及|、)[^,。;]{0,3}")
_WITH = lazy(r"[跟同](?:他|她|俺|我)?(?:家)?")
_TWO = lazy(r"[两双](?:名|方|位|辆|车|客车|货车|轿车)*$")
_MANY = lazy(r"们|都|均|全|多|等")
_BETWEEN_COUNTS = lazy(
    r"(?:[^,。;共有中的]{0,3}|[^,。;共有中的]{0,12}[员者人岁生工师民客童孩子女男长警兵士友属婴妇农安干徒])"
    r"(?:(?:、|/|和|及|与|以及|或)[^,。;共有中的]{0,10})?"
)


_PAIRED = lazy(
    r"(?:老师|教师|大人|成人|家长|司机|男的|男生|男孩|老人|母亲|父亲)[\d一二两三四五六七八九十]{1,3}[个名位]"
    r"(?:学生|孩子|小孩|娃|乘客|女的|女生|女孩|儿童|幼儿)"
)
_UNTOLD = lazy("老人|孩子|小孩|男生|女生|妇女|司机")
_NOUN = lazy(rf"(?:{PERSON}|路人|行人)")
_HARM_FIRST = lazy(r"[死伤亡困倒](?:了|着)?$")
_EACH = lazy(
    r"(?:(?P<listed>[^,。;:\d、和与及]{1,8}(?:(?:、|和|与|及)[^,。;:\d、和与及]{1,8})+)|(?P<few>[两二三四五六])[^,。;:\d]{0,4}|"
    r"(?P<two>男女|师生))各有?$"
)
"""Before a count: how many times it is meant (甲、乙两村各3人, 两车各2人)."""
_EACH_ONE = lazy(r"各有?(\d{1,3}|[一二两三四五六七八九])[名人位例个]")
"""Behind a list: so many of each (医生、护士各一名)."""
_SPACED = lazy(rf"(?:{PERSON}) [^,。; ]{{1,5}}(?:{PERSON})(?: |[,。;!?]|$)")


@dataclass
class Group:
    """People spoken of together: a head count, a list of counts, or a noun that implies a number.

    Args:
        index: unique within a text.
        low, high, stated: bounds and the number as written; high None = unbounded.
        start, end: the words.
        implied: the number follows from the noun; ``unknown``: nobody counted them.
        folk: a noun that says neither one nor several (游客); ``part``: said to be some of others.
        kinds: harms already said of them; ``toll``: so many died or were hurt, together (9人伤亡).
    """

    index: int
    low: int | float
    high: int | float | None
    stated: int | float | None
    start: int
    end: int
    hedged: bool = False
    implied: bool = False
    unknown: bool = False
    folk: bool = False
    part: bool = False
    toll: bool = False
    kinds: list[str] = field(default_factory=list)


def counted(text: str, tokens: Sequence[Token], at: int, index: int, *, harmed: bool = False) -> tuple[Group, int]:
    """A head count together with those listed beside it (2名老师、6名学生; 一男一女), and the token that follows."""
    parts = [tokens[at]]
    scan = at + 1
    while scan < len(tokens):
        ahead = scan
        while (
            ahead < len(tokens)
            and ahead - scan < 4
            and (tokens[ahead].kind in ("one", "folk", "rescuer", "enum", "work") or text[tokens[ahead].start] == " ")
        ):
            ahead += 1
        if ahead >= len(tokens) or tokens[ahead].kind != "count":
            break
        if harmed and _has_its_own(tokens, ahead):
            break  # 失联11人、7人受伤
        between = text[parts[-1].end : tokens[ahead].start]
        listed = any(token.kind == "enum" for token in tokens[scan:ahead])
        if (
            not listed
            and between.endswith(" ")
            and _SPACED.fullmatch(text, parts[-1].end, _noun_end(text, tokens, ahead))
        ):
            listed, between = True, between[:-1] + "、"  # 一个老师 两个学生
        if (
            not listed
            and "" != between
            and _NOUN.fullmatch(between)
            and _HARM_FIRST.search(text, max(0, parts[0].start - 4), parts[0].start)
            and not (
                ahead + 1 < len(tokens)
                and tokens[ahead + 1].start - tokens[ahead].end <= 2
                and tokens[ahead + 1].kind in CASUALTY
            )
        ):
            listed, between = True, between + "、"  # 伤了2名学生1名保安
        if not listed and between and _PAIRED.match(text, parts[0].end):
            listed, between = True, between + "、"  # 1个老师3个学生遇难
        sexes = not between and text[parts[-1].end - 1] in "男女" and text[tokens[ahead].end - 1] in "男女"
        if not (listed or sexes) or not _BETWEEN_COUNTS.fullmatch(between) or _HARMED.search(between):
            break
        parts.append(tokens[ahead])
        scan = ahead + 1
    numbers = [part.number for part in parts if part.number]
    times = _times(text, parts[0].start)
    high = None if any(number.high is None for number in numbers) else sum(number.high or 0 for number in numbers)
    stated = None if any(number.stated is None for number in numbers) else sum(number.stated or 0 for number in numbers)
    group = Group(
        index=index,
        low=times * sum(number.low for number in numbers),
        high=None if high is None else times * high,
        stated=None if stated is None else times * stated,
        start=parts[0].start,
        end=parts[-1].end,
        hedged=any(number.hedged for number in numbers),
    )
    if scan + 1 < len(tokens) and tokens[scan].kind == "enum" and tokens[scan + 1].kind == "one":
        if _SHORT_LIST.fullmatch(text, group.end, tokens[scan + 1].start):  # 3名学生和司机
            more, scan = implied(text, tokens, scan + 1, index)
            group = group if more.unknown else joined(group, more)
    own = scan + 1 if scan < len(tokens) and tokens[scan].kind == "folk" else scan
    if own + 1 < len(tokens) and tokens[own].kind == "enum" and tokens[own + 1].kind == "folk":
        uncounted = own + 2 >= len(tokens) or tokens[own + 2].kind != "count"
        if uncounted and _SHORT_LIST.fullmatch(text, group.end, tokens[own + 1].start):  # 5名幼儿及老师
            group, scan = replace(group, high=None, hedged=True, end=tokens[own + 1].end), own + 2
    return group, scan


def _has_its_own(tokens: Sequence[Token], at: int) -> bool:
    """Right behind a count stands a harm, which has no number behind it."""
    harm, behind = (tokens[step] if step < len(tokens) else None for step in (at + 1, at + 2))
    if harm is None or harm.kind not in CASUALTY or harm.start - tokens[at].end > 1:
        return False
    return behind is None or behind.kind != "count" or behind.start > harm.end


def _times(text: str, start: int) -> int:
    each = _EACH.search(text, max(0, start - 40), start) if "各" in text[max(0, start - 2) : start] else None
    if each is None:
        return 1
    if each["few"]:
        return max(2, "一二三四五六".find(each["few"]) + 1)
    return 2 if each["two"] else 1 + len(re.findall("[、和与及]", each["listed"]))


def _noun_end(text: str, tokens: Sequence[Token], at: int) -> int:
    """The end of the clause that begins with a count, at most a few characters behind it."""
    end = tokens[at].end
    stop = min((found for mark in " ,。;!?" if (found := text.find(mark, end, end + 8)) >= 0), default=len(text))
    return min(stop + 1, len(text))


def portion_of(group: Group, share: tuple[float, float]) -> Group:
    """So much of a group; ``share``: how much of it at least and at most."""
    if group.high is None:
        return group
    low, high = share[0] * group.low, share[1] * group.high
    return replace(group, low=max(1, math.floor(low)), high=max(1, math.ceil(high)), stated=None, hedged=True)


def joined(first: Group, second: Group) -> Group:
    """Both together, as one group."""
    return replace(
        second,
        low=first.low + second.low,
        high=None if first.high is None or second.high is None else first.high + second.high,
        stated=None if first.stated is None or second.stated is None else first.stated + second.stated,
        start=min(first.start, second.start),
        end=max(first.end, second.end),
    )


def implied(text: str, tokens: Sequence[Token], at: int, index: int) -> tuple[Group, int]:
    """People whose number follows from the noun: 司机 is one, 母子 are two, 老人和女孩 are two, 多人 is uncounted."""
    first = tokens[at]
    if first.kind == "some":
        return Group(index=index, low=1, high=None, stated=None, start=first.start, end=first.end, unknown=True), at + 1
    if (
        first.kind == "one"
        and text[first.start - 1 : first.start] == "有"
        and _UNTOLD.fullmatch(text, first.start, first.end)
    ):
        group = Group(index=index, low=1, high=None, stated=None, start=first.start, end=first.end, unknown=True)
        return group, at + 1  # 有老人被困: one or several?
    low, last, scan = (2 if first.kind == "pair" else 1), first, at + 1
    while scan < len(tokens):
        ahead = scan + 1 if tokens[scan].kind == "enum" else scan
        if ahead >= len(tokens) or tokens[ahead].kind not in ("one", "pair", "folk"):
            break
        if ahead > scan and _LISTED.fullmatch(text[last.end : tokens[ahead].start]):
            low += 2 if tokens[ahead].kind == "pair" else 1
        elif _WITH.fullmatch(text, last.end, tokens[ahead].start):
            low += 2 if tokens[ahead].kind == "pair" else 1  # 老薛跟婆娘
        elif text[last.end : tokens[ahead].start]:
            break  # 司机王某 is one person, 男子 … 女子 are not a list
        elif tokens[ahead].kind == "pair":
            low = max(low, 2)  # 店主夫妇
        last, scan = tokens[ahead], ahead + 1
    if low == 1 and _TWO.search(text, max(0, first.start - 5), first.start):
        low = 2
    each = _EACH_ONE.match(text, last.end)
    each_number = value_of(each[1]) if each else None
    if each and each_number:  # 医生、护士各一名
        while scan < len(tokens) and tokens[scan].start < each.end():
            scan += 1
        number, end = low * each_number, each.end()
        return Group(index=index, low=number, high=number, stated=number, start=first.start, end=end), scan
    unknown = low == 1 and _MANY.match(text, last.end) is not None
    return (
        Group(
            index=index,
            low=low,
            high=None if unknown else low,
            stated=None if unknown else low,
            start=first.start,
            end=last.end,
            implied=True,
            unknown=unknown,
            folk=first.kind == "folk",
        ),
        scan,
    )


def helpers(text: str, group: Group, end: int) -> bool:
    """Rescuers at work are no casualties (60名消防员赶到现场, 出动30人); those hurt at work are (2名消防员牺牲)."""
    if _SENT.search(text, max(0, group.start - 8), group.start):
        return True
    if _ARRIVED.search(text, max(0, group.start - 10), group.start) and _NO_MORE.match(text, group.end):
        return True  # 来了医护19人
    if not _RESCUER.match(text, group.end) or _AT_RISK.match(text, group.end):
        return False
    return _WORK.search(text, group.end, max(end, group.end)) is not None
