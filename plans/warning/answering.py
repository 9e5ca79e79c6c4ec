"""Words that answer a warning: 「收到，马上落实」 is a receipt, 「操场积水，2人受伤」 a report."""

from __future__ import annotations

import re
from datetime import datetime

from plans.intake.answering import LONGEST, answer_in, tells_of_more
from plans.model import Plan
from plans.warning.state import WarningCase

_HEARD = re.compile(
    r"\s*(?:已经?)?(?:收到|收悉|知悉|知道了|明白|好的|遵照)|"
    r"已经?(?:全部|分别|及时|第一时间)?(?:通知|传达|转发|转达|部署|安排|布置|停课|放学|转移|撤离|落实|到岗|上岗|就位|待命|关闭|取消|启动)|"
    r"不用办|办不了|没有这|不涉及"
)
_DEMANDS = (
    "预警", "停课", "停运", "停工", "停业", "放学", "放假", "转移", "疏散", "撤离", "防汛", "防风", "防雷", "防滑",
    "防暑", "防寒", "防火", "排水", "值守", "值班", "巡查", "待命", "住校生", "食堂", "校车", "宿舍",
)  # fmt: skip
"""What warnings demand, and of whom: that it is done tells of no event."""


def is_receipt(plan: Plan, warning: WarningCase, text: str, now: datetime) -> bool:
    """Whether words say that a warning was heard or what was done about it, and tell of no event and of nobody hurt."""
    if not text.strip() or len(text) > LONGEST or not (_HEARD.search(text) or answer_in(text)):
        return False
    return not tells_of_more(plan, text, now, (warning.content.hazard, *_DEMANDS))
