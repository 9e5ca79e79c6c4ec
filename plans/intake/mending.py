"""Slips of dictation and typing are read as what is meant (受商 is 受伤), character for character, so spans stay."""

from __future__ import annotations

import re
from functools import cache

from plans.intake.engine import compiled
from plans.intake.lexicon import TableError, check, rows
from plans.intake.patterns import lazy


@cache
def slips() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all slips of the table, and what is meant by each.

    Raises:
        TableError: a row that cannot be used.
    """
    meant: dict[str, str] = {}
    parts = []
    for row in rows("homophones", 2, 4):
        wrong, right, behind, before = row.cells
        if len(wrong) != len(right) or wrong == right:
            raise TableError(f"{row.where}: {wrong!r} and {right!r} must differ and be of one length")
        source = (f"(?<={before})" if before else "") + re.escape(wrong) + (f"(?={behind})" if behind else "")
        meant[wrong] = right
        parts.append((-len(wrong), source, row))
    try:
        return compiled("|".join(source for _, source, _ in sorted(parts)), sparse=True), meant
    except re.error:
        for _, source, row in parts:
            check(row, source)
        raise


_PICTURE = lazy(
    r"[0-9#*]\ufe0f?\u20e3|(?!(?<=[\d人名例个位 ])[→⇒➡]\ufe0f? ?\d)"
    r"[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\u203c\u2049\ufe0f\u200d]",
    sparse=True,
)
"""Pictures stand between words like blanks, and a number in a box begins an item; of 死亡2→3 the arrow is left."""
_LAST_POINT = lazy(r"(?<=[\u4e00-\u9fa5])(\d{1,4})\.(?=[\s\u4e00-\u9fa5]|$)", sparse=True)
"""伤8死6. ends a sentence."""
_POINT = lazy(r"(?<=[\u4e00-\u9fa5\])])\.(?!\.)(?=[\u4e00-\u9fa5\d\s]|$)", sparse=True)
"""A point that ends a sentence."""


_NUMBERED = lazy(r"(?P<mark>^|[\s;。])\(?(?P<n>\d{1,2})[、.)](?!\d)", sparse=True)


def itemised(text: str) -> str:
    """Normalised text in which the items of a list that is numbered on one line (1、… 2、…) begin lines."""
    wanted, chars = 1, list(text)
    for match in _NUMBERED.finditer(text):
        if int(match["n"]) != wanted:
            continue
        wanted += 1
        if match["mark"] in (" ", ";"):
            chars[match.start()] = "\n"
    return "".join(chars) if wanted > 2 else text


_NOT_ONE_NOT = lazy(
    r"[没无冇](?:有|得)?(?:一个|谁|哪个|哪位|一人|人)人?是?不(?=[^,。;是在敢想会能治]{1,6})|无一人?不(?!治)|无一幸免"
    r"|[没无冇](?:有|得)?一个(?:人)?[没未](?=受?伤|挂彩|碰着|磕着|擦着)|一个(?:都|也)?不[落漏剩]",
    sparse=True,
)
"""二十个孩子没一个不挂彩的: all of them."""
_EVERYBODY_HURT = lazy(
    r"[没无冇](?:有|得)?(?:一个|谁|哪个|哪位|一位|一人|人)人?是?"
    r"(?:(?:囫囵|完好|好好|好|全乎|利索|齐整|没事|全须全尾)(?:的|人)?(?=[,。;!?\n ]|$)|"
    r"(?P<hurt>不带伤|不受伤|不挂彩|没伤|没受伤|没挂彩|不伤)的?)"
    r"|(?P<each>(?:个个|人人)(?:都|全)?(?:带|挂|受|有|负)了?(?:伤|彩))",
    sparse=True,
)
"""一车六个人没有一个囫囵的, 八个人个个带伤: all of them are hurt; where people fell ill, only if it says so."""
_FORM = lazy(r"(?<=[初高大])[一二三](?=[两三四五六七八九十]{1,3}(?:[名人位]|个(?![初高大,。;]|$)))")
"""初二两个学生: two of a form, and not twenty-two."""
_FELL_ILL = lazy(r"毒|吐|拉|烧|病|吃|喝|疫|感染")
_CIRCLED = str.maketrans({chr(at): "\n" for at in (*range(0x2460, 0x2474), *range(0x2776, 0x2780))} | {"|": ","})
"""A number in a circle begins an item, and a stroke ends a cell."""


def mend(text: str) -> str:
    """Normalised text with its slips set right; offsets stay as they were."""
    text = text.translate(_CIRCLED)
    ill = _FELL_ILL.search(text) is not None

    def all_hurt(match: re.Match[str]) -> str:
        return match[0] if ill and not (match["hurt"] or match["each"]) else "都" * (len(match[0]) - 2) + "受伤"

    text = _EVERYBODY_HURT.sub(all_hurt, text)
    text = _NOT_ONE_NOT.sub(lambda match: "都" * len(match[0]), text)
    text = _FORM.sub(lambda match: str("一二三".index(match[0]) + 1), text)
    text = _PICTURE.sub(lambda match: " " * len(match[0]), text)
    text = _LAST_POINT.sub(lambda match: match[1] + "。", _POINT.sub("。", text))
    pattern, meant = slips()
    return pattern.sub(lambda match: meant[match[0]], text)
