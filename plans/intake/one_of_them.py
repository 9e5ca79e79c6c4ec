"""One of whom a text goes on to tell is one of those it counted: 8人受伤，司机腿断了 are eight, and no nine.

It is so where people are counted without a noun (8人, 8个人, 伤了8个), and nothing says that he comes beside them
(司机也伤了, 另有一个老太太). Where the counted are pupils and he is a teacher, he is none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.tokens import tokenise
from plans.intake.words import PERSON

_N = r"(?<![\d第])(?P<many>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_OF = r"(?:个人|人|个|名人员|位|名伤员|名伤者),?(?:都|全|全都|均|已经?|当场|不同程度|被)*"
_WHOLE = {
    "deaths": lazy(
        rf"{_N}{_OF}(?:死亡|遇难|身亡|没了|死了|丧生)|死(?:了|亡)?(?P<behind>\d{{1,3}}|[两三四五六七八九十]{{1,3}})[个人]"
    ),
    "injuries": lazy(
        rf"{_N}{_OF}(?:受|负|有)?伤(?!亡)|(?<![轻重死])伤(?:了|到|着)?(?P<behind>\d{{1,3}}|[两三四五六七八九十]{{1,3}})[个人]"
    ),
    "missing": lazy(rf"{_N}{_OF}(?:失联|失踪|联系不上|下落不明|不见了)"),
    "trapped": lazy(
        rf"{_N}{_OF}(?:被?困|被埋|埋)|(?:困住?|埋)了?(?P<behind>\d{{1,3}}|[两三四五六七八九十]{{1,3}})[个人]"
    ),
}
_KINDS = {
    "deaths": frozenset(("dead",)),
    "injuries": frozenset(("hurt", "wound", "light", "serious", "critical", "grave", "faint")),
    "missing": frozenset(("missing",)),
    "trapped": frozenset(("trapped",)),
}
_BESIDE = lazy(r"[也另还又再]|其他|其余|旁边|隔壁|路过|对面|加上|外加|以外|之外|对方|后来|没算|不算")
_SORT = lazy(rf"(?!司机|驾驶员)(?:{PERSON})")
_UNIT = lazy(r"[^,。;!?\n]{0,4}(?:车|船|班|楼|队|厂|店|村|家|校)")
_CLAUSE = lazy(r"[^,。;!?\n]+")
_ANOTHER = lazy(r"[一1][人名位例]|嫌疑人|凶手|歹徒|肇事")
_MOST = 3
_ENOUGH = 16


def among_them(text: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts, with those told of singly counted among those who were counted before.

    Args:
        text: normalised and masked.
        facts: as read so far.
    """
    told = dict(facts)
    for fact, pattern in _WHOLE.items():
        found = told.get(fact)
        if found is None or found.unknown or found.value is None:
            continue
        whole = pattern.search(text)
        if whole is None or pattern.search(text, whole.end()):
            continue
        number = next(numbers(whole.groupdict().get("many") or whole.groupdict().get("behind") or ""), None)
        if number is None or number.low != number.high or not 1 < number.low < found.value <= number.low + _MOST:
            continue
        start = max(text.rfind(mark, 0, whole.start()) for mark in ",。;!?\n") + 1
        if _SORT.search(text[start : whole.end()]) is not None or _BESIDE.search(text, whole.end()):
            continue
        singles = [_is_one(clause[0], fact) for clause in islice(_CLAUSE.finditer(text, whole.end()), _ENOUGH)]
        if singles.count(True) == found.value - number.low and None not in singles:
            told[fact] = replace(found, at_least=number.low, at_most=number.low, stated=number.low)
    return told


def _is_one(clause: str, fact: str) -> bool | None:
    """Whether a clause tells this harm of one person; None: of several, or of one of another vehicle or place."""
    tokens = tokenise(clause)
    if not any(token.kind in _KINDS[fact] for token in tokens):
        return False
    counts = [token.number.high for token in tokens if token.kind == "count" and token.number]
    people = [token for token in tokens if token.kind in ("one", "folk", "pair")]
    if _ANOTHER.search(clause):
        return None  # 2人当场死亡，1人送医途中死亡
    if any(high != 1 for high in counts) or any(token.kind == "pair" for token in people):
        return None
    if people and _UNIT.match(clause[: people[0].start]):
        return None
    return bool(counts) or len(people) == 1
