"""What a text denies: 无人员伤亡, 未出现死亡病例, 尚未接到报告 are zeros; what is merely not known is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.tokens import Token
from plans.intake.words import CASUALTY

_NOT_KNOWN = lazy(r"公布|统计|确认|核实|明确|知|掌握|透露|披露|通报|清楚|证实|确定|查明|法|排除")
_NOT_ALL = lazy(r"新|更|重大|严重|大规模|大量|进一步|较大|再|扩大")
_ANY = lazy(
    r"(?:再|有|出现|造成|发生|接到|收到|发现|引起|导致|产生|报告|任何|其他|其它|新的|新增|一|1|人员?|名|师生|"
    r"学生|群众|乘客|村民|居民|旅客|游客|幼儿|孩子|儿童|教职工|员工|"
    r"工人|的|了|致|酿成?|关于|相关|因此|此次|危|涉|现场|疑似|新|例|个| )*"
)
_EVERYBODY = lazy(r"(?:全部|均|都|所有|全体|大家|师生|无一|人员)[^,。;]{0,6}$")
_STATES = frozenset(("dead", "missing", "serious", "critical", "grave"))
"""没有危重, 没有死亡, 没有失踪: none at all, also where certain people were spoken of."""
_THERE_ARE_NONE = lazy(r"(?:的|者|的?人员|的人)(?=[,。;!?) 、\n]|$)")
"""Behind a harm: 没有被困的, 没有被困人员 tell of none, not that those before were not."""
_REACH = 18
"""Characters from the denying word to what it denies."""
_LISTING = frozenset("、和或及/与无没")
_PASSED_OVER = ("enum", "sum", "one", "folk", "pair", "new", "included", "other", "some", "deny", "rescuer")


@dataclass(frozen=True, kw_only=True)
class Denial:
    """Kinds of harm that a denial speaks of.

    Args:
        kinds: kinds of `words`; empty where it denies no harm.
        known: True = there were none; False = nobody knows yet.
        span: from the denying word to the last harm.
        end: the token to go on with.
    """

    kinds: tuple[str, ...]
    known: bool
    span: Span
    end: int


def denial(text: str, tokens: Sequence[Token], at: int, somebody: bool) -> Denial:
    """What the denying word at `at` denies.

    Args:
        text: normalised text.
        tokens: the tokens of the sentence.
        at: the denying word.
        somebody: the clause speaks of certain people, of whom alone 未受伤 then speaks.
    """
    token = tokens[at]
    word = text[token.start : token.end]
    nothing = Denial(kinds=(), known=True, span=(token.start, token.end), end=at + 1)
    before = text[max(0, token.start - 1) : token.start]
    if before == "从" or (word == "无" and before == "有"):
        return nothing
    harms, scan = _harms(text, tokens, at)
    if not harms:
        return nothing
    gap = text[token.end : harms[0].start]
    span = (token.start, harms[-1].end)
    kinds = tuple(kind for part in _apart(text, harms) for kind in strongest([harm.kind for harm in part]))
    if _NOT_KNOWN.search(gap):
        return Denial(kinds=kinds, known=False, span=span, end=scan)
    passed = Denial(kinds=(), known=True, span=span, end=scan)
    if harms[0].kind in ("safe", "hospital") or _NOT_ALL.search(gap):
        return passed
    broad = "harm" in kinds
    if not gap and word in ("未", "没", "没有", "并未", "尚未", "暂未") and not broad:
        general = (
            not somebody
            or (word in ("没", "没有") and set(kinds) <= _STATES)
            or (word in ("没", "没有") and _are_listed(text, harms))
            or (word in ("没", "没有") and _THERE_ARE_NONE.match(text, harms[-1].end) is not None)
            or _EVERYBODY.search(text, max(0, token.start - 10), token.start) is not None
        )
    else:
        general = broad or _ANY.fullmatch(gap) is not None
    return Denial(kinds=kinds, known=True, span=span, end=scan) if general else passed


_ANOTHER_BEGINS = lazy(r" [^ 无没未、和或及]{2}")


def _harms(text: str, tokens: Sequence[Token], at: int) -> tuple[list[Token], int]:
    harms: list[Token] = []
    scan, end = at + 1, tokens[at].end
    while scan < len(tokens):
        item = tokens[scan]
        if item.start - end > _REACH:
            break
        if item.kind == "deny" and harms and all(harm.kind in ("safe", "hospital") for harm in harms):
            break  # 无住院、无死亡: each has a denial of its own
        ahead = tokens[scan + 1] if scan + 1 < len(tokens) else None
        if harms and item.kind in CASUALTY and ahead and ahead.kind == "count" and ahead.start - item.end <= 3:
            if ahead.number is None or ahead.number.high != 0:
                break  # 没人受伤失踪三五人: this harm has a number of its own
        if harms and item.kind in CASUALTY and _ANOTHER_BEGINS.search(text, end, item.start):
            break  # 无死亡 H1N1流感聚集发病: behind the blank something else is told
        if harms and item.kind in ("one", "pair", "folk") and tokens[scan - 1].kind != "enum":
            break  # 无失联司机遇难: somebody of whom something else is told
        own = ahead.number if ahead and ahead.kind == "count" and ahead.start == item.end else None
        told = item.kind in CASUALTY and own is not None and own.high != 0
        if told and not harms and at and tokens[at - 1].kind in CASUALTY:
            break  # 重伤的没有死亡5人: what stands before is denied
        if item.kind in CASUALTY:
            harms.append(item)
            end = item.end
        elif item.kind == "count" and item.number and item.number.high in (0, 1) and not harms:
            pass  # 无一人受伤
        elif item.kind not in _PASSED_OVER or scan > at + _REACH:
            break
        scan += 1
    return harms, scan


_AND = lazy(r"、|和|或者?|以?及|与")


def _are_listed(text: str, harms: Sequence[Token]) -> bool:
    """没有重伤、被困 is of everybody, as 没有重伤 of somebody's own clause may not be."""
    pairs = pairwise(harms)
    return any(_AND.fullmatch(text, one.end, other.start) is not None for one, other in pairs)


def _apart(text: str, harms: Sequence[Token]) -> list[list[Token]]:
    """危重病人 is one noun; 死亡、重伤 are two, and so are 死亡失踪: nobody is both."""
    parts: list[list[Token]] = []
    for harm in harms:
        last = parts[-1][-1] if parts else None
        other = last is not None and harm.kind == "missing" and last.kind in ("dead", "harm", "hurt", "wound")
        joined = last is not None and not other and harm.start - last.end <= 1
        if joined and last is not None and text[last.end : harm.start] not in _LISTING:
            parts[-1].append(harm)
        else:
            parts.append([harm])
    return parts


def strongest(kinds: Sequence[str]) -> list[str]:
    """Which of several harms count for the same people: the dead are dead only, hospital is the last resort."""
    if "dead" in kinds:
        return ["dead"]
    if list(kinds) == ["safe", "hospital"]:
        return ["hospital"]  # 2名获救矿工正在接受治疗
    if kinds and kinds[0] == "safe" and kinds[-1] == "hurt":
        return ["hurt"]  # 救出伤员6名
    if kinds and kinds[0] == "safe":
        return ["trapped"] if "trapped" in kinds else ["safe"]  # 救出被困学生6人
    if "harm" in kinds:
        return ["harm"]
    real = [kind for kind in dict.fromkeys(kinds) if kind not in ("safe", "hospital")]
    if {"serious", "critical", "grave", "light"} & set(real):
        real = [kind for kind in real if kind not in ("hurt", "wound", "faint", "ill")]
    elif "ill" in real:
        real = [kind for kind in real if kind not in ("hurt", "wound", "faint")]
    elif "hurt" in real:
        real = [kind for kind in real if kind not in ("wound", "faint")]
    return real or [kind for kind in dict.fromkeys(kinds) if kind != "safe"]
