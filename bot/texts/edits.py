"""Messages that were edited after they had been recorded."""

EDIT = """{number} {source}改了一条已记录的消息（{time}），记录没有变。
原：{before}
现：{after}
{changes?}
{asked?}
{unread?}"""
EDIT_CHANGES = "读出的变化：{changes}"
EDIT_NOTHING = "没有读出数字、地点或时间的变化。"
EDIT_RAISED = "提到{label}，没有说数字"
EDIT_ASKED = "{labels}拿不准，另请选定；选定前不算数。"
EDIT_PLACE = "地点{place}"
EDIT_TIME = "时间{time}"

LABELS = {
    "adopt": "采用",
    "keep_record": "不采用",
}

MESSAGES = {
    "edited": "修改原消息不会改变已经记录的内容。请另发一条，或用 /update 写明变化。",
    "edit_reverted": "{number}号：消息已改回原样，记录不变，没有要采用的修改。",
    "edit_noted": "{number}号：看到您改了消息。原记录不变，已请值班室决定是否采用。",
}

POPUPS = {
    "adopted": "已采用，按修改后的记录",
    "kept_record": "未采用，记录不变",
}
