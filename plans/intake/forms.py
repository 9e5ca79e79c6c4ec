"""A form that gives for each harm a number, and tells of nobody else: 死亡:1 重:8 轻微伤:2 被埋:4.

Of several lines or clauses each is a label with its number. The hurt are those gravely and those slightly hurt.
"""

from __future__ import annotations

from collections.abc import Mapping

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.replacing import FILL

_LABELS: Mapping[str, str] = {
    "deaths": r"死亡|遇难|身亡|罹难|死者|死|亡|去世|牺牲",
    "serious_injuries": r"重伤|危重|病危|重症|重度|伤重|危重症|重",
    "light": r"轻伤|轻微伤|轻微|轻度|轻症|微伤|轻",
    "injuries": r"受伤|伤者|伤员|负伤|伤",
    "missing": r"失联|失踪|下落不明|失去联系",
    "trapped": r"被困|被埋|受困|被压|困|埋",
    "": r"未受伤|没受伤|无恙|平安|安全|到场|疏散|转移|出动",
}
_LABEL = "|".join(f"(?P<{name or 'none'}>{words})" if name else f"(?P<none>{words})" for name, words in _LABELS.items())
_NUMERAL = r"\d{1,4}|[一二两三四五六七八九十]{1,3}|[零无]|没有"
_ITEM = lazy(
    r"(?:(?:\(?\d{1,2}[.、)]|[-·*•]) ?)?"
    r"(?:(?:目前|现|已|累计|其中|确认|仍|尚|伤势|伤情|[^\w\s,;。:、(]) ?){0,4}"
    rf"(?:{_LABEL})(?:的|了|人数|人员|者|员|数|总数)*"
    rf"(?:\((?:人|名|个|人数|单位:人)\)|{FILL}{{1,4}})?"
    rf"(?P<mark>[ :=为有-]{{0,2}})(?P<n>{_NUMERAL})(?:个人|[人名个位例口])?"
    r"(?=[,;、。\n ]|$)[,;、。\n ]*"
)
_TITLE = lazy(r"(?:伤亡|死伤)(?:人员)?(?:情况|统计|人数)?(?:如下)?")
_START = lazy(r"(?<![^\n,;。:、 ])")
_PEOPLE = lazy(
    r"[\d一二两三四五六七八九十俩仨几多](?:人(?!民)|[名个位口例](?!多?[月小]|路|车|厂))|[俩仨死伤亡]|[失被受][踪联困伤埋]|困|重症|中毒"
)
_AFTER = lazy(rf"(?![\d一二两三四五六七八九十][点时])(?:{_PEOPLE.pattern})|\d|死|伤|困|亡|错|不对|更正|有误|重复")
"""Behind a form it goes on with people, or takes something back."""
_BEFORE = lazy(
    r"昨|前天|去年|上[次周月]|当年|演[练习]|模拟|预案|如果|假如|要是|预[计估]|可能|[听网]说|网[上传]|谣|传言|不是|不对|更正|原报|[吗?]"
)
"""What a form behind such words tells is of another time, or is not known."""
_FEWEST = 2
_NONE = ("零", "无", "没有")


def of_forms(text: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts, as a form has them, where the text is one.

    Args:
        text: normalised and masked.
        facts: as read so far.
    """
    told = dict(facts)
    run = _run(text)
    if run is None:
        return told
    counts, span = run
    parts: list[int] = [counts[name] for name in ("serious_injuries", "light") if name in counts]
    hurt = counts.get("injuries")
    if hurt is None and (any(parts) or "light" in counts):
        counts["injuries"] = sum(parts)
    elif hurt is not None and parts and hurt != sum(parts):
        del counts["injuries"]  # 受伤9, 重伤3: how it is read otherwise
    counts.pop("light", None)
    for name, many in counts.items():
        found = told.get(name)
        if found is None or found.unknown or (found.at_least, found.at_most) != (many, many):
            told[name] = Found(at_least=many, at_most=many, stated=many, text="", span=span)
    return told


def _run(text: str) -> tuple[dict[str, int], Span] | None:
    """The items of the form, each once, and where it stands; None where other people are told of."""
    counts: dict[str, int] = {}
    low = high = -1
    items = 0
    for start in _START.finditer(text):
        at = start.start()
        if low >= 0 and at != high:
            continue
        item = _ITEM.match(text, at)
        if item is None:
            if low >= 0:
                break
            continue
        name = next(name for name, words in item.groupdict().items() if words is not None and name not in ("n", "mark"))
        if name in counts:
            return None
        low, high = (at if low < 0 else low), item.end()
        number = next(numbers(item["n"]), None)
        exact = number is not None and number.low == number.high  # 死了一两个 is no number of a form
        many = 0 if item["n"] in _NONE else int(number.low) if number is not None and exact else None
        if many is None:
            return None
        counts[name] = many
        items += 1
    counts.pop("none", None)
    if (
        items < _FEWEST
        or not counts
        or _BEFORE.search(text)
        or _PEOPLE.search(_TITLE.sub("", text[:low]))
        or _AFTER.search(text, high)
    ):
        return None
    return counts, (low, high)
