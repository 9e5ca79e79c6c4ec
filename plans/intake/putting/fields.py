"""Fields of a form whose label names no harm: 症状：呕吐 / 人数：18 are 18 who are ill; 亡：1人, one who died."""

from __future__ import annotations

from plans.intake.patterns import lazy
from plans.intake.replacing import FILL

_POISON = ("food_poisoning", "gas_poisoning", "epidemic")
_OF_ILLNESS = lazy(
    r"(?:^|[\n;,。 ])(?:主要|临床)?(?:症状|疾病|病种|病名|病情|诊断|初步诊断|疑似疾病)(?:名称|表现)?:", sparse=True
)
_LINE = r"(?:(?<=[\n;,。 ])|^)"
_HOW_MANY = lazy(
    rf"{_LINE}(?:涉及|波及|现有)?(?P<label>累计(?:报告)?|人数|例数)"
    r"(?=(?:\(人\))?: ?\d{1,4}[人名例]?(?:[\n;,。 (]|$))",
    sparse=True,
)
_ILL = {"累计报告": "累计发病", "累计": "发病", "人数": "发病", "例数": "发病"}
_IN_CARE = lazy(
    r"(?P<harm>中毒|受伤|发病|发热|呕吐|腹泻|烫伤|烧伤|不适|中暑)(?:送医|就诊|住院|入院|送诊)(?=(?:\(人\))?: ?\d)",
    sparse=True,
)
_DIED = lazy(rf"{_LINE}亡(?=: ?\d{{1,3}}人?(?:[\n;,。 ]|$))", sparse=True)


_THINGS = lazy(
    r"(?:明?火|火势|火情|火头|山火|险情|疫情|局面|场面|扶梯|电梯|路口|现场|通道|道路|大门|[路桥门])"
    r"(?:已经?|都|也|现在|基本|全|目前|被|给|让|人)*(?:压住|围起来?|围住|控制住|拦住|封住|堵住|困住)了?",
    sparse=True,
)
"""火已压住, 扶梯已经围起来了: it befell nobody."""


def headed(text: str, category: str | None) -> str:
    """Masked text in which such labels name what they count."""
    if category in _POISON or _OF_ILLNESS.search(text):
        text = _HOW_MANY.sub(lambda match: match[0].replace(match["label"], _ILL[match["label"]]), text)
    text = _IN_CARE.sub(lambda match: match["harm"] + "人数", text)
    text = _THINGS.sub(lambda match: FILL * len(match[0]), text)
    return _DIED.sub("死", text)
