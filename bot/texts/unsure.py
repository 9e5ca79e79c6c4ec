"""Figures that do not count before somebody has chosen: not surely read, fewer than before, only said."""

ASKED_READ = """*{number} {label}拿不准，请选定*（来源：{source}，{time}）
原文：“{words}”
选定前按{now}报；等级按各种可能计。"""
ASKED_FALL = """*{number} {label}与已记录的对不上，请选定*（来源：{source}，{time}）
原文：“{words}”
选定前仍按{now}报。"""
ASKED_SAID = """*{number} 有{label}{value}的说法，待核实*（来源：{source}，{time}）
原文：“{words}”
请向医院或现场核实。核实前不作数字上报；按可能的更高等级计时。"""
LINE_READ = "{label}待选定：{values}（来源：{source}，{time}）"
LINE_FALL = "{label}有改为{values}的说法，待选定（来源：{source}，{time}）"
LINE_BACK = "{label}有撤回的说法，待选定（来源：{source}，{time}）"
LINE_SAID = "说法，待核实：{label}{values}（来源：{source}，{time}）"
LINE_WORDS = "{line}：“{words}”"
MORE = "还有{count}项较早的待选定或待核实"
UNREAD = "未读懂的数字：{numbers}"
AS_IT_WAS = "{label}不变"
NOT_SAID = "{label}没有提到"
TAKEN_BACK = "{label}撤回"
FIGURE_IS = "{label}{value}"

LABELS = {
    "saying_holds": "已核实，属实",
    "saying_dropped": "不属实",
}

MESSAGES = {
    "added_unread": (
        "已记到{number}号，值班室会看到原文。没有读出新的数字、地点或时间；"
        "有新数字请写明，如“受伤升至6人”。如果是另一件事，请用 /report 报告。"
    ),
    "added_unsure": "已记到{number}号。有的数字拿不准，请在下一条消息里点一下选定；值班室也会看到。",
    "updated_unsure": "已记录到{number}号。有的数字拿不准，请在下一条消息里点一下选定。",
    "only_asked": (
        "这像是询问或假设，没有当作事件记录。\n"
        "事情正在发生，请直接说：什么时间、什么地点、发生什么、伤亡几人。有人遇险请先拨打120、110、119。"
    ),
}

POPUPS = {
    "figure_chosen": "已按所选记录",
}

NOTICE_NAMES = {
    "figure_asked": "请选定数字的消息",
}
