"""Reports that are owed: reminders, what became due at once, clocks that opened late."""

REMINDER_LEFT = "【还剩{span}】"
REMINDER_DUE = "【时限已到】"
REMINDER_OVERDUE = "【已逾期】"
REMINDER_NOW = "【立即】"
REMINDER = """*{head}{number} 报送提醒*
{items}
若已报未登记，点一下即可。
{climb?}
{quiet?}"""
REMINDER_QUIET = "这件已{days}天没有新的记录。处置完了，请{act}；还在处置，请用 /update 记一笔。"
REMINDER_QUIET_END = "终止"
REMINDER_QUIET_CLOSE = "报完终报后归档"
REMINDER_LEADER = """*{head}{number} 报送尚未登记，请督促*
{items}
值班：{seat}；值班电话 {phone}"""
TOGETHER_HEAD = "*【提醒】{count}件事件有要办的*{late}"
TOGETHER_HEAD_OF_ALL = "*【提醒】{count}件事要办*{late}"
TOGETHER_FOOT = "若已报未登记，点编号登记；/todo 看全部。"
TOGETHER_UNREAD = "有{count}件要办的事这里显示不出，请发 /todo 查看，并告诉管理员。"
TOGETHER_ITEM = "{bearer}{name} {due}{overdue}，还差：{left}"
TOGETHER_TASK = "{bearer}应办："
TOGETHER_BEARER = "{bearer}应报："
TOGETHER_POSSIBLE = "请判明等级（{applies}）：{name} {due}"
TOGETHER_UNITS = "请打电话叫应（{count}）：{names}"
TOGETHER_DECIDER = "请打电话请示是否启动{level}级响应：{roles}"
REMINDER_OTHERS = """*{number} 请核对他人应报的报告*
{items}
已报的请登记，未报的请催。"""
REMINDER_BESIDE = """*{number} 与{other}号是不是同一件还没有定*，报送提醒先随{other}号发；到时限仍未报的单独提醒。
{items}
请确认：并案，或不是同一件。"""
REMINDER_ITEM = "{name} {due}{overdue}{citation}，还差：{left}"
REMINDER_OTHER_ITEM = "{bearer}应报：{name} {due}{citation}，还差：{left}"
REMINDER_TASK_ITEM = "{bearer}应办：{name} {due}{citation}，还差：{left}"
REMINDER_LATE = "，已过{span}"
REMINDER_CLIMB = "{time}仍未登记，将同时提醒{role}。"
REMINDER_POSSIBLE_BY = "在{due}"
REMINDER_POSSIBLE = """*{number} 请{by}判明事件等级*
{items}
届时仍无法判明，按“暂时无法判明”的时限报。"""
REMINDER_UNSURE = """*{number} 请核实数字，属实须立即报*
{items}
核实后点“已核实”或用 /verify，不属实的用 /update 写明。"""
REMINDER_POSSIBLE_ITEM = "{applies}：{name} {due}{citation}"
RAISED = """*{number} 等级上调为{level}*
时限仍从事发起算，已过的请立即补报；记录注明“上调后补报”。
{items}"""
LEVEL_LATE = """*{number} {what}，请立即报*
时限从事发或接报起算，不从认定起算；已过的请立即报完。
{items}"""
LEVEL_DETERMINED = "等级认定为{level}"
LEVEL_BY_FACTS = "按现有事实"
DUE_MOVED = """*{number} 报送时限有变，以此为准*
{items}
原因：发生时间、等级或数字有变化。"""
CORRECTION_DUE = """*{number} 请立即更正*：{names}听到过旧数字。
{corrected}
{due}报完{citation}"""
VERIFICATION = """*{number} {name}要求核实，{due}答复*{citation}
{question?}
现在：{figures}"""
QUESTION_ASKED = "所问：{question}"
QUESTION_CAME = "所问（{place}{there}号，经系统）：{question}"
FOLLOWUP_DUE = """*{number} 伤亡有变化，立即续报*{citation}
现在：{figures}
{heard}"""
HEARD = "上次听到：{figures}，{time}"
NOT_HEARD = "尚未听到"
WHICH_ITEM = "{ordinal}. {text}（{clause}，{due}前）"

MESSAGES = {
    "waive_how": "请写明值班工作单上的序号和理由。\n例如：/waive 2 市政府明确不需书面报告",
    "waived": "{number}号的这一项已免报，理由已记录。",
}

REFUSALS = {
    "which_obligation": (
        "“{report}”不止一项没报：{among}",
        "请点工作单里那一项的“已报”，或写上工作单的序号：/file {report} 序号",
    ),
    "unknown_obligation": ("没有“{given}”这一项报送", "现在待报的：{known}"),
    "reason_to_waive": ("免报须写明理由", "请写上理由，理由写入记录"),
}

NOTICE_NAMES = {
    "reminder": "报送提醒",
    "reminder_possible": "定级提醒",
}
