"""Who writes a line of a later text: 老李：重伤升到1 is told by 老李, who is none of those hurt.

In a roll (老李：重伤) the name before the colon is that of the person told of; there the line counts nobody. Where a
text opens with who told of it (医院来电，死2伤12; 现场报：里面没人了), those words say nothing of whom it tells.
"""

from __future__ import annotations

from plans.intake.patterns import lazy
from plans.intake.reading import Span

_OFFICE = "主任|书记|队长?|所长?|局长?|校长?|院长?|站长|科长?|老师|医生|大夫|护士|师傅|工|总"
_TELLS_OF_OTHERS = (
    r"\d|[一二两三四五六七八九十]{1,3}[个人名例位]|[俩仨]|没|无|不|"
    r"又|还[在有]|有|已|清|陆续|有人|几个|一[批些]|全|都|最后"
)
_LABEL = lazy(
    rf"(?:^|(?<=\n))(?P<who>[老小阿][一-龥]|[一-龥]{{1,2}}(?:{_OFFICE})): ?(?=[^\n]{{0,30}}?(?:{_TELLS_OF_OTHERS}))"
)
_SOURCE = (
    r"(?:[县市省镇乡区村厂校矿]|中|现场|前方|一线|指挥部|医院|卫生院|急诊|派出所|消防|救援队|搜救队|值班室|学校|"
    r"村里|矿上|厂里)"
)
_OPENING = lazy(
    rf"(?:^|(?<=\n))(?:刚刚?|才)?(?:{_SOURCE}{{1,3}}(?:那边|这边|方面)?(?:刚刚?|又)?"
    r"(?:来(?:了)?(?:电|电话|报|消息|信)|打(?:来|了)?电话|报告?|回(?:话|电|复)|反馈|通知|传来消息|消息)(?:说|了|来)?|"
    r"(?:接到?|得到?|收到?|获)(?:[^,。:;!?\n\d]{1,4})?(?:消息|电话|报告|通知|反馈)|更新(?:一下)?|续报)[,:] ?|"
    r"(?:^|(?<=\n))@[^ ,。:;!?\n\d]{1,8}[ ,:]"
)
_CLOSING = lazy(
    r"[,。; ](?:请?(?:各位|领导|指挥部)?(?:知悉|知晓|周知|悉知|指示|审阅)|(?:报告|汇报)?完毕|先(?:报|这样|这些|报到这)|"
    r"(?:(?:后面|后续|稍后|随后|等会儿?|回头)(?:再|继续)?|(?:有(?:新)?(?:情况|消息|变化|进展))(?:随时|及时|再|继续)*)[续上]?报|特此报告)[。!]*(?=\n|$)"
)
"""Such words are blanked, for 医院 and 报 in them are of nobody who was hurt or counted."""


def unlabelled(text: str) -> tuple[str, list[Span]]:
    """Return masked text without who tells its lines, and where that stood; offsets stay as they were."""
    spans = sorted(match.span() for words in (_LABEL, _OPENING, _CLOSING) for match in words.finditer(text))
    for low, high in spans:
        text = text[:low] + "。" * (high - low) + text[high:]
    return text, spans
