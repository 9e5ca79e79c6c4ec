"""Units: called, called again while silent, answering; the table of answers."""

TABLE_HEAD = "*{number} 叫应表*（{time}）"
TABLE_NONE = "尚未通知单位。"
TABLE_ROW = "{status}（{count}）：{names}"
TABLE_CELL = "{name}{time}{minutes}{note}"
TABLE_CELL_TIME = " {time}"
TABLE_CELL_MINUTES = "（用时{span}）"
TABLE_CELL_NOTE = "（{note}）"
TABLE_RING = "只能打电话的（{count}）："
DELIVERIES = {
    "pending": "正在发送",
    "sent": "Telegram已收下",
    "ambiguous": "不知是否送到",
    "dead": "送不到",
}
"""What became of the message that calls a unit, while it has not answered."""
TABLE_CELL_UNHEARD = "（打电话没接通{count}次）"
TABLE_CELL_OTHER = "（另用{kind}：{state}）"
OTHER_WAYS = {"pending": "正在发送", "sent": "已发出", "ambiguous": "不知是否送到", "dead": "没有发出"}
GROUPS_HEAD = "*{number} 工作组*"
GROUPS_NONE = "现在的级别没有启用工作组。"
GROUPS_LINE = "*{name}*{citation}\n　牵头：{lead}\n　成员：{members}"
TABLE_CELL_UNBOUND = "（无联络员）"
OUTRUN_ANSWERED = "{unit}已答复“{status}”（{name}）"
WHOM_TO_CALL = """*{number} 请定通知哪些单位*：{level}级按事件类别点名{citation}，类别未定
已通知先期处置单位：{called}
选定类别后即通知该类单位；也可以用 /call 单位 逐个通知。"""
RING_OWN = "{name}：与值班室同一电话，请当面通知"
RING_UNITS = """*{number} 请打电话叫应（{count}个单位）*
{lines}
接通后点单位登记“收到”，其他答复用 /ack 代记。"""
CALL = """*【{level}级响应】请{unit}*{ask}
{title}
{figures}
{duties}
去向：{place}
{lead?}
联系：{seat}{phone}
{tap?}"""
CALL_DUTY = "{whose}职责：{duty}{citation}"
CALL_DUTY_OWN = "本单位"
CALL_FIRST_TIME = "：收到请答复。"
CALL_DONE = "：已答复。"
CALL_AGAIN = "：尚未收到答复，请立即答复。"
CALL_LEAD = "牵头：{names}"
CALL_DUTY_NONE = "按预案承担任务"
SEAT_OFFICE = "{office}值班室"
CALL_ANSWERED = "{unit}{time}{name}答复：{status}{expected}"
CALL_ANSWERED_OF = "{unit} "
CALL_EXPECTED = "，{expected}"
INFORM = """{level}级响应告知：{title}（{clause}）
{unit}现不需要出动，请保持电话畅通，做好准备。"""
INFORM_LEVEL = """{title}：响应现为{level}级。
{unit}不需要再次答复，请按原任务和现场指挥要求继续。"""
INFORM_SILENT = """{title}：响应现为{level}级。
还没有收到{unit}的答复，请立即答复。"""
UNIT_CANNOT = """*{number} {unit}答复：来不了*{note}
请另行安排，并打电话问清。
{substitutes?}
{line}
{tap?}"""
UNIT_SUBSTITUTES = "同组可商请：{names}（{group}，{clause}）"
UNIT_NO_SUBSTITUTE = "预案没有写明由谁替补；可用 /call 再叫别的单位。"
UNIT_CANNOT_NOTE = "（{note}）"
SILENT_UNITS = """*{number} 未应答（{count}）*：{names}{more}
请立即在私聊里答复；值班室正在逐个打电话。"""
STATUS = {
    "called": "未应答",
    "informed": "已告知",
}
"""Of a unit that has not answered; an answer is shown by the words that it is."""
BY_PHONE = "电话代记"

LABELS = {
    "calls": "叫应表",
    "groups": "工作组",
    "received": "收到",
    "ack_for": "{name}收到",
    "unheard": "{name}没接",
    "call_for": "叫{name}",
    "unit_on": "☑{name}",
    "unit_off": "☐{name}",
    "units_done": "选好了",
}

HELP = {
    "ack": "收到或代记",
    "call": "再叫单位",
}

MESSAGES = {
    "call_how": "请写明要再叫哪些单位。\n例如：/call 区消防救援大队\n还没有叫应的：{units}",
    "called_more": "{number}号：已叫应{units}。",
    "ack_how": "请写明单位和答复。\n例如：/ack 区消防救援大队 已出发 20分钟",
    "answer_which": (
        "几件事同时等您答复，不知道您答复的是哪一件，还没有记录，也没有当作突发事件。\n"
        "请点那条消息下面的按钮，或长按那条消息选“回复”再发一次。"
    ),
    "acknowledged": "{number}号：已记录“{status}”，60秒内可 /undo 撤回。",
}

POPUPS = {
    "acknowledged": "已记录：{status}。60秒内可撤回",
    "called_more": "已叫应",
    "unheard": "已记录没接通，请过几分钟再打，或打其他号码",
}

REFUSALS = {
    "unknown_unit": ("预案里没有这些单位：{given}", "请按预案的单位名称填写，可用 /phone 查"),
    "unknown_answer": ("没有“{given}”这种答复", "可用：{known}"),
    "not_your_unit": ("您不是{unit_name}的联络员", "请由该单位联络员答复，或由值班员电话问清后代记"),
    "not_called": ("{unit_name}没有被通知", "请先看叫应表；需要增加单位请告诉值班室"),
    "already_called": ("{unit_name}已经叫应过", "请看叫应表；没有应答的请打电话"),
    "already_answered": ("{unit_name}已经答复“{status}”", "情况有变请选另一种答复"),
}

NOTICE_NAMES = {
    "call": "叫应",
    "call_again": "再次叫应",
    "unit_cannot": "单位不能到场的消息",
}
