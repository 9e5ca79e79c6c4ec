"""Numbers that may count people and that no reading used."""

from __future__ import annotations

from collections.abc import Sequence

from plans.intake.patterns import lazy
from plans.intake.reading import Span

_EXPLAINED_BEFORE = lazy(
    r"除了?$|(?:车上|船上|机上|艇上|车内|船内|载|乘坐?|核定|核载|限载|登记|全[校班村县市家园]|应到|实到|在[校岗园册]|"
    r"入井|出井|升井|当班|出动|派出|组织|调集|调派|疏散|转移|撤离|撤出|安置|隔离|观察|密接|密切接触|接触|筛查|检测|排查|"
    r"检查|查了|门诊|停课|请假|放假|接走|救出|获救|脱险|升|安全|受灾|倒塌|影响|参加|参与|参演|涉及|派|增援|"
    r"抓获|传唤|控制|拘留|责任人|幸存|挖出|救援人员|阳性|返校|归队|上岸|平安|(?:来|到|叫)了?(?:医护|医生|护士|消防员?|民警|交警|特警|武警|志愿者|救援队员?)|嫌疑人|凶手|歹徒|住着?|带着?|年级|班里|班上|寝室|宿舍|家里|里面|里头|里边|当中)[^,。;!?\n]{0,10}$"
)
_EXPLAINED_BEHIND = lazy(
    r"[^,。;!?\n]{0,12}?(?:疏散|转移|撤离|撤出|安置|隔离|观察|没事|平安|安全|获救|救出|脱险|逃出|跑出|生还|没伤|未受伤|"
    r"没受伤|无恙|接走|回家|出院|参加|参与|赶到|赶来|到场|到了|前往|救援|搜救|处置|灭火|扑救|打电话|报警|目击|看见|看到|"
    r"抓|拘|带走|控制|作案|持刀|砍人|打人|请假|停课|正常|在家|上学|上课|值班|当班|入井|升井|出井|没(?:上|坐|去)|来|去|"
    r"家属|轻的|幸存|逃过|上岸|归队|返校|转危为安|平稳|稳定|责任人|绑架|阳性|签字|自己|家长|民警|警察|消防|医生|护士|医护|专家|干部|志愿者|队员)"
)


def unexplained(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans of counts around which nothing tells that these people are no casualties."""
    return [
        (low, high)
        for low, high in spans
        if not _EXPLAINED_BEFORE.search(text, max(0, low - 16), low)
        and not _EXPLAINED_BEHIND.match(text, high, high + 20)
    ]
