"""Spot checks of those on duty (抽查)."""

RING = """*【抽查】请回复在岗*　{time}
您的身份：{title}。这不是突发事件。请在{seconds}秒内点一下；过时也请点，记为迟答。"""
HEAD = "*{number}*　{time}{by}：{there}/{total}按时在岗"
BY = "，{name}发起"
BY_CHANCE = "，随机"
IN_TIME = "按时：{names}"
LATE = "*迟答*：{names}"
SILENT = "*未答*：{names}"
UNREACHABLE = "*收不到消息，没有问到*：{names}"
NOBODY = "*值班席上没有人*，没有可以问的人。"
ONE = "{title} {name}"
TOOK = "{title} {name}（{seconds}秒）"
WITHIN = "限时{seconds}秒（本地规定）。"
ASKING = "正在问，{time}截止。"
DROPPED = "*{number}*　{time}没有进行：{why}。"
WHY = {"response": "{level}级响应正在进行", "hours": "不在规定的时段内", "away": "系统当时没有运行"}
LIST = "*抽查*　{rules}"
RULES = "每周{weekly}次，{hours}，随机；对象：{whom}；限时{seconds}秒。"
RULES_NONE = "没有设随机抽查（管理员可在提醒策略里设 spot_checks）；可以现在抽查。对象：{whom}；限时{seconds}秒。"
NONE = "还没有抽查记录。"

LABELS = {
    "spotcheck_here": "我在岗",
    "spotcheck_call": "现在抽查",
}

HELP = {
    "spotcheck": "抽查在岗",
}

MESSAGES = {
    "spotcheck_not_read": "抽查由值班员、预案里的职务和管理员发起、查看。",
}

POPUPS = {
    "spotcheck_called": "已发出抽查，时限一到给您结果",
    "spotcheck_there": "已记：按时在岗",
    "spotcheck_late": "已过限时，记为迟答",
}

REFUSALS = {
    "spotcheck_not_yours": ("抽查由值班员、预案里的职务和管理员发起", "请找值班员"),
    "spotcheck_response": ("{level}级响应正在进行，不抽查", "响应结束后再发起"),
    "spotcheck_night": ("夜里不抽查（22:00至7:30）", "白天再发起；要在夜里抽查，由管理员写进提醒策略的时段"),
    "spotcheck_nobody": ("除您之外没有可以问的人", "请看 /duty：值班席上是谁、值班表怎么排"),
    "spotcheck_not_asked": ("这次抽查没有问您", "不用回复"),
    "spotcheck_answered": ("您已经答过（{seconds}秒）", "不用再答"),
}

NOTICE_NAMES = {
    "spotcheck_ring": "抽查",
    "spotcheck_table": "抽查结果",
    "spotcheck_dropped": "没有进行的抽查",
}
