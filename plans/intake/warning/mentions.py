"""Where a text speaks of a warning: its kind, its colour or level, and how a change of colour is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast

from plans.intake.lexicon import alternatives, rows
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.warning.clauses import sentence
from plans.intake.warning.found import Colour, Level, Words

KINDS = {row.cells[0]: alternatives("warning_kinds", row.cells[0]) for row in rows("warning_kinds", 3, 3)}
"""Kind -> the expression for it."""

_KIND = "|".join(f"(?P<k{at}>{words})" for at, words in enumerate(KINDS.values()))
_ANY_KIND = "|".join(KINDS.values())
_COLOUR = r"[红橙黄蓝](?:色|(?=预警|\())"
_LEVEL = r"(?:[ⅠⅡⅢⅣ]|(?<![A-Za-z])(?:I{1,3}|IV)|[一二三四1-4])级"
_GRADE = rf"[\"“(\[]?(?:{_COLOUR}|{_LEVEL})(?:[/ ]?[(\[]?(?:{_COLOUR}|{_LEVEL})[)\]]?)?[\"”)\]]?"
_FILL = r"(?:气象|灾害|风险|天气|事件|火险|洪涝)*(?:\([^()\d红橙黄蓝]{1,8}\))?"
_WARNING = r"预警(?!响应|应急|响|机|广播|系统|平台|中心|体系|区)(?:信号|信息)?"
_BEHIND = rf"(?:[:为 ]?[\"“]?\(?(?:{_COLOUR}|{_LEVEL})(?:[/ ]?(?:{_COLOUR}|{_LEVEL}))?\)?[\"”]?)"

_MENTION = lazy(
    rf"(?:(?P<before>{_GRADE})的?)?(?:(?P<kind>{_ANY_KIND}){_FILL})?(?P<grade>{_GRADE})?(?:的)?(?:气象|风险|灾害)*"
    rf"(?P<word>{_WARNING})(?P<behind>{_BEHIND}(?!火))?"
)
_SHORT = lazy(rf"(?P<kind>{_ANY_KIND}){_FILL} ?(?P<grade>{_GRADE})(?:信号)?")
"""暴雨红色, where the word 预警 is left out."""
_LABEL_GRADE = lazy(rf"预警(?:级别|等级|颜色)[:为是]* ?(?P<grade>{_GRADE})")
_LABEL_KIND = lazy(
    rf"(?:预警|险情|灾害|灾种|事件)(?:类别|类型|种类|名称)?[:为是] ?(?P<kind>{_ANY_KIND})(?!{_FILL}(?:{_GRADE})?预警)"
)
_NEXT = lazy(r" ?[、和及与] ?|以及")

_TO = r"(?:为|至|成|到|发布为|更新为)"
_CHANGE = lazy(
    rf"(?:由|从|将)?[^,。;!?\n【】]{{0,24}}?(?P<old>{_COLOUR})(?:\({_LEVEL}\))?(?:预警)?(?:信号|信息)?(?:的)?[^,。;!?\n红橙黄蓝]{{0,4}}"
    rf"(?:升级|提升|升|上调|提高|上升|变更|调整|更新|降级|降低|下调|降|转)(?:发布)?{_TO}"
    rf"(?:(?:{_ANY_KIND}){_FILL})?[\"“]?(?P<new>{_COLOUR})(?:\((?P<level>{_LEVEL})\))?(?:预警)?(?:信号|信息)?"
)
_RISEN = lazy(
    rf"(?:升级|提升|升|上调|提高|上升|变更|降级|降低|下调|降)(?:发布)?{_TO}(?:(?P<kind>{_ANY_KIND}){_FILL})?"
    rf"[\"“]?(?P<grade>{_COLOUR})(?:预警)?(?:信号|信息)?"
)
"""升级为红色, where the colour that was is not said again."""
_COLOURS = lazy(r"[红橙黄蓝](?=色|预警|\(|\)|\"|”|/|级|$)")
_LEVELS = lazy(_LEVEL)
_ROMAN: dict[str, Level] = {
    **dict.fromkeys(("Ⅰ", "I", "一", "1"), "Ⅰ"), **dict.fromkeys(("Ⅱ", "II", "二", "2"), "Ⅱ"),
    **dict.fromkeys(("Ⅲ", "III", "三", "3"), "Ⅲ"), **dict.fromkeys(("Ⅳ", "IV", "四", "4"), "Ⅳ"),
}  # fmt: skip
_WHICH = lazy(_KIND)


@dataclass(slots=True)
class Mention:
    """A place that speaks of a warning."""

    span: Span
    kind: Words[str] | None = None
    colour: Words[Colour] | None = None
    level: Words[Level] | None = None
    before: Words[Colour] | None = None
    changed: bool = False
    """It says to which colour the warning was changed."""
    labelled: bool = False
    """It is a line of a form (预警级别：橙色), which speaks of the warning that the text is about."""


def mentions(text: str, short: bool) -> list[Mention]:
    """The mentions of normalised text, in order.

    Args:
        short: 暴雨红色 without the word 预警 is one too.
    """
    found: list[Mention] = []
    for match in _CHANGE.finditer(text):
        if _is_of_a_warning(text, match.span()):
            found.append(_changed(text, match))
    for pattern in (_LABEL_GRADE, _LABEL_KIND):
        found += (_mention(text, match, labelled=True) for match in pattern.finditer(text))
    taken = [mention.span for mention in found]
    for match in _MENTION.finditer(text):
        if (match["kind"] or match["before"] or match["grade"] or match["behind"]) and not _within(match.span(), taken):
            found.append(_mention(text, match))
    taken = [mention.span for mention in found]
    for match in _RISEN.finditer(text):
        if _is_of_a_warning(text, match.span()) and not _within(match.span(), taken):
            found.append(replace(_mention(text, match), changed=True))
    taken = [mention.span for mention in found]
    starts = {start for start, _ in taken}
    for match in reversed(list(_SHORT.finditer(text))):
        joined = (link := _NEXT.match(text, match.end())) is not None and link.end() in starts
        if (short or joined) and not _within(match.span(), taken):
            found.append(_mention(text, match))
            starts.add(match.start())
    return sorted(found, key=lambda mention: mention.span)


def _is_of_a_warning(text: str, span: Span) -> bool:
    """Whether colours that change are those of a warning: not of a response, nor of anything else."""
    return "预警" in text[slice(*sentence(text, span))] and "响应" not in text[max(0, span[0] - 6) : span[1]]


def _within(span: Span, taken: list[Span]) -> bool:
    return any(low < span[1] and span[0] < high for low, high in taken)


def _mention(text: str, match: re.Match[str], labelled: bool = False) -> Mention:
    groups = match.groupdict()
    mention = Mention(match.span(), labelled=labelled)
    if groups.get("kind"):
        mention.kind = _kind(text, match.span("kind"))
    for name in ("before", "grade", "behind"):
        was = mention.colour
        if groups.get(name):
            _grade(text, match.span(name), mention)
        if was is not None and mention.colour is not None and was.value != mention.colour.value:
            mention.before = was  # 变更蓝色预警为黄色
    return mention


def _changed(text: str, match: re.Match[str]) -> Mention:
    start = match.start("old")
    kinds = list(_WHICH.finditer(text, match.start(), match.end()))
    nearest = max((kind for kind in kinds if kind.end() <= start), key=lambda kind: kind.end(), default=None)
    nearest = nearest or (kinds[0] if kinds else None)
    mention = Mention((min(start, nearest.start()) if nearest else start, match.end()))
    if nearest:
        mention.kind = _kind(text, nearest.span())
    mention.changed = True
    mention.before = _colour(text, match.span("old"))
    mention.colour = _colour(text, match.span("new"))
    if match["level"]:
        mention.level = Words(_ROMAN[match["level"][:-1]], match["level"], match.span("level"))
    return mention


def _kind(text: str, span: Span) -> Words[str] | None:
    match = _WHICH.match(text, *span)
    if match is None or match.lastgroup is None:
        return None
    return Words(list(KINDS)[int(match.lastgroup[1:])], text[span[0] : span[1]], span)


def _colour(text: str, span: Span) -> Words[Colour]:
    return Words(cast("Colour", text[span[0]]), text[span[0] : span[1]], span)


def _grade(text: str, span: Span, mention: Mention) -> None:
    colour, level = _COLOURS.search(text, *span), _LEVELS.search(text, *span)
    if colour is not None:
        end = colour.end() + (text[colour.end() : colour.end() + 1] == "色")
        mention.colour = _colour(text, (colour.start(), end))
    if level is not None:
        mention.level = Words(_ROMAN[level[0][:-1]], level[0], level.span())
