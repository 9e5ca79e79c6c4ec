"""Numbers that count nobody by what stands right before or behind them: 第3名, H7N9, 8:40, 大爷八十三没挺过来."""

from __future__ import annotations

from plans.intake.numerals import Number, is_in_a_name
from plans.intake.patterns import lazy

_NOT_BEFORE = frozenset("第初高大期周.0123456789")
_AGE = lazy(r"\d{1,2}(?=[ ,、;)])")


def no_count_behind(text: str, at: int) -> bool:
    """第3名, 高三, 1.5, 8:40, and the second half of a torn number (2 0人)."""
    before = text[at - 1 : at] if at else ""
    if before.isascii() and before.isalpha() and text[at].isdigit() and not text.endswith("ICU", 0, at):
        return True  # H7N9, K112
    if before == "." and not text[max(0, at - 2) : at - 1].isdigit():
        return False
    if before in _NOT_BEFORE:
        return before != ""
    if before in (" ", ",", "、") and text[max(0, at - 2) : at - 1] in ("男", "女") and _AGE.match(text, at):
        return True  # 男 45 死亡
    return text[at].isdigit() and before in (" ", ":") and text[max(0, at - 2) : at - 1].isdigit()


_OLD = range(50, 110)
_OF_THE_OLD = lazy(
    r"(?:大[爷妈伯娘]|爷爷?|奶奶?|婆婆?|姥[姥爷]|老(?:人家?|[汉头伯爹娘母]|太太?)|公公|[母父]亲|今年|虚岁|周岁|岁数|年纪|那[位个]|的)"
    r"(?:今年|都|快|已经?|刚|也)*$"
)
"""Before a number without a measure word: it is how old somebody is (大爷八十三没挺过来)."""


def is_no_count(text: str, number: Number) -> bool:
    """How old somebody is, or one of the numbers of a thing."""
    if number.low in _OLD and _OF_THE_OLD.search(text, max(0, number.start - 8), number.start):
        return True
    return is_in_a_name(text, number.end)
