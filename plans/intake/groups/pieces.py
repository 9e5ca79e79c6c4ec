"""A clause cut so that each piece tells of one person or group: 死2|伤5, 6人失联|找回2人."""

from __future__ import annotations

from typing import NamedTuple

from plans.intake.groups.befell import STRIKING, befell
from plans.intake.groups.refs import BOTH, ORDINAL, Ref, refs_of
from plans.intake.patterns import lazy
from plans.intake.person_words import lots_of
from plans.intake.reading import Span

_WITH_HIM = lazy(r"[他她我俺](?:自己)?[和跟与同](?:他|她|我|俺)?$")
_TOGETHER = lazy(r"(?:[^,。]{0,4})?(?:都|全|俩|两|双双|一起)")
_WITHIN = lazy(r"[里中有含]")
_AGENT = lazy(r"[被让叫给遭由经跟和向找等怪听据问替帮归]$|(?:通知|告诉|联系|打给|转告)$")
_TOLD_ANEW = lazy(r"[死伤亡困埋]|总|共|合计")
"""Between two numbers: another harm, or the sum of all (东坪村困了7人、总共困了16人)."""
_AND = lazy(
    r"(?:[和跟与及同、加]|以及|还有|连同|带着?|领着?|抱着)(?:他|她|我|俺|那|这|一个|一名|一位|[^,。;!?\n\d、]{0,5})$"
)
_OF = lazy(r"的(?!时候|话|那个|那位|[,。;])|家(?!长|里)|[们说讲报:]")
_VEHICLE = lazy(r"(?<![头第前])[一两1-9][辆台艘架]$")
_NEAR = _NEAR_HARM = 5


class Piece(NamedTuple):
    """A stretch of a clause, and those of whom it tells; without them it goes on with those before."""

    span: Span
    ref: Ref | None


def pieces(text: str, span: Span) -> list[Piece]:
    """A clause cut so that each piece tells of one person or group."""
    low, high = span
    joined = _joined(text, low, high)
    refs = _with_nouns(text, high, joined) if joined else []
    if not refs:
        return [Piece(span, None)]
    return _cut(text, span, refs)


_OF_ALL = lazy(r"连[^,。;!?\n\d]{1,6}[带和共]")
"""连司机带客五个: the number is that of all."""


def _cut(text: str, span: Span, refs: list[Ref]) -> list[Piece]:
    """What befell people stands behind them (3人死亡), or right before their number (死3人)."""
    low, high = span
    starts, ends = [ref.start for ref in refs], [ref.end for ref in refs]
    behind = [*starts[1:], high]
    singly = len(refs) > 1 and all(ref.many == (1, 1) and not ref.noun for ref in refs if ref.kind != "rest")
    taken = False
    for at in range(len(refs) - 1, -1, -1):
        stop = ends[at] if taken else behind[at]
        before = low if at == 0 else ends[at - 1]
        mark = text.rfind("、", before, starts[at]) if at else -1
        parted = at > 0 and (mark == before or (mark > before and bool(befell(text[before:mark]))))
        if parted:
            before = behind[at - 1] = mark  # 六年级4个孩子受伤、四年级有3个受伤
        near = max(before, starts[at] - _NEAR_HARM)
        behind_them = {} if taken else befell(text[ends[at] : stop])
        alive = behind_them.keys() == {"well"} and "out" in befell(text[near : starts[at]])  # 捞上来4个活的
        own = bool(behind_them) and not alive
        taken = (
            not own
            and at > 0
            and not singly
            and refs[at].kind == "count"
            and bool(befell(text[near : ends[at]]) or STRIKING.search(text, near, starts[at]))
        )
        if parted:
            starts[at], taken = mark + 1, False
        elif taken or at == 0:
            starts[at] = before if at == 0 else _own_words(text, before, starts[at])
        behind[at] = stop
    return [Piece((start, end), ref) for start, end, ref in zip(starts, behind, refs, strict=True)]


def _own_words(text: str, low: int, high: int) -> int:
    """Where the words before a number begin that are not of those before: 6人失联|找回2人, but 工人|死2个."""
    nearest = next((at for at in range(high - 1, max(low, high - _NEAR_HARM) - 1, -1) if befell(text[at:high])), low)
    return nearest if nearest > low and befell(text[low:nearest]) else low


def _joined(text: str, low: int, high: int) -> list[Ref]:
    """Those of a clause, without who is only named in passing; those joined by 和 are one group."""
    refs: list[Ref] = []
    for ref in refs_of(text, low, high):
        last = refs[-1] if refs else None
        beside = (
            last is not None
            and not ORDINAL.match(ref.noun)
            and not _WITHIN.search(text, last.end, ref.start)
            and _AND.fullmatch(text, last.end, ref.start) is not None
            and not lots_of(text[last.end : ref.start])
            and not _TOLD_ANEW.search(text, last.end, ref.start)
        )
        if ref.kind == "one" and last is None and (him := _WITH_HIM.search(text, low, ref.start)):
            if _TOGETHER.match(text, ref.end, high):
                refs.append(Ref(him.start(), ref.end, (2, 2), "count", him[0][0] + "、" + ref.noun))
            continue
        if ref.kind == "one" and _VEHICLE.search(text, max(low, ref.start - 3), ref.start):
            continue  # 让一辆拉沙的蹭了
        if ref.kind == "one" and (
            _OF.match(text, ref.end, high)
            or (not beside and _AGENT.search(text, max(low, ref.start - 4), ref.start) and (last or ref.start > low))
        ):
            continue
        if last is not None and last.many and ref.many and last.kind != "rest" and ref.kind != "rest":
            total = (last.many[0] + ref.many[0], last.many[1] + ref.many[1])
            if ref.kind == "count" and not ref.noun and last.end == ref.start and last.many == ref.many:
                refs[-1] = last._replace(end=ref.end)  # 邻居何某三个, 阿珠和阿霞两个
                continue
            if beside and last.kind == "one" and ref.many == (BOTH, BOTH) and text[ref.end - 1] in "人个位名俩":
                refs[-1] = ref._replace(start=last.start)  # 驾驶员与乘客两人
                continue
            if beside:
                named = ref.kind == "count" and ref.noun and text[ref.start] == ref.noun[0]
                if (_OF_ALL.search(text, low, ref.start) and ref.kind == "count") or (
                    named and ref.many[0] == last.many[0] + 1
                ):
                    total = ref.many  # 张某、李某、王某三人
                refs[-1] = Ref(last.start, ref.end, total, "count", last.noun + "、" + ref.noun)
                continue
            if ref.kind == last.kind == "count" and ref.start == last.end and not lots_of(text[ref.end : high]):
                refs[-1] = Ref(last.start, ref.end, total, "count", last.noun + ref.noun)  # 2名学生1名保安
                continue
        refs.append(ref)
    return refs


def _with_nouns(text: str, high: int, refs: list[Ref]) -> list[Ref]:
    """A number and the noun of those whom it counts are one: 学生磕碰8个, 两个等车的女工."""
    ends = [*(ref.start for ref in refs[1:]), high]
    told: list[Ref] = []
    for ref, end in zip(refs, ends, strict=True):
        last = told[-1] if told else None
        if ORDINAL.match(ref.noun) or (last is not None and ORDINAL.match(last.noun)):
            told.append(ref)
            continue
        if last is not None and ref.kind == "count" and not ref.noun and last.kind == "one":
            if not lots_of(text[ref.end : end]) and ref.start - last.end <= _NEAR + 3:
                told[-1] = Ref(last.start, ref.end, ref.many, "count", last.noun)
                continue
        elif last is not None and last.kind == "count" and not last.noun and ref.kind == "one":
            between = text[last.end : ref.start]
            if len(between) <= _NEAR and "、" not in between and not lots_of(between) and not _WITHIN.search(between):
                told[-1] = last._replace(end=ref.end, noun=ref.noun)
                continue
        told.append(ref)
    return told
