"""Which plan an incident falls under."""

OTHER_PLAN = "{number} 已改按“{plan}”处置，见该预案的指挥群。"
WHICH_PLAN = """*{number} 按哪个预案处置，请确认*
{title}
{text?}
暂按“{plan}”计时，确认前什么也不会丢。"""
PLAN_TAKEN = """{number} 按“{plan}”处置。不是的请点："""
PLAN_CHANGED = """*{number} 改按“{plan}”处置*，原按“{previous}”。
时限按新预案计算；已报的记录都在。"""

LABELS = {
    "this_plan": "{title}",
    "other_plan": "改用{title}",
}

MESSAGES = {
    "plan_chosen": "{number}号按“{plan}”处置。",
}

POPUPS = {
    "plan_chosen": "已按“{title}”处置",
}

REFUSALS = {
    "same_plan": ("本来就按“{plan}”处置", "不用再选"),
    "plan_settled": ("{number}号已经启动或结束响应，仍按“{plan}”处置", "确需改的，请先终止，再按另一预案报告"),
    "unknown_plan": ("没有“{given}”这个预案，或没有指挥群绑定它", "可用：{known}"),
}
