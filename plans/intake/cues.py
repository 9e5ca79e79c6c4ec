"""The cues around people and harms that tell how they belong together."""

from __future__ import annotations

import re

NO_SUBJECT = re.compile(
    r"者|员|面积|人数|原因|人员|病例|率|总数|威胁|危险|事故|事件|名单|家属|的|风险|患|身份|赔偿|情况|学生|男|女|"
    r"乘客|程度|鉴定|症状|现场"
)
"""Behind a harm: it is part of a noun (受伤人数, 死亡原因), and says nothing of the subject."""
NOUNS = frozenset("死者 死难者 遗体 尸体 伤者 伤员 伤病员 病例 患者 病人 确诊病例 确诊患者 感染者 症状".split())
"""Harms that are nouns, and so need people of their own."""
AGENT = re.compile(r"(?:被|遭到?|让|由|被其中)$")
"""Before people: they did it (被…男子), it did not befall them."""
TALK = re.compile(r"[^,。;]{0,12}(?:告诉|说|称|表示|介绍|认为|看到|透露|证实|目击|报警|发现|回忆)")
"""Behind people: they tell of it."""
LEFT = re.compile(r"(?:仍有?|尚有?|还有|还|只剩)$")
"""Before a count: those who remain, not all there were."""
STILL = re.compile(r"[^,。;]{0,4}(?:仍|尚未|还在)")
"""Behind a count: they remain so."""
RUNNING = frozenset(("累计", "共计", "总计", "合计", "总共", "一共", "共", "至此"))
"""Words of a running total."""
INJURED = frozenset(("hurt", "wound", "serious", "critical", "grave", "light"))
"""Kinds that make somebody injured."""
CERTAIN = INJURED | {"dead", "missing"}
"""Kinds that a subject without a number keeps from one clause to the next."""
AMONG_ALL = re.compile(r"(?<!其)中:$")
"""Before a count: it begins a list of parts (伤者中：…)."""
AMONG = re.compile(r"(?<!其)中,?(?:的|有|已有|又有)?$")
"""Before a count: it is a part of those counted before (5名伤员中有1人)."""
OWN_NOUN = re.compile(r"[^,。;:将把对被给跟和与向同在]{0,10}")
"""Between a count and the noun that it counts (一名10岁男孩)."""
TO_A_NUMBER = frozenset(("sum", "update", "count", "colon", "new", "included", "unclear", "deny", "folk", "one"))
"""Token kinds that may stand between a harm and its number."""
AT_WORK = re.compile(
    r"(?:消防员|消防战士|民警|辅警|交警|医生|护士|保安)[^,。;]{0,6}?(?:救(?!火)|赶|到场|到达|抢|扑|处置|搜|发现|"
    r"说|称|表示)"
)
"""People who only came to help."""
ALL = re.compile(r"全部|全都|均|都")
"""Before a rescue: all of them."""
LATE = re.compile(r"无效|不治|伤势过重|重伤去世|伤重")
"""In a death: it followed from injuries."""
TAKEN_IN = re.compile(r"[^,。;]{0,3}(?:收治|接收|接诊|救治|救出|抢救)")
"""Behind 共: a hospital sums up, not the report."""
FROM = re.compile(r"[由从][^,。;]{0,8}$")
"""Before a count: it is what was (由2人上升为3人)."""
AND = re.compile(r"(?:和|与|及|以及|、)[^,。;]{0,3}")
"""Between two people or counts that belong together."""
LASTING = frozenset(("hospital", "ill", "trapped", "missing"))
"""Kinds that people can get out of again."""
