"""How sure a figure is, from what stands around it; below the line it is unknown, with two or three ways to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plans.intake.apart import told_apart
from plans.intake.around import Around
from plans.intake.balance import doubtful, is_part
from plans.intake.cues import NOUN, WATER
from plans.intake.left_out import left_out
from plans.intake.numerals import match_at, numbers, parse
from plans.intake.others import others
from plans.intake.outcomes import otherwise
from plans.intake.patterns import lazy
from plans.intake.reading import SURE, Found, Option, Span
from plans.intake.sums import unmet
from plans.intake.taking import any_overlap
from plans.intake.turns import turned
from plans.intake.zeros import none_no_more

_COUNTED = ("deaths", "missing", "trapped", "injuries", "ill", "serious_injuries")
_STOP = lazy(r"[。;!?\n]")
_TAKEN_BACK = lazy(r"数错|算错|写错|打错|弄错|搞错|记错|重复算|重报|数重|数漏|漏了?报")
"""A correction that was not carried out: which number it takes back is not known."""
_NOT_CARRIED_OUT = lazy(
    r"[^。;!?\n\d]{0,10}?(?:不对(?![劲付外着])|[说搞弄]错了|有误|更正|纠正|哦不|啊不|不准(?![备许时])|作废|撤回)"
)
"""Right behind a figure: it is corrected, and the new figure was not understood."""
_LEFT_OVER = 0.6
_NEAR = 14
_FAR = 60
_RUN_ON = 40
"""A number so far from its harm is not surely of it; without commas the reach is shorter."""


def doubted(around: Around) -> dict[str, Found]:
    """The facts, each with its confidence."""
    text, facts, spare, summed = around.text, around.facts, around.spare, around.summed
    bare = [span for span in spare if text[span[1] - 1] in "个俩仨" and not NOUN.match(text, span[1])]
    bare = [span for span in bare if not any(is_part(around, found, span[0]) for found in facts.values())]
    bare = _odd(text, bare, facts)
    disputed = unmet(around)
    breaths = _breathless(text)
    told: dict[str, Found] = {}
    for name, found in facts.items():
        if name not in _COUNTED or found.unknown:
            told[name] = found
            continue
        weighed = _weighed(text, found, bare, breaths, far=name not in summed)
        told[name] = _balanced(around, name, found, disputed) if weighed.confidence >= SURE else weighed
    return told


def _balanced(around: Around, name: str, found: Found, disputed: Sequence[Span]) -> Found:
    """A figure beside which something is left over: so many, more, or none that the text tells of."""
    if not (
        turned(around, name, found)
        or told_apart(around, name, found)
        or (
            (
                doubtful(around, name, found)
                or left_out(around, name, found)
                or others(around, name, found)
                or otherwise(around, name, found)
                or any_overlap(found.span, disputed)
            )
            if found.at_least
            else none_no_more(around.text, name, found)
        )
    ):
        return found
    return open_ended(found, _LEFT_OVER)


def open_ended(found: Found, confidence: float) -> Found:
    """It may be so many as were read, or more, or the text tells of none."""
    said = Option(at_least=found.at_least, at_most=found.at_most, text=found.text, span=found.span)
    more = [Option(at_least=found.at_most + 1, at_most=None)] if found.at_most is not None else []
    return unsure(found, confidence, [said, *more, Option(at_least=None, at_most=None)])


_TOLL = ("伤亡", "死伤")
_TOLL_BEFORE = lazy(r"(?:伤亡|死伤)(?:人数|人员|一共|共|[:了])*$")
"""Beside a number: so many died or were hurt, together."""
_LISTED = lazy(r"(?:、|和|还有|加上?|又有?|另有?)$")


def _odd(text: str, spare: Sequence[Span], facts: Mapping[str, Found]) -> list[Span]:
    """Those of the numbers left over that are no part of a figure, nor a sum (三个: 两个不行了，一个没找着)."""
    values = [found.at_least for name, found in facts.items() if name in _COUNTED and found.at_least]
    odd = []
    for low, high in spare:
        match = match_at(text, low)
        number = parse(match, text) if match else None
        if (
            number is None
            or not values
            or _TOLL_BEFORE.search(text, max(0, low - 8), low)
            or text.startswith(_TOLL, high)
        ):
            continue
        listed = _LISTED.search(text, max(0, low - 3), low) is not None
        if listed or (number.low > max(values) and number.low != sum(values)):
            odd.append((low, high))
    return odd


def _weighed(text: str, found: Found, spare: Sequence[Span], breaths: Sequence[Span], *, far: bool) -> Found:
    confidence = found.confidence
    low, high = found.span
    beside = [span for span in spare if _beside(text, found.span, span)]
    if beside and found.at_least:
        confidence = min(confidence, 0.5)
    if found.text == "" and found.confidence < SURE:
        confidence = found.confidence
    if far and high - low > (_FAR if "," in text[low:high] else _RUN_ON) and found.at_least:
        confidence = min(confidence, 0.6)
    if found.at_least and _own_number(text, high, found):
        confidence = min(confidence, 0.5)
    if found.at_least and any(start <= low < end for start, end in breaths):
        confidence = min(confidence, 0.6)
    if text.endswith("没上来", low, high) and not WATER.search(text):
        confidence = min(confidence, 0.6)
    start = max((match.end() for match in _STOP.finditer(text, max(0, low - 60), low)), default=max(0, low - 60))
    stop = next((match.start() for match in _STOP.finditer(text, high, high + 60)), min(len(text), high + 60))
    if found.at_least and _NOT_CARRIED_OUT.match(text, high):
        confidence = min(confidence, 0.6)
    if found.mode != "increment" and _TAKEN_BACK.search(text, start, stop):
        confidence = min(confidence, 0.6)
    if confidence >= SURE:
        return replace(found, confidence=confidence)
    return unsure(found, confidence, _options(text, found, beside))


_OWN_COUNT = lazy(r"[\d一二两三四五六七八九十]个(?!小时|月|星期|半|钟头|多)")
_OWN = lazy(r"[了着过]?(?=\d|[一二两三四五六七八九十俩仨])")
_PEOPLE = lazy(r"个(?!小时|月|多月|星期|半|钟头)|[名例位人](?!次|民)|(?<=[俩仨])")


def _own_number(text: str, end: int, found: Found) -> bool:
    """Behind the harm stands a number of its own, which is not the one that was read (重伤36人，死了3个驴友)."""
    tail = text.rfind(",", found.span[0], end)
    first = next(numbers(text[found.span[0] : end]), None)
    if first is None or first.low != found.at_least:
        return False  # added up, or told of names
    if tail >= 0 and _OWN_COUNT.search(text, tail, end):
        return True
    if "," not in text[found.span[0] : end]:
        return False  # 3人死亡2人受伤
    lead = _OWN.match(text, end)
    match = match_at(text, lead.end()) if lead and lead.end() < len(text) else None
    number = parse(match, text) if match else None
    if number is None or not _PEOPLE.match(text, number.end):
        return False
    return number.low != found.at_least and text[end - 1] not in "人名个例位俩仨0123456789"


_BREATH = lazy(r"(?<![^,。;!?\n: ])[^,。;!?\n: ]{100,}")
_HEADS = lazy(r"[\d一二两三四五六七八九十几俩仨][个人名]|[俩仨]")


def _breathless(text: str) -> list[Span]:
    """Where in a hundred characters without a mark, with several counts, nothing tells what belongs together."""
    return [run.span() for run in _BREATH.finditer(text) if len(_HEADS.findall(run[0])) >= 5]


def unsure(found: Found, confidence: float, options: Sequence[Option]) -> Found:
    """Return a fact as unknown within the bounds of its readings."""
    lows = [option.at_least if option.at_least is not None else 0 for option in options]
    highs = [option.at_most if option.at_most is not None or option.at_least is not None else 0 for option in options]
    return replace(
        found,
        at_least=min(lows),
        at_most=None if any(high is None for high in highs) else max(high for high in highs if high is not None),
        unknown=True,
        confidence=confidence,
        readings=tuple(options[:3]),
    )


def _beside(text: str, span: Span, other: Span) -> bool:
    """A number stands within reach of the words of a fact, in one sentence."""
    low, high = (span[1], other[0]) if other[0] >= span[1] else (other[1], span[0])
    if other[0] < span[1] and other[1] > span[0]:
        return True
    return high - low <= _NEAR and not _STOP.search(text, low, high)


def _options(text: str, found: Found, beside: Sequence[Span]) -> list[Option]:
    """The value as read, with what was left over, and the left over alone."""
    options = [Option(at_least=found.at_least, at_most=found.at_most, text=found.text, span=found.span)]
    for low, high in beside[:1]:
        match = match_at(text, low)
        number = parse(match, text) if match else None
        if number is None:
            continue
        words = text[low:high]
        most = None if found.at_most is None or number.high is None else found.at_most + number.high
        options.append(Option(at_least=(found.at_least or 0) + number.low, at_most=most, text=words, span=(low, high)))
        options.append(Option(at_least=number.low, at_most=number.high, text=words, span=(low, high)))
    if len(options) == 1:
        options.append(Option(at_least=None, at_most=None))
    return options
