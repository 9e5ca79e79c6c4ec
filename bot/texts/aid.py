"""Calls for help: whom the office asked, what units ask of it, and what came of each."""

ARRIVED, REFUSED, PROMISED, WITHDRAWN, WITHOUT = "已到", "拒绝", "答应", "撤回", "不请求"
"""The first word behind ``/aid``; a number says which request is meant, 单位 in front of a name which unit asks."""

FOR = "代"
"""Stands before the unit for which the duty officer records a request."""

STATUS = {
    "open": "等答复",
    "promised": "已答应",
    "refused": "不能支援",
    "arrived": "已到达",
    "withdrawn": "已撤回",
}

UNIT_STATUS = {
    "open": "等答复",
    "promised": "已安排",
    "refused": "安排不了",
    "arrived": "已到达",
    "withdrawn": "已撤回",
}
"""What came of the request of a unit."""

HELP_WANTED = "支援"

WANTED = """*{number} 应请求支援*：{level}级响应要求{rules}
请求过的请按下面的按钮，或发：/aid 对象 要什么
不请求的，请发：/aid 不请求 理由"""
WANTED_RULE = "向{to}请求支援{when}{citation}"
WHEN = "（{when}）"

ASKED = """*【请求支援】{title}*
{time}已向{to}请求支援{what}{citation}。{taker}"""
ASKED_UNIT = """*【请求支援】{title}*
{time}{unit}请求支援{what}{citation}。{recorded}"""
BY_UNIT = """*{number} {unit}请求支援*{what}{citation}
{time}提出{recorded}。请答复：已安排，或安排不了。"""
WHAT = "：{what}"
TAKER = "接报人{taker}。"
RECORDED = "（电话，记录人{name}）"
MOVED = "（{number}号并入）"

ANSWERED = """*【请求支援】{title}*
{who}：{status}{words}（{time}）{citation}"""
ANSWERED_UNIT = "{number} 您单位的支援请求{what}：*{status}*{words}（{time}）"
OF_UNIT = "{unit}的请求"

AGAIN = """*{number} 还没有支援的答复*
{lines}"""
AGAIN_ASKED = "{time}向{to}请求{what}，至今没有登记答复{citation}。"
AGAIN_UNIT = "{time}{unit}请求{what}，还没有答复{citation}。"
AGAIN_WANTED = "{level}级响应要求{rules}，还没有登记。不请求的发：/aid 不请求 理由"

LINE_UNIT = "*{unit}请求支援*{what}：{status}（{time}）{citation}"
LINE_OFFICE = "已向{to}请求支援{what}：{status}（{time}）{citation}"
LINE_WAITS = "*未请求支援*：{rules}"
LINE_NOT = "不请求支援：{reason}"
TODO_WAITS = "请求支援：{rules}：/aid 对象 要什么"
TODO_UNIT = "答复{unit}的支援请求{what}（{time}）：/aid 答应"
TODO_OFFICE = "问{to}支援的结果{what}（{time}请求）：/aid 答应"
SECTION = "请求支援"
RECORD_UNIT = "{time} {unit}请求支援{what}{citation}{recorded}：{status}{words}{answered}"
RECORD_OFFICE = "{time} 向{to}请求支援{what}{citation}{recorded}：{status}{words}{answered}"
RECORD_ANSWERED = "（{time}）"
RECORD_BY = "（记录人{name}{taker}）"
RECORD_TAKER = "，接报人{taker}"
RECORD_NOT = "不请求支援：{reason}"

PAGE = """*{number} 请求支援*
{now}
{plan}
{how}"""
NOBODY = "还没有请求支援。"
PLAN_TO = "向{to}{when}{levels}{citation}"
PLAN_UNITS = "{units}可以向{to}请求{when}{levels}{citation}"
LEVELS = "，{levels}级响应"
PLAN_SAYS = "预案：{rules}"
PLAN_NOTHING = "本预案没有写向谁请求支援，可以登记。"
HOW = "登记：/aid 对象 要什么（可加时间）；替单位记：/aid 代单位 要什么；结果：/aid 答应｜拒绝｜已到｜撤回 说明"
HOW_UNIT = "需要支援请发：/aid 要什么（如 /aid 救护车2辆）；到了发：/aid 已到"

LABELS = {
    "aid": "请求支援",
}
ANSWER_LABELS = {
    "promised": "{who}：已答应",
    "refused": "{who}：不能来",
    "arrived": "{who}：支援已到",
    "withdrawn": "{who}：撤回请求",
}
GRANT_LABELS = {
    "promised": "{who}：已安排",
    "refused": "{who}：安排不了",
}
ASK_LABEL = "已请求{to}"

MESSAGES = {
    "aid_asked": "{number}号的支援请求已登记。",
    "aid_asked_of": "{number}号的支援请求已登记：向{to}请求。记错了请马上发 /undo。",
    "aid_answered": "{number}号的支援结果已登记。",
    "aid_without": "{number}号不请求支援，已记录理由。",
}

POPUPS = {
    "aid_asked": "支援请求已登记；要什么请用 /aid 补写",
    "aid_answered": "结果已登记",
}

REFUSALS = {
    "not_yours_to_ask_aid": ("请求支援由参加处置的单位提出，或由值班员登记", "请把需要告诉值班员"),
    "aid_to_whom": ("没有写向谁请求支援", "请发“/aid 对象 要什么”"),
    "aid_for_what": ("没有写需要什么支援", "请发“/aid 要什么”，如“/aid 救护车2辆”"),
    "aid_too_long": ("写得太长：对象不超过{name}个字，内容不超过{words}个字", "请缩短后再发"),
    "aid_stands": ("同样的请求已经登记，还在等答复", "结果请发“/aid 答应”或“/aid 拒绝”"),
    "aid_unknown_answer": ("没有“{given}”这种结果", "可写：答应、拒绝、已到、撤回"),
    "no_such_aid": ("没有等答复的支援请求", "请先发“/aid 对象 要什么”"),
    "aid_which": ("有几个请求在等答复：{names}", "请写明是哪一个，如“/aid 答应 市人民政府 10点到”"),
    "aid_settled": ("这个请求已经登记为{status}", "再次请求请发“/aid 对象 要什么”"),
    "aid_before": ("答复不能早于请求的时间{at}", "请核对时间"),
    "aid_not_demanded": ("本级响应没有要求请求支援，或已经登记了", "不用登记不请求"),
    "aid_reason": ("不请求支援，须写明理由", "请写上理由，如“/aid 不请求 现有力量足够”"),
}

NOTICE_NAMES = {
    "aid_wanted": "应请求支援",
    "aid_asked": "请求支援",
    "aid_by_unit": "单位请求支援",
    "aid_answered": "支援的结果",
    "aid_answered_unit": "支援的结果",
    "aid_again": "支援没有答复",
}
