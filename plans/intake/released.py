"""Those whom something fell on are trapped no longer where their fate is told, nor those who were all brought out.

围挡压着两个家长，都骨折; 压住3人，1死2伤; 里头本来困着5个，已放出来.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.person_words import lots_of
from plans.intake.reading import Found, Span

_FELL = lazy(r"[压埋盖砸]|夹(?!层)|扣[住着在]")
_SHUT = lazy(r"[困关堵锁]|卡[住着在]|滞留")
_STILL = lazy(
    r"还[^,。;!?\n]{0,6}?[没未在压有困埋剩差卡缺余]|仍|尚|没能?[^,。;!?\n]{0,3}(?:出|上|下)来|(?:未|没)(?:被)?(?:救|找|挖|刨|扒)|"
    r"等着?救|被困|[出下]不来|在(?!了)[^,。;!?\n]{0,4}[挖刨救撬扒抢找搜剪破]|正[^,。;!?\n]{0,4}[挖刨救撬扒抢剪破]|应声|能听[见到]|[剩差缺]"
)
_OUT = lazy(
    r"[^没未不正等才快,。;!?\n]{0,8}?(?:(?:[救放挖刨扒抬弄拉拽捞接抱背撬搜]|解救)(?:了)?(?:[出上下回]|走)(?:了)?[来去]?|升井|脱险|获救|脱困|(?:出|下|上)来了|转移)"
)
_ALL = lazy(r"[都全均已俩仨]|双双|本来|原来|一度")
_EVERY = lazy(r"(?:人|俩|仨|这|那)?(?:[都全均皆]|个个|一律|全部|双双)(?:是|都)?")
_LIGHT = lazy(r"不(?:太|算|怎么)?重|皮外伤|轻伤|擦伤|破皮|骨折|没生命危险")
_REST = lazy(
    r"(?:还|仍|尚|只)?[剩差有缺](?:下|有|的)?(?P<n>\d{1,3}|[一二两三四五六七八九十俩仨]{1,3})[个人名位]?(?:人|工友|工人)?"
    r"[^,。;!?\n\d没]{0,4}(?:在(?:里|下|底|井|车|屋|土)|[压埋困卡关]|没(?:出|挖|救|扒|刨|弄|上)|里[头面]|底下|下面)"
)
_BROUGHT = lazy(r"[救放挖刨扒抬弄拉拽捞接抱背撬搜]|出来|上来|下来|升井|脱险")
_FAR = 40
_OTHERS = lazy(r"外面|外头|路边|另外|还有|又|自己|旁边|路过|路人|邻|隔壁|救人|加上|再")
_FORMAL = lazy(r"被[压埋困]|救出(?!来)|遇难|不治|身亡|受伤")
"""Words of a bulletin, which counts among the trapped all who ever were."""
_ENOUGH = 3
_SEVERAL = 2
_NEAR = 3
_CLAUSE = lazy(r"[^,。;!?\n ]+")


def released(text: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts, without people trapped of whom the text goes on to tell how they came out of it.

    Args:
        text: normalised and masked.
        facts: as read so far.
    """
    told = dict(facts)
    found = told.get("trapped")
    many = _number(text, found) if found is not None else None
    if found is None or many is None:
        return told
    left = _left(text, found, many)
    if left is not None:
        number, span = left
        told["trapped"] = replace(
            found, at_least=number, at_most=number, stated=number, span=span, unknown=False, readings=()
        )
        return told
    if _STILL.search(text, found.span[0]):
        return told
    low = max(text.rfind(mark, 0, found.span[0]) for mark in ",。;!?\n") + 1
    fell = _FELL.search(text, low, found.span[1]) is not None
    if _are_out(text, found, many):
        if fell:
            del told["trapped"]
        elif _SHUT.search(text, low, found.span[1]):
            told["trapped"] = replace(found, at_least=0, at_most=0, stated=0, unknown=False, readings=())
    elif fell and (_fare_alike(text, found) or _are_told(text, found, many, told)):
        del told["trapped"]
    return told


def _number(text: str, found: Found) -> int | None:
    """How many are trapped, as shown, as first asked, or by the only number of the words."""
    if not found.unknown:
        return int(found.at_least) if found.at_least == found.at_most and found.at_least else None
    if found.readings:
        return int(found.readings[0].at_least or 0) or None
    low = max(text.rfind(mark, 0, found.span[0]) for mark in ",。;!?\n") + 1
    counted = [number for number in numbers(text[low : found.span[1] + _NEAR]) if number.low == number.high]
    return int(counted[0].low) if len(counted) == 1 else None


def _left(text: str, found: Found, many: int) -> tuple[int, Span] | None:
    """埋了3个，挖出来2个，还有1个在里面: so many of them are out, and the rest is told of."""
    match = _REST.search(text, found.span[1], found.span[1] + _FAR)
    rest = next(numbers(match["n"]), None) if match else None
    if match is None or rest is None or rest.low != rest.high or not 0 < rest.low < many:
        return None
    between = text[found.span[1] : match.start()]
    counted = [int(number.low) for number in numbers(between)]
    if many - int(rest.low) not in counted or sum(counted[:1]) != many - rest.low or _BROUGHT.search(between) is None:
        return None
    return int(rest.low), match.span()


def _are_out(text: str, found: Found, many: int) -> bool:
    """Whether the words behind say that they were brought out, all of them."""
    for words in (*_behind(text, found), text[found.span[0] : found.span[1] + _ENOUGH]):
        out = _OUT.match(words) or (_OUT.search(words) if words.startswith(text[found.span[0]]) else None)
        if out is None:
            continue
        counted = [int(number.low) for number in numbers(words)]
        if (not counted and (many == 1 or _ALL.search(words))) or (many in counted and _ALL.search(words)):
            return True
    return False


def _behind(text: str, found: Found) -> Iterator[str]:
    """The clauses behind a figure."""
    return (match[0] for match in islice(_CLAUSE.finditer(text, found.span[1]), _ENOUGH))


def _fare_alike(text: str, found: Found) -> bool:
    """压着两个家长，都骨折: right behind it is told how all of them fared."""
    words = next((words for words in _behind(text, found) if len(words) > 1), "")
    every = _EVERY.match(words)
    if every is None:
        return False
    lots = lots_of(words)
    if not lots.keys().isdisjoint(("held", "lost", "out")):
        return False
    return _LIGHT.match(words, every.end()) is not None or not lots.keys().isdisjoint(("hurt", "grave", "dead"))


def _are_told(text: str, found: Found, many: int, facts: Mapping[str, Found]) -> bool:
    """压住3人，1死2伤: the dead and the hurt behind them are as many."""
    if many < _SEVERAL or _FORMAL.search(text) or _OTHERS.search(text, found.span[1]):
        return False
    fates = [fate for name in ("deaths", "injuries") if (fate := facts.get(name)) is not None]
    if any(fate.unknown or fate.at_least != fate.at_most or fate.span[0] < found.span[0] for fate in fates):
        return False
    return sum(fate.at_least or 0 for fate in fates) == many
