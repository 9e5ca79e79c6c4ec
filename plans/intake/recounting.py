"""What a text tells anew of the same harm: 伤2个——不对，后斗还坐了个娃，伤3个; 吐了20个，里面4个是装病的不算，16个.

The number that is told last is that of all; what it takes back, and why, counts nobody of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span

_N = r"(?:\d{1,4}|[一二两三四五六七八九十百俩仨]{1,4})"
_UNIT = r"(?:个人|[个人名位例])?"
_HARM = r"重伤|轻伤|受伤|伤|死亡|死|埋|困|失联|失踪|吐|发[烧热]|中毒|冲走|烧伤|烫伤"
_OLD = lazy(rf"(?P<h>{_HARM})(?:人数|[员者人])?[了着住的]?(?:是|有)?(?P<n>{_N}){_UNIT}", sparse=True)
_MARK = lazy(
    r"[-—,。! ]+(?:[啊哦噢]?不对|不不|[说数写搞弄算记]错了?|更正|等等|等一下)|有误|核实|核了|重复|又[数点核对]了?|"
    r"不算|不计|剔|扣[掉除]|没那么多|刚接到|才知道|打来电话|其中有?误"
)
_REPORTED = lazy(
    r"(?:原来|原先|先头|起先|起初|一开始|早上|上午|刚才?|之前|先前|前面|我|你们|上面)[^,。;!?\n\d]{0,3}(?:报|说|发|讲|写|统计)(?:的|了|是)?[^,。;!?\n]{0,8}$"
)
"""Before the old number: it was told in another message."""
_ANEW = (
    r"(?:人数|[员者人])?[了着住的]?(?:就|只|一共|总共|应该?|实际|其实)*(?:是|有|剩)?"
    r"(?P<m>{n}){unit}(?=[,。;!?\n 死伤]|$)"
)
_OTHER = lazy(rf"(?:{_HARM})[了着的]?(?:是|有)?{_N}|{_N}{_UNIT}被?(?:{_HARM})")
_SOME = lazy(
    rf"(?P<n>{_N})(?:个人|[个人名位例])[^,。;!?\n\d]{{0,8}}[,。;(]"
    rf"(?P<some>(?:[^,。;!?\n\d]{{0,6}}?)(?P<k>{_N})(?:个人|[个人名位例])[^。!?\n\d]{{0,24}}?"
    r"(?:不算|不计入?|不在内|除外|剔[掉除出]?|扣[掉除]|刨[掉去]|去掉|减掉|另算|重复)[^,。;!?\n\d]{0,6}[,。;)]+)"
    rf"(?P<lead>[^,。;!?\n\d]{{0,8}}?)(?P<m>{_N})(?:个人|[个人名位例])?(?=[,。;!?\n]|$)",
    sparse=True,
)
_REVIVED = lazy(
    rf"(?:原来|原先|先头|起先|起初|一开始|早上|刚才?|之前|先前|前面)[^,。;!?\n\d]{{0,3}}(?:报|说|发|讲|写)(?:的|了|是)?"
    rf"(?P<old>(?:死亡?|没了|亡)了?{_N}{_UNIT}|{_N}{_UNIT}(?:死亡?|没了|亡))[,。; ][^。!?\n]{{0,10}}?"
    r"(?:[救抢按缓]过?[回过]来|活[过了]|没死|有气)",
    sparse=True,
)
_ENOUGH = 12
_FAR = 56


def told_anew(text: str) -> Iterator[Span]:
    """Spans of normalised text that a later number of the same harm takes back."""
    for old in islice(_OLD.finditer(text), _ENOUGH):
        behind = text[old.end() : old.end() + _FAR]
        harm = old["h"]
        new = re.search(rf"(?<![重轻]){harm}" + _ANEW.format(n=_N, unit=_UNIT), behind)
        if new is None or _same(old["n"], new["m"]):
            continue
        if _of_other_units(text, old.start(), old.end() + new.start()):
            continue
        mark = _MARK.search(behind, 0, new.start())
        reported = _REPORTED.search(text, max(0, old.start() - 14), old.start())
        if mark is None and not (reported and ("," in behind[: new.start()])):
            continue
        start = mark.start() if mark else new.start()
        clause = max(behind.rfind(stop, 0, new.start()) for stop in ",。;:")
        if "真正" in behind[max(clause, 0) : new.start()]:
            continue  # 真正炸伤的4个: what was told before was put right already
        yield old.span()
        end = max(start, clause)
        if start < end and not _OTHER.search(behind, start, end):
            yield old.end() + start, old.end() + end
    for match in islice(_REVIVED.finditer(text), _ENOUGH):
        yield match.span("old")


_NAME = lazy(r"(?:^|[,。;:!? ])([\u4e00-\u9fa5]{1,4}[村镇乡县区市组队班车厂楼院])$")


def _of_other_units(text: str, old: int, new: int) -> bool:
    """东村伤3人，西村伤5人，不对，东村伤4人: the numbers are told of two places."""
    first, second = _NAME.search(text, max(0, old - 6), old), _NAME.search(text, max(0, new - 6), new)
    return first is not None and second is not None and first[1] != second[1]


def without_some(text: str) -> Iterator[tuple[Span, Span]]:
    """Numbers of which some are taken away and the rest is told: where each stands, and up to where its rest does."""
    for match in islice(_SOME.finditer(text), _ENOUGH):
        whole, some, rest = (_value(match[name]) for name in ("n", "k", "m"))
        if whole is not None and some is not None and rest is not None and whole - some == rest:
            yield match.span("n"), (match.start("some") - 1, match.start("m"))


def _value(words: str) -> int | None:
    number = next(numbers(words), None)
    return int(number.low) if number is not None and number.low == number.high else None


def _same(old: str, new: str) -> bool:
    return _value(old) == _value(new)
