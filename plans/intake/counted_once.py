"""Those hurt of whom a text goes on to tell are not counted a second time: 撞伤9人，3个伤得不轻，1个轻的回家了 are 9.

Several readers add up what is told one after another. Where a number of hurt people is followed by smaller ones of
which it is only told how gravely, in what part of the body, or where they are now, these are some of them; and who is
missing, trapped or dead beside them, or came to help, is not hurt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, islice

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span

_NUMERAL = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_N = rf"({_NUMERAL})[个人名位]"
_BLOW = "撞|砸|打|烫|摔|烧|压|咬|刺|捅|碾|刮|划|夹|电|炸|挤|踩|砍|扎|崩"
_WHOLE = lazy(
    rf"(?:(?<![轻重死])伤(?:了|着|到)?|(?:{_BLOW})(?:伤|倒|到)?了|(?:{_BLOW})(?:伤|倒)){_N}"
    rf"|({_NUMERAL})[个人名位][^,。;!?\n \d死亡重轻]{{0,4}}?(?:受伤|(?:{_BLOW})伤)(?![的员者])"
)
"""How many were hurt."""
_OF_THEM = lazy(
    rf"(?:(?:其中|里头|里面)?(?:重的|轻的|伤重的|骨折的|住院的?|出院的?|救护车拉走|送走)(?:有|是)?{_N}(?:人)?$"
    rf"|(?:其中|里头|里面|现在|目前|已经?|有)*{_N}(?:人)?(?:已经?|都|还|现在|就|是|被)?"
    r"(?:伤得[^,。;!?\n]{0,3}[轻重]|[较比]?重(?:的|伤)?|轻的?|轻伤|骨折|骨裂|断了?[手腿胳肋]|脑震荡|[昏晕]|"
    r"在?(?:ICU|重症|住院|留观|医院|手术|抢救(?!无效))|出院|回家|包扎|缝|擦[破伤]|破皮|皮外伤|没大[碍事]|走了?$|自己走))"
)
"""Some of them."""
_NOT_HURT = lazy(
    rf"(?:还有?|另有?|另外|又)?(?:死了?|亡|死亡)?{_N}(?:人)?[^,。;!?\n \d]{{0,2}}?"
    r"(?:失[联踪]|被?困|死亡|身亡|没了|遇难|没找)"
    rf"|(?:消防|120|救护|民?警察?|医生|路过)[^,。;!?\n \d]{{0,3}}?(?:来了|到了|的)({_NUMERAL})[个人名位]"
)
_DIED = lazy(
    rf"(?:其中|里头|里面|有)*{_N}(?:人)?(?:后来|送医后|到医院)?"
    r"(?:经?抢救无效|没能?(?:抢?救|挺|扛)(?:过来|过去|回来|活)|因?伤重不治|不治)"
)
"""Some of them died of it: they are no more among the hurt."""
_CLAUSE = lazy(r"[^,。;!?\n 、]+")
_OTHERS = lazy(r"另外?|还有|又|也|再|旁边|隔壁|路过|加上|外加|同时|对面")
_ENOUGH = 8
_FACT = "injuries"


def once(text: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts, the hurt counted once.

    Args:
        text: normalised and masked.
        facts: as read so far.
    """
    told = dict(facts)
    found = told.get(_FACT)
    if found is None or found.unknown or found.at_least is None or found.at_least != found.at_most:
        return told
    whole = _WHOLE.search(text)
    many = _number(whole)
    if whole is None or many is None or _WHOLE.search(text, whole.end()):
        return told
    parts = list(islice(_smaller(text, whole.end(), many), _ENOUGH))
    died = _died(text, whole.end(), told)
    if 0 < died < many:
        off = abs(int(found.at_least) - many)
        known = [*parts, died]
        if any(sum(some) == off for size in (0, 1, 2, 3) for some in combinations(known, size)):
            left = many - died
            told[_FACT] = replace(found, at_least=left, at_most=left, stated=left)
        return told
    if not many < found.at_least:
        return told
    more = int(found.at_least) - many
    if any(sum(some) == more for size in (1, 2, 3) for some in combinations(parts, size)):
        span: Span = whole.span()
        told[_FACT] = replace(found, at_least=many, at_most=many, stated=many, text=whole[0], span=span)
    return told


def _died(text: str, start: int, facts: Mapping[str, Found]) -> int:
    """How many of them died, where these are all the dead: 烫伤8人,两个包扎完走了,有一个没抢救过来."""
    dead = facts.get("deaths")
    if dead is None or dead.unknown or dead.at_least != dead.at_most:
        return 0
    counted = (_number(_DIED.match(clause[0])) for clause in _CLAUSE.finditer(text, start))
    died = sum(number for number in counted if number is not None)
    return died if died == dead.at_least else 0


def _smaller(text: str, start: int, many: int) -> Iterator[int]:
    """Numbers behind the whole of whom it is told how they are, and of those who are not hurt."""
    for clause in _CLAUSE.finditer(text, start):
        words = clause[0]
        match = _NOT_HURT.match(words) or (_OF_THEM.match(words) if _OTHERS.search(words) is None else None)
        number = _number(match)
        if number is not None and number < many:
            yield number


def _number(match: re.Match[str] | None) -> int | None:
    """The one numeral of a match, where it is exact."""
    found = next(numbers(match[match.lastindex]), None) if match is not None and match.lastindex else None
    return int(found.low) if found is not None and found.low == found.high else None
