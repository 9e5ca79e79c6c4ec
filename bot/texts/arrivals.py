"""When units will be there: what they tap, what they are asked, what the seat reads of those who are waited for."""

OPEN_LATE = "过了约定时间还没有到场：{names}"
OPEN_IDLE = "收到后没有下文：{names}"
EXPECTED = "{time}前后到"
OVERDUE = "应{time}到"
ON_THE_WAY = "途中：{names}{more}"
MORE = "等{count}个"
ONE = "{name}{expected}"
UNASKED = "本案不再催到场（{name}{time}定）。"

ASKED = """*{units}到了吗？*
报的{expected}，还没有收到“已到场”。
{title}
去向：{place}
到了请点“已到场”；没到请点还要多久。"""

WAITED_FOR = """*{number} 请打电话问到场情况*
{late?}
{idle?}
只提醒这一次，之后请看叫应表。"""
LATE = "过了所报时间，问过没有回音（{count}）："
IDLE = "答复了收到，没有说已出发（{count}）："
LATE_ONE = "{name}：应{time}到"
IDLE_ONE = "{name}：{time}收到"

LABELS = {
    "expect_in": "约{minutes}分钟",
    "expect_more": "再{minutes}分钟",
    "arrived_of": "{name}到了",
    "all_received": "都收到",
    "answer_alone": "{name}另答",
    "arrivals_quiet": "本案不再催到场",
    "arrivals_again": "恢复催到场",
}

POPUPS = {
    "expected": "已记录：已出发，约{minutes}分钟到。60秒内可撤回",
    "arrivals_quiet": "本案不再催到场，已记录。工作单上可恢复",
    "arrivals_again": "已恢复催到场",
}

MESSAGES = {
    "expected": "{number}号：已记录“已出发”，约{minutes}分钟到，60秒内可 /undo 撤回。",
}

REFUSALS = {
    "arrival_when": ("到场时间应在1分钟到{hours}小时之间", "例如：/ack 区消防救援大队 已出发 20分钟"),
    "arrivals_asked": ("本案照常催到场", "不用恢复"),
    "arrivals_unasked": ("本案已经定了不再催到场", "要恢复请在工作单上点“恢复催到场”"),
}

NOTICE_NAMES = {
    "arrival_asked": "询问是否到场",
    "arrivals_waited_for": "过问到场的提醒",
}
